"""What a playground shows of a formula at first, by the rules of ``js/shape.js``."""

import numpy as np

SHARES = (1, 0.9, 0.8, 0.7, 0.6)  # of a margin, from which one that is not too high is taken


def view_of_curve(f, slope, start):
    """(low, high): where the valleys and humps next to 0 are, and some way on; and the start."""
    turns = next(filter(None, (_turns(f, slope, reach) for reach in (10, 100, 1000))), [])
    if not turns:
        xs = np.linspace(-5, 5, 1001)
        known = xs[np.isfinite(f(xs))]
        low, high = known[[0, -1]] if len(known) > 1 else (-5, 5)
        return min(low, start), max(high, start)
    turns = sorted(turns, key=lambda ends: round(abs(sum(ends)), 6))[:4]
    left, right = np.min(turns), np.max(turns)
    margin = 0.6 * (right - left) if len(turns) > 1 else 2
    before = lambda share: abs(f(left - margin * share) - f(left))
    after = lambda share: abs(f(right + margin * share) - f(right))
    cut = lambda own, other: next((part for part in SHARES if own(part) <= 2 * other(1)), 0.5)
    low, high = _tidy(left - margin * cut(before, after), right + margin * cut(after, before))
    return min(low, start), max(high, start)


def view_of_map(f, start):
    """(low, high) of both numbers: where 0, the lowest place near it, and the start are."""
    side = np.linspace(-10, 10, 41)
    heights = f(np.array(np.meshgrid(side, side, indexing="ij")))
    heights = np.where(np.isfinite(heights), heights, np.inf) + np.zeros((41, 41))
    place = side[list(np.unravel_index(np.argmin(heights), heights.shape))]
    if np.min(heights) == np.inf or np.any(np.abs(place) == 10):
        return min(-3, *start), max(3, *start)
    return min(min(0, *place) - 2, *start), max(max(0, *place) + 2, *start)


def heights_seen(heights):
    """(low, high) that shows all heights, but of a pole only its foot."""
    ordered = np.sort(heights[np.isfinite(heights)])
    at = lambda part: ordered[int(part * (len(ordered) - 1) + 0.5)] if len(ordered) else 0
    middle = at(0.95) - at(0.05)
    pole = 0.05 if middle > 0 and at(1) - at(0) > 20 * middle else 0
    margin = 0.07 * (at(1 - pole) - at(pole)) or 1
    return at(pole) - margin, at(1 - pole) + margin


def _turns(f, slope, reach):
    """The ends between which a slope changes its sign, each a pair, from -reach to reach."""
    xs = np.linspace(-reach, reach, 2001)
    ways = np.where(np.isfinite(f(xs)), np.sign(slope(xs)), np.nan)  # a pole is no turn
    xs, ways = xs[ways != 0], ways[ways != 0]
    turns = ways[1:] * ways[:-1] < 0
    return [*zip(xs[:-1][turns], xs[1:][turns], strict=True)]


def _tidy(low, high):
    """Ends that are multiples of 1, 2 or 5 times a power of ten."""
    least = (high - low) / 50
    power = 10 ** np.floor(np.log10(least) + 1e-9)
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= least * (1 - 1e-9))
    tidy = lambda count: float(f"{count * step:.12g}")
    return tidy(np.floor(low / step + 1e-9)), tidy(np.ceil(high / step - 1e-9))
