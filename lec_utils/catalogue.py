"""The functions of the lectures, each with its derivative, its formula and its minima."""

import numpy as np

from lec_utils.function import Function


def _quartic(w):
    return 5 * w**4 - w**3 - 5 * w**2 + 2 * w - 9


def _quartic_slope(w):
    """The derivative of the running example f, 20w³ − 3w² − 10w + 2."""
    return 20 * w**3 - 3 * w**2 - 10 * w + 2


# The minima are the outer roots of the cubic 20w³ − 3w² − 10w + 2; tests find them anew.
f = Function(
    _quartic,
    _quartic_slope,
    latex="5w^4 - w^3 - 5w^2 + 2w - 9",
    domain=(-1.5, 1.5),
    minima=(-0.7269847098690433, 0.672417707284986),
    name="f",
    variable="w",
)
df = f.derivative


def _arbitrary(x):
    return (x**4 - 15 * x**3 + 80 * x**2 - 180 * x + 144) / 10


def _arbitrary_slope(x):
    """The derivative of arbitrary, (4x³ − 45x² + 160x − 180)/10."""
    return (4 * x**3 - 45 * x**2 + 160 * x - 180) / 10


arbitrary = Function(
    _arbitrary,
    _arbitrary_slope,
    latex=r"\frac{x^4 - 15x^3 + 80x^2 - 180x + 144}{10}",
    domain=(1.0, 7.0),
    minima=(5.326345463357833, 2.392747981126949),
    name="arbitrary",
    variable="x",
)
derivative_arbitrary = arbitrary.derivative

square = Function(
    lambda x: x**2,
    lambda x: 2 * x,
    latex="x^2",
    domain=(-10.0, 10.0),
    minima=(0.0,),
    name="square",
    label="x²",
    variable="x",
)

# np.sign is 0 at 0: one of the many slopes (a subgradient) that fit under the kink there.
absolute = Function(
    np.abs,
    np.sign,
    latex="|x|",
    domain=(-2.0, 2.0),
    minima=(0.0,),
    name="absolute",
    label="|x|",
    variable="x",
)

cube = Function(
    lambda x: x**3,
    lambda x: 3 * x**2,
    latex="x^3",
    domain=(-1.5, 1.5),
    name="cube",
    label="x³",
    variable="x",
)

fourth_power = Function(
    lambda x: x**4,
    lambda x: 4 * x**3,
    latex="x^4",
    domain=(-3.0, 3.0),
    minima=(0.0,),
    name="fourth_power",
    label="x⁴",
    variable="x",
)

exponential = Function(
    np.exp, np.exp, latex="e^x", domain=(-4.0, 2.0), name="exponential", label="eˣ", variable="x"
)

# Every point of [-1, 1] is a minimiser; the ends and the middle stand for them.
flat_bottom = Function(
    lambda x: np.maximum(np.abs(x) - 1, 0) ** 2,
    lambda x: 2 * np.maximum(np.abs(x) - 1, 0) * np.sign(x),
    latex=r"\max(|x| - 1, 0)^2",
    domain=(-3.0, 3.0),
    minima=(0.0, -1.0, 1.0),
    name="flat_bottom",
    label="max(|x| − 1, 0)²",
    variable="x",
)

# log(1 + e^-x), written so that e^-x cannot overflow.
log_loss = Function(
    lambda x: np.logaddexp(0, -x),
    lambda x: -np.exp(-np.logaddexp(0, x)),
    latex=r"\log(1 + e^{-x})",
    domain=(-5.0, 5.0),
    name="log_loss",
    label="log(1 + e⁻ˣ)",
    variable="x",
)

CATALOGUE = (
    f,
    arbitrary,
    square,
    absolute,
    cube,
    fourth_power,
    exponential,
    flat_bottom,
    log_loss,
)


def gutter(theta):
    """f(x, y) = 3x² + y, on which partial derivatives are shown: a tilted gutter, no minimum.

    ``theta`` holds x and y: shape (2,), or (2, …) for many points; the value has what is left.
    """
    x, y = np.asarray(theta, dtype=float)
    return 3 * x**2 + y


def gutter_gradient(theta):
    """Its gradient (6x, 1), of theta's shape."""
    x, y = np.asarray(theta, dtype=float)
    return np.array([6 * x, np.ones_like(y)])
