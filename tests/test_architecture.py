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
    {"checks", "engine", "formula", "mesh", "practice.seal", "slopes", "style", "view"},
    {"ask", "datasets", "function", "gradient_check", "labels", "loss", "pictures"}
    | {"practice.verdict"},
    {"catalogue", "diagnosis", "path", "practice.cases", "scope"},
    {"descent", "optimisers", "plots", "practice.grader", "prediction"},
    {"live_figure", "maps", "practice.judge"},
    {
        "fits",
        "hikers",
        "landscapes",
        "play",
        "playground",
        "practice.comparison",
        "race",
        "sliders",
        "surfaces",
    },
    {"__init__", "practice.__init__"},
)
HEIGHT = {module: height for height, layer in enumerate(LAYERS) for module in layer}
ALGORITHMS = {"catalogue", "checks", "datasets", "descent", "diagnosis", "formula"}
ALGORITHMS |= {"function", "gradient_check", "loss", "optimisers", "path", "slopes", "view"}
LONGEST = 25  # lines of a function's body, its docstring not counted
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


def test_every_module_has_its_place_among_seven_layers_at_most():
    assert sorted(HEIGHT) == MODULES
    assert len(LAYERS) <= 7


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


def below(module):
    """All that ``module`` imports, and what that imports, itself included."""
    return {module}.union(*map(below, siblings(module)))


@pytest.mark.parametrize("module", sorted(ALGORITHMS))
def test_algorithms_neither_print_nor_plot(module):
    tree = parsed(module)
    for under in below(module):
        assert not any(name.startswith("matplotlib") for name in imports(parsed(under)))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not called & {"print", "display", "plt.show"}


def lines(function):
    """How many lines the body of a function takes, from its docstring to its end."""
    docstring = ast.get_docstring(function) is not None
    body = function.body[1:] if docstring else function.body
    return function.end_lineno - body[0].lineno + 1 if body else 0


@each_module
def test_no_function_is_longer_than_can_be_seen_at_once(module):
    long = {
        node.name: lines(node)
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.FunctionDef) and lines(node) > LONGEST
    }
    assert long == {}


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


PUBLIC = {
    name: value
    for name, value in vars(lec_utils).items()
    if not name.startswith("_") and not inspect.ismodule(value)
}


def test_every_public_name_is_imported_once():
    imported = [name.split(".")[-1] for name in imports(parsed("__init__")) if name.count(".") == 2]
    assert sorted(imported) == sorted(PUBLIC)


# One name for one idea, in this order of arguments; what may be given by name only comes later.
ORDER = ("function", "loss", "derivative", "gradient", "w0", "alpha", "n")
OTHER_WORDS = {
    "function or loss": {"f", "func", "fn", "fun", "objective", "cost"},
    "derivative or gradient": {"df", "grad", "dfunction", "fprime", "jac"},
    "w0": {"start", "guess", "initial", "initial_guess", "start_at", "x0", "theta0", "init"},
    "alpha": {"rate", "lr", "learning_rate", "step_size", "eta"},
    "n": {"n_steps", "steps", "updates", "n_updates", "n_guesses", "iterations", "max_iter"},
}
FUNCTIONS = [name for name, value in PUBLIC.items() if inspect.isfunction(value)]
each_function = pytest.mark.parametrize("name", sorted(FUNCTIONS))


@each_function
def test_an_idea_has_one_name_in_all_signatures(name):
    parameters = inspect.signature(PUBLIC[name]).parameters
    for word, others in OTHER_WORDS.items():
        assert not parameters.keys() & others, f"this is called {word}"


@each_function
def test_arguments_come_in_one_order(name):
    parameters = inspect.signature(PUBLIC[name]).parameters.values()
    placed = [p.name for p in parameters if p.kind is not p.KEYWORD_ONLY and p.name in ORDER]
    assert placed == sorted(placed, key=ORDER.index)


def taking(*words):
    """The public functions with a parameter of each of these names."""
    return {
        name for name in FUNCTIONS if {*words} <= inspect.signature(PUBLIC[name]).parameters.keys()
    }


def test_the_names_of_a_run_are_those_of_every_run():
    """What starts somewhere and steps with some alpha: a new one has the same words for it."""
    runs = {"gradient_descent", "sgd", "descend_batches", "minimizing_animation"}
    runs |= {"momentum", "nesterov", "adagrad", "rmsprop", "adam"}
    assert taking("w0", "alpha") == runs | {
        "alpha_slider",
        "bowl_slider",
        "fit_slider",
        "playground",
        "probability_slider",
        "surface_slider",
    }
    everywhere = {"hikers", "hikers_on_map"}  # where they start
    assert taking("alpha", "n") - everywhere == taking("w0", "alpha") - {"sgd", "descend_batches"}
    for name in taking("function"):
        assert (
            name == "diagnose"
            or next(iter(inspect.signature(PUBLIC[name]).parameters)) == "function"
        )
    for name in taking("function", "domain", "caption") - {"chord_slider", "play"}:
        assert name in taking("derivative"), "a figure of a function takes its derivative, too"


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_function_and_class_has_a_docstring(name):
    public = PUBLIC[name]
    if inspect.isroutine(public) or inspect.isclass(public):
        assert public.__doc__ and public.__doc__.strip()
        assert not public.__doc__.startswith(f"{name}("), "only dataclass wrote this one"
    else:
        assert isinstance(public, lec_utils.Function) or name == "LANDSCAPES"


@pytest.mark.parametrize("module", [name for name in MODULES if "__init__" not in name])
def test_the_examples_of_the_docstrings_run(module):
    module = importlib.import_module(f"lec_utils.{module}")
    failed, attempted = doctest.testmod(module)
    assert failed == 0
    assert attempted == inspect.getsource(module).count(">>> ")
