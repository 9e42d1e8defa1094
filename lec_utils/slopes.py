"""Slopes that are measured on a function, and the one answer to "is this its slope?"."""

from contextlib import suppress

import numpy as np

EPSILON = np.finfo(float).eps


def elementwise(formula, x):
    """``formula`` at ``x``, and at each number of an array, even one written for numbers only.

    It gets floats. Where it fails on a number of an array, the value is nan; where it fails on all
    of them, its error is raised.
    """
    if np.ndim(x) == 0:
        whole = isinstance(x, int) or getattr(x, "dtype", np.dtype(float)).kind in "iub"
        value = formula(float(x) if whole else x)
        if value is None:
            raise TypeError("the function returned nothing: does it end with `return`?")
        return value
    x = np.array(x, dtype=float)
    values, failure = np.full(x.shape, np.nan), None
    with np.errstate(all="ignore"):
        with suppress(TypeError, ValueError):  # it may write into its argument, a copy
            at_once = np.asarray(formula(x.copy()), dtype=float)
            if at_once.shape == x.shape:
                return at_once
        for i, number in np.ndenumerate(x):  # there is an `if` or a math.exp inside
            try:
                values[i] = elementwise(formula, number)
            except (ValueError, ArithmeticError) as error:  # math.log(-1), 1 / 0
                failure = error
    if failure is not None and np.all(np.isnan(values)):
        raise failure
    return values


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
    """The slope of ``function`` at ``x``, and how far off it may be: two arrays of x's shape.

    Of eleven steps h, each eight times the last, the one counts at which noise (ε |f| / h) and
    truncation (a ninth of what the next step changes) are smallest together. A computed gradient
    has noise, too, 1e-12 of how steep the function is nearby. nan where there is no slope.
    """
    x = np.asarray(x, dtype=float)[..., None]
    h = np.cbrt(EPSILON) * np.maximum(1.0, np.abs(x)) * 8.0 ** np.arange(-6, 6)
    values = np.array([elementwise(function, x + h), elementwise(function, x - h)])
    with np.errstate(all="ignore"):
        width = (x + h) - (x - h)
        slopes, noise = (values[0] - values[1]) / width, EPSILON * np.abs(values).max(0) / width
        steepness = np.ptp(np.where(np.isfinite(values), values, values[:1, ..., :1]), axis=(0, -1))
        errors = noise[..., :-1] + np.abs(np.diff(slopes)) / 9
    best = np.argmin(np.where(np.isfinite(errors), errors, np.inf), axis=-1)[..., None]
    slope, error = (np.take_along_axis(of, best, axis=-1)[..., 0] for of in (slopes, errors))
    return slope, error + 1e-12 * steepness / h[..., -1]


def slip(given, slope, error, values=None, spare=0):
    """What is wrong with slopes: "", "unknown", "height", "sign", "factor", "offset" or "other".

    ``slope`` and ``error`` are as :func:`measured` returns them, ``values`` the function's own, for
    whoever took it for its derivative. Slopes fit when they agree to five digits or ten errors, but
    for ``spare`` places, which may lie on a kink.
    """

    def fits(tried):
        with np.errstate(all="ignore"):
            off = ~(np.abs(tried - slope) <= 1e-5 * np.abs(slope) + 10 * error)
        return np.sum(off & np.isfinite(slope)) <= spare  # where the function fails, all will do

    if not np.any(np.isfinite(slope)):
        return "unknown"
    if fits(given):
        return ""
    if values is not None and np.sum(~np.isclose(given, values, rtol=1e-5)) <= spare:
        return "height"
    if fits(-given):
        return "sign"
    if (k := factor(given, slope)) and fits(given / k):
        return "factor"
    return "offset" if np.size(given) > 1 and fits(given - np.mean(given - slope)) else "other"


def factor(given, slope):
    """The number that brings ``slope`` nearest to ``given``, as a factor; 0 for no slope."""
    return np.sum(given * slope) / (np.sum(slope**2) or np.inf)
