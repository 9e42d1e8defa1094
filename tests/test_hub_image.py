"""The image of a hub, and of Binder: binder/ says what the project says, and does what it should.

No image is built here. repo2docker itself reads the folder where it is installed, and writes the
Dockerfile; the scripts are run.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.course import ROOT, read_course
from tools.release import release

BINDER = ROOT / "binder"
# What repo2docker installs itself, with a JupyterLab of its own choice.
BROUGHT = {"ipywidgets", "jupyterlab"}
unix = pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="needs Unix, bash")


def requirements(path):
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return [Requirement(line) for line in lines if line]


def python():
    return re.fullmatch(r"python-(3\.\d+)\n", (BINDER / "runtime.txt").read_text("utf-8"))[1]


def test_the_image_has_what_the_lessons_import_and_the_links_need():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["lessons"] + ["nbgitpuller"]
    names = {canonicalize_name(Requirement(line).name) for line in wanted} - BROUGHT
    assert {one.name for one in requirements(BINDER / "requirements.txt")} == names


def test_its_versions_are_those_that_were_pinned():
    machine = {"python_version": python(), "python_full_version": f"{python()}.0"}
    machine |= {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
    pins = requirements(ROOT / "requirements.txt")
    known = {p.name: p.specifier for p in pins if not p.marker or p.marker.evaluate(machine)}
    for one in requirements(BINDER / "requirements.txt"):
        assert one.specifier == known[one.name], f"{one.name}: as in requirements.txt"


def test_its_python_is_one_that_the_project_runs_on():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert Requirement(f"python{project['requires-python']}").specifier.contains(python())


@unix
def test_a_server_starts_with_trusted_lessons_wherever_their_copies_are(tmp_path):
    """Asked of Jupyter itself, of a copy in another folder."""
    environment = os.environ | {"HOME": str(tmp_path), "REPO_DIR": str(ROOT)}
    environment |= {"JUPYTER_DATA_DIR": str(tmp_path / "data"), "JUPYTER_CONFIG_DIR": str(tmp_path)}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    copies = [shutil.copy(path, tmp_path) for path in read_course().notebooks()]
    code = (
        "import sys, nbformat; from nbformat.sign import NotebookNotary\n"
        "notary = NotebookNotary()\n"
        "for path in sys.argv[1:]:\n"
        "    print(notary.check_signature(nbformat.read(path, as_version=4)))"
    )
    command = ["bash", str(BINDER / "start"), sys.executable, "-c", code, *copies]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.split() == ["True"] * len(copies), done.stderr


@unix
@pytest.mark.parametrize("script", ["postBuild", "start"])
def test_its_scripts_are_scripts(script):
    assert (BINDER / script).read_bytes().startswith(b"#!/bin/bash\n")
    assert os.access(BINDER / script, os.X_OK)
    subprocess.run(["bash", "-n", str(BINDER / script)], check=True)


@unix
def test_a_server_starts_at_home_even_where_no_lesson_can_be_trusted(tmp_path):
    environment = os.environ | {"REPO_DIR": str(tmp_path / "none"), "HOME": str(tmp_path)}
    command = ["bash", str(BINDER / "start"), "pwd"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, str(tmp_path))


@pytest.mark.rare
@unix
@pytest.mark.skipif(not shutil.which("jupyter-repo2docker"), reason="needs jupyter-repo2docker")
def test_repo2docker_makes_of_the_students_bundle_what_the_files_ask_for(tmp_path):
    """Its Dockerfile, without Docker: packages, the lessons, lec_utils, and what starts it."""
    with zipfile.ZipFile(release(into=tmp_path)[0]) as archive:
        archive.extractall(tmp_path)
        folder = tmp_path / archive.namelist()[0].partition("/")[0]
    command = ["jupyter-repo2docker", "--no-build", "--debug", "--target-repo-dir=/srv/course", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr
    assert f"python={python()}" in said and "environment.yml" not in said
    steps = [
        'pip install --no-cache-dir -r "binder/requirements.txt"',
        " src/ ${REPO_DIR}/",
        "RUN ./binder/postBuild",
        'ENV R2D_ENTRYPOINT="${REPO_DIR}/binder/start"',
    ]
    assert [said.count(step) for step in steps] == [1, 1, 1, 1]
    assert sorted(steps, key=said.index) == steps
