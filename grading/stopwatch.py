"""How long a notebook works, as Linux counts it, so that a busy machine takes no time from it."""

import contextlib
import os
import time
from pathlib import Path

from grading.ended import Ended

TICKS = os.sysconf("SC_CLK_TCK")
LOOKS = 4  # for each limit: how often it is looked whether it is reached
SELDOM = 0.25  # seconds
PATIENCE = 12  # times as long on the clock, and a notebook is ended, whatever the machine does


def processor_seconds(pid):
    """Seconds that a process and all that stem from it have worked, and have waited to work.

    Those that have ended count, too, when somebody asked for their ends; a process that is gone
    has not worked. A process that does neither stands still: it sleeps, or waits for something.
    """
    worked = waited = 0.0
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        worked = sum(map(int, fields[11:15])) / TICKS
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):  # an older Linux counts no waiting
                waited += int((thread / "schedstat").read_text().split()[1]) / 1e9
            for child in (thread / "children").read_text().split():
                more = processor_seconds(child)
                worked, waited = worked + more[0], waited + more[1]
    return worked, waited


class Stopwatch:
    """Holds a notebook to its limits: ``restart`` it for each cell and each test.

    Time in which the notebook works counts, and time in which it stands still; time in which it
    waits until others let it work does not.
    """

    def __init__(self, limits):
        self._limits = limits
        self._every = min(SELDOM, limits.seconds / LOOKS)
        self._until = time.monotonic() + PATIENCE * limits.total_seconds
        self._before, self._pid = 0.0, None

    @property
    def every(self):
        """The seconds after which to ``look``."""
        return self._every

    def start(self, pid):
        """From now on the notebook is this process, with all that stem from it."""
        self._pid, self._started = pid, time.monotonic()
        self.restart()

    def stop(self):
        """The process is about to be ended; what it has worked counts for the whole notebook."""
        lasted = time.monotonic() - self._started
        self._before += lasted if lasted < self._every else processor_seconds(self._pid)[0]

    def restart(self):
        """The next cell or test begins."""
        self._still, self._last = 0.0, None
        self._next = time.monotonic() + self._every

    def look(self, heard):
        """Raise Ended where a limit is reached; ``heard`` says whether it has just said something.

        Cheap, as it only looks every so often.
        """
        now = time.monotonic()
        if now < self._next:
            return
        worked, waited = processor_seconds(self._pid)
        if self._last is None:  # what it has done so far in this step is little, and its gain
            self._first = worked
        elif not heard:
            then, before = self._last
            self._still += max(now - then - (worked + waited - before), 0)
        self._last, self._next = (now, worked + waited), now + self._every
        self._check(worked, now)

    def check(self):
        """Raise Ended where the whole notebook has no time left."""
        self._check_all(self._before, time.monotonic())

    def _check(self, worked, now):
        most = self._limits.seconds
        self._check_all(self._before + worked, now)
        if worked - self._first > most:
            raise Ended(f"it took longer than {most:g} seconds")
        if self._still > self._limits.patience * most:
            still = self._limits.patience * most
            raise Ended(f"it took longer than {still:g} seconds in which it stood still")

    def _check_all(self, worked, now):
        if worked > self._limits.total_seconds or now > self._until:
            most = self._limits.total_seconds
            raise Ended(f"the notebook took longer than {most:g} seconds in all")
