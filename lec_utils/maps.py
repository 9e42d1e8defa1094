"""Maps: what a loss of two parameters, or a start and a learning rate, lead to, from above."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap, ListedColormap, PowerNorm
from matplotlib.patches import Patch
from matplotlib.path import Path

from lec_utils import checks
from lec_utils.descent import DIVERGED, FAR
from lec_utils.function import guesses_of
from lec_utils.pictures import minus
from lec_utils.slopes import at_each
from lec_utils.style import BLUE, GREEN, INK, ORANGE, PURPLE, styled

# Of runs that diverge, that never settle, and of two minima. Each is 3:1 from the others, but for
# the last two, of which one is hatched: four tones cannot all be so far apart.
SHADES = ("#1A1A1A", "#A0527F", "#F5E9A0", "#9AD2F2")
HATCHES = ("", "", "", "///")
NAMES = ("θ₀", "θ₁")  # of the parameters, unless others are given
TONES = LinearSegmentedColormap.from_list("tones", ("#AFCDE4", "#FFFFFF"), N=24)  # from low to high
PATH_STYLES = ((ORANGE, "-", "o"), (GREEN, "--", "s"), (PURPLE, ":", "^"), (INK, "-.", "D"))


def check_names(names, many):
    """ValueError unless these are so many names."""
    texts = isinstance(names, list | tuple) and all(isinstance(name, str) for name in names)
    if not texts or len(names) != many:
        raise ValueError(f"names are {many} texts here, one for each axis, got {names!r}.")


def on_grid(loss, xs, ys):
    """``loss``, which takes shape (2,), of each pair (x, y): an array (len(ys), len(xs)).

    It is nan, a gap, where the loss has no finite value; ValueError where it has none anywhere.
    """
    checks.callable_("the loss", loss, "`my_loss`")
    places = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    heights = at_each(loss, places).reshape(len(ys), len(xs))
    heights[~np.isfinite(heights)] = np.nan
    if np.all(np.isnan(heights)):
        raise ValueError("the loss has no value anywhere on this map: show another part of it.")
    return heights


def surroundings(path, margin=0.25):
    """A (low, high) for each column of ``path``, shape (n, d), but for guesses beyond FAR."""
    near = path[np.all(np.abs(path) < FAR, axis=1)]
    near = near if len(near) else path[:1]
    low, high = near.min(axis=0), near.max(axis=0)
    wide = np.where(high > low, high - low, np.max(high - low) or np.maximum(1.0, np.abs(low)))
    return [*zip(low - margin * wide, high + margin * wide, strict=True)]


@styled
def draw_contour(loss, xlim, ylim, ax=None, *, levels=12, names=NAMES):
    """Draw level lines of ``loss``, a function of an array of shape (2,); a flat one has none."""
    check_names(names, 2)
    ax = ax or plt.subplots()[1]
    xs, ys = (np.linspace(*checks.interval(limits), 61) for limits in (xlim, ylim))
    heights, levels = on_grid(loss, xs, ys), checks.count("levels", levels)
    low, high = np.nanmin(heights), np.nanmax(heights)
    # Steps that grow like squares: lines are closer where the loss is low, so a long valley shows.
    steps = low + (high - low) * (np.arange(1, levels + 1) / (levels + 1)) ** 2
    _level_lines(ax, xs, ys, heights, steps, every=3)
    ax.set(xlim=xlim, ylim=ylim, xlabel=names[0], ylabel=names[1])
    ax.locator_params(axis="x", nbins=6)
    return ax


@styled
def draw_gradient(loss, gradient, points, reach=2.0, ax=None):
    """Draw level lines of ``loss``, and arrows for its gradient at ``points``, shape (k, 2).

    Both functions take an array of shape (2,). The arrows are of one length: they show direction.
    """
    reach = checks.positive("reach", reach, ": it is half the map's width")
    ax, line = ax or plt.subplots()[1], np.linspace(-reach, reach, 61)
    arrow = {"arrowstyle": "-|>", "color": ORANGE, "linewidth": 2}
    _level_lines(ax, line, line, on_grid(loss, line, line), 8)
    for point in np.asarray(points, dtype=float):
        slope = checks.slope(gradient(point.copy()), point)
        tip = point + slope / (np.linalg.norm(slope) or 1.0) * reach / 3
        ax.annotate("", tip, point, arrowprops=arrow)
        ax.plot(*point, "o", color=ORANGE)
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel="x", ylabel="y", aspect="equal")
    ax.locator_params(nbins=5)
    return ax


def _level_lines(ax, x, y, heights, levels, every=1):
    """Level lines with the height on every so many of them, but where it would be cut off."""
    if np.nanmin(heights) == np.nanmax(heights):
        return
    lines = ax.contour(x, y, heights, levels=levels, colors=[BLUE], linewidths=1)
    tone = {"cmap": TONES, "norm": PowerNorm(0.5), "interpolation": "none", "zorder": 0}
    ax.imshow(heights, origin="lower", extent=(x[0], x[-1], y[0], y[-1]), aspect="auto", **tone)
    look = {"fontsize": 11, "colors": INK, "inline": False, "zorder": lines.get_zorder()}
    for label in ax.clabel(lines, lines.levels[::every], **look):
        place = (ax.transData - ax.transAxes).transform(label.get_position())
        label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
        label.set_visible(np.min(place) > 0.075 and np.max(place) < 0.925)
        label.set_clip_on(False)
    size = np.ptp(x), np.ptp(y)
    lines.set_paths([_thinned(path, size) if len(path) else path for path in lines.get_paths()])


def _thinned(path, size):
    """The path without corners that nobody sees on a map of this size."""
    starts = np.flatnonzero(path.codes == Path.MOVETO)
    lines = np.split(path.vertices / size, starts[1:])
    kept = [i + _corners(line) for i, line in zip(starts, lines, strict=True)]
    return Path(path.vertices[np.concatenate(kept)], path.codes[np.concatenate(kept)])


def _corners(points):
    """Which points a line needs to pass all others at less than 0.25 pt (Douglas and Peucker)."""
    away, way = points - points[0], points[-1] - points[0]
    length = np.hypot(*way)
    far = np.abs(away @ [way[1], -way[0]]) / length if length else np.hypot(*away.T)
    middle = np.argmax(far)
    if far[middle] < 1 / 1200:
        return np.array([0, len(points) - 1])
    return np.append(_corners(points[: middle + 1]), middle + _corners(points[middle:])[1:])


@styled
def draw_paths(paths, ax):
    """Draw runs on a map: ``paths``, four at most, maps a name to an array of shape (n, 2).

    The heights of level lines go where a run is drawn over them.
    """
    if not isinstance(paths, dict):
        raise ValueError(f"paths maps names to paths, {{name: path}}, got {type(paths).__name__}.")
    if len(paths) > len(PATH_STYLES):
        raise ValueError(f"{len(paths)} paths on one map: draw {len(PATH_STYLES)} at most.")
    for (name, path), (color, line, marker) in zip(paths.items(), PATH_STYLES, strict=False):
        look = {"color": color, "linewidth": 1.4, "marker": marker, "markevery": [0, -1]}
        guesses = guesses_of(path)
        if guesses[0].size != 2:
            raise ValueError(f"a map shows paths of shape (n, 2), {name} has {guesses.shape}.")
        ax.plot(*guesses.T, line, label=name, **look)
        _clear_heights(ax, guesses)
    if not _name_paths(ax, paths):
        ax.legend(frameon=True, framealpha=1, facecolor="w", edgecolor="none")
    return ax


def _clear_heights(ax, guesses):
    """Hide each height on the map that a run goes through."""
    on_axes = (ax.transData - ax.transAxes).transform
    for height in ax.texts:
        near = on_axes(guesses) - on_axes(height.get_position())
        if height.get_bbox_patch() and np.any(np.all(np.abs(near) < (0.08, 0.05), axis=1)):
            height.set_visible(False)


def _name_paths(ax, paths):
    """Write each name at the guess that is furthest from all other paths; False for no room."""
    on_axes = (ax.transData - ax.transAxes).transform
    places = [on_axes(guesses_of(path)[:, :2]) for path in paths.values()]
    chosen = []
    for i, own in enumerate(places):
        others = np.concatenate([*places[:i], *places[i + 1 :], [[9, 9]]])
        near = [np.hypot(*(others - place).T).min() for place in own]
        inside = np.all((own > (0.15, 0.05)) & (own < (0.85, 0.9)), axis=1)
        best = np.argmax(near * inside)
        chosen.append((near * inside)[best] > 0.1 and own[best])
    if not all(np.ndim(place) for place in chosen):
        return False
    look = {"ha": "center", "gid": "label", "transform": ax.transAxes, "weight": "bold"}
    for name, place in zip(paths, chosen, strict=True):
        ax.text(*place + (0, 0.03), name, **look)
    return True


@styled
def draw_basins(ends, starts, alphas, names, ax=None):
    """Draw what :func:`basins` returned; ``names`` are what to call the minima, two at most."""
    ax, labels = ax or plt.subplots()[1], ["diverges", "never settles", *map(minus, names)]
    if len(labels) > len(SHADES):
        raise ValueError(f"there are shades for {len(SHADES) - 2} minima, got {len(names)}.")
    if min(np.size(starts), np.size(alphas)) < 2:
        raise ValueError("a map is drawn of at least two starts and two alphas.")
    look = {"origin": "lower", "aspect": "auto", "interpolation": "none"}
    look |= {"cmap": ListedColormap(SHADES), "vmin": 0, "vmax": len(SHADES) - 1}
    extent = (starts[0], starts[-1], alphas[0], alphas[-1])
    ax.imshow(np.asarray(ends) - DIVERGED, extent=extent, **look)
    hatched = np.equal(ends, len(SHADES) - 1 + DIVERGED)
    if np.any(hatched):
        lines = ax.contourf(
            starts, alphas, hatched, [0.5, 1.5], colors="none", hatches=HATCHES[-1:]
        )
        lines.set(edgecolor=INK, linewidth=0)
    kinds = zip(SHADES, HATCHES, labels, strict=False)
    keys = [Patch(fc=shade, ec=INK, hatch=hatch, label=label) for shade, hatch, label in kinds]
    ax.legend(handles=keys, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    ax.set(xlabel="start", ylabel="alpha")
    ax.grid(visible=False)
    return ax
