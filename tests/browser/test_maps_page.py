"""The figures of lessons 3 to 5 on an ordinary page: by mouse, by keys and by touch."""

import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from expected import expected_on_the_page as on_the_page
from expected import tips_loss
from readings import (
    assert_reads_as_in_python,
    numbers,
    point,
    reading,
    set_all_sliders,
    set_sliders,
)

import lec_utils as lu
from lec_utils.catalogue import CATALOGUE

HESSIAN, LOWEST, START = [[2.0, 1.0], [1.0, 2.0]], [1.0, -0.5], [3.0, -1.0]


def bowl(**changed):
    return lu.bowl_slider(
        **{"hessian": HESSIAN, "lowest": LOWEST, "w0": START, "alpha": 0.4} | changed
    )


def surface():
    return lu.surface_slider(lambda t: 3 * (t[0] - 1) ** 2 + (t[1] + 0.5) ** 2, (-1, 3), (-3, 1))


def loss_run():
    return lu.alpha_slider(lu.square, 9, 0.3, story="loss")


def tips_run():
    return lu.alpha_slider(
        tips_loss(), -0.5, 0.0001, n=40, lowest=1e-5, highest=0.0024, step=1e-5, story="loss"
    )


MAKERS = (lu.chord_slider, bowl, surface, loss_run, tips_run)


@pytest.mark.third
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("share", [0.0, 0.27, 0.5, 0.81, 1.0])
def test_browser_and_python_read_the_same(show, make, share):
    figure = make()
    page = show(figure.html())
    assert_reads_as_in_python(page, figure, {})
    assert_reads_as_in_python(page, figure, set_all_sliders(page, figure, share))


def markers(page, mark):
    uses = page.locator(f"svg [id$=mark-line{mark}] use").all()
    return [[float(use.get_attribute(name)) for name in "xy"] for use in uses]


def vertices(page, mark):
    """The pieces of a line between its gaps, each an array of points."""
    path = page.locator(f"svg [id$=mark-line{mark}] > path").get_attribute("d")
    pieces = re.findall("M[^M]+", path)
    return [np.array(re.findall(r"[ML](\S+) ([^LM]+)", piece), dtype=float) for piece in pieces]


# The bowl


def on_screen(page, x, y):
    """Where a point in the units of the first picture's map is on the screen."""
    ((px, py),) = on_the_page(bowl(), 0, [(x, y)])
    return page.locator("figure svg").evaluate(
        "(svg, [x, y]) => { const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());"
        " return [at.x, at.y]; }",
        [px, py],
    )


def positions(page):
    return [
        float(page.get_by_role("slider", name=name, exact=True).input_value())
        for name in ("θ₀", "θ₁")
    ]


def path_from(start, alpha=0.4, n=50):
    slope = lambda theta: HESSIAN @ (theta - LOWEST)
    return lu.gradient_descent(slope, start, alpha, n)


def test_a_drag_over_the_map_moves_both_sliders_and_the_whole_path(show):
    figure = bowl()
    page = show(figure.html())
    page.mouse.move(*on_screen(page, *START))
    page.mouse.down()
    page.mouse.move(*on_screen(page, -0.75, 1.2), steps=5)
    there = positions(page)
    assert there == pytest.approx([-0.75, 1.2], abs=0.03)
    np.testing.assert_allclose(
        markers(page, 0), on_the_page(figure, 0, path_from(there)), atol=0.02
    )
    assert point(page) == pytest.approx(tuple(on_the_page(figure, 1, [there])[0]), abs=0.02)
    page.mouse.move(*on_screen(page, 2.0, -2.0))
    assert positions(page) == pytest.approx([2, -2], abs=0.03)
    page.mouse.up()
    page.mouse.move(*on_screen(page, 0.0, 0.0))
    assert positions(page) == pytest.approx([2, -2], abs=0.03), "a hand let go moves nothing"
    values = dict(zip("xy", positions(page), strict=True))
    assert_reads_as_in_python(page, figure, values)


def test_a_drag_beyond_the_map_stays_at_its_edge(show):
    page, figure = show(bowl().html()), bowl()
    page.mouse.move(*on_screen(page, *START))
    page.mouse.down()
    page.mouse.move(1, 1)
    page.mouse.up()
    x, y = figure.spec()["controls"][:2]
    assert positions(page) == pytest.approx([x["min"], y["max"]], abs=x["step"])


@pytest.mark.parametrize("label, key, sign", [("θ₀", "ArrowRight", 1), ("θ₁", "ArrowDown", -1)])
def test_arrow_keys_move_the_start(show, label, key, sign):
    figure = bowl()
    page, control = show(figure.html()), figure.spec()["controls"][label == "θ₁"]
    slider = page.get_by_role("slider", name=label, exact=True)
    before, drawn = positions(page), markers(page, 0)
    for _ in range(3):
        slider.press(key)
    moved = np.subtract(positions(page), before)
    expected = [0, 0]
    expected[label == "θ₁"] = sign * 3 * control["step"]
    assert moved == pytest.approx(expected, abs=control["step"] / 100)
    assert markers(page, 0) != drawn
    assert_reads_as_in_python(page, figure, dict(zip("xy", positions(page), strict=True)))


def test_a_touch_of_the_map_puts_the_start_there(browser, tmp_path):
    context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 700})
    page = context.new_page()
    file = tmp_path / "touch.html"
    file.write_text(f"<!doctype html><meta charset=utf-8>{bowl().html()}", encoding="utf-8")
    page.goto(file.as_uri())
    page.touchscreen.tap(*on_screen(page, 0.25, 0.75))
    assert positions(page) == pytest.approx([0.25, 0.75], abs=0.06)
    context.close()


def test_one_update_moves_both_parameters_at_once(show):
    page = show(bowl(lowest=[0, 0], n=2).html())
    assert numbers(reading(page)) == [1, -1.4]  # −0.6 if one after the other


def test_alpha_beyond_its_limit_sends_the_path_out_of_the_picture(show):
    figure = bowl()
    page = show(figure.html())
    values = set_sliders(page, figure, alpha=0.73)
    np.testing.assert_allclose(
        markers(page, 0)[:10], on_the_page(figure, 0, path_from(START, values["alpha"], 10)),
        atol=0.05,
    )  # fmt: skip
    assert_reads_as_in_python(page, figure, values)


# Chords


@pytest.mark.third
@pytest.mark.parametrize("function", CATALOGUE, ids=lambda function: function.name)
def test_the_browsers_verdict_on_a_chord_is_that_of_the_function_itself(show, function):
    """Off the samples, too, and next to a kink."""
    figure, (low, high) = lu.chord_slider(function), function.domain
    page, step = show(figure.html()), figure.spec()["controls"][0]["step"]
    middle = round((low + high) / 2 / step) * step
    settings = [(low, high, 0.3), (middle + step, high, 0.99), (low, middle - step, 0.01)]
    settings += [(middle, middle + step, 0.5), (middle + 3 * step, high, 0.6)]
    for a, b, t in settings:
        values = set_sliders(page, figure, a=a, b=b, t=t)
        a, b, t = values["a"], values["b"], values["t"]
        above, below = t * function(a) + (1 - t) * function(b), function(t * a + (1 - t) * b)
        gap, height = above - below, np.abs(figure.spec()["axes"][0]["y"]).max()
        if abs(gap) > 1e-4 * height or gap > -1e-12:
            assert ("not below" in reading(page)) == (gap > -1e-12), values


@pytest.mark.parametrize("t", [0.01, 0.37, 0.5, 0.98])
def test_a_straight_line_is_not_told_to_be_below_its_own_chord(show, t):
    figure = lu.chord_slider(lambda x: 701.3 * x + 0.1, -4.9, 4.9, domain=(-5, 5))
    page = show(figure.html())
    for a, b in [(-5, 5), (-4.3, 3.7), (0.1, 4.6), (-2.2, -0.9)]:
        set_sliders(page, figure, a=a, b=b, t=t)
        assert "not below" in reading(page)


def test_the_chord_and_the_gap_follow_the_sliders(show):
    figure = lu.chord_slider(lu.square)
    page = show(figure.html())
    set_sliders(page, figure, a=-4, b=8, t=0.25)
    chord = on_the_page(figure, 0, [(-4, 16), (8, 64)])
    gap = on_the_page(figure, 1, [(5, 52), (5, 25)])
    np.testing.assert_allclose(vertices(page, 0)[0], gap, atol=0.05)
    np.testing.assert_allclose(vertices(page, 1)[0], chord, atol=0.05)
    np.testing.assert_allclose(markers(page, 2), gap, atol=0.05)


# A run and its loss


def test_the_loss_is_drawn_below_the_run_at_every_alpha(show):
    figure = loss_run()
    page = show(figure.html())
    for alpha in (0.05, 0.9):
        set_sliders(page, figure, alpha=alpha)
        path = 9 * (1 - 2 * alpha) ** np.arange(16)
        below = np.transpose([np.arange(16), path**2])
        np.testing.assert_allclose(markers(page, 1), on_the_page(figure, 1, below), atol=0.1)
        above = np.transpose([path, path**2])
        np.testing.assert_allclose(markers(page, 0), on_the_page(figure, 0, above), atol=0.1)


# All of them


def gallery():
    return [make().html() for make in (lu.chord_slider, bowl, surface, loss_run)]


@pytest.mark.parametrize("width", [320, 800, 1920])
def test_nothing_scrolls_sideways_and_controls_can_be_touched(show, width):
    page = show(*gallery(), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for control in page.locator("input, button, select").all():
        assert control.bounding_box()["height"] >= 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(show, page, scheme):
    page.emulate_media(color_scheme=scheme)
    starts, alphas = np.linspace(-1.5, 1.5, 30), np.linspace(0.01, 0.2, 20)
    ends = lu.basins(lu.df, starts, alphas, lu.f.minima)
    ax = lu.draw_basins(ends, starts, alphas, ("left", "right"), lu.new_axes())
    still = lu.Picture(ax.figure, alt="Which start ends where.", caption="Four shades.")
    show(*gallery(), still.html())
    assert Axe().run(page).response["violations"] == []


def test_figures_on_one_page_do_not_disturb_each_other(show):
    page = show(*gallery())
    before = page.locator(".lf-read").all_inner_texts()
    page.get_by_role("slider", name="a", exact=True).press("Home")
    after = page.locator(".lf-read").all_inner_texts()
    assert [i for i in range(4) if before[i] != after[i]] == [0]
