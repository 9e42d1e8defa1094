"""The learner's own run beside the expected shape, or a friendly word where there is none yet."""

import matplotlib as mpl
import numpy as np

from lec_utils.function import as_function
from lec_utils.maps import draw_contour, surroundings
from lec_utils.pictures import Picture
from lec_utils.plots import fixed_curve
from lec_utils.practice.verdict import Note, NotYet, title
from lec_utils.slopes import elementwise
from lec_utils.style import BLUE, ORANGE, STYLE, new_axes

SIZE = (9.0, 3.4)  # inches: two panels
PANELS = ("your run", "expected shape")
FAR = 1e6  # beyond it a guess is not drawn, as lines to it would only be steep


def after(question, make):
    """What ``make()`` returns; a Note that names ``question`` where it is not answered yet.

    For cells that need an answer: a notebook then runs to its end, answered or not.
    """
    try:
        made = make()
    except NotYet as error:
        return Note(f"{title(question)} is needed here, and {error}")
    except Exception as error:
        if _is_about_a_blank(error):
            return Note(f"Answer {title(question).lower()} first.")
        words = f"{type(error).__name__}: {error}"
        return Note(f"{title(question)} is needed here, and it stops with {words}")
    if made is None or made is ...:
        return Note(f"Answer {title(question).lower()} first.")
    return made


def _is_about_a_blank(error):
    """Whether an error comes from a value that is still None or the dots."""
    return isinstance(error, TypeError) and any(
        word in str(error) for word in ("NoneType", "ellipsis", "returned nothing")
    )


def compare_runs(question, yours, expected, function, caption=""):
    """Two pictures side by side: a run of the learner, and what it should look like.

    Parameters
    ----------
    question : the question whose answer is needed, "q3" say
    yours : a function without arguments that returns the learner's guesses, shape (n,) or (n, 2)
    expected : guesses of the same kind
    function : what is descended on: of one number, or of an array of shape (2,)

    Returns a Picture, or a Note where the question is not answered yet.
    """
    own = after(question, lambda: _as_path(yours()))
    if isinstance(own, Note):
        return own
    expected = np.asarray(expected, dtype=float)
    if own.shape[1:] != expected.shape[1:]:
        return Note(f"{title(question)} returns guesses of another shape: see what its check says.")
    draw = _draw_on_curve if expected.ndim == 1 else _draw_on_map
    figure = draw(own, expected, function)
    alt = f"Two pictures. Left, {_told('your run', own)} Right, {_told('what to expect', expected)}"
    return Picture(figure, alt=alt, caption=caption or "Left your run, right what to expect.")


def _as_path(guesses):
    if guesses is None or guesses is ...:
        return None
    path = np.asarray(guesses, dtype=float)
    return path.reshape(1) if path.ndim == 0 else path


def _told(whose, path):
    if not len(path):
        return f"{whose}: no guess at all."
    return f"{whose}: {_count(path)}, from {_point(path[0])} to {_point(path[-1])}."


def _count(path):
    return "1 guess" if len(path) == 1 else f"{len(path)} guesses"


def _point(guess):
    """One guess in words: 0.0427, or (1, -1.4)."""
    if np.ndim(guess) == 0:
        return f"{guess:.4g}"
    return "({})".format(", ".join(f"{value:.4g}" for value in guess))


@mpl.rc_context(STYLE)
def _draw_on_curve(own, expected, function):
    function = as_function(function)
    return _draw_panels(
        own, expected, lambda ax: fixed_curve(function, ax), lambda path: (path, function(path))
    )


@mpl.rc_context(STYLE)
def _draw_on_map(own, expected, loss):
    draw_ground = lambda ax: draw_contour(loss, *surroundings(expected), ax)
    return _draw_panels(own, expected, draw_ground, np.transpose)


def _draw_panels(own, expected, draw_ground, place):
    """Both runs, each on a ground of its own; what leaves the ground is not drawn."""
    axes = new_axes(1, SIZE, ncols=2, sharey=True)
    for ax, path, name in zip(axes, (own, expected), PANELS, strict=True):
        draw_ground(ax)
        x, y = place(np.where(np.abs(path) < FAR, path, np.nan))
        ax.plot(x, y, "o-", color=ORANGE, markerfacecolor="white", linewidth=1.2)
        ax.plot(x[-1:], y[-1:], "o", color=ORANGE, markersize=9)
        ax.set_title(f"{name}: {_count(path)}")
    axes[1].set_ylabel("")
    return axes[0].figure


@mpl.rc_context(STYLE)
def compare_curves(question, yours, expected, domain, caption="", names=("x", "value")):
    """Two curves side by side over ``domain`` = (low, high): the learner's and the expected one.

    ``yours`` and ``expected`` take a number and return a number. ``names`` label the axes.
    Returns a Picture, or a Note where ``question`` is not answered yet.
    """
    x = np.linspace(*domain, 81)
    own = after(question, lambda: None if yours(float(x[0])) is None else elementwise(yours, x))
    if isinstance(own, Note):
        return own
    left, right = axes = new_axes(1, SIZE, ncols=2, sharey=True)
    curves = (own, elementwise(expected, x))
    for ax, values, name in zip(axes, curves, ("yours", "expected"), strict=True):
        ax.plot(x, values, color=BLUE)
        ax.set(title=name, xlabel=names[0])
        ax.locator_params(axis="x", nbins=6)
    left.set_ylabel(names[1])
    ends = [f"from {values[0]:.4g} to {values[-1]:.4g}" for values in curves]
    alt = f"Two curves over {names[0]} from {x[0]:g} to {x[-1]:g}. "
    alt += f"Left, yours: {ends[0]}. Right, expected: {ends[1]}."
    return Picture(left.figure, alt=alt, caption=caption or "Left yours, right what to expect.")
