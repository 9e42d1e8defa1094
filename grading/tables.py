"""What all tables have in common, those that are read and those that are written."""

import csv
import io
import re
from pathlib import Path

# What a spreadsheet takes for a formula, also after a sign that it passes over.
FORMULA = re.compile(r"^[\s'\"]*[=+\-@＝＋－＠]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class BadTable(Exception):
    """A roster or a gradebook that cannot be used; the message says what it should have."""


def read_table(path):
    """The separator and the rows of a CSV file. Raises BadTable."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        first = text.partition("\n")[0]
        separator = ";" if first.count(";") > first.count(",") else ","
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except (OSError, ValueError, csv.Error) as error:
        raise BadTable(f"{path} cannot be read: {error}") from error
    if not rows:
        raise BadTable(f"{path} is empty.")
    return separator, [row for row in rows if any(cell.strip() for cell in row)]


def points(number):
    """A number of points as text: 2, 2.5, and nothing where there is none."""
    return "" if number is None else f"{number:.5f}".rstrip("0").rstrip(".")


def harmless(text):
    """A student's text as a cell: on one line, and no formula."""
    text = CONTROL.sub(" ", text.encode("utf-8", "backslashreplace").decode())
    return f"'{text}" if FORMULA.match(text) else text
