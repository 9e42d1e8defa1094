"""Builds the course site for the tests that look at it: `from site_build import run_build`."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def run_build(into, docs=None, repository="", audience=""):
    """Run tools.build_site as `make site` does, for a repository or for none."""
    command = [sys.executable, "-m", "tools.build_site", str(into), str(docs or DOCS)]
    command += [f"--audience={audience}"] if audience else []
    # Not the name GitHub Actions gives: the tests look at one and the same site everywhere.
    environment = os.environ | {"GITHUB_REPOSITORY": repository}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def pages(site):
    """The paths of every page, from the site's folder."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
