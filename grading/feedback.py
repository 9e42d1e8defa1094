"""Pages to read: one of feedback for each file, and one of all of them for the grader."""

import base64
import functools
import hashlib
import math
import os
import re
import unicodedata
from collections import Counter
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grading.record import total
from lec_utils.practice.verdict import title

PAGES = Path(__file__).parent / "pages"
LONGEST = 5000  # characters of one text on a page
LONGEST_NAME = 100  # characters of a name in the table of all
LONGEST_MESSAGE = 300  # characters by which messages are counted, and shown to the grader
MOST_NOTES = 30
MOST_UNTESTED = 20
MOST_MESSAGES = 2000  # different ones that are counted for one question
# What no page may hold or nobody could see: control characters but tab and line feed, halves of
# surrogate pairs, signs that turn the direction of reading, and what is no character at all.
UNREADABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)


def write_feedback(records, archive, out):
    """Write ``out/feedback/``: a page for each record, and ``index.html``, whose path is returned.

    ``records`` may be an iterator; only a line of each is kept. The pages of the same records, in
    any order, have the same bytes.
    """
    folder = Path(out) / "feedback"
    folder.mkdir(parents=True, exist_ok=True)
    summary = _Summary(archive)
    for record in records:
        name = summary.add(record)
        _write(folder / name, _render("student.html", **_for_student(record, archive)))
    _write(folder / "index.html", _render("index.html", **summary.values()))
    return folder / "index.html"


def page_name(record):
    """A file name for a record's page: safe on every system, and the same each time."""
    plain = unicodedata.normalize("NFKD", _student(record)).encode("ascii", "ignore").decode()
    safe = re.sub(r"[^A-Za-z0-9_]+", "-", plain)[:60].strip("-") or "student"
    digest = hashlib.sha256(record["file"].encode("utf-8", "surrogatepass")).hexdigest()
    return f"{safe}-{digest[:12]}.html"


def _student(record):
    """What the student is called; the name of the file where there is nothing to see in it."""
    names = str(record["student"] or ""), record["file"], "a file without a readable name"
    return next(name for name in names if any(unicodedata.category(c)[0] in "LNPS" for c in name))


def _write(path, text):
    """Write a whole page or none; what a killed run leaves behind, the next one writes over."""
    unfinished = path.with_name(".unfinished")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    os.replace(unfinished, path)


def _for_student(record, archive):
    """What a student's page shows; the messages of hidden tests are left out already here."""
    names = [question.name for question in archive.questions]
    return {
        "assignment": archive.assignment or "Assignment",
        "student": _student(record),
        "file": record["file"],
        "problem": record["problem"],
        "total": total(record),
        "possible": _possible(archive),
        "questions": [] if record["problem"] else [_question(record, name) for name in names],
        "untested": [name for name in record["asked"] if name not in names][:MOST_UNTESTED],
        "notes": record["notes"],
        "most_notes": MOST_NOTES,
    }


def _question(record, name):
    given = record["questions"][name]
    tests = [
        {**test, "message": "" if test["hidden"] else test["message"]} for test in given["tests"]
    ]
    return {**given, "name": name, "asked": record["asked"].get(name, "").strip(), "tests": tests}


def _possible(archive):
    return round(sum(question.points for question in archive.questions), 5)


class _Summary:
    """What the index tells of all records, gathered one by one."""

    def __init__(self, archive):
        self._archive, self._pages = archive, set()
        self._rows, self._totals, self._bars = [], [], [0] * 10
        self._missed, self._messages = Counter(), {q.name: Counter() for q in archive.questions}

    def add(self, record):
        """Take in a record; returns the name of its page, which no other has."""
        page = page_name(record)
        while page in self._pages:
            page = f"{page.removesuffix('.html')}-again.html"
        self._pages.add(page)
        remark = record["problem"] or record["remark"]
        names = {"student": _student(record), "file": record["file"]}
        row = {key: _cut(name, LONGEST_NAME) for key, name in names.items()} | {"page": page}
        self._rows.append({**row, "total": total(record), "remark": _cut(remark, LONGEST_MESSAGE)})
        if not record["problem"]:
            self._count(record)
        return page

    def _count(self, record):
        points, possible = total(record), _possible(self._archive)
        self._totals.append(points)
        share = points / possible if possible else 0
        self._bars[min(int(10 * share + 1e-9), 9)] += 1
        for name, messages in self._messages.items():
            question = record["questions"][name]
            self._missed[name] += question["score"] < question["possible"]
            failed = (test["message"] for test in question["tests"] if not test["passed"])
            messages.update({_cut(message, LONGEST_MESSAGE) for message in failed if message})
            if len(messages) > MOST_MESSAGES:  # those heard once are not the most frequent
                self._messages[name] = Counter({m: n for m, n in messages.items() if n > 1})

    def values(self):
        """What the template of the index names."""
        graded = len(self._totals)
        bars = [
            {"name": f"{10 * n}–{10 * n + 10} %", "count": count}
            for n, count in reversed(list(enumerate(self._bars)))
        ]
        questions = [self._told(question.name) for question in self._archive.questions]
        return {
            "assignment": self._archive.assignment or "Assignment",
            "graded": graded,
            "ungraded": len(self._rows) - graded,
            "mean": math.fsum(self._totals) / graded if graded else None,
            "possible": _possible(self._archive),
            "bars": bars,
            "fullest": max(bars, key=lambda bar: bar["count"]),
            "questions": sorted(questions, key=lambda question: -question["missed"]),
            "rows": sorted(self._rows, key=lambda row: (row["student"], row["page"])),
        }

    def _told(self, name):
        """How often a question was missed, and the message that its failing tests gave most."""
        counted = self._messages[name].items()
        message, times = min(counted, key=lambda pair: (-pair[1], pair[0]), default=("", 0))
        told = {"name": name, "missed": self._missed[name], "graded": len(self._totals)}
        return {**told, "message": message, "times": times}


def _render(template, **values):
    return _pages().get_template(template).render(values)


@functools.cache
def _pages():
    """The templates; whatever they show passes through ``_shown`` and is then escaped."""
    pages = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    pages.filters["title"] = title
    style = (PAGES / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    pages.globals.update(style=Markup(style), style_digest=Markup(digest))
    return pages


def _shown(value):
    """A value as it may stand on a page: texts readable and not too long, numbers short."""
    if isinstance(value, Markup) or not isinstance(value, str | int | float):
        return value
    if not isinstance(value, str):
        return f"{round(value, 2):.15g}"
    return UNREADABLE.sub("\ufffd", _cut(value, LONGEST).replace("\r\n", "\n"))


def _cut(text, longest):
    if len(text) <= longest:
        return text
    return f"{text[:longest]}… (cut here: {len(text)} characters in all)"
