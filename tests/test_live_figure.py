"""A figure of one's own: sliders, names, marks and words; what comes too late or is not meant."""

import json
import math
import re

import matplotlib as mpl
import numpy as np
import pytest
from expected import expected_on_the_page
from test_figures import assert_coincide, on_the_page

import lec_utils as lu


def own_figure(**slider):
    first, second = lu.new_axes(2)
    first.set(xlim=(0, 10), ylim=(0, 10))
    second.set(xlim=(0, 10), ylim=(0, 10))
    live = lu.LiveFigure(first.figure, alt="A dot and its mirror image.")
    live.slider("u", 0, 4, **{"value": 1, "step": 0.5} | slider)
    live.array("squares", [0, 1, 4, 9, 16])
    live.function("half", lambda x: x / 2, 0, 4)
    live.let("v", "u + half(u)")
    live.let("w", "v + 1")
    live.move(first.plot([0], [0], "o")[0], x="u", y="w")
    live.move(second.plot([0], [0], "o")[0], x="[u, 2 * u]", y="at(squares, u)")
    live.write(first.text(5, 5, ""), "u is {u:.1f}")
    live.readout("{w:.2f}")
    return live


@pytest.fixture
def bare():
    """A figure of one axes and one slider, for one more thing to be added."""
    ax = lu.new_axes()
    ax.set(xlim=(0, 10), ylim=(0, 10))
    live = lu.LiveFigure(ax.figure, alt="A dot.")
    live.slider("u", 0, 4, value=1, step=0.5)
    return live


def test_marks_in_several_axes_follow_values_lists_and_named_formulas():
    live = own_figure(value=2)
    for line, points in enumerate([[(2, 4)], [(2, 4), (4, 4)]]):
        expected = expected_on_the_page(live, line, points)
        np.testing.assert_allclose(on_the_page(live, line, "use"), expected, atol=0.1)
    assert "u is 2.0" in live.svg()
    assert live.reading(u=3) == "5.50"


def test_a_spec_points_to_formulas_by_their_places_in_the_program():
    spec, program = own_figure().spec(), own_figure().program()
    places = [place for mark in spec["lines"] + spec["texts"] for place in (mark["x"], mark["y"])]
    words = [control["shown"] for control in spec["controls"]] + [spec["readout"]]
    words += [text["template"] for text in spec["texts"]]
    places += [piece[0] for pieces in words for piece in pieces if not isinstance(piece, str)]
    assert {*places} == {*range(max(places) + 1)}
    assert program.count("$0") == 2, "named once and used once"
    assert spec["readout"][0][1] == 2, "its decimals"


def test_a_drag_drives_the_slider_it_is_told_to():
    live = own_figure()
    live.drag("u")
    (handle,) = live.spec()["drag"]
    assert handle["rows"] == ["u"]


def test_the_still_picture_may_show_another_value_than_the_first():
    live = own_figure(value=2, still=3)
    assert "u is 3.0" in live.svg()
    assert live.reading() == "4.00"


def test_a_player_starts_at_0_and_its_still_picture_shows_the_end():
    live = own_figure()
    live.player("t", 7, label="update")
    live.write(live.figure.axes[0].text(1, 1, ""), "t is {t:.0f}")
    control = live.spec()["controls"][-1]
    assert (control["value"], control["max"], control["step"]) == (0, 7, 1)
    assert control["rate"] > 0, "which is what gives it buttons"
    assert "t is 7" in live.svg()


@pytest.mark.parametrize("step, decimals", [(0.01, 2), (0.5, 1), (1, 0), (0.0625, 4), (1e-11, 11)])
def test_a_slider_shows_as_many_digits_as_its_step_has(step, decimals):
    ((_, shown),) = own_figure(value=2, step=step).spec()["controls"][0]["shown"]
    assert shown == decimals


def test_marks_that_are_all_outside_leave_a_marker_outside_the_axes_to_copy():
    ax = lu.new_axes()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    live = lu.LiveFigure(ax.figure, alt="A dot that has gone.")
    live.move(ax.plot([0], [0], "o")[0], x="1e200", y="1e300")
    box = live.spec()["axes"][0]
    ((x, y),) = on_the_page(live, 0, "use")
    assert x < box["left"] or y > box["top"] + box["height"]


def test_a_figure_shows_its_words_in_a_terminal():
    assert repr(own_figure(value=2)) == "LiveFigure: A dot and its mirror image. 4.00"
    assert repr(lu.LiveFigure(lu.new_axes().figure, alt="Axes.")) == "LiveFigure: Axes."


@pytest.mark.parametrize(
    "low, high, step, stops",
    [
        (0, 1, 0.25, [0, 0.25, 0.5, 0.75, 1]),
        (0, 1, 0.3, [0, 0.3, 0.6, 0.9]),
        (-0.3, 0.3, 0.1, [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]),
        (2, 2, 1, [2]),
        (0, 1, 5, [0]),
        (1e12, 1e12 + 4, 1, [1e12 + k for k in range(5)]),
        (-1e-11, 2e-11, 1e-11, [-1e-11, 0, 1e-11, 2e-11]),
        (0, np.pi, np.pi / 2, [0, pytest.approx(np.pi / 2), np.pi]),
        (1e-5, 5e-5, 1e-5, [1e-5, 2e-5, 3e-5, 4e-5, 5e-5]),
    ],
)
def test_a_slider_stands_at_its_stops(low, high, step, stops):
    live = lu.LiveFigure(lu.new_axes().figure, alt="Axes.")
    live.slider("u", low, high, value=low, step=step)
    assert live.stops("u") == stops


# What was computed is played back


def test_a_table_gives_the_number_for_each_stop(bare):
    bare.table("cubed", [u**3 for u in bare.stops("u")])
    bare.readout("{cubed:.3f}")
    assert [bare.reading(u=u) for u in bare.stops("u")] == [f"{u**3:.3f}" for u in bare.stops("u")]


def test_a_table_gives_arrays_of_different_lengths(bare):
    rows = [np.arange(2 * u + 1) for u in bare.stops("u")]
    bare.table("row", rows)
    bare.move(bare.figure.axes[0].plot([0], [0], "o")[0], "row", "row + 1")
    bare.readout("{count(row):.0f} to {at(row, -1):.0f}")
    for u, row in zip(bare.stops("u"), rows, strict=True):
        assert bare.reading(u=u) == f"{len(row)} to {row[-1]:.0f}"
    points = [(x, x + 1) for x in range(3)]
    assert_coincide(on_the_page(bare, 0, "use"), expected_on_the_page(bare, 0, points))


def test_a_table_gives_texts(bare):
    bare.table("word", [f'stop {k}: ½ "{{}}" </script>' for k in range(9)])
    bare.readout("{word}!")
    assert bare.reading(u=2) == 'stop 4: ½ "{}" </script>!'
    assert bare.html().count("</script>") == 1


def test_a_table_gives_paths_of_two_numbers(bare):
    bare.table("path", [[[u, 0], [u, u]] for u in bare.stops("u")])
    bare.readout("{at(column(path, 1), 1):.1f}")
    assert bare.reading(u=1.5) == "1.5"


def test_a_table_belongs_to_the_slider_it_is_told(bare):
    bare.slider("v", 0, 1, value=0, step=1)
    bare.table("of_v", [10, 20])
    bare.table("of_u", range(9), slider="u")
    bare.readout("{of_u:.0f} {of_v:.0f}")
    assert bare.reading(u=4, v=0) == "8 10"
    assert bare.reading(u=0, v=1) == "0 20"


def test_between_two_stops_a_table_gives_the_row_of_the_nearer_one(bare):
    bare.table("k", range(9))
    bare.readout("{k:.0f}")
    assert [bare.reading(u=u) for u in (0.2, 0.3, 3.8)] == ["0", "1", "8"]


def test_a_table_fits_a_slider_whose_last_stop_is_not_its_end():
    live = lu.LiveFigure(lu.new_axes().figure, alt="Axes.")
    live.slider("m", 0, 1, value=0, step=0.4)
    live.table("word", ["zero", "some", "more"])
    live.readout("{word}")
    assert live.svg()
    assert [live.reading(m=m) for m in (0, 0.4, 0.8, 1)] == ["zero", "some", "more", "more"]


@pytest.mark.parametrize("name", ["at", "u", "two words"])
def test_a_table_that_was_refused_leaves_nothing_behind(bare, name):
    with pytest.raises(ValueError, match="cannot be a name|there already"):
        bare.table(name, range(9))
    assert bare.spec()["data"] == []


def test_a_function_that_was_refused_leaves_its_name_free(bare):
    with pytest.raises(ValueError):
        bare.function("g", lambda x: math.log(x), -2, -1)
    bare.function("g", lambda x: math.log(x), 1, 4)
    bare.readout("{g(u):.1f}")
    assert bare.reading(u=4) == "1.4"


def test_what_becomes_of_an_array_later_does_not_change_the_figure(bare):
    xs, row = np.array([1.0, 2.0]), np.array([3.0])
    bare.array("xs", xs), bare.array("rows", [row]), bare.table("more", [row] * 9)
    bare.readout("{at(xs, 0):.0f} {at(at(rows, 0), 0):.0f} {at(more, 0):.0f}")
    xs[:], row[:] = 7, 7
    assert bare.reading() == "1 3 3"


@pytest.mark.parametrize("rows", [8, 10, 0])
def test_a_table_with_another_number_of_rows_is_refused_in_words(bare, rows):
    with pytest.raises(ValueError, match=f"k has {rows} rows, but u has 9 stops"):
        bare.table("k", [0] * rows)


@pytest.mark.parametrize(
    "rows",
    [["a", 1.0] * 4 + ["a"], [1.0] * 8 + ["a"], [["a"]] * 9],
    ids=["texts first", "numbers first", "lists of texts"],
)
def test_a_table_of_several_kinds_is_refused(bare, rows):
    with pytest.raises((TypeError, ValueError)):
        bare.table("k", rows)


def test_a_table_needs_a_slider_that_is_there(bare):
    with pytest.raises(ValueError, match="there is no slider 'v' in this figure, only: u"):
        bare.table("k", [1, 2], slider="v")
    with pytest.raises(ValueError, match="there is no slider"):
        lu.LiveFigure(lu.new_axes().figure, alt="Axes.").table("k", [1])


def test_a_tables_numbers_travel_with_all_their_digits(bare):
    bare.table("third", [u / 3 for u in bare.stops("u")])
    (rows,) = [packed for name, packed in bare.spec()["data"] if name == "$third_rows"]
    assert json.loads(json.dumps(rows)) == [u / 3 for u in bare.stops("u")]


# Functions


def test_a_function_is_no_number_where_it_is_not_known(bare):
    bare.slider("far", -9, 9, value=0)
    known = bare.function("doubled", lambda x: 2 * x, 0, 4), bare.function("kinked", kinked, 0, 4)
    bare.readout("{doubled(far):.1f} {kinked(far):.1f}")
    assert known == (True, False)
    for far, words in {0: "0.0 1.0", 4: "8.0 1.0", 4.01: "no number no number"}.items():
        assert bare.reading(far=far) == words


def kinked(x):
    return math.cos(0 * x) if x > 0 else 1.0


def test_a_gradient_is_a_function_of_several_numbers(bare):
    bare.array("weights", [1.0, 10.0])
    bare.gradient("slope", "theta", "weights * theta")
    bare.let("path", "descend(slope, [u, 1], 0.05, 3)")
    bare.readout("{at(column(path, 0), 2):.4f} {at(column(path, 1), 2):.4f}")
    assert bare.reading(u=2) == f"{2 * 0.95**2:.4f} {0.5**2:.4f}"


# What comes too late


LATE = {
    "slider": lambda live, ax: live.slider("late", 0, 1, value=0),
    "player": lambda live, ax: live.player("late", 5, label="late"),
    "function": lambda live, ax: live.function("late", np.sin, 0, 1),
    "gradient": lambda live, ax: live.gradient("late", "theta", "theta"),
    "array": lambda live, ax: live.array("late", [1, 2]),
    "table": lambda live, ax: live.table("late", range(9)),
    "let": lambda live, ax: live.let("late", "u"),
    "move": lambda live, ax: live.move(ax.lines[0], "u", "u"),
    "write": lambda live, ax: live.write(ax.texts[0], "late"),
    "readout": lambda live, ax: live.readout("late"),
    "drag": lambda live, ax: live.drag("u"),
}
SHOWN = {
    "svg": lambda live, path: live.svg(),
    "html": lambda live, path: live.html(),
    "still_html": lambda live, path: live.still_html(),
    "spec": lambda live, path: live.spec(),
    "program": lambda live, path: live.program(),
    "widget": lambda live, path: live.widget(),
    "bundle": lambda live, path: live._repr_mimebundle_(),
    "save": lambda live, path: live.save(path / "figure.png"),
    "reading, then svg": lambda live, path: (live.reading(), live.svg()),
}


@pytest.mark.parametrize("show", SHOWN.values(), ids=SHOWN)
def test_what_comes_after_a_figure_was_shown_is_an_error_and_not_lost(bare, tmp_path, show):
    ax = bare.figure.axes[0]
    ax.plot([0], [0], "o"), ax.text(0, 0, "")
    bare.readout("{u:.1f}")
    show(bare, tmp_path)
    silent = []
    for name, add in LATE.items():
        try:
            add(bare, ax)
            silent.append(name)
        except ValueError as error:
            assert "was shown already: give it all its parts before" in str(error)
    assert silent == []
    assert bare.reading() == "1.0"


def test_a_reading_alone_shows_nothing_yet(bare):
    bare.readout("{u:.1f}")
    assert (bare.reading(), repr(bare)) == ("1.0", "LiveFigure: A dot. 1.0")
    bare.slider("v", 0, 1, value=1)
    bare.readout("{u + v:.1f}")
    assert bare.reading() == "2.0"
    assert [control["name"] for control in bare.spec()["controls"]] == ["u", "v"]


# What cannot be meant


@pytest.mark.parametrize(
    "arguments, error, words",
    [
        ({"step": 0}, ValueError, "cannot move from 0 to 4 in steps of 0"),
        ({"step": -0.5}, ValueError, "cannot move from 0 to 4 in steps of -0.5"),
        ({"low": 5}, ValueError, "cannot move from 5 to 4"),
        ({"value": 5}, ValueError, "u = 5 is not on its slider, from 0 to 4"),
        ({"value": -0.1}, ValueError, "u = -0.1 is not on its slider, from 0 to 4"),
        ({"still": 4.5}, ValueError, "u = 4.5 is not on its slider, from 0 to 4"),
        ({"value": math.nan}, ValueError, "u must be a finite number"),
        ({"high": math.inf}, ValueError, "must be a finite number"),
        ({"value": "2"}, TypeError, "u must be a number.*Take the quotes away: 2"),
        ({"low": None}, TypeError, "must be a number"),
        ({"shown": "{speed:.1f}"}, ValueError, "there is no 'speed'"),
        ({"shown": "{u}"}, ValueError, "written with its decimals"),
    ],
)
def test_a_slider_that_cannot_be_meant_is_refused_in_words(arguments, error, words):
    live = lu.LiveFigure(lu.new_axes().figure, alt="Axes.")
    with pytest.raises(error, match=words):
        live.slider("u", **{"low": 0, "high": 4, "value": 1, "step": 0.5} | arguments)


def test_a_slider_that_was_refused_leaves_nothing_behind(bare):
    for wrong in ({"value": 9}, {"value": 1, "step": 0}, {"value": 1, "shown": "{v}"}):
        with pytest.raises(ValueError):
            bare.slider("v", 0, 4, **wrong)
    bare.slider("v", 0, 4, value=1)
    assert [control["name"] for control in bare.spec()["controls"]] == ["u", "v"]


@pytest.mark.parametrize("name", ["log", "layout", "close", "keys", "comm", "send"])
def test_a_slider_with_a_name_that_a_widget_needs_is_refused_in_words(bare, name):
    with pytest.raises(ValueError, match=f"a widget needs the name '{name}'|is there already"):
        bare.slider(name, 0, 1, value=0)
        bare.widget()


def test_a_figure_that_is_no_widget_may_have_any_name_for_a_slider(bare):
    bare.slider("keys", 0, 9, value=8)
    bare.readout("{keys:.0f} keys")
    assert "8 keys" in repr(bare) and '"keys"' in bare.html()


@pytest.mark.parametrize(
    "again",
    [
        lambda live: live.slider("u", 0, 1, value=0),
        lambda live: live.player("u", 5, label="u"),
        lambda live: live.array("u", [1]),
        lambda live: live.table("u", range(9)),
        lambda live: live.let("u", "1"),
        lambda live: live.function("u", np.sin, 0, 1),
        lambda live: live.gradient("u", "theta", "theta"),
    ],
)
def test_two_things_of_one_name_are_refused_in_words(bare, again):
    with pytest.raises(ValueError, match="'u' is there already"):
        again(bare)


@pytest.mark.parametrize("name", ["lambda", "class", "at", "sqrt", "two words", "_u", "1st"])
def test_a_slider_with_a_name_that_no_formula_could_use_is_refused_in_words(bare, name):
    with pytest.raises(ValueError, match="cannot be a name in formulas|is there already"):
        bare.slider(name, 0, 1, value=0)


@pytest.mark.parametrize(
    "add",
    [
        lambda live, ax: live.move(ax.lines[0], "speed", "u"),
        lambda live, ax: live.move(ax.lines[0], "u", "u +"),
        lambda live, ax: live.write(ax.texts[0], "{speed:.1f}"),
        lambda live, ax: live.write(ax.texts[0], "{u:.1f}", x="speed"),
        lambda live, ax: live.readout("{u // 2:.1f}"),
        lambda live, ax: live.let("v", "u.real"),
        lambda live, ax: live.gradient("v", "theta", "speed * theta"),
    ],
)
def test_a_formula_is_refused_where_it_is_written(bare, add):
    ax = bare.figure.axes[0]
    ax.plot([0], [0], "o"), ax.text(0, 0, "")
    with pytest.raises(ValueError, match="the formula .* of this figure cannot be used"):
        add(bare, ax)


@pytest.mark.parametrize("place", [("u", "'left'"), ("'a' if u > 1 else 'b'", "u")])
def test_a_place_that_is_no_number_is_refused_in_words(bare, place):
    with pytest.raises(ValueError, match="a place is given by numbers, not by"):
        bare.move(bare.figure.axes[0].plot([0], [0], "o")[0], *place)


@pytest.mark.parametrize(
    "values, error, words",
    [
        ({"v": 1}, ValueError, "there is no slider 'v' in this figure, only: u"),
        ({"w": 1}, ValueError, "there is no slider 'w' in this figure, only: u"),  # that is a let
        ({"u": 4.5}, ValueError, "u = 4.5 is not on its slider, from 0 to 4"),
        ({"u": -1}, ValueError, "u = -1 is not on its slider"),
        ({"u": math.nan}, ValueError, "u must be a finite number"),
        ({"u": "1"}, TypeError, "Take the quotes away: 1"),
    ],
)
def test_a_reading_at_what_the_figure_cannot_show_is_refused_in_words(values, error, words):
    with pytest.raises(error, match=words):
        own_figure().reading(**values)


@pytest.mark.parametrize("names", [("v",), ("u", "v"), ("w",)])
def test_a_drag_of_a_slider_that_is_not_there_is_refused_in_words(names):
    with pytest.raises(ValueError, match="there is no slider '[vw]' in this figure, only: u"):
        own_figure().drag(*names)


# Axes that are not linear


def on_axes(**limits):
    """A point, a line and a word on axes of a kind, at u and 2u; u slides from 1 to 8."""
    ax = lu.new_axes()
    ax.set(**{"xlim": (0.5, 50), "ylim": (0.2, 200)} | limits)
    live = lu.LiveFigure(ax.figure, alt="A dot on axes of a kind.")
    live.slider("u", 1, 8, value=2, step=0.5)
    live.move(ax.plot([1], [1], "o")[0], "u", "u ** 2")
    live.move(ax.plot([1], [1], "-")[0], "[u, 2 * u]", "[1, u]")
    live.write(ax.text(1, 1, "", ha="left", va="baseline"), "u = {u:.1f}", "2 * u", "u")
    return live


AXES = {
    "linear": {},
    "log x": {"xscale": "log"},
    "log y": {"yscale": "log"},
    "log both": {"xscale": "log", "yscale": "log"},
    "inverted": {"xlim": (50, 0.5), "ylim": (200, 0.2)},
    "log and inverted": {"xscale": "log", "yscale": "log", "xlim": (50, 0.5), "ylim": (200, 0.2)},
}
each_kind = pytest.mark.parametrize("kind", AXES)


@each_kind
def test_a_still_picture_has_its_marks_where_matplotlib_puts_them(kind):
    live = on_axes(**AXES[kind])
    assert_coincide(on_the_page(live, 0, "use"), expected_on_the_page(live, 0, [(2, 4)]))
    ends = expected_on_the_page(live, 1, [(2, 1), (4, 2)])
    assert_coincide(on_the_page(live, 1, "path"), ends)
    (x, y) = re.search(r'<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>u = 2.0', live.svg()).groups()
    ((expected_x, expected_y),) = expected_on_the_page(live, 1, [(4, 2)])
    assert float(x) == pytest.approx(expected_x, abs=0.1)
    assert float(y) == pytest.approx(expected_y, abs=0.1)


@each_kind
def test_a_spec_says_what_its_axes_show(kind):
    ax = on_axes(**AXES[kind]).spec()["axes"][0]
    limits = {"xlim": (0.5, 50), "ylim": (0.2, 200)} | AXES[kind]
    assert ax["x"] == [*limits["xlim"], *[True] * ("xscale" in limits)]
    assert ax["y"] == [*limits["ylim"], *[True] * ("yscale" in limits)]


def test_what_is_not_above_zero_has_no_place_on_a_log_axis():
    ax = lu.new_axes()
    ax.set(xscale="log", yscale="log", xlim=(0.1, 10), ylim=(0.1, 10))
    live = lu.LiveFigure(ax.figure, alt="Three dots, of which one shows.")
    live.move(ax.plot([1], [1], "o")[0], "[0, 1, 2]", "[1, 2, 0 - 3]")
    assert_coincide(on_the_page(live, 0, "use"), expected_on_the_page(live, 0, [(1, 2)]))


@pytest.mark.parametrize("scale", ["symlog", "logit", "asinh"])
@pytest.mark.parametrize("axis", ["x", "y"])
def test_marks_on_axes_that_the_browser_does_not_know_are_refused_in_words(bare, axis, scale):
    ax = bare.figure.axes[0]
    line, text = ax.plot([0.5], [0.5], "o")[0], ax.text(0.5, 0.5, "")
    ax.set(**{f"{axis}scale": scale})
    with pytest.raises(ValueError, match=f"linear and log axes, not on {scale}"):
        bare.move(line, "u", "u")
    with pytest.raises(ValueError, match=f"linear and log axes, not on {scale}"):
        bare.write(text, "u")


def test_marks_on_axes_whose_kind_changes_after_they_were_given_are_not_misplaced(bare):
    ax = bare.figure.axes[0]
    bare.move(ax.plot([1], [1], "o")[0], "u", "u")
    ax.set(yscale="symlog")
    with pytest.raises(ValueError, match="not on symlog"):
        bare.svg()


def test_marks_on_round_axes_are_refused_in_words():
    ax = lu.new_axes(subplot_kw={"projection": "polar"})
    live = lu.LiveFigure(ax.figure, alt="A dot on round axes.")
    with pytest.raises(ValueError, match="linear and log axes"):
        live.move(ax.plot([1], [1], "o")[0], "1", "1")


# Files


@pytest.mark.parametrize("name", ["figure.svg", "Bild mit Umlaut ä.svg"])
def test_a_figure_is_saved_as_the_svg_it_is(tmp_path, name):
    live = own_figure()
    live.save(tmp_path / name)
    assert (tmp_path / name).read_text(encoding="utf-8") == live.svg()


def test_a_figure_is_saved_as_a_png_with_its_marks_in_their_places(tmp_path):
    low, high = (own_figure(value=u) for u in (0, 3))
    low.save(str(tmp_path / "low.png")), high.save(tmp_path / "high.png")
    pixels = [mpl.image.imread(tmp_path / f"{name}.png") for name in ("low", "high")]
    assert pixels[0].shape == pixels[1].shape and min(pixels[0].shape[:2]) > 200
    assert not np.array_equal(*pixels)


@pytest.mark.parametrize("name", ["figure.svg", "figure.png", "figure.html"])
def test_an_ending_may_be_in_capitals(tmp_path, name):
    for written in (name, name.upper()):
        own_figure().save(tmp_path / written)
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1


def test_saving_as_a_png_leaves_the_svg_as_it_was(tmp_path):
    first, other = own_figure(), own_figure()
    first.save(tmp_path / "figure.png")
    assert first.svg() == other.svg()


def test_a_figure_is_saved_as_a_page_that_says_what_it_is(tmp_path):
    live = own_figure()
    live.save(tmp_path / "figure.html")
    page = (tmp_path / "figure.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>") and live.html() in page
    assert '<html lang="en">' in page and f"<title>{live.alt}</title>" in page
    assert 'charset="utf-8"' in page
    still = lu.Picture(lu.new_axes().figure, alt="a < b", caption="Nothing.")
    still.save(tmp_path / "still.html")
    page = (tmp_path / "still.html").read_text(encoding="utf-8")
    assert "<title>a &lt; b</title>" in page and "<script" not in page


@pytest.mark.parametrize("name", ["figure.pdf", "figure", "figure.htm", ".png"])
def test_a_file_of_another_kind_is_refused_in_words(tmp_path, name):
    with pytest.raises(ValueError, match=r"should end in \.svg, \.png or \.html"):
        own_figure().save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


# Marks that only matplotlib could move


def transformed(ax):
    return ax.text(0.1, 0.9, "", transform=ax.transAxes)


def of_another_figure(ax):
    return lu.new_axes().plot([0], [0])[0]


@pytest.mark.parametrize(
    "make, words",
    [
        (transformed, "measured by their numbers"),
        (lambda ax: ax.axvline(0), "measured by their numbers"),
        (of_another_figure, "axes of this figure"),
        (lambda ax: ax.scatter([0], [0]), "not a PathCollection"),
        (lambda ax: ax.text(0, 0, "", rotation=90), "not turned"),
        (lambda ax: ax.text(0, 0, "", va="center"), "baseline"),
        (lambda ax: ax.text(0, 0, "", bbox={"facecolor": "w"}), "its box would stay behind"),
        (lambda ax: ax.plot([0], [0], drawstyle="steps")[0], "from point to point"),
        (lambda ax: ax.plot([0], [0], "o", markevery=2)[0], "marks them all"),
    ],
)
def test_a_mark_that_the_browser_cannot_move_is_refused_in_words(bare, make, words):
    mark = make(bare.figure.axes[0])
    with pytest.raises(ValueError, match=words):
        bare.write(mark, "w") if hasattr(mark, "get_text") else bare.move(mark, "u", "u")


def test_words_of_several_lines_are_refused(bare):
    text = bare.figure.axes[0].text(0, 0, "")
    with pytest.raises(ValueError, match="has one line"):
        bare.write(text, "first\nsecond")


@pytest.mark.parametrize("kind", ["line", "text", "axes", "rasterized"])
def test_a_mark_of_which_nothing_is_drawn_is_refused_when_it_is_shown(bare, kind):
    ax = bare.figure.axes[0]
    line, text = ax.plot([1], [1], "o")[0], ax.text(1, 1, "")
    bare.move(line, "u", "u"), bare.write(text, "here")
    line.set_visible(kind != "line"), text.set_visible(kind != "text")
    ax.set_visible(kind != "axes"), line.set_rasterized(kind == "rasterized")
    with pytest.raises(ValueError, match="what moves has to be visible"):
        bare.html()
    line.set_visible(True), text.set_visible(True), ax.set_visible(True), line.set_rasterized(False)
    assert "mark-line0" in bare.svg() and "mark-text0" in bare.svg()


@pytest.mark.parametrize("place", [("[1, 2]", "[1, 2, 3]"), ("[[1, 2], [3, 4]]", "u")])
def test_places_of_different_lengths_or_of_tables_are_refused(bare, place):
    with pytest.raises(ValueError, match="different lengths|given by numbers"):
        bare.plot(bare.figure.axes[0], *place)


def test_a_formula_without_a_value_at_an_end_of_its_slider_is_refused_when_shown(bare):
    bare.array("three", [1, 2, 3])
    bare.readout("{at(three, u):.0f}")  # u goes from 0 to 4
    with pytest.raises(ValueError, match="out of bounds"):
        bare.svg()


def test_words_that_are_empty_at_first_are_drawn_all_the_same(bare):
    bare.write(bare.figure.axes[0].text(1, 1, ""), "{where(u > 3, 'far', '')}")
    assert "mark-text0" in bare.svg()


@pytest.mark.parametrize("make", [lu.tangent_slider, lu.fog_slider, lu.alpha_slider])
@pytest.mark.parametrize("function", [lambda x: 3, lambda x: 1 if x > 0 else 0])
def test_a_function_may_give_whole_numbers(make, function):
    assert "no number" not in make(function, 0.5, domain=(-1, 1)).reading()


@pytest.mark.parametrize("low, high", [(-np.pi, np.pi), (1 / 3, 2.0), (-1e-7 / 3, 1e-7)])
def test_every_stop_lies_on_its_slider(low, high):
    live = lu.tangent_slider(np.sin, (low + high) / 2, domain=(low, high))
    for stop in (live.stops("w0")[0], live.stops("w0")[-1]):
        assert "no number" not in live.reading(w0=stop)


@pytest.mark.parametrize("label", [r"$e^{x}$", "a {b}: 'c'", """both ' and " {x:.1f}"""])
def test_a_label_with_braces_is_a_label(label):
    function = lu.Function(np.exp, np.exp, label=label, variable="x", domain=(-1, 1))
    assert label in lu.minimizing_animation(function, 0.0, 0.1).reading()


def test_a_function_whose_formula_would_be_endless_is_sampled():
    def logistic(x):
        for _ in range(30):
            x = 3.5 * x * (1 - x)
        return x

    assert len(lu.tangent_slider(logistic, 0.4, domain=(0, 1)).html()) < 60_000


def test_names_with_braces_are_names_on_maps_and_surfaces():
    names = (r"$\theta_{0}$", "the 'slope' {b}", "loss {c}")
    bowl = lu.bowl_slider([[2, 1], [1, 2]], [0, 0], [1, 1], 0.1, names=names[:2])
    surface = lu.surface_slider(lambda theta: theta @ theta, (-1, 1), (-1, 1), names=names)
    for live, told in ((bowl, names[:2]), (surface, names)):
        assert all(name in live.reading() for name in told)
    assert "{b}" in surface.svg()
