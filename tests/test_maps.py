"""Maps of a loss of two parameters, still and live, and the sliders of lessons 3 to 5."""

import hashlib
import math
import re
import subprocess
import sys
from functools import cache, partial
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from expected import expected_on_the_page, tips_loss
from matplotlib.colors import to_rgb
from test_figures import assert_coincide, on_the_page

import lec_utils as lu
from lec_utils import maps, practice, style
from lec_utils.catalogue import CATALOGUE
from lec_utils.style import INK

HESSIAN, LOWEST = np.array([[2.0, 1.0], [1.0, 2.0]]), np.array([1.0, -0.5])


@pytest.fixture(autouse=True)
def _no_window():
    plt.switch_backend("Agg")
    yield
    plt.close("all")


def valley(theta):
    """A loss of an array of shape (2,) whose lowest place is (1, -0.5)."""
    x, y = theta - LOWEST
    return 3 * x**2 + y**2


def bowl(**changed):
    return lu.bowl_slider(
        **{"hessian": HESSIAN, "lowest": LOWEST, "w0": [3, -1], "alpha": 0.4} | changed
    )


def told(text):
    return [float(number) for number in re.findall(r"-?\d+\.\d+", text.replace("−", "-"))]


# Level lines, paths and basins


def test_on_a_grid_columns_go_with_x_and_rows_with_y():
    heights = maps.on_grid(lambda theta: 10 * theta[0] + theta[1], [1, 2, 3], [4, 5])
    assert heights.tolist() == [[14, 24, 34], [15, 25, 35]]


def test_level_lines_are_where_the_loss_has_their_height():
    ax = lu.draw_contour(valley, (-1, 3), (-2.5, 1.5), lu.new_axes(), levels=8)
    (lines,) = ax.collections
    heights = maps.on_grid(valley, np.linspace(-1, 3, 61), np.linspace(-2.5, 1.5, 61))
    assert len(lines.levels) == 8
    assert heights.min() < lines.levels[0] and lines.levels[-1] < heights.max()
    assert np.all(np.diff(lines.levels, n=2) > 0), "closer together where the loss is low"
    for level, path in zip(lines.levels, lines.get_paths(), strict=True):
        np.testing.assert_allclose([valley(point) for point in path.vertices], level, atol=0.01)


def away_from(line, point):
    """How far a point is from a line of straight pieces."""
    first, way = line[:-1], np.diff(line, axis=0)
    share = np.sum((point - first) * way, axis=1) / np.sum(way**2, axis=1)
    return np.hypot(*(first + np.clip(share, 0, 1)[:, None] * way - point).T).min()


def test_level_lines_have_few_corners_and_pass_every_point_by_less_than_is_seen():
    grid, ax = np.linspace(-2, 2, 61), lu.new_axes()
    lu.draw_contour(valley, (-2, 2), (-2, 2), ax)
    (thin,) = ax.collections
    full = ax.contour(grid, grid, maps.on_grid(valley, grid, grid), levels=thin.levels)
    pairs = [*zip(thin.get_paths(), full.get_paths(), strict=True)]
    assert sum(len(few) for few, _ in pairs) < sum(len(every) for _, every in pairs) / 1.5
    for few, every in pairs:
        lines = np.split(few.vertices, np.flatnonzero(few.codes == few.MOVETO)[1:])
        for point in every.vertices:
            assert min(away_from(line, point) for line in lines) <= 4 / 1200


def test_a_map_shows_the_part_and_the_names_it_is_asked_for():
    ax = lu.draw_contour(valley, (0, 2), (-1, 1), lu.new_axes(), names=("intercept", "slope"))
    assert (ax.get_xlim(), ax.get_ylim()) == ((0, 2), (-1, 1))
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("intercept", "slope")


@pytest.mark.parametrize("limits", [(2, 2), (3, 1), 5])
def test_a_map_of_nothing_is_refused_in_words(limits):
    with pytest.raises(ValueError, match="domain must"):
        lu.draw_contour(valley, limits, (0, 1), lu.new_axes())


def test_draw_gradient_draws_arrows_of_one_length_along_the_gradient():
    feet = np.array([(1.0, 1.0), (-0.1, 0.5), (0.0, -1.0)])
    ax = lu.draw_gradient(lu.gutter, lu.gutter_gradient, feet, ax=lu.new_axes())
    arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    along = np.array([arrow.xy for arrow in arrows]) - feet
    np.testing.assert_allclose([arrow.xyann for arrow in arrows], feet)
    np.testing.assert_allclose(np.hypot(*along.T), np.hypot(*along[0]))
    for arrow, (x, _) in zip(along, feet, strict=True):
        assert arrow[0] * 1 == pytest.approx(arrow[1] * 6 * x)
        assert arrow[1] > 0


def test_a_place_without_a_slope_has_a_dot_and_an_arrow_of_no_length():
    ax = lu.draw_gradient(lambda t: t @ t, lambda t: 2 * t, [[0.0, 0.0]], ax=lu.new_axes())
    (arrow,) = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    assert (*arrow.xy, *arrow.xyann) == (0, 0, 0, 0)


def test_a_gradient_that_writes_into_its_argument_changes_no_place():
    points = np.array([[1.0, 1.0], [-1.0, 0.5]])
    writing = lambda theta: np.multiply(theta, 2, out=theta)
    ax = lu.draw_gradient(lambda theta: np.sum(writing(theta)), writing, points, ax=lu.new_axes())
    assert points.tolist() == [[1, 1], [-1, 0.5]]
    dots = [line.get_xydata()[0].tolist() for line in ax.lines]
    assert dots == points.tolist()


PATHS = {"batch": [(0, 0), (1, 2), (3, 4)], "SGD": np.array([(5.0, 5.0), (6.0, 6.0)])}


def test_each_path_is_drawn_with_a_line_a_marker_and_a_colour_of_its_own():
    ax = lu.draw_paths(PATHS | {"mini-batch": [(9, 9)], "other": [(8, 8)]}, lu.new_axes())
    for line, (name, path) in zip(ax.lines, PATHS.items(), strict=False):
        assert line.get_label() == name
        assert line.get_xydata().tolist() == np.asarray(path).tolist()
        assert line.get_markevery() == [0, -1]
    looks = [(line.get_color(), line.get_linestyle(), line.get_marker()) for line in ax.lines]
    assert all(len(set(kind)) == 4 for kind in zip(*looks, strict=True))
    words = [text.get_text() for text in ax.get_legend().get_texts()]
    assert words == ["batch", "SGD", "mini-batch", "other"]


STARTS, ALPHAS = np.linspace(-1.5, 1.5, 5), np.array([0.01, 0.02])
ENDS = np.array([[0, 1, -1, -2, 0], [1, 1, 1, 1, 1]])
DRAWINGS = {
    "draw_contour": partial(lu.draw_contour, valley, (-1, 3), (-2, 1)),
    "draw_gradient": partial(lu.draw_gradient, lu.gutter, lu.gutter_gradient, [(1.0, 1.0)]),
    "draw_paths": partial(lu.draw_paths, PATHS),
    "draw_basins": partial(lu.draw_basins, ENDS, STARTS, ALPHAS, ("left", "right")),
}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_returns_the_axes_it_was_given_and_changes_no_setting(draw):
    before, ax = dict(mpl.rcParams), lu.new_axes()
    assert draw(ax=ax) is ax
    assert not plt.get_fignums()
    assert dict(mpl.rcParams) == before


def test_every_drawing_of_a_map_is_tested():
    assert {name for name in vars(maps) if name.startswith("draw_")} == DRAWINGS.keys()


@pytest.mark.parametrize("name", ["draw_contour", "draw_gradient", "draw_basins"])
def test_a_drawing_makes_one_pyplot_figure_when_it_is_given_no_axes(name):
    ax = DRAWINGS[name]()
    assert plt.get_fignums() == [ax.figure.number]
    assert ax.get_xlabel() and ax.get_ylabel()


@pytest.mark.parametrize("names", [("left", "right"), ("the only one",)])
def test_each_end_has_the_colour_that_the_legend_says(names):
    ends = np.where(len(names) > ENDS, ENDS, 0)
    ax = lu.draw_basins(ends, STARTS, ALPHAS, names, lu.new_axes())
    (image,) = ax.images
    keys = zip(ax.get_legend().get_texts(), ax.get_legend().get_patches(), strict=True)
    legend = {text.get_text(): to_rgb(patch.get_facecolor()) for text, patch in keys}
    meaning = {-2: "diverges", -1: "never settles", **dict(enumerate(names))}
    assert set(legend) == set(meaning.values())
    seen = image.cmap(image.norm(image.get_array()))[..., :3]
    for place, end in np.ndenumerate(ends):
        assert tuple(seen[place]) == pytest.approx(legend[meaning[end]])


def test_basins_have_starts_across_and_alphas_upwards():
    ax = lu.draw_basins(ENDS, STARTS, ALPHAS, ("left", "right"), lu.new_axes())
    assert ax.images[0].get_extent() == [-1.5, 1.5, 0.01, 0.02]
    assert ax.images[0].origin == "lower"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("start", "alpha")


def luminance(color):
    """How light a colour is in print and to the eye, 0 to 1 (the L* of CIE 1976, over 100)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return 1.16 * np.cbrt(np.dot([0.2126, 0.7152, 0.0722], linear)) - 0.16


def test_the_colours_of_basins_differ_in_grey():
    greys = np.sort([luminance(color) for color in maps.SHADES])
    assert np.diff(greys).min() > 0.1


# The bowl


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"x": -1.25, "y": 1.5},
        {"alpha": 0.02},
        {"alpha": 0.7, "x": 0.5},
        {"x": 1.0, "y": -0.5},
    ],
)
def test_the_bowl_reads_out_where_gradient_descent_ends(values):
    at = {"x": 3.0, "y": -1.0, "alpha": 0.4} | values
    slope = lambda theta: HESSIAN @ (theta - LOWEST)
    end = lu.gradient_descent(slope, [at["x"], at["y"]], at["alpha"], 50)[-1]
    reading = bowl().reading(**values)
    assert reading.startswith("after 49 updates: θ₀ = ")
    assert told(reading) == pytest.approx(end.tolist(), rel=1e-3, abs=6e-5)


@pytest.mark.parametrize("beta", [0, 0.5, 0.99])
def test_the_ball_in_the_bowl_ends_where_the_power_of_its_matrix_says(beta):
    """θₖ₊₁ = ((1 + β) I − α H) θₖ − β θₖ₋₁, from θ₋₁ = θ₀, measured from the lowest point."""
    one = np.eye(2)
    update = np.block([[(1 + beta) * one - 0.4 * np.array(HESSIAN), -beta * one], [one, 0 * one]])
    away = np.array([3, -1]) - LOWEST
    end = LOWEST + (np.linalg.matrix_power(update, 20) @ [*away, *away])[:2]
    figure = bowl(beta=beta, n=21)
    assert told(figure.reading()) == pytest.approx(end.tolist(), rel=1e-3, abs=6e-5)
    assert f"momentum with β = {beta:.2f}" in figure.alt


def test_with_a_beta_alpha_slides_past_the_largest_that_converges():
    alpha, beta = bowl(beta=0.5).spec()["controls"][2:]
    assert (beta["label"], beta["min"], beta["max"], beta["value"]) == ("β", 0, 0.99, 0.5)
    assert alpha["max"] == pytest.approx(1.9 * 2.2 / 3) and alpha["max"] > 2 * (1 + 0.99) / 3
    without = bowl()
    assert len(without.spec()["controls"]) == 3 and "gradient descent" in without.alt


def test_one_update_of_the_bowl_moves_both_parameters_at_once():
    once = bowl(lowest=[0, 0], n=2, names=("a", "b"))
    assert once.reading() == "after 1 updates: a = 1.0000, b = −1.4000"  # b = −0.6 one by one


def test_the_bowls_still_picture_has_path_start_and_lowest_point_in_their_places():
    figure = bowl(alpha=0.3)
    path = lu.gradient_descent(lambda theta: HESSIAN @ (theta - LOWEST), [3, -1], 0.3, 50)
    assert_coincide(on_the_page(figure, 0, "use"), expected_on_the_page(figure, 0, path))
    assert_coincide(on_the_page(figure, 1, "use"), expected_on_the_page(figure, 1, [(3, -1)]))
    star = next(line for line in figure.figure.axes[0].lines if line.get_marker() == "*")
    assert star.get_xydata().tolist() == [[1, -0.5]]


def test_the_bowls_map_is_that_of_half_the_quadratic_form():
    (lines,) = bowl().figure.axes[0].collections
    for level, path in zip(lines.levels, lines.get_paths(), strict=True):
        away = path.vertices - LOWEST
        heights = np.einsum("ij,jk,ik->i", away, HESSIAN, away) / 2
        np.testing.assert_allclose(heights, level, rtol=0.02, atol=0.01)


def test_the_bowls_alpha_slides_past_the_largest_that_converges():
    control = bowl().spec()["controls"][2]
    assert control["min"] < 0.4 < 2 / 3 < control["max"]  # the eigenvalues are 1 and 3
    assert control["max"] == pytest.approx(2.2 / 3)
    assert bowl(highest=0.5).spec()["controls"][2]["max"] == 0.5


def test_the_bowls_start_can_be_dragged_in_two_directions_over_the_whole_map():
    spec = bowl(reach=(2.5, 4)).spec()
    assert [handle["rows"] for handle in spec["drag"]] == [["x", "y"]]
    x, y = spec["controls"][:2]
    assert (x["min"], x["max"], y["min"], y["max"]) == (-1.5, 3.5, -4.5, 3.5)
    assert spec["axes"][0]["x"] == [-1.5, 3.5]
    assert spec["axes"][0]["y"] == [-4.5, 3.5]


def test_no_height_of_a_level_line_is_cut_off_at_the_border():
    ax = bowl(lowest=[0.0, 0.0]).figure.axes[0]
    written = [text for text in ax.texts if text.get_visible()]
    assert 2 <= len(written) < len(ax.texts)
    for text in written:
        box = text.get_window_extent()
        assert ax.bbox.x0 < box.x0 and box.x1 < ax.bbox.x1, text
        assert ax.bbox.y0 < box.y0 and box.y1 < ax.bbox.y1, text


def test_a_bowl_says_what_it_shows():
    figure = bowl(names=("intercept", "slope"))
    assert "50 guesses" in figure.alt and "(3.00, −1.00) at α = 0.4" in figure.alt
    assert [control["label"] for control in figure.spec()["controls"]][:2] == ["intercept", "slope"]


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"hessian": [[1, 2], [2, 1]]}, "bends upwards everywhere, but its eigenv"),
        ({"hessian": [[1, 1], [1, 1]]}, "bends upwards"),
        ({"hessian": [[-1, 0], [0, -1]]}, "bends upwards"),
        ({"hessian": "a"}, "symmetric, of shape .2, 2., got 'a'"),
        ({"hessian": [[1, 2], [3]]}, "symmetric, of shape .2, 2., got .*3"),
        ({"reach": [1, 2, 3]}, "reach is one number, or two for width and height"),
        ({"reach": 0}, "reach must be positive, got 0: it is half"),
        ({"w0": [np.nan, 0]}, "the start must be finite"),
        ({"lowest": [np.nan, 0]}, "lowest must be finite"),
        ({"beta": 1}, "beta = 1 is not on its slider, from 0 to 0.99"),
        ({"beta": -0.1}, "beta = -0.1 is not on its slider"),
        ({"w0": [9, 9], "reach": (1, 1)}, "x = 9 is not on its slider"),
        ({"alpha": 2.0}, "alpha = 2 is not on its slider"),
    ],
)
def test_a_bowl_that_cannot_be_meant_is_refused_in_words(changed, words):
    with pytest.raises(ValueError, match=words):
        bowl(**changed)


# Chords


CONVEX = {"square", "absolute", "fourth_power", "exponential", "flat_bottom", "log_loss"}
SHARES = np.linspace(0, 1, 13)


@pytest.mark.parametrize("function", CATALOGUE, ids=lambda function: function.name)
def test_a_chord_below_the_curve_is_found_just_for_functions_that_are_not_convex(function):
    figure, (low, high) = lu.chord_slider(function), function.domain
    stops = low + np.arange(0, 301, 30) * (high - low) / 300
    verdicts = {
        figure.reading(a=a, b=b, t=t).split(": ")[1]
        for a in stops
        for b in stops[stops > a]
        for t in (0, 0.25, 0.5, 0.9, 1)
    }
    below = "the chord is below the curve, so the function is not convex"
    assert "here the chord is not below the curve" in verdicts
    assert (below in verdicts) == (function.name not in CONVEX)


@pytest.mark.parametrize("a, b, t", [(-1.0, 0.5, 0.25), (1.2, -0.7, 0.9), (0.5, 0.5, 0.3)])
def test_a_chord_reads_out_both_sides_of_the_definition(a, b, t):
    reading = lu.chord_slider().reading(a=a, b=b, t=t)
    sides = [t * lu.f(a) + (1 - t) * lu.f(b), lu.f(t * a + (1 - t) * b)]
    assert told(reading) == pytest.approx(sides, abs=6e-4)
    assert ("not below" in reading) == (sides[0] >= sides[1] - 1e-9)


@pytest.mark.parametrize("t, share", [(1, 0), (0, 1)])
def test_t_goes_from_b_at_0_to_a_at_1(t, share):
    figure = lu.chord_slider(lu.square, -4, 8)
    assert told(figure.reading(t=t)) == [[16, 16], [64, 64]][share]


def test_a_chord_stands_between_its_two_points_on_the_curve():
    figure = lu.chord_slider(lu.square, -4, 8, 0.25)  # x = 5
    for mark, points in enumerate([[(5, 52), (5, 25)], [(-4, 16), (8, 64)], [(5, 52), (5, 25)]]):
        kind = "path" if mark == 0 else "use"
        expected = expected_on_the_page(figure, mark, points)
        assert_coincide(on_the_page(figure, mark, kind), expected)


def test_a_straight_line_and_what_floats_round_off_are_told_to_be_convex():
    steep = lu.chord_slider(lambda x: 700 * x + 3, -4.9, 4.9, domain=(-5, 5))
    for t in SHARES:
        assert "not below" in steep.reading(t=t)
    # What counts as zero is more than what floats round off, and hardly any more.
    dent = r"\$2=\w\(\(\)=>\w\(\w\(\$f\(\$0\),\$1\),([\d.e-]+)\)"
    slack = float(re.search(dent, steep.program())[1])
    assert 3503 * 2**-52 < slack < 3503 * 1e-10


def test_a_dent_of_a_hundredth_of_the_height_is_found():
    dented = lu.chord_slider(lambda x: abs(x) - 0.02 * (abs(x - 1) < 0.5), 0.5, 1.4, domain=(-2, 2))
    assert "not convex" in dented.reading(a=0.6, b=1.8, t=0.1)


@pytest.mark.parametrize("ends", [{"a": -9}, {"b": 9}])
def test_a_chord_outside_the_domain_is_refused_in_words(ends):
    with pytest.raises(ValueError, match="outside the picture.*wider domain"):
        lu.chord_slider(lu.f, **ends)


# A run whose loss is drawn below


@cache
def loss_run():
    return lu.alpha_slider(lu.square, 9, 0.3, n=6, story="loss")


def test_with_the_story_of_the_loss_its_values_are_drawn_below():
    path = [9 * 0.4**t for t in range(6)]
    points = [(t, w**2) for t, w in enumerate(path)]
    assert_coincide(on_the_page(loss_run(), 1, "use"), expected_on_the_page(loss_run(), 1, points))
    assert loss_run().figure.axes[1].get_ylabel() == "x²"
    assert "each loss over the number of updates" in loss_run().alt


def test_both_pictures_of_the_loss_have_one_scale():
    curve, below = loss_run().spec()["axes"]
    assert curve["y"] == below["y"]


def test_the_story_of_the_loss_reads_out_the_same_as_that_of_the_guesses():
    guesses = lu.alpha_slider(lu.square, 9, 0.3, n=6)
    for alpha in (0.01, 0.5, 0.97, 1.1):
        assert loss_run().reading(alpha=alpha) == guesses.reading(alpha=alpha)


@cache
def tips_slider(**changed):
    """As lesson 4 draws it: ŷ = θ₁x on the tips, and alpha in steps of a hundred-thousandth."""
    function = tips_loss(name="MSE", variable="θ₁")
    arguments = {"w0": -0.5, "alpha": 0.0001, "n": 100, "lowest": 1e-5, "highest": 0.0022}
    return lu.alpha_slider(function, **arguments | {"step": 1e-5, "story": "loss"} | changed)


@pytest.mark.parametrize("alpha", [1e-5, 0.0001, 0.00106, 0.0021])
def test_alpha_can_slide_over_the_small_numbers_of_the_tips(alpha):
    figure = tips_slider()
    control = figure.spec()["controls"][0]
    assert (control["min"], control["max"], control["step"]) == (1e-5, 0.0022, 1e-5)
    tips = lu.load_tips()
    bill, tip = tips["total_bill"].to_numpy(), tips["tip"].to_numpy()
    best = bill @ tip / (bill @ bill)
    end = best + (-0.5 - best) * (1 - 2 * alpha * np.mean(bill**2)) ** 99
    reading = figure.reading(alpha=alpha)
    assert reading.startswith("after 99 updates θ₁ = ")
    assert told(reading)[-1] == pytest.approx(end, abs=6e-5)


def test_a_run_above_the_limit_of_the_tips_leaves_the_picture():
    assert "the next guess is far outside the picture" in tips_slider(widen=1).reading(alpha=0.0022)


@pytest.mark.parametrize("widen", [1, 2, 3])
def test_widen_says_how_much_more_than_its_domain_a_curve_is_drawn(widen):
    box = lu.alpha_slider(lu.square, widen=widen).spec()["axes"][0]
    assert box["x"][0] <= -10 * widen < 10 * widen <= box["x"][1]
    assert box["x"][1] - box["x"][0] < 1.2 * 20 * widen


# Every live figure of the three lessons

MAKERS = {
    "bowl": bowl,
    "surface": lambda: lu.surface_slider(valley, (-1, 3), (-2.5, 1.5)),
    "chord": lambda: lu.chord_slider(),
    "alpha": lambda: lu.alpha_slider(lu.square, 9, 0.3, n=6, story="loss"),
}
each_figure = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


@each_figure
def test_a_figure_has_words_controls_and_a_picture_of_a_fair_size(make):
    figure = make()
    assert len(figure.alt) > 40 and len(figure.caption) > 20
    assert figure.spec()["controls"]
    assert len(figure.html()) < 60_000
    assert make().html() == figure.html()
    before = dict(mpl.rcParams)
    make().svg()
    assert dict(mpl.rcParams) == before
    assert not plt.get_fignums()


def test_a_figure_is_the_same_in_another_process():
    calls = (
        "lu.chord_slider()",
        "lu.bowl_slider([[2, 1], [1, 2]], [1, -0.5], [3, -1], 0.4)",
        "lu.surface_slider(lambda theta: theta @ theta, (-1, 3), (-2.5, 1.5))",
    )
    digest = f"hashlib.sha256((''.join(live.html() for live in [{', '.join(calls)}])).encode())"
    code = f"import hashlib, lec_utils as lu; print({digest}.hexdigest())"
    root = Path(lu.__file__).parent.parent
    there = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=root)
    here = "".join(eval(call).html() for call in calls)
    assert there.strip() == hashlib.sha256(here.encode()).hexdigest()


def test_a_basin_map_fills_its_axes():
    """The image's own transform, which a careless rounding would make too small."""
    ax = lu.draw_basins(
        np.zeros((30, 30), int), np.linspace(0, 1, 30), np.linspace(0, 1, 30), ["a"], lu.new_axes()
    )
    figure = lu.LiveFigure(ax.figure, alt="A map of one shade.")
    box = figure.spec()["axes"][0]
    image = next(ElementTree.fromstring(figure.svg()).iter("{http://www.w3.org/2000/svg}image"))
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", image.get("transform"))]
    wide, high = numbers[0] * float(image.get("width")), numbers[3] * float(image.get("height"))
    assert (abs(wide), abs(high)) == pytest.approx((box["width"], box["height"]), abs=0.5)


@pytest.mark.parametrize(
    "make, words",
    [
        (
            lambda: lu.draw_paths({str(k): np.zeros((2, 2)) for k in range(5)}, lu.new_axes()),
            "4 at most",
        ),
        (lambda: lu.bowl_slider(np.eye(3), [0, 0], [1, 1], 0.1), "symmetric"),
        (lambda: lu.bowl_slider([[2, 1], [0, 2]], [0, 0], [1, 1], 0.1), "symmetric"),
        (lambda: lu.bowl_slider(np.eye(2), [0, 0], [1, 1], 0.1, highest=0), "positive"),
        (
            lambda: lu.draw_basins(np.zeros((2, 2)), [0, 1], [0, 1], "abc", lu.new_axes()),
            "2 minima",
        ),
        (
            lambda: lu.draw_basins([[0]], 1.0, 0.1, "a", lu.new_axes()),
            "two starts and two alphas",
        ),
        (lambda: lu.draw_paths({"run": [3.0, 2.0]}, lu.new_axes()), r"run has \(2,\)"),
        (lambda: lu.draw_paths({"run": np.zeros((4, 3))}, lu.new_axes()), r"run has \(4, 3\)"),
        (lambda: lu.alpha_slider(story="tale"), '"guess" or "loss"'),
        (lambda: bowl(w0=1.0), r"two numbers each, got shapes \(2,\) and \(\)"),
        (lambda: bowl(w0=[1.0, 2.0, 3.0]), r"two numbers each, got shapes \(2,\) and \(3,\)"),
        (lambda: bowl(lowest=1.0), r"two numbers each, got shapes \(\) and \(2,\)"),
        (lambda: bowl(highest=-1), "highest must be positive, got -1"),
        (lambda: bowl(n=0), "n must be at least 1"),
        (lambda: lu.fog_slider(sight=-1), "sight must be positive, got -1"),
        (lambda: lu.fog_slider(sight=0), "sight must be positive, got 0"),
        (lambda: lu.draw_gradient(valley, valley, [(1, 1)], reach=-2), "reach must be positive"),
        (lambda: lu.draw_contour(valley, (-1, 1), (-1, 1), levels=0), "levels must be at least 1"),
        (lambda: lu.tangent_slider(lambda x: 1e308 * x), "beyond 1e307, too large to be drawn"),
        (lambda: lu.draw_function(lambda x: 3e307 * x), "beyond 1e307, too large to be drawn"),
        (lambda: lu.surface_slider(lambda t: np.nan, (-1, 1), (-1, 1)), "no value anywhere"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(make, words):
    with pytest.raises(ValueError, match=words):
        make()


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: bowl(n=2.7), "n must be a whole number, got 2.7"),
        (lambda: bowl(alpha=lambda k: 0.1), "alpha must be a number"),
        (lambda: lu.kink_slider("a"), "slope must be a number, got 'a'"),
        (lambda: lu.alpha_slider(step="0.1"), "step must be a number.*quotes away: 0.1"),
        (lambda: lu.draw_contour(valley, (-1, 1), (-1, 1), levels=2.5), "levels must be a whole"),
    ],
)
def test_what_is_no_number_where_one_is_meant_is_refused_in_words(make, words):
    with pytest.raises(TypeError, match=words):
        make()


def test_a_bowl_may_start_at_its_lowest_point():
    live = lu.bowl_slider(np.eye(2), [3, 4], [3, 4], 0.1)
    assert live.reading(alpha=0.2).endswith("θ₀ = 3.0000, θ₁ = 4.0000")


@pytest.mark.parametrize("value", [0.0, 5.0, -1e9])
def test_a_flat_or_negative_surface_can_be_turned(value):
    for loss in (lambda theta: value, lambda theta: value - theta @ theta):
        assert "mark-line0" in lu.surface_slider(loss, (-1, 1), (-1, 1)).svg()


@pytest.mark.parametrize("value", [0.0, 5.0, -1e9])
def test_a_constant_loss_has_a_map_without_lines_and_without_a_warning(value):
    flat = lambda theta: value
    level = lambda theta: np.zeros(2)
    path = np.array([[0.0, 0.0], [1.0, 1.0]])
    for ax in (
        lu.draw_contour(flat, (-1, 1), (-1, 1), lu.new_axes()),
        lu.draw_gradient(flat, level, [[0.0, 0.0]], ax=lu.new_axes()),
        lu.play(flat, path).figure.axes[0],
        practice.compare_runs("q1", lambda: path, path, flat).figure.axes[0],
    ):
        assert not ax.collections
        assert lu.Picture(ax.figure, alt="A flat map.").svg()
    assert "loss = 5.0000" in lu.play(lambda theta: 5.0, path).reading()


def test_a_loss_that_fails_somewhere_leaves_a_gap_and_no_warning():
    for log in (np.log, math.log):
        loss = lambda t, log=log: log(t[0]) + t[1]
        ax = lu.draw_contour(loss, (-1, 3), (0, 1), lu.new_axes())
        assert ax.collections[0].get_paths()
        ax = lu.draw_gradient(loss, lambda t: [1 / t[0], 1.0], [(1, 1)], ax=lu.new_axes())
        assert ax.collections[0].get_paths()
        lowest = np.log(np.linspace(-1, 3, 21)[6])  # the first crossing above 0
        live = lu.surface_slider(loss, (-1, 3), (0, 1))
        assert f"rising to 2.1; its lowest crossing is −{-lowest:.3g} high" in live.alt
        assert live.reading().endswith(f"loss = −{-lowest:.3g}")


def test_a_peak_without_end_is_a_gap_in_a_surface():
    live = lu.surface_slider(lambda t: 1 / (t @ t), (-1, 1), (-1, 1))
    assert "rising to 100; its lowest crossing is 0.5 high" in live.alt


def test_a_loss_that_fails_everywhere_says_how():
    with pytest.raises(ValueError, match="matmul"):
        lu.draw_contour(lambda t: np.eye(3) @ t, (-1, 1), (-1, 1))


def test_one_end_for_all_starts_is_a_map_of_one_shade():
    ends = np.zeros((2, 5), dtype=int)
    ax = lu.draw_basins(ends, STARTS, ALPHAS, ("left", "right"), lu.new_axes())
    assert len(np.unique(ax.images[0].get_array())) == 1
    assert lu.Picture(ax.figure, alt="One shade.").svg()


def contrast(*colours):
    """How far apart two colours are, 1 to 21, as WCAG 2 computes it."""
    shares = [np.array(to_rgb(colour)) for colour in colours]
    linear = [np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) for c in shares]
    low, high = sorted(0.05 + c @ [0.2126, 0.7152, 0.0722] for c in linear)
    return high / low


def test_the_ends_on_a_map_are_three_to_one_apart_or_hatched():
    pairs = combinations(zip(maps.SHADES, maps.HATCHES, strict=True), 2)
    alike = [(one, other) for one, other in pairs if contrast(one[0], other[0]) < 3]
    assert all(one[1] != other[1] for one, other in alike)
    assert all(
        contrast(INK, shade) >= 3
        for shade, hatch in zip(maps.SHADES, maps.HATCHES, strict=True)
        if hatch
    )


def test_the_second_minimum_is_hatched_on_the_map_and_in_its_key():
    ax = lu.draw_basins(ENDS, STARTS, ALPHAS, ("left", "right"), lu.new_axes())
    hatched = [patch.get_hatch() for patch in ax.get_legend().get_patches()]
    assert [bool(hatch) for hatch in hatched] == [False, False, False, True]
    assert '<pattern id="' in lu.Picture(ax.figure, alt="Two basins.").svg()


def test_names_stand_at_paths_that_are_apart_and_in_a_legend_where_they_are_not():
    apart = {"up": [(0.3, 0.6), (0.5, 0.8)], "down": [(0.3, 0.3), (0.6, 0.2)]}
    ax = lu.draw_paths(apart, lu.new_axes())
    assert ax.get_legend() is None
    for text in ax.texts:
        here = ax.transAxes.transform(text.get_position())
        reach = [
            np.hypot(*(ax.transData.transform(path) - here).T).min() for path in apart.values()
        ]
        assert text.get_text() == list(apart)[np.argmin(reach)]
    alike = {"one": apart["up"], "other": apart["up"]}
    assert lu.draw_paths(alike, lu.new_axes()).get_legend() is not None


def test_no_height_stands_under_a_run():
    ax = lu.draw_contour(lambda theta: theta @ theta, (-2, 2), (-2, 2), lu.new_axes())
    shown = [text for text in ax.texts if text.get_visible()]
    lu.draw_paths({"run": [(5, 5), shown[0].get_position()]}, ax)
    assert not shown[0].get_visible()
    away = np.hypot(*np.subtract(shown[-1].get_position(), shown[0].get_position()))
    assert away > 1 and shown[-1].get_visible()


def test_two_closed_level_lines_of_one_height_are_drawn():
    wells = lambda theta: (theta[0] ** 2 - 1) ** 2 + theta[1] ** 2
    ax = lu.draw_contour(wells, (-1.6, 1.6), (-1, 1), lu.new_axes(), levels=9)
    svg = lu.Picture(ax.figure, alt="Two wells.").svg()
    assert re.search(r'd="M[^"]*zM', svg)


def test_the_page_on_looks_gives_each_colour_its_contrast_and_words_are_ink():
    page = (Path(lu.__file__).parents[1] / "docs" / "figures.md").read_text(encoding="utf-8")
    rows = re.findall(r"\| (\w+) `(#\w+)` \|[^|]*\| ([\d.]+) \|", page)
    assert {name: colour for name, colour, _ in rows} == {
        name: getattr(style, name.upper()) for name in ("ink", "blue", "orange", "green", "purple")
    }
    for _, colour, told in rows:
        assert float(told) == pytest.approx(contrast("w", colour), abs=0.06)
        assert contrast("w", colour) >= (4.5 if colour == INK else 3)


@pytest.mark.parametrize("step", [0.5, 0.01, 5e-5, 1e-6])
def test_the_alt_text_of_an_alpha_slider_tells_alpha_as_its_slider_does(step):
    figure = lu.alpha_slider(lu.square, 9, 3 * step, n=3, lowest=step, highest=20 * step, step=step)
    told = float(re.search(r"at α = ([\d.]+)", figure.alt)[1])
    assert told == pytest.approx(3 * step, rel=1e-9)
    assert f"α = {3 * step:.10f}" not in figure.alt  # without the digits that adding leaves
