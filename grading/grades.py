"""`grades.csv`: a row for each file."""

import csv

from grading.files import replacing
from grading.record import total
from grading.tables import harmless, points

MOST_NOTES, LONGEST_NOTE = 2, 200


def write_grades(records, archive, path):
    """Write `grades.csv`: a row for each record, in their order."""
    names = archive.names
    possible = points(archive.points)
    with replacing(path) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(
            ["student", "file", "late", "total", "possible", *map(harmless, names), "status"]
        )
        for record in records:
            scores = [record["questions"].get(name, {}).get("score") for name in names]
            who = harmless(record["student"]), harmless(record["file"])
            late = "LATE" if record["late"] else ""
            row = [*who, late, points(total(record)), possible, *map(points, scores)]
            table.writerow([*row, harmless(_status(record))])


def _status(record):
    """What there is to say of a record, in words: also which cells went wrong, where it counts."""
    said = [record["problem"], record["remark"], record.get("penalty", {}).get("words")]
    if "no test passed" not in record["remark"]:  # which names them already
        notes = record["notes"]
        said += [note[:LONGEST_NOTE] for note in notes[:MOST_NOTES]]
        said += [f"and {len(notes) - MOST_NOTES} more"] if len(notes) > MOST_NOTES else []
    return "; ".join(filter(None, said)) or "graded"
