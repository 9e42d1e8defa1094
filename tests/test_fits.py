"""A model over its data and the landscape of its loss: numbers, runs, words, refusals."""

import re

import numpy as np
import pandas as pd
import pytest
from expected import data_of

import lec_utils as lu
from lec_utils.fits import DOTS, ROWS
from lec_utils.formula import evaluate

TIPS = lu.choose_data("tips")
DINNER = (lu.load_tips()["time"] == "Dinner").to_numpy()


def numbers(words):
    return [
        float(word.replace("−", "-"))
        for word in re.findall(r"(?<= )[−\d][\d.e]*\d|(?<= )\d", words)
    ]


@pytest.mark.parametrize("name", ["tips", "salary", "iris"])
def test_the_star_is_the_line_of_lstsq(name):
    data = lu.choose_data(name)
    best = np.linalg.lstsq(lu.with_intercept(data.x), data.y)[0]
    np.testing.assert_allclose(data_of(lu.fit_slider(*data), "lowest"), best, rtol=1e-9)


@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize("t", [0, 1, 7, 50])
def test_a_run_is_gradient_descent_from_the_start(standardise, t):
    x = (TIPS.x - TIPS.x.mean()) / TIPS.x.std() if standardise else TIPS.x
    X, alpha = lu.with_intercept(x), 0.3 if standardise else 0.0012
    live = lu.fit_slider(TIPS.x, TIPS.y, standardise=standardise)
    slope = lambda theta: lu.mse_gradient(theta, X, TIPS.y)  # noqa: E731
    theta = lu.gradient_descent(slope, [0.5, 0.1], alpha, t + 1)[-1]
    best = lu.mse(np.linalg.lstsq(X, TIPS.y)[0], X, TIPS.y)
    expected = [*theta, lu.mse(theta, X, TIPS.y), best]
    told = numbers(live.reading(theta0=0.5, theta1=0.1, alpha=alpha, t=t))
    assert told == pytest.approx(expected, abs=6e-4)


def test_without_an_intercept_the_loss_is_a_curve_over_one_number():
    live = lu.fit_slider(*TIPS, intercept=False, w0=-0.5, alpha=0.0001, n=100)
    path = lu.gradient_descent(lambda t: lu.mse_gradient(t, TIPS.x, TIPS.y), -0.5, 0.0001, 100)
    told = numbers(live.reading(t=99))
    assert told[:2] == pytest.approx([path[-1], lu.mse(path[-1], TIPS.x, TIPS.y)], abs=6e-4)


def test_alpha_slides_beyond_the_one_from_which_runs_diverge():
    live = lu.fit_slider(*TIPS)
    highest = live.stops("alpha")[-1]
    assert 1 < highest * np.linalg.norm(lu.with_intercept(TIPS.x), 2) ** 2 / 244 < 1.2
    assert numbers(live.reading(alpha=highest, t=50))[2] > numbers(live.reading(t=0))[2]


@pytest.mark.parametrize("options", [{}, {"intercept": False}, {"standardise": True}])
def test_a_caret_stands_at_the_edge_where_a_run_leaves_the_landscape(options):
    live = lu.fit_slider(*TIPS, **options)
    below = live.figure.axes[1]
    low, high = np.transpose([below.get_xlim(), below.get_ylim()])
    for alpha, leaves in ((live.stops("alpha")[0], False), (live.stops("alpha")[-1], True)):
        values = live.values(live._still | {"alpha": alpha})
        places = [
            [evaluate(one, values) for one in place]
            for line, *place in live._marks
            if line.axes is below and line.get_markersize() == 14
        ]
        seen = [place for place in places if np.all(np.isfinite(place))]
        assert bool(seen) == leaves
        for share in (np.reshape(seen, (-1, 2)) - low) / (
            high - low
        ):  # of the map's width and height
            assert np.min([share, 1 - share]) == pytest.approx(0, abs=1e-5)


def log_loss(theta):
    z = theta[0] + theta[1] * TIPS.x
    return np.mean(np.log(1 + np.exp(z)) - DINNER * z)


def test_the_log_loss_and_its_slope_are_those_of_its_definition():
    live = lu.probability_slider(TIPS.x, DINNER, standardise=False)
    theta, alpha, h = np.array([-1.0, 0.12]), live.stops("alpha")[40], 1e-6
    here = {"theta0": theta[0], "theta1": theta[1], "alpha": alpha}
    assert numbers(live.reading(**here))[2] == pytest.approx(log_loss(theta), abs=6e-4)
    slope = [(log_loss(theta + e) - log_loss(theta - e)) / (2 * h) for e in h * np.eye(2)]
    after = numbers(live.reading(**here, t=1))[:2]
    assert after == pytest.approx(theta - alpha * np.array(slope), abs=1e-3)


def test_the_best_curve_is_flat_in_all_directions():
    live = lu.probability_slider(TIPS.x, DINNER, standardise=False)
    best = numbers(live.alt[live.alt.index("lowest at") :])[:2]
    for e in ([0.02, 0], [0, 0.002]):
        assert log_loss(best) < min(log_loss(best + np.array(e)), log_loss(best - np.array(e)))


def test_words_tell_the_names_of_the_columns_and_how_the_line_runs():
    tips = lu.load_tips()
    live = lu.fit_slider(tips["total_bill"], tips["tip"])
    assert "244 dots of tip over total_bill, and a line that rises" in live.alt
    assert "is level" in lu.fit_slider(*TIPS, n=1).alt
    years, pay = lu.salary_data(3 * DOTS, np.random.default_rng(0))
    assert f"{DOTS} dots for {3 * DOTS} rows of y over x" in lu.fit_slider(years, pay).alt


def test_what_is_given_stays_as_it_was():
    x, y = TIPS.x.copy(), TIPS.y.copy()
    lu.fit_slider(x, y, standardise=True).html()
    assert np.array_equal(x, TIPS.x) and np.array_equal(y, TIPS.y)


MANY = np.arange(ROWS + 1.0)
REFUSED = [
    (lu.fit_slider, ([1, 2, 3], [1, 2]), "do not match"),
    (lu.fit_slider, ([1, np.nan, 3], [1, 2, 3]), "without a finite value, first in row 1"),
    (lu.fit_slider, (pd.Series([1, None, 3]), [1, 2, 3]), "leave such rows out"),
    (lu.fit_slider, (["a", "b"], [1, 2]), "x holds texts"),
    (lu.fit_slider, (pd.date_range("2020", periods=3), [1, 2, 3]), "x holds dates"),
    (lu.fit_slider, ([1, 2, 3], pd.date_range("2020", periods=3)), "y holds dates"),
    (lu.fit_slider, (None, None), "one column"),
    (lu.fit_slider, ([1], [2]), "two rows at least, got 1"),
    (lu.fit_slider, ([], []), "two rows at least, got 0"),
    (lu.fit_slider, ([5, 5, 5], [1, 2, 3]), "all x are 5"),
    (lu.fit_slider, ([[1, 2], [3, 4]], [1, 2]), "one column"),
    (lu.probability_slider, ([1, 2, 3, 4], [1, 2, 1, 2]), "labels are 0 or 1, got 2"),
    (lu.probability_slider, ([1, 2, 3, 4], ["no", "yes", "no", "yes"]), "compare them"),
    (lu.probability_slider, ([1, 2, 3], [1, 1, 1]), "all labels are 1"),
    (lu.probability_slider, ([1, 2, 3, 4], [0, 0, 1, 1]), "none is best"),
    (lu.probability_slider, (MANY, MANY % 2), f"take a sample of {ROWS}"),
]


@pytest.mark.parametrize(("make", "data", "words"), REFUSED, ids=[words for *_, words in REFUSED])
def test_data_that_nothing_can_be_fitted_to_are_refused_in_words(make, data, words):
    with pytest.raises(ValueError, match=words):
        make(*data)


def test_a_column_in_another_unit_has_its_line():
    live = lu.fit_slider(TIPS.x * 1e9, TIPS.y * 1e-9)
    slope = next(one for one in live.spec()["controls"] if one["name"] == "theta1")
    best = np.polyfit(TIPS.x * 1e9, TIPS.y * 1e-9, 1)[0]
    assert slope["min"] < 0 < best < slope["max"]


def test_a_start_of_another_size_is_refused():
    with pytest.raises(ValueError, match=r"w0 has 2 number\(s\) here"):
        lu.fit_slider(*TIPS, w0=[1, 2, 3])
