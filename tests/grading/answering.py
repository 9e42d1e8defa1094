"""Notebooks answered in many ways, rightly and wrongly."""

import itertools
import json
import re
from pathlib import Path
from typing import NamedTuple

import nbformat
from classroom import ASSIGNMENTS

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


def answered(assignment, together, path):
    """Write the solved notebook with these answers in it; returns the path."""
    whole = nbformat.read(assignment.solution, as_version=4)
    for answer in together:
        solution_cell(assignment, answer.question, whole).source = answer.code
    nbformat.write(whole, path)
    return Path(path)


def together(assignment, tried):
    """These answers, those to different questions in one notebook where none needs another's."""
    waiting = {}
    for answer in tried:
        waiting.setdefault(answer.question, []).append(answer)
    for question in [name for name in waiting if is_used_elsewhere(assignment, name)]:
        yield from ([answer] for answer in waiting.pop(question))
    for row in itertools.zip_longest(*waiting.values()):
        yield [answer for answer in row if answer]


def is_used_elsewhere(assignment, question):
    """Whether cells of other questions use what this one's answer defines."""
    answer = compile(solution_cell(assignment, question).source, "answer", "exec")
    others = (q for q in assignment.questions.values() if q.name != question)
    cells = [c for q in others for c in (*q.asked, *q.answers) if c.cell_type == "code"]
    return any(re.search(rf"\b{n}\b", c.source) for n in answer.co_names for c in cells)
