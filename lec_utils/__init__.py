"""Functions, gradient descent and living figures: ``import lec_utils as lu`` in a notebook."""

from lec_utils.ask import Question, ask
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
from lec_utils.datasets import (
    choose_data,
    course_data,
    load_tips,
    read_batches,
    salary_data,
    write_rows,
)
from lec_utils.descent import basins, descend_batches, gradient_descent, sgd, simple_minimize
from lec_utils.diagnosis import Diagnosis, diagnose
from lec_utils.fits import fit_slider, probability_slider
from lec_utils.function import Function, as_function
from lec_utils.gradient_check import check_gradient
from lec_utils.hikers import hikers, hikers_on_map
from lec_utils.landscapes import LANDSCAPES, landscape_race
from lec_utils.live_figure import LiveFigure
from lec_utils.loss import mae, mae_subgradient, mse, mse_gradient, predict, with_intercept
from lec_utils.maps import draw_basins, draw_contour, draw_gradient, draw_paths
from lec_utils.optimisers import adagrad, adam, momentum, nesterov, rmsprop
from lec_utils.path import Path
from lec_utils.pictures import Picture, picture
from lec_utils.play import minimizing_animation, play
from lec_utils.playground import playground
from lec_utils.plots import (
    draw_derivative,
    draw_f,
    draw_function,
    draw_guesses,
    draw_path,
    draw_tangent,
    scatter,
    show_tangent,
)
from lec_utils.race import batch_race, race
from lec_utils.sliders import (
    alpha_slider,
    chord_slider,
    fog_slider,
    kink_slider,
    secant_slider,
    tangent_slider,
)
from lec_utils.slopes import numerical_derivative
from lec_utils.style import new_axes
from lec_utils.surfaces import bowl_slider, surface_slider
