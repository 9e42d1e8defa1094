"""Who handed in what: by a roster, or by the names of the files."""

import re
from collections import Counter, defaultdict
from pathlib import PurePosixPath

from grading.tables import BadTable, read_table

# Canvas' download of all submissions: name, perhaps LATE, user, attachment, the file's own name.
FROM_CANVAS = re.compile(r"^.+?(?:_LATE)?_(\d+)_\d+_.+$", re.DOTALL)
COPY = re.compile(r" ?\(\d+\)$")  # what a browser appends to a second download
COUNTS = {2: "two", 3: "three", 4: "four", 5: "five"}
MOST_NAMED = 5  # of one student's files


def read_roster(path):
    """The students by file, from a CSV with the columns `file` and `student`.

    A file may be given by its path in the folder, its name with or without ending, or its folder.
    Raises BadTable.
    """
    _, rows = read_table(path)
    header = [cell.strip().lower() for cell in rows[0]]
    if "file" not in header or "student" not in header:
        raise BadTable(f"{path} needs the columns `file` and `student`; it has {rows[0]}.")
    file, student = header.index("file"), header.index("student")
    pairs = [(row[file].strip(), row[student].strip()) for row in rows[1:] if len(row) > 1]
    doubled = [name for name, count in Counter(name for name, _ in set(pairs)).items() if count > 1]
    if doubled:
        raise BadTable(f"{path} gives {doubled[0]} to more than one student.")
    return {name: who for name, who in pairs if name and who}


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
