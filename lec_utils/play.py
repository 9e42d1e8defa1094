"""A run, played guess by guess: along a curve, or over a map."""

import math

import numpy as np

from lec_utils import checks
from lec_utils.catalogue import f
from lec_utils.descent import gradient_descent
from lec_utils.diagnosis import diagnose
from lec_utils.formula import literal
from lec_utils.function import Function, as_function, guesses_of
from lec_utils.labels import label, mark_beyond, mark_off_map
from lec_utils.live_figure import LiveFigure
from lec_utils.maps import NAMES, draw_contour, surroundings
from lec_utils.pictures import minus
from lec_utils.plots import fixed_curve
from lec_utils.slopes import at_each
from lec_utils.style import ORANGE, POINT, RINGS, new_axes, styled

PLAY = "Play, or step through the guesses."
SHOWN = """ Shown {where(t > 0, 'are a line for the latest step and all guesses up to',
    'is the start,')} update {t:.0f}."""


def minimizing_animation(
    function=f, w0=0.0, alpha=0.01, *, n=50, derivative=None, domain=None, caption=PLAY
):
    """A LiveFigure of :func:`gradient_descent` on ``function``, played guess by guess."""
    function = as_function(function, derivative, domain)
    w0 = checks.inside("w0", w0, function.domain)
    path = gradient_descent(function.derivative, w0, alpha, n)
    size = "an alpha that changes" if callable(alpha) else f"alpha = {alpha:g}"
    return play(function, path, of=f"gradient descent with {size}", caption=caption)


@styled
def play(function, path, *, domain=None, names=NAMES, of="a run", caption=PLAY):
    """Play any ``path``, shape (n,) or (n, 2), over ``function``, which takes one of its guesses.

    ``domain`` is (low, high), or two such pairs for a map, unless given the function's own, or
    what surrounds the path. A map calls its two numbers ``names``, the alt text calls the run
    ``of``. ValueError for a path of another shape, or without a guess.
    """
    guesses = guesses_of(path, function)
    if guesses[0].size > 2:
        raise ValueError(f"a path to play has shape (n,) or (n, 2), got {guesses.shape}.")
    if domain is None and not isinstance(function, Function):
        domain = surroundings(guesses.reshape(len(guesses), -1))
    if guesses[0].size == 1:
        domain = None if domain is None else np.ravel(domain)
        guesses, function = guesses.ravel(), as_function(function, domain=domain)
        near = np.clip(guesses, *function.domain)
        ax, told = fixed_curve(function, at=near), [(function.symbol, guesses)]
        ground, height, caption = "curve", function.label, f"{caption} {function.note}"
    else:
        ax = draw_contour(function, *domain, new_axes(size=(5.0, 3.8)), names=names)
        ground, height, told = "map of the", "loss", [*zip(names, guesses.T, strict=True)]
    first, last = (", ".join(f"{name} = {x[i]:.4g}" for name, x in told) for i in (0, -1))
    ending = str(diagnose(path, function)) if len(guesses) > 1 else ""
    alt = f"The {ground} {height} with {len(guesses)} guesses of {of} from {first}; the last is "
    alt += f"{last}. {ending[:1].upper()}{ending[1:]} {getattr(function, 'outline', '')}"
    live = LiveFigure(ax.figure, alt=literal(minus(alt.rstrip())) + SHOWN, caption=caption)
    live.ground = f"The {ground} {height}. {getattr(function, 'outline', '')}"
    told.append((height, at_each(function, guesses)))
    ends = _show(live, ax, told, ending)
    live.stride(_latest_step(live, ax, function, told), *ends)
    return live


def _show(live, ax, told, ending):
    """Let words follow ``told``, pairs of a name and a number for each guess, and two marks.

    The marks are returned.
    """
    last = len(told[0][1]) - 1
    live.player("t", last, label="update", rate=5)
    for i, (_, numbers) in enumerate(told):
        live.array(f"told{i}", numbers)
    if len(told) == 2:
        live.let("path", "told0")
    line = "-" if len(told) > 2 else ""  # joined on a map, where they need not stand in a row
    trail = live.plot(ax, "upto(told0, t)", "upto(told1, t)", **RINGS | {"linestyle": line})
    point = live.plot(ax, "at(told0, t)", "at(told1, t)", **POINT | {"markersize": 10})
    if len(told) == 2:
        (symbol, (start, *_)), (_, (height, *_)) = told
        aside = 17 if start <= np.mean(ax.get_xlim()) else -17  # where the frame has room
        label(live, ax, f"{symbol}⁽⁰⁾", start, height, right=aside, up=9)
        mark_beyond(live, ax, "at(told0, t)", "at(told1, t)", "update {t:.0f}")
    else:
        mark_off_map(live, ax, "at(told0, t)", "at(told1, t)")
    names = [literal(name) for name, _ in told]
    words = ", ".join(f"{name} = {{at(told{i}, t):.4f}}" for i, name in enumerate(names))
    live.sound("at(told0, t)", _pitch(ax, told))
    live.readout(f"{words}{{where(t == {last}, {'. ' + ending!r}, '')}}")
    return trail, point


def _latest_step(live, ax, function, told):
    """Its line: straight on a map; on a curve by the tangent, and from there to the curve."""
    live.let("past", "max(t - 1, 0)")
    corners = [(f"at(told0, {when})", f"at(told1, {when})") for when in ("past", "t")]
    if on_curve := len(told) == 2:
        (_, guesses), (_, heights) = told
        with np.errstate(all="ignore"):
            rises = at_each(function.derivative, guesses[:-1]) * np.diff(guesses)
        seen = 3 - math.floor(math.log10(np.ptp(ax.get_ylim())))  # decimals
        live.array("feet", np.round(np.append(heights[0], heights[:-1] + rises), seen))
        corners.insert(1, ("at(told0, t)", "at(feet, t)"))
    x, y = (f"[{', '.join(places)}]" for places in zip(*corners, strict=True))
    return live.plot(ax, x, y, ":" if on_curve else "-", color=ORANGE, linewidth=2, zorder=2)


def _pitch(ax, told):
    """The formula of how high the point sounds: as on a curve; on a map as high as its loss is."""
    if len(told) == 2:
        return "at(told1, t)"
    (bottom, top), heights = ax.get_ylim(), told[2][1]
    known = heights[np.isfinite(heights)]
    low, high = (known.min(), known.max()) if len(known) else (0.0, 0.0)
    return f"{bottom} + {(top - bottom) / ((high - low) or 1.0)} * (at(told2, t) - {low})"
