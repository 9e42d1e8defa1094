"""How hard each question was, and how well it tells those who know from those who do not."""

import math
import statistics
from typing import NamedTuple


class Item(NamedTuple):
    """``difficulty`` is the mean share of the points; ``discrimination`` the correlation with those
    of all other questions, None where all have the same."""

    name: str
    answers: int
    difficulty: float
    discrimination: float | None


class Items:
    """Scores of a class, record by record: ``add`` them, then ask."""

    def __init__(self):
        self._scores, self._possible = [], {}

    def add(self, record):
        """Count a record; one that could not be graded says nothing of any question."""
        if record["problem"]:
            return
        scored = {n: q for n, q in record["questions"].items() if q["score"] is not None}
        self._possible |= {name: question["possible"] for name, question in scored.items()}
        self._scores.append({name: question["score"] for name, question in scored.items()})

    @property
    def totals(self):
        """The points of each file that was graded, the fewest first."""
        return sorted(math.fsum(scores.values()) for scores in self._scores)

    @property
    def possible(self):
        """The points of all questions for which somebody has some."""
        return math.fsum(self._possible.values())

    def spread(self):
        """The lower quartile, the median and the upper quartile, and the standard deviation."""
        if len(self._scores) < 2:
            return None
        quartiles = statistics.quantiles(self.totals, n=4, method="inclusive")
        return (*quartiles, statistics.stdev(self.totals))

    def items(self):
        """An `Item` for each question that has points."""
        return [self._item(name, possible) for name, possible in self._possible.items() if possible]

    def _item(self, name, possible):
        answered = sorted((s[name], math.fsum(s.values())) for s in self._scores if name in s)
        scores = [score for score, _ in answered]
        rest = [total - score for score, total in answered]
        try:
            discrimination = statistics.correlation(scores, rest)
        except statistics.StatisticsError:  # one answer, or all have the same points
            discrimination = None
        return Item(name, len(scores), math.fsum(scores) / len(scores) / possible, discrimination)
