"""Live figures of a function of one number: tangent, secant, kink, chord, and the step size."""

import numpy as np

from lec_utils import checks
from lec_utils.catalogue import absolute, f, square
from lec_utils.descent import gradient_descent
from lec_utils.formula import literal, trace
from lec_utils.function import as_function, typeset
from lec_utils.labels import label, label_line, mark_all_beyond, mark_beyond, per_point
from lec_utils.live_figure import LiveFigure
from lec_utils.pictures import minus
from lec_utils.plots import fixed_curve
from lec_utils.scope import bounded, decimals, nice_step, shown_decimals, stops
from lec_utils.style import INK, ORANGE, POINT, RINGS, new_axes, styled

# What the captions say to try, unless another is given.
TANGENT = "Slide the point: the dashed line has the slope of the curve there."
FOG = "Walk downhill, until the way down changes sides."
LIFTED = "{where(lift == 0, 'thick', where(lift < 1, 'lifting', 'lifted'))}"
# Of fog: how far away a bank is and how wide its billows are, in sights, its tone, how thick it is,
# and how fast it drifts. The nearest is a veil; the next one ends what is seen.
BANKS = (
    (0.78, 0.07, "#D0D6DB", 0.5, 0.4),
    (1, 0.08, "#CAD1D7", 1, -0.6),
    (2, 0.24, "#BEC7CE", 1, 0.5),
    (3.6, 0.4, "#B1BBC4", 1, -0.3),
)
ROUND = 14  # points: a stroke of the fog's own tone, so wide, makes its corners round
SECANT = "Shrink h: the secant turns into the tangent."
KINK = "Turn the line: which slopes keep it under the V?"
CHORD = "Look for a chord with a piece of the curve above it: one is enough."
CONVEX = """{where(dent > 0, 'the chord is below the curve, so the function is not convex', where(
    dent <= 0, 'here the chord is not below the curve', 'the function has no value there'))}"""
ALPHA = "Slide alpha: when do the guesses turn round?"
SIDES = """{where((at(path, min(1, last)) - w0) * (at(path, min(2, last)) - at(path, min(1, last)))
    < 0, 'jump from side to side', 'all go one way')}"""


@styled
def tangent_slider(function=f, w0=None, *, derivative=None, domain=None, caption=TANGENT):
    """The curve of ``function``, any of one number, with a tangent line to slide along it.

    ``derivative`` and ``domain`` complete what is no Function already; ``w0`` is the middle of the
    domain unless given, and ValueError where it is not in it.
    """
    function = as_function(function, derivative, domain)
    live = _slid_tangent(function, w0, caption)
    ax = live.figure.axes[0]
    label_line(live, ax, "slope {df(w0):.2f}", "way", "df(w0)")
    _rise_over_run(live, ax)
    return live


def _slid_tangent(function, w0, caption):
    """The curve with a point and its tangent to slide, whose slope is not told in the picture."""
    w0, w, (low, high) = _start(w0, function, 0.5), function.symbol, function.domain
    here = typeset(f"{function.variable}0")
    alt = f"""The curve {literal(function.label)} for {w} from {low:g} to {high:g}.
        {function.outline} A point stands on it at {w} = {{w0:.2f}}, height {{f(w0):.2f}}, and a
        dashed line through it, the tangent, has slope {{df(w0):.2f}}."""
    ax = fixed_curve(function, at=[w0])
    live = LiveFigure(ax.figure, alt=alt, caption=f"{caption} {function.note}")
    live.ground = _ground(function)
    live.slider("w0", low, high, value=w0, step=nice_step(high - low), label=here)
    _name_slopes(live, function, function.domain)
    reach = (high - low) / 4
    _line_through(live, "df(w0)", f"w0 - {reach}", f"w0 + {reach}", "--", color=ORANGE, zorder=3)
    live.plot(ax, "w0", "f(w0)", zorder=5, **POINT)
    label(live, ax, here, "w0", "f(w0)", up=10, zorder=6)
    mark_beyond(live, ax, "w0", "f(w0)", "{f(w0):.2f}", zorder=6)
    live.readout(_slope_words(function))
    live.drag("w0", y="f(w0)")
    live.sound("w0", "f(w0)")
    return live


def _slope_words(function):
    """The template of what the slope at w0 says of the way down."""
    here = literal(f"{function.name}({typeset(function.variable + '0')})")
    return (
        f"{here} = {{f(w0):.3f}}, slope {{df(w0):.2f}}: "
        '{where(df(w0) > 0.005, "rising, the way down is to the left", '
        'where(df(w0) < -0.005, "falling, the way down is to the right", '
        'where(abs(df(w0)) <= 0.005, "flat here", "no slope here")))}'
    )


@styled
def fog_slider(function=f, w0=None, sight=None, *, derivative=None, domain=None, caption=FOG):
    """The tangent slider in fog: only what is nearer to the point than ``sight`` shows.

    A second slider lifts the fog, from below, until the whole curve is seen.
    """
    function = as_function(function, derivative, domain)
    w0 = _start(w0, function, 13 / 15)
    sight = np.ptp(function.domain) / 15 if sight is None else sight
    sight = checks.positive("sight", sight, ": so far is the curve seen")
    live = _slid_tangent(function, w0, caption)
    ax = live.figure.axes[0]
    live.slider("lift", 0, 1, value=0, step=0.05, label="lift the fog", shown=LIFTED)
    live.ground = f"Fog hides the curve, but for a gap of {2 * sight:g}."
    _draw_fog(live, ax, sight)
    live.readout(_slope_words(function) + "{where(lift < 1, '', '. The fog has lifted')}")
    gap = f", but for a gap of {2 * sight:g} around a"
    live.describe(
        "{where(lift < 1, 'Fog hides', 'The fog has lifted from')} the curve "
        f"{literal(function.label)}"
        f"{{where(lift < 1, {gap!r}, {f'. {minus(function.outline)} There is a'!r})}} point at "
        f"{function.symbol} = {{w0:.2f}}. What is seen there "
        "{where(df(w0) > 0, 'rises', where(df(w0) < 0, 'falls', 'is flat'))} to the right."
        "{where(lift * (1 - lift) > 0, ' The fog is lifting: what lies low is seen, too.', '')}"
    )
    return live


def _draw_fog(live, ax, sight):
    """Banks of fog on both sides of the point; they rise with ``lift``, and drift as it walks."""
    (left, right), (bottom, top), rim = ax.get_xlim(), ax.get_ylim(), ROUND / 2 * per_point(ax)[0]
    left, right = left - 5 * sight - rim, right + 5 * sight + rim  # further than any edge
    up = np.linspace(-0.05, 1.15, 17)  # along an edge, from below the frame to above it
    beside, tall = [0] * len(up), top - bottom
    # From the left edge of a bank over the top to its right one, and back around the frame.
    live.array("side", [0, *(-1 + 0 * up), *(1 + 0 * up), 0, 0, 0])
    live.array("far", np.round([left, *beside, *beside, right, right, left], 3))
    live.array("billow", np.round([0, *(12 * up), *(12 * up[::-1] + 1), 0, 0, 0], 1))
    heights = [up[0], *up, *up[::-1], up[0], up[-1], up[-1]]
    live.array("high", np.round(bottom + tall * np.array(heights), 3))
    live.let("around", "far + abs(side) * w0")
    for near, wide, tone, thick, drift in BANKS:
        look = {"linewidth": ROUND, "joinstyle": "round", "alpha": thick, "zorder": 4}
        bank = ax.fill([left], [bottom], color=tone, **look)[0]
        away = (near - wide) * sight + rim
        edge = f"{away:.4g} + {wide * sight:.4g} * sin(billow + {drift / sight:.3g} * w0)"
        live.move(bank, f"around + side * ({edge})", f"high + lift * {tall * (1.2 + near / 9):.4g}")


@styled
def secant_slider(function=f, w0=None, h=None, *, derivative=None, domain=None, caption=SECANT):
    """The secant through ``w0`` and ``w0 + h``, at most a third of the domain apart."""
    function = as_function(function, derivative, domain)
    w0, (low, high) = _start(w0, function, 0.1), function.domain
    step = nice_step(high - low)
    widest = stops(step, (high - low) / 3, step)[-1]
    last = round(high - widest, 12)  # without the digits that subtracting leaves
    w0, h = checks.inside("w0", w0, (low, last)), widest if h is None else h
    alt = f"""The curve {literal(function.label)}. {function.outline} A dashed secant line of slope
        {{slope:.2f}} goes through its points at {{w0:.2f}} and {{w0 + h:.2f}}, and a dotted
        tangent line of slope {{df(w0):.2f}} touches it at {{w0:.2f}}."""
    ax = fixed_curve(function, at=[w0, w0 + h])
    live = LiveFigure(ax.figure, alt=alt, caption=f"{caption} {function.note}")
    live.ground = _ground(function)
    live.slider("w0", low, last, value=w0, step=step, label=typeset(f"{function.variable}0"))
    live.slider("h", step, widest, value=h, step=step)
    _name_slopes(live, function, function.domain)
    live.let("slope", "(f(w0 + h) - f(w0)) / h")
    _line_through(live, "df(w0)", low, high, ":", color=INK)
    _line_through(live, "slope", low, high, "--", color=ORANGE)
    live.plot(ax, "[w0, w0 + h]", "[f(w0), f(w0 + h)]", **POINT)
    _name_secant_and_tangent(live, ax)
    told = "slope of the secant {slope:.3f}, of the tangent {df(w0):.3f}: "
    live.readout(told + "they differ by {abs(slope - df(w0)):.3f}")
    live.drag("w0", y="f(w0)")
    live.drag("h", x="w0 + h", y="f(w0 + h)", by="px - w0")
    return live


def _name_secant_and_tangent(live, ax):
    """Their slopes, at other ends: both lines are one where h is small."""
    label_line(live, ax, "tangent {df(w0):.2f}", "touching", "df(w0)", bias=0.001)
    away = {"far": 90, "bias": 1000}
    label_line(live, ax, "secant {slope:.2f}", "cutting", "slope", "w0 + h", **away)
    for end in ("w0", "w0 + h"):
        mark_beyond(live, ax, end, f"f({end})", f"{{f({end}):.2f}}")


@styled
def kink_slider(slope=0.5, *, caption=KINK):
    """|x| and a line through its kink: every slope from −1 to 1 fits under the graph."""
    alt = """The V-shaped graph of |x|, and a dashed line of slope {m:.2f} through its corner at 0,
        which {where(abs(m) <= 1, 'stays on or below', 'cuts through')} the V."""
    ax = fixed_curve(absolute)
    ax.set(ylim=(-1.2, 2.1), yticks=(-1, 0, 1, 2))
    live = LiveFigure(ax.figure, alt=alt, caption=caption)
    live.slider("m", -1.5, 1.5, value=checks.number("slope", slope), step=0.05, label="slope")
    live.plot(ax, "[-2, 2]", "[-2 * m, 2 * m]", "--", color=ORANGE)
    ax.plot([0], [0], **POINT)
    label(live, ax, "slope {m:.2f}", "0.78", "0.78 * m", right=34, up="-14 if m > 0 else 6")
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
    alt = f"""The curve {literal(function.label)}. {function.outline} A dashed chord joins its
        points at {{a:.2f}} and {{b:.2f}}, and at {{x:.2f}} a dotted line goes from the chord's
        height, {{above:.2f}}, to the curve's, {{f(x):.2f}}."""
    ax, step = fixed_curve(function, at=limits), nice_step(np.ptp(limits))
    live = LiveFigure(ax.figure, alt=alt, caption=caption)
    live.ground = _ground(function)
    # Rounding is no dent: of a formula, and of the cubics between samples.
    rounding = 1e-12 if live.function("f", function, *limits, step) else 1e-6
    for name, value in (("a", a), ("b", b)):
        live.slider(name, *limits, value=value, step=step)
        live.drag(name, y=f"f({name})")
    live.slider("t", 0, 1, value=t)
    live.let("x", "t * a + (1 - t) * b")
    live.let("above", "t * f(a) + (1 - t) * f(b)")
    live.plot(ax, "[x, x]", "[above, f(x)]", ":", color=INK)
    live.plot(ax, "[a, b]", "[f(a), f(b)]", "s--", color=ORANGE)
    live.plot(ax, "[x, x]", "[above, f(x)]", **POINT)
    live.drag("t", x="x", y="above", by="(px - b) / (a - b)")
    for name, out in (("a", "sign(a - b)"), ("b", "sign(b - a)")):
        label(live, ax, name, name, f"f({name})", right=f"12 * {out}", up=-4)
    live.let("dent", f"f(x) - above - {rounding * np.abs(ax.get_ylim()).max()}")
    live.readout(f"chord {{above:.3f}}, curve {{f(x):.3f}}: {CONVEX}")
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
    w0, w = _start(w0, function, 0.95), function.symbol
    n = checks.count("n", n, why=": the start is the first guess")
    lowest, alpha = checks.positive_step(lowest), checks.positive_step(alpha)
    if (step := checks.number("step", step)) > 0:  # the run starts at a stop of the slider
        alpha = round(lowest + round((alpha - lowest) / step) * step, decimals(step))
    digits = max(2, shown_decimals(step))
    wide = as_function(function, domain=_widened(function.domain, widen))
    curve = fixed_curve(wide, new_axes(2, (5.0, 4.8), height_ratios=(3, 2))[0], at=[w0])
    end = f"after {{last:.0f}} updates {literal(w)} = {{at(path, -1):.4f}}"
    end += f'{{where(last < {n - 1}, ", and the next guess is far outside the picture", "")}}'
    alt = f"""Above, the curve {literal(function.label)}. {function.outline} Rings on it are the
        guesses of gradient descent from {w} = {{w0:.2f}} at α = {{alpha:.{digits}f}}, which
        {SIDES}; {end}. Below, each {story} over the number of updates."""
    live = LiveFigure(curve.figure, alt=alt, caption=f"{caption} {function.note}")
    live.ground = _ground(function)
    live.slider("alpha", lowest, highest, value=alpha, step=step, label="α")
    _name_run(live, function, wide, w0, n)
    live.plot(curve, "path", "height", **RINGS)
    _plot_updates(live, wide, n, story)
    live.plot(curve, "w0", "at(height, 0)", **POINT)
    _name_start(live, curve, function)
    mark_all_beyond(live, curve, "path", "height", "guess {last:.0f}")
    live.readout(end)
    return live


def _name_run(live, function, wide, w0, n):
    """Name the path at the slider's alpha, the heights on it, and the number of its last update."""
    limits = _widened(wide.domain, 3)
    if all(trace(called, "x", np.linspace(*limits)) for called in (wide, wide.derivative)):
        (low, high), step = function.domain, nice_step(np.ptp(function.domain))
        live.slider("w0", low, high, value=w0, step=step, label=typeset(f"{function.variable}0"))
        live.drag("w0", y=f"{np.mean(live.figure.axes[0].get_ylim())}")
        _name_slopes(live, wide, limits)
        live.let("path", f"descend(df, w0, alpha, {n})")
        live.let("height", "f(path)")
    else:  # there is no formula for the browser to descend by: Python runs each alpha
        slope, value = bounded(wide.derivative, *limits), bounded(wide, *limits)
        paths = [gradient_descent(slope, w0, alpha, n) for alpha in live.stops("alpha")]
        live.table("path", paths)
        live.table("height", map(value, paths))
        live.let("w0", f"{w0}")
    live.array("updates", range(n))
    live.let("last", "count(path) - 1")


def _plot_updates(live, function, n, story):
    """Below the curve, over the number of updates: each guess, or its value, of ``n``."""
    curve, below = live.figure.axes
    if story == "guess":
        shown, words, limits = "path", function.symbol, function.domain
    elif story == "loss":
        shown, words, limits = "height", function.label, curve.get_ylim()
    else:
        raise ValueError(f'story is "guess" or "loss", got {story!r}.')
    below.set(xlim=(-0.3, n - 0.7), ylim=limits, xlabel="number of updates", ylabel=words)
    live.plot(below, "upto(updates, last)", shown, **RINGS)
    mark_all_beyond(live, below, "upto(updates, last)", shown, "guess {last:.0f}")


def _name_slopes(live, function, limits):
    """Name ``f`` and its derivative ``df``; where a slider stops, samples are exact."""
    for name, called in (("f", function), ("df", function.derivative)):
        live.function(name, called, *limits, nice_step(np.ptp(limits)))


def _line_through(live, slope, left, right, *style, **look):
    """A line through the point (w0, f(w0)) with ``slope`` between two formulas."""
    heights = ", ".join(f"f(w0) + {slope} * ({end} - w0)" for end in (left, right))
    live.plot(live.figure.axes[0], f"[{left}, {right}]", f"[{heights}]", *style, **look)


def _rise_over_run(live, ax):
    """The legs under a tangent, with their lengths, at that end of it where its name is not."""
    legs = "[w0, w0 - way, w0 - way]", "[f(w0), f(w0), f(w0) - rise]"
    live.let("rise", "df(w0) * way")
    live.plot(ax, *legs, ":", color=INK, linewidth=1.4, zorder=2)
    seen = live.once("f(w0) if 0.35 < abs(tilt_way) < 3 else 0 / 0")
    beside = {"right": "-38 * sign(way)", "up": -4}
    label(live, ax, "rise {df(w0) * abs(way):.2f}", "w0 - way", f"{seen} - rise / 2", **beside)
    under = {"right": "-40 * sign(way)", "up": "9 * sign(rise) - 4"}
    label(live, ax, "run {abs(way):.2f}", "w0", seen, **under)


def _ground(function):
    """The curve in words, which are true whatever stands on it."""
    return f"The curve {function.label}. {function.outline}"


def _name_start(live, curve, function):
    """Label the first guess of a run: of w it is w₀, but of θ₁ it is not θ₁₀."""
    indexed = function.variable[-1].isdigit()
    name = "start" if indexed else typeset(f"{function.variable}0")
    label(live, curve, name, "w0", "at(height, 0)", right=6 + 5 * len(name))


def _start(w0, function, share):
    """``w0`` if it is in the domain; where none is given, the point at ``share`` of its width."""
    if w0 is None:
        low, high = function.domain
        w0 = round(low + share * (high - low), 12)  # 0.95 of -10 to 10 is 9 and not 8.999…
    return checks.inside("w0", w0, function.domain)


def _widened(domain, times):
    times = checks.positive("widen", times, ": so many domains wide is drawn")
    middle, reach = sum(domain) / 2, times * (domain[1] - domain[0]) / 2
    return middle - reach, middle + reach
