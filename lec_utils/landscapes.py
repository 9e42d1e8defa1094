"""Four landscapes of two parameters, and a race of three rules over all of them."""

from collections import namedtuple

import numpy as np

from lec_utils import checks
from lec_utils.formula import trace_gradient
from lec_utils.live_figure import LiveFigure
from lec_utils.maps import PATH_STYLES, draw_contour
from lec_utils.style import INK, new_axes, styled

RACE = "Bet first: how many of the four does your rule win? Then play, and give each another α."
NEAR = 0.1  # how far from a lowest point a run has arrived, if it stays so near
ALPHAS = (0.01, 3.163)  # how far the sliders reach, by powers of ten from -2 to 0.5
BETA = 0.9
RULES = {"descent": "descend({})", "momentum": f"momentum({{}}, {BETA})", "Adam": "adam({})"}
GLYPHS = "●■▲"
SIZES = (20, 13, 8)  # of the marks: where all are in one place, each is seen around the next
TRIED = np.random.default_rng(0).normal(size=(9, 2))  # where formulas are compared with functions

# A loss and its gradient, which take shape (2,), a start, and all lowest points, shape (k, 2).
Landscape = namedtuple("Landscape", "loss gradient start lowest", defaults=((1.6, 0.8), ((0, 0),)))

# Along (1, 1) it bends 200 times less than across.
VALLEY = np.array([[0.5025, -0.4975], [-0.4975, 0.5025]])


def _saddle(theta):
    x, y = theta
    return x**2 / 2 + 0.005 * (y**2 - 1) ** 2


def _saddle_gradient(theta):
    x, y = theta
    return np.array([x, 0.02 * y * (y**2 - 1)])


def _hollows(theta):
    x, y = theta
    return 0.1 * (x**4 / 4 - x**2 / 2 + 0.12 * x + 0.37341) + y**2 / 2


def _hollows_gradient(theta):
    x, y = theta
    return np.array([0.1 * (x**3 - x + 0.12), y])


# The steepest of each bends by about 1, so that gradient descent may take alpha = 1 on all.
LANDSCAPES = {
    "bowl": Landscape(lambda theta: theta @ theta / 2, lambda theta: theta),
    "valley": Landscape(lambda theta: theta @ VALLEY @ theta / 2, lambda theta: VALLEY @ theta),
    "saddle": Landscape(_saddle, _saddle_gradient, (1.6, 0.02), ((0, 1), (0, -1))),
    "two hollows": Landscape(_hollows, _hollows_gradient, (1.8, 0.4), ((-1.0553, 0),)),
}


@styled
def landscape_race(alphas=(1.0, 1.0, 0.1), *, n=161, caption=RACE):
    """Gradient descent, momentum with β = 0.9 and Adam, from one start on each of the LANDSCAPES.

    All make ``n`` guesses, one gradient evaluation each. ``alphas``, from 0.01 to 3.163, are those
    of the three at first; each has a slider, by powers of ten. A run has arrived when it is within
    0.1 of a lowest point, and stays so near to its end. ValueError or TypeError for an alpha that
    is on no slider, for fewer or more than three of them, and for an ``n`` below 1.
    """
    n = checks.count("n", n, why=": the start is the first guess")
    if np.shape(np.array(alphas, dtype=object)) != (len(RULES),):
        raise ValueError(f"alphas are three, for descent, momentum and Adam, got {alphas!r}.")
    axes = new_axes(2, (6.6, 5.6), ncols=2).ravel()
    live = LiveFigure(axes[0].figure, alt=_alt(n), caption=caption)
    for i, (rule, alpha) in enumerate(zip(RULES, alphas, strict=True)):
        power = np.log10(checks.on_slider(f"α of {rule}", alpha, *ALPHAS))
        shown = {"label": f"{GLYPHS[i]} α of {rule}", "shown": f"{{10 ** alpha{i}:.3f}}"}
        live.slider(f"alpha{i}", -2, 0.5, value=round(power, 1), step=0.1, **shown)
    live.player("t", n - 1, label="evaluations", rate=12, still=min(60, n - 1))
    for place, (ax, (name, landscape)) in enumerate(zip(axes, LANDSCAPES.items(), strict=True)):
        ax.set_title(name, fontsize=17)
        _run(live, f"on{place}", landscape, n)
        _draw(live, ax, f"on{place}", landscape)
    live.readout(_won())
    return live


def _run(live, on, landscape, n):
    """The paths of the three, and when each is where it stays."""
    live.gradient(f"{on}slope", "theta", trace_gradient(landscape.gradient, "theta", TRIED))
    for i, rule in enumerate(RULES.values()):
        path = f"{on}path{i}"
        live.let(path, rule.format(f"{on}slope, {[*landscape.start]}, 10 ** alpha{i}, {n}"))
        away = " and ".join(
            f"(column({path}, 0) - {x}) ** 2 + (column({path}, 1) - {y}) ** 2 > {NEAR**2:.3g}"
            for x, y in landscape.lowest
        )
        # A run that breaks off never arrives.
        live.let(f"{on}at{i}", f"latest({away}) + 1 + {n} * (count({path}) < {n})")


def _draw(live, ax, on, landscape):
    """A map with the three paths so far, their ends, and a stopwatch for each under it."""
    draw_contour(landscape.loss, (-2, 2), (-1.6, 1.6), ax, levels=5, names=("", ""))
    for height in [*ax.texts]:
        height.remove()
    ax.set(xticks=[], yticks=[])
    ax.plot(*np.transpose(landscape.lowest), "*", color=INK, markersize=12, linestyle="")
    for i, (color, line, marker) in enumerate(PATH_STYLES[: len(RULES)]):
        path = f"{on}path{i}"
        so_far = (f"column(upto({path}, t), {axis})" for axis in (0, 1))
        live.plot(ax, *so_far, line, color=color, linewidth=2)
        now = (f"at(at({path}, min(t, count({path}) - 1)), {axis})" for axis in (0, 1))
        look = {"color": color, "markersize": SIZES[i], "markeredgecolor": "white", "zorder": 5}
        live.plot(ax, *now, marker, **look)
        words = f"{GLYPHS[i]} {{min(t, {on}at{i}):.0f}}{{where({on}at{i} <= t, ' ✓', '')}}"
        live.write(ax.text(1.35 * i - 1.95, -1.95, "", color=color, fontsize=17), words)


def _won():
    """The readout: on how many maps each rule has arrived."""
    won = lambda i: " + ".join(f"(on{place}at{i} <= t)" for place in range(len(LANDSCAPES)))
    descent, momentum, adam = (f"{{{won(i)}:.0f}}" for i in range(len(RULES)))
    after = "after {t:.0f} evaluation{where(t == 1, '', 's')},"
    arrived = f"descent has arrived on {descent} of the {len(LANDSCAPES)} maps"
    return f"{after} {arrived}, momentum on {momentum}, Adam on {adam}"


def _told():
    """On each map, how long each rule needed, or that it has not arrived."""
    when = "{{where({0} <= t, 'after', 'not within')}} {{min(t, {0}):.0f}}".format
    runs = lambda place: (f"{rule} {when(f'on{place}at{i}')}" for i, rule in enumerate(RULES))
    return "; ".join(f"{name}: {', '.join(runs(place))}" for place, name in enumerate(LANDSCAPES))


def _alt(n):
    """What is seen on the four maps."""
    return f"""Four maps with level lines, of a bowl, a valley, a saddle and two hollows, with
        stars at their lowest points. On each run three rules from one start, while a clock counts
        gradient evaluations up to {n - 1}: gradient descent with α = {{10 ** alpha0:.3f}} (dots),
        momentum with β = {BETA} and α = {{10 ** alpha1:.3f}} (squares, dashed), and Adam with
        α = {{10 ** alpha2:.3f}} (triangles, dotted). Now, {_won()}: {_told()}."""
