"""What figures carry of lec_utils/js/: their bytes, and whether these are made of the modules."""

import re

import pytest

import lec_utils as lu
from lec_utils import engine
from tools.gallery import GALLERY

LIMIT = 25_000
LARGER = {  # and why
    "fit": 25_050,  # 244 dots and a map, and carets at its edges
    "probability": 28_650,  # 244 dots and a map of level lines, and carets at its edges
    "playground_map": 28_800,  # the playground's script, and a map as its still picture
    "landscapes": 41_000,  # four maps, with three paths on each
    "landscape": 33_400,  # a surface and a map, each with its still picture
}


@pytest.mark.parametrize("name", GALLERY)
def test_a_figure_has_few_bytes(name):
    assert len(GALLERY[name]().html().encode()) <= LARGER.get(name, LIMIT)


def test_the_small_scripts_are_made_of_the_modules_as_they_are():
    modules = (path.name.removesuffix(".js") for path in engine.JS.glob("*.js"))
    assert engine.SMALL["of"] == engine.digest(), "lec_utils/js/ has changed: make scripts"
    assert engine.SMALL["code"].keys() == engine.pieces(*modules).keys()


def test_names_are_short_and_each_stands_for_one_export():
    names = engine.SMALL["names"]
    assert {*engine.EXPORTS.values()} <= names.keys()
    assert len({*names.values()}) == len(names)
    assert all(len(short) <= 3 for short in names.values())


def test_modules_that_were_edited_go_as_they_are(monkeypatch):
    small = lu.kink_slider().html()
    monkeypatch.setitem(engine.SMALL, "of", "those of yesterday")
    edited = lu.kink_slider().html()
    assert "function mount(root, spec, program" in edited
    assert len(edited) > 1.5 * len(small)
    assert re.search(r"const mount=\w+", small) and "function mount(" not in small
