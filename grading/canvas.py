"""A gradebook of Canvas, filled in."""

import csv
import re
from collections import defaultdict

from grading.files import replacing
from grading.record import total, unmarked
from grading.tables import BadTable, harmless, points, read_table

KEYS = ("ID", "SIS User ID", "SIS Login ID")
POSSIBLE = "Points Possible"


def write_canvas(records, archive, gradebook, path, column=None):
    """Write a gradebook that Canvas imports: the students of its export, and one column of points.

    ``column`` is the assignment's name in Canvas, by default the archive's. Students are known by
    ID, SIS User ID or SIS Login ID. One without points, or with files of different points, keeps
    what the export has. Returns what needs a look, in words. The format: "How do I import grades in
    the Gradebook?", Canvas Instructor Guide, and canvas-lms, lib/gradebook_importer.rb.
    """
    title = column or archive.assignment
    separator, header, rows = _read_column(gradebook, title)
    given = next((row[-1].strip() for row in rows if POSSIBLE in row[0]), "")
    possible = points(archive.points)
    totals, odd = _totals(records)
    if given and not any(_is_number(given, worth) for worth in _worth(records, archive)):
        odd.append(f"{title} has {given} points in Canvas, and {possible} in the archive.")
    unfinished = {r["student"].casefold() for r in records if unmarked(r)}
    students = [
        _canvas_row(row, header, totals, unfinished, odd) for row in rows if POSSIBLE not in row[0]
    ]
    odd += [f"{student} is not in {gradebook}." for student in sorted(totals)]
    second = [f"    {POSSIBLE}", *[""] * (len(header) - 2), given or possible]
    with replacing(path) as file:
        table = csv.writer(file, delimiter=separator, lineterminator="\n")
        table.writerows([header, second, *filter(None, students)])
    return odd


def _read_column(gradebook, title):
    """A gradebook's separator, header and rows: who is who, and last the column of that title.

    Canvas wants no more. The column is blank where the gradebook does not have it.
    """
    separator, (header, *rows) = read_table(gradebook)
    if not {"Student", "ID", "Section"} <= set(header):
        raise BadTable(f"{gradebook} is no gradebook that Canvas exported: it has {header[:6]}.")
    told = header.index("Section") + 1
    titles = {re.sub(r" \(\d+\)$", "", header[n]): n for n in range(told, len(header))}
    place = titles.get(title, header.index(title) if title in header else None)
    column = slice(0) if place is None else slice(place, place + 1)
    rows = [[*row[:told], *(row[column] or [""])] for row in rows]
    return separator, [*header[:told], *(header[column] or [title])], rows


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


def _canvas_row(row, header, totals, unfinished=(), odd=None):
    """A student's row with the points, which are taken out of ``totals``; None for other rows.

    More points than those of somebody with marks to come, ``unfinished``, are kept, and it is told
    in ``odd``.
    """
    cells = zip(header, row[:-1], strict=False)
    keys = [cell.strip().casefold() for name, cell in cells if name in KEYS]
    if not any(keys):
        return None
    found = next((key for key in keys if key in totals), None)
    before = row[-1].strip()
    after = totals.pop(found) if found else before
    if found in unfinished and _is_more(before, after):
        odd.append(f"{row[0]} keeps {before}: it is {after} until all marks by hand are given.")
        after = before
    return [harmless(row[0]), *row[1:-1], after]


def _is_more(text, other):
    """Whether a cell has a larger number than another."""
    try:
        return float(text.replace(",", ".")) > float(other.replace(",", "."))
    except ValueError:
        return False


def _totals(records):
    """The points by student, as text; and in words who has none, or too many."""
    found = defaultdict(set)
    for record in records:
        found[record["student"].casefold()] |= {points(total(record))} - {""}
    totals, odd = {}, []
    for student, numbers in found.items():
        if len(numbers) == 1:
            (totals[student],) = numbers
        elif numbers:
            several = ", ".join(sorted(numbers))
            odd.append(f"{student} has files with different points: {several}.")
        else:
            odd.append(f"{student} has no points: no file could be graded.")
    return totals, odd
