"""Hikers: runs from starts everywhere, released at once; each looks like the end it walks to."""

import numpy as np

from lec_utils import checks
from lec_utils.catalogue import f
from lec_utils.descent import DIVERGED, FAR, walk
from lec_utils.formula import literal, parse, trace, trace_gradient
from lec_utils.function import as_function
from lec_utils.live_figure import LiveFigure, nice_step
from lec_utils.maps import ENDS, NAMES, draw_contour
from lec_utils.pictures import minus
from lec_utils.plots import fixed_curve
from lec_utils.style import new_axes, styled

HIKERS = "Release them, then slide α: which starts change their valley, and who gets lost?"
LINES = (":", "", "-", "--", ":", "-.")  # on a map, for each of ENDS
GRID = (21, 15)  # starts along the sides of a map
CROWD = {"linestyle": "", "markersize": 5, "markeredgewidth": 1.2}


@styled
def hikers(
    function=f, alpha=0.04, *, n=61, many=200, highest=None, minima=None, derivative=None,
    domain=None, caption=HIKERS,
):  # fmt: skip
    """Gradient descent from ``many`` starts all over the domain, each drawn as the end it walks to.

    ``alpha`` slides up to ``highest``, five times alpha unless given, and a run makes ``n``
    guesses. It ends, as :func:`basins` says, at one of ``minima`` (four at most: the function's, or
    where these starts come to rest with a quarter of alpha), has not settled, or has diverged.
    Lanes under the curve have the starts, a lane for each end. A derivative that has no formula for
    the browser is known over three times the domain, and beyond that counts as diverged.
    """
    function = as_function(function, derivative, domain)
    (low, high), many = function.domain, checks.count("many", many)
    starts = np.linspace(low, high, many)[None]
    known = function.minima or None if minima is None else minima
    minima = _valleys(function.derivative, starts, alpha, known)
    curve, lanes = new_axes(2, (5.0, 4.6), height_ratios=(4, 0.5 + 0.3 * len(minima)), sharex=True)
    fixed_curve(function, curve)
    live = LiveFigure(curve.figure, alt="Hikers.", caption=f"{caption} {function.note}")
    _name_curve(live, function)
    live.array("starts", starts)
    names = [f"{place:.2f}" for (place,) in minima]
    for i, look in _release(live, alpha, highest, n, minima, names):
        lane = f"sides(where(is{i}, at(starts, 0), nowhere), {(high - low) / many / 2})"
        live.plot(lanes, lane, f"{i}", color=look["color"], linewidth=9, solid_capstyle="butt")
        live.plot(curve, f"x{i}", f"f(x{i})", **CROWD | look)
    _name_valleys(live, curve, np.transpose([minima[:, 0], function(minima[:, 0])]), names)
    glyphs = [glyph for glyph, _ in ENDS[: len(minima) + 2]]
    lanes.set(ylim=(-0.6, len(glyphs) - 0.4), yticks=range(len(glyphs)), yticklabels=glyphs)
    lanes.set(xlabel=function.symbol)
    ground = f"curve {literal(function.label)}. {function.outline} Below it, for each end a lane"
    _tell(live, ground, many, names)
    return live


UNKNOWN = (
    "hikers on a map need a gradient that only computes, as the browser has to walk by it: use "
    "theta[0], theta[1], + - * / ** and functions of numpy such as np.exp, without if and loops."
)


@styled
def hikers_on_map(
    loss, gradient, xlim, ylim, alpha, *, n=61, highest=None, minima=None, names=NAMES,
    caption=HIKERS,
):  # fmt: skip
    """The same on the map of a ``loss`` of two parameters, from a grid of 21 by 15 starts.

    ``gradient`` takes and returns shape (2,), and ``minima`` has shape (k, 2). Lines across the map
    run over the starts with one end. ValueError for a gradient that does more than compute.
    """
    checks.callable_("the gradient", gradient, "`my_gradient`")
    sides = [_cells(*checks.interval(limits), k) for limits, k in zip((xlim, ylim), GRID)]
    us, vs = np.append(sides[0], np.nan), sides[1]  # with a gap after each row
    starts = np.reshape(np.meshgrid(us, vs), (2, -1))
    text = trace_gradient(gradient, "theta", starts.T[:: len(us) // 2 + 1])
    if text is None:
        raise ValueError(UNKNOWN)
    slope = lambda theta: parse(text, ["theta"]).value({"theta": theta})
    minima = _valleys(slope, starts, alpha, minima)
    ax = draw_contour(loss, xlim, ylim, new_axes(size=(5.0, 3.9)), levels=6, names=names)
    live = LiveFigure(ax.figure, alt="Hikers.", caption=caption)
    live.gradient("slope", "theta", text)
    live.array("us", us)
    live.array("vs", vs)
    live.let("starts", "grid(us, vs)")
    called = [f"({u:.2f}, {v:.2f})" for u, v in minima]
    for i, look in _release(live, alpha, highest, n, minima, called):
        place = f"sides(where(is{i}, at(starts, 0), nowhere), {(us[1] - us[0]) / 2})"
        style = {"color": look["color"], "linewidth": 1.6, "solid_capstyle": "butt"}
        live.plot(ax, place, "sides(at(starts, 1), 0)", LINES[i], **style)
    for i, (_, look) in enumerate(ENDS[: len(minima) + 2]):
        live.plot(ax, f"x{i}", f"where(is{i}, at(here, 1), nowhere)", **CROWD | look)
    _name_valleys(live, ax, minima, called)
    _tell(live, "map of a loss. Across it, for each end a line", np.prod(GRID), called)
    return live


def _cells(low, high, many):
    """The middles of ``many`` equal parts between low and high."""
    return low + (high - low) * (np.arange(many) + 0.5) / many


def _valleys(slope, starts, alpha, minima):
    """``minima`` as an array (k, d), or where ``starts``, shape (d, s), lead with small steps."""
    if minima is None:
        near = starts + 1e-3 * np.nanmax(np.diff(starts[:, :2]))  # off the ridge, if on one
        *_, before, last = walk(slope, near, checks.positive_step(alpha) / 4, 2000)
        minima = []
        for place in last.T[np.all(np.abs(last - before) < 1e-9, axis=0)]:
            if all(np.max(np.abs(place - other)) > 1e-3 for other in minima):
                minima.append(place)
    if len(minima) > len(ENDS) - 2:
        many = f"{len(ENDS) - 2} minima at most are told apart, here are {len(minima)}"
        raise ValueError(f"{many}: say which, as `minima=`.")
    return np.reshape(minima, (-1, len(starts))).astype(float)


def _name_curve(live, function):
    """Name ``f`` and the ``slope`` of each hiker, by formulas or by samples."""
    low, high = function.domain
    wide, step = (2 * low - high, 2 * high - low), nice_step(high - low)
    if trace(function.derivative, "x", np.linspace(*wide, 201)):
        wide, step = (-FAR, FAR), None
    live.function("f", function, *live.figure.axes[0].get_xlim())
    live.function("df", function.derivative, *wide, step)
    live.gradient("slope", "theta", "[df(at(theta, 0))]")


def _release(live, alpha, highest, n, minima, names):
    """Let the crowd walk; name it by its ends, and tell of them. Pairs of a number and a look."""
    if (n := checks.count("n", n)) < 2:
        raise ValueError("n must be at least 2, got 1: whoever makes one guess walks nowhere.")
    highest = 5 * checks.positive_step(alpha) if highest is None else highest
    step = nice_step(checks.positive_step(highest), 100)
    live.slider("alpha", step, highest, value=alpha, step=step, label="α")
    live.player("t", n - 1, label="update", rate=12)
    live.array("minima", minima)
    live.let("walked", f"walk(slope, starts, alpha, {n})")
    live.let("here", "at(walked, t)")
    live.let("ended", "ends(walked, minima)")
    live.let("nowhere", "0 / 0")
    looks = [look for _, look in ENDS[: len(names) + 2]]
    for i, end in enumerate(range(DIVERGED, len(names))):
        live.let(f"is{i}", f"ended == {end}")
        live.let(f"x{i}", f"where(is{i}, at(here, 0), nowhere)")
        live.let(f"many{i}", f"dot(is{i}, is{i})")
    return enumerate(looks)


def _tell(live, ground, many, names):
    """Words for a crowd of so ``many``, and for those whose ends have ``names``."""
    valleys = [f"{{many{i}:.0f}} end at {minus(name)}" for i, name in enumerate(names, 2)]
    lost = f"{{{many} - dot(ended > -2, ended > -2):.0f}} diverge"
    told = ", ".join([*valleys, "{many1:.0f} have not settled", lost])
    live.readout(f"of {many} hikers {told}")
    live.describe(
        f"""The {ground} runs over the starts that lead there. On it stand {many} hikers, each in
        the colour and shape of its end: at α = {{alpha:.4f}}, after the last update, {told}. Shown
        is {{where(t > 0, 'update', 'the start, update')}} {{t:.0f}}."""
    )


def _name_valleys(live, ax, places, names):
    """Under each minimum its shape, how many end there, and its name."""
    below = 0.09 * np.ptp(ax.get_ylim())
    for i, ((x, y), name) in enumerate(zip(places, names, strict=True), 2):
        glyph, look = ENDS[i]
        style = {"ha": "center", "va": "baseline", "fontsize": 13, "color": look["color"]}
        words = f"{glyph} {{many{i}:.0f}} at {minus(name)}"
        live.write(ax.text(x, y - below, "", **style), words)
