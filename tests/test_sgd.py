"""SGD, from one row at a time to all at once, and the salary data it is shown on."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lec_utils as lu

HOLDS = settings(deadline=None, derandomize=True, max_examples=50)


def rng(seed=0):
    return np.random.default_rng(seed)


def noisy(n=1000, seed=0):
    """Rows with y = 3x + noise, and the least-squares slope of these very rows."""
    x = rng(seed).normal(size=n)
    y = 3 * x + rng(seed + 1).normal(size=n)
    return x, y, np.linalg.lstsq(x[:, None], y, rcond=None)[0][0]


def run(**changed):
    """A short run on six rows, with some of its arguments changed."""
    X = lu.with_intercept(np.arange(6.0))
    arguments = {"gradient": lu.mse_gradient, "w0": [0.0, 0.0], "alpha": 0.01}
    arguments |= {"n_epochs": 2, "batch_size": 4, "rng": rng(), "X": X, "y": np.arange(6.0) ** 2}
    return lu.sgd(**arguments | changed)


class Rows:
    """A gradient that remembers which rows it was asked about, batch by batch."""

    def __init__(self):
        self.batches = []

    def __call__(self, guess, X, y):
        assert X[:, 1].tolist() == np.sqrt(y).tolist(), "a row keeps its y"
        self.batches.append(y.tolist())
        return np.zeros_like(guess)


# Epochs and batches


@HOLDS
@given(st.integers(1, 30), st.integers(1, 4), st.integers(0, 9), st.data())
def test_each_epoch_uses_every_row_once_in_batches_of_one_size_but_for_the_last(
    n, n_epochs, seed, data
):
    size = data.draw(st.integers(1, n))
    rows, X, y = Rows(), lu.with_intercept(np.arange(n)), np.arange(n) ** 2.0
    path, cost = run(gradient=rows, X=X, y=y, batch_size=size, n_epochs=n_epochs, rng=rng(seed))
    updates = math.ceil(n / size)
    assert len(rows.batches) == n_epochs * updates
    assert path.shape == (n_epochs * updates + 1, 2)
    for epoch in range(n_epochs):
        batches = rows.batches[epoch * updates : (epoch + 1) * updates]
        assert [len(batch) for batch in batches[:-1]] == [size] * (updates - 1)
        assert 0 < len(batches[-1]) <= size
        assert sorted(sum(batches, [])) == y.tolist()
    assert cost.tolist() == np.cumsum([0, *map(len, rows.batches)]).tolist()
    assert cost[::updates].tolist() == [n * epoch for epoch in range(n_epochs + 1)]


def test_rows_come_in_a_new_order_each_epoch_and_the_data_stay_as_they_were():
    rows, y = Rows(), np.arange(6.0) ** 2
    X = lu.with_intercept(np.arange(6))
    run(gradient=rows, X=X, y=y, batch_size=6, n_epochs=5)
    assert len({tuple(batch) for batch in rows.batches}) == 5
    assert (X[:, 1].tolist(), y.tolist()) == ([*range(6)], [0, 1, 4, 9, 16, 25])


def test_every_order_of_rows_is_as_likely_as_another():
    rows = Rows()
    run(gradient=rows, X=lu.with_intercept(range(3)), y=[0.0, 1, 4], batch_size=3, n_epochs=3000)
    orders = np.unique(rows.batches, axis=0, return_counts=True)[1]
    assert len(orders) == 6
    assert np.abs(orders - 500).max() < 5 * math.sqrt(500)


def test_the_last_smaller_batch_averages_over_its_own_rows():
    path, cost = run(w0=0.0, X=[1.0] * 5, y=[10.0] * 5, batch_size=4, n_epochs=1)
    first = 0.01 * 2 * 10  # every row has the slope -2 (10 - theta), whatever their number
    np.testing.assert_allclose(path, [0, first, first + 0.01 * 2 * (10 - first)])
    assert cost.tolist() == [0, 4, 5]


@pytest.mark.parametrize("columns", [None, 2])
def test_with_all_rows_in_one_batch_it_is_gradient_descent(columns):
    X = rng(1).normal(size=20 if columns is None else (20, columns))
    y, start = rng(2).normal(size=20), 1.0 if columns is None else [1.0] * columns
    path, cost = lu.sgd(lu.mse_gradient, start, 0.1, 30, 20, rng(), X=X, y=y)
    batch = lu.gradient_descent(lambda theta: lu.mse_gradient(theta, X, y), start, 0.1, 31)
    # The rows are summed in another order, so the last digit may differ.
    np.testing.assert_allclose(path, batch, rtol=1e-12, atol=1e-14)
    assert cost.tolist() == [20 * t for t in range(31)]


def test_with_all_rows_in_one_batch_and_whole_numbers_not_a_digit_differs():
    X, y = np.array([1.0, 2, 4, 8]), np.array([2.0, 4, 8, 8])
    path, _ = lu.sgd(lu.mse_gradient, 0.0, 1 / 128, 4, 4, rng(), X=X, y=y)
    batch = lu.gradient_descent(lambda theta: lu.mse_gradient(theta, X, y), 0.0, 1 / 128, 5)
    assert path.tolist() == batch.tolist()


def test_the_same_seed_makes_the_same_run_and_another_seed_another():
    first, again, other = (run(rng=rng(seed))[0] for seed in (3, 3, 4))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()


def test_the_start_is_the_first_guess_and_is_not_changed():
    start = np.array([1.0, 2.0])
    path, _ = run(w0=start)
    assert start.tolist() == path[0].tolist() == [1, 2]
    assert not np.shares_memory(start, path)


def test_series_of_pandas_with_labels_of_their_own_are_rows_all_the_same():
    tips = lu.load_tips().sort_values("tip")
    bill, tip = tips["total_bill"], tips["tip"]
    series, _ = lu.sgd(lu.mse_gradient, 0.0, 1e-4, 1, 10, rng(), X=bill, y=tip)
    bill, tip = bill.to_numpy(), tip.to_numpy()
    arrays, _ = lu.sgd(lu.mse_gradient, 0.0, 1e-4, 1, 10, rng(), X=bill, y=tip)
    assert series.tolist() == arrays.tolist()


# The learning rate


def test_a_learning_rate_may_be_a_function_of_the_updates_index():
    asked = []
    run(alpha=lambda update: asked.append(update) or 0.01, batch_size=4, n_epochs=3)
    assert asked == [0, 1, 2, 3, 4, 5]


def test_each_update_uses_the_learning_rate_of_its_index():
    slope = lambda guess, X, y: np.ones_like(guess)
    path, _ = run(gradient=slope, alpha=lambda t: 1 / (1 + t), batch_size=2, n_epochs=1)
    np.testing.assert_allclose(path[:, 0], [0, -1, -1 - 1 / 2, -1 - 1 / 2 - 1 / 3])


def tail(alpha, n_epochs=40, seed=7):
    """The last half of a run of one row at a time, as distances to the least-squares slope."""
    x, y, best = noisy()
    path, _ = lu.sgd(lu.mse_gradient, 0.0, alpha, n_epochs, 1, rng(seed), X=x, y=y)
    return np.asarray(path)[len(path) // 2 :] - best


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_a_constant_alpha_sgd_hovers_with_a_variance_proportional_to_alpha(seed):
    small, large = tail(0.01, seed=seed), tail(0.04, seed=seed)
    assert 3 < large.var() / small.var() < 7
    assert small.var() == pytest.approx(
        0.01, rel=0.4
    )  # alpha · noise / 2 · slope, both 2, is alpha
    for hovering in (small, large):
        assert abs(hovering.mean()) < 0.2 * hovering.std()
        early, late = np.array_split(hovering, 2)
        assert 0.5 < late.std() / early.std() < 2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_a_decaying_alpha_sgd_settles_at_the_least_squares_solution(seed):
    settling = tail(lambda update: 0.02 / (1 + update / 500), seed=seed)
    assert np.abs(settling).max() < 0.05
    assert settling.std() < tail(0.02, seed=seed).std() / 8


def test_without_noise_even_a_constant_alpha_reaches_the_truth_exactly():
    X = lu.with_intercept(rng(5).normal(size=200))
    path, _ = lu.sgd(lu.mse_gradient, [0.0, 0.0], 0.05, 10, 1, rng(), X=X, y=X @ [1, 3])
    np.testing.assert_allclose(path[-1], [1, 3], rtol=0, atol=1e-14)


def test_mini_batches_hover_less_than_single_rows():
    x, y, best = noisy()
    spread = {}
    for size in (1, 10):
        path, _ = lu.sgd(lu.mse_gradient, best, 0.04, 40, size, rng(), X=x, y=y)
        spread[size] = np.asarray(path)[len(path) // 2 :].var()
    assert 6 < spread[1] / spread[10] < 18


# Runs that break off


def test_a_run_that_overflows_ends_at_its_last_finite_guess_and_says_so():
    path, cost = run(alpha=10.0, n_epochs=1000)
    assert np.all(np.isfinite(path))
    assert len(path) == len(cost) < 2001
    assert f"overflowed: guess number {len(path)} was its last finite one" in path.note
    assert lu.diagnose(path).word == "overflowed"


def test_a_run_to_the_end_has_no_note():
    assert run()[0].note == ""


# Batches from elsewhere


def test_batches_may_come_from_a_generator_and_are_taken_one_at_a_time():
    events = []

    def batches():
        for k in range(3):
            events.append(f"read {k}")
            yield np.ones(k + 1), np.zeros(k + 1)

    def gradient(guess, X, y):
        events.append(f"use {len(y) - 1}")
        return lu.mse_gradient(guess, X, y)

    path, cost = lu.descend_batches(gradient, 8.0, 0.25, batches())
    assert events == ["read 0", "use 0", "read 1", "use 1", "read 2", "use 2"]
    assert path.tolist() == [8, 4, 2, 1]
    assert cost.tolist() == [0, 1, 3, 6]


def test_no_batch_is_read_after_a_run_has_overflowed():
    read = []
    endless = ((np.ones(1), np.zeros(1)) for _ in iter(lambda: read.append(0), 1))
    path, cost = lu.descend_batches(lu.mse_gradient, 1.0, 100.0, endless)
    assert "overflowed" in path.note
    assert len(read) == len(path) == len(cost)


def test_without_batches_the_path_is_the_start():
    path, cost = lu.descend_batches(lu.mse_gradient, 1.0, 0.1, [])
    assert (path.tolist(), cost.tolist(), path.note) == ([1], [0], "")


# Nobody's data are changed


def wiped(guess, X, y):
    """The gradient, after which nothing is left of what it was lent."""
    slope = lu.mse_gradient(guess, X, y)
    for lent in (guess, X, y):
        lent[:] = np.nan
    return slope


def test_a_gradient_that_writes_into_its_arguments_changes_neither_data_nor_path():
    X, y, start = lu.with_intercept(np.arange(6.0)), np.arange(6.0) ** 2, np.array([1.0, 2.0])
    for size in (1, 4, 6):
        untouched = run(w0=start, X=X, y=y, batch_size=size, rng=rng())[0]
        np.testing.assert_array_equal(
            run(gradient=wiped, w0=start, X=X, y=y, batch_size=size, rng=rng())[0], untouched
        )
    assert X.tolist() == lu.with_intercept(np.arange(6.0)).tolist()
    assert (y.tolist(), start.tolist()) == ([0, 1, 4, 9, 16, 25], [1, 2])


def test_batches_that_come_again_are_what_they_were():
    batch = lu.with_intercept(np.arange(4.0)), np.arange(4.0)
    path, _ = lu.descend_batches(wiped, [0.0, 0.0], 0.1, [batch] * 5)
    expected = lu.gradient_descent(lambda t: lu.mse_gradient(t, *batch), [0.0, 0.0], 0.1, 6)
    np.testing.assert_allclose(path, expected, rtol=1e-12)


# Inputs that cannot be meant

HOLE = np.array([[1.0, 2.0], [1.0, 3.0], [1.0, math.nan], [1.0, 4.0], [math.inf, 1.0], [1.0, 0.0]])


@pytest.mark.parametrize(
    "changed, error, words",
    [
        ({"batch_size": 0}, ValueError, "batch_size must be at least 1, got 0"),
        ({"batch_size": -2}, ValueError, "batch_size must be at least 1, got -2"),
        ({"batch_size": 7}, ValueError, "batch_size must be from 1 to n = 6.*rows, got 7"),
        ({"batch_size": 2.5}, TypeError, "batch_size must be a whole number, got 2.5"),
        ({"batch_size": True}, TypeError, "batch_size must be a whole number"),
        ({"batch_size": "4"}, TypeError, "batch_size must be.*Take the quotes away: 4"),
        ({"n_epochs": 0}, ValueError, "n_epochs must be at least 1, got 0"),
        ({"n_epochs": 1.5}, TypeError, "n_epochs must be a whole number, got 1.5"),
        ({"rng": 0}, TypeError, r"rng must be a generator, np.random.default_rng\(0\).*got 0"),
        ({"rng": np.random}, TypeError, "rng must be a generator"),
        ({"rng": None}, TypeError, "rng must be a generator"),
        ({"y": np.ones(5)}, ValueError, r"X and y do not match: shapes \(6, 2\) and \(5,\)"),
        ({"y": np.ones((6, 1))}, ValueError, "X and y do not match"),
        ({"w0": 0.0}, ValueError, r"theta has shape \(\).*needs one of shape \(2,\)"),
        ({"w0": [0.0, math.nan]}, ValueError, "the start must be finite"),
        ({"X": HOLE}, ValueError, r"X has 2 row\(s\) without a finite value, first in row 2"),
        ({"y": [0, 1, 2, 3, 4, math.nan]}, ValueError, r"y has 1 row\(s\).*first in row 5.*dropna"),
        ({"alpha": 0}, ValueError, "alpha must be positive, got 0: a zero step"),
        ({"alpha": -0.1}, ValueError, "alpha must be positive, got -0.1: a negative step climbs"),
        ({"alpha": "0.1"}, TypeError, "alpha must be a number.*Take the quotes away: 0.1"),
        ({"alpha": lambda update: 0.2 - 0.1 * update}, ValueError, "alpha must be positive, got 0"),
        ({"alpha": lambda update: -1.0}, ValueError, "alpha must be positive, got -1"),
        ({"alpha": lambda update: None}, TypeError, "alpha must be a number, got None"),
        ({"gradient": 3.0}, TypeError, "gradient must be a function, got 3.0"),
        ({"gradient": lambda guess, X, y: None}, TypeError, "returned nothing"),
        ({"gradient": lambda guess, X, y: 1.0}, ValueError, r"shape \(\) for a guess of shape"),
    ],
)
def test_bad_input_is_answered_in_words(changed, error, words):
    with pytest.raises(error, match=words):
        run(**changed)


# The salaries


@pytest.mark.parametrize("seed", range(5))
def test_salaries_lie_around_1000_and_2000_for_each_year(seed):
    years, salary = lu.salary_data(500, rng(seed))
    X = lu.with_intercept(years)
    fit, rest = np.linalg.lstsq(X, salary, rcond=None)[:2]
    errors = np.sqrt(np.diag(np.linalg.inv(X.T @ X)) * rest[0] / (500 - 2))
    assert np.all(np.abs(fit - [1000, 2000]) < 3.5 * errors)
    assert math.sqrt(rest[0] / 498) == pytest.approx(500, rel=0.1)
    assert 0 <= years.min() < years.max() <= 10
    assert years.mean() == pytest.approx(5, abs=0.5)
    assert years.std() == pytest.approx(10 / math.sqrt(12), rel=0.1)


def test_without_noise_salaries_are_the_rule_itself():
    years, salary = lu.salary_data(20, rng(), noise=0)
    np.testing.assert_allclose(salary, 1000 + 2000 * years)


def test_the_same_seed_makes_the_same_people():
    first, again, other = (np.array(lu.salary_data(9, rng(seed))) for seed in (1, 1, 2))
    assert first.shape == (2, 9)
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()


@pytest.mark.parametrize(
    "arguments, error, words",
    [
        ({"n": 0}, ValueError, "n must be at least 1, got 0"),
        ({"n": 2.5}, TypeError, "n must be a whole number, got 2.5"),
        ({"noise": -1}, ValueError, "noise is a standard deviation.*cannot be negative: got -1"),
        ({"noise": math.nan}, ValueError, "noise must be a finite number"),
        ({"noise": "500"}, TypeError, "noise must be a number.*Take the quotes away"),
    ],
)
def test_salaries_that_cannot_be_made_are_refused_in_words(arguments, error, words):
    with pytest.raises(error, match=words):
        lu.salary_data(**{"n": 9, "rng": rng()} | arguments)


def test_sgd_finds_the_salaries_rule_near_the_least_squares_solution():
    years, salary = lu.salary_data(200, rng(0))
    X = lu.with_intercept(years)
    decaying = lambda update: 0.01 / (1 + update / 1000)
    path, _ = lu.sgd(lu.mse_gradient, [0.0, 0.0], decaying, 100, 10, rng(1), X=X, y=salary)
    best = np.linalg.lstsq(X, salary, rcond=None)[0]
    np.testing.assert_allclose(path[-1], best, rtol=0.02)
