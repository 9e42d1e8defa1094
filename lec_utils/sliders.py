"""Live figures with a slider: tangent, secant, the lines at a kink, the step size."""

import matplotlib as mpl
import numpy as np

from lec_utils import checks
from lec_utils.catalogue import absolute, f, square
from lec_utils.function import as_function
from lec_utils.live_figure import LiveFigure, nice_step
from lec_utils.pictures import minus
from lec_utils.plots import fixed_curve
from lec_utils.style import INK, ORANGE, STYLE, new_axes

POINT = {"marker": "o", "markeredgecolor": INK, "linestyle": "none", "markersize": 9}


@mpl.rc_context(STYLE)
def tangent_slider(
    function=f,
    w0=None,
    *,
    derivative=None,
    domain=None,
    caption="Slide the point: the dashed line has the slope of the curve there.",
):
    """The curve of ``function`` with a tangent line to slide along it.

    ``function`` is any function of one number; ``derivative`` and ``domain`` complete it if it is
    not a Function already. ``w0`` is the middle of the domain unless given. Returns a LiveFigure;
    raises ValueError when ``w0`` is not in the domain.
    """
    function = as_function(function, derivative, domain)
    low, high = function.domain
    w, reach = function.variable, (high - low) / 4
    w0 = _start(w0, function, 0.5)
    ax = fixed_curve(function)
    tangent = ax.plot([w0], [0], "--", color=ORANGE, zorder=3)[0]
    point = ax.plot([w0], [0], color=ORANGE, zorder=5, **POINT)[0]
    live = LiveFigure(
        ax.figure,
        alt=f"The curve {function.label} for {w} from {low:g} to {high:g}, with a point at "
        f"{w} = {w0:.2f} and a dashed line through it, the tangent: its slope, "
        f"{function.slope(w0):.2f}, is the slope of the curve there.",
        caption=f"{caption} {function.note}",
    )
    live.slider("w0", low, high, value=w0, step=nice_step(high - low), label=f"{w}0")
    _sample(live, function)
    live.move(
        tangent,
        x=f"[w0 - {reach}, w0 + {reach}]",
        y=f"[f(w0) - df(w0) * {reach}, f(w0) + df(w0) * {reach}]",
    )
    live.move(point, x="w0", y="f(w0)")
    live.readout(
        f"{function.name}({w}0) = {{f(w0):.3f}}, slope {{df(w0):.2f}}: "
        '{where(df(w0) > 0.005, "rising, the way down is to the left", '
        'where(df(w0) < -0.005, "falling, the way down is to the right", "flat here"))}'
    )
    live.drag("w0")
    return live


@mpl.rc_context(STYLE)
def fog_slider(
    function=f,
    w0=None,
    sight=None,
    *,
    derivative=None,
    domain=None,
    caption="Walk downhill, until the way down changes sides.",
):
    """The tangent slider in fog: nothing shows that is further than ``sight`` from the point.

    ``w0`` is near the right end and ``sight`` a fifteenth of the domain's width unless given.
    """
    function = as_function(function, derivative, domain)
    w0 = _start(w0, function, 13 / 15)
    sight = np.ptp(function.domain) / 15 if sight is None else checks.number("sight", sight)
    live = tangent_slider(function, w0, caption=caption)
    ax = live.figure.axes[0]
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    for far, near in ((left, f"w0 - {sight}"), (right, f"w0 + {sight}")):
        fog = ax.fill([far], [bottom], facecolor="#BDBDBD", zorder=4)[0]
        live.move(fog, x=f"[{far}, {near}, {near}, {far}]", y=f"[{bottom}, {bottom}, {top}, {top}]")
    live.alt = minus(
        f"Fog hides the curve {function.label}, but for a gap of {2 * sight:g} around a point at "
        f"{function.variable} = {w0:g}. Only the slope in the gap tells which way is down."
    )
    return live


@mpl.rc_context(STYLE)
def secant_slider(
    function=f,
    w0=None,
    h=None,
    *,
    derivative=None,
    domain=None,
    caption="Shrink h: the secant turns into the tangent.",
):
    """The secant through ``w0`` and ``w0 + h``, which becomes the tangent as ``h`` shrinks.

    ``h`` slides up to a third of the domain's width, where it starts unless given; ``w0`` over the
    other two thirds.
    """
    function = as_function(function, derivative, domain)
    low, high = function.domain
    widest = (high - low) / 3
    w0 = checks.inside("w0", _start(w0, function, 0.1), (low, high - widest))
    h = widest if h is None else h
    ax = fixed_curve(function)
    tangent = ax.plot([w0], [0], ":", color=INK, label="tangent")[0]
    secant = ax.plot([w0], [0], "--", color=ORANGE, label="secant")[0]
    points = ax.plot([w0], [0], color=ORANGE, **POINT)[0]
    ax.legend()
    live = LiveFigure(
        ax.figure,
        alt=f"The curve {function.label} with a dashed secant line through the points at "
        f"{w0:g} and {w0 + h:g}, and the dotted tangent line at {w0:g}. "
        "As the two points come together, the secant becomes the tangent.",
        caption=f"{caption} {function.note}",
    )
    step = nice_step(high - low)
    live.slider("w0", low, high - widest, value=w0, step=step, label=f"{function.variable}0")
    live.slider("h", step, widest, value=h, step=step)
    _sample(live, function)
    live.let("slope", "(f(w0 + h) - f(w0)) / h")
    live.move(tangent, x=f"[{low}, {high}]", y=_line_through("df(w0)", low, high))
    live.move(secant, x=f"[{low}, {high}]", y=_line_through("slope", low, high))
    live.move(points, x="[w0, w0 + h]", y="[f(w0), f(w0 + h)]")
    live.readout(
        "slope of the secant {slope:.3f}, of the tangent {df(w0):.3f}: "
        "they differ by {abs(slope - df(w0)):.3f}"
    )
    live.drag("w0")
    return live


@mpl.rc_context(STYLE)
def kink_slider(slope=0.5, *, caption="Turn the line: which slopes keep it under the V?"):
    """|x| and a line through its kink: every slope from −1 to 1 fits under the graph."""
    ax = fixed_curve(absolute)
    ax.set(ylim=(-1.2, 2.1), yticks=(-1, 0, 1, 2))
    line = ax.plot([0], [0], "--", color=ORANGE)[0]
    ax.plot([0], [0], color=ORANGE, **POINT)
    live = LiveFigure(
        ax.figure,
        alt=f"The V-shaped graph of |x|, and a dashed line of slope {slope:g} through its corner "
        f"at 0, which {'stays on or below' if abs(slope) <= 1 else 'cuts through'} the V.",
        caption=caption,
    )
    live.slider("m", -1.5, 1.5, value=slope, step=0.05, label="slope")
    live.move(line, x="[-2, 2]", y="[-2 * m, 2 * m]")
    live.readout(
        "slope {m:.2f}: "
        '{where(abs(m) <= 1, "the line stays under the V, so it counts as a tangent", '
        '"the line cuts through the V: not a tangent")}'
    )
    return live


@mpl.rc_context(STYLE)
def chord_slider(
    function=f,
    a=None,
    b=None,
    t=0.5,
    *,
    domain=None,
    caption="Look for a chord with a piece of the curve above it: one is enough.",
):
    """A chord from a to b, and its height over the curve at t·a + (1 − t)·b.

    Convex means t f(a) + (1 − t) f(b) ≥ f(ta + (1 − t)b) for all a, b and t from 0 to 1. ``a`` and
    ``b`` start at a fifth and four fifths of the domain unless given.
    """
    function = as_function(function, domain=domain)
    low, high = function.domain
    a, b = _start(a, function, 0.2), _start(b, function, 0.8)
    ax = fixed_curve(function)
    gap = ax.plot([a], [0], ":", color=INK)[0]
    chord = ax.plot([a, b], [0, 0], "s--", color=ORANGE)[0]
    dots = ax.plot([a], [0], color=ORANGE, **POINT)[0]
    live = LiveFigure(
        ax.figure,
        alt=f"The curve {function.label} with a dashed chord from its point at {a:g} to that at "
        f"{b:g}, and a dotted vertical line from a point of the chord to the curve. "
        "Where a function is convex, no chord runs below its curve.",
        caption=caption,
    )
    for name, value in (("a", a), ("b", b)):
        live.slider(name, low, high, value=value, step=nice_step(high - low))
    live.slider("t", 0, 1, value=t)
    live.sample("f", function, low, high, _stops(function))
    live.let("x", "t * a + (1 - t) * b")
    live.let("above", "t * f(a) + (1 - t) * f(b)")
    live.move(chord, x="[a, b]", y="[f(a), f(b)]")
    live.move(gap, x="[x, x]", y="[above, f(x)]")
    live.move(dots, x="[x, x]", y="[above, f(x)]")
    rounding = 1e-6 * np.abs(ax.get_ylim()).max()  # the browser's samples have seven digits
    live.readout(
        "chord {above:.3f}, curve {f(x):.3f}: "
        f'{{where(above >= f(x) - {rounding:.1g}, "here the chord is not below the curve", '
        '"the chord is below the curve, so the function is not convex")}'
    )
    return live


@mpl.rc_context(STYLE)
def alpha_slider(
    function=square,
    w0=None,
    alpha=0.15,
    *,
    n=16,
    lowest=0.01,
    highest=1.1,
    step=0.01,
    story="guess",
    room=2,
    derivative=None,
    domain=None,
    caption="Slide alpha: when do the guesses turn round?",
):
    """A whole run of gradient descent, ``n`` guesses from ``w0``, redrawn as ``alpha`` slides.

    ``alpha`` slides from ``lowest`` to ``highest``; ``w0`` is near the right end unless given.
    Above, the guesses on the curve; below, against the number of updates, each guess (or, with
    ``story="loss"``, its value). The curve is drawn over ``room`` times its domain, so that runs
    that diverge show. The browser computes the run, and ends it outside three times what is drawn.
    """
    function = as_function(function, derivative, domain)
    w0 = _start(w0, function, 0.95)
    low, high = _widened(function.domain, room)
    function = as_function(function, domain=(low, high))
    n = checks.count_of_guesses(n)
    if story not in ("guess", "loss"):
        raise ValueError(f'story is "guess" or "loss", got {story!r}.')
    curve, below = new_axes(2, (5.0, 4.8), height_ratios=(3, 2))
    fixed_curve(function, curve)
    w = function.variable
    label, limits, height = {
        "guess": (w, (low, high), "path"),
        "loss": (function.label, curve.get_ylim(), "f(path)"),
    }[story]
    below.set(xlim=(-0.3, n - 0.7), ylim=limits, xlabel="number of updates", ylabel=label)
    dots = {"marker": "o", "markersize": 6, "markerfacecolor": "white", "linewidth": 1.2}
    run = curve.plot([w0], [0], color=ORANGE, **dots)[0]
    track = below.plot([0], [w0], color=ORANGE, **dots)[0]
    live = LiveFigure(
        curve.figure,
        alt=f"Above, the curve {function.label} with the guesses of gradient descent from "
        f"{w} = {w0:g} at alpha = {alpha:g}, {n} at most; below, each {story} "
        "against the number of updates.",
        caption=f"{caption} {function.note}",
    )
    live.slider("alpha", lowest, highest, value=alpha, step=step)
    margin = high - low
    live.sample("f", function, low - margin, high + margin)
    live.sample("df", function.slope, low - margin, high + margin)
    live.array("updates", range(n))
    live.let("path", f"descend(df, {w0}, alpha, {n})")
    live.move(run, x="path", y="f(path)")
    live.move(track, x="upto(updates, count(path) - 1)", y=height)
    live.readout(
        f"after {{count(path) - 1:.0f}} updates {w} = {{at(path, -1):.4f}}"
        f'{{where(count(path) < {n}, ", and the next guess is far outside the picture", "")}}'
    )
    live.alt += f" The end of the run: {live.reading()}."
    return live


def _sample(live, function):
    for name, sampled in (("f", function), ("df", function.slope)):
        live.sample(name, sampled, *function.domain, _stops(function))


def _stops(function):
    """How many samples put one at each stop of a slider: there the browser's values are Python's.

    A cubic through samples of a convex function stays below its chords, if these end at samples.
    """
    low, high = function.domain
    return round((high - low) / nice_step(high - low)) + 1


def _start(w0, function, share):
    """``w0`` if it is in the domain; where none is given, the point at ``share`` of its width."""
    low, high = function.domain
    # Rounded, as 0.95 of the way from -10 to 10 is 9 and not 8.999….
    return checks.inside(
        "w0", round(low + share * (high - low), 12) if w0 is None else w0, (low, high)
    )


def _widened(domain, times):
    middle, reach = sum(domain) / 2, times * (domain[1] - domain[0]) / 2
    return middle - reach, middle + reach


def _line_through(slope, low, high):
    return f"[f(w0) + {slope} * ({low} - w0), f(w0) + {slope} * ({high} - w0)]"
