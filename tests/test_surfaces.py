"""The surface of a loss: its facets, what hides what, and a run on it."""

import re

import numpy as np
import pytest
from expected import data_of, expected_on_the_page
from matplotlib.path import Path
from scipy.interpolate import RegularGridInterpolator
from scipy.spatial.transform import Rotation

import lec_utils as lu

FACETS = 20
WIDE = (-1.8, 1.8)
HOME = {"turn": -50, "tilt": 40}


def valley(theta):
    return 3 * (theta[0] - 1) ** 2 + (theta[1] + 0.5) ** 2


def crate(theta):
    """Hills and hollows that hide each other from most sides."""
    return np.sin(4 * theta[0]) * np.cos(3 * theta[1]) + 0.3 * theta[0]


def two_valleys(t):
    return (t[0] ** 2 - 1) ** 2 + (t[0] - t[1]) ** 2


def two_valleys_gradient(t):
    return np.array([4 * t[0] * (t[0] ** 2 - 1) + 2 * (t[0] - t[1]), 2 * (t[1] - t[0])])


def surface(loss=valley, **words):
    return lu.surface_slider(loss, (-1, 3), (-2.5, 1.5), **words)


def landscape(**changed):
    words = {"gradient": two_valleys_gradient, "w0": (0.1, -1.6), "alpha": 0.04}
    return lu.surface_slider(two_valleys, WIDE, WIDE, **words | changed)


def turned(points, turn, tilt):
    """Towards the eye, across and up, of points given in half widths of the ground."""
    points = Rotation.from_euler("z", -turn, degrees=True).apply(points)
    return Rotation.from_euler("y", tilt, degrees=True).apply(points)


def seen_from(points, turn, tilt):
    """Where a point is in the figure's axes: in facets, from the middle of a cube's half."""
    return 10 * turned(np.subtract(points, (0, 0, 0.5)), turn, tilt)[:, 1:]


def crossings(loss, xlim, ylim, bottom=0.0):
    """Their places in space, shape (21, 21, 3), computed anew."""
    side = np.linspace(-1, 1, FACETS + 1)
    height = lambda x, y: loss(np.array([np.interp(x, (-1, 1), xlim), np.interp(y, (-1, 1), ylim)]))
    heights = np.array([[height(x, y) for x in side] for y in side])
    heights = (heights - bottom) / (heights.max() - bottom)
    return np.stack([*np.meshgrid(side, side), heights], axis=-1)


def facets(figure):
    """The corners of the facets of the still picture, in the order in which they are drawn."""
    figure.svg()
    (mesh,) = figure.figure.axes[0].collections
    return np.array([path.vertices[:4] for path in mesh.get_paths()])


def test_there_is_a_facet_between_all_crossings_at_the_height_of_the_loss():
    figure = surface()
    at = crossings(valley, (-1, 3), (-2.5, 1.5))
    np.testing.assert_allclose(data_of(figure, "heights"), 1000 * at[..., 2], atol=0.51)
    seen = seen_from(at.reshape(-1, 3), **HOME).reshape(*at.shape[:2], 2)
    expected = [seen[i : i + 2, j : j + 2].mean((0, 1)) for i in range(20) for j in range(20)]
    found = facets(figure).mean(axis=1)
    assert len(found) == FACETS**2
    distance = np.abs(found[:, None] - expected).max(axis=2)
    assert distance.min(axis=1).max() < 0.02 and distance.min(axis=0).max() < 0.02


@pytest.mark.parametrize("turn", [-180, -137, -90, -50, 0, 13, 90, 146])
def test_what_is_nearer_is_drawn_over_what_is_farther(turn):
    figure = lu.surface_slider(crate, (-2, 2), (-2, 2))
    figure._still |= {"turn": turn, "tilt": 20}
    at = crossings(crate, (-2, 2), (-2, 2), bottom=data_bottom(crate))
    space = turned(at.reshape(-1, 3) - (0, 0, 0.5), turn, 20).reshape(at.shape)
    space = np.stack([space[:-1, :-1], space[:-1, 1:], space[1:, 1:], space[1:, :-1]], axis=2)
    space, drawn = space.reshape(-1, 4, 3), facets(figure)
    which = [np.abs(10 * space[..., 1:] - facet).sum((1, 2)).argmin() for facet in drawn]
    assert sorted(which) == list(range(FACETS**2))
    overlaps = 0
    for point in np.random.default_rng(0).uniform(-9, 9, (300, 2)):
        here = [k for k, facet in zip(which, drawn, strict=True) if inside(facet, point)]
        overlaps += len(here) > 1
        for k in here[:-1]:
            assert space[here[-1], :, 0].mean() > space[k, :, 0].mean() - 0.1
    assert overlaps > 20


def inside(facet, point):
    return Path(facet).contains_point(point)


def data_bottom(loss):
    side = np.linspace(-2, 2, FACETS + 1)
    return min(0.0, min(loss(np.array([x, y])) for x in side for y in side))


@pytest.mark.parametrize("tilt", [5, 30, 60, 90])
@pytest.mark.parametrize("turn", range(-180, 181, 30))
def test_however_a_surface_is_turned_it_stays_in_the_picture(turn, tilt):
    corners = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (0, 1)])
    across, above = np.abs(seen_from(corners, turn, tilt)).max(axis=0)
    assert max(across, above) < 15
    assert surface().figure.axes[0].get_xlim()[1] >= 14.5


def test_shades_tell_the_slope_to_the_lamp_and_stay_when_the_surface_turns():
    figure = surface()
    letters = figure.spec()["meshes"][0]["shades"]
    figure = surface()
    figure._still["turn"] = 100
    assert figure.spec()["meshes"][0]["shades"] == letters
    away, towards = letters[0][10], letters[-1][10]  # the lamp stands at the low y
    assert ord(towards) > ord(away) + 3
    colors = figure.spec()["meshes"][0]["colors"]
    grey = [sum(int(color[i : i + 2], 16) for i in (1, 3, 5)) for color in colors]
    assert grey == sorted(grey)


@pytest.mark.parametrize("turn, tilt", [(-50, 12), (0, 5), (30, 30), (100, 20), (-160, 40)])
def test_a_place_is_hidden_where_the_surface_is_between_it_and_the_eye(turn, tilt):
    at = crossings(crate, (-2, 2), (-2, 2), bottom=data_bottom(crate))
    side = np.linspace(-1, 1, FACETS + 1)
    ground = RegularGridInterpolator((side, side), at[..., 2], bounds_error=False, fill_value=-9)
    told, ways = [], np.linspace(0.02, 3, 600)
    eye = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
    for x, y in np.random.default_rng(1).uniform(-0.95, 0.95, (40, 2)):
        z = ground([(y, x)])[0]
        ray = np.array([x, y]) + ways[:, None] * eye
        above = np.max(ground(ray[:, ::-1]) - z - ways * np.tan(np.radians(tilt)))
        if not 0 < above < 0.07:  # a ray goes on in halves of a facet
            told.append(((x, y), above > 0))
    figure = lu.surface_slider(
        crate, (-2, 2), (-2, 2), alpha=1e-9, n=1,
        gradient=lambda t: [4 * np.cos(4 * t[0]) * np.cos(3 * t[1]) + 0.3,
                            -3 * np.sin(4 * t[0]) * np.sin(3 * t[1])],
    )  # fmt: skip
    for (x, y), hidden in told:
        values = figure.values({"x": 2 * x, "y": 2 * y, "turn": turn, "tilt": tilt})
        assert (values["start_hidden"][0] > 0) == hidden, (x, y)
    assert {hidden for _, hidden in told} == {True, False}


def test_the_dot_stands_on_the_lowest_crossing_and_the_words_say_where():
    figure = surface()
    assert figure.reading() == "lowest crossing: θ₀ = 1, θ₁ = −0.5, loss = 0"
    expected = expected_on_the_page(figure, 0, seen_from([(0, 0, 0)], **HOME))[0]
    mark = figure.svg().split('id="mark-line1"')[1]
    found = re.search(r'<use [^>]*x="([-\d.]+)" y="([-\d.]+)"', mark).groups()
    np.testing.assert_allclose([float(x) for x in found], expected, atol=0.2)
    tilted = lu.surface_slider(lambda theta: 5 + theta[0] - theta[1], (0, 2), (1, 3))
    assert tilted.reading().endswith("θ₀ = 0, θ₁ = 3, loss = 2")


def test_a_surface_says_what_it_shows():
    figure = surface(names=("b", "w", "MSE"))
    assert "the MSE over b from −1 to 3 and w from −2.5 to 1.5, rising to 16" in figure.alt
    assert "its lowest crossing is 0 high. From there along b the edges are 12 and 12" in figure.alt
    assert "along w 4 and 4; of the corners, at the lowest w 16 and 16" in figure.alt
    assert figure.reading().startswith("lowest crossing: b = 1, w = −0.5, MSE = 0")
    assert {text.get_text() for text in figure.figure.axes[0].texts} >= {"b", "w"}
    assert figure.reading(turn=90, tilt=5) == figure.reading(), "it does not change as it turns"
    assert "hollow" not in figure.alt


@pytest.mark.parametrize("turn", [-140, -50, 30, 100])
def test_the_heights_stand_at_the_left_corner_as_high_as_they_say(turn):
    figure = surface()
    figure._still["turn"] = turn
    figure.svg()
    ax = figure.figure.axes[0]
    told = [text for text in ax.texts if text.get_text().isdigit()]
    heights = np.array([int(text.get_text()) for text in told]) / 16
    assert heights.min() == 0 and heights.max() > 0.5
    corners = [seen_from([(x, y, z) for z in heights], turn, 40) for x in (-1, 1) for y in (-1, 1)]
    expected = min(corners, key=lambda places: places[0, 0])
    found = np.transpose(ax.lines[0].get_data())
    distance = np.abs(found[:, None] - expected).max(axis=2).min(axis=0)
    assert distance.max() < 0.02
    np.testing.assert_allclose([text.get_position()[1] for text in told], expected[:, 1], atol=0.7)


# Runs


LOSSES = {
    "two valleys": (two_valleys, two_valleys_gradient),
    "a bowl": (lambda t: t @ t / 2 + t[0], lambda t: t + [1, 0]),
    "a log-loss": (
        lambda t: np.mean(np.log1p(np.exp(np.outer([1, -1, -0.4], t) @ [1, 0.5]))),
        lambda t: (
            np.mean([s / (1 + np.exp(-s * (t @ [1, 0.5]))) for s in (1, -1, -0.4)])
            * np.array([1, 0.5])
        ),
    ),
}


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("w0", [(0.1, -1.6), (1.7, 1.7), (-1.8, 0.3)])
@pytest.mark.parametrize("alpha", [0.02, 0.11])
def test_the_run_is_that_of_gradient_descent_as_long_as_it_is_on_the_map(name, w0, alpha):
    loss, gradient = LOSSES[name]
    figure = lu.surface_slider(loss, WIDE, WIDE, gradient=gradient, w0=w0, alpha=alpha)
    path = np.array(lu.gradient_descent(gradient, w0, alpha, 50))
    off = np.flatnonzero(np.any(np.abs(path) > WIDE[1], axis=1))
    path = path[: off[0]] if len(off) else path
    found = figure.values({})["path"]
    assert found.shape == path.shape
    np.testing.assert_allclose(found, path, atol=2e-4)
    told = [float(n) for n in re.findall(r"-?\d+\.\d+", figure.reading().replace("−", "-"))]
    assert told == pytest.approx([*path[-1], loss(path[-1])], abs=3e-4)
    assert ("off the map" in figure.reading()) == bool(len(off))


def test_nothing_of_a_run_is_changed_or_kept():
    start = np.array([0.5, 0.5])

    def greedy(t):
        t *= 2
        return t

    figure = lu.surface_slider(lambda t: t @ t, WIDE, WIDE, gradient=greedy, w0=start, alpha=0.1)
    start[:] = 9
    assert figure.values({})["path"][0].tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"w0": (1, 2, 3)}, r"two numbers, got shape \(3,\)"),
        ({"w0": (5, 0)}, "x = 5 is not on its slider"),
        ({"alpha": -1}, "a negative step climbs"),
        ({"n": 0}, "n must be at least 1"),
        ({"gradient": None}, "needs the gradient of the loss"),
        ({"gradient": np.sign}, "a kink or a steep wall on this map"),
        ({"gradient": lambda t: t * np.nan}, "has no value somewhere on this map"),
        ({"gradient": lambda t: 1.0}, r"returned shape \(\) for a guess of shape \(2,\)"),
    ],
)
def test_a_run_that_cannot_be_meant_is_refused_in_words(changed, words):
    with pytest.raises(ValueError, match=words):
        landscape(**changed)


@pytest.mark.parametrize("changed", [{"loss": None}, {"gradient": "t"}])
def test_what_is_no_function_is_refused_in_words(changed):
    given = {"loss": np.sum, "gradient": np.ones_like} | changed
    with pytest.raises(TypeError, match="must be a function"):
        lu.surface_slider(given.pop("loss"), (-1, 1), (-1, 1), alpha=0.1, **given)


def test_a_run_without_alpha_is_refused_in_words():
    with pytest.raises(TypeError, match="alpha must be a number, got None"):
        landscape(alpha=None)


def test_a_surface_is_small():
    assert len(surface().html().encode()) < 34_000
    assert len(landscape().html().encode()) < 49_000
