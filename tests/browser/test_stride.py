"""A step that is seen to be taken: along the tangent, then to the curve, and none waits for it."""

import numpy as np
import pytest
from readings import point, reading

import lec_utils as lu

FRAME = 16  # ms


def on_page(figure, *places):
    """Where places on the first axes lie in the picture."""
    box = figure.spec()["axes"][0]
    x, y = (np.array(box[axis][:2]) for axis in "xy")
    xs, ys = np.transpose(places)
    left = box["left"] + box["width"] * (xs - x[0]) / np.ptp(x)
    return np.column_stack([left, box["top"] + box["height"] * (y[1] - ys) / np.ptp(y)])


def way_of_a_step(page, act):
    """Where the point is seen, picture by picture, after one press of a key or a button."""
    seen = []
    act()
    for _ in range(20):
        seen.append(point(page))
        page.clock.run_for(FRAME)
    return np.array(seen)


def distance(places, start, end):
    """Of places from the line through two others."""
    (x, y), (u, v) = (places - start).T, end - start
    return np.abs(x * v - y * u) / np.hypot(u, v)


@pytest.mark.parametrize("key", ["button", "ArrowRight"])
def test_a_guess_goes_along_its_tangent_and_then_drops_to_the_curve(show_stopped, key):
    figure = lu.minimizing_animation(lu.square, 9, 0.3, n=4)
    page = show_stopped(figure.html())
    first, foot, second = on_page(figure, (9, 81), (3.6, 81 - 18 * 5.4), (3.6, 12.96))
    step = page.get_by_role("button", name="Step")
    slider = page.get_by_role("slider")
    seen = way_of_a_step(page, step.click if key == "button" else lambda: slider.press(key))
    assert reading(page).startswith("x = 3.6000")
    across = (seen[:, 0] > second[0] + 0.1) & (seen[:, 0] < first[0] - 0.1)
    down = ~across & (np.abs(seen[:, 1] - second[1]) > 0.1) & (seen[:, 0] < first[0] - 0.1)
    assert across.sum() >= 3 and down.sum() >= 2
    assert distance(seen[across], first, foot).max() < 0.1  # tenths of a point, as in the picture
    assert np.abs(seen[down][:, 0] - second[0]).max() < 0.1
    assert np.all(np.diff(seen[:, 0]) <= 0.01) and seen[-1] == pytest.approx(second, abs=0.1)


def test_on_a_map_it_goes_straight_against_the_gradient(show_stopped):
    path = np.array([[3.0, -1.0], [1.0, 1.0], [0.0, 0.0]])
    figure = lu.play(lambda theta: theta @ theta, path)
    page = show_stopped(figure.html())
    first, second = on_page(figure, *path[:2])
    seen = way_of_a_step(page, page.get_by_role("button", name="Step").click)
    between = np.hypot(*(seen - first).T) > 0.1
    assert len(np.unique(seen[between], axis=0)) >= 5
    assert distance(seen, first, second).max() < 0.1
    assert seen[-1] == pytest.approx(second, abs=0.1)


def test_who_steps_on_sooner_or_goes_back_is_not_slowed(show_stopped):
    figure = lu.minimizing_animation(lu.square, 9, 0.2, n=30)
    page, path = show_stopped(figure.html()), lu.gradient_descent(lambda x: 2 * x, 9, 0.2, 30)
    slider = page.get_by_role("slider")
    slider.press("ArrowRight")
    for t in range(2, 9):
        page.clock.run_for(FRAME)
        slider.press("ArrowRight")
        assert point(page) == pytest.approx(on_page(figure, (path[t], path[t] ** 2))[0], abs=0.1)
    page.clock.run_for(1000)
    slider.press("ArrowLeft")
    assert point(page) == pytest.approx(on_page(figure, (path[7], path[7] ** 2))[0], abs=0.1)
    slider.press("End")
    assert point(page) == pytest.approx(on_page(figure, (path[-1], path[-1] ** 2))[0], abs=0.1)


def test_a_player_shows_each_of_its_steps_but_not_when_it_is_fast(show_stopped):
    page = show_stopped(lu.minimizing_animation(lu.square, 9, 0.05, n=40).html())

    def off_the_guesses():
        """Places that are seen while the player goes on, but for the guesses it stands at."""
        page.get_by_role("button", name="play").click()
        seen = set()
        for _ in range(80):
            page.clock.run_for(FRAME)
            seen.add(point(page))
        page.get_by_role("button", name="pause").click()
        page.get_by_role("slider").press("Home")
        return len(seen)

    assert off_the_guesses() > 30
    page.get_by_label("speed").select_option("4")
    assert off_the_guesses() < 30


def test_there_is_no_motion_for_who_asked_for_none(page, show_stopped):
    page.emulate_media(reduced_motion="reduce")
    figure = lu.minimizing_animation(lu.square, 9, 0.3, n=4)
    show_stopped(figure.html())
    page.get_by_role("slider").press("Home")
    page.clock.run_for(1000)
    page.get_by_role("button", name="Step").click()
    assert point(page) == pytest.approx(on_page(figure, (3.6, 12.96))[0], abs=0.1)
