"""Derives every practice notebook from its master: `make assignments`.

A master, `solutions/masters/<kind>/<name>.ipynb`, holds text, solutions, public and hidden tests in
the format of Otter-Grader's Assign. Otter makes of it a student notebook, an autograder zip and a
notebook with the solutions, and stops when a solution fails its own tests. What is done here on top
of that makes the same master always give the same files: cell ids, dates and the order in the zip.
"""

import functools
import re
import shutil
import sys
import tempfile
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import nbformat
import yaml
from run_notebooks import run

ROOT = Path(__file__).resolve().parent.parent
MASTERS = sorted(ROOT.glob("solutions/masters/*/*.ipynb"))
BEGIN, END = "<!-- questions: make assignments writes from here -->", "<!-- to here -->"
# The parts of a code cell that are there for Otter alone.
PROMPT = re.compile(
    r'^"""\s*# BEGIN PROMPT\n.*?^"""\s*;?\s*# END PROMPT\n?', re.MULTILINE | re.DOTALL
)
MARKER = re.compile(r"^\s*# (BEGIN|END) SOLUTION.*\n?|\s*# SOLUTION( NO PROMPT)?$", re.MULTILINE)
KINDS = {"guided": "Guided practice", "independent": "Independent practice"}


def derive(master, into=ROOT, execute=True):
    """Write the three files that come from one master below ``into``.

    Raises RuntimeError, with Otter's own report, when a solution fails its tests. With
    ``execute=False`` no solution is run: its tests are not tried, and its outputs are not stored.
    """
    kind, name = master.parent.name, master.stem
    with tempfile.TemporaryDirectory() as folder:
        made = _assign(master, Path(folder), execute)
        student = _tidy(nbformat.read(made / "student" / master.name, as_version=4), master)
        solved = _tidy(nbformat.read(made / "autograder" / master.name, as_version=4), master)
        _write(student, into / "notebooks" / kind / master.name)
        solution = into / "solutions" / kind / master.name
        _write(_readable(solved), solution)
        _repack(next(made.glob("autograder/*.zip")), solution.with_name(f"{name}.zip"))
    if execute:
        run(solution)


def _assign(master, folder, execute):
    """Otter's results for a master, which finds the helper module and the data beside it."""
    from otter.assign import main  # seconds to import, so not where only the masters are read

    copy = shutil.copy(master, folder)
    for needed in ("lec_utils", "data"):
        shutil.copytree(
            ROOT / needed, folder / needed, ignore=shutil.ignore_patterns("__pycache__")
        )
    main(str(copy), str(folder / "made"), no_pdfs=True, no_run_tests=not execute)
    return folder / "made"


def _tidy(notebook, master):
    """The notebook with a lasting id for each cell that Otter added."""
    known = {cell.id for cell in nbformat.read(master, as_version=4).cells}
    topic, number = "open", 90
    for cell in notebook.cells:
        if cell.id in known:
            topic, number = cell.id.rsplit("-", 2)[0], 90
            continue
        kind = "check" if cell.cell_type == "code" else "words"
        cell.id = f"{topic}-{number}-{kind}"
        number += 1
    return notebook


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


def _repack(archive, target):
    """The same zip without dates and in one order, so that a new one differs where it should."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for info in sorted(old.infolist(), key=lambda info: info.filename):
            undated = zipfile.ZipInfo(info.filename)
            undated.external_attr, undated.compress_type = info.external_attr, zipfile.ZIP_DEFLATED
            new.writestr(undated, old.read(info))


def questions(master):
    """The configurations of a master's questions, as dictionaries, in their order."""
    cells = nbformat.read(master, as_version=4).cells
    return [
        yaml.safe_load(cell.source)
        for cell in cells
        if cell.cell_type == "raw" and cell.source.startswith("# BEGIN QUESTION")
    ]


def objectives(name):
    """What a lesson promises under "You will be able to", in its order."""
    opening = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells[0].source
    promises = opening.partition("**You will be able to:**")[2].partition("**You need:**")[0]
    return [line[2:].rstrip(";.") for line in promises.splitlines() if line.startswith("- ")]


def table(masters=MASTERS):
    """Markdown: question, objective, misconception and points, one table for each notebook."""
    lines = []
    for master in sorted(masters, key=lambda path: (path.stem, path.parent.name)):
        kind, promises = master.parent.name, objectives(master.stem)
        lines += [f"### {KINDS[kind]} {int(master.stem[:2])}", ""]
        lines += ["| question | what it asks | objective | misconceptions | points |"]
        lines += ["|---|---|---|---|---|"]
        for question in questions(master):
            aimed = ", ".join(map(str, question["misconceptions"])) or "–"
            by_hand = " (by hand)" if question.get("manual") else ""
            lines.append(
                f"| {question['name']} | {question['asks']} "
                f"| {promises[question['objective'] - 1]} | {aimed} "
                f"| {question['points']}{by_hand} |"
            )
        lines.append("")
    return "\n".join(lines)


def with_table(readme):
    """The text of solutions/README.md with its table written anew."""
    before, _, rest = readme.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{table()}\n{END}{rest.partition(END)[2]}"


def derive_all(masters, into=ROOT, execute=True):
    """Derive these masters, on two processes: Otter changes the working directory as it goes."""
    job = functools.partial(derive, into=into, execute=execute)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for master, _ in zip(masters, pool.map(job, masters), strict=True):
            print(f"Derived {master.parent.name}/{master.stem}", flush=True)


if __name__ == "__main__":
    derive_all([Path(name).resolve() for name in sys.argv[1:]] or MASTERS)
    readme = ROOT / "solutions" / "README.md"
    readme.write_text(with_table(readme.read_text(encoding="utf-8")), encoding="utf-8")
