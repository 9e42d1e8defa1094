"""One word about how a run went, with the reason and a suggestion."""

from typing import NamedTuple

import numpy as np

from lec_utils import checks
from lec_utils.function import Function, guesses_of
from lec_utils.gradient_check import measured_gradient
from lec_utils.slopes import at_each

LARGEST_PERIOD = 8  # guesses; longer cycles are told as oscillating
SMALLER = "try a smaller alpha"
HILLTOP = 1e20  # times the first step: more than a start beside a hilltop makes of it


class Diagnosis(NamedTuple):
    """``word`` is one of converged, slow, oscillating, cycling, diverging, overflowed, unknown."""

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
    if "overflowed" in note or not np.all(np.isfinite(steps)):
        return _not_finite(table, note)
    if note:
        return Diagnosis("diverging", "the run left the function's domain", SMALLER)
    # By a power of two, which rounds nothing: or squares of huge and tiny steps are inf and 0.
    table, steps = (np.ldexp(of, -np.frexp(np.abs(steps).max())[1]) for of in (table, steps))
    lengths = np.linalg.norm(steps, axis=1)
    share = lengths[-1] / (lengths.max() or 1.0)
    if share <= tol:
        return _arrived(guesses, steps, function, share, tol)
    growing = share == 1 and lengths[-1] > lengths[0] * (1 + 1e-9)
    return (
        (share == 1 and _diverging(steps, lengths))
        or _cycling(table, lengths, tol)
        or (function is not None and _out_of_hand(guesses, steps, lengths, function, growing))
        or _on_its_way(steps, lengths, share, growing)
    )


def _not_finite(table, note):
    """A run that grew beyond every number, or that has a guess which is none for another reason."""
    # Beyond 1e100 it is inf - inf that makes a nan.
    if note or not np.any(np.isnan(table)) or np.nanmax(np.abs(table)) >= 1e100:
        return Diagnosis("overflowed", "the guesses grew beyond every number", SMALLER)
    return Diagnosis("unknown", "a guess is not a number", "look where the path has its gap")


def _arrived(guesses, steps, function, share, tol):
    """A run whose steps are small, if not because alpha is: then the function is still steep."""
    if function is not None:
        slopes, errors = _slopes(function, guesses)
        steepest = np.max(slopes, where=~np.isnan(slopes), initial=0)
        # A ball with momentum is slow where it turns round, though its alpha did not shrink.
        if slopes[-1] - 10 * errors[-1] > tol * steepest and not _swings(steps):
            stopped = "the steps have all but ended, though the function is steep there"
            return Diagnosis("slow", stopped, "let alpha shrink more slowly")
    # A smaller share is rounding, whose digits differ between processors.
    size = f"{share:.1g}" if share >= 1e-6 else "less than a millionth"
    reason = f"the last step is {size} of the largest"
    return Diagnosis("converged", reason, "check that this flat place is a minimum")


def _slopes(function, guesses):
    """How steep ``function`` is at some guesses, the last one with them, and the errors of that."""
    places = guesses[np.linspace(0, len(guesses) - 1, min(len(guesses), 20)).astype(int)]
    if isinstance(function, Function):
        return np.abs(function.derivative(places)), np.zeros(len(places))
    found = [
        np.atleast_2d(np.transpose(measured_gradient(function, place)[:2])) for place in places
    ]
    return np.linalg.norm(found, axis=1).T


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


def _out_of_hand(guesses, steps, lengths, function, growing):
    """Whether the values rise, or growing steps fall for ever: far outside what is drawn of it."""
    if _rising(at_each(function, guesses), steps, lengths):
        return Diagnosis("diverging", "the values rise", f"{SMALLER}, and check the step's sign")
    low, high = getattr(function, "domain", (-np.inf, np.inf))
    if growing and np.all(np.abs(guesses[-1] - (low + high) / 2) > 1.5 * (high - low)):
        reason = "the steps grow and the values fall without end"
        return Diagnosis("diverging", reason, "look whether the function has a minimum there")
    return None


def _rising(values, steps, lengths):
    """Whether the values rise at each step, or from third to third of the run, and steps with them.

    Noise, too, makes values rise from a start at the minimum, but a little, and not the steps.
    """
    values, last = values[~np.isnan(values)], lengths[-1] > 0.99 * lengths.max()
    if len(values) < 2 or not values[-1] - values[0] > 0.1 * abs(np.min(values)):
        return False
    if np.all(values[1:] >= values[:-1]) and (last or not _turns(steps)):
        return True
    highest = [np.max(part) for part in np.array_split(values - np.min(values), 3) if part.size]
    longest = [np.median(part) for part in np.array_split(lengths, 3) if part.size]
    grown = [np.all(np.divide(of[1:], of[:-1]) > 2) for of in (highest, longest)]
    return len(values) > 9 and all(grown)


def _cycling(table, lengths, tol):
    """Whether the last guesses repeat, in the smallest period that fits."""
    for period in range(2, min(LARGEST_PERIOD, (len(table) - 1) // 2) + 1):
        away = np.abs(table[-period:] - table[-2 * period : -period]).max()
        if away <= tol * lengths[-period:].max():
            reason = f"the guesses come back to where they were every {period} steps"
            return Diagnosis("cycling", reason, "try a smaller or a shrinking alpha")
    return None


def _on_its_way(steps, lengths, share, growing):
    """Whether the run turns round or creeps."""
    if _turns(steps) >= 0.5 or _swings(steps):
        reason = f"the direction still turns round and the last step is {share:.2g} of the largest"
        return Diagnosis("oscillating", reason, f"{SMALLER}, or more steps if the swings shrink")
    reason = f"the last step is still {share:.2g} of the largest"
    # Of steps that grew at first, a larger alpha is no cure: a ball with momentum gathers speed.
    shrinking = lengths[0] > 0.99 * lengths.max() and not growing
    advice = "or try a larger alpha" if shrinking else "and look where it goes"
    reason = "the steps still grow" if growing else reason
    return Diagnosis("slow", reason, f"take more steps, {advice}")


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
