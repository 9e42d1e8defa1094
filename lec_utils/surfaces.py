"""Live figures of a loss of two parameters: a bowl to descend in, and a surface to turn."""

import numpy as np

from lec_utils import checks
from lec_utils.formula import literal
from lec_utils.live_figure import LiveFigure, nice_step
from lec_utils.maps import NAMES, check_names, draw_contour, on_grid
from lec_utils.style import BLUE, INK, ORANGE, POINT, new_axes, styled

BOWL = "Drag the start over the map, or slide it: where does the path turn?"
SURFACE = "Turn it and tilt it: where is the valley, and how steep are its sides?"
WIRES = 15  # along each side of a surface


@styled
def bowl_slider(
    hessian, lowest, w0, alpha, *, n=50, reach=None, highest=None, names=NAMES, caption=BOWL
):
    """A quadratic bowl from above, with ``n`` guesses of gradient descent from a start to drag.

    The bowl is ½ (θ − lowest)ᵀ hessian (θ − lowest); for the mean squared error of a linear model
    the Hessian, of shape (2, 2), is (2/n) XᵀX, and ``lowest`` that of ``np.linalg.lstsq``. Shape
    (2,) have ``lowest``, ``w0`` and ``reach``, half the width and height of the map. ``alpha``
    slides up to ``highest``, 2.2 / largest eigenvalue unless given. ValueError for no bowl.
    """
    hessian, (smallest, largest) = _bending(hessian)
    lowest, w0 = checks.starting_point(lowest), checks.starting_point(w0)
    if lowest.shape != (2,) or w0.shape != (2,):
        shapes = f"got shapes {lowest.shape} and {w0.shape}"
        raise ValueError(f"lowest and w0 are places on a map, two numbers each, {shapes}.")
    n = checks.count("n", n, why=": the start is the first guess")
    reach = 1.25 * np.abs(w0 - lowest).max() or 1.0 if reach is None else np.asarray(reach, float)
    limits = np.transpose([lowest - reach, lowest + reach]).tolist()
    bowl = lambda theta: (theta - lowest) @ hessian @ (theta - lowest) / 2
    ax = draw_contour(bowl, *limits, new_axes(size=(5.0, 3.8)), names=names)
    x, y = map(literal, names)
    end = f"after {{count(xs) - 1:.0f}} updates: {x} = {{at(xs, -1):.4f}}, {y} = {{at(ys, -1):.4f}}"
    alt = f"""Level lines of a quadratic bowl, {np.sqrt(largest / smallest):.3g} times as long as
        wide, with a star at its lowest point, ({lowest[0]:.3g}, {lowest[1]:.3g}), and the path of
        {n} guesses of gradient descent from ({{x:.2f}}, {{y:.2f}}) at α = {{alpha:.4f}};
        {end}."""
    live = LiveFigure(ax.figure, alt=alt, caption=caption)
    for name, label, ends, value in zip("xy", names, limits, w0, strict=True):
        live.slider(name, *ends, value=value, step=nice_step(ends[1] - ends[0]), label=label)
    highest = 2.2 / largest if highest is None else checks.positive_step(highest)
    step = nice_step(highest)
    live.slider("alpha", step, highest, value=alpha, step=step, label="α")
    _draw_descent(live, ax, hessian, lowest, n)
    live.readout(end)
    return live


def _bending(hessian):
    """The Hessian as an array, and its two eigenvalues; ValueError when it makes no bowl."""
    hessian = np.asarray(hessian, dtype=float)
    if hessian.shape != (2, 2) or not np.allclose(hessian, hessian.T):
        raise ValueError(f"hessian must be symmetric, of shape (2, 2), got {hessian.tolist()}.")
    eigenvalues = np.linalg.eigvalsh(hessian)
    if eigenvalues[0] <= 0:
        raise ValueError(f"a bowl bends upwards everywhere, but its eigenvalues are {eigenvalues}.")
    return hessian, eigenvalues


def _draw_descent(live, ax, hessian, lowest, n):
    """A star at the lowest point, the path, and its start to drag."""
    live.array("hessian", hessian)
    live.array("lowest", lowest)
    live.gradient("gradient", "theta", "dot(hessian, theta - lowest)")
    live.let("path", f"descend(gradient, [x, y], alpha, {n})")
    live.let("xs", "column(path, 0)")
    live.let("ys", "column(path, 1)")
    ax.plot(*lowest, "*", color=INK, markersize=13)
    live.plot(ax, "xs", "ys", "o-", color=ORANGE, markersize=4, linewidth=1.4)
    live.plot(ax, "x", "y", **POINT | {"markersize": 10})
    live.drag("x", "y")


@styled
def surface_slider(loss, xlim, ylim, *, names=(*NAMES, "loss"), caption=SURFACE):
    """The surface of a ``loss`` of two parameters, as a wire net to turn and to tilt."""
    # plotly would bring megabytes into every page, and Axes3D needs a kernel to turn.
    check_names(names, 3)
    xs, ys = (np.linspace(*checks.interval(limits), WIRES) for limits in (xlim, ylim))
    heights = on_grid(loss, xs, ys)
    row, column = np.unravel_index(np.nanargmin(heights), heights.shape)
    ax = new_axes(size=(5.0, 3.9))
    ax.set(xlim=(-1.75, 1.75), ylim=(-1.15, 1.75))
    ax.axis("off")
    x, y, z = map(literal, names)
    alt = f"""A wire net: the {z} over {x} from {xlim[0]:g} to {xlim[1]:g} and {y} from {ylim[0]:g}
        to {ylim[1]:g}, rising to {np.nanmax(heights):.3g}; a dot marks its lowest crossing,
        {heights[row, column]:.3g}. It is turned by {{turn:.0f}}° and seen from {{tilt:.0f}}° above
        the ground."""
    live = LiveFigure(ax.figure, alt=alt, caption=caption)
    for name, low, high, value in (("turn", -180, 180, -50), ("tilt", 5, 90, 30)):
        words = {"label": f"{name} (degrees)", "shown": f"{{{name}:.0f}}°"}
        live.slider(name, low, high, value=value, step=1, **words)
        live.let(f"{name}ed", f"{name} * {np.pi / 180}")
    _draw_net(live, ax, heights, row, column)
    for name, label, place in (("n0", names[0], (0, -1.25, 0)), ("n1", names[1], (-1.25, 0, 0))):
        across, above = _turned(live, name, *place)
        live.write(ax.text(0, 0, label, ha="center", va="baseline"), literal(label), across, above)
    live.drag("turn", "tilt", x="0", y="0", rate=(90, -60))  # degrees for each unit of the picture
    spot = f"{x} = {xs[column]:.3g}, {y} = {ys[row]:.3g}, {z} = {heights[row, column]:.3g}"
    live.readout(f"lowest crossing: {spot}")
    return live


def _draw_net(live, ax, heights, row, column):
    """The wires, two edges of the floor under them, and a dot at a crossing with its foot."""
    top, bottom = np.nanmax(heights), min(np.nanmin(heights), 0.0)  # of the net, and of the floor
    shown = (heights - bottom) / ((top - bottom) or 1.0)
    side = np.linspace(-1, 1, WIRES)
    crossings = np.array([*np.meshgrid(side, side), shown])  # x, y and z of each
    wires = np.concatenate([crossings, crossings.swapaxes(1, 2)], axis=1)
    net = np.insert(wires, WIRES, np.nan, axis=2).reshape(3, -1)  # one line, a gap after each wire
    edges = [1, -1, -1], [-1, -1, 1], [0, 0, 0]
    x, y, z = crossings[:, row, column]
    live.plot(ax, *_turned(live, "net", *net), color=BLUE, linewidth=1.3)
    live.plot(ax, *_turned(live, "floor", *edges), color=INK, linewidth=1.4)
    foot = _turned(live, "foot", [x, x], [y, y], [0, z])
    live.plot(ax, *foot, "o:", color=ORANGE, markersize=7, linewidth=1.6)


def _turned(live, name, x, y, z):
    """Two formulas for where points of space are seen, turned and tilted."""
    for axis, values in zip("xyz", (x, y, z), strict=True):
        live.array(name + axis, values)
    x, y, z = (name + axis for axis in "xyz")
    across = f"{y} * cos(turned) - {x} * sin(turned)"
    return across, f"{z} * cos(tilted) - ({x} * cos(turned) + {y} * sin(turned)) * sin(tilted)"
