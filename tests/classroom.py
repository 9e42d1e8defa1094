"""Practice notebooks answered in many ways, and scored by Otter's own code, without a kernel."""

import ast
import contextlib
import functools
import importlib
import io
import os
import warnings
import zipfile
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import nbformat

from lec_utils.practice.cases import Outcome
from tools.course import ROOT, read_course
from tools.draws import filled
from tools.masters import read_names, read_questions

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of a widget library that Otter brings along
    from otter.test_files.exception_test import ExceptionTestFile


class Score(NamedTuple):
    """Points earned and possible, and the outcome of each test."""

    earned: float
    possible: float
    outcomes: list

    @property
    def messages(self):
        """What the failing checks say."""
        return "\n".join(outcome.message for outcome in self.outcomes if not outcome.passed)


class Assignment:
    """One master, with the files derived from it below ``folder``, as stored or for a ``key``."""

    def __init__(self, master, key=None, folder=ROOT):
        self.master, self.kind, self.name = master, master.parent.name, master.stem
        self.id, self.key = f"{self.kind}_{self.name[:2]}", key
        self.student = folder / "notebooks" / self.kind / master.name
        self.solution = folder / "solutions" / self.kind / master.name
        self.archive = self.solution.with_suffix(".zip")

    @cached_property
    def questions(self):
        return {question.name: question for question in read_questions(self.master, self.key)}

    @cached_property
    def wrong(self):
        """The wrong answers to its questions, as they are for what was drawn."""
        return [*self._wrong()]

    def _wrong(self):
        names = read_names(self.master, self.key)
        for wrong in importlib.import_module(f"answers.{self.id}").WRONG:
            fill = functools.partial(filled, names=names[wrong.question], question=wrong.question)
            yield wrong._replace(code=fill(wrong.code), says=fill(wrong.says))

    def answer_id(self, question):
        """The id of the one code cell in which a question is answered."""
        answers = [c for c in self.questions[question].answers if c.cell_type == "code"]
        assert len(answers) == 1, f"{self.id} {question} needs one answer cell"
        return answers[0].id

    @cached_property
    def solved(self):
        """The namespace of the solved notebook after a run."""
        return run(self.solution, {})

    def answered(self, question, code):
        """The namespace of the solved notebook, but with ``code`` in one answer cell."""
        cells = [*self.questions[question].asked, *self.questions[question].answers]
        ids = {cell.id for cell in cells} - {self.answer_id(question)}
        known = self.defined(question)
        others = {name: value for name, value in self.solved.items() if name not in known}
        return run(self.solution, others, {self.answer_id(question): code}, ids)

    def defined(self, question):
        """The names that the solution's answer cell defines."""
        cell = next(c for c in self.questions[question].answers if c.id == self.answer_id(question))
        nodes = list(ast.walk(ast.parse(cell.source)))
        stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        return stored | {n.name for n in nodes if isinstance(n, ast.FunctionDef)}

    @cached_property
    def tests(self):
        """The test files of the autograder, as text, by question; hidden tests are among them."""
        with zipfile.ZipFile(self.archive) as archive:
            names = [name for name in archive.namelist() if name.startswith("tests/")]
            return {Path(name).stem: archive.read(name).decode() for name in names}

    def score(self, question, namespace):
        """What Otter gives for one question in a namespace."""
        test = ExceptionTestFile.from_string(self.tests[question])
        with inside(self.solution.parent), contextlib.redirect_stdout(io.StringIO()):
            test.run(namespace)
        outcomes = [
            Outcome(result.passed, "" if result.passed else told(result.message))
            for result in test.test_case_results
        ]
        return Score(test.score, test.possible, outcomes)


def told(message):
    """What Otter's report of a failed case says itself, without the line of the test it shows."""
    return message.partition(" in test ")[2].rpartition("\nNotYet: ")[2]


@contextlib.contextmanager
def inside(folder):
    """The working directory is ``folder``, as it is for a notebook's kernel."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def run(path, namespace, instead=None, ids=None):
    """Run a notebook's code cells in a namespace, and return it.

    ``instead`` maps ids of cells to other code; ``ids``, where given, are the only other cells run.
    """
    instead = instead or {}
    with inside(path.parent), contextlib.redirect_stdout(io.StringIO()):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code" and (ids is None or cell.id in {*ids, *instead}):
                source = instead.get(cell.id, cell.source)
                exec(compile(source, f"{path.name}:{cell.id}", "exec"), namespace)
    return namespace


MASTERS = read_course().masters()
ASSIGNMENTS = [Assignment(master) for master in MASTERS]
