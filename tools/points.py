"""The points of a practice notebook are one number, wherever they stand.

A question's points, those of its tests, its rubric and the notebook's total stand in different
cells of a master; `make assignments` derives nothing from a master in which they differ.
"""

import re

import nbformat
import yaml

from tools.course import CourseError
from tools.masters import read_questions

CONFIG = re.compile(r'^""" # BEGIN TEST CONFIG\n(.*?)^"""', re.MULTILINE | re.DOTALL)
TOTAL = re.compile(r"\b(\d+) points\b")
RUBRIC = re.compile(r"(\d+(?:\.\d+)?) points?:")


def check_points(master):
    """Raise CourseError, with a line for each fault, unless all points of ``master`` agree."""
    questions = read_questions(master)
    faults = [fault for question in questions for fault in _faults(question)]
    total = sum(question.config["points"] for question in questions)
    opening = nbformat.read(master, as_version=4).cells[:4]
    for said in TOTAL.findall("\n".join(cell.source for cell in opening)):
        if int(said) != total:
            faults.append(f"the opening says {said} points, and the questions have {total:g}.")
    if faults:
        raise CourseError("\n".join(f"{master.parent.name}/{master.name}: {f}" for f in faults))


def _faults(question):
    """What does not agree in one question."""
    points, name = question.config["points"], question.name
    if question.by_hand:
        words = "\n".join(cell.source for cell in question.answers)
        most = max(map(float, RUBRIC.findall(words)), default=None)
        if most != points:
            yield f"{name} has {points:g} points, and the best in its rubric is {most}."
        return
    given = [_test_points(cell.source) for cell in question.tests]
    known, shared = sum(p for p in given if p is not None), given.count(None)
    if known > points or (not shared and known != points):
        yield f"{name} has {points:g} points, and its tests {known:g}."
    if shared and known == points:
        yield f"{name}: a test without points of its own is left with 0; write `points: 0`."


def _test_points(source):
    """The points in the configuration of a test, None where it has none."""
    config = CONFIG.search(source)
    return (yaml.safe_load(config[1]) or {}).get("points") if config else None
