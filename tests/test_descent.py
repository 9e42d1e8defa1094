"""gradient_descent against closed forms, the lectures' numbers, and every input it must refuse."""

import math
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from expected import LEFT, QUARTIC, RIGHT
from hypothesis import example, given, settings
from hypothesis import strategies as st

import lec_utils as lu
from lec_utils.catalogue import CATALOGUE

HOLDS = settings(deadline=None, derandomize=True)

# Lecture 20 of EECS 398 prints these: w and its f(w), rounded, from w = 0 with alpha = 0.01.
LECTURE = np.polynomial.Polynomial([-9, 2, -5, -1, 5])
LECTURE_TABLE = """
0 -9, -0.02 -9.042, -0.042 -9.0927, -0.0661 -9.1537, -0.0925 -9.2267, -0.1214 -9.3135,
-0.1527 -9.4158, -0.1866 -9.5347, -0.2229 -9.6708, -0.2615 -9.8235, -0.302 -9.9909,
-0.344 -10.1687, -0.3867 -10.3513, -0.4293 -10.5311, -0.4709 -10.7001, -0.5104 -10.8511,
-0.547 -10.9789, -0.58 -11.0811, -0.6089 -11.1586, -0.6335 -11.2141, -0.654 -11.2521,
-0.6706 -11.277, -0.6839 -11.2927, -0.6943 -11.3023, -0.7023 -11.308, -0.7085 -11.3113,
-0.7131 -11.3132, -0.7166 -11.3143, -0.7193 -11.3149, -0.7213 -11.3153, -0.7227 -11.3155,
-0.7238 -11.3156, -0.7247 -11.3156, -0.7253 -11.3157, -0.7257 -11.3157, -0.726 -11.3157,
-0.7263 -11.3157, -0.7265 -11.3157, -0.7266 -11.3157, -0.7267 -11.3157, -0.7268 -11.3157,
-0.7268 -11.3157, -0.7269 -11.3157, -0.7269 -11.3157, -0.7269 -11.3157, -0.7269 -11.3157,
-0.727 -11.3157, -0.727 -11.3157, -0.727 -11.3157, -0.727 -11.3157
"""

# Closed forms


@HOLDS
@given(
    a=st.floats(0.01, 10),
    c=st.floats(-10, 10),
    w0=st.floats(-100, 100),
    factor=st.floats(-1.5, 0.999),
    n=st.integers(1, 40),
)
def test_on_a_parabola_each_step_multiplies_the_distance_by_one_factor(a, c, w0, factor, n):
    alpha = (1 - factor) / (2 * a)  # so that 1 - 2 a alpha is the factor
    path = lu.gradient_descent(lambda w: 2 * a * (w - c), w0, alpha, n)
    expected = c + (w0 - c) * factor ** np.arange(n)
    scale = (abs(w0) + abs(c) + 1) * max(1, abs(factor)) ** n
    np.testing.assert_allclose(path, expected, rtol=0, atol=1e-11 * scale)


@HOLDS
@given(st.integers(1, 5), st.integers(0, 2**32 - 1), st.integers(1, 20))
def test_on_a_quadratic_of_d_numbers_each_step_multiplies_by_one_matrix(d, seed, n):
    rng = np.random.default_rng(seed)
    half, lowest, start = rng.normal(size=(d, d)), rng.normal(size=d), rng.normal(size=d)
    hessian = half @ half.T
    path = lu.gradient_descent(lambda w: hessian @ (w - lowest), start, 0.1, n)
    step = np.eye(d) - 0.1 * hessian
    powers = np.array([np.linalg.matrix_power(step, t) for t in range(n)])
    assert path.shape == (n, d)
    np.testing.assert_allclose(path, lowest + powers @ (start - lowest), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    "start, shape",
    [(3, (5,)), (np.float32(3), (5,)), (np.array(3), (5,)), ([3], (5, 1)), ((3, 4), (5, 2))],
    ids=["int", "float32", "0-d array", "list of one", "tuple of two"],
)
def test_a_path_of_floats_has_the_starts_shape_with_the_guesses_in_front(start, shape):
    path = lu.gradient_descent(lambda w: w / 2, start, 1, 5)
    assert (path.shape, path.dtype) == (shape, np.dtype(float))
    np.testing.assert_array_equal(path[0], start)
    np.testing.assert_array_equal(path[1], np.asarray(start) / 2)


def test_a_run_neither_changes_its_start_nor_shares_memory_with_it():
    start = np.array([1.0, 2.0])
    path = lu.gradient_descent(lambda w: w, start, 0.5, 3)
    assert start.tolist() == [1, 2]
    start[:] = 99
    assert path[0].tolist() == [1, 2]


@pytest.mark.parametrize("n", [1, 2, 3, 10])
def test_n_guesses_ask_for_n_minus_one_slopes(n):
    asked = []
    path = lu.gradient_descent(lambda w: asked.append(w) or 2 * w, 1.0, 0.1, n)
    assert asked == list(path[:-1])


def test_a_derivative_written_for_numbers_gets_numbers():
    def kinked(w):
        assert isinstance(w, float)
        return math.exp(w) if w > 0 else 1.0

    path = lu.gradient_descent(kinked, 1, 0.5, 3)
    np.testing.assert_allclose(path, [1, 1 - math.e / 2, 0.5 - math.e / 2])


# The lectures' numbers


def test_the_lectures_table_comes_out_row_for_row():
    path = lu.gradient_descent(LECTURE.deriv(), 0, 0.01, 50)
    heights = LECTURE(np.array(path)).round(4)
    rows = [f"{w:.4g} {fw:.6g}" for w, fw in zip(path.round(4), heights, strict=True)]
    assert rows == [row.strip() for row in LECTURE_TABLE.split(",")]


def test_the_largest_step_of_the_lectures_run_is_the_twelfth():
    steps = np.abs(np.diff(lu.gradient_descent(LECTURE.deriv(), 0, 0.01, 50)))
    assert np.argmax(steps) + 1 == 12


def test_without_a_learning_rate_the_run_on_arbitrary_ends_in_a_cycle_of_two():
    path = lu.gradient_descent(lu.derivative_arbitrary, 4, 1, 1001)
    np.testing.assert_allclose(np.sort(path[-2:]), [5.10499079, 5.48300247], rtol=0, atol=6e-9)
    np.testing.assert_allclose(path[-2:], path[-4:-2], rtol=0, atol=1e-12)


def test_with_alpha_a_third_or_so_twenty_guesses_on_arbitrary_get_there():
    path = lu.gradient_descent(lu.derivative_arbitrary, 4, 0.3, 20)
    assert path[-1] == pytest.approx(5.32634408, abs=6e-9)


@pytest.mark.parametrize("alpha, comes_closer", [(0.94929 - 1e-4, True), (0.94929 + 1e-4, False)])
def test_a_fixed_step_converges_only_below_two_over_the_curvature(alpha, comes_closer):
    lowest = np.roots([0.4, -4.5, 16, -18]).max()
    assert 2 / np.polyval([1.2, -9, 16], lowest) == pytest.approx(0.94929, abs=6e-6)
    path = lu.gradient_descent(lu.derivative_arbitrary, lowest + 1e-5, alpha, 200)
    assert (abs(path[-1] - lowest) < 1e-5) == comes_closer


def test_one_step_by_hand_from_five_with_slope_four_lands_on_4_6():
    np.testing.assert_allclose(lu.gradient_descent(lambda x: 4.0, 5, 0.1, 2), [5, 4.6])


def test_fifteen_updates_on_the_square_from_nine_are_sixteen_guesses():
    path = lu.gradient_descent(lu.square.derivative, 9, 0.15, 16)
    assert len(path) == 16
    assert path[-1] == pytest.approx(9 * 0.7**15, rel=1e-13)
    assert path[-1] == pytest.approx(0.0427281, abs=5e-8)


@pytest.mark.parametrize("w0, alpha, end", [(1.1, 0.01, RIGHT), (0.0, 0.01, LEFT)])
def test_where_the_running_example_ends_depends_on_where_it_starts(w0, alpha, end):
    assert lu.gradient_descent(lu.df, w0, alpha, 500)[-1] == pytest.approx(end, abs=1e-9)


def test_updates_are_simultaneous():
    hessian = np.array([[2, 1], [1, 2]])
    path = lu.gradient_descent(lambda w: hessian @ w, [3, -1], 0.4, 2)
    np.testing.assert_allclose(path[1], [1, -1.4])


# Runs that break off


@HOLDS
@given(w0=st.floats(-1.5, 1.5), alpha=st.floats(0.5, 20))
def test_a_run_that_blows_up_ends_at_its_last_finite_guess_and_says_so(w0, alpha):
    path = lu.gradient_descent(lu.df, w0, alpha, 100)
    assert np.all(np.isfinite(path))
    if len(path) < 100:
        w, exact_alpha = Fraction(float(path[-1])), Fraction(alpha)
        beyond = w - exact_alpha * (20 * w**3 - 3 * w**2 - 10 * w + 2)
        assert abs(beyond) > np.finfo(float).max / 4  # 20 w³ may overflow before its product
        assert re.search(rf"overflowed: .*number {len(path)} was .*last", path.note)
        assert f"alpha = {alpha:g} is too large" in path.note


def test_x_to_the_fourth_from_three_explodes_with_alpha_a_tenth():
    path = lu.gradient_descent(lu.fourth_power.derivative, 3, 0.1, 50)
    assert 2 < len(path) < 50
    assert "overflowed" in path.note


def test_a_power_law_of_doubling_guesses_ends_at_the_largest_power_of_two():
    path = lu.gradient_descent(lambda w: -w, 1.0, 1.0, 5000)
    assert len(path) == 1024
    assert path[-1] == 2.0**1023


def test_a_vector_run_ends_when_one_of_its_numbers_overflows():
    path = lu.gradient_descent(lambda w: np.array([-1, 0.5]) * w, [1.0, 1.0], 1.0, 5000)
    assert path.shape == (1024, 2)
    assert "overflowed" in path.note


def test_an_overflow_inside_pythons_own_numbers_is_told_too():
    path = lu.gradient_descent(lambda w: -math.exp(w), 1.0, 1.0, 50)
    assert 2 < len(path) < 50
    assert path[-1] > math.log(np.finfo(float).max)
    assert "overflowed" in path.note


def test_a_run_that_leaves_the_domain_ends_there_and_says_so():
    path = lu.gradient_descent(lambda w: np.log(w) + 1, 1.0, 2.0, 9)
    assert path.tolist() == [1, -1]
    assert "left the function's domain: the slope is not a number at guess 2" in path.note


def test_a_vector_run_leaves_the_domain_when_one_of_its_numbers_does():
    path = lu.gradient_descent(lambda w: np.log(w) + 1, [1.0, 0.4], 2.0, 9)
    assert path[1, 0] == -1
    assert "left the function's domain" in path.note


def test_a_start_without_a_slope_is_refused():
    with pytest.raises(ValueError, match=r"the slope at -1.0 is no finite number: start where"):
        lu.gradient_descent(np.log, -1.0, 0.1, 5)


def test_a_run_to_the_end_has_no_note_and_prints_as_an_array():
    path = lu.gradient_descent(lambda w: w, 1.0, 0.5, 3)
    assert path.note == ""
    assert (repr(path), str(path)) == ("array([1.  , 0.5 , 0.25])", "[1.   0.5  0.25]")


def test_a_note_is_printed_under_the_whole_path_and_not_under_a_part():
    path = lu.gradient_descent(lambda w: -w, 1.0, 1.0, 5000)
    assert repr(path).endswith("\n" + path.note)
    assert str(path).endswith("\n" + path.note)
    for part in (path[:3], path * 1, path[0]):
        assert "overflowed" not in repr(part)


# Inputs that cannot be meant


def slope(w):
    return 2 * w


@pytest.mark.parametrize(
    "changed, error, words",
    [
        ({"alpha": -0.1}, ValueError, "alpha must be positive, got -0.1: a negative step climbs"),
        ({"alpha": 0}, ValueError, "alpha must be positive, got 0: a zero step never moves"),
        ({"alpha": math.nan}, ValueError, "alpha must be a finite number, got nan"),
        ({"alpha": math.inf}, ValueError, "alpha must be a finite number, got inf"),
        ({"alpha": 10**400}, ValueError, "alpha is too large"),
        ({"alpha": "0.1"}, TypeError, "alpha must be a number.*Take the quotes away: 0.1"),
        ({"alpha": "small"}, TypeError, "alpha must be a number.*Text is not a number"),
        ({"alpha": None}, TypeError, "alpha must be a number, got None"),
        ({"alpha": True}, TypeError, "alpha must be a number, got True"),
        ({"alpha": [0.1]}, TypeError, "alpha must be a number"),
        ({"alpha": 0.1j}, TypeError, "alpha must be a number"),
        ({"n": 0}, ValueError, "n must be at least 1, got 0: the start is the first guess"),
        ({"n": -3}, ValueError, "n must be at least 1, got -3"),
        ({"n": 2.5}, TypeError, "whole number, got 2.5"),
        ({"n": "10"}, TypeError, "whole number, got '10'.*Take the quotes away: 10"),
        ({"n": True}, TypeError, "whole number, got True"),
        ({"n": None}, TypeError, "whole number, got None"),
        ({"w0": "1.5"}, TypeError, "the start must be.*Take the quotes away: 1.5"),
        ({"w0": "left"}, TypeError, "the start must be.*Text is not a number"),
        ({"w0": ["1", "2"]}, TypeError, "the start must be a number or a flat list"),
        ({"w0": None}, TypeError, "the start must be a number.*got None"),
        ({"w0": True}, TypeError, "the start must be a number.*got True"),
        ({"w0": np.True_}, TypeError, "the start must be a number"),
        ({"w0": 1j}, TypeError, "the start must be a number"),
        ({"w0": np.array([1j])}, TypeError, "the start must be a number"),
        ({"w0": [[1, 2], [3]]}, TypeError, "the start must be a number"),
        ({"w0": 10**400}, TypeError, "the start must be a number"),
        ({"w0": [[1.0, 2.0]]}, ValueError, r"one flat list.*got shape \(1, 2\)"),
        ({"w0": []}, ValueError, r"one flat list.*got shape \(0,\)"),
        ({"w0": math.nan}, ValueError, "the start must be finite, got nan"),
        ({"w0": [0, -math.inf]}, ValueError, "the start must be finite"),
        (
            {"derivative": slope(1.0)},
            TypeError,
            "the derivative must be a function, got 2.0.*without calling it",
        ),
        (
            {"derivative": lambda w: None},
            TypeError,
            "the derivative returned nothing: does it end with `return`",
        ),
        (
            {"derivative": lambda w: "up"},
            TypeError,
            "the derivative must return a number, got 'up'",
        ),
        ({"derivative": lambda w: [w, w]}, ValueError, r"shape \(2,\) for a guess of shape \(\)"),
        (
            {"derivative": lambda w: w.sum(), "w0": [1, 2]},
            ValueError,
            r"shape \(\) for a guess of shape \(2,\).*one slope for each number",
        ),
    ],
)
def test_bad_input_is_answered_in_words(changed, error, words):
    arguments = {"derivative": slope, "w0": 1.0, "alpha": 0.1, "n": 5} | changed
    with pytest.raises(error, match=words):
        lu.gradient_descent(**arguments)


@pytest.mark.parametrize("kind", [Fraction, Decimal, np.float32])
def test_a_slope_may_be_any_kind_of_number(kind):
    path = lu.gradient_descent(lambda w: kind(float(2 * w)), 1.0, 0.25, 4)
    assert path.tolist() == [1, 0.5, 0.25, 0.125]


@pytest.mark.parametrize("number", [np.float32(0.25), np.array(0.25)])
def test_numpys_numbers_are_numbers(number):
    assert lu.gradient_descent(slope, 1.0, number, np.int64(3)).tolist() == [1, 0.5, 0.25]


@pytest.mark.parametrize("function", CATALOGUE, ids=lambda function: function.name)
def test_a_function_of_the_catalogue_in_place_of_its_derivative_is_named(function):
    with pytest.raises(ValueError, match=f"looks like {function.name}, not its derivative"):
        lu.gradient_descent(function, 0.5, 0.1, 2)


@HOLDS
@given(w0=st.floats(-1.2, 1.2), alpha=st.floats(1e-4, 10), n=st.integers(3, 100))
@example(w0=0.5, alpha=0.01, n=100)  # a run that settles
def test_a_learners_copy_of_the_running_example_is_recognised(w0, alpha, n):
    copy = lambda w: np.polyval(QUARTIC, w)
    with pytest.raises(ValueError, match="looks like f, not its derivative"):
        lu.gradient_descent(copy, w0, alpha, n)


@HOLDS
@given(x0=st.floats(4.2, 5.8), alpha=st.floats(1e-4, 1))
def test_a_learners_copy_of_arbitrary_is_recognised(x0, alpha):
    copy = lambda x: (x - 2) * (x - 3) * (x - 4) * (x - 6) / 10
    with pytest.raises(ValueError, match="looks like arbitrary, not its derivative"):
        lu.gradient_descent(copy, x0, alpha, 3)


@HOLDS
@given(
    st.tuples(*[st.integers(-6, 6)] * 4),
    st.integers(-6, 6),
    st.sampled_from([0.01, 0.1, 0.5, 1]),
    st.integers(1, 6),
)
def test_a_cubic_derivative_is_never_taken_for_a_function(coefficients, w0, alpha, n):
    cubic = lambda w: np.polyval(coefficients, w)
    assert lu.gradient_descent(cubic, w0, alpha, n)[0] == w0


def test_a_derivative_one_percent_from_a_lectures_function_is_not_refused():
    assert len(lu.gradient_descent(lambda w: 1.01 * lu.f(w), 0.5, 0.01, 9)) == 9


def test_a_slope_that_meets_the_running_example_at_two_guesses_is_not_refused():
    w0, w1 = 0.5, 0.5 - 0.01 * lu.f(0.5)
    line = np.polynomial.Polynomial.fit([w0, w1], [lu.f(w0), lu.f(w1)], 1)
    assert len(lu.gradient_descent(line, w0, 0.01, 9)) == 9


@pytest.mark.parametrize("root", [2, 3, 4, 6])
def test_a_run_that_stays_where_arbitrary_is_zero_is_not_refused(root):
    path = lu.gradient_descent(lambda x: 2 * (x - root), root, 0.1, 5)
    assert path.tolist() == [root] * 5


@pytest.mark.parametrize("function", CATALOGUE, ids=lambda function: function.name)
def test_the_catalogues_derivatives_are_accepted_from_anywhere(function):
    for start in np.linspace(*function.domain, 13):
        assert len(lu.gradient_descent(function.derivative, start, 0.1, 4)) >= 2


def test_a_run_that_leaves_the_domain_of_pythons_own_math_ends_with_a_note():
    path = lu.gradient_descent(lambda w: 1 + math.log(w), 3.0, 2.0, 10)
    assert len(path) < 10
    assert "left the function's domain" in path.note
    with pytest.raises(ValueError) as pythons_own:  # its words are not those of every Python
        math.log(-1.0)
    with pytest.raises(ValueError, match=re.escape(str(pythons_own.value))):
        lu.gradient_descent(lambda w: math.log(w), -1.0, 0.1, 10)


# Nothing of a caller's is changed, and nothing recorded is shared


@pytest.mark.parametrize(
    "derivative",
    [
        lambda w, out=None: np.clip(w, -1, 1, out=out),
        lambda w, out=None: np.multiply(w, 1.5, out=out),
        lambda w, out=None: np.negative(w, out=out),
    ],
    ids=["clip", "multiply", "negative"],
)
def test_a_derivative_that_writes_into_its_argument_changes_neither_path_nor_start(derivative):
    start = np.array([3.0, -0.5])
    path = lu.gradient_descent(lambda w: derivative(w, out=w), start, 0.5, 6)
    assert start.tolist() == [3, -0.5]
    assert path.tolist() == lu.gradient_descent(derivative, start, 0.5, 6).tolist()


def test_a_clipped_gradient_is_that_of_the_guess_before_it_was_clipped():
    path = lu.gradient_descent(lambda w: np.clip(w, -1, 1, out=w), [3.0, -0.5], 0.5, 4)
    assert path.tolist() == [[3, -0.5], [2.5, -0.25], [2, -0.125], [1.5, -0.0625]]


def test_no_recorded_guess_is_shared_with_the_derivative():
    lent, returned = [], np.empty(2)

    def meddling(w):
        for old in lent:
            old[:] = 99
        lent.append(w)
        np.copyto(returned, w)
        return returned

    path = lu.gradient_descent(meddling, [4.0, 8.0], 0.5, 4)
    lent[-1][:] = returned[:] = 99
    assert path.tolist() == [[4, 8], [2, 4], [1, 2], [0.5, 1]]


# A learning rate that changes


def test_alpha_may_be_a_function_of_the_updates_index_which_is_asked_once_an_update():
    asked = []
    path = lu.gradient_descent(lambda w: 1.0, 0.0, lambda t: asked.append(t) or 1 / (1 + t), 5)
    assert asked == [0, 1, 2, 3]
    np.testing.assert_allclose(path, -np.cumsum([0, 1, 1 / 2, 1 / 3, 1 / 4]))


def test_a_constant_function_for_alpha_makes_the_run_of_that_constant():
    constant = lu.gradient_descent(lu.df, 0.5, 0.01, 20)
    assert lu.gradient_descent(lu.df, 0.5, lambda update: 0.01, 20).tolist() == constant.tolist()


def test_a_run_that_overflows_names_the_alpha_of_that_update():
    path = lu.gradient_descent(lambda w: w**3, 10.0, lambda update: 1.0 + update, 50)
    assert f"alpha = {len(path)} is too large" in path.note


@pytest.mark.parametrize(
    "alpha, error, words",
    [
        (lambda t: 0.1 - 0.1 * t, ValueError, "alpha must be positive, got 0: a zero step"),
        (lambda t: -1.0, ValueError, "alpha must be positive, got -1: a negative step climbs"),
        (lambda t: None, TypeError, "alpha must be a number, got None"),
    ],
)
def test_a_learning_rate_that_turns_wrong_is_refused_in_words(alpha, error, words):
    with pytest.raises(error, match=words):
        lu.gradient_descent(slope, 1.0, alpha, 5)


def test_the_running_example_is_recognised_whatever_the_learning_rates():
    copy = lambda w: np.polyval(QUARTIC, w)
    with pytest.raises(ValueError, match="looks like f, not its derivative"):
        lu.gradient_descent(copy, 0.5, lambda update: 0.01 / (1 + update), 9)


@pytest.mark.parametrize("slope", ["2", 2 + 1j, np.complex128(2)])
def test_a_slope_that_is_text_or_complex_is_refused(slope):
    with pytest.raises(TypeError, match="must return a number"):
        lu.gradient_descent(lambda w: slope, 1.0, 0.1, 5)


def test_an_infinite_slope_at_the_start_is_not_blamed_on_alpha():
    with pytest.raises(ValueError, match="slope at 0.0 is no finite number: start where"):
        lu.gradient_descent(lambda w: 1 / w, 0, 0.1, 5)
    with pytest.raises(ValueError, match="slope at 1000.0 is no finite number: start where"):
        lu.gradient_descent(math.sinh, 1000, 0.1, 5)
