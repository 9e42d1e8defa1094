"""How far the grading is, for whoever waits for it."""

import sys
import time

BAR, SECONDS_BETWEEN_LINES = 30, 5.0


class Progress:
    """A bar in a terminal, and elsewhere a line every few seconds."""

    def __init__(self, count, known):
        self._count, self._done, self._first, self._shown = count, 0, None, None
        self._bar = sys.stderr.isatty()
        before = f"; {known} are graded already" if known else ""
        print(f"{count} to grade{before}.", file=sys.stderr)

    def step(self):
        """One more is done."""
        now = time.monotonic()
        self._done += 1
        self._first = self._first or now  # the rate counts from here: starting up is no grading
        pause = 0.1 if self._bar else SECONDS_BETWEEN_LINES
        if self._shown is None or now - self._shown > pause or self._done == self._count:
            self._shown = now
            self._show(now - self._first)

    def _show(self, seconds):
        words = f"{self._done} of {self._count}"
        if seconds > 0:
            rate = (self._done - 1) / seconds
            left = round((self._count - self._done) / rate)
            words += f", {rate:.1f} a second, {left // 60}:{left % 60:02} left"
        end = "\n"
        if self._bar:
            full = BAR * self._done // self._count
            words = f"\r[{'#' * full}{'.' * (BAR - full)}] {words}  "
            end = "\n" if self._done == self._count else ""
        print(words, end=end, file=sys.stderr, flush=True)
