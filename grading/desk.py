"""The assistant's part of a run: marks by hand, days late, and pages for the grader alone."""

from pathlib import Path

from grading.canvas_feedback import write_canvas_feedback
from grading.changes import find_changes, in_words, lost_marks, read_points, write_changes
from grading.class_page import write_class_page
from grading.late import Late, read_days, read_rule
from grading.marking import write_marking
from grading.marks import find_sheets, read_marks
from grading.sheet import GERMAN, PLAIN, sheet_style
from grading.similarity import NAME as SIMILARITY
from grading.similarity import write_similarity
from grading.tables import BadTable


class Desk:
    """``Desk(options, archive, students)`` reads all that the assistant gave. Raises BadTable.

    ``odd`` says what of it needs a look, and ``told`` what there is to know or to do, in words;
    ``changes`` are points that were others before, ``style`` is that of all tables.
    """

    def __init__(self, options, archive, students):
        self._options, self._archive = options, archive
        paths = {path.resolve(): path for path in (*find_sheets(options.out), *options.marks)}
        self._marks = read_marks(paths.values(), archive, students)
        others = Path(options.student_id_from), options.canvas, options.late_days
        given = [*paths.values(), *(path for path in others if path and path.is_file())]
        self._sheet = sheet_style(options.semicolons, given)
        self.style = GERMAN if options.semicolons else PLAIN
        self._late, self.odd = _read_late(options, students)
        self._grades = options.out / "grades.csv"
        before = options.before or self._grades
        self._before = read_points(before) if options.before or before.exists() else {}
        self.told, self.changes = [], []

    def applied(self, record):
        """A record with the marks by hand, and with what comes off for days late."""
        return self._late.applied(self._marks.applied(record))

    def steps(self, results):
        """What writes the pages, one step after the other."""
        archive, out = self._archive, self._options.out
        steps = [
            lambda: write_canvas_feedback(results, archive, out),
            lambda: write_class_page(results, archive, out),
            lambda: self._write_marking(results),
        ]
        if self._options.similarity:
            steps.append(lambda: write_similarity(results, archive, out))
        else:  # one that is there compares the answers of an earlier run
            (out / SIMILARITY).unlink(missing_ok=True)
        return steps

    def _write_marking(self, results):
        how = {"anonymous": self._options.anonymous, "style": self._sheet}
        self.told += write_marking(results, self._archive, self._marks, self._options.out, **how)

    def compare(self):
        """Compare the points, once they are written, with those before; returns what is odd."""
        after = read_points(self._grades)
        by_hand = [question.name for question in self._archive.by_hand]
        self.changes += find_changes(self._before, after)
        write_changes(self.changes, self._options.out / "changes.csv", self.style)
        self.told += in_words(self.changes)
        return lost_marks(self._before, after, by_hand)


def _read_late(options, students):
    """What comes off for days late, and in words who in the table is unknown. Raises BadTable."""
    if options.late is None:
        if options.late_days:
            raise BadTable("--late-days needs a rule: --late '10% a day'.")
        return Late(), []
    rule = read_rule(options.late)
    days, odd = read_days(options.late_days, students) if options.late_days else ({}, [])
    return Late(rule, days), odd
