"""What a copy of the course still tells of what it was about before: for tests that change that."""

import re

import nbformat
import numpy as np
from test_claims import parts, plain
from test_prose import LOOSE, is_beside, shown, ticks, value
from test_prose import plain as unsigned

from tools.course import ROOT, read_course

TELLING = ("test_claims", "test_words_of_data", "test_prose", "test_lesson_plan")
# What is no text of the course: the tests' own tables, sealed answers, what is derived.
READ = ("notebooks/*.ipynb", "solutions/masters/*/*.ipynb", "docs/**/*.md", "docs/*.py", "*.md")
READ += ("lec_utils/*.py", "tools/**/*.py", "tools/**/*.md", "solutions/*.md", "bench/*.md")
READ += ("course.toml",)


def printed(top):
    """The numbers that the cells of the lessons in a folder print or draw."""
    return np.concatenate([told_by(nbformat.read(top / one.path, 4)) for one in lessons()])


def lessons():
    return read_course().lessons


def told_by(notebook):
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            told = unsigned(output.get("text", "") + shown(output.get("data", {})))
            found += [value(number) for number in LOOSE.findall(told)]
        found += ticks(cell)
    return np.abs(found)


def old_numbers(before, after, more):
    """What finds in a text a number that was computed before and is not now, or one more thing."""
    gone = np.array([number for number in before if not np.any(np.abs(after - number) < 1e-12)])
    number = re.compile(r"(?<![\w.,])(?:\d+(?:,\d{3})*\.\d{2,}|\d{1,3}(?:,\d{3})+)(?![\w.])")

    def told(text):
        exact = [found for found in number.findall(text) if len(found.strip("0.")) > 3]
        old = [n for n in exact if is_beside(n, gone) and not is_beside(n, after)]
        return old + more.findall(text)

    return told


def places(copy, told, own):
    """Each cell or line of the course that tells something old: the file, the place, and what.

    ``own`` are files, or cells, that have numbers of their own, which may look like those.
    """
    for path in sorted({path for pattern in READ for path in ROOT.glob(pattern)}):
        file = path.relative_to(ROOT).as_posix()
        for place, text in parts(copy / file) if file not in own else ():
            if f"{file}, {place}" not in own and (found := told(plain(text))):
                yield file, place, found


def section(file, place):
    """The heading over a line of a page, by which the tests of the teacher's pages name it."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    above = lines[: int(place.split(" ")[1])]
    return next(line.lstrip("# ") for line in reversed(above) if line.startswith("#"))


def unnamed(stale, said):
    """The places that no failure of a test has named."""
    for file, place, found in stale:
        known = f"{file}, {place}:" in said
        if not known and not (file.endswith(".md") and f"[{section(file, place)}]" in said):
            yield file, place, found
