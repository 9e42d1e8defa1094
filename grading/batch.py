"""A folder of submissions, handed to worker processes; each of them has a sandbox of its own."""

import contextlib
import ctypes
import importlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import threading
import time
from collections import Counter, deque
from multiprocessing.connection import wait
from pathlib import Path
from typing import NamedTuple

import numpy as np

from grading import record
from grading.archive import read_archive
from grading.grade import grade
from grading.sandbox import START_SECONDS, Limits, NoSandbox, Zygote
from grading.submission import Submission, read_submission

# What tests import, so that the first of them is no slower than the others.
TRUSTED = ("numpy", "pandas", "sklearn.linear_model", "lec_utils.practice.judge")
# A notebook that does nothing; where even that does not work, the sandbox does not.
IDLE = Submission(Path("idle.ipynb"), "", "{}", (("cell 1", "idle = True"),))
BLANK = ("still blank", "returns nothing yet")  # what judge says of what is not answered
MOST_ERRORS, LONGEST_ERROR = 3, 200  # of those that are told of a notebook without a point
TRIES = 2  # of a file, before it is the file's fault that its worker died
PR_SET_PDEATHSIG = 1
SPAWN = multiprocessing.get_context("spawn")  # a fork would keep the others' pipes open


class Job(NamedTuple):
    """What is graded, and how."""

    archive: Path
    folder: Path
    limits: Limits = Limits()
    unsafe: bool = False


def find_files(folder, but=None):
    """The names, relative to ``folder``, of all that is in it and below, except in ``but``.

    Links are named and not followed; so are folders that are empty or cannot be read.
    """
    found, waiting = [], [Path(folder)]
    while waiting:
        path = waiting.pop()
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError:
            entries = []
        if not entries and path != Path(folder):
            found.append(path.relative_to(folder).as_posix())
        for entry in entries:
            inside = Path(entry.path)
            if not entry.is_dir(follow_symlinks=False):
                found.append(inside.relative_to(folder).as_posix())
            elif but is None or inside.resolve() != Path(but).resolve():
                waiting.append(inside)
    return sorted(found)


def grade_files(job, names, jobs, work):
    """Grade files; yields their records in the order in which they are done.

    At most ``jobs`` processes work at a time, in the folder ``work``. When this generator ends or
    is closed, they have ended and the folder is gone. Raises NoSandbox where none starts.
    """
    waiting, failed, workers = deque(names), Counter(), []
    shutil.rmtree(work, ignore_errors=True)  # what a run has left that could not clean up
    try:
        workers += [_Worker(job, Path(work, str(n))) for n in range(min(jobs, len(names)))]
        while waiting or any(worker.name for worker in workers):
            for worker in workers:
                if waiting and worker.name is None:
                    worker.begin(waiting.popleft())
            for worker in _answering(workers):
                name, (kind, answer) = worker.name, worker.answer()
                if kind == "no sandbox":
                    raise NoSandbox(answer)
                failed[name] += kind == "failed"
                if kind == "failed" and failed[name] < TRIES:
                    waiting.appendleft(name)
                else:
                    yield answer if kind == "record" else _given_up(job, name, answer)
    finally:
        for worker in workers:
            worker.tell_to_end()
        for worker in workers:
            worker.end()
        shutil.rmtree(work, ignore_errors=True)


def _answering(workers):
    """The workers that have an answer, have died, or have taken too long, once there are some."""
    busy = {worker.connection: worker for worker in workers if worker.name is not None}
    while True:
        ready = wait(list(busy), timeout=1)
        late = [worker for worker in busy.values() if worker.is_late()]
        if ready or late:
            return [worker for line, worker in busy.items() if line in ready or worker in late]


def _given_up(job, name, why):
    """The record of a file whose worker died with it each time."""
    submission = read_submission(job.folder / name)
    problem = f"it could not be graded, in {TRIES} tries: {why}"
    return _named(record.ungraded(submission._replace(problem=problem), ""), name)


def _named(result, name):
    """A record with the whole name of its file, relative to the folder."""
    return {**result, "file": name}


class _Worker:
    """A process that grades one file at a time; it is started anew after one that went wrong."""

    def __init__(self, job, folder):
        self._job, self._folder, self._process, self.name = job, folder, None, None

    def begin(self, name):
        """Let it grade a file; its ``connection`` is ready when ``answer`` can be called."""
        if self._process is None:
            self._start()
        self.name, self._since = name, time.monotonic()
        with contextlib.suppress(OSError):  # a dead one is noticed when it should answer
            self.connection.send(name)

    def _start(self):
        self._folder.mkdir(parents=True, exist_ok=True)
        self.connection, theirs = SPAWN.Pipe()
        arguments = theirs, self._job, self._folder, os.getpid()
        self._process = SPAWN.Process(target=_work, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    def is_late(self):
        """Whether it has taken longer than any notebook may."""
        return time.monotonic() - self._since > self._job.limits.total_seconds + 2 * START_SECONDS

    def answer(self):
        """What became of the file: ("record", it), or ("failed" or "no sandbox", why)."""
        self.name, late = None, self.is_late()
        try:
            kind, answer = self.connection.recv() if self.connection.poll() else _failed(late)
        except (EOFError, OSError):
            kind, answer = _failed(late)
        if kind != "record":
            self.tell_to_end()
            self.end()
        return kind, answer

    def tell_to_end(self):
        """Ask it to end itself and what it has started."""
        if self._process is not None:
            self._process.terminate()

    def end(self):
        """Wait for its end; when that does not come, end all of it."""
        if self._process is None:
            return
        wait([self._process.sentinel], timeout=START_SECONDS / 6)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()
        self._process = None


def _failed(late):
    return "failed", "it took far too long" if late else "the grader's own process died with it"


def _work(connection, job, folder, parent):
    """Grade files for the parent; ends with the parent, whatever ends that."""
    os.setsid()  # what a terminal sends to all its processes is for the parent alone
    signal.signal(signal.SIGTERM, _end)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        return
    _stay_on_one_core(int(folder.name))
    archive = read_archive(job.archive, folder)
    imports = threading.Thread(target=_import_all, daemon=True)
    imports.start()  # while the sandbox does the same on its side
    try:
        with Zygote(archive.files, unsafe=job.unsafe) as zygote:
            imports.join()
            _check(zygote, job.limits)
            _serve(connection, job, archive, zygote)
    except (NoSandbox, OSError) as problem:
        connection.send(("no sandbox", str(problem)))


def _import_all():
    for name in TRUSTED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _stay_on_one_core(number):
    """Keep this worker and its rooms together, where the system lets us.

    A worker and a room take turns; a call between them costs half as much on one core as on two.
    """
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[number % len(cores)]})


def _end(*_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # one is enough
    raise SystemExit


def _check(zygote, limits):
    """NoSandbox when not even a notebook that does nothing comes through."""
    notes = grade(IDLE, [], zygote, limits).notes
    if notes:
        raise NoSandbox(
            f"The sandbox does not work: a notebook that does nothing fails: {notes[0]}"
        )


def _serve(connection, job, archive, zygote):
    """Answer each name with a record, until one goes wrong."""
    while True:
        name = connection.recv()
        try:
            answer = "record", _record(job, archive, zygote, name)
        except Exception as error:
            answer = "failed", f"{type(error).__name__}: {error}"
        connection.send(answer)


def _record(job, archive, zygote, name):
    """Read and grade one file."""
    submission = read_submission(job.folder / name)
    if submission.problem:
        return _named(record.ungraded(submission, ""), name)
    random.seed(0)  # a test that draws numbers without a seed draws the same for everybody
    np.random.seed(0)  # noqa: NPY002
    result = grade(submission, archive.questions, zygote, job.limits)
    outcomes = [outcome for outcomes in result.outcomes.values() for outcome in outcomes]
    passed = any(outcome.passed for outcome in outcomes)
    if result.notes and not passed:
        _check(zygote, job.limits)  # was it the notebook, or is the sandbox broken?
    remarks = [record.UNSAFE if job.unsafe else record.SANDBOXED]
    remarks += [_other_assignment(submission, archive), "" if passed else _nothing(result)]
    remark = "; ".join(filter(None, remarks))
    return _named(record.graded(submission, "", result, remark=remark), name)


def _other_assignment(submission, archive):
    """That a notebook was made for another assignment, in words; nothing where it was not."""
    try:
        made_for = json.loads(submission.notebook)["metadata"]["otter"]["assignment_name"]
    except (ValueError, TypeError, KeyError):
        return ""
    if not isinstance(made_for, str) or made_for == archive.assignment or not archive.assignment:
        return ""
    return f"made for another assignment: {made_for[:80]}"


def _nothing(result):
    """What there is to say of a notebook in which no test passed: how much of it is unanswered."""
    outcomes = [outcome for question in result.outcomes.values() for outcome in question]
    messages = [outcome.message for outcome in outcomes]
    blank = [message for message in messages if any(words in message for words in BLANK)]
    if len(blank) == len(messages) and not result.notes:
        return "no test passed: nothing is answered"
    errors = result.notes or sorted({o.message for o in outcomes if not o.hidden} - set(blank))
    said = [error[:LONGEST_ERROR] for error in errors[:MOST_ERRORS]]
    if len(errors) > MOST_ERRORS:
        said.append(f"and {len(errors) - MOST_ERRORS} more")
    unanswered = f"{len(blank)} of {len(messages)} tests found no answer; " if blank else ""
    return f"no test passed: {unanswered}{'; '.join(said)}"
