"""Feedback that Canvas hands to its students: a zip of files, one for each submission."""

import json
import zipfile
from pathlib import Path, PurePosixPath

from grading.feedback import for_student
from grading.files import replacing
from grading.page import render_text
from grading.whose import is_from_canvas

NAME = "feedback_canvas.zip"


def write_canvas_feedback(records, archive, out):
    """Write ``out/feedback_canvas.zip`` where files have the names that Canvas gave them.

    Canvas knows by its name whom a file is for, and hands it over under the name of what was handed
    in. So feedback on a notebook is a notebook. Gradebook, the assignment's menu, "Re-Upload
    Submissions"; canvas-lms, app/models/abstract_assignment.rb, generate_comments_from_files.
    """
    named = (record for record in records if is_named(record["file"]))
    first = next(named, None)
    path = Path(out) / NAME
    if first is None:
        return path.unlink(missing_ok=True)
    with replacing(path, binary=True) as file, zipfile.ZipFile(file, "w") as made:
        for record in (first, *named):
            undated = zipfile.ZipInfo(PurePosixPath(record["file"]).name)
            made.writestr(undated, _notebook(record, archive), zipfile.ZIP_DEFLATED)


def is_named(file):
    """Whether a file has a name that Canvas gave it; a name in a zip has no control characters."""
    name = PurePosixPath(file).name
    return name.isprintable() and is_from_canvas(name)


def _notebook(record, archive):
    """The feedback on a record as a notebook, in its student's words and the grader's alone."""
    values = for_student(record, archive)
    cells = [("markdown", render_text("student.md", **values))]
    for question in values["questions"]:
        cells.append(("markdown", render_text("question.md", question=question)))
        cells += [(cell["kind"], cell["text"]) for cell in question["answer"]]
        if question["comment"]:
            cells.append(("markdown", f"**Comment:**\n\n{question['comment']}"))
    cells = [_cell(n, *cell) for n, cell in enumerate(cells, start=1)]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _cell(number, kind, source):
    kind = kind if kind == "code" else "markdown"
    cell = {"cell_type": kind, "id": f"feedback-{number}", "metadata": {}, "source": source}
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})
