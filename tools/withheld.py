"""What only the teachers' edition says, and a search for it in any text: `given_away`.

It is every sentence of the teacher's notes and of docs/teach that no lesson and no practice says
itself. tools/release.py makes no student bundle in which one of them is found.
"""

import functools
import html
import re
from collections import defaultdict

import nbformat

from tools.course import KINDS
from tools.editions import is_note
from tools.leaks import text_of
from tools.references import LINK

WORD = re.compile(r"\w+")
TAG = r"</?[a-z][^<>]*>|<!--.*?-->"
UNSAID = re.compile(rf"```.*?```|\$[^$]*\$|{TAG}", re.DOTALL)  # ends a sentence that is looked for
END = re.compile(r"(?<=[.?!])\s|[\n|“”]")
FEW = 4  # words that stand in a row by chance


@functools.cache
def withheld(course):
    """Sentence, as words alone → the place where teachers read it."""
    given = "".join(words_of(text) for text in _given(course))
    return {
        sentence: place
        for place, text in teachers_texts(course)
        for sentence in sentences(text)
        if f" {sentence} " not in given
    }


def teachers_texts(course):
    """Place and text of each note, and of each page of docs/teach."""
    for path in course.notebooks():
        cells = nbformat.read(path, as_version=4).cells
        yield from ((f"{path.name}, {cell.id}", cell.source) for cell in cells if is_note(cell))
    for page in sorted((course.root / "docs" / "teach").glob("*.md")):
        yield f"docs/teach/{page.name}", page.read_text(encoding="utf-8")


def _given(course):
    """What students have anyway: the lessons but for their notes, outputs too, and the practice."""
    practices = [path for kind in KINDS for path in course.practices(kind)]
    for path in [*course.notebooks(), *practices]:
        notebook = nbformat.read(path, as_version=4)
        notebook.cells = [cell for cell in notebook.cells if not is_note(cell)]
        yield text_of(path.name, nbformat.writes(notebook).encode("utf-8"))


def sentences(markdown):
    """The sentences of Markdown, as words alone; a formula or code is where one ends, too.

    >>> sentences("Ask **who** will [win](05.ipynb) the race. Then $x^2$, say.")
    ['Ask who will win the race']
    """
    text = UNSAID.sub("\n", LINK.sub(lambda found: found[1], markdown))
    parts = (WORD.findall(part) for part in END.split(text))
    return [" ".join(part) for part in parts if len(part) >= FEW]


def words_of(text):
    """A text as words alone, with a space around each; of HTML, what is read.

    >>> words_of("<p>See the <b>answer</b>: 4.6 &amp; 2.</p>")
    ' See the answer 4 6 2 '
    """
    read = html.unescape(re.sub(TAG, " ", text, flags=re.DOTALL))
    return f" {' '.join(WORD.findall(read))} "


def given_away(texts, course):
    """What ``texts``, a dictionary of a name and a text each, say of it: a sentence for each."""
    begun = defaultdict(list)
    for sentence in withheld(course):
        begun[tuple(sentence.split()[:FEW])].append(sentence)
    return [
        f"{name} holds {sentence!r}, of {withheld(course)[sentence]}"
        for name, text in texts.items()
        for words in [words_of(text)]
        for start in begun.keys() & _runs(words)
        for sentence in begun[start]
        if f" {sentence} " in words
    ]


def _runs(words):
    """The words as runs of so many as each sentence has at least."""
    listed = words.split()
    return set(zip(*(listed[i:] for i in range(FEW)), strict=False))
