"""What checking answers costs a student: Otter-Grader's own notebook client, and ours."""

import statistics
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

RUNS = 9
TIMED = """
import time, lec_utils, matplotlib.pyplot, pandas  # a practice notebook has loaded these anyway
start = time.perf_counter()
import {module}
print(time.perf_counter() - start)
"""


def seconds(module):
    """How long a fresh Python takes to import a module on top of what a lesson imports."""
    command = [sys.executable, "-W", "ignore", "-c", TIMED.format(module=module)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def needed(name, extras=(), found=None):
    """The installed packages that a package needs, itself included, by name."""
    found = {} if found is None else found
    name = canonicalize_name(name)
    try:
        found[name] = distribution(name)
    except PackageNotFoundError:
        return found  # one for another system
    for requirement in map(Requirement, found[name].requires or []):
        marker = requirement.marker
        wanted = not marker or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))
        if wanted and (canonicalize_name(requirement.name) not in found or requirement.extras):
            needed(requirement.name, requirement.extras, found)
    return found


def megabytes(package):
    """The size on disk of one installed package."""
    paths = [file.locate() for file in package.files or []]
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def report():
    """Print the import times, as medians taken in turn, and what is installed on top."""
    times = [(seconds("otter"), seconds("lec_utils.practice")) for _ in range(RUNS)]
    otter, ours = (statistics.median(values) * 1000 for values in zip(*times, strict=True))
    lesson = needed("lec-utils")
    extra = [package for name, package in needed("otter-grader").items() if name not in lesson]
    print(f"import otter                {otter:6.0f} ms on top of a lesson's imports")
    print(f"import lec_utils.practice   {ours:6.0f} ms   ratio {otter / ours:.0f}")
    print(f"packages for Otter alone    {len(extra):6d}      {sum(map(megabytes, extra)):.0f} MB")
    print("packages for ours alone          0")
