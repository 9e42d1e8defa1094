"""The command: `python -m grading ARCHIVE.zip FOLDER --out grades/`."""

import argparse
import contextlib
import hashlib
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from grading.archive import BadArchive, read_archive
from grading.batch import Job, find_files, grade_files
from grading.feedback import write_feedback
from grading.journal import BadJournal, Journal
from grading.record import total, ungraded
from grading.sandbox import Limits, NoSandbox, find_bubblewrap
from grading.submission import LARGEST, Submission, read_submission
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
BAR, SECONDS_BETWEEN_LINES = 30, 5.0
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
        return _summarise(results, archive, odd, options.out)


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
    progress = _Progress(len(names), len(rows) - len(names))
    with contextlib.closing(grade_files(job, names, options.jobs, work)) as records:
        for record in records:
            journal.append(record)
            progress.step()


def _is_known(path, name, journal):
    """Whether the journal has this very file; what could not be graded is always tried again."""
    if name not in journal or journal[name]["problem"]:
        return False
    return _digest(path) == journal[name]["digest"]


def _digest(path):
    """The digest of a file that may be graded; None of any other."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
            return None
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


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


class _Progress:
    """How far the grading is: a bar in a terminal, and elsewhere a line every few seconds."""

    def __init__(self, count, known):
        self._count, self._done, self._first, self._shown = count, 0, None, None
        self._bar = sys.stderr.isatty()
        before = f"; {known} are graded already" if known else ""
        print(f"{count} to grade{before}.", file=sys.stderr)

    def step(self):
        """One more is done."""
        now = time.monotonic()
        self._done += 1
        self._first = self._first or now  # the rate counts from here: starting up is no grading
        pause = 0.1 if self._bar else SECONDS_BETWEEN_LINES
        if self._shown is None or now - self._shown > pause or self._done == self._count:
            self._shown = now
            self._show(now - self._first)

    def _show(self, seconds):
        words = f"{self._done} of {self._count}"
        if seconds > 0:
            rate = (self._done - 1) / seconds
            left = round((self._count - self._done) / rate)
            words += f", {rate:.1f} a second, {left // 60}:{left % 60:02} left"
        end = "\n"
        if self._bar:
            full = BAR * self._done // self._count
            words = f"\r[{'#' * full}{'.' * (BAR - full)}] {words}  "
            end = "\n" if self._done == self._count else ""
        print(words, end=end, file=sys.stderr, flush=True)


def _summarise(results, archive, odd, out):
    """Print what a grader wants to know first; returns the exit code."""
    totals, missed, messages = [], Counter(), {q.name: Counter() for q in archive.questions}
    for record in results:
        if record["problem"]:
            continue
        totals.append(total(record))
        for name, question in record["questions"].items():
            missed[name] += question["score"] < question["possible"]
            told = {test["message"] for test in question["tests"] if not test["passed"]}
            messages[name].update(told - {""})
    failed = len(results) - len(totals)
    print(f"{len(totals)} graded, {failed} not gradable")
    if totals:
        _print_distribution(totals, sum(question.points for question in archive.questions))
        _print_missed(missed, messages, len(totals))
    for words in odd:
        print(f"Canvas: {harmless(words)}")
    print(f"Tables and pages: {out}/grades.csv, {out}/feedback/index.html")
    return SOME_NOT if failed else ALL_GRADED


def _print_distribution(totals, possible):
    print(f"mean {sum(totals) / len(totals):.2f} of {points(possible)} points")
    tenths = Counter(min(int(10 * got / possible + 1e-9), 9) if possible else 0 for got in totals)
    for tenth in reversed(range(10)):
        length = round(BAR * tenths[tenth] / max(tenths.values()))
        bar = "#" * max(length, tenths[tenth] > 0)
        print(f"  {10 * tenth:3}–{10 * tenth + 10:3} %  {bar} {tenths[tenth]}")


def _print_missed(missed, messages, graded):
    ranked = sorted(missed.items(), key=lambda pair: -pair[1])
    for name, count in [pair for pair in ranked if pair[1]][:MOST_MISSED]:
        print(f"{name}: missed by {count} of {graded}")
        if messages[name]:
            message, times = min(messages[name].items(), key=lambda pair: (-pair[1], pair[0]))
            print(f"  {times}×: {harmless(message)[:200]}")


if __name__ == "__main__":
    sys.exit(main())
