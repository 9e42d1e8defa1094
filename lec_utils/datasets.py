"""Small data sets to choose from, one x and one y each; all are on this machine already."""

from collections import namedtuple

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
