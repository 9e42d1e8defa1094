"""Pages to read: one of feedback for each file, and one of all of them for the grader."""

import base64
import functools
import hashlib
import re
import unicodedata
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grading.files import replacing
from grading.record import total
from grading.statistics import LONGEST_MESSAGE, TENTHS, Statistics, cut
from lec_utils.practice.verdict import title

PAGES = Path(__file__).parent / "pages"
LONGEST = 5000  # characters of one text on a page
LONGEST_NAME = 100  # characters of a name in the table of all
OURS = re.compile(r"[A-Za-z0-9_-]+-[0-9a-f]{12}(?:-again)*\.html")  # as page_name names them
TITLE_WITHIN = 2000  # characters from the start of a page
MOST_NOTES = 30
MOST_UNTESTED = 20
# What no page may hold or nobody could see: control characters but tab and line feed, halves of
# surrogate pairs, signs that turn the direction of reading, and what is no character at all.
UNREADABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)


def write_feedback(records, archive, out, odd=(), strays=()):
    """Write ``out/feedback/``: a page for each file, and ``index.html``, whose path is returned.

    ``records`` may be an iterator; only a line of each is kept. The pages of the same records, in
    any order, have the same bytes. Pages of files that are gone go, too. The index also tells
    what is ``odd`` and which files were not looked at.
    """
    folder = Path(out) / "feedback"
    folder.mkdir(parents=True, exist_ok=True)
    index = _Index(archive)
    for record in records:
        name = index.add(record)
        if name:
            _write(folder / name, _render("student.html", **_for_student(record, archive)))
    _write(folder / "index.html", _render("index.html", **index.values(), odd=odd, strays=strays))
    _forget(folder, index.pages)
    return folder / "index.html"


def page_name(record):
    """A file name for a record's page: safe on every system, and the same each time."""
    plain = unicodedata.normalize("NFKD", _student(record)).encode("ascii", "ignore").decode()
    safe = re.sub(r"[^A-Za-z0-9_]+", "-", plain)[:60].strip("-") or "student"
    digest = hashlib.sha256(record["file"].encode("utf-8", "surrogatepass")).hexdigest()
    return f"{safe}-{digest[:12]}.html"


def _forget(folder, pages):
    """Remove the pages that an earlier run wrote and this one did not; what is not ours stays."""
    for path in folder.glob("*.html"):
        if path.name not in pages and OURS.fullmatch(path.name) and path.is_file():
            with open(path, encoding="utf-8", errors="replace") as file:
                ours = "<title>Feedback for " in file.read(TITLE_WITHIN)
            if ours:
                path.unlink()


def _student(record):
    """What the student is called; the name of the file where there is nothing to see in it."""
    names = str(record["student"] or ""), record["file"], "a file without a readable name"
    return next(name for name in names if any(unicodedata.category(c)[0] in "LNPS" for c in name))


def _write(path, text):
    with replacing(path) as file:
        file.write(text)


def _for_student(record, archive):
    """What a student's page shows; the messages of hidden tests are left out already here."""
    names = [question.name for question in archive.questions]
    return {
        "assignment": archive.assignment or "Assignment",
        "student": _student(record),
        "file": record["file"],
        "problem": record["problem"],
        "total": total(record),
        "possible": archive.points,
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


class _Index:
    """What the page of all tells of the records, gathered one by one."""

    def __init__(self, archive):
        self._assignment = archive.assignment or "Assignment"
        self._statistics, self.pages, self._rows = Statistics(archive), set(), []

    def add(self, record):
        """Take in a record; returns the name of its page, which no other has; "" without a file."""
        page = page_name(record) if record["file"] else ""
        while page in self.pages:
            page = f"{page.removesuffix('.html')}-again.html"
        self.pages |= {page} - {""}
        remark = "; ".join(filter(None, (record["problem"], record["remark"])))
        names = {"student": _student(record), "file": record["file"]}
        row = {key: cut(name, LONGEST_NAME) for key, name in names.items()} | {"page": page}
        self._rows.append({**row, "total": total(record), "remark": cut(remark, LONGEST_MESSAGE)})
        self._statistics.add(record)
        return page

    def values(self):
        """What the template of the index names."""
        bars = [
            {"name": f"{10 * n}–{10 * n + 10} %", "count": self._statistics.tenths[n]}
            for n in reversed(range(TENTHS))
        ]
        return {
            "assignment": self._assignment,
            "statistics": self._statistics,
            "bars": bars,
            "fullest": max(bars, key=lambda bar: bar["count"]),
            "rows": sorted(self._rows, key=lambda row: (row["student"], row["page"])),
        }


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
    return UNREADABLE.sub("\ufffd", cut(value, LONGEST).replace("\r\n", "\n"))
