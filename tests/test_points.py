"""Points that are changed in one place only stop `make assignments`, and the place is named."""

import re

import nbformat
import pytest
from classroom import ASSIGNMENTS

from tools import assignments
from tools.course import CourseError
from tools.points import check_points

# A question of the guided practice has its points in one place: its tests share them.
GRADED = [a for a in ASSIGNMENTS if a.kind == "independent"]
each_assignment = pytest.mark.parametrize("assignment", GRADED, ids=lambda a: a.id)
POINTS = re.compile(r"(^points: |(?<!\d)(?=\d+ points?\b))(\d+)", re.MULTILINE)


def changed_in_one_place(master):
    """Copies of a master, each with one number of points one larger: where, and the notebook."""
    for at, cell in enumerate(nbformat.read(master, as_version=4).cells):
        told = cell.cell_type == "markdown" and not (
            at < 4 or re.search(r"^(\*\*Rubric\.\*\* )?2 points:", cell.source, re.MULTILINE)
        )
        first = None if told else POINTS.search(cell.source)
        if first:
            notebook = nbformat.read(master, as_version=4)
            more = str(int(first[2]) + 1)
            source = cell.source
            notebook.cells[at].source = source[: first.start(2)] + more + source[first.end(2) :]
            yield cell.id, notebook


@each_assignment
def test_stored_points_agree(assignment):
    check_points(assignment.master)


@each_assignment
def test_points_changed_in_one_place_are_refused(assignment, tmp_path):
    copy = tmp_path / assignment.kind / assignment.master.name
    copy.parent.mkdir()
    tried = 0
    for place, notebook in changed_in_one_place(assignment.master):
        nbformat.write(notebook, copy)
        with pytest.raises(CourseError, match=assignment.master.name):
            check_points(copy)
            print(place, "was let pass")
        tried += 1
    assert tried > 2 * len(assignment.questions)


def test_nothing_is_derived_from_such_a_master(tmp_path):
    master = nbformat.read(GRADED[0].master, as_version=4)
    cell = next(cell for cell in master.cells if cell.source.startswith("# BEGIN QUESTION"))
    cell.source = re.sub("points: 4", "points: 5", cell.source)
    copy = tmp_path / "independent" / GRADED[0].master.name
    copy.parent.mkdir()
    nbformat.write(master, copy)
    with pytest.raises(CourseError, match="q1 has 5 points"):
        assignments.derive(copy, into=tmp_path / "out", execute=False)
    assert not (tmp_path / "out").exists()
