"""What went wrong in a class, on one page: questions, misconceptions, and answers that agree."""

import re
from collections import defaultdict
from pathlib import Path

from grading.items import Items
from grading.misconceptions import read_misconceptions
from grading.page import write_page
from grading.wrong import WrongAnswers

NAME = "class.html"
MOST_GROUPS = 12  # of one question that are shown
MOST_NAMES = 30  # before the others are folded away
MOST_CODES = 3


def write_class_page(records, archive, out):
    """Write ``out/class.html``; returns its path. The same records give the same bytes."""
    items, wrong = Items(), WrongAnswers()
    for record in records:
        items.add(record)
        wrong.add(record)
    known = read_misconceptions()
    values = {
        "assignment": archive.assignment or "Assignment",
        "graded": len(items.totals),
        "totals": items.totals,
        "spread": items.spread(),
        "items": sorted(items.items(), key=lambda item: (item.difficulty, item.name)),
        "about": archive.about,
        "misconceptions": _misconceptions(archive, wrong, known),
        "questions": _questions(archive, wrong, known),
        "most_names": MOST_NAMES,
    }
    path = Path(out) / NAME
    write_page(path, "class.html", **values)
    return path


def _aims(archive, name):
    return archive.about.get(name, {}).get("misconceptions", [])


def _shown_by(archive, name, group):
    """The misconceptions that a group shows: by its messages, where the master says by which words,
    and otherwise all that its question aims at.
    """
    slips = archive.about.get(name, {}).get("slips")
    said = " ".join(message for _, message in group.messages)
    if slips:
        return [int(number) for number, words in slips.items() if re.search(words, said)]
    return _aims(archive, name) if group.wrote else []


def _misconceptions(archive, wrong, known):
    """Each misconception that wrong answers show, with how many wrote one, the commonest first."""
    students, questions = defaultdict(set), defaultdict(dict)
    for name in archive.names:
        for group in wrong.groups(name):
            for number in _shown_by(archive, name, group):
                students[number] |= group.students
                questions[number][name] = True
    told = [
        {"number": n, "students": sorted(who), "questions": [*questions[n]], "known": known.get(n)}
        for n, who in students.items()
    ]
    return sorted(told, key=lambda each: (-len(each["students"]), each["number"]))


def _questions(archive, wrong, known):
    """Each question that somebody missed, the most missed first, with its groups of answers."""
    told = []
    for name in archive.names:
        groups, students = wrong.groups(name), wrong.students(name)
        shown = [
            {**_group(group), "shows": [known.get(n) or n for n in _shown_by(archive, name, group)]}
            for group in groups[:MOST_GROUPS]
        ]
        rest = sum(len(group.students) for group in groups[MOST_GROUPS:]) + wrong.others[name]
        aims = [known.get(number) or number for number in _aims(archive, name)]
        each = {"name": name, "students": students, "groups": shown, "rest": rest, "aims": aims}
        told += [each] if students else []
    return sorted(told, key=lambda each: -len(each["students"]))


def _group(group):
    codes = [{"text": text, "count": count} for text, count in group.codes[:MOST_CODES]]
    tests = [{"number": number, "message": message} for number, message in group.messages]
    more = len(group.codes) - len(codes)
    return {"students": sorted(group.students), "tests": tests, "codes": codes, "more": more}
