"""Figures of one's own in a browser: every stop, every kind of axes, played runs, saved pages."""

import math
import re
from functools import partial

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from expected import expected_on_the_page
from matplotlib.patches import Polygon
from readings import (
    assert_reads_as_in_python,
    assert_reads_as_in_python_everywhere,
    at_every_stop,
    numbers,
    reading,
    set_sliders,
)
from test_live_figure import AXES, on_axes
from test_play import HEAVY, SPIRAL, bowl

import lec_utils as lu
from lec_utils.catalogue import CATALOGUE
from tools.slides import copy_reveal


def assert_all_read_as_in_python(show, figures, *sliders):
    """One page for all the figures; each slider in turn is taken to each of its stops."""
    page = show(*(figure.html() for figure in figures))
    for figure, place in zip(figures, page.locator("figure").all(), strict=True):
        assert_reads_as_in_python(place, figure, {})
        for name in sliders:
            assert_reads_as_in_python_everywhere(place, figure, name)


# Every stop of every slider


def test_a_slider_stands_where_python_says_it_does(show):
    live = lu.LiveFigure(lu.new_axes().figure, alt="Axes.")
    ends = [(-1.5, 1.5, 0.01), (0, 1, 0.3), (1e-5, 0.0022, 1e-5), (-7, 7.05, 0.1), (-0.3, 0.3, 0.1)]
    ends += [(-math.pi, math.pi, math.pi / 16), (0, 1, 0.4), (1e12, 1e12 + 4, 1), (0, 5e-11, 1e-11)]
    ends += [(-1 / 3, 1, 1 / 7), (0, 3e9, 1e9), (-2 / 3, 0, 1e-3 / 7)]
    for i, (low, high, step) in enumerate(ends):
        live.slider(f"u{i}", low, high, value=low, step=step)
    live.readout(" ".join(f"{{u{i}:.15f}}" for i in range(len(ends))))
    assert_all_read_as_in_python(show, [live], *(f"u{i}" for i in range(len(ends))))


def test_the_end_key_takes_a_slider_to_its_last_stop(show):
    live = lu.LiveFigure(lu.new_axes().figure, alt="Axes.")
    live.slider("m", -math.pi, math.pi, value=0, step=math.pi / 16)
    live.table("k", range(33))
    live.slider("n", 0, 1, value=0, step=0.4)
    live.table("word", ["zero", "some", "more"])
    live.readout("{k:.0f} {word}")
    page = show(live.html())
    for slider in page.get_by_role("slider").all():
        slider.press("End")
    assert reading(page) == "32 more"


@pytest.mark.parametrize("step", [0.5, 1.0, 3.0, 0.3])
def test_a_function_of_few_samples_has_a_value_at_every_stop(show, step):
    live = lu.LiveFigure(lu.new_axes().figure, alt="Axes.")
    live.slider("x", 0, 1, value=0, step=0.1)
    live.function("g", lambda x: 2 * x + 1 if x > -1 else 0, 0, 1, step=step)
    live.readout("{g(x):.3f}")
    assert_all_read_as_in_python(show, [live], "x")


def test_a_first_value_between_two_stops_is_shown_as_it_is(show):
    figure = lu.tangent_slider(w0=1 / 3)
    assert_reads_as_in_python(show(figure.html()), figure, {})


MAKERS = {
    "tangent": (lu.tangent_slider, "w0"),
    "secant": (lu.secant_slider, "w0", "h"),
    "alpha": (lu.alpha_slider, "alpha"),
    "loss": (partial(lu.alpha_slider, story="loss", n=8, widen=1), "alpha"),
}


@pytest.mark.third
@pytest.mark.parametrize("maker", MAKERS)
def test_functions_of_the_lectures_read_the_same_at_every_stop(show, maker):
    """But for the last digit where a number lies in the middle: two languages' powers differ."""
    make, *sliders = MAKERS[maker]
    figures = [make(function) for function in CATALOGUE]
    page = show(*(figure.html() for figure in figures))
    for figure, place in zip(figures, page.locator("figure").all(), strict=True):
        for name in sliders:
            read = at_every_stop(place, figure, name)
            others = [(seen, expected) for seen, expected in read if seen != expected]
            assert len(others) <= len(read) / 100
            for seen, expected in others:
                assert re.sub(r"\d", "", seen) == re.sub(r"\d", "", expected)
                assert numbers(seen) == pytest.approx(numbers(expected), abs=1.1e-3, rel=1e-12)


def test_a_run_through_a_kink_ends_where_gradient_descent_does(show):
    figure = lu.alpha_slider(lu.absolute, 1.9, 0.15, n=30)
    page = show(figure.html())
    assert reading(page) == "after 29 updates x = −0.0500"
    assert_reads_as_in_python_everywhere(page, figure, "alpha")


def bent(x):
    """Jumps between two stops."""
    return math.exp(-x) if x > 0.305 else 1 - x


def bent_slope(x):
    return -math.exp(-x) if x > 0.305 else -1.0


def stairs(x):
    return float(math.floor(4 * x))


def wave(x):
    return math.sin(x) + abs(x - 1)


OWN = {
    "with an if": (bent, bent_slope, (-1, 2)),
    "with an if, measured": (bent, None, (-1, 2)),
    "steps": (stairs, lambda x: 0.0, (-1, 2)),
    "domain off the steps": (bent, bent_slope, (-1, 2.137)),
    "domain of two pi": (wave, None, (0, 2 * math.pi)),
    "ends with its domain": (math.sqrt, None, (0, 4)),
    "constant": (lambda x: 5.0, None, (-1, 2)),
}


@pytest.mark.third
@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("own", OWN)
def test_a_function_of_ones_own_reads_the_same_at_every_stop(show, maker, own):
    make, *sliders = MAKERS[maker]
    function, derivative, domain = OWN[own]
    figure = make(function, derivative=derivative, domain=domain)
    assert_all_read_as_in_python(show, [figure], *sliders)


@pytest.mark.third
@pytest.mark.parametrize("maker", ["tangent", "alpha", "loss"])
@pytest.mark.parametrize("jump", [-0.7, 0.3, 1.1])
def test_a_function_that_jumps_at_a_stop_reads_the_same_there(show, maker, jump):
    make, *sliders = MAKERS[maker]
    figure = make(lambda x: 1.0 if x > jump else 3.0, derivative=lambda x: 0.0, domain=(-1, 2))
    assert jump in lu.tangent_slider(domain=(-1, 2)).stops("w0")
    assert_all_read_as_in_python(show, [figure], *sliders)


@pytest.mark.third
@pytest.mark.parametrize("own", OWN)
def test_the_ends_of_a_chord_read_the_same_at_every_stop(show, own):
    function, _, domain = OWN[own]
    ends = [(lu.chord_slider(function, t=t, domain=domain), end) for t, end in ((1, "a"), (0, "b"))]
    page = show(*(figure.html() for figure, _ in ends))
    for (figure, end), place in zip(ends, page.locator("figure").all(), strict=True):
        assert_reads_as_in_python_everywhere(place, figure, end)


@pytest.mark.parametrize("a, b", [(-1, 2), (-0.5, 0.31), (0.25, 0.35), (0.9, 1.9)])
def test_a_chord_of_a_convex_function_of_ones_own_is_never_called_below_it(show, a, b):
    convex = lambda x: x**2 if x > 0.304 else 0.304**2 + (0.304 - x)
    figure = lu.chord_slider(convex, a, b, domain=(-1, 2))
    page = show(figure.html())
    assert_reads_as_in_python(page, figure, {})
    for t in np.linspace(0, 1, 11):
        values = set_sliders(page, figure, t=t)
        assert "not below" in figure.reading(**values)
        assert "not below" in reading(page)


# What was computed is played back


def test_tables_of_numbers_arrays_and_texts_are_played_back_at_every_stop(show):
    live = lu.LiveFigure(lu.new_axes().figure, alt="Axes.")
    live.slider("v", 0, 1, value=0, step=0.25)
    live.slider("u", -1, 2, value=-1, step=0.1)
    stops = live.stops("u")
    live.table("number", [math.gamma(2 + u) for u in stops])
    live.table("word", [f'stop {k} of "{len(stops)}" </script> & ½ \\n' for k in range(len(stops))])
    live.table("row", [np.linspace(u, 1, k + 1) for k, u in enumerate(stops)])
    live.table("path", [np.ones((2, 3)) * u for u in stops])
    live.table("other", range(5), slider="v")
    live.readout(
        "{number:.6f}, {word}, {count(row):.0f}: {at(row, -1) + at(row, 0):.4f}, "
        "{at(column(path, 2), 1):.2f}, {other:.0f}"
    )
    assert_all_read_as_in_python(show, [live], "u", "v")


def test_an_array_of_its_own_length_at_each_stop_draws_as_many_markers(show):
    ax = lu.new_axes()
    ax.set(xlim=(0, 10), ylim=(0, 10))
    live = lu.LiveFigure(ax.figure, alt="Dots in a row.")
    live.slider("u", 0, 5, value=2, step=1)
    live.table("xs", [np.arange(u) for u in live.stops("u")])
    live.move(ax.plot([0], [0], "o")[0], "xs", "xs + 1")
    page = show(live.html())
    for u in (5, 0, 3):
        set_sliders(page, live, u=u)
        expected = expected_on_the_page(live, 0, [(x, x + 1) for x in range(u)]) if u else []
        np.testing.assert_allclose(markers(page, 0), expected, atol=0.02)


@pytest.fixture
def lengths():
    """A figure of marks and words, in pairs: some have no value at u = 1, for lists that differ."""
    ax = lu.new_axes()
    ax.set(xlim=(0, 10), ylim=(0, 10))
    live = lu.LiveFigure(ax.figure, alt="Dots.")
    live.slider("u", 0, 2, value=0, step=1)
    live.table("xs", [[0, 0], [1, 1, 1], [2, 2]])
    live.slider("v", 0, 9, value=0, step=1, shown="{v + at(xs + [1, 2], 0):.0f}")
    live.let("sums", "xs + [1, 2]")
    live.let("doubled", "2 * sums")
    for place in ("xs + [1, 2]", "sums", "doubled", "[v, v]"):
        live.plot(ax, place, "[1, 2]", "o-")
    for words in ("{at(doubled, 1):.0f}", "{v:.0f}"):
        live.write(ax.text(0, 0, "", va="baseline"), words, "v", "v")
    live.readout("{at(doubled, 0):.0f}")
    return live


def test_what_has_no_value_between_the_ends_stays_and_stops_nothing_else(show, lengths):
    page = show(lengths.html())
    inputs, shown = page.locator("input"), page.locator(".lf-value")
    words = page.locator("svg [id*=mark-text] text")
    seen = lambda: [[x for x, _ in ends_of(page, mark)] for mark in range(4)]
    told = lambda: [*words.all_text_contents(), *shown.all_inner_texts(), reading(page)]
    before = seen()
    assert told() == ["4", "0", "0", "1", "2"]
    inputs.nth(0).press("ArrowRight")  # u = 1
    inputs.nth(1).press("ArrowRight")  # v = 1
    assert told() == ["4", "1", "1", "1", "2"]
    assert seen()[:3] == before[:3] and seen()[3] != before[3]
    inputs.nth(0).press("ArrowRight")
    assert told() == ["8", "1", "2", "4", "6"]
    assert all(now != then for now, then in zip(seen(), before, strict=True))


def test_moved_lines_end_as_matplotlib_draws_them(show):
    ax = lu.new_axes()
    ax.set(xlim=(0, 10), ylim=(0, 10))
    live = lu.LiveFigure(ax.figure, alt="Two triangles, of which one is open, and two lines.")
    live.slider("u", 1, 4, value=1, step=1)
    corners = [[0, 0], [1, 0], [1, 1]]
    for closed in (True, False):
        triangle = Polygon(corners, closed=closed, facecolor="none", edgecolor="k")
        live.move(ax.add_patch(triangle), "[0, u, u]", "[0, 0, u]")
    live.plot(ax, "[0, u]", "[u, 0]", "--", gapcolor="y")
    page = show(live.html())
    paths = page.locator("svg [id*=mark-line] > path")
    drawn = lambda: [path.get_attribute("d") for path in paths.all()]
    at_first = drawn()
    set_sliders(page, live, u=4)
    for triangle, opened, line, gaps in (at_first, drawn()):
        assert triangle == opened + "z"
        assert line == gaps
    assert all(now != then for now, then in zip(drawn(), at_first, strict=True))
    still = re.findall(r'id="mark-line\d"><path d="([^"]*)"', live.svg())
    assert [d.strip()[-1] == "z" for d in still] == [True, False, False]


# Axes of every kind


def markers(place, mark):
    uses = place.locator(f"svg [id$=mark-line{mark}] use").all()
    return [[float(use.get_attribute(name)) for name in "xy"] for use in uses]


def ends_of(place, mark):
    path = place.locator(f"svg [id$=mark-line{mark}] > path").get_attribute("d")
    return [[float(n) for n in point.split()] for point in path[1:].split("L")]


def word_of(place):
    text = place.locator("svg [id$=mark-text0] text")
    return [float(text.get_attribute(name)) for name in "xy"]


def test_marks_stand_where_matplotlib_puts_them_on_axes_of_every_kind(show):
    figures = [on_axes(**limits) for limits in AXES.values()]
    page = show(*(figure.html() for figure in figures))
    for kind, figure, place in zip(AXES, figures, page.locator("figure").all(), strict=True):
        for u in (2, 1, 3.5, 8):
            set_sliders(place, figure, u=u)
            expected = {
                "point": (markers(place, 0), [(u, u**2)]),
                "line": (ends_of(place, 1), [(u, 1), (2 * u, u)]),
                "word": ([word_of(place)], [(2 * u, u)]),
            }
            for what, (seen, points) in expected.items():
                right = expected_on_the_page(figure, 1, points)
                np.testing.assert_allclose(seen, right, atol=0.02, err_msg=f"{what}, {kind}, {u}")


def test_what_is_not_above_zero_leaves_a_gap_on_a_log_axis(show):
    ax = lu.new_axes()
    ax.set(xscale="log", yscale="log", xlim=(0.1, 10), ylim=(0.1, 10))
    live = lu.LiveFigure(ax.figure, alt="Dots, of which some show.")
    live.slider("u", -1, 1, value=1, step=1)
    live.move(ax.plot([1], [1], "o")[0], "[1, u, 2]", "[2, 1, u]")
    page = show(live.html())
    assert len(markers(page, 0)) == 3
    for u in (0, -1):
        set_sliders(page, live, u=u)
        np.testing.assert_allclose(
            markers(page, 0), expected_on_the_page(live, 0, [(1, 2)]), atol=0.02
        )


def drag_to(page, figure, *points, line=0):
    """Press the mouse on the first of these points of the axes, and let it go on the last.

    The axes are those of the figure's line of this number.
    """
    svg = page.locator("figure svg")
    for i, (x, y) in enumerate(expected_on_the_page(figure, line, points)):
        to_screen = """(svg, [x, y]) => {
            const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
            return [at.x, at.y];
        }"""
        page.mouse.move(*svg.evaluate(to_screen, [x, y]))
        if i == 0:
            page.mouse.down()
    page.mouse.up()


def two_rooms():
    """A dot on each of two axes, the same two numbers, and a run that starts there."""
    above, below = lu.new_axes(2)
    for ax, high in ((above, 10), (below, 100)):
        ax.set(xlim=(0, 10), ylim=(0, high))
    live = lu.LiveFigure(above.figure, alt="Two dots.")
    for name in "uv":
        live.slider(name, 0, 10, value=5, step=0.1)
    live.player("t", 9, label="update", restarts=("u", "v"))
    live.plot(above, "u", "v", "o")
    live.plot(below, "u", "10 * v", "o")
    live.drag("u", "v")
    live.drag("u", "v", y="10 * v", by="[px, py / 10]", ax=below)
    live.readout("{u:.1f} {v:.1f} {t:.1f}")
    return live


def test_a_handle_is_held_on_its_own_axes_and_a_start_that_moves_restarts_the_run(show):
    live = two_rooms()
    page = show(live.html())
    set_sliders(page, live, t=7)
    drag_to(page, live, (5, 9), (2, 8))
    assert numbers(reading(page)) == pytest.approx([2, 8, 0], abs=0.11)
    drag_to(page, live, (5, 90), (7, 30), line=1)
    assert numbers(reading(page)) == pytest.approx([7, 3, 0], abs=0.11)


def test_a_touch_that_is_taken_back_gives_the_run_its_place_again(show):
    live = two_rooms()
    page = show(live.html())
    set_sliders(page, live, t=7)
    svg, first = page.locator("figure svg"), page.get_by_role("slider").first
    for part in (svg, first):
        box = part.bounding_box()
        middle = {"clientX": box["x"] + box["width"] / 2, "clientY": box["y"] + box["height"] / 4}
        touch = {"isPrimary": True, "pointerId": 1, "pointerType": "mouse"} | middle
        part.evaluate("node => (node.setPointerCapture = () => {})")
        part.dispatch_event("pointerdown", touch)
        first.evaluate("node => { node.value = 1; node.dispatchEvent(new Event('input')); }")
        assert numbers(reading(page))[2] == 0
        part.dispatch_event("pointercancel", touch)
        assert numbers(reading(page)) == [5, 5, 7]


@pytest.mark.parametrize("kind", AXES)
def test_a_drag_sets_the_sliders_to_what_is_under_the_mouse(show, kind):
    ax = lu.new_axes()
    ax.set(**{"xlim": (0.5, 50), "ylim": (0.2, 200)} | AXES[kind])
    live = lu.LiveFigure(ax.figure, alt="A dot to drag.")
    live.slider("u", 0.5, 50, value=2, step=0.01)
    live.slider("v", 0.2, 200, value=2, step=0.01)
    live.move(ax.plot([1], [1], "o")[0], "u", "v")
    live.drag("u", "v")
    live.readout("{u:.2f} {v:.2f}")
    page = show(live.html())
    for target in [(4, 30), (30, 3)]:
        drag_to(page, live, (2, 2), target)
        assert numbers(reading(page)) == pytest.approx(target, rel=0.03, abs=0.4)
        ((seen,), (right,)) = markers(page, 0), expected_on_the_page(live, 0, [target])
        assert seen == pytest.approx(list(right), abs=0.7)


# Runs that are played


def recorded_run():
    rng = np.random.default_rng(0)
    X, y = lu.with_intercept(rng.normal(size=40)), rng.normal(size=40)
    path, _ = lu.sgd(lu.mse_gradient, [2.0, -1.0], 0.05, 1, 4, rng, X=X, y=y)
    return lu.play(lambda theta: lu.mse(theta, X, y), path, of="SGD", names=("b", "w"))


def test_played_runs_read_the_same_at_every_guess(show):
    figures = [
        lu.play(lu.square, HEAVY, of="momentum"),
        lu.play(bent, [1.9, 0.1, -0.3], domain=(-1, 2)),
        lu.play(bowl, SPIRAL, names=("a", "b")),
        recorded_run(),
        lu.minimizing_animation(lu.absolute, 0.7, lambda update: 0.3 / (1 + update), n=20),
        lu.play(lu.cube, lu.gradient_descent(lambda w: np.log(w) + 1, 1.0, 2.0, 9)),
    ]
    assert_all_read_as_in_python(show, figures, "t")


def test_a_run_on_a_map_leaves_its_trail(show):
    figure = lu.play(bowl, SPIRAL)
    page = show(figure.html())
    for t in (0, 3, len(SPIRAL) - 1):
        set_sliders(page, figure, t=t)
        trail = expected_on_the_page(figure, 0, SPIRAL[: t + 1])
        np.testing.assert_allclose(markers(page, 0), trail, atol=0.02)
        np.testing.assert_allclose(ends_of(page, 0), trail, atol=0.02)
        np.testing.assert_allclose(markers(page, 1), trail[-1:], atol=0.02)


def test_a_run_on_a_map_plays_to_its_end(show):
    figure = lu.play(bowl, SPIRAL)
    page = show(figure.html())
    page.get_by_label("speed").select_option("4")
    page.get_by_role("button", name="play").click()
    page.wait_for_function(f"document.querySelector('input').value === '{len(SPIRAL) - 1}'")
    assert_reads_as_in_python(page, figure, {"t": len(SPIRAL) - 1})
    page.get_by_role("button", name="play").wait_for()


# Saved pages


SAVED = {
    "curve": (lu.tangent_slider, "w0", 1.5),
    "run": (partial(lu.play, lu.square, HEAVY, of="momentum"), "t", 7),
    "map": (partial(lu.play, bowl, SPIRAL), "t", 8),
}


@pytest.mark.parametrize("what", SAVED)
def test_a_saved_figure_moves_when_it_is_opened_from_the_disk(page, tmp_path, what):
    make, name, value = SAVED[what]
    figure, problems = make(), []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text))
    figure.save(tmp_path / "Bild ä #1.html")
    page.goto((tmp_path / "Bild ä #1.html").as_uri())
    assert page.title() == figure.alt
    assert_reads_as_in_python(page, figure, {})
    set_sliders(page, figure, **{name: value})
    assert_reads_as_in_python(page, figure, {name: value})
    assert Axe().run(page).response["violations"] == []
    assert problems == []


def test_a_saved_picture_has_nothing_that_axe_would_find(page, tmp_path):
    lu.Picture(lu.draw_f(lu.new_axes()).figure, alt="f.").save(tmp_path / "still.html")
    page.goto((tmp_path / "still.html").as_uri())
    assert Axe().run(page).response["violations"] == []


def test_a_saved_svg_is_shown_by_a_browser(page, tmp_path):
    lu.play(lu.square, HEAVY).save(tmp_path / "figure.svg")
    page.goto((tmp_path / "figure.svg").as_uri())
    assert page.evaluate("document.documentElement.tagName") == "svg"
    assert page.locator("[id=mark-line0]").count() == 1


def test_saved_figures_move_inside_another_page(show, tmp_path):
    figures = {name: make() for name, (make, _, _) in SAVED.items()}
    for name, figure in figures.items():
        figure.save(tmp_path / f"{name}.html")
    frame = '<iframe src="{0}.html" title="{0}" width="700" height="620"></iframe>'
    page = show("<style>p,svg{display:none}</style>", *map(frame.format, figures))
    for name, figure in figures.items():
        place, (_, slider, value) = page.frame_locator(f"iframe[title={name}]"), SAVED[name]
        set_sliders(place, figure, **{slider: value})
        assert_reads_as_in_python(place, figure, {slider: value})
    assert Axe().run(page).response["violations"] == []


SLIDES = """<!DOCTYPE html><html lang="en"><title>Slides</title>
<link rel="stylesheet" href="reveal/reveal.css"><script src="reveal/reveal.js"></script>
<div class="reveal"><div class="slides"><section><h1>First</h1></section><section>
<iframe data-src="figure.html" title="f" width="800" height="600"></iframe></section></div></div>
<script>Reveal.initialize({transition: "none"}).then(() => Reveal.next())</script></html>"""
# As an LMS shows a file that was uploaded: with scripts, and without leave to reach its own page.
COURSE_PAGE = """<!DOCTYPE html><html lang="en"><title>Week 1</title><main><h1>Week 1</h1>
<iframe sandbox="allow-scripts" src="figure.html" title="f" width="700" height="640"></iframe>
</main></html>"""


@pytest.mark.parametrize("around", [SLIDES, COURSE_PAGE], ids=["slide", "lms"])
def test_a_saved_figure_moves_on_a_slide_and_in_a_frame_of_an_lms(page, tmp_path, around):
    figure = lu.tangent_slider(w0=0.5)
    figure.save(tmp_path / "figure.html")
    copy_reveal(tmp_path / "reveal")
    (tmp_path / "page.html").write_text(around, encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    place = page.frame_locator("iframe[title=f]")
    set_sliders(place, figure, w0=1.1)
    assert_reads_as_in_python(place, figure, {"w0": 1.1})


def test_a_label_vanishes_where_it_has_no_place_and_comes_back(show):
    ax = lu.new_axes()
    ax.set(xlim=(0, 10), ylim=(0, 10))
    figure = lu.LiveFigure(ax.figure, alt="A label that hides.")
    figure.slider("a", 0, 4, value=1, step=1)
    figure.write(ax.text(0, 0, ""), "here {a:.0f}", "a if a > 2 else 0 / 0", "5")
    assert "here" not in figure.svg()
    page = show(figure.html())
    label = page.locator("figure svg [id$=mark-text0]")
    assert label.text_content() == ""
    page.get_by_role("slider").fill("3")
    assert label.text_content() == "here 3"
    assert label.evaluate("node => getComputedStyle(node.firstElementChild).paintOrder") == "stroke"
    page.get_by_role("slider").fill("2")
    assert label.text_content() == ""
