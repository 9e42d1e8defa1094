"""Names that stand at the marks of a live figure, and stay inside its frame."""

import numpy as np
from matplotlib.path import Path

from lec_utils.formula import PLACE
from lec_utils.style import ORANGE

# Two tips that meet: at an edge, one of them is in the frame, and points out of it.
CARETS = [(-0.7, -1), (0, 0), (0.7, -1), (-0.7, -1), (-0.7, 1), (0, 0), (0.7, 1), (-0.7, 1)]
CARETS = Path(CARETS, [1, 2, 2, 79, 1, 2, 2, 79])
BEYOND = {"marker": CARETS, "markersize": 14, "markerfacecolor": ORANGE, "color": "w"}
BEYOND |= {"linestyle": "", "zorder": 4}
LETTER = 7.2  # points that a letter of 12 pt is wide, on the average


def per_point(ax):
    """How much of x and of y there is in a point of the picture, before it is laid out."""
    box, inches = ax.get_position(), ax.figure.get_size_inches()
    return np.ptp([ax.get_xlim(), ax.get_ylim()], axis=1) / (box.size * inches * 72)


def label(live, ax, template, x, y, *, right=0, up=0, **look):
    """Write ``template`` at formulas ``x`` and ``y``, moved by points, on linear axes.

    It is centred there, and kept inside the frame; what is named outside of it has no label.
    ``right`` and ``up`` may be formulas, too.
    """
    (bottom, top), y = ax.get_ylim(), live.once(y)
    x = f"({x} if {bottom:.6g} <= {y} and {y} <= {top:.6g} else 0 / 0)"
    _write(live, ax, template, x, y, right=right, up=up, **look)


def mark_beyond(live, ax, x, y, words, **look):
    """Where the point of these formulas is above or below the frame, a caret there says so."""
    (bottom, top), y = ax.get_ylim(), live.once(y)
    x = f"({x} if {y} > {top:.6g} or {y} < {bottom:.6g} else 0 / 0)"
    _write(live, ax, f"{{where({y} > {top:.6g}, '▲', '▼')}} {words}", x, y, **look)


def mark_off_map(live, ax, x, y):
    """Where the point of these formulas is outside the frame, a caret at that edge points there."""
    ends, points = [ax.get_xlim(), ax.get_ylim()], per_point(ax)

    def inside(at, i, inset=0):
        low, high = ends[i] + points[i] * inset * np.array([1, -1])
        return f"min(max({at}, {low:.{5 if inset else 6}g}), {high:.{5 if inset else 6}g})"

    beyond = lambda at, i: f"(0 / 0 if {inside(at, i)} == {at} else {inside(at, i)})"
    x, y = live.once(x), live.once(y)
    live.plot(ax, inside(x, 0, 8), beyond(y, 1), **BEYOND)  # whole also in a corner
    turned = BEYOND | {"marker": Path(CARETS.vertices[:, ::-1], CARETS.codes)}
    live.plot(ax, beyond(x, 0), inside(y, 1, 8), **turned)


def mark_all_beyond(live, ax, xs, ys, words):
    """Of points in two lists, a caret for each that is above or below; ``words`` name the last."""
    (left, end), (bottom, top), (_, above) = ax.get_xlim(), ax.get_ylim(), per_point(ax)
    edge = f"min(max({ys}, {bottom:.6g}), {top:.6g})"
    seen = f"where({edge} == {ys}, 0 / 0, min(max({xs}, {left:.6g}), {end:.6g}))"
    live.plot(ax, seen, edge, **BEYOND)
    low, high = f"{bottom + 18 * above:.6g}", f"{top - 25 * above:.6g}"
    last = f"at({ys}, -1)"
    x = f"(0 / 0 if {bottom:.6g} <= {last} and {last} <= {top:.6g} else at({xs}, -1))"
    _write(live, ax, words, x, f"min(max({last}, {low}), {high})")


def label_line(live, ax, words, name, slope, x="w0", *, far=60, bias=1, **look):
    """Name a line of this ``slope`` through the curve f at ``x``, at that end which is clear of f.

    It stands so many points from there, on the side of the line where the curve is not; ``bias``
    counts how clear the right end is so many times. Formulas after it have its ``name``, how far
    in x the label is, and ``tilt_`` with its name, the slope of the line as it is seen.
    """
    (across, above), (left, end), (bottom, top) = per_point(ax), ax.get_xlim(), ax.get_ylim()
    live.let(f"tilt_{name}", f"{across / above:.6g} * ({slope})")
    live.let(f"cos_{name}", f"1 / sqrt(1 + square(tilt_{name}))")
    for side, sign in (("right", 1), ("left", -1)):  # how far the line is above f, if it is seen
        run = f"{sign * far * across:.6g} * cos_{name}"
        height = live.once(f"f({x}) + {slope} * {run}")
        curve = f"f(min(max({x} + {run}, {left}), {end}))"
        seen = f"{bottom:.6g} < {height} < {top:.6g}"
        live.let(f"{side}_{name}", f"{height} - {curve} + {1e-6 * above:.3g} if {seen} else 0")
    right = f"{bias} * abs(right_{name}) >= abs(left_{name})"
    live.let(name, f"{far * across:.6g} * cos_{name} * (1 if {right} else -1)")
    off = f"sign(right_{name} if {name} > 0 else left_{name}) * cos_{name}"
    look |= {"right": f"-42 * tilt_{name} * {off}", "up": f"11 * {off} - 4"}
    label(live, ax, words, f"{x} + {name}", f"f({x}) + {slope} * {name}", **look)


def _write(live, ax, template, x, y, *, right=0, up=0, **look):
    across, above = per_point(ax)
    half = len(PLACE.sub("−0.00", template)) * LETTER / 2 * across
    (left, end), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    x, y = (
        f"{place} + {unit:.4g} * ({points})" if points else place
        for place, unit, points in ((x, across, right), (y, above, up))
    )
    x = f"min(max({x}, {left + half:.4g}), {end - half:.4g})"
    y = f"min(max({y}, {bottom + 5 * above:.4g}), {top - 12 * above:.4g})"
    live.write(ax.text(0, 0, "", ha="center", va="baseline", **look), template, x, y)
