"""An autograder zip of Otter-Grader's: its tests, their points, and the files they need."""

import json
import zipfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from lec_utils.practice.cases import read_cases


class BadArchive(Exception):
    """A zip that is none of Otter's; the message says what is missing."""


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


class Archive(NamedTuple):
    """What a zip holds: the assignment's name, its questions, and a folder for the notebooks."""

    assignment: str
    questions: list
    files: Path

    @property
    def points(self):
        """How many points the assignment is worth."""
        return round(sum(question.points for question in self.questions), 5)


def read_archive(path, folder):
    """Read an autograder zip; the files that notebooks need are unpacked into ``folder``.

    Raises BadArchive where it is no zip, has no tests, or tests of another format.
    """
    try:
        with zipfile.ZipFile(path) as opened:
            config = json.loads(opened.read("otter_config.json"))
            sources = _test_files(opened)
            opened.extractall(folder, [n for n in opened.namelist() if n.startswith("files/")])
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BadArchive(
            f"{path} is no autograder zip of Otter's ({error}). `make assignments` makes them: "
            "solutions/independent/01_derivatives.zip, say."
        ) from error
    if not sources:
        raise BadArchive(f"{path} has no tests in it.")
    files = Path(folder) / "files"
    files.mkdir(exist_ok=True)
    questions = [_question(name, sources[name], path) for name in sorted(sources, key=_natural)]
    return Archive(config.get("assignment_name", ""), questions, files)


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
