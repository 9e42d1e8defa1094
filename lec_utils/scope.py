"""The names that a figure's formulas may use, with their values in Python and in the browser."""

import base64
import json
import keyword
import re
import unicodedata
from contextlib import suppress
from decimal import Decimal
from string import ascii_letters

import numpy as np

from lec_utils import checks
from lec_utils.formula import LIBRARY, evaluate, fill_template, parse, parse_template, trace
from lec_utils.slopes import elementwise

NAMED = re.compile(r'"(?:[^"\\]|\\.)*"|\$\w+|(?<![\w$])\w+(?=\()')  # texts, names, what is called


class Scope:
    """Names for the formulas after them; ValueError for what cannot be meant, or is too late."""

    library = LIBRARY

    def __init__(self):
        self._now, self._lets = {}, {}  # the names' values at first, and what is computed of them
        self.data, self._lines, self.used, self._closed = {}, [], set(), False  # for the browser

    def name(self, name, value):
        """Take a new name, with its value at first."""
        self._check_name(name)
        self._now[name] = value

    def _check_name(self, name):
        spelt = unicodedata.normalize("NFKC", name)  # as Python reads it in a formula
        if not name.isidentifier() or keyword.iskeyword(name) or name != spelt or name[0] == "_":
            raise ValueError(f"{name!r} cannot be a name in formulas: take a word, alpha say.")
        if name in self._now or name in self.library:
            raise ValueError(f"{name!r} is there already: two things of one name cannot be told.")
        self._check_open()

    def array(self, name, values):
        """Make ``values`` available as ``name``: an array, or a list of arrays or of texts."""
        copied = lambda value: value if isinstance(value, str) else np.array(value, dtype=float)
        if not isinstance(values, list) or not isinstance((values or [0])[0], np.ndarray | str):
            values = copied(values)
        elif len({isinstance(value, str) for value in values}) > 1:
            raise ValueError(f"{name} holds texts and numbers: give it one kind of rows.")
        else:
            values = [*map(copied, values)]
        self.name(name, values)
        self.data[f"${name}"] = _packed(values)

    def let(self, name, formula):
        """Name a value that several formulas use."""
        self._compute(name, self.formula(formula))

    def once(self, text):
        """A name for a long formula that others use more than once; a short one as it is."""
        code = self.formula(text).javascript
        for name, formula in self._lets.items():
            if formula.javascript == code:
                return name
        if len(code) < 25:
            return text
        self.let(f"once{len(self._lets)}", text)
        return next(reversed(self._lets))

    def gradient(self, name, variable, formula):
        """Make a function of ``variable``, which stands for d numbers, callable as ``name``."""
        parsed = self._parse(formula, [*self._now, variable])
        call = lambda values: lambda point: parsed.value(values | {variable: point})
        written = f"${variable}=>{parsed.javascript}"
        self._compute(name, parsed._replace(javascript=written, value=call))

    def function(self, name, function, low, high, step=None):
        """Make ``function`` callable as ``name`` in formulas, for numbers from low to high.

        The browser gets the formula that :func:`trace` finds, otherwise values at each ``step``,
        with cubics through them. Returns whether it got the formula.
        """
        self._check_name(name)
        low, high = checks.interval((low, high))
        step = float((high - low) / 300 if step is None else step)
        step /= max(1, np.ceil(3 * step / (high - low)))  # a cubic needs four samples
        at = np.array(stops(low, high, step))
        found = trace(function, "x", at)
        if found:
            known, body = "bounded", f"$x=>{found.javascript}"
            self.used |= found.used
        else:
            known, body = "sampled", f"data[{json.dumps(name)}],{float(step)!r}"
            self.data[name] = _packed(elementwise(function, at))
        self.name(name, bounded(function, low, high))
        self.used.add(known)
        self._lines.append(f"${name}={known}({body},{float(low)!r},{float(high)!r})")
        return bool(found)

    def formula(self, text):
        """The Formula of a text, noted for the script; it is tried with the values at first."""
        self._check_open()
        parsed = self._parse(text, self._now)
        evaluate(parsed, self._now)
        return parsed

    def template(self, text):
        """The pieces of a template, as :func:`parse_template` returns them, tried as well."""
        self._check_open()
        pieces = parse_template(text, self.formula)
        fill_template(pieces, self._now)
        return pieces

    def values(self, given):
        """Every name with its value, where those of ``given``, a dict, have these numbers."""
        values = self._now | {name: np.float64(value) for name, value in given.items()}
        for name, formula in self._lets.items():
            values[name] = evaluate(formula, values)
        return values

    def javascript(self, given, formulas):
        """A function of library and data, which makes functions of no argument of the formulas."""
        asked = f"[{','.join(f'()=>{formula.javascript}' for formula in formulas)}]"
        named = f"const {','.join(self._lines)};" if self._lines else ""
        short = dict(zip(sorted(self.used), ascii_letters, strict=False))
        short |= {f"${name}": f"${i}" for i, name in enumerate(self._lets)}
        code = NAMED.sub(lambda name: short.get(name[0], name[0]), f"{named}return{asked}")
        known = ",".join(f"{name}:{short.get(name, name)}" for name in sorted(self.used))
        constants = ",".join(name for name in self.data if name.startswith("$"))
        given = ",".join(f"${name}" for name in given)
        return f"({{{known}}},data)=>{{const {{{constants}}}=data;return({{{given}}})=>{{{code}}}}}"

    def _parse(self, text, names):
        parsed = parse(text, names, self.library)
        self.used |= parsed.used
        return parsed

    def _compute(self, name, formula):
        self.name(name, evaluate(formula, self._now))
        self._lets[name] = formula
        self.used.add("tried")
        self._lines.append(f"${name}=tried(()=>{formula.javascript})")

    def _check_open(self):
        if self._closed:
            after = "give it all its parts before, or make a new one."
            raise ValueError(f"this figure was shown already: {after}")


def stops(low, high, step, first=0):
    """Where a slider can stand: low, low + step, … without the digits that adding leaves.

    From the ``first`` on: -1 is the last alone, however many there are.
    """
    many, digits = int((high - low) / step * (1 + 1e-12)) + 1, decimals(step)
    places = (round(low + k * step, digits) + 0.0 for k in range(many)[first:])
    return [min(max(place, low), high) for place in places]


def nice_step(width, stops=300):
    """1, 2 or 5 times a power of ten, at least ``stops`` times in ``width``: 0.05 for 20."""
    power = 10.0 ** np.floor(np.log10(width / stops) + 1e-9)
    times = max(times for times in (1, 2, 5) if times * power <= width / stops * (1 + 1e-9))
    return float(f"{times * power:.1g}")


def shown_decimals(step):
    """The decimals with which the stops of a slider are shown: those of ``step``."""
    return min(max(-Decimal(f"{step:.10g}").as_tuple().exponent, 0), 99)


def decimals(step):
    """The decimals to which stops are rounded: nine more than those that ``step`` begins with."""
    return int(np.clip(9 - np.floor(np.log10(step)), 0, 100))


def bounded(function, low, high):
    """``function`` as the browser knows it: not a number outside [low, high], or where it fails."""

    def known(x):
        x = np.asarray(x, dtype=float)
        values, inside = np.full(x.shape, np.nan), (low <= x) & (x <= high)
        if x.ndim:
            values[inside] = elementwise(function, x[inside])
        elif inside:
            with suppress(ValueError, ArithmeticError):
                return elementwise(function, x[()])
        return values[()]

    return known


def _packed(values):
    """An array as base64 of its floats or small integers, or as plain numbers: what is shortest.

    In a list each of them, and texts as they are.
    """
    if isinstance(values, list):
        return [value if isinstance(value, str) else _packed(value) for value in values]
    values = np.asarray(values, dtype=float)
    small = np.all((np.abs(values) < 2**15) & (values == np.rint(values)))
    kind, type_ = ("integers", "<i2") if small else ("floats", "<f8")
    data = base64.b64encode(values.astype(type_).tobytes()).decode()
    packed, plain = {kind: data, "shape": values.shape}, values.tolist()
    shorter = len(json.dumps(plain)) < len(json.dumps(packed))
    return plain if shorter and np.all(np.isfinite(values)) else packed
