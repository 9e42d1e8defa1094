"""Is this gradient right? Compared with slopes measured on the loss itself."""

from functools import partial
from typing import NamedTuple

import numpy as np

from lec_utils import checks
from lec_utils.slopes import factor, measured, slip


class GradientCheck(NamedTuple):
    """``ok``, the ``given`` and the ``measured`` gradient, and a ``message`` about them."""

    ok: bool
    given: np.ndarray
    measured: np.ndarray
    message: str

    def __repr__(self):
        return self.message


def measured_gradient(loss, theta):
    """The gradient of ``loss`` at ``theta``, of its shape, and how far off it may be, likewise."""
    theta = checks.starting_point(theta)
    slope, error = np.empty_like(theta), np.empty_like(theta)

    def along(value, i):
        moved = theta.copy()
        moved[i] = value  # of one number only: for an array of them it is called one by one
        return loss(moved[()])

    for i in np.ndindex(theta.shape):
        slope[i], error[i] = measured(partial(along, i=i), theta[i])
    return slope, error


def check_gradient(loss, gradient, theta):
    """Compare ``gradient(theta)`` with slopes measured on ``loss``, and say what is wrong.

    ``theta`` is a number, or d numbers; the loss is a number, and the gradient has theta's shape.
    Returns a GradientCheck, which prints as one sentence. Choose a ``theta`` that is no special
    place: at 0, or at a minimum, many slips do not show.

    >>> check_gradient(lambda w: w**2, lambda w: 2 * w, 3.0).ok
    True
    >>> check_gradient(lambda w: w**2, lambda w: -2 * w, 3.0)
    the sign is wrong: this is minus the gradient.
    """
    checks.callable_("the loss", loss, "`my_loss`")
    checks.callable_("the gradient", gradient, "`my_gradient`")
    theta = checks.starting_point(theta)
    slope, error = measured_gradient(loss, theta)
    given = np.asarray(gradient(theta.copy()[()]), dtype=float)
    if given.shape == theta.shape:
        wrong = slip(given, slope, error)
        return GradientCheck(not wrong, given, slope[()], _told(wrong, given, slope))
    told = f"the gradient has shape {given.shape}, but theta has shape {theta.shape}: "
    return GradientCheck(False, given, slope[()], told + "it needs one slope for each parameter.")


def _told(wrong, given, slope):
    """What two gradients of one shape have to say about each other."""
    if not wrong:
        return "the gradient agrees with the slopes measured on the loss."
    if wrong == "sign":
        return "the sign is wrong: this is minus the gradient."
    times = factor(given, slope)
    if wrong == "factor" and times > 0:
        times = f"{times:.4g}" if abs(times - 1) > 1e-3 else f"{times:.8g}"
        told = f"the direction is right, but every slope is {times} times what it should be: "
        return told + "look for a missing factor such as 2 or 1/n."
    worst = np.unravel_index(np.argmax(np.abs(given - slope)), given.shape)
    told = f"the gradient is wrong: for {f'parameter {worst[0]}' if worst else 'this theta'} it "
    return told + f"says {given[worst]:.6g}, and the loss itself has slope {slope[worst]:.6g}."
