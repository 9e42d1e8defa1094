"""A page of HTML to read offline: a template filled, whatever the texts on it hold."""

import base64
import functools
import hashlib
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grading.files import replacing
from grading.statistics import cut
from grading.words import html
from lec_utils.practice.verdict import title

PAGES = Path(__file__).parent / "pages"
LONGEST = 5000  # characters of one text on a page
# What no page may hold or nobody could see: control characters but tab and line feed, halves of
# surrogate pairs, signs that turn the direction of reading, and what is no character at all.
UNREADABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)


def write_page(path, template, **values):
    """Write a page; it takes the place of ``path`` when it is whole."""
    with replacing(path) as file:
        file.write(_pages().get_template(template).render(values))


def render_text(template, **values):
    """Markdown of a template; what is shown in it is neither Markdown nor a formula."""
    made = _pages().get_template(template).render(values)
    return made.replace("$", "&#36;")


@functools.cache
def _pages():
    """The templates; whatever they show passes through ``_shown`` and is then escaped."""
    pages = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    pages.filters.update(title=title, words=_words, words_only=_words_only, points=_points)
    style = (PAGES / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    pages.globals.update(style=Markup(style), style_digest=Markup(digest))
    return pages


def _words(text):
    """Markdown, rendered; of students' texts, too."""
    return html(_shown(text))


def _words_only(text):
    """Markdown of one paragraph, as a part of another."""
    return Markup(_words(text).strip().removeprefix("<p>").removesuffix("</p>"))


def _points(number):
    """A number of points in words."""
    return f"{_shown(number)} {'point' if number == 1 else 'points'}"


def _shown(value):
    """A value as it may stand on a page: texts readable and not too long, numbers short."""
    if isinstance(value, Markup) or not isinstance(value, str | int | float):
        return value
    if not isinstance(value, str):
        return f"{round(value, 2):.15g}"
    return UNREADABLE.sub("\ufffd", cut(value, LONGEST).replace("\r\n", "\n"))
