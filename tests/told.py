"""What the files of a folder say, for the tests that search them: `from told import texts`."""

import json
import zlib

import nbformat

from tools.course import ROOT
from tools.editions import is_note
from tools.leaks import text_of


def texts(folder):
    """Name → text of every file, of Sphinx's packed inventory, too."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): text(path) for path in files}


def text(path):
    content = path.read_bytes()
    if path.suffix == ".inv":  # four lines, and the rest is packed
        *head, packed = content.split(b"\n", 4)
        content = b"\n".join([*head, zlib.decompress(packed)])
    return text_of(path.name, content)


def index(site):
    """Sphinx's index of the site, which its search reads."""
    script = (site / "searchindex.js").read_text(encoding="utf-8")
    return json.loads(script[script.index("(") + 1 : script.rindex(")")])


def notes(course):
    """Lesson and note, as they stand in the repository."""
    return [
        (lesson, cell)
        for lesson in course.lessons
        for cell in nbformat.read(ROOT / lesson.path, as_version=4).cells
        if is_note(cell)
    ]


def forgetful(edition, note):
    """The mutant of tools.editions.edition that leaves this one note in."""

    def made(notebook, audience):
        cells = edition(notebook, audience)
        place = next((i for i, cell in enumerate(notebook.cells) if cell.id == note.id), None)
        if place is not None and note.id not in {cell.id for cell in cells.cells}:
            cells.cells.insert(place, note)
        return cells

    return made
