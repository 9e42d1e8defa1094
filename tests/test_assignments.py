"""Practice notebooks: made from their masters, without solutions, aimed at every misconception."""

import ast
import re
import shutil
import zipfile

import nbformat
import pytest
from classroom import ASSIGNMENTS, MASTERS, ROOT

from tools import assignments
from tools.course import read_course
from tools.leaks import find_leaks, solution_lines, text_of

each_assignment = pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda a: a.id)
GUIDED = [a for a in ASSIGNMENTS if a.kind == "guided"]
INDEPENDENT = [a for a in ASSIGNMENTS if a.kind == "independent"]


def read(path):
    return nbformat.read(path, as_version=4)


def all_questions(of=ASSIGNMENTS):
    return [question for assignment in of for question in assignment.questions.values()]


# Derived files are what their masters give. That every solution passes its own tests is for
# test_answers.py.


@pytest.fixture(scope="session")
def derived(tmp_path_factory):
    folder = tmp_path_factory.mktemp("derived")
    assignments.derive_all(MASTERS, into=folder, execute=False)
    return folder


def content(notebook):
    """All but the outputs, which nbval compares."""
    cells = [(c.id, c.cell_type, c.source, dict(c.metadata)) for c in notebook.cells]
    return cells, dict(notebook.metadata)


@each_assignment
def test_student_notebook_is_what_its_master_gives(assignment, derived):
    anew = derived / assignment.student.relative_to(ROOT)
    assert anew.read_text(encoding="utf-8") == assignment.student.read_text(encoding="utf-8")


@each_assignment
def test_solution_notebook_is_what_its_master_gives(assignment, derived):
    anew = derived / assignment.solution.relative_to(ROOT)
    assert content(read(anew)) == content(read(assignment.solution))


def members(archive):
    with zipfile.ZipFile(archive) as opened:
        return {info.filename: opened.read(info) for info in opened.infolist()}


@each_assignment
def test_autograder_is_what_its_master_gives(assignment, derived):
    anew, stored = (
        members(derived / assignment.archive.relative_to(ROOT)),
        members(assignment.archive),
    )
    assert sorted(anew) == sorted(stored)
    assert [name for name in anew if anew[name] != stored[name]] == [], "type: make assignments"


def texts_in_braces(source):
    """The texts that stand inside the braces of an f-string, as in ``f"{'a'}"``."""
    braces = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FormattedValue))
    inside = (node for brace in braces for node in ast.walk(brace.value))
    return [ast.unparse(n) for n in inside if isinstance(n, ast.Constant) and type(n.value) is str]


@each_assignment
def test_tests_are_written_alike_by_every_python(assignment):
    # Otter writes tests with ast.unparse; from 3.12 on, its quotes in an f-string need 3.12.
    for name, text in members(assignment.archive).items():
        if name.startswith("tests/"):
            assert texts_in_braces(text) == [], name


@each_assignment
def test_autograder_has_no_date_and_all_that_grading_needs(assignment):
    with zipfile.ZipFile(assignment.archive) as opened:
        assert {info.date_time for info in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = opened.namelist()
    tests = {f"tests/{q.name}.py" for q in assignment.questions.values() if not q.by_hand}
    needed = {"files/lec_utils/__init__.py", "files/data/tips.csv", "otter_config.json"}
    assert tests == {name for name in names if name.startswith("tests/")}
    assert needed <= set(names)
    assert not any("__pycache__" in name for name in names)


def test_an_edited_file_is_noticed(derived, tmp_path):
    student = derived / ASSIGNMENTS[0].student.relative_to(ROOT)
    edited = read(student)
    edited.cells[-1].source += " # by hand"
    assert content(edited) != content(read(student))


def test_a_solution_that_fails_its_tests_stops_everything(tmp_path):
    master = read(ASSIGNMENTS[0].master)
    answer = ASSIGNMENTS[0].answer_id("q1")
    cell = next(cell for cell in master.cells if cell.id == answer)
    cell.source = "answer = None  # SOLUTION"
    broken = tmp_path / "guided" / ASSIGNMENTS[0].master.name
    broken.parent.mkdir()
    nbformat.write(master, broken)
    with pytest.raises(RuntimeError, match="q1 results"):
        assignments.derive_all([broken], into=tmp_path)


# Nothing that a student gets holds a solution or a hidden test.


@each_assignment
def test_student_notebook_holds_no_solution_and_no_hidden_test(assignment):
    text = text_of(assignment.student.name, assignment.student.read_bytes())
    name = f"{assignment.kind}/{assignment.student.name}"
    assert find_leaks({name: text}, [assignment.master]) == []


@each_assignment
def test_student_notebook_does_not_need_otter(assignment):
    for cell in read(assignment.student).cells:
        assert not re.search(r"^\s*(import|from) otter", cell.source, re.MULTILINE)


@each_assignment
def test_tests_import_what_they_need_themselves(assignment):
    for question in assignment.questions.values():
        for cell in question.tests:
            nodes = [*ast.walk(ast.parse(cell.source))]
            free = {node.id for node in nodes if isinstance(node, ast.Name)}
            for name in free & {"np", "lu", "judge", "practice"}:
                assert re.search(rf"import .*\b{name}\b", cell.source), (question.name, name)


# What the notebooks promise


@each_assignment
def test_configuration_is_the_agreed_one(assignment):
    first = read(assignment.master).cells[0].source
    assert first.startswith("# ASSIGNMENT CONFIG\n")
    for line in ("init_cell: false", "check_all_cell: true", "export_cell: false"):
        assert line in first
    assert f"name: {assignment.kind}-{assignment.name[:2]}\n" in first
    stored = read(assignment.student).metadata.otter
    assert stored.assignment_name == f"{assignment.kind}-{assignment.name[:2]}"
    assert read(assignment.student).cells[-1].source.endswith("practice.check()")


@each_assignment
def test_there_are_five_questions_at_least_and_25_minutes(assignment):
    questions = assignment.questions.values()
    assert sum(not question.by_hand for question in questions) >= 5
    text = "\n".join(c.source for c in read(assignment.student).cells if c.cell_type == "markdown")
    assert "25 minutes" in text


@pytest.mark.parametrize("assignment", INDEPENDENT, ids=lambda a: a.id)
def test_independent_practice_is_worth_twenty_points(assignment):
    questions = assignment.questions.values()
    assert sum(question.config["points"] for question in questions) == 20
    assert [q.by_hand for q in questions].count(True) == 1
    text = "\n".join(c.source for c in read(assignment.student).cells)
    for question in questions:
        assert re.search(rf"_Points:_ {question.config['points']}\b", text)


@pytest.mark.parametrize("assignment", INDEPENDENT, ids=lambda a: a.id)
def test_independent_practice_has_hidden_tests_and_data_of_ones_own_choosing(assignment):
    for question in assignment.questions.values():
        if not question.by_hand:
            assert any("hidden: true" in cell.source for cell in question.tests), question.name
    text = "\n".join(c.source for c in read(assignment.student).cells)
    assert "choose_data" in text


@pytest.mark.parametrize("assignment", INDEPENDENT, ids=lambda a: a.id)
def test_the_question_in_words_has_a_rubric(assignment):
    question = next(q for q in assignment.questions.values() if q.by_hand)
    text = "\n".join(cell.source for cell in question.answers)
    for part in ("Model answer", "Rubric", "2 points", "1 point", "0 points"):
        assert part in text


@pytest.mark.parametrize("assignment", GUIDED, ids=lambda a: a.id)
def test_guided_practice_has_three_folded_hints_for_each_question(assignment):
    for question in assignment.questions.values():
        text = "\n".join(cell.source for cell in question.asked if cell.cell_type == "markdown")
        hints = re.findall(
            r"<details><summary>(Hint \d)</summary>\n\n(.+?)\n\n</details>", text, re.S
        )
        assert [name for name, _ in hints] == ["Hint 1", "Hint 2", "Hint 3"], question.name
        for _, hint in hints:
            for line in solution_lines(question):
                assert len(line) < 12 or line not in hint


@pytest.mark.parametrize("assignment", GUIDED, ids=lambda a: a.id)
def test_guided_practice_answers_wholly_and_at_once(assignment):
    for question in assignment.questions.values():
        assert not question.by_hand
        assert not any("hidden: true" in cell.source for cell in question.tests)


@each_assignment
def test_solutions_explain(assignment):
    for question in assignment.questions.values():
        words = [cell.source for cell in question.answers if cell.cell_type == "markdown"]
        assert len(" ".join(words).split()) >= 25, question.name
        if not question.by_hand:
            for part in ("**Why", "**What goes wrong", "**The common wrong answer"):
                assert part in " ".join(words), question.name


@pytest.mark.parametrize("lesson", sorted({a.name for a in ASSIGNMENTS}))
def test_questions_cover_every_objective_of_the_lesson(lesson):
    chosen = [a for a in ASSIGNMENTS if a.name == lesson]
    aimed = {question.config["objective"] for question in all_questions(chosen)}
    promised = assignments.objectives(ROOT / "notebooks" / f"{lesson}.ipynb")
    assert aimed == set(range(1, len(promised) + 1))


def test_the_table_in_the_readme_is_what_the_masters_say():
    readme = (ROOT / "solutions" / "README.md").read_text(encoding="utf-8")
    assert assignments.with_table(readme, read_course()) == readme, "type: make assignments"
    for number in range(1, 14):
        assert f"\n{number}. " in readme, "each misconception is spelled out"


def test_a_renamed_student_notebook_still_checks(tmp_path, monkeypatch):
    from classroom import run

    renamed = shutil.copy(ASSIGNMENTS[0].student, tmp_path / "Homework of Ada (2).ipynb")
    monkeypatch.setattr("lec_utils.practice.grader.LIBRARY", tmp_path / "none")
    namespace = run(renamed, {})
    assert namespace["grader"].check("q1").passed is False
