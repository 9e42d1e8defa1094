"""The grader's modules: imports run one way, and what runs in the sandbox stands alone."""

import ast
import graphlib
import tempfile
from pathlib import Path

import nbformat
from classroom import ASSIGNMENTS

import grading
from grading.archive import read_archive

PACKAGE = Path(grading.__file__).parent


def name(path):
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


TREES = {name(path): ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}


def imported(module):
    """The modules of the grader that one of them imports."""
    names = set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names & set(TREES)


def test_imports_run_one_way():
    order = graphlib.TopologicalSorter({module: imported(module) for module in TREES})
    assert [*order.static_order()][-1] == "grading.__main__"


def test_what_runs_in_the_sandbox_imports_nothing_of_the_grader():
    inside = [module for module in TREES if module.startswith("grading.sandboxed")]
    assert inside and not any(map(imported, inside))


def test_what_the_notebook_handed_out_imports_is_there_before_it():
    """As otherwise each notebook of a class would wait for it."""
    for assignment in ASSIGNMENTS:
        with tempfile.TemporaryDirectory() as folder:
            found = read_archive(assignment.archive, folder).imports
        cells = nbformat.read(assignment.student, as_version=4).cells
        code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
        assert {name for name in ("sklearn.linear_model", "seaborn", "pandas") if name in code} == {
            name for name in found if name not in ("lec_utils", "numpy")
        }
