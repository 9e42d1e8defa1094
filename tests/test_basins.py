"""Where runs end: all at once as one by one; and the counterexamples of lesson 3, each run."""

import math

import numpy as np
import pytest
from expected import RIGHT, TOP

import lec_utils as lu
from lec_utils.catalogue import CATALOGUE
from lec_utils.descent import DIVERGED, UNSETTLED, basins


def one_by_one(df, start, alpha, minima, n, tol=1e-3):
    """The end of one run of gradient_descent, told as basins tells it."""
    path = lu.gradient_descent(df, start, alpha, n)
    if path.note or not abs(path[-1]) < 1e6:
        return DIVERGED
    for index, minimum in enumerate(minima):
        if abs(path[-1] - minimum) < tol and abs(path[-1] - path[-2]) < tol:
            return index
    return UNSETTLED


GRIDS = {
    "f": (lu.f, np.linspace(-1.5, 1.5, 13), np.linspace(0.003, 0.15, 9)),
    "arbitrary": (lu.arbitrary, np.linspace(1, 7, 13), np.linspace(0.05, 1.2, 9)),
    "square": (lu.square, np.linspace(-10, 10, 6), np.array([0.1, 0.45, 0.5, 0.9, 1.0, 1.2])),
    "fourth power": (lu.fourth_power, np.linspace(-3, 3, 7), np.array([0.01, 0.1, 0.5])),
}


@pytest.mark.parametrize("function, starts, alphas", GRIDS.values(), ids=GRIDS)
@pytest.mark.parametrize("n", [2, 8, 301])
def test_all_runs_at_once_end_where_each_run_alone_ends(function, starts, alphas, n):
    ends = basins(function.derivative, starts, alphas, function.minima, n)
    alone = [
        [one_by_one(function.derivative, start, alpha, function.minima, n) for start in starts]
        for alpha in alphas
    ]
    assert ends.tolist() == alone


def test_the_grids_show_every_kind_of_end():
    kinds = set()
    for function, starts, alphas in GRIDS.values():
        kinds |= set(basins(function.derivative, starts, alphas, function.minima).ravel())
    assert kinds == {DIVERGED, UNSETTLED, 0, 1}


@pytest.mark.parametrize(
    "alpha, end", [(0.05, 0), (0.5, 0), (0.98, 0), (1.0, UNSETTLED), (1.05, DIVERGED)]
)
def test_on_the_square_all_depends_on_alpha_and_nothing_on_the_start(alpha, end):
    ends = basins(lambda x: 2 * x, [-10.0, 0.5, 3.0], [alpha], [0.0])
    assert ends.tolist() == [[end] * 3]


def test_a_run_that_has_not_had_time_to_arrive_is_unsettled():
    slow = [0.0001]
    assert basins(lambda x: 2 * x, [5.0], slow, [0.0], n=301).tolist() == [[UNSETTLED]]
    assert basins(lambda x: 2 * x, [5.0], slow, [0.0], n=60_000).tolist() == [[0]]


def test_a_run_that_only_passes_a_minimum_has_not_reached_it():
    leaps = basins(lambda x: np.full_like(x, 1.0), [1.0], [1.0], [0.0], n=2)  # from 1 to 0
    assert leaps.tolist() == [[UNSETTLED]]


def test_the_tolerance_says_how_near_is_reached():
    half = lambda tol: basins(lambda x: 2 * x, [1.0], [0.25], [0.0], n=5, tol=tol)
    assert half(0.07).tolist() == [[0]]  # the guess is 1/16, and so was the last step
    assert half(0.06).tolist() == [[UNSETTLED]]


def test_a_slope_that_is_no_number_counts_as_diverged():
    ends = basins(lambda x: np.log(x) + 1, [0.5, -1.0], [0.1], [np.exp(-1)])
    assert ends.tolist() == [[0, DIVERGED]]


def test_rows_are_learning_rates_and_columns_are_starts():
    ends = basins(lu.df, np.linspace(-1, 1, 4), np.array([0.01, 0.02, 0.2]), lu.f.minima)
    assert ends.shape == (3, 4)
    assert ends[0].tolist() == [0, 0, 1, 1]
    assert ends.dtype.kind == "i"


def test_a_picture_of_300_by_300_shows_both_minima_and_both_failures():
    starts, alphas = np.linspace(-1.5, 1.5, 300), np.linspace(0.001, 0.2, 300)
    ends = basins(lu.df, starts, alphas, lu.f.minima)
    assert ends.shape == (300, 300)
    assert set(np.unique(ends)) == {DIVERGED, UNSETTLED, 0, 1}
    hill = TOP
    settled = ends[20]  # at alpha = 0.014 it is the hill that parts the starts
    np.testing.assert_array_equal(settled, np.where(starts < hill, 0, 1))


def test_the_starts_and_alphas_given_stay_as_they_were():
    starts, alphas = np.array([1.0, 2.0]), np.array([0.1])
    basins(lambda x: 2 * x, starts, alphas, [0.0])
    assert (starts.tolist(), alphas.tolist()) == ([1, 2], [0.1])


def test_n_counts_guesses_as_everywhere_so_the_start_alone_has_made_no_step():
    assert basins(lambda x: 2 * x, [0.0, 1.0], [0.25], [0.0], n=1).tolist() == [[UNSETTLED] * 2]
    asked = []
    basins(lambda x: asked.append(x) or 2 * x, [1.0], [0.25], [0.0], n=4)
    assert [*np.ravel(asked)] == [1, 0.5, 0.25]


@pytest.mark.parametrize("alpha, why", [(-0.1, "a negative step climbs"), (0, "never moves")])
def test_alphas_that_climb_or_stand_still_are_refused_in_words(alpha, why):
    with pytest.raises(ValueError, match=f"alpha must be positive.*{why}"):
        basins(lambda x: 2 * x, [1.0], [0.1, alpha], [0.0])


def test_a_derivative_with_an_if_is_asked_one_number_at_a_time():
    kinked = lambda x: math.exp(x) if x > 0 else -1.0
    ends = basins(kinked, [-1.0, 2.0, 5.0], [0.01, 3.0], [0.0], n=2001, tol=0.02)
    assert ends.tolist() == [[0, 0, 0], [UNSETTLED, UNSETTLED, UNSETTLED]]


def test_a_derivative_that_writes_into_its_argument_changes_no_run():
    starts, alphas = np.array([-3.0, 0.5, 3.0]), np.array([0.1, 1.2])
    clipped = basins(lambda x: np.clip(x, -1, 1, out=x), starts, alphas, [0.0])
    assert clipped.tolist() == basins(lambda x: np.clip(x, -1, 1), starts, alphas, [0.0]).tolist()
    assert starts.tolist() == [-3, 0.5, 3]


@pytest.mark.parametrize("n, error", [(0, ValueError), (2.5, TypeError)])
def test_a_number_of_guesses_that_cannot_be_meant_is_refused(n, error):
    with pytest.raises(error, match="n must be"):
        basins(lambda x: 2 * x, [1.0], [0.1], [0.0], n=n)


@pytest.mark.parametrize("lists", ["start", "alpha", "minimum", ""])
def test_one_number_counts_as_a_list_of_one(lists):
    given = {"start": 3.0, "alpha": 0.1, "minimum": 0.0}
    given |= {lists: [given[lists]]} if lists else {}
    assert basins(lambda x: 2 * x, *given.values()).tolist() == [[0]]


@pytest.mark.parametrize("start, alpha", [(None, 0.1), ("3", 0.1), (3.0, "0.1"), (3.0, None)])
def test_what_is_no_number_is_refused_in_words_alone_and_in_a_list(start, alpha):
    for starts, alphas in ((start, alpha), ([start], [alpha])):
        with pytest.raises((TypeError, ValueError), match="(start|alpha) must be"):
            basins(lambda x: 2 * x, starts, alphas, 0.0)


# Lesson 3: the theorem's conditions, each broken once


def word(df, start, alpha, n):
    return lu.diagnose(lu.gradient_descent(df, start, alpha, n)).word


def test_with_every_condition_met_a_convex_function_is_minimised_from_everywhere():
    for start in np.linspace(-10, 10, 7):
        path = lu.gradient_descent(lu.square.derivative, start, 0.9, 200)
        assert path[-1] == pytest.approx(0, abs=1e-12)
        assert start == 0 or lu.diagnose(path).word == "converged"


def test_x_to_the_fourth_has_no_largest_slope_of_slopes_so_a_tenth_explodes_from_three():
    assert word(lu.fourth_power.derivative, 3.0, 0.1, 50) == "overflowed"
    assert word(lu.fourth_power.derivative, 1.0, 0.1, 50) != "overflowed"


@pytest.mark.parametrize("n", [50, 500])
def test_e_to_the_x_has_no_minimum_so_runs_go_down_for_ever(n):
    path = lu.gradient_descent(np.exp, 1.0, 0.1, n)
    assert np.all(np.diff(path) < 0)
    assert lu.diagnose(path).word == "slow"
    # dx/dt = -e^x has the solution -log(e^-1 + t), which falls below every number.
    assert path[-1] == pytest.approx(-np.log(np.exp(-1) + 0.1 * (n - 1)), abs=0.2)


def test_with_a_kink_a_constant_step_cycles_however_long_the_run():
    for n in (50, 5000):
        path = lu.gradient_descent(lu.absolute.derivative, 1.0, 0.3, n)
        assert lu.diagnose(path).word == "cycling"
        np.testing.assert_allclose(np.sort(path[-2:]), [-0.2, 0.1], atol=1e-9)


@pytest.mark.parametrize(
    "alpha, n, expected",
    [
        (0.0021, 2000, "converged"),
        (0.0022, 100, "diverging"),
        (0.0022, 2000, "diverging"),
        (0.0022, 20_000, "overflowed"),
    ],
)
def test_the_tips_diverge_just_above_the_largest_alpha(alpha, n, expected):
    tips = lu.load_tips()
    bill, tip = tips["total_bill"].to_numpy(), tips["tip"].to_numpy()
    assert word(lambda theta: lu.mse_gradient(theta, bill, tip), -0.5, alpha, n) == expected


# Lesson 3: where it is not convex


def test_from_1_1_the_quartic_ends_in_the_wrong_valley():
    path = lu.gradient_descent(lu.df, 1.1, 0.01, 500)
    assert lu.diagnose(path).word == "converged"
    assert path[-1] == pytest.approx(RIGHT, abs=1e-9)
    assert lu.f(path[-1]) > lu.f(lu.f.minima[0]) + 2


def test_from_0_with_a_tenth_the_quartic_never_settles():
    for n in (50, 500, 5000):
        path = lu.gradient_descent(lu.df, 0.0, 0.1, n)
        assert path.note == ""
        assert lu.diagnose(path).word in ("oscillating", "cycling")
    assert basins(lu.df, [0.0], [0.1], lu.f.minima, n=5001).tolist() == [[UNSETTLED]]


def test_from_1_6_arbitrary_is_trapped_at_0_3_and_bounces_in_the_other_valley_at_1():
    trapped, bouncing = (
        lu.gradient_descent(lu.derivative_arbitrary, 1.6, alpha, 1001) for alpha in (0.3, 1)
    )
    assert lu.diagnose(trapped).word == "converged"
    assert trapped[-1] == pytest.approx(2.39274798, abs=5e-9)
    assert lu.diagnose(bouncing).word == "cycling"
    np.testing.assert_allclose(np.sort(bouncing[-2:]), [5.10499079, 5.48300247], atol=6e-9)
    hill = 3.53090656
    assert bouncing[-2:].min() > hill > bouncing[0]
    ends = basins(lu.derivative_arbitrary, [1.6], [0.3, 1.0], lu.arbitrary.minima, n=1001)
    assert ends.tolist() == [[1], [UNSETTLED]]


# Lesson 3: a subgradient with decaying steps


def test_with_decaying_steps_the_subgradient_of_the_absolute_value_gets_close():
    slope = lambda guess, X, y: lu.absolute.derivative(guess)
    nothing = [(np.zeros(1), np.zeros(1))] * 500
    path, _ = lu.descend_batches(slope, 1.0, lambda update: 0.3 / (1 + update), nothing)
    assert abs(path[-1]) < 0.02
    constant, _ = lu.descend_batches(slope, 1.0, 0.3, nothing)
    assert np.abs(constant[-2:]).max() > 0.1
    # A guess on the far side is no further away than the last step was long.
    crossed = np.flatnonzero(np.diff(np.sign(path)) != 0)
    assert all(abs(path[t + 1]) <= 0.3 / (1 + t) for t in crossed)


WITH_MINIMA = [function for function in CATALOGUE if function.minima]


@pytest.mark.parametrize("function", WITH_MINIMA, ids=lambda function: function.name)
def test_each_minimum_of_the_catalogue_is_where_a_run_ends(function):
    starts = np.array(function.minima) + 1e-4
    ends = basins(function.derivative, starts, [1e-5], function.minima, n=50)
    assert ends.min() >= 0
