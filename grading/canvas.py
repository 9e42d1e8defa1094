"""A gradebook of Canvas, filled in."""

import csv
import re
from collections import Counter, defaultdict
from itertools import chain

from grading.columns import find_column
from grading.files import replacing
from grading.names import CanvasID, Names, PeoplesNames, folded
from grading.record import total, unmarked
from grading.tables import BadTable, harmless, points, read_rows, whole

# By what a student is known, the surest first; by his name only where none of these fits.
KEYS = (("ID",), ("SIS User ID", "SIS Login ID", "Integration ID"))
POSSIBLE = "Points Possible"
KEPT = ("EX", "N/A")  # excused, and not assigned
COMMA, POINT = (re.compile(rf"-?\d+{sign}\d+") for sign in (",", r"\."))
TEST_STUDENT = "Student, Test"
TAKEN = ",;"  # the separators that Canvas takes


class Gradebook:
    """A gradebook that Canvas exported, and the column of it that is to be filled in.

    ``title`` is the assignment's; ``chosen`` and ``new`` are for ``find_column``. Raises BadTable.
    The format: canvas-lms, lib/gradebook_exporter.rb and lib/gradebook_importer.rb.
    """

    def __init__(self, path, title, chosen=None, new=False):
        self.path = path
        self._separator, ((_, header), *rows) = read_rows(path)
        self._header = [cell.strip() for cell in header]
        self._last = self._place_of_section()
        self._numbers = [number for number, _ in rows]
        self._rows = [[*row, *[""] * len(header)][: len(header)] for _, row in rows]
        possible = [row for row in self._rows if POSSIBLE in row[0]]
        self._possible = possible[0] if possible else [""] * len(header)
        titles = dict(enumerate(zip(self._header, self._possible, strict=True)))
        titles = {n: told for n, told in titles.items() if n > self._last}
        self._column = find_column(path, titles, chosen or title, bool(chosen), new)
        self._title = chosen or title if self._column is None else header[self._column]
        self._students = self._find_students()
        self._namesakes = Counter(map(self.name, self._students))
        self._keys = [Names(self._known_by(kinds)) for kinds in KEYS]
        self._keys.append(PeoplesNames(self._names()))
        self._sign = self._decimal_sign()

    def _place_of_section(self):
        """The last of the columns that tell who a student is."""
        named = self._header[:1] == ["Student"] or self._header[:2] == ["LastName", "FirstName"]
        if not named or not {"ID", "Section"} <= set(self._header):
            raise BadTable(
                f"{self.path} is no gradebook that Canvas exported: it has {self._header[:6]}, and "
                "needs Student (or LastName and FirstName), ID and Section."
            )
        return self._header.index("Section")

    def _find_students(self):
        """The places of the students' rows; of one who has more, in each section say, the first."""
        found = {}
        for n, row in enumerate(self._rows):
            if self._is_student(row):
                self._mend(n)
                found.setdefault(folded(row[self._header.index("ID")]) or n, n)
        return list(found.values())

    def _mend(self, n):
        """Write as a whole number what a spreadsheet made of it: 4.711E+03."""
        for place in range(self._last):
            cell = self._rows[n][place]
            if self._header[place] in chain(*KEYS):
                self._rows[n][place] = whole(cell, f"{self.path}, row {self._numbers[n]}")

    def _is_student(self, row):
        """Whether a row has a key; rows of points and of words have none."""
        cells = zip(self._header, row[: self._last], strict=False)
        keys = [cell for kind, cell in cells if any(kind in kinds for kinds in KEYS)]
        again = [cell.strip() for cell in row] == self._header
        return POSSIBLE not in row[0] and not again and any(key.strip() for key in keys)

    def _known_by(self, kinds):
        places = [n for n in range(self._last) if self._header[n] in kinds]
        return [(self._rows[n][place], n) for n in self._students for place in places]

    def _names(self):
        """What may be a student's name: his own, or what stands before the @ of a login."""
        yield from ((self.name(n), n) for n in self._students)
        logins = self._known_by(("SIS Login ID",))
        yield from ((login.partition("@")[0], n) for login, n in logins if "@" in login)

    def name(self, n):
        """What a row calls its student."""
        parts = self._rows[n][: 2 if self._header[0] == "LastName" else 1]
        return ", ".join(part.strip() for part in parts)

    def _called(self, n):
        """The same, with the number of the row where two are called so."""
        alone = self._namesakes[self.name(n)] == 1
        return self.name(n) if alone else f"{self.name(n)} (row {self._numbers[n]})"

    def find(self, student):
        """The rows for which the surest of a student's keys fits, and those that others fit."""
        fitting = [names.find(student) for names in self._keys]
        if isinstance(student, CanvasID):
            return fitting[0], set()
        surest = next(filter(None, fitting), set())
        return surest, set().union(*fitting) - surest

    def join(self, students):
        """The row of each student who has one; and in words who has none, on either side."""
        found = {student: self.find(student) for student in sorted(students)}
        partners = {
            student: min(surest) for student, (surest, _) in found.items() if len(surest) == 1
        }
        odd = [
            self._ambiguous(student, surest, others)
            for student, (surest, others) in found.items()
            if len(surest) > 1 or others
        ]
        odd += [
            f"{who} is not in {self.path.name}." for who, (surest, _) in found.items() if not surest
        ]
        away = set(self._students) - set(partners.values())
        names = sorted(self._called(n) for n in away if self.name(n) != TEST_STUDENT)
        return partners, odd + [
            f"{name} is in {self.path.name}, and has no file." for name in names
        ]

    def _ambiguous(self, student, surest, others):
        """That a key fits several, and who gets the points."""
        fits = " and ".join(map(self._keys_and_name(student), [*sorted(surest), *sorted(others)]))
        gets = f"{self._called(*surest)} gets" if len(surest) == 1 else "nobody gets"
        return f"{student} is {fits} in {self.path.name}: {gets} the points."

    def _keys_and_name(self, student):
        """What says of a row which of its keys a student's name is."""

        def said(n):
            cells = zip(self._header[: self._last], self._rows[n], strict=False)
            fitting = [kind for kind, cell in cells if folded(cell) == folded(student)]
            return f"the {' and '.join(fitting) or 'name'} of {self._called(n)}"

        return said

    def write(self, records, archive, path):
        """Write the gradebook as Canvas imports it: who is who, and the one column, filled in.

        One without points, with files of different points, or excused keeps what the export has.
        Returns who that is, in words.
        """
        filled, odd = self._filled(records)
        possible = points(archive.points).replace(".", self._sign)
        given = self._cell(self._possible)
        if given and not any(_is_number(given, worth) for worth in _worth(records, archive)):
            odd.append(
                f"{self._title} has {given} points in Canvas, and {possible} in the archive."
            )
        second = [f"    {POSSIBLE}", *[""] * self._last, given or possible]
        separator = self._separator if self._separator in TAKEN else TAKEN[0]
        with replacing(path) as file:
            table = csv.writer(file, delimiter=separator, lineterminator="\n")
            table.writerows([[*self._header[: self._last + 1], self._title], second])
            table.writerows(filled)
        return odd

    def _filled(self, records):
        """The rows of students, with their points; and in words who gets none, and why."""
        totals, unfinished = defaultdict(set), set()
        for record in records:
            if record["file"] or not record["problem"]:  # all points may be by hand
                totals[record["student"]] |= {points(total(record))} - {""}
            if unmarked(record):
                unfinished.add(record["student"])
        partners, _ = self.join(totals)
        students = defaultdict(list)
        for student, n in partners.items():
            students[n].append(student)
        rows, odd = [], []
        for n in self._students:
            numbers = sorted(set().union(*(totals[student] for student in students[n])))
            cell = self._cell(self._rows[n])
            open_ones = unfinished.intersection(students[n])
            why = _why_it_stays(numbers, cell, open_ones) if students[n] else "it has no file"
            if students[n] and why:
                odd.append(f"{' and '.join(students[n])} {why}.")
            rows.append([*self._who(n), cell if why else numbers[0].replace(".", self._sign)])
        return rows, odd

    def _who(self, n):
        """The cells that tell who a student is, harmless where a student can have written them."""
        names = 2 if self._header[0] == "LastName" else 1
        row = self._rows[n]
        return [*map(harmless, row[:names]), *row[names : self._last + 1]]

    def _cell(self, row):
        """What a row has in the column."""
        return "" if self._column is None else row[self._column].strip()

    def _decimal_sign(self):
        """A comma where numbers of the gradebook have that and none has a point."""
        cells = [cell.strip() for row in self._rows for cell in row[self._last + 1 :]]
        comma, point = (any(map(sign.fullmatch, cells)) for sign in (COMMA, POINT))
        return "," if comma and not point else "."


def _why_it_stays(numbers, cell, unfinished):
    """Why a student with a file keeps what the gradebook has; nothing where he gets his points.

    He keeps more points than those that are ``unfinished``, for marks by hand are to come.
    """
    if not numbers:
        return "has no points: no file could be graded"
    if len(numbers) > 1:
        return f"has files with different points: {', '.join(numbers)}"
    if unfinished and _is_more(cell, numbers[0]):
        return f"keeps {cell}: it is {numbers[0]} until all marks by hand are given"
    return f"has {numbers[0]} points, and stays {cell}" if cell.upper() in KEPT else ""


def _worth(records, archive):
    """What the assignment may be worth in Canvas: without marks by hand, while nobody has one."""
    questions = [question.name for question in archive.by_hand]
    given = (r["questions"].get(n, {}).get("score") for r in records for n in questions)
    marked = any(score is not None for score in given)
    return {archive.points} if marked else {archive.points, archive.machine_points}


def _is_number(text, number):
    """Whether a cell has this number, with a point or with a comma."""
    try:
        return float(text.replace(",", ".")) == number
    except ValueError:
        return False


def _is_more(text, other):
    """Whether a cell has a larger number than another."""
    try:
        return float(text.replace(",", ".")) > float(other.replace(",", "."))
    except ValueError:
        return False
