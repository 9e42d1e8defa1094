"""Batch, mini-batch and stochastic gradient descent: one loop, three batch sizes."""

import numpy as np

from lec_utils import checks
from lec_utils.descent import descend


def sgd(gradient, w0, alpha, n_epochs, batch_size, rng, *, X, y):
    """Descend on a loss that is an average over rows, a batch of rows at a time.

    In each epoch the rows are shuffled and cut into batches, so that every row is used once; the
    last batch may be smaller. One batch makes one update, w ← w − alpha · gradient(w, its X, its
    y). With n rows, ``batch_size`` n is batch gradient descent (one update in an epoch), 2 … n − 1
    mini-batch (⌈n / batch_size⌉), and 1 stochastic (SGD, n updates).

    Parameters
    ----------
    gradient : takes (guess, X, y) and returns the average slope over those rows, shaped like guess
    w0, alpha : as for :func:`gradient_descent`
    n_epochs : how often every row is used, at least 1
    rng : a numpy Generator, e.g. ``np.random.default_rng(0)``: the same seed, the same run
    X, y : the data, shapes (n,) or (n, d), and (n,)

    Returns
    -------
    path : Path of shape (updates + 1,) or (updates + 1, d), as of :func:`gradient_descent`
    cost : int array of shape (updates + 1,): how many rows' gradients had been evaluated when
        that guess was reached; 0 at the start, and n more after each epoch

    Raises TypeError or ValueError when an input cannot be meant, with what to try instead.
    """
    checks.matching(w0, X, y)
    X, y = checks.data(X, y)
    n, size = len(y), checks.count("batch_size", batch_size)
    if size > n:
        raise ValueError(f"batch_size must be from 1 to n = {n}, the number of rows, got {size}.")
    checks.count("n_epochs", n_epochs)
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a generator, np.random.default_rng(0) say, got {rng!r}.")
    batches = (batch for _ in range(n_epochs) for batch in shuffled_batches(X, y, size, rng))
    return descend_batches(gradient, w0, alpha, batches)


def shuffled_batches(X, y, batch_size, rng):
    """All rows of X and y once, in a new order, in batches: pairs (X, y) of that many rows."""
    order = rng.permutation(len(y))
    for first in range(0, len(y), batch_size):
        rows = order[first : first + batch_size]
        yield X[rows], y[rows]


def descend_batches(gradient, w0, alpha, batches):
    """Make one update for each pair (X, y) that comes, however many come; returns as ``sgd``.

    ``batches`` may be a generator that reads from a file: only one batch is held at a time.
    """
    checks.callable_("the gradient", gradient, "`mse_gradient`")
    cost = [0]

    def gradients():
        for X, y in batches:
            cost.append(cost[-1] + len(y))
            # On copies of the rows: a gradient that writes into them changes nobody's data.
            yield lambda w, X=X, y=y: gradient(w, np.array(X), np.array(y))

    path = descend(gradients(), w0, alpha)
    return path, np.array(cost[: len(path)])
