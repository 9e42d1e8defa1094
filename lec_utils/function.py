"""A function of one number, together with what is known of it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from lec_utils import checks


@dataclass(frozen=True, eq=False)
class Function:
    """A function of one number: call it like any other.

    Attributes
    ----------
    formula : the plain function, from a number (or an array, element by element) to its value
    derivative : its derivative, of the same kind
    latex : the right-hand side of its definition, for formulas; may be empty
    domain : (low, high), where figures draw it; the formula may be defined further out
    minima : where it has its local minima, the global one first; empty when not known or none
    name, variable : how it is written, as in f(w)
    label : how its value is written, on axes and in sentences; f(w) unless given
    derivative_is_numerical : True when no derivative was given and differences stand in for it

    >>> square = Function(lambda x: x**2, lambda x: 2 * x, domain=(-1, 1), name="square")
    >>> square(3), square.derivative(3)
    (9, 6)
    """

    formula: Callable
    derivative: Callable | None = None
    latex: str = ""
    domain: tuple = (-5.0, 5.0)
    minima: tuple = ()
    name: str = "f"
    variable: str = "w"
    label: str = ""
    derivative_is_numerical: bool = field(default=False, init=False)

    def __post_init__(self):
        checks.callable_("a Function's formula", self.formula, "for example `Function(my_f)`")
        # object.__setattr__ is how a frozen dataclass completes itself.
        object.__setattr__(self, "domain", checks.interval(self.domain))
        object.__setattr__(self, "label", self.label or f"{self.name}({self.variable})")
        if self.derivative is None:
            object.__setattr__(self, "derivative", numerical_derivative(self))
            object.__setattr__(self, "derivative_is_numerical", True)
        else:
            check_derivative(self.formula, self.derivative, self.domain)

    def __call__(self, x):
        return elementwise(self.formula, x)

    def slope(self, x):
        """The derivative at ``x``: a number, or an array element by element."""
        return elementwise(self.derivative, x)

    @property
    def note(self):
        """A sentence that owns up to a numerical derivative; empty when one was given."""
        if not self.derivative_is_numerical:
            return ""
        return "The slope is measured by central differences, as no derivative was given."

    def __repr__(self):
        note = " (derivative by central differences)" if self.derivative_is_numerical else ""
        low, high = self.domain
        return f"Function {self.name}({self.variable}) on [{low:g}, {high:g}]{note}"

    def _repr_latex_(self):
        return f"${self.name}({self.variable}) = {self.latex}$" if self.latex else None


def as_function(function, derivative=None, domain=None):
    """``function`` as a :class:`Function`, so that every figure can draw it.

    ``function`` may be a Function already or any callable of one number; ``derivative`` and
    ``domain`` then complete it. Without a derivative, central differences stand in for it.

    Raises TypeError when something is not callable, and ValueError when the derivative does not
    match the function or the domain is not (low, high).
    """
    if not isinstance(function, Function):
        checks.callable_("function", function, "for example `my_f`")
        name = getattr(function, "__name__", "f")
        return Function(
            function,
            derivative,
            domain=(-5.0, 5.0) if domain is None else domain,
            name=name if name.isidentifier() else "f",
            variable=_first_parameter(function),
        )
    if derivative is None and domain is None:
        return function
    if derivative is None and not function.derivative_is_numerical:
        derivative = function.derivative
    return Function(
        function.formula,
        derivative,
        function.latex,
        function.domain if domain is None else domain,
        function.minima,
        function.name,
        function.variable,
        function.label,
    )


def _first_parameter(function):
    """What a user's function calls its number; x where Python cannot tell."""
    try:
        return next(iter(inspect.signature(function).parameters), "x")
    except (TypeError, ValueError):  # some functions written in C
        return "x"


def elementwise(formula, x):
    """``formula`` at ``x``, and at each number of an array, even one written for numbers only.

    In an array, a value too large for a float is infinite and an undefined one is nan; where
    Python's own ``math`` refuses a number, as in math.exp(1000), it is nan as well.
    """
    if np.ndim(x) == 0:
        return formula(x)
    with np.errstate(all="ignore"):
        try:
            values = np.asarray(formula(x), dtype=float)
            if values.shape == np.shape(x):
                return values
        except (TypeError, ValueError):
            pass  # an `if` or a math.exp inside: take the numbers one by one
        return np.reshape(_one_by_one(formula, np.ravel(x)), np.shape(x))


def _one_by_one(formula, numbers):
    """The values as an array, nan where the formula fails; its error when it fails everywhere."""
    values, failure = np.full(len(numbers), np.nan), None
    for i, number in enumerate(numbers):
        try:
            values[i] = formula(number)
        except (ValueError, ArithmeticError) as error:  # math.log(-1), 1 / 0
            failure = error
    if failure is not None and np.all(np.isnan(values)):
        raise failure
    return values


def numerical_derivative(function):
    """The derivative of ``function`` by central differences: a callable of a number or array.

    (f(x + h) − f(x − h)) / 2h with h = ε^(1/3) · max(1, |x|), ε = 2.2e-16, balances truncation
    (grows like h²) against round-off (grows like ε/h): about ten correct digits.
    Source: Press et al., Numerical Recipes, 3rd ed., section 5.7.
    """
    checks.callable_("function", function, "for example `my_f`")

    def derivative(x):
        x = np.asarray(x, dtype=float)
        h = np.cbrt(np.finfo(float).eps) * np.maximum(1.0, np.abs(x))
        after, before = x + h, x - h  # the step that is really taken, after rounding
        with np.errstate(invalid="ignore"):  # inf - inf, where the function overflows
            rise = elementwise(function, after) - elementwise(function, before)
        slope = rise / (after - before)
        return slope[()]

    return derivative


def check_derivative(function, derivative, domain):
    """ValueError, saying what is wrong, unless ``derivative`` is the slope of ``function``.

    Compared with central differences at nine points inside ``domain``, of which one may differ:
    it may lie on a kink.
    """
    checks.callable_("derivative", derivative, "for example `my_df`")
    low, high = domain
    xs = low + (high - low) * np.linspace(0.03, 0.96, 9)
    values, slope = elementwise(function, xs), numerical_derivative(function)(xs)
    given = elementwise(derivative, xs)
    noise = 1e-10 * _largest(values)  # rounding of the values, divided by the differences' step
    if _alike(given, slope, noise):
        return
    if _alike(given, values, noise):
        raise ValueError(
            "this looks like f, not its derivative: "
            "pass the function first, then its derivative, as in (f, df)."
        )
    if _alike(given, -slope, noise):
        raise ValueError("the derivative has the wrong sign: its values are minus the slope.")
    worst = int(np.argmax(np.abs(given - slope)))
    raise ValueError(
        f"the derivative does not match the function: at {xs[worst]:.4g} it gives "
        f"{given[worst]:.4g}, and the slope measured there is {slope[worst]:.4g}."
    )


def _alike(given, expected, noise):
    """Whether two arrays agree to five digits of the largest, but for noise and for one point."""
    with np.errstate(invalid="ignore"):
        fits = np.abs(given - expected) <= 1e-5 * _largest(expected) + noise
    fits |= ~np.isfinite(expected)  # nothing can be said where the function itself fails
    return np.sum(fits) >= len(fits) - 1


def _largest(values):
    return np.max(np.abs(values), where=np.isfinite(values), initial=0.0)
