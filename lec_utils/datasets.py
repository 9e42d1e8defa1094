"""Data sets: small ones, one x and one y each, and files of rows that are larger than memory.

The small ones are on this machine already.
"""

from collections import namedtuple
from pathlib import Path

import numpy as np

from lec_utils import checks
from lec_utils.tips import DATA_HOME, load_tips

Data = namedtuple("Data", "x y x_label y_label")


def choose_data(name):
    """One of five data sets, as (x, y, x_label, y_label), x and y of shape (n,).

    "tips": bills and tips, and "party": people at the table and tips (:func:`load_tips`, n = 244);
    "salary": years of experience and salaries (:func:`salary_data` with seed 0, n = 200);
    "diabetes": body mass index and progression after a year (n = 442), and "iris": petal length
    and width (n = 150), from ``data/``, whose README says more. ValueError for another name.
    """
    if name not in _LABELS:
        listed = ", ".join(f'"{known}"' for known in _LABELS)
        raise ValueError(f"there are no data called {name!r}: choose one of {listed}.")
    x, y = (np.asarray(column, dtype=float) for column in _columns(name))
    return Data(x, y, *_LABELS[name])


_LABELS = {
    "tips": ("bill (dollars)", "tip (dollars)"),
    "party": ("people at the table", "tip (dollars)"),
    "salary": ("years of experience", "monthly salary"),
    "diabetes": ("body mass index (kg/m²)", "progression after a year"),
    "iris": ("petal length (cm)", "petal width (cm)"),
}


def _columns(name):
    if name == "salary":
        return salary_data(200, np.random.default_rng(0))
    if name in ("tips", "party"):
        return load_tips()[["total_bill" if name == "tips" else "size", "tip"]].to_numpy().T
    return np.genfromtxt(DATA_HOME / f"{name}.csv", delimiter=",", skip_header=1, unpack=True)


def salary_data(n, rng, noise=500.0):
    """``n`` people: their years of experience (0 to 10, even) and salaries, arrays of shape (n,).

    salary = 1000 + 2000 · years + ε per month, the rule of a lesson by D. Voigt Godoy. ``noise`` is
    the standard deviation of the normal ε, ``rng`` a numpy Generator: a seed makes the same people.
    """
    n = checks.count("n", n)
    if checks.number("noise", noise) < 0:
        raise ValueError(f"noise is a standard deviation, so it cannot be negative: got {noise}.")
    years = rng.uniform(0, 10, n)
    return years, 1000 + 2000 * years + rng.normal(0, noise, n)


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
