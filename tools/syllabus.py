"""What the course page says in numbers, from where they are true: `PARTS` for docs/course.md.

Outcomes and needs are those of the lessons' openings, minutes those of course.toml and of the plans
in docs/teach, points those of the masters. Of a plan only its sections and minutes are told, as
students read that page, too.
"""

import re

import nbformat

from tools.course import in_markdown
from tools.masters import read_questions
from tools.teach_pages import sections, table

LINK = re.compile(r"\[([^\]]*)\]\((?:\.\./)+notebooks/(guided/|independent/)?(\w+\.ipynb)(#.*)?\)")
SECTION = re.compile(r"^## (.*) \((\d+) min\)$", re.MULTILINE)
MINUTES = re.compile(r"(\d+) minutes")


def outcomes(course):
    """For each lesson what it promises and what it asks for, as its opening says."""
    return "\n\n".join(
        f"**{linked(lesson)}**\n\n{promises}\n\nYou need: {needs}"
        for lesson in course.lessons
        for promises, needs in [_promises(course.file(lesson.path))]
    )


def _promises(path):
    text = _opening(path)
    listed = text.partition("**You will be able to:**")[2].partition("**You need:**")
    return listed[0].strip(), listed[2].partition("\n")[0].strip()


def _opening(path):
    return nbformat.read(path, as_version=4).cells[0].source


def hours(course):
    """Minutes of each lesson: read whole, in class by its short plan, and its two practices."""
    lines = ["| lesson | read whole | one class | of it practice | homework |"]
    lines += ["|---|---|---|---|---|"]
    rows = [(linked(lesson), *_minutes(course, lesson)) for lesson in course.lessons]
    total = ("**all**", *(sum(column) for column in list(zip(*rows, strict=True))[1:]))
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in [*rows, total])])


def _minutes(course, lesson):
    plan = short_plan(course, lesson)
    in_class = sum(minutes for minutes, _ in plan)
    of_it = sum(minutes for minutes, section in plan if "Guided practice" in section)
    homework = 0
    if lesson.practice:
        opening = _opening(course.file(f"notebooks/independent/{lesson.name}.ipynb"))
        homework = int(MINUTES.search(opening)[1])
    return lesson.minutes, in_class, of_it, homework


def one_lesson(course):
    """The long lesson as a table of minutes and sections."""
    rows = plan(course, "long-lesson.md", "The plan")
    return "\n".join(["| minutes | section |", "|---|---|", *(f"| {m} | {s} |" for m, s in rows)])


def short_lessons(course):
    """For each lesson its hour in class: sections with their minutes."""
    return "\n".join(
        f"- **{in_markdown(lesson.label)}.** "
        + " · ".join(f"{section} {minutes}" for minutes, section in short_plan(course, lesson))
        for lesson in course.lessons
        if lesson.practice
    )


def a_term(course):
    """Two weeks a lesson: its hour in class, then what that hour left out, and practice alone."""
    lines = ["| week | in class | at home |", "|---|---|---|"]
    for place, lesson in enumerate(course.lessons):
        shown = " ".join(section for _, section in short_plan(course, lesson))
        left = [(title, m) for title, m in _sections(course, lesson) if f"[{title}]" not in shown]
        names = "; ".join(f"{in_markdown(title)} ({minutes})" for title, minutes in left)
        rest = names or "what the hour skipped within its sections"
        practice = "independent practice" if lesson.practice else "–"
        begun = f"{linked(lesson)}{', one class as above' if shown else ''}"
        lines.append(f"| {2 * place + 1} | {begun} | read it whole |")
        lines.append(f"| {2 * place + 2} | {rest}; questions on the practice | {practice} |")
    return "\n".join(lines)


def _sections(course, lesson):
    cells = nbformat.read(course.file(lesson.path), as_version=4).cells
    return SECTION.findall("\n".join(cell.source for cell in cells))


def graded(course):
    """The points of each independent practice, by machine and by hand."""
    lines = ["| independent practice | questions | by machine | by hand | points |"]
    lines += ["|---|---|---|---|---|"]
    for lesson in (lesson for lesson in course.lessons if lesson.practice):
        master = course.file(f"solutions/masters/independent/{lesson.name}.ipynb")
        questions = read_questions(master)
        hand = sum(q.config["points"] for q in questions if q.by_hand)
        total = sum(q.config["points"] for q in questions)
        row = (in_markdown(lesson.label), len(questions), total - hand, hand, total)
        lines.append(f"| {' | '.join(map(str, row))} |")
    return "\n".join(lines)


def linked(lesson):
    return f"[{in_markdown(lesson.label)}](/lessons/{lesson.name}.ipynb)"


def short_plan(course, lesson):
    """Minutes and section of each row of a lesson's short plan; none where it has no plan."""
    return plan(course, "short-lessons.md", f"Short lesson {lesson.label}")


def plan(course, page, title):
    """Minutes and section of each row of the plan under this title of a page of docs/teach."""
    found = sections(course.root / "docs" / "teach" / page).items()
    rows = [
        row for heading, text in found if heading.startswith(f"{title} (") for row in table(text)
    ]
    rows = [row for row in rows if re.match(r"\d+:\d\d$", row[0])]
    return [(int(row[1]), _on_site(row[-1], row[2])) for row in rows]


def _on_site(section, done):
    """A link of a plan as a page at the top of the site has it, or what is done without one."""
    found = LINK.fullmatch(section)
    if found is None:  # no section, or one of a lesson that is gone
        return re.match(r"\w+", done)[0] if section == "–" else section
    words, kind, name, part = found.groups()
    if kind == "independent/":
        return words
    return f"[{words}](/{'practice' if kind else 'lessons'}/{name}{part or ''})"


PARTS = {
    "outcomes": outcomes,
    "hours": hours,
    "one lesson": one_lesson,
    "short lessons": short_lessons,
    "a term": a_term,
    "graded": graded,
}
