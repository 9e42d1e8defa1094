"""In a copy the running example is another quartic: each text that tells the old one is named.

As docs/teach/adapt.md says: its definition is changed, the lessons run, and tests name the rest.
"""

import re

import nbformat
import numpy as np
import pytest
from copied import copy_into, replace, run
from expected import QUARTIC
from test_claims import parts, plain
from test_prose import LOOSE, is_beside, shown, ticks, value
from test_prose import plain as unsigned

from tools.course import ROOT, read_course

OTHER = (4, -1, -5, 2, -8)  # two valleys as well, and other ends, steps and words
TELLING = ("test_claims", "test_prose", "test_lesson_plan")
# What is no text of the course: the tests' own quartic and tables, sealed answers, what is derived.
READ = ("notebooks/*.ipynb", "solutions/masters/*/*.ipynb", "docs/**/*.md", "docs/*.py", "*.md")
READ += ("lec_utils/*.py", "tools/**/*.py", "tools/**/*.md", "solutions/*.md", "bench/*.md")
# A quartic of its own: an example of a helper, a question about another function.
OWN = {"tools/draws.py", "solutions/masters/independent/01_derivatives.ipynb", "CHANGELOG.md"}
FORMULA = re.compile(r"5 ?\*? ?w ?(?:\*\*|\^)? ?[4⁴]|20 ?\*? ?w ?(?:\*\*|\^)? ?[3³]|60w²|12th")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy with another quartic, its lessons run; what three files of tests say of it."""
    copy = copy_into(tmp_path_factory.mktemp("example") / "copy")
    swap(copy / "lec_utils" / "catalogue.py")
    lessons = [copy / lesson.path for lesson in read_course().lessons if lesson.number != 4]
    run(copy, "tools.run_notebooks", *map(str, lessons))
    return copy


def swap(path):
    """Its definition: formula, slope, LaTeX and minima."""
    slope, other = np.polyder(QUARTIC), np.polyder(OTHER)
    minima = [f"{w}" for w in np.roots(other) if np.polyval(np.polyder(other), w) > 0]
    text = path.read_text(encoding="utf-8")
    (old,) = re.findall(r"minima=(\(-0\.7269.*?\))", text)
    replace(path, (old, f"({', '.join(sorted(minima))})"), (code(QUARTIC), code(OTHER)))
    replace(path, (code(slope), code(other)), (tex(QUARTIC), tex(OTHER)))


def code(coefficients):
    from tools.draws import polynomial

    return polynomial([*map(int, coefficients)], "w", code=True)


def tex(coefficients):
    from tools.draws import polynomial

    return polynomial([*coefficients], "w")


def printed(notebook):
    """The numbers that the cells of a notebook print or draw."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            told = unsigned(output.get("text", "") + shown(output.get("data", {})))
            found += [value(number) for number in LOOSE.findall(told)]
        found += ticks(cell)
    return np.abs(found)


def numbers(top, quartic):
    """The numbers that the lessons of a folder print, and heights and slopes at every tenth."""
    w = np.linspace(-1.1, 1.1, 23)
    known = [np.polyval(quartic, w), np.polyval(np.polyder(quartic), w)]
    known += [printed(nbformat.read(top / one.path, 4)) for one in read_course().lessons]
    return np.abs(np.concatenate(known))


def old_numbers(copy):
    """What finds a number in a text that was one of the old quartic, and is none of the other."""
    before, after = numbers(ROOT, QUARTIC), numbers(copy, OTHER)
    gone = np.array([number for number in before if not np.any(np.abs(after - number) < 1e-12)])
    number = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*\.\d{2,}(?![\w.])")

    def told(text):
        exact = [found for found in number.findall(text) if len(found.strip("0.")) > 3]
        old = [n for n in exact if is_beside(n, gone) and not is_beside(n, after)]
        return old + FORMULA.findall(text)

    return told


def places(copy):
    """Each cell or line of the course that tells an old number: the file, the place, the number."""
    told = old_numbers(copy)
    for path in sorted({path for pattern in READ for path in ROOT.glob(pattern)}):
        file = path.relative_to(ROOT).as_posix()
        for place, text in parts(copy / file) if file not in OWN else ():
            if found := told(plain(text)):
                yield file, place, found


def section(file, place):
    """The heading over a line of a page, by which the tests of the teacher's pages name it."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    above = lines[: int(place.split(" ")[1])]
    return next(line.lstrip("# ") for line in reversed(above) if line.startswith("#"))


@pytest.mark.rare
def test_each_place_that_tells_a_number_of_the_old_quartic_is_named(copy):
    said = run(copy, "pytest", "-q", "-n0", *[f"tests/{name}.py" for name in TELLING], expect=1)
    stale = [*places(copy)]
    assert len({file for file, *_ in stale}) >= 7
    unnamed = []
    for file, place, found in stale:
        known = f"{file}, {place}:" in said or f"('{place.removeprefix('cell ')}', " in said
        if not known and not (file.endswith(".md") and f"[{section(file, place)}]" in said):
            unnamed.append((file, place, found))
    assert not unnamed, "\n".join(map(str, unnamed))
