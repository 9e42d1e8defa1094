"""Small data sets to choose from, one x and one y each; all are on this machine already."""

from typing import NamedTuple

import numpy as np

from lec_utils.salary import salary_data
from lec_utils.tips import load_tips


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

    The first two are :func:`load_tips`; the third is made up by :func:`salary_data` with seed 0;
    the last two come with scikit-learn. Raises ValueError for another name, and ImportError where
    scikit-learn is needed and not installed.
    """
    if name not in _MAKERS:
        listed = ", ".join(f'"{known}"' for known in _MAKERS)
        raise ValueError(f"there are no data called {name!r}: choose one of {listed}.")
    x, y, x_label, y_label = _MAKERS[name]()
    return Data(np.asarray(x, dtype=float), np.asarray(y, dtype=float), x_label, y_label)


def _tips():
    tips = load_tips()
    return tips["total_bill"], tips["tip"], "bill (dollars)", "tip (dollars)"


def _party():
    tips = load_tips()
    return tips["size"], tips["tip"], "people at the table", "tip (dollars)"


def _salary():
    return *salary_data(200, np.random.default_rng(0)), "years of experience", "monthly salary"


def _diabetes():
    patients = _sklearn_datasets("diabetes").load_diabetes(scaled=False)
    bmi = patients.data[:, patients.feature_names.index("bmi")]
    return bmi, patients.target, "body mass index (kg/m²)", "progression after a year"


def _iris():
    flowers = _sklearn_datasets("iris").load_iris().data
    return flowers[:, 2], flowers[:, 3], "petal length (cm)", "petal width (cm)"


def _sklearn_datasets(name):
    try:
        from sklearn import datasets  # here, so that `import lec_utils` stays light
    except ImportError as error:
        raise ImportError(
            f'the data "{name}" come with scikit-learn, which is not installed here: type '
            "`pip install scikit-learn`. The others need nothing more."
        ) from error
    return datasets


_MAKERS = {
    "tips": _tips,
    "party": _party,
    "salary": _salary,
    "diabetes": _diabetes,
    "iris": _iris,
}
