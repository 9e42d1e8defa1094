"""`python -m grading`: every file gets its row, whatever happens to the run."""

import csv
import json
import multiprocessing
import os
import random
import signal
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
from grading import archive, batch, tables  # noqa: E402
from grading.__main__ import main  # noqa: E402
from grading.batch import Job, find_files, grade_files  # noqa: E402
from grading.journal import BadJournal, Journal  # noqa: E402

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

    def lines(self):
        """How many lines the journal has."""
        path = self.out / "results.jsonl"
        return path.read_bytes().count(b"\n") if path.exists() else 0

    def stop_after(self, lines, number):
        """Send a signal once the journal has as many lines."""
        while self.lines() < lines and self.process.poll() is None:
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
    lines = (run.out / "results.jsonl").read_text().splitlines()[1:]
    return {record["file"]: record for record in map(json.loads, lines)}


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


def test_a_run_that_is_ended_again_and_again_ends_with_the_same_bytes(run, folder, tmp_path):
    out = tmp_path / "grades"
    full = Run(folder, out, "--jobs", 1, limit=20_000)  # of bytes in a file, as on a full disk
    code, printed = full.end()
    assert code == 1 and "the same command goes on" in printed
    assert full.leaves_nothing() and not (out / ".work").exists()
    kept = full.lines()
    assert 1 < kept < len(FILES)
    with open(out / "results.jsonl", "ab") as file:
        file.write(b'{"file": "anna.ipy')  # as after a power cut
    killed = Run(folder, out, "--jobs", 1)
    killed.stop_after(kept + random.randrange(1, 4), signal.SIGKILL)
    assert killed.leaves_nothing()
    assert killed.lines() > kept
    asked = Run(folder, out, "--jobs", 2)  # the killed run had no folder 1
    while not (out / ".work/1/files").exists():
        assert asked.process.poll() is None
        time.sleep(0.005)
    asked.process.send_signal(signal.SIGTERM)
    assert "the same command goes on" in asked.end()[1]
    assert asked.leaves_nothing() and not (out / ".work").exists()
    code, printed = Run(folder, out, "--jobs", 1).end()
    assert code == 1 and "are graded already" in printed
    assert (out / "grades.csv").read_bytes() == (run.out / "grades.csv").read_bytes()
    pages = {path.name: path.read_bytes() for path in (out / "feedback").iterdir()}
    assert pages == {p.name: p.read_bytes() for p in (run.out / "feedback").iterdir()}


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
        patch.setattr("grading.__main__.grade_files", lambda *_: (recorded[n] for n in order))
        main([str(ZIP), str(folder), "--out", out, "--canvas", str(gradebook)])
        for name in TABLES:
            assert Path(out, name).read_bytes() == (run.out / name).read_bytes()


def test_a_file_whose_worker_dies_or_hangs_is_tried_again_and_then_named(tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "_work", stub)
    monkeypatch.setattr(batch._Worker, "is_late", lambda worker: worker.name == "hangs")
    names = ["once", "dies", "a", "hangs", "b"]
    records = grade_files(Job(ZIP, tmp_path), names, 2, tmp_path / "work")
    found = {record["file"]: record for record in records}
    problems = {name: record.get("problem", "") for name, record in found.items()}
    assert sorted(problems) == sorted(names)
    assert not any(problems[name] for name in ("a", "b", "once"))
    assert "died" in problems["dies"] and "in 2 tries" in problems["dies"]
    assert "too long" in problems["hangs"]


def test_when_the_grader_stops_early_its_workers_are_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "_work", stub)
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
    (tmp_path / "roster.csv").write_text("name,mark\n")
    wrong = {
        "is no autograder zip": [str(ROOT / "README.md"), str(folder)],
        "is no folder": [str(ZIP), str(tmp_path / "away")],
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


def test_a_torn_line_is_dropped_and_the_others_are_kept(tmp_path):
    path = tmp_path / "results.jsonl"
    with Journal(path, {"archive": "1"}) as kept:
        kept.append(RECORD)
        kept.append(RECORD | {"file": "b.ipynb"})
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with Journal(path, {"archive": "1"}) as found:
            assert ("a.ipynb" in found) == (whole[:length].count(b"\n") >= 2)
            assert "b.ipynb" not in found
            found.append(RECORD | {"file": "b.ipynb"})
            assert found["b.ipynb"]["file"] == "b.ipynb"
        assert path.read_bytes()[:first] == whole[:first]
        assert all(json.loads(line) for line in path.read_text().splitlines())


def test_on_a_full_disk_a_record_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path, write = tmp_path / "results.jsonl", os.pwrite

    def fills_up(file, data, place):
        if len(data) < 20:
            raise OSError(28, "No space left on device")
        return write(file, data[:15], place)

    with Journal(path, {"archive": "1"}) as kept:
        kept.append(RECORD)
        before = path.read_bytes()
        monkeypatch.setattr(os, "pwrite", fills_up)
        with pytest.raises(OSError, match="No space"):
            kept.append(RECORD | {"file": "b.ipynb"})
        monkeypatch.undo()
        assert path.read_bytes() == before and "b.ipynb" not in kept
        kept.append(RECORD | {"file": "c.ipynb"})
    with Journal(path, {"archive": "1"}) as found:
        assert "c.ipynb" in found and "b.ipynb" not in found


def test_a_damaged_line_costs_its_own_file_only(tmp_path):
    path = tmp_path / "results.jsonl"
    with Journal(path, {}) as kept:
        for name in "abc":
            kept.append(RECORD | {"file": name})
    path.write_bytes(path.read_bytes().replace(b'"file": "b"', b'"file\x00 "b"'))
    with Journal(path, {}) as found:
        assert [name in found for name in "abc"] == [True, False, True]


def test_a_journal_belongs_to_one_run_at_a_time(tmp_path):
    path = tmp_path / "results.jsonl"
    with Journal(path, {"archive": "1"}), pytest.raises(BadJournal, match="another run is writing"):
        Journal(path, {"archive": "1"})
    before = path.read_bytes()
    with pytest.raises(BadJournal, match="not the same archive"):
        Journal(path, {"archive": "2"})
    assert path.read_bytes() == before
    path.write_text("My notes.\n")
    with pytest.raises(BadJournal, match="no list of results"):
        Journal(path, {"archive": "1"})
    assert path.read_text() == "My notes.\n"


@given(st.text(st.characters(exclude_categories=[]), max_size=8))
def test_whatever_a_student_writes_is_a_cell_and_no_formula(text):
    for sign in ("", "=", " @", "\t-", "\n+", "＝"):
        cell = tables.harmless(sign + text)
        assert cell.lstrip("' \"")[:1] not in {*"=+-@＝＋－＠"} or cell.startswith("'")
        assert len(cell.splitlines()) <= 1
        cell.encode()


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("a.ipynb", "a"),
        ("a (2).ipynb", "a"),
        ("submission_12/a.ipynb", "submission_12"),
        ("doejane_1234_5678_01_derivatives.ipynb", "1234"),
        ("doejane_LATE_1234_5678_a.ipynb", "1234"),
        ("01_derivatives.ipynb", "01_derivatives"),
        (".ipynb", ".ipynb"),
        ("listed.ipynb", "L"),
        ("folder/x.ipynb", "F"),
    ],
)
def test_who_handed_in_a_file(name, student):
    assert tables.student_of(name, {"listed": "L", "folder": "F"}) == student


def test_a_roster_names_each_file_once(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("student;file\nAnna;a.ipynb\nBen;b.ipynb\n", encoding="utf-8-sig")
    assert tables.read_roster(path) == {"a.ipynb": "Anna", "b.ipynb": "Ben"}
    path.write_text("file,student\na,Anna\na,Ben\n")
    with pytest.raises(tables.BadTable, match="more than one student"):
        tables.read_roster(path)


def test_canvas_gets_a_new_column_where_it_has_none(tmp_path):
    book, out = tmp_path / "book.csv", tmp_path / "canvas.csv"
    book.write_text("Student,ID,SIS Login ID,Section\nA,1,aa,X\n")
    question = archive.Question("q1", [archive.Test(None, 2.5)])
    lab = archive.Archive("Lab", [question], tmp_path)
    record = {"student": "AA", "problem": "", "questions": {"q1": {"score": 2.5}}}
    odd = tables.write_canvas([record], lab, book, out, "Lab 1")
    assert not odd
    assert out.read_text().splitlines() == [
        "Student,ID,SIS Login ID,Section,Lab 1",
        "    Points Possible,,,,2.5",
        "A,1,aa,X,2.5",
    ]
    book.write_text("a,b\n")
    with pytest.raises(tables.BadTable, match="no gradebook that Canvas exported"):
        tables.write_canvas([], lab, book, out)
