"""The names that a figure's formulas may use, with their values in Python and in the browser."""

import base64
import json
import keyword

import numpy as np

from lec_utils.descent import gradient_descent
from lec_utils.formula import FUNCTION, LIBRARY, NUMBER, TEXT, evaluate, parse
from lec_utils.slopes import elementwise
from lec_utils.template import parse_template
from lec_utils.trace import trace


def descend(slope, start, alpha, n):
    """Gradient descent for formulas, whose numbers are floats."""
    return np.asarray(gradient_descent(slope, start, alpha, int(n)))


OPERATIONS = LIBRARY | {"descend": descend}


class Scope:
    """Names in the order in which they were given: each may use those before it."""

    def __init__(self):
        self._kinds, self._values, self._lets = {}, {}, {}  # of the names, for Python
        self._data, self._lines, self._used = {}, [], set()  # for the browser

    def add(self, name, kind=NUMBER, value=None):
        """Take a new name; ValueError unless it is one that formulas can use, and is not taken."""
        if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
            raise ValueError(f"{name!r} cannot be a name in formulas: take a word, alpha say.")
        if name in self._kinds or name in OPERATIONS:
            raise ValueError(f"{name!r} is there already: two things of one name cannot be told.")
        self._kinds[name], self._values[name] = kind, value

    def formula(self, text, kinds=None):
        """The Formula of a text, with these names (kind by name; all, unless given)."""
        return self._noted(parse(text, self._kinds if kinds is None else kinds, OPERATIONS))

    def template(self, text):
        """The pieces of a template: texts, and pairs of a Formula and its decimals."""
        pieces = parse_template(text, self._kinds, OPERATIONS)
        return [
            piece if isinstance(piece, str) else (self._noted(piece[0]), piece[1])
            for piece in pieces
        ]

    def _noted(self, formula):
        self._used |= formula.used
        return formula

    def let(self, name, text):
        """Name what a formula gives."""
        formula = self.formula(text)
        self.add(name, formula.kind)
        self._lets[name] = formula
        self._lines.append(f"const ${name} = {formula.javascript};")

    def array(self, name, values):
        """Name an array of numbers, or a list of arrays or of texts."""
        texts = isinstance(values, list) and values and isinstance(values[0], str)
        self.add(name, TEXT if texts else NUMBER, values)
        self._data[f"${name}"] = _packed(values)

    def function(self, name, function, low, high, points):
        """Name a function of one number from low to high; returns whether its formula was found.

        Where it was not, the browser gets its values at so many ``points``.
        """
        at = np.linspace(low, high, points)
        found = trace(function, "x", at)
        self.add(name, FUNCTION, bounded(function, low, high))
        if found:
            body = f"($x) => {self.formula(found, {'x': NUMBER}).javascript}"
        else:
            body = f"data[{json.dumps(name)}]"
            self._data[name] = _packed(elementwise(function, at))
        kind = "bounded" if found else "sampled"
        self._used.add(kind)
        self._lines.append(f"const ${name} = {kind}({body}, {float(low)!r}, {float(high)!r});")
        return bool(found)

    def gradient(self, name, variable, text):
        """Name the function of ``variable``, d numbers, that a formula gives."""
        formula = self.formula(text, self._kinds | {variable: NUMBER})
        call = lambda values: lambda point: formula.value(values | {variable: point})
        self.add(name, FUNCTION)
        self._lets[name] = formula._replace(kind=FUNCTION, value=call)
        self._lines.append(f"const ${name} = (${variable}) => {formula.javascript};")

    def values(self, given):
        """Every name with its value, where those of ``given`` have these numbers (a dict)."""
        values = self._values | {name: np.float64(value) for name, value in given.items()}
        for name, formula in self._lets.items():
            values[name] = evaluate(formula, values)
        return values

    def program(self, given, formulas):
        """JavaScript: a function of library and data, which gives one of the ``given`` names.

        That takes their numbers, an object, and returns the values of all ``formulas``, a list.
        """
        names = ", ".join(f"${name}" for name in given)
        asked = ", ".join(formula.javascript for formula in formulas)
        constants = ", ".join(name for name in self._data if name.startswith("$"))
        return (
            f"(library, data) => {{ const {{{', '.join(sorted(self._used))}}} = library, "
            f"{{{constants}}} = data; return ({{{names}}}) => "
            f"{{ {' '.join(self._lines)} return [{asked}]; }}; }}"
        )

    @property
    def used(self):
        """The operations that the program calls."""
        return frozenset(self._used)

    @property
    def data(self):
        """What the program needs of numbers and texts, as pairs that JSON can carry."""
        return list(self._data.items())


def bounded(function, low, high):
    """``function`` as the browser knows it: not a number outside [low, high]."""

    def bounded(x):
        x = np.asarray(x, dtype=float)
        values = np.full(x.shape, np.nan)
        known = (low <= x) & (x <= high)
        values[known] = elementwise(function, x[known])
        return values[()]

    return bounded


def _packed(values):
    """Texts as they are, lists of arrays one by one, an array as the base64 of its floats."""
    if isinstance(values, str):
        return values
    if isinstance(values, list):
        return [_packed(value) for value in values]
    data = base64.b64encode(np.asarray(values, dtype="<f8").tobytes()).decode()
    return {"floats": data, "shape": np.shape(values)}
