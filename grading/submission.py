"""A submitted file: the code cells in it, or in words why there are none."""

import hashlib
import json
import re
import stat
from pathlib import Path
from typing import NamedTuple

from grading.answers import HEADING, parts

LARGEST = 64_000_000  # bytes
MANY, MOST_PARTS = 20_000_000, 8_000_000  # a file of as many bytes may have so many parts
LARGEST_CODE = 2_000_000  # characters of all code and metadata
# What files begin with that are handed in instead.
KINDS = {
    b"PK\3\4": "it is a zip or a workbook; unpack it",
    b"%PDF": "it is a PDF",
    b"\x89PNG": "it is a picture",
    b"\xff\xd8\xff": "it is a picture",
}
CONFLICT = re.compile(rb"^<<<<<<< ", re.MULTILINE)  # what Git leaves of two versions
# What only shows something: the learner's own checks and their headlines.
IDLE = re.compile(
    r"(?:from lec_utils import practice\s+)?"
    r"(?:grader\.check(?:_all)?|practice\.check)\((?:\"\w+\"|'\w+')?\)"
)


class Submission(NamedTuple):
    """``cells`` are pairs of a name and its Python; ``problem`` says why there are none.

    ``asked`` has the text of each question that is still in the notebook, by the question's name,
    and ``parts`` all cells of it; ``assignment`` and ``variant`` are what its metadata say that it
    was made of.
    """

    digest: str
    notebook: str = ""
    cells: tuple = ()
    asked: dict = {}
    problem: str = ""
    assignment: str = ""
    variant: str = ""
    parts: dict = {}


def read_submission(path):
    """Read one file, whatever is in it; no file raises."""
    data, problem = read_bytes(Path(path))
    digest = hashlib.sha256(data).hexdigest()
    if problem:
        return Submission(digest, problem=problem)
    try:
        notebook = json.loads(_text(data))
        notebook_cells = _cells(notebook)
        text = _checks(notebook)
        sources, asked = _sources(notebook_cells), _asked(notebook_cells)
    except (ValueError, RecursionError) as error:
        return Submission(digest, problem=f"this is no notebook: {_why(error, data)}")
    if not any(cell.get("cell_type") == "code" for cell in notebook_cells):
        return Submission(digest, problem="the notebook has no code cell")
    cells = tuple((f"cell {number}", code) for number, code in sources if code is not None)
    size = len(text) + sum(len(code) for _, code in cells)
    if size > LARGEST_CODE:
        allowed = f"{size / 1e6:.0f} MB of code; {LARGEST_CODE / 1e6:.0f} are allowed"
        return Submission(digest, problem=f"the notebook has {allowed}")
    made = {"assignment": _made(notebook, "assignment_name"), "variant": _made(notebook, "variant")}
    return Submission(digest, text, cells, asked, **made, parts=parts(_shown(notebook_cells)))


def read_bytes(path):
    """The content of a file, and in words what forbids to grade it; no file raises."""
    try:
        if path.is_symlink():
            return b"", "this is a link to another file, and links are not followed"
        status = path.lstat()
        if stat.S_ISDIR(status.st_mode):
            return b"", "this folder is empty, or cannot be read"
        if not stat.S_ISREG(status.st_mode):
            return b"", "this is no file"
        size = status.st_size
        if size > LARGEST:
            return b"", f"the file has {size / 1e6:.0f} MB; {LARGEST / 1e6:.0f} are allowed"
        data = path.read_bytes()
        if size > MANY and sum(map(data.count, (b"[", b"{", b","))) > MOST_PARTS:
            return b"", f"the file has {size / 1e6:.0f} MB, in too many parts to be read"
        return data, "" if size else "the file is empty"
    except OSError as error:
        return b"", f"the file could not be read ({error.strerror})"


def _text(data):
    """The text of a notebook, which Windows may have saved in UTF-16."""
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def _why(error, data):
    kinds = [words for beginning, words in KINDS.items() if data.startswith(beginning)]
    if CONFLICT.search(data):
        kinds.append("Git has left two versions of it in one file")
    begins = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:40].splitlines()
    if kinds or isinstance(error, json.JSONDecodeError) and begins and begins[0][:1] not in b"{[":
        return kinds[0] if kinds else f"it begins with “{begins[0].decode(errors='replace')}”"
    if isinstance(error, UnicodeDecodeError):
        return "it is not text in UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"its JSON breaks off or is damaged in line {error.lineno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _cells(notebook):
    """The cells of a notebook; ValueError for what is none."""
    if not isinstance(notebook, dict):
        raise ValueError("its JSON is no object")
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):  # format 3
        cells = [
            cell
            for sheet in notebook["worksheets"]
            if isinstance(sheet, dict)
            for cell in _list(sheet.get("cells"))
        ]
    if not isinstance(cells, list):
        raise ValueError("it has no list of cells")
    return [cell for cell in cells if isinstance(cell, dict)]


def _list(value):
    return value if isinstance(value, list) else []


def _checks(notebook):
    """The notebook's checks, as a notebook: a sandbox asks for nothing else, such as widgets."""
    metadata = notebook.get("metadata")
    otter = metadata.get("otter") if isinstance(metadata, dict) else None
    return json.dumps({"cells": [], "metadata": {"otter": otter}, "nbformat": 4})


def _made(notebook, what):
    """A text that `make assignments` put into the metadata; nothing where there is none."""
    try:
        found = notebook["metadata"]["otter"][what]
    except (KeyError, TypeError):
        return ""
    return found if isinstance(found, str) else ""


def _sources(cells):
    """The number and code of each code cell; None for one that only shows something.

    Jupyter numbers them so when they are run from the top; an empty one has no number there.
    """
    code = (_source(cell) for cell in cells if cell.get("cell_type") == "code")
    full = (source for source in code if source and not source.isspace())
    return [(n, None if _idle(source) else source) for n, source in enumerate(full, start=1)]


def _shown(cells):
    """The type and the text of each cell of code or of words that does more than check."""
    found = ((cell.get("cell_type"), _source(cell)) for cell in cells)
    return [(k, s) for k, s in found if k == "markdown" or (k == "code" and not _idle(s))]


def _asked(cells):
    """The text of each question, by its name; the first cell that asks it counts."""
    asked = {}
    for cell in cells:
        text = _source(cell) if cell.get("cell_type") == "markdown" else ""
        found = HEADING.search(text)
        if found:
            asked.setdefault(f"q{int(found[1])}", text[found.start() :])
    return asked


def _source(cell):
    """The text of a cell."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    # Half of a character, which JSON can hold, goes into no file.
    return source.encode(errors="replace").decode() if isinstance(source, str) else ""


def _idle(source):
    return IDLE.fullmatch(source.strip()) is not None
