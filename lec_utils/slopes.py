"""Slopes that are measured on a function, and the one answer to "is this its slope?"."""

from contextlib import suppress

import numpy as np

EPSILON = np.finfo(float).eps
NO_VALUE = (ValueError, ArithmeticError)  # math.log(-1); 1 / 0, math.exp(1000)


def elementwise(formula, x):
    """``formula`` at ``x``, and at each number of an array, even one written for numbers only.

    It gets floats. At the numbers of an array, it has no value as :func:`at_each` says.
    """
    if np.ndim(x) == 0:
        kind = "i" if isinstance(x, int) else getattr(x, "dtype", np.dtype(object)).kind
        value = formula(float(x) if kind in "iubf" and not isinstance(x, float) else x)
        if value is None:
            raise TypeError("the function returned nothing: does it end with `return`?")
        return value
    x = np.array(x, dtype=float)
    with np.errstate(all="ignore"), suppress(TypeError, *NO_VALUE):
        at_once = np.asarray(formula(x.copy()), dtype=float)  # it may write into its argument
        if at_once.shape == x.shape:
            return at_once
    # There is an `if` or a math.exp inside.
    return at_each(lambda number: elementwise(formula, number), x.ravel()).reshape(x.shape)


def at_each(function, guesses):
    """The number that ``function`` gives for each of ``guesses``, shape (n,) or (n, d): (n,).

    Where Python's own numbers raise an error, it is inf or nan, as with numpy's; where all of them
    do, the error is raised.
    """
    values, failure = np.empty(len(guesses)), None
    with np.errstate(all="ignore"):
        for i, guess in enumerate(guesses):
            try:
                if (value := function(guess.copy()[()])) is None:
                    raise TypeError("the function returned nothing: does it end with `return`?")
                values[i] = value
            except NO_VALUE as error:
                values[i], failure = instead(error), error
    if failure is not None and not np.any(np.isfinite(values)):
        raise failure
    return values


def instead(error):
    """What numpy has for the value that Python's own numbers refuse with ``error``."""
    return np.inf if isinstance(error, OverflowError) else np.nan


def numerical_derivative(function, scale=1.0):
    """The derivative of ``function`` by central differences: a callable of a number or array.

    (f(x + h) − f(x − h)) / 2h with h = ε^(1/3) · max(scale, |x|), ε = 2.2e-16, balances truncation
    (grows like h²) against round-off (grows like ε/h): about ten correct digits.
    Source: Press et al., Numerical Recipes, 3rd ed., section 5.7. TypeError if it is no function.
    """
    if not callable(function):
        raise TypeError(f"function must be a function, for example `my_f`, got {function!r}.")

    def derivative(x):
        x = np.asarray(x, dtype=float)
        h = np.cbrt(EPSILON) * np.maximum(scale, np.abs(x))
        after, before = x + h, x - h  # the step that is really taken, after rounding
        with np.errstate(invalid="ignore"):  # inf - inf, where the function overflows
            rise = elementwise(function, after) - elementwise(function, before)
        return (rise / (after - before))[()]

    return derivative


def measured(function, x):
    """The slope of ``function`` at ``x``, how far off it may be, and how steep it is nearby.

    Three arrays of x's shape. Of eighteen steps h, each eight times the last, the one counts at
    which noise (ε |f| / h), truncation (a ninth of what the next step changes) and the distance
    from all smaller steps, beyond 1000 times their noise, are smallest together. A computed
    gradient has noise, too, 1e-12 of how steep the function is nearby. nan where there is no slope.
    """
    x = np.asarray(x, dtype=float)[..., None]
    h = np.cbrt(EPSILON) * np.maximum(1.0, np.abs(x)) * 8.0 ** np.arange(-12, 6)
    values = np.array([elementwise(function, x + h), elementwise(function, x - h)])
    with np.errstate(all="ignore"):
        width = (x + h) - (x - h)
        slopes = (values[0] - values[1]) / width
        finite = np.where(np.isfinite(values), values, values[:1, ..., :1])
        steepness = np.ptp(finite, axis=(0, -1)) / h[..., -1]
        # x, too, is rounded on its way through the function.
        noise = EPSILON * (np.abs(values).max(0) + np.abs(x * slopes)) / width
        errors = noise[..., :-1] + np.abs(np.diff(slopes)) / 9
        # A step that jumps over all that the function does agrees with the next, not with smaller.
        usual = np.median(np.abs(np.where(np.isfinite(values), values, 0)), axis=(0, -1))
        spread = 1000 * (noise + EPSILON * usual[..., None] / width)
        low = np.fmax.accumulate(slopes - spread, axis=-1) - slopes
        high = slopes - np.fmin.accumulate(slopes + spread, axis=-1)
        errors += np.fmax(np.fmax(low, high), 0)[..., :-1]
    best = np.argmin(np.where(np.isfinite(errors), errors, np.inf), axis=-1)[..., None]
    slope, error = (np.take_along_axis(of, best, axis=-1)[..., 0] for of in (slopes, errors))
    return slope, error + 1e-12 * steepness, steepness


def slip(given, slope, error, steepness, values=None, spare=0):
    """What is wrong with slopes: "", "unknown", "height", "sign", "factor", "offset" or "other".

    ``slope``, ``error`` and ``steepness`` are as :func:`measured` returns them, ``values`` the
    function's own, for whoever took it for its derivative. Slopes fit when they agree to five
    digits or ten errors, but for ``spare`` places, which may lie on a kink.
    """

    with np.errstate(all="ignore"):  # where ten errors hide what there is of slopes
        hidden = 10 * error > 0.01 * np.maximum(steepness, np.abs(given))
    slope = np.where(hidden & (steepness + np.abs(given) > 0), np.nan, slope)

    def fits(tried):
        with np.errstate(all="ignore"):
            off = ~(np.abs(tried - slope) <= 1e-5 * np.abs(slope) + 10 * error)
        return np.sum(off & np.isfinite(slope)) <= spare  # where the function fails, all will do

    if not np.any(np.isfinite(slope)):
        return "unknown"
    if fits(given):
        return ""
    if values is not None and np.sum(~np.isclose(given, values, rtol=1e-5, atol=0)) <= spare:
        return "height"
    if fits(-given):
        return "sign"
    if (k := factor(given, slope)) and fits(given / k):
        return "factor"
    return "offset" if np.size(given) > 1 and fits(given - np.mean(given - slope)) else "other"


def factor(given, slope):
    """The number that brings ``slope`` nearest to ``given``, as a factor; 0 for no slope."""
    return np.sum(given * slope) / (np.sum(slope**2) or np.inf)
