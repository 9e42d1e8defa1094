"""What the records of a class tell together: the mean, the distribution, what was missed most."""

import math
from collections import Counter

from grading.record import total

TENTHS = 10
LONGEST_MESSAGE = 300  # characters by which messages are told apart
MOST_MESSAGES = 2000  # different ones that are counted for one question


class Statistics:
    """``Statistics(archive, records)``, or ``add`` one by one: only numbers are kept of each."""

    def __init__(self, archive, records=()):
        self.graded, self.ungraded, self.missing = 0, 0, 0
        self.possible = archive.machine_points  # and those by hand, as soon as one has some
        self.tenths = [0] * TENTHS  # files by their share of the points; a border counts above
        self._totals = []
        self._all_points = archive.points
        self._scored, self._missed = Counter(), Counter()
        self._messages = {name: Counter() for name in archive.names}
        for record in records:
            self.add(record)

    def add(self, record):
        """Count a record; one without a file is of a student who handed in nothing."""
        if not record["file"]:
            self.missing += 1
            return
        if record["problem"]:
            self.ungraded += 1
            return
        self.graded += 1
        self._totals.append(total(record))
        scored = {n: q for n, q in record["questions"].items() if q["score"] is not None}
        possible = sum(question["possible"] for question in scored.values())
        share = self._totals[-1] / possible if possible else 0
        self.tenths[min(int(TENTHS * share + 1e-9), TENTHS - 1)] += 1
        for name in self._messages.keys() & scored.keys():
            self._count(name, scored[name])

    def _count(self, name, question):
        if question.get("by_hand"):
            self.possible = self._all_points
        self._scored[name] += 1
        self._missed[name] += question["score"] < question["possible"]
        failed = (test["message"] for test in question["tests"] if not test["passed"])
        messages = self._messages[name]
        messages.update({cut(message, LONGEST_MESSAGE) for message in failed if message})
        if len(messages) > MOST_MESSAGES:  # those heard once are not the most frequent
            self._messages[name] = Counter({m: n for m, n in messages.items() if n > 1})

    @property
    def mean(self):
        """The mean of the graded files, in any order of them the same; None without any."""
        return math.fsum(self._totals) / self.graded if self.graded else None

    def questions(self):
        """Each question, the most missed first: how often, and what its failing tests say most."""
        told = [
            self._told(name) for name in self._messages if self._scored[name] or not self.graded
        ]
        return sorted(told, key=lambda question: -question["missed"])

    def _told(self, name):
        counted = self._messages[name].items()
        message, times = min(counted, key=lambda pair: (-pair[1], pair[0]), default=("", 0))
        told = {"name": name, "missed": self._missed[name], "graded": self._scored[name]}
        return {**told, "message": message, "times": times}


def cut(text, longest):
    """The beginning of a text that is too long, and how long it was."""
    if len(text) <= longest:
        return text
    return f"{text[:longest]}… (cut here: {len(text)} characters in all)"
