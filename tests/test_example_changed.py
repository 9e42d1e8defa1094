"""In a copy the running example is another quartic: each text that tells the old one is named.

As docs/teach/adapt.md says: its definition is changed, the lessons run, and tests name the rest.
"""

import re

import numpy as np
import pytest
from copied import copy_into, replace, run
from expected import QUARTIC
from stale import TELLING, lessons, old_numbers, places, printed, unnamed

from tools.course import ROOT
from tools.draws import polynomial

OTHER = (4, -1, -5, 2, -8)  # two valleys as well, and other ends, steps and words
# A quartic of its own: an example of a helper, a question about another function.
OWN = {"tools/draws.py", "solutions/masters/independent/01_derivatives.ipynb", "CHANGELOG.md"}
FORMULA = re.compile(r"5 ?\*? ?w ?(?:\*\*|\^)? ?[4⁴]|20 ?\*? ?w ?(?:\*\*|\^)? ?[3³]|60w²|12th")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy with another quartic, its lessons run; what three files of tests say of it."""
    copy = copy_into(tmp_path_factory.mktemp("example") / "copy")
    swap(copy / "lec_utils" / "catalogue.py")
    changed = [copy / lesson.path for lesson in lessons() if lesson.number != 4]
    run(copy, "tools.run_notebooks", *map(str, changed))
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
    return polynomial([*map(int, coefficients)], "w", code=True)


def tex(coefficients):
    return polynomial([*coefficients], "w")


def numbers(top, quartic):
    """The numbers that the lessons of a folder print, and heights and slopes at every tenth."""
    w = np.linspace(-1.1, 1.1, 23)
    known = [np.polyval(quartic, w), np.polyval(np.polyder(quartic), w), printed(top)]
    return np.abs(np.concatenate(known))


@pytest.mark.rare
def test_each_place_that_tells_a_number_of_the_old_quartic_is_named(copy):
    said = run(copy, "pytest", "-q", "-n0", *[f"tests/{name}.py" for name in TELLING], expect=1)
    told = old_numbers(numbers(ROOT, QUARTIC), numbers(copy, OTHER), FORMULA)
    stale = [*places(copy, told, OWN)]
    assert len({file for file, *_ in stale}) >= 7
    assert not (missed := [*unnamed(stale, said)]), "\n".join(map(str, missed))
