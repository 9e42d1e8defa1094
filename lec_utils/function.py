"""A function of one number, together with what is known of it."""

import inspect
import unicodedata
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

    ``formula`` takes a number, or an array element by element, and so does ``derivative``; central
    differences stand in for one that is not given (``derivative_is_numerical``). ``latex`` is the
    right-hand side of its definition, ``domain`` = (low, high) where figures draw it, and
    ``minima`` its local minima, as far as known, the global one first. ``name`` and ``variable``
    are as in f(w), and ``label`` is how its value is written, f(w) unless given.

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
        domain, given = checks.interval(self.domain), self.derivative
        if given is not None:
            _check_derivative(self.formula, given, domain)
        slope = given or numerical_derivative(self, min(1.0, np.ptp(self.domain)))
        vars(self).update(  # as a frozen dataclass refuses `self.domain = ...`
            domain=domain,
            label=self.label or f"{self.name}({self.symbol})",
            derivative=wraps(slope)(lambda x: elementwise(slope, checks.argument(x))),
            derivative_is_numerical=given is None,
        )

    def __call__(self, x):
        return elementwise(self.formula, checks.argument(x))

    @property
    def symbol(self):
        """The variable as texts write it: θ₁ for ``theta1``."""
        return typeset(self.variable)

    @property
    def note(self):
        """A sentence that owns up to a numerical derivative; empty when one was given."""
        told = "The slope is measured by central differences, as no derivative was given."
        return told if self.derivative_is_numerical else ""

    @property
    def outline(self):
        """How the curve runs over its domain, in a sentence: its ends, valleys and humps."""
        x, y, ways, turns = self._course()
        if len(y) < 2:
            return "The curve has no height."
        if len(turns) > 4:
            return f"The curve turns {len(turns)} times."
        told = [f"The curve starts at height {y[0]:.3g}"]
        for i in turns:
            kind = "falls to a valley" if ways[i] > 0 else "rises to a hump"
            told.append(f"{kind} at {x[i]:.3g}")
        end = {1: f"rises to {y[-1]:.3g}", -1: f"falls to {y[-1]:.3g}", 0: "stays there"}[ways[-1]]
        return f"{', '.join(told)} and {end}."

    def view(self, heights=()):
        """(low, high): a range of heights with every valley and hump large in it, and ``heights``.

        None where the whole curve shows them as well, or has hardly any: high walls hide a valley.
        """
        _, y, _, turns = self._course()
        whole, size = np.ptp(y) if len(y) else 0, np.ptp(y[turns]) if len(turns) else 0
        if size <= 0.05 * whole:
            return None
        low, high = y[turns].min() - size / 4, y[turns].max() + 0.8 * size
        low, high = min([low, *heights]), max([high, *heights])
        room = 0.05 * (high - low)
        return (low - room, high + 2 * room) if high - low < 0.8 * whole else None

    def _course(self):
        """Where the curve has a height over its domain: x, y, its ways (±1 or 0) and its turns."""
        x = np.linspace(*self.domain, 401)
        y = self(x)
        x, y = x[np.isfinite(y)], y[np.isfinite(y)]
        ways = np.sign(np.diff(y))
        return x, y, ways, np.flatnonzero(ways[1:] * ways[:-1] < 0) + 1

    def __repr__(self):
        note = " (derivative by central differences)" if self.derivative_is_numerical else ""
        low, high = self.domain
        return f"Function {self.name}({self.variable}) on [{low:g}, {high:g}]{note}"

    def _repr_latex_(self):
        return f"${self.name}({self.variable}) = {self.latex}$" if self.latex else None


def typeset(name):
    """A name of Python as texts write it: θ₁ for ``theta1``, w₀ for ``w0``."""
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :].translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
    with suppress(KeyError):
        letters = unicodedata.lookup(f"GREEK SMALL LETTER {letters}")
    return letters + digits


def as_function(function, derivative=None, domain=None):
    """``function``, any callable of one number, as a :class:`Function` that figures can draw.

    ``derivative`` and ``domain`` complete it, also where it is one already. Raises as Function.
    """
    if not isinstance(function, Function):
        checks.callable_("function", function, "for example `my_f`")
        name, variable = getattr(function, "__name__", "f"), "x"
        with suppress(TypeError, ValueError):  # from some functions written in C
            variable = next(iter(inspect.signature(function).parameters), "x")
        name = name if name.isidentifier() else "f"
        function = Function(function, name=name, variable=variable)
    if derivative is None and domain is None:
        return function
    if derivative is None and not function.derivative_is_numerical:
        derivative = function.derivative
    domain = function.domain if domain is None else domain
    return replace(function, derivative=derivative, domain=domain)


def guesses_of(path, function=None):
    """``path`` as floats of its own, shape (n,) or (n, d); (n,) for a Function, or ValueError."""
    # A Path has a note, and so has each of its guesses.
    if isinstance(path, tuple) and [hasattr(part, "note") for part in path] == [True, False]:
        told = "this is a pair, a path and its cost, as momentum and sgd return it"
        raise ValueError(f"{told}: take it apart with `path, cost = ...`, and pass the path.")
    try:
        guesses, single = np.array(path, dtype=float), isinstance(function, Function)
    except (TypeError, ValueError):
        told = "a path is an array of guesses, shape (n,) or (n, d)"
        raise ValueError(f"{told}, got {type(path).__name__} {path!r:.60}") from None
    if guesses.ndim not in (1, 2) or not guesses.size:
        raise ValueError(f"guesses have shape (n,) or (n, d), n at least 1, got {guesses.shape}.")
    if single and (many := guesses[0].size) > 1:
        raise ValueError(f"{function.name} takes one number, and each guess here has {many}.")
    return guesses.ravel() if single else guesses


def _check_derivative(formula, derivative, domain):
    """ValueError unless it is the slope measured at nine points, of which one may be a kink."""
    checks.callable_("derivative", derivative, "for example `my_df`")
    xs = domain[0] + (domain[1] - domain[0]) * np.linspace(0.03, 0.96, 9)
    given, (slope, *known) = elementwise(derivative, xs), measured(formula, xs)
    wrong = slip(given, slope, *known, elementwise(formula, xs), spare=1)
    if wrong == "unknown":
        raise ValueError(f"the function has no slope that could be measured on {domain}.")
    if wrong == "height":
        raise ValueError("this looks like f, not its derivative: pass first f, then its slope df.")
    if wrong == "sign":
        raise ValueError("the derivative has the wrong sign: its values are minus the slope.")
    if wrong:
        worst = np.argmax(np.abs(given - slope))  # a nan counts as the largest
        told = f"at {xs[worst]:.4g} it gives {given[worst]:.4g}, and the slope measured there is"
        raise ValueError(f"the derivative does not match the function: {told} {slope[worst]:.4g}.")
