"""Each draw is proved: right answers right, blanks and wrong ones not, every student his own."""

import json
import math

import nbformat
import pytest
from classroom import ASSIGNMENTS, Assignment, run

from grading.archive import BadVariant, read_archive
from grading.class_page import shown
from grading.submission import read_submission
from tools.assignments import derive
from tools.course import CourseError
from tools.draws import HELPERS, drawn, filled, polynomial, short, signed
from tools.masters import read_names
from tools.variants import derive_variants, read_students

QUESTION = {
    "name": "q1",
    "draw": {"x": [5, 7, 4], "places": "abcd"},
    "let": {"half": "x / 2"},
    "when": "x < 7",
}
LIST = "Which?\n\n- **a.** one\n- **b.** two\n- **c.** three\n- **d.** four\n\nx = {{ x }}"


def machine(assignment):
    return [q for q in assignment.questions.values() if not q.by_hand]


@pytest.fixture(scope="session")
def seeds(request):
    return [f"seed-{i}" for i in range(request.config.getoption("--seeds"))]


@pytest.mark.parametrize("stored", ASSIGNMENTS, ids=lambda a: a.id)
def test_each_draw_is_proved(stored, seeds, tmp_path):
    for key in seeds:
        folder = tmp_path / key
        derive(stored.master, folder, execute=False, key=key)
        assignment = Assignment(stored.master, key, folder)
        prove(assignment)
        assert_alike(assignment, stored)


def prove(assignment):
    """The solution gets full marks, a blank none, and each wrong answer less, and is told why."""
    blank = run(assignment.student, {})
    for question in machine(assignment):
        where = (assignment.key, question.name)
        score = assignment.score(question.name, assignment.solved)
        assert score.messages == "", where
        assert score.earned == pytest.approx(question.config["points"]), where
        assert assignment.score(question.name, blank).earned == 0, where
    for wrong in assignment.wrong:
        score = assignment.score(wrong.question, assignment.answered(wrong.question, wrong.code))
        told = (assignment.key, wrong, score.messages)
        assert score.earned < score.possible, told
        assert wrong.says in score.messages, told
        slips = assignment.questions[wrong.question].slips
        assert shown(slips, score.messages.split("\n")) == sorted(wrong.shows), told


def assert_alike(assignment, stored):
    """No number of the solution is ten times larger or smaller than the stored one."""
    for question in machine(assignment):
        for name in stored.defined(question.name):
            ours, theirs = assignment.solved.get(name), stored.solved.get(name)
            if isinstance(theirs, int | float) and theirs and not isinstance(theirs, bool):
                assert ours, (assignment.key, name)
                assert abs(math.log10(abs(ours / theirs))) <= 1, (assignment.key, name, ours)


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda a: a.id)
def test_four_of_five_questions_vary(assignment):
    vary = [bool(question.config.get("draw")) for question in machine(assignment)]
    assert sum(vary) / len(vary) >= 0.8


@pytest.mark.rare
def test_two_students_have_two_notebooks_and_one_zip_grades_both(tmp_path):
    master = ASSIGNMENTS[0].master
    derive_variants([master], ["anna", "ben"], "2027-spring", tmp_path)
    place = f"{master.parent.name}/{master.name}"
    texts = {}
    for student in ("anna", "ben"):
        notebook = nbformat.read(tmp_path / "students" / student / place, as_version=4)
        assert notebook.metadata.otter["variant"] == f"2027-spring/{student}"
        texts[student] = [cell.source for cell in notebook.cells]
        assert not any("{{" in text for text in texts[student])
    assert texts["anna"] != texts["ben"]
    archive = read_archive((tmp_path / "solutions" / place).with_suffix(".zip"), tmp_path)
    anna, ben = (archive.questions_for(f"2027-spring/{who}") for who in ("anna", "ben"))
    assert [q.name for q in anna] == [q.name for q in ben] == [q.name for q in archive.questions]
    assert archive.variants["anna"] != archive.variants["ben"]
    for student in ("anna", "ben"):
        handed_out = read_submission(tmp_path / "students" / student / place)
        assert archive.written(handed_out) == {}, "what everybody is given is nobody's answer"
    assert archive.about_variant("2027-spring/anna") != archive.about_variant("2027-spring/ben")
    for variant in ("", "2027-spring", "2027-spring/carla", "2026-fall/anna"):
        with pytest.raises(BadVariant, match="notebook"):
            archive.questions_for(variant)


def test_the_same_key_draws_the_same():
    for assignment in ASSIGNMENTS:
        assert read_names(assignment.master, "a").keys() == assignment.questions.keys()
        once, again = (json.dumps(plain(assignment.master, "a")) for _ in range(2))
        assert once == again


def plain(master, key):
    names = read_names(master, key)
    return {q: {n: repr(v) for n, v in of.items() if n != "at"} for q, of in names.items()}


def test_stored_values_are_the_first_ones():
    names = drawn(QUESTION)
    assert (names["x"], names["places"], names["half"]) == (5, "abcd", 2.5)
    assert filled(LIST, names, "q1") == LIST.replace("{{ x }}", "5")


@pytest.mark.parametrize("key", range(20))
def test_choices_change_places_and_keep_their_texts(key):
    names = drawn(QUESTION, str(key))
    assert names["x"] in (5, 4)
    lines = filled(LIST, names, "q1").split("\n")
    texts = dict(zip("abcd", ("one", "two", "three", "four"), strict=True))
    shown = {line[4]: line[9:] for line in lines if line.startswith("- **")}
    assert [*shown] == [*"abcd"]
    assert all(shown[names["at"](letter)] == text for letter, text in texts.items())
    assert lines[-1] == f"x = {names['x']}"


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ({"draw": {"x": [1]}, "when": "x > 1"}, "no draw"),
        ({"let": {"y": "z + 1"}}, "NameError"),
        ({"let": {"y": "__import__('os')"}}, "NameError"),
    ],
)
def test_a_bad_draw_is_told(config, says):
    with pytest.raises(CourseError, match=says):
        drawn({"name": "q1"} | config, "a")


def test_numbers_and_polynomials_are_written_as_by_hand():
    assert short(0.1 + 0.2) == "0.3"
    assert [signed(-2), signed(0.5)] == ["- 2", "+ 0.5"]
    assert polynomial([5, -1, -5, 2, -9], "w") == "5w^4 - w^3 - 5w^2 + 2w - 9"
    for coefficients in ([5, -1, 0, 2], [-1, 0, 0.5], [1, 1]):
        code = polynomial(coefficients, "x", code=True)
        for x in (-1.5, 0.3, 2.0):
            here = eval(code, {"x": x})
            assert here == pytest.approx(HELPERS["np"].polyval(coefficients, x))


def test_a_roster_of_a_spreadsheet_is_read(tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("Name;Student ID\nLee, Anna;anna\n;\nBen;ben\n", encoding="utf-8-sig")
    assert read_students(roster) == ["anna", "ben"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("nickname\nanna\n", "a column `student`"),
        ("student\nanna\nanna\n", "anna more than once"),
        ("student\n../anna\n", "cannot be the name of a folder"),
        ("student\n", "a line for each"),
    ],
)
def test_a_bad_roster_is_told(text, says, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=says):
        read_students(roster)
