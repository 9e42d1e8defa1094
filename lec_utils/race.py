"""Runs side by side on one map, as a race: by gradient evaluations, or by updates."""

import math

import numpy as np
from matplotlib.ticker import LogLocator

from lec_utils import checks
from lec_utils.datasets import salary_data
from lec_utils.descent import sgd
from lec_utils.formula import literal
from lec_utils.function import guesses_of
from lec_utils.live_figure import LiveFigure
from lec_utils.loss import mse, mse_gradient, with_intercept
from lec_utils.maps import NAMES, PATH_STYLES, draw_contour, surroundings
from lec_utils.pictures import minus
from lec_utils.slopes import at_each
from lec_utils.style import INK, new_axes, styled

RACE = "Who arrives first? Bet, then play."
CLOCKS = {"evaluations": "gradient evaluations", "updates": "updates"}
STOPS = 16  # of a long race's clock
# Where a name stands beside its mark, in shares of the map, so that all are read at the start.
BESIDE = ((0, 0.07, "center"), (0.04, -0.02, "left"), (0, -0.12, "center"), (-0.04, -0.02, "right"))


@styled
def race(runs, loss, *, clock="evaluations", goal=None, names=NAMES, domain=None, caption=RACE):
    """Play ``runs``, four at most, side by side on the map of ``loss``, which takes shape (2,).

    ``runs`` maps a name to a pair: a path, shape (n, 2), and how many gradients had been evaluated
    at each of its guesses, shape (n,), as :func:`sgd` returns both, or how many one update takes.
    All run by the ``clock``, "evaluations" or "updates", until one has no more guesses; bars show
    the other. A run arrives with its first guess of a loss up to ``goal``, unless given 10 % above
    the lowest loss shown. The map has ``names``, and a ``domain``, two pairs, or what surrounds the
    guesses. ValueError for what cannot be meant.

    The clock stops at each whole number up to 16; in a longer race at 16 numbers that grow by an
    equal factor, and where somebody arrives. Guesses between two stops are not drawn.
    """
    if not isinstance(runs, dict):
        raise ValueError(f"runs maps names to pairs, {{name: (path, cost)}}, got {runs!r:.60}.")
    if clock not in CLOCKS or not 1 <= len(runs) <= len(PATH_STYLES):
        told = f'clock "evaluations" or "updates", got {len(runs)} and {clock!r}'
        raise ValueError(f"a race has 1 to {len(PATH_STYLES)} runs and the {told}.")
    checks.callable_("the loss", loss, "`my_loss`")
    tracks = [_track(name, run, clock) for name, run in runs.items()]
    times = _times(min(ticks[-1] for _, ticks, _ in tracks))
    seen = [path[_reached(ticks, times)] for path, ticks, _ in tracks]
    if goal is None:
        lowest = np.nanmin([at_each(loss, path) for path in seen])
        goal = lowest + 0.1 * abs(lowest)
    goal = checks.number("goal", goal)
    arrivals = [_arrival(loss, path, ticks, goal, times[-1]) for path, ticks, _ in tracks]
    times = np.union1d(times, [arrival for arrival in arrivals if arrival < np.inf])
    shown = [(path, meter, _reached(ticks, times)) for path, ticks, meter in tracks]
    columns = [(*path[i].T, meter[i], at_each(loss, path[i])) for path, meter, i in shown]
    axes = new_axes(2, (5.0, 5.2), height_ratios=(5, 2))
    _draw_ground(axes[0], loss, domain, np.concatenate(seen), names)
    return _played(axes, [*map(str, runs)], times, columns, arrivals, clock, goal, caption)


def _track(name, run, clock):
    """The path, the clock at each of its guesses, and what the other clock shows there."""
    if not isinstance(run, tuple | list) or len(run) != 2:
        raise ValueError(f"the run {name} is a pair, (path, cost), got {type(run).__name__}.")
    path, cost = guesses_of(run[0]), np.asarray(run[1], dtype=float)
    updates = np.arange(len(path))
    costs = cost * updates if cost.ndim == 0 else cost
    if path.shape[1:] != (2,) or costs.shape != updates.shape or len(path) < 2:
        shapes = f"{name} has shapes {path.shape} and {cost.shape}"
        raise ValueError(f"a run to race is a path, shape (n, 2), and its cost, (n,): {shapes}.")
    if costs[0] != 0 or not np.all(np.diff(costs) > 0):
        raise ValueError(f"the cost of {name} starts with 0 and grows with each update.")
    return (path, costs, updates) if clock == "evaluations" else (path, updates, costs)


def _times(last):
    """Where the clock stops."""
    if last <= STOPS:
        return np.arange(math.floor(last) + 1.0)
    return np.unique(np.append(0, np.geomspace(1, last, STOPS).round()))


def _reached(ticks, times):
    """Which guess is the latest at each time."""
    return np.searchsorted(ticks, times, side="right") - 1


def _arrival(loss, path, ticks, goal, last):
    """When a run is at its goal for the first time; inf if that is not before the end."""
    for guess, time in zip(path, ticks, strict=True):
        if time > last:
            break
        if at_each(loss, [guess])[0] <= goal:
            return time
    return np.inf


def _draw_ground(ax, loss, domain, places, names):
    """The map, with room for the names beside its places, and a star at the best of them."""
    if domain is None:
        (left, right), up = surroundings(places)
        domain = (left, right + 0.3 * (right - left)), up
    if np.shape(domain) != (2, 2):
        raise ValueError(f"domain is two pairs here, one for each axis, got {domain!r}.")
    draw_contour(loss, *domain, ax, levels=5, names=names)
    for height in ax.texts:
        height.set_visible(False)  # the names of the runs would cover it
    ax.locator_params(nbins=4)
    best = places[np.nanargmin(at_each(loss, places))]
    ax.plot(*best, "*", color=INK, markersize=13)


def _played(axes, names, times, columns, arrivals, clock, goal, caption):
    """The LiveFigure: a mark for each run, with its name, its path and its bar, and words."""
    digits = max(0, 1 - math.floor(math.log10(abs(goal) or 1)))
    said = [_said(i, name, digits, arrivals[i], times, clock) for i, name in enumerate(names)]
    x, y = (f"{numbers[0]:.4g}" for numbers in columns[0][:2])
    alt = f"""A map of the loss with {len(names)} runs from ({minus(x)}, {minus(y)}), and a star at
        the lowest loss seen. After {{at(times, t):.0f}} {clock}, {"; ".join(said)}."""
    faster = "" if times[-1] <= STOPS else " The clock runs faster and faster."
    caption += f" To arrive is to have a loss of {goal:.3g} or less.{faster}"
    live = LiveFigure(axes[0].figure, alt=alt, caption=caption)
    live.array("times", times)
    last, now = len(times) - 1, "{at(times, t):.0f}"
    live.player("t", last, label=CLOCKS[clock], shown=now, rate=4, still=0)
    ends = np.reshape(axes[0].axis(), (2, 2))
    fine = [3 - math.floor(math.log10(high - low)) for low, high in ends]  # decimals that show
    for i, numbers in enumerate(columns):
        kinds = zip(("x", "y", "meter", "loss"), numbers, (*fine, 0, digits), strict=True)
        for name, column, decimals in kinds:
            live.array(f"{name}{i}", np.round(column, decimals))
    other = next(kind for kind in CLOCKS if kind != clock)
    top = max(meter[-1] for _, _, meter, _ in columns)
    _scale_bars(axes[1], len(names), top, f"{CLOCKS[other]} so far")
    for i, name in enumerate(names):
        _draw_run(live, *axes, i, literal(name))
    live.readout("; ".join(said))
    return live


def _scale_bars(ax, many, top, label):
    """Bars for counts up to ``top``: on a logarithmic axis, as one may be 10,000 times another."""
    ax.set(xscale="log", xlim=(0.7, 2 * top), ylim=(0.6 - many, 0.9), yticks=[], xlabel=label)
    ax.xaxis.set_major_locator(LogLocator(numticks=4))
    ax.xaxis.set_major_formatter("{x:g}")
    ax.spines["left"].set_visible(False)


def _said(i, name, digits, arrival, times, clock):
    """The words on one run: its loss, and from its arrival on when that was."""
    stop = np.searchsorted(times, arrival)
    when = f"{arrival:g} {clock[:-1] if arrival == 1 else clock}"
    arrived = f"{{where(t >= {stop}, ', arrived after {when}', '')}}" if arrival < np.inf else ""
    return f"{literal(name)}: loss {{at(loss{i}, t):.{digits}f}}{arrived}"


def _draw_run(live, ground, bars, i, name):
    """A run's path and mark on the map, its name beside it, and its bar with name and number."""
    (color, line, marker), (right, up, side) = PATH_STYLES[i], BESIDE[i]
    live.plot(ground, f"upto(x{i}, t)", f"upto(y{i}, t)", line, color=color, linewidth=2)
    look = {"color": color, "markersize": 14 - 3 * i, "markeredgecolor": "white", "zorder": 5}
    live.plot(ground, f"at(x{i}, t)", f"at(y{i}, t)", marker, **look)
    wide, high = np.ptp(ground.get_xlim()), np.ptp(ground.get_ylim())
    told = {"color": color, "fontsize": 13, "va": "baseline", "in_layout": False}
    place = f"at(x{i}, t) + {right * wide:.2g}", f"at(y{i}, t) + {up * high:.2g}"
    live.write(ground.text(0, 0, "", ha=side, zorder=6, **told), name, *place)
    bar = {"color": color, "linewidth": 6, "solid_capstyle": "butt"}
    live.plot(bars, f"[0.7, at(meter{i}, t)]", f"{-i}", **bar)  # none of 0, which has no logarithm
    live.write(bars.text(0.7, 0.25 - i, "", **told), f"{name}: {{at(meter{i}, t):.0f}}")


def batch_race(X=None, y=None, alphas=None, *, w0=(0.0, 0.0), n_epochs=1, seed=0, **options):
    """The :func:`race` of batch, mini-batch and stochastic descent on a mean squared error.

    ``alphas`` maps each number of rows in a batch to the learning rate of its run, unless given 0.5
    for all rows, 0.5 for 32 and 0.1 for 1. Each goes from ``w0`` through ``n_epochs``, or more, up
    to 30 updates, in an order that ``seed`` fixes. ``X`` has shape (n, 2), ``y`` (n,); without
    data, ŷ = θ₀ + θ₁x are 10,000 salaries in thousands over standardised years of experience.
    ``options`` are those of :func:`race`.
    """
    if X is None:
        years, salaries = salary_data(10_000, np.random.default_rng(0))
        X, y = with_intercept((years - years.mean()) / years.std()), salaries / 1000
    X, y = checks.data(X, y)
    n, runs = len(y), {}
    for size, alpha in (alphas or {n: 0.5, min(32, n): 0.5, 1: 0.1}).items():
        name = {n: "batch", 1: "SGD"}.get(size, f"batches of {size}")
        epochs, rng = max(n_epochs, math.ceil(30 * size / n)), np.random.default_rng(seed)
        runs[name] = sgd(mse_gradient, w0, alpha, epochs, size, rng, X=X, y=y)
    return race(runs, lambda theta: mse(theta, X, y), **options)
