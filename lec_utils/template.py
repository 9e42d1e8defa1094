"""Words with formulas in them, such as ``"{w:.2f} is {where(w > 0, 'positive', 'not')}"``."""

import re

import numpy as np

from lec_utils.formula import NUMBER, TEXT, evaluate, parse

# Braces around a formula, in which a quoted text may hold braces of its own.
PLACE = re.compile(r"""{((?:[^{}"']|"[^"]*"|'[^']*')*?)(?::\.(\d+)f)?}""")


def parse_template(template, kinds, library):
    """Split ``template`` into texts and pairs (Formula, decimals), with None for a text's decimals.

    Raises ValueError for a formula that cannot be used, and for a number without decimals.
    """
    pieces, end = [], 0
    for place in PLACE.finditer(template):
        formula, decimals = parse(place[1], kinds, library), place[2] and int(place[2])
        if formula.kind != (TEXT if decimals is None else NUMBER):
            raise ValueError(
                f"{place[0]} in {template!r} gives {formula.kind}: "
                "a number is written with its decimals, {x:.2f}, and a text without."
            )
        pieces += [template[end : place.start()], (formula, decimals)]
        end = place.end()
    return [piece for piece in [*pieces, template[end:]] if piece]


def fill_template(pieces, values):
    """The text of a parsed template for these values of the names, as the browser writes it."""
    return "".join(
        piece if isinstance(piece, str) else _written(evaluate(piece[0], values), piece[1])
        for piece in pieces
    )


def _written(value, decimals):
    """A text as it is; a number with a true minus sign, from 10⁶ on as ``1.42e6``."""
    if decimals is None:
        return str(value)
    if np.ndim(value):
        raise ValueError(f"one number can be written here, not {np.size(value)}: take one by at().")
    if not np.isfinite(value):
        return "no number" if np.isnan(value) else "∞" if value > 0 else "−∞"
    if abs(value) < 1e6:
        return f"{value:z.{decimals}f}".replace("-", "−")
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")
