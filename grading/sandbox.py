"""A bubblewrap sandbox with a zygote in it, which forks a room for each notebook."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOM = Path(__file__).parent / "room"
START_SECONDS = 60
NOBODY = "65534"  # a user and a group without rights, on every Linux
# What notebooks import, so that no room has to.
MODULES = (
    "numpy",
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "seaborn",
    "scipy.optimize",
    "sklearn.linear_model",
    "sklearn.datasets",
    "lec_utils",
    "lec_utils.practice",
)
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/home/student",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "MPLCONFIGDIR": "/fonts",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONWARNINGS": "ignore",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class NoSandbox(Exception):
    """No sandbox can be had; the message says what to install."""


class Limits(NamedTuple):
    """What one notebook may use."""

    seconds: float = 10.0  # of the clock, for one cell or one test
    total_seconds: float = 90.0  # of the clock, for the whole notebook
    cpu_seconds: int = 60
    megabytes: int = 1500  # of memory, for each process, on top of what the modules take
    processes: int = 32
    disk_megabytes: int = 20  # in each folder that may be written

    def for_room(self):
        """The limits as names and numbers of ``setrlimit``."""
        return {
            "CPU": self.cpu_seconds,
            "AS": self.megabytes << 20,
            "NPROC": self.processes,
            "FSIZE": self.disk_megabytes << 20,
            "NOFILE": 256,
            "CORE": 0,
        }


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

    Linux does not count root's processes, so root's rooms must belong to somebody else. Any other
    user, root of a user namespace among them, is counted as it is.
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
    """bubblewrap's command line: only Python, its libraries, ``files`` and the room are there."""
    words = [bwrap, "--die-with-parent", "--new-session", "--clearenv", "--hostname", "room"]
    if namespace is None:
        words += ["--unshare-all", "--uid", NOBODY, "--gid", NOBODY]
    else:
        apart = ("ipc", "pid", "net", "uts", "cgroup-try")
        words += ["--userns", str(namespace), *(f"--unshare-{kind}" for kind in apart)]
        words += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    words += ["--tmpfs", "/"]
    for name, value in ENVIRONMENT.items():
        words += ["--setenv", name, value]
    for path in ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/fonts"):
        if os.path.islink(path):
            words += ["--symlink", os.readlink(path), path]
        elif os.path.exists(path):
            words += ["--ro-bind", path, path]
    for folder in reversed(Path(sys.base_prefix).parents[:-1]):  # which may be for root alone
        words += ["--perms", "0755", "--dir", str(folder)]
    words += ["--ro-bind", sys.base_prefix, sys.base_prefix]
    python = sys.executable
    if sys.prefix != sys.base_prefix:  # at a place of its own: the project may lie in /tmp
        words += ["--ro-bind", sys.prefix, "/venv"]
        python = f"/venv/bin/{Path(sys.executable).name}"
    words += ["--ro-bind", str(files), "/files", "--ro-bind", str(ROOM), "/room"]
    for path in ("/fonts", "/tmp", "/home/student"):
        words += ["--perms", "1777", "--dir", path]
    words += ["--dev", "/dev", "--proc", "/proc", "--chdir", "/home/student", "--"]
    if namespace is not None:
        words += ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
        words += ["--inh-caps=-all", "--"]
    return words + [python, "/room/zygote.py", *arguments]


def _start(control, files):
    with nobodys_namespace() as namespace:
        arguments = [str(control), "/files", "apart", *MODULES]
        words = command(find_bubblewrap(), files, arguments, namespace)
        return _popen(words, [fd for fd in (control, namespace) if fd is not None])


def _start_unsafe(control, files):
    arguments = [str(control), str(files), "unsafe", *MODULES]
    return _popen([sys.executable, str(ROOM / "zygote.py"), *arguments], [control])


def _popen(words, descriptors):
    return subprocess.Popen(
        words,
        pass_fds=descriptors,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {"MPLBACKEND": "agg", "PYTHONHASHSEED": "0"},
    )


class Zygote:
    """A running sandbox: ``with Zygote(files) as zygote``, then ``zygote.room(limits)``.

    ``files`` is the folder that each notebook finds in its working directory. ``unsafe`` does
    without a sandbox: submitted code can then do all that the grader can.
    """

    def __init__(self, files, unsafe=False):
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = (_start_unsafe if unsafe else _start)(theirs.fileno(), files)
        self._control.settimeout(START_SECONDS)
        try:
            ready = self._control.recv(16) == b"ready"
        except TimeoutError:
            self._process.kill()
            ready = False
        if not ready:
            errors = self._process.stderr.read().decode(errors="replace").strip()
            self.__exit__()
            raise NoSandbox(f"The sandbox did not start: {errors or 'it took too long'}")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._control.close()  # the zygote ends when it hears no more
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stderr.close()

    def room(self, limits):
        """A new room: a connected socket, and a handle with which ``end`` ends it."""
        ours, theirs = socket.socketpair()
        with theirs:
            words = json.dumps(limits.for_room()).encode()
            socket.send_fds(self._control, [words], [theirs.fileno()])
        answer, handles, _, _ = socket.recv_fds(self._control, 4096, 1)
        if not handles:
            ours.close()
            raise NoSandbox(f"A room could not be made: {answer.decode(errors='replace')}")
        return ours, handles[0]


def end(connection, handle):
    """End a room and every process in it."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    os.close(handle)
    connection.close()
