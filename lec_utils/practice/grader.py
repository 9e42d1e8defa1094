"""`practice.check("q1")` in a practice notebook: its stored checks, run on what was written.

The checks are those that Otter-Grader's Assign stores in the notebook's metadata, and Otter's own
``otter.Notebook`` could run them, too. It is not used here: it costs a student two seconds at each
start and 30 packages of 200 MB, among them a browser for PDFs (`python -m bench checks`); it finds
the notebook by its file name, so that a renamed file has no checks any more; and it keeps a log of
pickled results beside the notebook.
"""

import inspect
import json
from pathlib import Path

from lec_utils.practice.cases import read_cases, run_case
from lec_utils.practice.verdict import Note, Summary, Verdict

# The project's own notebooks, for a kernel that runs elsewhere (Colab, say). Where lec_utils was
# installed from a wheel there is no such folder.
LIBRARY = Path(__file__).resolve().parents[2] / "notebooks"


RUN_FROM_THE_TOP = (
    "This notebook has not been run yet, or its kernel was restarted: run it from the top. "
    "In JupyterLab that is Run, then Run All Above Selected Cell."
)


def check(question=None):
    """What the notebook's ``grader`` says of a question, or of all; a Note where there is none."""
    namespace = inspect.currentframe().f_back.f_globals
    grader = namespace.get("grader")
    if not isinstance(grader, Grader):
        return Note(RUN_FROM_THE_TOP)
    return grader.verdict(question, namespace) if question else grader.summary(namespace)


class Grader:
    """Runs the checks of one practice notebook.

    ``assignment`` is the name in the notebook's own metadata, so the file may be renamed or copied.
    ``graded`` says that other checks run when it is graded: passing those here is then called
    passing so far. Raises FileNotFoundError when no notebook here has that name.
    """

    def __init__(self, assignment, graded=False):
        self._graded = graded
        self._checks = _stored_checks(assignment)

    def check(self, question):
        """Run the checks of ``question``, such as "q1", on the notebook as it is now."""
        return self.verdict(question, inspect.currentframe().f_back.f_globals)

    def check_all(self):
        """Run the checks of every question."""
        return self.summary(inspect.currentframe().f_back.f_globals)

    def summary(self, namespace):
        """The verdicts on all questions, answered in ``namespace``."""
        return Summary([self.verdict(question, namespace) for question in self._checks])

    def verdict(self, question, namespace):
        """The verdict on one question; ValueError for one that is not here."""
        if question not in self._checks:
            known = ", ".join(self._checks)
            raise ValueError(f"there is no question {question!r} here, only {known}.")
        cases = read_cases(self._checks[question])
        outcomes = [run_case(case, namespace) for case in cases]
        return Verdict(question, outcomes, others_follow=self._graded)


def _stored_checks(assignment):
    """The test files, as text, of the notebook with that name, by question."""
    for path in [*sorted(Path.cwd().glob("*.ipynb")), *sorted(LIBRARY.glob("*/*.ipynb"))]:
        otter = _otter_metadata(path)
        if otter.get("assignment_name") == assignment and "tests" in otter:
            return otter["tests"]
    raise FileNotFoundError(
        f"the checks of {assignment!r} were not found: they are stored in the notebook itself, "
        f"and no notebook in {Path.cwd()} has them. Save the notebook in the folder it runs in, "
        "or download it again."
    )


def _otter_metadata(path):
    """What Otter stored in a notebook; empty for a file that is no notebook."""
    try:
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        return dict(metadata.get("otter", {}))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
