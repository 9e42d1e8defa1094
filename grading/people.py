"""Students, known by what a table says: their name, as written by hand, or an alias."""

import difflib
import hashlib
import unicodedata
from collections import defaultdict

from grading.tables import harmless


def alias(student):
    """What a student is called where nobody is to know who it is: always the same."""
    digest = hashlib.sha256(unicodedata.normalize("NFC", student).encode("utf-8", "surrogatepass"))
    return f"anonymous-{digest.hexdigest()[:10]}"


class People:
    """Students, found by all that a spreadsheet may have made of their names."""

    def __init__(self, students):
        self._exact = {name: s for s in students for name in (s, harmless(s).strip(), alias(s))}
        self._alike = defaultdict(set)
        for name, student in self._exact.items():
            self._alike[_key(name)].add(student)

    def find(self, name):
        """A student by what stands in a sheet; None where it is nobody's name, or that of two."""
        alike = self._alike.get(_key(name), ())
        return self._exact.get(name) or (next(iter(alike)) if len(alike) == 1 else None)

    def named(self, name):
        """The same, but ValueError where there is none."""
        found = self.find(name)
        if found is None:
            near = difflib.get_close_matches(_key(name), self._alike, 1)
            hint = f"; perhaps {min(self._alike[near[0]])!r}" if near else ""
            raise ValueError(f"no student is called {name!r}{hint}")
        return found


def _key(name):
    """A name as it may be written otherwise; a spreadsheet takes the zeros before a number."""
    name = unicodedata.normalize("NFC", name).strip().casefold()
    return name.lstrip("0") if name.isdecimal() else name
