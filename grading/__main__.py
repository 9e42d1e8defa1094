"""The command: `python -m grading ARCHIVE.zip FOLDER --out grades/`."""

import errno
import os
import signal
import sys

from grading.archive import FULL, BadArchive
from grading.journal import BadJournal
from grading.options import parser
from grading.run import WrongUse, dry_run, run
from grading.sandbox import NoSandbox
from grading.tables import BadTable

ALL_GRADED, SOME_NOT, WRONG_USE, NO_SANDBOX = 0, 1, 2, 3


def main(arguments=None):
    """Grade a folder; returns the exit code."""
    options = parser().parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    # One thread for each worker: they are as many as the machine has cores.
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        do = dry_run if options.dry_run else run
        return ALL_GRADED if do(options) else SOME_NOT
    except (WrongUse, BadArchive, BadJournal, BadTable) as problem:
        return _say(problem, WRONG_USE)
    except NoSandbox as problem:
        return _say(problem, NO_SANDBOX)
    except OSError as problem:
        return _say(
            f"{_told(problem)}\nWhat is graded is kept; the same command goes on.", SOME_NOT
        )
    except KeyboardInterrupt:
        return _say("Stopped. What is graded is kept; the same command goes on.", 128 + 2)


def _stop(number, _):
    signal.signal(number, signal.SIG_IGN)  # once is enough
    raise KeyboardInterrupt


def _told(problem):
    """What is wrong with a disk; first of all that it is full."""
    full = problem.errno in FULL
    return f"The disk is full ({errno.errorcode[problem.errno]}): {problem}" if full else problem


def _say(words, code):
    print(words, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
