"""bubblewrap: whether it works here, and the command line that starts Python in it."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

SANDBOXED = Path(__file__).parent / "sandboxed"
NOBODY = "65534"  # a user and a group without rights, on every Linux
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/fonts")
# Not /dev/zero, whose memory could not be counted, nor the console, which is the grader's terminal.
DEVICES = ("/dev/null", "/dev/random", "/dev/urandom")
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/home/student",
    "USER": "student",
    "LOGNAME": "student",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "MPLCONFIGDIR": "/fonts",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONMALLOC": "malloc",
    "PYTHONHASHSEED": "0",
    "PYTHONWARNINGS": "ignore",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "JOBLIB_MULTIPROCESSING": "0",  # its processes would look each other up in /proc
}


class NoSandbox(Exception):
    """No sandbox can be had; the message says what to install."""


def find_bubblewrap():
    """The path of ``bwrap``; NoSandbox, with what to do, where there is none that works."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise NoSandbox(
            "bubblewrap was not found. It keeps submitted code away from this machine.\n"
            "  Debian or Ubuntu:  sudo apt-get install bubblewrap\n"
            "  Fedora:            sudo dnf install bubblewrap\n"
            "macOS and Windows have none: grade in a Linux virtual machine or container."
        )
    trial = subprocess.run(
        [bwrap, "--unshare-all", "--ro-bind", "/", "/", "true"], capture_output=True, text=True
    )
    if trial.returncode:
        raise NoSandbox(
            f"bubblewrap is there, but cannot make a sandbox here: {trial.stderr.strip()}\n"
            "In a container, user namespaces must be allowed; see grading/README.md."
        )
    return bwrap


@contextlib.contextmanager
def nobodys_namespace():
    """A user namespace in which root can become ``nobody``; None where it is not needed or allowed.

    Linux does not count root's processes, so root's sandboxes must belong to somebody else. Any
    other user, root of a user namespace among them, is counted as it is.
    """
    if os.geteuid() != 0 or not all(map(shutil.which, ("unshare", "setpriv"))):
        yield None
        return
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(["unshare", "--user", "cat"], **pipes) as holder:
        try:
            holder.stdin.write(b"\n")
            holder.stdin.flush()
            holder.stdout.readline()  # it is in its namespace when it answers
            for kind in ("uid_map", "gid_map"):
                Path(f"/proc/{holder.pid}/{kind}").write_text(f"0 0 1\n{NOBODY} {NOBODY} 1\n")
            namespace = os.open(f"/proc/{holder.pid}/ns/user", os.O_RDONLY)
        except OSError:
            namespace = None
        yield namespace
        if namespace is not None:
            os.close(namespace)


def command(bwrap, files, arguments, namespace=None):
    """bubblewrap's command line: only Python, its libraries, ``files`` and ``sandboxed`` are there.

    ``namespace`` is that of :func:`nobodys_namespace`.
    """
    words = [bwrap, "--die-with-parent", "--new-session", "--clearenv", "--hostname", "sandbox"]
    words += [*_apart(namespace), "--tmpfs", "/"]
    for name, value in ENVIRONMENT.items():
        words += ["--setenv", name, value]
    python, seen = _python()
    words += [*_system(), *seen]
    words += ["--ro-bind", str(files), "/files", "--ro-bind", str(SANDBOXED), "/sandboxed"]
    for path in ("/fonts", "/tmp", "/home/student"):
        words += ["--perms", "1777", "--dir", path]
    # Not for the zygote: a semaphore that a module makes would be one for all sandboxes.
    words += ["--perms", "0555", "--dir", "/dev/shm"]
    for path in DEVICES:
        words += ["--dev-bind", path, path]
    words += ["--dir", "/dev/pts", "--symlink", "pts/ptmx", "/dev/ptmx"]
    words += ["--proc", "/proc", "--chdir", "/home/student", "--"]
    if namespace is not None:
        words += ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
        words += ["--inh-caps=-all", "--"]
    return [*words, python, "/sandboxed/zygote.py", *arguments]


def _apart(namespace):
    """Options for namespaces of its own, and a user without rights in them."""
    if namespace is None:
        return ["--unshare-all", "--uid", NOBODY, "--gid", NOBODY]
    kinds = ("ipc", "pid", "net", "uts", "cgroup-try")
    words = ["--userns", str(namespace), *(f"--unshare-{kind}" for kind in kinds)]
    return [*words, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]


def _system():
    """Options that show the system's libraries."""
    words = ["--perms", "0755", "--dir", "/etc"]  # what is not in it is not there, as elsewhere
    for path in SYSTEM:
        if os.path.islink(path):
            words += ["--symlink", os.readlink(path), path]
        elif os.path.exists(path):
            words += ["--ro-bind", path, path]
    return words


def _python():
    """The path of Python in the sandbox, and the options that show it there."""
    words = []
    for folder in reversed(Path(sys.base_prefix).parents[:-1]):  # which may be for root alone
        words += ["--perms", "0755", "--dir", str(folder)]
    words += ["--ro-bind", sys.base_prefix, sys.base_prefix]
    if sys.prefix == sys.base_prefix:
        return sys.executable, words
    # At a place of its own: the project may lie in /tmp.
    return f"/venv/bin/{Path(sys.executable).name}", [*words, "--ro-bind", sys.prefix, "/venv"]
