"""Four landscapes of two parameters, and a race of three rules over all of them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from lec_utils import checks
from lec_utils.formula import trace_gradient
from lec_utils.live_figure import LiveFigure
from lec_utils.maps import PATH_STYLES, draw_contour
from lec_utils.style import INK, new_axes, styled

RACE = "Bet first: how many of the four does your rule win? Then play, and give each another α."
NEAR = 0.1  # how far from a lowest point a run has arrived, if it stays so near
ALPHAS = (-2, 0.5)  # of the sliders, as powers of ten
BETA = 0.9
RULES = {
    "descent": "descend({slope}, {start}, 10 ** {alpha}, {n})",
    "momentum": f"momentum({{slope}}, {{start}}, 10 ** {{alpha}}, {{n}}, {BETA})",
    "Adam": "adam({slope}, {start}, 10 ** {alpha}, {n})",
}
GLYPHS = "●■▲"
TRIED = np.random.default_rng(0).normal(size=(9, 2))  # where formulas are compared with functions


class Landscape(NamedTuple):
    """A loss and its gradient, which take shape (2,), a start, and all lowest points, (k, 2)."""

    loss: Callable
    gradient: Callable
    start: tuple
    lowest: tuple


def _bowl(theta):
    return theta @ theta / 2


def _bowl_gradient(theta):
    return theta


# Along (1, 1) it bends 200 times less than across.
VALLEY = np.array([[0.5025, -0.4975], [-0.4975, 0.5025]])


def _valley(theta):
    return theta @ VALLEY @ theta / 2


def _valley_gradient(theta):
    return VALLEY @ theta


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
    "bowl": Landscape(_bowl, _bowl_gradient, (1.6, 0.8), ((0, 0),)),
    "valley": Landscape(_valley, _valley_gradient, (1.6, 0.8), ((0, 0),)),
    "saddle": Landscape(_saddle, _saddle_gradient, (1.6, 0.02), ((0, 1), (0, -1))),
    "two hollows": Landscape(_hollows, _hollows_gradient, (1.8, 0.4), ((-1.0553, 0),)),
}


@styled
def landscape_race(alphas=(1.0, 1.0, 0.1), *, n=161, caption=RACE):
    """Gradient descent, momentum with β = 0.9 and Adam, from one start on each of the LANDSCAPES.

    All make ``n`` guesses, one gradient evaluation each. ``alphas``, from 0.01 to 3, are those of
    the three at first; each has a slider, by powers of ten. A run has arrived when it is within 0.1
    of a lowest point, and stays so near to its end.
    """
    n = checks.count("n", n, why=": the start is the first guess")
    if np.shape(alphas) != (len(RULES),):
        raise ValueError(f"alphas are three numbers, for {', '.join(RULES)}, got {alphas!r}.")
    axes = new_axes(2, (6.6, 5.6), ncols=2).ravel()
    live = LiveFigure(axes[0].figure, alt=_alt(n), caption=caption)
    for i, (rule, alpha) in enumerate(zip(RULES, alphas, strict=True)):
        power = np.clip(np.log10(checks.positive_step(alpha)), *ALPHAS)
        shown = {"label": f"{GLYPHS[i]} α of {rule}", "shown": f"{{10 ** alpha{i}:.3f}}"}
        live.slider(f"alpha{i}", *ALPHAS, value=round(power, 1), step=0.1, **shown)
    live.player("t", n - 1, label="evaluations", rate=12, still=min(60, n - 1))
    for place, (ax, name) in enumerate(zip(axes, LANDSCAPES, strict=True)):
        _run(live, f"on{place}", LANDSCAPES[name], n)
        _draw(live, ax, f"on{place}", name)
    live.readout(_won())
    return live


def _run(live, on, landscape, n):
    """The paths of the three, and when each is where it stays."""
    live.gradient(f"{on}slope", "theta", trace_gradient(landscape.gradient, "theta", TRIED))
    for i, rule in enumerate(RULES.values()):
        given = {"slope": f"{on}slope", "start": [*landscape.start], "alpha": f"alpha{i}", "n": n}
        path = f"{on}path{i}"
        live.let(path, rule.format(**given))
        live.let(f"{on}x{i}", f"column({path}, 0)")
        live.let(f"{on}y{i}", f"column({path}, 1)")
        away = [
            f"({on}x{i} - {x}) ** 2 + ({on}y{i} - {y}) ** 2 > {NEAR**2:.3g}"
            for x, y in landscape.lowest
        ]
        # A run that breaks off never arrives.
        live.let(f"{on}at{i}", f"latest({' and '.join(away)}) + 1 + {n} * (count({path}) < {n})")


def _draw(live, ax, on, name):
    """A map with the three paths so far, their ends, and a stopwatch for each under it."""
    landscape = LANDSCAPES[name]
    draw_contour(landscape.loss, (-2, 2), (-1.6, 1.6), ax, levels=5)
    for height in [*ax.texts]:
        height.remove()
    ax.set(ylabel="", xticks=[], yticks=[])
    ax.set_xlabel(" ", fontsize=20)  # room for the stopwatches
    ax.set_title(name, fontsize=17)
    ax.plot(*np.transpose(landscape.lowest), "*", color=INK, markersize=12, linestyle="")
    for i, (color, line, marker) in enumerate(PATH_STYLES[: len(RULES)]):
        places = f"{on}x{i}", f"{on}y{i}"
        live.plot(ax, *(f"upto({all_}, t)" for all_ in places), line, color=color, linewidth=2)
        look = {"color": color, "markersize": 11 - 2 * i, "markeredgecolor": "white", "zorder": 5}
        now = f"min(t, count({places[0]}) - 1)"
        live.plot(ax, *(f"at({all_}, {now})" for all_ in places), marker, **look)
        text = ax.text(0, 0, "", color=color, fontsize=17, va="baseline")
        words = f"{GLYPHS[i]} {{min(t, {on}at{i}):.0f}}{{where({on}at{i} <= t, ' ✓', '')}}"
        live.write(text, words, f"{-1.95 + 1.35 * i}", "-1.95")


def _won():
    """The readout: on how many landscapes each rule has arrived."""
    many, won = len(LANDSCAPES), []
    for i, rule in enumerate(RULES):
        arrived = " + ".join(f"(on{place}at{i} <= t)" for place in range(many))
        won.append(f"{rule} on {{{arrived}:.0f}}")
    told = f"after {{t:.0f}} evaluations, of {many} landscapes, have arrived:"
    return f"{told} {', '.join(won)}"


def _told():
    """On each landscape, how long each rule needed, or that it is on its way."""
    said = []
    for place, name in enumerate(LANDSCAPES):
        runs = [
            f"{rule} {{where(on{place}at{i} <= t, 'arrived after ', 'not in ')}}"
            f"{{min(t, on{place}at{i}):.0f}}"
            for i, rule in enumerate(RULES)
        ]
        said.append(f"{name}: {', '.join(runs)}")
    return "; ".join(said)


def _alt(n):
    """What is seen on the four maps."""
    return f"""Four maps with level lines, of a bowl, a valley, a saddle and two hollows, with
        stars at their lowest points. On each run three rules from one start, of at most {n - 1}
        gradient evaluations: gradient descent with α = {{10 ** alpha0:.3f}} (dots), momentum with
        β = {BETA} and α = {{10 ** alpha1:.3f}} (squares, dashed), and Adam with
        α = {{10 ** alpha2:.3f}} (triangles, dotted). After {{t:.0f}} evaluations: {_told()}."""
