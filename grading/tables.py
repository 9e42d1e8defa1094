"""Tables that go in and out: who handed in what, `grades.csv`, Canvas and Gradescope."""

import csv
import io
import json
import re
import shutil
from collections import Counter, defaultdict
from pathlib import Path, PurePosixPath

from grading.feedback import page_name
from grading.files import replacing
from grading.record import total

# What a spreadsheet takes for a formula, also after a sign that it passes over.
FORMULA = re.compile(r"^[\s'\"]*[=+\-@＝＋－＠]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Canvas' download of all submissions: name, perhaps LATE, user, attachment, the file's own name.
FROM_CANVAS = re.compile(r"^.+?(?:_LATE)?_(\d+)_\d+_.+$", re.DOTALL)
COPY = re.compile(r" ?\(\d+\)$")  # what a browser appends to a second download
COUNTS = {2: "two", 3: "three", 4: "four", 5: "five"}
MOST_NAMED, MOST_NOTES, LONGEST_NOTE = 5, 2, 200
KEYS = ("ID", "SIS User ID", "SIS Login ID")
POSSIBLE = "Points Possible"


class BadTable(Exception):
    """A roster or a gradebook that cannot be used; the message says what it should have."""


def student_of(name, roster=None):
    """The student who handed in a file, by its name relative to the folder.

    The roster counts first; then the number of the user in the names that Canvas gives; then the
    folder in which the file is; then the file's own name.
    """
    path = PurePosixPath(name)
    for key in (name, path.name, path.stem, path.parts[0]):
        if roster and key in roster:
            return roster[key]
    found = FROM_CANVAS.match(path.name)
    if found:
        return found[1]
    if len(path.parts) > 1:
        return path.parts[0]
    return COPY.sub("", path.stem) or name


def read_roster(path):
    """The students by file, from a CSV with the columns `file` and `student`.

    A file may be given by its path in the folder, its name with or without ending, or its folder.
    Raises BadTable.
    """
    _, rows = _read(path)
    header = [cell.strip().lower() for cell in rows[0]]
    if "file" not in header or "student" not in header:
        raise BadTable(f"{path} needs the columns `file` and `student`; it has {rows[0]}.")
    file, student = header.index("file"), header.index("student")
    pairs = [(row[file].strip(), row[student].strip()) for row in rows[1:] if len(row) > 1]
    doubled = [name for name, count in Counter(name for name, _ in set(pairs)).items() if count > 1]
    if doubled:
        raise BadTable(f"{path} gives {doubled[0]} to more than one student.")
    return {name: who for name, who in pairs if name and who}


def _read(path):
    """The separator and the rows of a CSV file."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        first = text.partition("\n")[0]
        separator = ";" if first.count(";") > first.count(",") else ","
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except (OSError, ValueError, csv.Error) as error:
        raise BadTable(f"{path} cannot be read: {error}") from error
    if not rows:
        raise BadTable(f"{path} is empty.")
    return separator, [row for row in rows if any(cell.strip() for cell in row)]


def with_students(names, roster=None):
    """Rows to come, as (student, file, note), in their order; a note where one student has more."""
    files = defaultdict(list)
    for name in names:
        files[student_of(name, roster)].append(name)
    return [
        (student, name, _several(theirs))
        for student, theirs in sorted(files.items())
        for name in sorted(theirs)
    ]


def _several(names):
    """That one student handed in several files, in words."""
    if len(names) == 1:
        return ""
    named, more = sorted(names)[:MOST_NAMED], len(names) - MOST_NAMED
    last = f"{more} more" if more > 0 else named.pop()
    count = COUNTS.get(len(names), len(names))
    return f"{count} files: {', '.join(named)} and {last}"


def points(number):
    """A number of points as text: 2, 2.5, and nothing where there is none."""
    return "" if number is None else f"{number:.5f}".rstrip("0").rstrip(".")


def status(record):
    """What there is to say of a record, in words: also which cells went wrong, where it counts."""
    said = [record["problem"], record["remark"]]
    if "no test passed" not in record["remark"]:  # which names them already
        notes = record["notes"]
        said += [note[:LONGEST_NOTE] for note in notes[:MOST_NOTES]]
        said += [f"and {len(notes) - MOST_NOTES} more"] if len(notes) > MOST_NOTES else []
    return "; ".join(filter(None, said)) or "graded"


def harmless(text):
    """A student's text as a cell: on one line, and no formula."""
    text = CONTROL.sub(" ", text.encode("utf-8", "backslashreplace").decode())
    return f"'{text}" if FORMULA.match(text) else text


def write_grades(records, archive, path):
    """Write `grades.csv`: a row for each record, in their order."""
    names = [question.name for question in archive.questions]
    possible = points(sum(question.points for question in archive.questions))
    with replacing(path) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["student", "file", "total", "possible", *map(harmless, names), "status"])
        for record in records:
            scores = [record["questions"].get(name, {}).get("score") for name in names]
            who = harmless(record["student"]), harmless(record["file"])
            row = [*who, points(total(record)), possible, *map(points, scores)]
            table.writerow([*row, harmless(status(record))])


def write_canvas(records, archive, gradebook, path, column=None):
    """Write a gradebook that Canvas imports: the students of its export, and one column of points.

    ``column`` is the assignment's name in Canvas, by default the archive's. Students are known by
    ID, SIS User ID or SIS Login ID. One without points, or with files of different points, keeps
    what the export has. Returns what needs a look, in words. The format: "How do I import grades in
    the Gradebook?", Canvas Instructor Guide, and canvas-lms, lib/gradebook_importer.rb.
    """
    separator, (header, *rows) = _read(gradebook)
    if not {"Student", "ID", "Section"} <= set(header):
        raise BadTable(f"{gradebook} is no gradebook that Canvas exported: it has {header[:6]}.")
    title, told = column or archive.assignment, header.index("Section") + 1
    titles = {re.sub(r" \(\d+\)$", "", header[n]): n for n in range(told, len(header))}
    place = titles.get(title, header.index(title) if title in header else None)
    # Of each row only what tells who it is, and the assignment's cell: Canvas wants no more.
    rows = [
        [*row[:told], row[place] if place is not None and place < len(row) else ""] for row in rows
    ]
    possible = points(sum(question.points for question in archive.questions))
    given = [row[-1].strip() for row in rows if POSSIBLE in row[0]]
    totals, odd = _totals(records)
    if given and given[0] and float(given[0]) != float(possible):
        odd.append(f"{title} has {given[0]} points in Canvas, and {possible} in the archive.")
    students = [_canvas_row(row, header, totals) for row in rows if POSSIBLE not in row[0]]
    odd += [f"{student} is not in {gradebook}." for student in sorted(totals)]
    top = [*header[:told], title if place is None else header[place]]
    second = [f"    {POSSIBLE}", *[""] * (told - 1), (given and given[0]) or possible]
    with replacing(path) as file:
        table = csv.writer(file, delimiter=separator, lineterminator="\n")
        table.writerows([top, second, *filter(None, students)])
    return odd


def _canvas_row(row, header, totals):
    """A student's row with the points, which are taken out of ``totals``; None for other rows."""
    keys = [
        row[n].strip().casefold() for n, name in enumerate(header[: len(row) - 1]) if name in KEYS
    ]
    if not any(keys):
        return None
    found = next((key for key in keys if key in totals), None)
    return [harmless(row[0]), *row[1:-1], totals.pop(found) if found else row[-1].strip()]


def _totals(records):
    """The points by student, as text; and in words who has none, or too many."""
    found = defaultdict(set)
    for record in records:
        found[record["student"].casefold()].add(points(total(record)))
    odd = [
        f"{student} has no points: no file could be graded."
        if numbers == {""}
        else f"{student} has files with different points: {', '.join(sorted(numbers - {''}))}."
        for student, numbers in found.items()
        if len(numbers - {""}) != 1
    ]
    clear = ((student, numbers - {""}) for student, numbers in found.items())
    return {student: numbers.pop() for student, numbers in clear if len(numbers) == 1}, odd


def write_gradescope(records, folder):
    """Write `results.json` for each graded file, in a folder of its own, as Gradescope reads it.

    Hidden tests are hidden, and without a message. The format:
    https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format".
    """
    shutil.rmtree(folder, ignore_errors=True)  # of a file that is no longer there nothing stays
    for record in records:
        if record["problem"]:
            continue  # Gradescope would take a file without points for one with 0
        where = Path(folder, page_name(record).removesuffix(".html"))
        where.mkdir(parents=True)
        with replacing(where / "results.json") as file:
            json.dump(_for_gradescope(record), file, indent=1)


def _for_gradescope(record):
    tests = [
        {
            "name": f"{name}, test {number}",
            "score": test["points"],
            "max_score": test["possible"],
            "status": "passed" if test["passed"] else "failed",
            "output": "" if test["hidden"] else test["message"],
            "visibility": "hidden" if test["hidden"] else "visible",
        }
        for name, question in record["questions"].items()
        for number, test in enumerate(question["tests"], start=1)
    ]
    said = [record["remark"], *record["notes"]]
    return {"score": total(record), "output": "\n".join(filter(None, said)), "tests": tests}
