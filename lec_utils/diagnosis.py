"""One word about how a run went, with the reason and a suggestion."""

from typing import NamedTuple

import numpy as np

from lec_utils import checks

LARGEST_PERIOD = 8  # guesses; longer cycles are told as oscillating


class Diagnosis(NamedTuple):
    """``word`` is one of converged, slow, oscillating, cycling, diverging, overflowed."""

    word: str
    reason: str
    suggestion: str

    def __str__(self):
        return f"{self.word}: {self.reason}; {self.suggestion}."

    __repr__ = __str__


def diagnose(path, tol=1e-3):
    """Say in one word how the run that made ``path`` went.

    A step is alpha times the slope, so with a constant alpha the steps shrink exactly as the
    slopes do. Steps are therefore judged against the largest step of the same run, never by
    their size: a tiny alpha does not look like success.

    Parameters
    ----------
    path : the guesses, shape (n,) or (n, d), n at least 2
    tol : converged means that the last step is at most ``tol`` times the largest

    Returns
    -------
    Diagnosis : (word, reason, suggestion); printed, it is one sentence

    Raises
    ------
    ValueError : when the path has fewer than two guesses, or tol is not between 0 and 1

    >>> diagnose([4.0, 2.0, 1.0, 0.5]).word
    'slow'
    >>> diagnose([1.0, -1.0, 1.0, -1.0, 1.0]).word
    'cycling'
    """
    note = getattr(path, "note", "")
    path = _as_table(path)
    if not 0 < checks.number("tol", tol) < 1:
        raise ValueError(f"tol must lie between 0 and 1, got {tol!r}.")
    if "overflowed" in note or not np.all(np.isfinite(path)):
        return _overflowed()
    if note:
        return Diagnosis("diverging", "the run left the function's domain", "try a smaller alpha")
    with np.errstate(over="ignore"):
        steps = np.diff(path, axis=0)
        lengths = np.linalg.norm(steps, axis=1)
    if not np.all(np.isfinite(lengths)):
        return _overflowed()
    share = lengths[-1] / lengths.max() if lengths.max() else 0.0
    if share <= tol:
        return _converged(share)
    return _unsettled(path, steps, lengths, share, tol)


def _as_table(path):
    """The path with shape (n, d); ValueError when it holds fewer than two guesses."""
    path = np.asarray(path, dtype=float)
    if path.ndim not in (1, 2) or len(path) < 2:
        raise ValueError(
            f"a path needs at least two guesses, shape (n,) or (n, d), got shape {path.shape}."
        )
    return path.reshape(len(path), -1)


def _unsettled(path, steps, lengths, share, tol):
    """The diagnosis of a finite run whose last step is not small."""
    recent = slice(-10, None)
    turns = np.mean(np.sum(steps[1:] * steps[:-1], axis=1)[recent] < 0) if len(steps) > 1 else 0
    if _grows(lengths, turns):
        return Diagnosis(
            "diverging",
            f"the last step is {lengths[-1] / lengths[0]:.3g} times the first",
            "try a smaller alpha",
        )
    period = _period(path, lengths, tol)
    if period:
        return Diagnosis(
            "cycling",
            f"the guesses come back to where they were every {period} steps",
            "try a smaller or a shrinking alpha",
        )
    if turns >= 0.5:
        return Diagnosis(
            "oscillating",
            f"the direction still turns round and the last step is {share:.2g} of the largest",
            "try a smaller alpha, or more steps if the swings shrink",
        )
    return Diagnosis(
        "slow",
        f"the last step is still {share:.2g} of the largest",
        "take more steps, or try a larger alpha",
    )


def _grows(lengths, turns):
    """Whether the steps get out of hand: each larger while turning round, or ever faster one way.

    Steps may well grow for a while on the way down, from a plateau or a hilltop: there each is a
    little larger than the last. One way counts only when they grow by half and more at a time.
    """
    if lengths[-1] < lengths.max() or len(lengths) < 3:
        return False
    swinging = turns >= 0.9 and np.all(lengths[-3:][1:] > lengths[-3:][:-1] * (1 + 1e-9))
    racing = lengths[-1] > 1.5 * lengths[-2] and lengths[-1] > 10 * max(
        lengths[0], np.median(lengths)
    )
    return swinging or racing


def _period(path, lengths, tol):
    """The smallest period with which the last guesses repeat, or 0."""
    for period in range(2, min(LARGEST_PERIOD, (len(path) - 1) // 2) + 1):
        last, before = path[-period:], path[-2 * period : -period]
        if np.abs(last - before).max() <= tol * lengths[-period:].max():
            return period
    return 0


def _converged(share):
    return Diagnosis(
        "converged",
        # A smaller share is rounding, whose digits differ between processors.
        f"the slope is {share:.1g} of the largest on the way"
        if share >= 1e-6
        else "the slope is less than a millionth of the largest on the way",
        "check that this flat place is a minimum",
    )


def _overflowed():
    return Diagnosis("overflowed", "the guesses grew beyond every number", "try a smaller alpha")
