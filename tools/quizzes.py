"""Makes quizzes for learning platforms: `make quizzes` writes build/quizzes, for teachers alone.

The questions are those of docs/teach/questions.md and the choice questions of the practice, each
with what to answer to every choice. For each quiz there is a file in every format.
"""

import argparse
import functools
import re
import shutil
import sys

from tools import choices, teach_questions
from tools.assignments import folder_of
from tools.course import KINDS, ROOT, CourseError, read_course
from tools.formulas import FormulaError, Typesetter
from tools.quiz import Quiz
from tools.quiz_formats import canvas, gift, moodle, qti

MATHML = re.compile(r"<math .*</math>", re.DOTALL)
OURS = re.compile(r' data-mjx-[\w-]+="[^"]*"')  # MathJax's own notes


def all_quizzes(course, key=None):
    """Every quiz: those of the teacher's page, and one for each practice that has choices."""
    found = teach_questions.read()
    for lesson in course.lessons:
        for kind in KINDS if lesson.practice else ():
            master = course.file(f"solutions/masters/{kind}/{lesson.name}.ipynb")
            if questions := choices.read(master, key):
                title = f"{KINDS[kind]} {lesson.label}"
                found.append(Quiz(f"{kind}-{lesson.name[:2]}", title, questions))
    return found


def build(into, quizzes):
    """Write these quizzes in every format into the folder ``into``, which is emptied first."""
    shutil.rmtree(into, ignore_errors=True)
    with Typesetter() as typesetter:

        @functools.cache
        def mathml(formula):
            return OURS.sub("", MATHML.search(typesetter.html(formula))[0])

        formats = {
            "canvas": (canvas.write, "zip"),
            "moodle": (moodle.write, "xml"),
            "gift": (gift.write, "txt"),
            "qti21": (functools.partial(qti.write, mathml=mathml), "zip"),
        }
        for folder, (write, ending) in formats.items():
            (into / folder).mkdir(parents=True)
            for quiz in quizzes:
                write(quiz, into / folder / f"{quiz.name}.{ending}")


def main(arguments):
    parser = argparse.ArgumentParser(description="Make quizzes for learning platforms.")
    parser.add_argument("--seed", help="of the set that `make assignments` draws by this name")
    seed = parser.parse_args(arguments).seed
    into = ROOT / "build" / "quizzes"
    try:
        into = into / folder_of(seed).name if seed else into
        build(into, quizzes := all_quizzes(read_course(), seed))
    except (CourseError, FormulaError) as error:
        sys.exit(str(error))
    asked = sum(len(quiz.questions) for quiz in quizzes)
    print(f"{len(quizzes)} quizzes with {asked} questions are in {into.relative_to(ROOT)}.")
    print("They hold the answers: docs/teach/quizzes.md says how to import them.")


if __name__ == "__main__":
    main(sys.argv[1:])
