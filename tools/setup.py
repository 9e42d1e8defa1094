"""Makes .venv ready: `python tools/setup.py lab` or `python tools/setup.py test`.

Standard library only, and without new syntax: it must be able to say that a Python is too old.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

NEEDED = (3, 11)
NEWEST = (3, 15)  # that the pinned packages were installed and tested on
EXTRAS = {"lab": ".[lessons,grade]", "test": ".[lessons,grade,test]"}  # of pyproject.toml
BIN, EXE = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
PYTHON = os.path.join(".venv", BIN, "python" + EXE)
PIP = [PYTHON, "-m", "pip", "install", "-q", "--no-compile", "--disable-pip-version-check"]
STAMP = os.path.join(".venv", "setup")  # written last: where .venv is, what for, of which files
# What pip's and uv's variables may say: how to reach a package, not where to put it.
REACH = re.compile("INDEX|LINK|CACHE|HTTP|PROXY|HOST|CERT|TLS|KEYRING|OFFLINE|TIMEOUT|RETR|CONFIG")
# JupyterLab asks nothing and fetches nothing when it starts.
LAB_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"},
    "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
}

TOO_OLD = """Python {1}.{2} or newer is needed, but {0} is Python {3}.{4}.{5}.
  Debian or Ubuntu:  sudo apt-get install python3 python3-venv  (or python{1}.{2})
  macOS:             brew install python   (or the installer from python.org)
  any system:        conda env create -f environment.yml
Is a newer Python already there under another name? Say which:
  make lab PYTHON=/path/to/python3.12"""
NO_VENV = """Could not make .venv; the lines above say why. Is it ensurepip that is missing?
  Debian or Ubuntu:  sudo apt-get install python{0}.{1}-venv  (or python3-venv)
  any system:        install uv, which does not need it; it is used where it is found
Then run the same command again."""
NOT_INSTALLED = """The packages are not in .venv; if lines above say why, do as they say.
  Are you online? Run the same command again: what was downloaded is kept.
  Does `python3 -m pip config list` or a uv.toml name a target, prefix or root? Take it out.
  Is your Python newer than {0}.{1}? Use that: make lab PYTHON=/path/to/python{0}.{1}"""


def environment(variables):
    """The variables without those that send packages elsewhere than into .venv."""
    foreign = re.compile("PIP_|UV_|PYTHON|VIRTUAL_ENV$")
    kept = {n: variables[n] for n in variables if not foreign.match(n) or REACH.search(n)}
    return dict(kept, PIP_USER="0")  # a variable wins over `user = true` in a pip.conf


def run(*command):
    """Runs a command, which cannot ask anything, and returns its exit code."""
    sys.stdout.flush()
    return subprocess.call(command, env=environment(os.environ), stdin=subprocess.DEVNULL)


def read(name):
    with open(name, "rb") as file:
        return file.read()


def stamp(goal):
    wanted = hashlib.sha256(read("pyproject.toml") + read("requirements.txt")).hexdigest()
    return os.fsencode("\n".join([os.getcwd(), goal, wanted]))


def create(uv):
    """Makes an empty .venv, in place of whatever is there."""
    print("Making .venv with Python {0}.{1}.{2}.".format(*sys.version_info))
    # Run from inside .venv, the Python to build with is the one .venv was made from.
    python = getattr(sys, "_base_executable", None) or sys.executable
    words = ["--clear", "--without-pip"] if uv else ["--clear"]
    if run(python, "-m", "venv", *words + [".venv"]):
        sys.exit(NO_VENV.format(*sys.version_info))


def install(goal, uv):
    """Installs this folder and what it needs, at the versions of requirements.txt."""
    wanted = ["-c", "requirements.txt", "-e", EXTRAS[goal]]
    if not uv:
        run(*PIP + ["-qq", "uv"])
        uv = shutil.which(os.path.join(".venv", BIN, "uv"))
    print("Installing. The first time takes as long as downloading 150 MB does.")
    failed = not uv or run(uv, "pip", "install", "--quiet", "--python", PYTHON, *wanted)
    if failed:
        print("uv could not do it. Trying pip, which has settings of its own (a mirror, say).")
        run(PYTHON, "-m", "ensurepip")  # a .venv made by uv has no pip
        failed = run(*PIP + wanted)
    if failed or not os.path.exists(os.path.join(".venv", BIN, "jupyter" + EXE)):
        sys.exit(NOT_INSTALLED.format(*NEWEST))


def finish():
    """Compiles what was installed, tests aside: else the first lesson waits, and each sandbox.

    Makes the folder of the Makefile's programs, too: IPython makes its own in it, but not this one.
    """
    run(PYTHON, "-Wignore", "-m", "compileall", "-qq", "-j0", "-x", r"[\\/]tests?[\\/]", ".venv")
    settings = os.path.join(".venv", "share", "jupyter", "lab", "settings")
    for folder in (settings, os.path.join(".venv", "home")):
        os.makedirs(folder, exist_ok=True)
    with open(os.path.join(settings, "overrides.json"), "w") as file:
        json.dump(LAB_SETTINGS, file)


def set_up(goal):
    """Brings .venv to where `goal` needs it."""
    found = read(STAMP) if os.path.isfile(STAMP) and os.path.exists(PYTHON) else b""
    if found in (stamp("test"), stamp(goal)):  # a set-up for the tests serves the lab, too
        return
    uv = shutil.which("uv")
    if found.startswith(os.fsencode(os.getcwd()) + b"\n"):
        os.remove(STAMP)
    else:
        create(uv)
    install(goal, uv)
    finish()
    with open(STAMP, "wb") as file:
        file.write(stamp(goal))
    print("Set-up done: everything is in .venv, nothing was installed elsewhere.")


def main(arguments):
    if sys.version_info[:2] < NEEDED:
        sys.exit(TOO_OLD.format(sys.executable, *NEEDED + tuple(sys.version_info)))
    if len(arguments) != 1 or arguments[0] not in EXTRAS:
        sys.exit("Usage: python tools/setup.py lab|test")
    os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    os.umask(0o022)  # root's grader reads .venv as nobody
    try:
        set_up(arguments[0])
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. Run the same command again: it starts the set-up afresh.")


if __name__ == "__main__":
    main(sys.argv[1:])
