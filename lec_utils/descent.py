"""Gradient descent, which returns its path."""

import numpy as np

from lec_utils import checks
from lec_utils.catalogue import arbitrary, f
from lec_utils.function import Function
from lec_utils.path import Path


def gradient_descent(df, initial_guess, alpha, n):
    """Take n − 1 steps against the derivative and return all n guesses, the start included.

    Each step is w ← w − alpha · df(w).

    Parameters
    ----------
    df : the derivative (gradient): takes a guess, returns a slope of the same shape
    initial_guess : the first guess, a number or d numbers
    alpha : the learning rate, above 0; its unit is that of w² per unit of f
    n : how many guesses to return, at least 1

    Returns
    -------
    Path : an array of floats, shape (n,) for a number, (n, d) for d numbers.
        A run that overflows ends at its last finite guess, and the path's ``note`` says so.

    Raises
    ------
    TypeError, ValueError : when an input cannot be meant, with what to try instead

    >>> gradient_descent(lambda x: 2 * x, 1.0, 0.25, 4)
    array([1.   , 0.5  , 0.25 , 0.125])
    """
    checks.callable_("df", df, "`df`")
    if isinstance(df, Function):
        raise ValueError(_not_a_derivative(df))
    alpha, n = checks.positive_step(alpha), checks.count_of_guesses(n)
    guesses, note = [checks.starting_point(initial_guess)], ""  # a note is why a run broke off
    # An overflow is a result to look at, so numpy need not warn of it as well.
    with np.errstate(all="ignore"):
        while len(guesses) < n:
            guess, note = next_guess(df, guesses, alpha)
            if note:
                break
            guesses.append(guess)
    _check_is_derivative(guesses, alpha)
    return Path.of(guesses, note)


def next_guess(df, guesses, alpha):
    """One step from the last of ``guesses``: the next guess, and a note when there is none.

    ``df`` takes a guess and returns a slope of its shape; an empty note means all is well.
    """
    slope = _slope(df, guesses[-1], is_start=len(guesses) == 1)
    guess = guesses[-1] - alpha * slope
    note = "" if np.all(np.isfinite(guess)) else _broken_off(slope, guesses, alpha)
    return guess, note


def _slope(df, guess, is_start):
    """The slope at ``guess``; TypeError or ValueError when it has the wrong kind or shape."""
    try:
        # [()] makes a number of a 0-d array, for derivatives written with `math` or `if`.
        given = df(guess[()])
    except OverflowError:  # raised by Python's own numbers, where numpy gives inf
        return np.full_like(guess, np.inf)
    except (ValueError, ZeroDivisionError):  # math.log(-1), 1 / 0, where numpy gives nan
        if is_start:
            raise
        return np.full_like(guess, np.nan)
    if given is None:
        raise TypeError("df returned nothing: does it end with `return`?")
    try:
        slope = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        raise TypeError(f"df must return a number, got {given!r}.") from None
    if slope.shape != guess.shape:
        raise ValueError(
            f"df returned shape {slope.shape} for a guess of shape {guess.shape}: "
            "a gradient has one slope for each number of the guess."
        )
    return slope


def _broken_off(slope, guesses, alpha):
    """Why the run cannot go on; ValueError when it could not even start."""
    # Beyond 1e100 it is inf - inf that makes the slope nan: an overflow, too.
    if np.any(np.isnan(slope)) and np.max(np.abs(guesses[-1])) < 1e100:
        if len(guesses) == 1:
            raise ValueError(
                f"df({guesses[0][()]}) is not a number: start where the function has a slope."
            )
        return (
            f"The run left the function's domain: df is not a number at guess {len(guesses)}. "
            f"alpha = {alpha:g} may be too large here: try a smaller one."
        )
    return (
        f"The run overflowed: guess number {len(guesses)} was its last finite one. "
        f"alpha = {alpha:g} is too large here: try a smaller one."
    )


def _check_is_derivative(guesses, alpha):
    """ValueError when the steps taken show that a lecture's function stood in for its slope.

    The slopes are read back from the path, so ``df`` is called once a step and no more.
    """
    path = np.array(guesses[:4])
    # Fewer than two different places prove nothing: any slope is 0 where a run stays put.
    if path.ndim > 1 or len(np.unique(path[:-1])) < 2:
        return
    slopes = -np.diff(path) / alpha
    for function in (f, arbitrary):
        if np.allclose(slopes, function(path[:-1]), rtol=1e-6, atol=0):
            raise ValueError(_not_a_derivative(function))


def _not_a_derivative(function):
    return (
        f"this looks like {function.name}, not its derivative: "
        "gradient descent steps against the slope, so pass the derivative."
    )
