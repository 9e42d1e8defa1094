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
    assert race.reading(t=0).endswith("descent on 0, momentum on 0, Adam on 0")
    on = {rule: sum(arrival(name, rule, a) <= 60 for name in lu.LANDSCAPES)
          for rule, a in zip(RULES, (1.0, 1.0, 0.1), strict=True)}  # fmt: skip
    words = ", ".join(f"{rule} on {many}" for rule, many in on.items())
    assert race.reading(t=60).endswith(words)


def test_bad_alphas_are_refused():
    with pytest.raises(ValueError, match="alpha must be positive"):
        lu.landscape_race((1.0, -1.0, 0.1))
