"""Batch, mini-batch and stochastic gradient descent: one loop, three batch sizes."""

import numpy as np

from lec_utils import checks
from lec_utils.descent import descend


def sgd(gradient, w0, alpha, n_epochs, batch_size, rng, *, X, y):
    """Descend on a loss that is an average over rows, a batch of rows at a time.

    In each epoch every row is used once: the rows are shuffled and cut into batches, of which the
    last may be smaller. One batch makes one update, w ← w − alpha · gradient(w, its X, its y). With
    n rows, ``batch_size`` n is batch gradient descent (one update in an epoch), 2 … n − 1
    mini-batch (⌈n / batch_size⌉), and 1 stochastic (SGD, n updates).

    ``gradient(guess, X, y)`` gives the average slope over these rows, shaped like the guess. ``X``
    has shape (n,) or (n, d), ``y`` (n,). ``rng`` is a numpy Generator: the same seed, the same run.
    The rest, and what is raised, is as in :func:`gradient_descent`.

    Returns the Path, and its cost, int of shape (updates + 1,): how many rows' gradients had been
    evaluated when that guess was reached; 0 at the start, and n more after each epoch.
    """
    X, y = checks.data(X, y)
    checks.fitting(w0, X)
    n, size = len(y), checks.count("batch_size", batch_size)
    if size > n:
        raise ValueError(f"batch_size must be from 1 to n = {n}, the number of rows, got {size}.")
    checks.count("n_epochs", n_epochs)
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a generator, np.random.default_rng(0) say, got {rng!r}.")
    orders = (rng.permutation(n) for _ in range(n_epochs))
    batches = (order[first : first + size] for order in orders for first in range(0, n, size))
    return descend_batches(gradient, w0, alpha, ((X[rows], y[rows]) for rows in batches))


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
