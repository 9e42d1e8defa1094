"""Typesets the course site's formulas while it is built: an extension that docs/conf.py names."""

import html

from docutils import nodes
from sphinx.util import logging

from tools.formulas import FormulaError, Typesetter

logger = logging.getLogger(__name__)


def setup(app):
    """What Sphinx calls."""
    typesetter = Typesetter()
    app.connect("build-finished", lambda *_: typesetter.__exit__())

    def visit(translator, node):
        display = isinstance(node, nodes.math_block)
        tag = "div" if display else "span"
        try:
            made = typesetter.html(node.astext(), display)
        except FormulaError as error:
            logger.warning(str(error), location=node)
            made = ""
        made = named(made, node)
        start = translator.starttag(node, tag, "", CLASS="math notranslate nohighlight")
        translator.body.append(f"{start}{made}</{tag}>")
        raise nodes.SkipNode

    def add_style(app, page, template, context, doctree):
        fonts = context["pathto"]("_static/formulas", resource=True)
        context["metatags"] = context.get("metatags", "") + typesetter.style(fonts)

    app.add_html_math_renderer("typeset", (visit, None), (visit, None))
    # After furo's own, which typesets the headings of the margin.
    app.connect("html-page-context", add_style, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": False}


def named(made, node):
    """The formula, named by its TeX at the head of a column.

    Not every screen reader takes the name of a column from MathML.
    """
    if not any(isinstance(part, nodes.thead) for part in parents(node)):
        return made
    name = html.escape(node.astext().replace("\\", ""))
    return made.replace("<math ", f'<math aria-label="{name}" ', 1)


def parents(node):
    while node := node.parent:
        yield node
