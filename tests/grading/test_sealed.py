"""What a notebook cannot reach from within: Linux' odd corners, other notebooks, all the memory."""

import csv
import ctypes
import errno
import os
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

import pytest
from hostile.small import ANSWER, DESCEND, DOUBLE, scores, words

import grading.sandboxed
from grading.sandboxed import seccomp, watch

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
UNKNOWN, ALLOW = 0x00050000 | errno.ENOSYS, 0x7FFF0000
# Where the numbers come from a library, and not from the table that is tested.
FORBIDDEN = (
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "userfaultfd", "bpf", "seccomp"),
    *("keyctl", "add_key", "request_key", "perf_event_open", "ptrace", "kcmp", "pidfd_getfd"),
    *("process_vm_readv", "process_vm_writev", "process_madvise", "memfd_create", "memfd_secret"),
    *("mount", "umount2", "unshare", "setns", "pivot_root", "open_tree", "move_mount", "fsopen"),
    *("fsmount", "fsconfig", "fspick", "mount_setattr", "clone3", "kexec_load", "kexec_file_load"),
    *("init_module", "finit_module", "shmget", "msgget", "semget", "inotify_add_watch", "mincore"),
)
NEEDED = (
    *("read", "write", "openat", "close", "execve", "wait4", "exit_group", "munmap", "mprotect"),
    *("brk", "futex", "kill", "prctl", "prlimit64", "getrandom", "statx", "rseq", "epoll_ctl"),
    *("eventfd2", "pipe2", "madvise", "sendmsg", "recvmsg", "sched_getaffinity"),
)


def rows():
    path = Path(grading.sandboxed.__file__).with_name("calls.csv")
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def number():
    """The number of a call on a machine, as libseccomp knows it."""
    if find_library("seccomp") is None:
        pytest.skip("no libseccomp here to compare with")
    library = ctypes.CDLL(find_library("seccomp"))
    return lambda call, machine: library.seccomp_syscall_resolve_name_arch(
        MACHINES[machine], call.encode()
    )


def answer(steps, number, machine, *args):
    """What a filter answers: a small machine for the filter's language."""
    data = {0: number, 4: machine} | {16 + 8 * place: arg for place, arg in enumerate(args)}
    at = value = 0
    while True:
        code, yes, no, constant = steps[at]
        if code == 0x06:
            return constant
        if code == 0x20:
            value = data.get(constant, 0)
        elif code == 0x54:
            value &= constant
        else:
            at += yes if (value == constant if code == 0x15 else value > constant) else no
        at += 1


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_of_calls_are_those_of_libseccomp(machine, number):
    told = {row["call"]: int(row[machine] or -1) for row in rows()}
    assert told == {call: max(number(call, machine), -1) for call in told}
    assert told.keys() > seccomp.RULES.keys()
    assert seccomp.NEWEST[machine] == (MACHINES[machine], number("rseq", machine))


@pytest.mark.parametrize("machine", MACHINES)
def test_a_filter_forbids_what_it_should_and_nothing_else(machine, number):
    steps, known = seccomp.program(machine), MACHINES[machine]
    assert {answer(steps, number(call, machine), known) for call in FORBIDDEN} == {UNKNOWN}
    assert {answer(steps, number(call, machine), known) for call in NEEDED} == {ALLOW}
    assert answer(steps, number("read", machine), 0x40000003) == UNKNOWN  # as on an Intel 386
    assert answer(steps, 0x40000000 + number("read", machine), known) == UNKNOWN  # as on an x32
    clone = number("clone", machine)
    thread, space = 0x003D0F00, 0x10000011
    assert answer(steps, clone, known, thread) == answer(steps, clone, known, 17) == ALLOW
    assert answer(steps, clone, known, space) == 0x00050000 | errno.EPERM


def test_no_call_that_is_not_for_notebooks_can_be_made(sandbox):
    calls = {row["call"]: int(row[os.uname().machine] or -1) for row in rows()}
    for call in seccomp.RULES:
        del calls[call]
    calls |= {"io_uring_setup": 425, "open_tree": 428, "clone3": 435, "new": 500, "x32": 1 << 30}
    code = f"""
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
unknown = lambda call: libc.syscall(call, 0, 0, 0, 0, 0) == -1 and ctypes.get_errno() == 38
report = [name for name, number in {calls}.items() if number >= 0 and not unknown(number)]
"""
    assert len(calls) > 80
    assert sandbox.report(code) == "[]"


BY_ARGUMENT = """
import ctypes, fcntl, mmap, os, socket
libc = ctypes.CDLL(None, use_errno=True)
clone = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
file = open("/files/data.csv")
tries = {
    "user namespace": lambda: 1 / (1 + libc.syscall(clone, 0x10000011, 0, 0, 0, 0)),
    "mount namespace": lambda: 1 / (1 + libc.syscall(clone, 0x00020011, 0, 0, 0, 0)),
    "shared memory": lambda: mmap.mmap(-1, 4096),
    "huge pages": lambda: mmap.mmap(-1, 4 << 20, flags=0x40022),
    "zero": lambda: open("/dev/zero"),
    "console": lambda: open("/dev/console"),
    "vsock": lambda: socket.socket(40, socket.SOCK_STREAM),
    "crypto": lambda: socket.socket(38, 5),
    "netlink": lambda: socket.socket(16, socket.SOCK_RAW),
    "a signal's number": lambda: fcntl.fcntl(0, 10, 34),
    "an owner": lambda: fcntl.fcntl(0, 8, os.getpid()),
    "a lease": lambda: fcntl.fcntl(file, 1024, 0),
    "a hint": lambda: fcntl.fcntl(file, 1036, bytes([3] + [0] * 7)),
    "a file system's own": lambda: fcntl.ioctl(file, 0x80086601, bytes(8)),
    **{f"time of {name}": lambda name=name: os.utime(f"/dev/{name}")
       for name in ("null", "random", "urandom")},
}
report = []
for name, attempt in tries.items():
    try:
        attempt()
        report.append(name)
    except (OSError, ZeroDivisionError):
        pass
with socket.socket(socket.AF_UNIX) as plain:
    before = plain.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    if plain.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) != before: report.append("buffer")
"""


def test_calls_are_looked_at_where_it_depends_on_what_they_ask_for(sandbox):
    assert sandbox.report(BY_ARGUMENT) == "[]"


def test_a_lock_on_a_file_of_all_is_none(sandbox):
    code = """
import fcntl, os
report = []
for lock in (fcntl.flock, fcntl.lockf):
    file = open("/files/data.csv")
    lock(file, fcntl.LOCK_SH)
    if (child := os.fork()) == 0:
        again = open("/files/data.csv")
        fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os._exit(7)
    report.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert sandbox.report(code) == "[7, 7]"


def test_a_notebook_has_four_descriptors_and_one_is_its_own_socket(sandbox):
    code = """
import os, stat
report = []
for number in range(256):
    try:
        mode = os.fstat(number).st_mode
        report.append("socket" if stat.S_ISSOCK(mode) else os.ttyname(number)
                      if os.isatty(number) else "null" if stat.S_ISCHR(mode) else "other")
    except OSError: pass
"""
    assert sandbox.report(code) == "['null', 'null', 'null', 'socket']"


def test_what_is_open_is_open_in_one_sandbox_only(sandbox):
    """Two notebooks with one description of /dev/null would see each other's flags."""
    flags = "import fcntl\nflags = [fcntl.fcntl(n, fcntl.F_GETFL) for n in range(3)]\n"
    change = "for n in range(3): fcntl.fcntl(n, fcntl.F_SETFL, flags[n] | 0o6000)\n"
    before = sandbox.report(flags + "report = flags")
    assert sandbox.report(flags + change + flags + "report = flags") != before
    assert sandbox.report(flags + "report = flags") == before


def test_no_memory_that_sandboxes_inherit_is_shared_by_them(sandbox):
    process = sandbox.zygote._process.pid
    for _ in range(2):  # bubblewrap's two, then the zygote's own
        process = Path(f"/proc/{process}/task/{process}/children").read_text().split()[0]
    maps = Path(f"/proc/{process}/maps").read_text().splitlines()
    assert any("numpy" in line for line in maps)
    assert not [line for line in maps if line.split()[1].startswith(("rw-s", "rwxs", "-w-s"))]


def test_a_machine_without_a_filter_is_told_so_before_anything_runs(needs_sandbox, tmp_path):
    code = (
        "import ctypes, sys; ctypes.CDLL(None).personality(8)\n"  # Linux now says it is an i686
        "from grading.sandbox import Zygote; Zygote(sys.argv[1])"
    )
    if os.uname().machine != "x86_64":
        pytest.skip("only Intel's machines can pass for an older one")
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ)
    assert "NoSandbox: The sandbox did not start: there is no filter of system calls" in done.stderr


# -- all processes together --


def test_ten_processes_of_400_megabytes_are_ended_together(sandbox):
    cell = """
import os, time
for _ in range(10):
    if os.fork() == 0:
        memory = bytearray(400 << 20)
        time.sleep(1000)
time.sleep(1000)
"""
    told = sandbox.grade(DOUBLE, cell, ANSWER)
    assert scores(told) == (2, 0, 2)
    assert "cell 2: its processes together held more than 600 MB" in words(told, "q2")


HOLD = """
import ctypes, os, threading, time
libc = ctypes.CDLL(None)
libc.prctl(36, 1, 0, 0, 0)  # orphans come to it, as to the first process of a sandbox
def hold():
    memory = bytearray(30 << 20)
    time.sleep(3)
for number in range(4):
    if os.fork() == 0:
        HOLDER
        os._exit(0)
time.sleep(3)
"""
HOLDERS = {
    "plainly": "hold()",
    "unseen": "libc.prctl(4, 0, 0, 0, 0); hold()",
    "as an orphan": "os.setsid(); os.fork() and os._exit(0); hold()",
    "by a child's child": "os.fork() and time.sleep(3); hold()",
    "in a thread that is left": "threading.Thread(target=hold).start()\n"
    "        libc.syscall({'x86_64': 60, 'aarch64': 93}[os.uname().machine], 0)",
}


@pytest.mark.parametrize("holder", HOLDERS.values(), ids=HOLDERS)
def test_memory_is_counted_however_it_is_held(holder):
    code = HOLD.replace("HOLDER", holder)
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        status, over = watch.end_of(process.pid, most=100 << 20)
        assert (os.waitstatus_to_exitcode(status), over) == (-9, True)


def test_what_ends_by_itself_is_waited_for():
    with subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"]) as process:
        status, over = watch.end_of(process.pid, most=100 << 20)
        assert (os.waitstatus_to_exitcode(status), over) == (3, False)


def test_memory_that_processes_share_counts_once(sandbox):
    code = """
import os, time
memory = bytearray(250 << 20)
children = [os.fork() for _ in range(3)]
time.sleep(0.3)
if 0 in children: os._exit(0)
"""
    assert scores(sandbox.grade(DOUBLE, code + DESCEND, ANSWER)) == (2, 2, 2)


def test_neither_a_gigabyte_nor_a_million_files_fit(sandbox):
    code = """
report = []
try:
    with open("/tmp/large", "wb") as file:
        for _ in range(1000): file.write(bytes(1 << 20))
except OSError: report.append("large")
try:
    for number in range(10000): open(f"/dev/shm/{number}", "w").close()
except OSError: report.append("many")
"""
    assert sandbox.report(code) == "['large', 'many']"


HONEST = """
import asyncio, concurrent.futures, multiprocessing, os, pty, sqlite3, subprocess, sys, tempfile
import threading, time
import numpy as np, pandas as pd, seaborn as sns, matplotlib.pyplot as plt
from multiprocessing import shared_memory

def square(x): return x * x
def thread():
    got = []
    workers = [threading.Thread(target=got.append, args=(n,)) for n in range(4)]
    for worker in workers: worker.start()
    for worker in workers: worker.join()
    return sorted(got) == [0, 1, 2, 3]
def pool():
    with multiprocessing.Pool(2) as workers: return workers.map(square, [1, 2, 3]) == [1, 4, 9]
def executor():
    with concurrent.futures.ProcessPoolExecutor(2) as e: return list(e.map(square, [3])) == [9]
def shared():
    memory = shared_memory.SharedMemory(create=True, size=4096)
    memory.buf[0] = 7
    memory.close(); memory.unlink()
    value = multiprocessing.Value("i", 3)
    return value.value == 3
def python():
    return subprocess.check_output([sys.executable, "-c", "print(6 * 7)"]) == b"42\\n"
async def start():
    process = await asyncio.create_subprocess_exec("/bin/sh", "-c", "exit 5")
    return await process.wait() == 5
def child():
    with concurrent.futures.ThreadPoolExecutor() as threads:  # a cell may run in a loop already
        return threads.submit(lambda: asyncio.run(start())).result()
def database():
    with sqlite3.connect("/tmp/table.db") as connection:
        pd.DataFrame({"x": [1, 2]}).to_sql("t", connection)
        return len(pd.read_sql("select * from t", connection)) == 2
def drawn():
    sns.lineplot(x=[1, 2], y=[3, 4])
    plt.savefig("/tmp/figure.png")
    pd.DataFrame({"x": np.arange(3.0)}).plot()
    return os.path.getsize("/tmp/figure.png") > 1000
def algebra():
    a = np.random.rand(300, 300)
    return np.allclose(np.linalg.inv(a) @ a, np.eye(300), atol=1e-3)
def terminal():
    ours, theirs = pty.openpty()
    return os.isatty(theirs)
def joblib():
    from joblib import Parallel, delayed
    return Parallel(n_jobs=2)(delayed(abs)(n) for n in [-1, 2]) == [1, 2]
def copied():
    import shutil
    shutil.copy("/files/data.csv", "/tmp/data.csv")
    return open("/tmp/data.csv").read() == open("data.csv").read()
tries = [thread, pool, executor, shared, python, child, database, drawn,
         algebra, terminal, joblib, copied]
report = []
for attempt in tries:
    try:
        if not attempt(): report.append(attempt.__name__)
    except BaseException as error: report.append(f"{attempt.__name__}: {error!r}")
"""


def test_honest_notebooks_notice_nothing(sandbox):
    assert sandbox.report(HONEST) == "[]"
