"""The roster: a table of who is in the class, and which file is whose."""

from grading.names import plain
from grading.tables import BadTable, column, read_rows, whole

FILE = ("file", "filename", "files", "notebook")
STUDENT = (
    *("student", "studentid", "studentnumber", "studentname", "sid", "idnumber", "id"),
    *("matrikelnummer", "matriculationnumber", "name", "fullname"),
)
FIRST, LAST = ("firstname", "givenname", "vorname"), ("lastname", "surname", "nachname")
LOGIN = ("login", "username", "email", "emailaddress")


def read_roster(path):
    """The students by file, from a CSV with the columns `file` and `student`.

    A file may be given by its path in the folder, its name with or without ending, its folder, or
    these without what they are decorated with. Without a file, or a column of them, a student is
    known by his own name. Raises BadTable.
    """
    _, ((_, header), *rows) = read_rows(path)
    file, student = column(path, header, *FILE), _students_columns(path, header)
    found = {}
    for number, row in rows:
        where = f"{path}, row {number}"
        who = whole(" ".join(filter(None, (_cell(row, place) for place in student))), where)
        name = _cell(row, file).replace("\\", "/") or who
        if name and row != header:
            _check(where, name, who, found)
            found[name] = who
    return dict(sorted(found.items()))


def _students_columns(path, header):
    """The places of what a student is called: one, or his first and last name."""
    names = [column(path, header, *names) for names in (FIRST, LAST)]
    for places in ([column(path, header, *STUDENT)], names, [column(path, header, *LOGIN)]):
        if None not in places:
            return places
    raise BadTable(
        f"{path} needs the columns `file` and `student`, or `student` alone; it has {header}. "
        "Rename the ones that are meant."
    )


def _check(where, name, who, found):
    """Raise BadTable where a row says what cannot be."""
    if not who:
        raise BadTable(f"{where} gives {name} to nobody.")
    if plain(found.get(name, who)) != plain(who):
        two = f"{found[name]} and {who}"
        raise BadTable(f"{where} gives {name} to more than one student: {two}.")


def _cell(row, place):
    return row[place].strip() if place is not None and place < len(row) else ""
