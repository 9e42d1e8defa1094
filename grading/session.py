"""A conversation with one notebook in its sandbox; what it says is data, never trusted."""

import re
import secrets
import socket
import struct

from grading.ended import Ended
from grading.sandboxed import wire
from lec_utils.practice.judge import NotYet

MOST_WORDS = 500  # characters of an error's text


class Session:
    """A notebook at work: ``with Session(zygote, limits, watch) as session``.

    ``watch`` is the notebook's Stopwatch. Tests may share a session: after :meth:`renew` none meets
    what those before it left, as calls are answered by a copy of the notebook's process, which is
    made at the first call. Where none can be made, the session is ``spent`` with that call.
    """

    def __init__(self, zygote, limits, watch):
        self._sandbox, self._watch = zygote.fork(limits), watch
        self._connection = self._sandbox.connection
        watch.start(self._sandbox.pid)
        self._listen_for(watch.every)
        self._ours, self._raised = {}, None
        self._received = bytearray()
        self.spent, self.called, self._copied, self._may_copy = False, False, False, True
        self._had_copies = False

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._watch.stop()
        self._sandbox.end()

    def run(self, notebook, cells):
        """Run cells, pairs of a name and its source; yields each name with its error, or None.

        Raises Ended where one does not come back.
        """
        self._say("notebook", notebook)
        for name, source in cells:
            self._watch.restart()
            self._say("run", name, source)
            kind, *parts = self._hear()
            if kind != "ran" or len(parts) != 2 or parts[0] != name:
                raise Ended("the notebook's process sent something unreadable")
            self.check_step()
            yield name, None if parts[1] is None else str(parts[1])[:MOST_WORDS]

    def check_step(self):
        """Raise Ended unless the notebook has said all that it had to say, and no more.

        A forged answer leaves the true one behind, which the next question must not receive.
        """
        token = secrets.token_hex(8)
        self._say("ping", token)
        if self._hear() != ["pong", token]:
            raise Ended("the notebook's process sent more than it was asked for")

    def renew(self):
        """From here on a test meets the notebook as its cells left it."""
        if self._copied:
            self._copied = False
            self._say("end")
            if self._hear() != ["gone"]:
                raise Ended("the notebook's process sent more than it was asked for")

    def begin_test(self, copied=True):
        """Give the next test its time, and unless it is the last, a copy if it calls something."""
        self._watch.restart()
        self._may_copy, self.called = copied, False

    def _copy(self):
        """Let a copy of the notebook's process answer, or what cannot be copied be spent."""
        if self._copied or self.spent:
            return
        if self._may_copy:
            self._say("copy")
            self._had_copies = True  # from here on it may be a copy that is ended
            answer = self._hear()
            if answer not in (["copied"], ["alone"]):
                raise Ended("the notebook's process sent something unreadable")
            self._copied = answer == ["copied"]
        self.spent = not self._copied

    def get(self, name, default=None):
        """The value of a name in the notebook, as plain data; ``default`` where there is none."""
        self._say("get", name)
        value = self._answer()
        return default if value is None else value

    def _function(self, number):
        """A function of the notebook's, to be called with plain data."""

        def call(*args, **kwargs):
            self._copy()
            self.called = True
            before = self._ours
            self._ours = dict(before)
            try:
                encoded = wire.encode(list(args), self._keep), wire.encode(kwargs, self._keep)
                self._say("call", number, *encoded)
                return self._answer([*args, *kwargs.values()])
            finally:
                self._ours = before

        return call

    def _keep(self, function):
        """The number of a function of ours, for as long as the call lasts.

        Below 0 for one that is given as its text: the notebook's process has it then.
        """
        if hasattr(function, "given"):
            text, values, limit = function.given
            self._say("define", text, wire.encode(values, self._keep), limit)
            return -1 - int(self._answer())
        number = len(self._ours)
        self._ours[number] = function
        return number

    def _answer(self, arguments=()):
        """What the notebook answers; on the way it may call functions that it was handed.

        Which of the ``arguments`` it has changed in place, is changed here as well.
        """
        while True:
            kind, *parts = self._hear()
            if kind == "ask" and len(parts) == 3:
                self._serve(*parts)
            elif kind == "value" and len(parts) == 2:
                self._reraise(NotYet)
                self._change(arguments, parts[1])
                return self._decoded(parts[0])
            elif kind == "error" and len(parts) == 2:
                self._reraise(Exception)
                raise _error(*parts)
            else:
                raise Ended("the notebook's process sent something unreadable")

    def _change(self, arguments, changes):
        try:
            for position, message in changes:
                wire.change(arguments[position], self._decoded(message))
        except (TypeError, ValueError, LookupError, AttributeError):
            raise Ended("the notebook's process sent something unreadable") from None

    def _serve(self, number, args, kwargs):
        """Call a function of ours for the notebook; what that raises, the test hears as well."""
        function = self._ours.get(number) if isinstance(number, int) else None
        if function is None:
            raise Ended("the notebook called a function that it was not handed")
        args, kwargs = self._decoded(args), self._decoded(kwargs)
        try:
            answer = ["value", wire.encode(function(*args, **kwargs), self._keep)]
        except Exception as error:
            if not isinstance(self._raised, NotYet):
                self._raised = error
            answer = ["error", type(error).__name__, str(error)[:MOST_WORDS]]
        self._say(*answer)

    def _reraise(self, kinds):
        """Raise what a function of ours raised, as the test's own code would have seen it.

        A notebook may catch an error, but a verdict (NotYet) stands.
        """
        error, self._raised = self._raised, None
        if isinstance(error, kinds):
            raise error

    def _decoded(self, message):
        try:
            return wire.decode(message, self._function)
        except wire.Broken as problem:
            raise Ended(f"the notebook's process sent {problem}") from None

    def _listen_for(self, seconds):
        # Linux' own time limit: a call waits that long, and needs no second call to do so.
        limit = struct.pack("ll", int(seconds), int(seconds % 1 * 1e6))
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            self._connection.setsockopt(socket.SOL_SOCKET, option, limit)

    def _say(self, *message):
        data = memoryview(wire.pack(list(message)))
        while data:
            try:
                data = data[self._connection.send(data) :]
            except BlockingIOError:
                self._watch.look(heard=False)
            except OSError:
                self._raise_how_it_ended()

    def _hear(self):
        try:
            message = wire.receive(self._read)
        except wire.Broken as problem:
            raise Ended(f"the notebook's process sent {problem}") from None
        if not isinstance(message, list) or not message:
            raise Ended("the notebook's process sent something unreadable")
        if self._copied and message == ["gone"]:
            raise Ended("the notebook ended its own process")
        return message

    def _read(self, n):
        while len(self._received) < n:
            part = self._part()
            self._watch.look(heard=bool(part))
            self._received += part
        data = bytes(self._received[:n])
        del self._received[:n]
        return data

    def _part(self):
        """What there is to read, or nothing after a while."""
        try:
            part = self._connection.recv(1 << 16)
        except BlockingIOError:
            return b""
        except OSError:
            part = b""
        return part or self._raise_how_it_ended()

    def _raise_how_it_ended(self):
        raise self._sandbox.ending(self._had_copies)


def _error(kind, text):
    """An exception of the notebook's, as one of ours with the same name and words."""
    if kind == NotYet.__name__:  # of a function that was given as its text
        return NotYet(str(text)[:MOST_WORDS])
    name = re.sub(r"\W", "", str(kind))[:60] or "Error"
    return type(name, (Exception,), {})(str(text)[:MOST_WORDS])
