"""A small assignment of three questions, two points each, and notebooks that answer it."""

import json
import zipfile
from pathlib import Path

from grading.archive import read_archive
from grading.grade import grade
from grading.sandbox import Limits
from grading.submission import read_submission

SECRET = "tell-tale-of-a-hidden-test"
# Time enough on a busy machine, where a notebook that hangs is tried with less of it.
LIMITS = Limits(seconds=120, total_seconds=600, cpu_seconds=10, megabytes=600)
SHORT, LONGER = 0.5, 15  # seconds for a cell that hangs
HEAD = "from otter.test_files import test_case\n\nOK_FORMAT = False\npoints = 2\n"
TESTS = {
    "q1": """
@test_case(points=1, hidden=False)
def test_two(double):
    from lec_utils.practice import judge
    judge.same(judge.call(double, 2, name="double"), 4, "double(2)")

@test_case(points=1, hidden=True)
def test_others(double):
    from lec_utils.practice import judge
    judge.same(judge.call(double, -3.5, name="double"), -7, "double")
""",
    "q2": """
@test_case(points=1, hidden=False)
def test_parabola(descend):
    from lec_utils.practice import judge
    judge.descent(descend, lambda w: 2 * w, 1.0, 0.1, 5)

@test_case(points=1, hidden=True)
def test_others(descend):
    from lec_utils.practice import judge
    judge.descent(descend, lambda w: 4 * w**3 - 1, 0.5, 0.05, 8)
    judge.descent(descend, lambda w: w - 2, [1.0, 3.0], 0.2, 4)
""",
    "q3": f'''
@test_case(points=2, hidden=True)
def test_answer(answer):
    from lec_utils.practice import judge
    judge.choice(answer, "abcd", "b", {{"a": "{SECRET}"}})
''',
}
DOUBLE = "def double(x):\n    return 2 * x\n"
DESCEND = """
def descend(df, w0, alpha, n):
    guesses = [w0]
    while len(guesses) < n:
        guesses.append(guesses[-1] - alpha * df(guesses[-1]))
    return guesses
"""
ANSWER = 'answer = "b"\n'
WRONG = (
    "def double(x):\n    return 5\n\ndescend = lambda df, w0, alpha, n: [w0] * n\nanswer = 'c'\n"
)


def small_archive(folder):
    """The assignment, read from a zip in Otter's format."""
    path = Path(folder) / "small.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("otter_config.json", json.dumps({"assignment_name": "small"}))
        archive.writestr("files/data.csv", "x,y\n1,2\n")
        for name, source in TESTS.items():
            archive.writestr(f"tests/{name}.py", HEAD + source)
    unpacked = Path(folder) / "unpacked"
    unpacked.mkdir()
    return read_archive(path, unpacked)


def notebook(*sources):
    """A notebook of these code cells, as bytes."""
    cells = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": []} for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


class Class:
    """Grades notebooks one after another with one zygote, as a batch does."""

    def __init__(self, archive, zygote, folder):
        self.archive, self.zygote, self.folder = archive, zygote, folder

    def grade(self, *sources, limits=LIMITS, careful=False):
        """The grade of a notebook of these code cells."""
        path = self.folder / "submitted.ipynb"
        path.write_bytes(notebook(*sources))
        submission = read_submission(path)
        assert submission.problem == ""
        return grade(submission, self.archive.questions, self.zygote, limits, careful)

    def grade_hanging(self, *sources, fits):
        """The grade where a cell hangs, which has a short time: an honest cell needs less of it.

        On a busy machine it may not, so a grade that does not satisfy ``fits`` has a second trial.
        """
        told = self.grade(*sources, limits=LIMITS._replace(seconds=SHORT, patience=1))
        if fits(told):
            return told
        return self.grade(*sources, limits=LIMITS._replace(seconds=LONGER, patience=1))

    def report(self, code):
        """What ``code`` leaves in ``report``, told from inside the sandbox by a wrong answer."""
        teller = "\ndef double(x):\n    raise ValueError(str(report))"
        told = self.grade(code + teller)
        message = told.results["q1"][0].message
        return message.partition("ValueError: ")[2] or words(told, "q1")


def scores(told):
    """The points of all questions."""
    return tuple(told.score(name) for name in TESTS)


def words(told, question):
    """All that a grade says of a question, and of the notebook."""
    return "\n".join([*(result.message for result in told.results[question]), *told.notes])
