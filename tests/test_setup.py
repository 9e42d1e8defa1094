"""tools/setup.py: too old a Python, nothing to do, interrupted. Nothing is downloaded here."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools import setup

PYPROJECT = '[dependency-groups]\ntest = ["pytest>=8"]\n'


class Recorder:
    """Stands in for the programs a set-up calls: notes them, and does the least they do."""

    def __init__(self, fails_on=None, interrupted_by=None):
        self.commands = []
        self.fails_on = fails_on
        self.interrupted_by = interrupted_by

    def __call__(self, command, quiet=False):
        line = " ".join(map(str, command))
        self.commands.append(line)
        if self.interrupted_by and self.interrupted_by in line:
            raise KeyboardInterrupt
        if self.fails_on and self.fails_on in line:
            return 1
        if "venv --quiet" in line or "-m venv" in line:
            program = setup.Venv(str(Path(command[-1]).parent)).python
            Path(program).parent.mkdir(parents=True)
            Path(program).touch()
        return 0

    def count(self, text):
        return sum(text in line for line in self.commands)


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (tmp_path / "requirements.txt").write_text("pytest==9\n", encoding="utf-8")
    monkeypatch.setattr(setup.shutil, "which", lambda name: "/fake/uv" if name == "uv" else None)
    return str(tmp_path)


@pytest.fixture
def without_uv(monkeypatch):
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)


def test_old_python_is_told_what_it_is_and_what_is_needed():
    message = setup.too_old_message((3, 9, 2), "/usr/bin/python3")
    assert "3.9.2" in message and "/usr/bin/python3" in message
    assert "3.11 or newer is needed" in message and "apt-get install" in message


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 14, 0), (4, 0, 0)])
def test_new_python_is_told_nothing(version):
    assert setup.too_old_message(version, "python3") is None


def test_old_python_stops_before_anything_is_made(project, monkeypatch, capsys):
    monkeypatch.setattr(setup.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(setup, "set_up", lambda goal: pytest.fail("went on all the same"))
    assert setup.main(["lab"]) == 1
    assert "is Python 3.9.2" in capsys.readouterr().out


def test_the_file_still_parses_where_python_is_too_old():
    # No f-string, no annotation, no walrus: feature_version catches the last ones.
    import ast

    source = Path(setup.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 4))
    new_syntax = ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef
    assert not [node for node in ast.walk(tree) if isinstance(node, new_syntax)]


def test_missing_venv_module_is_told(project, without_uv, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(setup.SetupError, match=r"python3\.\d+-venv"):
        setup.set_up("lab", root=project, run=Recorder())


def test_first_run_installs_with_the_pins(project):
    calls = Recorder()
    assert setup.set_up("lab", root=project, run=calls)
    assert calls.count("pip install") == 1
    assert calls.commands[-1].endswith("-c requirements.txt -e .")
    assert (Path(project) / ".venv/share/jupyter/lab/settings/overrides.json").exists()


def test_second_run_does_nothing(project):
    setup.set_up("lab", root=project, run=Recorder())
    calls = Recorder()
    assert not setup.set_up("lab", root=project, run=calls)
    assert calls.commands == []


def test_tests_need_more_than_the_lab_and_serve_it_too(project):
    setup.set_up("lab", root=project, run=Recorder())
    calls = Recorder()
    assert setup.set_up("test", root=project, run=calls)
    assert calls.commands[-1].endswith("-e . pytest>=8")
    assert calls.count("venv --quiet") == 0
    assert not setup.set_up("lab", root=project, run=Recorder())


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.txt"])
def test_a_changed_file_installs_again_into_the_same_venv(project, name):
    setup.set_up("lab", root=project, run=Recorder())
    with open(Path(project) / name, "a", encoding="utf-8") as file:
        file.write("# changed\n")
    calls = Recorder()
    assert setup.set_up("lab", root=project, run=calls)
    assert calls.count("pip install") == 1
    assert calls.count("venv --quiet") == 0


def test_interrupted_set_up_starts_afresh(project):
    with pytest.raises(KeyboardInterrupt):
        setup.set_up("lab", root=project, run=Recorder(interrupted_by="pip install"))
    (Path(project) / ".venv" / "half-a-package").touch()
    calls = Recorder()
    assert setup.set_up("lab", root=project, run=calls)
    assert calls.count("venv --quiet") == 1
    assert not (Path(project) / ".venv" / "half-a-package").exists()
    assert not setup.set_up("lab", root=project, run=Recorder())


def test_a_venv_from_elsewhere_or_without_python_is_made_again(project):
    setup.set_up("lab", root=project, run=Recorder())
    venv = setup.Venv(project)
    venv.write("place", "/another/folder")
    assert setup.set_up("lab", root=project, run=Recorder())
    Path(venv.python).unlink()
    calls = Recorder()
    assert setup.set_up("lab", root=project, run=calls)
    assert calls.count("venv --quiet") == 1


def test_without_uv_it_is_fetched_and_else_pip_does_it(project, without_uv, capsys):
    calls = Recorder()
    assert setup.set_up("lab", root=project, run=calls)
    assert calls.commands[0].endswith("-m venv " + setup.Venv(project).path)
    assert calls.commands[1].endswith("--disable-pip-version-check uv")
    assert "-m pip install" in calls.commands[2] and calls.commands[2].endswith("-e .")
    assert "with pip" in capsys.readouterr().out


def test_where_uv_fails_pip_is_tried(project):
    calls = Recorder(fails_on="/fake/uv pip")
    assert setup.set_up("lab", root=project, run=calls)
    assert calls.count("-m ensurepip") == 1
    assert calls.count("-m pip install") == 1


def test_nothing_installable_is_told_and_not_stamped(project):
    with pytest.raises(setup.SetupError, match="online"):
        setup.set_up("lab", root=project, run=Recorder(fails_on="pip install"))
    assert not setup.is_done(setup.Venv(project), "lab")


def test_a_python_newer_than_all_tried_is_told_of_an_older_one():
    major, minor = setup.NEWEST
    hint = setup.too_new_hint((major, minor + 1, 0))
    assert f"Python {major}.{minor + 1} yet" in hint
    assert f"PYTHON=/path/to/python{major}.{minor}" in hint
    assert setup.too_new_hint((major, minor, 9)) == ""


def test_wrong_arguments_show_the_usage(capsys):
    assert setup.main(["everything"]) == 2
    assert "lab|test" in capsys.readouterr().out


def test_as_a_script_it_ends_with_the_exit_code():
    done = subprocess.run([sys.executable, setup.__file__, "nonsense"], capture_output=True)
    assert done.returncode == 2
