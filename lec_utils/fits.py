"""A model over its data, and under it the landscape of its loss: a hand on either moves both."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from lec_utils import checks
from lec_utils.formula import literal
from lec_utils.function import Function, typeset
from lec_utils.labels import mark_off_map
from lec_utils.live_figure import LiveFigure
from lec_utils.loss import mse, with_intercept
from lec_utils.maps import NAMES, draw_contour
from lec_utils.plots import draw_function, scatter
from lec_utils.scope import nice_step
from lec_utils.style import INK, ORANGE, POINT, RINGS, new_axes, styled

FIT = "Drag an end of the line, or the point on the loss; then play: how do both move?"
PROBABILITY = "Drag an end of the curve, or the point on the loss; then play: how do both move?"
GHOST = {"color": ORANGE, "linewidth": 1, "alpha": 0.6}  # the look of what is to come
DOTS = 250  # at most, of larger data
ROWS = 1000  # at most for a log-loss, which needs them all in the browser


class Model(NamedTuple):
    """What is fitted to x, and how formulas say it."""

    kind: str  # of curve
    title: str  # of the loss
    loss: Callable  # of theta
    lowest: np.ndarray  # the best theta
    bend: np.ndarray  # the Hessian there
    height: str = "{}"  # of the curve, a template for a formula of z = b + m x
    z: str = "py"  # and z at a height


@styled
def fit_slider(
    x, y, x_label=None, y_label=None, *, w0=None, alpha=None, n=51, intercept=True,
    standardise=False, caption=FIT,
):  # fmt: skip
    """The line ŷ = θ₀ + θ₁x over the data, and its point on the map of the mean squared error.

    ``x`` and ``y`` have shape (n,), such as two columns of a table. A run of gradient descent,
    ``n`` guesses, starts at ``w0``, the zeros unless given, where a hand can move line and point.
    Without ``intercept`` the line is ŷ = θ₁x, and its loss a curve. ``standardise`` gives x the
    mean 0 and the standard deviation 1 (to four decimals). ``alpha`` slides a little beyond 2/L,
    from where a run diverges, and begins at 1.5/L. ValueError for data without a best line.
    """
    x, y, labels = _columns(x, y, (x_label, y_label), standardise)
    X = with_intercept(x) if intercept else x[:, np.newaxis]
    lowest, bend = np.linalg.lstsq(X, y)[0], X.T @ X * (2 / len(y))
    best = mse(lowest, X, y)
    loss = lambda theta: best + (theta - lowest) @ bend @ (theta - lowest) / 2
    model = Model("line", "mean squared error", loss, lowest, bend)
    live = _stage(model, x, y, labels, w0, caption)
    live.array("lowest", lowest)
    live.array("bend", bend)
    live.array("best", best)
    live.gradient("gradient", "theta", "dot(bend, theta - lowest)")
    live.gradient("loss", "theta", "best + dot(theta - lowest, gradient(theta)) / 2")
    return _run(live, model, x, labels, alpha, n)


@styled
def probability_slider(
    x, labels, x_label=None, y_label=None, *, w0=None, alpha=None, n=51, standardise=True,
    caption=PROBABILITY,
):  # fmt: skip
    """The curve of probability σ(θ₀ + θ₁x) over ``labels``, 0 or 1, and its log-loss as a map.

    The loss is the mean of log(1 + e^z) − yz with z = θ₀ + θ₁x, where y is the label of x. All else
    is as in :func:`fit_slider`, but for x, which is standardised unless told otherwise: a run over
    plain x hardly moves. ValueError for labels that a step of x tells apart, as curves get better
    for ever the steeper they are, and for more than 1000 rows.
    """
    x, y, names = _columns(x, labels, (x_label, y_label), standardise)
    _check_labels(x, y)
    model, X = _logistic(x, y), with_intercept(x)
    live = _stage(model, x, y, names, w0, caption)
    live.array("xs", x)
    live.array("sums", X.T @ y / len(y))
    live.let("ones", "0 * xs + 1")
    z = "at(theta, 0) + at(theta, 1) * xs"
    live.gradient("chance", "theta", f"1 / (1 + exp(-({z})))")
    live.gradient("average", "p", f"[dot(ones, p), dot(xs, p)] / {len(y)}")
    live.gradient("gradient", "theta", "average(chance(theta)) - sums")
    mean = f"dot(ones, logaddexp(0, {z})) / {len(y)}"
    live.gradient("loss", "theta", f"{mean} - dot(theta, sums)")
    return _run(live, model, x, names, alpha, n)


def _logistic(x, y):
    """The Model of a log-loss, whose lowest point no formula gives."""
    X = with_intercept(x)
    loss = lambda theta: np.mean(np.logaddexp(0, X @ theta) - y * (X @ theta))
    chance = lambda theta: 1 / (1 + np.exp(-X @ theta))
    slope = lambda theta: X.T @ (chance(theta) - y) / len(y)
    bend = lambda theta: X.T * (chance(theta) * (1 - chance(theta))) @ X / len(y)
    lowest = np.zeros(2)
    for _ in range(50):  # Newton's steps, each halved until it goes down
        step = np.linalg.solve(bend(lowest), slope(lowest))
        while loss(lowest - step) > loss(lowest):
            step /= 2
        lowest = lowest - step
    height, inside = "1 / (1 + exp(-({})))", "min(max(py, 0.01), 0.99)"
    z = f"log({inside} / (1 - {inside}))"
    return Model("curve", "log-loss", loss, lowest, bend(lowest), height, z)


def _columns(x, y, labels, standardise):
    """The columns as floats, with what to write at their axes; ValueError for no data to fit."""
    names = [given or getattr(one, "name", None) for given, one in zip(labels, (x, y), strict=True)]
    labels = [str(name or plain) for name, plain in zip(names, "xy", strict=True)]
    for name, column in zip("xy", (x, y), strict=True):
        values = np.asarray(column)
        if values.dtype.kind in "mM":
            how = "count the days from the first one instead"
            raise ValueError(f"{name} holds dates, and only numbers can be drawn: {how}.")
        if values.dtype.kind in "SUO" and any(isinstance(v, str) for v in values.ravel()):
            how = 'to tell two kinds apart compare them, as in (tips["time"] == "Dinner")'
            raise ValueError(f"{name} holds texts, and only numbers can be drawn: {how}.")
    if np.ndim(x) != 1:
        raise ValueError(f"x must be one column, shape (n,), got shape {np.shape(x)}.")
    x, y = checks.data(x, y)
    if len(x) < 2:
        raise ValueError(f"a line needs two rows at least, got {len(x)}.")
    if np.ptp(x) == 0:
        raise ValueError(f"all x are {x[0]:g}: to tell a slope, x has to differ between rows.")
    if standardise:
        # To four decimals, which is as much as a page needs to carry.
        return np.round((x - x.mean()) / x.std(), 4), y, [f"{labels[0]}, standardised", labels[1]]
    return x, y, labels


def _check_labels(x, y):
    """ValueError for labels that are not 0 and 1, that a step tells apart, or that are too many."""
    if wrong := set(np.unique(y)) - {0.0, 1.0}:
        raise ValueError(f"labels are 0 or 1, got {min(wrong):g}: write them so, or compare.")
    if len(np.unique(y)) < 2:
        raise ValueError(f"all labels are {y[0]:g}: a curve between two kinds needs both.")
    if len(y) > ROWS:
        raise ValueError(f"{len(y)} rows are too many here: take a sample of {ROWS} at most.")
    first, second = x[y == 0], x[y == 1]
    if first.max() <= second.min() or second.max() <= first.min():
        told = "x tells the labels apart without a mistake, so a steeper curve is always better"
        raise ValueError(f"{told} and none is best: take data that overlap.")


def _frame(values):
    """The ends of what is shown of data, with 0 where it is near."""
    low, high = values.min(), values.max()
    wide = (high - low) or abs(high) or 1.0
    return (0.0 if 0 < low <= wide else low), (0.0 if -wide <= high < 0 else high)


def _stage(model, x, y, labels, w0, caption):
    """The two pictures without what moves, and sliders for the start."""
    d = len(model.lowest)
    start = np.atleast_1d(checks.starting_point(np.zeros(d) if w0 is None else w0))
    if start.shape != (d,):
        raise ValueError(f"w0 has {d} number(s) here, one for each parameter, got {w0!r}.")
    above, below = new_axes(2, (5.0, 4.8))
    _draw_data(above, x, y, labels, model.kind)
    reach = np.sqrt(4 * (model.loss(start) - model.loss(model.lowest)) / np.diag(model.bend))
    reach = np.maximum(reach, 1.25 * np.abs(start - model.lowest))
    reach = np.where(reach > 0, reach, np.maximum(1.0, np.abs(start)))
    steps = np.array([[nice_step(2 * one)] for one in reach])
    ends = np.transpose([model.lowest - reach, model.lowest + reach])
    ends = [[float(f"{end:.12g}") for end in both] for both in np.round(ends / steps) * steps]
    live = LiveFigure(above.figure, alt="told below", caption=caption)
    for name, both, step, value in zip(_names(d), ends, steps[:, 0], start, strict=True):
        live.slider(name, *both, value=value, step=step, label=typeset(name))
    _draw_loss(below, model, ends)
    return live


def _names(d):
    """Of the sliders for a start."""
    return ("theta0", "theta1")[-d:]


def _draw_data(ax, x, y, labels, kind):
    """Dots, those of labels a little up or down, and room for a line around them."""
    few = np.linspace(0, len(x) - 1, min(len(x), DOTS)).astype(int)
    few = few[np.argsort(x[few])]
    spread = 0.1 * (np.arange(len(few)) * 0.618 % 1 - 0.5) if kind == "curve" else 0.0
    scatter(x[few], y[few] + spread, ax)
    (left, right), (bottom, top) = _frame(x), _frame(y)
    across, up = 0.03 * (right - left), 0.08 * (top - bottom)
    ax.set(xlim=(left - across, right + across), ylim=(bottom - up, top + up))
    ax.set(xlabel=labels[0], ylabel=labels[1])
    ax.locator_params(nbins=5)
    if kind == "curve":
        ax.set(ylim=(bottom - up, top + 4 * up), yticks=(0, 0.5, 1))  # with room for a flag


def _draw_loss(ax, model, ends):
    """The map of a loss of two parameters, the curve of one, and a star where it is lowest."""
    if len(ends) == 2:
        draw_contour(model.loss, *ends, ax, levels=7, names=NAMES)
        ax.set_title(model.title, loc="left")
        ax.plot(*model.lowest, "*", color=INK, markersize=13)
    else:
        loss = lambda theta: model.loss(np.array([theta]))
        draw_function(Function(loss, domain=ends[0], variable="theta1", label=model.title), ax)
        ax.set_ylim(ax.get_ylim())
    ax.locator_params(nbins=5)


def _run(live, model, x, labels, alpha, n):
    """The run from the start, what it moves, and the words."""
    (above, below), starts = live.figure.axes, _names(len(model.lowest))
    limit = 2 / np.linalg.eigvalsh(model.bend)[-1]
    step = nice_step(1.1 * limit)
    share = 0.75 if model.kind == "line" else 0.4  # as a log-loss may bend more elsewhere
    alpha = round(share * limit / step) * step if alpha is None else checks.positive_step(alpha)
    live.slider("alpha", step, 1.1 * limit, value=alpha, step=step, label="α")
    n = checks.count("n", n, why=": the start is the first guess")
    live.player("t", n - 1, label="update", restarts=starts)
    live.let("path", f"descend(gradient, [{', '.join(starts)}], alpha, {n})")
    live.let("run", "upto(path, t)")
    live.let("b", "at(at(run, -1), 0)" if len(starts) == 2 else "0")
    live.let("m", "at(at(run, -1), -1)")
    live.let("height", "loss(at(run, -1))")
    _move_model(live, above, model, x, starts)
    _move_point(live, below, starts)
    _tell(live, model, len(x), labels, limit)
    return live


def _move_model(live, ax, model, x, starts):
    """The curve over the data, with a handle for the slope, and one for the intercept."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    pieces = 1 if model.kind == "line" else 40
    live.array("pieces", range(pieces + 1))
    live.let("across", f"{left} + {(right - left) / pieces} * pieces")
    height = lambda x: model.height.format(f"b + m * {x}")
    live.seen = [live.plot(ax, "across", height("across"), color=ORANGE, linewidth=3)]
    near, far = sorted(_frame(x), key=abs)
    handles = {far: f"[b, ({model.z} - b) / {far}]", near: f"[{model.z} - m * {near}, m]"}
    if len(starts) == 1:
        handles = {far: f"{model.z} / {far}"}
    live.let("edges", str([*map(float, handles)]))
    live.let("heights", f"min(max({height('edges')}, {low}), {high})")
    live.plot(ax, "edges", "heights", **POINT)
    for i, by in enumerate(handles.values()):
        live.drag(*starts, x=f"at(edges, {i})", y=f"at(heights, {i})", by=by, ax=ax)


def _move_point(live, ax, starts):
    """The run on the landscape up to now, and its last guess to take hold of."""
    flat = len(starts) == 2
    away = "(column({0}, 0) - at(lowest, 0))"
    height = "column({0}, 1)" if flat else f"best + {away}**2 * at(at(bend, 0), 0) / 2"
    # All of the run is seen faintly, so that a slide of alpha shows before the first update.
    for guesses, look in (("path", GHOST), ("run", RINGS | {"linestyle": "-"})):
        live.plot(ax, f"column({guesses}, 0)", height.format(guesses), **look)
    place = ("b", "m") if flat else ("m", "height")
    live.plot(ax, *place, **POINT | {"markersize": 11})
    mark_off_map(live, ax, *place)
    live.drag(*starts, x=place[0], y=place[1], ax=ax)


def _tell(live, model, rows, labels, limit):
    """The readout, and the alt text: both say where the run is now."""
    below, d = live.figure.axes[1], len(model.lowest)
    symbols, best = NAMES[-d:], model.loss(model.lowest)
    wide = [np.ptp(below.get_xlim()), np.ptp(below.get_ylim())][:d]
    digits = [*_digits(wide), *_digits([best or model.loss(0 * model.lowest) or 1.0])]
    names = [*"bm"[-d:], "height"]
    told = [f"{{{name}:.{some}f}}" for name, some in zip(names, digits, strict=True)]
    here = ", ".join(map("{} = {}".format, symbols, told))
    lowest = ", ".join(map("{} = {:.4g}".format, symbols, model.lowest))
    live.readout(f"{here}, {model.title} {told[-1]} (best: {best:.{digits[-1]}f})")
    dots = f"{DOTS} dots for {rows} rows" if rows > DOTS else f"{rows} dots"
    ground = "map, with level lines," if d == 2 else "curve"
    live.describe(
        f"""Above, {dots} of {literal(labels[1])} over {literal(labels[0])}, and a {model.kind} that
        {{where(m > 0, 'rises', where(m < 0, 'falls', 'is level'))}}. Below, the {ground} of the
        {model.title}, lowest at {lowest}, with a point for the {model.kind} at {here}, after
        {{t:.0f}} updates of gradient descent at α = {{alpha:.{_digits([limit])[0]}f}};
        its loss there is {told[-1]}."""
    )


def _digits(scales):
    """How many decimals tell numbers of these sizes apart."""
    return np.clip(np.ceil(3 - np.log10(scales)), 0, 12).astype(int).tolist()
