"""`python -m grading`: every file gets its row, whatever happens to the run."""

import contextlib
import csv
import json
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hostile.workers import stub
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

resource = pytest.importorskip("resource", reason="a class is graded on Linux; see its README")
from grading import archive, canvas, roster, tables, worker  # noqa: E402
from grading.__main__ import main  # noqa: E402
from grading.batch import grade_files  # noqa: E402
from grading.folder import find_files  # noqa: E402
from grading.journal import BadJournal, Journal  # noqa: E402
from grading.process import Job  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
ZIP = ROOT / "solutions/independent/01_derivatives.zip"
ANSWERED = ROOT / "solutions/independent/01_derivatives.ipynb"
BLANK = ROOT / "notebooks/independent/01_derivatives.ipynb"
NO_MORE = 120  # seconds, on a busy machine, for a killed run's children to be gone


def notebook(*sources, **metadata):
    """A notebook with these cells of code, as text."""
    cells = [{"cell_type": "code", "source": source, "metadata": {}} for source in sources]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def changed(**edits):
    """The answered notebook, with top-level entries replaced."""
    return json.dumps(json.loads(ANSWERED.read_text()) | edits)


FILES = {
    "anna.ipynb": ANSWERED.read_text(),
    "blank.ipynb": BLANK.read_text(),
    "broken.ipynb": ANSWERED.read_text()[:2000],
    "carl/01.ipynb": ANSWERED.read_text(),
    "dora.ipynb": changed(metadata={"kernelspec": {"name": "julia"}}),
    "dora (1).ipynb": notebook("answer_4 = 'd'", "1 / 0"),
    "=1+1.ipynb": notebook("answer_4 = 'd'"),
    "empty.ipynb": "",
    "errs.ipynb": notebook("nowhere + 1"),
    "other.ipynb": changed(metadata={"otter": {"assignment_name": "independent-02"}}),
    "photo.png": "\x89PNG",
    "list.ipynb": "[]",
    "roe_LATE_4711_99_01_derivatives-1.ipynb": ANSWERED.read_text(),
    "stops.ipynb": notebook("answer_4 = 'd'", "import os; os._exit(0)", "1 / 0"),
}
ODD = ("link.ipynb", "up", "hollow", "huge.ipynb", "pipe.ipynb")  # made in the fixture below
GRADEBOOK = """\ufeff\
Student,ID,SIS User ID,SIS Login ID,Section,independent-01 (77),Other (78),Final
,,,,,Manual Posting,,
    Points Possible,,,,,18,5,(read only)
"Roe, Rita",4711,s1,rroe,A,3,5,9
"=Anna, A",12,s2,Anna,A,,4,9
"Dora, D",13,dora,dd,A,7,4,9
"Away, A",14,s4,away,A,6,4,9
"Empty, E",15,s5,empty,A,5,4,9
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Submissions of many kinds."""
    folder = tmp_path_factory.mktemp("class") / "submissions"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "hollow").mkdir()
    (folder / "link.ipynb").symlink_to("/etc/passwd")
    (folder / "up").symlink_to("..")
    with open(folder / "huge.ipynb", "wb") as file:
        file.truncate(1 << 40)
    os.mkfifo(folder / "pipe.ipynb")
    return folder


def stored(path, **how):
    """The records in a journal by the names of their files; none while it is being made."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path, **how)) as it:
        return {
            name: json.loads(text) for name, text in it.execute("SELECT file, record FROM results")
        }
    return {}


class Run:
    """A run of the command in a process of its own, whose every child can be found."""

    def __init__(self, folder, out, *options, limit=None):
        self.out, self.mark = out, f"GRADING_TEST={out}"
        words = [sys.executable, "-m", "grading", ZIP, folder, "--out", out, *options]
        self.process = subprocess.Popen(
            list(map(str, words)),
            cwd=ROOT,
            env=os.environ | dict([self.mark.split("=", 1)]),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if limit:
            _, most = resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (limit, most))

    def end(self):
        """The exit code and what was printed."""
        printed, _ = self.process.communicate()
        return self.process.returncode, printed

    def records(self):
        """What the journal has of each file, by its name."""
        # Immutable: that is, without asking whether the run has locked it.
        return stored(f"file:{self.out}/results.sqlite?immutable=1", uri=True)

    def stop_after(self, count, number):
        """Send a signal once the journal has as many records."""
        while len(self.records()) < count and self.process.poll() is None:
            time.sleep(0.005)
        time.sleep(random.random() / 20)
        self.process.send_signal(number)
        return self.end()

    def left(self):
        """The processes of this run, in the sandbox or out of it, that are still there."""
        return [path.name for path in Path("/proc").glob("[0-9]*") if self._is_ours(path)]

    def _is_ours(self, path):
        try:
            told = (path / "environ").read_bytes() + (path / "mountinfo").read_bytes()
            told += (path / "cmdline").read_bytes()
        except OSError:
            return False
        return self.mark.encode() in told or f"{self.out}/.work".encode() in told

    def leaves_nothing(self):
        """Whether all its processes end soon."""
        until = time.monotonic() + NO_MORE
        while self.left() and time.monotonic() < until:
            time.sleep(0.05)
        return not self.left()


@pytest.fixture(scope="module")
def run(needs_sandbox, folder, tmp_path_factory):
    """One undisturbed run, ended, with all its tables."""
    out = tmp_path_factory.mktemp("whole") / "grades"
    gradebook = out.parent / "gradebook.csv"
    gradebook.write_text(GRADEBOOK)
    run = Run(folder, out, "--jobs", 2, "--gradescope", "--canvas", gradebook)
    run.code, run.printed = run.end()
    assert (out / "grades.csv").exists(), run.printed
    return run


@pytest.fixture(scope="module")
def rows(run):
    """The rows of grades.csv by file."""
    with open(run.out / "grades.csv", newline="", encoding="utf-8") as file:
        return {row["file"].lstrip("'"): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def recorded(run):
    """What the journal says of each file, by its name."""
    return stored(run.out / "results.sqlite")


def test_every_file_has_a_row(rows, folder):
    assert set(rows) == {*FILES, *ODD}


@pytest.mark.parametrize(
    ("name", "total", "said"),
    [
        ("anna.ipynb", "18", "graded"),
        ("carl/01.ipynb", "18", "graded"),
        ("roe_LATE_4711_99_01_derivatives-1.ipynb", "18", "graded"),
        ("dora.ipynb", "18", "two files: dora (1).ipynb and dora.ipynb"),
        ("dora (1).ipynb", "2", "two files: dora (1).ipynb and dora.ipynb; cell 2: ZeroDivision"),
        ("other.ipynb", "18", "made for another assignment: independent-02"),
        ("=1+1.ipynb", "2", "graded"),
        ("stops.ipynb", "2", "cell 2: the notebook ended its own process"),
        ("blank.ipynb", "0", "no test passed: 13 of 15 tests found no answer"),
        ("errs.ipynb", "0", "cell 1: NameError: name 'nowhere' is not defined"),
        ("broken.ipynb", "", "this is no notebook: its JSON breaks off"),
        ("empty.ipynb", "", "the file is empty"),
        ("list.ipynb", "", "this is no notebook"),
        ("photo.png", "", "this is no notebook"),
        ("huge.ipynb", "", "MB"),
        ("hollow", "", "this folder is empty, or cannot be read"),
        ("pipe.ipynb", "", "this is no file"),
        ("link.ipynb", "", "links are not followed"),
        ("up", "", "links are not followed"),
    ],
)
def test_a_row_has_its_points_and_says_what_happened(rows, name, total, said):
    assert rows[name]["total"] == total
    assert said in rows[name]["status"]
    assert (rows[name]["q1"] == "") == (total == "")


def test_what_was_handed_out_is_no_answer_and_what_was_written_is(recorded):
    assert recorded["blank.ipynb"]["written"] == {}
    assert ["code", 'answer_4 = "d"'] in recorded["anna.ipynb"]["written"]["q4"]


def test_a_student_is_the_file_the_folder_or_the_number_that_canvas_gave(rows):
    assert rows["anna.ipynb"]["student"] == "anna"
    assert rows["carl/01.ipynb"]["student"] == "carl"
    assert rows["dora (1).ipynb"]["student"] == "dora"
    assert rows["roe_LATE_4711_99_01_derivatives-1.ipynb"]["student"] == "4711"


def test_no_cell_of_a_students_is_a_formula(run):
    with open(run.out / "grades.csv", newline="", encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=1+1.ipynb" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]


def test_a_run_says_what_it_found_and_leaves_nothing_behind(run):
    assert run.code == 1
    assert "10 graded, 9 not gradable" in run.printed
    assert "missed by" in run.printed
    assert run.leaves_nothing()
    assert not (run.out / ".work").exists()
    assert (run.out / "feedback" / "index.html").exists()


def test_canvas_gets_the_points_and_keeps_what_it_has_of_others(run):
    with open(run.out / "canvas.csv", newline="", encoding="utf-8") as file:
        header, possible, *students = csv.reader(file)
    kept = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert header == [*kept, "independent-01 (77)"]
    assert possible[0].strip() == "Points Possible" and possible[-1] == "18"
    # dora has two files, away none, and empty's could not be graded.
    assert [(row[1], row[-1]) for row in students] == [
        ("4711", "18"),
        ("12", "18"),
        ("13", "7"),
        ("14", "6"),
        ("15", "5"),
    ]
    assert "dora has files with different points" in run.printed
    assert "empty has no points" in run.printed
    assert "carl is not in" in run.printed


def test_gradescope_gets_a_file_for_each_graded_one_and_no_word_of_hidden_tests(run, rows):
    results = [json.loads(path.read_text()) for path in run.out.glob("gradescope/*/results.json")]
    assert len(results) == sum(row["total"] != "" for row in rows.values())
    assert sorted(f"{r['score']:g}" for r in results) == sorted(
        row["total"] for row in rows.values() if row["total"]
    )
    for result in results:
        assert sum(test["score"] for test in result["tests"]) == result["score"]
        hidden = [test for test in result["tests"] if test["visibility"] == "hidden"]
        assert hidden and not any(test["output"] for test in hidden)


@pytest.mark.rare
def test_a_run_that_is_ended_again_and_again_ends_with_the_same_bytes(run, folder, tmp_path):
    out = tmp_path / "grades"
    full = Run(folder, out, "--jobs", 1, limit=40_000)  # of bytes in a file, as on a full disk
    code, printed = full.end()
    assert code == 1 and "the same command goes on" in printed
    assert full.leaves_nothing() and not (out / ".work").exists()
    kept = len(full.records())
    assert 1 < kept < len(FILES)
    killed = Run(folder, out, "--jobs", 1)
    killed.stop_after(kept + random.randrange(2, 5), signal.SIGKILL)
    assert killed.leaves_nothing()
    assert len(stored(out / "results.sqlite")) > kept
    asked = Run(folder, out, "--jobs", 2)  # the killed run had no folder 1
    while not (out / ".work/1/files").exists():
        assert asked.process.poll() is None
        time.sleep(0.005)
    asked.process.send_signal(signal.SIGTERM)
    assert "the same command goes on" in asked.end()[1]
    assert asked.leaves_nothing() and not (out / ".work").exists()
    gradebook = run.out.parent / "gradebook.csv"
    code, printed = Run(folder, out, "--jobs", 1, "--canvas", gradebook).end()
    assert code == 1 and "are graded already" in printed
    assert (out / "grades.csv").read_bytes() == (run.out / "grades.csv").read_bytes()
    pages = {path.name: path.read_bytes() for path in (out / "feedback").iterdir()}
    assert pages == {p.name: p.read_bytes() for p in (run.out / "feedback").iterdir()}


@pytest.mark.third
@pytest.mark.parametrize(("jobs", "dies"), [(1, True), (2, False)])
def test_no_record_depends_on_the_order_the_jobs_or_a_worker_that_dies(
    recorded, folder, tmp_path, jobs, dies
):
    names, found = list(recorded), {}
    random.shuffle(names)
    for result in grade_files(Job(ZIP, folder), names, jobs, tmp_path / "work"):
        if dies and not found:
            multiprocessing.active_children()[0].kill()
        found[result["file"]] = result
    assert found == recorded
    assert not multiprocessing.active_children()


TABLES = ("grades.csv", "canvas.csv", "feedback/index.html")


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(sorted([*FILES, *ODD])))
def test_any_order_of_the_records_gives_the_same_tables(run, folder, recorded, order):
    gradebook = run.out.parent / "gradebook.csv"
    with tempfile.TemporaryDirectory() as out, pytest.MonkeyPatch.context() as patch:
        patch.setattr("grading.run.grade_files", lambda *_: (recorded[n] for n in order))
        main([str(ZIP), str(folder), "--out", out, "--canvas", str(gradebook)])
        for name in TABLES:
            assert Path(out, name).read_bytes() == (run.out / name).read_bytes()


def test_a_file_whose_worker_dies_or_hangs_is_tried_again_and_then_named(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "work", stub)
    monkeypatch.setattr(worker.Worker, "is_late", lambda each: each.name == "hangs")
    names = ["broken once", "dies", "a", "hangs", "b"]
    records = grade_files(Job(ZIP, tmp_path), names, 2, tmp_path / "work")
    found = {record["file"]: record for record in records}
    problems = {name: record.get("problem", "") for name, record in found.items()}
    assert sorted(problems) == sorted(names)
    assert not any(problems[name] for name in ("a", "b", "broken once"))
    assert "died" in problems["dies"] and "in 2 tries" in problems["dies"]
    assert "too long" in problems["hangs"]


def test_when_the_grader_stops_early_its_workers_are_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "work", stub)
    records = grade_files(Job(ZIP, tmp_path), ["a", "hangs", "b"], 2, tmp_path / "work")
    next(records)
    assert multiprocessing.active_children()
    records.close()
    assert not multiprocessing.active_children()
    assert not (tmp_path / "work").exists()


def test_only_one_student_is_graded_again_and_unsafe_rows_say_so(tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ("a.ipynb", "b.ipynb"):
        (folder / name).write_text(notebook("answer_4 = 'd'"))
    words = [str(ZIP), str(folder), "--out", str(out), "--unsafe-no-sandbox", "--jobs", "1"]
    assert main([*words, "--only", "a"]) == 1
    first, second = csv.DictReader((out / "grades.csv").read_text().splitlines())
    assert (first["total"], first["status"]) == ("2", "graded without a sandbox")
    assert (second["total"], second["status"]) == ("", NOT_YET)


NOT_YET = "not graded yet: run the command without --only"


def test_results_with_and_without_a_sandbox_are_not_mixed(needs_sandbox, tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.ipynb").write_text(notebook("answer_4 = 'd'"))
    words = [str(ZIP), str(folder), "--out", str(tmp_path / "out")]
    assert main([*words, "--unsafe-no-sandbox"]) == 0
    assert main(words) == 2
    assert "belongs to another run: not the same sandboxed" in capsys.readouterr().err


def test_a_dry_run_lists_everything_and_writes_nothing(folder, tmp_path, capsys):
    out = tmp_path / "out"
    assert main([str(ZIP), str(folder), "--out", str(out), "--dry-run"]) == 0
    printed = capsys.readouterr().out
    assert "6 questions, 18 points" in printed
    assert all(name in printed for name in FILES)
    assert not out.exists()


def test_wrong_use_ends_with_2_and_says_what_is_wrong(folder, tmp_path, capsys):
    (tmp_path / "none").mkdir()
    (tmp_path / "roster.csv").write_text("of,mark\n")
    wrong = {
        "is no autograder zip": [str(ROOT / "README.md"), str(folder)],
        "is no folder.": [str(ZIP), str(tmp_path / "away")],
        "is no folder; unpack it": [str(ZIP), str(ZIP)],
        "is empty": [str(ZIP), str(tmp_path / "none")],
        "No file of nobody": [str(ZIP), str(folder), "--only", "nobody"],
        "must be another folder": [str(ZIP), str(folder), "--out", str(folder)],
        "must be positive": [str(ZIP), str(folder), "--jobs", "0"],
        "`file` and `student`": [
            *(str(ZIP), str(folder), "--student-id-from"),
            str(tmp_path / "roster.csv"),
        ],
    }
    for words, arguments in wrong.items():
        assert main(["--out", str(tmp_path / "out"), *arguments, "--dry-run"]) == 2
        assert words in capsys.readouterr().err


def test_without_a_sandbox_it_ends_with_3_and_says_what_to_install(
    folder, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main([str(ZIP), str(folder), "--out", str(tmp_path / "out")]) == 3
    assert "apt-get install bubblewrap" in capsys.readouterr().err


def test_a_folder_is_searched_to_the_bottom_but_for_the_grades(tmp_path):
    for name in ("a/b/c.ipynb", "d.ipynb", "grades/grades.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    assert find_files(tmp_path, but=tmp_path / "grades") == ["a/b/c.ipynb", "d.ipynb", "loop"]


RECORD = {"file": "a.ipynb", "problem": "", "digest": "0"}


@pytest.fixture
def path(tmp_path):
    """Where a journal is kept."""
    return tmp_path / "results.sqlite"


@pytest.mark.parametrize("name", ["b.ipynb", "é 学.ipynb", "caf\udce9.ipynb", "'); --"])
def test_a_journal_gives_back_what_it_was_given_and_the_later_of_two(path, name):
    record = RECORD | {"file": name}
    with Journal(path, {"archive": "1"}) as kept:
        kept.append(RECORD)
        kept.append(record | {"problem": "empty"})
        kept.append(record)
    with Journal(path, {"archive": "1"}) as found:
        assert (found.get("a.ipynb"), found.get(name), found.get("c")) == (RECORD, record, None)


def test_on_a_full_disk_a_record_is_written_whole_or_not_at_all(path):
    text = "x" * 10_000
    full, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Journal(path, {"archive": "1"}) as kept:
        kept.append(RECORD)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 5000, most))
        try:
            with pytest.raises(OSError, match="results.sqlite"):
                kept.append(RECORD | {"file": "b.ipynb", "problem": text})
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (full, most))
        assert kept.get("a.ipynb") == RECORD and kept.get("b.ipynb") is None
        kept.append(RECORD | {"file": "c.ipynb", "problem": text})
    with Journal(path, {"archive": "1"}) as found:
        assert [found.get(f"{name}.ipynb") is None for name in "abc"] == [False, True, False]


@pytest.mark.parametrize("damage", [b'"file": "X"', b'"file": "\xff"', b'"file\x00: "b"'])
def test_a_damaged_row_costs_its_own_file_only(path, damage):
    with Journal(path, {}) as kept:
        for name in "abc":
            kept.append(RECORD | {"file": name})
    whole = path.read_bytes()
    assert whole.count(b'"file": "b"') == 1
    path.write_bytes(whole.replace(b'"file": "b"', damage))
    with Journal(path, {}) as found:
        assert [found.get(name) is None for name in "abc"] == [False, True, False]
        found.append(RECORD | {"file": "b"})
    with Journal(path, {}) as found:
        assert all(found.get(name) for name in "abc")


def test_a_journal_belongs_to_one_run_at_a_time(path):
    with Journal(path, {"archive": "1"}) as kept:
        kept.append(RECORD)
        with pytest.raises(BadJournal, match="another run is writing"):
            Journal(path, {"archive": "1"})
        assert kept.get("a.ipynb") == RECORD
    before = path.read_bytes()
    with pytest.raises(BadJournal, match="not the same archive"):
        Journal(path, {"archive": "2"})
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["My notes.\n", "{}" * 5000], ids=["short", "long"])
def test_another_file_in_a_journals_place_is_refused_and_left_as_it_is(path, text):
    path.write_text(text)
    with pytest.raises(BadJournal, match="no list of results"):
        Journal(path, {"archive": "1"})
    assert path.read_text() == text


def test_a_journal_of_an_older_version_is_told_and_left_as_it_is(path):
    older = path.with_name("results.jsonl")
    older.write_text('{"format": 1}\n')
    with pytest.raises(BadJournal, match=r"results\.jsonl was written by an older version"):
        Journal(path, {"archive": "1"})
    assert older.read_text() == '{"format": 1}\n' and not path.exists()
    older.rename(path.with_name("kept.jsonl"))
    with Journal(path, {"archive": "1"}):
        assert path.exists()


@given(st.text(st.characters(exclude_categories=[]), max_size=8))
def test_whatever_a_student_writes_is_a_cell_and_no_formula(text):
    for sign in ("", "=", " @", "\t-", "\n+", "＝"):
        cell = tables.harmless(sign + text)
        assert cell.lstrip("' \"")[:1] not in {*"=+-@＝＋－＠"} or cell.startswith("'")
        assert len(cell.splitlines()) <= 1
        cell.encode()


def test_a_roster_names_each_file_once(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("student;file\nAnna;a.ipynb\nBen;b.ipynb\n", encoding="utf-8-sig")
    assert roster.read_roster(path) == {"a.ipynb": "Anna", "b.ipynb": "Ben"}
    path.write_text("file,student\na,Anna\na,Ben\n")
    with pytest.raises(tables.BadTable, match="more than one student"):
        roster.read_roster(path)


@pytest.mark.parametrize(
    ("cell", "told"), [("2.5", 0), ("2,5", 0), ("2,50", 0), ("3", 1), ("many", 1), ("", 0)]
)
def test_other_points_in_canvas_are_told(tmp_path, cell, told):
    book, out = tmp_path / "book.csv", tmp_path / "canvas.csv"
    rows = ["Student;ID;Section;Lab", f"    Points Possible;;;{cell}", "A;1;X;"]
    book.write_text("\n".join(rows))
    lab = archive.Archive(
        "Lab", [archive.ScoredQuestion("q1", [archive.Test(None, 2.5)])], tmp_path
    )
    assert len(canvas.Gradebook(book, "Lab").write([], lab, out)) == told
    assert out.read_text().splitlines()[1] == f"    Points Possible;;;{cell or 2.5}"


def test_canvas_gets_a_new_column_where_it_has_none(tmp_path):
    book, out = tmp_path / "book.csv", tmp_path / "canvas.csv"
    book.write_text("Student,ID,SIS Login ID,Section\nA,1,aa,X\n")
    question = archive.ScoredQuestion("q1", [archive.Test(None, 2.5)])
    lab = archive.Archive("Lab", [question], tmp_path)
    record = {"student": "AA", "file": "a", "problem": "", "questions": {"q1": {"score": 2.5}}}
    assert not canvas.Gradebook(book, "Lab", "Lab 1").write([record], lab, out)
    assert out.read_text().splitlines() == [
        "Student,ID,SIS Login ID,Section,Lab 1",
        "    Points Possible,,,,2.5",
        "A,1,aa,X,2.5",
    ]
    book.write_text("a,b\n")
    with pytest.raises(tables.BadTable, match="no gradebook that Canvas exported"):
        canvas.Gradebook(book, "Lab")
