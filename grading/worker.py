"""A worker, seen by the grader that hands it files: a process that grades one at a time."""

import contextlib
import multiprocessing
import os
import signal
import time
from multiprocessing.connection import wait

from grading.process import work
from grading.sandbox import START_SECONDS
from grading.stopwatch import PATIENCE

END_SECONDS = 10
SPAWN = multiprocessing.get_context("spawn")  # a fork would keep the others' pipes open


class Worker:
    """A process for ``job`` that works in ``folder``; it is started anew after a file went wrong.

    ``name`` is that of the file it is at, or None; ``careful`` says whether it is a second trial.
    """

    def __init__(self, job, folder):
        self._job, self._folder, self._process, self.name = job, folder, None, None
        self.careful = False

    def begin(self, name, careful=False):
        """Let it grade a file; its ``connection`` is ready when ``answer`` can be called."""
        if self._process is None:
            self._start()
        self.name, self.careful, self._since = name, careful, time.monotonic()
        with contextlib.suppress(OSError):  # a dead one is noticed when it should answer
            self.connection.send((name, careful))

    def _start(self):
        self._folder.mkdir(parents=True, exist_ok=True)
        self.connection, theirs = SPAWN.Pipe()
        arguments = theirs, self._job, self._folder, os.getpid()
        self._process = SPAWN.Process(target=work, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    def is_late(self):
        """Whether it has taken longer than any notebook may."""
        most = PATIENCE * self._job.limits.total_seconds + 2 * START_SECONDS
        return time.monotonic() - self._since > most

    def answer(self):
        """What became of the file: its kind and more, as of ``grading.process.work``."""
        self.name, late = None, self.is_late()
        try:
            kind, answer = self.connection.recv() if self.connection.poll() else _failed(late)
        except (EOFError, OSError):
            kind, answer = _failed(late)
        if kind not in ("record", "accident"):
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
        wait([self._process.sentinel], timeout=END_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()
        self._process = None


def _failed(late):
    return "failed", "it took far too long" if late else "the grader's own process died with it"
