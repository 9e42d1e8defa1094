"""Functions, gradient descent and living figures for the lectures.

In a notebook: ``import lec_utils as lu``.
"""

from lec_utils.animation import minimizing_animation
from lec_utils.basins import basins
from lec_utils.catalogue import (
    absolute,
    arbitrary,
    cube,
    derivative_arbitrary,
    df,
    exponential,
    f,
    flat_bottom,
    fourth_power,
    gutter,
    gutter_gradient,
    log_loss,
    square,
)
from lec_utils.datasets import choose_data
from lec_utils.descent import gradient_descent
from lec_utils.diagnosis import Diagnosis, diagnose
from lec_utils.function import Function, as_function, numerical_derivative
from lec_utils.gradient_check import check_gradient
from lec_utils.live_figure import LiveFigure
from lec_utils.loss import mae, mae_subgradient, mse, mse_gradient, predict, with_intercept
from lec_utils.maps import bowl_slider, draw_basins, draw_contour, draw_paths, surface_slider
from lec_utils.path import Path
from lec_utils.pictures import Picture, picture
from lec_utils.plots import (
    draw_derivative,
    draw_f,
    draw_function,
    draw_gradient,
    draw_guesses,
    draw_path,
    draw_tangent,
    show_tangent,
)
from lec_utils.salary import salary_data
from lec_utils.search import simple_minimize
from lec_utils.sgd import descend_batches, sgd
from lec_utils.sliders import (
    alpha_slider,
    chord_slider,
    fog_slider,
    kink_slider,
    secant_slider,
    tangent_slider,
)
from lec_utils.stream import read_batches, write_rows
from lec_utils.style import new_axes
from lec_utils.tips import load_tips

__all__ = [
    "absolute",
    "alpha_slider",
    "arbitrary",
    "as_function",
    "basins",
    "bowl_slider",
    "check_gradient",
    "choose_data",
    "chord_slider",
    "cube",
    "derivative_arbitrary",
    "descend_batches",
    "df",
    "diagnose",
    "Diagnosis",
    "draw_basins",
    "draw_contour",
    "draw_derivative",
    "draw_f",
    "draw_function",
    "draw_gradient",
    "draw_guesses",
    "draw_path",
    "draw_paths",
    "draw_tangent",
    "exponential",
    "f",
    "flat_bottom",
    "fog_slider",
    "fourth_power",
    "Function",
    "gradient_descent",
    "gutter",
    "gutter_gradient",
    "kink_slider",
    "LiveFigure",
    "load_tips",
    "log_loss",
    "mae",
    "mae_subgradient",
    "minimizing_animation",
    "mse",
    "mse_gradient",
    "new_axes",
    "numerical_derivative",
    "Path",
    "Picture",
    "picture",
    "predict",
    "read_batches",
    "salary_data",
    "secant_slider",
    "sgd",
    "show_tangent",
    "simple_minimize",
    "square",
    "surface_slider",
    "tangent_slider",
    "with_intercept",
    "write_rows",
]
