"""A copy of the project, to change something in: for the tests of how a course is adapted."""

import os
import shutil
import subprocess
import sys

from tools.course import ROOT

MADE = (".git", ".venv", "__pycache__", "build", "dist", "*cache", ".hypothesis")


def copy_into(folder):
    """The project without what `make` has made in it."""
    return shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*MADE))


def run(copy, *words, expect=0):
    """What a module of the copy says; ``expect`` is its exit code."""
    settings = {"PYTHONPATH": str(copy), "PYTHONUTF8": "1", "GITHUB_REPOSITORY": "owner/name"}
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=copy,
        env=os.environ | settings,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == expect, done.stdout + done.stderr
    return done.stdout + done.stderr


def replace(path, *pairs):
    """Put the second of each pair of texts where the first one stands in a file, once."""
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, (path, old)
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
