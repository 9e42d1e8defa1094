"""Brute force: try many guesses and keep the best."""

import numpy as np

from lec_utils import checks
from lec_utils.slopes import elementwise


def simple_minimize(function, xs):
    """The x among ``xs``, shape (k,), at which ``function`` is lowest (the first, if several are).

    Raises ValueError when ``xs`` is empty or no value of ``function`` there is a number.

    >>> float(simple_minimize(lambda x: (x - 2) ** 2, [1.0, 1.9, 3.0]))
    1.9
    """
    checks.callable_("function", function, "`f`")
    xs = np.asarray(xs, dtype=float)
    if xs.ndim != 1 or xs.size == 0:
        raise ValueError(f"xs must be a list of guesses with at least one, got shape {xs.shape}.")
    values = elementwise(function, xs)
    if np.all(np.isnan(values)):
        raise ValueError("the function gives no number at any of the guesses: try others.")
    return xs[np.nanargmin(values)]
