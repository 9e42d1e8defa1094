"""Run sheets: their rows are the plans', with what the demonstrations say. Pauses are planned."""

import html
import re

import pytest
from test_lesson_plan import demos, named, plans, rows, text

from tools import sheets
from tools.course import read_course

LESSONS = [lesson for lesson in read_course().lessons if lesson.practice]
ID = re.compile(r"`([a-z]+-\d\d-[a-z]+)`")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sheets") / "made"
    sheets.build(folder)
    return folder


def plain(words):
    """What is read on paper: without marks, links, tags and the kinds of space."""
    words = re.sub(r"\[([^\]]+)\]\((?:[^()]|\([^()]*\))+\)", r"\1", words)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>|[*`]", "", words))).strip()


PLANS = [*LESSONS, None]  # the last is the long lesson
NAMES = [lesson.name if lesson else "long-lesson" for lesson in PLANS]


def plan(lesson):
    if lesson is None:
        return rows(
            text("long-lesson.md").partition("## The plan (90 min)\n")[2].partition("\n## ")[0]
        )
    heading = f"## Short lesson {lesson.label} (60 min)\n"
    return rows(text("short-lessons.md").partition(heading)[2].partition("\n## ")[0])


@pytest.mark.parametrize(("lesson", "name"), [*zip(PLANS, NAMES, strict=True)], ids=NAMES)
def test_the_rows_of_a_sheet_are_those_of_its_plan(folder, lesson, name):
    sheet = (folder / f"{name}.html").read_text(encoding="utf-8")
    shown = [plain(part) for part in sheet.split('<tr class="begins')[1:]]
    assert len(shown) == len(plan(lesson))
    for words, (clock, minutes, teacher, class_, section) in zip(shown, plan(lesson), strict=True):
        assert f"{clock}{minutes} min" in words
        ids = ID.findall(teacher)
        assert " · ".join(ids) in words
        assert plain(ID.sub("", teacher)).split(":")[0].rstrip(" .,") in words
        found = [demo for demo in here(section) if set(named(demo)) & set(ids)]
        for demo in found:
            for part in ("Ask", "See", "Goes wrong", "Way out"):
                told = re.search(rf"\*\*{part}:\*\* (.*)", demo)[1]
                assert plain(told) in words, (clock, part)
        assert found or plain(class_) in words


def here(section):
    """The demonstrations of the lesson that a row of a plan links to."""
    lesson = re.search(r"notebooks/\w+\.ipynb", section)
    return [demo.values[0] for demo in demos() if lesson and lesson[0] in demo.values[0]]


def test_each_sheet_is_listed_and_has_the_hints_for_a_remote_class(folder):
    listed = re.findall(r'href="(.*?)"', (folder / "index.html").read_text(encoding="utf-8"))
    assert listed == [f"{name}.html" for name in NAMES]
    hints = re.findall(r"^- (.*)$", text("lesson-plan.md").partition("## Remote")[2], re.MULTILINE)
    for name in listed:
        told = plain((folder / name).read_text(encoding="utf-8"))
        assert all(plain(hint) in told for hint in hints[:5])


def test_the_long_lesson_says_what_to_drop_when_it_is_late(folder):
    late = text("long-lesson.md").partition("## When you run late\n")[2].partition("\n## ")[0]
    assert plain(late) and plain(late) in plain((folder / "long-lesson.html").read_text("utf-8"))


@pytest.mark.parametrize(("total", "plan"), [*plans()])
def test_pauses_and_silences_are_counted_in(total, plan):
    assert sum(int(row[1]) for row in plan if row[2].startswith("Pause")) >= 5
    for _, minutes, teacher, _, section in plan:
        lesson = re.search(r"notebooks/(\w+)\.ipynb", section)
        ids = set(ID.findall(teacher))
        many = sum(
            bool(ids & set(named(demo.values[0]))) and lesson[0] in demo.values[0]
            for demo in demos()
        )
        assert int(minutes) >= 1.5 * many, teacher
