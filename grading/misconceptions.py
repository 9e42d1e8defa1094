"""What learners believe, what to answer, and which demonstration shows it: docs/teach, read."""

import re
from pathlib import Path
from typing import NamedTuple

TEACH = Path(__file__).resolve().parent.parent / "docs" / "teach"
# A row of the table in questions.md: number, what you hear, what to answer, where it is shown.
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| \[(.+?)\]\((.+)\) \|$", re.MULTILINE)
# A demonstration in demos.md: its heading, and the first link, which leads to its section.
DEMO = re.compile(r"^### (.+)\n\s*\[[^\]]*\]\((\S+?)\),", re.MULTILINE)


class Misconception(NamedTuple):
    """``demos`` are the headings in docs/teach/demos.md that meet it, in the lesson's order."""

    number: int
    says: str
    answer: str
    section: str
    demos: list


def read_misconceptions(teach=TEACH):
    """The misconceptions by number; none where the pages for teachers are not there."""
    try:
        questions, demos = ((teach / n).read_text("utf-8") for n in ("questions.md", "demos.md"))
    except OSError:
        return {}
    found = {}
    for number, says, answer, section, link in ROW.findall(questions):
        shown = [heading for heading, where in DEMO.findall(demos) if where == link]
        found[int(number)] = Misconception(int(number), says, answer, section, shown)
    return found
