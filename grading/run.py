"""One run: what is to be graded, graded where no result is kept yet, and written out."""

import contextlib
import hashlib
import tempfile

from grading.archive import read_archive
from grading.batch import grade_files
from grading.canvas import write_canvas
from grading.canvas_feedback import write_canvas_feedback
from grading.changes import find_changes, in_words, lost_marks, read_points, write_changes
from grading.class_page import write_class_page
from grading.feedback import write_feedback
from grading.folder import find_files
from grading.grades import write_grades
from grading.gradescope import write_gradescope
from grading.journal import Journal
from grading.late import Late, read_days, read_rule
from grading.marking import write_marking
from grading.marks import find_sheets, read_marks
from grading.process import Job
from grading.progress import progress
from grading.record import ungraded
from grading.report import print_report, print_told
from grading.roster import read_roster, with_students
from grading.sandbox import Limits, find_bubblewrap
from grading.similarity import write_similarity
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
    students = {student for student, _, _ in rows}
    marks = _read_marks(options, archive, students)
    late, unknown = _read_late(options, students)
    before = _read_before(options)
    limits = Limits(seconds=options.seconds)
    job = Job(options.archive, options.folder, limits, options.unsafe_no_sandbox)
    with Journal(options.out / "results.sqlite", _identity(job)) as journal:
        _grade(options, job, rows, journal)
        results = _Results(rows, journal, (marks, late))
        odd, to_do = _write(options, archive, results, marks)
        statistics = Statistics(archive, results)
    after = read_points(options.out / "grades.csv")
    lost = lost_marks(before, after, [question.name for question in archive.by_hand])
    print_report(statistics, unknown + odd + lost, options.out)
    print_told(to_do + _changes(before, after, options.out))
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


def _read_late(options, students):
    """What comes off for days late, and in words who in the table is unknown. Raises BadTable."""
    if not options.late:
        if options.late_days:
            raise WrongUse("--late-days needs a rule: --late '10% a day'.")
        return Late(), []
    rule = read_rule(options.late)
    days, odd = read_days(options.late_days, students) if options.late_days else ({}, [])
    return Late(rule, days), odd


def _read_marks(options, archive, students):
    """All marks by hand, of the sheets in --out and of others. Raises BadTable."""
    paths = {path.resolve(): path for path in (*find_sheets(options.out), *options.marks)}
    return read_marks(paths.values(), archive, students)


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

    def __init__(self, rows, journal, applied):
        self._rows, self._journal, self._applied = rows, journal, applied

    def __iter__(self):
        known = {student for student, _, _ in self._rows}
        for student, name, note in self._rows:
            record = self._journal.get(name) or ungraded(name, NOT_YET)
            owner = record.get("variant", "").partition("/")[2]
            other = f"this is the notebook of {owner}" if owner in known - {student} else ""
            remark = "; ".join(filter(None, (record["remark"], other, note)))
            told = {**record, "student": student, "remark": remark}
            for each in self._applied:  # marks by hand, then what comes off for days late
                told = each.applied(told)
            yield told


def _read_before(options):
    """The points of an earlier grading, to compare with. Raises BadTable."""
    path = options.before or options.out / "grades.csv"
    return read_points(path) if options.before or path.exists() else {}


def _changes(before, after, out):
    """Write what changed since then; returns it in words."""
    changes = find_changes(before, after)
    write_changes(changes, out / "changes.csv")
    return in_words(changes)


def _write(options, archive, results, marks):
    """Write all tables and pages; returns in words what needs a look, and what is to be done."""
    out, odd = options.out, []
    write_grades(results, archive, out / "grades.csv")
    if options.canvas:
        column = options.canvas_column
        told = write_canvas(results, archive, options.canvas, out / "canvas.csv", column)
        odd += [f"Canvas: {words}" for words in told]
    if options.gradescope:
        write_gradescope(results, out / "gradescope")
    write_feedback(results, archive, out)
    write_canvas_feedback(results, archive, out)
    write_class_page(results, archive, out)
    if options.similarity:
        write_similarity(results, archive, out)
    return odd, write_marking(results, archive, marks, out, options.anonymous)
