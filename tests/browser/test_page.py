"""A figure on an ordinary page: what an exported notebook shows, offline and without a kernel."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from expected import QUARTIC, SLOPE
from playwright.sync_api import expect
from readings import (
    assert_reads_as_in_python,
    numbers,
    point,
    reading,
    set_all_sliders,
)

import lec_utils as lu
from tools import check_room

ROOT = Path(__file__).resolve().parents[2]


def test_still_picture_becomes_live(show, tangent_html):
    page = show(tangent_html)
    assert page.locator("figure svg[role=img]").get_attribute("aria-label").startswith("The curve")
    assert page.locator("figure img").count() == 0
    assert page.get_by_role("slider").get_attribute("type") == "range"


@pytest.mark.parametrize(
    ("key", "w0"), [("ArrowRight", 0.01), ("ArrowLeft", -0.01), ("Home", -1.5), ("End", 1.5)]
)
def test_keys_move_the_tangent(show, tangent_html, key, w0):
    page = show(tangent_html)
    page.get_by_role("slider").press(key)
    assert numbers(reading(page))[:2] == pytest.approx([lu.f(w0), lu.df(w0)], abs=0.006)


def test_the_slider_speaks_the_number_that_is_shown(show):
    page = show(lu.alpha_slider().html())
    slider = page.get_by_role("slider", name="α")
    assert slider.get_attribute("aria-valuetext") == "0.15"
    slider.press("End")
    assert slider.get_attribute("aria-valuetext") == "1.10"
    assert page.locator(".lf-value").first.inner_text() == "1.10"


@pytest.mark.parametrize("make", [lu.kink_slider, lu.tangent_slider, lu.alpha_slider])
def test_the_name_of_a_picture_is_true_wherever_the_slider_stands(show, make):
    figure = make()
    page = show(figure.html())
    picture = page.get_by_role("img")
    assert picture.get_attribute("aria-label") == figure.alt
    page.get_by_role("slider").first.press("End")
    control = figure.spec()["controls"][0]
    moved = picture.get_attribute("aria-label")
    assert moved != figure.alt and f"{control['max']:.2f}".rstrip("0") in moved
    assert ("cuts through" in moved) == (make is lu.kink_slider)


def test_drag_of_the_thumb_moves_point_and_line(show, tangent_html):
    page = show(tangent_html)
    box = page.get_by_role("slider").bounding_box()
    before, line = point(page), page.locator("svg [id$=mark-line0] path").get_attribute("d")
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, middle, steps=10)
    page.mouse.up()
    assert point(page)[0] > before[0] + 50
    assert page.locator("svg [id$=mark-line0] path").get_attribute("d") != line


def test_drag_across_the_curve_moves_the_slider(show, tangent_html):
    page = show(tangent_html)
    box = page.locator("figure svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    assert float(page.get_by_role("slider").input_value()) > 0.8


@pytest.mark.third
@pytest.mark.parametrize(
    "make",
    [lu.tangent_slider, lu.secant_slider, lu.kink_slider, lu.alpha_slider],
    ids=lambda make: make.__name__,
)
@pytest.mark.parametrize("share", [0.0, 0.27, 0.5, 0.81, 1.0])
def test_browser_and_python_read_the_same(show, make, share):
    figure = make()
    page = show(figure.html())
    assert_reads_as_in_python(page, figure, set_all_sliders(page, figure, share))


def test_animation_steps_plays_pauses_and_restarts(show_stopped, animation_html):
    page = show_stopped(animation_html)
    update = page.get_by_role("slider")
    page.get_by_role("button", name="Step").click()
    first = -0.01 * SLOPE[-1]  # from 0
    assert numbers(reading(page)) == [first, round(np.polyval(QUARTIC, first), 4)]
    page.get_by_label("speed").select_option("4")
    page.get_by_role("button", name="play").click()
    page.clock.run_for(500)
    stopped = update.input_value()
    assert 5 <= int(stopped) < 49
    page.get_by_role("button", name="pause").click()
    page.clock.run_for(5000)
    assert update.input_value() == stopped
    page.get_by_role("button", name="restart").click()
    assert numbers(reading(page)) == [0.0, -9.0]


def test_animation_ends_with_every_guess_and_a_verdict(show, animation_html):
    page = show(animation_html)
    page.get_by_role("slider").press("End")
    assert page.locator("svg [id$=mark-line0] use").count() == 50
    assert "converged" in reading(page)


def test_moving_the_slider_by_hand_stops_the_player(show, animation_html):
    page = show(animation_html)
    page.get_by_role("button", name="play").click()
    page.get_by_role("slider").press("ArrowRight")
    assert page.get_by_role("button", name="play").count() == 1


def test_reduced_motion_shows_the_finished_path(show, animation_html, page):
    page.emulate_media(reduced_motion="reduce")
    show(animation_html)
    assert page.get_by_role("slider").input_value() == "49"
    page.get_by_role("slider").press("Home")
    page.get_by_role("button", name="play").click()
    assert page.get_by_role("slider").input_value() == "49"


def test_two_figures_do_not_disturb_each_other(show, tangent_html):
    page = show(tangent_html, tangent_html)
    first, second = page.get_by_role("slider").all()
    untouched = page.locator(".lf-read").nth(1).inner_text()
    first.press("Home")
    assert page.locator(".lf-read").nth(1).inner_text() == untouched
    assert second.input_value() == "0"
    ids = page.eval_on_selector_all("svg [id]", "nodes => nodes.map((node) => node.id)")
    assert len(ids) == len(set(ids)) > 0


def test_spoken_reading_waits_until_the_slider_rests(show_stopped, tangent_html):
    page = show_stopped(tangent_html)
    spoken = page.locator("[aria-live=polite]")
    for _ in range(5):
        page.get_by_role("slider").press("ArrowRight")
        page.clock.run_for(100)
    assert spoken.inner_text() == ""
    page.clock.run_for(5000)
    assert spoken.text_content() == page.locator(".lf-read").text_content()


def test_only_one_thing_speaks(show, animation_html):
    page = show(animation_html)
    assert page.locator("[aria-live], output, [role=status], [role=alert]").count() == 1


def under_policy(page, tmp_path, policy, figure):
    """Open a page with a figure under a policy of content."""
    file = tmp_path / "strict.html"
    file.write_text(
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        + figure,
        encoding="utf-8",
    )
    page.goto(file.as_uri())
    return page


def test_a_figure_moves_where_the_page_forbids_to_compile_text(page, tmp_path, tangent_html):
    policy = "default-src 'unsafe-inline'; img-src data:"  # scripts run, but may not compile text
    page = under_policy(page, tmp_path, policy, tangent_html)
    page.get_by_role("slider").press("End")
    assert numbers(reading(page))[:2] == pytest.approx([lu.f(1.5), lu.df(1.5)], abs=0.006)


def test_still_picture_stays_where_the_page_forbids_scripts(page, tmp_path, tangent_html):
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    page = under_policy(page, tmp_path, policy, tangent_html)
    expect(page.get_by_role("img", name="The curve f(w)")).to_be_visible()
    expect(page.locator("figure img")).to_have_js_property("complete", True)
    assert page.locator("figure img").evaluate("image => image.naturalWidth") > 100


@pytest.mark.parametrize("width", [320, 800, 1920])
def test_nothing_scrolls_sideways_and_controls_can_be_touched(
    show, tangent_html, animation_html, width
):
    page = show(tangent_html, animation_html, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for control in page.locator("input, button, select").all():
        assert control.bounding_box()["height"] >= 44


def test_touch_moves_the_point(browser, tmp_path, tangent_html):
    context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 700})
    page = context.new_page()
    file = tmp_path / "touch.html"
    file.write_text(f"<!doctype html><meta charset=utf-8>{tangent_html}", encoding="utf-8")
    page.goto(file.as_uri())
    box = page.get_by_role("slider").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    assert float(page.get_by_role("slider").input_value()) > 1
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(show, page, tangent_html, animation_html, scheme):
    page.emulate_media(color_scheme=scheme)
    still = lu.picture(lu.draw_derivative(lu.arbitrary), alt="The derivative.", caption="Signs.")
    show(tangent_html, animation_html, still.html(), lu.alpha_slider().html())
    assert Axe().run(page).response["violations"] == []


def test_a_function_of_ones_own_moves_too(show):
    page = show(lu.tangent_slider(lambda x: x**3 - x, 0.5, domain=(-2, 2)).html())
    page.get_by_role("slider").press("End")
    assert numbers(reading(page)) == pytest.approx([6, 11], abs=0.006)


def test_a_run_that_overflows_still_plays(show):
    page = show(lu.minimizing_animation(lu.fourth_power, w0=3, alpha=0.1).html())
    visible = page.locator("svg [id$=mark-line1] use")
    assert visible.count() == 1
    page.get_by_role("slider").press("End")
    assert "overflowed" in reading(page)
    assert "x = 1.42e167, x⁴ = ∞" in reading(page)


@pytest.mark.parametrize("w0", [1.0, 1.5])
def test_the_check_of_the_room_moves_a_slider_wherever_it_stands(put, page, w0):
    """At its right end, too, without waiting for words that the right arrow cannot change."""
    html = lu.tangent_slider(w0=w0).html()
    lab = SimpleNamespace(open=lambda page, name: put(html))
    before, after = check_room.move_slider(lab, page, "any.ipynb")
    assert before != after


ENLARGED = """() => Math.min(...[...document.querySelectorAll("figure svg text")]
    .filter((text) => text.textContent)
    .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""


@pytest.mark.parametrize("make", [lu.tangent_slider, lu.chord_slider, lu.alpha_slider])
def test_the_words_in_a_picture_grow_with_an_enlarged_page(page, put, make):
    sizes = {}
    for zoom in (1, 2, 4):
        page.set_viewport_size({"width": 1366 // zoom, "height": 768 // zoom})
        put(make().html())
        sizes[zoom] = zoom * page.evaluate(ENLARGED)  # as large as they are on the screen
    assert sizes[2] >= 2 * sizes[1] and sizes[4] >= 2 * sizes[1]


@pytest.mark.parametrize("height", [768, 720])
def test_a_picture_leaves_a_laptops_screen_room_for_its_sliders(page, put, height):
    page.set_viewport_size({"width": 1280, "height": height})
    put(lu.chord_slider().html())
    bars = 128  # pixels that JupyterLab takes above and below a notebook
    assert page.locator("figure").bounding_box()["height"] <= height - bars


@pytest.mark.parametrize(
    ("page_is", "dark"),
    [
        ({"data-theme": "dark"}, True),
        ({"data-theme": "auto"}, True),
        ({"data-theme": "light"}, False),
        ({"class": "vscode-dark"}, True),
        ({}, False),
    ],
)
def test_on_a_dark_page_a_picture_stands_on_the_pages_own_ground(page, put, page_is, dark):
    page.emulate_media(color_scheme="dark")
    put(lu.kink_slider().html(), lu.picture(lu.draw_f(), alt="The curve f, at rest.").html())
    set_them = "all => Object.entries(all).forEach(([k, v]) => document.body.setAttribute(k, v))"
    page.evaluate(set_them, page_is)
    for part in ("figure svg", "figure > img"):
        filtered = "node => getComputedStyle(node).filter !== 'none'"
        assert page.locator(part).evaluate(filtered) == dark
    page.emulate_media(media="print")
    assert not page.locator("figure svg").evaluate(filtered)
