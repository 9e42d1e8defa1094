"""Files that are there, whole, only when all of them has been written."""

import contextlib
import os
from pathlib import Path


@contextlib.contextmanager
def replacing(path, binary=False):
    """A file to write in; it takes the place of ``path`` at the end, and not after an error.

    It takes text, or with ``binary`` bytes.

    What a killed run leaves beside it, the next one writes over. Lines end as they are written.
    """
    unfinished = Path(path).with_name(".unfinished")
    try:
        how = {"mode": "wb"} if binary else {"mode": "w", "encoding": "utf-8", "newline": ""}
        with open(unfinished, **how) as file:
            yield file
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    os.replace(unfinished, path)
