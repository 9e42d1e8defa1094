"""A figure with alt text and a caption, which every viewer of a notebook can show."""

import base64
import html
import io
import re
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from PIL import Image

# Styles stand inline, because a viewer that does not trust the notebook strips style sheets. The
# image leaves a laptop's screen room for all that is under it, but grows with an enlarged page.
FIGURE = (
    '<figure class="live-figure"{key} style="margin:.5em 0;max-width:48rem;padding:.5em;'
    'border-radius:4px;background:#fff;color:#1a1a1a;font-size:1.15em;break-inside:avoid">'
    '<img src="data:image/svg+xml,{data}" alt="{alt}" style="display:block;width:100%;'
    'max-height:max(22rem,100vh - {below}rem);object-fit:contain;object-position:left">'
    "{question}{caption}<style>{style}</style>{script}</figure>"
)
CAPTION = "margin-top:.3em;line-height:1.4;font-style:normal;color:inherit"
STYLE = (files("lec_utils") / "figure.css").read_text(encoding="utf-8")
STYLE = re.sub(r"/\*.*?\*/|\s+(?=[{}>!])|(?<=[{},;:>])\s+|;\s*(?=})|\n", "", STYLE, flags=re.DOTALL)
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"><body><main>'
    '<h1 style="position:absolute;clip-path:inset(50%)">{title}</h1>{figure}</main></body></html>\n'
)

# Text stays text (a reader can select it) and the ids of one figure are those of the next run.
SAVE = {"svg.fonttype": "none", "svg.hashsalt": "lec_utils"}
ROOT = "stroke-linejoin:round;font:12px DejaVu Sans,Verdana,Arial,sans-serif;fill:#1a1a1a"
ROOT += ";text-anchor:middle"
# What ROOT says already.
INHERITED = r'font-size:12px;|font-family:[^;"]*;?|;fill:#1a1a1a|;?text-anchor:middle'
# Remarks, the page-wide style sheet, spaces between tags, a path without points or colour.
UNSEEN = r'<metadata.*/metadata>|<defs> *<style.*?</defs>|<!--.*?-->|(?<=>) +(?=<)|<path d=""[^>]*>'
UNSEEN += r'|<path d="[^"]*" style="fill:none"/>|<g */>'
# An address of few more bytes than the SVG, and without anything that ends an attribute or a tag.
ADDRESS = str.maketrans({"%": "%25", "#": "%23", "<": "%3C", ">": "%3E", "&": "&amp;", '"': "'"})
CIRCLE = r' d="M0 ([\d.]+)C[^"]* \1 0C[^"]* 0 -\1C[^"]* -\1 0C[^"]* 0 \1z"'  # of eight arcs
# A white rim for the texts of marks, so that they are read on lines. (matplotlib's own way, path
# effects, makes shapes of letters.)
NAMED = r'<g id="(?=label|mark-text)'
RIM = ' stroke="#fff" stroke-width="3" paint-order="stroke"'
LABEL = r"[^>]*>[^<]*</text>"
TWO_LINES = rf'<path d="([^"]*)("[^>]*fill:none[^>]*/>)((?:<text{LABEL})*)<path d="([^"]*)\2'
ROWS = (  # of texts, and of marks with a rim, that look the same
    rf'<text( style="[^"]*"){LABEL}(?:<text\1{LABEL})+',
    rf"<g({RIM})[^>]*><text{LABEL}</g>(?:<g\1[^>]*><text{LABEL}</g>)+",
)
MARKER = r'(<path id="i\d+" d="[^"]*") style="[^"]*"(?=/></defs>)'  # its row has the same style


class Picture:
    """A matplotlib figure with its ``alt`` text, which says what is there, and a ``caption``.

    It shows as an ``<img alt>``, which JupyterLab keeps even where it does not trust the notebook;
    it drops the alt text of an ordinary inline picture.
    """

    def __init__(self, figure, *, alt, caption=""):
        if not isinstance(alt, str) or not alt.strip():
            raise ValueError("alt is empty: say in a sentence what the picture shows.")
        self.figure, self.caption = figure, " ".join(caption.split())
        self._alt = " ".join(alt.split())

    @property
    def alt(self):
        """What the picture shows, in words."""
        return minus(self._alt)

    def svg(self):
        """The picture as one line of SVG text, without a date and with coordinates to 0.1 pt."""
        return self._svg

    @cached_property  # as matplotlib's layout moves a little each time it is computed
    def _svg(self):
        page, dpi = io.StringIO(), self.figure.dpi
        # Not `figure.savefig`, which draws everything twice for the sake of other formats.
        with mpl.rc_context(SAVE):
            FigureCanvasSVG(self.figure).print_svg(page)
        self.figure.dpi = dpi  # an SVG is drawn at 72 dots an inch
        return shrink(page.getvalue())

    def html(self):
        """The picture as one ``<figure>`` element."""
        return self._frame()

    _question = ""  # HTML between the image and the caption

    def _frame(self, key="", script="", sliders=0):
        data = self.svg().translate(ADDRESS)
        caption = f'<figcaption style="{CAPTION}">{html.escape(self.caption)}</figcaption>'
        words = {"alt": html.escape(self.alt), "caption": caption if self.caption else ""}
        words["question"] = self._question
        below = 14 + 3 * sliders  # rem: the viewer's own bars, the words, and each slider
        return FIGURE.format(data=data, key=key, script=script, below=below, style=STYLE, **words)

    def save(self, path):
        """Write a .svg, a .png, or a .html, a page of its own; ValueError for another ending."""
        path, svg = Path(path), self.svg()  # which puts the marks of a live figure in their places
        ending = path.suffix.lower()
        if ending == ".png":
            FigureCanvasAgg(self.figure).print_png(path)
        elif ending == ".svg":
            path.write_text(svg, encoding="utf-8")
        elif ending == ".html":
            page = PAGE.format(title=html.escape(self.alt), figure=self.html())
            path.write_text(page, encoding="utf-8")
        else:
            raise ValueError(f"{path.name!r} should end in .svg, .png or .html.")

    def __repr__(self):
        return f"{type(self).__name__}: {self.alt}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        """HTML, with the picture inside, and words for a terminal; ``save`` writes the others."""
        return {"text/html": self.html(), "text/plain": repr(self)}


def minus(words):
    """The same words with a minus sign before negative numbers: screen readers skip a hyphen."""
    return re.sub(r"(?<!\w)-(?=\d)", "−", words)


def picture(axes, *, alt, caption=""):
    """What was drawn on ``axes``, one or an array of one figure's, as a :class:`Picture`."""
    figure = getattr(axes, "flat", [axes])[0].figure
    plt.close(figure)  # so that it is not shown a second time without its words
    return Picture(figure, alt=alt, caption=caption)


def shrink(svg):
    """The same picture in about a third of matplotlib's bytes, and harmless inside a page.

    matplotlib's ``<style>`` would restyle the whole page: its rules move to the root element. Ids
    that nothing points to go, but for ``mark-…``, by which ``js/picture.js`` finds the marks.
    """
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(NAMED, f'<g{RIM} id="', svg[svg.index("<svg") :].replace("\n", " "))
    svg = re.sub(r"<[^>]+>", lambda tag: _short(tag[0], used), svg)
    for i, name in enumerate(sorted(used)):
        svg = svg.replace(name, f"i{i}")
    svg = re.sub(r"(?<=png;base64,)[^\"]+", lambda png: _few_colours(png[0]), svg)
    svg = re.sub(">[^<]+", lambda words: words[0].replace('"', "&quot;"), svg)
    svg = svg.replace("'", "&#39;")  # so that all quotes are those around attributes
    svg = re.sub(UNSEEN, "", svg).replace("<svg", f'<svg style="{ROOT}"')
    ends = []
    svg = re.sub(r"<g\b[^>]*(?<!/)>|</g>", lambda tag: _group(tag[0], ends), svg)
    svg = re.sub(r"<g([^>]*)>((?:<use [^>]*/>)+)</g>", _markers, svg)
    svg = re.sub(MARKER, r"\1", svg)
    svg = re.sub(CIRCLE, r' d="M0 \1A\1 \1 0 0 0 0-\1A\1 \1 0 0 0 0 \1z"', svg)
    svg = re.sub(r'(?<= d=")[ML][^"ACQ]*(?=")', lambda path: _ways(path[0]), svg)
    # One path for all grid lines of an axis: only labels stand between, which lie outside the grid.
    while (fewer := re.sub(TWO_LINES, r'<path d="\1\4\2\3', svg)) != svg:
        svg = fewer
    for row in ROWS:
        svg = re.sub(row, lambda row: f"<g{row[1]}>{row[0].replace(row[1], '')}</g>", svg)
    return svg


def _short(tag, used):
    """A tag with few decimals, and without spaces and ids that nobody needs."""
    tag = re.sub(r' transform="rotate\(-?0 [^"]*"| xmlns:xlink="[^"]*"| version="1.1"', "", tag)
    # An image is stretched by its transform, where a tenth would be far too coarse.
    decimals = 4 if " transform=" in tag and not tag.startswith("<text") else 1
    few = lambda number: f"{round(float(number[0]), decimals) + 0:.7g}".lstrip("0") or "0"
    tag = re.sub(r"-?\d+\.\d+", few, tag).replace("#ffffff", "#fff")
    tag = re.sub(r" *([MLCQz:;]) *", r"\1", tag).replace("xlink:href", "href")
    tag = tag.replace("stroke-dashoffset:0;", "")  # as it is anyway
    if tag.startswith("<text"):
        start = "" if "text-anchor" in tag else "text-anchor:start;"  # SVG's own way
        tag = re.sub(INHERITED, "", tag).replace(' style="', f' style="{start}')
        tag = tag.replace(';"', '"').replace(' style=""', "")
    kept = lambda name: name[0] if name[1] in used or name[1].startswith("mark-") else ""
    return re.sub(r' id="([^"]*)"', kept, tag)


def _few_colours(png):
    """The same image, in base64, with a palette if it has few colours."""
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGBA"))
    colours, places = np.unique(pixels.reshape(-1, 4), axis=0, return_inverse=True)
    if len(colours) > 256:
        return png.strip()
    image, page = Image.fromarray(places.reshape(pixels.shape[:2]).astype("uint8")), io.BytesIO()
    image.putpalette(colours.tobytes(), "RGBA")
    image.save(page, "png", optimize=True)
    return min(base64.b64encode(page.getvalue()).decode(), png.strip(), key=len)


def _ways(path):
    """The same path of straight lines, told by the way from each corner to the next."""
    told, last, here = "", "", None
    for letter, x, y in re.findall(r"([MLz])(?:([^MLz ]+) ([^MLz ]+))?", path):
        there = (float(x), float(y)) if x else here
        if letter == "L" and there == here and last not in "mM":
            continue  # a way of no length
        way = f"{x} {y}"
        if letter == "L" or (letter == "M" and last in ("l", "h", "v")):
            letter = letter.lower()
            across, up = (f"{round(b - a, 1) + 0:g}" for a, b in zip(here, there, strict=True))
            way = f"{across} {up}"
            if letter == "l" and "0" in (across, up):  # level, or upright
                letter, way = ("h", across) if up == "0" else ("v", up)
        told += (" " if letter == last == "l" else letter) + way
        last, here = letter, there
    return re.sub(r" (?=-)|(?<![\d.])0(?=\.)| $", "", told)


def _group(tag, ends):
    """The tag, or nothing where the group that it opens or closes says nothing itself."""
    if tag == "</g>":
        return ends.pop()
    ends.append("" if tag == "<g>" else "</g>")
    return tag if ends[-1] else ""


def _markers(row):
    """A row of markers with their style said once, and none that hides the last."""
    uses, styles = row[2], set(re.findall(r' style="[^"]*"', row[2]))
    style = styles.pop() if len(styles) == 1 else ""
    kept, there = "", (np.inf, np.inf)
    for use in re.findall("<use [^>]*>", uses.replace(style, "")):
        here = [float(number) for number in re.findall(r' [xy]="([^"]*)"', use)]
        if np.hypot(here[0] - there[0], here[1] - there[1]) > 0.3:
            kept, there = kept + use, here
    return f"<g{row[1]}{style}>{kept}</g>"
