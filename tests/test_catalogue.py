"""The lectures' functions against differences, complex steps, roots and known numbers."""

import numpy as np
import pytest
from expected import LEFT, QUARTIC, RIGHT, SLOPE, TOP
from hypothesis import given, settings
from hypothesis import strategies as st

import lec_utils as lu
from lec_utils.catalogue import CATALOGUE

HOLDS = settings(deadline=None, derandomize=True)

NOT_ANALYTIC = {
    "absolute": "np.abs of a complex number is its length, so its complex step is no slope",
    "flat_bottom": "np.maximum and np.abs, as above",
}
OWN_FORMULA = {"log_loss": lambda z: np.log(1 + np.exp(-z))}  # np.logaddexp takes no complex
ANALYTIC = [function for function in CATALOGUE if function.name not in NOT_ANALYTIC]

every_function = pytest.mark.parametrize("function", CATALOGUE, ids=lambda function: function.name)
analytic_function = pytest.mark.parametrize(
    "function", ANALYTIC, ids=lambda function: function.name
)
shares = st.floats(0, 1)  # of the way across the domain


def across(function, share):
    low, high = function.domain
    return low + share * (high - low)


def test_only_functions_of_the_catalogue_are_excused_from_the_complex_step():
    assert NOT_ANALYTIC.keys() < {function.name for function in CATALOGUE}


@analytic_function
@HOLDS
@given(share=shares)
def test_a_derivative_equals_the_complex_step(function, share):
    x = across(function, share)
    formula = OWN_FORMULA.get(function.name, function.formula)
    slope = np.imag(formula(x + 1e-30j)) / 1e-30
    scale = max(abs(x), 1) ** 3  # the terms of a cubic slope cancel near its roots
    assert function.derivative(x) == pytest.approx(slope, rel=1e-12, abs=1e-13 * scale)


@every_function
@HOLDS
@given(share=shares)
def test_a_derivative_equals_central_differences_away_from_kinks(function, share):
    x, h = across(function, share), 1e-5
    if function is lu.absolute and abs(x) <= h:
        return  # the kink, tested below
    slope = (function(x + h) - function(x - h)) / (2 * h)
    assert function.derivative(x) == pytest.approx(slope, rel=1e-6, abs=2e-5)


def test_the_slope_of_the_absolute_value_at_its_kink_is_a_subgradient():
    assert abs(lu.absolute.derivative(0.0)) <= 1


@pytest.mark.parametrize("x", [-2.5, 1.25])
def test_the_flat_bottom_has_the_slope_of_its_parabolas_outside(x):
    assert lu.flat_bottom(x) == pytest.approx((abs(x) - 1) ** 2)
    assert lu.flat_bottom.derivative(x) == pytest.approx(2 * x - 2 * np.sign(x))


def test_the_flat_bottom_is_flat_and_zero_from_minus_one_to_one():
    x = np.linspace(-1, 1, 4001)
    assert not np.any(lu.flat_bottom(x)) and not np.any(lu.flat_bottom.derivative(x))


@every_function
def test_the_listed_minima_are_those_a_dense_grid_finds_the_global_one_first(function):
    x = np.linspace(*function.domain, 20_001)
    values = function(x)
    lowest = (values[1:-1] <= values[:-2]) & (values[1:-1] <= values[2:])
    listed = np.array(function.minima)
    for found in x[1:-1][lowest]:
        near = np.abs(listed - found) <= 2 * (x[1] - x[0])
        assert near.any() or function is lu.flat_bottom and abs(found) <= 1
    for minimum in listed:
        around = minimum + np.linspace(-0.05, 0.05, 101)
        assert np.all(function(minimum) <= function(around))
        assert function(minimum) >= function(listed[0])
    assert not len(listed) or function(listed[0]) <= values.min()


@pytest.mark.parametrize(
    "function, slope",
    [(lu.f, SLOPE), (lu.arbitrary, [0.4, -4.5, 16, -18])],
    ids=["f", "arbitrary"],
)
def test_minima_are_the_roots_of_the_slope_at_which_it_rises(function, slope):
    roots = np.roots(slope)
    minima = roots[np.polyval(np.polyder(slope), roots) > 0]
    expected = sorted(minima, key=function)
    np.testing.assert_allclose(function.minima, expected, rtol=1e-12)


def test_the_running_example_is_the_quartic_of_the_lessons():
    w = np.linspace(-2, 2, 41)
    np.testing.assert_allclose(lu.f(w), np.polyval(QUARTIC, w), rtol=0, atol=1e-12)
    np.testing.assert_allclose(lu.df(w), np.polyval(SLOPE, w), rtol=0, atol=1e-12)


def test_the_running_example_has_a_deep_valley_a_hump_and_a_shallow_valley():
    assert LEFT < TOP < RIGHT
    assert lu.f(LEFT) < lu.f(RIGHT) < lu.f(TOP)


@HOLDS
@given(shares)
def test_arbitrary_equals_its_factorised_form(share):
    x = across(lu.arbitrary, share)
    factorised = (x - 2) * (x - 3) * (x - 4) * (x - 6) / 10
    assert lu.arbitrary(x) == pytest.approx(factorised, abs=1e-11)


@pytest.mark.parametrize("root", [2, 3, 4, 6])
def test_arbitrary_is_zero_at_its_four_roots(root):
    assert lu.arbitrary(root) == 0


def test_arbitrary_has_the_curriculums_critical_points_and_values():
    points = np.array([2.39274798, 3.53090656, 5.32634546])
    np.testing.assert_allclose(lu.derivative_arbitrary(points), 0, atol=3e-8)
    assert lu.arbitrary(points[0]) == pytest.approx(-0.138275, abs=5e-7)
    assert lu.arbitrary(points[2]) == pytest.approx(-0.691, abs=5e-4)


def test_the_log_loss_neither_overflows_nor_loses_its_tail():
    with np.errstate(all="raise", under="ignore"):
        assert lu.log_loss(-1000.0) == 1000
        assert lu.log_loss.derivative(-1000.0) == -1
        assert lu.log_loss.derivative(1000.0) == 0
        assert lu.log_loss(30.0) == pytest.approx(np.exp(-30), rel=1e-9)


@HOLDS
@given(x=st.floats(-3, 3), y=st.floats(-3, 3))
def test_the_gutters_gradient_equals_central_differences(x, y):
    theta = np.array([x, y])
    # On a quadratic they are exact, for any step.
    slopes = [(lu.gutter(theta + step) - lu.gutter(theta - step)) / 2 for step in np.eye(2)]
    np.testing.assert_allclose(lu.gutter_gradient(theta), slopes, rtol=1e-12, atol=1e-12)


def test_the_gutters_gradient_of_a_grid_is_that_of_each_of_its_points():
    theta = np.array(np.meshgrid(np.linspace(-1, 1, 4), np.linspace(-2, 2, 3)))
    values, whole = lu.gutter(theta), lu.gutter_gradient(theta)
    assert (values.shape, whole.shape) == ((3, 4), (2, 3, 4))
    for i in np.ndindex(values.shape):
        assert values[i] == lu.gutter(theta[:, *i])
        np.testing.assert_array_equal(whole[:, *i], lu.gutter_gradient(theta[:, *i]))


def test_the_gutter_takes_a_list_of_two_whole_numbers():
    assert lu.gutter([1, 2]) == 5
    assert lu.gutter_gradient([1, 2]).tolist() == [6, 1]


@every_function
def test_whole_numbers_give_what_floats_give(function):
    whole = np.arange(*np.fix(function.domain), dtype=np.int8)
    for called in (function, function.derivative):
        np.testing.assert_array_equal(called(whole), called(whole.astype(float)))
        assert isinstance(called(1), float)
