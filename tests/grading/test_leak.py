"""What a hidden test tries must not reach the student through the message of a public one."""

import os

from hostile.small import DESCEND, LIMITS, needs_sandbox, notebook, small_archive

from grading.grade import grade
from grading.sandbox import Zygote
from grading.submission import read_submission

TELLTALE = """
seen = []

def double(x):
    seen.append(x)
    return 2 * x

def descend(df, w0, alpha, n):
    raise ValueError(f"seen {seen}")
"""


def test_no_public_message_tells_the_input_of_a_hidden_test(tmp_path):
    needs_sandbox()
    os.chmod(tmp_path, 0o755)
    archive = small_archive(tmp_path)
    path = tmp_path / "telltale.ipynb"
    path.write_bytes(notebook(DESCEND, TELLTALE))
    with Zygote(archive.files) as zygote:
        outcomes = grade(read_submission(path), archive.questions, zygote, LIMITS).outcomes
    public = [o.message for each in outcomes.values() for o in each if not o.hidden]
    assert any("seen [2]" in message for message in public)
    assert not any("-3.5" in message for message in public)
