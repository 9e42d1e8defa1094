"""`make figures`: every figure of the lessons stands on a sheet, under the name of its cell."""

import json

import pytest

from tools import figure_sheet
from tools.course import ROOT, read_course

each_lesson = pytest.mark.parametrize("path", read_course().notebooks(), ids=lambda path: path.stem)


@each_lesson
def test_a_sheet_has_every_figure_of_its_lesson(path):
    stored = json.loads((ROOT / path).read_text(encoding="utf-8"))
    ids = [cell["id"] for cell in stored["cells"] if "<figure" in json.dumps(cell)]
    found = [*figure_sheet.figures(ROOT / path)]
    assert {name for name, _ in found} == set(ids)
    for look in figure_sheet.LOOKS:
        page = figure_sheet.sheet(found, path.stem, look)
        assert page.count("<h2>") == page.count('<figure class="live-figure"') == len(found) > 5
        assert f'data-theme="{"dark" if look == "dark" else "light"}"' in page
