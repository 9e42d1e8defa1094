"""One notebook's grade: its cells run in sandboxes, its tests here."""

import re
import time
from typing import NamedTuple

from grading.session import Ended, Session
from lec_utils.practice.cases import run_case

MOST_REPEATS = 8  # runs of one notebook beside those that a question ends
MOST_WORDS = 1000  # characters of a message
UNREADABLE = re.compile(r"[^\n\x20-\x7e\xa0-\ud7ff\ue000-\U0010ffff]")


class CaseResult(NamedTuple):
    """What one test case gave, in points and in words."""

    passed: bool
    points: float
    possible: float
    hidden: bool
    message: str


class Grade(NamedTuple):
    """``results`` by question; ``notes`` are what went wrong on the way, in words."""

    results: dict
    notes: list

    @property
    def any_passed(self):
        """Whether any test passed."""
        return any(result.passed for results in self.results.values() for result in results)

    def score(self, question):
        """The points of one question."""
        return round(sum(result.points for result in self.results[question]), 5)


def grade(submission, questions, zygote, limits):
    """Run a notebook and its tests; a cell or a question that fails costs nothing but itself.

    All cells run in one session, then all tests. Where a cell does not come back, everything is run
    again in a new session without it; where a test does not, the next ones get a new session.
    """
    deadline = time.monotonic() + limits.total_seconds
    results, errors, left_out = {}, {}, {}
    for _ in range(len(questions) + MOST_REPEATS):
        cells = [cell for cell in submission.cells if cell[0] not in left_out]
        try:
            with Session(zygote, limits, deadline) as session:
                errors = _run(session, submission.notebook, cells, left_out)
                _test(session, [q for q in questions if q.name not in results], results)
        except Ended as problem:
            if time.monotonic() >= deadline:
                left_out.setdefault("all", str(problem))
                break
        if len(results) == len(questions):
            break
    why = next(iter(left_out.values()), "the notebook's process ended again and again")
    lost = f"this question was not reached: {why}."
    notes = [_words(f"{name}: {problem}") for name, problem in {**errors, **left_out}.items()]
    return Grade({q.name: results.get(q.name) or _lost(q, lost) for q in questions}, notes)


def _run(session, notebook, cells, left_out):
    """The errors of the cells, by name; a cell that does not come back is put into ``left_out``."""
    errors, waiting = {}, [name for name, _ in cells]
    try:
        for name, problem in session.run(notebook, cells):
            waiting.remove(name)
            if problem is not None:
                errors[name] = problem
    except Ended as problem:
        if waiting:
            left_out[waiting[0]] = str(problem)
        raise
    return errors


def _test(session, questions, results):
    """Put the results of the questions into ``results``; one that does not come back ends it.

    Every public test runs before the first hidden one: a notebook that has seen a hidden test's
    inputs must not speak any more where its student hears it.
    """
    done = {question.name: [None] * len(question.tests) for question in questions}
    for hidden in (False, True):
        for question in questions:
            got = done[question.name]
            try:
                _run_tests(session, question, hidden, got)
            except Ended as problem:
                lost = _lost(question, str(problem))
                results[question.name] = [mine or no for mine, no in zip(got, lost, strict=True)]
                raise
            if hidden:
                results[question.name] = got


def _run_tests(session, question, hidden, got):
    """Run a question's hidden or its public tests, and put each result in its place."""
    for place, test in enumerate(question.tests):
        if test.case.hidden == hidden:
            session.begin_test()
            got[place] = _result(test, *run_case(test.case, session))
    session.check_step()


def _result(test, passed, message):
    points = test.points if passed else 0
    return CaseResult(passed, points, test.points, test.case.hidden, _words(message))


def _words(text):
    """A message fit for any file and any screen: no control characters, no half of a character."""
    return UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", text[:MOST_WORDS])


def _lost(question, why):
    """The results of a question whose tests were not run, or did not come back."""
    return [_result(test, False, why) for test in question.tests]
