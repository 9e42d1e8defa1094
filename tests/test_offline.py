"""Nothing that a reader runs needs the network: the lessons in a machine that has none."""

import shutil
import subprocess
import sys

import pytest

from tools.course import ROOT, read_course

# A network of its own that holds nothing but the machine itself, which kernels talk over.
ALONE = ["unshare", "--net", "--map-root-user", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]


def works_alone(command):
    """Whether a command succeeds where there is no network; False where that cannot be had."""
    if not all(map(shutil.which, ("unshare", "ip"))):
        return False
    return subprocess.run([*ALONE, *command], capture_output=True).returncode == 0


@pytest.mark.third
@pytest.mark.parametrize("lesson", read_course().lessons, ids=lambda lesson: lesson.name)
def test_a_lesson_runs_without_a_network(lesson, tmp_path):
    if not works_alone(["true"]):
        pytest.skip("this machine does not let us cut off the network (unshare, ip)")
    look_up = "import urllib.request; urllib.request.urlopen('http://192.0.2.1', timeout=5)"
    assert not works_alone([sys.executable, "-c", look_up]), "the network is still there"
    copy = shutil.copy(ROOT / lesson.path, tmp_path)
    command = [*ALONE, sys.executable, "-m", "tools.run_notebooks", copy]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("Running") == 1
