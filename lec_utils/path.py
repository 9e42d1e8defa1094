"""The guesses of one run, as an array that can say how the run ended."""

import numpy as np


class Path(np.ndarray):
    """An array of guesses, shape (n,) or (n, d), and a ``note`` about a run that broke off.

    A part of it, or what is computed from it, has no note: that belongs to the whole run.
    """

    note = ""

    @classmethod
    def of(cls, guesses, note=""):
        """The path through ``guesses``, a list of numbers or of arrays of shape (d,)."""
        path = np.array(guesses, dtype=float).view(cls)
        path.note = note
        return path

    def __repr__(self):
        return "\n".join(filter(None, (repr(np.asarray(self)), self.note)))

    def __str__(self):
        return "\n".join(filter(None, (str(np.asarray(self)), self.note)))
