"""Line and landscape under the hand: whichever is dragged, both move."""

import numpy as np
import pytest
from readings import assert_reads_as_in_python, set_sliders
from test_own_figures import drag_to

import lec_utils as lu

TIPS = lu.choose_data("tips")
MODEL, HANDLES, GHOST, RUN, POINT = range(5)  # the lines of the figure


def stops(page):
    """What the sliders say: θ₀, θ₁, α and the update."""
    return page.locator("input").evaluate_all("all => all.map((input) => +input.value)")


@pytest.fixture
def played(show):
    """The fit of the tips after seven updates."""
    live = lu.fit_slider(*TIPS)
    page = show(live.html())
    set_sliders(page, live, t=7)
    here = page.locator(".lf-read").text_content().replace("−", "-").split(", ")
    theta = [float(part.split()[2]) for part in here[:2]]
    return live, page, theta


def test_the_point_is_dragged_over_the_map_and_starts_again_there(played):
    live, page, theta = played
    drag_to(page, live, tuple(theta), (3, 0.2), line=POINT)
    theta0, theta1, alpha, t = stops(page)
    assert (theta0, theta1, t) == pytest.approx((3, 0.2, 0), abs=0.05)
    assert_reads_as_in_python(page, live, {"theta0": theta0, "theta1": theta1, "alpha": alpha})


def test_an_end_of_the_line_turns_it_and_the_other_end_lifts_it(played):
    live, page, (b, m) = played
    far = TIPS.x.max()
    drag_to(page, live, (far, b + m * far), (far, 2.5), line=HANDLES)
    theta0, theta1, _, t = stops(page)
    assert (theta0, theta1, t) == pytest.approx((b, (2.5 - b) / far, 0), abs=0.02)
    drag_to(page, live, (0, theta0), (0, 3), line=HANDLES)
    lifted, same, _, _ = stops(page)
    assert (lifted, same) == pytest.approx((3, theta1), abs=0.05)


def test_an_end_of_the_curve_is_dragged_to_a_probability(show):
    live = lu.probability_slider(TIPS.x, TIPS.y > 3, standardise=False)
    page = show(live.html())
    far = TIPS.x.max()
    drag_to(page, live, (far, 0.5), (far, 0.9), line=HANDLES)
    theta0, theta1, _, _ = stops(page)
    assert 1 / (1 + np.exp(-theta0 - theta1 * far)) == pytest.approx(0.9, abs=0.02)
