"""One word for each run: runs whose regime theory knows, and runs built by hand."""

import itertools
import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lec_utils as lu

HOLDS = settings(deadline=None, derandomize=True)


def on_square(factor, n=40, w0=9.0):
    """A run on x², where each step multiplies the guess by ``factor`` = 1 − 2 alpha."""
    return lu.gradient_descent(lu.square.derivative, w0, (1 - factor) / 2, n)


def word(path, **options):
    return lu.diagnose(path, **options).word


# x², where theory predicts every regime


@HOLDS
@given(st.floats(-0.8, 0.8), st.floats(0.1, 9), st.sampled_from([-1, 1]))
def test_a_run_whose_steps_shrank_to_a_thousandth_has_converged(factor, distance, side):
    assert word(on_square(factor, w0=side * distance)) == "converged"


@HOLDS
@given(st.floats(0.85, 0.9999))
def test_a_run_that_creeps_on_one_side_is_slow(factor):
    assert word(on_square(factor)) == "slow"


@HOLDS
@given(st.floats(-0.995, -0.85))
def test_a_run_that_still_swings_is_oscillating(factor):
    assert word(on_square(factor)) == "oscillating"


@HOLDS
@given(st.floats(-5, -1.001), st.integers(4, 60))
def test_a_run_whose_swings_grow_is_diverging(factor, n):
    assert word(on_square(factor, n)) == "diverging"


def test_a_run_that_jumps_between_two_guesses_is_cycling():
    assert word(on_square(-1)) == "cycling"


def test_a_run_that_broke_off_at_infinity_has_overflowed():
    assert word(on_square(-9, 5000)) == "overflowed"


@pytest.mark.parametrize("growth", [1.6, 2])
def test_a_run_that_rolls_down_an_endless_hill_is_diverging(growth):
    assert word(growth ** np.arange(40)) == "diverging"


@HOLDS
@given(st.floats(1e-8, 1e-4))
def test_a_tiny_alpha_is_slow_and_not_converged(alpha):
    assert word(lu.gradient_descent(lu.df, 0, alpha, 50)) == "slow"


def test_what_counts_as_converged_is_the_last_step_against_the_largest():
    path = on_square(0.5, 8)  # its last step is 2⁻⁶ of its first
    assert word(path, tol=2.0**-6) == "converged"
    assert word(path, tol=2.0**-6 * 0.99) == "slow"


def test_the_largest_step_need_not_be_the_first():
    assert word([0, 1, 5, 5.0039]) == "converged"
    assert word([0, 1, 5, 5.0041]) == "slow"


def test_the_units_of_the_path_do_not_matter():
    for factor, scale in itertools.product([0.5, 0.99, -0.95, -1, -1.2], [1e-9, 1e9]):
        assert word(scale * on_square(factor)) == word(on_square(factor))


# The lectures' runs


@pytest.mark.parametrize(
    "df, w0, alpha, n, expected",
    [
        (lu.df, 0, 0.01, 50, "converged"),
        (lu.df, 0, 0.01, 12, "slow"),  # its steps still grow, yet it is on its way
        (lu.df, 0, 1, 50, "overflowed"),
        (lu.df, 0, 0.08, 200, "cycling"),
        (lu.df, 0, 0.1, 100, "oscillating"),  # it never settles, in any rhythm
        (lu.derivative_arbitrary, 4, 1, 100, "cycling"),
        (lu.derivative_arbitrary, 1.6, 1, 100, "cycling"),
        (lu.derivative_arbitrary, 1.6, 0.3, 100, "converged"),
        (lu.derivative_arbitrary, 4, 0.3, 20, "converged"),
        (lu.fourth_power.derivative, 3, 0.01, 1000, "converged"),
        (lu.fourth_power.derivative, 3, 0.1, 50, "overflowed"),
        (lu.absolute.derivative, 0.7, 0.3, 50, "cycling"),
        (lu.exponential.derivative, 0, 0.1, 50, "slow"),  # there is no minimum to reach
        (lu.cube.derivative, 1, 0.3, 2, "slow"),
        (lu.cube.derivative, -1, 0.3, 50, "overflowed"),
    ],
)
def test_a_run_of_the_lectures_gets_its_word(df, w0, alpha, n, expected):
    assert word(lu.gradient_descent(df, w0, alpha, n)) == expected


def test_a_run_that_left_the_functions_domain_is_diverging_and_says_why():
    path = lu.gradient_descent(lambda w: np.log(w) + 1, 1.0, 2.0, 9)
    assert lu.diagnose(path)[:2] == ("diverging", "the run left the function's domain")


# Paths built by hand


@pytest.mark.parametrize("period", range(2, 9))
def test_a_cycle_is_told_with_its_period(period):
    guesses = np.random.default_rng(period).permutation(period)
    diagnosis = lu.diagnose([20, 10, *np.tile(guesses, 3)])
    assert diagnosis.word == "cycling"
    assert f"every {period} steps" in diagnosis.reason


def test_almost_coming_back_counts_as_a_cycle_within_the_tolerance():
    path = [0, 1, 3, 0.002, 1, 3.0]
    assert word([5, *path], tol=1e-3) == "cycling"
    assert word([5, *path], tol=1e-4) != "cycling"


@pytest.mark.parametrize(
    "before, lately, expected",
    [
        ([-1, 1], [1], "slow"),
        ([-1, 1], [-1, 1, 1, 1, 1, 1], "slow"),
        ([1], [-1, 1], "oscillating"),
        ([1], [-1, 1, 1], "oscillating"),
    ],
)
def test_only_the_last_steps_tell_whether_a_run_turns_round(before, lately, expected):
    signs = np.r_[np.resize(before, 30), np.resize(lately, 12)]
    assert word(np.cumsum(signs * 0.99 ** np.arange(42))) == expected


def test_swings_that_grow_but_stay_below_an_earlier_step_are_not_diverging():
    assert word(np.cumsum([0, 100, -1, 1.1, -1.21, 1.33])) == "oscillating"


@pytest.mark.parametrize(
    "steps, expected",
    [
        (1.1 ** np.arange(18), "slow"),  # five times the first, but most are large
        ([0.01, 1, 1, 1, 1.01], "slow"),  # a start near a hilltop
        ([1, 0.01, 0.01, 0.01, 0.01, 1.01], "slow"),  # a plateau on the way
        (np.resize([-1, 1, 1, -1, 1], 30) * 1.01 ** np.arange(30), "oscillating"),
    ],
)
def test_steps_that_grow_for_a_while_are_not_diverging(steps, expected):
    assert word(np.cumsum([0, *steps])) == expected


def test_three_guesses_are_too_few_to_call_a_run_diverging():
    assert word(on_square(-1.2, 3)) == "oscillating"


def test_one_step_in_a_row_does_not_end_an_oscillation():
    steps = np.resize([-1, 1], 30) * 0.99 ** np.arange(30)
    assert word(np.cumsum([*steps, 0.7])) == "oscillating"


@pytest.mark.parametrize("path", [[1, -10, np.inf], [1, np.inf, np.inf], [1, 1e150, np.nan]])
def test_a_path_with_an_infinite_guess_has_overflowed(path):
    assert word(path) == "overflowed"


def test_steps_too_large_to_measure_have_overflowed():
    assert word([0, 1e308, -1e308]) == "overflowed"


def test_a_run_that_never_moved_has_converged_if_to_who_knows_what():
    diagnosis = lu.diagnose([2.0] * 5)
    assert diagnosis.word == "converged"
    assert "check that this flat place is a minimum" in diagnosis.suggestion


@pytest.mark.parametrize(
    "factors, expected",
    [
        ((0.5, 0.1), "converged"),
        ((0.5, 0.99), "slow"),
        ((0.1, -0.95), "oscillating"),
        ((-1, -1), "cycling"),
        ((0.9, -1), "cycling"),
        ((0.9, -1.2), "diverging"),
    ],
)
def test_the_slowest_direction_of_a_vector_run_decides(factors, expected):
    path = lu.gradient_descent(lambda w: (1 - np.array(factors)) * w, [1.0, 1.0], 1, 60)
    assert word(path) == expected


# How it is told


@pytest.mark.parametrize("factor, reason", [(0.95, 0.95**38), (-0.95, 0.95**38), (-1.1, 1.1**38)])
def test_the_reason_gives_the_last_step_as_a_share(factor, reason):
    told = re.search(r"(\d\S*) (times the first|of the largest)", lu.diagnose(on_square(factor))[1])
    assert float(told[1]) == pytest.approx(reason, rel=0.05)


def test_a_share_lost_in_rounding_is_not_printed():
    assert "less than a millionth" in lu.diagnose(on_square(0.1)).reason
    assert "2e-06 of the largest" in lu.diagnose(on_square(2e-6, 3)).reason


@pytest.mark.parametrize("path", [on_square(r, 500) for r in (0.5, 0.999, -0.99, -1, -1.1, -9)])
def test_a_diagnosis_reads_as_one_sentence(path):
    diagnosis = lu.diagnose(path)
    assert str(diagnosis) == repr(diagnosis)
    assert re.fullmatch(rf"{diagnosis.word}: ([^.\n]|\.\d)+; [a-z][^.;\n]+\.", str(diagnosis))


@pytest.mark.parametrize("factor", [-0.99, -1, -1.2])
def test_what_turns_round_is_told_to_take_a_smaller_alpha(factor):
    assert "smaller" in lu.diagnose(on_square(factor)).suggestion


def test_what_creeps_is_told_to_take_more_steps_or_a_larger_alpha():
    assert re.search("more steps.*larger", lu.diagnose(on_square(0.99)).suggestion)


@pytest.mark.parametrize(
    "path, options, error, words",
    [
        ([1.0], {}, ValueError, "at least two guesses.*got 1"),
        (3.0, {}, ValueError, r"guesses have shape \(n,\) or \(n, d\).*got \(\)"),
        (np.zeros((2, 2, 2)), {}, ValueError, r"guesses have shape.*got \(2, 2, 2\)"),
        ([1, 2, 3], {"tol": 0}, ValueError, "between 0 and 1, got 0"),
        ([1, 2, 3], {"tol": 1}, ValueError, "between 0 and 1, got 1"),
        ([1, 2, 3], {"tol": "0.1"}, TypeError, "tol must be a number.*Take the quotes away"),
    ],
)
def test_bad_input_is_answered_in_words(path, options, error, words):
    with pytest.raises(error, match=words):
        lu.diagnose(path, **options)


def test_a_start_near_a_hilltop_is_slow_at_first_and_not_diverging():
    assert word(lu.gradient_descent(lu.df, 0.2045, 0.01, 60)) == "slow"
    assert word(lu.gradient_descent(lu.df, 0.2045, 0.01, 300)) == "converged"


# Where theory knows that a run gets out of hand: on −x², each step is 1 + 2 alpha times the last


DOWN_FOR_EVER = lu.Function(lambda x: -(x**2), lambda x: -2 * x, domain=(-3, 3))


@pytest.mark.parametrize("alpha, n", [(0.3, 195), (0.1, 500), (0.02, 2300)])
def test_a_run_that_falls_for_ever_is_not_told_to_hurry(alpha, n):
    path = lu.gradient_descent(DOWN_FOR_EVER.derivative, 1.0, alpha, n)
    assert 1e37 < path[-1] < 1e40
    for diagnosis in (lu.diagnose(path), lu.diagnose(path, DOWN_FOR_EVER)):
        assert diagnosis.word == "diverging"
        assert "larger" not in diagnosis.suggestion and "more steps" not in diagnosis.suggestion


@pytest.mark.parametrize("alpha", [0.003, 0.01, 0.1, 0.3])
def test_a_known_function_tells_a_fall_without_end_as_soon_as_it_has_left_the_picture(alpha):
    n = 2 + int(np.log(9) / np.log(1 + 2 * alpha))  # its last guess is 9 or more
    path = lu.gradient_descent(DOWN_FOR_EVER.derivative, 1.0, alpha, n)
    assert lu.diagnose(path, DOWN_FOR_EVER).word == "diverging"
    assert "larger" not in str(lu.diagnose(path))


@pytest.mark.parametrize(
    "path", [[0, 1, 2.2, 3.6], [0, 1, 3, 5.5], np.cumsum(1.02 ** np.arange(40))]
)
def test_of_steps_that_still_grow_without_a_function_nothing_harmful_is_advised(path):
    diagnosis = lu.diagnose(path)
    assert diagnosis.word == "slow"
    assert "alpha" not in diagnosis.suggestion, "a larger one would be harmful on the way up"


def test_the_values_of_a_known_function_decide_whether_growing_steps_are_on_their_way():
    path = np.cumsum([0.0, 1, 1.2, 1.4, 1.7])
    assert word(path) == "slow"
    assert word(path, function=lambda x: -x) == "slow"
    assert word(path, function=lambda x: x) == "diverging"
    two = np.transpose([path, 0 * path])
    assert word(two, function=lambda theta: -theta[0]) == "slow"
    assert word(two, function=lambda theta: theta[0]) == "diverging"


def test_the_runs_of_the_lectures_are_told_alike_with_their_function():
    for function, w0, alpha, n in [
        (lu.f, 0, 0.01, 50), (lu.f, 0, 0.01, 12), (lu.f, 0, 0.1, 100), (lu.f, 0.2045, 0.01, 60),
        (lu.arbitrary, 4, 1, 100), (lu.square, 9, 0.15, 16), (lu.absolute, 0.7, 0.3, 50),
        (lu.exponential, 0, 0.1, 50),
    ]:  # fmt: skip
        path = lu.gradient_descent(function.derivative, w0, alpha, n)
        assert lu.diagnose(path, function) == lu.diagnose(path)


def test_a_function_that_writes_into_its_argument_changes_no_path():
    path = np.cumsum([[0.0, 0], [1, 1], [2, 2], [4, 4]], axis=0)
    before = path.tolist()
    lu.diagnose(path, lambda theta: np.sum(np.multiply(theta, 0, out=theta)))
    assert path.tolist() == before


# Momentum: a heavy ball swings through the lowest point, a few times, on its way to rest


def with_momentum(curvature, w0, alpha, beta, n):
    """The path of a heavy ball on ½ Σ curvature · w²."""
    guess, velocity = np.array(w0, dtype=float), np.zeros_like(w0, dtype=float)
    path = [guess]
    for _ in range(n - 1):
        velocity = beta * velocity - alpha * np.multiply(curvature, guess)
        guess = guess + velocity
        path.append(guess)
    return np.array(path)


def crossings(path):
    """How often each number of a run has changed its sign; the fewest of them."""
    return np.min(np.sum(np.diff(np.sign(path), axis=0) != 0, axis=0))


@pytest.mark.parametrize("beta", [0.8, 0.9, 0.95])
@pytest.mark.parametrize("alpha", [0.01, 0.02, 0.05])
@pytest.mark.parametrize("curvature, w0", [(2, 9), ([2, 6], [9, 3]), ([2, 20], [9, 3])])
def test_a_run_that_spirals_in_is_oscillating_until_it_has_converged(curvature, w0, alpha, beta):
    bowl = lambda w: np.sum(np.multiply(curvature, w**2)) / 2
    for n in (20, 30, 40, 50, 60, 80, 100, 150, 300):
        path = with_momentum(curvature, w0, alpha, beta, n)
        if crossings(path) >= 4:
            assert word(path) in ("oscillating", "converged"), n
            assert word(path, function=bowl) == word(path)
            assert "larger" not in lu.diagnose(path).suggestion


@pytest.mark.parametrize("turn", [0.1, 0.3, 0.7, 1.2])
def test_a_spiral_of_many_rounds_is_oscillating(turn):
    t = np.arange(int(6 * np.pi / turn))
    spiral = 0.995**t * [np.cos(turn * t), np.sin(turn * t)]
    assert word(spiral.T) == "oscillating"


def test_a_heavy_ball_that_only_rolls_down_a_long_valley_is_slow():
    path = with_momentum([0.001, 1], [100, 1], 0.1, 0.5, 60)
    assert word(path) == "slow"


@pytest.mark.parametrize(
    "path, function",
    [([9.0, -36.0], lu.square), (np.arange(10.0), lambda x: x), ([1.0, 1.1, 1.2], lu.square)],
)
def test_a_run_whose_values_rise_is_diverging_where_its_function_is_known(path, function):
    assert lu.diagnose(path, function)[:2] == ("diverging", "the values rise")


def test_a_run_that_stopped_because_alpha_did_has_not_converged():
    path = lu.gradient_descent(lu.square.derivative, 9.0, lambda update: 0.1 * 0.5**update, 60)
    assert word(path) == "converged", "as far as its steps tell"
    assert lu.diagnose(path, lu.square).word == "slow"
    assert "steep" in lu.minimizing_animation(lu.square, 9, lambda k: 0.1 * 0.5**k, n=60).alt


# What the values tell, and what they do not


@pytest.mark.parametrize("name", ["tips", "salary", "iris"])
def test_noise_above_a_start_at_the_minimum_is_not_called_diverging(name):
    x, y, *_ = lu.choose_data(name)
    best, alpha = x @ y / (x @ x), 0.05 / np.mean(x * x)
    words = []
    for seed in range(40):
        path, _ = lu.sgd(lu.mse_gradient, best, alpha, 3, 16, np.random.default_rng(seed), X=x, y=y)
        words.append(word(path, function=lambda theta: lu.mse(theta, x, y)))
    assert words.count("diverging") <= 2, "chance makes steps that grow now and then"


@pytest.mark.parametrize("function", [lu.square, lambda x: x**2, lambda x: float(x) * x])
def test_a_run_that_stopped_on_a_slope_is_slow_on_any_function(function):
    path = lu.gradient_descent(lambda x: 2 * x, 9, lambda update: 0.1 * 0.5**update, 30)
    for stopped in (path, [3.0, 3.0]):
        diagnosis = lu.diagnose(stopped, function)
        assert diagnosis.word == "slow" and "steep" in diagnosis.reason
    assert word(np.transpose([path, path]), function=lambda w: w @ w) == "slow"
    assert word(on_square(0.5), function=function) == "converged"


def test_of_a_slope_that_nobody_measured_nothing_is_said():
    assert "slope" not in lu.diagnose([3.0, 3.0]).reason
    assert "slope" not in lu.diagnose(on_square(0.5)).reason


def test_values_that_are_no_numbers_do_not_rise():
    assert lu.diagnose([4, 3, 2.5], lambda x: np.nan) == lu.diagnose([4, 3, 2.5])
    assert lu.diagnose([4, 3, 2.5], lambda x: [9, np.nan, 1][int(4 - x)]).word == "slow"
    with pytest.raises(TypeError, match="returned nothing"):
        lu.diagnose([4, 3, 2.5], lambda x: None)


def test_values_beyond_pythons_own_numbers_rise():
    assert lu.diagnose([1.0, 1000.0], lambda x: math.exp(x))[:2] == ("diverging", "the values rise")


def test_a_gap_in_a_path_is_a_gap_and_not_an_overflow():
    assert lu.diagnose([3, np.nan, 1])[:2] == ("unknown", "a guess is not a number")
    assert "not a number" in lu.play(lu.square, [3, np.nan, 1]).alt


@pytest.mark.parametrize("unit", [1e-200, 1.0, 1e298])
def test_the_units_of_a_path_may_be_huge_or_tiny(unit):
    assert word(unit * np.array([100.0, 10, 1])) == "slow"
    assert word(unit * np.array([1.0, -1, 1, -1, 1])) == "cycling"
    assert word(unit * np.array([1.0, -2, 4, -8, 16])) == "diverging"


@pytest.mark.parametrize("n", range(5, 21))
def test_a_ball_with_momentum_is_not_told_to_hurry(n):
    path = with_momentum(2, 9.0, 0.05, 0.9, n)
    for function in (None, lu.square, lambda x: x**2):
        assert "larger" not in lu.diagnose(path, function).suggestion
