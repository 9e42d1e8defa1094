"""Gets the programs that some tests need and pip does not bring: browsers and bubblewrap.

`PYTHONPATH=. python tests/programs.py` installs them from Debian where that needs nobody's leave,
and otherwise says which tests will be skipped. It ends with 0 either way: a skip is no failure.
"""

import os
import shutil
import subprocess

from engines import find_firefox, find_webkit

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


# The tests, and what they need: Debian's packages, any line of which will do, and how to find it.
NEEDED = {
    "Browser tests": ((SHELL, find_shell), ("chromium", find_chromium)),
    "Tests in Firefox": (("firefox-esr", find_firefox),),
    "Tests in WebKitGTK": (
        ("webkit2gtk-driver xvfb", find_webkit),
        ("webkitgtk-webdriver xvfb", find_webkit),  # its newer name
    ),
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
    if not is_root():
        return None, f"only root may install it (sudo apt-get install {package})"
    print(f"Installing Debian's {package}, for the tests.", flush=True)
    if not install(package):
        return None, "apt-get could not install it"
    return find(), "it was installed and yet does not work"


def install(package):
    """Installs packages; returns True if both steps went well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Waits for another apt to end, rather than failing at once.
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    steps = (["update"], ["install", "-y", "--no-install-recommends", *package.split()])
    return all(
        subprocess.call([*apt, *step], env=environment, stdin=subprocess.DEVNULL) == 0
        for step in steps
    )


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def can_install(tests):
    """True where these tests need not be skipped: root is here, and apt could do it."""
    if not is_root() or shutil.which("apt-get") is None:
        return False
    tried = [["apt-get", "install", "--simulate", *words.split()] for words, _ in NEEDED[tests]]
    return any(subprocess.run(words, capture_output=True).returncode == 0 for words in tried)


def missing():
    """The tests that will be skipped on this machine, as it is now."""
    return [tests for tests, ways in NEEDED.items() if not any(find() for _, find in ways)]


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
