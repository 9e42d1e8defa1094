"""A quiz as every learning platform knows it: `Quiz`, its questions, their choices and pictures.

All text is Markdown with formulas in TeX between dollars; `to_html` makes HTML of it.
"""

import re
from typing import NamedTuple

import mistune


class Choice(NamedTuple):
    """An answer to choose: whether it is right, and what is said to who has chosen it."""

    text: str
    right: bool
    feedback: str


class Image(NamedTuple):
    """A picture of a question: a name without ending, the bytes of a PNG, and what it shows."""

    name: str
    png: bytes
    alt: str


class Question(NamedTuple):
    """One question; ``many`` where any number of its choices may be right."""

    name: str
    title: str
    stem: str
    choices: list
    why: str
    many: bool = False
    image: Image | None = None

    @property
    def rights(self):
        return [choice for choice in self.choices if choice.right]


class Quiz(NamedTuple):
    """Questions that are asked together, under the name of their file."""

    name: str
    title: str
    questions: list


def share(question, choice):
    """What choosing it is worth, in percent: wrong ones cost what right ones bring."""
    if not question.many:
        return 100 if choice.right else 0
    alike = sum(other.right == choice.right for other in question.choices)
    whole = 10_000_000 // alike / 100_000  # not rounded up: a sum over 100 is no grade
    return whole if choice.right else -whole


def to_html(text, formula):
    """HTML of Markdown, well-formed as XML; ``formula`` makes HTML of one formula in TeX."""
    renderer = mistune.HTMLRenderer(escape=True)
    markdown = mistune.create_markdown(renderer=renderer, plugins=["math", "table"])
    renderer.register("inline_math", lambda renderer, body: formula(body))
    # The sides of a table's columns: not every platform keeps a style.
    return re.sub(r' style="[^"]*"', "", markdown(text)).strip()


def in_line(text, formula):
    """The same of one paragraph, without its <p>."""
    return to_html(text, formula).removeprefix("<p>").removesuffix("</p>")


def for_mathjax(body):
    """A formula as MathJax finds it on the pages of Moodle and of others."""
    escaped = body.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return rf"\({escaped}\)"
