"""What is told of a run while it goes on: a bar in a terminal, a line now and then in a log."""

import io
import sys

import pytest

from grading.progress import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def told(monkeypatch, stream, count, known=0):
    """The records that come through, and what standard error tells of them."""
    monkeypatch.setattr(sys, "stderr", stream)
    records = list(progress(iter(range(count)), count, known))
    print("Stopped.", file=sys.stderr)
    return records, stream.getvalue()


def test_in_a_log_there_are_a_few_whole_lines(monkeypatch):
    records, text = told(monkeypatch, io.StringIO(), 20_000, known=3)
    first, *lines, last = text.splitlines()
    assert records == list(range(20_000))
    assert first == "20000 to grade; 3 are graded already." and last == "Stopped."
    assert "20000/20000" in lines[-1]
    assert len(lines) < 20 and not {"\r", ""} & {*text, *lines}


def test_in_a_terminal_there_is_one_bar_and_what_follows_has_its_own_line(monkeypatch):
    _, text = told(monkeypatch, Terminal(), 40)
    first, bar, last = text.split("\n")[:3]
    assert (first, last) == ("40 to grade.", "Stopped.")
    assert bar.count("\r") > 1 and "40/40" in bar.rpartition("\r")[2]


def test_a_run_that_is_stopped_leaves_its_bar_on_a_line_of_its_own(monkeypatch):
    def records():
        yield 1
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stderr", Terminal())
    with pytest.raises(KeyboardInterrupt):
        list(progress(records(), 2, 0))
    assert sys.stderr.getvalue().endswith("\n")
    assert "1/2" in sys.stderr.getvalue()


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_where_nothing_is_left_to_grade_there_is_no_bar(monkeypatch, stream):
    assert told(monkeypatch, stream(), 0, known=5) == (
        [],
        "0 to grade; 5 are graded already.\nStopped.\n",
    )
