"""Answers that are alike: found when disguised, and not when they are obvious."""

import random

import pytest
from handed_in import HandedIn, notebook

from grading.similarity import compare

GIVEN = 'def descend(df, w0, alpha, n):\n    """n guesses, w0 first."""\n    ...'
OBVIOUS = """
def descend(df, w0, alpha, n):
    guesses = [w0]
    while len(guesses) < n:
        guesses.append(guesses[-1] - alpha * df(guesses[-1]))
    return guesses
"""
ODD = """
def descend(df, w0, alpha, n):
    out, k = [], 0
    for k in range(10 * n):
        if k % 10 != 0:
            continue
        out = out + [w0]; w0 += -alpha * df(w0) / 1.0
    return out[:n]
"""
DISGUISED = """
def descend(df, w0, alpha, n):
    # all my own work
    result, i = [], 0
    for i in range(10 * n):
        if i % 10 != 0:
            continue   # next
        result = result + [w0]
        w0 += -alpha * df(w0) / 1.0
    return result[:n]
"""


def own(n):
    """A program like no other."""
    luck = random.Random(n)
    terms = (f"{luck.choice('+-*')} alpha ** {luck.randrange(99)}" for _ in range(12))
    return f"def descend(df, w0, alpha, n):\n    return [w0 {' '.join(terms)}] * n"


def test_a_copy_with_other_names_and_comments_is_found_and_the_obvious_is_not():
    answers = {f"s{n}": OBVIOUS for n in range(10)} | {f"t{n}": own(n) for n in range(10)}
    answers |= {"anna": ODD, "zoe": DISGUISED, "short": "descend = 1"}
    found = compare("q1", answers, [GIVEN])
    (alike,) = found.alike
    assert sorted(alike.students + alike.others) == ["anna", "zoe"] and alike.share > 0.8
    assert (found.answers, found.short) == (12, 11)


def test_what_was_handed_out_is_no_copy():
    answers = {name: ODD + f"\nx = {name!r}" for name in ("anna", "zoe")}
    assert compare("q1", answers, [ODD]).alike == []
    assert len(compare("q1", answers).alike) == 1


def test_words_are_compared_as_words():
    said = "The slope at the petal tells me that a little more of it makes the error fall a bit."
    answers = {
        "anna": said,
        "ben": "Well. " + said.upper(),
        "cleo": "It falls, and nothing else is known.",
    }
    found = compare("q7", answers, words=True)
    assert [each.students + each.others for each in found.alike] == [["anna", "ben"]]


@pytest.mark.parametrize("answers", [{}, {"anna": ODD}, {"anna": "(" * 5000, "ben": "'" * 5000}])
def test_few_or_broken_answers_are_compared_with_nobody(answers):
    assert compare("q1", answers).alike == []


def test_the_page_says_what_was_compared_and_is_only_made_when_wished(tmp_path, monkeypatch):
    handed_in = HandedIn(tmp_path, monkeypatch)
    odd = ODD.replace("descend", "gradient_h")
    handed_in.put(
        anna=notebook(code={"def gradient_h": odd}), zoe=notebook(code={"def gradient_h": odd})
    )
    handed_in.run()
    assert not (handed_in.out / "similarity.html").exists()
    handed_in.run("--similarity")
    page = handed_in.page("similarity")
    assert "Question 2: 1 to look at 2 answers compared, 0 too short" in page
    assert "Nothing to look at Question 1: 0 answers compared" in page
    assert "anna , zoe : the same" in page
    assert "Answers that are alike" in handed_in.page("feedback/index")
    assert "similar" not in handed_in.page("feedback/anna")
    handed_in.run()
    assert not (handed_in.out / "similarity.html").exists()
