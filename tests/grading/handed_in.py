"""A class that handed in lesson 1's independent practice, graded without running anything."""

import csv
import json
import re
from pathlib import Path

import nbformat
import pytest

pytest.importorskip("resource", reason="a class is graded on Linux; see its README")
from grading.__main__ import main  # noqa: E402
from grading.archive import read_archive  # noqa: E402
from grading.grade import CaseResult, Grade  # noqa: E402
from grading.record import graded, ungraded  # noqa: E402
from grading.submission import read_submission  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
ZIP = ROOT / "solutions/independent/01_derivatives.zip"
BLANK = ROOT / "notebooks/independent/01_derivatives.ipynb"
PLACEHOLDER = "_Type your answer here, replacing this text._"


def notebook(explained=PLACEHOLDER, code=None):
    """The notebook that is handed out, with an answer in words, and code instead of other code.

    ``code`` maps a word in an answer cell to all that stands there then.
    """
    made = nbformat.read(BLANK, as_version=4)
    for cell in made.cells:
        if cell.source == PLACEHOLDER:
            cell.source = explained
        for word, text in (code or {}).items():
            if cell.cell_type == "code" and cell.source.startswith(word):
                cell.source = text
    return made


class HandedIn:
    """A folder of notebooks and the command that grades it; no test is run."""

    def __init__(self, folder, monkeypatch):
        self.folder, self.out, self.graded = folder / "in", folder / "out", []
        self.folder.mkdir()
        self.archive = read_archive(ZIP, folder / "files")
        self.missed = {}  # by file and question: what its tests say
        monkeypatch.setattr("grading.run.grade_files", self._grade)

    def put(self, **notebooks):
        """Hand in notebooks, or texts, by the names of their students."""
        for name, made in notebooks.items():
            text = made if isinstance(made, str) else nbformat.writes(made)
            (self.folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
        return self

    def run(self, *options):
        """Grade; returns the exit code."""
        words = [ZIP, self.folder, "--out", self.out, "--unsafe-no-sandbox", *options]
        return main(list(map(str, words)))

    def _grade(self, job, names, *_):
        for name in names:
            self.graded.append(name)
            submission = read_submission(job.folder / name)
            if submission.problem:
                yield ungraded(name, submission)
                continue
            results = {q.name: self._results(name, q) for q in self.archive.questions}
            told = graded(
                name, submission, Grade(results, []), "", self.archive.written(submission)
            )
            yield json.loads(json.dumps(told))

    def _results(self, name, question):
        said = self.missed.get((Path(name).stem, question.name), "")
        return [
            CaseResult(not said, test.points * (not said), test.points, test.case.hidden, said)
            for test in question.tests
        ]

    def rows(self, name="grades.csv"):
        """The rows of a table by student."""
        with open(self.out / name, newline="", encoding="utf-8-sig") as file:
            return {row["student"]: row for row in csv.DictReader(file)}

    def mark(self, name="marks.csv", columns="student,question,points,comment", rows=()):
        """Write a sheet of marks, as the assistant does."""
        self.out.mkdir(exist_ok=True)
        (self.out / name).write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")

    def page(self, place):
        """The words of a page, by its folder and the beginning of its name."""
        (path,) = self.out.glob(f"{place}*")
        body = path.read_text(encoding="utf-8").partition("</head>")[2]
        return " ".join(re.sub("<[^>]*>", " ", body).split())
