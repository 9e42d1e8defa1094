"""Sandboxes for notebooks, forked by a zygote: a process that has imported all they need."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from typing import NamedTuple

from grading.bubblewrap import SANDBOXED, NoSandbox, command, find_bubblewrap, nobodys_namespace
from grading.ended import Accident, Ended

START_SECONDS = 300  # of the clock: others may be at work
END_SECONDS = 10  # for a process that has closed its socket to end, and to be told of
# What others send to end a process; the other signals are for what it did itself.
FROM_OUTSIDE = ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
COPY = 128  # and a signal: the status of a process whose copy ended by that
# What any notebook may import, so that none has to wait for it. Not what few of them import: to
# fork, which each hidden test needs, takes the longer the more is there.
MODULES = (
    "numpy",
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "lec_utils",
    "lec_utils.practice",
)


class Limits(NamedTuple):
    """What one notebook may use."""

    seconds: float = 10.0  # of processor time, for one cell or one test
    total_seconds: float = 90.0  # of processor time, for the whole notebook
    patience: float = 3.0  # times `seconds` a cell or a test may stand still
    cpu_seconds: int = 60  # of processor time, for one process
    megabytes: int = 1500  # of memory, for all its processes, on top of what the modules take
    processes: int = 32
    disk_megabytes: int = 20  # in each folder that may be written

    def for_setrlimit(self):
        """The limits as names and numbers of ``setrlimit``."""
        return {
            "CPU": self.cpu_seconds,
            "AS": self.megabytes << 20,
            "NPROC": self.processes,
            "FSIZE": self.disk_megabytes << 20,
            "NOFILE": 128,
            "CORE": 1,  # byte; for 0 Linux would still start a program that collects crashes
        }


def _start(control, files, modules):
    with nobodys_namespace() as namespace:
        arguments = [str(control), "/files", "apart", *modules]
        words = command(find_bubblewrap(), files, arguments, namespace)
        return _popen(words, [fd for fd in (control, namespace) if fd is not None])


def _start_unsafe(control, files, modules):
    arguments = [str(control), str(files), "unsafe", *modules]
    return _popen([sys.executable, str(SANDBOXED / "zygote.py"), *arguments], [control])


def _popen(words, descriptors):
    return subprocess.Popen(
        words,
        pass_fds=descriptors,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # which may be a terminal
        stderr=subprocess.PIPE,
        env=os.environ | {"MPLBACKEND": "agg", "PYTHONHASHSEED": "0"},
    )


class Zygote:
    """A running zygote: ``with Zygote(files) as zygote``, then ``zygote.fork(limits)``.

    ``files`` is the folder that each notebook finds in its working directory, and ``modules`` what
    these notebooks import besides MODULES. ``unsafe`` does without a sandbox: submitted code can
    then do all that the grader can. It ``is_whole`` until something has ended it.
    """

    def __init__(self, files, modules=(), unsafe=False):
        self.unsafe, self.is_whole = unsafe, True
        self._control, theirs = socket.socketpair()
        with theirs:
            start = _start_unsafe if unsafe else _start
            self._process = start(theirs.fileno(), files, [*MODULES, *modules])
        self._control.settimeout(START_SECONDS)
        try:
            ready = self._control.recv(16) == b"ready"
        except TimeoutError:
            self._process.kill()
            ready = False
        if not ready:
            errors = self._process.stderr.read().decode(errors="replace").strip()
            self.__exit__()
            raise NoSandbox(f"The sandbox did not start: {errors or 'it took too long'}")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._control.close()  # the zygote ends when it hears no more
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stderr.close()

    def fork(self, limits):
        """A Sandbox for a notebook; Accident where none can be made any more."""
        ours, theirs = socket.socketpair()
        words = json.dumps(limits.for_setrlimit()).encode()
        with theirs:
            try:
                socket.send_fds(self._control, [words], [theirs.fileno()])
                answer, handles, _, _ = socket.recv_fds(self._control, 4096, 2)
            except OSError as error:
                answer, handles = str(error).encode(), []
        if handles:
            return Sandbox(ours, *handles, limits, self.unsafe)
        ours.close()
        self.is_whole = False
        why = answer.decode(errors="replace") or "the process that makes them was ended"
        raise Accident(f"no sandbox could be made: {why}")


class Sandbox(NamedTuple):
    """A notebook's sandbox: a connected socket, a handle that ends it, and who tells how it ended.

    What comes over the socket is the notebook's; what is told is not.
    """

    connection: socket.socket
    handle: int
    told: int
    limits: Limits
    unsafe: bool

    @property
    def pid(self):
        """The number of its first process."""
        with open(f"/proc/self/fdinfo/{self.handle}") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Pid:"))

    def end(self):
        """End it and every process in it."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)
        os.close(self.handle)
        os.close(self.told)
        self.connection.close()

    def ending(self, copied):
        """An Ended or an Accident: what ended it, or a copy where one was asked for (``copied``).

        Nobody in a sandbox can kill its first process, but a copy can kill itself. NoSandbox where
        it was none.
        """
        if not select.select([self.handle], [], [], END_SECONDS)[0]:
            return Ended("the notebook closed its line to the grader")
        told = self._what_is_told()
        if self.unsafe:
            return Ended("the notebook ended its own process, or used too much of the machine")
        if "status" not in told:
            return Accident("the sandbox was ended from outside")
        if told["over"]:
            most = self.limits.megabytes
            return Ended(f"its processes together held more than {most} MB of memory")
        code = os.waitstatus_to_exitcode(told["status"])
        name = _signal(-code if code < 0 else code - COPY if copied else 0)
        if name == "SIGKILL" and told["worked"] >= self.limits.cpu_seconds:
            return Ended(f"it took longer than {self.limits.cpu_seconds:g} seconds")
        if name in FROM_OUTSIDE:
            return Accident(f"the notebook's process was ended from outside ({name})")
        return Ended("the notebook ended its own process" + (f" ({name})" if name else ""))

    def _what_is_told(self):
        """How it ended: its ``status``, what it ``worked``, and whether it was for its memory."""
        end, told = time.monotonic() + END_SECONDS, b""
        while select.select([self.told], [], [], max(0, end - time.monotonic()))[0]:
            part = os.read(self.told, 4096)
            if not part:
                break
            told += part
        words = {
            key: value for line in told.splitlines() for key, value in json.loads(line).items()
        }
        if "failed" in words:
            raise NoSandbox(f"A sandbox could not be made: {words['failed']}")
        return words


def _signal(number):
    """A signal's name; nothing where there is none."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return ""
