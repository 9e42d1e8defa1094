"""What a figure with a question shows before its answer: in its picture, its words and its HTML."""

import re

import numpy as np
import pytest
from expected import LEFT

import lec_utils as lu

RUN = lu.gradient_descent(lu.df, 0.0, 0.01, 50)


def flagged():
    figure = lu.minimizing_animation(w0=0, alpha=0.01)
    return figure.predict("Where will the run end?", flag="at(path, -1)")


def sketched(alpha=0.05):
    figure = lu.alpha_slider(lu.square, 9, alpha, story="loss")
    return figure.predict("How will the loss fall?", sketch="height", over="upto(updates, last)")


def test_no_still_picture_alt_text_or_source_gives_the_answer_away():
    plain, asked = lu.minimizing_animation(w0=0, alpha=0.01), flagged()
    place = f"{LEFT:.3f}".replace("-", "−")
    assert place in plain.alt and place not in asked.alt + repr(asked)
    shown = asked.html().partition("<script>")[0]
    assert "Where will the run end?" in shown
    assert place[1:] not in shown and "Converged" not in shown
    many = lambda svg: len(re.findall(r"<use [^>]*/>", svg))
    assert many(plain.svg()) > 10 and many(asked.svg()) <= 4
    assert ">answer<" not in asked.svg() and ">you<" in asked.svg()


def test_where_no_script_runs_the_answer_is_folded_under_the_question_in_words():
    import html

    folded = html.unescape(re.search("<details>.*</details>", flagged().html())[0])
    assert f"The answer is {RUN[-1]:.2f}.".replace("-", "−") in folded
    assert flagged().reading(t=49) in folded


def test_the_words_tell_the_distance_from_the_flag():
    figure = flagged()
    told = figure.spec()["ask"]["told"]
    assert "".join(piece for piece in told if isinstance(piece, str)).startswith("You said ")
    assert figure.spec()["ask"]["names"] == ["you"]


def test_every_line_of_a_figure_ends_at_its_first_point_until_it_is_answered():
    figure = sketched()
    first = [line.get("first", "whole") for line in figure.spec()["lines"]]
    own = len(lu.alpha_slider(lu.square, 9, 0.05, story="loss").spec()["lines"])
    assert first == [1] * own + ["whole", 0]


def test_an_alt_text_of_ones_own_and_the_limits_of_the_axes_where_there_is_none():
    figure = lu.tangent_slider(w0=1.2)
    choices = {"left": "It rises.", "right": "Look again."}
    words = "The curve, with a point at {w0:.1f}."
    figure.predict("Which way is down?", choose=choices, right="left", alt=words)
    assert figure.alt == "The curve, with a point at 1.2."
    low, high = lu.alpha_slider().figure.axes[0].get_xlim()
    assert f"x from {low:.4g} to {high:.4g}".replace("-", "−") in sketched().alt


def test_the_words_before_the_answer_tell_all_that_is_seen_and_follow_the_flag():
    figure = flagged()
    for seen in (lu.f.outline, "w from -1.5", f"A mark stands at (0, {lu.f(0):g})."):
        assert seen.replace("-", "−") in figure.alt
    assert figure.alt.endswith("Your flag stands at 0.00.")
    template = figure.spec()["ask"]["alt"]
    assert any(not isinstance(piece, str) for piece in template)  # where it is now
    line = sketched().alt
    assert "nan" not in line
    assert "falls to a valley at 0" in line and line.endswith("from 81 over 81, 81, 81 to 81.")
    assert lu.fog_slider().predict("?", choose={"a": "!", "b": "?"}, right="a").ground.count("Fog")


def end_marked(name, formula):
    """A run with a point that stands at its end, and one at its start."""
    figure = lu.alpha_slider(lu.square, 9, 0.2, story="loss")
    curve, below = figure.figure.axes
    end = figure.plot(curve, "at(path, -1)", "at(height, -1)", "s")
    loss = figure.plot(below, "last", "at(height, -1)", "s")
    figure.predict("Where?", **{name: formula}, **({"over": "updates"} if name == "sketch" else {}))
    figure.svg()
    return figure, {"flag": end, "sketch": loss}[name]


@pytest.mark.parametrize(("name", "formula"), [("flag", "at(path, -1)"), ("sketch", "height")])
def test_a_point_at_the_end_of_a_run_is_withheld(name, formula):
    figure, mark = end_marked(name, formula)
    lines = {f"mark-line{i}": line for i, line in enumerate(figure.spec()["lines"])}
    assert lines[mark.get_gid()]["first"] == 0
    start = next(one for one, x, _ in figure._marks if x.javascript == "$w0")
    assert lines[start.get_gid()]["first"] == 1
    inside = mark.axes.transLimits.transform(np.transpose(mark.get_data()))
    assert not np.all((inside >= 0) & (inside <= 1))


def test_the_line_of_a_fit_is_seen_where_it_starts():
    tips = lu.choose_data("tips")
    figure = lu.fit_slider(*tips).predict("Where?", choose={"a": "!", "b": "?"}, right="a")
    first = [line.get("first", "whole") for line in figure.spec()["lines"]]
    assert first == ["whole"] + 6 * [1]  # and of the run its start


def test_a_path_across_a_wide_axis_starts_with_a_flag_in_the_middle():
    figure = lu.play(lu.square, np.array([9.0, -3.0, 1.0]), domain=(-10, 10))
    figure.predict("Where?", flag="at(path, -1)")
    (you,) = [one for one in figure.spec()["controls"] if one["name"] == "you"]
    assert you["value"] == pytest.approx(0, abs=0.1) and you["min"] < -9 < 9 < you["max"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "one of flag, sketch and choose"),
        ({"flag": "0", "sketch": "path"}, "one of flag, sketch and choose"),
        ({"flag": "path"}, "one number"),
        ({"flag": "'left'"}, "one number"),
        ({"flag": "0 / 0"}, "outside the picture"),
        ({"flag": "100"}, "outside the picture"),
        ({"flag": "nowhere"}, "there is no 'nowhere'"),
        ({"sketch": "path"}, "two lists"),
        ({"sketch": "path", "over": "upto(path, 3)"}, "two lists"),
        ({"choose": {"a": "!"}, "right": "a"}, "two at least"),
        ({"choose": {"a": "!", "b": "?"}}, "none of the choices"),
        ({"flag": "0", "reply": "{me}"}, "there is no 'me'"),
    ],
)
def test_what_cannot_be_predicted_is_refused_in_words(given, says):
    with pytest.raises(ValueError, match=says):
        lu.minimizing_animation().predict("Where?", **given)


def test_a_figure_asks_once_before_it_is_shown_and_on_linear_axes():
    with pytest.raises(ValueError, match="one question"):
        flagged().predict("And now?", flag="0")
    figure = lu.minimizing_animation()
    figure.svg()
    with pytest.raises(ValueError, match="shown already"):
        figure.predict("Where?", flag="0")
    live = lu.LiveFigure((ax := lu.new_axes()).figure, alt="Axes.")
    ax.set_yscale("log")
    with pytest.raises(ValueError, match="linear axes"):
        live.predict("Where?", flag="0")
    with pytest.raises(ValueError, match="has words"):
        lu.minimizing_animation().predict(" ", flag="0")
