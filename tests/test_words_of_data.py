"""Other data have other words: what a text still says of bills, tips and dollars is named then.

A failure names the file, the cell or line, and the words. tests/claims/words.toml lists them.
"""

import re
import tomllib

import pytest
from data_set import noun_and_unit
from stale import READ
from test_claims import CLAIMS, parts

from lec_utils.datasets import COURSE, SOURCES
from tools.course import ROOT

with open(CLAIMS / "words.toml", "rb") as listed:
    LISTED = tomllib.load(listed)
KEPT = re.compile("|".join(LISTED["kept"]["words"]), re.IGNORECASE)
PLACES = LISTED["kept"]["places"]


def words_of(name):
    """What finds the words of a data set: its name, columns, nouns and units, and those listed."""
    source = SOURCES[name]
    nouns = {word for label in (source.x_label, source.y_label) for word in noun_and_unit(label)}
    found = {name, source.x, source.y, source.rows, *nouns, *LISTED["words"][name]} - {""}
    either = "|".join(sorted(map(re.escape, found), key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?:{either})s?(?![a-z])", re.IGNORECASE)


def said_in(text, names):
    """The words of these data sets that a text has, but for those that are kept."""
    words = KEPT.sub(" ", text)
    return sorted({found[0] for name in names for found in words_of(name).finditer(words)})


def left(names):
    """Each cell or line of the course that has such words, but for those that are kept."""
    paths = sorted({path for pattern in READ for path in ROOT.glob(pattern)}) if names else []
    for file in (path.relative_to(ROOT).as_posix() for path in paths):
        for at, text in parts(file) if file not in PLACES else ():
            if f"{file}, {at}" not in PLACES and (found := said_in(text, names)):
                yield f"{file}, {at}: “{'”, “'.join(found)}”"


def test_no_text_has_words_of_other_data():
    found = [*left([name for name in LISTED["words"] if name != COURSE])]
    assert not found, "\n".join(found)


def test_each_text_that_has_words_of_the_data_would_be_named():
    if COURSE in LISTED["words"]:
        files = {place.partition(", ")[0] for place in left([COURSE])}
        assert {"notebooks/04_tips.ipynb", "docs/teach/demos.md", "course.toml"} <= files


@pytest.mark.parametrize("place", PLACES)
def test_each_place_that_is_kept_has_such_words(place):
    file, _, cell = place.partition(", ")
    told = [text for at, text in parts(file) if at == cell or not cell]
    assert any(words_of(name).search(text) for name in LISTED["words"] for text in told)


@pytest.mark.parametrize("text", ["Bills in dollars", '["total_bill"]', "a tip of 3 cents"])
def test_words_are_found_in_prose_and_in_code(text):
    assert said_in(text, ["tips"])


@pytest.mark.parametrize("text", ["10 per cent", "multiple meters", "`04_tips`, tips.csv", "date"])
def test_other_words_are_not(text):
    assert not said_in(text, ["tips"])
