"""Hikers in the browser: the crowd stands where Python's runs stand, and its shapes follow α."""

import numpy as np
import pytest
from readings import assert_reads_as_in_python_everywhere, at_every_stop, set_sliders

import lec_utils as lu
from tools.gallery import GALLERY


def stands(page, figure, line, axis=0):
    """Where the marks of a line stand, in the numbers of the first axes, sorted."""
    uses = page.locator(f"svg [id$=mark-line{line}] use")
    seen = uses.evaluate_all("(all) => all.map((one) => [+one.getAttribute('x'), 0])")
    box = figure.spec()["axes"][axis]
    low, high = box["x"][:2]
    return np.sort([low + (high - low) * (x - box["left"]) / box["width"] for x, _ in seen])


@pytest.mark.parametrize("alpha, t", [(0.04, 0), (0.04, 3), (0.14, 60), (0.09, 20)])
def test_the_crowd_stands_where_each_run_has_come(show, alpha, t):
    figure = lu.hikers()
    page = show(figure.html())
    set_sliders(page, figure, alpha=alpha, t=t)
    seen = np.sort(np.concatenate([stands(page, figure, line) for line in (3, 5, 7)]))
    starts = np.linspace(-1.5, 1.5, 200)
    paths = [lu.gradient_descent(lu.df, start, alpha, 61) for start in starts]
    stay = [path[t] for path in paths if len(path) == 61 and abs(path[-1]) < 1e6]
    np.testing.assert_allclose(seen, np.sort(stay), atol=2e-4)


def chaotic(alpha):
    """Does a hair's breadth in the starts change how many of the curve's hikers end where?"""
    starts, hair = np.linspace(-1.5, 1.5, 200), np.random.default_rng(0)
    moved = [starts * (1 + 1e-15 * hair.standard_normal(200)) for _ in range(20)]
    ends = (np.sort(lu.basins(lu.df, starts, alpha, lu.f.minima, n=61)) for starts in moved)
    return len({tuple(found.ravel()) for found in ends}) > 1


def test_the_counts_are_those_of_python_at_every_alpha(show):
    """But for rounding: near the edge of chaos the last digit of a power decides."""
    figure = lu.hikers()
    said = at_every_stop(show(figure.html()), figure, "alpha")
    pairs = zip(figure.stops("alpha"), said, strict=True)
    differ = [alpha for alpha, (seen, expected) in pairs if seen != expected]
    assert len(differ) < 6 and all(map(chaotic, differ))


def test_on_the_map_the_counts_are_those_of_python_at_every_alpha(show):
    figure = GALLERY["hikers_on_map"]()
    assert_reads_as_in_python_everywhere(show(figure.html()), figure, "alpha")
