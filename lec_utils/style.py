"""The look of every figure: its colours, and the settings in ``figure.mplstyle``."""

from importlib.resources import files

import matplotlib as mpl
from matplotlib.figure import Figure

# Okabe & Ito's palette: told apart by colour-blind readers and on a weak projector.
# https://jfly.uni-koeln.de/color/
BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#007A5A"  # darker than the palette's #009E73, for 4.5:1 on white
PURPLE = "#8F3B76"
INK = "#1A1A1A"

# The looks of a point to look at, and of the guesses of a run.
POINT = {"color": ORANGE, "marker": "o", "markeredgecolor": INK, "linestyle": "", "markersize": 9}
RINGS = {"color": ORANGE, "marker": "o", "markersize": 6, "markerfacecolor": "w", "linewidth": 1.2}

STYLE = mpl.rc_params_from_file(
    files("lec_utils") / "figure.mplstyle", fail_on_error=True, use_default_template=False
)
styled = mpl.rc_context(STYLE)  # decorates what draws


@styled
def new_axes(rows=1, size=STYLE["figure.figsize"], **options):
    """One Axes, or an array (rows,), unknown to pyplot, so that nothing shows their figure twice.

    ``size`` is in inches; ``options`` are those of ``Figure.subplots``.
    """
    return Figure(figsize=size).subplots(rows, **options)
