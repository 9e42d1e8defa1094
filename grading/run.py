"""One run: what is to be graded, graded where no result is kept yet, and written out."""

import contextlib
import hashlib
import tempfile

from grading.archive import read_archive
from grading.attendance import take_attendance
from grading.batch import grade_files
from grading.desk import Desk
from grading.feedback import write_feedback
from grading.grades import write_grades
from grading.gradescope import write_gradescope
from grading.journal import Journal
from grading.names import PeoplesNames
from grading.process import Job
from grading.progress import progress
from grading.record import ungraded
from grading.report import print_odd, print_report, print_told
from grading.sandbox import Limits, find_bubblewrap
from grading.statistics import Statistics
from grading.submission import Submission, read_bytes, read_submission
from grading.tables import harmless, points

NOT_YET = Submission("", problem="not graded yet: run the command without --only")
NO_FILE = Submission("", problem="no file")


class WrongUse(Exception):
    """Something in the command does not fit; the message says what."""


def dry_run(options):
    """Print what would be graded, and write nothing; returns whether everybody has his partners.

    Raises WrongUse, BadTable, BadArchive.
    """
    _check(options)
    with tempfile.TemporaryDirectory() as folder:
        archive = read_archive(options.archive, folder)
    attendance = _attendance(options, archive)
    possible = points(archive.machine_points)
    print(f"{archive.assignment}: {len(archive.questions)} questions, {possible} points")
    for question in archive.by_hand:
        print(f"{question.name}: {points(question.points)} points by hand")
    for student, name, note, _ in attendance.rows:
        if options.only in (None, student):
            submission = read_submission(options.folder / name) if name else NO_FILE
            said = submission.problem or f"{len(submission.cells)} cells of code"
            print("  ".join(map(harmless, filter(None, (student, name, said, note)))))
    print_odd(attendance.odd, attendance.strays)
    return not attendance.odd


def run(options):
    """Grade the folder and write all tables and pages; returns whether nothing is left to look at.

    Raises WrongUse, BadTable, BadArchive, BadJournal, NoSandbox, and OSError for a full disk.
    """
    _check(options)
    if not options.unsafe_no_sandbox:
        find_bubblewrap()
    with tempfile.TemporaryDirectory() as folder:
        archive = read_archive(options.archive, folder)
    attendance = _attendance(options, archive)
    desk = Desk(options, archive, {row.student for row in attendance.rows})
    options.out.mkdir(parents=True, exist_ok=True)
    limits = Limits(seconds=options.seconds)
    job = Job(options.archive, options.folder, limits, options.unsafe_no_sandbox)
    with Journal(options.out / "results.sqlite", _identity(job)) as journal:
        _grade(options, job, attendance.rows, journal)
        results = _Results(attendance, journal, desk)
        odd = _write(options, archive, attendance, results, desk)
        statistics = Statistics(archive, results)
    print_report(statistics, odd, attendance.strays, options.out)
    print_told(desk.told)
    return not statistics.ungraded and not odd


def _check(options):
    """Raise WrongUse where the command cannot be meant."""
    if not options.folder.is_dir():
        unpack = "; unpack it first" if options.folder.suffix.casefold() == ".zip" else ""
        raise WrongUse(f"{options.folder} is no folder{unpack}.")
    if options.out.resolve() == options.folder.resolve():
        raise WrongUse("--out must be another folder than the students' files.")
    if options.jobs < 1 or not options.seconds > 0:
        raise WrongUse("--jobs and --seconds must be positive.")


def _attendance(options, archive):
    """Whose the files are, by all tables; ``options.only`` is then a student of it, or None.

    Raises WrongUse, BadTable.
    """
    attendance = take_attendance(options, archive)
    if not any(row.file for row in attendance.rows):
        raise WrongUse(f"{options.folder} is empty: there is nothing to grade.")
    if options.only is not None:
        students = {row.student for row in attendance.rows if row.file}
        meant = PeoplesNames((student, student) for student in students).find(options.only)
        if len(meant) != 1:
            some = ", ".join(sorted(students)[:5])
            raise WrongUse(f"No file of {options.only}. Students are called: {some} …")
        (options.only,) = meant
    return attendance


def _identity(job):
    """What makes two runs the same, for the journal."""
    digest = hashlib.sha256(job.archive.read_bytes()).hexdigest()
    return {"archive": digest, "limits": job.limits._asdict(), "sandboxed": not job.unsafe}


def _grade(options, job, rows, journal):
    """Grade what the journal does not have yet, or with ``--only`` what that student has."""
    files = [row.file for row in rows if row.file]
    if options.only is not None:
        names = [row.file for row in rows if row.file and row.student == options.only]
    else:
        names = [name for name in files if not _is_known(options.folder / name, name, journal)]
    # In --out, so that the next run finds and removes what a killed one leaves.
    scratch = options.out / ".work"
    with contextlib.closing(grade_files(job, names, options.jobs, scratch)) as records:
        for record in progress(records, len(names), len(files) - len(names)):
            journal.append(record)


def _is_known(path, name, journal):
    """Whether the journal has this very file; what could not be graded is always tried again."""
    record = journal.get(name)
    if record is None or record["problem"]:
        return False
    data, problem = read_bytes(path)
    return not problem and hashlib.sha256(data).hexdigest() == record["digest"]


class _Results:
    """The records in the table's order, read from the journal one by one, as often as asked for."""

    def __init__(self, attendance, journal, desk):
        self._rows, self._drawn, self._journal = attendance.rows, attendance.drawn, journal
        self._desk = desk

    def __iter__(self):
        for student, name, note, late in self._rows:
            record = self._journal.get(name) or ungraded(name, NOT_YET if name else NO_FILE)
            owner = record.get("variant", "").partition("/")[2]
            is_his = owner in ("", student, self._drawn.get(student))
            other = "" if is_his else f"this is the notebook of {owner[:80]}"
            remark = "; ".join(filter(None, (record["remark"], other, note)))
            told = {"student": student, "remark": remark, "late": late}
            yield self._desk.applied({**record, **told})


def _write(options, archive, attendance, results, desk):
    """Write all tables and pages; returns what needs a look, in words.

    Where one cannot be written the others are, before that is raised.
    """
    out, odd, problems = options.out, [*desk.odd, *attendance.odd], []

    def write_canvas():
        odd[:0] = attendance.gradebook.write(results, archive, out / "canvas.csv")

    steps = [
        lambda: write_grades(results, archive, out / "grades.csv", desk.style),
        *([write_canvas] if attendance.gradebook else []),
        *([lambda: write_gradescope(results, out / "gradescope")] if options.gradescope else []),
        *desk.steps(results),
        lambda: odd.extend(desk.compare()),
        lambda: write_feedback(results, archive, out, odd, attendance.strays, desk.changes),
    ]
    for step in steps:
        try:
            step()
        except Exception as problem:
            problems.append(problem)
    if problems:
        raise problems[0]
    return odd
