"""Questions that are answered before their answer is shown."""

import hashlib
import html
import re

from lec_utils.engine import mounted

# Where no script runs, question and choices stand as text, and the replies are folded under them.
BLOCK = (
    '<div class="lf-ask"{key} style="margin:.5em 0;max-width:48rem;line-height:1.4;'
    'break-inside:avoid{size}">'
    "<p><strong>{question}</strong></p>{choices}<details><summary>Answer</summary>{reply}</details>"
    "</div>"
)


class Question:
    """A question with its choices, of which the ``right`` one, and a reply to each of them."""

    def __init__(self, question, replies, right):
        self.question, self._replies, self._right = check(question, replies, right)

    def html(self):
        """The question as one element with its script; replies cannot be read there at a glance."""
        told = block(self.question, self._replies, self._right)
        key = hashlib.sha256(told.encode()).hexdigest()[:8]
        told = block(self.question, self._replies, self._right, key)
        return told + mounted(key, "ask(root,choices(root))", parts=("choices",), main="ask")

    def __repr__(self):
        return "\n".join([self.question, *(f"- {choice}" for choice in self._replies)])

    def _repr_mimebundle_(self, include=None, exclude=None):
        """HTML for most viewers; words, without the replies, for a terminal and for paper."""
        return {"text/html": self.html(), "text/plain": repr(self)}


def ask(question, replies, right):
    """A :class:`Question` to answer by choosing: the reply is shown to who has chosen.

    ``replies`` maps each choice, two at least, to what is said of it: of a wrong one the
    misconception that it shows, and what to try next. ``right`` is the right choice.

    >>> ask("Is −x² convex?", {"yes": "A chord lies below it.", "no": "It bends down."}, "no")
    Is −x² convex?
    - yes
    - no
    """
    return Question(question, replies, right)


def check(question, replies, right):
    """The question and the replies as they are shown; TypeError or ValueError for no choice."""
    question = check_words(question)
    if not isinstance(replies, dict) or not all(
        isinstance(x, str) for x in sum(replies.items(), ())
    ):
        raise TypeError(
            f"give each choice its reply, two texts: {{choice: reply}}, not {replies!r}."
        )
    if len(replies) < 2 or not all(map(str.strip, replies)):
        raise ValueError(f"a choice is one of two at least, and has words: got {[*replies]}.")
    if right not in replies:
        raise ValueError(f"right = {right!r} is none of the choices, {', '.join(replies)}.")
    tidy = lambda words: " ".join(words.split())
    return question, {tidy(one): tidy(told) for one, told in replies.items()}, tidy(right)


def check_words(question):
    """The question on one line; ValueError for none."""
    if not isinstance(question, str) or not question.strip():
        raise ValueError("a question has words: what is to be answered?")
    return " ".join(question.split())


def block(question, replies, right=None, key=""):
    """The HTML of a question; ``replies`` is a dict, or for no choices the answer's text."""
    if isinstance(replies, str):
        choices, told = "", f"<p>{hidden(replies)}</p>"
    else:
        choices = "".join(f"<li>{html.escape(choice)}</li>" for choice in replies)
        name = lambda choice: hidden(choice + " (correct)" * (choice == right))
        told = "".join(
            f"<dt>{name(one)}</dt><dd>{hidden(two)}</dd>" for one, two in replies.items()
        )
        choices, told = f"<ul>{choices}</ul>", f"<dl>{told}</dl>"
    here = {"key": f' data-figure="{key}"', "size": ";font-size:1.15em"} if key else {}
    words = {"question": html.escape(question), "choices": choices, "reply": told}
    return BLOCK.format(**{"key": "", "size": ""} | here | words)


def hidden(text):
    """``text`` with vowels and digits in HTML's numbers for characters: no source reads it out."""
    return re.sub(r"[^ b-df-hj-np-tv-z.,;:?]", lambda found: f"&#{ord(found[0])};", text)
