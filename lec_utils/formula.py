"""Small formulas such as ``f(w0) + df(w0) * (x - w0)``, one language for Python and the browser.

Python evaluates its tree, the browser JavaScript from that tree, with twins in ``js/``.
A template is a text with formulas: ``"{w:.2f} is {where(w > 0, 'positive', 'not')}"``.
"""

import ast
import inspect
import json
import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

# Each operator as Python's grammar calls it, and the function of numpy that it stands for.
PAIRS = (
    "Add:add Sub:subtract Mult:multiply Div:divide Mod:mod Pow:power UAdd:positive USub:negative "
    "Lt:less LtE:less_equal Gt:greater GtE:greater_equal Eq:equal NotEq:not_equal "
    "And:logical_and Or:logical_or Not:logical_not"
)
OPERATORS = {getattr(ast, node): name for node, name in re.findall(r"(\w+):(\w+)", PAIRS)}
UFUNCS = "exp log log1p expm1 logaddexp sqrt square sign floor sin cos tan tanh arctan"
LARGEST = float(np.finfo(float).max)
TEXTS = {"where", "equal", "not_equal"}  # the operations that take texts; all others take numbers
NUMBER = "-.0123456789NI"  # how a number begins in JavaScript, and no other formula
LONGEST = 2000  # characters of a formula that a function is traced to

# Braces around a formula, in which a quoted text may hold braces of its own.
QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
PLACE = re.compile(rf"""{{((?:[^{{}}"']|{QUOTED})*?)(?::\.(\d\d?)f)?}}""")


def _chosen(test, yes, no):
    if isinstance(test, str) or isinstance(yes, str) != isinstance(no, str):
        raise TypeError("where chooses by a comparison between two numbers or two texts")
    return np.where(test, yes, no) if np.ndim(test) else yes if test else no


def _bilinear(grid, x, y):
    """Between the four crossings of ``grid`` around column x and row y; nan outside."""
    last_row, last_column = np.subtract(grid.shape, 1)
    inside = (x >= 0) & (x <= last_column) & (y >= 0) & (y <= last_row)
    x, y = np.where(inside, x, 0.0), np.where(inside, y, 0.0)
    i = np.minimum(y.astype(int), last_row - 1)
    j = np.minimum(x.astype(int), last_column - 1)
    low, high = (row + (x - j) * (after - row) for row, after in (
        (grid[i, j], grid[i, j + 1]), (grid[i + 1, j], grid[i + 1, j + 1])
    ))  # fmt: skip
    return np.where(inside, low + (y - i) * (high - low), np.nan)[()]


LIBRARY = {name: getattr(np, name) for name in [*OPERATORS.values(), *UFUNCS.split()]} | {
    "abs": np.abs,
    "min": np.minimum,
    "max": np.maximum,
    "where": _chosen,
    "at": lambda values, index: values[int(index)],
    "upto": lambda values, index: values[: int(index) + 1],
    "count": lambda values: np.float64(len(values)),
    # The place of the last value that is not 0; -1 if there is none.
    "latest": lambda values: np.float64(np.append(-1, np.flatnonzero(values))[-1]),
    "column": lambda rows, index: rows[:, int(index)],
    "dot": np.matmul,
    "spread": lambda low, high, many: np.linspace(low, high, int(many)),
    "sides": lambda values, reach: np.ravel([values - reach, values + reach], "F"),
    "grid": lambda xs, ys: np.reshape(np.meshgrid(xs, ys), (2, -1)),
    "bilinear": _bilinear,  # of a grid, at so many columns and rows from its first crossing
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
        return _formula(ast.parse(str(text).strip(), mode="eval").body, names, library)
    except (RecursionError, MemoryError):  # the latter of Python's own parser
        words = f"a formula of this figure is too long: name parts of it. It begins {text[:40]!r}."
        raise ValueError(words) from None
    except (SyntaxError, ValueError) as error:
        why = "it is not complete, or not Python" if isinstance(error, SyntaxError) else error
        raise ValueError(f"the formula {text!r} of this figure cannot be used: {why}.") from None


def evaluate(formula, values):
    """The value of a Formula where its names have ``values``, a dict; ValueError for none."""
    with np.errstate(all="ignore"):
        try:
            return formula.value(values)
        except (IndexError, RecursionError, TypeError, ValueError) as error:
            raise ValueError(f"a formula of this figure fails: {error}.") from error


def _formula(node, names, library):
    """The Formula of a node that both languages have; ValueError for any other."""
    parsed = lambda one: _formula(one, names, library)
    match node:
        case ast.Constant(str(text)):
            return Formula(json.dumps(text, ensure_ascii=False), lambda _: text)
        case ast.Constant(number) if type(number) in (int, float) and abs(number) <= LARGEST:
            return _constant(number)
        case ast.Name(name) if name in names:
            return Formula(f"${name}", lambda values: values[name])
        case ast.Name(name):
            raise ValueError(f"there is no {name!r}, only {', '.join(names) or 'numbers'}")
        case ast.List(parts):
            return _call(Formula("", lambda _: _array), map(parsed, parts), "[{}]")
        case ast.Call(ast.Name(name) as function, [argument], []) if name in names:
            return _call(parsed(function), [parsed(argument)])
    name, arguments = _operation(node)
    if name not in library:
        raise ValueError(f"{ast.unparse(node)} is not in the language of figures")
    operation = library[name]
    many = getattr(operation, "nin", 0) or len(inspect.signature(operation).parameters)
    if len(arguments) != many:
        raise ValueError(f"{name} takes {many} value(s), got {len(arguments)}")
    given = [parsed(one) for one in arguments]
    call = _call(Formula(name, lambda _: operation, frozenset([name])), given)
    known = isinstance(operation, np.ufunc) and all(one.javascript[0] in NUMBER for one in given)
    return _constant(evaluate(call, {})) if known else call


def _constant(number):
    """The Formula of a number, which may be infinite or none."""
    written = re.sub(r"^(-?)0\.", r"\1.", repr(float(number)).removesuffix(".0"))
    written = written.replace("nan", "NaN").replace("inf", "Infinity")
    return Formula(written, lambda _: np.float64(number))


def _operation(node):
    """The name of what a node does, None for what is not in the language, and the nodes it needs.

    ``a and b and c`` is ``(a and b) and c``, and ``a < b < c`` is ``a < b and b < c``.
    """
    match node:
        case ast.Call(ast.Name(name), arguments, []):
            return name, arguments
        case ast.IfExp(condition, yes, no):
            return "where", [condition, yes, no]
        case ast.UnaryOp(op, operand):
            return OPERATORS.get(type(op)), [operand]
        case ast.BinOp(left, op, right) | ast.Compare(left, [op], [right]):
            return OPERATORS.get(type(op)), [left, right]
        case ast.BoolOp(op, [left, right]):
            return OPERATORS.get(type(op)), [left, right]
        case ast.BoolOp(op, [*first, last]):
            return OPERATORS.get(type(op)), [ast.BoolOp(op, first), last]
        case ast.Compare(left, [*ops, op], [*others, middle, right]):
            links = ast.Compare(left, ops, [*others, middle]), ast.Compare(middle, [op], [right])
            return "logical_and", links
    return None, []


def _call(called, arguments, brackets="({})"):
    """The Formula that calls the value of one Formula with those of others."""
    parts = [called, *arguments]

    def value(values):
        operation, *given = (part.value(values) for part in parts)
        if called.javascript not in TEXTS and any(isinstance(one, str) for one in given):
            raise TypeError("a text stands where numbers are meant")
        found = operation(*given)
        return found * 1.0 if getattr(found, "dtype", None) == np.bool else found

    written = brackets.format(",".join(part.javascript for part in parts[1:]))
    used = frozenset().union(*(part.used for part in parts))
    return Formula(called.javascript + written, value, used)


def _array(*values):
    return np.array(np.broadcast_arrays(*values), dtype=float)


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


def trace_gradient(gradient, name, at):
    """The text of a formula for ``gradient`` of ``name``, if both agree ``at`` an array (n, d)."""
    try:
        theta = [Traced(f"at({name}, {i})") for i in range(at.shape[1])]
        slopes = gradient(np.array(theta, dtype=object))
        text = f"[{', '.join(map(_written, slopes))}]"
        formula = parse(text, [name])
        found, given = (
            [call(one.copy()) for one in at]
            for call in (lambda theta: formula.value({name: theta}), gradient)
        )
        same = np.allclose(found, given, rtol=1e-12, atol=0, equal_nan=True)
    except Exception:  # as above
        return None
    return text if same else None


def parse_template(template, parse):
    """Its texts, and pairs of what ``parse`` makes of a formula and its decimals (None: a text)."""
    parts = PLACE.split(template)  # a text, a formula, its decimals, a text, …
    pieces = parts[:1]
    for formula, decimals, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        pieces += [(parse(formula), decimals and int(decimals)), text]
    return [piece for piece in pieces if piece]


def literal(text):
    """``text`` as a part of a template that is written as it is, with any braces in it."""
    return f"{{{text!r}}}" if "{" in text or "}" in text else text


def fill_template(pieces, values):
    """The text of a parsed template for these values of the names, as the browser writes it."""
    said = lambda formula, decimals: _said(evaluate(formula, values), decimals)
    return "".join(piece if isinstance(piece, str) else said(*piece) for piece in pieces)


def _said(value, decimals):
    """A text as it is; a number with a true minus sign, from 10⁶ on as ``1.42e6``."""
    if isinstance(value, str) != (decimals is None) or np.ndim(value):
        how = "one number is written with its decimals, as in {x:.2f}, and a text without"
        raise ValueError(f"{value} cannot be written here: {how}.")
    if decimals is None:
        return value
    if not np.isfinite(value):
        return {"nan": "no number", "inf": "∞", "-inf": "−∞"}[str(value)]
    if abs(value) < 1e6:
        return f"{value:z.{decimals}f}".replace("-", "−")
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")
