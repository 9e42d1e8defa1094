"""From a matplotlib figure to a small SVG that can stand inside a page."""

import io
import re
from xml.etree import ElementTree

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG

SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
ROOT_STYLE = "stroke-linejoin:round;font:12px 'DejaVu Sans',Verdana,Arial,sans-serif;fill:#1a1a1a"
INHERITED = ("font-size:12px;", ";fill:#1a1a1a")  # style.py's type size and ink: said once

# Text stays text (a reader can select it) and the ids of one figure are those of the next run.
SAVE = {"svg.fonttype": "none", "svg.hashsalt": "lec_utils"}


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

    matplotlib's ``<style>`` element would restyle the whole page when the SVG is set into it:
    its rules move to the root element, from where they are inherited. Ids that nothing points
    to go, but for those of marks (``mark-…``), by which ``live_figure.js`` finds them.
    """
    used, root = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg)), ElementTree.fromstring(svg)
    _tidy(root, used)
    root.set("style", ROOT_STYLE)
    ElementTree.register_namespace("", SVG.strip("{}"))
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")


def _tidy(element, used):
    """Clean an element's attributes and its children, in place."""
    element.tail = None
    if not (element.text or "").strip():
        element.text = None
    _tidy_attributes(element, used)
    for child in element:
        _tidy(child, used)
    element[:] = [kept for child in element for kept in _kept(child)]
    _hoist_style(element)
    _merge_lines(element)


def _kept(child):
    """The element, or its children where it says nothing itself, or nothing if none is drawn."""
    tag = child.tag.removeprefix(SVG)
    if tag in ("metadata", "style") or (tag == "path" and not child.get("d")):
        return []  # remarks, the page-wide style sheet, a path without points
    if tag == "defs" and not len(child):
        return []
    return list(child) if tag == "g" and not child.attrib else [child]


def _tidy_attributes(element, used):
    attributes = element.attrib
    if attributes.get("id", "") not in used and not attributes.get("id", "").startswith("mark-"):
        attributes.pop("id", None)
    if re.match(r"rotate\(-?0 ", attributes.get("transform", "")):
        del attributes["transform"]
    if XLINK_HREF in attributes:
        attributes["href"] = attributes.pop(XLINK_HREF)
    for name in attributes.keys() - {"id", "href", "clip-path"}:
        # An image is stretched by its transform, where a tenth would be far too coarse.
        attributes[name] = _shorter(attributes[name], decimals=4 if name == "transform" else 1)
    if element.tag == f"{SVG}text":
        for style in INHERITED:
            attributes["style"] = attributes.get("style", "").replace(style, "")


def _shorter(value, decimals):
    """An attribute's value with so many decimals and without needless spaces."""
    value = re.sub(r"-?\d+\.\d+", lambda m: f"{round(float(m[0]), decimals) + 0:.7g}", value)
    value = re.sub(r"font-family: [^;]*;? ?", "", value)
    return re.sub(r"\s*([MLCQz:;])\s*", r"\1", value.strip())


def _hoist_style(group):
    """Say the style of a row of markers once, and a marker that repeats the last one not at all."""
    uses = [child for child in group if child.tag == f"{SVG}use"]
    styles = {use.get("style") for use in uses}
    if not uses or len(uses) < len(group) or len(styles) > 1:
        return
    for use in uses:
        use.attrib.pop("style", None)
    if style := styles.pop():
        group.set("style", style)
    last = None
    for use in uses:
        if use.attrib == last:
            group.remove(use)
        last = use.attrib


def _merge_lines(group):
    """One path for all grid lines of an axis: they differ in nothing but where they are.

    Only labels stand between them, which lie outside the grid, so the order does not show.
    """
    first = None
    for child in list(group):
        if child.tag == f"{SVG}path" and "fill:none" in child.get("style", ""):
            if first is not None and first.attrib == child.attrib | {"d": first.get("d")}:
                first.set("d", first.get("d") + child.get("d"))
                group.remove(child)
            else:
                first = child
        elif child.tag != f"{SVG}text":
            first = None
