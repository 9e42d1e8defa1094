"""A run of gradient descent, played guess by guess."""

import matplotlib as mpl

from lec_utils import checks
from lec_utils.catalogue import f
from lec_utils.descent import gradient_descent
from lec_utils.diagnosis import diagnose
from lec_utils.function import as_function
from lec_utils.live_figure import LiveFigure
from lec_utils.plots import fixed_curve
from lec_utils.style import INK, ORANGE, STYLE


@mpl.rc_context(STYLE)
def minimizing_animation(
    w0=0.0,
    alpha=0.01,
    function=f,
    *,
    n=50,
    derivative=None,
    domain=None,
    caption="Play, or step through the guesses.",
):
    """Play ``n`` guesses of gradient descent on ``function``, from ``w0`` with step ``alpha``.

    Parameters are those of :func:`gradient_descent` and :func:`as_function`. The run is computed
    once, here; the browser only plays it. Returns a LiveFigure.
    """
    function = as_function(function, derivative, domain)
    w0 = checks.inside("w0", w0, function.domain)
    path = gradient_descent(function.slope, w0, alpha, n)
    w, last = function.variable, len(path) - 1
    ax = fixed_curve(function)
    trail = ax.plot([w0], [0], "o", color=ORANGE, markerfacecolor="white", markersize=6)[0]
    point = ax.plot([w0], [0], "o", color=ORANGE, markeredgecolor=INK, markersize=10)[0]
    ending = str(diagnose(path)) if last else ""
    live = LiveFigure(
        ax.figure,
        alt=f"The curve {function.label} with {len(path)} guesses of gradient descent from "
        f"{w} = {w0:g} at alpha = {alpha:g}; the last is {w} = {path[-1]:.4g}. "
        f"{ending[:1].upper()}{ending[1:]}",
        caption=f"{caption} {function.note}",
    )
    live.player("t", last, label="update", shown="{t:.0f}")
    live.array("w", path)
    live.array("fw", function(path))
    live.move(trail, x="upto(w, t)", y="upto(fw, t)")
    live.move(point, x="at(w, t)", y="at(fw, t)")
    live.readout(
        f"{w} = {{at(w, t):.4f}}, {function.label} = {{at(fw, t):.4f}}"
        f'{{where(t == {last}, ". {_one_line(ending)}", "")}}'
    )
    return live


def _one_line(text):
    """Words that may stand inside a quoted formula."""
    return text.replace('"', "'")
