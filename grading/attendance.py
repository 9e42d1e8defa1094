"""Who handed in what, and who of all tables found no partner."""

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from grading.canvas import Gradebook
from grading.folder import find_files, is_stray
from grading.names import Names, PeoplesNames, folded, listed, plain
from grading.roster import read_roster
from grading.whose import is_late, students_of

COUNTS = {2: "two", 3: "three", 4: "four", 5: "five"}
MOST_NAMED = 5  # of one student's files
SHORTEST_WORD = 3  # letters of a word by which the assignment is called


class Row(NamedTuple):
    """A row to come: a student's file, or "" for one who has none; what there is to note of it."""

    student: str
    file: str
    note: str = ""
    late: bool = False


class Attendance(NamedTuple):
    """``rows`` in the table's order; ``strays`` are files that are nobody's.

    ``odd`` says in words who found no partner. ``drawn`` gives the student by whose name the zip
    knows each; ``gradebook`` is Canvas', or None.
    """

    rows: list
    strays: list
    odd: list
    drawn: dict
    gradebook: object = None


def take_attendance(options, archive):
    """Read all tables and find out whose each file is. Raises BadTable."""
    tables = _Tables(options, archive)
    names = find_files(options.folder, but=options.out)
    strays = list(filter(is_stray, names))
    files = [name for name in names if not is_stray(name)]
    words = _words(archive.assignment, options.archive.stem)
    students = students_of(files, words, tables.listed, tables.known)
    rows = with_students(students)
    missing, odd, drawn = tables.join(set(students.values()))
    rows = sorted([*rows, *(Row(student, "") for student in missing)])
    return Attendance(rows, strays, odd, drawn, tables.gradebook)


def with_students(students):
    """Rows to come of the students by file; with a note where one student has more."""
    files = defaultdict(list)
    for name, student in students.items():
        files[student].append(name)
    return [
        Row(student, name, _several(theirs), is_late(name))
        for student, theirs in sorted(files.items())
        for name in sorted(theirs)
    ]


def _several(names):
    """That one student handed in several files, in words."""
    if len(names) == 1:
        return ""
    named, more = sorted(names)[:MOST_NAMED], len(names) - MOST_NAMED
    named += [f"{more} more"] if more > 0 else []
    return f"{COUNTS.get(len(names), len(names))} files: {listed(named)}"


def _words(*names):
    """These names of an assignment, and the words in them."""
    words = {word for name in names for word in re.findall(r"[^\W\d_]+", name)}
    return {name for name in names if name} | {word for word in words if len(word) >= SHORTEST_WORD}


class _Tables:
    """What says who is in the class: the roster, the students of the zip, and the gradebook."""

    def __init__(self, options, archive):
        roster, book = options.student_id_from, options.canvas
        self._roster = {} if roster == "filename" else read_roster(roster)
        column = options.canvas_column, options.canvas_new
        self.gradebook = Gradebook(book, archive.assignment, *column) if book else None
        tables = (
            (Path(roster).name, set(self._roster.values())),
            (options.archive.name, archive.variants),
        )
        self._tables = {name: set(people) for name, people in tables if people}
        self._files = Names((file, file) for file in self._roster)
        everybody = {who for people in self._tables.values() for who in people}
        called = [(who, name) for who in everybody for name in {who, who.partition("@")[0]}]
        self._people = PeoplesNames((name, who) for who, name in called)
        alike = [Counter(map(folded, people)) for people in self._tables.values()]
        self._twins = {name for each in alike for name, count in each.items() if count > 1}
        self._called = {
            self._person(who): who for of in self._tables.values() for who in sorted(of)
        }
        self._found = set()

    def listed(self, name):
        """The student to whom the roster gives a file of this name; None where it does not."""
        found = self._files.find(name)
        self._found |= found
        students = {self._roster[file] for file in found}
        return students.pop() if len(students) == 1 else None

    def known(self, name, alone=False):
        """What the student whom a table has by this name is called; None where none has.

        With ``alone`` also where it is a key of another in the gradebook, too.
        """
        if alone and self.gradebook and self.gradebook.find(name)[1]:
            return None
        if self._people.find(name) or self._rows(name):
            return self._called.setdefault(self._person(name), plain(name))
        return None

    def _rows(self, name):
        return self.gradebook.find(name)[0] if self.gradebook else set()

    def _person(self, name):
        """One thing for all names of a student: his row in the gradebook, or what he is called."""
        rows = self._rows(name)
        if len(rows) == 1:
            return next(iter(rows))
        meant = {plain(who) for who in self._people.find(name)}
        who = meant.pop() if len(meant) == 1 else name
        return plain(who) if folded(who) in self._twins else folded(who)

    def join(self, students):
        """Who has no file; in words who found no partner; and whom the zip knows by which name."""
        here = {self._person(student): student for student in students}
        odd, missing, drawn = self._files_away(here), {}, {}
        for table, people in self._tables.items():
            there = {self._person(who): who for who in people}
            odd += sorted(f"{here[who]} is not in {table}." for who in here.keys() - there)
            away = {who: there[who] for who in there.keys() - here}
            odd += sorted(f"{who} is in {table}, and has no file." for who in away.values())
            missing = away | missing
            drawn = {here[who]: there[who] for who in here.keys() & there}
        odd += self.gradebook.join(here.values())[1] if self.gradebook else []
        return missing.values(), odd, drawn

    def _files_away(self, here):
        """The files that the roster gives to students who have others, and that are not there."""
        return [
            f"{file} of {who} is not in the folder."
            for file, who in self._roster.items()
            if file not in self._found and file != who and self._person(who) in here
        ]
