"""From a matplotlib figure to a small SVG that can stand inside a page."""

import io
import re

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG

# Text stays text (a reader can select it) and the ids of one figure are those of the next run.
SAVE = {"svg.fonttype": "none", "svg.hashsalt": "lec_utils"}
ROOT = "stroke-linejoin:round;font:12px 'DejaVu Sans',Verdana,Arial,sans-serif;fill:#1a1a1a"
INHERITED = r'font-size:12px;|font-family:[^;"]*;?|;fill:#1a1a1a'  # what ROOT says already
# Remarks, the page-wide style sheet, spaces between tags, a path without points.
UNSEEN = r'<metadata.*/metadata>|<defs> *<style.*?</defs>|<!--.*?-->|(?<=>) +(?=<)|<path d=""[^>]*>'
LABELS = r"(?:<text[^>]*>[^<]*</text>)*"
TWO_LINES = rf'<path d="([^"]*)("[^>]*fill:none[^>]*/>)({LABELS})<path d="([^"]*)\2'


def figure_to_svg(figure):
    """The figure as one line of SVG text, without a date and with coordinates to 0.1 pt."""
    page, dpi = io.StringIO(), figure.dpi
    # Not `figure.savefig`, which draws everything twice for the sake of other formats.
    with mpl.rc_context(SAVE):
        FigureCanvasSVG(figure).print_svg(page)
    figure.dpi = dpi  # an SVG is drawn at 72 dots an inch
    return shrink(page.getvalue())


def shrink(svg):
    """The same picture in about a third of matplotlib's bytes, and harmless inside a page.

    matplotlib's ``<style>`` would restyle the whole page: its rules move to the root element. Ids
    that nothing points to go, but for ``mark-…``, by which ``live_figure.js`` finds the marks.
    """
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = svg[svg.index("<svg") :].replace("\n", " ")
    svg = re.sub(r"<[^>]+>", lambda tag: _short(tag[0], used), svg)
    svg = re.sub(UNSEEN, "", svg).replace("<svg", f'<svg style="{ROOT}"')
    ends = []
    svg = re.sub(r"<g\b[^>]*(?<!/)>|</g>", lambda tag: _group(tag[0], ends), svg)
    svg = re.sub(r"<g([^>]*)>((?:<use [^>]*/>)+)</g>", _markers, svg)
    # One path for all grid lines of an axis: only labels stand between, which lie outside the grid.
    while (fewer := re.sub(TWO_LINES, r'<path d="\1\4\2\3', svg)) != svg:
        svg = fewer
    return svg


def _short(tag, used):
    """A tag with few decimals, and without spaces and ids that nobody needs."""
    tag = re.sub(r' transform="rotate\(-?0 [^"]*"| xmlns:xlink="[^"]*"', "", tag)
    # An image is stretched by its transform, where a tenth would be far too coarse.
    decimals = 4 if " transform=" in tag else 1
    tag = re.sub(r"-?\d+\.\d+", lambda m: f"{round(float(m[0]), decimals) + 0:.7g}", tag)
    tag = re.sub(r" *([MLCQz:;]) *", r"\1", tag).replace("xlink:href", "href")
    tag = re.sub(INHERITED, "", tag) if tag.startswith("<text") else tag
    kept = lambda name: name[0] if name[1] in used or name[1].startswith("mark-") else ""
    return re.sub(r' id="([^"]*)"', kept, tag)


def _group(tag, ends):
    """The tag, or nothing where the group that it opens or closes says nothing itself."""
    if tag == "</g>":
        return ends.pop()
    ends.append("" if tag == "<g>" else "</g>")
    return tag if ends[-1] else ""


def _markers(row):
    """A row of markers with their style said once, and none that repeats the last."""
    uses, styles = row[2], set(re.findall(r' style="[^"]*"', row[2]))
    style = styles.pop() if len(styles) == 1 else ""
    uses = re.sub(r"(<use [^>]*/>)\1+", r"\1", uses.replace(style, ""))
    return f"<g{row[1]}{style}>{uses}</g>"
