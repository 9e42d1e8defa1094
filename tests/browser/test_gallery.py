"""What holds of every kind of live figure: it fits, axe finds nothing, it lives in every place."""

from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from readings import assert_reads_as_in_python, set_sliders

from tools.gallery import GALLERY, LIVE


@cache
def html(name):
    """A figure of the gallery, made once for all tests."""
    return GALLERY[name]().html()


@pytest.mark.third
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


@pytest.mark.third  # in make test the first and the last
@pytest.mark.parametrize("width", [320, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(show, page, width, scheme):
    page.emulate_media(color_scheme=scheme)
    show(*map(html, GALLERY), width=width)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_there_is_nothing_to_press_and_all_is_black_on_white(show, page):
    show(f"<script>document.body.dataset.theme = 'dark'</script>{''.join(map(html, GALLERY))}")
    page.emulate_media(media="print")
    assert page.locator("figure :is(button, select, [type=range]):visible").count() == 0
    assert page.locator(".lf-row > span:visible").count() > len(LIVE), "names and values stay"
    inks = page.locator("figure, .lf-read, .lf-ask legend").evaluate_all(
        "nodes => [...new Set(nodes.map((node) => getComputedStyle(node).color))]"
    )
    grounds = page.locator("figure").evaluate_all(
        "nodes => [...new Set(nodes.map((node) => getComputedStyle(node).backgroundColor))]"
    )
    assert (inks, grounds) == (["rgb(26, 26, 26)"], ["rgb(255, 255, 255)"])
    filters = page.locator("figure > svg").evaluate_all(
        "all => [...new Set(all.map((svg) => getComputedStyle(svg).filter))]"
    )
    assert filters == ["none"]


# Pairs of texts in a picture that touch: less than a fifth of a letter's height is between them. A
# text's box is higher than what is read of it.
TOUCHING = """() => {
    const touching = (figure) => {
        const seen = [...figure.querySelectorAll("svg text")]
            .filter((text) => text.textContent.trim())
            .map((text) => [text.textContent, text.getBoundingClientRect()])
            .filter(([, box]) => box.width);
        const near = ([, one], [, other]) => {
            const size = Math.min(one.height, other.height);
            const aside = Math.max(one.left, other.left) - Math.min(one.right, other.right);
            const over = Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom);
            return aside < 0.2 * size && over < -0.12 * size;
        };
        return seen.flatMap((one, i) => seen.slice(i + 1)
            .filter((other) => near(one, other))
            .map((other) => [figure.parentNode.id, one[0], other[0]]));
    };
    window.put = (slider, value) => {
        slider.value = value;
        slider.dispatchEvent(new Event("input"));
    };
    const figures = [...document.querySelectorAll("figure")];
    window.everywhere = () => figures.flatMap(touching);
    window.atEnds = () => figures.flatMap((figure) =>
        [...figure.querySelectorAll(".lf-row input[type=range]")].flatMap((slider) => {
            const { value, min, max } = slider;
            const found = [min, max].flatMap((end) => (put(slider, end), touching(figure)));
            put(slider, value);
            return found;
        }));
}"""


def test_ticks_and_labels_never_touch_at_any_width_nor_at_the_ends_of_any_slider(show):
    page = show(*(f'<div id="{name}">{html(name)}</div>' for name in GALLERY))
    page.evaluate(TOUCHING)
    for width in (320, 360, 800, 1300, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("everywhere()") == [], width
    assert page.evaluate("atEnds()") == []
