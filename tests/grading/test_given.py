"""Functions that a test gives to a notebook as their text: as if they had been called here."""

import os

import numpy as np
import pytest
from classroom import ASSIGNMENTS
from hostile.small import LIMITS, Class, notebook

from grading import archive
from grading.archive import read_archive
from grading.grade import grade
from grading.sandbox import Zygote
from grading.submission import read_submission
from lec_utils.practice import judge
from lec_utils.practice.cases import TestCase

WALK = "def walk(f, xs):\n    return [f(x) for x in xs]"
ENDLESS = "def walk(f, xs):\n    while True:\n        f(0.0)"
STUBBORN = """
def walk(f, xs):
    while True:
        try:
            f(0.0)
        except Exception:
            return 1
"""
FORGED = """
def walk(f, xs):
    return 1
kernel = next(o for o in __import__("gc").get_objects() if type(o).__name__ == "Kernel")
kernel.define = lambda *given: {}
"""


@pytest.fixture(scope="module")
def with_judges(needs_sandbox, tmp_path_factory):
    """Sandboxes of an assignment whose files have the judges."""
    folder = tmp_path_factory.mktemp("given")
    os.chmod(folder, 0o755)
    read = read_archive(ASSIGNMENTS[0].archive, folder)
    with Zygote(read.files, read.imports) as zygote:
        yield Class(read, zygote, folder)


def ask(there, cell, test):
    """What comes of one test of one notebook: whether it passes, and what it says."""
    path = there.folder / "given.ipynb"
    path.write_bytes(notebook(cell))
    case = archive.Test(TestCase(hidden=True, function=test), 1)
    question = archive.ScoredQuestion("q1", [case])
    (result,) = grade(read_submission(path), [question], there.zygote, LIMITS).results["q1"]
    return result.passed, result.message


@pytest.mark.parametrize(
    ("text", "values", "oracle"),
    [
        (
            "slope * np.sign(x - corner)",
            {"slope": 2.0, "corner": 0.5},
            lambda x: 2 * np.sign(x - 0.5),
        ),
        ("np.interp(x, at, heights)", {"at": np.arange(3.0), "heights": np.ones(3)}, lambda x: 1.0),
        ("lu.f(x)", {}, lambda x: 5 * x**4 - x**3 - 5 * x**2 + 2 * x - 9),
    ],
)
def test_a_function_has_the_same_values_there_as_here(with_judges, text, values, oracle):
    places = [-0.7, 0.2, 1.1]

    def test(walk):
        told = judge.call(walk, judge.given(text, **values), places, name="walk")
        assert np.allclose(told, [oracle(x) for x in places])

    assert ask(with_judges, WALK, test) == (True, "")
    assert np.allclose([judge.given(text, **values)(x) for x in places], list(map(oracle, places)))


@pytest.mark.parametrize("cell", [ENDLESS, STUBBORN, FORGED])
def test_a_loop_without_an_end_and_a_forged_one_lose_the_test_alone(with_judges, cell):
    def test(walk):
        told = judge.call(walk, judge.counted(judge.given("x + 1"), 50), [1.0], name="walk")
        assert judge.agrees(judge.array(told, "what walk returns", (1,)), [2.0])

    passed, message = ask(with_judges, cell, test)
    assert not passed
    assert ("your loop has asked for the slope 50 times" in message) == (cell == ENDLESS)
    assert ask(with_judges, WALK, test) == (True, "")
