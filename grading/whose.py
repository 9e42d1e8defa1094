"""Whose a file is, where no table says so: a student's name is what tells files apart.

A name is cut free of what it is decorated with (dates, copies, the assignment), and nothing else:
two files are one student's only where they differ in nothing but that. Of a path, the folder is
the student where folders are as many as what lies in them has names; else it is what lies in it.
Only then are words left out that most students have, and only where names stay apart.
"""

import itertools
import re
from collections import Counter, defaultdict
from pathlib import PurePosixPath

from grading.names import CanvasID, plain

MOST = 4  # dates of one student's files, or numbers of files in his folder: more are a class
FEWEST_DIGITS = 3  # of a number that can stand for a student; fewer number a file
NUMBERED = re.compile(r"(?!(?:19|20)\d\d(?![^\W_]))(?=(?:[^\W\d_]*\d){4})[^\W_]+")  # and no year

MONTH = r"""(?: jan(?:uary?)? | feb(?:ruary?)? | mar(?:ch)? | märz? | apr(?:il)? | ma[iy]
    | jun[ei]? | jul[iy]? | aug(?:ust)? | sep(?:t(?:ember)?)? | o[ck]t(?:ober)? | nov(?:ember)?
    | de[cz](?:ember)? )"""
DAY, YEAR, TWO = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:19|20)\d\d", r"(?:0[1-9]|[12]\d|3[01])"
TIME = r"""
    [-_\s,.]*(?:at|um|t)?[-_\s]*
    (?: \d\d?[-_.:h]\d\d(?:[-_.:m]\d\d)?s?(?:\s*[ap]m)?
    | \d{3,4}\s*[ap]m | \d{6} | (?<=t)\d{4} )z?(?![^\W_])
"""
DATES = rf"""
    (?<!\d)(?:
        {YEAR}(?P<a>[-_.\s]){DAY}(?P=a){DAY}
        | {DAY}(?P<b>[-_.\s]){DAY}(?P=b){YEAR}(?!(?P<d>[-_.\s])(?:0?\d|1[0-2])(?P=d){DAY}(?!\d))
        | {DAY}(?P<c>[-.]){DAY}(?P=c)\d\d
        | {DAY}[-_.\s]*{MONTH}[-_.\s]*{YEAR} | {MONTH}[-_.\s]*{DAY}[-_.,\s]+{YEAR}
        | (?<![^\W_])(?:{YEAR}{TWO}{TWO} | {TWO}{TWO}{YEAR})(?=[\W_]|t\d|$)
    )(?!\d)(?:{TIME})?
"""
COPY = "(?:copy|kopie|copie|copia|duplicate|checkpoint)"
COPIES = rf"""
    \((?:\d+|[^()]*{COPY}[^()]*)\)
    | (?<![^\W_])(?: {COPY}(?:\s?\d\d?|\s(?:of|von|de)(?=\s))?
    | final\d* | draft\d* | late | (?:v|ver(?:sion)?[-_.\s]?)\d{{1,3}}(?:\.\d+)* | rev(?:ision)?\d+
    | (?:hw|homework|assignment)\d* | assignsubmission | attempt | notebook | ipynb
    | (?:exercises?|ex|practice|pset|worksheet|blatt|aufgabe)[-_\s]?\d{{0,2}}
    | (?:re)?submi(?:ssions?|t|tted) | solved | solutions? | corrected | updated | completed
    | abgabe\d* | l(?:ö|oe)sung(?:en)? | korrigiert
    )(?![^\W_])
"""
GAP = r"[-–—_.,;+\s]*"  # what stands between a name and what it is decorated with
# What a download calls a file or its folder: who, perhaps LATE, a number of his, and then a number
# of the file (Canvas) or that it is one (Moodle).
DOWNLOAD = re.compile(
    r"(?P<who>.+?)(?:_LATE)?_(?P<number>\d+)_(?:\d+_.|(?:text|link)\.html|(?P<moodle>assignsub))",
    re.DOTALL,
)
ANONYMOUS = re.compile(r"(?:LATE_)?anon_(?:LATE_)?[^_]+_\d+_.")
LATE = re.compile(r"(?:(?:(?!_\d+_\d)[^A-Z])*_)?LATE_(?:\d+|anon_[^_]+)_\d+_")
BRIGHTSPACE = re.compile(r"\d+-\d+ - (?P<who>.+?) - [^-]*\d{4}[^-]* - .+")
NOTEBOOK = re.compile(r"\.ipynb(?:\.[a-z]{2,4})?(?: ?\(\d+\))?$", re.IGNORECASE)


def _nobody(name, alone=False):
    """What a table without students says of any name."""


def students_of(names, assignment=(), listed=_nobody, known=_nobody):
    """The student of each file, by its name relative to the folder.

    ``assignment`` are words that the assignment is called by. Tables are asked first: ``listed``
    gives the student to whom one gives a file, ``known`` whom one has by a name (``alone``: and
    nobody else by another key), or None.
    """
    cut = _Cut(assignment)
    found = {name: _asked(name, listed, known, cut) for name in names}
    rest = [name for name in names if found[name] is None]
    return found | (_downloaded(names, rest, cut) or _told_apart(rest, cut, {*found.values()}))


def is_from_canvas(name):
    """Whether Canvas can have given a file its name: with two numbers, which are no date."""
    last = PurePosixPath(name).name
    found = DOWNLOAD.match(_cutter(DATES).sub("", plain(last)))
    return ANONYMOUS.match(last) is not None or bool(found) and not found["moodle"]


def is_late(name):
    """Whether Canvas says, by the name it gave a file, that it came late."""
    return LATE.match(PurePosixPath(name).name) is not None


def _asked(name, listed, known, cut):
    """The student whom a table has for a file; None where none has."""
    path = PurePosixPath(name)
    parts = (*path.parts[:-1], _stem(path))
    free = [cut.free(part) for part in parts]
    named = (part for pair in zip(parts, free, strict=True) for part in pair if _is_name(part))
    numbers = (CanvasID(found["number"]) for found in map(cut.download, path.parts) if found)
    students = itertools.chain(
        map(listed, (name, "/".join(parts), path.name, *reversed(parts), path.stem, *free)),
        map(known, itertools.chain(numbers, named)),
    )
    found = next((student for student in students if student is not None), None)
    return found or (None if any(map(cut.download, path.parts)) else _by_number(free, known))


def _by_number(parts, known):
    """The one student whom a table has by a number beside a name: 4711 of `anna_4711`; or None."""
    words = {word for part in parts for word in re.findall(r"[^\W_]+", part)}
    found = {known(word, alone=True) for word in words if NUMBERED.fullmatch(word)} - {None}
    return found.pop() if len(found) == 1 else None


def _stem(path):
    """A file's name without its ending, `.ipynb.txt` too; of Brightspace's download, who it is."""
    if found := BRIGHTSPACE.fullmatch(path.name):
        return found["who"]
    without = NOTEBOOK.sub("", path.name)
    return (path.stem if without == path.name else without) or path.name


def _is_name(text):
    """Whether a text can stand for a student: it has a letter, or a long number."""
    return any(c.isalpha() for c in text) or sum(map(str.isdigit, text)) >= FEWEST_DIGITS


def _downloaded(names, rest, cut):
    """The students of ``rest``, where all names are a download's and their numbers differ."""
    found = {n: next(filter(None, map(cut.download, PurePosixPath(n).parts)), None) for n in names}
    if not all(found.values()):
        return {}
    who, numbers = defaultdict(set), defaultdict(set)
    for each in found.values():
        who[each["number"]].add(each["who"])
        numbers[each["who"]].add(each["number"])
    if len(who) < 2 or any(len(several) > 1 for several in who.values()):
        return {}
    alone = {name for name, several in numbers.items() if len(several) == 1}
    return {n: _of_download(found[n], alone) for n in rest}


def _of_download(found, alone):
    """By what a student is known: Canvas' number, or Moodle's name where nobody shares it."""
    if not found["moodle"]:
        return CanvasID(found["number"])
    return found["who"] if found["who"] in alone else f"{found['who']}_{found['number']}"


class _Cut:
    """Cuts names free of what they are decorated with; the assignment's words are among that."""

    def __init__(self, assignment):
        copies = f"{COPIES} | {_words(assignment)}"
        self._dates, self._copies = _cutter(DATES), _cutter(copies)
        self._all = _cutter(f"{DATES} | {copies}")

    def free(self, name):
        """A name without dates and the like."""
        return _without(self._all, name)

    def download(self, name):
        """What a download says in a name, or None; a date is none of its numbers."""
        return DOWNLOAD.match(self._dates.sub("", plain(name)))

    def all(self, names):
        """Names without dates and the like; with dates where those tell too many apart."""
        kept = {name: _without(self._copies, name) for name in names}
        dated = defaultdict(set)
        for name in names:
            dated[self.free(name)].add(kept[name])
        return {n: kept[n] if len(dated[self.free(n)]) > MOST else self.free(n) for n in names}


def _words(words):
    """A pattern of these words where they stand alone, whatever joins them; or of nothing."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    several = "|".join(re.sub(r"[-_.\s]+", r"[-_.\\s]*", re.escape(word)) for word in longest)
    return rf"(?<![^\W_])(?:{several})(?![^\W_])" if several else "(?!)"


def _cutter(pattern):
    return re.compile(rf"(?P<gap>{GAP})(?:{pattern}){GAP}", re.VERBOSE | re.IGNORECASE)


def _without(cutter, name):
    """What is left of a name; one of the signs that stood around a cut stays where two parts meet.

    A zero character, which no file's name has, marks a cut.
    """
    left = cutter.sub(lambda cut: f"\0{cut['gap'][:1]}", plain(name))
    left = re.sub(rf"^(?:\0{GAP})+|(?:\0{GAP})+$", "", left)
    return re.sub(rf"(?:\0({GAP}))+", lambda cut: cut[0].replace("\0", "")[:1] or "_", left)


def _told_apart(names, cut, taken):
    """The students of files of whom only the names are known; nobody is called as ``taken`` are."""
    raw = {n: (*PurePosixPath(n).parts[:-1], _stem(PurePosixPath(n))) for n in names}
    free = cut.all({part for parts in raw.values() for part in parts})
    keys, shortest = _keys({n: tuple(map(free.get, parts)) for n, parts in raw.items()}, raw), {}
    for key, text in keys.values():
        shortest[key] = min(shortest.get(key, text), text, key=lambda text: (len(text), text))
    shown = _shown(shortest, taken)
    return {name: shown[key] for name, (key, _) in keys.items()}


def _keys(paths, raw):
    """By file the parts of its path that name the student, from the top, and the last one uncut."""
    keys, depth = {}, 1
    while left := {name: path for name, path in paths.items() if name not in keys}:
        below = _below(left, depth)
        places = _places(below, all(path[:depth] in below for path in left.values()))
        for name, path in left.items():
            end = depth if len(path) == depth else places.get(path[:depth])
            if end:
                uncut = plain(raw[name][end - 1]) or raw[name][end - 1]
                key = (*path[: depth - 1], "/".join(path[depth - 1 : end]) or uncut)
                keys[name] = tuple(filter(None, key)), uncut
        depth += 1
    return keys


def _below(paths, depth):
    """By each folder that can be a student's, what is right below it.

    Where a folder has notebooks, what else is in it (data, pictures) says nothing.
    """
    found = {True: defaultdict(set), False: defaultdict(set)}
    for name, path in paths.items():
        if len(path) > depth and path[depth - 1]:
            is_notebook = NOTEBOOK.search(name) is not None
            found[is_notebook][path[:depth]].add(path[depth])
    return {**found[False], **found[True]}


def _places(below, alone):
    """Where, by folder, the student's part of the path ends: at it, or right below it.

    Nowhere yet, where folders are sections of a class. ``alone``: there is nothing beside them.
    """
    names = {folder: set(filter(_is_name, parts)) for folder, parts in below.items()}
    count = Counter(name for each in names.values() for name in each)
    several = [name for each in names.values() if len(each) > 1 for name in each]
    shared = sum(count[name] > 1 for name in several)
    if alone and len(below) == 1:
        ((folder, parts),) = below.items()
        return {} if count or len(parts) > MOST else {folder: len(folder)}
    if len(count) <= len(below) and 2 * shared >= len(several):
        return {folder: len(folder) for folder in below}
    if count.total() >= 2 * len(below):
        return {}
    return {folder: len(folder) + (len(each) > 1) for folder, each in names.items()}


def _shown(uncut, taken):
    """What each is called: the shortest of his names that is a name, and that nobody else has."""
    words = [set(re.split(r"[-–—_.,;+\s]+", key[-1])) for key in uncut]
    count = Counter(word for each in words for word in each if word)
    most = max(2, len(uncut) // 2 + 1, min(len(uncut), 3))
    common = _cutter(_words(word for word, times in count.items() if times >= most))
    names = {
        key: [*filter(_is_name, (_without(common, key[-1]), key[-1])), text, "/".join(key)]
        for key, text in uncut.items()
    }
    had = Counter(name for each in names.values() for name in set(each)) + Counter(set(taken))
    return {key: next((n for n in of if had[n] == 1), of[-1]) for key, of in names.items()}
