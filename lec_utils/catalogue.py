"""The functions of the lectures, each with its derivative, its formula and its minima."""

import numpy as np

from lec_utils.function import Function


# The minima are the outer roots of the derivatives; tests find them anew.
def _quartic_slope(w):
    """The derivative of the running example f, 20w³ − 3w² − 10w + 2."""
    return 20 * w**3 - 3 * w**2 - 10 * w + 2


f = Function(
    lambda w: 5 * w**4 - w**3 - 5 * w**2 + 2 * w - 9,
    _quartic_slope,
    latex="5w^4 - w^3 - 5w^2 + 2w - 9",
    domain=(-1.5, 1.5),
    minima=(-0.7269847098690433, 0.672417707284986),
)
df = f.derivative


def _arbitrary_slope(x):
    """The derivative of arbitrary, (4x³ − 45x² + 160x − 180)/10."""
    return (4 * x**3 - 45 * x**2 + 160 * x - 180) / 10


arbitrary = Function(
    lambda x: (x**4 - 15 * x**3 + 80 * x**2 - 180 * x + 144) / 10,
    _arbitrary_slope,
    latex=r"\frac{x^4 - 15x^3 + 80x^2 - 180x + 144}{10}",
    domain=(1.0, 7.0),
    minima=(5.326345463357833, 2.392747981126949),
    name="arbitrary",
    variable="x",
)
derivative_arbitrary = arbitrary.derivative


def _of_x(name, label, formula, derivative, latex, domain, minima=()):
    return Function(formula, derivative, latex, domain, minima, name, "x", label)


square = _of_x("square", "x²", lambda x: x**2, lambda x: 2 * x, "x^2", (-10.0, 10.0), (0.0,))
# np.sign is 0 at 0: one of the many slopes (a subgradient) that fit under the kink there.
absolute = _of_x("absolute", "|x|", np.abs, np.sign, "|x|", (-2.0, 2.0), (0.0,))
cube = _of_x("cube", "x³", lambda x: x**3, lambda x: 3 * x**2, "x^3", (-1.5, 1.5))
fourth_power = _of_x(
    "fourth_power", "x⁴", lambda x: x**4, lambda x: 4 * x**3, "x^4", (-3.0, 3.0), (0.0,)
)
exponential = _of_x("exponential", "eˣ", np.exp, np.exp, "e^x", (-4.0, 2.0))
# Every point of [-1, 1] is a minimiser; the ends and the middle stand for them.
flat_bottom = _of_x(
    "flat_bottom",
    "max(|x| − 1, 0)²",
    lambda x: np.maximum(np.abs(x) - 1, 0) ** 2,
    lambda x: 2 * np.maximum(np.abs(x) - 1, 0) * np.sign(x),
    r"\max(|x| - 1, 0)^2",
    (-3.0, 3.0),
    (0.0, -1.0, 1.0),
)
# log(1 + e^-x), written so that e^-x cannot overflow.
log_loss = _of_x(
    "log_loss",
    "log(1 + e⁻ˣ)",
    lambda x: np.logaddexp(0, -x),
    lambda x: -np.exp(-np.logaddexp(0, x)),
    r"\log(1 + e^{-x})",
    (-5.0, 5.0),
)

CATALOGUE = (f, arbitrary, square, absolute, cube, fourth_power, exponential, flat_bottom, log_loss)


def gutter(theta):
    """f(x, y) = 3x² + y, a tilted gutter without a minimum; ``theta`` = (x, y) has shape (2, …)."""
    x, y = np.asarray(theta, dtype=float)
    return 3 * x**2 + y


def gutter_gradient(theta):
    """Its gradient (6x, 1), of theta's shape."""
    x, y = np.asarray(theta, dtype=float)
    return np.array([6 * x, np.ones_like(y)])
