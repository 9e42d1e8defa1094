"""Practice that answers back: checks, pictures of one's own run, and words that help.

In a practice notebook: ``from lec_utils import practice``. The checks themselves are stored in the
notebook, in Otter-Grader's format; see ``practice/grader.py`` for why Otter is not imported.
"""

from lec_utils.practice.comparison import after, compare_curves, compare_runs
from lec_utils.practice.grader import Grader, check
from lec_utils.practice.judge import counted

__all__ = ["Grader", "after", "check", "compare_curves", "compare_runs", "counted"]
