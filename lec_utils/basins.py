"""Where each start and each learning rate lead: all runs at once."""

import numpy as np

from lec_utils import checks

UNSETTLED, DIVERGED = -1, -2
LOOK = 10  # updates between two looks at which runs have ended and need no more
FAR = 1e6  # beyond it a run counts as diverged; every nan does


def basins(df, starts, alphas, minima, n=300, tol=1e-3):
    """Run gradient descent from every start with every learning rate, and say where each ends.

    Parameters
    ----------
    df : the derivative; takes an array of guesses and returns their slopes
    starts, alphas : shapes (s,) and (a,)
    minima : the places where a run may end, k numbers
    n : how many updates each run makes
    tol : a run has reached a minimum when it is this near, with its last step smaller than this

    Returns
    -------
    int array of shape (a, s): the index of the minimum reached, UNSETTLED (-1) for a run that is
    still on its way, bounces or cycles, DIVERGED (-2) for one that left all numbers behind
    """
    checks.count("n", n)
    starts, alphas = np.asarray(starts, dtype=float), np.asarray(alphas, dtype=float)
    w, rate = np.tile(starts, len(alphas)), np.repeat(alphas, len(starts))
    ends, running = np.full(len(w), UNSETTLED), np.arange(len(w))
    with np.errstate(all="ignore"):  # diverging runs overflow: that is their result
        for update in range(n):
            step = rate * df(w)
            w = w - step
            if update % LOOK == LOOK - 1 or update == n - 1:
                ends[running] = found = _ends(w, step, minima, tol)
                going = found == UNSETTLED
                w, rate, running = w[going], rate[going], running[going]
    return ends.reshape(len(alphas), len(starts))


def _ends(w, step, minima, tol):
    """For each run the index of the minimum it has reached, or UNSETTLED, or DIVERGED."""
    ends = np.full(len(w), UNSETTLED)
    for i, minimum in enumerate(minima):
        ends[(np.abs(w - minimum) < tol) & (np.abs(step) < tol)] = i
    ends[~(np.abs(w) < FAR)] = DIVERGED
    return ends
