"""The look of every figure: colours, line widths, type sizes."""

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

# Okabe & Ito's palette: told apart by colour-blind readers and on a weak projector.
# https://jfly.uni-koeln.de/color/
BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#007A5A"  # darker than the palette's #009E73, for 4.5:1 on white
PURPLE = "#8F3B76"
INK = "#1A1A1A"
GRID = "#D0D0D0"

# Figures scale with the page, so type and lines are large against a small canvas (inches).
FIGURE_SIZE = (5.0, 3.1)

STYLE = {
    "axes.edgecolor": INK,
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.labelsize": 13,
    # The width is in the cycle, too, for lines that are drawn when this style is no longer set.
    "axes.prop_cycle": mpl.cycler(color=[BLUE, ORANGE, GREEN, PURPLE], linewidth=[2.4] * 4),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 12,
    "figure.constrained_layout.use": True,
    "figure.figsize": FIGURE_SIZE,
    "font.family": "DejaVu Sans",
    "font.size": 12,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "legend.fontsize": 11,
    "legend.frameon": False,
    "lines.linewidth": 2.4,
    "lines.markersize": 7,
    "text.color": INK,
    "xtick.bottom": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "ytick.left": False,
}


@mpl.rc_context(STYLE)
def new_axes(rows=1, size=FIGURE_SIZE, **options):
    """Axes on a figure of their own that pyplot does not know, so nothing shows it twice.

    Returns one Axes, or an array of shape (rows,) when ``rows`` is more than 1.
    ``size`` is in inches; ``options`` go to ``Figure.subplots``.
    """
    return Figure(figsize=size).subplots(rows, **options)


def given_or_new(ax):
    """``ax`` itself, or, when it is None, Axes on a new pyplot figure."""
    return plt.subplots()[1] if ax is None else ax
