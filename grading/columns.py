"""The column of a gradebook that is meant, found or asked for."""

import re
from difflib import get_close_matches

from grading.names import Names
from grading.tables import BadTable

NUMBERED = re.compile(r"(.*) \((\d+)\)")  # an assignment's title, and the number Canvas gave it
READ_ONLY = re.compile(r"read\s+only")
TOTALS = re.compile(r"(Current|Final|Override) (Score|Points|Grade|Status)")
MOST_ASKED = 12  # columns that are named where one is asked for


def find_column(path, titles, title, chosen, new):
    """The place of the column called ``title``; None where it is to be added.

    ``titles`` has for each place its title and what is written there under "Points Possible".
    ``chosen`` says that the user named it: then also by its number, or by its place, from 1 on.
    With ``new``, and where there is no other column, one that is not there is added. Otherwise
    raises BadTable, which asks.
    """
    places = {n: text for n, (text, possible) in titles.items() if not _is_computed(text, possible)}
    numbered = {n: NUMBERED.fullmatch(text) for n, text in places.items()}
    pairs = [(text, n) for n, text in places.items()]
    pairs += [(given[1], n) for n, given in numbered.items() if given]
    pairs += [(given[2], n) for n, given in numbered.items() if given and chosen]
    found = Names(pairs).find(title)
    if not found and chosen and title.isdecimal():
        found = {int(title) - 1} & set(places)
    if len(found) == 1:
        return next(iter(found))
    if not found and (new or not places):
        return None
    options = {n: given[2] if given else str(n + 1) for n, given in numbered.items()}
    asked = {n: places[n] for n in found or places}
    said = "several columns" if found else "no column to fill in that is"
    lines = _options(asked, options, title) + ([] if found else ["  --canvas-new   to add it"])
    first = f"{path} has {said} called {title!r}. Nothing was graded. Say which is meant:"
    raise BadTable("\n".join([first, *lines]))


def _is_computed(text, possible):
    """Whether Canvas computes a column by itself, and takes nothing for it."""
    return bool(READ_ONLY.search(possible) or TOTALS.search(text))


def _options(asked, options, title):
    """A line for each column that may be meant, those of a like title first."""
    near = get_close_matches(title, asked.values(), MOST_ASKED, cutoff=0.5)
    first = sorted(asked, key=lambda n: (asked[n] not in near, n))
    lines = [f"  --canvas-column {options[n]}   {asked[n]}" for n in first[:MOST_ASKED]]
    more = len(first) - MOST_ASKED
    return [*lines, f"  and {more} more"] if more > 0 else lines
