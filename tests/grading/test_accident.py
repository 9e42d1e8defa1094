"""An accident is not an answer: what ends a notebook from outside takes no mark."""

import contextlib
import errno
import itertools
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from hostile.small import ANSWER, DESCEND, DOUBLE, LIMITS, notebook, scores
from hostile.workers import stub

from grading import __main__, archive, stopwatch, worker
from grading.batch import grade_files
from grading.ended import Accident, Ended
from grading.grade import grade
from grading.limited import apart, limited
from grading.process import Job
from grading.record import total
from grading.sandbox import Limits
from grading.submission import read_submission
from lec_utils.practice.cases import TestCase


def sandboxes(copies=False):
    """The first processes of all sandboxes that this one has started, itself or by others.

    Or the copies that they have made of themselves.
    """
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended
            if (path / "oom_score_adj").read_text() == "1000\n" and is_ours(path):
                inside, children = path / "task" / path.name / "children", []
                children = inside.read_text().split() if copies else [path.name]
                yield from map(int, children)


def is_ours(path):
    """Whether a process is the first in its sandbox, and this one stems from it."""
    if told(path, "NSpid").split()[-1:] != ["1"]:
        return False
    while path.name not in ("0", str(os.getpid())):
        path = path.with_name(told(path, "PPid"))
    return path.name != "0"


def told(path, name):
    """What Linux says of a process."""
    lines = (path / "status").read_text().splitlines()
    return next((line.split(":\t")[1] for line in lines if line.startswith(f"{name}:")), "0")


@contextlib.contextmanager
def killing(count, copies=False):
    """Meanwhile the first so many sandboxes are killed from outside; gives the set of them."""
    killed, done = set(), threading.Event()
    before = {*sandboxes(), *sandboxes(copies)}  # which are ending

    def kill():
        while len(killed) < count and not done.is_set():
            for pid in set(sandboxes(copies)) - killed - before:
                with contextlib.suppress(ProcessLookupError):
                    if len(killed) < count:
                        os.kill(pid, signal.SIGKILL)
                        killed.add(pid)
            time.sleep(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield killed
    finally:
        done.set()
        killer.join()


SLOWLY = "import time; time.sleep(0.15)"
SLOW = "def double(x):\n    import time; time.sleep(1)\n    return 2 * x"


def test_no_mark_changes_when_sandboxes_are_killed_from_outside(sandbox, tmp_path):
    names = [f"{number}.ipynb" for number in range(24)]
    marks = {name: 6 if number % 6 == 0 else 2 for number, name in enumerate(names)}
    for name, mark in marks.items():
        cells = [DOUBLE, DESCEND] if mark == 6 else []
        (tmp_path / name).write_bytes(notebook(*cells, SLOWLY, ANSWER))
    job, records = Job(sandbox.folder / "small.zip", tmp_path), {}
    with killing(14) as killed:
        for record in grade_files(job, names, 2, tmp_path / "work"):
            records[record["file"]] = record
    assert len(killed) == 14
    assert {name: total(record) for name, record in records.items()} == marks
    assert not any(record["notes"] or record["problem"] for record in records.values())


@pytest.mark.parametrize(
    ("cell", "copies", "careful"),
    [(SLOWLY, False, False), (SLOWLY, False, True), (SLOW, True, False)],
)
def test_what_is_killed_from_outside_is_an_accident(sandbox, cell, copies, careful):
    with killing(1, copies), pytest.raises(Accident, match=r"ended from outside \(SIGKILL\)"):
        sandbox.grade(cell, careful=careful)


def test_a_second_trial_is_alone_and_a_second_accident_leaves_the_total_blank(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(worker, "work", stub)
    names = ["a", "accident once", "accident", "takes long", "takes long, too", "b"]
    records = grade_files(Job(tmp_path, tmp_path), names, 3, tmp_path / "work")
    found = {record["file"]: record for record in records}
    problem = found.pop("accident")["problem"]
    assert problem == "it could not be graded, in 2 tries, the second one alone: SIGKILL"
    assert {*found} == {*names} - {"accident"}
    assert not any("problem" in record for record in found.values())
    assert not (tmp_path / "met somebody").exists()


KILLS_ITSELF = "def descend(*a):\n    import os; os.kill(os.getpid(), 9)"


def test_a_notebook_that_kills_itself_is_known_when_it_is_tried_again(sandbox):
    with pytest.raises(Accident):
        sandbox.grade(DOUBLE, KILLS_ITSELF, ANSWER)
    assert scores(sandbox.grade(DOUBLE, KILLS_ITSELF, ANSWER, careful=True)) == (2, 0, 2)


@pytest.mark.parametrize("careful", [False, True])
def test_a_crash_is_the_notebooks_and_named_with_its_signal(sandbox, careful):
    crash = "def descend(*a):\n    import ctypes; ctypes.string_at(0)"
    told = sandbox.grade(DOUBLE, crash, ANSWER, careful=careful)
    assert scores(told) == (2, 0, 2)
    assert told.notes == ["q2 (tests 1 and 2): the notebook ended its own process (SIGSEGV)"]


# -- each hidden test meets the notebook as its cells left it --

ONCE = "calls = []\ndef double(x):\n    calls.append(x)\n    return 2 * x if len(calls) == 1 else 0"
THREAD = "import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()"
LOW_THREAD = "import _thread, time\n_thread.start_new_thread(time.sleep, (99,))"
AT_FORK = "import os, sys\nos.register_at_fork(after_in_child=lambda: sys.stdin.read(1) or 1 / 0)"


@pytest.mark.parametrize(
    ("cells", "careful"),
    [
        ([ONCE], False),
        ([ONCE], True),
        ([THREAD, ONCE], False),
        ([LOW_THREAD, ONCE], False),
        ([AT_FORK, ONCE], False),
    ],
)
def test_no_hidden_test_meets_what_an_earlier_test_left(sandbox, cells, careful):
    assert scores(sandbox.grade(*cells, DESCEND, ANSWER, careful=careful)) == (2, 2, 2)


# -- the tests' own code --


def count_to(n):
    """A test that keeps the grader busy for as long as the notebook says."""
    for _ in range(int(n)):
        pass


def add_up_to(n):
    """The same in one call, which no signal interrupts."""
    sum(range(int(n)))


@pytest.mark.parametrize(("busy", "careful"), [(count_to, False), (add_up_to, True)])
def test_a_test_that_takes_too_long_in_the_grader_loses_itself_only(sandbox, busy, careful):
    cases = [
        archive.Test(TestCase(hidden=True, function=each), 1) for each in (busy, lambda n: None)
    ]
    (sandbox.folder / "busy.ipynb").write_bytes(notebook("n = 10**12"))
    submission = read_submission(sandbox.folder / "busy.ipynb")
    limits = LIMITS._replace(seconds=0.5)
    told = grade(submission, [archive.ScoredQuestion("q6", cases)], sandbox.zygote, limits, careful)
    assert [result.passed for result in told.results["q6"]] == [False, True]
    assert told.notes == [
        "q6 (test 1): the test took longer than 0.5 seconds with what the notebook gave it"
    ]


def test_a_test_that_swallows_everything_is_ended_all_the_same():
    def stubborn():
        with contextlib.suppress(BaseException):
            for _ in itertools.count():
                pass
        for _ in itertools.count():
            pass

    with pytest.raises(Ended), limited(0.1):
        stubborn()


def test_what_ends_the_process_of_a_test_is_named():
    assert apart(lambda: [True, "é"], 5) == [True, "é"]
    for problem in (Ended("it hangs"), Accident("it was ended")):

        def act(problem=problem):
            raise problem

        with pytest.raises(type(problem), match=str(problem)):
            apart(act, 5)
    with pytest.raises(Ended, match="the test's own process ended"):
        apart(lambda: os.kill(os.getpid(), signal.SIGKILL), 5)


# -- time --


class Machine:
    """A machine on which time passes as a test says: on the clock, at work, and waiting to work."""

    def __init__(self, monkeypatch):
        self.now = self.worked = self.waited = 0.0
        monkeypatch.setattr(stopwatch.time, "monotonic", lambda: self.now)
        told = lambda pid: (self.worked, self.waited)  # noqa: E731
        monkeypatch.setattr(stopwatch, "processor_seconds", told)

    def passes(self, watch, seconds, worked=0.0, waited=0.0):
        """So many seconds, of which in these shares the notebook works, and waits to work."""
        for _ in range(int(seconds / watch.every) + 1):
            self.now += watch.every
            self.worked += watch.every * worked
            self.waited += watch.every * waited
            watch.look(heard=False)


@pytest.fixture
def machine(monkeypatch):
    return Machine(monkeypatch)


def test_a_busy_machine_takes_no_time_from_a_notebook(machine):
    watch = stopwatch.Stopwatch(Limits())
    watch.start(1)
    machine.passes(watch, 100, worked=0.05, waited=0.95)  # of a cell of 5 seconds
    watch.restart()
    machine.passes(watch, 25)  # of a cell that stands still
    watch.restart()
    with pytest.raises(Ended, match="it took longer than 10 seconds"):
        machine.passes(watch, 300, worked=0.05, waited=0.95)


def test_what_stands_still_or_never_ends_is_ended(machine):
    watch = stopwatch.Stopwatch(Limits())
    watch.start(1)
    with pytest.raises(Ended, match="30 seconds in which it stood still"):
        machine.passes(watch, 40)
    watch.restart()
    with pytest.raises(Ended, match="longer than 90 seconds in all"):
        for _ in range(20):
            watch.restart()
            machine.passes(watch, 9, worked=1)


def test_the_work_of_a_process_and_of_its_children_is_counted(tmp_path):
    go_on = tmp_path / "go on"
    child = os.fork()
    if child == 0:
        grandchild = os.fork()
        if grandchild == 0:
            while not go_on.exists():
                pass
            os._exit(0)
        os.waitpid(grandchild, 0)
        os._exit(0)
    try:
        while stopwatch.processor_seconds(child)[0] < 0.1:
            time.sleep(0.01)
    finally:
        go_on.touch()
        os.waitpid(child, 0)
    assert stopwatch.processor_seconds(child) == (0, 0)


# -- chance --

CHANCE = """
import hashlib, os, random, secrets, uuid
import numpy as np
def draw():
    random.seed(); np.random.seed()
    return [
        random.random(), random.Random().random(), random.SystemRandom().random(), np.random.rand(),
        np.random.RandomState().rand(), np.random.default_rng().random(), secrets.token_hex(8),
        np.random.Generator(np.random.PCG64()).random(), np.random.SeedSequence().entropy,
        os.urandom(8), uuid.uuid4(), [*{"a", "b", "c"}],
    ]
first = random.random(), np.random.rand()
one, other = draw(), draw()
digest = hashlib.sha256(repr([one, other]).encode()).hexdigest()
report = [first, digest, [a == b for a, b in zip(one, other)]]
"""


def test_what_is_random_without_a_seed_is_the_same_each_time(sandbox):
    first, again = sandbox.report(CHANCE), sandbox.report(CHANCE)
    assert first == again
    assert eval(first)[2] == [False] * 11 + [True]  # a set has its order, all else is drawn anew


def test_a_copy_goes_on_with_the_numbers_of_the_notebook(sandbox):
    seeded = "import random, numpy as np\nrandom.seed(5); np.random.seed(5)\n"
    draws = "[random.random(), np.random.rand(), np.random.default_rng().random()]"
    teller = f"def double(x):\n    raise ValueError(str({draws}))"
    told = sandbox.grade(seeded, teller)
    messages = {result.message for result in told.results["q1"]}
    import random

    random.seed(5)
    assert len(messages) == 1 and str(random.random()) in messages.pop()


# -- a full disk --


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_as_a_full_disk(sandbox, tmp_path, monkeypatch, capsys, number):
    monkeypatch.setattr(worker, "work", stub)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"full {number} .ipynb").write_bytes(notebook(DOUBLE))
    zipped, out = str(sandbox.folder / "small.zip"), str(tmp_path / "out")
    words = [zipped, str(tmp_path / "in"), "--out", out, "--unsafe-no-sandbox"]
    assert __main__.main(words) == 1
    told = capsys.readouterr().err
    assert f"The disk is full ({errno.errorcode[number]})" in told and "where" in told
    assert "the same command goes on" in told


def test_a_disk_too_full_to_unpack_an_archive_is_no_bad_archive(sandbox, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(archive.zipfile.ZipFile, "extractall", full)
    with pytest.raises(OSError, match="full"):
        archive.read_archive(sandbox.folder / "small.zip", tmp_path)
