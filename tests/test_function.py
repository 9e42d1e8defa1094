"""A learner's own function becomes a Function; a derivative that does not fit it is refused."""

import math
import re
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lec_utils import Function, as_function, numerical_derivative
from lec_utils.function import check_derivative, elementwise

HOLDS = settings(deadline=None, derandomize=True)


def bent(x):
    """Written for one number at a time: `if` and `math` refuse arrays."""
    return math.exp(-x) if x > 0 else 1 - x


def bent_slope(x):
    return -math.exp(-x) if x > 0 else -1.0


SMOOTH = {
    "cubic": (lambda x: x**3 - 2 * x, lambda x: 3 * x**2 - 2),
    "sine": (np.sin, np.cos),
    "exponential": (np.exp, np.exp),
    "rational": (lambda x: 1 / (1 + x**2), lambda x: -2 * x / (1 + x**2) ** 2),
}
each_smooth = pytest.mark.parametrize("formula, slope", SMOOTH.values(), ids=SMOOTH)


# Any callable of one number


@pytest.mark.parametrize("shape", [(0,), (4,), (2, 3)])
def test_a_function_written_for_numbers_takes_arrays_of_any_shape(shape):
    x = np.linspace(-1, 1, math.prod(shape)).reshape(shape)
    values = Function(bent, bent_slope)(x)
    assert values.shape == shape
    assert [*values.flat] == [bent(number) for number in x.flat]


def test_a_constant_is_one_value_for_each_number():
    assert elementwise(lambda x: 7, np.zeros((2, 2))).tolist() == [[7, 7], [7, 7]]


def test_a_function_of_arrays_is_called_once_for_all():
    calls = []
    elementwise(lambda x: calls.append(x) or x**2, np.arange(5.0))
    assert len(calls) == 1


def test_a_number_is_passed_on_as_it_is():
    assert Function(lambda x: x)(3) == 3
    assert isinstance(Function(lambda x: x)(3), int)


def test_where_an_array_leaves_the_functions_domain_there_is_no_number_and_no_warning():
    values = elementwise(np.log, np.array([-1.0, 0.0, 1.0]))
    np.testing.assert_array_equal(values, [np.nan, -np.inf, 0])


@pytest.mark.parametrize("formula", [lambda x: math.log(x) * 0, lambda x: 0 / max(x, 0)])
def test_where_only_some_numbers_fail_they_have_no_value(formula):
    np.testing.assert_array_equal(elementwise(formula, np.array([-1.0, 1.0, 2.0])), [np.nan, 0, 0])


def test_a_function_that_fails_everywhere_tells_its_own_error():
    with pytest.raises(ZeroDivisionError):
        elementwise(lambda x: math.exp(x) / 0, np.array([1.0, 2.0]))


def test_the_slope_is_taken_of_arrays_whatever_the_derivative_was_written_for():
    x = np.array([-0.5, 0.5])
    assert Function(bent, bent_slope).slope(x).tolist() == [-1, bent_slope(0.5)]


@pytest.mark.parametrize(
    "function, name",
    [(bent, "bent"), (math.exp, "exp"), (lambda x: x, "f"), (partial(pow, 2), "f")],
    ids=["def", "built in", "lambda", "partial"],
)
def test_a_function_keeps_its_name_if_it_has_one(function, name):
    assert as_function(function, domain=(0.5, 1)).name == name


@pytest.mark.parametrize(
    "function, variable",
    [(lambda theta, power=2: theta**power, "theta"), (math.exp, "x"), (math.log, "x")],
    ids=["lambda", "built in", "built in without signature"],
)
def test_a_functions_number_is_called_as_the_learner_called_it(function, variable):
    assert as_function(function).variable == variable


@pytest.mark.parametrize("label, written", [("", "s(u)"), ("sin u", "sin u")])
def test_a_function_is_labelled_by_name_and_variable_unless_told_otherwise(label, written):
    function = Function(np.sin, name="s", variable="u", label=label)
    assert function.label == as_function(function, domain=(0, 1)).label == written


def test_a_domain_becomes_a_pair():
    assert Function(np.sin, domain=[0, 1]).domain == (0, 1)


def test_a_Function_stays_itself_when_nothing_is_added():
    function = Function(bent, bent_slope)
    assert as_function(function) is function


def test_a_wider_domain_keeps_all_else_that_is_known():
    narrow = Function(np.cos, lambda x: -np.sin(x), r"\cos u", (0, 4), (math.pi,), "wave", "u")
    wide = as_function(narrow, domain=(0, 6))
    assert wide.domain == (0, 6)
    assert wide.derivative is narrow.derivative
    for known in ("formula", "latex", "minima", "name", "variable", "derivative_is_numerical"):
        assert getattr(wide, known) == getattr(narrow, known)


def test_a_given_derivative_takes_the_place_of_the_known_one():
    given_slope = lambda x: np.cos(x) + 0  # noqa: E731
    assert as_function(Function(np.sin, np.cos), given_slope).derivative is given_slope


def test_a_function_shows_its_formula_in_a_notebook_if_it_has_one():
    assert Function(np.sin, latex=r"\sin w", name="s")._repr_latex_() == r"$s(w) = \sin w$"
    assert Function(np.sin)._repr_latex_() is None


# No derivative given


@pytest.mark.parametrize(
    "function",
    [Function(bent), as_function(bent), as_function(Function(bent), domain=(-1, 1))],
    ids=["Function", "as_function", "with a new domain"],
)
def test_a_derivative_by_differences_says_so(function):
    assert function.derivative_is_numerical
    assert "central differences" in repr(function)


def test_a_given_derivative_is_not_called_numerical():
    function = Function(bent, bent_slope)
    assert not function.derivative_is_numerical
    assert "differences" not in repr(function)


@each_smooth
@HOLDS
@given(x=st.floats(-4, 4))
def test_the_numerical_derivative_has_about_ten_digits(formula, slope, x):
    size = 1 + abs(formula(x)) + abs(slope(x))
    assert abs(numerical_derivative(formula)(x) - slope(x)) < 1e-9 * size


@pytest.mark.parametrize("x", [1e6, -1e12])
def test_the_numerical_derivative_keeps_its_digits_at_large_numbers(x):
    measured = numerical_derivative(lambda x: x**2 - 3 * x)(x)
    assert measured == pytest.approx(2 * x - 3, rel=1e-9)


@HOLDS
@given(x=st.floats(-1e6, 1e6))
def test_the_numerical_derivative_divides_by_the_step_that_was_taken(x):
    assert numerical_derivative(lambda x: x)(x) == 1


def test_where_the_function_overflows_there_is_no_slope_and_no_warning():
    slope = numerical_derivative(np.exp)(np.array([0.0, 1000.0]))
    np.testing.assert_allclose(slope, [1, np.nan])


def test_the_numerical_derivative_of_an_array_is_that_of_each_number():
    x = np.array([[-1.0, -0.2], [0.3, 2.0]])
    np.testing.assert_allclose(numerical_derivative(bent)(x), np.vectorize(bent_slope)(x), 1e-9)


def test_the_numerical_derivative_of_a_number_is_a_number():
    assert np.ndim(numerical_derivative(bent)(1)) == 0
    assert isinstance(numerical_derivative(bent)(1), float)


# A derivative that fits, or does not


@each_smooth
@HOLDS
@given(low=st.floats(-5, 4), width=st.floats(0.1, 5))
def test_a_right_derivative_is_accepted_on_any_domain(formula, slope, low, width):
    check_derivative(formula, slope, (low, low + width))


@pytest.mark.parametrize(
    "formula, slope",
    [
        (lambda x: np.sin(30 * x), lambda x: 30 * np.cos(30 * x)),
        (lambda x: 1e8 * x**3, lambda x: 3e8 * x**2),
    ],
    ids=["quick", "steep"],
)
def test_differences_are_forgiven_their_own_error(formula, slope):
    check_derivative(formula, slope, (0, 1))


@HOLDS
@given(low=st.floats(-5, 4), width=st.floats(0.1, 5), size=st.floats(0.01, 1))
def test_a_slightly_wrong_derivative_is_refused(low, width, size):
    with pytest.raises(ValueError, match="does not match the function"):
        check_derivative(np.sin, lambda x: np.cos(x) + size, (low, low + width))


@pytest.mark.parametrize("domain", [(-1, 1), (-2, 5), (-3, 0.5)])
@pytest.mark.parametrize("formula, slope", [(abs, np.sign), (bent, bent_slope)])
def test_a_kink_is_allowed(formula, slope, domain):
    check_derivative(formula, slope, domain)


@pytest.mark.parametrize("at_kink", [-1.0, 0.3, 1.0, np.nan])
def test_a_kink_is_allowed_where_it_is_compared_whatever_slope_is_given_there(at_kink):
    compared = []
    check_derivative(lambda x: x, lambda x: compared.extend(x) or np.ones_like(x), (0, 1))
    kink = compared[2]
    slope = lambda x: np.where(np.abs(x - kink) < 1e-9, at_kink, np.sign(x - kink))  # noqa: E731
    check_derivative(lambda x: np.abs(x - kink), slope, (0, 1))


def test_a_derivative_wrong_on_a_quarter_of_the_domain_is_refused():
    with pytest.raises(ValueError, match="does not match"):
        check_derivative(np.square, lambda x: np.where(x < 0.75, 2 * x, 0), (0, 1))


@pytest.mark.parametrize("domain", [(-1, 1), (0.5, 3)])
def test_a_derivative_with_the_wrong_sign_is_named(domain):
    with pytest.raises(ValueError, match="wrong sign"):
        Function(np.square, lambda x: -2 * x, domain=domain)


@each_smooth
def test_the_function_in_place_of_its_derivative_is_named(formula, slope):
    if formula is np.exp:  # it is its own derivative
        Function(formula, formula)
        return
    with pytest.raises(ValueError, match="this looks like f, not its derivative"):
        Function(formula, formula)


def test_a_mismatch_names_a_point_and_both_slopes_there():
    with pytest.raises(ValueError) as refusal:
        Function(np.sin, np.tan, domain=(-1, 1.4))
    numbers = re.search(r"at (\S+) it gives (\S+), .* there is (\S+)\.$", str(refusal.value))
    point, given_slope, measured = map(float, numbers.groups())
    assert -1 <= point <= 1.4
    assert given_slope == pytest.approx(np.tan(point), abs=0.01)
    assert measured == pytest.approx(np.cos(point), abs=0.01)
    assert abs(given_slope - measured) > 1


def test_points_where_the_function_has_no_value_do_not_count():
    Function(np.log, lambda x: 1 / x, domain=(-1, 3))
    with pytest.raises(ValueError, match="does not match"):
        Function(np.log, lambda x: 2 / x, domain=(-1, 3))


@pytest.mark.parametrize(
    "arguments, error, words",
    [
        ((3,), TypeError, "must be a function, got 3"),
        ((None,), TypeError, "must be a function"),
        ((np.sin, 1.0), TypeError, "derivative must be a function, got 1.0"),
        ((np.sin, None, (1, 1)), ValueError, r"from low to high, got \(1, 1\)"),
        ((np.sin, None, (2, 1)), ValueError, "from low to high"),
        ((np.sin, None, (1, 2, 3)), ValueError, r"two numbers \(low, high\)"),
        ((np.sin, None, 5), ValueError, "two numbers"),
        ((np.sin, None, ("0", 1)), TypeError, "low end.*Take the quotes away: 0"),
        ((np.sin, None, (0, math.inf)), ValueError, "high end.*finite"),
        ((np.sin, None, (math.nan, 1)), ValueError, "low end.*finite"),
    ],
)
def test_bad_input_is_answered_in_words(arguments, error, words):
    with pytest.raises(error, match=words):
        as_function(*arguments)
    if len(arguments) == 3:
        with pytest.raises(error, match=words):
            as_function(Function(np.sin), *arguments[1:])


def test_a_right_derivative_passes_on_top_of_a_large_constant():
    Function(lambda x: x**2 + 1e9, lambda x: 2 * x, domain=(-1, 1))


def test_a_wrong_derivative_of_a_tiny_function_is_refused():
    with pytest.raises(ValueError, match="does not match"):
        Function(lambda x: 1e-8 * x**2, lambda x: 3e-8 * x, domain=(-1, 1))
