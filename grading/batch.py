"""A folder of submissions, handed to workers one by one."""

import contextlib
import shutil
from collections import deque
from multiprocessing.connection import wait
from pathlib import Path

from grading.record import ungraded
from grading.sandbox import NoSandbox
from grading.submission import read_submission
from grading.worker import Worker

TRIES = 2  # of a file, the second alone


def grade_files(job, names, jobs, scratch):
    """Grade files; yields their records in the order in which they are done.

    At most ``jobs`` processes work at a time, in the folder ``scratch``. When this generator ends
    or is closed, they have ended and the folder is gone. What goes wrong with a file is tried once
    more, when no other is at work. Raises NoSandbox where none starts, OSError for a full disk.
    """
    waiting, again, refused = deque(names), deque(), 0
    with _workers(job, min(jobs, len(names)), scratch) as workers:
        while waiting or again or any(worker.name for worker in workers):
            _hand_out(workers, waiting, again)
            for worker in _answering(workers):
                name, (kind, answer) = worker.name, worker.answer()
                refused = refused + 1 if kind == "no sandbox" else 0
                if kind == "no disk":
                    raise OSError(*answer)
                if refused > len(workers):
                    raise NoSandbox(answer)
                if kind != "record" and not worker.careful:
                    again.append(name)
                else:
                    yield answer if kind == "record" else _given_up(job, name, answer)


def _hand_out(workers, waiting, again):
    """Give each idle worker a file; what is tried again is alone."""
    for worker in workers:
        if waiting and worker.name is None:
            worker.begin(waiting.popleft())
    if again and not any(worker.name for worker in workers):
        workers[0].begin(again.popleft(), careful=True)


@contextlib.contextmanager
def _workers(job, count, scratch):
    """Workers with a folder of their own for each; at the end all of them are gone."""
    shutil.rmtree(scratch, ignore_errors=True)  # what a run has left that could not clean up
    workers = [Worker(job, Path(scratch, str(number))) for number in range(count)]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.tell_to_end()
        for worker in workers:
            worker.end()
        shutil.rmtree(scratch, ignore_errors=True)


def _answering(workers):
    """The workers that have an answer, have died, or have taken too long, once there are some."""
    busy = {worker.connection: worker for worker in workers if worker.name is not None}
    while True:
        ready = wait(list(busy), timeout=1)
        late = [worker for worker in busy.values() if worker.is_late()]
        if ready or late:
            return [worker for line, worker in busy.items() if line in ready or worker in late]


def _given_up(job, name, why):
    """The record of a file with which something went wrong each time."""
    problem = f"it could not be graded, in {TRIES} tries, the second one alone: {why}"
    return ungraded(name, read_submission(job.folder / name)._replace(problem=problem))
