"""Pages on which all answers to one question can be read beside its rubric."""

from pathlib import Path

from grading.marks import write_sheet
from grading.page import LONGEST, write_page
from grading.people import alias
from grading.sheet import ENGLISH
from grading.statistics import cut

PER_PAGE = 200  # answers
MOST_CELLS = 20  # of one answer


def write_marking(records, archive, marks, out, anonymous=False, style=ENGLISH):
    """Write ``out/marking/``, and a sheet for the marks that are still to be given.

    Returns in words what there is to do. ``anonymous`` calls each student by an alias; ``style`` is
    the sheet's.
    """
    if not archive.by_hand:
        return []
    answers = {question.name: {} for question in archive.by_hand}
    for record in filter(_has_file, records):
        for question in archive.by_hand:
            _add(answers[question.name], record, archive, question)
    folder, pages = Path(out) / "marking", set()
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for question in archive.by_hand:
        called = [(alias(s) if anonymous else s, s) for s in answers[question.name]]
        inorder = [(who, answers[question.name][student]) for who, student in sorted(called)]
        inorder.sort(key=lambda pair: not pair[1]["cells"])  # those without a word come last
        rows += [(each["student"], who, question, _plain(each)) for who, each in inorder]
        pages |= _write_pages(folder, archive, question, inorder)
    for old in set(folder.glob("q*.html")) - pages:
        old.unlink()
    return _to_do(archive, answers, write_sheet(out, rows, marks, style))


def _has_file(record):
    """Whether there is something to read; one who handed in nothing is asked about nowhere."""
    return record["file"] != ""


def _add(answers, record, archive, question):
    """Put what a record has of a question to what its student wrote, in this file or another."""
    blank = {"student": record["student"], "cells": [], "problems": [], "rubric": ""}
    each, given = answers.setdefault(record["student"], blank), record["questions"]
    for kind, text in record["written"].get(question.name, [])[:MOST_CELLS]:
        cell = {"kind": kind, "text": cut(text, LONGEST)}
        each["cells"] += [] if cell in each["cells"] else [cell]
    if record["problem"]:
        each["problems"].append(record["problem"])
    rubric = archive.about_variant(record["variant"]).get(question.name, {}).get("rubric", "")
    each["rubric"] = rubric if rubric != question.rubric else ""
    each["mark"] = given.get(question.name, {}).get("mark")
    each["comment"] = given.get(question.name, {}).get("comment", "")


def _plain(answer):
    unread = "(no machine can read the file)" if answer["problems"] else ""
    return "\n".join(cell["text"] for cell in answer["cells"]) or unread


def _write_pages(folder, archive, question, answers):
    """Write the pages of one question; returns their paths. Numbers go on from page to page."""
    there = [pair for pair in answers if pair[1]["cells"]]
    marked = sum(each["mark"] is not None for _, each in answers)
    empty = answers[len(there) :]
    starts = list(range(0, len(there), PER_PAGE)) or [0]
    paths = [folder / page_name(question.name, number) for number in range(1, len(starts) + 1)]
    for number, (path, start) in enumerate(zip(paths, starts, strict=True), start=1):
        values = {"number": number, "pages": [path.name for path in paths], "start": start}
        chosen = there[start : start + PER_PAGE]
        shown = {"question": question, "answers": chosen, "empty": empty, "of": len(there)}
        shown["marked"] = f"{marked} of {len(answers)}"
        name = archive.assignment or "Assignment"
        write_page(path, "marking.html", assignment=name, **shown, **values)
    return set(paths)


def page_name(question, number=1):
    """The name of a question's page of answers."""
    return f"{question}.html" if number == 1 else f"{question}-{number}.html"


def _to_do(archive, answers, sheet):
    """How many answers are marked, in words, and where the other marks go."""
    said = []
    for question in archive.by_hand:
        marks = [each["mark"] is not None for each in answers[question.name].values()]
        said.append(f"{question.name}, by hand: {sum(marks)} of {len(marks)} marked")
    return said + ([f"{sheet} has a row for each mark to give"] if sheet else [])
