"""Builds the course site: `make site` writes build/site, whose index.html opens from a folder.

It is the students' edition, or with AUDIENCE=teachers all there is (tools/editions.py).
Sphinx reads one folder, so one is put together first: the pages of docs/, the lessons and the
guided practice with a line on how to run them, the pages' figures and the fonts
of the formulas. Nothing is run, and nothing is fetched.
"""

import os
import re
import runpy
import shutil
import sys
import tempfile
from pathlib import Path, PurePosixPath

import nbformat
from sphinx.cmd.build import main as sphinx_build

from tools import syllabus
from tools.cells import hides_source
from tools.course import ROOT, CourseError, in_markdown, read_course
from tools.editions import STUDENTS, command, edition, page_edition, stored_edition
from tools.formulas import copy_fonts
from tools.look import read_look
from tools.references import LINK, gone
from tools.run_links import colab_copy, find_repository, links, on_github

UNCHECKED = (
    "This page shows the questions and the hints. "
    "Answers are written, run and checked in the notebook itself."
)


def heading_anchor(title):
    """The name JupyterLab gives to a heading, for Sphinx to use as well.

    >>> heading_anchor("Judge nine functions (7 min)")
    'Judge-nine-functions-(7-min)'
    """
    return title.strip().replace(" ", "-")


def build(into, course, docs=ROOT / "docs", settings=(), audience=STUDENTS):
    """Build the site into the folder ``into``, which is emptied first; True if nothing was amiss.

    ``settings``, such as "html_theme=basic", go before those of docs/conf.py. A warning of Sphinx
    counts as an error, so that no broken link or formula gets through.
    """
    repository = find_repository(ROOT)
    places = shelve(course)
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "source"), Path(folder, "made")
        gather(source, docs, repository, course, audience)
        options = ["-b", "html", "-W", "--keep-going", "-q", "-d", str(Path(folder, "doctrees"))]
        options += [f"-D{setting}" for setting in settings]
        if sphinx_build([*options, str(source), str(made)]):
            return False
        ship_notebooks(made, repository, places, audience)
        shutil.rmtree(into, ignore_errors=True)
        shutil.copytree(made, into)
    return True


def gather(source, docs, repository, course, audience):
    """Put together the folder that Sphinx reads."""
    places = shelve(course)
    left_out = ["__pycache__", "_generated", *(["teach"] if audience == STUDENTS else [])]
    shutil.copytree(docs, source, ignore=shutil.ignore_patterns(*left_out))
    for page in source.rglob("*.md"):
        place = PurePosixPath("docs", page.relative_to(source).as_posix())
        text = page_edition(page.read_text(encoding="utf-8"), audience)
        text = for_site(text, place.parent, repository, places)
        page.write_text(with_lists(text, course), encoding="utf-8")
    for path, page in places.items():
        write(as_page(path, repository, places, audience), source / page[1:])
    for script in ("landing.py", "looks.py"):
        write_figures(docs / script, source / "_generated")
    copy_fonts(source / "_static" / "formulas")


def shelve(course):
    """Where the lessons and the guided practice stand: path from the top folder → page."""
    shelves = {"lessons": course.notebooks(), "practice": course.practices("guided")}
    return {
        PurePosixPath(path.relative_to(course.root).as_posix()): f"/{shelf}/{path.name}"
        for shelf, paths in shelves.items()
        for path in paths
    }


def with_lists(text, course):
    """A page with its lists of lessons, its syllabus and its contents, where it asks for them."""
    lessons = "\n".join(
        f"- [{in_markdown(lesson.label)}](/lessons/{lesson.name}.ipynb)\n\n"
        f"  {in_markdown(lesson.question)}\n"
        for lesson in course.lessons
    )
    names = [lesson.name for lesson in course.lessons]
    practices = [lesson.name for lesson in course.lessons if lesson.practice]
    contents = contents_of("lessons", "Lessons", names)
    contents += contents_of("practice", "Practice", practices)
    for name, made in syllabus.PARTS.items():
        if (asked := f"<!-- {name} -->") in text:
            text = text.replace(asked, made(course))
    return text.replace("<!-- lessons -->", lessons).replace("<!-- contents -->", contents)


def contents_of(shelf, caption, names):
    """A hidden table of contents, which Sphinx shows in the margin; none where it were empty."""
    listed = "\n".join(f"{shelf}/{name}" for name in names)
    return f"```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{listed}\n```\n\n" if names else ""


def as_page(path, repository, places, audience=STUDENTS):
    """The notebook as the site shows it to its audience, with how to run it under its title.

    Code that its author has hidden is folded there, too, by the tag that MyST-NB has for it.
    Raises ValueError where the first cell is no title to write under.
    """
    notebook = edition(read(path), audience)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = for_site(cell.source, path.parent, repository, places)
        elif hides_source(cell):
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
    title, _, rest = notebook.cells[0].source.partition("\n")
    if not title.startswith("# "):
        raise ValueError(f"{path} must begin with its title, a line that starts with '# '.")
    notebook.cells[0].source = f"{title}\n\n{how_to_run(path, repository, audience)}\n{rest}"
    return notebook


def how_to_run(path, repository, audience=STUDENTS):
    """HTML: the links under a page's title, and in practice why they are needed."""
    inside = path.relative_to("notebooks")
    ways = "".join(
        f'<li><a href="{address}"{"" if "://" in address else " download"}>{words}</a></li>'
        for words, address in links(inside, repository, audience)
    )
    course = "the course is installed"
    if repository:
        course = f'<a href="https://github.com/{repository}#readme">{course}</a>'
    why = f"<p>{UNCHECKED}</p>" if len(inside.parts) > 1 else ""
    where = f"<p>A downloaded notebook runs where {course}.</p>"
    return f'<div class="run-it"><p><b>Run it yourself</b></p><ul>{ways}</ul>{where}{why}</div>\n'


def for_site(text, folder, repository, places):
    """Markdown of a file in ``folder`` with its links to files of the repository made the site's.

    A lesson or a practice notebook is a page here. Every other file outside docs/ is on GitHub;
    where the repository is not known, or a lesson is gone, only the words of the link are left.
    """

    def mend(found):
        words, target, part = found[1], found[2], found[3] or ""
        if re.match(r"[a-z]+:|/", target):
            return found[0]
        path = PurePosixPath(os.path.normpath(folder / target).replace(os.sep, "/"))
        if path.parts[0] == "docs" and folder.parts[0] == "docs":
            return found[0]
        if path in places:
            return f"[{words}]({places[path]}{part})"
        is_gone = path.suffix == ".ipynb" and not (ROOT / path).is_file()
        if is_gone or not repository:
            return words
        return f"[{words}]({on_github(path, repository)}{part})"

    return LINK.sub(mend, text)


def write_figures(script, into):
    """A page's figures, which a function of docs/landing.py, say, makes: name → HTML."""
    into.mkdir(exist_ok=True)
    if script.exists():
        for name, html in runpy.run_path(str(script))["figures"]().items():
            (into / f"{name}.html").write_text(html, encoding="utf-8")


def ship_notebooks(site, repository, places, audience):
    """The notebooks themselves, to download, and where it is known from where, copies for Colab."""
    for path in places:
        inside = path.relative_to("notebooks")
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(stored_edition((ROOT / path).read_bytes(), audience))
        if repository:
            copied = colab_copy(edition(read(path), audience), repository)
            write(copied, site / "colab" / inside)


def read(path):
    return nbformat.read(ROOT / path, as_version=4)


def write(notebook, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def main(arguments=None):
    parser = command(__doc__)
    parser.add_argument("into", nargs="?", type=Path, default=ROOT / "build" / "site")
    parser.add_argument("docs", nargs="?", type=Path, default=ROOT / "docs")
    asked = parser.parse_args(arguments)
    try:
        course = read_course()
        read_look()  # before Sphinx does, which would not say as plainly what is wrong
        whole = build(asked.into.resolve(), course, asked.docs, audience=asked.audience)
    except CourseError as error:
        sys.exit(str(error))
    if not whole:
        sys.exit("The site was not built: see the warnings above.")
    if found := gone(course):
        print("To edit, as a link to a lesson that is gone is only its words on the site:")
        print(*found, sep="\n")
    print(f"The site for {asked.audience} is built. Open {asked.into / 'index.html'}")


if __name__ == "__main__":
    main()
