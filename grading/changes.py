"""What another grading changed: the points before, and after."""

import math
import re
from typing import NamedTuple

from grading.sheet import PLAIN
from grading.tables import BadTable, points, read_table

HEADER = ("student", "file", "before", "after", "questions")
OTHERS = {"student", "file", "possible", "status", "late", "penalty"}  # no column of points
NUMBER = re.compile(r"\d+(?:\.\d+)?")
DECIMAL_COMMA = re.compile(r"^(\d+),(\d+)$")


class Change(NamedTuple):
    """Of one file: its total before and after, and in words which questions changed."""

    student: str
    file: str
    before: str
    after: str
    questions: str


def read_points(path):
    """The rows of a `grades.csv` by file, numbers with a point. Raises BadTable."""
    _, (header, *rows) = read_table(path)
    if not {"file", "total"} <= set(header):
        raise BadTable(f"{path} is no grades.csv: it has the columns {header[:8]}.")
    plain = lambda cell: DECIMAL_COMMA.sub(r"\1.\2", cell)
    cells = [dict(zip(header, map(plain, row), strict=False)) for row in rows]
    return {row["file"]: row for row in cells if row.get("file")}


def find_changes(before, after):
    """The changes of files that have other points than before; new files have none."""
    pairs = ((before[file], row) for file, row in after.items() if file in before)
    changes = [_change(old, new) for old, new in pairs]
    return [change for change in changes if change.before != change.after or change.questions]


def lost_marks(before, after, by_hand):
    """The marks by hand that an earlier grading had and this one has not, in words."""
    lost = [
        f"{row['student']} {name}"
        for file, row in after.items()
        for name in by_hand
        if before.get(file, {}).get(name) and not row.get(name)
    ]
    if not lost:
        return []
    named = ", ".join(lost[:5]) + (" …" if len(lost) > 5 else "")
    return [f"{len(lost)} marks by hand that were there before are in no sheet now: {named}."]


def _change(old, new):
    names = [name for name in new if name not in OTHERS | {"total"}]
    differing = [name for name in names if old.get(name, "") != new[name]]
    told = [f"{name} {_said(old.get(name))} → {_said(new[name])}" for name in differing]
    before, after = (_off(row, names) for row in (old, new))
    told += [f"taken off {before} → {after}"] if before != after else []
    return Change(new["student"], new["file"], old["total"], new["total"], "; ".join(told))


def _off(row, names):
    """How many points less than those of its questions a row has, for days late, as text."""
    total, *scores = (row.get(name, "") for name in ("total", *names))
    if not NUMBER.fullmatch(total):
        return "0"
    reached = math.fsum(float(score) for score in scores if NUMBER.fullmatch(score))
    return points(round(reached - float(total), 5) + 0.0)  # and no -0


def _said(text):
    return text or "none"


def write_changes(changes, path, style=PLAIN):
    """Write the changes as a table; what was written of an earlier grading stays without any."""
    if changes:
        rows = ((c.student, c.file, *map(style.number, c[2:4]), c.questions) for c in changes)
        style.write(path, [HEADER, *rows])


def in_words(changes, most=10):
    """The first changes, in words."""
    said = [
        f"{c.student}: {_said(c.before)} before, {_said(c.after)} now ({c.questions})"
        for c in changes[:most]
    ]
    more = [f"and {len(changes) - most} more, in changes.csv"] if len(changes) > most else []
    return said + more
