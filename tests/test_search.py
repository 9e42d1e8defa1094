"""simple_minimize: the lectures' numbers, ties, and guesses without a value."""

import math

import numpy as np
import pytest

import lec_utils as lu


@pytest.mark.parametrize(
    "xs, best",
    [
        ([5.3, 5.31, 5.32, 5.33, 5.34, 5.35], 5.33),
        (np.linspace(1, 7, 5), 5.5),
        (np.linspace(1, 7, 200), 5.31156),
    ],
    ids=["six guesses", "grid of 5", "grid of 200"],
)
def test_brute_force_on_arbitrary_finds_the_lectures_numbers(xs, best):
    assert lu.simple_minimize(lu.arbitrary, xs) == pytest.approx(best, abs=5e-6)


def test_of_equal_guesses_the_first_is_returned():
    assert lu.simple_minimize(np.abs, [3, -1, 1, -1]) == -1
    assert lu.simple_minimize(np.abs, [3, 1, -1]) == 1


@pytest.mark.parametrize("formula", [lambda x: (x - 2) ** 2, lambda x: math.cosh(x - 2)])
def test_it_takes_functions_of_arrays_and_of_numbers(formula):
    assert lu.simple_minimize(formula, [0, 1.75, 2.5, 9]) == 1.75


def test_a_function_of_arrays_is_called_once():
    calls = []
    lu.simple_minimize(lambda xs: calls.append(1) or xs, [1, 2, 3])
    assert len(calls) == 1


def test_guesses_without_a_value_are_passed_over():
    assert lu.simple_minimize(np.log, [-1, 5, 0.5]) == 0.5


def test_a_function_that_writes_into_its_argument_changes_no_guess():
    xs = np.array([3.0, -1.0, 2.0])
    assert lu.simple_minimize(lambda x: np.multiply(x, x, out=x), xs) == -1
    assert xs.tolist() == [3, -1, 2]


def test_of_a_constant_function_the_first_guess_is_as_good_as_any():
    assert lu.simple_minimize(lambda x: 7.0, [3, 1, 2]) == 3


@pytest.mark.parametrize(
    "f, xs, error, words",
    [
        (np.log, [-1, -2], ValueError, "no number at any of the guesses"),
        (abs, [], ValueError, r"at least 1, got \(0,\)"),
        (abs, 3.0, ValueError, r"guesses have shape \(n,\).*got \(\)"),
        (abs, [[1, 2]], ValueError, "abs takes one number, and each guess here has 2"),
        (4.0, [1], TypeError, "must be a function, got 4.0"),
    ],
)
def test_bad_input_is_answered_in_words(f, xs, error, words):
    with pytest.raises(error, match=words):
        lu.simple_minimize(f, xs)
