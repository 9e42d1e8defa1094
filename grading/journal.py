"""The database in which results are kept as they come; they survive any end of the run."""

import contextlib
import errno
import hashlib
import json
import os
import sqlite3
from pathlib import Path

FORMAT = 2  # of the records; one more whenever old ones can no longer be read
OLDER = "results.jsonl"  # where an older version kept them
NO_JOURNAL = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR)


class BadJournal(Exception):
    """A journal that this run cannot go on with; the message says what to do."""


class Journal:
    """``with Journal(path, identity) as journal``: an SQLite database with a row for each file.

    ``identity`` is a dictionary that tells this run from others. Raises BadJournal for the journal
    of another run, and while another process has it open; OSError, later too, for a disk that takes
    no more.
    """

    def __init__(self, path, identity):
        self._path, identity = Path(path), {"format": FORMAT, **identity}
        self._refuse_older()
        with self._in_words():
            self._database = sqlite3.connect(path, timeout=0, isolation_level=None)
        self._database.text_factory = bytes  # what is damaged need not be text
        try:
            self._check(self._open(identity), identity)
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._database.close()

    def get(self, name):
        """The record of a file; None where there is none, or it is damaged."""
        statement = "SELECT record, checksum FROM results WHERE file = CAST(? AS TEXT)"
        text, checksum = self._ask(statement, os.fsencode(name)) or (None, None)
        whole = isinstance(text, bytes) and checksum == _checksum(text)
        return json.loads(text) if whole else None

    def append(self, record):
        """Keep a record: when this returns it is on the disk; where it raises nothing is left."""
        text = json.dumps(record)
        row = os.fsencode(record["file"]), text, _checksum(text.encode())
        self._ask("INSERT OR REPLACE INTO results VALUES (CAST(? AS TEXT), ?, ?)", *row)

    def _ask(self, statement, *values):
        """The first row that a statement gives."""
        with self._in_words():
            return self._database.execute(statement, values).fetchone()

    def _open(self, identity):
        """Take the database for this process alone, until that ends; returns whose run it is."""
        self._ask("PRAGMA locking_mode = EXCLUSIVE")
        self._ask("BEGIN EXCLUSIVE")
        self._ask("CREATE TABLE IF NOT EXISTS run (identity TEXT)")
        columns = "file TEXT PRIMARY KEY, record TEXT, checksum BLOB"
        self._ask(f"CREATE TABLE IF NOT EXISTS results ({columns})")
        found = self._ask("SELECT identity FROM run")
        if found is None:
            found = [json.dumps(identity)]
            self._ask("INSERT INTO run VALUES (?)", *found)
        self._ask("COMMIT")
        return found[0]

    def _check(self, found, identity):
        try:
            found = json.loads(found)
            differing = [key for key, value in identity.items() if found.get(key) != value]
        except (ValueError, TypeError, AttributeError):
            raise self._strange() from None
        if differing:
            raise BadJournal(
                f"{self._path} belongs to another run: not the same {', '.join(differing)}. "
                "Give another --out, or repeat that run's command to go on with it."
            )

    def _refuse_older(self):
        older = self._path.with_name(OLDER)
        if older.exists() and not self._path.exists():
            raise BadJournal(
                f"{older} was written by an older version of the grader, and this one cannot go on "
                "with it. Nothing was changed. Give another --out, where everything is graded "
                f"anew; or go on with the older version; or move {OLDER} away."
            )

    @contextlib.contextmanager
    def _in_words(self):
        """Turn errors of SQLite into those that this class raises."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = error.sqlite_errorcode & 0xFF  # the rest says where it happened
            if code == sqlite3.SQLITE_BUSY:
                words = "another run is writing there, or another program has it open; wait for it."
                raise BadJournal(f"{self._path}: {words}") from None
            if code in NO_JOURNAL:
                raise self._strange() from error
            if code == sqlite3.SQLITE_FULL:
                full = errno.ENOSPC
                raise OSError(full, os.strerror(full), str(self._path)) from error
            raise OSError(f"{self._path}: {error}") from error  # a broken disk, say

    def _strange(self):
        return BadJournal(f"{self._path} is no list of results, or is damaged; give another --out.")


def _checksum(text):
    return hashlib.sha256(text).digest()
