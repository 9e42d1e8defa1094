"""A folder of submissions: the files in it."""

import os
from pathlib import Path


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
