"""The words of the command line."""

import argparse
import os
from pathlib import Path

from grading.sandbox import Limits

ENDS = (
    "Ends with 0 when every file was graded and everybody was found in all tables, 1 when not, "
    "2 when something in the command, the zip or a table is wrong, and 3 where there is no sandbox."
)


def parser():
    """What reads the command line, and explains it with ``--help``."""
    words = argparse.ArgumentParser(
        prog="python -m grading",
        description="Grade a folder of notebooks with an autograder zip of Otter's.",
        epilog=ENDS,
    )
    add = words.add_argument
    add("archive", metavar="ARCHIVE.zip", type=Path, help="made by `make assignments`")
    add("folder", metavar="FOLDER", type=Path, help="what the students handed in")
    add("--out", required=True, type=Path, metavar="FOLDER", help="where the grades go")
    add("--jobs", type=int, default=os.cpu_count(), metavar="N", help="processes; default: cores")
    roster = "the names of the files, or a CSV with the columns file and student, or student alone"
    add("--student-id-from", default="filename", metavar="filename|ROSTER.csv", help=roster)
    add("--canvas", type=Path, metavar="GRADEBOOK.csv", help="exported by Canvas, to be filled in")
    column = "the assignment's column there: its title, or its number"
    add("--canvas-column", metavar="COLUMN", help=column)
    add("--canvas-new", action="store_true", help="add that column where Canvas has none")
    add("--gradescope", action="store_true", help="write a results.json for each file")
    add("--only", metavar="STUDENT", help="grade this student's files again")
    add("--dry-run", action="store_true", help="say what would be graded, and write nothing")
    seconds = "processor time for a cell or a test"
    add("--seconds", type=float, default=Limits().seconds, metavar="S", help=seconds)
    unsafe = "run submitted code as yourself, for your own code only; every row says so"
    add("--unsafe-no-sandbox", action="store_true", help=unsafe)
    _add_marks(words.add_argument_group("marks by hand, days late, and what to compare"))
    return words


def _add_marks(words):
    add = words.add_argument
    marks = "marks by hand, besides the sheets marks*.csv in --out; may be given again"
    add("--marks", type=Path, action="append", default=[], metavar="MARKS.csv", help=marks)
    tables = (
        "write tables with ; and decimal commas, as a spreadsheet in German or French opens them"
    )
    add("--semicolons", action="store_true", help=tables)
    add("--anonymous", action="store_true", help="hide names where marks are given by hand")
    rule = "what comes off for days late: '10%% a day, at most 50%%'"
    add("--late", metavar="RULE", help=rule)
    days = "a CSV with the columns student and days; without it Canvas's LATE is one day"
    add("--late-days", type=Path, metavar="DAYS.csv", help=days)
    before = "an older grades.csv to compare with; default: the one in --out"
    add("--before", type=Path, metavar="GRADES.csv", help=before)
    add("--similarity", action="store_true", help="compare the answers with one another")
