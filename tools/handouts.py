"""A lesson to read on paper: what is asked where it is asked, and every answer at the end."""

import html
import re

import nbformat

from tools.cells import hides_source
from tools.editions import STUDENTS, edition

DETAILS = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(#(?:[^()\s]|\([^()\s]*\))*\)")
HERE = '<p class="later">{summary}: <a href="#answer-{number}">answer {number}</a>, at the end.</p>'


def body(path, render):
    """The HTML of a lesson's notebook, its folded answers numbered and moved to the end."""
    answers = []

    def move(found):
        answers.append((found[1].strip(), found[2]))
        return HERE.format(summary=found[1].strip(), number=len(answers))

    parts = []
    for cell in edition(nbformat.read(path, as_version=4), STUDENTS).cells:
        parts += [DETAILS.sub(move, part) for part in shown(cell, render)]
    folded = "".join(
        f'<section id="answer-{number}"><h3>Answer {number}</h3>{text}</section>'
        for number, (_, text) in enumerate(answers, 1)
    )
    end = f'<div class="answers"><h2>Answers</h2>{folded}</div>' if answers else ""
    return "".join(parts) + end


def shown(cell, render):
    """The parts of a cell as HTML: text, code that is not hidden, and what is stored of its run."""
    if cell.cell_type == "markdown":
        return [render(LINK.sub(r"\1", cell.source))]
    code = f'<pre class="code">{html.escape(cell.source)}</pre>'
    parts = [] if hides_source(cell) else [code]
    return parts + [f'<div class="output">{output(one)}</div>' for one in cell.outputs]


def output(stored):
    """A stored output as HTML that no script moves."""
    data = stored.get("data", {})
    if page := data.get("text/html"):
        return SCRIPT.sub("", page)
    return f"<pre>{html.escape(stored.get('text') or data.get('text/plain', ''))}</pre>"
