"""The data of the course, and what texts say of them: the names in tests/claims/data_set.toml.

From their definition in lec_utils/datasets.py; the lines are numpy's and closed forms, no descent.
"""

import re
from functools import cache
from math import ceil

import nbformat
import numpy as np

from lec_utils import diagnose
from lec_utils.datasets import COURSE, DATA_HOME, SOURCES
from tools.course import ROOT

SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SPELLED += ("eleven", "twelve")


@cache
def names():
    """All that a claim may name."""
    known = {made.__name__: made for made in (about, absolute_line, bends, best_of, ceil, end)}
    known |= {made.__name__: made for made in (grows, hover, line, off_the_way, path, spelled)}
    known |= {made.__name__: made for made in (updates, word, z)}
    return known | {"np": np, **words(), **table(), **fits(), **probability(), **in_order()}


def words():
    """The nouns of the definition: x_is a bill, in units of dollars, y_is a tip, rows are meals."""
    source = SOURCES[COURSE]
    (x_is, unit), (y_is, _) = (noun_and_unit(label) for label in (source.x_label, source.y_label))
    return {"x_is": x_is, "y_is": y_is, "unit": unit, "rows": source.rows}


def noun_and_unit(label):
    """Of "bill (dollars)": bill and dollars."""
    noun, _, unit = label.removesuffix(")").partition(" (")
    return noun, unit


@cache
def table():
    """Their columns x and y, and the one by which lesson 4 tells yes from no, with that answer."""
    source = SOURCES[COURSE]
    column, limit = question()
    all_columns = np.genfromtxt(
        DATA_HOME / source.file, delimiter=",", names=True, dtype=None, encoding="utf-8"
    )
    x, y, more = (all_columns[name].astype(float) for name in (source.x, source.y, column))
    return {"x": x, "y": y, "n": len(x), "more": more, "many": more > limit}


def question():
    """The column and the number that lesson 4 compares, as size and 2: did more than two eat?"""
    cells = nbformat.read(ROOT / "notebooks" / "04_tips.ipynb", as_version=4).cells
    (source,) = [cell.source for cell in cells if cell.id == "formula-05-run"]
    column, limit = re.search(r'many = \(\w+\["(\w+)"\] > ([\d.]+)\)', source).groups()
    return column, float(limit)


@cache
def fits():
    """The line through the origin, its limit of alpha, the line, and how its bowl bends."""
    x, y = table()["x"], table()["y"]
    slope = np.linalg.lstsq(x[:, None], y)[0][0]
    small, large = bends(x)
    return {
        "best": slope,
        "mean_square": np.mean(x**2),
        "limit": 1 / np.mean(x**2),
        "shares": y / x,
        "ratio": large / small,
        "wrong_rows": len(y[5::20]),
        "wrong": np.where(np.arange(len(y)) % 20 == 5, 10 * y, y),
    }


def line(x, y):
    """Intercept and slope of the least squares, in closed form."""
    slope = np.cov(x, y, bias=True)[0, 1] / np.var(x)
    return np.mean(y) - slope * np.mean(x), slope


def z(column):
    return (column - np.mean(column)) / np.std(column)


def bends(x):
    """The smallest and the largest bend of the bowl over intercept and slope: 2 × 2, by hand."""
    half, product = 1 + np.mean(x**2), 4 * np.var(x)
    root = np.sqrt(half**2 - product)
    return half - root, half + root


def off_the_way(a, b):
    """Degrees between the step against the gradient at (a, b) and the way to the lowest point."""
    x, y = table()["x"], table()["y"]
    errors = y - a - b * x
    down, way = complex(np.mean(errors), np.mean(errors * x)), complex(*line(x, y)) - complex(a, b)
    return abs(np.degrees(np.angle(down / way)))


def path(start, alpha, k):
    """Guess k of the run for the line through the origin: each update has the same factor."""
    found = fits()
    return found["best"] + (start - found["best"]) * (1 - 2 * alpha / found["limit"]) ** k


def end(start, alpha):
    """Whether a long run for that line comes to rest, and where."""
    return path(start, alpha, 10_000) if abs(1 - 2 * alpha / fits()["limit"]) < 1 else np.inf


def word(start, alpha, k):
    """What `lu.diagnose` calls such a run of k guesses."""
    return diagnose([path(start, alpha, i) for i in range(k)]).word


def updates(column, y):
    """How many updates bring the loss within 1e-6 of the lowest, with the best single alpha."""
    X = np.column_stack([np.ones_like(column), column])
    values, ways = np.linalg.eigh(2 / len(y) * X.T @ X)
    short = (ways.T @ np.linalg.lstsq(X, y)[0]) ** 2 * values / 2
    factors = 1 - 2 / values.sum() * values
    return next((k for k in range(100_000) if short @ factors ** (2 * k) < 1e-6), np.inf)


@cache
def probability():
    """Where the probability of lesson 4 is one half, in standard deviations, by Newton's method."""
    X = np.column_stack([np.ones_like(table()["x"]), z(table()["x"])])
    theta = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-X @ theta))
        theta -= np.linalg.solve(X.T @ (X * (p * (1 - p))[:, None]), X.T @ (p - table()["many"]))
    return {"half": -theta[0] / theta[1]}


def best_of(y):
    """The slope of the line through the origin with the least squared error."""
    x = table()["x"]
    return x @ y / (x @ x)


def absolute_line(y):
    """The slope of the line through the origin with the least mean absolute error: a median."""
    x = table()["x"]
    order = np.argsort(y / x)
    weights = np.cumsum(np.abs(x[order]))
    return (y / x)[order][np.searchsorted(weights, weights[-1] / 2)]


@cache
def in_order():
    """The slope on standardised x after ten epochs, row by row, in the order of x."""
    x, y = table()["x"], table()["y"]
    order, at = np.argsort(x, kind="stable"), z(x)
    a = b = 0.0
    for i in [*order] * 10:
        error = a + b * at[i] - y[i]
        a, b = a - 0.02 * 2 * error, b - 0.02 * 2 * error * at[i]
    return {"sorted_slope": b, "z_line": line(at, y)}


@cache
def hover(first, decay=np.inf):
    """How far the last 1000 guesses spread, row by row for 50 epochs, as alpha decays."""
    x, y = table()["x"], table()["y"]
    rng, guesses = np.random.default_rng(1), [0.0]
    for k, i in enumerate(i for _ in range(50) for i in rng.permutation(len(x))):
        alpha = first / (1 + k / decay)
        guesses.append(guesses[-1] - alpha * 2 * (guesses[-1] * x[i] - y[i]) * x[i])
    return np.std(guesses[-1000:])


def grows(a, b):
    """Whether two columns grow with one another."""
    return np.corrcoef(a, b)[0, 1] > 0.3


def about(value):
    """A number to two digits: 470."""
    return f"{float(f'{value:.2g}'):g}"


def spelled(count):
    """A small count in words: twelve."""
    return SPELLED[count] if count < len(SPELLED) else f"{count}"
