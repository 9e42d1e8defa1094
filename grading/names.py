"""Names as people write them: when two of them mean the same, and several in a row."""

import re
import unicodedata
from collections import defaultdict

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
APOSTROPHES = "'`´’‘ʼ"
APART = re.compile(r"[-–—_.,;\s]+")  # what stands between words


def plain(name):
    """A name in one form of Unicode (NFC), with single spaces and none around it."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def folded(name):
    """A name without what a hurry or a spreadsheet changes: case, zeros before a number, `.0`.

    And without signs that nobody sees, such as come along when it is copied from a page.
    """
    name = plain("".join(c for c in name if c.isascii() or unicodedata.category(c) != "Cf"))
    name = name.casefold()
    number = name.removesuffix(".0")
    return (number.lstrip("0") or "0") if number.isdecimal() else name


def _spellings(name):
    """A name by its words, in any order, without accents: “Müller, José” is `JoseMueller`.

    Nothing of one with digits, where the order counts.
    """
    if any(map(str.isdigit, name)):
        return set()
    spelt = set()
    for letters in (folded(name).translate(UMLAUTS), folded(name)):
        words = [word for word in APART.split(_plain_letters(letters)) if word]
        turned = (words[n:] + words[:n] for n in range(len(words)))
        spelt |= {" ".join(sorted(words)), *map("".join, turned)}
    return spelt


def _plain_letters(name):
    """A name without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(c for c in letters if not unicodedata.combining(c) and c not in APOSTROPHES)


def listed(names):
    """Names as one writes them: "q1, q2 and q3"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


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


class PeoplesNames(Names):
    """Names of people: where no other means one, also in any order and spelling of their words."""

    def __init__(self, pairs):
        pairs = list(pairs)
        super().__init__(pairs)
        self._spelt = defaultdict(set)
        for name, meant in pairs:
            for spelling in _spellings(name) - {""}:
                self._spelt[spelling].add(meant)

    def find(self, name):
        """All whom a name means."""
        found = super().find(name)
        return found or set().union(*(self._spelt.get(each, ()) for each in _spellings(name)))
