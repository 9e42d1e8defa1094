"""Losses of linear models, the tips data's numbers, and the check of a gradient."""

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import mean_absolute_error, mean_squared_error

import lec_utils as lu

HOLDS = settings(deadline=None, derandomize=True, max_examples=60)
NUMBERS = st.floats(-10, 10, allow_subnormal=False)


@st.composite
def models(draw, thetas=1):
    """Some thetas with X and y that belong to them: one number each, or d of them."""
    n, d = draw(st.integers(1, 8)), draw(st.sampled_from([None, 1, 2, 3]))
    columns = () if d is None else (d,)
    shapes = [columns] * thetas + [(n, *columns), (n,)]
    return [draw(arrays(float, shape, elements=NUMBERS)) for shape in shapes]


def steps_from(theta):
    """A step of 1 along each parameter."""
    return [1.0] if np.ndim(theta) == 0 else np.eye(len(theta))


# Values

BY_HAND = [
    (2.0, [1, 2, 3], [2, 5, 3], 10 / 3, 4 / 3),  # residuals 0, -1, 3
    ([1.0, 2.0], [[1, 0], [1, 3]], [0, 9], 5 / 2, 3 / 2),  # residuals 1, -2
    (0.0, [5], [-4], 16.0, 4.0),
]


@pytest.mark.parametrize("theta, X, y, squared, absolute", BY_HAND)
def test_losses_are_averages_over_the_rows(theta, X, y, squared, absolute):
    assert lu.mse(theta, X, y) == pytest.approx(squared)
    assert lu.mae(theta, X, y) == pytest.approx(absolute)


@HOLDS
@given(models())
def test_losses_agree_with_those_of_scikit_learn(model):
    theta, X, y = model
    predictions = X @ theta if X.ndim == 2 else X * theta
    np.testing.assert_allclose(lu.predict(theta, X), predictions)
    assert lu.mse(theta, X, y) == pytest.approx(mean_squared_error(y, predictions))
    assert lu.mae(theta, X, y) == pytest.approx(mean_absolute_error(y, predictions))


def test_an_intercept_is_a_column_of_ones_in_front():
    assert lu.with_intercept([2.0, 5.0]).tolist() == [[1, 2], [1, 5]]
    assert lu.with_intercept([[2.0, 3.0]]).tolist() == [[1, 2, 3]]
    assert lu.predict([10.0, 3.0], lu.with_intercept([2.0, 5.0])).tolist() == [16, 25]


@pytest.mark.parametrize(
    "theta, X, shapes",
    [
        ([1, 2, 3], [1, 2, 3], r"\(3,\), but X of shape \(3,\) needs one of shape \(\)"),
        (2.0, [[1, 2, 3]], r"\(\), but X of shape \(1, 3\) needs one of shape \(3,\)"),
        ([1.0, 2.0], [[1, 2, 3]], r"\(2,\), but X of shape \(1, 3\)"),
        ([[1.0], [2.0]], [[1, 2]], r"\(2, 1\), but X of shape \(1, 2\)"),
        (2.0, 3.0, r"\(\), but X of shape \(\)"),
    ],
)
def test_predictions_of_a_theta_that_does_not_fit_are_refused_in_words(theta, X, shapes):
    with pytest.raises(ValueError, match=f"theta and X do not match: theta has shape {shapes}"):
        lu.predict(theta, X)


# Slopes


@HOLDS
@given(models())
def test_the_gradient_of_mse_is_its_slope_along_each_parameter(model):
    theta, X, y = model
    slopes = [  # central differences are exact on a quadratic, for any step
        (lu.mse(theta + step, X, y) - lu.mse(theta - step, X, y)) / 2 for step in steps_from(theta)
    ]
    gradient = lu.mse_gradient(theta, X, y)
    assert np.shape(gradient) == np.shape(theta)
    np.testing.assert_allclose(gradient, np.reshape(slopes, np.shape(theta)), atol=1e-9)


@HOLDS
@given(models())
def test_away_from_its_kinks_the_subgradient_of_mae_is_its_slope(model):
    theta, X, y = model
    h = 1e-4
    assume(np.abs(lu.predict(theta, X) - y).min() > 11 * h)  # a step moves no prediction further
    slopes = [
        (lu.mae(theta + h * step, X, y) - lu.mae(theta - h * step, X, y)) / (2 * h)
        for step in steps_from(theta)
    ]
    subgradient = lu.mae_subgradient(theta, X, y)
    np.testing.assert_allclose(subgradient, np.reshape(slopes, np.shape(theta)), atol=1e-8)


@HOLDS
@given(models(thetas=2), st.booleans())
def test_everywhere_the_subgradient_of_mae_gives_a_plane_under_the_loss(model, on_a_kink):
    theta, other, X, y = model
    if on_a_kink:
        y[0] = lu.predict(theta, X)[0]
    subgradient = lu.mae_subgradient(theta, X, y)
    assert np.shape(subgradient) == np.shape(theta)
    plane = lu.mae(theta, X, y) + np.sum(subgradient * (other - theta))
    assert lu.mae(other, X, y) >= plane - 1e-9


def test_a_point_that_is_met_exactly_does_not_pull():
    assert lu.mae_subgradient(2.0, [1.0, 1.0, 1.0], [2.0, 2.0, 0.0]) == pytest.approx(1 / 3)


@pytest.mark.parametrize("seed", range(3))
def test_at_the_least_squares_solution_the_gradient_is_zero(seed):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(40, 3)), rng.normal(size=40)
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    np.testing.assert_allclose(lu.mse_gradient(best, X, y), 0, atol=1e-14)
    x = X[:, 0]
    assert lu.mse_gradient(x @ y / (x @ x), x, y) == pytest.approx(0, abs=1e-14)


def test_the_median_minimises_the_absolute_error_as_the_mean_does_the_squared():
    y = np.array([0.0, 1.0, 2.0, 3.0, 90.0])
    assert lu.mae_subgradient(2.0, np.ones(5), y) == 0
    assert lu.mse_gradient(np.mean(y), np.ones(5), y) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("loss", [lu.mse, lu.mse_gradient, lu.mae, lu.mae_subgradient])
@pytest.mark.parametrize(
    "theta, X, y, words",
    [
        (1.0, [1, 2, 3], [1, 2], r"X and y do not match: shapes \(3,\) and \(2,\)"),
        ([1.0], [[1], [2]], [[1], [2]], r"X and y do not match.*\(2, 1\).*y is \(n,\)"),
        (1.0, 3.0, [3.0], "X and y do not match"),
        (1.0, [[1, 2]], [3], r"theta has shape \(\), but X of shape \(1, 2\).*shape \(2,\)"),
        ([1.0], [1, 2], [1, 2], r"theta has shape \(1,\), but X of shape \(2,\) needs.*\(\)"),
        ([1.0, 2.0, 3.0], [[1, 2]], [3], "a parameter for each column"),
    ],
)
def test_shapes_that_do_not_belong_together_are_named(loss, theta, X, y, words):
    with pytest.raises(ValueError, match=words):
        loss(theta, X, y)


# The tips data


@pytest.fixture(scope="module")
def tips():
    data = lu.load_tips()
    return data["total_bill"].to_numpy(), data["tip"].to_numpy()


def slope_of_mse(X, y):
    return lambda theta: lu.mse_gradient(theta, X, y)


def test_99_updates_from_minus_a_half_nearly_reach_the_slope_of_the_tips(tips):
    bill, tip = tips
    path = lu.gradient_descent(slope_of_mse(*tips), -0.5, 0.0001, 100)
    best = bill @ tip / (bill @ bill)
    assert path[-1] == pytest.approx(0.14369554654231262, rel=0, abs=1e-12)
    assert best == pytest.approx(0.14373189527721666, rel=0, abs=1e-15)
    assert best == pytest.approx(np.linalg.lstsq(bill[:, None], tip, rcond=None)[0][0])


def test_the_largest_alpha_for_the_tips_lies_between_0_0021_and_0_0022(tips):
    bill, tip = tips
    assert 1 / np.mean(bill**2) == pytest.approx(0.0021258, abs=5e-8)
    below, above = (lu.gradient_descent(slope_of_mse(*tips), -0.5, a, 1000) for a in (21e-4, 22e-4))
    assert below[-1] == pytest.approx(0.14373189527721666, abs=1e-9)
    assert abs(above[-1]) > 1e20
    # Each step multiplies the distance to the minimum by 1 - 2 alpha mean(x²).
    best, factor = 0.14373189527721666, 1 - 2 * 21e-4 * np.mean(bill**2)
    np.testing.assert_allclose(below[:50], best + (-0.5 - best) * factor ** np.arange(50))


def test_with_an_intercept_the_best_line_and_its_error_are_the_lessons(tips):
    bill, tip = tips
    X = lu.with_intercept(bill)
    best = np.linalg.lstsq(X, tip, rcond=None)[0]
    np.testing.assert_allclose(best, [0.92026961, 0.10502452], rtol=0, atol=5e-9)
    assert lu.mse(best, X, tip) == pytest.approx(1.03601944, abs=5e-9)
    np.testing.assert_allclose(lu.mse_gradient(best, X, tip), 0, atol=1e-12)


def hessian(X, y):
    """The second derivatives, read off the gradient, which is linear in theta."""
    at_zero = lu.mse_gradient(np.zeros(2), X, y)
    return np.array([lu.mse_gradient(step, X, y) - at_zero for step in np.eye(2)])


def test_the_tips_make_a_narrow_valley_whose_gradient_points_81_degrees_off(tips):
    X, y = lu.with_intercept(tips[0]), tips[1]
    assert round(np.linalg.cond(hessian(X, y))) == 2814
    way = np.linalg.lstsq(X, y, rcond=None)[0]
    down = -lu.mse_gradient(np.zeros(2), X, y)
    cosine = down @ way / np.linalg.norm(down) / np.linalg.norm(way)
    assert round(np.degrees(np.arccos(cosine))) == 81


def updates_needed(X, y, alpha, n):
    """How many updates from (0, 0) bring the MSE to within 10⁻⁶ of the smallest."""
    best = lu.mse(np.linalg.lstsq(X, y, rcond=None)[0], X, y)
    path = lu.gradient_descent(slope_of_mse(X, y), np.zeros(2), alpha, n)
    return next(t for t, theta in enumerate(path) if lu.mse(theta, X, y) - best < 1e-6)


def updates_predicted(X, y, alpha):
    """The same without a run: along each eigenvector, every update multiplies by 1 - alpha λ."""
    curvatures, vectors = np.linalg.eigh(hessian(X, y))
    away = vectors.T @ np.linalg.lstsq(X, y, rcond=None)[0]
    excess = lambda t: np.sum(curvatures * away**2 * (1 - alpha * curvatures) ** (2 * t)) / 2
    return next(t for t in range(100_000) if excess(t) < 1e-6)


def test_standardising_the_bills_saves_thousands_of_updates(tips):
    bill, tip = tips
    raw = lu.with_intercept(bill)
    easy = lu.with_intercept((bill - bill.mean()) / bill.std())
    np.testing.assert_allclose(hessian(easy, tip), 2 * np.eye(2), atol=1e-12)
    slowly = updates_needed(raw, tip, 0.002, 20_000)
    quickly = updates_needed(easy, tip, 0.4, 50)
    assert slowly == updates_predicted(raw, tip, 0.002)
    assert quickly == updates_predicted(easy, tip, 0.4)
    assert slowly > 500 * quickly > 0


# Checking a gradient

ROWS = np.array([[1.0, 2.0], [1.0, -1.0], [1.0, 5.0]]), np.array([1.0, 0.0, 2.0])
THETA = np.array([0.3, -0.7])


def loss(theta):
    return lu.mse(theta, *ROWS)


def right(theta):
    return lu.mse_gradient(theta, *ROWS)


@pytest.mark.parametrize(
    "gradient, ok, words",
    [
        (right, True, "the gradient agrees with the slopes measured on the loss."),
        (lambda t: list(right(t)), True, "the gradient agrees"),
        (lambda t: -right(t), False, "the sign is wrong: this is minus the gradient."),
        (
            lambda t: right(t) / 2,
            False,
            "every slope is 0.5 times what it should be.*factor such as 2",
        ),
        (lambda t: right(t) * 2, False, "every slope is 2 times what it should be"),
        (
            lambda t: right(t) * 3,
            False,
            "every slope is 3 times what it should be.*such as 2 or 1/n",
        ),
        (lambda t: right(t) + [0, 1], False, "wrong: for parameter 1 it says .*the loss itself"),
        (lambda t: right(t) * [-1, 1], False, "wrong: for parameter 0 it says"),
        (lambda t: -2 * right(t), False, "the gradient is wrong"),
        (lambda t: [0, 0], False, "the gradient is wrong: for parameter 1 it says 0,"),
        (lambda t: right(t)[0], False, r"shape \(\), but theta has shape \(2,\).*one slope for"),
        (lambda t: right(t)[None], False, r"the gradient has shape \(1, 2\)"),
    ],
)
def test_a_gradient_is_told_what_is_wrong_with_it(gradient, ok, words):
    verdict = lu.check_gradient(loss, gradient, THETA)
    assert verdict.ok is ok
    assert_says(verdict, words)
    np.testing.assert_allclose(verdict.measured, right(THETA), rtol=1e-8)
    np.testing.assert_array_equal(verdict.given, gradient(THETA))


def assert_says(verdict, words):
    assert str(verdict) == repr(verdict) == verdict.message
    assert re.search(words, verdict.message)


def test_a_gradient_wrong_in_one_entry_is_told_both_numbers():
    verdict = lu.check_gradient(loss, lambda t: right(t) + [0, 0.5], THETA)
    slope = right(THETA)[1]
    assert f"says {slope + 0.5:.6g}, and the loss itself has slope {slope:.6g}" in verdict.message


@pytest.mark.parametrize(
    "gradient, words",
    [
        (lambda w: 3 * w**2, "agrees"),
        (lambda w: -3 * w**2, "sign"),
        (lambda w: w**2, "0.3333 times"),
        (lambda w: [3 * w**2], r"shape \(1,\), but theta has shape \(\)"),
    ],
)
def test_a_derivative_of_one_number_can_be_checked_too(gradient, words):
    verdict = lu.check_gradient(lambda w: w**3, gradient, 0.7)
    assert verdict.ok is (words == "agrees")
    assert_says(verdict, words)


def test_a_derivative_wrong_at_one_number_names_this_theta():
    verdict = lu.check_gradient(np.sin, lambda w: 0.25, np.pi / 2)
    assert verdict.message.startswith("the gradient is wrong: for this theta it says 0.25")


def test_a_factor_shows_even_where_one_slope_is_zero_but_for_rounding():
    verdict = lu.check_gradient(
        lambda t: (t[0] - 0.1) ** 2 + np.exp(t[1]) - t[1],
        lambda t: 2 * np.array([2 * (t[0] - 0.1), np.exp(t[1]) - 1]),
        [0.7, 0.0],
    )
    assert_says(verdict, "every slope is 2 times what it should be")


def test_where_the_slope_is_zero_a_slip_does_not_show_as_the_docstring_says():
    assert lu.check_gradient(lambda w: w**2, lambda w: -4 * w, 0.0).ok


@pytest.mark.parametrize("theta", [1e-8, 1.0, 1e6])
def test_slopes_are_measured_well_at_small_and_large_parameters(theta):
    slope, error, _ = lu.gradient_check.measured_gradient(lambda t: t @ t / 2, [theta, -theta])
    np.testing.assert_allclose(slope, [theta, -theta], rtol=1e-7)
    assert np.all(np.abs(slope - [theta, -theta]) <= 10 * error), "it knows how well"


SCALES = {
    "flat": (lu.log_loss, lambda w: -1 / (1 + np.exp(w)), lambda w: 0.0, 17.0),
    "tiny": (lambda w: 1e-9 * w**2, lambda w: 2e-9 * w, lambda w: -77e-9 * w, 3.0),
    "on a large constant": (lambda w: 1e9 + w**2, lambda w: 2 * w, lambda w: 2.1 * w, 3.0),
    "huge": (lambda w: 1e30 * w**2, lambda w: 2e30 * w, lambda w: 2.0001e30 * w, 3.0),
    "far out": (lambda w: (w - 1e8) ** 2, lambda w: 2 * (w - 1e8), lambda w: -w, 1e8 + 1e5),
    "quick": (lambda w: np.sin(1e4 * w), lambda w: 1e4 * np.cos(1e4 * w), np.cos, 0.3),
}


@pytest.mark.parametrize("scale", SCALES)
def test_a_check_knows_the_scale_of_the_loss(scale):
    loss, right, wrong, theta = SCALES[scale]
    assert lu.check_gradient(loss, right, theta).ok
    assert not lu.check_gradient(loss, wrong, theta).ok
    together = lambda gradient: lambda t: [gradient(t[0]), 2 * t[1]]
    of_two = lambda t: loss(t[0]) + t[1] ** 2
    assert lu.check_gradient(of_two, together(right), [theta, 0.0]).ok


def test_a_check_leaves_theta_as_it_was():
    theta = THETA.copy()
    lu.check_gradient(loss, right, theta)
    assert theta.tolist() == THETA.tolist()


def emptied(theta):
    """What a careless function does to an array that it is lent."""
    values = right(theta)
    theta[:] = np.nan
    return values


def test_a_check_lends_copies_to_a_loss_and_a_gradient_that_write_into_them():
    theta = THETA.copy()
    verdict = lu.check_gradient(lambda t: (loss(t), t.fill(7))[0], emptied, theta)
    assert verdict.ok
    assert theta.tolist() == THETA.tolist()


@pytest.mark.parametrize("function", [lu.mse, lu.mse_gradient, lu.mae, lu.mae_subgradient])
def test_a_loss_leaves_its_arguments_as_they_were(function):
    theta, X, y = THETA.copy(), ROWS[0].copy(), ROWS[1].copy()
    function(theta, X, y)
    for now, before in zip((theta, X, y), (THETA, *ROWS), strict=True):
        assert now.tolist() == before.tolist()


@pytest.mark.parametrize("theta", [-3.0, 0.0, 2.0])
def test_a_constant_loss_has_the_gradient_zero_and_no_other(theta):
    assert lu.check_gradient(lambda w: 5.0, lambda w: 0.0, theta).ok
    assert not lu.check_gradient(lambda w: 5.0, lambda w: 1e-3, theta).ok


@pytest.mark.parametrize("loss", [np.log, lambda w: np.nan])
def test_where_a_loss_has_no_value_no_gradient_agrees(loss):
    with np.errstate(all="ignore"):
        found = lu.check_gradient(loss, lambda w: 123.0, -1.0)
    assert not found.ok and "no slope that could be measured" in str(found)


@pytest.mark.parametrize("place", [1e-8, 1e-7, 1e-3])
def test_slopes_are_measured_on_small_scales(place):
    assert lu.check_gradient(np.log, lambda w: 1 / w, place).ok
    assert not lu.check_gradient(np.log, lambda w: 7 / w, place).ok


@pytest.mark.parametrize(
    "loss, gradient",
    [
        (lambda w: 1e15 + w**2, lambda w: -3 * w),
        (lambda w: 1e14 + w**2, lambda w: 2.5 * w),
        (lambda w: 1e17 + w**2, lambda w: -3 * w),
        (lambda w: 1e15 + w**2, lambda w: 2 * w),
    ],
)
def test_where_rounding_hides_the_slope_it_is_unknown(loss, gradient):
    found = lu.check_gradient(loss, gradient, 2.0)
    assert not found.ok and "no slope that could be measured" in str(found)


NARROW = {
    "sqrt": (np.sqrt, lambda w: 0.5 / np.sqrt(w), 1e-10),
    "log": (np.log, lambda w: 1 / w, 1e-10),
    "1/w": (lambda w: 1 / w, lambda w: -1 / w**2, 1e-9),
    "1/w nearer": (lambda w: 1 / w, lambda w: -1 / w**2, 1e-10),
    "narrow bell": (
        lambda w: np.exp(-((w * 1e6) ** 2)),
        lambda w: -2e12 * w * np.exp(-((w * 1e6) ** 2)),
        1e-6,
    ),
    "quick": (lambda w: np.sin(1e8 * w), lambda w: 1e8 * np.cos(1e8 * w), 0.3),
    "quick near 0": (lambda w: np.sin(1e8 * w), lambda w: 1e8 * np.cos(1e8 * w), 1e-9),
    "flat at its lowest": (np.cos, lambda w: -np.sin(w), np.pi),
}


@pytest.mark.parametrize("loss, gradient, theta", NARROW.values(), ids=NARROW)
def test_a_right_gradient_is_not_called_wrong_on_a_narrow_scale(loss, gradient, theta):
    found = lu.check_gradient(loss, gradient, theta)
    assert found.ok, found
    assert not lu.check_gradient(loss, lambda w: 1.1 * gradient(w) + 1e-3, theta).ok


@pytest.mark.parametrize(
    "ask, error, words",
    [
        (lambda: lu.with_intercept(3), ValueError, r"x must have shape \(n,\) or.*got \(\)"),
        (lambda: lu.mse_gradient(1.0, [], []), ValueError, "have no rows"),
        (lambda: lu.mse(1.0, [], []), ValueError, "have no rows"),
        (lambda: lu.mse(None, [1], [1]), TypeError, "theta must be a number.*got None"),
        (lambda: lu.mse("2", [1], [1]), TypeError, "Take the quotes away: 2"),
        (lambda: lu.check_gradient(np.sin, lambda w: None, 2.0), TypeError, "returned nothing"),
    ],
)
def test_what_a_loss_cannot_use_is_refused_in_words(ask, error, words):
    with pytest.raises(error, match=words):
        ask()
