"""Gets the programs that some tests need and pip does not bring: Chromium and bubblewrap.

`PYTHONPATH=. python tests/programs.py` installs them from Debian where that needs nobody's leave,
and otherwise says which tests will be skipped. It ends with 0 either way: a skip is no failure.
"""

import os
import shutil
import subprocess

from grading.sandbox import NoSandbox, find_bubblewrap
from tools.chromium import SHELL, find_chromium


def find_sandbox():
    """The path of a bubblewrap that works, or None."""
    try:
        return find_bubblewrap()
    except NoSandbox:
        return None


def find_shell():
    """The path of Chromium's headless shell, or None."""
    return shutil.which(SHELL)


# The tests, and what they need: Debian's packages, any of which will do, and how to find it.
NEEDED = {
    "Browser tests": ((SHELL, find_shell), ("chromium", find_chromium)),
    "The grader's tests": (("bubblewrap", find_sandbox),),
}


def ensure(package, find):
    """What ``find()`` finds, after an installation where that is needed and possible.

    The second value is None, or says why there is nothing to be found.
    """
    if found := find():
        return found, None
    if shutil.which("apt-get") is None:
        return None, "this system has no apt-get"
    if os.geteuid() != 0:
        return None, f"only root may install it (sudo apt-get install {package})"
    print(f"Installing Debian's {package}, for the tests.", flush=True)
    if not install(package):
        return None, "apt-get could not install it"
    return find(), "it was installed and yet does not work"


def install(package):
    """Installs a package; returns True if both steps went well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Waits for another apt to end, rather than failing at once.
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    steps = (["update"], ["install", "-y", "--no-install-recommends", package])
    return all(
        subprocess.call([*apt, *step], env=environment, stdin=subprocess.DEVNULL) == 0
        for step in steps
    )


def get(tests):
    """What these tests will use, or why they will be skipped: a sentence."""
    for package, find in NEEDED[tests]:
        found, reason = ensure(package, find)
        if found:
            return f"{tests} will use {found}."
    return f"{tests} will be skipped: no {package} that works was found, and {reason}."


if __name__ == "__main__":
    for tests in NEEDED:
        print(get(tests))
