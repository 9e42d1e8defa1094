"""What all tables have in common, those that are read and those that are written."""

import csv
import io
import re
from pathlib import Path

# What a spreadsheet takes for a formula, also after a sign that it passes over.
FORMULA = re.compile(r"^[\s'\"]*[=+\-@＝＋－＠]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # a zip, as a workbook is one; an old workbook
SEPARATORS = ",;\t"
LARGE = re.compile(r"(\d)[.,](\d+)e\+?(\d\d?)", re.IGNORECASE)  # as Excel shows large numbers
NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # the line by which Excel is told


class BadTable(Exception):
    """A roster or a gradebook that cannot be used; the message says what it should have."""


def read_table(path):
    """The separator and the rows of a CSV file. Raises BadTable."""
    separator, numbered = read_rows(path)
    return separator, [row for _, row in numbered]


def read_cells(path):
    """The columns of a CSV file, and its rows as pairs of a number and the cells by column.

    The number is a spreadsheet's, blank rows counted. Columns are in lower case, and no cell has
    spaces around it. Raises BadTable.
    """
    _, ((_, header), *rows) = read_rows(path)
    header = [cell.strip().casefold() for cell in header]
    blank = dict.fromkeys(header, "")
    cells = lambda row: blank | dict(zip(header, map(str.strip, row), strict=False))
    return header, [(number, cells(row)) for number, row in rows]


def read_rows(path):
    """The separator of a CSV file, as Excel or anything else saves it, and its rows with some text.

    Each comes with its number in a spreadsheet, from 1, blank rows counted. Raises BadTable.
    """
    try:
        text = _text(Path(path).read_bytes())
        named = NAMED.match(text)
        text = text[named.end() :] if named else text
        separator = named[1] if named else max(SEPARATORS, key=lambda sign: _cells(text, sign))
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except (OSError, ValueError, csv.Error) as error:
        raise BadTable(f"{path} cannot be read: {error}") from error
    rows = enumerate(rows, start=1)
    numbered = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not numbered:
        raise BadTable(f"{path} is empty.")
    return separator, numbered


def _text(data):
    """The text of a file that may be Excel's: in Unicode, or as Windows writes western letters."""
    if data.startswith(EXCEL):
        raise ValueError("it is a workbook; save it as “CSV UTF-8” and give that")
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    if 4 * data.count(0) >= len(data):  # two bytes for a letter, and no mark
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    if 0 in data:
        raise ValueError("it is no text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _cells(text, separator):
    """How many cells a separator makes of the first line that has some text."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return next((len(row) for row in lines if any(cell.strip() for cell in row)), 0)


def column(path, header, *names):
    """The place of the column with the first of these names that is there; None without any.

    `Student ID`, `student_id` and `STUDENTID` are one name. Raises BadTable where two columns have
    it.
    """
    called = [re.sub(r"[\W_]+", "", cell.casefold()) for cell in header]
    for name in names:
        places = [place for place, text in enumerate(called) if text == name]
        if len(places) > 1:
            which = " and ".join(str(place + 1) for place in places)
            raise BadTable(f"{path}: columns {which} are both called {header[places[0]]!r}.")
        if places:
            return places[0]
    return None


def whole(cell, where):
    """A cell; 4711 where a spreadsheet has made 4.711E+03 of it. BadTable where digits are lost."""
    large = LARGE.fullmatch(cell.strip())
    if large is None:
        return cell
    first, rest, places = large[1], large[2], int(large[3])
    if len(rest) < places:
        raise BadTable(f"{where}: a spreadsheet has rounded {cell}. Save that column as text.")
    return first + rest[:places]


def points(number):
    """A number of points as text: 2, 2.5, and nothing where there is none."""
    return "" if number is None else f"{number:.5f}".rstrip("0").rstrip(".")


def harmless(text):
    """A student's text as a cell: on one line, and no formula."""
    text = CONTROL.sub(" ", text.encode("utf-8", "backslashreplace").decode())
    return f"'{text}" if FORMULA.match(text) else text
