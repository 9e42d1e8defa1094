"""Makes what is handed out on paper: `make paper` writes build/paper, pages and PDFs.

Cheat sheet, opening questions, exit ticket, a worksheet for each lesson, and each lesson with its
answers at the end. A page is HTML that prints by itself; where there is Chromium, it is printed to
PDF here, too, for A4 or, with PAPER=Letter, for US Letter. Nothing is fetched, and nothing is run.
"""

import argparse
import html
import shutil
import sys

from nbconvert.filters.markdown_mistune import MarkdownWithMath

from tools import handouts, teach_questions, worksheets
from tools.chromium import find_chromium, launch_arguments
from tools.course import ROOT, CourseError, read_course
from tools.formulas import FormulaError, Typesetter, copy_fonts
from tools.slides import Markdown

SOURCE = ROOT / "tools" / "paper"
SIZES = ("A4", "Letter")
ROOM = (3, 3, 3)  # lines to write on for each question of a ticket
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="stylesheet" href="paper.css">
{style}
</head>
<body class="{kind}">
{body}
</body>
</html>
"""


def build(into, course):
    """Write every page into the folder ``into``, which is emptied first; returns their paths."""
    shutil.rmtree(into, ignore_errors=True)
    copy_fonts(into / "formulas")
    shutil.copyfile(SOURCE / "paper.css", into / "paper.css")
    with Typesetter() as typesetter:
        markdown = MarkdownWithMath(renderer=Markdown(typesetter))

        def write(name, title, kind, body):
            style = typesetter.style("formulas")
            page = PAGE.format(title=html.escape(title), style=style, kind=kind, body=body)
            (into / f"{name}.html").write_text(page, encoding="utf-8")
            return into / f"{name}.html"

        return [write(*page) for page in pages(course, markdown.render)]


def pages(course, render):
    """Each page: its name, its title, its kind and its HTML; ``render`` makes HTML of Markdown."""
    text = (SOURCE / "cheat-sheet.md").read_text(encoding="utf-8")
    yield "cheat-sheet", "Gradient descent on one page", "cheat-sheet", render(text)
    for quiz in teach_questions.read():
        if not quiz.name.startswith("checks"):
            yield quiz.name, quiz.title, "tickets", tickets(quiz, render)
    for lesson in course.lessons:
        number = f"{lesson.number:02}"
        if (sheet := worksheet_of(lesson)).is_file():
            body = worksheets.body(sheet, course.file(lesson.path), render)
            yield f"worksheet-{number}", f"Worksheet {lesson.label}", "worksheet", body
        body = handouts.body(course.file(lesson.path), render)
        yield f"lesson-{number}", f"Lesson {lesson.label}", "lesson", body


def worksheet_of(lesson):
    """The source of a lesson's worksheet, if it has one."""
    return SOURCE / "worksheets" / f"{lesson.name}.md"


def tickets(quiz, render):
    """The same ticket twice: its questions with room to write, and no answer."""
    asked = "".join(
        f"<li>{render(question.stem)}{worksheets.lines(room)}</li>"
        for question, room in zip(quiz.questions, ROOM, strict=False)
    )
    name = '<p class="name">Name:</p>'
    one = f'<section class="ticket">{name}<h1>{quiz.title}</h1><ol>{asked}</ol></section>'
    return one * 2


def print_all(paths, size):
    """Print pages to PDFs beside them, with Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        for path in paths:
            page = browser.new_page()
            page.goto(path.as_uri(), wait_until="load")
            page.evaluate("document.fonts.ready")
            page.pdf(path=path.with_suffix(".pdf"), **settings(path, size))
            page.close()
        browser.close()


def settings(path, size):
    """How Chromium prints a page: what has more than one is numbered."""
    margin = dict.fromkeys(("left", "right", "top", "bottom"), "12mm")
    if path.stem == "cheat-sheet":
        margin = dict.fromkeys(margin, "8mm")
    made = {"format": size, "margin": margin}
    if path.stem.startswith(("lesson", "worksheet")):
        style = "width:100%;text-align:center;font-size:8px;font-family:sans-serif"
        title = '<span class="title"></span>, page <span class="pageNumber"></span>'
        footer = f'<div style="{style}">{title} of <span class="totalPages"></span></div>'
        made |= {"display_header_footer": True, "header_template": "<i></i>"}
        made |= {"footer_template": footer, "margin": margin | {"bottom": "16mm"}}
    return made


def main(arguments):
    parser = argparse.ArgumentParser(description="Make what is handed out on paper.")
    parser.add_argument("--size", choices=SIZES, default="A4")
    size = parser.parse_args(arguments).size
    into = ROOT / "build" / "paper"
    try:
        paths = build(into, read_course())
    except (CourseError, FormulaError) as error:
        sys.exit(str(error))
    if find_chromium():
        print_all(paths, size)
        print(f"{len(paths)} pages and their PDFs for {size} are in {into.relative_to(ROOT)}.")
    else:
        print(f"{len(paths)} pages are in {into.relative_to(ROOT)}: print them in your browser.")
        print("For PDFs, install Chromium or Chrome, and type it again.")


if __name__ == "__main__":
    main(sys.argv[1:])
