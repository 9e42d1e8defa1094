"""The wheel of lec_utils: what is in it, and whether it works alone, on old packages and on new.

An empty folder, no network, and nothing of the project within reach: tests/wheel/ is what is run.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from copied import copy_into
from packaging.requirements import Requirement

from tools import setup

AUTHOR = ("-c", "user.name=A teacher", "-c", "user.email=teacher@example.org")
ROOT = Path(__file__).resolve().parent.parent
CHECKS = ROOT / "tests" / "wheel"
PRACTICE = ROOT / "notebooks" / "guided" / "01_derivatives.ipynb"
LESSONS = sorted((ROOT / "notebooks").glob("0*.ipynb"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# The notebooks import neither; ipywidgets 7 asks for the whole of Jupyter's server.
NOT_IMPORTED = ("jupyterlab", "notebook")
UV = shutil.which("uv", path=os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]))


def call(*command, folder=ROOT):
    """Run a command as someone would whose shell says nothing of this project."""
    words = list(map(str, command))
    variables = setup.environment(os.environ)
    return subprocess.run(words, cwd=folder, env=variables, capture_output=True, text=True)


def run(*command, folder=ROOT):
    """What a command prints; it must succeed."""
    done = call(*command, folder=folder)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def build(target, folder):
    """Build "wheel" or "sdist" with the pinned hatchling, so that no network is needed."""
    run(sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", folder)
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def place(tmp_path):
    """An empty Python in `venv`, an empty folder `empty`; returns the Python."""
    (tmp_path / "empty").mkdir()
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    return tmp_path / "venv" / setup.BIN / f"python{setup.EXE}"


def check(python, script, *arguments):
    """What a script of tests/wheel/ prints, run far from the project."""
    return run(python, "-I", CHECKS / script, *arguments, folder=python.parents[2] / "empty")


def own_files():
    """The files of lec_utils/ and data/, as the wheel should name them."""
    for folder, inside in [("lec_utils", "lec_utils"), ("data", "lec_utils/data")]:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield f"{inside}/{path.relative_to(ROOT / folder).as_posix()}"


def test_the_wheel_holds_the_package_and_its_data_alone(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert sorted(names) == sorted(own_files())


def test_the_source_package_holds_no_solution(tmp_path):
    with tarfile.open(build("sdist", tmp_path)) as archive:
        tops = {name.split("/")[1] for name in archive.getnames()}
    assert {"lec_utils", "data", "pyproject.toml", "LICENSE"} <= tops
    assert not tops & {"solutions", "grading", "tests", "tools", "notebooks"}


def test_the_core_names_nothing_that_changes_a_jupyter_server(wheel):
    names = {Requirement(line).name for line in PROJECT["dependencies"]}
    assert not names & {"jupyterlab", "notebook", "jupyter", "jupyter-server", "ipykernel"}
    assert all(">=" in line and "<" not in line for line in PROJECT["dependencies"])


def test_it_works_with_the_newest_packages(wheel, place):
    """Those of this Python, which are the pinned ones; the wheel before them on the path."""
    site = Path(run(place, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # A .pth in that folder is not read, so the editable lec_utils there is out of reach.
    (site / "pinned.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    assert "numpy==" in check(place, "core.py", PRACTICE)


@pytest.mark.rare
@pytest.mark.skipif(UV is None, reason="uv, which installs it, is not here")
def test_another_repository_gets_it_from_git_and_saves_a_figure(place, tmp_path):
    """As docs/teach/adapt.md says, with the pinned packages within reach and no network."""
    project = copy_into(tmp_path / "course")
    for words in (["init", "-q"], ["add", "-A"], [*AUTHOR, "commit", "-q", "-m", "The course"]):
        run("git", *words, folder=project)
    site = Path(run(place, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (site / "pinned.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    alone = ["--offline", "--no-deps", "--no-build-isolation"]
    run(UV, "pip", "install", *alone, "--python", place, f"lec-utils @ git+{project.as_uri()}")
    code = "import lec_utils as lu; lu.tangent_slider(lambda x: x**3 - x).save('figure.html')"
    other = tmp_path / "empty"
    run(place, "-c", f"{code}; assert lu.__file__.startswith({str(site)!r})", folder=other)
    assert "<script" in (other / "figure.html").read_text(encoding="utf-8")


@pytest.mark.rare
@pytest.mark.skipif(UV is None, reason="uv, which finds the oldest versions, is not here")
def test_it_works_with_the_oldest_stated_packages(wheel, place, tmp_path):
    """First with the core alone, then with what the lessons import."""
    overrides = tmp_path / "overrides.txt"
    overrides.write_text("".join(f"{name}; sys_platform == 'never'\n" for name in NOT_IMPORTED))
    install_oldest(place, overrides, wheel, "-r", "pyproject.toml")
    found = check(place, "core.py", PRACTICE)
    install_oldest(place, overrides, "-r", "pyproject.toml", "--extra", "lessons")
    found += check(place, "lessons.py", *LESSONS)
    if sys.version_info[:2] == setup.NEEDED:  # newer Pythons know only some of the oldest
        assert [pin for pin in oldest_pins() if pin not in found] == []


def oldest_pins():
    """What the oldest stated versions begin with, such as "numpy==2.0"."""
    stated = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["lessons"]
    return [line.replace(">=", "==") for line in stated if not line.startswith(NOT_IMPORTED)]


def install_oldest(python, overrides, *wanted):
    """Install the lowest versions of which there is a wheel; skip where no registry is reached."""
    into = [UV, "pip", "install", "--python", python]
    oldest = ["--resolution", "lowest-direct", "--only-binary", ":all:", "--overrides", overrides]
    done = call(*into, *oldest, *wanted)
    if done.returncode != 0 and call(*into, "--refresh", "--dry-run", "packaging").returncode != 0:
        pytest.skip(f"the oldest versions cannot be fetched: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
