"""What the lessons print is the same on other processors, whose sums round otherwise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.course import ROOT

# The kernels that OpenBLAS has for families of processors, and the flag that each of them needs.
FAMILIES = {"Nehalem": "sse4_2", "Haswell": "avx2", "Zen": "avx2", "SkylakeX": "avx512f"}
CPU = Path("/proc/cpuinfo")


def flags():
    """The words of /proc/cpuinfo, none on a machine without it."""
    return CPU.read_text(encoding="utf-8").split() if CPU.exists() else []


@pytest.mark.rare
@pytest.mark.parametrize("family", [name for name, flag in FAMILIES.items() if flag in flags()])
def test_each_notebook_prints_the_same_on_another_processor(family):
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "--nbval"]
    command += ["--nbval-kernel-startup-timeout=300", ROOT / "notebooks"]
    environment = os.environ | {"OPENBLAS_CORETYPE": family}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert done.returncode == 0, "\n".join(failed) or done.stdout[-3000:]
