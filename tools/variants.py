"""A notebook of his own for every student: `make assignments SEED=2027-spring VARIANTS=roster.csv`.

python -m tools.variants 2027-spring roster.csv [MASTER.ipynb …]
"""

import functools
import io
import json
import re
import shutil
import sys
import tempfile
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from grading.archive import ABOUT, DRAWN
from grading.roster import STUDENT
from grading.tables import BadTable, column, read_table
from tools.assignments import derive, derive_all, folder_of, repack
from tools.course import CourseError, read_course


def derive_variants(masters, students, drawn, into):
    """Derive a set in which every student has a notebook of his own, in ``into``/students/.

    The zips in ``into``/solutions grade them all: they have the tests of each student's notebook.
    """
    derive_all(masters, into, key=drawn)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for master in masters:
            job = functools.partial(_variant, master, into, drawn)
            tests, about = {}, {}
            for student, made in zip(students, pool.map(job, students), strict=True):
                tests[student], about[student] = made
            place = f"{master.parent.name}/{master.stem}"
            archive = into / "solutions" / f"{place}.zip"
            text = json.dumps({"set": drawn, "students": tests, "about": about})
            repack(io.BytesIO(archive.read_bytes()), archive, {DRAWN: text})
            print(f"Derived {place} for {len(students)} students", flush=True)


def _variant(master, into, drawn, student):
    """Write one student's own notebook; returns its test files, by question, and its ABOUT."""
    with tempfile.TemporaryDirectory() as folder:
        derive(master, Path(folder), execute=False, key=f"{drawn}/{student}")
        place = Path(master.parent.name) / master.name
        target = into / "students" / student / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(folder) / "notebooks" / place, target)
        with zipfile.ZipFile(Path(folder) / "solutions" / place.with_suffix(".zip")) as made:
            names = [name for name in made.namelist() if name.startswith("tests/")]
            tests = {Path(name).stem: made.read(name).decode() for name in names}
            return tests, json.loads(made.read(ABOUT))


def read_students(roster):
    """The students of a CSV table with a column `student`; CourseError where that cannot be."""
    try:
        _, (header, *rows) = read_table(roster)
        place = column(roster, header, *STUDENT)
    except BadTable as error:
        raise CourseError(f"{roster} cannot be read: {error}") from error
    if not rows or place is None:
        raise CourseError(f"{roster} needs a column `student`, and a line for each of them.")
    students = ["".join(row[place:][:1]).strip() for row in rows]
    for student in students:
        if not re.fullmatch(r"\w[\w .@+-]*", student):
            raise CourseError(f"{roster}: {student!r} cannot be the name of a folder.")
    if doubled := {student for student in students if students.count(student) > 1}:
        raise CourseError(f"{roster} has {min(doubled)} more than once.")
    return students


def main(drawn, roster, *names):
    """Derive the masters of these names, or all, for the students of a roster."""
    try:
        masters = [Path(name).resolve() for name in names] or read_course().masters()
        derive_variants(masters, read_students(roster), drawn, folder_of(drawn))
    except CourseError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("Say both: make assignments SEED=2027-spring VARIANTS=roster.csv")
    main(*sys.argv[1:])
