"""Runs in a sandbox: the filter of Linux's (seccomp) through which a notebook's calls go.

``calls.csv`` has the calls that are not for notebooks, with their numbers on each machine. To a
notebook they do not exist (ENOSYS), like all that Linux has learnt since ``NEWEST``; so libraries
do as they do on an older Linux. ``RULES`` are those that depend on what a call is asked for.
"""

import csv
import ctypes
import errno
import functools
import os
import struct
from pathlib import Path
from typing import NamedTuple

PR_SET_SECCOMP, MODE_FILTER = 22, 2
# Instructions of the filter's language, the classic BPF, and where it finds what.
LOAD, EQUAL, GREATER, AND, RETURN = 0x20, 0x15, 0x25, 0x54, 0x06
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16
ALLOW, ERROR = 0x7FFF0000, 0x00050000  # an error 0 is a success without an effect
# How Linux names a machine, and its last call of the time before all machines had the same numbers.
NEWEST = {"x86_64": (0xC000003E, 334), "aarch64": (0xC00000B7, 293)}


class Rule(NamedTuple):
    """What a call may be asked for: what is answered to the values of an argument's bits."""

    argument: int
    bits: int
    answers: dict
    otherwise: int


ANY = 0xFFFFFFFF
NEW_NAMESPACES = 0x7E020000
SHARED, ANONYMOUS, HUGE = 0x01, 0x20, 0x40000
MEMORY = dict.fromkeys((0, SHARED, ANONYMOUS), ALLOW)
UNIX, INET, INET6 = 1, 2, 10  # others know no namespaces (VSOCK), or need none
SOCKETS = dict.fromkeys((UNIX, INET, INET6), ALLOW)
BUFFERS = dict.fromkeys((7, 8), ERROR)  # SO_SNDBUF, SO_RCVBUF: memory, too, and stays as it is
FILES = dict.fromkeys((0, 1, 2, 3, 4, 5, 1030), ALLOW)  # F_DUPFD … F_GETLK, F_DUPFD_CLOEXEC
LOCKS = dict.fromkeys((6, 7, 37, 38), ERROR)  # F_SETLK, F_SETLKW, and those of descriptions
RULES = {
    "clone": Rule(0, NEW_NAMESPACES, {0: ALLOW}, ERROR | errno.EPERM),
    # Memory that may be there while no process is seen to hold it could not be counted.
    "mmap": Rule(3, SHARED | ANONYMOUS | HUGE, MEMORY, ERROR | errno.EPERM),
    "socket": Rule(0, ANY, SOCKETS, ERROR | errno.EAFNOSUPPORT),
    "socketpair": Rule(0, ANY, SOCKETS, ERROR | errno.EAFNOSUPPORT),
    "ioctl": Rule(1, 0xFF00, {0x5400: ALLOW}, ERROR | errno.ENOTTY),  # those of terminals and pipes
    "setsockopt": Rule(2, ANY, BUFFERS, ALLOW),
    # A lock on a file that all sandboxes read would be seen in all of them.
    "fcntl": Rule(1, ANY, FILES | LOCKS, ERROR | errno.EINVAL),
    "flock": Rule(1, ANY, {}, ERROR),
}


def install():
    """Let this process, and all that it starts, make no other calls; OSError where that fails."""
    code = ctypes.create_string_buffer(filter_of_calls(), len(filter_of_calls()))
    if _prctl(ctypes.byref(_Program(len(code) // 8, ctypes.addressof(code)))):
        raise OSError(ctypes.get_errno(), "the filter of system calls cannot be installed")


def missing():
    """Why no filter can be had, on another machine or another Linux; nothing where it can."""
    if os.uname().machine not in NEWEST:
        return f"there is no filter of system calls for {os.uname().machine}"
    _prctl(None)
    if ctypes.get_errno() != errno.EFAULT:  # as it had looked for the filter
        return "this Linux has no filters of system calls (seccomp)"
    return ""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def _prctl(program):
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.prctl(PR_SET_SECCOMP, ctypes.c_ulong(MODE_FILTER), program, 0, 0)


@functools.cache
def filter_of_calls():
    """The filter's bytes for this machine, which are best made before many processes need them."""
    return b"".join(struct.pack("HBBI", *step) for step in program(os.uname().machine))


def program(machine):
    """The filter's steps: what to do, how many to skip if so and if not, and a number."""
    name, newest = NEWEST[machine]
    unknown = (RETURN, 0, 0, ERROR | errno.ENOSYS)
    steps = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, name), unknown]
    steps += [(LOAD, 0, 0, NUMBER), (GREATER, 0, 1, newest), unknown]
    for call, number in _numbers(machine).items():
        then = _by_argument(RULES[call]) if call in RULES else [unknown]
        steps += [(EQUAL, 0, len(then), number), *then]
    return [*steps, (RETURN, 0, 0, ALLOW)]


def _by_argument(rule):
    steps = [(LOAD, 0, 0, ARGUMENTS + 8 * rule.argument), (AND, 0, 0, rule.bits)]
    for value, answer in rule.answers.items():
        steps += [(EQUAL, 0, 1, value), (RETURN, 0, 0, answer)]
    return [*steps, (RETURN, 0, 0, rule.otherwise)]


def _numbers(machine):
    """The numbers on a machine of the calls that it has, by their names."""
    with open(Path(__file__).with_name("calls.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["call"]: int(row[machine]) for row in rows if row[machine]}
