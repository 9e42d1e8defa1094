"""What varies in a practice notebook: draws, declared beside the question that uses them.

The configuration of a question in a master may hold

    draw:                       # a name, and the values it may have; the first one is as stored
      x: [5, 7, 4]
      alpha: [0.1, 0.2]
      places: abcd              # the choices of the question, in any order
    let:                        # what follows from them, in their order; Python
      right: x - alpha * 4
    when: right != x            # Python, true for every draw that may be used

and its cells say `{{ x }}` where the value belongs, or any Python expression of such names. Texts,
pictures, solution, tests and wrong answers follow, as they say it as well. HELPERS are there, too.
"""

import random
import re
from itertools import count, permutations

import numpy as np

from lec_utils.catalogue import df, f
from lec_utils.datasets import course_data
from lec_utils.practice.seal import seal
from tools.course import CourseError

SLOT = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
CHOICE = re.compile(r"^- \*\*([a-z])\.\*\* ", re.MULTILINE)
ENOUGH = 10_000  # draws in which `when` is never true


def short(value, digits=6):
    """A number in the fewest characters, to so many significant digits: 4.6."""
    return f"{float(value):.{digits}g}"


def signed(value):
    """A number that is added to what stands before it: `+ 3` or `- 3`."""
    return f"{'-' if value < 0 else '+'} {short(abs(value))}"


def polynomial(coefficients, variable="x", code=False):
    """A polynomial, highest power first, in TeX or in Python: `5w^4 - w^3 + 2`."""
    terms = []
    for power, factor in zip(count(len(coefficients) - 1, -1), coefficients, strict=False):
        if not factor:
            continue
        letter = _power(variable, power, code)
        size = short(abs(factor)) if abs(factor) != 1 or not power else ""
        joint = " * " if code and size and letter else ""
        terms.append(("-" if factor < 0 else "+", f"{size}{joint}{letter}"))
    text = " ".join(f"{sign} {term}" for sign, term in terms) or "+ 0"
    return text[2:] if text[0] == "+" else f"-{text[2:]}"


def _power(variable, power, code):
    if power < 2:
        return variable if power else ""
    return f"{variable}**{power}" if code else f"{variable}^{power}"


HELPERS = {
    "np": np,
    "f": f,  # the running example, so that no master tells its numbers
    "df": df,
    "course_data": course_data,  # nor those of its data
    "seal": seal,
    "short": short,
    "signed": signed,
    "polynomial": polynomial,
    **{f.__name__: f for f in (abs, float, int, len, list, max, min, round, sorted, str, sum)},
    **{f.__name__: f for f in (any, all, range, zip, enumerate, tuple, set, dict)},
}


def drawn(config, key=None, known=()):
    """The names of one question and their values, as stored or drawn for a ``key``, a text.

    Those of the questions before it, ``known``, can be used as well.

    With letters to put in another order, say `places: abcd`, ``at("c")`` is the letter at which the
    choice now stands that the master calls c. Raises CourseError where nothing fits.
    """
    chance = random.Random(f"{key} {config['name']}")
    for _ in range(ENOUGH if key is not None else 1):
        names = {name: value for name, value in dict(known).items() if name != "at"}
        for name, values in (config.get("draw") or {}).items():
            if isinstance(values, str):
                orders = [*permutations(values)]
                names[name] = "".join(orders[0] if key is None else chance.choice(orders))
                names["at"] = dict(zip(names[name], values, strict=True)).__getitem__
            else:
                names[name] = values[0] if key is None else chance.choice(values)
        for name, formula in (config.get("let") or {}).items():
            names[name] = value(formula, names, config["name"])
        if value(config.get("when", "True"), names, config["name"]):
            return names
    raise CourseError(f"{config['name']}: `when` is true for no draw, or not for the stored one.")


def value(formula, names, question):
    """What a Python expression of these names is; CourseError where it fails."""
    try:
        return eval(str(formula), {"__builtins__": {}, **HELPERS, **names})
    except Exception as error:
        raise CourseError(f"{question}: {formula!r} fails, {error!r}.") from error


def filled(text, names, question):
    """A text with its slots filled, and its choices in their order.

    Whole floats that Python would write as 2.0 stay so; use ``short`` for a text.
    """
    text = SLOT.sub(lambda slot: str(value(slot[1].strip(), names, question)), text)
    return _in_order(text, names["at"]) if "at" in names and CHOICE.search(text) else text


def _in_order(text, at):
    """A list of choices, `- **a.** …`, in the order of their new letters."""
    start = CHOICE.search(text).start()
    choices = CHOICE.split(text[start:])[1:]
    *bodies, last = choices[1::2]
    last, blank, after = last.partition("\n\n")
    bodies = [body.rstrip("\n") for body in (*bodies, last)]
    new = sorted((at(letter), body) for letter, body in zip(choices[::2], bodies, strict=True))
    return (
        text[:start] + "\n".join(f"- **{letter}.** {body}" for letter, body in new) + blank + after
    )
