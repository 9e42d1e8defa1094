"""The two editions: what is a note, what is left in, and what a command makes unasked."""

import re

import nbformat
import pytest
from told import notes

from tools import build_site, editions, slides
from tools.course import ROOT, read_course
from tools.withheld import sentences, teachers_texts, withheld

COURSE = read_course()


def test_each_cell_that_speaks_to_the_teacher_is_a_note():
    """By its words, and so by another mark than the one that takes it out."""
    spoken = [
        cell.id
        for lesson in COURSE.lessons
        for cell in nbformat.read(ROOT / lesson.path, as_version=4).cells
        if "for the teacher" in cell.source.lower()
    ]
    assert spoken and spoken == [cell.id for _, cell in notes(COURSE)]


@pytest.mark.parametrize("path", COURSE.notebooks(), ids=lambda path: path.stem)
def test_students_lesson_is_the_lesson_without_its_notes(path):
    stored = path.read_bytes()
    whole = nbformat.reads(stored.decode(), as_version=4)
    made = nbformat.reads(editions.stored_edition(stored, "students").decode(), as_version=4)
    left_out = [cell for cell in whole.cells if cell not in made.cells]
    theirs = [cell for lesson, cell in notes(COURSE) if lesson.name == path.stem]
    assert left_out == theirs
    assert made.cells == [cell for cell in whole.cells if cell not in left_out]
    assert made.metadata == whole.metadata
    assert editions.stored_edition(stored, "teachers") == stored
    practice = COURSE.practices("guided")[0].read_bytes()
    assert editions.stored_edition(practice, "students") == practice


def test_every_note_and_every_answer_has_a_sentence_to_look_for():
    """Of an answer these are its words; of each page of docs/teach most of its lines."""
    secrets = withheld(COURSE)
    places = set(secrets.values())
    for lesson, note in notes(COURSE):
        assert f"{lesson.name}.ipynb, {note.id}" in places
    answers = [
        line
        for place, text in teachers_texts(COURSE)
        for line in re.split(r"\n(?=\n|\s*(?:[-|]|\d+\.) )", text)
        if line.strip().startswith(("**Answer:**", "**Good:**", "- **See:**", "- **Way out:**"))
        or "| Exit: " in line
    ]
    assert len(answers) > 100
    for line in answers:
        assert any(sentence in secrets for sentence in sentences(line)), line


def test_parts_of_a_page_are_for_one_of_the_two():
    page = "a\n<!-- for students -->\nb\n<!-- to here -->\n"
    page += "<!-- for teachers -->\nc\n<!-- to here -->\n"
    assert editions.page_edition(page, "students") == "a\nb\n"
    assert editions.page_edition(page, "teachers") == "a\nc\n"


@pytest.mark.parametrize("command", [build_site, slides])
def test_unasked_a_command_makes_what_can_be_given_to_students(monkeypatch, tmp_path, command):
    """Whatever else is asked for is refused, and not made for the wrong reader."""
    asked = []
    monkeypatch.setattr(command, "build", lambda *args, **more: asked.append((args, more)) or True)
    command.main([str(tmp_path)])
    command.main([str(tmp_path), "--audience=teachers"])
    told = [[*more.values(), *args] for args, more in asked]
    assert "students" in told[0] and "teachers" in told[1]
    with pytest.raises(SystemExit):
        command.main(["--audience=student"])
