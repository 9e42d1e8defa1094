"""pyproject.toml, requirements.txt and environment.yml say the same."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bench.checks import needed
from tools.setup import EXTRAS, NEEDED, NEWEST

ROOT = Path(__file__).resolve().parent.parent
# conda-forge's packages without a desktop toolkit and without statsmodels.
CONDA_NAMES = {"matplotlib-base": "matplotlib", "seaborn-base": "seaborn"}
SYSTEMS = [
    {"sys_platform": platform, "platform_system": system, "os_name": os_name}
    for platform, system, os_name in [
        ("linux", "Linux", "posix"),
        ("darwin", "Darwin", "posix"),
        ("win32", "Windows", "nt"),
    ]
]
PYTHONS = [f"3.{minor}" for minor in range(NEEDED[1], NEWEST[1] + 1)]


def bounds(lines):
    requirements = map(Requirement, lines)
    return {canonicalize_name(each.name): each.specifier for each in requirements}


@pytest.fixture(scope="module")
def pyproject():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wanted(pyproject):
    project = pyproject["project"]
    return bounds(sum(project["optional-dependencies"].values(), project["dependencies"]))


@pytest.fixture(scope="module")
def pin_text():
    return (ROOT / "requirements.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pins(pin_text):
    lines = (line.partition("#")[0].strip() for line in pin_text.splitlines())
    return [Requirement(line) for line in lines if line]


@pytest.fixture(scope="module")
def conda():
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def test_every_pin_is_one_exact_version(pins):
    for pin in pins:
        assert re.fullmatch(r"==[^*,]+", str(pin.specifier)), pin


def test_pins_satisfy_the_bounds(wanted, pins):
    found = {canonicalize_name(pin.name): pin.specifier for pin in pins}
    assert wanted.keys() <= found.keys()
    for name, specifier in wanted.items():
        version = str(found[name]).removeprefix("==")
        assert specifier.contains(version), f"{name} {version} is outside {specifier}"


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system["sys_platform"])
def test_one_pin_a_name_on_every_system(wanted, pins, python, system):
    machine = {**system, "python_version": python, "python_full_version": python + ".0"}
    machine |= {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    valid = [pin for pin in pins if pin.marker is None or pin.marker.evaluate(machine)]
    names = [canonicalize_name(pin.name) for pin in valid]
    assert len(names) == len(set(names))
    assert wanted.keys() <= set(names)


def test_pins_name_no_place(pin_text):
    code = "\n".join(line.partition("#")[0] for line in pin_text.splitlines())
    assert not re.search(r"https?:|file:|://|@|/|\\|^\s*-", code, re.MULTILINE)
    assert not re.search(r"https?:|file:|pypi|index-url|find-links|/opt|/tmp|/home", pin_text)
    assert "make pins" in pin_text


def test_conda_names_and_bounds(wanted, conda):
    from_conda = [line for line in conda["dependencies"] if isinstance(line, str)]
    from_pip = next(line["pip"] for line in conda["dependencies"] if isinstance(line, dict))
    found = bounds(from_conda + [line for line in from_pip if not line.startswith("-")])
    found = {CONDA_NAMES.get(name, name): specifier for name, specifier in found.items()}
    assert found.pop("pip") == ""
    assert str(found.pop("python")) == ">=3.11"
    assert found == wanted


def test_conda_installs_this_folder_from_conda_forge_alone(conda):
    assert conda["channels"] == ["conda-forge", "nodefaults"]
    assert "-e ." in conda["dependencies"][-1]["pip"]


def test_python_version_is_the_same_everywhere(pyproject, conda):
    needed = ">=" + ".".join(map(str, NEEDED))
    assert pyproject["project"]["requires-python"] == needed
    assert f"python {needed}" in conda["dependencies"]
    told = "Python {}.{} or newer (tested up to {}.{})".format(*NEEDED, *NEWEST)
    assert told in (ROOT / "README.md").read_text(encoding="utf-8")


def test_a_set_up_asks_for_the_extras_that_there_are(pyproject):
    extras = Requirement("lec-utils" + EXTRAS["test"].removeprefix(".")).extras
    assert extras == pyproject["project"]["optional-dependencies"].keys()


def test_what_the_lab_needs_has_all_that_grading_imports(pyproject):
    """A grader has the .venv of `make lab`: what only the tests need is not in it."""
    project, there = pyproject["project"], {}
    extras = Requirement("lec-utils" + EXTRAS["lab"].removeprefix(".")).extras
    chosen = [project["optional-dependencies"][extra] for extra in extras]
    for line in sum(chosen, project["dependencies"]):
        needed(Requirement(line).name, found=there)
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "grading").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    modules = {node.module.split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)}
    modules |= {a.name.split(".")[0] for n in nodes if isinstance(n, ast.Import) for a in n.names}
    places = metadata.packages_distributions()
    sandboxed = {path.stem for path in (ROOT / "grading" / "sandboxed").glob("*.py")}
    others = modules - sys.stdlib_module_names - sandboxed - {"grading", "lec_utils"}
    assert {"jinja2", "tqdm"} <= others
    assert [
        one for one in others if not there.keys() & set(map(canonicalize_name, places[one]))
    ] == []


def test_no_lock_file():
    locks = ["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock"]
    assert not [name for name in locks if (ROOT / name).exists()]
