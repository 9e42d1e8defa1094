"""Makes .venv ready: `python tools/setup.py lab` or `python tools/setup.py test`.

Standard library only, and written so that an old Python can still parse it: it must be
able to say that it is too old. That is why there are no f-strings and no annotations here.

`lab` installs what the notebooks need. `test` installs the test group on top of it.
A stamp in .venv/setup remembers what was installed, so that a second call does nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys

NEEDED = (3, 11)
NEWEST = (3, 15)  # that the pinned packages were installed and tested on
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GOALS = ("lab", "test")

# JupyterLab asks nothing and fetches nothing when it starts.
LAB_SETTINGS = """{
  "@jupyterlab/apputils-extension:notification": {
    "checkForUpdates": false,
    "fetchNews": "false"
  },
  "@jupyterlab/extensionmanager-extension:plugin": {
    "enabled": false
  }
}
"""


class SetupError(Exception):
    """A set-up that cannot go on; the message says what to do about it."""


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run(command, quiet=False):
    """Runs a command in the project folder and returns its exit code."""
    output = subprocess.DEVNULL if quiet else None
    # No standard input: no installer may wait for an answer that nobody can give.
    return subprocess.call(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output
    )


def too_old_message(version, executable):
    """What to tell someone whose Python is too old, or None where it is new enough."""
    if tuple(version[:2]) >= NEEDED:
        return None
    found = ".".join(str(part) for part in version[:3])
    needed = ".".join(str(part) for part in NEEDED)
    return (
        "Python {needed} or newer is needed, but {executable} is Python {found}.\n"
        "  Debian or Ubuntu:  sudo apt-get install python3 python3-venv  (or python{needed})\n"
        "  macOS:             brew install python   (or the installer from python.org)\n"
        "  any system:        conda env create -f environment.yml\n"
        "Is a newer Python already there under another name? Say which:\n"
        "  make lab PYTHON=/path/to/python3.12"
    ).format(needed=needed, executable=executable, found=found)


def too_new_hint(version):
    """What to add for someone whose Python is newer than the pinned packages may be ready for."""
    if tuple(version[:2]) <= NEWEST:
        return ""
    return (
        "\nOr are some packages not ready for Python {}.{} yet? Use an older one:\n"
        "  make lab PYTHON=/path/to/python{}.{}"
    ).format(*tuple(version[:2]) + NEWEST)


def missing_venv_message(version):
    """What to tell someone whose Python came without the parts that make a .venv."""
    name = "python{}.{}".format(version[0], version[1])
    return (
        "This Python came without the modules venv and ensurepip, which make the folder .venv.\n"
        "  Debian or Ubuntu:  sudo apt-get install {name}-venv  (or python3-venv)\n"
        "  any system:        install uv, which needs neither; it is used where it is found\n"
        "Then run the same command again."
    ).format(name=name)


class Venv(object):
    """The .venv folder of a project and the small notes this script keeps in it."""

    def __init__(self, root):
        self.root = root
        self.path = os.path.join(root, ".venv")
        self.notes = os.path.join(self.path, "setup")
        self.python = self.program("python")

    def program(self, name):
        if os.name == "nt":
            return os.path.join(self.path, "Scripts", name + ".exe")
        return os.path.join(self.path, "bin", name)

    def read(self, name):
        try:
            with open(os.path.join(self.notes, name)) as file:
                return file.read()
        except (IOError, OSError):
            return None

    def write(self, name, text):
        if not os.path.isdir(self.notes):
            os.makedirs(self.notes)
        with open(os.path.join(self.notes, name), "w") as file:
            file.write(text)

    def forget(self, name):
        path = os.path.join(self.notes, name)
        if os.path.exists(path):
            os.remove(path)


def wanted_stamp(root):
    """One hash of the files that decide what is installed."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "requirements.txt"):
        with open(os.path.join(root, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def is_done(venv, goal):
    """True where the stamp fits: a set-up for the tests serves the lab too."""
    stamp = wanted_stamp(venv.root)
    stamps = [venv.read("test")] + ([venv.read("lab")] if goal == "lab" else [])
    return stamp in stamps and not must_rebuild(venv)


def must_rebuild(venv):
    """True where .venv is missing, half-made, moved, or its Python no longer starts."""
    if venv.read("unfinished") is not None or venv.read("place") != venv.root:
        return True
    return not os.path.exists(venv.python)  # also False for a link whose target is gone


def base_python():
    # Run from inside .venv, the Python to build with is the one .venv was made from.
    return getattr(sys, "_base_executable", None) or sys.executable


def create(venv, uv, run):
    """Makes an empty .venv, in place of whatever is there."""
    if os.path.lexists(venv.path):
        say("Removing the .venv that is there: it is unfinished, or was made somewhere else.")
        os.remove(venv.path) if os.path.islink(venv.path) else shutil.rmtree(venv.path)
    say("Making .venv with {}.".format(base_python()))
    if uv:
        command = [uv, "venv", "--quiet", "--python", base_python(), venv.path]
    else:
        command = [base_python(), "-m", "venv", venv.path]
        check_venv_modules()
    if run(command) != 0:
        raise SetupError("Could not make .venv; the lines above say why.")
    venv.write("unfinished", "")
    venv.write("place", venv.root)


def check_venv_modules():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        # `from None` is not Python 2, which must still parse this file.
        raise SetupError(missing_venv_message(sys.version_info))  # noqa: B904


def test_group(root):
    """The requirements of the test group, spelled out: older pips cannot read groups."""
    import tomllib

    with open(os.path.join(root, "pyproject.toml"), "rb") as file:
        return tomllib.load(file)["dependency-groups"]["test"]


def find_uv(venv, run):
    """uv from the PATH, else one installed into .venv, else None."""
    uv = shutil.which("uv")
    if uv:
        return uv
    uv = venv.program("uv")
    if not os.path.exists(uv):
        say("Fetching uv, which installs faster than pip.")
        pip = [venv.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run(pip + ["uv"], quiet=True)
    return uv if os.path.exists(uv) else None


def install(venv, goal, run):
    """Installs the package and what it needs, at the versions of requirements.txt."""
    wanted = ["-c", "requirements.txt", "-e", "."]
    if goal == "test":
        wanted += test_group(venv.root)
    uv = find_uv(venv, run)
    if uv:
        say("Installing with uv. The first time takes as long as downloading 150 MB does.")
        # Compiled once here: otherwise the first lesson waits, and each sandbox of the grader.
        command = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", venv.python]
        if run(command + wanted) == 0:
            return
        say("uv could not do it. Trying pip, which has settings of its own (a mirror, say).")
        run([venv.python, "-m", "ensurepip"], quiet=True)  # a .venv made by uv has no pip
    else:
        say("uv is not to be had. Installing with pip: the first time takes some minutes.")
    pip = [venv.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if run(pip + wanted) != 0:
        raise SetupError(
            "The packages could not be installed; the lines above say why.\n"
            "Is this machine online? Run the same command again: it goes on from here."
            + too_new_hint(sys.version_info)
        )


def write_lab_settings(venv):
    folder = os.path.join(venv.path, "share", "jupyter", "lab", "settings")
    if not os.path.isdir(folder):
        os.makedirs(folder)
    with open(os.path.join(folder, "overrides.json"), "w") as file:
        file.write(LAB_SETTINGS)


def set_up(goal, root=ROOT, run=run):
    """Brings .venv to where `goal` needs it; returns True where something was done."""
    venv = Venv(root)
    if is_done(venv, goal):
        return False
    if must_rebuild(venv):
        create(venv, shutil.which("uv"), run)
    venv.write("unfinished", "")
    for other in GOALS:
        venv.forget(other)
    install(venv, goal, run)
    write_lab_settings(venv)
    venv.write(goal, wanted_stamp(root))
    venv.forget("unfinished")
    say("Set-up done: everything is in .venv, nothing was installed elsewhere.")
    return True


def main(arguments):
    problem = too_old_message(sys.version_info, sys.executable)
    if problem:
        say(problem)
        return 1
    if len(arguments) != 1 or arguments[0] not in GOALS:
        say("Usage: python tools/setup.py lab|test")
        return 2
    try:
        set_up(arguments[0])
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted. Run the same command again: it starts the set-up afresh.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
