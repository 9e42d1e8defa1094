"""One run: what is to be graded, graded where no result is kept yet, and written out."""

import contextlib
import hashlib
import tempfile

from grading.archive import read_archive
from grading.batch import grade_files
from grading.canvas import write_canvas
from grading.desk import Desk
from grading.feedback import write_feedback
from grading.folder import find_files
from grading.grades import write_grades
from grading.gradescope import write_gradescope
from grading.journal import Journal
from grading.process import Job
from grading.progress import progress
from grading.record import ungraded
from grading.report import print_report, print_told
from grading.roster import read_roster, with_students
from grading.sandbox import Limits, find_bubblewrap
from grading.statistics import Statistics
from grading.submission import Submission, read_bytes, read_submission
from grading.tables import harmless, points

NOT_YET = Submission("", problem="not graded yet: run the command without --only")


class WrongUse(Exception):
    """Something in the command does not fit; the message says what."""


def dry_run(options):
    """Print what would be graded, and write nothing. Raises WrongUse, BadTable, BadArchive."""
    rows = _rows(options)
    with tempfile.TemporaryDirectory() as folder:
        archive = read_archive(options.archive, folder)
    possible = points(archive.machine_points)
    print(f"{archive.assignment}: {len(archive.questions)} questions, {possible} points")
    for question in archive.by_hand:
        print(f"{question.name}: {points(question.points)} points by hand")
    for student, name, note in rows:
        if options.only in (None, student):
            submission = read_submission(options.folder / name)
            said = submission.problem or f"{len(submission.cells)} cells of code"
            print("  ".join(map(harmless, filter(None, (student, name, said, note)))))


def run(options):
    """Grade the folder and write all tables and pages; returns whether every file was graded.

    Raises WrongUse, BadTable, BadArchive, BadJournal, NoSandbox, and OSError for a full disk.
    """
    rows = _rows(options)
    if not options.unsafe_no_sandbox:
        find_bubblewrap()
    if options.canvas and not options.canvas.is_file():
        raise WrongUse(f"{options.canvas} is no file.")
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        archive = read_archive(options.archive, folder)
    desk = Desk(options, archive, {student for student, _, _ in rows})
    limits = Limits(seconds=options.seconds)
    job = Job(options.archive, options.folder, limits, options.unsafe_no_sandbox)
    with Journal(options.out / "results.sqlite", _identity(job)) as journal:
        _grade(options, job, rows, journal)
        results = _Results(rows, journal, desk)
        odd = _write(options, archive, results, desk)
        statistics = Statistics(archive, results)
    odd += desk.compare()
    print_report(statistics, odd, options.out)
    print_told(desk.told)
    return not statistics.ungraded


def _rows(options):
    """The files as (student, file, note), in the order of the table. Raises WrongUse, BadTable."""
    if not options.folder.is_dir():
        raise WrongUse(f"{options.folder} is no folder.")
    if options.out.resolve() == options.folder.resolve():
        raise WrongUse("--out must be another folder than the students' files.")
    if options.jobs < 1 or not options.seconds > 0:
        raise WrongUse("--jobs and --seconds must be positive.")
    by_name = options.student_id_from == "filename"
    roster = None if by_name else read_roster(options.student_id_from)
    rows = with_students(find_files(options.folder, but=options.out), roster)
    if not rows:
        raise WrongUse(f"{options.folder} is empty: there is nothing to grade.")
    students = {student for student, _, _ in rows}
    if options.only is not None and options.only not in students:
        some = ", ".join(sorted(students)[:5])
        raise WrongUse(f"No file of {options.only}. Students are called: {some} …")
    return rows


def _identity(job):
    """What makes two runs the same, for the journal."""
    digest = hashlib.sha256(job.archive.read_bytes()).hexdigest()
    return {"archive": digest, "limits": job.limits._asdict(), "sandboxed": not job.unsafe}


def _grade(options, job, rows, journal):
    """Grade what the journal does not have yet, or with ``--only`` what that student has."""
    if options.only is not None:
        names = [name for student, name, _ in rows if student == options.only]
    else:
        names = [name for _, name, _ in rows if not _is_known(options.folder / name, name, journal)]
    # In --out, so that the next run finds and removes what a killed one leaves.
    scratch = options.out / ".work"
    with contextlib.closing(grade_files(job, names, options.jobs, scratch)) as records:
        for record in progress(records, len(names), len(rows) - len(names)):
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

    def __init__(self, rows, journal, desk):
        self._rows, self._journal, self._desk = rows, journal, desk

    def __iter__(self):
        known = {student for student, _, _ in self._rows}
        for student, name, note in self._rows:
            record = self._journal.get(name) or ungraded(name, NOT_YET)
            owner = record.get("variant", "").partition("/")[2]
            other = f"this is the notebook of {owner}" if owner in known - {student} else ""
            remark = "; ".join(filter(None, (record["remark"], other, note)))
            yield self._desk.applied({**record, "student": student, "remark": remark})


def _write(options, archive, results, desk):
    """Write all tables and pages; returns what needs a look, in words."""
    out, odd = options.out, [*desk.odd]
    write_grades(results, archive, out / "grades.csv")
    if options.canvas:
        column = options.canvas_column
        told = write_canvas(results, archive, options.canvas, out / "canvas.csv", column)
        odd += [f"Canvas: {words}" for words in told]
    if options.gradescope:
        write_gradescope(results, out / "gradescope")
    write_feedback(results, archive, out)
    for step in desk.steps(results):
        step()
    return odd
