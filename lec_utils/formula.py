"""Small formulas such as ``f(w0) + df(w0) * (x - w0)``, one language for Python and the browser.

Python evaluates its tree, the browser JavaScript from that tree, with twins in ``live_figure.js``.
A template is a text with formulas: ``"{w:.2f} is {where(w > 0, 'positive', 'not')}"``.
"""

import ast
import inspect
import json
import re
from collections.abc import Callable
from functools import partial, reduce
from typing import NamedTuple

import numpy as np

# Each operator as Python's grammar calls it, and the function of numpy that it stands for.
PAIRS = (
    "Add:add Sub:subtract Mult:multiply Div:divide Mod:mod Pow:power UAdd:positive USub:negative "
    "Lt:less LtE:less_equal Gt:greater GtE:greater_equal Eq:equal NotEq:not_equal "
    "And:logical_and Or:logical_or Not:logical_not"
)
OPERATORS = dict(pair.split(":") for pair in PAIRS.split())
UFUNCS = "exp log log1p expm1 logaddexp sqrt square sign floor sin cos tan tanh arctan"
LARGEST = float(np.finfo(float).max)
LONGEST = 2000  # characters of a formula that a function is traced to

# Braces around a formula, in which a quoted text may hold braces of its own.
QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
PLACE = re.compile(rf"""{{((?:[^{{}}"']|{QUOTED})*?)(?::\.(\d\d?)f)?}}""")


def _chosen(test, yes, no):
    if isinstance(test, str) or isinstance(yes, str) != isinstance(no, str):
        raise TypeError("where chooses by a comparison between two numbers or two texts")
    return np.where(test, yes, no) if np.ndim(test) else yes if test else no


LIBRARY = {name: getattr(np, name) for name in [*OPERATORS.values(), *UFUNCS.split()]} | {
    "abs": np.abs,
    "min": np.minimum,
    "max": np.maximum,
    "where": _chosen,
    "at": lambda values, index: values[int(index)],
    "upto": lambda values, index: values[: int(index) + 1],
    "count": lambda values: np.float64(len(values)),
    "column": lambda rows, index: rows[:, int(index)],
    "dot": np.matmul,
}
NAMES = {operation: name for name, operation in LIBRARY.items() if isinstance(operation, np.ufunc)}


class Formula(NamedTuple):
    """How JavaScript says a formula, and how Python computes it."""

    javascript: str
    value: Callable  # of the names' values, a dict
    used: frozenset = frozenset()  # the operations of the library that it needs


def parse(text, names, library=LIBRARY):
    """The Formula of a text with these names; ValueError for what one language does not have.

    It may hold numbers, quoted texts, names, lists, ``+ - * / % **``, comparisons and ``and or
    not`` (which give 1 or 0), ``yes if condition else no``, and calls of what ``library`` names.
    """
    try:
        return _Parser(names, library).formula(ast.parse(str(text).strip(), mode="eval").body)
    except (SyntaxError, ValueError) as error:
        why = "it is not complete, or not Python" if isinstance(error, SyntaxError) else error
        raise ValueError(f"the formula {text!r} of this figure cannot be used: {why}.") from None


def evaluate(formula, values):
    """The value of a Formula where its names have ``values``, a dict; ValueError for none."""
    with np.errstate(all="ignore"):
        try:
            return formula.value(values)
        except (IndexError, TypeError, ValueError) as error:
            raise ValueError(f"a formula of this figure fails: {error}.") from error


class _Parser:
    """Makes a Formula of each node that both languages have; the others are refused."""

    def __init__(self, names, library):
        self._names, self._library = names, library

    def formula(self, node):
        match node:
            case ast.Constant() | ast.Name():
                return self._atom(node)
            case ast.List(parts):
                return self._made(_array, "[{}]", parts)
            case ast.UnaryOp(op, operand):
                return self._call(node, op, operand)
            case ast.BinOp(left, op, right):
                return self._call(node, op, left, right)
            case ast.BoolOp(op, values):
                return reduce(partial(self._call, node, op), values)
            case ast.Compare(left, ops, others):
                links = map(partial(self._call, node), ops, [left, *others], others)
                return reduce(partial(self._call, node, ast.And()), links)
            case ast.IfExp(condition, yes, no):
                return self._call(node, "where", condition, yes, no)
            case ast.Call(ast.Name(name), [argument], []) if name in self._names:
                call = lambda function, x: function(x)
                return self._made(call, f"${name}({{}})", [argument], self._atom(node.func))
            case ast.Call(ast.Name(name), arguments, []):
                return self._call(node, name, *arguments)
        self._refuse(node)

    def _atom(self, node):
        match node:
            case ast.Name(name) if name in self._names:
                return Formula(f"${name}", lambda values: values[name])
            case ast.Name(name):
                known = ", ".join(self._names) or "numbers"
                raise ValueError(f"there is no {name!r}, only {known}")
            case ast.Constant(str(text)):
                return Formula(json.dumps(text, ensure_ascii=False), lambda _: text)
            case ast.Constant(number) if type(number) in (int, float) and abs(number) <= LARGEST:
                return Formula(repr(float(number)), lambda _: np.float64(number))
        self._refuse(node)

    def _refuse(self, node):
        raise ValueError(f"{ast.unparse(node)} is not in the language of figures")

    def _call(self, node, called, *arguments):
        name = OPERATORS.get(type(called).__name__, called)
        if name not in self._library:
            self._refuse(node)
        operation = self._library[name]
        many = getattr(operation, "nin", 0) or len(inspect.signature(operation).parameters)
        if len(arguments) != many:
            raise ValueError(f"{name} takes {many} value(s), got {len(arguments)}")
        formula = self._made(operation, f"{name}({{}})", arguments)
        return formula._replace(used=formula.used | {name})

    def _made(self, operation, javascript, arguments, *before):
        """The Formula that calls an operation with the values of nodes or of Formulas."""
        given = [one if isinstance(one, Formula) else self.formula(one) for one in arguments]
        parts = [*before, *given]

        def value(values):
            found = operation(*(part.value(values) for part in parts))
            return found * 1.0 if getattr(found, "dtype", None) == np.bool else found

        written = javascript.format(", ".join(part.javascript for part in given))
        return Formula(written, value, frozenset().union(*(part.used for part in parts)))


def _array(*values):
    if any(isinstance(value, str) for value in values):
        raise TypeError("a list holds numbers")
    return np.array(values, dtype=float)


class Traced(np.lib.mixins.NDArrayOperatorsMixin):
    """A number that is not known yet: what is computed with it is written down as a formula."""

    def __init__(self, formula):
        if len(formula) > LONGEST:
            raise ValueError("a formula as long as this one is no gain")
        self.formula = formula

    def __array_ufunc__(self, operation, method, *inputs, **options):
        if method != "__call__" or options or operation not in NAMES:
            return NotImplemented
        return Traced(f"{NAMES[operation]}({', '.join(map(_written, inputs))})")

    def __bool__(self):
        raise TypeError("an unknown number is neither true nor false")


def _written(value):
    return value.formula if isinstance(value, Traced) else repr(float(value))


def trace(function, name, at):
    """The Formula of ``function`` of ``name``, if both agree ``at`` an array; or else None."""
    try:
        formula = parse(_written(function(Traced(name))), [name])
        with np.errstate(all="ignore"):
            found = formula.value({name: at})
            same = np.allclose(found, function(at), rtol=1e-12, atol=0, equal_nan=True)
    except Exception:  # an `if`, a math.exp, whatever fails of an unknown number: it is sampled
        return None
    return formula if same else None


def parse_template(template, parse):
    """Its texts, and pairs of what ``parse`` makes of a formula and its decimals (None: a text)."""
    parts = PLACE.split(template)  # a text, a formula, its decimals, a text, …
    pieces = parts[:1]
    for formula, decimals, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        pieces += [(parse(formula), decimals and int(decimals)), text]
    return [piece for piece in pieces if piece]


def literal(text):
    """``text`` as a part of a template that is written as it is, with any braces in it."""
    return f"{{{text!r}}}"


def fill_template(pieces, values):
    """The text of a parsed template for these values of the names, as the browser writes it."""
    said = lambda formula, decimals: _said(evaluate(formula, values), decimals)
    return "".join(piece if isinstance(piece, str) else said(*piece) for piece in pieces)


def _said(value, decimals):
    """A text as it is; a number with a true minus sign, from 10⁶ on as ``1.42e6``."""
    if isinstance(value, str) != (decimals is None) or np.ndim(value):
        how = "one number is written with its decimals, as in {x:.2f}, and a text without"
        raise ValueError(f"{value} cannot be written here: {how}.")
    if decimals is None or not np.isfinite(value):
        return {"nan": "no number", "inf": "∞", "-inf": "−∞"}.get(str(value), str(value))
    if abs(value) < 1e6:
        return f"{value:z.{decimals}f}".replace("-", "−")
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")
