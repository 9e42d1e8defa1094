"""Tables as the grader's own spreadsheet opens them by a double click."""

import csv
from typing import NamedTuple

from grading.files import replacing
from grading.tables import points, read_table


class Style(NamedTuple):
    """What stands between cells and in numbers, and before all: Excel needs the byte order mark to
    see that a table is UTF-8, and takes the separator that its own language has.
    """

    separator: str = ","
    decimal: str = "."
    mark: str = ""

    def points(self, number):
        """A number of points as a cell."""
        return self.number(points(number))

    def number(self, text):
        """A number with a decimal point as a cell."""
        return text.replace(".", self.decimal)

    def write(self, path, rows):
        """Write a table; it takes the place of ``path`` when it is whole."""
        with replacing(path) as file:
            file.write(self.mark)
            csv.writer(file, delimiter=self.separator, lineterminator="\n").writerows(rows)


PLAIN = Style()  # as programs read it
ENGLISH = Style(mark="\ufeff")
GERMAN = Style(";", ",", "\ufeff")


def sheet_style(semicolons, given):
    """The style of a sheet to fill in: as the tables, at the paths ``given``, that a spreadsheet of
    the grader's has written, if they were not asked for with ``semicolons`` anyway.
    """
    german = semicolons or any(read_table(path)[0] == ";" for path in given)
    return GERMAN if german else ENGLISH
