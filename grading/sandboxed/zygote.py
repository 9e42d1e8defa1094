"""Runs in bubblewrap: imports once what notebooks need, then forks a sandbox for each notebook.

    python zygote.py CONTROL FILES apart|unsafe MODULE…

CONTROL is the number of an inherited Unix socket. Each message on it brings a socket for one
notebook, with its limits; the answer is a handle by which the grader can end that sandbox and all
in it, and a pipe that tells how it ended. FILES is the folder that each notebook finds in its
working directory. ``unsafe`` forks processes with limits and nothing more, for one's own code.
"""

import contextlib
import ctypes
import importlib
import json
import os
import resource
import signal
import socket
import sys
import tempfile

import seccomp
import watch

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER = 0x00020000, 0x08000000, 0x10000000
CLONE_NEWPID, CLONE_NEWNET = 0x20000000, 0x40000000
MS_NOSUID, MS_NODEV, MS_REC, MS_PRIVATE = 2, 4, 16384, 1 << 18
MS_RDONLY, MS_REMOUNT, MS_BIND = 1, 32, 4096
PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 38, 24
HUGE, MADV_COLLAPSE = 2 << 20, 25
LARGEST_HOLE = 1 << 16
HOME = "/home/student"
MOST_FILES = 4096  # in each folder that may be written: an empty one takes memory, too


def check(result, what):
    """OSError, saying what was tried, unless a system call succeeded."""
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def separate():
    """Own user, process, network, message and file namespaces, for the children of this process."""
    uid, gid = os.getuid(), os.getgid()
    spaces = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWPID
    check(LIBC.unshare(spaces), "own namespaces")
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1")):
        _write(f"/proc/self/{name}", text)
    _write("/proc/self/gid_map", f"{gid} {gid} 1")


def _write(path, text):
    with open(path, "w") as file:
        file.write(text)


def furnish(files, disk):
    """Empty folders in memory for all that may be written; no view of any process."""
    check(LIBC.mount(None, b"/", None, MS_REC | MS_PRIVATE, None), "private mounts")
    close_off()
    options = f"size={disk},nr_inodes={MOST_FILES},mode=1777".encode()
    for target in ("/tmp", "/dev/shm", HOME, "/proc"):
        flags = MS_NOSUID | MS_NODEV
        check(LIBC.mount(b"tmpfs", target.encode(), b"tmpfs", flags, options), f"empty {target}")
    options = b"newinstance,ptmxmode=0666"
    check(LIBC.mount(b"devpts", b"/dev/pts", b"devpts", MS_NOSUID, options), "own terminals")
    os.chdir(HOME)
    lay_out(files)


def close_off():
    """Make all that is shared read-only, under a changed root.

    Where the root is changed, Linux makes no user namespaces, in which a notebook would have the
    right to mount.
    """
    check(LIBC.mount(b"/", b"/tmp", None, MS_REC | MS_BIND, None), "the root once more")
    flags = MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID
    check(LIBC.mount(None, b"/tmp", None, flags | MS_NODEV, None), "a read-only root")
    for entry in os.scandir("/tmp/dev"):  # a device's time of change would be seen by all
        if not entry.is_dir() and not entry.is_symlink():
            check(LIBC.mount(None, os.fsencode(entry), None, flags, None), f"fixed {entry.path}")
    os.chroot("/tmp")


def lay_out(files):
    """Links to the assignment's files in the working directory."""
    for name in os.listdir(files):
        os.symlink(f"{files}/{name}", name)


def give_up_rights():
    """Drop every capability, for good."""
    for capability in range(64):
        LIBC.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    check(LIBC.capset(header, (ctypes.c_uint32 * 6)()), "no capabilities")
    check(LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges")


def renew_descriptors(*kept):
    """Leave open only what is named here, and nothing that is open in another process as well.

    What two processes have open together carries numbers from one to the other.
    """
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):  # what is printed is for nobody
        os.dup2(null, number)
    low = 3
    for number in sorted(kept):
        os.closerange(low, number)
        low = number + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))


def set_limits(limits):
    """Set the limits of ``setrlimit``, given by their names."""
    for name, value in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))


def open_sandbox(control, connection, files, limits, run):
    """Make a sandbox, send its handle on ``control``, tell how it ends; never returns."""
    separate()
    _write("/proc/self/oom_score_adj", "1000")  # where memory ends, a notebook ends first
    told, tell = os.pipe()
    child = os.fork()  # the first process of the new process namespace: with it, all others end
    if child == 0:
        control.close()
        shut_in(connection, files, limits, tell)
        try:
            run(connection)
        finally:
            os._exit(0)
    connection.close()
    socket.send_fds(control, [b"forked"], [os.pidfd_open(child), told])
    control.close()
    status, over = watch.end_of(child, limits["AS"])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    say(tell, status=status, over=over, worked=used.ru_utime + used.ru_stime)
    os._exit(0)


def shut_in(connection, files, limits, tell):
    """Leave this process nothing but its connection; where that fails, tell it and end."""
    try:
        furnish(files, limits["FSIZE"])
        renew_descriptors(connection.fileno(), tell)
        give_up_rights()
        set_limits(limits)
        seccomp.install()
        os.close(tell)
    except OSError as error:
        say(tell, failed=str(error))
        os._exit(1)


def say(tell, **words):
    """Tell the grader something of the sandbox, where the notebook cannot."""
    os.write(tell, json.dumps(words).encode() + b"\n")


def open_process(control, connection, files, limits, run):
    """As :func:`open_sandbox`, but a process that is kept from too much time and memory alone."""
    told, tell = os.pipe()
    os.close(tell)  # nobody watches
    socket.send_fds(control, [b"forked"], [os.pidfd_open(os.getpid()), told])
    control.close()
    os.close(told)
    # Beside the files, in the grader's own temporary folder, which is removed in the end.
    os.chdir(tempfile.mkdtemp(dir=os.path.dirname(files)))
    lay_out(files)
    del limits["NPROC"]  # it would count the grader's own processes, too
    set_limits(limits)
    run(connection)


def fill_holes():
    """Take what memory is free among that of the modules, so that what comes next lies together.

    A page is copied when something is written in it, and the holes are all over the pages.
    """
    for call in (LIBC.malloc, LIBC.sbrk):
        call.restype = ctypes.c_size_t
    end = LIBC.sbrk(0)
    for size in range(LARGEST_HOLE, 0, -16):
        while 0 < (place := LIBC.malloc(size)) < end:
            pass
        LIBC.free(ctypes.c_void_p(place))


def collapse():
    """Let few and large pages hold what the modules take: to fork is to copy a list of pages."""
    with open("/proc/self/maps") as file:
        heap = next((line.split()[0] for line in file if "[heap]" in line), "0-0")
    first, last = (int(end, 16) // HUGE for end in heap.split("-"))
    start, length = (first + 1) * HUGE, max(last - first - 1, 0) * HUGE
    LIBC.madvise(ctypes.c_void_p(start), ctypes.c_size_t(length), MADV_COLLAPSE)


def serve(control, files, open_one, run):
    """Fork for each message, until the grader hangs up."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # Linux buries what has ended
    with open("/proc/self/statm") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    while True:
        data, fds, _, _ = socket.recv_fds(control, 4096, 1)
        if not data:
            return
        limits = json.loads(data)
        limits["AS"] += used  # what the modules take is not the notebook's
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                open_one(control, socket.socket(fileno=fds[0]), files, limits, run)
            except OSError as error:
                control.sendall(f"{error}".encode())
            finally:
                os._exit(1)
        os.close(fds[0])


def main(control, files, kind, *modules):
    """Import, report, and serve."""
    if kind == "apart":
        if seccomp.missing():
            sys.exit(seccomp.missing())
        seccomp.filter_of_calls()
    sys.path.insert(0, files)
    for name in modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    import kernel

    kernel.prepare()
    fill_holes()
    collapse()
    renew_descriptors(int(control))
    control = socket.socket(fileno=int(control))
    control.sendall(b"ready")
    serve(control, files, {"apart": open_sandbox, "unsafe": open_process}[kind], kernel.live)


if __name__ == "__main__":
    main(*sys.argv[1:])
