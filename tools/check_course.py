"""Holds the course to course.toml: `make course` writes its tables, and names what to edit.

What it names is a file that is missing or left over, a heading or a time that differs, and a line
that speaks of a lesson which is gone. It ends with 1 where there is any.
"""

import re
import sys

import nbformat

from tools import assignments
from tools.course import KINDS, CourseError, read_course, table, written_anew
from tools.hub_links import with_hub_links
from tools.look import check_palette, read_look
from tools.masters import read_questions
from tools.references import gone, misdirected

UNASKED = "(no question)"
# Where the title of the course stands beside course.toml.
TITLED = ("README.md", "docs/index.md", "tools/release/README.md", "CITATION.cff")
BEGIN = "<!-- lessons: make course writes from here -->"


def faults(course):
    """A sentence for each thing that is not as course.toml says; none where all is well."""
    found = [*missing_files(course), *left_over(course)]
    if not found:  # else there is no sense in reading them
        found = [*openings(course), *misdirected(course), *unasked(course)]
    return [*found, *gone(course)]


def files(lesson):
    """The files of a lesson and of its practice, as paths from the top folder."""
    yield lesson.path
    for kind in KINDS if lesson.practice else ():
        yield from (f"{top}/{kind}/{lesson.name}.ipynb" for top in ("notebooks", "solutions"))
        yield f"solutions/{kind}/{lesson.name}.zip"
        yield f"solutions/masters/{kind}/{lesson.name}.ipynb"
        yield f"tests/answers/{kind}_{lesson.name[:2]}.py"


def untitled(root):
    """A sentence for each file whose title is not that of the course."""
    title = read_look(root).title
    return [
        f"{name} must have the line {line!r}, with the title in course.toml"
        for name in TITLED
        for line in ["title: " * name.endswith(".cff") + "# " * name.endswith(".md") + title]
        if line not in (root / name).read_text(encoding="utf-8").splitlines()
    ]


def missing_files(course):
    """A sentence for each file of a lesson that is not there."""
    return [
        f"{name} is missing, of {lesson.label}"
        for lesson in course.lessons
        for name in files(lesson)
        if not (course.root / name).is_file()
    ]


def left_over(course):
    """A sentence for each file that would be a lesson's, but of none in course.toml."""
    known = {name for lesson in course.lessons for name in files(lesson)}
    patterns = ["notebooks/*.ipynb", "solutions/*/*.zip", "tests/answers/*_[0-9][0-9].py"]
    patterns += [f"{top}/*/*.ipynb" for top in ("notebooks", "solutions", "solutions/masters")]
    found = {
        path.relative_to(course.root).as_posix()
        for pattern in patterns
        for path in course.root.glob(pattern)
        if not path.parent.name.startswith(".")
    }
    return [f"{name} belongs to no lesson of course.toml" for name in sorted(found - known)]


def openings(course):
    """A sentence for each notebook whose heading or time is not that of course.toml."""
    found = []
    for lesson in course.lessons:
        text = opening(course.root / lesson.path)
        heading, _, rest = text.partition("\n")
        wanted = f"# {lesson.number} · {lesson.title}"
        if heading != wanted:
            found.append(f"{lesson.path} begins {heading!r}, not {wanted!r} as in course.toml")
        if re.findall(r"(\d+) minutes", rest)[:1] != [str(lesson.minutes)]:
            found.append(f"{lesson.path} must say '{lesson.minutes} minutes', as course.toml does")
        for kind, words in KINDS.items() if lesson.practice else ():
            name = f"solutions/masters/{kind}/{lesson.name}.ipynb"
            heading = opening(course.root / name).partition("\n")[0]
            wanted = f"# {words} {lesson.number} · "
            if heading not in (wanted + lesson.title, wanted + lesson.short):
                wanted += lesson.title
                found.append(f"{name} begins {heading!r}, not {wanted!r} as in course.toml")
    return found


def unasked(course):
    """A sentence for each misconception whose line should say that no question aims at it."""
    page = (course.root / "solutions" / "README.md").read_text(encoding="utf-8")
    listed = page.partition("misconceptions\n")[2].partition("\n## ")[0]
    questions = (q for master in course.masters() for q in read_questions(master))
    aimed = {str(number) for q in questions for number in q.config["misconceptions"]}
    return [
        f"solutions/README.md, misconception {number}: "
        + ("a question aims at it, so take out" if number in aimed else "end its line with")
        + f" {UNASKED}"
        for number, words in re.findall(r"^(\d+)\. (.*)$", listed, re.MULTILINE)
        if (number in aimed) == words.endswith(UNASKED)
    ]


def opening(path):
    """The first text of a notebook, which begins with its heading."""
    cells = nbformat.read(path, as_version=4).cells
    return next((cell.source for cell in cells if cell.cell_type == "markdown"), "")


def with_table(readme, course):
    """The text of README.md with its table of the lessons written anew."""
    return written_anew(readme, BEGIN, table(course))


def write_tables(course):
    """Write the tables of README.md and of solutions/README.md anew, and the links for a hub."""
    for name, with_new in (
        ("README.md", with_table),
        ("solutions/README.md", assignments.with_table),
        ("docs/teach/hub.md", with_hub_links),
    ):
        page = course.root / name
        text = with_new(page.read_text(encoding="utf-8"), course)
        page.write_text(text, encoding="utf-8")


def main():
    try:
        course = read_course()
        check_palette()
        differing = untitled(course.root)
    except CourseError as error:
        sys.exit(str(error))
    if not missing_files(course):
        write_tables(course)  # first, as the lines below a table move with it
        print("The pages that list the lessons are written from course.toml.")
    if found := [*faults(course), *differing]:
        print("To do, then type `make course` again:", *found, sep="\n")
        sys.exit(1)
    print("All files and all pages agree with it.")


if __name__ == "__main__":
    main()
