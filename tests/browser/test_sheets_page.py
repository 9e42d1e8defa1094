"""Run sheets, printed: each is one page of A4, with letters that can be read at a lectern."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tools import sheets
from tools.course import read_course

NAMES = [lesson.name for lesson in read_course().lessons if lesson.practice] + ["long-lesson"]
A4 = (842, 595)  # points, lying
SMALLEST = "body => parseFloat(getComputedStyle(body).fontSize) * 0.75"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sheets") / "made"
    sheets.build(folder)
    return folder


def test_each_sheet_prints_on_one_page_of_a4(page, folder):
    for name in NAMES:
        page.goto((folder / f"{name}.html").as_uri())
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, name
        sides = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed).groups()
        assert [float(side) for side in sides] == pytest.approx(A4, abs=1)
        assert page.locator("body").evaluate(SMALLEST) >= 7.5, name
    assert Axe().run(page).violations_count == 0
