"""Other data have other words: what a text still says of bills, tips and dollars is named then.

A failure names the file, the cell or line, and the words. tests/claims/words.toml lists them.
"""

import re
import tomllib

from data_set import noun_and_unit
from test_claims import CLAIMS, parts
from test_example_changed import READ

from lec_utils.datasets import COURSE, SOURCES
from tools.course import ROOT

with open(CLAIMS / "words.toml", "rb") as file:
    LISTED = tomllib.load(file)
KEPT = re.compile("|".join(LISTED["kept"]["words"]) or "$^", re.IGNORECASE)
PLACES = LISTED["kept"]["places"]


def words_of(name):
    """What finds the words of a data set: its own name, its nouns, its units, and those listed."""
    source = SOURCES[name]
    nouns = {word for label in (source.x_label, source.y_label) for word in noun_and_unit(label)}
    found = {name, source.x, source.y, source.rows, *nouns, *LISTED["words"][name]} - {""}
    either = "|".join(sorted(map(re.escape, found), key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?:{either})s?(?![a-z])", re.IGNORECASE)


def files():
    """The texts of the course, but for those that rightly speak of these data."""
    found = sorted({path for pattern in (*READ, "course.toml") for path in ROOT.glob(pattern)})
    return [file for path in found if (file := path.relative_to(ROOT).as_posix()) not in PLACES]


def left(course=COURSE):
    """The words of other data, in a course that is about these: place and words."""
    old = [words_of(name) for name in LISTED["words"] if name != course]
    for file in files() if old else ():
        for at, text in parts(file):
            said = KEPT.sub(" ", text)
            found = {word[0] for words in old for word in words.finditer(said)}
            if found and f"{file}, {at}" not in PLACES:
                yield f"{file}, {at}: “{'”, “'.join(sorted(found))}”"


def test_no_text_has_words_of_other_data():
    assert not (found := [*left()]), "\n".join(found)
