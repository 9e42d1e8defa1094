"""Three figures before and after, for docs/figures.md: as matplotlib draws them, and as we do."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

import lec_utils as lu

BOWL = np.array([[2.0, 1.0], [1.0, 2.0]])


def figures():
    """Name → HTML of each figure; the page includes them as _generated/<name>.html."""
    return {
        f"{name}-{when}": shown.html()
        for name, pair in {"slope": slope(), "map": paths(), "run": run()}.items()
        for when, shown in zip(("before", "after"), pair, strict=True)
    }


def plain(alt):
    """Axes by matplotlib's defaults, and the picture that is made of them afterwards."""
    with mpl.rc_context(mpl.rcParamsDefault):
        ax = Figure(figsize=(6.4, 4.8)).subplots()
    return ax, lu.Picture(ax.figure, alt=alt)


def slope():
    ax, before = plain("The quartic and a tangent with a legend in the middle of the picture.")
    w = np.linspace(-1.5, 1.5, 201)
    ax.plot(w, lu.f(w), label="f")
    ax.plot([-0.25, 1.25], lu.f(0.5) + lu.df(0.5) * np.array([-0.75, 0.75]), label="tangent")
    ax.scatter(0.5, lu.f(0.5), label="w0")
    ax.legend()
    return before, lu.tangent_slider(w0=0.5, caption="Slide the point.")


def loss(theta):
    return theta @ BOWL @ theta / 2


def paths():
    runs = {"α = 0.1": 0.1, "α = 0.6": 0.6}
    starts = ([3.0, -1.0], [-3.0, 2.5])
    runs = {
        name: lu.gradient_descent(lambda theta: BOWL @ theta, start, alpha, 30)
        for (name, alpha), start in zip(runs.items(), starts, strict=True)
    }
    ax, before = plain("Level lines of a bowl in many colours, with two paths and a legend.")
    x = np.linspace(-4, 4, 61)
    ax.contour(x, x, [[loss(np.array([a, b])) for a in x] for b in x], 12)
    for name, path in runs.items():
        ax.plot(*np.transpose(path), label=name)
    ax.legend()
    after = lu.draw_contour(loss, (-4, 4), (-4, 4), lu.new_axes(size=(5.0, 3.8)))
    alt = "The same bowl: darker is lower, lines carry their heights, both paths their names."
    return before, lu.picture(lu.draw_paths(runs, after), alt=alt)


def run():
    path = lu.gradient_descent(lu.df, 1.1, 0.01, 30)
    ax, before = plain("The quartic and the guesses of a run, in a heap near the right valley.")
    w = np.linspace(-1.5, 1.5, 201)
    ax.plot(w, lu.f(w), label="f")
    ax.plot(path, lu.f(np.array(path)), "o", label="guesses")
    ax.legend()
    return before, lu.minimizing_animation(lu.f, 1.1, 0.01, n=30)
