"""What runs in a worker's process: it grades the files it is told, with a zygote of its own."""

import contextlib
import ctypes
import importlib
import os
import resource
import signal
import threading
import time
from pathlib import Path
from typing import NamedTuple

from grading.archive import BadVariant, read_archive
from grading.ended import Accident
from grading.grade import grade
from grading.limited import set_limit
from grading.record import graded, ungraded
from grading.remarks import remarks
from grading.sandbox import Limits, NoSandbox, Zygote
from grading.submission import Submission, read_submission

# What all tests import, and tables need, so that the first of them is no slower than the others.
TRUSTED = ("numpy", "pandas", "lec_utils.practice.judge")
# A notebook that does nothing; where even that does not work, the sandbox does not.
IDLE = Submission("", "{}", (("cell 1", "idle = True"),))
PR_SET_PDEATHSIG = 1


class Job(NamedTuple):
    """What is graded, and how."""

    archive: Path
    folder: Path
    limits: Limits = Limits()
    unsafe: bool = False


def work(connection, job, folder, parent):
    """Grade files for the parent; ends with the parent, whatever ends that.

    Each name that comes over ``connection``, and whether to be careful with it, is answered by
    ("record", it); by ("accident", why), when something has ended the notebook; or by ("failed",
    why), when this process is of no more use. A machine without a sandbox answers ("no sandbox",
    why), one whose disk is full or broken ("no disk", (number, why, where)).
    """
    os.setsid()  # what a terminal sends to all its processes is for the parent alone
    signal.signal(signal.SIGTERM, _end)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        return
    _stay_on_one_core(int(folder.name))
    try:
        _serve_all(connection, job, folder)
    except NoSandbox as problem:
        connection.send(("no sandbox", str(problem)))
    except Accident as problem:
        connection.send(("failed", str(problem)))
    except OSError as problem:
        connection.send(
            ("no disk", (problem.errno, problem.strerror, problem.filename or str(folder)))
        )


def _serve_all(connection, job, folder):
    archive = read_archive(job.archive, folder)
    imports = threading.Thread(target=_import_all, daemon=True)
    imports.start()  # while the sandbox does the same on its side
    with Zygote(archive.files, archive.imports, job.unsafe) as zygote:
        imports.join()
        _limit_memory(job.limits)
        _check(zygote, job.limits)
        _serve(connection, job, archive, zygote)


def _end(*_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # one is enough
    raise SystemExit


def _stay_on_one_core(number):
    """Keep this process and its notebooks together, where the system lets us.

    They take turns; a call between them costs half as much on one core as on two.
    """
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[number % len(cores)]})


def _import_all():
    for name in TRUSTED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _limit_memory(limits):
    """What the tests may take with what a notebook gave them, as others would be ended for it."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    set_limit(resource.RLIMIT_AS, used + (limits.megabytes << 20))


def _limit_time(limits):
    """End this process when it does not heed the limit of a test: a call of numpy's, say."""
    most = time.process_time() + limits.total_seconds + limits.seconds
    set_limit(resource.RLIMIT_CPU, most)


def _check(zygote, limits):
    """NoSandbox when not even a notebook that does nothing comes through."""
    with contextlib.suppress(Accident):  # which says nothing of the sandbox
        notes = grade(IDLE, [], zygote, limits).notes
        if notes:
            raise NoSandbox(
                f"The sandbox does not work: a notebook that does nothing fails: {notes[0]}"
            )


def _serve(connection, job, archive, zygote):
    """Answer each name with a record, until one goes wrong."""
    while True:
        name, careful = connection.recv()
        _limit_time(job.limits)
        before = _memory_ends()
        try:
            answer = "record", _record(job, archive, zygote, name, careful)
        except Accident as problem:
            why = f"{problem}: no memory was left" if _memory_ends() > before else str(problem)
            answer = "accident" if zygote.is_whole else "failed", why
        except NoSandbox:
            raise
        except Exception as error:
            answer = "failed", f"{type(error).__name__}: {error}"
        connection.send(answer)


def _memory_ends():
    """How often this machine has ended a process as no memory was left."""
    with contextlib.suppress(OSError), open("/proc/vmstat") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("oom_kill "))
    return 0


def _record(job, archive, zygote, name, careful):
    """Read and grade one file."""
    submission = read_submission(job.folder / name)
    try:
        questions = archive.questions_for(submission.variant)
    except BadVariant as problem:
        submission = submission._replace(problem=submission.problem or str(problem))
    if submission.problem:
        return ungraded(name, submission)
    told = grade(submission, questions, zygote, job.limits, careful)
    if told.notes and not told.any_passed:
        _check(zygote, job.limits)  # was it the notebook, or is the sandbox broken?
    said = remarks(submission, archive, told, job.unsafe)
    return graded(name, submission, told, said, archive.written(submission))
