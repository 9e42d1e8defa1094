"""Small formulas such as ``f(w0) + df(w0) * (x - w0)``, one language for Python and the browser.

A formula is parsed once, when it is written. Python evaluates its tree for the still picture; the
browser runs the JavaScript that is written from the same tree, in which each operation is a call
of its twin in ``live_figure.js``. A formula may hold numbers, quoted texts, names, lists,
``+ - * / % **``, comparisons, ``and or not``, ``yes if condition else no``, and calls of what
``LIBRARY`` names. All else is refused, in words. Arrays are taken element by element, as by numpy.
"""

import ast
import inspect
import json
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np

OPERATORS = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.Mod: "mod",
    ast.Pow: "power",
    ast.UAdd: "positive",
    ast.USub: "negative",
    ast.Lt: "less",
    ast.LtE: "less_equal",
    ast.Gt: "greater",
    ast.GtE: "greater_equal",
    ast.Eq: "equal",
    ast.NotEq: "not_equal",
    ast.And: "logical_and",
    ast.Or: "logical_or",
    ast.Not: "logical_not",
}
COMPARISONS = {OPERATORS[sign] for sign in OPERATORS if issubclass(sign, ast.cmpop)}
UFUNCS = "exp log log1p expm1 logaddexp sqrt square sign floor sin cos tan tanh arctan"


def where(condition, yes, no):
    """``yes`` or ``no``, whole for one condition, element by element for an array of them."""
    return np.where(condition, yes, no) if np.ndim(condition) else yes if condition else no


LIBRARY = {name: getattr(np, name) for name in [*OPERATORS.values(), *UFUNCS.split()]} | {
    "abs": np.abs,
    "min": np.minimum,
    "max": np.maximum,
    "where": where,
    "at": lambda values, index: values[int(index)],
    "upto": lambda values, index: values[: int(index) + 1],
    "count": lambda values: len(values),
    "column": lambda rows, index: np.asarray(rows)[:, int(index)],
    "dot": lambda a, b: np.dot(a, b),
}
NUMBER, TRUTH, TEXT, FUNCTION = "a number", "a comparison", "a text", "a function"
# What an operation takes, where that is not numbers; None is a number or a text.
TAKES = {"where": (TRUTH, None, None), "at": (None, NUMBER), "descend": (FUNCTION, *[NUMBER] * 3)}


class Formula(NamedTuple):
    """What a formula gives (a kind), how JavaScript says it, and how Python computes it."""

    kind: str
    javascript: str
    value: Callable  # of the names' values, a dict
    used: frozenset = frozenset()  # the operations of the library that it needs


def parse(text, kinds, library=LIBRARY):
    """The Formula that ``text`` says; ``kinds`` holds its names, each with what it stands for.

    Raises ValueError, naming the formula, for what the two languages do not share.
    """
    try:
        return _Parser(kinds, library).visit(ast.parse(str(text).strip(), mode="eval").body)
    except SyntaxError:
        why = "it is not complete, or not Python"
    except ValueError as error:
        why = str(error)
    raise ValueError(f"the formula {text!r} of this figure cannot be used: {why}.")


def evaluate(formula, values):
    """The value of a Formula where its names have these ``values`` (a dict).

    Raises ValueError where it has none: an index too large, lengths that do not match.
    """
    with np.errstate(all="ignore"):
        try:
            return formula.value(values)
        except (IndexError, TypeError, ValueError) as error:
            raise ValueError(f"a formula of this figure fails: {error}.") from error


class _Parser(ast.NodeVisitor):
    """Makes a Formula of each node that both languages have; the others are refused."""

    def __init__(self, kinds, library):
        self._kinds, self._library = kinds, library

    def generic_visit(self, node):
        raise ValueError(f"{ast.unparse(node)} is not in the language of figures")

    def visit_Constant(self, node):
        if isinstance(node.value, str):
            return Formula(TEXT, json.dumps(node.value, ensure_ascii=False), lambda _: node.value)
        if type(node.value) not in (int, float) or not abs(node.value) < np.inf:
            self.generic_visit(node)
        return Formula(NUMBER, repr(float(node.value)), lambda _: np.float64(node.value))

    def visit_Name(self, node):
        if node.id not in self._kinds:
            raise ValueError(f"there is no {node.id!r}, only {', '.join(self._kinds) or 'numbers'}")
        return Formula(self._kinds[node.id], f"${node.id}", lambda values: values[node.id])

    def visit_List(self, node):
        items = [self.visit(item) for item in node.elts]
        _expect("a list", [NUMBER] * len(items), items)
        array = lambda *values: np.array(values, dtype=float)
        return _made(NUMBER, array, f"[{_joined(items)}]", items)

    def visit_UnaryOp(self, node):
        return self._call(node, OPERATORS.get(type(node.op)), node.operand)

    def visit_BinOp(self, node):
        return self._call(node, OPERATORS.get(type(node.op)), node.left, node.right)

    def visit_BoolOp(self, node):
        first, *others = node.values
        for other in others:
            first = self._call(node, OPERATORS[type(node.op)], first, other)
        return first

    def visit_Compare(self, node):
        first, *others = [
            self._call(node, OPERATORS.get(type(sign)), *sides)
            for sign, sides in zip(node.ops, pairwise([node.left, *node.comparators]), strict=True)
        ]
        for other in others:
            first = self._call(node, "logical_and", first, other)
        return first

    def visit_IfExp(self, node):
        return self._call(node, "where", node.test, node.body, node.orelse)

    def visit_Call(self, node):
        name = node.func.id if isinstance(node.func, ast.Name) and not node.keywords else None
        if self._kinds.get(name) != FUNCTION:
            return self._call(node, name, *node.args)
        given = [self.visit(argument) for argument in node.args]
        _expect(name, [NUMBER], given)
        parts = [self.visit(node.func), *given]
        return _made(NUMBER, lambda function, x: function(x), f"${name}({_joined(given)})", parts)

    def _call(self, node, name, *arguments):
        """A call of an operation of the library with these nodes or Formulas."""
        if name not in self._library:
            self.generic_visit(node)
        given = [one if isinstance(one, Formula) else self.visit(one) for one in arguments]
        function = self._library[name]
        logical = name.startswith("logical")
        count = getattr(function, "nin", 0) or len(inspect.signature(function).parameters)
        _expect(name, TAKES.get(name, [TRUTH if logical else NUMBER] * count), given)
        kind = {"where": given[-1].kind, "at": given[0].kind}.get(name, NUMBER)
        if name == "where" and given[1].kind != kind:
            raise ValueError("where needs two numbers or two texts to choose from")
        kind = TRUTH if logical or name in COMPARISONS else kind
        return _made(kind, function, f"{name}({_joined(given)})", given, {name})


def _expect(name, kinds, given):
    """ValueError unless ``given``, Formulas, are of these kinds; None is a number or a text."""
    if len(kinds) != len(given):
        raise ValueError(f"{name} takes {len(kinds)} value(s), got {len(given)}")
    for kind, formula in zip(kinds, given, strict=True):
        if formula.kind not in ([kind] if kind else [NUMBER, TEXT]):
            raise ValueError(f"{name} takes {kind or 'a number or a text'}, not {formula.kind}")


def _made(kind, function, javascript, parts, used=()):
    """The Formula that calls ``function`` with the values of its parts."""
    call = lambda values: function(*(part.value(values) for part in parts))
    return Formula(kind, javascript, call, frozenset(used).union(*(part.used for part in parts)))


def _joined(formulas):
    return ", ".join(formula.javascript for formula in formulas)
