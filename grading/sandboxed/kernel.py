"""Runs in a sandbox: the cells of one notebook, and then what the tests ask of its names."""

import builtins
import contextlib
import ctypes
import gc
import os
import sys
from _thread import _count as count_threads
from os import _exit, getpid, waitpid  # by their names: a notebook may change `os`

import chance
from shell import Shell, told
from wire import Broken, changed, decode, encode, pack, receive

# Linux's own: Python's would seed chance anew, and do what else a notebook has registered for it.
FORK = ctypes.PyDLL(None).fork
COPY = 128  # and a signal: how a process ends whose copy has ended by that


class Kernel:
    """One notebook's shell, and the conversation with the grader about it, over one socket."""

    def __init__(self, connection, shell):
        self.file = connection.makefile("rwb", buffering=1 << 16)
        self.owner, self.threads = getpid(), count_threads()
        self.functions = []
        self.shell = shell

    def hear(self):
        """The next message."""
        return receive(self._read)

    def _read(self, n):
        data = self.file.read(n)
        if len(data) < n:
            raise Broken("the grader has gone")
        return data

    def say(self, *message):
        """Send a message: its kind and its parts."""
        self.put(pack(list(message)))

    def put(self, data):
        """Send what is packed; a copy that the notebook has forked of itself ends instead."""
        if getpid() != self.owner:
            _exit(0)
        self.file.write(data)
        self.file.flush()

    def keep(self, function):
        """The number by which the grader knows a function of this side."""
        self.functions.append(function)
        return len(self.functions) - 1

    def over_there(self, number):
        """A function of the grader's, called by asking for it; below 0 it was defined here."""
        if number < 0:
            return self.functions[-1 - number]

        def ask(*args, **kwargs):
            self.say("ask", number, encode(list(args), self.keep), encode(kwargs, self.keep))
            return self._answer()

        return ask

    def _answer(self):
        """What the grader answers; on the way it may itself ask."""
        while True:
            kind, *parts = self.hear()
            if kind == "value":
                return decode(parts[0], self.over_there)
            if kind == "error":
                raise _known(parts[0])(parts[1])
            self.serve(kind, parts)

    def serve(self, kind, parts):
        """Do what the grader asks: run a cell, give a value, or call a function."""
        if kind == "run":
            return self.say("ran", parts[0], self.shell.run(*parts))
        if kind == "ping":
            return self.say("pong", *parts)
        if kind == "copy":
            return self.copy()
        if kind == "end":
            _exit(0)
        try:
            if kind == "get":
                answer = ["value", encode(self.shell.user_ns.get(parts[0]), self.keep), []]
            elif kind == "define":
                answer = ["value", encode(self.define(*parts), self.keep), []]
            else:
                answer = self.call(*parts)
            answer = pack(answer)
        except BaseException as error:  # whatever it is, it is the notebook's
            answer = pack(["error", *told(error)])
        self.put(answer)

    def copy(self):
        """Go on as a copy of this process until that is told to end; as it ends, so does this.

        Not where there are other threads, which a copy would not have.
        """
        child = 0 if count_threads() > self.threads else forked()
        if child == 0:
            return self.say("alone")
        if child == getpid():
            self.owner = child
            return self.say("copied")
        with contextlib.suppress(ChildProcessError):  # where nobody is told of a child's end
            status = waitpid(child, 0)[1]
            if status:
                _exit(COPY + (status & 0x7F))
        return self.say("gone")

    def define(self, text, values, limit):
        """The number of a function of the grader's that comes as its text: ``judge.given``."""
        judge = sys.modules["lec_utils.practice.judge"]
        function = judge.given(text, **decode(values))
        return self.keep(function if limit is None else judge.counted(function, limit))

    def call(self, number, args, kwargs):
        """What a function returns, and which of its arguments it has changed in place."""
        given, named = decode(args, self.over_there), decode(kwargs, self.over_there)
        value = self.functions[number](*given, **named)
        messages = args[1] + [message for _, message in kwargs[1]]
        changes = changed([*given, *named.values()], messages)
        return ["value", encode(value, self.keep), changes]


def forked():
    """The number of a copy of this process, in both; 0 where there are too many already."""
    child = FORK()
    return 0 if child < 0 else child or getpid()


def _known(name):
    """Python's own exception of that name, so that a notebook can expect it."""
    kind = getattr(builtins, name, None)
    return kind if isinstance(kind, type) and issubclass(kind, Exception) else RuntimeError


def prepare():
    """Make what a notebook finds the same each time: unseeded numbers, and no pictures to draw."""
    chance.prepare()
    library = sys.modules.get("lec_utils")
    for name in getattr(getattr(library, "datasets", None), "SOURCES", ()):
        with contextlib.suppress(Exception):  # whose notebooks have no such data
            library.choose_data(name)  # which is read once, and handed out in copies
    practice = sys.modules.get("lec_utils.practice")
    if practice:  # the learner's pictures, which nobody sees here, are most of the time
        practice.after = practice.compare_runs = practice.compare_curves = lambda *a, **k: None
    Shell.instance()
    make_room()
    gc.collect()
    gc.freeze()  # what all notebooks share is looked through by none of them


def make_room():
    """A notebook's own modules are found first, also those with the names of these here."""
    here = os.path.dirname(__file__)
    sys.path[:] = ["", *(path for path in sys.path if path != here)]
    for name, module in [*sys.modules.items()]:
        if name != "__main__" and os.path.dirname(getattr(module, "__file__", None) or "") == here:
            del sys.modules[name]


def live(connection):
    """Serve the grader until it hangs up: its first message is the notebook as it was handed in."""
    # A group of processes reaches across namespaces: kill(0) would end the zygote as well.
    os.setsid()
    kernel = Kernel(connection, Shell.instance())
    _, notebook = kernel.hear()
    with open("submission.ipynb", "w", encoding="utf-8", errors="replace") as file:
        file.write(notebook)
    chance.begin()
    while True:
        kind, *parts = kernel.hear()
        kernel.serve(kind, parts)
