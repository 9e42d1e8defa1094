"""Data sets: small ones that came with this package, and files of rows larger than memory.

None is ever read from the network.
"""

import functools
import hashlib
from collections import namedtuple
from pathlib import Path

import numpy as np

from lec_utils import checks

SHA256 = "e54cc4d2ce1bff65d32ca60b3e4b802e06bde1d7e7caf6f796f6bf7370e863b0"  # of tips.csv
PACKAGE = Path(__file__).resolve().parent


def data_folder(package=PACKAGE):
    """Where the data are: in the package where it was installed, in the project beside it."""
    installed = package / "data"
    return installed if installed.is_dir() else package.parent / "data"


DATA_HOME = data_folder()
Data = namedtuple("Data", "x y x_label y_label")

# What data are: a file in data/, two columns of it, their names with units, and what a row is.
Source = namedtuple("Source", "file x y x_label y_label rows")
_TIP, _YEAR = "tip (dollars)", "progression after a year"
SOURCES = {
    "tips": Source("tips.csv", "total_bill", "tip", "bill (dollars)", _TIP, "meals"),
    "party": Source("tips.csv", "size", "tip", "people at the table", _TIP, "meals"),
    "salary": Source("", "", "", "years of experience", "monthly salary", "people"),  # made
    "diabetes": Source(
        "diabetes.csv", "bmi", "progression", "body mass index (kg/m²)", _YEAR, "patients"
    ),
    "iris": Source(
        "iris.csv", "petal_length", "petal_width", "petal length (cm)", "petal width (cm)", "petals"
    ),
}
COURSE = "tips"  # what the lessons are about; docs/teach/adapt.md tells how to take other data


def course_data(data_home=None):
    """The data that the lessons fit a line to: bills and tips, as from ``choose_data("tips")``.

    ``data_home`` is their file's folder, if it is not the one that came with lec_utils.
    """
    return _data(COURSE, DATA_HOME if data_home is None else data_home)


def choose_data(name):
    """One of five data sets, as (x, y, x_label, y_label), x and y of shape (n,).

    "tips": bills and tips, and "party": people at the table and tips (:func:`load_tips`, n = 244);
    "salary": years of experience and salaries (:func:`salary_data` with seed 0, n = 200);
    "diabetes": body mass index and progression after a year (n = 442), and "iris": petal length
    and width (n = 150), from ``data/``, whose README says more. Capitals do not matter.
    ValueError for another name.
    """
    known = name.strip().lower() if isinstance(name, str) else ""
    if known not in SOURCES:
        listed = ", ".join(f'"{label}"' for label in SOURCES)
        raise ValueError(f"there are no data called {name!r:.60}: choose one of {listed}.")
    return _data(known, DATA_HOME)


def _data(name, home):
    source = SOURCES[name]
    x, y = (np.array(column, dtype=float) for column in _columns(name, home))
    return Data(x, y, source.x_label, source.y_label)


@functools.cache  # a notebook and its tests read the same ones again and again
def _columns(name, home):
    if name == "salary":
        return salary_data(200, np.random.default_rng(0))
    source = SOURCES[name]
    columns = [source.x, source.y]
    path = _whole_file(source.file, home)
    table = np.genfromtxt(path, delimiter=",", names=True, usecols=columns, encoding="utf-8")
    return [table[column] for column in columns]


def load_tips(data_home=None):
    """The tips data: 244 meals in one restaurant, a pandas.DataFrame of shape (244, 7).

    Columns: ``total_bill`` and ``tip`` in US dollars, ``size`` in persons, and the categories
    ``sex``, ``smoker``, ``day`` and ``time``, each in its natural order (Thur, Fri, Sat, Sun).
    ``data_home`` is the folder of ``tips.csv``, if it is not the one that came with lec_utils;
    FileNotFoundError where it is not there, ValueError if it is not, byte for byte, the lessons'.

    Source: the seaborn-data repository, after Bryant and Smith (1995), *Practical Data Analysis:
    Case Studies in Business Statistics*. See ``data/README.md``.
    """
    import seaborn as sns  # here, not above, so that `import lec_utils` stays light

    path = _whole_file("tips.csv", DATA_HOME if data_home is None else data_home)
    # The file is there, so seaborn reads it and has no reason to ask the network.
    return sns.load_dataset("tips", data_home=str(path.parent))


def _whole_file(name, home):
    """A file in a folder; what load_tips raises where it is missing, or tips.csv is another."""
    path = Path(home).resolve() / name
    if not path.is_file():
        told = f"The data are missing: there is no file {path}. {_repair(name)}"
        raise FileNotFoundError(f"{told} If it is elsewhere, name its folder: data_home=...")
    if name == "tips.csv" and hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        told = f"The tips data are damaged: {path} is not the file the lessons were written with"
        why = "so your numbers would not match theirs. Perhaps a spreadsheet opened and saved it"
        raise ValueError(f"{told}, {why}. {_repair(name)}")
    return path


def _repair(name):
    """How to get the file back, depending on how this package came here."""
    project = PACKAGE.parent
    if (project / ".git").exists():
        return f"To get it back, type `git checkout data/{name}` in {project}."
    if (project / "pyproject.toml").exists():
        return "To get it back, download the notebooks again: it is in their folder `data`."
    return "To get it back, install lec-utils again, with `pip install --force-reinstall`."


def salary_data(n, rng, noise=500.0):
    """``n`` people: their years of experience (0 to 10, even) and salaries, arrays of shape (n,).

    salary = 1000 + 2000 · years + ε per month, the rule of a lesson by D. Voigt Godoy. ``noise`` is
    the standard deviation of the normal ε, ``rng`` a numpy Generator: a seed makes the same people.
    """
    n = checks.count("n", n)
    checks.generator(rng)
    if checks.number("noise", noise) < 0:
        raise ValueError(f"noise is a standard deviation, so it cannot be negative: got {noise}.")
    years = rng.uniform(0, 10, n)
    return years, 1000 + 2000 * years + rng.normal(0, noise, n)


def write_rows(path, pieces):
    """Write pairs (X, y), shapes (k, d) and (k,), into a new file; return the number of rows.

    The file holds rows of d + 1 floats, y last, and nothing else. ValueError when d changes.
    """
    rows, width = 0, None
    try:
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
    except (TypeError, ValueError):  # half a file would be read as a whole one
        Path(path).unlink()
        raise
    return rows


def read_batches(path, columns, batch_size):
    """The rows of such a file as pairs (X, y) of ``batch_size`` rows, the last one smaller.

    ``columns`` is d, the number of columns of X. The file is mapped, not loaded (numpy.memmap):
    only the batch in hand takes memory. The rows come in the file's order. The first batch raises
    FileNotFoundError, or ValueError when the file does not hold whole rows.
    """
    columns, batch_size = checks.count("columns", columns), checks.count("batch_size", batch_size)
    size = Path(path).stat().st_size
    if size == 0 or size % (8 * (columns + 1)):
        whole = f"{path} does not hold whole rows of {columns + 1} numbers"
        raise ValueError(f"{whole}: is `columns` right, or was the file cut off?")
    rows = np.memmap(path, dtype=float, mode="r").reshape(-1, columns + 1)
    for first in range(0, len(rows), batch_size):
        batch = np.array(rows[first : first + batch_size])
        yield batch[:, :-1], batch[:, -1]
