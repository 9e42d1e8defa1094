"""Still pictures: each draws on ``ax``, or else on a new pyplot figure, and returns the Axes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from lec_utils import checks
from lec_utils.catalogue import f
from lec_utils.function import as_function, guesses_of
from lec_utils.style import BLUE, GREEN, INK, ORANGE, new_axes, styled

ABOVE = {"xytext": (0, 12), "textcoords": "offset points", "ha": "center", "gid": "label"}
HIGHEST = 1e307  # above it, matplotlib's own numbers overflow


@styled
def draw_function(function, ax=None, domain=None):
    """Draw ``function`` over its domain, or over ``domain`` = (low, high)."""
    function = as_function(function, domain=domain)
    ax, x = _framed(function, ax, function.label)
    values = function(x)
    if np.any(np.isfinite(values) & (np.abs(values) > HIGHEST)):
        raise ValueError(f"{function.label} has values beyond 1e307, too large to be drawn.")
    ax.plot(x, values, color=BLUE)
    return ax


def _framed(function, ax, label):
    """Axes for the domain, with few ticks and room for half a marker at its ends; and its x."""
    ax, (low, high) = ax or plt.subplots()[1], function.domain
    margin = 0.02 * (high - low)
    ax.set(xlim=(low - margin, high + margin), xlabel=function.symbol, ylabel=label)
    ax.locator_params(axis="x", nbins=8)
    return ax, np.linspace(low, high, 201)


def fixed_curve(function, ax=None, at=()):
    """Draw ``function`` with fixed limits, for marks to move over, on axes unknown to pyplot.

    Its valleys and humps are large in the picture, and what is ``at`` these places is in it.
    """
    ax = draw_function(function, ax or new_axes())
    heights = function(np.asarray(at, dtype=float))
    ax.set_ylim(function.view(heights[np.isfinite(heights)]) or ax.get_ylim())
    return ax


@styled
def draw_f(ax=None):
    """Draw the running example f(w) = 5w⁴ − w³ − 5w² + 2w − 9 on [−1.5, 1.5], its turns large."""
    return fixed_curve(f, ax or plt.subplots()[1])


@styled
def draw_tangent(function, w0, ax=None):
    """Draw ``function`` and its tangent at ``w0``; ValueError for one that is not in the domain."""
    function = as_function(function)
    w0 = checks.inside("w0", w0, function.domain)
    ax = fixed_curve(function, ax or plt.subplots()[1], at=[w0])
    value, slope, limits = function(w0), function.derivative(w0), ax.get_ylim()
    reach = np.array([-1, 1]) * np.ptp(function.domain) / 4
    ax.plot(w0 + reach, value + slope * reach, color=ORANGE, linestyle="--")
    ax.plot([w0], [value], "o", color=ORANGE, markeredgecolor=INK)
    ax.set(ylim=limits, title=f"slope at {function.symbol} = {w0:.2f}: {slope:.2f}")
    return ax


def show_tangent(w0):
    """Draw f and its tangent line at ``w0``, for ``interact(show_tangent, w0=(-1.5, 1.5))``."""
    draw_tangent(f, w0)  # not returned, because `interact` would print it
    plt.show()


@styled
def draw_path(function, path, ax=None):
    """Draw ``function`` and the guesses of a run on it: rings, the last one filled."""
    path = guesses_of(path, function := as_function(function))
    ax, values = draw_function(function, ax), function(path)
    ax.plot(path, values, "o-", color=ORANGE, markerfacecolor="white", linewidth=1)
    ax.plot(path[-1:], values[-1:], "o", color=ORANGE, markersize=9)
    if view := function.view(values[np.isfinite(values)]):
        ax.set_ylim(view)
    return ax


@styled
def draw_guesses(function, xs, ax=None):
    """Draw ``function`` with a square at each guess of ``xs``, and a ring round the lowest."""
    xs = guesses_of(xs, function := as_function(function))
    ax, values = draw_function(function, ax), function(xs)
    best = np.argmin(np.where(np.isnan(values), np.inf, values))
    ax.plot(xs, values, "s", color=ORANGE, markersize=5)
    ax.plot(xs[best], values[best], "o", markersize=14, fillstyle="none", color=INK)
    ax.annotate("lowest guess", (xs[best], values[best]), **ABOVE)
    return ax


@styled
def scatter(x, y, ax=None, *, size=6):
    """Draw a dot for each row of ``x`` and ``y``, shape (n,): where many lie, they are darker."""
    (x, y), ax = checks.data(x, y), ax or plt.subplots()[1]
    # One path of round ends: a marker for each would make the page twice as long.
    path = Path(np.repeat(np.column_stack([x, y]), 2, axis=0), [Path.MOVETO, Path.LINETO] * len(x))
    path.should_simplify = False  # or strokes without length are left out
    look = {"edgecolor": BLUE, "linewidth": size, "alpha": 0.5, "fill": False}
    ax.add_patch(PathPatch(path, capstyle="round", **look))
    ax.autoscale_view()
    return ax


@styled
def draw_derivative(function, ax=None):
    """Draw the derivative: dashed and hatched where negative, with a square where it is zero."""
    function = as_function(function)
    ax, x = _framed(function, ax, "derivative")
    slope = function.derivative(x)
    falling, rising = np.where(slope <= 0, slope, np.nan), np.where(slope >= 0, slope, np.nan)
    ax.axhline(0, color=INK, linewidth=1)
    ax.plot(x, falling, "--", color=ORANGE, label="negative: f falls, step right")
    ax.plot(x, rising, "-", color=GREEN, label="positive: f rises, step left")
    ax.fill_between(x, falling, 0, hatch="///", facecolor="none", edgecolor=ORANGE, linewidth=0)
    changes = np.flatnonzero(np.diff(np.sign(slope)))
    ax.plot((x[changes] + x[changes + 1]) / 2, 0 * changes, "s", color=INK)
    ax.legend()
    return ax
