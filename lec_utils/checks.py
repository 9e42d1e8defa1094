"""Questions asked of every input, answered in a learner's words."""

from numbers import Integral, Real

import numpy as np


def number(name, value):
    """``value`` as a float; TypeError or ValueError when it is not one finite number."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {value!r}.{_unquote(value)}")
    try:
        as_float = float(value)
    except OverflowError:  # an int or a fraction beyond every float
        raise ValueError(f"{name} is too large for a float.") from None
    if not np.isfinite(as_float):
        raise ValueError(f"{name} must be a finite number, got {value!r}.")
    return as_float


def argument(x):
    """What a function is called with; TypeError or ValueError for text and a number too large."""
    huge = isinstance(x, int) and not isinstance(x, bool)
    return number("what a function takes", x) if huge or x is None or isinstance(x, str) else x


def positive(name, value, why=""):
    """``value`` as a float; ValueError, which ends with ``why``, unless it is above zero."""
    value = number(name, value)
    if value <= 0:
        raise ValueError(f"{name} must be positive, got {value:g}{why}.")
    return value


def positive_step(alpha):
    """The learning rate as a float; ValueError unless it is above zero."""
    alpha = number("alpha", alpha)
    if alpha > 0:
        return alpha
    why = "a negative step climbs" if alpha < 0 else "a zero step never moves"
    return positive("alpha", alpha, f": {why}")


def memory(name, value, *, all_of_it=False):
    """What an update keeps of a running number, a float from 0 to below 1, or ``all_of_it``, 1."""
    value = number(name, value)
    if value < 0 or value > 1 or (value == 1 and not all_of_it):
        most = "to 1" if all_of_it else "to below 1"
        raise ValueError(f"{name} is a share that is kept, from 0 {most}, got {value:g}.")
    return value


def on_slider(name, value, low, high):
    """``value`` as a float; ValueError when its slider, from ``low`` to ``high``, lacks it."""
    value = number(name, value)
    if not low <= value <= high:
        raise ValueError(f"{name} = {value:g} is not on its slider, from {low:g} to {high:g}.")
    return value


def count(name, value, why=""):
    """``value`` as an int; TypeError or ValueError unless it is a whole number from 1 on."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number, got {value!r}.{_unquote(value)}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, got {value}{why}.")
    return int(value)


def starting_point(guess, name="the start"):
    """``guess`` as floats of its own, shape () or (d,); TypeError or ValueError otherwise."""
    try:
        if guess is None or np.asarray(guess).dtype.kind in "bcSU":  # numpy makes numbers of them
            raise TypeError
        point = np.array(guess, dtype=float)
    except (TypeError, ValueError, OverflowError):
        words = f"{name} must be a number or a flat list of numbers, got {guess!r}."
        raise TypeError(words + _unquote(guess)) from None
    if point.ndim > 1 or point.size == 0:
        raise ValueError(f"{name} must be a number or one flat list, got shape {point.shape}.")
    if not np.all(np.isfinite(point)):
        raise ValueError(f"{name} must be finite, got {guess!r}.")
    return point


def slope(given, guess):
    """What a derivative gave for ``guess`` as floats of its shape; TypeError or ValueError."""
    if given is None:
        raise TypeError("the derivative returned nothing: does it end with `return`?")
    try:
        if np.asarray(given).dtype.kind in "cSU":  # numpy makes numbers of them
            raise TypeError
        given = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        raise TypeError(f"the derivative must return a number, got {given!r}.") from None
    if given.shape != guess.shape:
        words = f"the derivative returned shape {given.shape} for a guess of shape {guess.shape}"
        raise ValueError(f"{words}: a gradient has one slope for each number of the guess.")
    return given


def inside(name, value, domain):
    """``value`` as a float; ValueError when it lies outside ``domain`` = (low, high)."""
    value, (low, high) = number(name, value), domain
    if not low <= value <= high:
        words = f"{name} = {value:g} is outside the picture, which shows {low:g} to {high:g}"
        raise ValueError(f"{words}. Choose {name} in between, or give a wider domain=(low, high).")
    return value


def interval(domain):
    """``domain`` as two floats; ValueError unless low < high."""
    try:
        low, high = domain
    except (TypeError, ValueError):
        raise ValueError(f"domain must be two numbers (low, high), got {domain!r}.") from None
    low, high = number("the low end of domain", low), number("the high end of domain", high)
    if low >= high:
        raise ValueError(f"domain must run from low to high, got ({low:g}, {high:g}).")
    return low, high


def callable_(name, value, example):
    """TypeError unless ``value`` can be called."""
    if not callable(value):
        how = f"Pass the function itself, {example}, without calling it."
        raise TypeError(f"{name} must be a function, got {value!r}. {how}")


def generator(rng):
    """TypeError unless ``rng`` is a numpy Generator."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a generator, np.random.default_rng(0) say, got {rng!r}.")


def matching(X, y):
    """ValueError, naming the shapes, unless each row of X has its y."""
    if np.ndim(X) not in (1, 2) or np.shape(y) != np.shape(X)[:1]:
        given = f"X and y do not match: shapes {np.shape(X)} and {np.shape(y)}"
        needed = "Each row of X needs its own y: X is (n,) or (n, d), and y is (n,)"
        raise ValueError(f"{given}. {needed}.")


def fitting(theta, X):
    """ValueError, naming the shapes, unless theta has a parameter for each column of X."""
    if theta is None or np.asarray(theta).dtype.kind in "SU":
        raise TypeError(f"theta must be a number or d numbers, got {theta!r}.{_unquote(theta)}")
    if np.ndim(X) not in (1, 2) or np.shape(theta) != np.shape(X)[1:]:
        given = f"theta has shape {np.shape(theta)}, but X of shape {np.shape(X)}"
        needed = f"needs one of shape {np.shape(X)[1:]}, a parameter for each column"
        raise ValueError(f"theta and X do not match: {given} {needed}.")


def data(X, y):
    """``X`` and ``y`` as floats; ValueError unless they match and every value is finite."""
    matching(X, y)
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    for name, values in (("X", X), ("y", y)):
        if len(rows := np.unique(np.nonzero(~np.isfinite(values))[0])):
            given = f"{name} has {len(rows)} row(s) without a finite value, first in row {rows[0]}"
            advice = "leave such rows out (dropna), or every gradient turns into nan"
            raise ValueError(f"{given}: {advice}.")
    return X, y


def _unquote(value):
    """A hint for a number that was typed as text."""
    if not isinstance(value, str):
        return ""
    try:
        float(value)
    except ValueError:
        return " Text is not a number."
    return f" Take the quotes away: {value.strip()}."
