"""Data larger than memory: a file of rows, written and read a piece at a time."""

from pathlib import Path

import numpy as np

from lec_utils import checks


def write_rows(path, pieces):
    """Write pairs (X, y), shapes (k, d) and (k,), into a new file; return the number of rows.

    The file holds rows of d + 1 floats, y last, and nothing else. ValueError when d changes.
    """
    rows, width = 0, None
    with open(path, "wb") as file:
        for X, y in pieces:
            checks.matching(X, y)
            table = np.column_stack([X, y]).astype(float)
            width = width or table.shape[1]
            if table.shape[1] != width:
                first = f"the first piece has {width} columns with y"
                later = f"one that comes after {rows} rows has {table.shape[1]}"
                raise ValueError(f"the rows of a file are alike: {first}, and {later}.")
            file.write(table.tobytes())
            rows += len(y)
    return rows


def read_batches(path, columns, batch_size):
    """The rows of such a file as pairs (X, y) of ``batch_size`` rows, the last one smaller.

    ``columns`` is d, the number of columns of X. The file is mapped, not loaded (numpy.memmap):
    only the batch in hand takes memory. The rows come in the file's order. The first batch raises
    FileNotFoundError, or ValueError when the file does not hold whole rows.
    """
    size = Path(path).stat().st_size
    if size == 0 or size % (8 * (columns + 1)):
        whole = f"{path} does not hold whole rows of {columns + 1} numbers"
        raise ValueError(f"{whole}: is `columns` right, or was the file cut off?")
    rows = np.memmap(path, dtype=float, mode="r").reshape(-1, columns + 1)
    for first in range(0, len(rows), checks.count("batch_size", batch_size)):
        batch = np.array(rows[first : first + batch_size])
        yield batch[:, :-1], batch[:, -1]
