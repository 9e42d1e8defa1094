"""The command: `python -m grading ARCHIVE.zip FOLDER --out grades/`."""

import argparse
import contextlib
import hashlib
import os
import signal
import sys
import tempfile
from pathlib import Path

from grading.archive import BadArchive, read_archive
from grading.batch import Job, find_files, grade_files
from grading.feedback import write_feedback
from grading.journal import BadJournal, Journal
from grading.progress import Progress
from grading.record import ungraded
from grading.sandbox import Limits, NoSandbox, find_bubblewrap
from grading.submission import Submission, read_bytes, read_submission
from grading.summary import Summary
from grading.tables import (
    BadTable,
    harmless,
    points,
    read_roster,
    with_students,
    write_canvas,
    write_grades,
    write_gradescope,
)

ALL_GRADED, SOME_NOT, WRONG_USE, NO_SANDBOX = 0, 1, 2, 3
BAR = 30  # characters
MOST_MISSED = 5


class WrongUse(Exception):
    """Something in the command does not fit; the message says what."""


def main(arguments=None):
    """Grade a folder; returns the exit code."""
    options = _parser().parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    # One thread for each worker: they are as many as the machine has cores.
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        return _dry_run(options) if options.dry_run else _run(options)
    except (WrongUse, BadArchive, BadJournal, BadTable) as problem:
        return _say(problem, WRONG_USE)
    except NoSandbox as problem:
        return _say(problem, NO_SANDBOX)
    except OSError as problem:
        return _say(f"{problem}\nWhat is graded is kept; the same command goes on.", SOME_NOT)
    except KeyboardInterrupt:
        return _say("Stopped. What is graded is kept; the same command goes on.", 128 + 2)


def _stop(number, _):
    signal.signal(number, signal.SIG_IGN)  # once is enough
    raise KeyboardInterrupt


def _say(words, code):
    print(words, file=sys.stderr)
    return code


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m grading",
        description="Grade a folder of notebooks with an autograder zip of Otter's.",
        epilog="Ends with 0 when every file was graded, 1 when some could not be, 2 when something "
        "in the command or the zip is wrong, and 3 where there is no sandbox.",
    )
    add = parser.add_argument
    add("archive", metavar="ARCHIVE.zip", type=Path, help="made by `make assignments`")
    add("folder", metavar="FOLDER", type=Path, help="what the students handed in")
    add("--out", required=True, type=Path, metavar="FOLDER", help="where the grades go")
    add("--jobs", type=int, default=os.cpu_count(), metavar="N", help="processes; default: cores")
    add(
        "--student-id-from",
        default="filename",
        metavar="filename|ROSTER.csv",
        help="the file's name, or a CSV with the columns file and student",
    )
    add("--canvas", type=Path, metavar="GRADEBOOK.csv", help="exported by Canvas, to be filled in")
    add("--canvas-column", metavar="NAME", help="the assignment's name in Canvas")
    add("--gradescope", action="store_true", help="write a results.json for each file")
    add("--only", metavar="STUDENT", help="grade this student's files again")
    add("--dry-run", action="store_true", help="say what would be graded, and write nothing")
    add("--seconds", type=float, default=Limits().seconds, metavar="S", help="for a cell or a test")
    add(
        "--unsafe-no-sandbox",
        action="store_true",
        help="run submitted code as yourself, for your own code only; every row says so",
    )
    return parser


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


def _dry_run(options):
    rows = _rows(options)
    with tempfile.TemporaryDirectory() as folder:
        archive = read_archive(options.archive, folder)
    possible = points(sum(question.points for question in archive.questions))
    print(f"{archive.assignment}: {len(archive.questions)} questions, {possible} points")
    for student, name, note in rows:
        if options.only in (None, student):
            submission = read_submission(options.folder / name)
            said = submission.problem or f"{len(submission.cells)} cells of code"
            print("  ".join(map(harmless, filter(None, (student, name, said, note)))))
    return ALL_GRADED


def _run(options):
    rows = _rows(options)
    if not options.unsafe_no_sandbox:
        find_bubblewrap()
    if options.canvas and not options.canvas.is_file():
        raise WrongUse(f"{options.canvas} is no file.")
    options.out.mkdir(parents=True, exist_ok=True)
    limits = Limits(seconds=options.seconds)
    with tempfile.TemporaryDirectory() as folder:
        archive = read_archive(options.archive, folder)
    job = Job(options.archive, options.folder, limits, options.unsafe_no_sandbox)
    with Journal(options.out / "results.jsonl", _identity(job)) as journal:
        _grade(options, job, rows, journal)
        results = _Results(rows, journal, options.folder)
        odd = _write(options, archive, results)
        return _summarise(Summary(archive, results), odd, options.out)


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
    work = options.out / ".work"
    progress = Progress(len(names), len(rows) - len(names))
    with contextlib.closing(grade_files(job, names, options.jobs, work)) as records:
        for record in records:
            journal.append(record)
            progress.step()


def _is_known(path, name, journal):
    """Whether the journal has this very file; what could not be graded is always tried again."""
    if name not in journal or journal[name]["problem"]:
        return False
    data, problem = read_bytes(path)
    return not problem and hashlib.sha256(data).hexdigest() == journal[name]["digest"]


class _Results:
    """The records in the table's order, read from the journal one by one, as often as asked for."""

    def __init__(self, rows, journal, folder):
        self._rows, self._journal, self._folder = rows, journal, folder

    def __len__(self):
        return len(self._rows)

    def __iter__(self):
        for student, name, note in self._rows:
            record = self._journal[name] if name in self._journal else self._waiting(name)
            remark = "; ".join(filter(None, (record["remark"], note)))
            yield {**record, "student": student, "remark": remark}

    def _waiting(self, name):
        why = "not graded yet: run the command without --only"
        return {**ungraded(Submission(self._folder / name, "", problem=why), ""), "file": name}


def _write(options, archive, results):
    """Write all tables and pages; returns what needs a look, in words."""
    out, odd = options.out, []
    write_grades(results, archive, out / "grades.csv")
    if options.canvas:
        column = options.canvas_column
        odd = write_canvas(results, archive, options.canvas, out / "canvas.csv", column)
    if options.gradescope:
        write_gradescope(results, out / "gradescope")
    write_feedback(results, archive, out)
    return odd


def _summarise(summary, odd, out):
    """Print what a grader wants to know first; returns the exit code."""
    print(f"{summary.graded} graded, {summary.ungraded} not gradable")
    if summary.graded:
        print(f"mean {summary.mean:.2f} of {points(summary.possible)} points")
        _print_distribution(summary.tenths)
        _print_missed(summary.questions())
    for words in odd:
        print(f"Canvas: {harmless(words)}")
    print(f"Tables and pages: {out}/grades.csv, {out}/feedback/index.html")
    return SOME_NOT if summary.ungraded else ALL_GRADED


def _print_distribution(tenths):
    for tenth, count in reversed(list(enumerate(tenths))):
        bar = "#" * max(round(BAR * count / max(tenths)), count > 0)
        print(f"  {10 * tenth:3}–{10 * tenth + 10:3} %  {bar} {count}")


def _print_missed(questions):
    for question in questions[:MOST_MISSED]:
        if question["missed"]:
            print(f"{question['name']}: missed by {question['missed']} of {question['graded']}")
        if question["missed"] and question["message"]:
            print(f"  {question['times']}×: {harmless(question['message'])[:200]}")


if __name__ == "__main__":
    sys.exit(main())
