"""Formulas that mean the same in Python and in the browser.

A live figure says where its marks go in short formulas such as ``f(w0) + df(w0) * (x - w0)``.
Python evaluates them for the still picture, ``live_figure.js`` for the moving one.
They may use what both languages write alike: numbers, names, lists, ``+ - * / **``, comparisons,
calls, and the functions of ``LIBRARY``, whose twins stand at the top of ``live_figure.js``.
"""

import re

import numpy as np

from lec_utils.descent import gradient_descent


def descend_bowl(bends, lowest, x, y, alpha, n):
    """Gradient descent on a quadratic of two numbers: the x and the y of ``n`` guesses.

    ``bends`` holds its second derivatives by xx, xy and yy; ``lowest`` its lowest point.
    """
    hessian = np.array([[bends[0], bends[1]], [bends[1], bends[2]]])
    path = gradient_descent(lambda w: hessian @ (w - lowest), [x, y], alpha, n)
    return np.asarray(path).T


def above(xs, ys, zs, turn, tilt):
    """How high points stand in a picture seen from above by ``tilt``, after a ``turn``."""
    return zs * np.cos(tilt) - (xs * np.cos(turn) + ys * np.sin(turn)) * np.sin(tilt)


LIBRARY = {
    "abs": np.abs,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "min": min,
    "max": max,
    "at": lambda values, index: values[int(index)],
    "upto": lambda values, index: values[: int(index) + 1],
    "count": len,
    "where": lambda condition, yes, no: yes if condition else no,
    "descend": gradient_descent,
    "descend_bowl": descend_bowl,
    "across": lambda xs, ys, turn: ys * np.cos(turn) - xs * np.sin(turn),
    "above": above,
}


def evaluate(formula, scope):
    """The value of ``formula`` with the names of ``scope`` (a dict) and of ``LIBRARY``.

    Raises ValueError, naming the formula, when it cannot be evaluated.
    """
    try:
        return eval(formula, {"__builtins__": {}}, LIBRARY | scope)
    except Exception as error:
        raise ValueError(f"the formula {formula!r} of this figure fails: {error}") from error


def parse_template(template):
    """Split ``"slope {df(w0):.2f}"`` into text and ``[formula, decimals]`` pieces.

    ``decimals`` is None for a formula that gives a text.
    """
    pieces = []
    for i, piece in enumerate(re.split(r"{(.*?)}", template)):
        if i % 2 == 0:
            pieces.append(piece)
        else:
            formula, _, decimals = piece.partition(":.")
            pieces.append([formula, int(decimals.rstrip("f")) if decimals else None])
    return pieces


def fill_template(pieces, scope):
    """The text of a parsed template, each number written as the browser writes it."""
    return "".join(
        piece if isinstance(piece, str) else _written(evaluate(piece[0], scope), piece[1])
        for piece in pieces
    )


def _written(value, decimals):
    """A text as it is; a number with a true minus sign, from 10⁶ on as ``1.42e6``."""
    if decimals is None:
        return value
    if not np.isfinite(value):
        return "no number" if np.isnan(value) else "∞" if value > 0 else "−∞"
    if abs(value) < 1e6:
        return f"{value:.{decimals}f}".replace("-", "−")
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")
