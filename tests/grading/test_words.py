"""Markdown and formulas as HTML: everything ours is rendered, and nothing of others' does harm."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.words import html
from tools.course import read_course
from tools.masters import read_questions

# Pieces of Markdown, TeX and HTML, put together at random.
PIECES = ["$", "$$", r"\frac{", r"\text{<b>x</b>}", r"\href{javascript:x}{y}", r"\style{", "}", "{"]
PIECES += [r"\begin{matrix}", r"\end{matrix}", r"\left(", "&", r"\\", "_", "^", "*", "**", "`", "|"]
PIECES += ["```\n", "> ", "- ", "1. ", "[a](javascript:b)", "![a](b)", "<http://x.y>", "\n", "\n\n"]
PIECES += ["<script>", "<img src=x onerror=a>", "</div>", "<!--", "-->", "&#60;script&#62;", "x"]
PROSE = {"p", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "br", "hr", "div"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td", "span"}


class Seen(HTMLParser):
    """The tags of a text, but those of MathML, and all attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = set(), {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags |= set() if re.fullmatch("m[a-z]+", tag) else {tag}
        self.attributes |= dict(attributes)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_is_written_brings_no_tag_of_its_own(text):
    seen = Seen(html(text))
    assert seen.tags <= PROSE | TABLE
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert not seen.attributes.keys() & {"style", "href", "src", "id", "xlink:href"}


@pytest.mark.parametrize(
    "piece", ["$", r"\frac{1}{", "[", "> ", "- ", "**a", "<", "|a", "{", r"\left("]
)
def test_a_text_without_end_is_shown_at_once(piece):
    assert html((piece * 5000)[:5000])


def test_what_is_no_formula_is_shown_as_it_was_written():
    assert html(r"$\nonsense{x}$") == "<p><code>\\nonsense{x}</code></p>\n"
    assert "$5 and $6" in html("between $5 and $6")


@pytest.mark.parametrize(
    "letter", [r"\hat{y}", r"\hat y", r"\bar x", r"\overline{x^2}", r"\hat\theta"]
)
def test_the_index_of_a_letter_with_an_accent_stands_beside_it(letter):
    made = html(f"${letter}_i - y_i$")
    assert made.count("<msub>") == 2 and "munder" not in made
    assert "<mover" in made


def test_every_formula_of_the_practice_is_rendered():
    for master in read_course().masters():
        for question in read_questions(master):
            cells = [
                c.source for c in (*question.asked, *question.answers) if c.cell_type == "markdown"
            ]
            for text in cells:
                made = re.sub("<pre>.*?</pre>|<code>[^$]*?</code>", "", html(text), flags=re.DOTALL)
                assert "$" not in made and "\\" not in made, text
                if "$" in text:
                    assert "<math" in made
