"""A run's guesses: how one follows from the other, and why a run breaks off."""

from itertools import repeat

import numpy as np

from lec_utils import checks
from lec_utils.function import Function
from lec_utils.slopes import NO_VALUE, instead


class Path(np.ndarray):
    """An array of guesses, shape (n,) or (n, d), and a ``note`` about a run that broke off."""

    note = ""  # also of a part of it: a note belongs to the whole run

    def __repr__(self):
        return f"{np.asarray(self)!r}\n{self.note}".rstrip()

    def __str__(self):
        return f"{np.asarray(self)!s}\n{self.note}".rstrip()


def downhill(slope, rate):
    """The step of gradient descent."""
    return -rate * slope


def follow(derivative, w0, alpha, n, step=downhill, look=None):
    """The Path of n − 1 updates w ← w + step(slope, rate), and its cost: one gradient for each.

    The first four arguments are those of :func:`gradient_descent`. ``step`` gets the slope, shaped
    like the guess, and alpha as a number. It may keep a memory of its run. ``look`` gives the place
    where the slope is read, the guess itself unless given.
    """
    check_derivative(derivative)
    n = checks.count("n", n, why=": the start is the first guess")
    read = derivative if look is None else lambda w: derivative(look(w))
    path = descend(repeat(read, n - 1), w0, alpha, step)
    return path, np.arange(len(path))


def descend(derivatives, w0, alpha, step=downhill):
    """One step by each of ``derivatives``, functions of a guess; the Path.

    ``w0`` and ``alpha`` are those of :func:`gradient_descent`.
    """
    constant = None if callable(alpha) else checks.positive_step(alpha)
    guesses, note = [checks.starting_point(w0)], ""
    # An overflow is a result to look at, so numpy need not warn of it as well.
    with np.errstate(all="ignore"):
        for update, derivative in enumerate(derivatives):
            rate = constant or checks.positive_step(alpha(update))
            slope = _slope(derivative, guesses[-1], is_start=update == 0)
            guess = guesses[-1] + step(slope, rate)
            if not np.all(np.isfinite(guess)):
                note = _broken_off(slope, guesses, rate)
                break
            guesses.append(guess)
    path = np.array(guesses).view(Path)
    path.note = note
    return path


def _slope(derivative, guess, is_start):
    try:
        # A copy, as it may be changed; [()] makes a number of a 0-d array, for `math` or `if`.
        given = derivative(guess.copy()[()])
    except NO_VALUE as error:
        if is_start and not isinstance(error, OverflowError):
            raise
        return np.full_like(guess, instead(error))
    return checks.slope(given, guess)


def _broken_off(slope, guesses, alpha):
    """Why the run cannot go on; ValueError when it could not even start."""
    many = len(guesses)
    if many == 1 and not np.all(np.isfinite(slope)):
        where = f"the slope at {guesses[0][()]} is no finite number"
        raise ValueError(f"{where}: start where the function has one.")
    # Beyond 1e100 it is inf - inf that makes the slope nan: an overflow, too.
    if not np.any(np.isnan(slope)) or np.max(np.abs(guesses[-1])) >= 1e100:
        told = f"The run overflowed: guess number {many} was its last finite one."
        return f"{told} alpha = {alpha:g} is too large here: try a smaller one."
    told = f"The run left the function's domain: the slope is not a number at guess {many}."
    return f"{told} alpha = {alpha:g} may be too large here: try a smaller one."


def check_derivative(derivative):
    """TypeError or ValueError for what is no function, or a Function in place of its derivative."""
    checks.callable_("the derivative", derivative, "`df`")
    if isinstance(derivative, Function):
        why = "gradient descent steps against the slope, so pass the derivative."
        raise ValueError(f"this looks like {derivative.name}, not its derivative: {why}")
