"""Paths that are played, on a curve and on a map: of momentum, of one's own, of descent."""

import json
import math
import re

import numpy as np
import pytest
from expected import data_of, expected_on_the_page
from test_figures import assert_coincide, on_the_page

import lec_utils as lu

HEAVY = [9.0, 8.1, 6.57, 4.689, 2.7153, 0.86481, -0.702063, -1.8853551]  # beta 0.8, alpha 0.05


def bowl(theta):
    return theta[0] ** 2 + 3 * theta[1] ** 2


SPIRAL = np.transpose([0.8 ** np.arange(9) * f(np.arange(9.0)) for f in (np.cos, np.sin)])


def told(text):
    return [float(number) for number in re.findall(r"-?\d+\.\d+", text.replace("−", "-"))]


# On a curve


def test_momentum_is_played_on_a_curve_guess_by_guess():
    live = lu.play(lu.square, HEAVY, of="momentum with beta = 0.8")
    assert (
        "with 8 guesses of momentum with beta = 0.8 from x = 9; the last is x = −1.885." in live.alt
    )
    for t, w in enumerate(HEAVY):
        assert told(live.reading(t=t))[:2] == pytest.approx([w, w**2], abs=6e-5)
    points = [(w, w**2) for w in HEAVY]
    assert_coincide(on_the_page(live, 0, "use"), expected_on_the_page(live, 0, points))
    assert_coincide(on_the_page(live, 1, "use"), expected_on_the_page(live, 1, points[-1:]))
    assert data_of(live, "told0").tolist() == HEAVY


def test_a_list_of_ones_own_is_played_as_well_as_an_array():
    assert lu.play(lu.square, [3, 2, 1]).reading(t=1) == "x = 2.0000, x² = 4.0000"


def test_the_words_end_with_how_the_run_went():
    live = lu.play(lu.square, HEAVY)
    assert live.reading(t=7).endswith(f". {lu.diagnose(HEAVY, lu.square)}")
    assert str(lu.diagnose(HEAVY, lu.square))[1:] in live.alt
    assert "slow" not in live.reading(t=6)


def test_a_function_without_a_domain_is_drawn_around_the_path():
    path = lu.gradient_descent(lambda x: 2 * (x - 50), 80, 0.1, 10)
    low, high = lu.play(lambda x: (x - 50) ** 2, path).figure.axes[0].get_xlim()
    assert 0 < low < path.min() and path.max() < high < 100
    assert lu.play(lu.square, [3, 2]).figure.axes[0].get_xlim()[0] < -9
    for path in ([2.0], [1e300], [3, math.nan, 1], [[4.0], [5.0]]):
        first = np.ravel(path)[0]
        low, high = lu.play(lambda x: x / 2, path).figure.axes[0].get_xlim()
        assert low < first < high


@pytest.mark.parametrize(
    "function, start, alpha, domain, end",
    [
        (math.cosh, 4, 1.0, None, "= ∞"),
        (lambda x: x - math.log(x), 3, 5, (0.1, 5), "= no number"),
    ],
)
def test_a_run_out_of_a_domain_that_python_guards_is_played(function, start, alpha, domain, end):
    live = lu.minimizing_animation(function, start, alpha, domain=domain)
    last = live.spec()["controls"][0]["max"]
    assert end in live.reading(t=last)
    assert told(live.reading(t=0))[-1] == pytest.approx(function(start), abs=6e-5)
    assert live.svg()


def test_names_that_are_alike_are_told_apart():
    line = lu.Function(lambda x: x, lambda x: 1.0, label="x", variable="x")
    assert told(lu.play(line, [1, 0.5, 0]).reading(t=1)) == [0.5, 0.5]
    for names in (("a", "a"), ("loss", "b")):
        read = lu.play(bowl, [[1, 2], [0.5, 0.25]], names=names).reading(t=0)
        assert told(read) == [1, 2, 13] and read.startswith(f"{names[0]} = 1.0000, {names[1]} =")


@pytest.mark.parametrize("names", ["ab", ("a",), ("a", "b", "c")])
def test_names_of_another_number_are_refused_in_words(names):
    with pytest.raises(ValueError, match="names are 2 texts here"):
        lu.play(bowl, SPIRAL, names=names)
    with pytest.raises(ValueError, match="names are 3 texts here"):
        lu.surface_slider(bowl, (-1, 1), (-1, 1), names=names[:2])


def test_a_function_of_ones_own_is_named_and_its_domain_may_be_given():
    def cosine(u):
        return math.cos(u)

    live = lu.play(cosine, [0.5, 1.0, 2.0], domain=(0, 7), of="my run", caption="See?")
    assert "The curve cosine(u) with 3 guesses of my run from u = 0.5" in live.alt
    assert live.caption.startswith("See?")
    assert live.reading(t=2).startswith(
        f"u = 2.0000, cosine(u) = {math.cos(2):.4f}".replace("-", "−")
    )
    left, right = live.spec()["axes"][0]["x"][:2]
    assert left < 0 < 7 < right < 8


def test_a_run_that_broke_off_says_so_and_warns_of_nothing():
    path = lu.gradient_descent(lu.fourth_power.derivative, 3, 0.1, 50)
    live = lu.play(lu.fourth_power, path)
    assert live.reading(t=len(path) - 1).endswith(f". {lu.diagnose(path)}")
    assert "verflowed" in live.alt and "x⁴ = ∞" in live.reading(t=len(path) - 1)


def test_a_run_that_left_the_domain_is_played_to_its_last_guess():
    path = lu.gradient_descent(lambda w: np.log(w) + 1, 1.0, 2.0, 9)
    live = lu.play(lambda w: w * np.log(w), path, domain=(0.1, 2))
    assert live.reading(t=1).startswith("w = −1.0000, f(w) = no number")
    assert "the run left the function's domain" in live.reading(t=1)


def test_a_run_that_gets_out_of_hand_is_not_told_to_hurry():
    up = lambda x: -(x**2)
    live = lu.minimizing_animation(up, 1.0, 0.3, n=195, derivative=lambda x: -2 * x)
    assert "3.974e+39. Diverging" in live.alt
    assert "larger" not in live.alt and "more steps" not in live.alt


def test_a_path_of_one_guess_has_nothing_to_play_and_no_verdict():
    live = lu.play(lu.square, [2.0])
    assert live.spec()["controls"][0]["max"] == 0
    assert live.reading().startswith("x = 2.0000, x² = 4.0000")
    assert "nan" not in live.alt and "the last is x = 2. The curve" in live.alt


# On a map


def test_a_path_of_two_numbers_is_played_on_a_map():
    live = lu.play(bowl, SPIRAL, names=("a", "b"), of="a spiral")
    assert "The map of the loss with 9 guesses of a spiral from a = 1, b = 0" in live.alt
    for t, theta in enumerate(SPIRAL):
        assert told(live.reading(t=t))[:3] == pytest.approx([*theta, bowl(theta)], abs=6e-5)
    assert re.match(r"a = 1.0000, b = 0.0000, loss = 1.0000$", live.reading(t=0))
    assert_coincide(on_the_page(live, 0, "use"), expected_on_the_page(live, 0, SPIRAL))
    assert_coincide(on_the_page(live, 1, "use"), expected_on_the_page(live, 1, SPIRAL[-1:]))
    ax = live.figure.axes[0]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("a", "b")


def test_a_map_shows_what_surrounds_the_path_or_what_it_is_told_to():
    x, y = (lu.play(bowl, SPIRAL).spec()["axes"][0][axis] for axis in "xy")
    for (low, high), values in ((x, SPIRAL[:, 0]), (y, SPIRAL[:, 1])):
        assert low < values.min() and values.max() < high < values.max() + np.ptp(values)
    told = lu.play(bowl, SPIRAL, domain=((-2, 3), (-4, 5))).spec()["axes"][0]
    assert (told["x"][:2], told["y"][:2]) == ([-2, 3], [-4, 5])


@pytest.mark.parametrize(
    "path", [[[1.0, 2.0]], [[1.0, 2.0]] * 3, [[1.0, 2.0], [3.0, 2.0]], [[0.0, 0.0], [0.0, 1e-12]]]
)
def test_a_map_has_room_around_a_path_that_hardly_moves(path):
    (left, right), (bottom, top) = (lu.play(bowl, path).spec()["axes"][0][a] for a in "xy")
    assert left < min(x for x, _ in path) and max(x for x, _ in path) < right
    assert bottom < min(y for _, y in path) and max(y for _, y in path) < top


def test_a_run_of_two_numbers_that_overflows_is_played_on_the_map_it_is_given():
    path = lu.gradient_descent(lambda theta: theta * [1, 30], [1.0, 1.0], 0.5, 900)
    assert "overflowed" in path.note
    live = lu.play(bowl, path, domain=((-3, 3), (-3, 3)))
    assert "verflowed" in live.alt
    assert "loss = ∞" in live.reading(t=len(path) - 1)


def test_a_run_of_two_numbers_that_overflows_has_a_map_of_its_own_too():
    path = lu.gradient_descent(lambda theta: theta * [1, 30], [1.0, 1.0], 0.5, 900)
    assert "verflowed" in lu.play(bowl, path).alt


def test_names_with_quotes_stay_names():
    live = lu.play(bowl, SPIRAL[:2], names=('the "first"', "it's"), of='a "run"')
    assert live.reading(t=0).startswith('the "first" = 1.0000, it\'s = 0.0000')


@pytest.mark.parametrize(
    "path, shape",
    [
        ([], r"\(0,\)"),
        (np.empty((0, 2)), r"\(0, 2\)"),
        (3.0, r"\(\)"),
        (np.zeros((3, 3)), r"\(3, 3\)"),
        (np.zeros((2, 2, 2)), r"\(2, 2, 2\)"),
    ],
)
def test_a_path_of_another_shape_is_refused_in_words(path, shape):
    with pytest.raises(ValueError, match=rf"shape \(n,\) or .*got.* {shape}"):
        lu.play(bowl, path)


@pytest.mark.parametrize(
    "use", [lu.play, lu.diagnose, lu.draw_path, lu.draw_guesses, lu.simple_minimize]
)
def test_guesses_of_several_numbers_are_none_of_a_function_of_one(use):
    path = [[9.0, 9.0, 9.0], [5.0, 5.0, 5.0], [2.0, 2.0, 2.0]]
    arguments = (path, lu.square) if use is lu.diagnose else (lu.square, path)
    with pytest.raises(ValueError, match="square takes one number, and each guess here has 3"):
        use(*arguments)


@pytest.mark.parametrize("function", [lu.square, lambda x: x**2])
def test_a_path_of_single_numbers_in_lists_is_played_as_one_of_numbers(function):
    path = lu.gradient_descent(lambda x: 2 * x, [9.0], 0.1, 5)
    assert path.shape == (5, 1)
    assert shown(lu.play(function, path)) == shown(lu.play(function, path.ravel()))
    assert lu.diagnose(path, lu.square) == lu.diagnose(path.ravel(), lu.square)


@pytest.mark.parametrize("path", [np.array(HEAVY), SPIRAL.copy()], ids=["curve", "map"])
def test_a_function_that_writes_into_its_argument_changes_no_path(path):
    before = path.tolist()

    def wiped(theta):
        value = np.sum(np.square(theta))
        if np.ndim(theta):
            theta[:] = 0
        return value

    live = lu.play(wiped, path)
    live.svg()
    assert path.tolist() == before
    assert data_of(live, "told0").tolist() == np.reshape(before, (len(path), -1))[:, 0].tolist()


# The animation of gradient descent


def shown(live):
    """All that a figure says and carries."""
    return (live.alt, live.caption, live.svg(), json.dumps(live.spec()), live.program())


@pytest.mark.parametrize(
    "function, w0, alpha, n",
    [(lu.f, 0.0, 0.01, 50), (lu.square, 9.0, 0.15, 16), (lu.fourth_power, 3.0, 0.1, 50)],
)
def test_the_animation_is_gradient_descent_and_play(function, w0, alpha, n):
    path = lu.gradient_descent(function.derivative, w0, alpha, n)
    played = lu.play(function, path, of=f"gradient descent with alpha = {alpha:g}")
    assert shown(lu.minimizing_animation(function, w0, alpha, n=n)) == shown(played)


def test_the_animation_of_a_changing_alpha_is_its_run():
    shrinking = lambda update: 0.3 / (1 + update)
    live = lu.minimizing_animation(lu.absolute, 0.7, shrinking, n=30)
    path = lu.gradient_descent(lu.absolute.derivative, 0.7, shrinking, 30)
    assert data_of(live, "told0").tolist() == path.tolist()
    assert "gradient descent with an alpha that changes from x = 0.7" in live.alt


@pytest.mark.parametrize("path", [[1, [2, 3]], {"a": [1, 2]}, lu.f, "abc"])
def test_what_is_no_array_is_called_so(path):
    with pytest.raises(ValueError, match="a path is an array of guesses|guesses have shape"):
        lu.play(lu.f, path)
