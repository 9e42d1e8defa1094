"""Imports run one way, algorithms neither print nor plot, and importing is light and silent."""

import ast
import doctest
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import lec_utils

PACKAGE = Path(lec_utils.__file__).parent

# From the bottom up: a module may import those above it in this list, not those beside or below.
LAYERS = (
    {"checks", "path", "rounding", "tips"},
    {"function", "loss", "basins", "salary", "stream"},
    {"catalogue", "gradient_check", "datasets"},
    {"descent"},
    {"sgd", "diagnosis", "search", "expression"},
    {"style", "svg", "engine"},
    {"plots", "pictures", "live_widget"},
    {"live_figure"},
    {"sliders", "animation", "maps"},
    {"__init__"},
    {"practice.seal", "practice.verdict"},
    {"practice.judge"},
    {"practice.cases", "practice.pictures"},
    {"practice.grader"},
    {"practice.__init__"},
)
HEIGHT = {module: height for height, layer in enumerate(LAYERS) for module in layer}
ALGORITHMS = {module for layer in LAYERS[:5] for module in layer} - {"tips"}
LOADED_WHERE_USED = ("anywidget", "ipywidgets", "pandas", "scipy", "seaborn", "sklearn")

MODULES = sorted(
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts) for path in PACKAGE.rglob("*.py")
)
each_module = pytest.mark.parametrize("module", MODULES)


def parsed(module):
    path = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(node):
    """Dotted names of what is imported anywhere below ``node``."""
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "imports say where from in full"
            yield child.module
            yield from (f"{child.module}.{alias.name}" for alias in child.names)


def siblings(module):
    """The modules of the package that ``module`` imports."""
    names = {name.removeprefix("lec_utils.") for name in imports(parsed(module))}
    return names & set(MODULES)


def test_every_module_has_its_place_among_the_layers():
    assert sorted(HEIGHT) == MODULES


@each_module
def test_imports_point_down(module):
    allowed = {other for other in HEIGHT if HEIGHT[other] < HEIGHT[module]}
    assert siblings(module) <= allowed


@each_module
def test_the_package_for_students_knows_nothing_of_the_grader(module):
    assert not any(name.split(".")[0] == "grading" for name in imports(parsed(module)))


@each_module
def test_there_is_no_star_import(module):
    assert not any(name.endswith(".*") for name in imports(parsed(module)))


@pytest.mark.parametrize("module", sorted(ALGORITHMS))
def test_algorithms_neither_print_nor_plot(module):
    tree = parsed(module)
    assert not any(name.startswith("matplotlib") for name in imports(tree))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not called & {"print", "display", "plt.show"}


def run(code):
    """What a fresh Python prints, told to treat warnings as errors."""
    command = [sys.executable, "-W", "error", "-c", code]
    result = subprocess.run(command, capture_output=True, text=True, cwd=PACKAGE.parent)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_importing_lec_utils_is_light_silent_and_changes_no_setting():
    code = f"""
import sys, matplotlib, matplotlib.pyplot, warnings
before, filters = dict(matplotlib.rcParams), list(warnings.filters)
import lec_utils
assert dict(matplotlib.rcParams) == before
assert warnings.filters == filters
assert not matplotlib.pyplot.get_fignums()
print(*[name for name in {LOADED_WHERE_USED} if name in sys.modules])
"""
    assert run(code) == "\n"


def test_every_public_name_is_imported_once_and_listed():
    imported = {name.split(".")[-1] for name in imports(parsed("__init__")) if name.count(".") == 2}
    assert sorted(lec_utils.__all__) == sorted(imported)


@pytest.mark.parametrize("name", lec_utils.__all__)
def test_every_public_function_and_class_has_a_docstring(name):
    public = getattr(lec_utils, name)
    if inspect.isroutine(public) or inspect.isclass(public):
        assert public.__doc__ and public.__doc__.strip()
        assert not public.__doc__.startswith(f"{name}("), "only dataclass wrote this one"
    else:
        assert isinstance(public, lec_utils.Function)


@pytest.mark.parametrize("module", [name for name in MODULES if "__init__" not in name])
def test_the_examples_of_the_docstrings_run(module):
    module = importlib.import_module(f"lec_utils.{module}")
    failed, attempted = doctest.testmod(module)
    assert failed == 0
    assert attempted == inspect.getsource(module).count(">>> ")
