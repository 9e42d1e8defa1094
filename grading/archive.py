"""An autograder zip of Otter-Grader's: its tests, their points, and the files they need."""

import ast
import errno
import json
import zipfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from grading.answers import written
from lec_utils.practice.cases import read_cases

DRAWN = "variants.json"
ABOUT = "questions.json"
FULL = (errno.ENOSPC, errno.EDQUOT)  # what a full disk says


class BadArchive(Exception):
    """A zip that is none of Otter's; the message says what is missing."""


class BadVariant(Exception):
    """A notebook that was not drawn with this archive; the message says whose it is."""


class Test(NamedTuple):
    """One test case with its points."""

    case: object
    points: float


class ScoredQuestion(NamedTuple):
    """One question with its tests, in Otter's order."""

    name: str
    tests: list

    @property
    def points(self):
        """How many points the question is worth."""
        return round(sum(test.points for test in self.tests), 5)


class HandQuestion(NamedTuple):
    """One question that is read by hand: its text and its rubric, in Markdown."""

    name: str
    points: float
    text: str
    rubric: str


class Archive(NamedTuple):
    """What a zip holds: the assignment's name, its questions, and a folder for the notebooks.

    ``questions`` are those with tests, and ``by_hand`` the others. ``about`` is what its master
    says of each, by name: points, misconceptions, the text as handed out. Where they were drawn,
    ``drawn`` names the set, and ``variants`` has the test files of each student's own notebook, by
    the student, and ``about_variants`` what is said of them.
    """

    assignment: str
    questions: list
    files: Path
    drawn: str = ""
    variants: dict = {}
    about: dict = {}
    about_variants: dict = {}

    @property
    def by_hand(self):
        """The questions that are read by hand."""
        return [_hand_question(name, said) for name, said in self.about.items() if _by_hand(said)]

    @property
    def names(self):
        """The names of all questions, in their order."""
        names = [question.name for question in (*self.questions, *self.by_hand)]
        return sorted(names, key=_natural)

    @property
    def points(self):
        """How many points the assignment is worth, those that are given by hand included."""
        return round(self.machine_points + sum(question.points for question in self.by_hand), 5)

    @property
    def machine_points(self):
        """How many points the tests give."""
        return round(sum(question.points for question in self.questions), 5)

    @property
    def imports(self):
        """The modules that the notebook as handed out imports, where the zip tells."""
        texts = [text for said in self.about.values() for text in said.get("given", ())]
        return sorted({module for text in texts for module in _imported(text)})

    def about_variant(self, variant):
        """What is said of the questions of a notebook that says it is this ``variant``."""
        return self.about_variants.get(variant.partition("/")[2], self.about)

    def written(self, submission):
        """What its student wrote to each question."""
        about = self.about_variant(submission.variant)
        found = {
            name: written(cells, about.get(name, {}).get("given", ()))
            for name, cells in submission.parts.items()
        }
        return {name: answer for name, answer in found.items() if answer}

    def questions_for(self, variant):
        """The questions of a notebook that says it is this ``variant``; BadVariant where none fit.

        A variant is a set, "2027-spring", or a student's own of it, "2027-spring/anna".
        """
        drawn, _, owner = variant.partition("/")
        if variant and drawn != self.drawn:
            raise BadVariant(
                f"this notebook is of the set {drawn[:80]!r}, and this autograder of "
                f"{self.drawn or 'the one that is stored'!r}: take the autograder of its set"
            )
        if not self.variants:
            return self.questions
        if owner not in self.variants:
            whose = f"for {owner[:80]!r}, who is not in the roster" if owner else "for nobody"
            raise BadVariant(f"this notebook says that it was made {whose}: see its metadata")
        return _questions(self.variants[owner], DRAWN)


def read_archive(path, folder):
    """Read an autograder zip; the files that notebooks need are unpacked into ``folder``.

    Raises BadArchive where it is no zip, has no tests, or tests of another format; OSError where
    the disk is full.
    """
    try:
        with zipfile.ZipFile(path) as opened:
            config = json.loads(opened.read("otter_config.json"))
            sources = _test_files(opened)
            drawn, about = (_read_json(opened, name) for name in (DRAWN, ABOUT))
            opened.extractall(folder, [n for n in opened.namelist() if n.startswith("files/")])
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        if getattr(error, "errno", None) in FULL:
            raise
        raise BadArchive(
            f"{path} is no autograder zip of Otter's ({error}). `make assignments` makes them: "
            "solutions/independent/01_derivatives.zip, say."
        ) from error
    if not sources:
        raise BadArchive(f"{path} has no tests in it.")
    files = Path(folder) / "files"
    files.mkdir(exist_ok=True)
    questions = _questions(sources, path)
    name = config.get("assignment_name", "")
    more = drawn.get("set", ""), drawn.get("students", {}), about, drawn.get("about", {})
    return Archive(name, questions, files, *more)


def _read_json(opened, name):
    """A file of an open zip; an empty dictionary where an older zip has none."""
    return json.loads(opened.read(name)) if name in opened.namelist() else {}


def _imported(text):
    """The modules that a text imports, if it is Python."""
    try:
        nodes = [*ast.walk(ast.parse(text))]
    except (SyntaxError, ValueError):
        return
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _by_hand(said):
    return said.get("by_hand", False)


def _hand_question(name, said):
    return HandQuestion(name, said["points"], said.get("text", ""), said.get("rubric", ""))


def _test_files(opened):
    """The test files of an open zip, as text, by their names without ending."""
    return {
        PurePosixPath(name).stem: opened.read(name).decode()
        for name in sorted(opened.namelist())
        if PurePosixPath(name).parent == PurePosixPath("tests") and name.endswith(".py")
    }


def _natural(name):
    """A key that puts q10 after q9."""
    digits = "".join(character for character in name if character.isdigit())
    return (name.rstrip("0123456789"), int(digits or 0))


def _questions(sources, path):
    """The questions of these test files, by name, in their order."""
    return [_question(name, sources[name], path) for name in sorted(sources, key=_natural)]


def _question(name, source, path):
    if "OK_FORMAT = True" in source:
        raise BadArchive(f"{path}: the tests of {name} are doctests; only functions can be graded.")
    settings = {}
    cases = read_cases(source, settings)
    points = _points(settings.get("points"), cases)
    return ScoredQuestion(name, [Test(*pair) for pair in zip(cases, points, strict=True)])


def _points(total, cases):
    """The points of each case, as Otter's ``resolve_test_file_points`` gives them."""
    if isinstance(total, list):
        return total
    given = [case.points for case in cases]
    known, open_ones = sum(p for p in given if p is not None), given.count(None)
    if total is not None:
        share = (total - known) / open_ones if open_ones else 0.0
    else:
        share = 1 / open_ones if known == 0 and open_ones else 0.0
    return [share if points is None else points for points in given]
