"""Marks by hand: sheets for a spreadsheet, which the next run reads."""

import re
from pathlib import Path
from typing import NamedTuple

from grading.people import People
from grading.sheet import ENGLISH
from grading.tables import BadTable, harmless, read_cells

COLUMNS = ("student", "question", "points", "comment", "of", "answer")
SHEET = re.compile(r"marks(?:-(\d+))?\.csv")
NUMBER = re.compile(r"\d+(?:[.,]\d*)?")
MOST_FAULTS = 20
ONE_CELL = "Open it as a table (Excel: Data, From Text/CSV), or have it written with --semicolons."
LONGEST = 300  # characters of an answer, so that a row can be told from the others


class Mark(NamedTuple):
    """Points given by hand, None where only a comment was given; and the comment."""

    points: float | None
    comment: str


class Marks:
    """All marks, by student and question; ``listed`` are the rows that any sheet has, blank too."""

    def __init__(self, archive, found=None, listed=()):
        self._found, self.listed = found or {}, set(listed)
        questions = [(q, False) for q in archive.questions] + [(q, True) for q in archive.by_hand]
        blanks = {q.name: _blank(q.points, by_hand) for q, by_hand in questions}
        self._blanks = {name: blanks[name] for name in archive.names}

    def applied(self, record):
        """A record with the marks of its student: a mark takes the place of what tests gave."""
        given, student = record["questions"], record["student"]
        questions = {
            name: _marked(blank, given.get(name), self._found.get((student, name)))
            for name, blank in self._blanks.items()
        }
        if not record["problem"]:
            return record | {"questions": questions}
        marked = {name: q for name, q in questions.items() if "mark" in q}
        if any(q["score"] is None for q in questions.values()):
            return record | {"questions": marked}
        read = f"all points by hand; by machine: {record['problem']}"
        return record | {"questions": marked, "problem": "", "remark": read}


def _blank(possible, by_hand):
    """A question of which nothing is known yet."""
    return {"score": None, "possible": possible, "tests": [], "by_hand": by_hand}


def _marked(blank, given, mark):
    question = {**blank, **(given or {})}
    if mark is None:
        return question
    question |= {"mark": mark.points, "comment": mark.comment}
    if mark.points is None:
        return question
    return {**question, "machine": question["score"], "score": mark.points}


def find_sheets(out):
    """The sheets in a folder, in their order."""
    found = {path: SHEET.fullmatch(path.name) for path in Path(out).glob("marks*.csv")}
    return sorted((p for p, named in found.items() if named), key=lambda p: (len(p.name), p.name))


def read_marks(paths, archive, students):
    """The marks in these sheets. Raises BadTable, with all that is wrong with them in words."""
    most = {q.name.casefold(): (q.name, q.points) for q in (*archive.questions, *archive.by_hand)}
    names, found, listed, faults = People(students), {}, set(), []
    for path in paths:
        for number, row in _rows(path):
            try:
                key, mark = _read(row, names, most)
                if mark and found.get(key, mark) != mark:
                    raise ValueError("another row has another mark for it")
            except ValueError as fault:
                who = " ".join(filter(None, (row["student"], row["question"])))
                faults.append(f"{path}, row {number} ({harmless(who)[:80]}): {fault}.")
                continue
            listed.add(key)
            found |= {key: mark} if mark else {}
    if faults:
        told = faults[:MOST_FAULTS] + ["…"] * (len(faults) > MOST_FAULTS)
        raise BadTable("\n".join([*told, "Nothing was graded or changed; mend this first."]))
    return Marks(archive, found, listed)


def _rows(path):
    """The number in a spreadsheet and the cells by column of each row of a sheet."""
    header, rows = read_cells(path)
    if header[0].startswith("student,") or header[-1].startswith("answer;"):
        raise BadTable(f"{path} was filled in while each row stood in one cell. {ONE_CELL}")
    lacking = [name for name in COLUMNS[:3] if name not in header]
    if lacking:
        raise BadTable(f"{path} has no column {' or '.join(lacking)}; it has {header[:8]}.")
    blank = dict.fromkeys(COLUMNS, "")
    for number, cells in rows:
        yield number, blank | cells


def _read(row, names, most):
    """The student and question of a row, and its mark or None. ValueError says what is wrong."""
    said, comment = row["points"], row["comment"]
    if "," in row["student"] and not row["question"]:
        raise ValueError(f"the whole row stands in one cell. {ONE_CELL}")
    if not (said or comment or names.find(row["student"])):
        return None, None  # a row never filled, of one whose file is no longer there
    student, asked = names.named(row["student"]), row["question"].casefold()
    if asked not in most:
        raise ValueError(f"there is no question {row['question']!r}, only {', '.join(most)}")
    name, possible = most[asked]
    if said and not NUMBER.fullmatch(said):
        raise ValueError(f"{said!r} is no number from 0 to {possible:g}, and not blank")
    number = float(said.replace(",", ".")) if said else None
    if number is not None and number > possible:
        raise ValueError(f"{said} points are more than the {possible:g} there are")
    return (student, name), Mark(number, comment) if said or comment else None


def write_sheet(out, rows, marks, style=ENGLISH):
    """Write the rows that no sheet has yet into a new one; returns its path, None without any.

    ``rows`` are (student, called, question, answer). A sheet that is there is never written to: it
    is the assistant's.
    """
    new = [row for row in rows if (row[0], row[2].name) not in marks.listed]
    if not new:
        return None
    path, table = _free(out), [COLUMNS]
    for _, called, question, answer in new:
        told = harmless(answer[:LONGEST]) or "(nothing written)"
        most = style.points(question.points)
        table.append([harmless(called), question.name, "", "", most, told])
    style.write(path, table)
    return path


def _free(out):
    """The name of the next sheet."""
    sheets = find_sheets(out)
    if not sheets:
        return Path(out, "marks.csv")
    last = max(int(SHEET.fullmatch(path.name)[1] or 1) for path in sheets)
    return Path(out, f"marks-{last + 1}.csv")
