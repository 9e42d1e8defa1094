"""Every answer scores alike in the notebook's check, in Otter and in our grader, test by test."""

import itertools
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from classroom import ASSIGNMENTS, inside, run

from grading.archive import read_archive
from grading.grade import grade
from grading.sandbox import Limits, Zygote
from grading.submission import read_submission
from lec_utils.practice.cases import read_cases, run_case
from tools.course import ROOT

BY_NAME = {assignment.id.replace("_", "-"): assignment for assignment in ASSIGNMENTS}
TRIED = json.loads((ROOT / "tests" / "answers" / "tried.json").read_text(encoding="utf-8"))


class Answer(NamedTuple):
    """An answer to one question, put in place of the solution's."""

    question: str
    style: str
    code: str
    right: bool


def answers(assignment, each=1):
    """Right ones written in many ways, and wrong ones, or every so many of these."""
    tried = [one for one in TRIED if BY_NAME[one["notebook"]] is assignment]
    for one in tried[::each]:
        code = one["code"]
        if one.get("also"):  # beside what else the cell answers
            code = f"{solution_cell(assignment, one['question']).source}\n{code}"
        yield Answer(one["question"], one["style"], code, one["right"])
    for wrong in assignment.wrong[::each]:
        yield Answer(wrong.question, wrong.slip, wrong.code, False)


def solution_cell(assignment, question, notebook=None):
    """The cell of the solved notebook that answers a question."""
    notebook = notebook or nbformat.read(assignment.solution, as_version=4)
    wanted = assignment.answer_id(question)
    return next(cell for cell in notebook.cells if cell.id == wanted)


def answered(assignment, together, folder):
    """The solved notebook with these answers in it."""
    whole = nbformat.read(assignment.solution, as_version=4)
    for answer in together:
        solution_cell(assignment, answer.question, whole).source = answer.code
    path = Path(folder) / "answered.ipynb"
    nbformat.write(whole, path)
    return path


def is_used_elsewhere(assignment, question):
    """Whether cells of other questions use what this one's answer defines."""
    answer = compile(solution_cell(assignment, question).source, "answer", "exec")
    others = (q for q in assignment.questions.values() if q.name != question)
    cells = [c for q in others for c in (*q.asked, *q.answers) if c.cell_type == "code"]
    return any(re.search(rf"\b{n}\b", c.source) for n in answer.co_names for c in cells)


@pytest.fixture(scope="module")
def each(request):
    """`make test-all` tries all answers, `make test` each third one."""
    return 1 if request.config.getoption("--rare") else 3


def together(assignment, tried):
    """These answers, those to different questions in one notebook where none needs another's."""
    waiting = {}
    for answer in tried:
        waiting.setdefault(answer.question, []).append(answer)
    for question in [name for name in waiting if is_used_elsewhere(assignment, name)]:
        yield from ([answer] for answer in waiting.pop(question))
    for row in itertools.zip_longest(*waiting.values()):
        yield [answer for answer in row if answer]


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
        results = score(answered(assignment, row, tmp_path)).results
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


def otter_scores(archive, path, folder):
    """The scores of a real `otter run`, by question."""
    otter = Path(sys.executable).with_name("otter")
    command = [otter, "run", "-a", archive, "-o", folder, path]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    results = json.loads((Path(folder) / "results.json").read_text())
    scores = {}
    for test in results["tests"]:
        question = test["name"].partition(" ")[0]
        if question.startswith("q"):
            scores[question] = scores.get(question, 0) + test["score"]
    return scores


def with_magics(assignment, path):
    """The notebook, changed in its place: all answers are timed, silenced, or measured."""
    notebook = nbformat.read(path, as_version=4)
    ids = {cell.id for question in assignment.questions.values() for cell in question.answers}
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.id in ids]
    magics = "%%time", "%%capture said", "%%prun -q", "await __import__('asyncio').sleep(0)"
    for cell, magic in zip(cells, itertools.cycle(magics), strict=False):
        cell.source = f"{magic}\n{cell.source}"
    nbformat.write(notebook, path)
    return path


@pytest.mark.parametrize("graded", ASSIGNMENTS[5:6], ids=lambda a: a.id, indirect=True)
def test_a_real_otter_run_gives_the_same(graded, tmp_path):
    assignment, score = graded
    wrong = next(answer for answer in answers(assignment) if not answer.right)
    changed = with_magics(assignment, answered(assignment, [wrong], tmp_path))
    for path in (assignment.solution, changed):
        told = score(path)
        ours = {question: told.score(question) for question in assignment.tests}
        assert ours == pytest.approx(otter_scores(assignment.archive, path, tmp_path))
