"""The words of the command line."""

import argparse
import os
from pathlib import Path

from grading.sandbox import Limits

ENDS = (
    "Ends with 0 when every file was graded, 1 when some could not be, 2 when something in the "
    "command or the zip is wrong, and 3 where there is no sandbox."
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
    roster = "the file's name, or a CSV with the columns file and student"
    add("--student-id-from", default="filename", metavar="filename|ROSTER.csv", help=roster)
    add("--canvas", type=Path, metavar="GRADEBOOK.csv", help="exported by Canvas, to be filled in")
    add("--canvas-column", metavar="NAME", help="the assignment's name in Canvas")
    add("--gradescope", action="store_true", help="write a results.json for each file")
    add("--only", metavar="STUDENT", help="grade this student's files again")
    add("--dry-run", action="store_true", help="say what would be graded, and write nothing")
    seconds = "processor time for a cell or a test"
    add("--seconds", type=float, default=Limits().seconds, metavar="S", help=seconds)
    unsafe = "run submitted code as yourself, for your own code only; every row says so"
    add("--unsafe-no-sandbox", action="store_true", help=unsafe)
    return words
