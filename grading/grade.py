"""One notebook's grade: its cells run in sandboxes, its tests here."""

import contextlib
import random
import re
from typing import NamedTuple

import numpy as np

from grading.ended import Ended
from grading.limited import apart, limited
from grading.names import listed
from grading.session import Session
from grading.stopwatch import Stopwatch
from lec_utils.practice.cases import run_case

MOST_REPEATS = 8  # runs of one notebook beside those that a test ends
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


def grade(submission, questions, zygote, limits, careful=False):
    """Run a notebook and its tests; a cell or a test that fails costs nothing but itself.

    Every public test runs before the first hidden one: a notebook that has seen a hidden test's
    inputs must not speak any more where its student hears it. The public ones share what they
    leave behind; each hidden one meets the notebook as its cells left it.

    Raises Accident where a process was ended from outside. What is then tried again is ``careful``:
    it has no copies, which could kill themselves, and a process of its own for each test.
    """
    places = [(q.name, n, test) for q in questions for n, test in enumerate(q.tests)]
    public = [place for place in places if not place[2].case.hidden]
    hidden = [place for place in places if place[2].case.hidden]
    with Notebook(submission, zygote, limits) as notebook:
        with contextlib.suppress(Ended):  # which the first test will hear
            notebook.session()
        tests = _Tests(notebook, limits, careful)
        tests.run(public, copied=bool(hidden))
        for place in hidden:
            notebook.renew()
            tests.run([place], copied=place is not hidden[-1])
        results = {
            q.name: [tests.results[q.name, n] for n in range(len(q.tests))] for q in questions
        }
        return Grade(results, [*tests.notes(), *notebook.notes()])


class Notebook:
    """A notebook whose cells are run as often as a test needs them: once, unless something ends."""

    def __init__(self, submission, zygote, limits):
        self._submission, self._zygote, self._limits = submission, zygote, limits
        self._watch, self._session = Stopwatch(limits), None
        self._errors, self._left_out = {}, {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.end()

    def session(self):
        """The session in which the cells have run; Ended where the notebook has no time left.

        A cell that does not come back is left out when they are run again.
        """
        while self._session is None and len(self._left_out) < MOST_REPEATS:
            self._watch.check()
            self._begin()
        if self._session is None:
            raise Ended("the notebook's process ended again and again")
        return self._session

    def _begin(self):
        cells = [cell for cell in self._submission.cells if cell[0] not in self._left_out]
        waiting = [name for name, _ in cells] or ["the notebook"]
        self._session = Session(self._zygote, self._limits, self._watch)
        self._errors = {}
        try:
            for name, problem in self._session.run(self._submission.notebook, cells):
                waiting.remove(name)
                if problem is not None:
                    self._errors[name] = problem
        except Ended as problem:
            self._left_out[waiting[0]] = str(problem)
            self.end()

    def renew(self):
        """From here on a test meets the notebook as its cells left it."""
        if self._session is None:
            return
        try:
            if self._session.spent:
                self.end()
            else:
                self._session.renew()
        except Ended:  # it would not end when told to, so it is ended
            self.end()

    def end(self):
        """End the session."""
        if self._session is not None:
            self._session.__exit__()
            self._session = None

    def notes(self):
        """Which cells went wrong, and how."""
        return [_words(f"{name}: {why}") for name, why in (self._left_out | self._errors).items()]


class _Tests:
    """Runs tests, and keeps their ``results`` by question and number."""

    def __init__(self, notebook, limits, careful):
        self._notebook, self._limits, self._careful = notebook, limits, careful
        self.results, self._ended = {}, {}

    def run(self, places, copied):
        """Run tests, each with its question's name and its number there."""
        for name, number, test in places:
            try:
                answer = self._answer(test, copied)
            except Ended as problem:
                self._notebook.end()
                self._ended.setdefault(str(problem), {}).setdefault(name, []).append(number)
                answer = False, str(problem)
            self.results[name, number] = _result(test, *answer)

    def _answer(self, test, copied):
        """Whether a test passed, and what it says."""
        session = self._notebook.session()
        if not self._careful:
            return _asked(test, session, self._limits.seconds, copied)

        def act():
            answer = _asked(test, session, self._limits.seconds, copied=False)
            return answer, session.spent

        answer, session.spent = apart(act, self._limits.seconds)
        return answer

    def notes(self):
        """Which tests did not come to their end, and what ended them."""
        return [
            _words(f"{listed([_tests(*pair) for pair in where.items()])}: {why}")
            for why, where in self._ended.items()
        ]


def _asked(test, session, seconds, copied):
    """Whether a test passes in a session, and what it says."""
    session.begin_test(copied)
    random.seed(0)  # a test that draws numbers without a seed draws the same for everybody
    np.random.seed(0)  # noqa: NPY002
    with limited(seconds):
        answer = run_case(test.case, session)
    if session.called:
        session.check_step()
    return answer


def _tests(question, numbers):
    """The tests of a question in words: "q2 (test 1)"."""
    kind = "test" if len(numbers) == 1 else "tests"
    return f"{question} ({kind} {listed([str(n + 1) for n in numbers])})"


def _result(test, passed, message):
    points = test.points if passed else 0
    return CaseResult(passed, points, test.points, test.case.hidden, _words(message))


def _words(text):
    """A message fit for any file and any screen: no control characters, no half of a character."""
    return UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", text[:MOST_WORDS])
