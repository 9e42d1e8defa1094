"""A folder of submissions: the files in it."""

import os
from pathlib import Path, PurePosixPath

# What systems and programs leave beside the files of people.
LEFT_BY_MACHINES = {
    *("__macosx", "__pycache__", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"),
    *("$recycle.bin", "system volume information", "lost+found"),
    "submission_metadata.yml",  # Gradescope's list of all submissions
}


def find_files(folder, but=None):
    """The names, relative to ``folder``, of all that is in it and below, except in ``but``.

    Links are named and not followed; so are folders that are empty or cannot be read.
    """
    found, bare, but = [], [], but and Path(but).resolve()
    for top, folders, files in os.walk(folder, onerror=lambda error: bare.append(error.filename)):
        below = [os.path.join(top, name) for name in folders]
        found += [os.path.join(top, name) for name in files] + list(filter(os.path.islink, below))
        if not below and not files:
            bare.append(top)
        folders[:] = [Path(path).name for path in below if Path(path).resolve() != but]
    names = (Path(path).relative_to(folder).as_posix() for path in found + bare)
    return sorted(name for name in names if name != ".")


def is_stray(name):
    """Whether a machine left a file there: it is hidden, or in a hidden folder, and no notebook.

    `.ipynb_checkpoints/`, `__MACOSX/`, `._anna.ipynb` and the like are copies of what a student
    has handed in, or nothing of his.
    """
    *folders, last = PurePosixPath(name).parts
    hidden = last.startswith(("._", "~$")) or last[0] == "." and not last.endswith(".ipynb")
    of_machines = any(part.casefold() in LEFT_BY_MACHINES for part in (*folders, last))
    return hidden or of_machines or any(part[0] == "." for part in folders)
