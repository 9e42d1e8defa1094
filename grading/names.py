"""Names as people write them: when two of them mean the same."""

import unicodedata
from collections import defaultdict


def plain(name):
    """A name in one form of Unicode (NFC), with single spaces and none around it."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def folded(name):
    """A name without what a hurry or a spreadsheet changes: case, zeros before a number, `.0`."""
    name = plain(name).casefold()
    number = name.removesuffix(".0")
    return (number.lstrip("0") or "0") if number.isdecimal() else name


class CanvasID(str):
    """A number that Canvas put into a file's name: a student's ID, and no other key of another."""


class Names:
    """``Names([(name, whom it means), …])``: who is meant, where a name may mean several."""

    def __init__(self, pairs):
        self._exact, self._folded = defaultdict(set), defaultdict(set)
        for name, meant in pairs:
            if plain(name):
                self._exact[plain(name)].add(meant)
                self._folded[folded(name)].add(meant)

    def find(self, name):
        """All whom a name means: those who are called just so, or else but for its case."""
        return self._exact.get(plain(name)) or self._folded.get(folded(name), set())
