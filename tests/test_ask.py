"""Questions in words: what every viewer shows of them, and what no source gives away."""

import re

import pytest

import lec_utils as lu

REPLIES = {
    "the first": "That is the picture of a bowl: this run starts near a hilltop.",
    "the 12th": "There the slope is steepest.",
    "the last": "Near a minimum the slope is nearly 0.",
}


@pytest.fixture
def question():
    return lu.ask("Which of its steps is the largest?", REPLIES, right="the 12th")


def test_question_and_choices_are_words_and_no_source_shows_a_reply(question):
    page = question.html()
    assert "Which of its steps is the largest?" in page
    assert [page.index(f"<li>{choice}</li>") for choice in REPLIES] == sorted(
        page.index(f"<li>{choice}</li>") for choice in REPLIES
    )
    for reply in REPLIES.values():
        assert not any(word in page for word in re.findall(r"\w{6,}", reply)), reply
    bundle = question._repr_mimebundle_()
    assert bundle["text/html"] == page
    assert bundle["text/plain"].splitlines()[1:] == [f"- {choice}" for choice in REPLIES]


def test_words_cannot_break_out_of_the_html():
    page = lu.ask("a < b & c?", {"</ul><b>": "</dd></script>", "{x}": "&"}, "{x}").html()
    assert "a &lt; b &amp; c?" in page and "&lt;/ul&gt;" in page and "{x}" in page
    assert page.count("</ul>") == page.count("</script>") == 1


@pytest.mark.parametrize(
    ("question", "replies", "right", "says"),
    [
        ("", REPLIES, "the 12th", "has words"),
        ("Which?", {"one": "of one"}, "one", "two at least"),
        ("Which?", {" ": "nothing", "b": "!"}, "b", "has words"),
        ("Which?", ["a", "b"], "a", "its reply"),
        ("Which?", {"a": 1, "b": 2}, "a", "its reply"),
        ("Which?", REPLIES, "the 13th", "none of the choices, the first, the 12th"),
    ],
)
def test_what_is_no_question_is_refused_in_words(question, replies, right, says):
    with pytest.raises((TypeError, ValueError), match=says):
        lu.ask(question, replies, right)


def test_the_replies_are_not_shared():
    mine = dict(REPLIES)
    question = lu.ask("Which?", mine, "the 12th")
    before = question.html()
    mine.clear()
    assert question.html() == before
