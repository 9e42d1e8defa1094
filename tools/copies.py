"""The reader's own copies of all notebooks, in the folder mine/, which `make lab` makes and opens.

The course's notebooks stay as they are, whatever is run, tried or saved. A copy in which nothing
was written is made anew each time. One that was changed is never overwritten: a lesson goes on
under another name, beside a fresh copy, and practice stays where it is.
"""

import hashlib
import json
import shutil
import sys
from datetime import date

from tools.course import KINDS, ROOT, CourseError, read_course

FOLDER = "mine"
# What each copy was made from: a digest of what its author wrote, by the name of the copy.
RECORD = ".made-from.json"


def refresh(root=ROOT):
    """Make all copies that are missing or were not changed; return what to tell, a line each."""
    course, mine = read_course(root), root / FOLDER
    record = _read_record(mine)
    practice = [path for kind in KINDS for path in course.practices(kind)]
    told = []
    for original in [*course.notebooks(), *practice]:
        name = original.relative_to(root / "notebooks").as_posix()
        fresh, before = digest(original), record.get(name)
        if not changed(mine / name, before or fresh):
            record[name] = fresh
        elif original in practice:
            told += [] if before in (None, fresh) else [_newer(name)]
            continue
        else:
            told.append(_moved(mine / name))
            record[name] = fresh
        copy(original, mine / name)
    (mine / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
    return told


def copy(original, target):
    """Put a notebook there, which can be written to, whatever the rights of the original."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(original, target)


def changed(path, before):
    """Whether somebody wrote in a copy: it is there, and no longer says what it was made from."""
    return path.is_file() and digest(path) != before


def digest(path):
    """A digest of what was written in a notebook, not of what came out of running it."""
    content = path.read_bytes()
    try:
        cells = json.loads(content)["cells"]
        written = [(c["cell_type"], "".join(c["source"]), c.get("attachments", {})) for c in cells]
    except (ValueError, KeyError, TypeError):
        return hashlib.sha256(content).hexdigest()  # no notebook any more: then all of it counts
    return hashlib.sha256(json.dumps(written).encode()).hexdigest()


def _read_record(mine):
    """The digests of the last time; none where there was none, or it cannot be read."""
    try:
        known = json.loads((mine / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _moved(path):
    """Give a copy that was changed the day of its last change as a name; say so."""
    day = date.fromtimestamp(path.stat().st_mtime).isoformat()
    own = path.with_stem(f"{path.stem}-{day}")
    number = 2
    while own.exists():
        own, number = path.with_stem(f"{path.stem}-{day}-{number}"), number + 1
    path.rename(own)
    return f"{path.name} was changed by you: that is {FOLDER}/{own.name} now, beside a fresh copy."


def _newer(name):
    return f"{FOLDER}/{name} is yours and stays. There is a newer one: {name} in notebooks/."


def main():
    try:
        told = refresh()
    except CourseError as error:
        sys.exit(str(error))
    for line in told:
        print(line)


if __name__ == "__main__":
    main()
