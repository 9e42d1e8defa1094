"""Every answer scores alike in the notebook's check, in Otter and in our grader, test by test."""

import os

import pytest
from answering import answered, answers, together
from classroom import ASSIGNMENTS, inside, run

from grading.archive import read_archive
from grading.grade import grade
from grading.sandbox import Limits, Zygote
from grading.submission import read_submission
from lec_utils.practice.cases import read_cases, run_case


@pytest.fixture(scope="module")
def each(request):
    """`make test-all` tries all answers, `make test` each eighth one."""
    return 1 if request.config.getoption("--rare") else 8


@pytest.fixture(scope="module")
def zygote(needs_sandbox, tmp_path_factory):
    """One for all assignments, as their notebooks need the same files."""
    folder = tmp_path_factory.mktemp("files")
    os.chmod(folder, 0o755)
    archives = [read_archive(assignment.archive, folder) for assignment in ASSIGNMENTS]
    modules = {module for archive in archives for module in archive.imports}
    with Zygote(archives[0].files, sorted(modules)) as zygote:
        yield zygote


@pytest.fixture(scope="module", params=ASSIGNMENTS, ids=lambda a: a.id)
def graded(request, zygote, tmp_path_factory):
    """An assignment, and a function that grades a notebook of it."""
    archive = read_archive(request.param.archive, tmp_path_factory.mktemp("agree"))
    return (
        request.param,
        lambda path: grade(read_submission(path), archive.questions, zygote, Limits()),
    )


def in_the_notebook(assignment, question, namespace):
    """What each test of a question says in the notebook itself."""
    with inside(assignment.solution.parent):
        return [run_case(case, namespace) for case in read_cases(assignment.tests[question])]


def test_every_answer_scores_alike_and_as_it_deserves(graded, each, tmp_path):
    assignment, score = graded
    tried = 0
    for row in together(assignment, waiting := [*answers(assignment, each)]):
        results = score(answered(assignment, row, tmp_path / "answered.ipynb")).results
        for answer in row:
            told = results[answer.question]
            namespace = assignment.answered(answer.question, answer.code)
            there = in_the_notebook(assignment, answer.question, namespace)
            said = (answer, [(result.passed, result.message) for result in told], there)
            assert [one.passed for one in told] == [one.passed for one in there], said
            assert all(one.passed for one in told) is answer.right, said
            tried += 1
    assert tried == len(waiting)


def test_the_solution_and_the_blank_score_as_otter_says(graded):
    assignment, score = graded
    blank = run(assignment.student, {})
    for path, namespace in ((assignment.solution, assignment.solved), (assignment.student, blank)):
        told = score(path)
        for question in assignment.tests:
            earned = assignment.score(question, namespace).earned
            assert told.score(question) == pytest.approx(earned), question
