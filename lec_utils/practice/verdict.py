"""The answer to "is this right?", as text and as HTML; told in words, by a sign and by colour."""

import html
import re

from lec_utils.style import GREEN, ORANGE

BOX = (
    "margin:0.4em 0;max-width:48rem;padding:0.5em 0.8em;background:#fff;color:#1a1a1a;"
    "border-left:0.5em solid {color};border-radius:4px;line-height:1.45"
)


class NotYet(AssertionError):
    """Something is not right yet; the message says what, in the learner's words."""


class Note:
    """One paragraph in a box; ``str`` of it is plain text."""

    color = ORANGE

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": self.html()}

    def html(self):
        """The note as one ``<div>``."""
        return f'<div role="status" style="{BOX.format(color=self.color)}">{self._body()}</div>'

    def _body(self):
        return _marked_up(self.text)


class Verdict(Note):
    """What the checks of one question say. ``passed`` is True when all of them pass.

    Where ``others_follow``, as hidden checks run when it is graded, it claims no more than that.
    """

    def __init__(self, question, outcomes, others_follow=False):
        self.question, self.others_follow = title(question), others_follow
        self.passed = all(outcome.passed for outcome in outcomes)
        self.color = GREEN if self.passed else ORANGE
        super().__init__(" ".join(self._sentences(outcomes)))

    def _sentences(self, outcomes):
        """What to say: every good word where all passed, else the first thing to mend."""
        if self.passed:
            return [outcome.message for outcome in outcomes if outcome.message]
        failed = [outcome.message for outcome in outcomes if not outcome.passed]
        many = len(outcomes)
        count = f"({many - len(failed)} of {many} checks pass.)"
        return [failed[0], count] if many > 1 else failed[:1]

    @property
    def headline(self):
        if not self.passed:
            return f"✗ {self.question}, not yet:"
        return f"✓ {self.question} {'passes so far' if self.others_follow else 'is right'}."

    def __repr__(self):
        return f"{self.headline} {self.text}".strip()

    def _body(self):
        return f"<strong>{html.escape(self.headline)}</strong> {_marked_up(self.text)}"


class Summary(Note):
    """What the checks of all questions say."""

    def __init__(self, verdicts):
        self.verdicts = verdicts
        right = sum(verdict.passed for verdict in verdicts)
        self.color = GREEN if right == len(verdicts) else ORANGE
        super().__init__(f"{right} of {len(verdicts)} questions pass the checks in this notebook.")

    def __repr__(self):
        return "\n".join([self.text, *map(repr, self.verdicts)])

    def _body(self):
        items = "".join(f"<li>{verdict._body()}</li>" for verdict in self.verdicts)
        return f'<strong>{self.text}</strong><ul style="margin:0.3em 0">{items}</ul>'


def title(question):
    """How a question is called in a sentence: "Question 3" for q3."""
    number = re.fullmatch(r"q(\d+)", question)
    return f"Question {number[1]}" if number else question


def _marked_up(text):
    """HTML of a sentence, with `code` between back quotes."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))
