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

START_SECONDS = 60
END_SECONDS = 5  # for a process that has closed its socket to end, and to be told of
# What notebooks import, so that none of them has to wait for it.
MODULES = (
    "numpy",
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "seaborn",
    "scipy.optimize",
    "sklearn.linear_model",
    "lec_utils",
    "lec_utils.practice",
)


class Limits(NamedTuple):
    """What one notebook may use."""

    seconds: float = 10.0  # of the clock, for one cell or one test
    total_seconds: float = 90.0  # of the clock, for the whole notebook
    cpu_seconds: int = 60
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


def _start(control, files):
    with nobodys_namespace() as namespace:
        arguments = [str(control), "/files", "apart", *MODULES]
        words = command(find_bubblewrap(), files, arguments, namespace)
        return _popen(words, [fd for fd in (control, namespace) if fd is not None])


def _start_unsafe(control, files):
    arguments = [str(control), str(files), "unsafe", *MODULES]
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

    ``files`` is the folder that each notebook finds in its working directory. ``unsafe`` does
    without a sandbox: submitted code can then do all that the grader can.
    """

    def __init__(self, files, unsafe=False):
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = (_start_unsafe if unsafe else _start)(theirs.fileno(), files)
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
        """A sandbox for a notebook."""
        ours, theirs = socket.socketpair()
        with theirs:
            words = json.dumps(limits.for_setrlimit()).encode()
            socket.send_fds(self._control, [words], [theirs.fileno()])
        answer, handles, _, _ = socket.recv_fds(self._control, 4096, 2)
        if not handles:
            ours.close()
            raise NoSandbox(f"A sandbox could not be made: {answer.decode(errors='replace')}")
        return Sandbox(ours, *handles)


class Sandbox(NamedTuple):
    """A notebook's sandbox: a connected socket, a handle that ends it, and who tells how it ended.

    What comes over the socket is the notebook's; what is told is not.
    """

    connection: socket.socket
    handle: int
    told: int

    def end(self):
        """End it and every process in it."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)
        os.close(self.handle)
        os.close(self.told)
        self.connection.close()

    def ending(self):
        """How it ended: its ``status``, and whether it was for its memory; nothing if it has not.

        NoSandbox where it was none.
        """
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
