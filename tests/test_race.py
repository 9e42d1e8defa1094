"""Runs side by side: who is where when, who arrives, and nothing told before the start."""

import re

import numpy as np
import pytest
from expected import data_of

import lec_utils as lu

bowl = lambda theta: float(theta @ theta) + 1
LINE = np.array([[8.0, 0.0], [4.0, 0.0], [2.0, 0.0], [1.0, 0.0], [0.0, 0.0]])
QUICK = np.array([[8.0, 0.0], [0.1, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]])


def times(figure):
    return data_of(figure, "times").tolist()


def arrivals(figure):
    end = figure.reading(t=len(times(figure)) - 1)
    return {
        told[1]: int(told[2]) for told in re.finditer(r"([\w ]+): [^;]*arrived after (\d+)", end)
    }


def salaries():
    x, y = lu.salary_data(10_000, np.random.default_rng(0))
    X = np.column_stack([np.ones(len(x)), (x - x.mean()) / x.std()])
    return X, y / 1000, np.linalg.lstsq(X, y / 1000, rcond=None)[0]


@pytest.fixture(scope="module")
def by_evaluations():
    return lu.batch_race()


@pytest.fixture(scope="module")
def by_updates():
    return lu.batch_race(clock="updates")


def test_on_ten_thousand_salaries_few_evaluations_are_enough_for_small_batches(
    by_evaluations, by_updates
):
    names = ("batch", " batches of 32", " SGD")
    assert arrivals(by_evaluations) == dict(zip(names, (10_000, 64, 17), strict=True))
    assert arrivals(by_updates) == dict(zip(names, (1, 2, 17), strict=True))
    assert "arrived after 1 update;" in by_updates.reading(t=1)


def test_to_arrive_is_to_be_within_a_tenth_of_the_lowest_loss_for_the_first_time():
    X, y, best = salaries()
    path, cost = lu.sgd(
        lu.mse_gradient, [0.0, 0.0], 0.1, 1, 1, np.random.default_rng(0), X=X[:200], y=y[:200]
    )
    loss = lambda theta: lu.mse(theta, X, y)
    goal = 1.1 * lu.mse(best, X, y)
    first = next(n for n, theta in zip(cost, path, strict=True) if loss(theta) <= goal)
    race = lu.race({"SGD": (path, cost)}, loss, goal=goal)
    assert arrivals(race) == {"SGD": first}
    stop = times(race).index(first)
    assert "arrived" not in race.reading(t=stop - 1) and "arrived" in race.reading(t=stop)
    assert "loss of 0.271 or less" in race.caption


def test_at_the_start_nothing_is_told_of_how_the_race_ends(by_evaluations, by_updates):
    for figure in (by_evaluations, by_updates):
        start = figure.reading(t=0)
        assert len(set(re.findall(r"loss ([\d.]+)", start))) == 1
        for words in (start, figure.alt, figure.caption, figure.svg(), repr(figure)):
            assert "arrived" not in words
        assert figure.spec()["controls"][0]["value"] == 0


@pytest.mark.parametrize("clock", ["evaluations", "updates"])
def test_each_run_stands_where_it_is_at_that_time_and_no_further(clock):
    costs = {"slow": 10, "quick": np.array([0, 3, 5, 8, 30])}
    race = lu.race({"slow": (LINE, 10), "quick": (QUICK, costs["quick"])}, bowl, clock=clock)
    last = 30 if clock == "evaluations" else 4
    assert times(race)[0] == 0 and times(race)[-1] == last
    for i, path in enumerate((LINE, QUICK)):
        spent = np.arange(5) * 10 if i == 0 else costs["quick"]
        for k, now in enumerate(times(race)):
            ticks = spent if clock == "evaluations" else np.arange(5)
            at = max(j for j in range(5) if ticks[j] <= now)
            assert data_of(race, f"x{i}")[k] == pytest.approx(path[at, 0], abs=0.006)
            assert data_of(race, f"loss{i}")[k] == pytest.approx(bowl(path[at]), abs=0.051)
            meter = at if clock == "evaluations" else spent[at]
            assert data_of(race, f"meter{i}")[k] == meter


def test_a_race_is_small_by_either_clock(by_evaluations, by_updates):
    for figure in (by_evaluations, by_updates):
        assert len(figure.html().encode()) <= 25_000


def test_the_clock_stops_at_every_whole_number_of_a_short_race_and_grows_in_a_long_one(
    by_evaluations,
):
    assert times(lu.race({"a": (LINE, 1)}, bowl)) == [0, 1, 2, 3, 4]
    long = np.array(times(by_evaluations))
    assert {0, 1, 2, 3, 17, 64, 10_000} <= set(long)
    late = np.setdiff1d(long, [17, 64])
    late = late[late > 10]
    assert np.ptp(late[1:] / late[:-1]) < 0.1


def test_a_user_may_race_anything_that_has_a_path_and_a_price():
    speed, momentum = np.zeros(2), [np.array([3.0, 1.0])]
    for _ in range(40):
        speed = 0.5 * speed - 0.2 * momentum[-1]
        momentum.append(momentum[-1] + speed)
    plain = lu.gradient_descent(lambda theta: 2 * theta, [3.0, 1.0], 0.05, 41)
    race = lu.race({"{plain}": (plain, 100), "it's": (momentum, 100)}, bowl, names=("a", "b"))
    assert race.reading(t=0).startswith("{plain}: loss 11.0; it's: loss 11.0")
    assert "from (3, 1)" in race.alt and race.html()


def test_a_run_that_never_arrives_is_said_to_have_arrived_nowhere():
    race = lu.race({"a": (LINE[:3], 1), "b": (QUICK[:3], 1)}, bowl)
    assert arrivals(race) == {" b": 1}


@pytest.mark.parametrize(
    "change, words",
    [
        ({"clock": "seconds"}, "1 to 4 runs and the clock"),
        ({"runs": {}}, "1 to 4 runs"),
        ({"runs": {"a": (np.zeros(5), 1)}}, r"a has shapes \(5,\)"),
        ({"runs": {"a": (LINE, [0, 1])}}, r"\(5, 2\) and \(2,\)"),
        ({"runs": {"a": (LINE, 0)}}, "grows with each update"),
        ({"runs": {"a": (LINE, -1)}}, "grows with each update"),
        ({"names": "ab"}, "names are 2 texts"),
        ({"names": 3}, "names are 2 texts"),
        ({"runs": [LINE]}, "maps names to pairs"),
        ({"runs": {"a": LINE}}, "the run a is a pair, .*, got ndarray"),
        ({"goal": np.nan}, "goal must be a finite number"),
        ({"domain": 3}, "two pairs here"),
    ],
)
def test_a_race_that_cannot_be_meant_is_refused_in_words(change, words):
    arguments = {"runs": {"a": (LINE, 1)}, "loss": bowl} | change
    with pytest.raises(ValueError, match=words):
        lu.race(**arguments)


def test_a_race_changes_nothing_of_what_it_gets():
    path, cost = QUICK.copy(), np.arange(5)

    def wiping(theta):
        value = bowl(theta)
        theta[:] = 0
        return value

    lu.race({"a": (path, cost)}, wiping).html()
    assert path.tolist() == QUICK.tolist() and cost.tolist() == [0, 1, 2, 3, 4]
