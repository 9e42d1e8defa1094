"""The page "Is this for my course?": its numbers are those of the lessons, plans and masters."""

import re

import nbformat
import pytest
from test_lesson_plan import plans
from test_lesson_plan import text as taught

from tools import syllabus
from tools.assignments import objectives
from tools.course import ROOT, read_course
from tools.editions import AUDIENCES
from tools.masters import read_questions

COURSE = read_course()
PRACTISED = [lesson for lesson in COURSE.lessons if lesson.practice]


def cells(table):
    """The cells of a table's rows, without its head."""
    return [[c.strip() for c in row.strip("|").split("|")] for row in table.splitlines()[2:]]


def test_every_outcome_of_every_lesson_is_promised_and_no_other():
    told = re.findall(r"^- (.*)$", syllabus.outcomes(COURSE), re.MULTILINE)
    promised = [one for lesson in COURSE.lessons for one in objectives(ROOT / lesson.path)]
    assert len(promised) > 10 and [line.rstrip(";.") for line in told] == promised


def test_hours_are_those_of_course_and_plans_and_add_up():
    *rows, total = cells(syllabus.hours(COURSE))
    plan = {one.id: one.values[0] for one in plans()}
    for lesson, (label, *minutes) in zip(COURSE.lessons, rows, strict=True):
        assert lesson.label in label
        in_class = plan.get(f"Short lesson {lesson.label}", 0)
        page = COURSE.file("docs/teach/short-lessons.md").read_text("utf-8")
        own = page.partition(f"## Short lesson {lesson.label} ")[2].partition("\n## ")[0]
        guided = sum(map(int, re.findall(r"\| (\d+) \|.*\[Guided practice", own)))
        homework = 25 * lesson.practice
        assert list(map(int, minutes)) == [lesson.minutes, in_class, guided, homework]
        assert bool(guided) is lesson.practice
    assert [sum(map(int, column)) for column in list(zip(*rows, strict=True))[1:]] == list(
        map(int, total[1:])
    )


def test_one_lesson_has_the_minutes_and_sections_of_its_plan():
    rows = cells(syllabus.one_lesson(COURSE))
    (plan,) = (one.values[1] for one in plans() if one.id == "The plan")
    assert [minutes for minutes, _ in rows] == [row[1] for row in plan]
    for (_, section), row in zip(rows, plan, strict=True):
        told = re.match(r"\[?([^\]]*)", row[-1])[1]
        assert (told if told != "–" else row[2].split()[0].strip(".,:")) in section


def test_each_class_is_told_whole():
    lines = syllabus.short_lessons(COURSE).splitlines()
    for lesson, line in zip(PRACTISED, lines, strict=True):
        assert lesson.label in line
        assert sum(map(int, re.findall(r" (\d+)(?= · |$)", line))) == 60


def test_a_term_shows_each_section_of_each_lesson_in_one_class_or_the_other():
    rows = cells(syllabus.a_term(COURSE))
    assert [int(row[0]) for row in rows] == [*range(1, 2 * len(COURSE.lessons) + 1)]
    for lesson, (_, rest, _) in zip(COURSE.lessons, rows[1::2], strict=True):
        plan = taught("short-lessons.md").partition(f"## Short lesson {lesson.label} (")[2]
        plan = plan.partition("\n## ")[0]
        notebook = nbformat.read(ROOT / lesson.path, as_version=4)
        text = "\n".join(cell.source for cell in notebook.cells)
        for section, minutes in re.findall(r"^## (.*) \((\d+) min\)$", text, re.MULTILINE):
            assert (f"{section} ({minutes})" in rest) != (f"[{section}]" in plan), section


def test_points_are_those_of_the_masters():
    rows = cells(syllabus.graded(COURSE))
    for lesson, (label, *numbers) in zip(PRACTISED, rows, strict=True):
        questions = read_questions(ROOT / f"solutions/masters/independent/{lesson.name}.ipynb")
        machine, hand = (
            sum(q.config["points"] for q in questions if q.by_hand == by_hand)
            for by_hand in (False, True)
        )
        assert label == lesson.label
        assert [*map(float, numbers)] == [len(questions), machine, hand, machine + hand]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_page_on_the_site_has_every_part(request, audience):
    site = request.getfixturevalue("site" if audience == "students" else "teachers_site")
    page = (site / "course.html").read_text(encoding="utf-8")
    assert not [name for name in syllabus.PARTS if f"<!-- {name} -->" in page]
    told = [f"<td[^>]*><p>{points}</p></td>" for points in ("20", "18")]
    assert all(re.search(one, page) for one in told)
    assert ("teach/lesson-plan.html" in page) == (audience == "teachers")
