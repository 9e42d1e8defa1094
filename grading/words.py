"""Markdown as HTML, formulas as MathML: what a browser shows without the network."""

import functools
import re

import mistune
from docutils.utils.math.latex2mathml import tex2mathml
from markupsafe import Markup, escape

OTTERS = re.compile(r"<!-- (?:BEGIN|END) QUESTION -->|^_Points:_.*$", re.MULTILINE)
TAG = re.compile("<[^>]*>")
UNKNOWN = {r"\dots": r"\ldots"}  # what docutils does not know, and what says the same
# docutils would put the index of such a letter below it, and not beside it.
ACCENT = re.compile(
    r"(\\(?:hat|widehat|bar|overline|tilde|vec|dot) *(?:\{[^{}]*\}|\\[A-Za-z]+|\w))(?= *[_^])"
)
GLYPHS = re.compile(r"\\[A-Za-z]+|[^{}_^\s]")  # about what one sees of a formula
LINE = 24  # that fit on a telephone; no browser breaks a formula
DEEPEST = 200  # brackets of a formula, one in the other
LONGEST = 2000  # characters of a formula


@functools.lru_cache(maxsize=2000)
def html(text):
    """Markdown as HTML. What is HTML in it is only text, and nothing in it leads elsewhere."""
    try:
        made = _markdown()(OTTERS.sub("", text))
    except RecursionError:
        made = f"<pre>{escape(text)}</pre>"
    return Markup(made)


@functools.cache
def _markdown():
    return mistune.create_markdown(renderer=_Renderer(escape=True), plugins=["math", "table"])


class _Renderer(mistune.HTMLRenderer):
    """Headings below those of the page, formulas, and neither links nor pictures."""

    def heading(self, text, level, **attributes):
        return f"<p><strong>{text}</strong></p>\n"

    def link(self, text, url, title=None):
        return text

    def image(self, text, url, title=None):
        return f"[picture: {text or 'without words'}]"

    def block_code(self, code, info=None):
        return _wide("div", f"<pre>{escape(code)}</pre>", "code")

    def table(self, text):
        return _wide("div", f"<table>{text}</table>", "table")

    def table_cell(self, text, align=None, head=False):
        return f"<th>{_named(text)}</th>" if head else f"<td>{text}</td>"

    def inline_math(self, text):
        made = _mathml(text)
        return _wide("span", made, "formula", "long") if len(GLYPHS.findall(text)) > LINE else made

    def block_math(self, text):
        return _wide("span", _mathml(text, display=True), "formula")


def _wide(tag, html, name, style="wide"):
    """What may be wider than a telephone, and is scrolled by keyboard, too."""
    return f'<{tag} class="{style}" role="group" aria-label="{name}" tabindex="0">{html}</{tag}>'


def _named(html):
    """The formulas at the head of a column, named by their text.

    Not every screen reader takes the name of a column from MathML.
    """
    name = " ".join(TAG.sub("", html).split())
    return html.replace("<math ", f'<math aria-label="{name}" ')


@functools.lru_cache(maxsize=2000)
def _mathml(formula, display=False):
    """A formula in TeX as MathML; as it was written where that cannot be."""
    for name, same in UNKNOWN.items():
        formula = formula.replace(name, same)
    formula = ACCENT.sub(r"{\1{}}", formula)
    nested = sum(map(formula.count, "{(["))
    try:
        if len(formula) > LONGEST or nested > DEEPEST:
            raise ValueError("this is no formula that anybody could read")
        return tex2mathml(formula.strip(), as_block=display)
    except Exception:  # docutils raises errors of many kinds at what is no TeX
        return f"<code>{escape(formula)}</code>"
