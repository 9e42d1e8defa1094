"""Small data sets to choose from, one x and one y each; all are on this machine already."""

from typing import NamedTuple

import numpy as np

from lec_utils.salary import salary_data
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


def _tips(column):
    tips = load_tips()
    return tips[column], tips["tip"]


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
