"""Installs a package of Debian's where it is missing: `from debian import ensure`.

Only where that needs nobody's leave: there is an apt-get, and we are root in it.
"""

import os
import shutil
import subprocess


def ensure(package, find):
    """Returns what ``find()`` finds, after an installation where that is needed and possible.

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
