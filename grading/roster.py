"""The roster: a table of who is in the class, and which file is whose."""

from collections import Counter

from grading.tables import BadTable, column, read_table

FILE = ("file", "filename", "files", "notebook")
STUDENT = ("student", "studentid", "studentnumber", "studentname")


def read_roster(path):
    """The students by file, from a CSV with the columns `file` and `student`.

    A file may be given by its path in the folder, its name with or without ending, its folder, or
    these without what they are decorated with. Without a file, or a column of them, a student is
    known by his own name. Raises BadTable.
    """
    _, (header, *rows) = read_table(path)
    file, student = column(path, header, *FILE), column(path, header, *STUDENT)
    if student is None:
        raise BadTable(
            f"{path} needs the columns `file` and `student`, or `student` alone; it has {header}. "
            "Rename the ones that are meant."
        )
    pairs = [(_cell(row, file), _cell(row, student)) for row in rows]
    nobody = [name for name, who in pairs if name and not who]
    if nobody:
        raise BadTable(f"{path} gives {nobody[0]} to nobody.")
    pairs = {(name or who, who) for name, who in pairs if who}
    doubled = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    if doubled:
        raise BadTable(f"{path} gives {min(doubled)} to more than one student.")
    return dict(sorted(pairs))


def _cell(row, place):
    return row[place].strip() if place is not None and place < len(row) else ""
