"""In a copy of the project, as CONTRIBUTING and docs/teach/adapt.md say: another course.

A lesson is dropped, two change places, two are added (so that their number is another one), and
title, logo and colours are a school's own; all is built and checked once, at the end.
"""

import json
import re

import nbformat
import pytest
from copied import copy_into, replace, run

from tools import check_room, references
from tools.course import read_course

LESSONS = read_course().lessons
# The checks of notebooks, of the teacher's pages, and of what site, slides and release make.
SUITE = ("notebooks", "lesson_plan", "pages", "site", "slides", "release", "repository")
SUITE += ("editions", "syllabus", "sheets", "paper")
# What takes long, and sees nothing of a lesson that has come or gone.
ELSEWHERE = "broken_link or colab or every_import or unanswered or bytes or git or code or noticed"


@pytest.fixture
def copy(tmp_path):
    return copy_into(tmp_path / "copy")


def assert_all_works(copy, *numbers):
    """`make site slides release`, `check-room`, `present` and the suite's checks of notebooks."""
    options = ["-q", "-p", "no:cacheprovider", f"--basetemp={copy.parent / 'pytest'}"]
    files = [f"tests/test_{name}.py" for name in SUITE]  # they build site, slides and bundles
    run(copy, "pytest", *options, "-k", f"not ({ELSEWHERE})", *files)
    course = read_course(copy)
    assert f"{len(course.lessons)} lessons" in check_room.check_lessons(copy)
    for lesson in map(course.lesson, numbers):
        said = run(copy, "tools.present", str(lesson.number), "--version")
        assert f"Opening {lesson.name}" in said
        assert f"lesson {lesson.name} runs" in check_room.check_run(copy, lesson.name)


# A lesson is dropped


def drop(copy, gone):
    """What CONTRIBUTING says, up to the lines that `make course` then names."""
    toml = (copy / "course.toml").read_text(encoding="utf-8")
    left = [block for block in re.split(r"(?m)(?=^\[\[)", toml) if f'"{gone.name}"' not in block]
    (copy / "course.toml").write_text("".join(left), encoding="utf-8")
    for path in [*copy.rglob(f"*{gone.name}*"), *copy.glob(f"tests/answers/*_{gone.name[:2]}.py")]:
        path.unlink()
    for page, title in (("demos", "Lesson"), ("short-lessons", "Short lesson")):
        path = copy / "docs" / "teach" / f"{page}.md"
        text = path.read_text(encoding="utf-8")
        section = rf"(?ms)^## {title} {gone.number}\b.*?(?=^## |\Z)"
        path.write_text(re.sub(section, "", text), encoding="utf-8")


def edit(copy, said, gone):
    """Edit what `make course` has named, a line each."""
    for name, number in set(re.findall(r"^(\S+), line (\d+)", said, re.MULTILINE)):
        edit_line(copy / name, int(number) - 1, gone)
    page = copy / "solutions" / "README.md"
    before, heading, text = page.read_text(encoding="utf-8").partition("misconceptions\n")
    for number in re.findall(r"misconception (\d+): end its line", said):
        text = re.sub(rf"(?m)^({number}\. .*)$", r"\1 (no question)", text)
    page.write_text(before + heading + text, encoding="utf-8")


def edit_line(path, index, gone):
    change_line(path, index, lambda line: without(line, gone))


def change_line(path, index, change):
    """Change a line of a page, or of a cell as it is stored."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if path.suffix == ".ipynb":
        indent, stored, end = re.fullmatch(r'( *)(".*")(,?\n)', lines[index]).groups()
        text = change(json.loads(stored))
        lines[index] = f"{indent}{json.dumps(text, ensure_ascii=False)}{end}"
    else:
        lines[index] = change(lines[index])
    path.write_text("".join(lines), encoding="utf-8")


def without(line, gone):
    """A line that no longer names a lesson: it names the one before it instead, or what is next."""
    place = LESSONS.index(gone)
    if line.startswith("**Next:**"):
        following = LESSONS[place + 1]
        return f"**Next:** lesson {following.number}, *{following.title}*.\n"
    line = references.LINK.sub(lambda found: found[1] if gone.name in found[2] else found[0], line)
    number = rf"\b{gone.number}\b"
    other = str(LESSONS[place - 1].number)
    return references.SPOKEN.sub(lambda found: re.sub(number, other, found[0]), line)


def assert_is_dropped(copy, gone):
    site = run(copy, "tools.build_site")
    assert "docs/teach/questions.md, line " in site and "The site for students is built" in site
    edit(copy, run(copy, "tools.check_course", expect=1), gone)
    run(copy, "tools.check_course")
    refused = run(copy, "tools.present", str(gone.number), expect=1)
    assert f"There is no lesson '{gone.number}'" in refused


# Lessons are added

LAST = max(lesson.number for lesson in LESSONS)
NEW = (LAST + 1, LAST + 2)
BLOCK = """
[[lesson]]
name = "{number:02}_ball"
title = "Momentum, part {number}"
minutes = 5
question = "What does a ball do better than a hiker?"
practice = false
"""
OPENING = """# {number} · Momentum, part {number}

A ball keeps some of its speed.

**You will do:** one step with a memory.

**You will be able to:**

- say what momentum adds to the rule

**You need:** the update rule.

**Time:** 5 minutes."""


def add(copy, number):
    """What CONTRIBUTING says, for a lesson of three cells."""
    slide = {"slideshow": {"slide_type": "slide"}}
    words, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    opening, step = OPENING.format(number=number), "print(f'{0.9 * 1.0 - 0.1 * 2.0:.1f}')"
    cells = [
        words(opening, id=f"ball{number}-01-words", metadata=slide),
        code(step, id=f"ball{number}-02-run", metadata=slide),
        words("## Keep going (5 min)", id=f"ball{number}-03-words", metadata=slide),
    ]
    path = copy / "notebooks" / f"{number:02}_ball.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    with open(copy / "course.toml", "a", encoding="utf-8") as file:
        file.write(BLOCK.format(number=number))
    run(copy, "tools.run_notebooks", str(path))
    run(copy, "tools.check_course")


# Lessons change places


def reorder(copy):
    """Let the last two lessons change places, and edit the lines that `make course` then names."""
    toml = (copy / "course.toml").read_text(encoding="utf-8")
    *others, one, other = re.split(r"(?m)(?=^\[\[)", toml)
    text = "".join([*others, other.rstrip() + "\n\n", one.rstrip() + "\n"])
    (copy / "course.toml").write_text(text, encoding="utf-8")
    said = run(copy, "tools.check_course", expect=1)
    lessons = read_course(copy).lessons
    following = dict(zip([lesson.path for lesson in lessons], [*lessons[1:], None], strict=True))
    for name, number in re.findall(r"^(\S+), line (\d+) .* announces", said, re.MULTILINE):
        change_line(copy / name, int(number) - 1, lambda _, after=following[name]: announced(after))
    run(copy, "tools.check_course")
    *_, last, new_last = (lesson.number for lesson in lessons)
    assert last > new_last


def announced(lesson):
    return f"**Next:** lesson {lesson.number}, *{lesson.title}*.\n" if lesson else "Well done.\n"


# Title, logo and colours

SCHOOL = "Downhill & beyond"
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" width="220" height="44"><title>A school</title>
<rect width="44" height="44" rx="6" fill="#7a1f5c"/><path d="M8 34 22 10 36 34z" fill="#fff"/></svg>
"""
LOOK = f"""[look]
title = "{SCHOOL}"
logo = "docs/_static/school.svg"
colour = "#7a1f5c"
dark = "#f0a8d8"
"""


def restyle(copy):
    """A look of its own: refused while a colour is too pale, then asked for in the other titles."""
    toml, refused = copy / "course.toml", LOOK.replace("#7a1f5c", "#f5a3d7")
    old = re.search(r"(?s)\[look\]\n.*?\n(?=\n)", toml.read_text(encoding="utf-8"))[0]
    (copy / "docs" / "_static" / "school.svg").write_text(LOGO, encoding="utf-8")
    replace(toml, (old, refused))
    assert "take a darker one" in run(copy, "tools.check_course", expect=1)
    replace(toml, (refused, LOOK))
    said = run(copy, "tools.check_course", expect=1)
    for name, line in re.findall(r"^(\S+) must have the line '(.*)', with the title", said, re.M):
        path = copy / name
        kept = re.sub(rf"(?m)^{line[:2]}.*$", line, path.read_text(encoding="utf-8"), count=1)
        path.write_text(kept, encoding="utf-8")
    run(copy, "tools.check_course")


def assert_look_is_there(copy):
    """On the site and on the slides: the title, the logo and the colours."""
    run(copy, "tools.build_site", str(copy.parent / "site"))
    run(copy, "tools.slides", str(copy.parent / "slides"))
    home = (copy.parent / "site" / "index.html").read_text(encoding="utf-8")
    assert "Downhill &amp; beyond" in home and "school.svg" in home
    assert "--color-brand-primary: #7a1f5c" in home and "--color-brand-primary: #f0a8d8" in home
    slides = copy.parent / "slides"
    assert "<h1>Downhill &amp; beyond</h1>" in (slides / "index.html").read_text(encoding="utf-8")
    style = (slides / "slides.css").read_text(encoding="utf-8")
    assert "--blue: #7a1f5c" in style and "data:image/svg+xml;base64," in style


@pytest.mark.rare
def test_a_lesson_is_dropped_two_change_places_two_are_added_and_the_look_is_ones_own(copy):
    gone = LESSONS[2]
    drop(copy, gone)
    assert_is_dropped(copy, gone)
    reorder(copy)
    for number in NEW:
        add(copy, number)
    restyle(copy)
    assert_look_is_there(copy)
    assert_all_works(copy, LESSONS[3].number, NEW[-1])
