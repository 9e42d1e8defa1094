"""Runs beside a sandbox: watches the memory of all its processes together."""

import contextlib
import os
import select
import signal

EVERY = 0.05  # seconds
LOOKS = 2  # in a row: while one process starts another, both may be seen with the same memory
KILOBYTE = 1024


def end_of(child, most):
    """Wait for a process' end; its status, and whether it was ended here.

    That is done when it and all that stem from it hold more than ``most`` bytes together.
    """
    handle, over = os.pidfd_open(child), 0
    while over < LOOKS and not select.select([handle], [], [], EVERY)[0]:
        over = over + 1 if _memory(child, most) > most else 0
    if over == LOOKS:
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1], over == LOOKS


def _memory(first, most):
    """The bytes that a process and all that stem from it hold.

    Only where it seems too much, it is looked up what is shared, and counted once.
    """
    family = _family(first)
    held = sum(map(_held, family))
    return held if held <= most else sum(map(_share, family))


def _family(first):
    """The statuses of a process and of all that stem from it; an orphan stems from the first."""
    statuses = {}
    for name in filter(str.isdecimal, os.listdir("/proc")):
        with contextlib.suppress(OSError):  # it has ended
            statuses[int(name)] = _status(name)

    def stems(pid):
        while pid in statuses and pid != first:
            pid = int(statuses[pid]["PPid"])
        return pid == first

    return [status for pid, status in statuses.items() if stems(pid)]


def _status(pid):
    """What Linux tells of a process: of a thread that has memory, as the first may have ended."""
    status = _fields(pid, "status")
    if "VmRSS" in status:
        return status
    others = (_fields(thread, "status") for thread in os.listdir(f"/proc/{pid}/task"))
    return next((other for other in others if "VmRSS" in other), status)


def _fields(pid, name):
    with open(f"/proc/{pid}/{name}") as file:
        pairs = (line.partition(":") for line in file)
        return {name: value.strip() for name, _, value in pairs}


def _held(status):
    kinds = ("RssAnon", "RssShmem", "VmSwap")
    return KILOBYTE * sum(int(status.get(kind, "0 kB").split()[0]) for kind in kinds)


def _share(status):
    """A process' share of what it holds; all of it where that is not to be seen."""
    try:
        shares = _fields(status["Pid"], "smaps_rollup")
        return KILOBYTE * sum(int(shares[kind].split()[0]) for kind in ("Pss", "SwapPss"))
    except (OSError, KeyError):
        return _held(status)
