"""The grader's modules: imports run one way, and what runs in the sandbox stands alone."""

import ast
import graphlib
from pathlib import Path

import grading

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
