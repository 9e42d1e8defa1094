"""The Chromium that check-room, tests and benchmarks drive: `find_chromium`.

Debian's headless shell comes first: the same engine without a window around it, which opens a page
in a fifth of the time. Otherwise any Chromium or Chrome will do.
"""

import os
import shutil
import subprocess

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# No name but localhost can be looked up: whatever still works needs no network.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1"


def starts(program):
    """True if the program says its version: some systems ship a stub that only gives advice."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and b"Chrom" in answer.stdout


def find_chromium():
    """Returns the path of a Chromium or Chrome that starts, or None.

    The environment variable CHROMIUM names one that is not on the PATH.
    """
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *MAC_APPS]
    return next((path for path in candidates if path and starts(path)), None)


def launch_arguments():
    """What Playwright's ``launch`` needs to start that browser with the network shut out."""
    # Root may not use Chromium's sandbox. Only pages of our own are opened.
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {
        "executable_path": find_chromium(),
        "args": [*QUIET, OFFLINE, *(["--no-sandbox"] if as_root else [])],
    }
