"""Live figures of a function of one number: tangent, secant, kink, chord, and the step size."""

import numpy as np

from lec_utils import checks
from lec_utils.catalogue import absolute, f, square
from lec_utils.descent import gradient_descent
from lec_utils.formula import literal, trace
from lec_utils.function import as_function
from lec_utils.live_figure import LiveFigure, nice_step
from lec_utils.pictures import minus
from lec_utils.plots import fixed_curve
from lec_utils.scope import bounded, stops
from lec_utils.style import INK, ORANGE, POINT, RINGS, new_axes, styled

# What the captions say to try, unless another is given.
TANGENT = "Slide the point: the dashed line has the slope of the curve there."
FOG = "Walk downhill, until the way down changes sides."
SECANT = "Shrink h: the secant turns into the tangent."
KINK = "Turn the line: which slopes keep it under the V?"
CHORD = "Look for a chord with a piece of the curve above it: one is enough."
ALPHA = "Slide alpha: when do the guesses turn round?"


@styled
def tangent_slider(function=f, w0=None, *, derivative=None, domain=None, caption=TANGENT):
    """The curve of ``function``, any of one number, with a tangent line to slide along it.

    ``derivative`` and ``domain`` complete what is no Function already; ``w0`` is the middle of the
    domain unless given, and ValueError where it is not in it.
    """
    function = as_function(function, derivative, domain)
    w0, w, (low, high) = _start(w0, function, 0.5), function.variable, function.domain
    alt = f"""The curve {function.label} for {w} from {low:g} to {high:g}, with a point at {w} =
        {w0:.2f} and a dashed line through it, the tangent: its slope,
        {function.derivative(w0):.2f}, is the slope of the curve there."""
    ax = fixed_curve(function)
    live = LiveFigure(ax.figure, alt=alt, caption=f"{caption} {function.note}")
    live.slider("w0", low, high, value=w0, step=nice_step(high - low), label=f"{w}0")
    _name_slopes(live, function, function.domain)
    reach = (high - low) / 4
    _line_through(live, "df(w0)", f"w0 - {reach}", f"w0 + {reach}", "--", color=ORANGE, zorder=3)
    live.plot(ax, "w0", "f(w0)", zorder=5, **POINT)
    live.readout(
        f"{literal(f'{function.name}({w}0)')} = {{f(w0):.3f}}, slope {{df(w0):.2f}}: "
        '{where(df(w0) > 0.005, "rising, the way down is to the left", '
        'where(df(w0) < -0.005, "falling, the way down is to the right", "flat here"))}'
    )
    live.drag("w0")
    return live


@styled
def fog_slider(function=f, w0=None, sight=None, *, derivative=None, domain=None, caption=FOG):
    """The tangent slider in fog: only what is nearer to the point than ``sight`` shows."""
    function = as_function(function, derivative, domain)
    w0 = _start(w0, function, 13 / 15)
    sight = np.ptp(function.domain) / 15 if sight is None else checks.number("sight", sight)
    live = tangent_slider(function, w0, caption=caption)
    ax = live.figure.axes[0]
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    for far, near in ((left, f"w0 - {sight}"), (right, f"w0 + {sight}")):
        fog = ax.fill([far], [bottom], facecolor="#BDBDBD", zorder=4)[0]
        live.move(fog, f"[{far}, {near}, {near}, {far}]", f"[{bottom}, {bottom}, {top}, {top}]")
    live.alt = minus(
        f"Fog hides the curve {function.label}, but for a gap of {2 * sight:g} around a point at "
        f"{function.variable} = {w0:g}. Only the slope in the gap tells which way is down."
    )
    return live


@styled
def secant_slider(function=f, w0=None, h=None, *, derivative=None, domain=None, caption=SECANT):
    """The secant through ``w0`` and ``w0 + h``, at most a third of the domain apart."""
    function = as_function(function, derivative, domain)
    w0, (low, high) = _start(w0, function, 0.1), function.domain
    step = nice_step(high - low)
    widest = stops(step, (high - low) / 3, step)[-1]
    last = round(high - widest, 12)  # without the digits that subtracting leaves
    w0, h = checks.inside("w0", w0, (low, last)), widest if h is None else h
    alt = f"""The curve {function.label} with a dashed secant line through the points at {w0:g} and
        {w0 + h:g}, and the dotted tangent line at {w0:g}. As the two points come together, the
        secant becomes the tangent."""
    ax = fixed_curve(function)
    live = LiveFigure(ax.figure, alt=alt, caption=f"{caption} {function.note}")
    live.slider("w0", low, last, value=w0, step=step, label=f"{function.variable}0")
    live.slider("h", step, widest, value=h, step=step)
    _name_slopes(live, function, function.domain)
    live.let("slope", "(f(w0 + h) - f(w0)) / h")
    _line_through(live, "df(w0)", low, high, ":", color=INK, label="tangent")
    _line_through(live, "slope", low, high, "--", color=ORANGE, label="secant")
    live.plot(ax, "[w0, w0 + h]", "[f(w0), f(w0 + h)]", **POINT)
    ax.legend()
    told = "slope of the secant {slope:.3f}, of the tangent {df(w0):.3f}: "
    live.readout(told + "they differ by {abs(slope - df(w0)):.3f}")
    live.drag("w0")
    return live


@styled
def kink_slider(slope=0.5, *, caption=KINK):
    """|x| and a line through its kink: every slope from −1 to 1 fits under the graph."""
    alt = f"The V-shaped graph of |x|, and a dashed line of slope {slope:g} through its corner "
    alt += f"at 0, which {'stays on or below' if abs(slope) <= 1 else 'cuts through'} the V."
    ax = fixed_curve(absolute)
    ax.set(ylim=(-1.2, 2.1), yticks=(-1, 0, 1, 2))
    live = LiveFigure(ax.figure, alt=alt, caption=caption)
    live.slider("m", -1.5, 1.5, value=slope, step=0.05, label="slope")
    live.plot(ax, "[-2, 2]", "[-2 * m, 2 * m]", "--", color=ORANGE)
    ax.plot([0], [0], **POINT)
    live.readout(
        'slope {m:.2f}: {where(abs(m) <= 1, "the line stays under the V, so it counts as a '
        'tangent", "the line cuts through the V: not a tangent")}'
    )
    return live


@styled
def chord_slider(function=f, a=None, b=None, t=0.5, *, domain=None, caption=CHORD):
    """A chord from ``a`` to ``b``, and its height over the curve at t·a + (1 − t)·b.

    Convex means t f(a) + (1 − t) f(b) ≥ f(ta + (1 − t)b) for all a, b and t from 0 to 1.
    """
    function = as_function(function, domain=domain)
    a, b, limits = _start(a, function, 0.2), _start(b, function, 0.8), function.domain
    alt = f"""The curve {function.label} with a dashed chord from its point at {a:g} to that at
        {b:g}, and a dotted vertical line from a point of the chord to the curve. Where a function
        is convex, no chord runs below its curve."""
    ax = fixed_curve(function)
    live = LiveFigure(ax.figure, alt=alt, caption=caption)
    live.slider("a", *limits, value=a, step=nice_step(np.ptp(limits)))
    live.slider("b", *limits, value=b, step=nice_step(np.ptp(limits)))
    live.slider("t", 0, 1, value=t)
    exact = live.function("f", function, *limits, nice_step(np.ptp(limits)))
    live.let("x", "t * a + (1 - t) * b")
    live.let("above", "t * f(a) + (1 - t) * f(b)")
    live.plot(ax, "[x, x]", "[above, f(x)]", ":", color=INK)
    live.plot(ax, "[a, b]", "[f(a), f(b)]", "s--", color=ORANGE)
    live.plot(ax, "[x, x]", "[above, f(x)]", **POINT)
    # Rounding is not a dent: of a formula, and of the cubics between samples.
    rounding = (1e-12 if exact else 1e-6) * np.abs(ax.get_ylim()).max()
    live.readout(
        "chord {above:.3f}, curve {f(x):.3f}: "
        f'{{where(above >= f(x) - {rounding:.1g}, "here the chord is not below the curve", '
        '"the chord is below the curve, so the function is not convex")}'
    )
    return live


@styled
def alpha_slider(
    function=square, w0=None, alpha=0.15, *, n=16, lowest=0.01, highest=1.1, step=0.01,
    story="guess", widen=2, derivative=None, domain=None, caption=ALPHA,
):  # fmt: skip
    """A whole run of gradient descent, ``n`` guesses from ``w0``, redrawn as ``alpha`` slides.

    Above, the guesses on the curve, drawn over ``widen`` times its domain, so that divergence
    shows; below, over the number of updates, each guess (or, with ``story="loss"``, its value).
    A run ends outside three times what is drawn. ``w0`` is near the right end unless given.
    """
    function = as_function(function, derivative, domain)
    w0, w = _start(w0, function, 0.95), function.variable
    function = as_function(function, domain=_widened(function.domain, widen))
    n = checks.count("n", n, why=": the start is the first guess")
    lowest, alpha = checks.positive_step(lowest), checks.positive_step(alpha)
    if step > 0:  # the run starts at a stop of the slider
        alpha = float(f"{lowest + round((alpha - lowest) / step) * step:.12g}")
    curve = fixed_curve(function, new_axes(2, (5.0, 4.8), height_ratios=(3, 2))[0])
    alt = f"""Above, the curve {function.label} with the guesses of gradient descent from
        {w} = {w0:g} at alpha = {alpha:g}, {n} at most; below, each {story}
        against the number of updates."""
    live = LiveFigure(curve.figure, alt=alt, caption=f"{caption} {function.note}")
    live.slider("alpha", lowest, highest, value=alpha, step=step)
    _name_run(live, function, w0, n)
    live.plot(curve, "path", "height", **RINGS)
    _plot_updates(live, function, n, story)
    live.readout(
        f"after {{last:.0f}} updates {literal(w)} = {{at(path, -1):.4f}}"
        f'{{where(last < {n - 1}, ", and the next guess is far outside the picture", "")}}'
    )
    live.alt += f" The end of the run: {live.reading()}."
    return live


def _name_run(live, function, w0, n):
    """Name the path at the slider's alpha, the heights on it, and the number of its last update."""
    limits = _widened(function.domain, 3)
    if all(trace(called, "x", np.linspace(*limits)) for called in (function, function.derivative)):
        _name_slopes(live, function, limits)
        live.let("path", f"descend(df, {w0}, alpha, {n})")
        live.let("height", "f(path)")
    else:  # there is no formula for the browser to descend by: Python runs each alpha
        slope, value = bounded(function.derivative, *limits), bounded(function, *limits)
        paths = [gradient_descent(slope, w0, alpha, n) for alpha in live.stops("alpha")]
        live.table("path", paths)
        live.table("height", map(value, paths))
    live.array("updates", range(n))
    live.let("last", "count(path) - 1")


def _plot_updates(live, function, n, story):
    """Below the curve, over the number of updates: each guess, or its value, of ``n``."""
    curve, below = live.figure.axes
    if story == "guess":
        shown, label, limits = "path", function.variable, function.domain
    elif story == "loss":
        shown, label, limits = "height", function.label, curve.get_ylim()
    else:
        raise ValueError(f'story is "guess" or "loss", got {story!r}.')
    below.set(xlim=(-0.3, n - 0.7), ylim=limits, xlabel="number of updates", ylabel=label)
    live.plot(below, "upto(updates, last)", shown, **RINGS)


def _name_slopes(live, function, limits):
    """Name ``f`` and its derivative ``df``; where a slider stops, samples are exact."""
    for name, called in (("f", function), ("df", function.derivative)):
        live.function(name, called, *limits, nice_step(np.ptp(limits)))


def _line_through(live, slope, left, right, *style, **look):
    """A line through the point (w0, f(w0)) with ``slope`` between two formulas."""
    heights = ", ".join(f"f(w0) + {slope} * ({end} - w0)" for end in (left, right))
    live.plot(live.figure.axes[0], f"[{left}, {right}]", f"[{heights}]", *style, **look)


def _start(w0, function, share):
    """``w0`` if it is in the domain; where none is given, the point at ``share`` of its width."""
    if w0 is None:
        low, high = function.domain
        w0 = round(low + share * (high - low), 12)  # 0.95 of -10 to 10 is 9 and not 8.999…
    return checks.inside("w0", w0, function.domain)


def _widened(domain, times):
    middle, reach = sum(domain) / 2, times * (domain[1] - domain[0]) / 2
    return middle - reach, middle + reach
