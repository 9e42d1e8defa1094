"""course.toml: read, and held against the files and the pages."""

import html
import re

import nbformat
import pytest
from markdown_it import MarkdownIt

from tools import build_site, check_course
from tools.course import ROOT, CourseError, Lesson, read_course, table

COURSE = read_course()
BLOCK = """[[lesson]]
name = "06_momentum"
title = "Momentum"
minutes = 5
question = "What does a ball do better than a hiker?"
practice = false
"""


def described(folder, text):
    (folder / "course.toml").write_text(text, encoding="utf-8")
    return read_course(folder)


# Reading it


def test_a_lesson_has_a_number_a_label_and_a_file(tmp_path):
    lesson = described(tmp_path, BLOCK).lessons[0]
    assert lesson.label == "6 · Momentum"
    assert lesson.path == "notebooks/06_momentum.ipynb"
    assert not lesson.practice


def test_the_order_is_that_of_the_file_and_numbers_may_have_gaps(tmp_path):
    text = BLOCK + BLOCK.replace("06_", "10_") + BLOCK.replace("06_", "02_")
    course = described(tmp_path, text)
    assert [lesson.number for lesson in course.lessons] == [6, 10, 2]
    assert re.findall(r"\[(\d+) · ", table(course)) == ["6", "10", "2"]
    assert course.lesson("10") is course.lesson(10) is course.lessons[1]
    with pytest.raises(CourseError, match=r"no lesson '3'\. The lessons are 6, 10, 2\."):
        course.lesson("3")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes = 5", "minutes = ", "cannot be read: .*line 4"),
        ("minutes = 5\n", "", r"06_momentum has no minutes\. Add a line such as  minutes = 45"),
        ("minutes = 5", 'minutes = "5"', "minutes must be a whole number without quotes"),
        ("minutes = 5", "minutes = true", "minutes must be a whole number"),
        ("minutes = 5", "minutes = -5", "minutes must be positive, got -5"),
        ("practice = false", 'practice = "no"', "practice must be true or false"),
        ("title =", "titel =", "nothing reads 'titel'. Known are name, title"),
        ('"Momentum"', '"""Momen\ntum"""', "title must be one line of text"),
        ('"Momentum"', '" "', "title must be one line of text"),
        ("06_momentum", "momentum", "two digits, _ and letters, such as 06_momentum"),
        ("06_momentum", "06_momentum.ipynb", "two digits, _ and letters, such as 06_momentum"),
        ("[[lesson]]", "[lesson]", "no lessons. Each begins with the line"),
        ("[[lesson]]", "[[lessons]]", "nothing reads 'lessons'"),
        (BLOCK, BLOCK + BLOCK.replace("momentum", "adam"), "two lessons have the number 6"),
        (BLOCK, "", "course.toml has no lessons"),
    ],
)
def test_what_is_wrong_is_said_in_words(tmp_path, old, new, said):
    assert old in BLOCK
    with pytest.raises(CourseError, match=said):
        described(tmp_path, BLOCK.replace(old, new))


def test_a_file_that_is_missing_is_said_in_words(tmp_path):
    with pytest.raises(CourseError, match=r"There is no file .*course\.toml"):
        read_course(tmp_path)
    with pytest.raises(CourseError, match="no file notebooks/06_momentum.ipynb, of a lesson"):
        described(tmp_path, BLOCK).notebooks()
    (tmp_path / "course.toml").write_bytes(b"\xff")
    with pytest.raises(CourseError, match="save it as UTF-8"):
        read_course(tmp_path)


@pytest.mark.parametrize("written", ["table", "site"])
def test_a_title_and_a_question_are_read_as_they_are_written(tmp_path, written):
    """In HTML that is made of the Markdown: no tag, no entity, and no cell of their own."""
    title, question = "Is |v| < <i>w</i>?", "Why x < 3 && y > 2, <b>R&D</b> &lt; |v|?"
    text = BLOCK.replace("Momentum", title).replace(
        "What does a ball do better than a hiker?", question
    )
    course = described(tmp_path, text)
    page = (
        table(course) if written == "table" else build_site.with_lists("<!-- lessons -->", course)
    )
    rendered = MarkdownIt("commonmark").enable("table").render(page)
    link, rest = re.search(r"<a [^>]*>(.*?)</a>(.*)", rendered, re.DOTALL).groups()
    assert html.unescape(link) == f"6 · {title}"
    assert question in html.unescape(rest)
    assert "<b>" not in rendered and "<i>" not in rendered
    assert rendered.count("<td>") == (3 if written == "table" else 0)


# This course


def test_files_headings_times_and_every_page_agree_with_it():
    assert check_course.faults(COURSE) == []


def test_the_table_of_the_readme_is_written_from_it():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert check_course.with_table(readme, COURSE) == readme, "type: make course"


# What is held against it


def opening(title, minutes=5):
    return f"# {title}\n\n**Time:** {minutes} minutes."


@pytest.fixture
def small(tmp_path):
    """A project of two lessons without practice, and a page that speaks of them."""
    blocks = [
        BLOCK.replace("06_momentum", name).replace("Momentum", title)
        for name, title in (("01_one", "One"), ("02_two", "Two"))
    ]
    for folder in ("notebooks", "docs", "solutions"):
        (tmp_path / folder).mkdir()
    write(tmp_path / "notebooks/01_one.ipynb", opening("1 · One"), "**Next:** lesson 2, *Two*.")
    write(tmp_path / "notebooks/02_two.ipynb", opening("2 · Two"), "As in lesson 1.")
    (tmp_path / "solutions/README.md").touch()
    (tmp_path / "docs/index.md").write_text("Both.\n\nLessons 1 and 2.\n", encoding="utf-8")
    course = described(tmp_path, "\n".join(blocks))
    assert check_course.faults(course) == []
    return course


def write(path, *texts):
    cells = [nbformat.v4.new_markdown_cell(text, id=f"c-{n}") for n, text in enumerate(texts)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def faults_with(course, *lessons):
    return check_course.faults(type(course)(course.root, lessons))


def test_a_line_that_speaks_of_a_lesson_that_is_gone_is_named_with_its_place(small):
    second = small.root / "notebooks" / "02_two.ipynb"
    second.unlink()
    page = small.root / "docs" / "index.md"
    page.write_text("\n[Two](../notebooks/02_two.ipynb), lesson 2.\nLesson 2.\n", encoding="utf-8")
    first, linked, spoken, again = faults_with(small, small.lessons[0])
    assert first.startswith("notebooks/01_one.ipynb, line ") and "(cell c-1)" in first
    assert "announces lesson 2, but it is the last" in first
    line = int(re.search(r"line (\d+)", first)[1])
    raw = (small.root / "notebooks/01_one.ipynb").read_text(encoding="utf-8").splitlines()
    assert "**Next:**" in raw[line - 1]
    assert again == f"{first.split(')')[0]}) speaks of lesson 2, which is not in course.toml"
    assert linked == "docs/index.md, line 2 names the file 02_two, of no lesson in course.toml"
    assert spoken == "docs/index.md, line 3 speaks of lesson 2, which is not in course.toml"


def test_a_file_of_no_lesson_and_a_missing_one_are_named_as_after_a_new_name(small):
    (small.root / "notebooks/02_two.ipynb").rename(small.root / "notebooks/02_zwei.ipynb")
    assert check_course.faults(small) == [
        "notebooks/02_two.ipynb is missing, of 2 · Two",
        "notebooks/02_zwei.ipynb belongs to no lesson of course.toml",
    ]


def test_two_lessons_in_another_order_are_announced_otherwise(small):
    found = faults_with(small, *reversed(small.lessons))
    assert len(found) == 1 and "announces lesson 2, but it is the last" in found[0]


def test_another_title_and_another_time_are_named(small):
    other = Lesson("02_two", "Zwei", 7, "Why?", practice=False)
    heading, time, following = faults_with(small, small.lessons[0], other)
    assert (
        heading == "notebooks/02_two.ipynb begins '# 2 · Two', not '# 2 · Zwei' as in course.toml"
    )
    assert time == "notebooks/02_two.ipynb must say '7 minutes', as course.toml does"
    assert following.endswith("announces lesson 2, Two, but next comes 2 · Zwei")


def test_practice_that_is_promised_must_be_there(small):
    first = Lesson("01_one", "One", 5, "Why?")
    found = faults_with(small, first, small.lessons[1])
    for name in ("notebooks/guided/01_one.ipynb", "solutions/masters/independent/01_one.ipynb"):
        assert f"{name} is missing, of 1 · One" in found


def test_the_site_lists_lessons_and_practice_in_their_order(small):
    course = type(small)(small.root, tuple(reversed(small.lessons)))
    page = build_site.with_lists("<!-- lessons -->\n<!-- contents -->", course)
    assert page.index("(/lessons/02_two.ipynb)") < page.index("(/lessons/01_one.ipynb)")
    assert page.index("\nlessons/02_two\n") < page.index("\nlessons/01_one\n")
    assert "Practice" not in page
