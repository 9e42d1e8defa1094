"""A notebook gets the same points by our command, by `otter run`, and by Otter on Gradescope."""

import itertools
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from answering import answered, answers, together
from classroom import ASSIGNMENTS

from grading.__main__ import main

ONE = ASSIGNMENTS[5]
MAGICS = "%%time", "%%capture said", "%%prun -q", "await __import__('asyncio').sleep(0)"
PATIENCE = 300  # seconds for one notebook


def with_magics(assignment, path):
    """Change a notebook in its place: all answers are timed, silenced, or measured."""
    notebook = nbformat.read(path, as_version=4)
    ids = {cell.id for question in assignment.questions.values() for cell in question.answers}
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.id in ids]
    for cell, magic in zip(cells, itertools.cycle(MAGICS), strict=False):
        cell.source = f"{magic}\n{cell.source}"
    nbformat.write(notebook, path)


def by_our_command(assignment, folder):
    """What `--gradescope` says of each notebook in a folder, by the notebook's name."""
    out = folder.parent / "out"
    assert main([*map(str, (assignment.archive, folder)), "--out", str(out), "--gradescope"]) == 0
    found = (out / "gradescope").glob("*/results.json")
    return {path.parent.name.rpartition("-")[0]: scores(path) for path in found}


def by_otter_run(archive, path, folder):
    """What `otter run` says of a notebook."""
    otter = Path(sys.executable).with_name("otter")
    folder.mkdir()
    command = [otter, "run", "-a", archive, "-o", folder, path]
    ran(command, folder)
    return scores(folder / "results.json")


def on_gradescope(archive, path, root):
    """What the zip's own program says, on a machine laid out as Gradescope's."""
    for name in ("source", "submission", "results"):
        (root / name).mkdir(parents=True)
    with zipfile.ZipFile(archive) as uploaded:
        uploaded.extractall(root / "source")
    shutil.copy(path, root / "submission")
    users = {"users": [{"name": "Anna", "email": "anna@example.org", "sid": "1"}]}
    (root / "submission_metadata.json").write_text(json.dumps(users), encoding="utf-8")
    program = root / "source" / "run_otter.py"
    text = program.read_text(encoding="utf-8")
    program.write_text(text.replace('"/autograder"', repr(str(root))), encoding="utf-8")
    ran([sys.executable, program], root)
    return scores(root / "results" / "results.json")


def ran(command, folder):
    """Run a program in a folder, where nothing of this project is on its path."""
    here = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    options = {"cwd": folder, "env": here, "capture_output": True, "timeout": PATIENCE}
    subprocess.run(command, check=True, **options)


def scores(path):
    """The points of each question in a `results.json`; a test is called `q1` or `q1, test 2`."""
    found = {}
    for test in json.loads(path.read_text(encoding="utf-8"))["tests"]:
        if "score" in test:
            question = test["name"].partition(",")[0]
            found[question] = found.get(question, 0) + test["score"]
    return found


WAYS = by_otter_run, on_gradescope
BOTH = [(ask, name) for ask in WAYS for name in ("solved", "wrong")]
ALL = [pytest.param(assignment, BOTH, marks=pytest.mark.rare) for assignment in ASSIGNMENTS]
EACH = pytest.param(ONE, BOTH[1:2])  # otter run, wrong answers; make test-all has all


@pytest.mark.parametrize(
    ("assignment", "asked"), [EACH, *ALL], ids=["one", *(a.id for a in ASSIGNMENTS)]
)
def test_the_points_are_the_same_three_ways(assignment, asked, needs_sandbox, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(assignment.solution, folder / "solved.ipynb")
    wrong = [answer for answer in answers(assignment) if not answer.right]
    wrong = max(together(assignment, wrong), key=len)
    with_magics(assignment, answered(assignment, wrong, folder / "wrong.ipynb"))
    ours = by_our_command(assignment, folder)
    for ask, name in asked:  # one by one: kernels may take each other's ports
        place = tmp_path / f"{ask.__name__}-{name}"
        told = ask(assignment.archive, folder / f"{name}.ipynb", place)
        assert told == pytest.approx(ours[name]), (ask.__name__, name)
    full = {q.name: q.config["points"] for q in assignment.questions.values() if not q.by_hand}
    assert ours["solved"] == pytest.approx(full)
    assert all(ours["wrong"][answer.question] < full[answer.question] for answer in wrong)
