"""Limits for the tests' own code, which runs outside of the sandbox on what a notebook gave it."""

import contextlib
import json
import os
import resource
import signal
import time

from grading.ended import Accident, Ended
from grading.stopwatch import PATIENCE

AGAIN = 1.0  # seconds: what was raised may have been swallowed
GRACE = 1  # second for code that does not heed a signal
TIMERS = {signal.ITIMER_PROF: signal.SIGPROF, signal.ITIMER_REAL: signal.SIGALRM}
KINDS = {"ended": Ended, "accident": Accident}


@contextlib.contextmanager
def limited(seconds):
    """Raise Ended in code that takes longer: so much processor time, or ever so long on the clock.

    A call of numpy's, say, is not interrupted: it ends first.
    """

    def ring(*_):
        raise Ended(_too_slow(seconds))

    before = {number: signal.signal(number, ring) for number in TIMERS.values()}
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
        signal.setitimer(signal.ITIMER_REAL, PATIENCE * seconds, AGAIN)
        yield
    finally:
        for timer in TIMERS:
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _too_slow(seconds):
    return f"the test took longer than {seconds:g} seconds with what the notebook gave it"


def set_limit(kind, value):
    """Set one of this process' own limits, as far as the system lets."""
    _, most = resource.getrlimit(kind)
    most_of_all = most if most != resource.RLIM_INFINITY else value
    resource.setrlimit(kind, (int(min(value, most_of_all)), most))


def apart(act, seconds):
    """What ``act()`` returns, plain data, worked out in a process of its own.

    Ended where it takes so long, or its process ends.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(act, seconds, writing)
    os.close(writing)
    with open(reading, encoding="ascii") as pipe:
        text = pipe.read()
    status = os.waitpid(child, 0)[1]
    if not text:
        raise Ended(_how_it_ended(os.waitstatus_to_exitcode(status), seconds))
    kind, answer = json.loads(text)
    if kind in KINDS:
        raise KINDS[kind](answer)
    return answer


def _answer(act, seconds, writing):
    """Write what becomes of ``act()``; never returns."""
    try:
        set_limit(resource.RLIMIT_CPU, time.process_time() + seconds + GRACE)
        try:
            told = "answer", act()
        except Ended as problem:
            told = "ended", str(problem)
        except Accident as problem:
            told = "accident", str(problem)
        with open(writing, "w", encoding="ascii") as pipe:
            json.dump(told, pipe)
    finally:
        os._exit(0)


def _how_it_ended(code, seconds):
    if code == -signal.SIGXCPU:
        return _too_slow(seconds)
    return "the test's own process ended with what the notebook gave it"
