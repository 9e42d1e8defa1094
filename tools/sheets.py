"""Run sheets for the lectern, one A4 page a lesson: `make sheets` writes build/sheets.

They say what the plans of docs/teach say, and nothing else: short-lessons.md and long-lesson.md
have the rows, demos.md what to ask, to read and to do when something goes wrong, lesson-plan.md the
hints for a remote class. Print a page from the browser.
"""

import re
import shutil
import sys

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from tools.course import ROOT, CourseError, read_course
from tools.teach_pages import sections, table

TEMPLATE = ROOT / "tools" / "sheets"
ID = re.compile(r"`([a-z]+-\d\d-[a-z]+)`")
# The ids of cells at the end of a sentence, with what joins them to it.
IDS = re.compile(rf":? (?:{ID.pattern}(?:, | and )?)+")
LINK = re.compile(r"\[([^\]]+)\]\((?:[^()]|\([^()]*\))+\)")
LESSON = re.compile(r"notebooks/(\w+)\.ipynb")
REMOTE, LONG, LATE = "Remote and hybrid", "The plan", "When you run late"
# So many letters, times the square of their size in points, fill a page of A4, with a wide font.
PAGE = 480_000


def build(into, root=ROOT):
    """Write a sheet for each plan, and a page that lists them."""
    teach = root / "docs" / "teach"
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    shown = demonstrations(teach / "demos.md")
    hints = bullets(sections(teach / "lesson-plan.md").get(REMOTE, ""))
    pages = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True)
    pages.filters["words"] = paper
    made = {}
    for name, title, text, late in plans(read_course(root), teach):
        rows = [row(cells, shown) for cells in table(text)]
        words = {"title": title, "rows": rows, "hints": hints, "late": late}
        sheet = fitted(pages.get_template("sheet.html"), words)
        made[f"{name}.html"] = title
        (into / f"{name}.html").write_text(sheet, encoding="utf-8")
    listed = pages.get_template("list.html").render(sheets=made)
    (into / "index.html").write_text(listed, encoding="utf-8")
    return made


def plans(course, teach):
    """Each plan: the name of its sheet, its title, its text, and what to drop when it is late."""
    short, long = sections(teach / "short-lessons.md"), sections(teach / "long-lesson.md")
    for lesson in course.lessons:
        for heading in (h for h in short if h.startswith(f"Short lesson {lesson.number} ·")):
            yield lesson.name, heading.removeprefix("Short lesson "), short[heading], ""
    late = long.get(LATE, "").strip().replace("\n", " ")
    for heading in (h for h in long if h.startswith(LONG)):
        yield "long-lesson", heading.replace(LONG, "One long lesson"), long[heading], late


def fitted(template, words):
    """The page with its words as large as one sheet of paper allows."""
    letters = len(Markup(template.render(words)).striptags())
    return template.render(words, size=round((PAGE / letters) ** 0.5, 1))


def bullets(text):
    """The items of a Markdown list."""
    return re.findall(r"^- (.*)$", text, re.MULTILINE)


def demonstrations(path):
    """Each demonstration: its lesson, its cells, and its parts by their names, such as "Ask"."""
    found = []
    for part in re.split(r"^### ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        lesson = LESSON.search(part)[1]
        where = part.strip().splitlines()[2]
        parts = dict(re.findall(r"^- \*\*(.+?):\*\* (.*)$", part, re.MULTILINE))
        found.append({"lesson": lesson, "cells": ID.findall(where), "parts": parts})
    return found


def row(cells, shown):
    """A row of a plan, with the demonstrations of the cells that it runs."""
    clock, minutes, teacher, class_, section = cells
    ids, lesson = ID.findall(teacher), LESSON.search(section)
    return {
        "clock": clock,
        "minutes": minutes,
        "section": LINK.sub(r"\1", section).strip("–"),
        "do": IDS.sub("", teacher),
        "class": class_,
        "cells": ids,
        "demos": [
            demo["parts"]
            for demo in shown
            if lesson and demo["lesson"] == lesson[1] and set(demo["cells"]) & set(ids)
        ],
    }


def paper(text):
    """Markdown of one paragraph as HTML; links are their words: paper has none."""
    shown = markdown2html_mistune(LINK.sub(r"\1", text)).strip()
    return Markup(shown.removeprefix("<p>").removesuffix("</p>"))


if __name__ == "__main__":
    into = ROOT / "build" / "sheets"
    try:
        build(into)
    except CourseError as error:
        sys.exit(str(error))
    print(f"The run sheets are made. Open {into / 'index.html'} and print what you need.")
