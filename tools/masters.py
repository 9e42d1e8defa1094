"""The masters of the practice notebooks, read: `from tools.masters import read_questions`.

A master, `solutions/masters/<kind>/<name>.ipynb`, holds text, solutions, public and hidden tests in
the format of Otter-Grader's Assign.
"""

import re
from typing import NamedTuple

import nbformat
import yaml

from tools.draws import drawn, filled

# The same YAML as yaml.safe_load's, read ten times as fast where libyaml is there.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What a learner is given in an answer cell, such as code to be repaired.
PROMPT = re.compile(
    r'^"""\s*# BEGIN PROMPT\n.*?^"""\s*;?\s*# END PROMPT\n?', re.MULTILINE | re.DOTALL
)


class MasterQuestion(NamedTuple):
    """A question of a master: its configuration, and its cells by what they are for."""

    config: dict
    asked: list  # what everybody sees, in order; code and text
    answers: list  # what stands between BEGIN SOLUTION and END SOLUTION
    tests: list

    @property
    def name(self):
        return self.config["name"]

    @property
    def slips(self):
        """By which words of its tests it shows which misconception, by the number of that."""
        return self.config.get("slips", {})

    @property
    def by_hand(self):
        return self.config.get("manual", False)


def read_names(master, key=None):
    """What was drawn for each question of a master, by its name: a dictionary of names."""
    found, names = {}, {}
    for config in filter(None, map(_begun, nbformat.read(master, as_version=4).cells)):
        found[config["name"]] = names = drawn(config, key, names)
    return found


def _begun(cell):
    """The configuration of the question that begins at a cell; None where none does."""
    begins = cell.cell_type == "raw" and cell.source.startswith("# BEGIN QUESTION")
    return yaml.load(cell.source, LOADER) if begins else None


def read_master(master, key=None):
    """A master notebook with its slots filled: as stored, or drawn for a ``key``."""
    notebook, names, question = nbformat.read(master, as_version=4), {}, None
    for cell in notebook.cells:
        if config := _begun(cell):
            names, question = drawn(config, key, names), config["name"]
        else:
            cell.source = filled(cell.source, names, question)
    return notebook


def read_questions(master, key=None):
    """The questions of a master notebook, in their order, as stored or drawn for a ``key``."""
    found, block, place = [], None, "asked"
    for cell in read_master(master, key).cells:
        mark = cell.source.split("\n")[0] if cell.cell_type == "raw" else ""
        if mark == "# BEGIN QUESTION":
            block = MasterQuestion(yaml.load(cell.source, LOADER), [], [], [])
            found.append(block)
        elif mark == "# END QUESTION":
            block = None
        elif mark in ("# BEGIN SOLUTION", "# BEGIN TESTS"):
            place = "answers" if "SOLUTION" in mark else "tests"
        elif mark.startswith("# END"):
            place = "asked"
        elif block is not None:
            getattr(block, place).append(cell)
    return found
