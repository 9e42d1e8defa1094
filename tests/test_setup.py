"""tools/setup.py: too old a Python, nothing to do, interrupted. Nothing is downloaded here."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import setup

ROOT = Path(__file__).resolve().parent.parent


class Recorder:
    """Stands in for the programs a set-up calls: notes them, and does the least they do."""

    def __init__(self, fails_on=(), interrupted_by=None, makes=("jupyter",)):
        self.commands = []
        self.fails_on, self.interrupted_by, self.makes = fails_on, interrupted_by, makes

    def __call__(self, *command):
        line = " ".join(command)
        self.commands.append(line)
        if self.interrupted_by and self.interrupted_by in line:
            raise KeyboardInterrupt
        if any(text in line for text in self.fails_on):
            return 1
        if line.endswith(" .venv") and "compileall" not in line:
            self._make("python")
        elif " install " in line:
            for name in self.makes:
                self._make(name)
        return 0

    def _make(self, name):
        path = Path(setup.PYTHON).with_name(name + setup.EXE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        path.chmod(0o755)

    def count(self, text):
        return sum(text in line for line in self.commands)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of two files, as the working directory, and a uv on the PATH."""
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / "requirements.txt").write_text("pytest==9\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(setup.shutil, "which", lambda name: "/fake/uv" if name == "uv" else None)
    return tmp_path


@pytest.fixture
def set_up(project, monkeypatch):
    """Call it with a goal, and with what the Recorder should do; it returns the Recorder."""

    def set_up(goal, **happens):
        calls = Recorder(**happens)
        monkeypatch.setattr(setup, "run", calls)
        setup.set_up(goal)
        return calls

    return set_up


@pytest.fixture
def without_uv(project, monkeypatch):
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)


def is_up_to_date(set_up, goal="lab"):
    return set_up(goal).commands == []


# The Python


@pytest.mark.parametrize("goal", ["lab", "test"])
def test_old_python_stops_before_anything_is_made(project, monkeypatch, goal):
    monkeypatch.setattr(setup.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(setup, "set_up", lambda goal: pytest.fail("went on all the same"))
    with pytest.raises(SystemExit) as stopped:
        setup.main([goal])
    message = str(stopped.value)
    assert "Python 3.11 or newer is needed" in message and "is Python 3.9.2" in message
    assert sys.executable in message and "apt-get install" in message


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 14, 0), (4, 0, 0)])
def test_new_python_goes_on_in_the_project_folder(project, monkeypatch, version):
    done = []
    monkeypatch.setattr(setup.os, "umask", lambda mask: None)
    monkeypatch.setattr(setup.sys, "version_info", version)
    monkeypatch.setattr(setup, "set_up", done.append)
    setup.main(["lab"])
    assert done == ["lab"] and Path.cwd() == ROOT


def test_the_file_still_parses_where_python_is_too_old():
    # No f-string, no annotation, no walrus: feature_version catches the last ones.
    tree = ast.parse(Path(setup.__file__).read_text(encoding="utf-8"), feature_version=(3, 4))
    new_syntax = ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef
    assert not [node for node in ast.walk(tree) if isinstance(node, new_syntax)]


def test_missing_venv_module_is_told(set_up, without_uv):
    with pytest.raises(SystemExit, match=r"python3\.\d+-venv"):
        set_up("lab", fails_on=["-m venv"])


# What is installed, and when


@pytest.mark.parametrize(
    ("goal", "extras"), [("lab", "lessons,grade"), ("test", "lessons,grade,test")]
)
def test_first_run_installs_with_the_pins_and_compiles(set_up, goal, extras):
    calls = set_up(goal)
    assert [line.split()[1] for line in calls.commands] == ["-m", "pip", "-Wignore"]
    assert calls.commands[1].endswith(f"-c requirements.txt -e .[{extras}]")
    assert Path(".venv/share/jupyter/lab/settings/overrides.json").exists()


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
def test_programs_find_the_folder_that_their_own_folders_belong_in(set_up):
    """IPython, for one, makes its own folder but none above it, and warns of that."""
    set_up("lab")
    command = ["make", "-f", str(ROOT / "Makefile"), "-f", "-", "show"]
    done = subprocess.run(command, input="show:\n\t@env\n", capture_output=True, text=True)
    places = re.findall(r"^(?:JUPYTER|IPYTHON|MPL)\w*DIR=(.*)$", done.stdout, re.MULTILINE)
    assert len(places) == 5
    assert all(Path(place).parent.is_dir() for place in places), places


def test_tests_need_more_than_the_lab_and_serve_it_too(set_up):
    set_up("lab")
    assert is_up_to_date(set_up, "lab")
    calls = set_up("test")
    assert calls.count("pip install") == 1 and calls.count("-m venv --clear") == 0
    assert is_up_to_date(set_up, "lab") and is_up_to_date(set_up, "test")


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.txt"])
def test_a_changed_file_installs_again_into_the_same_venv(set_up, name):
    set_up("lab")
    with open(name, "a", encoding="utf-8") as file:
        file.write("# changed\n")
    calls = set_up("lab")
    assert calls.count("pip install") == 1 and calls.count("-m venv --clear") == 0


@pytest.mark.parametrize("during", ["pip install", "compileall"])
def test_interrupted_set_up_starts_afresh(set_up, during):
    with pytest.raises(KeyboardInterrupt):
        set_up("lab", interrupted_by=during)
    assert set_up("lab").count("-m venv --clear") == 1
    assert is_up_to_date(set_up)


def test_a_venv_from_elsewhere_or_without_python_is_made_again(set_up, project, monkeypatch):
    set_up("lab")
    moved = project.with_name("moved")
    project.rename(moved)
    monkeypatch.chdir(moved)
    assert set_up("lab").count("-m venv --clear") == 1
    Path(setup.PYTHON).unlink()
    assert set_up("lab").count("-m venv --clear") == 1


def test_with_uv_no_ensurepip_is_needed(set_up):
    assert set_up("lab").count("-m venv --clear --without-pip .venv") == 1


# With uv, with pip, with neither


def test_without_uv_it_is_fetched_and_else_pip_does_it(set_up, without_uv):
    calls = set_up("lab")
    assert calls.commands[0].endswith("-m venv --clear .venv")
    assert "pip install" in calls.commands[1] and calls.commands[1].endswith(" uv")
    assert calls.count("-e .[lessons,grade]") == 1 and calls.commands[-2].startswith(setup.PYTHON)


def test_where_uv_fails_pip_is_tried(set_up):
    calls = set_up("lab", fails_on=["/fake/uv pip"])
    assert calls.count("-m ensurepip") == 1
    assert calls.count("-m pip install") == 1


def test_nothing_installable_is_told_and_not_stamped(set_up):
    newest = "{}.{}".format(*setup.NEWEST)
    words = f"(?s)Are you online.*PYTHON=/path/to/python{newest}"
    set_up("lab")
    for goal in ("test", "lab"):  # into a .venv that has packages, and into one that has none
        with pytest.raises(SystemExit, match=words):
            set_up(goal, fails_on=["pip install"])
        assert not Path(setup.STAMP).exists()


def test_packages_that_went_elsewhere_are_told_and_not_stamped(set_up):
    with pytest.raises(SystemExit, match="pip config list"):
        set_up("lab", makes=())
    assert not Path(setup.STAMP).exists()


# What a caller's shell says


def test_variables_that_send_packages_elsewhere_are_left_out():
    theirs = {
        "PIP_USER": "1",
        "PIP_TARGET": "/elsewhere",
        "PIP_REQUIRE_VIRTUALENV": "1",
        "UV_SYSTEM_PYTHON": "1",
        "UV_RESOLUTION": "lowest",
        "PYTHONPATH": "/elsewhere",
        "PYTHONHOME": "/elsewhere",
        "VIRTUAL_ENV": "/elsewhere",
    }
    assert setup.environment(theirs) == {"PIP_USER": "0"}


def test_variables_that_say_how_to_reach_a_package_are_kept():
    theirs = {
        "PATH": "/usr/bin",
        "HTTPS_PROXY": "a.proxy:8080",
        "PIP_INDEX_URL": "a.mirror/simple",
        "PIP_FIND_LINKS": "/wheels",
        "PIP_CERT": "/certificates",
        "PIP_CONFIG_FILE": "/pip.conf",
        "UV_DEFAULT_INDEX": "a.mirror/simple",
        "UV_CACHE_DIR": "/cache",
        "UV_OFFLINE": "1",
        "VIRTUAL_ENV_PROMPT": "(mine)",
    }
    assert setup.environment(theirs) == theirs | {"PIP_USER": "0"}


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
def test_a_makefile_hands_no_foreign_setting_to_python(tmp_path):
    """Nor where it is called from another folder."""
    shell = {"PYTHONHOME": "/nowhere", "PYTHONPATH": "/nowhere", "MPLBACKEND": "nothing"}
    shell |= {"JUPYTERLAB_DIR": "/nowhere", "JUPYTER_CONFIG_DIR": "/nowhere"}
    more = "show:\n\t@env\n"
    command = ["make", "-C", str(ROOT), "-f", "Makefile", "-f", "-", "show"]
    done = subprocess.run(
        command, input=more, env=os.environ | shell, capture_output=True, text=True, check=True
    )
    assert "nowhere" not in done.stdout and "MPLBACKEND" not in done.stdout
    assert f"JUPYTER_CONFIG_DIR={ROOT}" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="there are no such rights there")
def test_everybody_may_read_what_was_installed_whatever_the_umask(set_up, monkeypatch, project):
    monkeypatch.setattr(setup, "set_up", lambda goal: Path("made").mkdir())
    monkeypatch.setattr(setup, "__file__", str(project / "tools" / "setup.py"))
    before = os.umask(0o077)
    try:
        setup.main(["lab"])
    finally:
        os.umask(before)
    assert Path("made").stat().st_mode & 0o777 == 0o755


# As a script


def test_wrong_arguments_show_the_usage():
    done = subprocess.run([sys.executable, setup.__file__, "nonsense"], capture_output=True)
    assert done.returncode == 1 and b"lab|test" in done.stderr
