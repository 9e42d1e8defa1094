"""Small data sets to choose from, one x and one y each; all are on this machine already."""

from typing import NamedTuple

import numpy as np

from lec_utils import checks
from lec_utils.tips import DATA_HOME, load_tips


class Data(NamedTuple):
    """``x`` and ``y``, shape (n,), and what they are, with their units."""

    x: np.ndarray
    y: np.ndarray
    x_label: str
    y_label: str


def choose_data(name):
    """One of five data sets, as (x, y, x_label, y_label), x and y of shape (n,).

    ============  =====================  ==============================  ====
    name          x                      y                               n
    ============  =====================  ==============================  ====
    "tips"        bill, dollars          tip, dollars                    244
    "party"       people at the table    tip, dollars                    244
    "salary"      years of experience    monthly salary                  200
    "diabetes"    body mass index        progression after a year        442
    "iris"        petal length, cm       petal width, cm                 150
    ============  =====================  ==============================  ====

    The first two are :func:`load_tips`, the third is made up by :func:`salary_data` with seed 0,
    the last two are files in ``data/``, whose README says more. ValueError for another name.
    """
    if name not in _MAKERS:
        listed = ", ".join(f'"{known}"' for known in _MAKERS)
        raise ValueError(f"there are no data called {name!r}: choose one of {listed}.")
    read, *labels = _MAKERS[name]
    x, y = (np.asarray(column, dtype=float) for column in read())
    return Data(x, y, *labels)


def salary_data(n, rng, noise=500.0):
    """``n`` people: their years of experience (0 to 10, even) and their salaries.

    Returns two arrays of shape (n,). ``noise`` is the standard deviation of the normal noise, in
    the salary's unit; ``rng`` a numpy Generator, so that a seed makes the same people again.
    The rule is that of a lesson by D. Voigt Godoy: salary = 1000 + 2000 · years + ε, per month.
    """
    n = checks.count("n", n)
    if checks.number("noise", noise) < 0:
        raise ValueError(f"noise is a standard deviation, so it cannot be negative: got {noise}.")
    years = rng.uniform(0, 10, n)
    return years, 1000 + 2000 * years + rng.normal(0, noise, n)


def _tips(column):
    return load_tips()[[column, "tip"]].to_numpy().T


def _columns(file):
    return np.genfromtxt(DATA_HOME / file, delimiter=",", skip_header=1, unpack=True)


_MAKERS = {
    "tips": (lambda: _tips("total_bill"), "bill (dollars)", "tip (dollars)"),
    "party": (lambda: _tips("size"), "people at the table", "tip (dollars)"),
    "salary": (
        lambda: salary_data(200, np.random.default_rng(0)), "years of experience", "monthly salary"
    ),
    "diabetes": (
        lambda: _columns("diabetes.csv"), "body mass index (kg/m²)", "progression after a year"
    ),
    "iris": (lambda: _columns("iris.csv"), "petal length (cm)", "petal width (cm)"),
}  # fmt: skip
