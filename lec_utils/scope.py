"""The names that a figure's formulas may use, with their values in Python and in the browser."""

import base64
import json
import keyword

import numpy as np

from lec_utils.formula import FUNCTION, LIBRARY, NUMBER, TEXT, evaluate, parse
from lec_utils.slopes import elementwise
from lec_utils.template import parse_template
from lec_utils.trace import trace


class Scope:
    """Names in the order in which they are given: a formula may use those before it.

    Raises ValueError, in words, for what cannot be meant, and for what comes after ``close``.
    """

    library = LIBRARY

    def __init__(self):
        self._kinds, self._values, self._lets = {}, {}, {}  # of the names, for Python
        self.data, self._lines, self.used = {}, [], set()  # for the browser
        self._closed = False

    def name(self, name, kind=NUMBER, value=None):
        """Take a new name, for a value that comes later unless it is given."""
        if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
            raise ValueError(f"{name!r} cannot be a name in formulas: take a word, alpha say.")
        if name in self._kinds or name in self.library:
            raise ValueError(f"{name!r} is there already: two things of one name cannot be told.")
        self._check_open()
        self._kinds[name], self._values[name] = kind, value

    def array(self, name, values):
        """Make ``values``, an array of numbers, available as ``name`` in formulas."""
        values = np.asarray(values, dtype=float)
        self.name(name, NUMBER, values)
        self.data[f"${name}"] = _packed(values)

    def let(self, name, formula):
        """Name a value that several formulas use."""
        parsed = self.formula(formula)
        self._compute(name, parsed, parsed.javascript)

    def gradient(self, name, variable, formula):
        """Make a function of ``variable``, which stands for d numbers, callable as ``name``."""
        parsed = self.formula(formula, self._kinds | {variable: NUMBER})
        call = lambda values: lambda point: parsed.value(values | {variable: point})
        function = parsed._replace(kind=FUNCTION, value=call)
        self._compute(name, function, f"(${variable}) => {parsed.javascript}")

    def function(self, name, function, low, high, points=301):
        """Make ``function`` callable as ``name`` in formulas, for numbers from low to high.

        The browser gets its formula, where :func:`trace` finds one, and otherwise its values at so
        many ``points``, with cubics through them. Returns whether it got the formula.
        """
        at = np.linspace(low, high, points)
        found = trace(function, "x", at)
        self.name(name, FUNCTION, bounded(function, low, high))
        if found:
            body = f"bounded(($x) => {self.formula(found, {'x': NUMBER}).javascript}"
        else:
            self.data[name] = _packed(elementwise(function, at))
            body = f"sampled(data[{json.dumps(name)}]"
        self.used.add("bounded" if found else "sampled")
        self._lines.append(f"const ${name} = {body}, {float(low)!r}, {float(high)!r});")
        return bool(found)

    def rows(self, name, rows):
        """Make a list of arrays, or of texts, available as ``name``: for :meth:`table`."""
        texts = isinstance(rows[0], str)
        rows = rows if texts else [np.asarray(row, dtype=float) for row in rows]
        self.name(name, TEXT if texts else NUMBER, rows)
        self.data[f"${name}"] = [_packed(row) for row in rows]

    def formula(self, text, kinds=None):
        """The Formula of a text with these names (with all, unless given), noted for the script."""
        self._check_open()
        parsed = parse(text, self._kinds if kinds is None else kinds, self.library)
        self.used |= parsed.used
        return parsed

    def template(self, text):
        """The pieces of a template, as :func:`parse_template` returns them."""
        self._check_open()
        pieces = parse_template(text, self._kinds, self.library)
        for formula, _ in (piece for piece in pieces if not isinstance(piece, str)):
            self.used |= formula.used
        return pieces

    def close(self):
        """From now on, nothing can be added."""
        self._closed = True

    def values(self, given):
        """Every name with its value, where those of ``given``, a dict, have these numbers."""
        values = self._values | {name: np.float64(value) for name, value in given.items()}
        for name, formula in self._lets.items():
            values[name] = evaluate(formula, values)
        return values

    def javascript(self, given, formulas):
        """A function of library and data, which returns a function of the ``given`` names' numbers.

        That takes them as an object and returns the values of all ``formulas``, a list.
        """
        names = ", ".join(f"${name}" for name in given)
        asked = ", ".join(formula.javascript for formula in formulas)
        constants = ", ".join(name for name in self.data if name.startswith("$"))
        return (
            f"(library, data) => {{ const {{{', '.join(sorted(self.used))}}} = library, "
            f"{{{constants}}} = data; return ({{{names}}}) => "
            f"{{ {' '.join(self._lines)} return [{asked}]; }}; }}"
        )

    def _compute(self, name, formula, javascript):
        self.name(name, formula.kind)
        self._lets[name] = formula
        self._lines.append(f"const ${name} = {javascript};")

    def _check_open(self):
        if self._closed:
            raise ValueError(
                "this figure was shown already: give it all its parts before, or make a new one."
            )


def bounded(function, low, high):
    """``function`` as the browser knows it: not a number outside [low, high]."""

    def known(x):
        x = np.asarray(x, dtype=float)
        values, inside = np.full(x.shape, np.nan), (low <= x) & (x <= high)
        values[inside] = elementwise(function, x[inside])
        return values[()]

    return known


def _packed(values):
    """A text as it is, an array as the base64 of its floats."""
    if isinstance(values, str):
        return values
    data = base64.b64encode(np.asarray(values, dtype="<f8").tobytes()).decode()
    return {"floats": data, "shape": np.shape(values)}
