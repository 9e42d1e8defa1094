"""A function of one number, together with what is known of it."""

import inspect
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import wraps

import numpy as np

from lec_utils import checks
from lec_utils.slopes import elementwise, measured, numerical_derivative, slip


@dataclass(frozen=True, eq=False)
class Function:
    """A function of one number: call it like any other.

    Attributes
    ----------
    formula : the plain function, from a number (or an array, element by element) to its value
    derivative : its derivative, of the same kind; measured by differences where none is given
    latex : the right-hand side of its definition, for formulas; may be empty
    domain : (low, high), where figures draw it; the formula may be defined further out
    minima : where it has its local minima, the global one first; empty when not known or none
    name, variable : how it is written, as in f(w)
    label : how its value is written, on axes and in sentences; f(w) unless given
    derivative_is_numerical : True when no derivative was given and differences stand in for it

    Raises TypeError for what is no function, and ValueError for a derivative that is not its own.

    >>> square = Function(lambda x: x**2, lambda x: 2 * x, domain=(-1, 1), name="square")
    >>> square(3), square.derivative(3)
    (9.0, 6.0)
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
        complete = lambda name, value: object.__setattr__(self, name, value)
        complete("domain", checks.interval(self.domain))
        complete("label", self.label or f"{self.name}({self.variable})")
        complete("derivative_is_numerical", self.derivative is None)
        if self.derivative is not None:
            _check_derivative(self.formula, self.derivative, self.domain)
        derivative = self.derivative or numerical_derivative(self)
        complete("derivative", wraps(derivative)(lambda x: elementwise(derivative, x)))

    def __call__(self, x):
        return elementwise(self.formula, x)

    @property
    def note(self):
        """A sentence that owns up to a numerical derivative; empty when one was given."""
        told = "The slope is measured by central differences, as no derivative was given."
        return told if self.derivative_is_numerical else ""

    def __repr__(self):
        note = " (derivative by central differences)" if self.derivative_is_numerical else ""
        low, high = self.domain
        return f"Function {self.name}({self.variable}) on [{low:g}, {high:g}]{note}"

    def _repr_latex_(self):
        return f"${self.name}({self.variable}) = {self.latex}$" if self.latex else None


def as_function(function, derivative=None, domain=None):
    """``function``, any callable of one number, as a :class:`Function` that figures can draw.

    ``derivative`` and ``domain`` complete it, also where it is a Function already. Raises as
    Function does.
    """
    if not isinstance(function, Function):
        checks.callable_("function", function, "for example `my_f`")
        name, variable = getattr(function, "__name__", "f"), "x"
        with suppress(TypeError, ValueError):  # from some functions written in C
            variable = next(iter(inspect.signature(function).parameters), "x")
        name = name if name.isidentifier() else "f"
        function = Function(function, name=name, variable=variable)
    elif derivative is None and domain is None:
        return function
    own = None if function.derivative_is_numerical else function.derivative
    given = own if derivative is None else derivative
    return replace(function, derivative=given, domain=domain or function.domain)


def _check_derivative(formula, derivative, domain):
    """ValueError, saying what is wrong, unless the derivative is the slope of the formula.

    Compared with what is measured at nine points of the domain, of which one may lie on a kink.
    """
    checks.callable_("derivative", derivative, "for example `my_df`")
    xs = domain[0] + (domain[1] - domain[0]) * np.linspace(0.03, 0.96, 9)
    given, (slope, error) = elementwise(derivative, xs), measured(formula, xs)
    wrong = slip(given, slope, error, elementwise(formula, xs), spare=1)
    if wrong == "height":
        order = "pass the function first, then its derivative, as in (f, df)."
        raise ValueError(f"this looks like f, not its derivative: {order}")
    if wrong == "sign":
        raise ValueError("the derivative has the wrong sign: its values are minus the slope.")
    if wrong:
        worst = np.nanargmax(np.abs(given - slope))
        raise ValueError(
            f"the derivative does not match the function: at {xs[worst]:.4g} it gives "
            f"{given[worst]:.4g}, and the slope measured there is {slope[worst]:.4g}."
        )
