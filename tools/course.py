"""The course as course.toml describes it: its lessons, in their order, and where their files are.

`python -m tools.course` prints the name of the first lesson's notebook, which `make lab` opens.
"""

import html
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
END = "<!-- to here -->"  # of what `make` writes into a page
KINDS = {"guided": "Guided practice", "independent": "Independent practice"}
NAME = re.compile(r"[0-9]{2}_\w+")
# What a lesson may say of itself: the type of the value, how to say that, and an example.
KEYS = {
    "name": (str, "text in quotes", '"06_momentum"'),
    "title": (str, "text in quotes", '"Momentum"'),
    "minutes": (int, "a whole number without quotes", "45"),
    "question": (str, "text in quotes", '"What does a ball do better than a hiker?"'),
    "short": (str, "text in quotes", '"Momentum"'),
    "practice": (bool, "true or false, without quotes", "false"),
}
OPTIONAL = {"short", "practice"}


class CourseError(ValueError):
    """Something in course.toml, or a file that it names, is not as it should be."""


@dataclass(frozen=True)
class Lesson:
    """One lesson, as course.toml describes it."""

    name: str
    title: str
    minutes: int
    question: str
    short: str = ""
    practice: bool = True

    @property
    def number(self):
        """What the lesson is called by; numbers may have gaps."""
        return int(self.name[:2])

    @property
    def label(self):
        """The number and the short title, for tables and lists."""
        return f"{self.number} · {self.short or self.title}"

    @property
    def path(self):
        """The notebook, from the top folder."""
        return f"notebooks/{self.name}.ipynb"


@dataclass(frozen=True)
class Course:
    """The lessons of the project in the folder ``root``, in their order."""

    root: Path
    lessons: tuple

    def lesson(self, number):
        """The lesson of this number, which may be text; CourseError says which there are."""
        found = [lesson for lesson in self.lessons if str(lesson.number) == str(number)]
        if not found:
            known = ", ".join(str(lesson.number) for lesson in self.lessons)
            raise CourseError(f"There is no lesson {number!r}. The lessons are {known}.")
        return found[0]

    def notebooks(self):
        """The paths of the lessons' notebooks."""
        return [self.file(lesson.path) for lesson in self.lessons]

    def practices(self, kind):
        """The paths of all practice notebooks of a kind, as students get them."""
        return [self.file(f"notebooks/{kind}/{name}.ipynb") for name in self._with_practice()]

    def masters(self):
        """The paths of the masters of all practice, one kind after the other."""
        places = [f"{kind}/{name}.ipynb" for kind in KINDS for name in self._with_practice()]
        return [self.file(f"solutions/masters/{place}") for place in places]

    def _with_practice(self):
        return [lesson.name for lesson in self.lessons if lesson.practice]

    def file(self, name):
        """A file of the course, by its path from the top folder; CourseError if it is missing."""
        path = self.root / name
        if not path.is_file():
            raise CourseError(
                f"There is no file {name}, of a lesson that is in course.toml. "
                f"Put the file back, or take out what course.toml says of it."
            )
        return path


def read_course(root=ROOT):
    """The course that ``root``/course.toml describes; CourseError says in words what is wrong."""
    blocks = described(root).get("lesson")
    told = isinstance(blocks, list) and all(isinstance(block, dict) for block in blocks)
    if not told or not blocks:
        raise CourseError("course.toml has no lessons. Each begins with the line [[lesson]].")
    lessons = tuple(_lesson(block, place) for place, block in enumerate(blocks, 1))
    numbers = [lesson.number for lesson in lessons]
    for lesson in lessons:
        if numbers.count(lesson.number) > 1:
            raise CourseError(
                f"course.toml: two lessons have the number {lesson.number}. "
                "Give one of them other digits, in its name and in those of its files."
            )
    return Course(Path(root), lessons)


def described(root):
    """What ``root``/course.toml says; CourseError where it is no such file."""
    said = _read(Path(root) / "course.toml")
    if unknown := sorted(said.keys() - {"lesson", "look"}):
        raise CourseError(f"course.toml: nothing reads {unknown[0]!r}. Lessons begin [[lesson]].")
    return said


def _read(path):
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CourseError(f"There is no file {path}, which lists the lessons.") from None
    except UnicodeDecodeError:
        raise CourseError("course.toml is no text in UTF-8: save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise CourseError(
            f"course.toml cannot be read: {error}. "
            "Every line has the form  key = value, with text in double quotes."
        ) from None


def _lesson(block, place):
    """A lesson from its block of course.toml, the one at this place."""
    where = f"course.toml, lesson {block.get('name', f'at place {place}')}"
    if unknown := sorted(block.keys() - KEYS.keys()):
        raise CourseError(f"{where}: nothing reads {unknown[0]!r}. Known are {', '.join(KEYS)}.")
    for key, (kind, words, example) in KEYS.items():
        if key not in block and key not in OPTIONAL:
            raise CourseError(f"{where} has no {key}. Add a line such as  {key} = {example}")
        if key in block and type(block[key]) is not kind:
            raise CourseError(f"{where}: {key} must be {words}, such as {example}.")
        if kind is str and key in block and not re.fullmatch(r"\S(.*\S)?", block[key]):
            raise CourseError(f"{where}: {key} must be one line of text, such as {example}.")
    if not NAME.fullmatch(block["name"]):
        raise CourseError(f"{where}: a name is two digits, _ and letters, such as 06_momentum.")
    if block["minutes"] < 1:
        raise CourseError(f"{where}: minutes must be positive, got {block['minutes']}.")
    return Lesson(**block)


def written_anew(page, begin, made):
    """The text of a page with what stands between the line ``begin`` and the next END anew."""
    before, _, rest = page.partition(begin)
    return f"{before}{begin}\n\n{made}\n\n{END}{rest.partition(END)[2]}"


def in_markdown(text):
    """A text of course.toml for Markdown, where < and & would be HTML and | would end a cell."""
    return html.escape(text, quote=False).replace("|", "&#124;")


def table(course):
    """The lessons as a table in Markdown, with links from the top folder."""
    lines = ["| lesson | minutes | what it answers |", "|---|---|---|"]
    for lesson in course.lessons:
        label, question = (in_markdown(text) for text in (lesson.label, lesson.question))
        later = "" if lesson.practice else " (no practice)"
        lines.append(f"| [{label}]({lesson.path}){later} | {lesson.minutes} | {question} |")
    return "\n".join(lines)


if __name__ == "__main__":
    try:
        print(read_course().notebooks()[0].name)
    except CourseError as error:
        sys.exit(str(error))
