"""A figure with alt text and a caption, which every viewer of a notebook can show."""

import base64
import html
import re
from functools import cached_property
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg

from lec_utils.svg import figure_to_svg

# Styles stand inline, because a viewer that does not trust the notebook strips style sheets. The
# image is never so tall that the slider under it leaves a laptop's screen.
FIGURE = (
    '<figure class="live-figure" style="margin:0.5em 0;max-width:48rem;padding:0.5em;'
    'border-radius:4px;background:#fff;color:#1a1a1a;font-size:1.15em">'
    '<img src="data:image/svg+xml;base64,{data}" alt="{alt}" style="display:block;width:100%;'
    'max-height:65vh;object-fit:contain;object-position:left">{caption}{script}</figure>'
)
CAPTION = "margin-top:0.3em;line-height:1.4;font-style:normal;color:#1a1a1a"
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"><body><main>'
    '<h1 style="position:absolute;clip-path:inset(50%)">{title}</h1>{figure}</main></body></html>\n'
)


class Picture:
    """A matplotlib figure with its ``alt`` text, which says what is there, and a ``caption``.

    It shows as an ``<img alt>``, which JupyterLab keeps even where it does not trust the notebook;
    it drops the alt text of an ordinary inline picture.
    """

    def __init__(self, figure, *, alt, caption=""):
        if not isinstance(alt, str) or not alt.strip():
            raise ValueError("alt is empty: say in a sentence what the picture shows.")
        self.figure, self.caption = figure, " ".join(caption.split())
        self.alt = minus(" ".join(alt.split()))

    def svg(self):
        """The picture as SVG text."""
        return self._svg

    @cached_property  # as matplotlib's layout moves a little each time it is computed
    def _svg(self):
        return figure_to_svg(self.figure)

    def html(self):
        """The picture as one ``<figure>`` element."""
        return self._frame()

    def _frame(self, script=""):
        data = base64.b64encode(self.svg().encode()).decode()
        caption = f'<figcaption style="{CAPTION}">{html.escape(self.caption)}</figcaption>'
        words = {"alt": html.escape(self.alt), "caption": caption if self.caption else ""}
        return FIGURE.format(data=data, script=script, **words)

    def save(self, path):
        """Write a .svg, a .png, or a .html, a page of its own; ValueError for another ending."""
        path, svg = Path(path), self.svg()  # which puts the marks of a live figure in their places
        if path.suffix == ".png":
            FigureCanvasAgg(self.figure).print_png(path)
        elif path.suffix == ".svg":
            path.write_text(svg, encoding="utf-8")
        elif path.suffix == ".html":
            page = PAGE.format(title=html.escape(self.alt), figure=self.html())
            path.write_text(page, encoding="utf-8")
        else:
            raise ValueError(f"{path.name!r} should end in .svg, .png or .html.")

    def __repr__(self):
        return f"{type(self).__name__}: {self.alt}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        """HTML for most viewers, SVG for those that take none, words for a terminal."""
        return {"text/html": self.html(), "image/svg+xml": self.svg(), "text/plain": repr(self)}


def minus(words):
    """The same words with a minus sign before negative numbers: screen readers skip a hyphen."""
    return re.sub(r"(?<!\w)-(?=\d)", "−", words)


def picture(axes, *, alt, caption=""):
    """What was drawn on ``axes``, one or an array of one figure's, as a :class:`Picture`."""
    figure = getattr(axes, "flat", [axes])[0].figure
    plt.close(figure)  # so that it is not shown a second time without its words
    return Picture(figure, alt=alt, caption=caption)
