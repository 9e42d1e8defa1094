"""Students, known by what a table says: their name, as written by hand, or an alias."""

import difflib
import hashlib
import unicodedata

from grading.names import PeoplesNames, folded
from grading.tables import harmless


def alias(student):
    """What a student is called where nobody is to know who it is: always the same."""
    digest = hashlib.sha256(unicodedata.normalize("NFC", student).encode("utf-8", "surrogatepass"))
    return f"anonymous-{digest.hexdigest()[:10]}"


class People:
    """Students, found by all that a spreadsheet may have made of their names."""

    def __init__(self, students):
        self._exact = {name: s for s in students for name in (s, harmless(s).strip(), alias(s))}
        self._names = PeoplesNames(self._exact.items())

    def find(self, name):
        """A student by what stands in a sheet; None where it is nobody's name, or that of two."""
        meant = self._names.find(name)
        return self._exact.get(name) or (next(iter(meant)) if len(meant) == 1 else None)

    def named(self, name):
        """The same, but ValueError where there is none."""
        found = self.find(name)
        if found is None:
            near = difflib.get_close_matches(folded(name), map(folded, self._exact), 1)
            hint = f"; perhaps {min(self._names.find(near[0]))!r}" if near else ""
            raise ValueError(f"no student is called {name!r}{hint}")
        return found
