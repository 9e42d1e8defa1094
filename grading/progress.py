"""How far the grading is, for whoever waits for it."""

import shutil
import sys

from tqdm import tqdm

SECONDS_BETWEEN_LINES = 5.0
WIDEST = 80  # characters of a bar


def progress(records, count, known):
    """The records one by one, while standard error tells how many of ``count`` are done.

    It is a bar in a terminal, and elsewhere a line every few seconds. ``known`` more are graded
    already. When this generator is closed the bar is left, on a line of its own.
    """
    before = f"; {known} are graded already" if known else ""
    print(f"{count} to grade{before}.", file=sys.stderr)
    shown = {"total": count, "unit": "file", "disable": count == 0, "miniters": 1}
    if sys.stderr.isatty():
        columns, lines = shutil.get_terminal_size()  # unlike tqdm's own, never 0
        shown |= {"ncols": min(columns, WIDEST), "nrows": lines}
    else:
        shown |= {"file": _Lines(sys.stderr), "mininterval": SECONDS_BETWEEN_LINES}
    with tqdm(records, **shown) as bar:
        yield from bar


class _Lines:
    """A stream for a bar in a log, where nothing can be written over: each state is a line."""

    def __init__(self, stream):
        self._stream = stream

    def write(self, text):
        """Write one state, without the signs that go back to the start of the line."""
        if text.strip():
            print(text.strip(), file=self._stream, flush=True)

    def flush(self):
        """Nothing is held back."""
