"""The surface of a loss on an ordinary page: it turns, it covers, and a run is set on its map."""

import re

import numpy as np
import pytest
from expected import expected_on_the_page as on_the_page
from readings import assert_reads_as_in_python, reading, set_sliders
from test_surfaces import (
    FACETS,
    crossings,
    landscape,
    seen_from,
    surface,
    two_valleys_gradient,
    valley,
)
from test_surfaces import facets as still_facets

import lec_utils as lu


def facets(page):
    """The corners of the facets of the live picture, from the first that is drawn to the last."""
    told = page.locator("svg [id$=mark-mesh0] path").evaluate_all(
        "all => all.map((path) => path.getAttribute('d'))"
    )
    numbers = [[float(n) for n in re.findall(r"-?[\d.]+", d)] for d in told]
    return np.reshape(numbers, (-1, 4, 2))


def markers(page, mark):
    uses = page.locator(f"svg [id$=mark-line{mark}] use").all()
    return [[float(use.get_attribute(name)) for name in "xy"] for use in uses]


@pytest.mark.parametrize("turn, tilt", [(-50, 40), (0, 90), (37, 12), (180, 5)])
def test_the_facets_are_where_the_angles_put_them_from_far_to_near(show, turn, tilt):
    figure = surface()
    page = show(figure.html())
    set_sliders(page, figure, turn=turn, tilt=tilt)
    at = crossings(valley, (-1, 3), (-2.5, 1.5)).reshape(-1, 3)
    places = on_the_page(figure, 0, seen_from(at, turn, tilt)).reshape(FACETS + 1, FACETS + 1, 2)
    middles = (places[1:, 1:] + places[:-1, 1:] + places[1:, :-1] + places[:-1, :-1]) / 4
    drawn = facets(page).mean(axis=1)
    distance = np.abs(drawn[:, None] - middles.reshape(-1, 2)).max(axis=2)
    assert len(drawn) == FACETS**2 and distance.min(axis=1).max() < 0.1
    figure = surface()
    figure._still |= {"turn": turn, "tilt": tilt}
    still = on_the_page(figure, 0, still_facets(figure).reshape(-1, 2)).reshape(-1, 4, 2)
    np.testing.assert_allclose(drawn, still.mean(axis=1), atol=0.1)


@pytest.mark.parametrize("label, key, by", [("turn", "ArrowRight", 1), ("tilt", "ArrowLeft", -1)])
def test_keys_turn_and_tilt_the_surface(show, label, key, by):
    figure = surface()
    page = show(figure.html())
    slider = page.get_by_role("slider", name=label, exact=True)
    row = page.locator(".lf-row", has_text=label)
    before, drawn, shown = slider.input_value(), facets(page), row.inner_text()
    for _ in range(5):
        slider.press(key)
    assert float(slider.input_value()) == float(before) + 5 * by
    assert np.abs(facets(page) - drawn).max() > 1
    assert row.inner_text() != shown and "°" in row.inner_text()
    assert reading(page) == figure.reading()


def on_screen(page, figure, line, place):
    ((x, y),) = on_the_page(figure, line, [place])
    return page.locator("figure svg").evaluate(
        "(svg, [x, y]) => { const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());"
        " return [at.x, at.y]; }",
        [x, y],
    )


def positions(page, *names):
    return [
        float(page.get_by_role("slider", name=name, exact=True).input_value()) for name in names
    ]


def test_a_click_on_the_map_sets_the_start_and_a_drag_of_the_surface_turns_it(show):
    figure = landscape()
    page = show(figure.html())
    page.mouse.click(*on_screen(page, figure, 1, (-1.2, 1.1)))
    there = positions(page, "θ₀", "θ₁")
    assert there == pytest.approx([-1.2, 1.1], abs=0.03)
    path = lu.gradient_descent(two_valleys_gradient, there, 0.04, 50)
    np.testing.assert_allclose(markers(page, 1), on_the_page(figure, 1, path), atol=0.05)
    values = dict(zip("xy", there, strict=True))
    assert_reads_as_in_python(page, figure, values)
    x, y = on_screen(page, figure, 3, (0, 0))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y - 20, steps=4)
    page.mouse.up()
    turn, tilt = positions(page, "turn", "tilt")
    assert turn > -40 and tilt < 38
    assert positions(page, "θ₀", "θ₁") == there
    label = page.locator("figure svg").get_attribute("aria-label")
    assert f"turned by {turn:.0f}° and seen from {tilt:.0f}°".replace("-", "−") in label


def test_the_start_is_hollow_where_the_surface_hides_it(show):
    figure = landscape()
    page = show(figure.html())
    assert len(markers(page, 6)) == 1
    values = set_sliders(page, figure, x=1.3, y=-1.5, turn=-45, tilt=5)
    hidden = figure.values(values)["start_hidden"][0] > 0
    assert len(markers(page, 5)) == 1 and hidden
    assert markers(page, 6) == []
