"""What a hidden test tries must not reach the student through the message of a public one."""

from hostile.small import DESCEND

TELLTALE = """
seen = []

def double(x):
    seen.append(x)
    return 2 * x

def descend(df, w0, alpha, n):
    raise ValueError(f"seen {seen}")
"""


def test_no_public_message_tells_the_input_of_a_hidden_test(sandbox):
    results = sandbox.grade(DESCEND, TELLTALE).results
    public = [r.message for each in results.values() for r in each if not r.hidden]
    assert any("seen [2]" in message for message in public)
    assert not any("-3.5" in message for message in public)
