"""The workflows for GitHub and the checks before a commit: what can be said without running them.

Their syntax is read, every `make` target they call must be there, their shell must parse; the one
step that pushes is run, with a folder in GitHub's place.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import programs
import pytest
import yaml

from tools.setup import NEEDED, NEWEST

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PRE_COMMIT = ROOT / ".pre-commit-config.yaml"
TARGETS = set(
    re.findall(r"^([a-z-]+):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def commands(workflow):
    """What the steps type into the shell, with a word in place of GitHub's expressions."""
    return [re.sub(r"\$\{\{.*?\}\}", "x", step["run"]) for step in steps(workflow) if "run" in step]


def made(text):
    """The make targets that a piece of shell calls."""
    return re.findall(r"^\s*make ([a-z][a-z-]*)(?= |$)", text, re.MULTILINE)


def test_there_are_the_three_workflows():
    assert [path.stem for path in WORKFLOWS] == ["pages", "release", "tests"]


@each_workflow
def test_workflow_has_what_github_needs_and_what_keeps_it_harmless(path):
    workflow = read(path)
    assert {"name", "permissions", "concurrency", "jobs"} <= workflow.keys()
    assert True in workflow, "YAML reads the key `on` as the word true"
    assert workflow["defaults"]["run"]["shell"] == "bash"
    for job in workflow["jobs"].values():
        assert {"runs-on", "steps", "timeout-minutes"} <= job.keys()
        assert all(("run" in step) != ("uses" in step) for step in job["steps"])


@each_workflow
def test_workflow_may_write_only_where_it_publishes(path):
    allowed = "read" if path.stem == "tests" else "write"
    assert read(path)["permissions"] == {"contents": allowed}
    if allowed == "write":
        events = read(path)[True]
        assert "pull_request" not in events and "pull_request_target" not in events


@each_workflow
def test_actions_are_githubs_own_at_a_major_version(path):
    used = [step["uses"] for step in steps(read(path)) if "uses" in step]
    assert used and all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in used)


@each_workflow
def test_workflow_calls_make_targets_that_are_there(path):
    targets = [target for text in commands(read(path)) for target in made(text)]
    assert targets and set(targets) <= TARGETS


@each_workflow
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_shell_of_a_workflow_parses(path):
    for text in commands(read(path)):
        done = subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr


def test_suite_runs_on_three_systems_with_the_oldest_python_and_the_newest():
    workflow = read(ROOT / ".github/workflows/tests.yml")
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["system"] == ["ubuntu", "macos", "windows"]
    # As text: the number 3.10 would be 3.1.
    assert matrix["python"] == [f"{major}.{minor}" for major, minor in (NEEDED, NEWEST)]
    assert matrix["command"] == ["make test"]
    assert [more["command"] for more in matrix["include"]] == ["make test-all"]
    (last,) = [step["run"] for step in steps(workflow) if step.get("name") == "Test"]
    assert last == "${{ matrix.command }}"


def test_suite_on_linux_expects_every_program_that_tests_need():
    """Run here, where one may be missing: then it is named, and the step fails."""
    name = "Expect browsers and a sandbox"
    workflow = read(ROOT / ".github/workflows/tests.yml")
    step = next(step for step in steps(workflow) if step.get("name") == name)
    setting, _, *words = shlex.split(step["run"])
    path = setting.removeprefix("PYTHONPATH=").replace(":", os.pathsep)
    command, environment = [sys.executable, *words], os.environ | {"PYTHONPATH": path}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stderr.strip() == ", ".join(programs.missing())
    assert done.returncode == bool(programs.missing())


def test_pages_are_published_from_main_alone():
    workflow = read(ROOT / ".github/workflows/pages.yml")
    assert workflow[True]["push"] == {"branches": ["main"]}
    assert workflow["jobs"]["publish"]["if"] == "github.ref == 'refs/heads/main'"


def test_pages_and_releases_are_for_students():
    """The public site must not hold the teacher's notes and answers."""
    typed = "\n".join(commands(read(ROOT / ".github/workflows/pages.yml")))
    assert re.findall(r"make (?:site|slides)\b(.*)", typed) == [" AUDIENCE=students"] * 2
    uploaded = commands(read(ROOT / ".github/workflows/release.yml"))[-1]
    assert "-student-" in uploaded and "instructor" not in uploaded


@pytest.mark.skipif(not shutil.which("git") or not shutil.which("bash"), reason="needs git, bash")
def test_published_branch_is_one_commit_with_the_site_alone(tmp_path):
    """Twice, as the second push replaces the first."""

    def git(*words, folder="clone"):
        command = ["git", "-C", str(tmp_path / folder), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()

    (tmp_path / "clone").mkdir()
    git("init", "--quiet", "--bare", "../hub")
    git("init", "--quiet")
    git("remote", "add", "origin", str(tmp_path / "hub"))
    site = tmp_path / "clone" / "build" / "site"
    (site / "_static").mkdir(parents=True)
    (tmp_path / "clone" / ".gitignore").write_text("/build/\n", encoding="utf-8")
    publish = steps(read(ROOT / ".github/workflows/pages.yml"))[-1]["run"]
    environment = os.environ | {"RUNNER_TEMP": str(tmp_path), "GITHUB_SHA": "0123abc"}
    for name in ("index.html", "_static/site.css", ".nojekyll"):
        (site / name).touch()
        subprocess.run(
            ["bash", "-eo", "pipefail", "-c", publish],
            cwd=tmp_path / "clone",
            env=environment,
            check=True,
            capture_output=True,
        )
    assert sorted(git("ls-tree", "-r", "--name-only", "gh-pages", folder="hub")) == [
        ".nojekyll",
        "_static/site.css",
        "index.html",
    ]
    assert git("rev-list", "--count", "gh-pages", folder="hub") == ["1"]


def test_checks_before_a_commit_fetch_nothing_and_call_what_is_there():
    config = read(PRE_COMMIT)
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    hooks = config["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == ["style", "notebooks", "derived"]
    for hook in hooks:
        assert hook["language"] == "system" and hook["pass_filenames"] is False
        assert hook["name"] and made(hook["entry"])[0] in TARGETS
        for name in re.findall(r"tests/\w+\.py", hook["entry"]):
            assert (ROOT / name).exists()


@pytest.mark.parametrize(
    ("hook", "name", "is_checked"),
    [
        ("notebooks", "notebooks/01_derivatives.ipynb", True),
        ("notebooks", "lec_utils/descent.py", False),
        ("derived", "solutions/masters/guided/01_derivatives.ipynb", True),
        ("derived", "lec_utils/practice/judge.py", True),
        ("derived", "docs/index.md", False),
    ],
)
def test_a_check_before_a_commit_looks_at_its_files_alone(hook, name, is_checked):
    chosen = next(one for one in read(PRE_COMMIT)["repos"][0]["hooks"] if one["id"] == hook)
    assert bool(re.search(chosen["files"], name)) == is_checked
