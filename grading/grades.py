"""`grades.csv`: a row for each file."""

from grading.record import total
from grading.sheet import PLAIN
from grading.tables import harmless

MOST_NOTES, LONGEST_NOTE = 2, 200


def write_grades(records, archive, path, style=PLAIN):
    """Write `grades.csv`: a row for each record, in their order."""
    style.write(path, _rows(records, archive, style.points))


def _rows(records, archive, points):
    """The rows of the table, the first with its columns; ``points`` makes a cell of a number."""
    names, possible = archive.names, points(archive.points)
    yield ["student", "file", "late", "total", "possible", *map(harmless, names), "status"]
    for record in records:
        scores = [record["questions"].get(name, {}).get("score") for name in names]
        who = harmless(record["student"]), harmless(record["file"])
        late = "LATE" if record["late"] else ""
        row = [*who, late, points(total(record)), possible, *map(points, scores)]
        yield [*row, harmless(_status(record))]


def _status(record):
    """What there is to say of a record, in words: also which cells went wrong, where it counts."""
    said = [record["problem"], record["remark"], record.get("penalty", {}).get("words")]
    if "no test passed" not in record["remark"]:  # which names them already
        notes = record["notes"]
        said += [note[:LONGEST_NOTE] for note in notes[:MOST_NOTES]]
        said += [f"and {len(notes) - MOST_NOTES} more"] if len(notes) > MOST_NOTES else []
    return "; ".join(filter(None, said)) or "graded"
