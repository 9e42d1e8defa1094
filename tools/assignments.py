"""Derives every practice notebook from its master: `make assignments`.

Otter-Grader's Assign makes of a master (tools/masters.py) a student notebook, an autograder zip and
a notebook with the solutions, and stops when a solution fails its own tests. What is done here on
top of that makes the same master always give the same files: cell ids, dates, the zip's order.
"""

import argparse
import functools
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import nbformat

from grading.answers import parts
from grading.archive import ABOUT, DRAWN
from tools.course import KINDS, ROOT, CourseError, read_course, written_anew
from tools.masters import PROMPT, read_master, read_questions
from tools.points import check_points
from tools.run_notebooks import run

BEGIN = "<!-- questions: make assignments writes from here -->"
# Otter's check of a question, or of all; ours says what to do where nothing was run before.
CHECK = re.compile(r"grader\.check(?:_all)?\((.*)\)")
OURS = r"from lec_utils import practice\n\npractice.check(\1)"
# What is in a code cell for Otter alone.
MARKER = re.compile(r"^\s*# (BEGIN|END) SOLUTION.*\n?|\s*# SOLUTION( NO PROMPT)?$", re.MULTILINE)


def derive(master, into=ROOT, execute=True, key=None):
    """Write the three files that come from one master below ``into``, drawn for a ``key``.

    Raises RuntimeError, with Otter's own report, when a solution fails its tests, and CourseError
    where points differ. With ``execute=False`` no solution is run: its tests are not tried, and its
    outputs are not stored.
    """
    check_points(master)
    kind, name = master.parent.name, master.stem
    with tempfile.TemporaryDirectory() as folder:
        made = _assign(master, Path(folder), execute, key)
        student = _tidy(nbformat.read(made / "student" / master.name, as_version=4), master)
        _go_on_after_errors(student)
        if key is not None:
            student.metadata.otter["variant"] = key
        solved = _tidy(nbformat.read(made / "autograder" / master.name, as_version=4), master)
        _write(student, into / "notebooks" / kind / master.name)
        solution = into / "solutions" / kind / master.name
        _write(_readable(solved), solution)
        more = {ABOUT: json.dumps(about(master, student, key), ensure_ascii=False, indent=1)}
        if key is not None:
            more[DRAWN] = json.dumps({"set": key.partition("/")[0]})
        repack(next(made.glob("autograder/*.zip")), solution.with_name(f"{name}.zip"), more)
    if execute:
        run(solution)


def about(master, student, key=None):
    """What a grader must know of each question besides its tests, by the question's name.

    ``student`` is the notebook that is handed out: what stands in it is no answer.
    """
    cells = parts([(cell.cell_type, cell.source) for cell in student.cells])
    return {question.name: _about(question, cells) for question in read_questions(master, key)}


def _about(question, cells):
    config = question.config
    words = [cell.source for cell in question.asked if cell.cell_type == "markdown"]
    rubric = [cell.source for cell in question.answers if question.by_hand]
    return {
        "points": config["points"],
        "by_hand": question.by_hand,
        "asks": config["asks"],
        "misconceptions": config["misconceptions"],
        "slips": question.slips,
        "text": words[0],
        "rubric": "\n\n".join(rubric),
        "given": [text for _, text in cells.get(question.name, [])],
    }


def _assign(master, folder, execute, key):
    """Otter's results for a master, which finds the helper module and the data beside it."""
    from otter.assign import main  # seconds to import, so not where only the masters are read

    nbformat.write(read_master(master, key), folder / master.name)
    # What fills a slot is longer or shorter than its formula: lines are broken anew.
    ruff = [sys.executable, "-m", "ruff", "format", "--quiet", "--config", ROOT / "pyproject.toml"]
    subprocess.run([*ruff, folder / master.name], check=True)
    for needed in ("lec_utils", "data"):
        shutil.copytree(
            ROOT / needed, folder / needed, ignore=shutil.ignore_patterns("__pycache__")
        )
    main(str(folder / master.name), str(folder / "made"), no_pdfs=True, no_run_tests=not execute)
    return folder / "made"


def _tidy(notebook, master):
    """The notebook with a lasting id for each cell that Otter added."""
    known = {cell.id for cell in nbformat.read(master, as_version=4).cells}
    topic, number = "open", 90
    for cell in notebook.cells:
        cell.source = CHECK.sub(OURS, cell.source)
        if cell.id in known:
            topic, number = cell.id.rsplit("-", 2)[0], 90
            continue
        kind = "check" if cell.cell_type == "code" else "words"
        cell.id = f"{topic}-{number}-{kind}"
        number += 1
    return notebook


def _go_on_after_errors(notebook):
    """Let Run All go on after a learner's cell that fails; the first one imports what all need."""
    for cell in [cell for cell in notebook.cells if cell.cell_type == "code"][1:]:
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), "raises-exception"]


def _readable(notebook):
    """The solved notebook without the marks that were there for Otter."""
    cells = []
    for cell in notebook.cells:
        cell.metadata.pop("tags", None)
        if cell.source.startswith("_Type your answer here"):
            continue
        if cell.cell_type == "code":
            cell.source = MARKER.sub("", PROMPT.sub("", cell.source)).strip("\n")
        cells.append(cell)
    notebook.cells = cells
    return notebook


def _write(notebook, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def repack(archive, target, more):
    """The same zip without dates and in one order, so that a new one differs where it should.

    ``more`` are the texts of further files in it, by their names.
    """
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for info in sorted(old.infolist(), key=lambda info: info.filename):
            if info.filename in more:
                continue
            undated = zipfile.ZipInfo(info.filename)
            undated.external_attr, undated.compress_type = info.external_attr, zipfile.ZIP_DEFLATED
            new.writestr(undated, old.read(info))
        for name, text in more.items():
            new.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)


def objectives(notebook):
    """What the lesson of this path promises under "You will be able to", in its order."""
    opening = nbformat.read(notebook, as_version=4).cells[0].source
    promises = opening.partition("**You will be able to:**")[2].partition("**You need:**")[0]
    return [line[2:].rstrip(";.") for line in promises.splitlines() if line.startswith("- ")]


def table(course):
    """Markdown: question, objective, misconception and points, one table for each notebook."""
    lines = []
    for lesson in course.lessons:
        for kind in KINDS if lesson.practice else ():
            lines += [f"### {KINDS[kind]} {lesson.number}", ""]
            lines += ["| question | what it asks | objective | misconceptions | points |"]
            lines += ["|---|---|---|---|---|"]
            promises = objectives(course.file(lesson.path))
            master = course.file(f"solutions/masters/{kind}/{lesson.name}.ipynb")
            lines += [row(question, promises) for question in read_questions(master)]
            lines.append("")
    return "\n".join(lines)


def row(question, promises):
    """A question's row of the table; ``promises`` are the objectives of its lesson."""
    config = question.config
    aimed = ", ".join(map(str, config["misconceptions"])) or "–"
    by_hand = " (by hand)" if question.by_hand else ""
    promise = promises[config["objective"] - 1]
    return (
        f"| {question.name} | {config['asks']} | {promise} | {aimed} "
        f"| {config['points']}{by_hand} |"
    )


def with_table(readme, course):
    """The text of solutions/README.md with its table written anew."""
    return written_anew(readme, BEGIN, table(course).removesuffix("\n"))


def derive_all(masters, into=ROOT, execute=True, key=None):
    """Derive these masters, on two processes: Otter changes the working directory as it goes."""
    job = functools.partial(derive, into=into, execute=execute, key=key)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for master, made in [(master, pool.submit(job, master)) for master in masters]:
            name = f"{master.parent.name}/{master.stem}"
            try:
                made.result()
            except CourseError as error:
                raise CourseError(f"{name}: {error}") from error
            print(f"Derived {name}", flush=True)


def parse(arguments):
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Derive the practice notebooks.")
    parser.add_argument("masters", nargs="*", type=Path, help="default: all")
    parser.add_argument("--seed", help="draw a set of this name, in build/assignments")
    return parser.parse_args(arguments)


def folder_of(seed):
    """Where the set of this name is written; CourseError where it cannot name a folder."""
    if not re.fullmatch(r"\w[\w.-]*", seed):
        raise CourseError(f"SEED names a folder: letters, digits, - and . will do, not {seed!r}.")
    return ROOT / "build" / "assignments" / seed


def main(arguments):
    """Derive the masters of these names, or all; then write the table of solutions/README.md."""
    options = parse(arguments)
    try:
        course = read_course()
        masters = [path.resolve() for path in options.masters] or course.masters()
        into = folder_of(options.seed) if options.seed else ROOT
        derive_all(masters, into, key=options.seed)
    except CourseError as error:
        sys.exit(str(error))
    if options.seed:
        return print(f"The set {options.seed} is in {into.relative_to(ROOT)}.")
    readme = ROOT / "solutions" / "README.md"
    text = with_table(readme.read_text(encoding="utf-8"), course)
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
