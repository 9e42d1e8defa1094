"""Where each start and each learning rate lead: all runs at once."""

import numpy as np

from lec_utils import checks
from lec_utils.slopes import elementwise

UNSETTLED, DIVERGED = -1, -2
LOOK = 10  # updates between two looks at which runs have ended and need no more
FAR = 1e6  # beyond it a run counts as diverged; every nan does


def basins(derivative, starts, alphas, minima, n=301, tol=1e-3):
    """Run gradient descent from every start with every learning rate, and say where each ends.

    ``starts`` and ``alphas``, above 0, have shapes (s,) and (a,); a run makes ``n`` guesses, its
    start included, and has reached one of ``minima``, k numbers, when it is nearer than ``tol``
    and its last step is smaller. Returns an int array of shape (a, s): the index of the minimum
    reached, UNSETTLED (-1) for a run still on its way, or DIVERGED (-2) for one beyond FAR.
    """
    checks.callable_("the derivative", derivative, "`df`")
    if hasattr(derivative, "derivative"):
        raise ValueError("this looks like a function, not its derivative: pass its derivative.")
    updates = checks.count("n", n, why=": the start is the first guess") - 1
    starts, alphas = np.array(starts, dtype=float), np.array([*map(checks.positive_step, alphas)])
    w, rate = np.tile(starts, len(alphas)), np.repeat(alphas, len(starts))
    ends, running = np.full(len(w), UNSETTLED), np.arange(len(w))
    with np.errstate(all="ignore"):  # diverging runs overflow: that is their result
        for update in range(updates):
            step = rate * elementwise(derivative, w)
            w = w - step
            if update % LOOK == LOOK - 1 or update == updates - 1:
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
