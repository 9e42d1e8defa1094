"""Draws every figure, one of each kind and those of the lessons, on sheets: `make figures`.

Light, dark, without colours and as a colour-blind reader sees them, as wide as a phone, a laptop
and a stage; the sheets are PNG files in build/figures.
"""

import sys
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

from tools.chromium import find_chromium, launch_arguments
from tools.course import ROOT, read_course
from tools.gallery import GALLERY

SHEETS = ROOT / "build" / "figures"
WIDTHS = (360, 800, 1920)
LOOKS = {"light": "none", "dark": "none", "grey": "achromatopsia", "deutan": "deuteranopia"}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<body data-theme="{theme}" style="margin:8px;font-family:sans-serif;background:{ground};color:{ink};
display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,36rem),1fr));gap:8px">"""
THEMES = {"light": ("#fff", "#1a1a1a"), "dark": ("#131416", "#ced6dd")}


def figures(path):
    """The figures in the stored outputs of a notebook: pairs of a cell's id and HTML."""
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            html = "".join(output.get("data", {}).get("text/html", ""))
            if "<figure" in html:
                yield cell.id, html


def groups():
    """What each sheet shows: pairs of its title and its figures."""
    yield "gallery", [(name, make().html()) for name, make in GALLERY.items()]
    for path in read_course().notebooks():
        yield Path(path).stem, [*figures(path)]


def sheet(found, title, look):
    """A page with all these figures, each under the id of its cell."""
    theme = "dark" if look == "dark" else "light"
    ground, ink = THEMES[theme]
    parts = [f"<section><h2>{name}</h2>{html}</section>" for name, html in found]
    head = PAGE.format(title=f"{title}, {look}", theme=theme, ground=ground, ink=ink)
    return head + "".join(parts)


def draw(page, path, html, width, deficiency):
    """Write what a browser shows of a sheet to a PNG file."""
    page.set_viewport_size({"width": width, "height": 1080})
    page.set_content(html, wait_until="load")
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": deficiency})
    page.screenshot(path=path, full_page=True)
    session.detach()


def main():
    if find_chromium() is None:
        sys.exit("The sheets need Chromium: `make test` says how to get it.")
    SHEETS.mkdir(parents=True, exist_ok=True)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(**launch_arguments()) as chrome,
    ):
        page = chrome.new_page()
        for title, found in groups():
            for look, deficiency in LOOKS.items():
                for width in WIDTHS:
                    file = SHEETS / f"{title}-{look}-{width}.png"
                    draw(page, file, sheet(found, title, look), width, deficiency)
            print(f"{title}: {len(found)} figures")
    print(f"The sheets are in {SHEETS.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
