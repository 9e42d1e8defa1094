"""Answers that are more alike than chance: per question, without what everybody was given.

Code is compared as MOSS does it, by passages of tokens in which names and texts are blanked out, so
that a variable renamed hides nothing; answers in words by passages of words. What many in the class
wrote is the obvious way, and tells nothing. Pygments cuts the code, scikit-learn counts.
"""

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from pygments import lex
from pygments.lexers import PythonLexer
from pygments.token import Comment, Name, String, Text

from grading.page import write_page

NAME = "similarity.html"
TOKENS, WORDS = 8, 5  # of a passage
FEWEST = 6  # passages that two must share
COMMON, COMMONEST = 5, 30  # a passage is obvious from a fifth of the class on, or from 30 answers
LEAST = 0.6  # of the passages of the shorter answer
MOST_ALIKE = 50  # of one question
ROWS = 500  # answers that are compared with all at a time


class Alike(NamedTuple):
    """Students whose answers are the same to us, others whose are alike; how many passages they
    share, and what share of the shorter answer that is. Without others, it is their own."""

    students: list
    others: list
    shared: int
    share: float


class Compared(NamedTuple):
    """A question: how many answers were compared, and how many have too little of their own."""

    name: str
    answers: int
    short: int
    alike: list


def write_similarity(records, archive, out):
    """Write ``out/similarity.html``, for the grader alone; returns its path."""
    answers, by_hand = defaultdict(dict), {question.name for question in archive.by_hand}
    for record in records:
        for name, cells in record["written"].items():
            answers[name][record["student"]] = "\n".join(text for _, text in cells)
    given = {name: about.get("given", ()) for name, about in archive.about.items()}
    compared = [compare(n, answers[n], given.get(n, ()), n in by_hand) for n in archive.names]
    path, name = Path(out) / NAME, archive.assignment or "Assignment"
    write_page(path, "similarity.html", assignment=name, compared=compared, answers=answers)
    return path


def compare(name, answers, given=(), words=False):
    """Compare the answers to one question, texts by student, but for what is in a given text."""
    base = set().union(*(_passages(text, words) for text in given))
    own = {student: _passages(text, words) - base for student, text in sorted(answers.items())}
    wrote = Counter(passage for passages in own.values() for passage in passages)
    obvious = min(max(3, len(own) // COMMON), COMMONEST)
    same = defaultdict(list)
    for student, passages in own.items():
        telling = frozenset(passage for passage in passages if wrote[passage] <= obvious)
        if len(telling) >= FEWEST:
            same[telling].append(student)
    found = sorted(_alike(same), key=lambda each: (-each.shared, each.students, each.others))
    compared = sum(map(len, same.values()))
    return Compared(name, compared, len(own) - compared, found[:MOST_ALIKE])


def _alike(same):
    """What is alike of students by the passages they wrote."""
    if not same:
        return
    from sklearn.feature_extraction.text import CountVectorizer  # a second to import

    students, sizes = list(same.values()), [len(passages) for passages in same]
    counts = CountVectorizer(analyzer=sorted).fit_transform(same)
    for start in range(0, len(students), ROWS):
        shared = (counts[start : start + ROWS] @ counts.T).tocoo()
        for row, other, number in zip(shared.row + start, shared.col, shared.data, strict=True):
            share = number / min(sizes[row], sizes[other])
            if row == other and len(students[row]) > 1:
                yield Alike(students[row], [], int(number), 1.0)
            elif row < other and number >= FEWEST and share >= LEAST:
                yield Alike(students[row], students[other], int(number), float(share))


def _passages(text, words=False):
    """All runs of so many tokens, or words, in a text."""
    cut, length = (_words(text), WORDS) if words else (_tokens(text), TOKENS)
    return {" ".join(cut[n : n + length]) for n in range(len(cut) - length + 1)}


def _words(text):
    return re.findall(r"\w+", text.casefold())


def _tokens(code):
    """What a program does, whatever its author called things: no comments, no names, no texts."""
    found = []
    for kind, text in lex(code, PythonLexer()):
        if kind in Comment or kind in Text or not text.strip() or kind in String.Doc:
            continue
        attribute = found[-1:] == ["."]  # np.mean is not np.sum
        blank = not attribute and kind in Name and kind not in Name.Builtin
        found.append("n" if blank else "s" if kind in String else text)
    return found
