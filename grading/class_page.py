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
    items, wrong, late = Items(), WrongAnswers(), False
    for record in records:
        items.add(record)
        wrong.add(record)
        late = late or "penalty" in record
    known = read_misconceptions()
    questions = _questions(archive, wrong, known)
    values = {
        "assignment": archive.assignment or "Assignment",
        "graded": len(items.totals),
        "totals": items.totals,
        "possible": items.possible,
        "spread": items.spread(),
        "late": late,
        "items": sorted(items.items(), key=lambda item: (item.difficulty, item.name)),
        "about": {name: archive.about.get(name, {}) for name in archive.names},
        "misconceptions": _misconceptions(archive, wrong, known),
        "questions": questions,
        "missed": {question["name"] for question in questions},
        "most_names": MOST_NAMES,
    }
    path = Path(out) / NAME
    write_page(path, "class.html", **values)
    return path


def _aims(archive, name):
    return archive.about.get(name, {}).get("misconceptions", [])


def _slips(archive, name):
    """The words of a question's messages that tell a misconception, where the master says them."""
    return archive.about.get(name, {}).get("slips") or {}


def shown(slips, messages):
    """The misconceptions that messages show, by the words of a question's ``slips``."""
    said = " ".join(messages)
    return [int(number) for number, words in slips.items() if re.search(words, said)]


def _shown_by(archive, name, group):
    """The misconceptions that a group shows by its messages."""
    return shown(_slips(archive, name), [message for _, message in group.messages])


def _misconceptions(archive, wrong, known):
    """Each misconception behind wrong answers, with how many wrote one, the commonest first.

    Where no message of a question can tell, it is guessed: by what the question aims at.
    """
    students, shown, questions = defaultdict(set), defaultdict(set), defaultdict(dict)
    for name in archive.names:
        for group in filter(lambda group: group.wrote, wrong.groups(name)):
            told = _shown_by(archive, name, group)
            for number in told or ([] if _slips(archive, name) else _aims(archive, name)):
                students[number] |= group.students
                shown[number] |= group.students if told else set()
                questions[number][name] = True
    each = [
        {"number": number, "students": who, "guessed": len(who - shown[number])}
        | {"questions": [*questions[number]], "known": known.get(number)}
        for number, who in students.items()
    ]
    return sorted(each, key=lambda each: (-len(each["students"]), each["number"]))


def _questions(archive, wrong, known):
    """Each question that somebody missed, the most missed first, with its groups of answers."""
    told = []
    for name in archive.names:
        groups = [group for group in wrong.groups(name) if group.wrote]
        blank = [group.students for group in wrong.groups(name) if not group.wrote]
        shown = [
            {**_group(group), "shows": [known.get(n) or n for n in _shown_by(archive, name, group)]}
            for group in groups[:MOST_GROUPS]
        ]
        rest = sum(len(group.students) for group in groups[MOST_GROUPS:]) + wrong.others[name]
        aims = [known.get(number) or number for number in _aims(archive, name)]
        each = {"name": name, "students": wrong.students(name), "aims": aims}
        each |= {"groups": shown, "rest": rest, "blank": sorted(set().union(*blank))}
        told += [each] if each["students"] else []
    return sorted(told, key=lambda each: -len(each["students"]))


def _group(group):
    """What the page shows of a group; tests that say the same stand together."""
    codes = [{"text": text, "count": count} for text, count in group.codes[:MOST_CODES]]
    tests = defaultdict(list)
    for number, message in group.messages:
        tests[message].append(number)
    tests = [{"numbers": numbers, "message": message} for message, numbers in tests.items()]
    more = len(group.codes) - len(codes)
    return {"students": sorted(group.students), "tests": tests, "codes": codes, "more": more}
