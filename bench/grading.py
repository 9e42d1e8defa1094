"""Grading a class: our grader, `otter run`, and a fresh sandbox for each notebook.

And the tables and pages of a class ten times as large, whose results are copied.
"""

import contextlib
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from classroom import ASSIGNMENTS

from grading.archive import read_archive
from grading.grade import grade
from grading.journal import Journal
from grading.sandbox import Limits, Zygote
from grading.submission import read_submission

MANY, FEW, MORE = 1000, 5, 10_000
CHOSEN = "independent_04"
# Runs a command, and prints how long it took and the largest process among all it started.
MEASURED = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(time.perf_counter() - start, used / 1024)
"""


def measured(*command):
    """The seconds a command takes, and the megabytes of its largest process."""
    words = [sys.executable, "-c", MEASURED, *map(str, command)]
    answer = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return tuple(map(float, answer.split()))


def hand_in(assignment, folder, many):
    """Write ``many`` notebooks: unanswered, solved, and each with one wrong answer in turn."""
    student, solved = (nbformat.read(p, 4) for p in (assignment.student, assignment.solution))
    sources = {cell.id: cell.source for cell in solved.cells}
    for cell in student.cells:
        cell.source = sources.get(cell.id, cell.source)
    for number in range(many):
        slip = assignment.wrong[number % len(assignment.wrong)]
        place = assignment.answer_id(slip.question)
        cells = [
            dict(cell, source=slip.code if cell.id == place and number % 5 else cell.source)
            for cell in student.cells
        ]
        text = json.dumps(dict(student, cells=cells))
        (folder / f"student{number:05d}.ipynb").write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


def fresh_each(archive, paths, folder):
    """Seconds for each notebook, where each gets a sandbox of its own."""
    read = read_archive(archive, folder)
    start = time.perf_counter()
    for path in paths:
        with Zygote(read.files, read.imports) as zygote:
            grade(read_submission(path), read.questions, zygote, Limits())
    return (time.perf_counter() - start) / len(paths)


def multiply(paths, out):
    """Hand the notebooks in under new names, until there are MORE, and copy their results."""
    with contextlib.closing(sqlite3.connect(out / "results.sqlite")) as database:
        (identity,) = database.execute("SELECT identity FROM run").fetchone()
    with Journal(out / "results.sqlite", json.loads(identity)) as journal:
        for number in range(len(paths), MORE):
            path = paths[number % len(paths)]
            copy = path.with_name(f"student{number:05d}.ipynb")
            os.link(path, copy)
            journal.append(journal.get(path.name) | {"file": copy.name})


def report():
    """Print seconds and megabytes for each way, and their ratios."""
    assignment = next((a for a in ASSIGNMENTS if a.id == CHOSEN), ASSIGNMENTS[-1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "in").mkdir()
        paths = hand_in(assignment, folder / "in", MANY)
        ours = [sys.executable, "-m", "grading", assignment.archive, folder / "in"]
        seconds, size = measured(*ours, "--out", folder / "out")
        multiply(paths, folder / "out")
        more_seconds, more_size = measured(*ours, "--out", folder / "out")
        otter = [Path(sys.executable).with_name("otter"), "run", "-a", assignment.archive]
        runs = [measured(*otter, "-o", folder, path) for path in paths[:FEW]]
        otter_seconds, otter_size = map(statistics.median, zip(*runs, strict=True))
        fresh = fresh_each(assignment.archive, paths[:FEW], folder / "files")
    each = seconds / MANY
    print(f"ours, {MANY} notebooks     {each * 1000:7.0f} ms each, {seconds:.0f} s, {size:.0f} MB")
    print(f"tables, pages of {MORE}            {more_seconds:7.0f} s, {more_size:.0f} MB")
    print(f"a fresh sandbox each     {fresh * 1000:7.0f} ms each   ratio {fresh / each:.0f}")
    print(
        f"otter run                {otter_seconds * 1000:7.0f} ms each, {otter_size:.0f} MB"
        f"   ratio {otter_seconds / each:.0f}"
    )
