"""Otter-Grader's exception-based tests: reading them, and running them on a namespace.

The format: https://otter-grader.readthedocs.io, "Exception-Based Test Files". A test file is
Python source that decorates functions with ``test_case``; each names, as its parameters, what it
wants from the notebook, and raises an exception where that is not right.
"""

import inspect
from dataclasses import dataclass
from typing import NamedTuple

from lec_utils.practice.verdict import NotYet

OTTER_IMPORT = "from otter.test_files import test_case"


@dataclass
class TestCase:
    """One decorated function of a test file, with Otter's own options."""

    __test__ = False  # not for pytest, whose tests have such names

    name: str | None = None
    points: float | None = None
    hidden: bool = False
    success_message: str | None = None
    failure_message: str | None = None
    function: object = None

    def __call__(self, function):
        """Keep the function that is decorated."""
        self.function = function
        return self


class Outcome(NamedTuple):
    """Whether a case passed, and what there is to say about it."""

    passed: bool
    message: str


def read_cases(source, settings=None):
    """The cases of a test file, given as text, in their order.

    A dictionary given as ``settings`` receives the file's other names, such as ``points``.
    """
    # Otter itself is not installed where students work: its decorator is the one above.
    namespace = {} if settings is None else settings
    namespace["test_case"] = TestCase
    exec(compile(source.replace(OTTER_IMPORT, ""), "<check>", "exec"), namespace)
    return [value for value in namespace.values() if isinstance(value, TestCase)]


def run_case(case, namespace):
    """Call a case with what it names from ``namespace``, None for what is not there.

    As in Otter, a parameter called ``env`` receives the whole namespace.
    """
    wanted = inspect.signature(case.function).parameters
    arguments = {name: namespace if name == "env" else namespace.get(name, None) for name in wanted}
    try:
        case.function(**arguments)
    except Exception as error:
        return Outcome(False, case.failure_message or _told(error))
    return Outcome(True, case.success_message or "")


def _told(error):
    """What an exception says to a learner."""
    if isinstance(error, NotYet):
        return str(error)
    return f"your code stops with {type(error).__name__}: {error}"
