"""Hikers: every start's end is that of its own run, on a curve and on a map."""

import math
import re

import numpy as np
import pytest
from expected import LEFT, RIGHT

import lec_utils as lu
from lec_utils.descent import ends, walk
from tools.gallery import hollows, hollows_gradient


def told(live, **values):
    """The counts of the readout: the hikers, the updates, each valley's, unsettled, diverged."""
    words = re.sub(r"α = [\d.]+|at (\(.*?\)|[−\d.]+)", "", live.reading(**values))
    return [int(number) for number in re.findall(r"\d+", words)]


def ends_one_by_one(gradient, starts, alpha, n, minima):
    """How many runs of gradient_descent end at each of the minima, on their way, or far away."""
    counts = [0] * (len(minima) + 2)
    for start in starts:
        path = np.asarray(run := lu.gradient_descent(gradient, start, alpha, n))
        rests = np.max(np.abs(path[-1] - path[-2])) < 1e-3
        near = [rests and np.max(np.abs(path[-1] - one)) < 1e-3 for one in minima]
        far = run.note or np.max(np.abs(path[-1])) > 1e6
        counts[-1 if far else near.index(True) if any(near) else -2] += 1
    return counts


@pytest.mark.parametrize("alpha", [0.002, 0.04, 0.06, 0.09, 0.14, 0.2])
def test_on_a_curve_each_end_is_that_of_a_run_alone(alpha):
    starts = np.linspace(-1.5, 1.5, 200)
    alone = ends_one_by_one(lu.df, starts, alpha, 61, lu.f.minima)
    assert told(lu.hikers(), alpha=alpha) == [200, 60, *alone]


@pytest.mark.parametrize("function, alpha", [(lu.f, 0.06), (lu.arbitrary, 0.9), (lu.square, 1.05)])
def test_the_verdict_is_that_of_basins(function, alpha):
    starts = np.linspace(*function.domain, 80)
    found = lu.basins(function.derivative, starts, alpha, function.minima, n=101).ravel()
    expected = [int(np.sum(found == end)) for end in (*range(len(function.minima)), -1, -2)]
    live = lu.hikers(function, alpha, many=80, n=101, highest=2 * alpha)
    assert told(live, alpha=alpha) == [80, 100, *expected]


@pytest.mark.parametrize("alpha", [0.05, 0.1, 0.25])
def test_on_a_map_each_end_is_that_of_a_run_alone(alpha):
    live = lu.hikers_on_map(hollows, hollows_gradient, (-2, 2), (-2, 2), 0.1, n=101)
    us, vs = ((np.arange(k) + 0.5) / k * 4 - 2 for k in (21, 15))
    starts = [np.array([u, v]) for v in vs for u in us]
    alone = ends_one_by_one(hollows_gradient, starts, alpha, 101, [(-1, -1), (1, 1)])
    assert told(live, alpha=alpha) == [315, 100, *alone]


def test_who_stands_on_the_saddle_stays_and_it_is_no_valley():
    live = lu.hikers_on_map(hollows, hollows_gradient, (-2, 2), (-2, 2), 0.1)
    assert "157 at (−1, −1), 157 at (1, 1), 1 not settled, 0 div" in live.reading()


def test_one_that_overflows_stops_no_other():
    path = walk(lambda w: w**3, np.array([[0.5, 1e3, 1e5]]), 0.1, 5)
    assert np.all(np.isfinite(path[:, 0, 0])) and np.all(np.isnan(path[1:, 0, 2]))
    assert path[:, 0, 0].tolist() == lu.gradient_descent(lambda w: w**3, 0.5, 0.1, 5).tolist()
    assert ends(path[-1], path[-1] - path[-2], [[0.0]]).tolist() == [-1, -2, -2]


def test_the_curve_of_ones_own_has_its_valleys_found():
    live = lu.hikers(lambda x: (x - 0.5) ** 2 * (x + 1.25) ** 2, 0.05, domain=(-2, 2))
    assert "at −1.25" in live.reading() and "at 0.50" in live.reading()
    assert sum(told(live)[2:]) == 200
    assert "measured by central differences" in live.caption


def test_a_function_with_an_if_walks_by_samples():
    live = lu.hikers(lambda x: math.exp(x) - x if x > -9 else -x, 0.1, domain=(-2, 2))
    assert told(live, alpha=0.2) == [200, 60, 200, 0, 0]


def test_without_a_valley_nobody_settles():
    assert told(lu.hikers(lu.exponential, 0.1))[2:] == [200, 0]


def test_the_alt_text_tells_the_ends_and_the_update():
    live = lu.hikers()
    left, right, *others = ends_one_by_one(
        lu.df, np.linspace(-1.5, 1.5, 200), 0.04, 61, (LEFT, RIGHT)
    )
    assert others == [0, 0]
    counts = f"{left} at {LEFT:.2f}, {right} at {RIGHT:.2f}".replace("-", "−")
    assert f"{counts}, 0 not settled, 0 diverged. Shown is update 60" in live.alt
    assert lu.f.outline.replace("-", "−") in live.alt


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: lu.hikers(alpha=-1), "alpha must be positive"),
        (lambda: lu.hikers(n=1), "n must be at least 2"),
        (lambda: lu.hikers(many=0), "many must be at least 1"),
        (lambda: lu.hikers(minima=np.arange(5)), "4 minima at most .* here are 5"),
        (lambda: lu.hikers(lambda x: 3.0, domain=(0, 1)), "the ground is flat"),
        (
            lambda: lu.hikers_on_map(hollows, lambda t: t if t[0] > 0 else -t, (0, 1), (0, 1), 1),
            "a gradient that only computes",
        ),
        (lambda: lu.hikers_on_map(hollows, hollows_gradient, (1, 0), (0, 1), 1), "from low to"),
        (lambda: lu.hikers_on_map(hollows, hollows_gradient, 3, (0, 1), 1), r"two numbers \(low"),
        (
            lambda: lu.hikers_on_map(np.sum, lambda t: 0 * t, (0, 1), (0, 1), 1),
            "the ground is flat",
        ),
        (lambda: lu.hikers(minima=0), "minima are a list of numbers, got 0"),
        (lambda: lu.hikers(minima=[np.nan]), "minima are a list of numbers"),
        (
            lambda: lu.hikers_on_map(
                hollows, hollows_gradient, (0, 1), (0, 1), 1, minima=[0, 1, 2]
            ),
            r"places of 2 numbers, got \[0, 1, 2\]",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_a_valley_beside_the_picture_leaves_it_its_room():
    live = lu.hikers(domain=(0.3, 1))
    curve = live.figure.axes[0]
    live.figure.draw_without_rendering()
    assert curve.get_position().width > 0.5
    assert f"at {LEFT:.2f}".replace("-", "−") in live.alt


def test_nothing_given_is_changed():
    minima = np.array([0.67, -0.73])
    lu.hikers(minima=minima).html()
    assert minima.tolist() == [0.67, -0.73]
