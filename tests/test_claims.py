"""What texts say of the running example and of the data is so: tests/claims has them all.

A failure names the file, the cell or line, what it says, and what would be true.
"""

import ast
import re
import tomllib
from functools import cache

import data_set
import long_valley
import nbformat
import numpy as np
import pytest
import running_example

from tools.course import ROOT
from tools.draws import SLOT

CLAIMS = ROOT / "tests" / "claims"
NAMES = {
    "running_example": running_example.names,
    "data_set": lambda: data_set.names() | long_valley.names(),
}
# What may stand in a slot: a number, a noun, a row of a table, a polynomial.
NUMBER = r"[-−]?\d+(?:[.,]\d+)*(?:e[+-]?\d+)?"
NOUN, ROW, FORMULA = r"\w+(?: \w+)??", r"[\w\s*^+$|-]+", r"[\w\s*^+−²³⁴,-]+"


def claims():
    """Each claim: of what, the file, its words and what makes them true."""
    for of in NAMES:
        with open(CLAIMS / f"{of}.toml", "rb") as file:
            files = tomllib.load(file)
        for file, said in files.items():
            for words, condition in said.items():
                yield pytest.param(of, file, words, condition, id=f"{file}: {words[:50]}")


@cache
def parts(file):
    """The cells or lines of a text file: where each is, and what stands there on one line."""
    path = ROOT / file
    if path.suffix == ".ipynb":
        found = nbformat.read(path, as_version=4).cells
        return [(f"cell {cell.id}", plain(text_of(cell))) for cell in found]
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(f"line {number}", plain(line)) for number, line in enumerate(lines, start=1)]


def plain(text):
    return re.sub(r"\s+", " ", text)


def text_of(cell):
    """The source of a cell; of code also its texts, each in one piece."""
    if cell.cell_type != "code" or "{{" in cell.source:
        return cell.source
    strings = (
        node.value for node in ast.walk(ast.parse(cell.source)) if type(node) is ast.Constant
    )
    return "\n".join([cell.source, *(one for one in strings if isinstance(one, str))])


def pattern(words, names):
    """What finds the words whatever stands in their slots, and the words as they are true now."""
    found, told, at = "", "", 0
    for slot in SLOT.finditer(words):
        value, before = (
            value_of(f"f{'{' + slot[1].strip() + '}'!r}", names),
            words[at : slot.start()],
        )
        found, told, at = found + re.escape(before) + kind(value), told + before + value, slot.end()
    return found + re.escape(words[at:]), told + words[at:]


def value_of(expression, names):
    """What Python makes of it; a run that overflows is a number like others."""
    with np.errstate(all="ignore"):
        return eval(expression, dict(names))


def kind(value):
    """What else may stand where this value does."""
    if re.fullmatch(f"{NUMBER}|inf|nan", value):
        return NUMBER
    return ROW if "|" in value else NOUN if re.fullmatch(NOUN, value) else FORMULA


def same(one, other):
    """Whether two texts are equal, whichever minus sign they write."""
    return one.replace("−", "-") == other.replace("−", "-")


def untrue(of, file, words, condition):
    """What is wrong with a claim, in words: each place, what it says, and what is so now."""
    names = NAMES[of]()
    found, now = pattern(plain(words), names)
    said = [(at, one[0]) for at, text in parts(file) for one in re.finditer(found, text)]
    if not said:
        yield f"{file} no longer says “{words}”: say so in tests/claims/{of}.toml."
    for at, text in said:
        if not same(text, now):
            yield f"{file}, {at}: “{text}” is not so. It is: “{now}”"
        if condition and not value_of(condition, names):
            yield f"{file}, {at}: “{text}” is not so, as this is false: {reason(condition, names)}"


def reason(condition, names):
    """The first part of a condition that is false, and the values that it compares."""
    part = ast.parse(condition, mode="eval").body
    if isinstance(part, ast.BoolOp) and isinstance(part.op, ast.And):
        part = next(one for one in part.values if not value_of(ast.unparse(one), names))
    if not isinstance(part, ast.Compare):
        return ast.unparse(part)
    sides = [ast.Name(shown(ast.unparse(one), names)) for one in (part.left, *part.comparators)]
    return f"{ast.unparse(part)} ({ast.unparse(ast.Compare(sides[0], part.ops, sides[1:]))})"


def shown(expression, names):
    value = value_of(expression, names)
    return f"{value:.5g}" if isinstance(value, (int, float)) else f"{value}"


@pytest.mark.parametrize(("of", "file", "words", "condition"), [*claims()])
def test_what_is_said_is_so(of, file, words, condition):
    wrong = [*untrue(of, file, words, condition)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("0 < f(0) and 3 < f(2) < 9", "3 < f(2) < 9 (3 < 2.5 < 9)"),
        ("word == 'slow'", "word == 'slow' (converged == slow)"),
        ("not steep", "not steep"),
    ],
)
def test_a_condition_that_is_false_is_told_with_its_values(condition, told):
    names = {"f": lambda w: 0.5 * w + 1.5, "word": "converged", "steep": True}
    assert reason(condition, names) == told
