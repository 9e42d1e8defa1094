"""Pages to read: one of feedback for each file, and one of all of them for the grader."""

import hashlib
import math
import re
import unicodedata
from pathlib import Path

from grading.marking import MOST_CELLS
from grading.marking import page_name as marking_page
from grading.page import write_page
from grading.record import total, unmarked
from grading.similarity import NAME as SIMILARITY
from grading.statistics import LONGEST_MESSAGE, TENTHS, Statistics, cut

LONGEST_NAME = 100  # characters of a name in the table of all
OURS = re.compile(r"[A-Za-z0-9_-]+-[0-9a-f]{12}(?:-again)*\.html")  # as page_name names them
TITLE_WITHIN = 2000  # characters from the start of a page
MOST_NOTES = 30
MOST_UNTESTED = 20
MOST_CHANGES = 200


def write_feedback(records, archive, out, odd=(), strays=(), changes=()):
    """Write ``out/feedback/``: a page for each file, and ``index.html``, whose path is returned.

    ``records`` may be an iterator; only a line of each is kept. The pages of the same records, in
    any order, have the same bytes. Pages of files that are gone go, too. The index also tells
    what is ``odd``, which files were not looked at, and which points changed.
    """
    folder = Path(out) / "feedback"
    folder.mkdir(parents=True, exist_ok=True)
    index = _Index(archive)
    for record in records:
        name = index.add(record)
        if name:
            write_page(folder / name, "student.html", **for_student(record, archive))
    told = {"odd": odd, "strays": strays, "changes": changes, "most_changes": MOST_CHANGES}
    told["similarity"] = SIMILARITY if Path(out, SIMILARITY).exists() else ""
    write_page(folder / "index.html", "index.html", **index.values(), **told)
    _forget(folder, index.pages)
    return folder / "index.html"


def page_name(record):
    """A file name for a record's page: safe on every system, and the same each time."""
    plain = unicodedata.normalize("NFKD", _student(record)).encode("ascii", "ignore").decode()
    safe = re.sub(r"[^A-Za-z0-9_]+", "-", plain)[:60].strip("-_") or "student"
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


def for_student(record, archive):
    """What a student's page shows; the messages of hidden tests are left out already here."""
    questions = {} if record["problem"] else record["questions"]
    names = archive.names
    known = [name for name in names if name in questions]
    by_hand = [q["mark"] for q in questions.values() if q.get("mark") is not None]
    scored = [q["possible"] for q in questions.values() if q["score"] is not None]
    return {
        "assignment": archive.assignment or "Assignment",
        "student": _student(record),
        "file": record["file"],
        "problem": record["problem"],
        "total": total(record),
        "possible": math.fsum(scored),
        "by_hand": by_hand and math.fsum(by_hand),
        "penalty": record.get("penalty", {}).get("words"),
        "waiting": unmarked(record),
        "questions": [_question(record, name, archive) for name in known],
        "untested": [name for name in record["asked"] if name not in names][:MOST_UNTESTED],
        "notes": record["notes"],
        "most_notes": MOST_NOTES,
    }


def _question(record, name, archive):
    """What a student's page shows of a question: its own text where the zip has it."""
    given = {"by_hand": False, "mark": None, "comment": "", **record["questions"][name]}
    tests = [
        {**test, "message": "" if test["hidden"] else test["message"]} for test in given["tests"]
    ]
    about = archive.about_variant(record["variant"]).get(name, {})
    asked = about.get("text") or record["asked"].get(name, "").strip()
    cells = record["written"].get(name, [])[:MOST_CELLS]
    answer = [{"kind": kind, "text": text} for kind, text in cells]
    told = {"name": name, "asked": asked, "tests": tests, "answer": answer}
    told["asks"] = about.get("asks", "")
    return {**given, **told, "blank": bool(about and not answer)}


class _Index:
    """What the page of all tells of the records, gathered one by one."""

    def __init__(self, archive):
        self._assignment = archive.assignment or "Assignment"
        self._by_hand = {q.name: marking_page(q.name) for q in archive.by_hand}
        self._statistics, self.pages, self._rows = Statistics(archive), set(), []
        self._students, self._marked = set(), {name: set() for name in self._by_hand}

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
        self._count(record)
        return page

    def _count(self, record):
        """Count who handed something in, and to which questions of his there is a mark by hand."""
        if record["file"]:
            self._students.add(record["student"])
        for name, students in self._marked.items():
            if record["questions"].get(name, {}).get("mark") is not None:
                students.add(record["student"])

    def values(self):
        """What the template of the index names."""
        bars = [
            {"name": f"{10 * n}–{10 * n + 10} %", "count": self._statistics.tenths[n]}
            for n in reversed(range(TENTHS))
        ]
        return {
            "assignment": self._assignment,
            "statistics": self._statistics,
            "by_hand": self._by_hand,
            "marked": self._marked,
            "students": self._students,
            "bars": bars,
            "fullest": max(bars, key=lambda bar: bar["count"]),
            "rows": sorted(self._rows, key=lambda row: (row["student"], row["page"])),
        }
