"""What pages and notebooks say of lessons, by a file's name or by number: `gone(course)`."""

import json
import re

import nbformat

# [words](path#part), where the part may hold one pair of parentheses, as JupyterLab's anchors do.
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^()#\s]+)(#(?:[^()\s]|\([^()\s]*\))*)?\)")
FILE = re.compile(r"\b(\d\d_\w+)\.(?:ipynb|zip)\b")
SPOKEN = re.compile(
    r"\b(?:lessons?|lectures?|(?:guided|independent) practice)"
    r" (\d+(?:(?:,| to| and| or) \d+)*)\b",
    re.IGNORECASE,
)
NEXT = re.compile(r"\*\*Next:\*\* lesson (\d+), \*([^*]+)\*")
PAGES = ("README.md", "grading/README.md", "docs/**/*.md")


def gone(course):
    """A sentence for each line that names a lesson which is not in the course, with its place."""
    files = {lesson.name for lesson in course.lessons}
    numbers = {str(lesson.number) for lesson in course.lessons}
    found = []
    for place, line in written(course):
        named = set(FILE.findall(line)) - files
        spoken = {n for listed in SPOKEN.findall(line) for n in re.findall(r"\d+", listed)}
        found += [f"{place} names the file {name}, of no lesson in course.toml" for name in named]
        found += [
            f"{place} speaks of lesson {number}, which is not in course.toml"
            for number in sorted(spoken - numbers)
            if not any(name.startswith(f"{number:0>2}_") for name in named)
        ]
    return found


def misdirected(course):
    """A sentence for each lesson that announces another lesson than the one that comes next."""
    found = []
    for lesson, following in zip(course.lessons, [*course.lessons[1:], None], strict=True):
        for place, line in written_lines(course, course.root / lesson.path):
            for number, title in NEXT.findall(line):
                if following is None:
                    found.append(f"{place} announces lesson {number}, but it is the last")
                elif (int(number), title) not in (
                    (following.number, following.title),
                    (following.number, following.short),
                ):
                    found.append(
                        f"{place} announces lesson {number}, {title}, "
                        f"but next comes {following.label}"
                    )
    return found


def written(course):
    """Place and text of each line of the pages, the lessons and the masters of the practice."""
    notebooks = (
        name
        for lesson in course.lessons
        for name in (lesson.path, f"solutions/masters/*/{lesson.name}.ipynb")
    )
    for pattern in (*PAGES, *notebooks):
        for path in sorted(course.root.glob(pattern)):
            yield from written_lines(course, path)


def written_lines(course, path):
    """Place and text of each line that was written by hand: of a notebook, those of its cells."""
    name = path.relative_to(course.root).as_posix()
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix != ".ipynb":
        yield from ((f"{name}, line {number}", line) for number, line in enumerate(lines, 1))
        return
    here = 0
    for cell in nbformat.read(path, as_version=4).cells:
        for line in cell.source.splitlines(keepends=True):
            stored = json.dumps(line, ensure_ascii=False)
            there = (n for n, raw in enumerate(lines[here:], here) if raw.strip(" ,") == stored)
            here = next(there, here)
            yield f"{name}, line {here + 1} (cell {cell.id})", line
