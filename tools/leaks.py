"""A search for what students must not get, a solution or a hidden test, in any text.

tools/release.py makes no student bundle in which `find_leaks` finds something.
"""

import json
import re

import nbformat

from tools.course import read_course
from tools.masters import PROMPT, read_questions

# What only masters, solved notebooks and autograders say.
MARKS = (
    "SOLUTION",
    "BEGIN TESTS",
    "hidden: true",
    "hidden=True",
    "Model answer",
    "Rubric",
)
# Many programs hold `return x` or `else:`: so short a line gives nothing away.
TELLING = 20
# The lessons teach single lines that solve a question, too, but never so many of one question.
TOO_MANY = 3


def solution_lines(question):
    """What a solution says that its student version does not: code lines and paragraphs."""
    given = _prompt_lines(question)
    return [line for line in _all_solution_lines(question) if line not in given]


def _prompt_lines(question):
    """The lines that a learner is given in the answer cell, such as code to be repaired."""
    code = [cell.source for cell in question.answers if cell.cell_type == "code"]
    return _lines(part[0] for source in code for part in PROMPT.finditer(source))


def _all_solution_lines(question):
    for cell in question.answers:
        if cell.cell_type == "markdown":
            yield from cell.source.splitlines()
            continue
        source, inside = PROMPT.sub("", cell.source), False
        for line in source.splitlines():
            if "# BEGIN SOLUTION" in line or "# END SOLUTION" in line:
                inside = "BEGIN" in line
            elif "# SOLUTION" in line:
                yield line.partition("# SOLUTION")[0].strip()
            elif inside:
                yield line.strip()


def hidden_lines(question):
    """The lines of a question's hidden tests."""
    return _lines(cell.source for cell in question.tests if _is_hidden(cell))


def given_lines(master, questions):
    """The lines that every student sees: all but what is between BEGIN and END, public tests too.

    Of a cell to answer in, these are the lines around the solution.
    """
    withheld = {cell.id for question in questions for cell in [*question.answers, *question.tests]}
    cells = nbformat.read(master, as_version=4).cells
    given = _lines(cell.source for cell in cells if cell.id not in withheld)
    for question in questions:
        code = [cell.source for cell in question.answers if cell.cell_type == "code"]
        given |= _lines(code) - set(solution_lines(question))
        given |= _lines(cell.source for cell in question.tests if not _is_hidden(cell))
    return given


def _is_hidden(cell):
    return "hidden: true" in cell.source


def _lines(sources):
    return {line.strip() for source in sources for line in source.splitlines()}


def find_leaks(texts, masters=None):
    """What ``texts``, a dictionary of a name and a text each, give away: a sentence for each leak.

    ``masters`` are the masters whose secrets are looked for, without it all of the course.

    A practice notebook, whose name ends as its master's does, may hold no line of its solutions;
    any other text no paragraph of an explanation, not the head of a hidden test, and at most two
    telling lines of the code that solves a question or tests it in secret.
    """
    found = [
        f"{name} holds {mark!r}" for name, text in texts.items() for mark in MARKS if mark in text
    ]
    masters = read_course().masters() if masters is None else masters
    asked = {master: read_questions(master) for master in masters}
    given = set().union(*(given_lines(*master) for master in asked.items()))
    for master, questions in asked.items():
        for question in questions:
            for name, text in texts.items():
                own = name.endswith(f"{master.parent.name}/{master.name}")
                lines = _given_away(text, question, given, own)
                found += [f"{name} holds {line!r}, of {_place(master, question)}" for line in lines]
    return found


def _given_away(text, question, given, own):
    """The lines of a question's solution or hidden tests that a text should not hold."""
    solution = set(solution_lines(question))
    secret = {line for line in solution | (hidden_lines(question) - given) if _is_telling(line)}
    held = sorted(line for line in secret if line in text)
    if own:
        return held + [line for line in solution - secret if _is_assignment(line) and line in text]
    if len(held) >= TOO_MANY:
        return held
    words = _lines(cell.source for cell in question.answers if cell.cell_type == "markdown")
    return [line for line in held if line in words or line.startswith("def test_")]


def _is_telling(line):
    return len(line) >= TELLING or line.startswith("def test_")


def _is_assignment(line):
    return re.fullmatch(r"\w+ = .+", line)


def _place(master, question):
    return f"{master.parent.name}/{master.stem} {question.name}"


def text_of(name, content):
    """What the bytes of a file say, as text: of a notebook, every string that it stores."""
    text = content.decode("utf-8", errors="replace")
    return "\n".join(_strings(json.loads(text))) if name.endswith(".ipynb") else text


def _strings(value):
    """The strings in a notebook; the lines of a cell are stored as a list of strings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(part, str) for part in value):
        yield "".join(value)
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)
