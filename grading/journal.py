"""The file in which results are kept as they come; what is in it survives any end of the run."""

import contextlib
import fcntl
import json
import os

FORMAT = 1  # of the records; one more whenever old ones can no longer be read


class BadJournal(Exception):
    """A journal that this run cannot go on with; the message says what to do."""


class Journal:
    """``with Journal(path, identity) as journal``: one line of JSON for each record.

    ``identity`` is a dictionary that tells this run from others; it is the first line. Records are
    known by their file; of two the later one counts. Only their places are kept in memory.
    Raises BadJournal for the journal of another run, and while another process writes to it.
    """

    def __init__(self, path, identity):
        self._path, self._places, self._end = path, {}, 0
        self._output = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        self._input = open(path, "rb")  # noqa: SIM115, closed with the journal
        try:
            self._lock()
            self._read({"format": FORMAT, **identity})
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._input.close()
        os.close(self._output)

    def __contains__(self, name):
        return name in self._places

    def __getitem__(self, name):
        """The record of a file; KeyError when there is none."""
        self._input.seek(self._places[name])
        return json.loads(self._input.readline())

    def append(self, record):
        """Keep a record: when this returns it is on the disk; where it raises nothing is left."""
        self._places[record["file"]] = self._write(record)

    def _lock(self):
        try:
            fcntl.flock(self._output, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadJournal(f"{self._path}: another run is writing there; wait for it.") from None

    def _read(self, identity):
        """Find the whole lines, and cut off one that the end of a run has torn."""
        for line in self._input:
            if not line.endswith(b"\n"):
                break
            if self._end == 0:
                self._check(line, identity)
            else:
                self._note(line)
            self._end += len(line)
        os.ftruncate(self._output, self._end)
        if self._end == 0:
            self._write(identity)

    def _check(self, line, identity):
        try:
            found = json.loads(line)
            differing = [key for key, value in identity.items() if found.get(key) != value]
        except (ValueError, AttributeError):
            raise BadJournal(f"{self._path} is no list of results; give another --out.") from None
        if differing:
            raise BadJournal(
                f"{self._path} belongs to another run: not the same {', '.join(differing)}. "
                "Give another --out, or repeat that run's command to go on with it."
            )

    def _note(self, line):
        with contextlib.suppress(ValueError, TypeError, KeyError):  # damaged: it is graded again
            self._places[json.loads(line)["file"]] = self._end

    def _write(self, record):
        """Write a line at the end, whole or not at all; returns its place."""
        place, line = self._end, json.dumps(record).encode() + b"\n"
        try:
            written = 0
            while written < len(line):
                written += os.pwrite(self._output, line[written:], place + written)
            os.fsync(self._output)
        except OSError:
            os.ftruncate(self._output, place)
            raise
        self._end += len(line)
        return place
