"""What a student wrote to each question: the cells of its part of the notebook."""

import re

HEADING = re.compile(r"^## Question (\d{1,4})\b", re.MULTILINE)
END = "<!-- END QUESTION -->"
# What stands before, after or instead of an answer in a notebook that Otter's Assign made.
MARKS = re.compile(
    r"^(?:_Type your answer here, replacing this text\._|<!-- BEGIN QUESTION -->|---|"
    r"_Points:_ *[\d.]+)[ \t]*$",
    re.MULTILINE,
)
LONGEST = 20_000  # characters of one cell that are kept


def parts(cells):
    """The cells of each question, from its heading to the next, as pairs of a type and a text.

    ``cells`` are such pairs of a whole notebook, in order; the heading's cell begins each part.
    """
    found, name = {}, None
    for kind, text in cells:
        begins = HEADING.search(text) if kind == "markdown" else None
        if kind == "markdown" and END in text:
            _put(found, name, kind, text.partition(END)[0])
            name = None
        if begins:
            name, text = f"q{int(begins[1])}", text[begins.start() :]
        _put(found, name, kind, text)
    return found


def _put(found, name, kind, text):
    if name is not None and text.strip():
        found.setdefault(name, []).append((kind, text))


def written(cells, given=()):
    """What a student wrote in a question's part: pairs of a type and a text.

    ``given`` are the texts that stood there when the notebook was handed out. What a student wrote
    below the question, in the cell that asks it, is an answer as well.
    """
    known = {text.strip() for text in given}
    left = [(kind, text) for kind, text in cells if text.strip() not in known]
    added = (
        (kind, text.strip("\n") if kind == "code" else _added(text, known)) for kind, text in left
    )
    return [[kind, text[:LONGEST]] for kind, text in added if text.strip()]


def _added(text, known):
    """What was written into a cell of text besides what stood there."""
    question = next((each for each in known if HEADING.match(each) and text.startswith(each)), "")
    if not question and HEADING.match(text):  # it was changed: what is below its last mark is new
        text = MARKS.split(text)[-1] if MARKS.search(text) else ""
    return MARKS.sub("", text.removeprefix(question)).strip()
