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
    """What :func:`measured` says of ``loss`` at ``theta``: three arrays of its shape."""
    theta = checks.starting_point(theta)

    def along(i, value):
        moved = theta.copy()
        moved[i] = value  # of one number only: for an array of them it is called one by one
        return loss(moved[()])

    found = [measured(partial(along, i), theta[i]) for i in np.ndindex(theta.shape)]
    return np.reshape(np.transpose(found), (3, *theta.shape))


def check_gradient(loss, gradient, theta):
    """Compare ``gradient(theta)`` with slopes measured on ``loss``, and say what is wrong.

    ``theta`` is a number, or d numbers, and so is the gradient; the loss is a number. Returns a
    GradientCheck, which prints as one sentence. At 0, or at a minimum, many slips do not show.

    >>> check_gradient(lambda w: w**2, lambda w: 2 * w, 3.0).ok
    True
    >>> check_gradient(lambda w: w**2, lambda w: -2 * w, 3.0)
    the sign is wrong: this is minus the gradient.
    """
    checks.callable_("the loss", loss, "`my_loss`")
    checks.callable_("the gradient", gradient, "`my_gradient`")
    slope, error, steepness = measured_gradient(loss, theta)
    if (given := gradient(np.array(theta, dtype=float)[()])) is None:
        raise TypeError("the gradient returned nothing: does it end with `return`?")
    given = np.asarray(given, dtype=float)
    wrong = slip(given, slope, error, steepness) if given.shape == slope.shape else "shape"
    return GradientCheck(not wrong, given, slope[()], _told(wrong, given, slope))


def _told(wrong, given, slope):
    """What the ``given`` gradient and the measured ``slope`` have to say about each other."""
    if not wrong:
        return "the gradient agrees with the slopes measured on the loss."
    if wrong == "shape":
        told = f"the gradient has shape {given.shape}, but theta has shape {slope.shape}: "
        return told + "it needs one slope for each parameter."
    if wrong == "unknown":
        return "the loss has no slope that could be measured here: choose another theta."
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
