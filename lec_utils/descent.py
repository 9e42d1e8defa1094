"""Ways to a minimum: gradient descent, which returns its path, and brute force."""

import numpy as np

from lec_utils import checks
from lec_utils.catalogue import arbitrary, f
from lec_utils.function import as_function, guesses_of
from lec_utils.path import check_derivative, descend, follow
from lec_utils.slopes import elementwise


def gradient_descent(derivative, w0, alpha, n):
    """Take n − 1 steps w ← w − alpha · derivative(w); return all n guesses, the start included.

    ``derivative`` takes a guess and returns a slope of its shape (of d numbers: the gradient), and
    ``w0``, the start, is a number or d numbers. ``alpha`` is the learning rate, above 0, in units
    of w² per unit of f, or a function that gives it for the update's index 0, 1, …

    Returns a Path, an array of floats of shape (n,) or (n, d). A run that overflows ends at its
    last finite guess, and the path's ``note`` says so. Raises TypeError or ValueError when an input
    cannot be meant, with what to try instead.

    >>> gradient_descent(lambda x: 2 * x, 1.0, 0.25, 4)
    array([1.   , 0.5  , 0.25 , 0.125])
    """
    check_derivative(derivative)
    slopes = []

    def noted(w):
        slope = derivative(w)
        if len(slopes) < 3:  # as many as are checked
            slopes.append(slope)
        return slope

    path, _ = follow(noted, w0, alpha, n)
    _check_is_derivative(slopes, np.asarray(path[:-1][:3]))
    return path


def _check_is_derivative(slopes, places):
    """ValueError when the first slopes are the heights of one of the lectures' functions."""
    # Fewer than two different places prove nothing: any slope is 0 where a run stays put.
    if places.ndim > 1 or len(np.unique(places)) < 2:
        return
    slopes = np.array(slopes[: len(places)], dtype=float)
    for function in (f, arbitrary):
        if np.allclose(slopes, function(places), rtol=1e-6, atol=0):
            check_derivative(function)  # as if it had been passed itself


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
    checks.generator(rng)
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


UNSETTLED, DIVERGED = -1, -2
LOOK = 10  # updates between two looks at which runs have ended and need no more
FAR = 1e6  # beyond it a run counts as diverged; every nan does


def basins(derivative, starts, alphas, minima, n=301, tol=1e-3):
    """Run gradient descent from every start with every learning rate, and say where each ends.

    ``starts`` and ``alphas``, above 0, are numbers or have shapes (s,) and (a,); a run makes ``n``
    guesses, its start included, and has reached one of ``minima``, k numbers, when it is nearer
    than ``tol`` and its last step is smaller. Returns an int array of shape (a, s): the index of
    the minimum reached, UNSETTLED (-1) for a run still on its way, or DIVERGED (-2) beyond FAR.
    """
    check_derivative(derivative)
    updates = checks.count("n", n, why=": the start is the first guess") - 1
    starts = checks.starting_point(starts).ravel()
    alphas = np.array([*map(checks.positive_step, alphas if np.ndim(alphas) else [alphas])])
    w, rate = np.tile(starts, len(alphas)), np.repeat(alphas, len(starts))
    found, running = np.full(len(w), UNSETTLED), np.arange(len(w))
    with np.errstate(all="ignore"):  # diverging runs overflow: that is their result
        for update in range(updates):
            step = rate * elementwise(derivative, w)
            w = w - step
            if update % LOOK == LOOK - 1 or update == updates - 1:
                found[running] = now = ends(w, step, minima, tol)
                going = now == UNSETTLED
                w, rate, running = w[going], rate[going], running[going]
    return found.reshape(len(alphas), len(starts))


def ends(w, step, minima, tol=1e-3):
    """For each run the index of the minimum it has reached, or UNSETTLED, or DIVERGED.

    ``w`` and ``step``, its last guess and step, have shape (s,), or (d, s) with ``minima`` (k, d).
    """
    w, step = np.atleast_2d(w, step)
    found = np.full(w.shape[1], UNSETTLED)
    for i, minimum in reversed([*enumerate(np.reshape(minima, (-1, len(w), 1)))]):
        found[np.all((np.abs(w - minimum) < tol) & (np.abs(step) < tol), axis=0)] = i
    found[~np.all(np.abs(w) < FAR, axis=0)] = DIVERGED
    return found


def walk(slope, starts, alpha, n):
    """``n`` guesses of each of s runs, of d numbers each, shape (n, d, s); nan beyond FAR.

    ``starts`` has shape (d, s), and ``slope`` takes such an array. A run that diverges stops none.
    """
    guesses = [np.array(starts, dtype=float)]
    with np.errstate(all="ignore"):  # diverging runs overflow: that is their result
        while len(guesses) < n:
            w = guesses[-1] - alpha * slope(guesses[-1])
            guesses.append(np.where(np.all(np.abs(w) < FAR, axis=0), w, np.nan))
    return np.array(guesses)


def simple_minimize(function, xs):
    """The x among ``xs``, shape (k,), at which ``function`` is lowest (the first, if several are).

    Raises ValueError when ``xs`` is empty or no value of ``function`` there is a number.

    >>> float(simple_minimize(lambda x: (x - 2) ** 2, [1.0, 1.9, 3.0]))
    1.9
    """
    xs = guesses_of(xs, function := as_function(function))
    values = function(xs)
    if np.all(np.isnan(values)):
        raise ValueError("the function gives no number at any of the guesses: try others.")
    return xs[np.nanargmin(values)]
