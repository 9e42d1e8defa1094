"""Pictures of a loss of two parameters: seen from above, with paths, and as a surface to turn."""

import matplotlib as mpl
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from lec_utils import checks
from lec_utils.basins import DIVERGED, UNSETTLED
from lec_utils.live_figure import LiveFigure, nice_step
from lec_utils.plots import level_lines
from lec_utils.rounding import steady
from lec_utils.style import BLUE, GREEN, INK, ORANGE, PURPLE, STYLE, given_or_new, new_axes

# From light to dark, so that they differ in grey as well.
MINIMUM_COLORS, UNSETTLED_COLOR, DIVERGED_COLOR = ("#F5E9A0", "#7FC4EC"), "#A0527F", "#1A1A1A"
PATH_STYLES = ((ORANGE, "-", "o"), (GREEN, "--", "s"), (PURPLE, ":", "^"), (INK, "-.", "D"))


def on_grid(loss, xs, ys):
    """``loss`` of every pair (x, y), as an array of shape (len(ys), len(xs)).

    ``loss`` takes an array of shape (2,) and returns a number.
    """
    return np.array([[loss(np.array([x, y])) for x in xs] for y in ys], dtype=float)


@mpl.rc_context(STYLE)
def draw_contour(loss, xlim, ylim, ax=None, *, levels=12, names=("theta0", "theta1")):
    """Draw level lines of ``loss``, a function of an array of shape (2,).

    The levels are closer where the loss is low, in steps that grow like squares, so that a long
    valley shows.
    """
    ax = given_or_new(ax)
    xs, ys = (np.linspace(*checks.interval(limits), 61) for limits in (xlim, ylim))
    heights = steady(on_grid(loss, xs, ys))
    low, high = np.min(heights), np.max(heights)
    steps = low + (high - low) * (np.arange(1, levels + 1) / (levels + 1)) ** 2
    level_lines(ax, xs, ys, heights, steps, every=3)
    ax.set(xlim=xlim, ylim=ylim, xlabel=names[0], ylabel=names[1])
    return ax


@mpl.rc_context(STYLE)
def draw_paths(paths, ax):
    """Draw runs on a map: ``paths`` maps a name to an array of shape (n, 2).

    Each has a line, a marker and a colour of its own; the marker stands at its start and its end.
    Raises ValueError for more than four, which nobody could tell apart.
    """
    if len(paths) > len(PATH_STYLES):
        raise ValueError(f"{len(paths)} paths on one map: draw {len(PATH_STYLES)} at most.")
    for (name, path), (color, line, marker) in zip(paths.items(), PATH_STYLES, strict=False):
        x, y = np.asarray(path, dtype=float).T
        ax.plot(
            x, y, line, color=color, linewidth=1.4, label=name, marker=marker, markevery=[0, -1]
        )
    ax.legend(frameon=True, framealpha=1, edgecolor="none")
    return ax


@mpl.rc_context(STYLE)
def draw_basins(ends, starts, alphas, names, ax=None):
    """Draw what :func:`basins` returned: starts across, alphas upwards, one shade for each end.

    ``names`` says what to call the minima (two at most), in the order they were given.
    """
    ax = given_or_new(ax)
    if len(names) > len(MINIMUM_COLORS):
        raise ValueError(f"there are shades for {len(MINIMUM_COLORS)} minima, got {len(names)}.")
    labels = {DIVERGED: "diverges", UNSETTLED: "never settles"} | dict(enumerate(names))
    colors = (DIVERGED_COLOR, UNSETTLED_COLOR, *MINIMUM_COLORS[: len(names)])
    edges = (starts[0], starts[-1], alphas[0], alphas[-1])
    ax.imshow(
        np.asarray(ends) - DIVERGED,
        cmap=ListedColormap(colors),
        vmin=0,
        vmax=len(colors) - 1,
        origin="lower",
        aspect="auto",
        interpolation="none",
        extent=edges,
    )
    keys = [
        Patch(facecolor=color, edgecolor=INK, label=label)
        for color, label in zip(colors, labels.values(), strict=True)
    ]
    ax.legend(handles=keys, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    ax.set(xlabel="start", ylabel="alpha")
    ax.grid(visible=False)
    return ax


@mpl.rc_context(STYLE)
def bowl_slider(
    hessian,
    lowest,
    start,
    alpha,
    *,
    n=50,
    reach=None,
    highest=None,
    names=("theta0", "theta1"),
    caption="Drag the start over the map, or slide it: where does the path turn?",
):
    """A quadratic bowl seen from above, with a run of gradient descent from a start to drag.

    The bowl is ½ (θ − lowest)ᵀ hessian (θ − lowest); for the mean squared error of a linear model
    the Hessian is (2/n) XᵀX, and the lowest point is that of ``np.linalg.lstsq``.

    Parameters
    ----------
    hessian : its second derivatives, shape (2, 2), symmetric, with positive eigenvalues
    lowest, start : points, shape (2,)
    alpha : the learning rate, which slides up to ``highest``, 2.2 / largest eigenvalue unless given
    n : how many guesses the run has
    reach : half the width and half the height of the map, shape (2,)
    """
    hessian, lowest = np.asarray(hessian, dtype=float), checks.starting_point(lowest)
    if hessian.shape != (2, 2) or not np.allclose(hessian, hessian.T):
        raise ValueError(f"hessian must be symmetric, of shape (2, 2), got {hessian.tolist()}.")
    start, eigenvalues = checks.starting_point(start), np.linalg.eigvalsh(hessian)
    if eigenvalues[0] <= 0:
        raise ValueError(f"a bowl bends upwards everywhere, but its eigenvalues are {eigenvalues}.")
    hessian, lowest = steady(hessian), steady(lowest)
    reach = 1.25 * np.abs(start - lowest).max() * np.ones(2) if reach is None else np.array(reach)
    highest = float(steady(2.2 / eigenvalues[1])) if highest is None else highest
    xlim, ylim = (
        tuple(map(float, pair)) for pair in zip(lowest - reach, lowest + reach, strict=True)
    )
    ax = draw_contour(
        lambda theta: (theta - lowest) @ hessian @ (theta - lowest) / 2,
        xlim,
        ylim,
        new_axes(size=(5.0, 3.8)),
        names=names,
    )
    ax.plot(*lowest, "*", color=INK, markersize=13)
    run = ax.plot(*start, "o-", color=ORANGE, markersize=4, linewidth=1.4)[0]
    point = ax.plot(*start, "o", color=ORANGE, markeredgecolor=INK, markersize=10)[0]
    live = LiveFigure(
        ax.figure,
        alt=f"Level lines of a quadratic bowl with a star at its lowest point, {_pair(lowest)}, "
        f"and the path of {n} guesses of gradient descent from {_pair(start)} "
        f"at alpha = {alpha:g}.",
        caption=caption,
    )
    for name, label, limits, value in zip("xy", names, (xlim, ylim), start, strict=True):
        live.slider(name, *limits, value=value, step=nice_step(limits[1] - limits[0]), label=label)
    live.slider("alpha", nice_step(highest), highest, value=alpha, step=nice_step(highest))
    live.array("bends", [hessian[0, 0], hessian[0, 1], hessian[1, 1]])
    live.array("lowest", lowest)
    live.let("path", f"descend_bowl(bends, lowest, x, y, alpha, {n})")
    live.move(run, x="at(path, 0)", y="at(path, 1)")
    live.move(point, x="x", y="y")
    live.readout(
        "after {count(at(path, 0)) - 1:.0f} updates: "
        f"{names[0]} = {{at(at(path, 0), -1):.4f}}, {names[1]} = {{at(at(path, 1), -1):.4f}}"
    )
    live.alt += f" The end of the run, {live.reading()}."
    live.drag("x", "y")
    return live


def _pair(point):
    return f"({point[0]:.3g}, {point[1]:.3g})"


@mpl.rc_context(STYLE)
def surface_slider(
    loss,
    xlim,
    ylim,
    *,
    names=("theta0", "theta1", "loss"),
    caption="Turn it and tilt it: where is the valley, and how steep are its sides?",
):
    """The surface of a ``loss`` of two parameters, as a wire net to turn and to tilt.

    The browser turns it. plotly would do so, too, but brings a script of several megabytes into
    every page that works offline; ``Axes3D`` would need Python, and so a kernel, for each angle.
    """
    xs, ys = (np.linspace(*checks.interval(limits), 15) for limits in (xlim, ylim))
    heights = on_grid(loss, xs, ys)
    top, bottom = np.max(heights), min(np.min(heights), 0.0)
    shown = (heights - bottom) / ((top - bottom) or 1.0)  # the floor is at 0, or lower still
    ax = new_axes(size=(5.0, 3.9))
    ax.set(xlim=(-1.75, 1.75), ylim=(-1.15, 1.75))
    ax.axis("off")
    net = ax.plot([0], [0], color=BLUE, linewidth=1.3)[0]
    floor = ax.plot([0], [0], color=INK, linewidth=1.4)[0]
    foot = ax.plot([0], [0], "o:", color=ORANGE, markersize=7, linewidth=1.6)[0]
    live = LiveFigure(
        ax.figure,
        alt=f"A wire net: the {names[2]} over {names[0]} from {xlim[0]:g} to {xlim[1]:g} and "
        f"{names[1]} from {ylim[0]:g} to {ylim[1]:g}, rising to {top:.3g}; a dot marks its lowest "
        f"crossing, {np.min(heights):.3g}.",
        caption=caption,
    )
    live.slider("turn", -180, 180, value=-50, step=1, label="turn (degrees)", shown="{turn:.0f}°")
    live.slider("tilt", 5, 90, value=30, step=1, label="tilt (degrees)", shown="{tilt:.0f}°")
    live.let("angle", "turn * 0.017453292519943295")
    live.let("rise", "tilt * 0.017453292519943295")
    lowest = np.unravel_index(np.argmin(heights), heights.shape)
    x, y = np.linspace(-1, 1, 15)[[lowest[1], lowest[0]]]
    _turning(live, net, "net", *_net(shown))
    _turning(live, floor, "floor", [1, -1, -1], [-1, -1, 1], [0, 0, 0])
    _turning(live, foot, "foot", [x, x], [y, y], [0, shown[lowest]])
    for name, label, place in (("n0", names[0], (0, -1.25)), ("n1", names[1], (-1.25, 0))):
        text = ax.text(0, 0, label, ha="center", va="baseline")
        _turning(live, text, name, [place[0]], [place[1]], [0])
    live.readout(
        f"lowest crossing: {names[0]} = {xs[lowest[1]]:.3g}, {names[1]} = {ys[lowest[0]]:.3g}, "
        f"{names[2]} = {heights[lowest]:.3g}"
    )
    return live


def _net(heights):
    """The wires along both directions as one line with gaps: arrays x, y, z in −1 … 1."""
    side = np.linspace(-1, 1, len(heights))
    x, y = np.meshgrid(side, side)
    gap = np.full((len(side), 1), np.nan)
    there = [np.hstack([values, gap]).ravel() for values in (x, y, heights)]
    across = [np.hstack([values.T, gap]).ravel() for values in (x, y, heights)]
    return [np.concatenate(pair) for pair in zip(there, across, strict=True)]


def _turning(live, mark, name, xs, ys, zs):
    """Let a line or a text stand where a turned and tilted point of space is seen."""
    for axis, values in zip("xyz", (xs, ys, zs), strict=True):
        live.array(name + axis, values)
    across = f"across({name}x, {name}y, angle)"
    above = f"above({name}x, {name}y, {name}z, angle, rise)"
    if hasattr(mark, "get_text"):
        live.write(mark, mark.get_text(), x=f"at({across}, 0)", y=f"at({above}, 0)")
    else:
        live.move(mark, x=across, y=above)
