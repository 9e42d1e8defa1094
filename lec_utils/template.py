"""Words with formulas in them, such as ``"{w:.2f} is {where(w > 0, 'positive', 'not')}"``."""

import re

import numpy as np

from lec_utils.formula import evaluate

# Braces around a formula, in which a quoted text may hold braces of its own.
PLACE = re.compile(r"""{((?:[^{}"']|"[^"]*"|'[^']*')*?)(?::\.(\d+)f)?}""")


def parse_template(template, parse):
    """Its texts, and pairs of what ``parse`` makes of a formula and its decimals (None: a text)."""
    parts = PLACE.split(template)  # a text, a formula, its decimals, a text, …
    pieces = parts[:1]
    for formula, decimals, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        pieces += [(parse(formula), decimals and int(decimals)), text]
    return [piece for piece in pieces if piece]


def fill_template(pieces, values):
    """The text of a parsed template for these values of the names, as the browser writes it."""
    return "".join(
        piece if isinstance(piece, str) else _written(evaluate(piece[0], values), piece[1])
        for piece in pieces
    )


def _written(value, decimals):
    """A text as it is; a number with a true minus sign, from 10⁶ on as ``1.42e6``."""
    if isinstance(value, str) != (decimals is None) or np.ndim(value):
        raise ValueError(
            f"{value} cannot be written here: one number is written with its decimals, "
            "as in {x:.2f}, and a text without."
        )
    if decimals is None or not np.isfinite(value):
        return {"nan": "no number", "inf": "∞", "-inf": "−∞"}.get(str(value), str(value))
    if abs(value) < 1e6:
        return f"{value:z.{decimals}f}".replace("-", "−")
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")
