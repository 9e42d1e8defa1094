"""One notebook's grade: its cells run in rooms, its tests here."""

import re
import time
from typing import NamedTuple

from grading.session import Ended, Room
from lec_utils.practice.cases import run_case

MOST_REPEATS = 8  # runs of one notebook beside those that a question ends
MOST_WORDS = 1000  # characters of a message
UNREADABLE = re.compile(r"[^\n\x20-\x7e\xa0-\ud7ff\ue000-\U0010ffff]")


class Outcome(NamedTuple):
    """What one test gave."""

    passed: bool
    points: float
    possible: float
    hidden: bool
    message: str


class Grade(NamedTuple):
    """``outcomes`` by question; ``notes`` are what went wrong on the way, in words."""

    outcomes: dict
    notes: list

    def score(self, question):
        """The points of one question."""
        return round(sum(outcome.points for outcome in self.outcomes[question]), 5)


def grade(submission, questions, zygote, limits):
    """Run a notebook and its tests; a cell or a question that fails costs nothing but itself.

    All cells run in one room, then all tests. Where a cell does not come back, everything is run
    again in a new room without it; where a test does not, the next ones get a new room.
    """
    deadline = time.monotonic() + limits.total_seconds
    left_out, outcomes, errors = {}, {}, {}
    for _ in range(len(questions) + MOST_REPEATS):
        cells = [cell for cell in submission.cells if cell[0] not in left_out]
        try:
            with Room(zygote, limits, deadline) as room:
                errors = _run(room, submission.notebook, cells, left_out)
                _test(room, [q for q in questions if q.name not in outcomes], outcomes)
        except Ended as problem:
            if time.monotonic() >= deadline:
                left_out.setdefault("all", str(problem))
                break
        if len(outcomes) == len(questions):
            break
    why = next(iter(left_out.values()), "the notebook's process ended again and again")
    for question in questions:
        if question.name not in outcomes:
            outcomes[question.name] = _lost(question, f"this question was not reached: {why}.")
    notes = [_words(f"{name}: {problem}") for name, problem in {**errors, **left_out}.items()]
    return Grade({question.name: outcomes[question.name] for question in questions}, notes)


def _run(room, notebook, cells, left_out):
    """The errors of the cells, by name; a cell that does not come back is put into ``left_out``."""
    errors, waiting = {}, [name for name, _ in cells]
    try:
        for name, problem in room.run(notebook, cells):
            waiting.remove(name)
            if problem is not None:
                errors[name] = problem
    except Ended as problem:
        if waiting:
            left_out[waiting[0]] = str(problem)
        raise
    return errors


def _test(room, questions, outcomes):
    """Put the outcomes of the questions into ``outcomes``; one that does not come back ends it.

    Every public test runs before the first hidden one: a notebook that has seen a hidden test's
    inputs must not speak any more where its student hears it.
    """
    results = {question.name: [None] * len(question.tests) for question in questions}
    for hidden in (False, True):
        for question in questions:
            done = results[question.name]
            try:
                _run_tests(room, question, hidden, done)
            except Ended as problem:
                lost = _lost(question, str(problem))
                outcomes[question.name] = [
                    got or missed for got, missed in zip(done, lost, strict=True)
                ]
                raise
            if hidden:
                outcomes[question.name] = done


def _run_tests(room, question, hidden, done):
    """Run a question's hidden or its public tests, and put each outcome in its place."""
    for place, test in enumerate(question.tests):
        if test.case.hidden == hidden:
            room.begin_test()
            done[place] = _outcome(test, *run_case(test.case, room))
    room.check_step()


def _outcome(test, passed, message):
    points = test.points if passed else 0
    return Outcome(passed, points, test.points, test.case.hidden, _words(message))


def _words(text):
    """A message fit for any file and any screen: no control characters, no half of a character."""
    return UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", text[:MOST_WORDS])


def _lost(question, why):
    return [_outcome(test, False, why) for test in question.tests]
