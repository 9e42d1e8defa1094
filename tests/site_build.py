"""The course site, built once for every test that looks at it: `from site_build import site`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def run_build(into, docs=None, repository=""):
    """Run tools.build_site as `make site` does, for a repository or for none."""
    command = [sys.executable, "-m", "tools.build_site", str(into), str(docs or DOCS)]
    # Not the name GitHub Actions gives: the tests look at one and the same site everywhere.
    environment = os.environ | {"GITHUB_REPOSITORY": repository}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the site, built for a repository called owner/name."""
    into = tmp_path_factory.mktemp("site") / "built"
    built = run_build(into, repository="owner/name")
    assert built.returncode == 0, built.stderr
    return into


def pages(site):
    """The paths of every page, from the site's folder."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
