"""Where a reader of the site can run a notebook: `find_repository`, `links`."""

import copy
import os
import re
import subprocess
from pathlib import PurePosixPath

import nbformat

from tools.editions import STUDENTS, TEACHERS

NAME = re.compile(r"[\w.-]+/[\w.-]+")
REMOTE = re.compile(r"\bgithub\.com[:/]([\w.-]+/[\w.-]+?)(?:\.git)?/?$")
BRANCH = "main"
# Colab has every package the notebooks import, and neither the helper module nor the data.
COLAB_CELL = """\
# Only for Google Colab: this gets lec_utils and the data. Elsewhere it does nothing.
import importlib.util
import os
import subprocess
import sys

if importlib.util.find_spec("lec_utils") is None:
    if not os.path.exists("course"):
        address = "https://github.com/{repository}"
        subprocess.run(["git", "clone", "--quiet", "--depth=1", address, "course"], check=True)
    sys.path.insert(0, os.path.abspath("course"))"""


def find_repository(root):
    """The "owner/name" of the repository on GitHub, or None where nothing says it.

    GitHub Actions sets GITHUB_REPOSITORY; elsewhere the remote called `origin` tells.
    """
    named = os.environ.get("GITHUB_REPOSITORY", "")
    if NAME.fullmatch(named):
        return named
    try:
        git = ["git", "-C", str(root), "remote", "get-url", "origin"]
        answer = subprocess.run(git, capture_output=True, text=True)
    except OSError:  # no git here
        return None
    found = REMOTE.search(answer.stdout.strip())
    return found[1] if found else None


def links(path, repository=None, audience=STUDENTS):
    """Pairs of words and addresses for the notebook at ``path``, below ``notebooks/``.

    The first address is inside the site. Binder and Colab fetch the notebook from GitHub, so they
    are there only for a known repository. Binder opens the repository's own file: of a lesson, the
    one with the teacher's notes. Colab opens the copy that belongs to the site.

    >>> links("01_derivatives.ipynb")
    [('Download the notebook', '../notebooks/01_derivatives.ipynb')]
    """
    found = [("Download the notebook", f"../notebooks/{path}")]
    if repository:
        binder = f"https://mybinder.org/v2/gh/{repository}/{BRANCH}?urlpath=lab/tree/notebooks"
        # The site is published as the branch gh-pages, and the copies for Colab with it.
        colab = f"https://colab.research.google.com/github/{repository}/blob/gh-pages/colab"
        if audience == TEACHERS or len(PurePosixPath(path).parts) > 1:
            found.append(("Open in Binder", f"{binder}/{path}"))
        found.append(("Open in Colab", f"{colab}/{path}"))
    return found


def colab_copy(notebook, repository):
    """The notebook with a first cell that gets the helper module and the data where they miss."""
    copied = copy.deepcopy(notebook)
    cell = nbformat.v4.new_code_cell(COLAB_CELL.format(repository=repository), id="colab-01-setup")
    copied.cells.insert(0, cell)
    return copied


def on_github(path, repository):
    """The address of a file of the repository on GitHub."""
    return f"https://github.com/{repository}/blob/{BRANCH}/{PurePosixPath(path)}"
