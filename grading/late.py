"""What comes off for days late, by a rule in one line: "10% a day, at most 50%"."""

import math
import re
from typing import NamedTuple

from grading.people import People
from grading.record import total
from grading.tables import BadTable, points, read_cells

AMOUNT = r"(\d+(?:[.,]\d+)?) ?(%|points?)"
RULE = re.compile(
    rf"{AMOUNT} (?:a|per|each) day(?:, (?:at most|up to) {AMOUNT})?(?:, (\d+) days? free)?",
    re.IGNORECASE,
)
EXAMPLES = '"10% a day, at most 50%" or "1 point a day, 2 days free"'
DAYS = re.compile(r"\d+(?:[.,]\d+)?")


class Rule(NamedTuple):
    """An amount for each day that is not free, and at most one: a number of points or of %."""

    words: str
    each: tuple
    most: tuple
    free: int

    def off(self, reached, days):
        """How many of the points reached come off for days late; each day begun counts."""
        late = max(math.ceil(days) - self.free, 0)
        (each, unit), (most, most_unit) = self.each, self.most
        off = late * each * (reached / 100 if unit == "%" else 1)
        return round(min(off, most * (reached / 100 if most_unit == "%" else 1), reached), 5)


def read_rule(text):
    """A rule for days late. Raises BadTable where it is none."""
    found = RULE.fullmatch(text.strip())
    if not found:
        raise BadTable(f"--late {text!r} is no rule that is known; say {EXAMPLES}.")
    each, unit, most, most_unit, free = found.groups()
    most = (100.0, "%") if most is None else (_number(most), most_unit)
    return Rule(text.strip(), (_number(each), unit), most, int(free or 0))


def _number(text):
    return float(text.replace(",", "."))


def read_days(path, students):
    """The days late of each student, from a CSV with the columns `student` and `days`; and in words
    whom it names and nobody knows. Raises BadTable.
    """
    header, rows = read_cells(path)
    if not {"student", "days"} <= set(header):
        raise BadTable(f"{path} needs the columns `student` and `days`; it has {header[:8]}.")
    people, days, odd = People(students), {}, []
    for number, cells in rows:
        name, said = cells["student"], cells["days"] or "0"
        if not DAYS.fullmatch(said):
            raise BadTable(f"{path}, row {number} ({name}): {said!r} is no number of days.")
        student = people.find(name)
        if student is None:
            odd.append(f"{name} is in {path}, and has no file.")
        elif days.setdefault(student, _number(said)) != _number(said):
            raise BadTable(f"{path}, row {number}: {name} has two numbers of days.")
    return days, odd


class Late:
    """A rule, or None, and the days late of students; Canvas's LATE is one day, where not given."""

    def __init__(self, rule=None, days=None):
        self._rule, self._days = rule, days or {}

    def applied(self, record):
        """A record with what comes off its points, "penalty"; as it is where nothing does."""
        days = self._days.get(record["student"], int(record["late"]))
        if self._rule is None or record["problem"] or not days:
            return record
        off = self._rule.off(total(record), days)
        late = f"{points(days)} {'day' if days == 1 else 'days'} late"
        words = f"{points(off)} points less: {late} ({self._rule.words})"
        return record | {"penalty": {"off": off, "words": words}}
