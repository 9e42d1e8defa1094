"""Paper, printed: one page is one page, and nothing is cut at its side."""

import re

import pytest

from tools import paper

# Parts of a page, from its left to its right, that end beyond it.
CUT = """() => [...document.body.querySelectorAll("p, pre, td, th, li, img, mjx-math")]
    .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
    .map((part) => part.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("size", paper.SIZES)
def test_cheat_sheet_and_tickets_are_one_page(size, page, papers):
    for name in ("cheat-sheet", "opening", "exit-ticket"):
        page.goto(papers[name].as_uri())
        made = page.pdf(**paper.settings(papers[name], size))
        assert len(re.findall(rb"/Type */Page\b", made)) == 1, name


def test_no_worksheet_needs_a_third_page(page, papers):
    for name in (name for name in papers if name.startswith("worksheet")):
        for size in paper.SIZES:
            page.goto(papers[name].as_uri())
            made = page.pdf(**paper.settings(papers[name], size))
            assert len(re.findall(rb"/Type */Page\b", made)) == 2, (name, size)


def test_nothing_is_cut_at_the_side(page, papers):
    width = round((210 - 24) * 96 / 25.4)  # of A4 between its margins; Letter is wider
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media="print")
    for name, path in papers.items():
        page.goto(path.as_uri())
        wide = page.evaluate(CUT)
        assert not wide, (name, wide)
