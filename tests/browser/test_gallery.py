"""What holds of every kind of live figure: it fits, axe finds nothing, it lives in every place."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from readings import assert_reads_as_in_python, set_sliders

from tools.gallery import GALLERY, LIVE

each_figure = pytest.mark.parametrize("make", GALLERY.values(), ids=GALLERY)


LARGEST = {  # bytes, of all others 25,000: what has data, a surface or a question needs more
    **dict.fromkeys(["tangent", "fog", "secant", "alpha", "loss", "hikers_on_map"], 27_500),
    **dict.fromkeys(["bowl", "surface"], 28_000),
    **{"fit": 32_000, "fit through 0": 28_600, "probability": 36_000, "landscape": 43_500},
    **{"playground": 35_000, "playground_map": 39_000},
    **dict.fromkeys(["sketch", "choice"], 34_700),
    "flag": 35_600,
}


@pytest.mark.parametrize("name", GALLERY)
def test_a_figure_is_small(name):
    assert len(GALLERY[name]().html().encode()) <= LARGEST.get(name, 25_000)


@pytest.mark.parametrize("make", LIVE.values(), ids=LIVE)
def test_the_browser_says_what_python_says_at_both_ends_of_each_slider(show, make):
    figure = make()
    page = show(figure.html())
    first = {control["name"]: control["value"] for control in figure.spec()["controls"]}
    first = set_sliders(page, figure, **first)
    for name in first:
        for stop in (0, -1):
            moved = set_sliders(page, figure, **first | {name: figure.stops(name)[stop]})
            assert_reads_as_in_python(page, figure, moved)


@pytest.mark.parametrize("width", [320, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(show, page, width, scheme):
    page.emulate_media(color_scheme=scheme)
    show(*(make().html() for make in GALLERY.values()), width=width)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
