"""The prose of the lessons: each number that it tells is printed, drawn or given beside it."""

import ast
import html
import io
import re
import tokenize
from urllib.parse import unquote

import nbformat
import numpy as np
import pytest

import lec_utils as lu
from tools.cells import slide_type
from tools.course import read_course

LESSONS = read_course().notebooks()
# A number that stands for itself: no part of a name (x2, 2x, 2-cycle, BFGS_2) nor of a date.
NUMBER = re.compile(
    r"(?<![\w.^/])-?(?:\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:e[+-]?\d+)?"
    r"(?![\w/]|-[a-z]|\.\d)"
)
LOOSE = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:e[+-]?\d+)?")
# What names a place in the course, an item of a list, or a year is no claim about a computation.
NAMES = re.compile(
    r"^ *\d+\. |\d+ (?:min\b|minutes)|\]\([^)]*\)|[a-z]+-\d\d-[a-z]+"
    r"|(?:lessons?|questions?|parts?|conditions?|attempts?) \d+(?:(?:,| and| to) \d+)*",
    re.MULTILINE | re.IGNORECASE,
)
FOLD = re.compile(r"<details>.*?</details>", re.DOTALL)
FORMULA = re.compile(r"\$\$.+?\$\$|(?<!\\)\$[^$]+\$", re.DOTALL)
# The number at the end of a formula, or of each part of it: "w = 0.67", "f \approx -9.2".
RESULT = re.compile(r"(?:^|=|\\approx)\s*(-?\s?[\d,{}]*\.?\d+)\s*$")

# What no cell prints, by what it is computed from; where that is a text, the number is in it.
COMPUTED = {
    "02_update_rule": ["5 - 0.1"],  # a wrong choice
    "04_tips": ["len(lu.course_data().x)"],
    "06_momentum": [
        "lu.momentum.__kwdefaults__['beta']",
        # years
        "lu.momentum.__doc__",
        "lu.nesterov.__doc__",
        "lu.adagrad.__doc__",
        "lu.rmsprop.__doc__",
        "lu.adam.__doc__",
        "'Lessard, Recht and Packard, 2016'",
        "'Reddi, Kale and Kumar, 2018'",
    ],
}


def plain(text):
    """Text with its minus signs, thin spaces and percents as a program prints them."""
    return text.replace("−", "-").replace("{,}", ",").replace("\\,", " ").replace("\u202f", " ")


def value(token):
    return float(re.sub("[, _]", "", token))


def results(formula):
    """The numbers that a formula claims: alone, or behind its last equals sign."""
    body = formula.strip("$").strip().rstrip(".,;")
    return [found[1].strip("{}") for found in [RESULT.search(body)] if found]


def statements(cell):
    """What a cell states in words: Markdown without its questions, or the texts of a figure.

    A question may name what is not so; the answer may not.
    """
    if cell.cell_type == "markdown":
        return without_questions(cell.source)
    calls = (node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call))
    return "\n\n".join(words for call in calls for words in told_by(call))


def without_questions(text):
    """Markdown without what asks, a *Predict* or what ends in "?", and without the minutes."""
    paragraphs = re.split(r"\n\s*\n", text)
    asks = re.compile(r"^\*\*(Predict|Time)\b|\?\s*$", re.IGNORECASE)
    return "\n\n".join(one for one in paragraphs if not asks.search(one.strip()))


def told_by(call):
    """The texts of a call that state something: alt texts, captions, and what answers a choice."""
    for keyword in call.keywords:
        if keyword.arg in ("alt", "caption", "reply"):
            yield from constants(keyword.value)
    for node in [*call.args, *(keyword.value for keyword in call.keywords)]:
        if isinstance(node, ast.Dict) and name_of(call) in ("ask", "predict"):
            yield from (words for reply in node.values for words in constants(reply))


def name_of(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def constants(node):
    """The texts in an expression, without the formulas of a template."""
    if isinstance(node, ast.Call):  # such as textwrap.dedent("…")
        return
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield re.sub(r"\{[^{}]*\}", " ", part.value)


def claims(text):
    """The numbers that a piece of Markdown tells, as they are written."""
    text = plain(text)
    told = [token for formula in FORMULA.findall(text) for token in results(formula)]
    words = NAMES.sub(" ", FORMULA.sub(" ", re.sub(r"^#+ .*$", "", text, flags=re.MULTILINE)))
    return told + NUMBER.findall(re.sub(r"<[^>]+>", " ", words))


def given(cell):
    """The numbers that a cell computes with, and those that it shows."""
    source = io.StringIO(cell.source).readline
    found = [t.string for t in tokenize.generate_tokens(source) if t.type == tokenize.NUMBER]
    for output in cell.outputs:
        told = output.get("text", "") + shown(output.get("data", {}))
        found += LOOSE.findall(plain(told))
    return found


def shown(data):
    """The text of a displayed value; of a still picture or a question it is not computed."""
    words = data.get("text/plain", "")
    computed = "text/html" not in data or words.startswith(("LiveFigure", "Playground"))
    return words if computed else ""


def asked(cell):
    """The numbers of the formulas in which a question says what it is about."""
    open_text = plain(FOLD.sub("", cell.source))
    formulas = [one for one in FORMULA.findall(open_text) if not results(one)]
    return [token for one in formulas for token in LOOSE.findall(one)]


def pool(cells):
    """Every number that stands beside the prose of these cells."""
    beside = []
    for cell in cells:
        beside += given(cell) if cell.cell_type == "code" else asked(cell)
    return [value(token) for token in beside]


def is_beside(token, numbers):
    """Whether a number is one of these, or a hundred times one, rounded as it is written."""
    told = abs(value(token))
    digits, _, exponent = token.partition("e")
    tail = digits.partition(".")[2]
    half = 0.501 * 10.0 ** (int(exponent or 0) - len(tail))
    if not tail and not exponent and told < 20:  # a count is exact; 81 degrees may be 80.9
        half = 1e-9
    # 0 is what a limit comes to, and no cell prints that.
    return told == 0 or any(np.any(np.abs(told - k * numbers) <= half) for k in (1, 100))


def sections(notebook):
    """The cells of each section; that of the title and the last one see the whole lesson."""
    parts = [[]]
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and re.search(r"^## ", cell.source, re.MULTILINE):
            parts.append([])
        parts[-1].append(cell)
    for i, part in enumerate(parts):
        yield part, notebook.cells if i in (0, len(parts) - 1) else part


def unfounded(notebook, computed=()):
    """Each number that nothing beside it shows: the cell's id and the number."""
    made = [eval(expression, {"lu": lu, "np": np}) for expression in computed]
    texts = "\n".join(plain(one) for one in made if isinstance(one, str))
    more = [*map(value, LOOSE.findall(texts)), *(one for one in made if not isinstance(one, str))]
    for part, beside in sections(notebook):
        numbers = np.abs([*pool(beside), *more])
        for cell in part:
            if slide_type(cell) == "notes":
                continue
            seen = np.abs([*numbers, *ticks(cell)])
            for token in claims(statements(cell)):
                if not is_beside(token, seen):
                    yield cell.id, token


def ticks(cell):
    """The numbers that are written in a cell's own pictures, which their alt texts may tell."""
    datas = [output.get("data", {}) for output in cell.get("outputs", [])]
    pictures = unquote(html.unescape(" ".join(data.get("text/html", "") for data in datas)))
    words = plain(" ".join(re.findall(r"<text[^>]*>([^<]*)<", pictures)))
    return [value(token) for token in LOOSE.findall(words)]


each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


@each_lesson
def test_each_number_in_prose_is_beside_it(path):
    found = unfounded(nbformat.read(path, as_version=4), COMPUTED.get(path.stem, ()))
    told = [f"notebooks/{path.name}, cell {at}: nothing beside it shows {n}" for at, n in found]
    assert not told, "\n".join(told)


@each_lesson
def test_no_number_is_computed_here_that_the_lesson_shows(path):
    notebook, computed = nbformat.read(path, as_version=4), COMPUTED.get(path.stem, [])
    for expression in computed:
        fewer = [one for one in computed if one != expression]
        assert len([*unfounded(notebook, fewer)]) > len([*unfounded(notebook, computed)])


def lesson(answer, source="print(1 / 3)", printed="0.3333333\n"):
    """A lesson of one section: a question, a cell with what it prints, and an answer."""
    output = nbformat.v4.new_output("stream", name="stdout", text=printed)
    return nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# 7 \u00b7 A lesson"),
            nbformat.v4.new_markdown_cell("## Divide (2 min)\n\n**Predict:** 0.3 or 0.6?"),
            nbformat.v4.new_code_cell(source, outputs=[output]),
            nbformat.v4.new_markdown_cell(f"<details><summary>Answer</summary>{answer}</details>"),
            nbformat.v4.new_markdown_cell("## Take this with you (1 min)\n\n1. A third is 0.333."),
        ]
    )


@pytest.mark.parametrize(
    "told",
    [
        "It is 0.333.",
        "About 33 %.",
        "$1 / 3 \\approx 0.33$, of lesson 2.",
        "Item 3 of x2, 4-cycle.",
    ],
)
def test_a_number_may_be_rounded_and_a_name_is_none(told):
    assert not [*unfounded(lesson(told))]


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("It is 0.334.", "0.334"),
        ("It is 0.6.", "0.6"),
        ("So $w = 0.35$.", "0.35"),
        ("After 17 updates.", "17"),
        ("It costs 12,500.", "12,500"),
    ],
)
def test_a_number_from_nowhere_is_found(told, number):
    assert [token for _, token in unfounded(lesson(told))] == [number]


def test_alt_texts_and_replies_are_statements_too():
    asked = 'lu.ask("Which?", {"0.5": "No: 0.7.", "1/3": "Yes, 0.3333."}, "1/3")'
    drawn = 'lu.picture(ax, alt=f"A line at 0.8, up to {top}.", caption="Look at 0.9.")'
    for source, numbers in [(asked, ["0.7"]), (drawn, ["0.8", "0.9"])]:
        assert [token for _, token in unfounded(lesson("", source))] == numbers
    assert not [*unfounded(lesson("", drawn), ["0.8", "'It reads 0.90.'"])]
