"""Live figures of a loss of two parameters: a bowl to descend in, and a surface to turn."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from lec_utils import checks
from lec_utils.formula import literal
from lec_utils.labels import mark_off_map
from lec_utils.live_figure import LiveFigure
from lec_utils.maps import NAMES, check_names, draw_contour, on_grid
from lec_utils.mesh import Mesh
from lec_utils.pictures import minus
from lec_utils.scope import nice_step
from lec_utils.slopes import at_each
from lec_utils.style import INK, ORANGE, POINT, new_axes, styled

BOWL = "Drag the start over the map, or slide it: where does the path turn?"
SURFACE = "Turn it and tilt it: where is the valley, and how steep are its sides?"
RUN = "Click on the map, or drag the start: where does the run from there end?"
FACETS, HALF = 20, 10  # along each side of a surface, and from its middle
# What the alt text tells of the marks on a surface and on its map.
DOT = """ A dot marks the lowest crossing{where(at(low_hidden, 0) > 0,
    ', and is hollow where the surface hides it', '')}."""
GUESSES = """ On it, dotted where the surface hides it, and on a map with level lines beside it a
    path of {count(xs):.0f} guesses of gradient descent goes at α = {alpha:.4f} from
    ({x:.4f}, {y:.4f}) to ({at(xs, -1):.4f}, {at(ys, -1):.4f})."""
DEGREES = (1, 2, 3, 4, 6, 8, 12, 16, 20)  # of the polynomials tried for a loss and its gradient
CLOSE = 1e-4  # how near they have to come, as a share of the largest value
# The looks of a path and of a point, and what is different where the surface hides them.
LINE = {"color": ORANGE, "linewidth": 1.6, "marker": "o", "markersize": 4}
ON_PATH = LINE, {"linestyle": ":", "marker": ""}
ON_POINT = POINT, {"markerfacecolor": "none"}


@styled
def bowl_slider(
    hessian, lowest, w0, alpha, *, n=50, beta=None, reach=None, highest=None, names=NAMES,
    caption=BOWL,
):  # fmt: skip
    """A quadratic bowl from above, with ``n`` guesses of gradient descent from a start to drag.

    The bowl is ½ (θ − lowest)ᵀ hessian (θ − lowest); for the mean squared error of a linear model
    the Hessian, of shape (2, 2), is (2/n) XᵀX, and ``lowest`` that of ``np.linalg.lstsq``. Shape
    (2,) have ``lowest``, ``w0`` and ``reach``, half the width and height of the map. ``alpha``
    slides up to ``highest``, 2.2 / largest eigenvalue unless given. With ``beta``, from 0 to 0.99,
    there is a slider for it, 1.9 times the room for alpha, and the run is that of :func:`momentum`.
    ValueError for no bowl.
    """
    hessian, (smallest, largest) = _bending(hessian)
    lowest, w0 = checks.starting_point(lowest, "lowest"), checks.starting_point(w0)
    if lowest.shape != (2,) or w0.shape != (2,):
        shapes = f"got shapes {lowest.shape} and {w0.shape}"
        raise ValueError(f"lowest and w0 are places on a map, two numbers each, {shapes}.")
    n = checks.count("n", n, why=": the start is the first guess")
    reach = 1.25 * np.abs(w0 - lowest).max() or 1.0 if reach is None else _reach(reach)
    limits = np.transpose([lowest - reach, lowest + reach]).tolist()
    bowl = lambda theta: (theta - lowest) @ hessian @ (theta - lowest) / 2
    ax = draw_contour(bowl, *limits, new_axes(size=(5.0, 3.8)), names=names)
    x, y = map(literal, names)
    end = f"after {{count(xs) - 1:.0f}} updates: {x} = {{at(xs, -1):.4f}}, {y} = {{at(ys, -1):.4f}}"
    method = "gradient descent" if beta is None else "momentum with β = {beta:.2f}"
    alt = f"""Level lines of a quadratic bowl, {np.sqrt(largest / smallest):.3g} times as long as
        wide, with a star at its lowest point, ({lowest[0]:.3g}, {lowest[1]:.3g}), and the path of
        {n} guesses of {method} from ({{x:.2f}}, {{y:.2f}}) at α = {{alpha:.4f}};
        {end}."""
    live = LiveFigure(ax.figure, alt=alt, caption=caption)
    for name, label, ends, value in zip("xy", names, limits, w0, strict=True):
        live.slider(name, *ends, value=value, step=nice_step(ends[1] - ends[0]), label=label)
    _add_knobs(live, alpha, beta, highest, largest)
    _draw_descent(live, ax, hessian, lowest, n)
    live.readout(end)
    return live


def _add_knobs(live, alpha, beta, highest, largest):
    """The slider of alpha, a little beyond 2 (1 + beta) / L, and that of beta, or else 0."""
    usual = 2.2 * (1 if beta is None else 1.9) / largest
    highest = checks.positive("highest", usual if highest is None else highest)
    step = nice_step(highest)
    live.slider("alpha", step, highest, value=alpha, step=step, label="α")
    live.let("beta", "0") if beta is None else live.slider("beta", 0, 0.99, value=beta, label="β")


def _bending(hessian):
    """The Hessian as an array, and its two eigenvalues; ValueError when it makes no bowl."""
    try:
        bending = np.array(hessian, dtype=float)
    except (TypeError, ValueError):
        bending = np.empty(0)
    if bending.shape != (2, 2) or not np.allclose(bending, bending.T):
        given = bending.tolist() if bending.size else repr(hessian)
        raise ValueError(f"hessian must be symmetric, of shape (2, 2), got {given}.")
    hessian = bending
    eigenvalues = np.linalg.eigvalsh(hessian)
    if eigenvalues[0] <= 0:
        raise ValueError(f"a bowl bends upwards everywhere, but its eigenvalues are {eigenvalues}.")
    return hessian, eigenvalues


def _reach(given):
    """How far a map reaches from its middle: a number, or one for each side; else ValueError."""
    reach = np.asarray(given, dtype=object)
    if reach.shape not in ((), (2,)):
        raise ValueError(f"reach is one number, or two for width and height, got {given!r}.")
    why = ": it is half the map's width"
    return np.array([checks.positive("reach", one, why) for one in reach.ravel()])


def _draw_descent(live, ax, hessian, lowest, n):
    """A star at the lowest point, the path, and its start to drag."""
    live.array("hessian", hessian)
    live.array("lowest", lowest)
    live.gradient("gradient", "theta", "dot(hessian, theta - lowest)")
    live.let("path", f"momentum(gradient, [x, y], alpha, {n}, beta)")
    live.let("xs", "column(path, 0)")
    live.let("ys", "column(path, 1)")
    ax.plot(*lowest, "*", color=INK, markersize=13)
    live.plot(ax, "xs", "ys", "o-", color=ORANGE, markersize=4, linewidth=1.4)
    live.plot(ax, "x", "y", **POINT | {"markersize": 10})
    mark_off_map(live, ax, "at(xs, -1)", "at(ys, -1)")
    live.drag("x", "y")


@styled
def surface_slider(
    loss, xlim, ylim, *, gradient=None, w0=None, alpha=None, n=50, names=(*NAMES, "loss"),
    caption=None,
):  # fmt: skip
    """The shaded surface of a ``loss`` of two parameters, to turn and to tilt.

    With its ``gradient`` and an ``alpha``, ``n`` guesses of gradient descent run on it from ``w0``,
    shape (2,) or the middle, and on its map, where a click sets the start. A run ends where it
    leaves the map. The browser knows loss and gradient as polynomials of degree 20 at most: exactly
    if they are some, else to 1e-7 of their largest values; ValueError beyond 1e-4.
    """
    # plotly would bring megabytes into every page, and Axes3D needs a kernel to turn.
    check_names(names, 3)
    if gradient is None and (w0 is not None or alpha is not None):
        raise ValueError("w0 and alpha are those of a run, which needs the gradient of the loss.")
    xs, ys = (np.linspace(*checks.interval(limits), FACETS + 1) for limits in (xlim, ylim))
    heights = on_grid(loss, xs, ys)
    if gradient is not None:
        checks.callable_("the gradient", gradient, "`my_gradient`")
    alt = _outline(xs, ys, heights, names) + (DOT if gradient is None else GUESSES)
    figure = _axes(gradient is not None).figure
    live = LiveFigure(figure, alt=alt, caption=caption or (RUN if gradient else SURFACE))
    _draw_surface(live, heights, names)
    if gradient is not None:
        _name_run(live, loss, gradient, (xs, ys), w0, alpha, n, names)
        _draw_run(live, loss, (xs, ys), n, names)
        return live
    row, column = _lowest(heights)
    _draw_on(live, "low", f"{column - HALF}", f"{row - HALF}", *ON_POINT)
    x, y, z = map(literal, names)
    spot = f"{x} = {xs[column]:.3g}, {y} = {ys[row]:.3g}, {z} = {heights[row, column]:.3g}"
    live.readout(minus(f"lowest crossing: {spot}"))
    return live


def _axes(with_map):
    """The Axes of a surface, and beside it that of its map if there is one."""
    size, ratios = ((6.6, 3.5), (9, 7)) if with_map else ((5.0, 3.9), (1,))
    ax = np.ravel(new_axes(1, size, ncols=len(ratios), width_ratios=ratios))[0]
    ax.set(xlim=(-19, 14.5), ylim=(-14.5, 14.5), aspect="equal")  # with room for the heights
    ax.axis("off")
    ax.figure.set_dpi(100)  # of the image of its facets
    return ax


def _lowest(heights):
    """The row and the column of the lowest crossing."""
    return np.unravel_index(np.nanargmin(heights), heights.shape)


def _outline(xs, ys, heights, names):
    """The alt text: the shape in numbers, and how the surface is turned."""
    (row, column), (x, y, z) = _lowest(heights), map(literal, names)
    told = lambda *some: " and ".join("no height" if np.isnan(h) else f"{h:.3g}" for h in some)
    return f"""A shaded surface: the {z} over {x} from {xs[0]:g} to {xs[-1]:g} and {y} from
        {ys[0]:g} to {ys[-1]:g}, rising to {np.nanmax(heights):.3g}; its lowest crossing is
        {heights[row, column]:.3g} high. From there along {x} the edges are
        {told(heights[row, 0], heights[row, -1])} high, along {y}
        {told(heights[0, column], heights[-1, column])}; of the corners, at the lowest {y}
        {told(heights[0, 0], heights[0, -1])}, at the highest
        {told(heights[-1, 0], heights[-1, -1])}. It is turned by {{turn:.0f}}° and seen from
        {{tilt:.0f}}° above the ground."""


def _draw_surface(live, heights, names):
    """The facets, two sliders and a drag that turn them, and the names of the ground's directions.

    Places are told in facets from the middle, heights in hundredths of a facet.
    """
    for name, low, high, value in (("turn", -180, 180, -50), ("tilt", 5, 90, 40)):
        live.slider(name, low, high, value=value, step=1, shown=f"{{{name}:.0f}}°")
    live.drag("turn", "tilt", x="0", y="0", rate=(9, -6))  # degrees for the width of a facet
    for name, way in (("right", "cos(turn"), ("back", "sin(turn"), ("up", "sin(tilt")):
        live.let(name, f"{way} * {np.pi / 180})")  # the direction to the eye; right² + back² = 1
    live.let("level", "sqrt(1 - up * up)")
    top, bottom = np.nanmax(heights), min(np.nanmin(heights), 0.0)  # of the surface, of the ground
    shown, side = (heights - bottom) / ((top - bottom) or 1.0), np.arange(-HALF, HALF + 1)
    for name, values in (("columns", side), ("rows", side[:, None])):
        live.array(name, values)
    live.array("heights", np.rint(100 * HALF * shown))
    live.array("ways", np.arange(1, 3 * FACETS)[:, None])  # along a ray, in halves of a facet
    ax = live.figure.axes[0]
    mesh = ax.add_collection(Mesh(shown))
    live.mesh(mesh, *_seen("columns", "rows", "heights"), "[right, back, up]")
    near = [f"where({way} < 0, {-HALF - 2}, {HALF + 2})" for way in ("right", "back")]
    for name, *place in ((names[0], "0", near[1]), (names[1], near[0], "0")):
        text = ax.text(0, 0, name, ha="center", va="baseline", fontsize=15)
        live.write(text, literal(name), *_seen(*place, "-150"))
    _draw_scale(live, bottom, top, names[2])


def _draw_scale(live, bottom, top, name):
    """An axis of heights at the corner that is seen furthest to the left, but not from above."""
    corner = f"where(back < 0, {-HALF}, {HALF})", f"where(right < 0, {HALF}, {-HALF})"
    for axis, place in zip(("edge", "foot"), _seen(*corner, "0"), strict=True):
        live.let(axis, place)
    live.let("side", "0 / 0 if level < 0.45 else edge - 0.6")
    low, unit = bottom, HALF / ((top - bottom) or 1.0)
    ticks = [tick for tick in MaxNLocator(2).tick_values(low, top) if low <= tick <= top]
    heights = [float(f"{(tick - low) * unit:.4g}") for tick in ticks]
    ax, ends = live.figure.axes[0], [0, *heights, HALF]
    line = f"edge + {[0] * len(ends)}", f"foot + {ends} * level"
    live.plot(ax, *line, "-_", color=INK, linewidth=1.2)
    words = [(f"{tick:g}", "right", "side", -0.6) for tick in ticks]
    words += [(name, "left", "side - 2.8", 1.5)]
    for (told, end, place, up), height in zip(words, ends[1:], strict=True):
        text = ax.text(0, 0, "", ha=end, va="baseline", fontsize=15)
        live.write(text, literal(minus(told)), place, f"foot + {height} * level + {up}")


def _seen(u, v, height):
    """Two formulas for where a place is seen, turned and tilted."""
    above = f"({height} / 100 - {HALF / 2}) * level - ({u} * right + {v} * back) * up"
    return f"{v} * right - {u} * back", above


def _draw_on(live, name, u, v, look, hidden):
    """A mark on the surface through places at formulas; where it is hidden, dotted or hollow."""
    live.let(f"{name}_u", u)
    live.let(f"{name}_v", v)
    u, v, height = (f"{name}_{axis}" for axis in "uvh")
    under = f"bilinear(heights, {u} + {HALF}, {v} + {HALF})"
    live.let(height, under)
    for axis, way in ((u, "right"), (v, "back")):
        under = under.replace(axis, f"{axis} + ways * ({way} / 2)")
    ray = f"{height} + 10 + ways * (50 * up / level)"  # to the eye, a little above the ground
    live.let(f"{name}_hidden", f"dot(column(ways, 0), {under} > {ray})")
    ax, (across, above) = live.figure.axes[0], _seen(u, v, height)
    live.plot(ax, across, above, **look | hidden)
    live.plot(ax, across, f"where({name}_hidden > 0, 0 / 0, {above})", **look)


def _name_run(live, loss, gradient, sides, w0, alpha, n, names):
    """The sliders of a run, its path of xs and ys, and the loss at its end."""
    middle, reach = np.mean(sides, axis=1), np.ptp(sides, axis=1) / 2
    w0 = middle if w0 is None else checks.starting_point(w0)
    if w0.shape != (2,):
        raise ValueError(f"w0 is a place on the map, two numbers, got shape {w0.shape}.")
    n, alpha = checks.count("n", n), checks.positive_step(alpha)
    for name, label, side, value in zip("xy", names, sides, w0, strict=False):
        live.slider(name, *side[[0, -1]], value=value, step=nice_step(np.ptp(side)), label=label)
    step = nice_step(3 * alpha)
    live.slider("alpha", step, 3 * alpha, value=alpha, step=step, label="α")
    field = _polynomial(loss, gradient, middle, reach)
    arrays = {"middle": middle, "reach": reach, "field": field, "powers": range(len(field))}
    for name, values in arrays.items():
        live.array(name, values)
    live.gradient("scaled", "theta", "(theta - middle) / reach")
    u, v = (f"at(scaled(theta), {i}) ** powers" for i in (0, 1))
    du, dv = (f"powers * at(scaled(theta), {i}) ** max(powers - 1, 0)" for i in (0, 1))
    value, *slopes = (f"dot({one}, dot(field, {two}))" for one, two in ((u, v), (du, v), (u, dv)))
    live.gradient("value", "theta", value)
    live.gradient("on_map", "theta", f"dot(abs(scaled(theta)) <= {1 + 1e-9}, [1, 1]) == 2")
    # Without slopes off the map, a run ends at the first guess there, which is left away.
    live.gradient("gradient", "theta", f"[{', '.join(slopes)}] / reach / on_map(theta)")
    live.let("run", f"descend(gradient, [x, y], alpha, {n})")
    live.let("path", "upto(run, count(run) - 2 + on_map(at(run, -1)))")
    live.let("xs", "column(path, 0)")
    live.let("ys", "column(path, 1)")


def _draw_run(live, loss, sides, n, names):
    """The guesses of a run on the surface and on its map, with the start to drag, and words."""
    below, limits = live.figure.axes[1], [side[[0, -1]] for side in sides]
    draw_contour(loss, *limits, below, levels=6, names=names[:2])
    for label in [*below.texts]:  # too small beside a surface
        label.remove()
    below.tick_params(labelsize=15)  # the picture is wide, so a phone shows it small
    below.set_xlabel(names[0], fontsize=15)
    below.set_ylabel(names[1], fontsize=15)
    below.locator_params(nbins=5)
    live.plot(below, "xs", "ys", **LINE)
    live.plot(below, "x", "y", **POINT)
    live.drag("x", "y", ax=below)
    share = "min(max(({0} - at(middle, {1})) / at(reach, {1}), -1), 1)"
    for name, places, looks in ("path", ("xs", "ys"), ON_PATH), ("start", "xy", ON_POINT):
        u, v = (f"{share.format(place, i)} * {HALF}" for i, place in enumerate(places))
        _draw_on(live, name, u, v, *looks)
    x, y, z = map(literal, names)
    live.readout(
        f"after {{count(xs) - 1:.0f}} updates: {x} = {{at(xs, -1):.4f}}, {y} = {{at(ys, -1):.4f}}, "
        f"{z} = {{value(at(path, -1)):.4f}}"
        f"{{where(count(xs) < {n}, ', and the next guess is off the map', '')}}"
    )


def _polynomial(loss, gradient, middle, reach):
    """Coefficients, (d + 1, d + 1), of the loss over a map scaled to [−1, 1]²; it is as steep."""
    nodes = np.polynomial.chebyshev.chebpts1(30)
    places = middle + reach * np.stack(np.meshgrid(nodes, nodes, indexing="ij"), -1).reshape(-1, 2)
    slopes = [checks.slope(gradient(place.copy()), place) * reach for place in places]
    values = np.column_stack([at_each(loss, places), slopes]).T.reshape(3, len(nodes), -1)
    if not np.all(np.isfinite(values)):
        raise ValueError("loss or gradient has no value somewhere on this map: show another part.")
    largest = np.abs(values).max(axis=(1, 2))
    for degree in DEGREES:
        powers = np.vander(nodes, degree + 1, increasing=True)
        steep = np.arange(degree + 1) * nodes[:, None] ** np.maximum(np.arange(degree + 1) - 1, 0)
        inverse = np.linalg.pinv(powers)
        field = inverse @ values[0] @ inverse.T
        field[np.abs(field) < 1e-13 * np.abs(field).max()] = 0  # rounding, by which a saddle tilts
        told = [u @ field @ v.T for u, v in ((powers, powers), (steep, powers), (powers, steep))]
        missed = np.abs(told - values).max(axis=(1, 2))
        if np.all(missed <= 1e-7 * largest):
            break
    if np.any(missed > CLOSE * largest):
        raise ValueError(
            "the loss has a kink or a steep wall on this map, which the browser cannot follow: "
            "show a smaller part, or play a path with lu.play. (Or is the gradient not its own?)"
        )
    return field
