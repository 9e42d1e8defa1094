"""A learner's own function becomes a Function; a derivative that does not fit it is refused."""

import math
import re
from functools import partial

import numpy as np
import pytest
from expected import QUARTIC
from hypothesis import given, settings
from hypothesis import strategies as st

import lec_utils as lu
from lec_utils import Function, as_function, numerical_derivative
from lec_utils.slopes import elementwise

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


@pytest.mark.parametrize("number", [3, np.int8(3), np.float64(3), True])
def test_a_number_is_passed_on_as_a_float(number):
    function = Function(lambda x: x, lambda x: x / x)
    assert function(number) == float(number) and function.derivative(number) == 1
    assert isinstance(function(number), float) and isinstance(function.derivative(number), float)


def test_whole_numbers_do_not_wrap_round():
    assert lu.f(np.array([100_000])).tolist() == [lu.f(100_000)]
    assert lu.f(100_000) == pytest.approx(np.polyval(QUARTIC, 1e5), rel=1e-15)
    whole = np.array([100_000, 3], dtype=np.int32)
    np.testing.assert_array_equal(lu.f(whole), lu.f(whole.astype(float)))
    np.testing.assert_array_equal(lu.df(whole), lu.df(whole.astype(float)))


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
    assert Function(bent, bent_slope).derivative(x).tolist() == [-1, bent_slope(0.5)]


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
    assert wide.derivative(0.5) == narrow.derivative(0.5) == -math.sin(0.5)
    for known in ("formula", "latex", "minima", "name", "variable", "derivative_is_numerical"):
        assert getattr(wide, known) == getattr(narrow, known)


def test_a_given_derivative_takes_the_place_of_the_known_one():
    twice = as_function(Function(np.square, lambda x: 2 * x), lambda x: x + x + 1e-9 * x)
    assert twice.derivative(1.0) == 2 + 1e-9


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
    Function(formula, slope, domain=(low, low + width))


@pytest.mark.parametrize(
    "formula, slope",
    [
        (lambda x: np.sin(30 * x), lambda x: 30 * np.cos(30 * x)),
        (lambda x: 1e8 * x**3, lambda x: 3e8 * x**2),
    ],
    ids=["quick", "steep"],
)
def test_differences_are_forgiven_their_own_error(formula, slope):
    Function(formula, slope, domain=(0, 1))


@HOLDS
@given(low=st.floats(-5, 4), width=st.floats(0.1, 5), size=st.floats(0.01, 1))
def test_a_slightly_wrong_derivative_is_refused(low, width, size):
    with pytest.raises(ValueError, match="does not match the function"):
        Function(np.sin, lambda x: np.cos(x) + size, domain=(low, low + width))


@pytest.mark.parametrize("domain", [(-1, 1), (-2, 5), (-3, 0.5)])
@pytest.mark.parametrize("formula, slope", [(abs, np.sign), (bent, bent_slope)])
def test_a_kink_is_allowed(formula, slope, domain):
    Function(formula, slope, domain=domain)


@pytest.mark.parametrize("at_kink", [-1.0, 0.3, 1.0, np.nan])
def test_a_kink_is_allowed_where_it_is_compared_whatever_slope_is_given_there(at_kink):
    compared = []
    Function(lambda x: x, lambda x: compared.extend(x) or np.ones_like(x), domain=(0, 1))
    kink = compared[2]
    slope = lambda x: np.where(np.abs(x - kink) < 1e-9, at_kink, np.sign(x - kink))
    Function(lambda x: np.abs(x - kink), slope, domain=(0, 1))


def test_a_derivative_wrong_on_a_quarter_of_the_domain_is_refused():
    with pytest.raises(ValueError, match="does not match"):
        Function(np.square, lambda x: np.where(x < 0.75, 2 * x, 0), domain=(0, 1))


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


@pytest.mark.parametrize(
    "formula, right, wrong, domain",
    [
        (lambda x: np.logaddexp(0, -x), lambda x: -1 / (1 + np.exp(x)), lambda x: 0 * x, (15, 19)),
        (lambda x: 1e-9 * x**2, lambda x: 2e-9 * x, lambda x: -77e-9 * x, (-5, 5)),
        (lambda x: 1e9 + x**2, lambda x: 2 * x, lambda x: 2.1 * x, (-5, 5)),
        (lambda x: 1e30 * x**2, lambda x: 2e30 * x, lambda x: 2.001e30 * x, (-5, 5)),
    ],
    ids=["flat", "tiny", "on a large constant", "huge"],
)
def test_a_derivative_is_judged_by_the_scale_of_its_function(formula, right, wrong, domain):
    Function(formula, right, domain=domain)
    with pytest.raises(ValueError, match="the derivative"):
        Function(formula, wrong, domain=domain)


@pytest.mark.parametrize("value", [0.0, 5.0, -1e9])
def test_a_constant_has_the_derivative_zero_and_no_other(value):
    constant = Function(lambda x: value, lambda x: 0.0)
    assert constant.derivative(np.zeros(3)).tolist() == [0, 0, 0]
    assert Function(lambda x: value).derivative(2.0) == 0
    with pytest.raises(ValueError, match="derivative"):
        Function(lambda x: value, lambda x: 1e-2)


@pytest.mark.parametrize(
    "function", [Function(bent, bent_slope), Function(bent)], ids=["given", "measured"]
)
def test_a_derivative_takes_what_its_function_takes(function):
    x = np.array([[-1, 0], [1, 2]])
    assert function.derivative(x).shape == function(x).shape == (2, 2)
    np.testing.assert_allclose(function.derivative(x)[1], [bent_slope(1), bent_slope(2)], 1e-8)
    assert function.derivative([-1.0, 1.0]).shape == function([-1.0, 1.0]).shape == (2,)
    assert isinstance(function.derivative(1), float) and isinstance(function(1), float)


def test_a_function_and_a_derivative_that_write_into_their_arguments_change_nothing():
    function = Function(lambda x: np.multiply(x, x, out=x), lambda x: np.multiply(x, 2, out=x))
    x = np.array([1.0, 3.0])
    assert function(x).tolist() == [1, 9]
    assert function.derivative(x).tolist() == [2, 6]
    assert numerical_derivative(function.formula)(x) == pytest.approx([2, 6])
    assert x.tolist() == [1, 3]


@pytest.mark.parametrize("whole", [100000, np.array(100000), np.int32(100000), np.array([100000])])
def test_whole_numbers_of_any_kind_become_floats(whole):
    assert lu.f(whole) == pytest.approx(np.polyval(QUARTIC, 1e5))


def test_a_derivative_that_cannot_be_measured_anywhere_is_not_believed():
    with pytest.raises(ValueError, match="no slope that could be measured"):
        lu.Function(np.log, lambda x: 42 * x, domain=(-5, -1))


def test_a_function_on_a_small_scale_is_measured_on_that_scale():
    assert lu.Function(np.sqrt, lambda x: 0.5 / np.sqrt(x), domain=(1e-8, 1e-6))
    assert lu.as_function(np.log, domain=(1e-5, 1e-3)).derivative(2e-5) == pytest.approx(5e4)


@pytest.mark.parametrize("number", [np.float32(1e10), np.float16(300), np.array(1e10, np.float32)])
def test_small_floats_of_numpy_do_not_overflow(number):
    assert lu.f(number) == lu.f(float(number)) < np.inf
    assert lu.square.derivative(number) == 2 * float(number)


@pytest.mark.parametrize(
    "x, error, words",
    [("3", TypeError, "Take the quotes away: 3"), (None, TypeError, "must be a number, got None"),
     (10**400, ValueError, "too large for a float")],
    ids=["text", "nothing", "huge"],
)  # fmt: skip
def test_what_is_no_number_for_a_function_is_refused_in_words(x, error, words):
    for function in (lu.f, lu.df, Function(bent), Function(bent).derivative):
        with pytest.raises(error, match=words):
            function(x)


def test_where_pythons_numbers_overflow_the_value_is_infinite():
    assert elementwise(lambda x: math.exp(x), np.array([0.0, 1000.0])).tolist() == [1, np.inf]


def test_slopes_are_not_taken_for_heights_because_both_are_tiny():
    with pytest.raises(ValueError, match="wrong sign"):
        Function(lambda x: 1e-30 * x * x, lambda x: -2e-30 * x)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("theta1", "θ₁"),
        ("w", "w"),
        ("alpha", "α"),
        ("x20", "x₂₀"),
        ("spend", "spend"),
        ("θ₁", "θ₁"),
    ],
)
def test_figures_write_a_name_as_texts_do(name, written):
    function = lu.Function(lambda x: x**2, variable=name)
    assert function.variable == name and function.symbol == written
    assert function.label == f"f({written})"
    assert lu.draw_function(function).get_xlabel() == written
