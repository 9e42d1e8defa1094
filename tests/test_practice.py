"""The checks of the practice notebooks: judges, seals, stored tests, verdicts and pictures."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lec_utils as lu
from lec_utils import practice
from lec_utils.practice import judge
from lec_utils.practice.cases import read_cases, run_case
from lec_utils.practice.seal import seal

QUARTIC_LIKE = lu.Function(lambda w: w**4 - 2 * w, lambda w: 4 * w**3 - 2)


def told(check, *arguments, **words):
    """What a judge says when it is not content."""
    with pytest.raises(judge.NotYet) as raised:
        check(*arguments, **words)
    return str(raised.value)


# Sealed answers


@given(st.sampled_from("abcd"), st.sampled_from("abcd"))
def test_seals_agree_where_the_answers_do(one, other):
    assert (seal("q1", one) == seal("q1", f" {other.upper()}\n")) == (one == other)


@given(st.floats(1e-6, 1e6))
def test_a_seal_knows_a_number_to_its_digits(value):
    rounded = float(f"{value:.3g}")
    assert seal("q1", value) == seal("q1", rounded)
    assert seal("q1", rounded) != seal("q1", rounded * 1.02)


def test_sealed_choice_tells_the_slip_of_a_wrong_letter():
    words = {"right": seal("q7", "c"), "slips": {seal("q7", "a"): "that is the height"}}
    judge.sealed_choice("q7", " C ", options="abc", **words)
    assert told(judge.sealed_choice, "q7", "a", options="abc", **words) == "that is the height"
    assert "not the one" in told(judge.sealed_choice, "q7", "b", options="abc", **words)
    assert '"a", "b", "c"' in told(judge.sealed_choice, "q7", "e", options="abc", **words)
    assert "blank" in told(judge.sealed_choice, "q7", ..., options="abc", **words)
    assert "one of" in told(judge.sealed_choice, "q7", 2, options="abc", **words)


def test_sealed_number_tells_the_slip_of_a_wrong_number():
    words = {"right": seal("q2", 4.6), "slips": {seal("q2", 5.4): "you climbed"}}
    judge.sealed_number("q2", 5 - 0.1 * 4, **words)
    assert told(judge.sealed_number, "q2", 5.4, **words) == "you climbed"
    assert "7.25" in told(judge.sealed_number, "q2", 7.25, **words)
    assert "one number" in told(judge.sealed_number, "q2", "4.6", **words)


@pytest.mark.parametrize("answer", ["b", " B "])
def test_choice_takes_the_right_word_however_it_is_written(answer):
    judge.choice(answer, "abc", "b", {})


def test_choice_names_the_misconception():
    assert told(judge.choice, "a", "abc", "b", {"a": "alpha is no length"}) == "alpha is no length"


# Values


@pytest.mark.parametrize("value", [2, 2.5, np.float64(2.5), np.array(2.5), np.int64(2)])
def test_number_takes_numbers(value):
    assert judge.number(value, "x") == float(value)


@pytest.mark.parametrize("value", ["2.5", True, [2.5], np.array([2.5]), math.nan, math.inf, len])
def test_number_refuses_what_is_none(value):
    assert told(judge.number, value, "your alpha").startswith("your alpha")


@pytest.mark.parametrize("check", [judge.filled, judge.number, judge.array])
def test_a_blank_is_called_blank_and_what_was_not_run_is_not(check):
    assert "still blank" in told(check, ..., "answer_2")
    assert "has its cell been run" in told(check, None, "answer_2")


def test_a_check_before_the_first_cell_says_to_run_from_the_top():
    namespace = {}
    exec("from lec_utils import practice\nnote = practice.check('q1')", namespace)
    assert "run it from the top" in repr(namespace["note"])


def test_call_says_what_stands_in_the_way():
    assert "should be a function" in told(judge.call, 3.0, name="df")
    assert "returns nothing" in told(judge.call, lambda w: None, 1.0, name="df")
    assert "ZeroDivisionError" in told(judge.call, lambda w: 1 / 0, 1.0, name="df")
    assert judge.call(lambda w: 2 * w, 1.0, name="df") == 2


def test_array_says_which_shape_is_wanted():
    assert judge.array([1, 2], "theta", (2,)).tolist() == [1.0, 2.0]
    assert "(3,)" in told(judge.array, [1, 2, 3], "theta", (2,))
    assert "numbers only" in told(judge.array, ["a"], "theta")
    assert "numbers only" in told(judge.array, [[1, 2], [3]], "theta")


def test_same_tells_a_known_slip_and_never_the_answer():
    slips = {"you climbed": 5.4}
    judge.same(4.6000000001, 4.6, "the guess", slips)
    assert told(judge.same, 5.4, 4.6, "the guess", slips) == "you climbed"
    message = told(judge.same, 1.25, 4.6, "the guess", slips)
    assert "1.25" in message and "4.6" not in message


def test_same_names_the_first_of_many_that_is_wrong():
    names = [f"slope({w})" for w in range(3)]
    assert told(judge.same, [0.0, 9.0, 8.0], [0.0, 2.0, 4.0], names).startswith("slope(1) is 9")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1 / 3, "0.333333,"),
        (np.array(2 / 3), "0.666667,"),
        (np.array([1e20 / 3]), "3.33333e+19"),
    ],
)
def test_a_number_is_shown_to_six_digits(value, shown):
    assert shown in told(judge.same, value, np.full(np.shape(value), 9.0), "the limit")


@pytest.mark.parametrize("value", [[1 / 3, np.float64(2 / 3)], (10**100,), (k for k in "a")])
def test_what_is_no_number_is_shown_in_few_characters(value):
    message = told(judge.number, value, "x")
    assert len(message) < 100
    assert "np." not in message and "0x" not in message and "33333333" not in message


# Choices


@pytest.mark.parametrize(
    "answer", ["ace", "a, c and e", ["a", "C)"] + ["e"], ["ace"], np.array([["a"], ["c"], ["e"]])]
)
def test_some_of_takes_the_letters_however_they_are_written(answer):
    assert judge.some_of(answer, "abcde", "chosen") == {"a", "c", "e"}


@pytest.mark.parametrize("answer", ["1, 3 and 9", [1.0, 3, "9"], {1, 3, 9}, np.array([[1, 3, 9]])])
def test_some_of_takes_the_numbers_however_they_are_written(answer):
    assert judge.some_of(answer, range(1, 10), "chosen") == {1, 3, 9}


@pytest.mark.parametrize("answer", [["x²"], [[1]], [1.5], [True], [10**100], [np.nan], [print]])
def test_some_of_says_what_is_no_choice(answer):
    message = told(judge.some_of, answer, range(1, 10), "chosen")
    assert "only choices from 1 to 9" in message and len(message) < 130


@pytest.mark.parametrize("answer", [["b"], np.array(["a", "b"]), np.array([1, 2]), {"b"}, print])
def test_what_is_no_letter_is_told_and_is_no_error(answer):
    assert "should be one of" in told(judge.one_of, answer, "abc", "answer_5")


# Derivatives and gradients: the oracle is the function itself

SLOPES = {
    "right": (lambda w: 4 * w**3 - 2, None),
    "sign": (lambda w: -(4 * w**3 - 2), "wrong sign"),
    "height": (lambda w: w**4 - 2 * w, "height"),
    "factor": (lambda w: 2 * (4 * w**3 - 2), "2 times"),
    "constant kept": (lambda w: 4 * w**3, "same number everywhere"),
    "power not lowered": (lambda w: 4 * w**4 - 2, "term by term"),
    "size": (lambda w: abs(4 * w**3 - 2), "its sign is not"),
    "blank": (lambda w: None, "returns nothing"),
    "text": (lambda w: "4w", "one number"),
}


@pytest.mark.parametrize("slip", SLOPES)
def test_derivative_knows_the_usual_slips(slip):
    df, message = SLOPES[slip]
    words = (df, QUARTIC_LIKE.formula, [-1.5, 0.3, 2.0])
    if message is None:
        judge.derivative(*words)
    else:
        assert message in told(judge.derivative, *words)


def test_derivative_speaks_of_a_place_that_is_wrong():
    # At 20 the slope is 0.01 off, which is right to three digits; at 1 it is not.
    slope = lambda w: 2 * w + (0.01 if w > 9 else 0.009)
    assert "df(1) is 2.009" in told(judge.derivative, slope, lambda w: w**2, [20, 1, 2])


def test_derivative_at_one_place_claims_no_pattern():
    assert "term by term" in told(judge.derivative, lambda w: 7.0, lambda w: w**2, [1.0])
    assert "term by term" in told(judge.derivative, lambda w: 7.0, lambda w: 5.0, [1.0])


@given(st.integers(1, 5), st.floats(-3, 3).filter(lambda c: abs(c) > 0.01))
def test_derivative_accepts_every_power(power, factor):
    judge.derivative(
        lambda w: factor * power * w ** (power - 1), lambda w: factor * w**power, [-1.2, 0.7, 2.0]
    )


@pytest.mark.parametrize(
    "function, right, wrong, at",
    [
        (lu.log_loss.formula, lambda w: -1 / (1 + math.exp(w)), lambda w: 0.0, [15, 17, 19]),
        (lambda w: 1e-9 * w**2, lambda w: 2e-9 * w, lambda w: -77e-9 * w, [1, 2, 3]),
        (lambda w: 1e9 + w**2, lambda w: 2 * w, lambda w: 2.1 * w, [1, 2, 3]),
    ],
    ids=["flat", "tiny", "on a large constant"],
)
def test_a_judge_knows_the_scale_of_a_function(function, right, wrong, at):
    judge.derivative(right, function, at)
    told(judge.derivative, wrong, function, at)
    judge.gradient(right, function, at)
    told(judge.gradient, wrong, function, at)


@pytest.mark.parametrize("value", [0.0, 5.0])
def test_a_judge_knows_the_derivative_of_a_constant(value):
    judge.derivative(lambda w: 0.0, lambda w: value, [-1.0, 0.0, 2.0])
    told(judge.derivative, lambda w: 0.01, lambda w: value, [-1.0, 0.0, 2.0])


X, Y = np.array([[1.0, 2.0], [1.0, -1.0], [1.0, 4.0]]), np.array([1.0, 0.0, 3.0])
GRADIENTS = {
    "right": (lambda t: lu.mse_gradient(t, X, Y), None),
    "sign": (lambda t: -lu.mse_gradient(t, X, Y), "sign is wrong"),
    "1/n": (lambda t: 3 * lu.mse_gradient(t, X, Y), "3 times"),
    "number": (lambda t: float(np.sum(lu.mse_gradient(t, X, Y))), "one number"),
    "one row": (lambda t: lu.mse_gradient(t, X, Y)[:1], "shape (1,)"),
    "nothing": (lambda t: None, "returns nothing"),
}


@pytest.mark.parametrize("slip", GRADIENTS)
def test_gradient_knows_the_usual_slips(slip):
    gradient, message = GRADIENTS[slip]
    words = (gradient, lambda t: lu.mse(t, X, Y), [[0.5, -1.0], [2.0, 1.0]])
    if message is None:
        judge.gradient(*words)
    else:
        assert message in told(judge.gradient, *words)


def test_what_a_learners_function_writes_into_its_argument_stays_there():
    theta = np.array([0.5, -1.0])

    def wiped(t):
        slope = lu.mse_gradient(t, X, Y)
        t[:] = np.nan
        return slope

    judge.gradient(wiped, lambda t: lu.mse(t, X, Y), [theta])
    assert theta.tolist() == [0.5, -1.0]


# Runs


def loop(update=lambda w, slope, alpha: w - alpha * slope, guesses=None, fresh=True):
    """A run written as a learner would, with one thing changed."""

    def descend(df, w0, alpha, n):
        path, slope = [w0], df(w0)
        for _ in range((guesses or (lambda n: n))(n) - 1):
            slope = df(path[-1]) if fresh else slope
            path.append(update(path[-1], slope, alpha))
        return path

    return descend


def endless(df, w0, alpha, n):
    path = [w0]
    while len(path) < n:
        w0 = w0 - alpha * df(w0)
    return path


def in_place(df, w0, alpha, n):
    w, path = np.array(w0, dtype=float).reshape(-1), []
    for _ in range(n):
        path.append(w)
        w -= alpha * df(w)
    return np.reshape(path, (n, *np.shape(w0)))


RUNS = {
    "right": (loop(), None),
    "as a list of arrays": (lambda *a: [np.array(w) for w in loop()(*a)], None),
    "ascent": (loop(lambda w, s, a: w + a * s), "climb: check the sign"),
    "no alpha": (loop(lambda w, s, a: w - s), "forgets alpha"),
    "ascent without alpha": (loop(lambda w, s, a: w + s), "climb, and they forget alpha"),
    "doubled": (loop(lambda w, s, a: w - 2 * a * s), "2 times as long"),
    "stale slope": (loop(fresh=False), "measure the slope anew"),
    "one more": (loop(guesses=lambda n: n + 1), "n counts guesses"),
    "one less": (loop(guesses=lambda n: n - 1), "n counts guesses"),
    "half": (loop(guesses=lambda n: n // 2), "asked for 8"),
    "no append": (lambda df, w0, alpha, n: [w0], "append"),
    "endless": (endless, "still goes on"),
    "start missing": (lambda *a: loop()(*a)[1:], "start is missing"),
    "other start": (lambda df, w0, a, n: loop()(df, w0 + 1, a, n), "does not begin"),
    "last alone": (lambda *a: loop()(*a)[-1], "not only the last"),
    "whole numbers": (lambda *a: np.round(loop()(*a)), "whole numbers"),
    "in place": (in_place, "in place"),
    "one wrong": (lambda *a: [*loop()(*a)[:-1], 7 + 0 * a[1]], "first 7 guesses are right"),
    "nothing": (lambda *a: None, "returns nothing"),
    "empty": (lambda *a: np.empty((0, *np.shape(a[1]))), "empty list"),
    "empty, without a shape": (lambda *a: [], "empty list"),
    "words": (lambda *a: "done", "numbers only"),
}


@pytest.mark.parametrize("start", [3.0, np.array([3.0, -1.0])], ids=["number", "vector"])
@pytest.mark.parametrize("slip", RUNS)
def test_descent_knows_the_usual_slips(slip, start):
    run, message = RUNS[slip]
    words = (run, lambda w: 2.1 * w, start, 0.15, 8)
    if message is None:
        judge.descent(*words)
    else:
        assert message in told(judge.descent, *words)


def test_descent_leaves_the_start_as_it_is():
    start = np.array([3.0, -1.0])
    told(judge.descent, in_place, lambda w: 2 * w, start, 0.1, 5)
    assert start.tolist() == [3.0, -1.0]


def until(stop, budget=lambda most: most, endless=False):
    """A run that stops by itself, as a learner would write it, with one thing changed."""

    def descend_until(df, w0, alpha, tol, max_steps):
        guesses = [w0]
        while endless or len(guesses) <= budget(max_steps):
            slope = df(guesses[-1])
            if stop(slope, alpha, tol):
                break
            guesses.append(guesses[-1] - alpha * slope)
        return guesses

    return descend_until


UNTIL = {
    "right": (until(lambda s, a, tol: abs(s) <= tol), None),
    "no size": (until(lambda s, a, tol: s <= tol), "size of the slope"),
    "by the step": (until(lambda s, a, tol: abs(a * s) <= tol), "size of the slope"),
    "no rule": (until(lambda s, a, tol: False), "goes on after"),
    "no budget": (until(lambda s, a, tol: abs(s) <= tol, endless=True), "still goes on"),
    "one step less": (until(lambda s, a, tol: abs(s) <= tol, lambda n: n - 1), "were allowed"),
    "one step more": (until(lambda s, a, tol: abs(s) <= tol, lambda n: n + 1), "were allowed"),
    "last alone": (lambda df, w0, *rest: w0, "not only the last"),
    "climbs": (lambda df, w0, a, t, n: [w0, w0 + a * df(w0)] * 3, "climb"),
}


@pytest.mark.parametrize("slip", UNTIL)
def test_descent_until_knows_the_usual_slips(slip):
    run, message = UNTIL[slip]
    cases = [(lu.df, -1.4, 0.01, 0.01, 400), (np.sign, 1.0, 0.3, 0.5, 30)]
    if message is None:
        for case in cases:
            judge.descent_until(run, *case)
    else:
        with pytest.raises(judge.NotYet, match=message):
            for case in cases:
                judge.descent_until(run, *case)


def test_only_a_run_that_stops_at_a_short_step_is_told_so():
    by_the_step, no_size = (UNTIL[slip][0] for slip in ("by the step", "no size"))
    df, words = lu.square.derivative, (0.25, 0.3, 50)
    assert "a step is short" in told(judge.descent_until, by_the_step, df, 4.0, *words)
    assert "a step is short" not in told(judge.descent_until, no_size, df, -4.0, *words)


@given(st.integers(1, 40), st.integers(1, 40))
def test_rows_used_once_accepts_every_way_to_cut(n, size):
    order = np.random.default_rng(n).permutation(n)
    judge.rows_used_once([order[i : i + size] for i in range(0, n, size)], n, size)


@pytest.mark.parametrize(
    ("batches", "message"),
    [
        ([[0, 1], [1, 2]], "twice"),
        ([[0, 1], [2]], "3 of 4"),
        ([[0], [1, 2, 3]], "sizes"),
        ([], "0 of 4"),
        (None, "is not there"),
    ],
)
def test_rows_used_once_says_what_an_epoch_is(batches, message):
    assert message in told(judge.rows_used_once, batches, 4, 2)


# Stored checks


def test_a_line_by_sgd_goes_where_sgd_goes():
    x, y, *_ = lu.choose_data("party")
    Z = lu.with_intercept((x - x.mean()) / x.std())
    rates = 0.05 / np.sqrt(1 + np.arange(3 * len(y)))
    told = judge.line_by_sgd(Z[:, 1], y, rates, np.random.default_rng(7))
    rng = np.random.default_rng(7)
    path, _ = lu.sgd(lu.mse_gradient, [0, 0], rates.__getitem__, 3, 1, rng, X=Z, y=y)
    assert np.allclose(told, path, rtol=1e-12)


SOURCE = """from otter.test_files import test_case

OK_FORMAT = False

name = "q1"
points = 2

@test_case(points=None, hidden=False, 
    success_message="a slope has a sign")
def test_sign(df):
    from lec_utils.practice import judge
    judge.derivative(df, lambda w: w ** 2, at=[-1.0, 2.0])

@test_case(points=1, hidden=True, 
    failure_message="once more")
def test_env(env, missing):
    assert missing is None and env['df'](3.0) == 6.0
"""  # noqa: W291, Otter's own template writes the space


def test_cases_are_read_and_run_as_otter_does():
    first, second = read_cases(SOURCE)
    assert not first.hidden and second.hidden and second.points == 1
    assert run_case(first, {"df": lambda w: 2 * w}) == (True, "a slope has a sign")
    assert run_case(second, {"df": lambda w: 2 * w}) == (True, "")
    assert run_case(first, {"df": lambda w: -2 * w}).message.endswith("yours is negative.")
    assert run_case(second, {"df": lambda w: 0.0}) == (False, "once more")


def test_an_error_in_the_learners_code_is_told_in_words():
    case = read_cases(SOURCE.replace('failure_message="once more"', "success_message=None"))[1]
    outcome = run_case(case, {"df": lambda w: [].pop()})
    assert outcome == (False, "your code stops with IndexError: pop from empty list")


def test_an_answer_that_uses_a_blank_one_is_told_so():
    def step(w):
        return w - 0.1 * blank(w)

    def blank(w): ...

    with pytest.raises(judge.NotYet, match="NoneType.*, or an answer that you have not"):
        judge.call(step, 1.0, name="step")


def stored(folder, name, assignment="guided-09", **changes):
    """A notebook with checks in its metadata."""
    otter = {"OK_FORMAT": False, "assignment_name": assignment, "tests": {"q1": SOURCE}}
    text = json.dumps({"metadata": {"otter": otter}, "cells": [], "nbformat": 4} | changes)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["01_x.ipynb", "Meine Übung (Kopie 2).ipynb"])
def test_checks_are_found_whatever_the_file_is_called(here, name):
    (here / "0 notes.ipynb").write_text("not a notebook", encoding="utf-8")
    stored(here, "other.ipynb", metadata=[])
    stored(here, "another.ipynb", "guided-08")
    stored(here, name)
    namespace = {"practice": practice, "df": lambda w: 2 * w}
    exec("grader = practice.Grader('guided-09')\nverdict = grader.check('q1')", namespace)
    assert namespace["verdict"].passed
    exec("df = None\nverdict, total = grader.check('q1'), grader.check_all()", namespace)
    assert not namespace["verdict"].passed
    assert str(namespace["total"]).startswith("0 of 1 questions")


def test_a_notebook_without_its_checks_says_what_to_do(here):
    stored(here, "stripped.ipynb", metadata={})
    with pytest.raises(FileNotFoundError, match="download it again"):
        practice.Grader("guided-09")


def test_a_question_that_is_not_there_is_named(here):
    stored(here, "a.ipynb")
    with pytest.raises(ValueError, match="'q7' here, only q1"):
        practice.Grader("guided-09").check("q7")


# Verdicts


def verdict(df):
    return practice.grader.Verdict(
        "q1", [run_case(case, {"df": df}) for case in read_cases(SOURCE)]
    )


def test_a_verdict_is_told_in_words_and_not_by_colour_alone():
    right, wrong = verdict(lambda w: 2 * w), verdict(lambda w: -2 * w)
    assert repr(right) == "✓ Question 1 is right. a slope has a sign"
    assert repr(wrong).startswith("✗ Question 1, not yet: df has the wrong sign")
    assert repr(wrong).endswith("(0 of 2 checks pass.)")
    for each in (right, wrong):
        bundle = each._repr_mimebundle_()
        assert bundle["text/plain"] == repr(each)
        assert 'role="status"' in bundle["text/html"]
        assert each.headline in bundle["text/html"]


def test_a_graded_notebook_claims_no_more_than_it_has_seen(here):
    stored(here, "a.ipynb")
    namespace = {"practice": practice, "df": lambda w: 2 * w}
    exec("grader = practice.Grader('guided-09', graded=True)", namespace)
    exec("verdict, total = grader.check('q1'), grader.check_all()", namespace)
    assert str(namespace["verdict"]).startswith("✓ Question 1 passes so far.")
    assert "1 of 1 questions pass the checks in this notebook." in str(namespace["total"])


def test_a_verdict_shows_code_as_code_and_no_html_of_the_learner():
    outcome = read_cases("")
    assert outcome == []
    note = practice.verdict.Note("end with `return`, not <script>")
    assert "<code>return</code>" in note.html()
    assert "&lt;script&gt;" in note.html()


# Pictures of one's own run


def test_own_run_stands_beside_the_expected_one():
    expected = lu.gradient_descent(lu.square.derivative, 9.0, 0.15, 16)
    picture = practice.compare_runs("q3", lambda: [9.0, 12.0], expected, lu.square)
    assert "your run: 2 guesses, from 9 to 12." in picture.alt
    assert "16 guesses" in picture.alt
    left, right = picture.figure.axes
    assert left.get_ylim() == right.get_ylim()
    assert np.allclose(right.lines[1].get_xydata(), np.transpose([expected, expected**2]))
    assert left.lines[1].get_xdata().tolist() == [9.0, 12.0]


def test_own_run_on_a_map():
    path = [[3.0, -1.0], [1.0, 0.5], [0.0, 0.0]]
    picture = practice.compare_runs("q3", lambda: path[:2], path, lambda theta: theta @ theta)
    left, right = picture.figure.axes
    assert left.get_xlim() == right.get_xlim()
    assert np.allclose(left.lines[0].get_xydata(), path[:2])


@pytest.mark.parametrize(
    ("yours", "says"),
    [
        (lambda: None, "Answer question 3 first."),
        (lambda: ..., "Answer question 3 first."),
        (lambda: 0.1 * None, "Answer question 3 first."),
        (lambda: 1 / 0, "ZeroDivisionError"),
        (lambda: endless(practice.counted(lambda w: w, 9), 1.0, 0.1, 5), "loop has asked for"),
        (lambda: [[1.0, 2.0]], "another shape"),
        (lambda: ["a"], "ValueError"),
    ],
)
def test_a_run_that_is_not_there_is_told_and_is_no_error(yours, says):
    assert says in str(practice.compare_runs("q3", yours, [9.0, 1.0], lu.square))


@pytest.mark.parametrize("guesses", [[], [9.0], 4.0, [1e300, -1e300], [math.nan, math.inf]])
def test_even_a_strange_run_has_its_picture(guesses):
    assert "your run" in practice.compare_runs("q3", lambda: guesses, [9.0, 1.0], lu.square).alt


def test_curves_stand_side_by_side():
    picture = practice.compare_curves("q1", lambda x: -2 * x, lambda x: 2 * x, (-1, 1))
    assert "yours: from 2 to −2" in picture.alt
    assert "expected: from −2 to 2" in picture.alt
    note = practice.compare_curves("q1", lambda x: None, lambda x: 2 * x, (-1, 1))
    assert str(note) == "Answer question 1 first."


def test_after_shows_a_value_or_asks_for_the_answer():
    assert practice.after("q2", lambda: 4.6) == 4.6
    assert str(practice.after("q2", lambda: None + 1)) == "Answer question 2 first."
    assert str(practice.after("q2", lambda: lu.with_intercept(None))) == "Answer question 2 first."


# Data to choose from


@pytest.mark.parametrize("name", ["tips", "party", "salary", "diabetes", "iris"])
def test_data_to_choose_from_have_a_slope_to_find(name):
    x, y, x_label, y_label = lu.choose_data(name)
    assert x.shape == y.shape and x.ndim == 1 and len(x) >= 100
    assert x.dtype == y.dtype == float
    assert np.all(np.isfinite(x)) and np.all(np.isfinite(y))
    assert abs(np.corrcoef(x, y)[0, 1]) > 0.4
    assert x_label and y_label


def test_data_are_found_by_their_name_in_capitals():
    assert np.array_equal(lu.choose_data(" Iris").x, lu.choose_data("iris").x)


def test_unknown_data_are_answered_with_the_choice():
    with pytest.raises(ValueError, match='"tips", "party"'):
        lu.choose_data("penguins")
