"""A reader's own copies: fresh as long as nothing was written, never lost once something was."""

import os
import subprocess
from datetime import date

import nbformat
import pytest

from tools import copies
from tools.course import ROOT, read_course

COURSE = """[[lesson]]
name = "01_one"
title = "One"
minutes = 10
question = "What?"
"""
LESSON, PRACTICE = "01_one.ipynb", "guided/01_one.ipynb"


def write(path, *sources, output=None):
    """A notebook of these sources; with what running its last cell showed."""
    cells = [nbformat.v4.new_code_cell(words, id=f"cell-{k}") for k, words in enumerate(sources)]
    if output:
        cells[-1].outputs = [nbformat.v4.new_output("stream", text=output)]
        cells[-1].execution_count = 7
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def says(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


@pytest.fixture
def course(tmp_path):
    """A course of one lesson with its practice, and the copies of it."""
    (tmp_path / "course.toml").write_text(COURSE, encoding="utf-8")
    for name in (LESSON, PRACTICE, "independent/01_one.ipynb"):
        write(tmp_path / "notebooks" / name, "1 + 1")
    assert copies.refresh(tmp_path) == []
    return tmp_path


def test_every_notebook_of_the_course_has_its_copy(course):
    made = {
        path.relative_to(course / "mine").as_posix() for path in course.rglob("mine/**/*.ipynb")
    }
    assert made == {LESSON, PRACTICE, "independent/01_one.ipynb"}
    for name in made:
        assert (course / "mine" / name).read_bytes() == (course / "notebooks" / name).read_bytes()


@pytest.mark.parametrize("name", [LESSON, PRACTICE])
def test_a_copy_that_was_only_run_is_fresh_again(course, name):
    write(course / "mine" / name, "1 + 1", output="2")
    assert copies.refresh(course) == []
    assert (course / "mine" / name).read_bytes() == (course / "notebooks" / name).read_bytes()


@pytest.mark.parametrize("name", [LESSON, PRACTICE])
def test_a_copy_that_nobody_changed_follows_the_course(course, name):
    write(course / "notebooks" / name, "2 + 2")
    assert copies.refresh(course) == []
    assert says(course / "mine" / name) == ["2 + 2"]


def test_a_lesson_with_notes_goes_on_under_its_day_beside_a_fresh_one(course):
    for notes in ("mine", "mine, later"):
        write(course / "mine" / LESSON, "1 + 1", notes)
        os.utime(course / "mine" / LESSON, (1.8e9, 1.8e9))
        (told,) = copies.refresh(course)
        assert "was changed by you" in told
        assert says(course / "mine" / LESSON) == ["1 + 1"]
    stem = f"01_one-{date.fromtimestamp(1.8e9).isoformat()}"
    assert says(course / "mine" / f"{stem}.ipynb") == ["1 + 1", "mine"]
    assert says(course / "mine" / f"{stem}-2.ipynb") == ["1 + 1", "mine, later"]
    assert copies.refresh(course) == []  # these are the reader's for good


def test_practice_that_was_filled_in_stays_and_a_newer_one_is_told(course):
    write(course / "mine" / PRACTICE, "my answer")
    assert copies.refresh(course) == []
    write(course / "notebooks" / PRACTICE, "a better question")
    (told,) = copies.refresh(course)
    assert PRACTICE in told and "newer" in told
    assert says(course / "mine" / PRACTICE) == ["my answer"]
    (course / "mine" / PRACTICE).rename(course / "mine" / "handed in.ipynb")
    assert copies.refresh(course) == []
    assert says(course / "mine" / PRACTICE) == ["a better question"]


@pytest.mark.parametrize("record", ["", "[]", None])
def test_without_a_record_what_differs_from_the_course_is_the_reader_s(course, record):
    (course / "mine" / copies.RECORD).unlink()
    if record is not None:
        (course / "mine" / copies.RECORD).write_text(record, encoding="utf-8")
    write(course / "mine" / LESSON, "1 + 1", "mine")
    (told,) = copies.refresh(course)
    assert "was changed by you" in told


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff"])
def test_what_is_no_notebook_any_more_is_not_lost(course, content):
    (course / "mine" / LESSON).write_bytes(content)
    copies.refresh(course)
    (own,) = (course / "mine").glob("01_one-*.ipynb")
    assert own.read_bytes() == content


def test_the_originals_are_only_read(course):
    before = {path: path.read_bytes() for path in course.rglob("notebooks/**/*.ipynb")}
    write(course / "mine" / LESSON, "mine")
    copies.refresh(course)
    assert before == {path: path.read_bytes() for path in course.rglob("notebooks/**/*.ipynb")}


def test_git_knows_nothing_of_the_copies():
    place = read_course().notebooks()[0].name
    command = ["git", "-C", str(ROOT), "check-ignore", f"{copies.FOLDER}/{place}"]
    if not (ROOT / ".git").exists():
        pytest.skip("an unpacked bundle has no git")
    assert subprocess.run(command, capture_output=True).returncode == 0
