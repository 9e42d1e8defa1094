"""make check-room: a good project is ready; a broken one is named in words, with the way out."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from lec_utils import datasets
from tools import check_room
from tools.check_room import Fault
from tools.course import ROOT, read_course

COURSE = read_course()
FIRST, LAST = COURSE.lessons[0].name, COURSE.lessons[-1].name


@pytest.fixture
def project(tmp_path):
    """A copy of everything that a lesson needs."""
    for part in check_room.NEEDED:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("requirements.txt", "course.toml"):
        shutil.copy(ROOT / file, tmp_path)
    return tmp_path


def change_first_cell(project, name, source):
    path = project / "notebooks" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    notebook.cells = [cell]
    cell.source = source
    nbformat.write(notebook, path)
    return cell.id


def snapshot(project):
    files = (path for path in project.rglob("*") if path.is_file())
    return {path: path.stat().st_mtime_ns for path in files if "__pycache__" not in path.parts}


def test_a_good_project_is_ready_and_stays_as_it_was(tmp_path):
    before = snapshot(ROOT / "notebooks")
    environment = os.environ | {"JUPYTER_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "tools.check_room", str(COURSE.lessons[0].number)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "ready", done.stdout + done.stderr
    assert done.returncode == 0
    assert done.stderr == ""
    assert f"lesson {FIRST} runs: " in done.stdout
    assert "JupyterLab starts and answers" in done.stdout
    assert snapshot(ROOT / "notebooks") == before


def test_the_packages_are_those_pinned():
    assert "as pinned" in check_room.check_packages(ROOT)


def test_another_version_is_named(project):
    (project / "requirements.txt").write_text("numpy==1.0\nno-such-thing==1\n", encoding="utf-8")
    with pytest.raises(Fault, match=r"2 packages .* numpy is \d.*, not ==1\.0; .*missing"):
        check_room.check_packages(project)


def test_a_missing_lesson_is_named(project):
    (project / "notebooks" / f"{LAST}.ipynb").unlink()
    with pytest.raises(Fault, match=rf"lesson {LAST} is missing(.|\n)*Way out: type `git"):
        check_room.check_lessons(project)


def test_a_damaged_lesson_is_named(project):
    (project / "notebooks" / f"{FIRST}.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(Fault, match=f"lesson {FIRST} cannot be read"):
        check_room.check_lessons(project)


def test_a_lesson_without_its_outputs_is_named(project):
    path = project / "notebooks" / f"{LAST}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, path)
    with pytest.raises(Fault, match=f"lesson {LAST} is stored without its outputs"):
        check_room.check_lessons(project)


def test_missing_data_are_named(project):
    (project / "data" / datasets.SOURCES[datasets.COURSE].file).unlink()
    with pytest.raises(Fault, match=r"missing(.|\n)*Way out: type `git checkout data/"):
        check_room.check_data(project)


@pytest.mark.skipif(datasets.COURSE != "tips", reason="only of the tips a check sum is known")
def test_damaged_data_are_named(project):
    with open(project / "data" / "tips.csv", "a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(Fault, match=r"damaged(.|\n)*Way out: type `git checkout data/tips.csv`"):
        check_room.check_data(project)


def test_a_full_disk_is_named(project, monkeypatch):
    monkeypatch.setattr(check_room, "FREE_MEGABYTES", 10**12)
    with pytest.raises(Fault, match="are free on the disk"):
        check_room.check_computer(project)


def test_a_port_that_is_taken_is_a_hint(project, monkeypatch):
    with check_room.socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(check_room, "PORT", server.getsockname()[1])
        assert "is taken: JupyterLab will take the next one" in check_room.check_computer(project)


def test_a_cell_that_raises_is_named_with_its_lesson(project):
    cell = change_first_cell(project, LAST, "1 / 0")
    with pytest.raises(Fault, match=rf"{LAST} stops at cell {cell}: ZeroDivisionError"):
        check_room.check_run(project, LAST)


def test_warnings_and_other_numbers_are_told_and_are_no_fault(project):
    source = "import warnings\nwarnings.warn('careful')\nprint(0.123)"
    cell = change_first_cell(project, FIRST, source)
    words = check_room.check_run(project, FIRST)
    assert "1 cells in" in words
    assert "1 warnings" in words
    assert words.endswith(f"prints other numbers here: {cell}")


def test_a_lesson_uses_the_package_and_the_data_of_its_project(project):
    (project / "lec_utils" / "__init__.py").write_text("raise ImportError('a torn file')\n")
    change_first_cell(project, FIRST, "import lec_utils")
    with pytest.raises(Fault, match="ImportError: a torn file"):
        check_room.check_run(project, FIRST)


@pytest.mark.parametrize(
    ("before", "after", "asked", "said"),
    [
        ("slope 2.00", "slope 2.00", [], "do not move"),
        ("slope 2.00", "slope 1.90", ["https://cdn.example/mathjax.js"], "cdn.example"),
        ("slope 2.00", "slope 1.90", ["wss://news.example/"], "news.example"),
    ],
)
def test_what_the_browser_saw_may_be_a_fault(before, after, asked, said):
    with pytest.raises(Fault, match=said):
        check_room.judge(before, after, asked)


def test_addresses_of_this_computer_are_not_the_network():
    asked = ["http://127.0.0.1:8888/lab", "ws://localhost:1/api", "data:text/plain,x"]
    assert "nothing asks for the network" in check_room.judge("slope 2.00", "slope 1.90", asked)


def test_a_fault_ends_with_one_and_the_other_checks_still_run(capsys, monkeypatch):
    def broken():
        raise Fault("the projector is dark", "take off the cap")

    monkeypatch.setattr(check_room, "checks", lambda project, names: [broken, lambda: "light"])
    assert check_room.main([]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("the projector is dark")
    assert said[1].strip() == "Way out: take off the cap."
    assert said[2].endswith("ok  light")
    assert said[3].startswith("Not ready: 1 thing to mend")


def test_a_lesson_that_does_not_exist_is_refused(capsys):
    assert check_room.main(["99"]) == 1
    assert "There is no lesson '99'. The lessons are " in capsys.readouterr().out
