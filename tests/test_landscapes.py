"""The four landscapes, and the race over them, against runs of the package's own rules."""

import numpy as np
import pytest

import lec_utils as lu

RULES = {
    "descent": lambda gradient, start, alpha, n: lu.gradient_descent(gradient, start, alpha, n),
    "momentum": lambda gradient, start, alpha, n: lu.momentum(gradient, start, alpha, n)[0],
    "Adam": lambda gradient, start, alpha, n: lu.adam(gradient, start, alpha, n)[0],
}
each_landscape = pytest.mark.parametrize("name", lu.LANDSCAPES)


def arrival(name, rule, alpha, n=161):
    """How many evaluations until a run is within 0.1 of a lowest point for good; n for never."""
    _, gradient, start, lowest = lu.LANDSCAPES[name]
    path = RULES[rule](gradient, start, alpha, n)
    near = np.min([np.linalg.norm(path - place, axis=1) for place in lowest], axis=0) <= 0.1
    if len(path) < n or not near[-1]:
        return n
    return n - int(np.argmin(near[::-1])) if not near.all() else 0


@each_landscape
def test_its_gradient_is_that_of_its_loss(name):
    loss, gradient, start, _ = lu.LANDSCAPES[name]
    for place in np.random.default_rng(0).normal(size=(20, 2)):
        assert "agree" in str(lu.check_gradient(loss, gradient, place))


@each_landscape
def test_its_lowest_points_are_flat_and_its_height_there_is_0(name):
    loss, gradient, _, lowest = lu.LANDSCAPES[name]
    for place in np.array(lowest, dtype=float):
        assert np.allclose(gradient(place), 0, atol=1e-5)
        assert loss(place) == pytest.approx(0, abs=1e-5)


@each_landscape
def test_gradient_descent_may_take_a_step_of_1(name):
    """No direction bends by more than about 1 where the runs are."""
    _, gradient, start, _ = lu.LANDSCAPES[name]
    ahead = lambda place, i: (gradient(place + 1e-6 * np.eye(2)[i]) - gradient(place)) / 1e-6
    bends = [
        np.linalg.eigvalsh([ahead(place, 0), ahead(place, 1)])[-1]
        for place in lu.gradient_descent(gradient, start, 1.0, 30)
    ]
    assert 0.9 < max(bends) < 1.1


@each_landscape
@pytest.mark.parametrize("alphas", [(1.0, 1.0, 0.1), (0.1, 3.16228, 1.0)])
def test_the_race_says_when_each_rule_arrives(name, alphas):
    race = lu.landscape_race(alphas)
    values = race.values({"t": 160, **{f"alpha{i}": np.log10(a) for i, a in enumerate(alphas)}})
    place = [*lu.LANDSCAPES].index(name)
    found = [int(values[f"on{place}at{i}"]) for i in range(3)]
    expected = [arrival(name, rule, a) for rule, a in zip(RULES, alphas, strict=True)]
    assert [min(one, 161) for one in found] == expected


def test_no_rule_wins_on_all_four_even_if_each_is_given_its_best_alpha():
    """The claim of the lesson, for 51 learning rates of each."""
    powers = 10.0 ** np.arange(-2, 0.51, 0.05)
    winners = set()
    for name in lu.LANDSCAPES:
        best = {rule: min(arrival(name, rule, a) for a in powers) for rule in RULES}
        winners.add(min(best, key=best.get))
    assert winners == {*RULES}


def test_the_readout_counts_what_has_arrived():
    race = lu.landscape_race()
    for t, many in ((0, "0 evaluations"), (1, "1 evaluation"), (60, "60 evaluations")):
        descent, momentum, adam = (
            sum(arrival(name, rule, alpha) <= t for name in lu.LANDSCAPES)
            for rule, alpha in zip(RULES, (1.0, 1.0, 0.1), strict=True)
        )
        words = f"after {many}, descent has arrived on {descent} of the 4 maps, "
        assert race.reading(t=t) == f"{words}momentum on {momentum}, Adam on {adam}"
    assert race.reading(t=60) in race.alt, "the still picture stands there"


def test_the_alt_text_tells_of_each_map_how_long_each_rule_needed():
    alt = lu.landscape_race().alt
    for name in lu.LANDSCAPES:
        needed = (arrival(name, rule, a) for rule, a in zip(RULES, (1.0, 1.0, 0.1), strict=True))
        when = [f"after {many}" if many <= 60 else "not within 60" for many in needed]
        told = ", ".join(f"{rule} {one}" for rule, one in zip(RULES, when, strict=True))
        assert f"{name}: {told}" in alt


def test_marks_in_one_place_are_seen_around_each_other():
    sizes = [
        [line.get_markersize() for line in ax.lines if line.get_marker() in ("o", "s", "^")]
        for ax in lu.landscape_race().figure.axes
    ]
    for circle, square, triangle in sizes:
        assert circle > 1.4 * square, "or the corners of the square hide the circle"
        assert square > 1.4 * triangle


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        ({"alphas": (1.0, 3.2, 0.1)}, ValueError, "α of momentum = 3.2 .* from 0.01 to 3.163"),
        ({"alphas": (0.009, 1.0, 0.1)}, ValueError, "α of descent = 0.009 is not on its slider"),
        ({"alphas": (1.0, 1.0, -0.1)}, ValueError, "α of Adam = -0.1 is not on its slider"),
        ({"alphas": (1.0, np.nan, 0.1)}, ValueError, "α of momentum must be a finite number"),
        ({"alphas": (1.0, "1", 0.1)}, TypeError, "α of momentum .* Take the quotes away: 1"),
        ({"alphas": (1.0, [1, 2], 0.1)}, TypeError, "α of momentum must be a number"),
        ({"alphas": (1.0, True, 0.1)}, TypeError, "α of momentum must be a number"),
        ({"alphas": (1.0, 1.0)}, ValueError, "three, for descent, momentum and Adam, got"),
        ({"alphas": None}, ValueError, "three, .* got None"),
        ({"alphas": 0.1}, ValueError, "three, .* got 0.1"),
        ({"n": 0}, ValueError, "n must be at least 1, got 0"),
        ({"n": "5"}, TypeError, "n must be a whole number, got '5'. Take the quotes away"),
    ],
)
def test_what_cannot_be_raced_is_refused_in_words(given, kind, words):
    with pytest.raises(kind, match=words):
        lu.landscape_race(**given)


@pytest.mark.parametrize("alpha", [0.01, 3.16, 10**0.5])
def test_an_alpha_at_an_end_of_its_slider_is_taken(alpha):
    values = lu.landscape_race((alpha, 1.0, 0.1), n=2).values({})
    assert 10 ** values["alpha0"] == pytest.approx(alpha, rel=1e-3)
