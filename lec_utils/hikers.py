"""Hikers: runs from starts everywhere, released at once; each looks like the end it walks to."""

import numpy as np

from lec_utils import checks
from lec_utils.catalogue import f
from lec_utils.descent import DIVERGED, FAR, walk
from lec_utils.formula import literal, parse, trace, trace_gradient
from lec_utils.function import as_function
from lec_utils.live_figure import LiveFigure
from lec_utils.maps import NAMES, PATH_STYLES, draw_contour
from lec_utils.pictures import minus
from lec_utils.plots import fixed_curve
from lec_utils.scope import nice_step
from lec_utils.style import INK, new_axes, styled

HIKERS = "Release them, then slide α: which starts change their valley, and who gets lost?"
UNKNOWN = (
    "hikers on a map need a gradient that only computes, as the browser has to walk by it: use "
    "theta[0], theta[1], + - * / ** and functions of numpy such as np.exp, without if and loops."
)
GRID = (21, 15)  # starts along the sides of a map
# How runs that diverge, that never settle, and that reach one of four minima are drawn.
ENDS = (
    ("×", {"color": INK, "marker": "x", "markeredgecolor": INK}),
    ("○", {"color": INK, "marker": "o", "markerfacecolor": "w", "markeredgecolor": INK}),
    *(
        (glyph, {"color": color, "marker": marker})
        for glyph, (color, _, marker) in zip("●■▲◆", PATH_STYLES, strict=True)
    ),
)
# Across it, one for each of ENDS: how it is dashed, and how wide.
LINES = (":", 1.2), ("-", 0.8), ("-", 2.2), ("--", 2.2), (":", 2.4), ("-.", 2.2)
CROWD = {"linestyle": "", "markersize": 6}


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
    known = function.minima or None if minima is None else minima
    starts = np.linspace(low, high, many)
    minima = _valleys(function.derivative, starts[None], alpha, known)
    curve, lanes = new_axes(2, (5.0, 4.6), height_ratios=(4, 0.5 + 0.3 * len(minima)), sharex=True)
    _draw_curve(function, curve)
    live = LiveFigure(curve.figure, alt="Hikers.", caption=f"{caption} {function.note}")
    _name_curve(live, function)
    live.let("starts", f"[spread({low}, {high}, {many})]")
    names = [f"{place:z.2f}" for (place,) in minima]
    looks = _release(live, alpha, highest, n, minima)
    for i, look in enumerate(looks):
        lane = f"sides(where(is{i}, at(starts, 0), nowhere), {(high - low) / many / 2:.6g})"
        live.plot(lanes, lane, f"{i}", color=look["color"], linewidth=9, solid_capstyle="butt")
        live.plot(curve, f"x{i}", f"f(x{i})", **CROWD | look)
    valleys = np.transpose([minima[:, 0], function(minima[:, 0])])
    _name_valleys(live, curve, valleys, names)
    _label_lanes(lanes, names, function.symbol)
    ground = f"curve {literal(function.label)}. {function.outline} Below it, for each end a lane"
    _tell(live, ground, f"{many} hikers after {n - 1} updates: ", names)
    return live


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
    us, vs = (_cells(ends, k) for ends, k in zip((xlim, ylim), GRID, strict=True))
    us = np.append(us, np.nan)  # a gap after each row
    starts = np.reshape(np.meshgrid(us, vs), (2, -1))
    text = trace_gradient(gradient, "theta", starts.T[:: len(us) // 2 + 1])
    if text is None:
        raise ValueError(UNKNOWN)
    slope = lambda theta: parse(text, ["theta"]).value({"theta": theta})
    minima = _valleys(slope, starts, alpha, minima)
    ax = draw_contour(loss, xlim, ylim, new_axes(size=(5.0, 4.2)), levels=4, names=names)
    ax.locator_params(nbins=5)
    ax.grid(visible=False)
    for level in [*ax.texts]:  # the crowd stands there
        level.remove()
    live = LiveFigure(ax.figure, alt="Hikers.", caption=caption)
    live.gradient("slope", "theta", text)
    live.array("us", us)
    live.array("vs", vs)
    live.let("starts", "grid(us, vs)")
    _draw_crowd(live, ax, _release(live, alpha, highest, n, minima), (us[1] - us[0]) / 2)
    called = [f"({u:g}, {v:g})" for u, v in np.round(minima, 2) + 0.0]
    _name_ends(live, ax, called)
    words = f"{np.prod(GRID)} hikers after {n - 1} updates: "
    _tell(live, "map of a loss. Across it, for each end a line", words, called, f" - {len(vs)}")
    return live


def _draw_crowd(live, ax, looks, reach):
    """On a map a mark for each hiker, over lines that reach so far to both sides of each start."""
    live.let("rows", "sides(at(starts, 1), 0)")
    live.let("ys", "at(here, 1)")
    for i, (look, (style, width)) in enumerate(zip(looks, LINES, strict=False)):
        place = f"sides(where(is{i}, at(starts, 0), nowhere), {reach:.6g})"
        line = {"color": look["color"], "linewidth": width, "solid_capstyle": "butt"}
        live.plot(ax, place, "rows", style, **line)
    apart = CROWD | {"markeredgecolor": "w"}
    for i, look in enumerate(looks):
        live.plot(ax, f"x{i}", "ys", **apart | look)


def _cells(ends, many):
    """The middles of ``many`` equal parts between two ends."""
    low, high = checks.interval(ends)
    return low + (high - low) * (np.arange(many) + 0.5) / many


def _valleys(slope, starts, alpha, minima):
    """``minima`` as an array (k, d), or where ``starts``, shape (d, s), lead with small steps."""
    if minima is None:
        near = starts + 1e-4 * np.nanmax(np.abs(starts))  # off the ridge, if on one
        first, *_, before, last = walk(slope, near, checks.positive_step(alpha) / 4, 2000)
        if not np.any((first != last) & np.isfinite(first.sum(axis=0))):
            raise ValueError("the ground is flat, so that nobody walks: choose one with slopes.")
        minima = []
        for place in last.T[np.all(np.abs(last - before) < 1e-9, axis=0)]:
            if all(np.max(np.abs(place - other)) > 1e-3 for other in minima):
                minima.append(place)
    places = _places(minima, len(starts))
    if len(places) > len(ENDS) - 2:
        many = f"{len(ENDS) - 2} minima at most are told apart, here are {len(places)}"
        raise ValueError(f"{many}: say which, as `minima=`.")
    return places


def _places(minima, d):
    """``minima`` as floats, shape (k, d), of k places of d numbers; ValueError for others."""
    try:
        places = np.array([*minima], dtype=float)
    except (TypeError, ValueError):
        places = np.array(np.nan)
    if places.size % d or not np.all(np.isfinite(places)):
        kind = "numbers" if d == 1 else f"places of {d} numbers"
        raise ValueError(f"minima are a list of {kind}, got {minima!r}.")
    return places.reshape(-1, d)


def _name_curve(live, function):
    """Name ``f`` and the ``slope`` of each hiker, by formulas where there are any."""
    (low, high), width = function.domain, np.ptp(function.domain)
    at = np.linspace(low - width, high + width, 201)
    computes = [trace(called, "x", at) is not None for called in (function, function.derivative)]
    known = lambda yes: (-FAR, FAR) if yes else (at[0], at[-1], width / 100)
    live.function("f", function, *known(computes[0]))
    if computes[0] and function.derivative_is_numerical:
        h = 1e-5 * width
        live.gradient("df", "x", f"(f(x + {h}) - f(x - {h})) / {2 * h}")
    else:
        live.function("df", function.derivative, *known(computes[1]))
    live.gradient("slope", "theta", "[df(at(theta, 0))]")


def _release(live, alpha, highest, n, minima):
    """Let the crowd walk, and name it by its ends; the look of each end."""
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
    for i, end in enumerate(range(DIVERGED, len(minima))):
        live.let(f"is{i}", f"ended == {end}")
        live.let(f"x{i}", f"where(is{i}, at(here, 0), nowhere)")
        live.let(f"many{i}", f"dot(is{i}, is{i})")
    return [look for _, look in ENDS[: len(minima) + 2]]


def _tell(live, ground, words, names, gaps=""):
    """The readout and the alt text: ``words``, and how many end where."""
    ends = [f"{{many{i}:.0f}} at {minus(name)}" for i, name in enumerate(names, 2)]
    told = words + ", ".join([*ends, "{many1:.0f} not settled", f"{{many0{gaps}:.0f}} diverged"])
    live.readout("α = {alpha:.4f}, " + told)
    live.describe(
        f"""The {ground} runs over the starts that lead there. On it hikers walk, each in the colour
        and shape of its end at α = {{alpha:.4f}}: {told}. Shown is update {{t:.0f}}, where 0 is the
        start."""
    )


def _name_valleys(live, ax, places, names):
    """Under each minimum of a curve that is seen its shape, how many end there, and its name."""
    left, right = ax.get_xlim()
    for i, ((x, y), name) in enumerate(zip(places, names, strict=True), 2):
        if not left <= x <= right:
            continue
        glyph, look = ENDS[i]
        style = {"ha": "center", "va": "baseline", "fontsize": 13, "color": look["color"]}
        text = ax.text(x, y - 0.1 * np.ptp(ax.get_ylim()), "", **style)
        live.write(text, f"{glyph} {{many{i}:.0f}} at {minus(name)}")


def _label_lanes(lanes, names, symbol):
    labels = ["diverged", "not settled", *map(minus, names)]
    texts = [f"{glyph} {label}" for (glyph, _), label in zip(ENDS, labels, strict=False)]
    lanes.set(ylim=(-0.6, len(texts) - 0.4), yticks=range(len(texts)), yticklabels=texts)
    lanes.set(xlabel=symbol, ylabel="start")
    for text, (_, look) in zip(lanes.get_yticklabels(), ENDS, strict=False):
        text.set(color=look["color"])
    lanes.grid(visible=False)


def _name_ends(live, ax, names):
    """Above a map the shape of each end, how many end so, and its name."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    labels = [*(f"at {minus(name)}" for name in names), "not settled", "diverged"]
    order = [*range(2, len(names) + 2), 1, 0]
    for place, (i, label) in enumerate(zip(order, labels, strict=True)):
        glyph, look = ENDS[i]
        x = left + (right - left) * (place % 2) * 0.6
        y = top + (top - bottom) * (0.03 + 0.08 * ((len(order) - 1) // 2 - place // 2))
        text = ax.text(x, y, "", va="baseline", fontsize=13, color=look["color"])
        live.write(text, f"{glyph} {{many{i}{'' if i else f' - {GRID[1]}'}:.0f}} {label}")


def _draw_curve(function, ax):
    """The curve, with room under its valleys for their names."""
    fixed_curve(function, ax)
    bottom, top = ax.get_ylim()
    ax.set(ylim=(bottom - 0.12 * (top - bottom), top), xlabel="")
    ax.locator_params(nbins=5)
