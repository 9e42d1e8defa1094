"""The questions of docs/teach/questions.md, as quizzes: `from tools.teach_questions import read`.

There, a question is a heading, or where that speaks to the teacher what follows `Ask:`; `**Good:**`
begins its answer, the first line of which is the right choice, and the rest the reason; and each
item after it is a wrong answer in quotation marks, its misconceptions, and what to reply.
"""

import re

from tools.course import ROOT, CourseError
from tools.quiz import Choice, Question, Quiz
from tools.references import LINK
from tools.teach_pages import sections

PAGE = ROOT / "docs" / "teach" / "questions.md"
# Which sections are asked, and what a quiz of them is called.
SECTIONS = {
    "opening": "Opening questions",
    "checks": "Checks on the way",
    "checks-06": "Checks on lesson 6",
    "exit-ticket": "Exit ticket",
}
GOOD = re.compile(r"^\*\*Good:\*\* (.*)\n((?:.+\n)*)", re.MULTILINE)
WRONG = re.compile(r"^- “(.*?)” (?:\([\d, ]+\) )?(.*)$", re.MULTILINE)
ASK = re.compile(r"^Ask: (.*)$", re.MULTILINE)


def read(page=PAGE):
    """The quizzes of the teacher's page of questions; CourseError where one is not whole."""
    parts = sections(page)
    return [
        Quiz(name, title, [*_questions(name, parts[title])])
        for name, title in SECTIONS.items()
        if title in parts
    ]


def _questions(name, part):
    blocks = re.split(r"^### ", part, flags=re.MULTILINE)[1:]
    for number, block in enumerate(blocks, 1):
        title, _, body = block.partition("\n")
        good, wrong = GOOD.search(body), WRONG.findall(body)
        if good is None or not wrong:
            raise CourseError(
                f"{PAGE.name}, {title!r}: a question needs **Good:** and its answer, and below it "
                "wrong answers such as  - “The lowest point.” (7) Lower than what?"
            )
        ask = ASK.search(body)
        stem = ask[1][0].upper() + ask[1][1:] if ask else title
        why = "\n".join(line for line in good[2].splitlines() if not line.startswith("Shown in"))
        choices = [Choice(good[1], True, "That is right.")]
        choices += [Choice(said, False, _plain(reply)) for said, reply in wrong]
        # Not every platform shuffles: the right one is not always the first.
        choices.sort(key=lambda choice: choice.text.lower())
        yield Question(f"{name}-{number}", stem, stem, choices, _plain(why))


def _plain(text):
    """Markdown whose links, which lead nowhere from a quiz, are only their words."""
    return LINK.sub(lambda link: f"*{link[1]}*", text).strip()
