"""One word about how a run went, with the reason and a suggestion."""

from typing import NamedTuple

import numpy as np

from lec_utils import checks
from lec_utils.function import Function, guesses_of

LARGEST_PERIOD = 8  # guesses; longer cycles are told as oscillating
SMALLER = "try a smaller alpha"
HILLTOP = 1e20  # times the first step: more than a start beside a hilltop makes of it


class Diagnosis(NamedTuple):
    """``word`` is one of converged, slow, oscillating, cycling, diverging, overflowed."""

    word: str
    reason: str
    suggestion: str

    def __repr__(self):
        return f"{self.word}: {self.reason}; {self.suggestion}."


def diagnose(path, function=None, *, tol=1e-3):
    """Say in one word how the run that made ``path`` went; returns a Diagnosis.

    ``path`` holds n guesses, at least 2, shape (n,) or (n, d); ValueError otherwise. Converged
    means that the last step is at most ``tol``, between 0 and 1, of the largest: with a constant
    alpha the steps shrink as the slopes do, and a tiny alpha shall not look like success. The
    values of ``function``, if it is known, tell growing steps on the way down from a run that gets
    out of hand.

    >>> diagnose([4.0, 2.0, 1.0, 0.5]).word
    'slow'
    >>> diagnose([1.0, -1.0, 1.0, -1.0, 1.0]).word
    'cycling'
    """
    guesses, note = guesses_of(path, function), getattr(path, "note", "")
    if len(guesses) < 2:
        raise ValueError("a path needs at least two guesses to be diagnosed, got 1.")
    if not 0 < checks.number("tol", tol) < 1:
        raise ValueError(f"tol must lie between 0 and 1, got {tol!r}.")
    table = guesses.reshape(len(guesses), -1)
    with np.errstate(all="ignore"):
        steps = np.diff(table, axis=0)
        lengths = np.linalg.norm(steps, axis=1)
    if "overflowed" in note or not np.all(np.isfinite(lengths)):
        return Diagnosis("overflowed", "the guesses grew beyond every number", SMALLER)
    if note:
        return Diagnosis("diverging", "the run left the function's domain", SMALLER)
    share = lengths[-1] / (lengths.max() or 1.0)
    if share <= tol:
        return _arrived(guesses, function, share, tol)
    growing = share == 1 and lengths[-1] > lengths[0] * (1 + 1e-9)
    return (
        (share == 1 and _diverging(steps, lengths))
        or _cycling(table, lengths, tol)
        or (function is not None and _out_of_hand(guesses, function, growing))
        or _on_its_way(steps, share, growing)
    )


def _arrived(guesses, function, share, tol):
    """A run whose steps are small, if not because alpha is: then the function is still steep."""
    if isinstance(function, Function):
        slopes = np.abs(function.derivative(guesses))
        if slopes[-1] > tol * slopes.max():
            stopped = "the steps have all but ended, though the function is steep there"
            return Diagnosis("slow", stopped, "let alpha shrink more slowly")
    # A smaller share is rounding, whose digits differ between processors.
    size = f"{share:.1g}" if share >= 1e-6 else "less than a millionth"
    reason = f"the slope is {size} of the largest on the way"
    return Diagnosis("converged", reason, "check that this flat place is a minimum")


def _diverging(steps, lengths):
    """Whether the steps get out of hand: each larger while turning round, or ever faster one way.

    On the way down from a plateau or a hilltop, too, each step is a little larger than the last.
    So one way counts only when they grow by half and more at a time, or by more than any hilltop
    makes of the smallest distance that a float has from it.
    """
    if len(lengths) < 3:
        return None
    swinging = _turns(steps) >= 0.9 and np.all(lengths[-2:] > lengths[-3:-1] * (1 + 1e-9))
    faster = lengths[-1] > 1.5 * lengths[-2]
    racing = faster and lengths[-1] > 10 * max(lengths[0], np.median(lengths))
    if swinging or racing or lengths[-1] > HILLTOP * lengths[0]:
        reason = f"the last step is {lengths[-1] / lengths[0]:.3g} times the first"
        return Diagnosis("diverging", reason, SMALLER)
    return None


def _out_of_hand(guesses, function, growing):
    """Whether the values rise, or growing steps fall for ever: far outside what is drawn of it."""
    with np.errstate(all="ignore"):
        values = np.array([function(guess.copy()[()]) for guess in guesses], dtype=float)
    lowest, third = np.nanmin(values), max(1, len(values) // 3)
    early, late = np.max(values[:third]) - lowest, np.max(values[-third:]) - lowest
    if not late <= 2 * early:
        return Diagnosis("diverging", "the values rise", f"{SMALLER}, and check the step's sign")
    low, high = getattr(function, "domain", (-np.inf, np.inf))
    if growing and np.all(np.abs(guesses[-1] - (low + high) / 2) > 1.5 * (high - low)):
        reason = "the steps grow and the values fall without end"
        return Diagnosis("diverging", reason, "look whether the function has a minimum there")
    return None


def _cycling(table, lengths, tol):
    """Whether the last guesses repeat, in the smallest period that fits."""
    for period in range(2, min(LARGEST_PERIOD, (len(table) - 1) // 2) + 1):
        away = np.abs(table[-period:] - table[-2 * period : -period]).max()
        if away <= tol * lengths[-period:].max():
            reason = f"the guesses come back to where they were every {period} steps"
            return Diagnosis("cycling", reason, "try a smaller or a shrinking alpha")
    return None


def _on_its_way(steps, share, growing):
    """Whether the run turns round or creeps."""
    if _turns(steps) >= 0.5 or _swings(steps):
        reason = f"the direction still turns round and the last step is {share:.2g} of the largest"
        return Diagnosis("oscillating", reason, f"{SMALLER}, or more steps if the swings shrink")
    if growing:
        return Diagnosis("slow", "the steps still grow", "take more steps, and look where it goes")
    reason = f"the last step is still {share:.2g} of the largest"
    return Diagnosis("slow", reason, "take more steps, or try a larger alpha")


def _turns(steps):
    """The share of the last ten steps that go back on the step before."""
    return np.mean(np.sum(steps[1:] * steps[:-1], axis=1)[-10:] < 0) if len(steps) > 1 else 0.0


def _swings(steps):
    """Whether the number that moved most lately goes to and fro, in strokes that hardly grow."""
    along = steps[:, np.argmax(np.abs(steps[len(steps) // 2 :]).sum(axis=0))]
    # With momentum, a stroke takes many steps.
    turns = np.flatnonzero(np.sign(along[1:]) * np.sign(along[:-1]) < 0) + 1
    strokes = [abs(np.sum(stroke)) for stroke in np.split(along, turns)][-3:]
    return len(strokes) == 3 and max(strokes[1] / strokes[0], strokes[2] / strokes[1]) < 1.5
