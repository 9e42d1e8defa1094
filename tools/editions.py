"""The two editions of the course: for students, and for teachers, who get all.

Students get the lessons without the teacher's notes, and nothing of docs/teach, whose pages hold
answers. tools/withheld.py searches what was made for students for all of that.
"""

import argparse
import copy
import re

import nbformat

from tools.cells import slide_type

STUDENTS, TEACHERS = AUDIENCES = ("students", "teachers")
# A part of a page for one of the two, between lines: <!-- for teachers --> … <!-- to here -->
PART = re.compile(r"<!-- for (\w+) -->\n(.*?)<!-- to here -->\n", re.DOTALL)


def command(module, default=STUDENTS):
    """A parser for a command that makes an edition: it knows --audience, and describes itself."""
    parser = argparse.ArgumentParser(description=module.splitlines()[0])
    parser.add_argument("--audience", choices=AUDIENCES, default=default, help="who will read it")
    return parser


def is_note(cell):
    """Whether a cell is for the teacher alone."""
    return slide_type(cell) == "notes"


def edition(notebook, audience):
    """The notebook as its audience gets it: a copy, for students without the teacher's notes."""
    made = copy.deepcopy(notebook)
    if audience == STUDENTS:
        made.cells = [cell for cell in made.cells if not is_note(cell)]
    return made


def stored_edition(content, audience):
    """The same of a notebook's file, as bytes; one in which all is for all stays as it is."""
    notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
    made = edition(notebook, audience)
    if made == notebook:
        return content
    return (nbformat.writes(made).rstrip("\n") + "\n").encode("utf-8")


def page_edition(text, audience):
    """A page without the parts that are for the other audience."""
    return PART.sub(lambda found: found[2] if found[1] == audience else "", text)
