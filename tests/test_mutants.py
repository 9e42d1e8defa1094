"""No program made from a solution by one change gets full marks, unless it is right as well."""

import contextlib
import io

import nbformat
import pytest
from answers.survivors import SURVIVORS
from classroom import ASSIGNMENTS, inside
from mutants import mutants

from lec_utils.practice.cases import read_cases, run_case


def passes(assignment, question, code):
    """Whether an answer passes all tests of its question, hidden ones too."""
    with inside(assignment.solution.parent), contextlib.redirect_stdout(io.StringIO()):
        try:
            namespace = assignment.answered(question, code)
        except Exception:
            return False
        cases = read_cases(assignment.tests[question])
        return all(run_case(case, namespace).passed for case in cases)


def solution(assignment, question):
    cells = nbformat.read(assignment.solution, as_version=4).cells
    return next(cell.source for cell in cells if cell.id == assignment.answer_id(question))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda a: a.id)
def test_only_known_mutants_get_full_marks(assignment):
    tried = 0
    for question in (q.name for q in assignment.questions.values() if not q.by_hand):
        full = set()
        for words, code in mutants(solution(assignment, question)):
            tried += 1
            if passes(assignment, question, code):
                full.add(words)
        _, known = SURVIVORS.get((assignment.id, question), ("", []))
        assert full == set(known), question
    assert tried > 50


def test_a_mutant_differs_from_its_program_in_one_place():
    made = dict(mutants("def f(x, n):\n    y = 2 * x\n    return y + n\n"))
    assert made["line 3: Sub"] == "def f(x, n):\n    y = 2 * x\n    return y - n"
    assert made["line 2: 3"] == "def f(x, n):\n    y = 3 * x\n    return y + n"
    assert made["line 1: n ignored"] == "def f(x, n):\n    y = 2 * x\n    return y + 0.5"
    assert made["line 1: `y = 2 * x` left out"] == "def f(x, n):\n    pass\n    return y + n"
