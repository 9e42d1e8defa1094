"""Plausible wrong answers to every question, a module for each practice notebook.

Each module has a list ``WRONG`` of these; `tests/test_answers.py` hands them in.
"""

from typing import NamedTuple


class Wrong(NamedTuple):
    """A wrong answer: what a learner would write instead of the solution's answer cell.

    ``slip`` names the mistake; ``says`` is a part of the message that a failing check must give;
    ``earns`` is how many points the answer still deserves. ``shows`` are the misconceptions that
    the class page must count for it, by the ``slips`` of the question: these, and no other.
    """

    question: str
    slip: str
    code: str
    says: str
    earns: float = 0
    shows: tuple = ()
