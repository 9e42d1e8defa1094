"""Is this gradient right? Compared with slopes measured on the loss itself."""

from typing import NamedTuple

import numpy as np

from lec_utils import checks
from lec_utils.function import numerical_derivative


class GradientCheck(NamedTuple):
    """``ok``, the ``given`` and the ``measured`` gradient, and a ``message`` about them."""

    ok: bool
    given: np.ndarray
    measured: np.ndarray
    message: str

    def __repr__(self):
        return self.message

    __str__ = __repr__


def measured_gradient(loss, theta):
    """The gradient of ``loss`` at ``theta`` by central differences, one parameter at a time.

    ``theta`` is a number or has shape (d,); so has the result. The differences are those of
    :func:`numerical_derivative`.
    """
    theta = checks.starting_point(theta)
    measured = np.empty_like(theta)
    for i in np.ndindex(theta.shape):
        measured[i] = numerical_derivative(_along(loss, theta, i))(theta[i])
    return measured[()]


def _along(loss, theta, i):
    """``loss`` as a function of parameter ``i`` alone, the others held where ``theta`` has them."""

    def along(value):
        moved = theta.copy()
        moved[i] = value
        return loss(moved[()])

    return along


def check_gradient(loss, gradient, theta):
    """Compare ``gradient(theta)`` with slopes measured on ``loss``, and say what is wrong.

    ``loss`` takes ``theta`` (a number, or d numbers) and returns a number; ``gradient`` returns
    something of theta's shape. Returns a GradientCheck, which prints as one sentence. Choose a
    ``theta`` that is no special place: at 0, or at a minimum, many slips do not show.

    >>> check_gradient(lambda w: w**2, lambda w: 2 * w, 3.0).ok
    True
    >>> check_gradient(lambda w: w**2, lambda w: -2 * w, 3.0)
    the sign is wrong: this is minus the gradient.
    """
    theta = checks.starting_point(theta)
    measured = np.asarray(measured_gradient(loss, theta))
    given = np.asarray(gradient(theta[()]), dtype=float)
    if given.shape != theta.shape:
        message = (
            f"the gradient has shape {given.shape}, but theta has shape {theta.shape}: "
            "it needs one slope for each parameter."
        )
        return GradientCheck(False, given, measured, message)
    return GradientCheck(_close(given, measured), given, measured, _verdict(given, measured))


def _close(given, measured):
    return bool(np.allclose(given, measured, rtol=1e-5, atol=1e-7))


def _verdict(given, measured):
    """What two gradients of one shape have to say about each other."""
    if _close(given, measured):
        return "the gradient agrees with the slopes measured on the loss."
    if _close(-given, measured):
        return "the sign is wrong: this is minus the gradient."
    size = np.sum(measured**2)
    factor = np.sum(given * measured) / size if size else 0.0  # the one that fits best
    if factor > 0 and _close(given / factor, measured):
        return (
            f"the direction is right, but every slope is {factor:.4g} times what it should be: "
            "look for a missing factor such as 2 or 1/n."
        )
    worst = np.unravel_index(np.argmax(np.abs(given - measured)), given.shape)
    which = f"parameter {worst[0]}" if worst else "this theta"
    return (
        f"the gradient is wrong: for {which} it says {given[worst]:.6g}, "
        f"and the loss itself has slope {measured[worst]:.6g}."
    )
