"""The long valley of the data and the rules that run in it: names for claims of lesson 6.

Plain descent is in closed form; the other rules run with those slopes that the lesson gives them.
"""

from functools import cache

import numpy as np
from data_set import bends, line, table, z

from lec_utils import adagrad, adam, momentum, mse_gradient, nesterov, rmsprop


@cache
def names():
    """All that a claim may name besides what the data are."""
    made = (adagrad, adam, momentum, nesterov, rmsprop, as_it_is, divided, z, decaying, warm_up)
    made += (bowl, hiker, best_alpha, guesses, needs, best_power, fades)
    return {one.__name__: one for one in made} | valley()


def as_it_is(column):
    return column


def divided(column):
    return column / np.sqrt(np.mean(column**2))


def decaying(update):
    return 0.1 / (1 + update / 100)


def warm_up(update):
    return 0.1 * min(1, (update + 1) / 100)


@cache
def bowl(scale):
    """How the bowl over intercept and slope bends, and its lowest point, with x scaled."""
    x, y = scale(table()["x"]), table()["y"]
    return 2 * np.array([[1, np.mean(x)], [np.mean(x), np.mean(x**2)]]), np.array(line(x, y))


@cache
def valley():
    """Its bends, its slopes at (0, 0), Polyak's pair, and what his and Nesterov's balls need."""
    (m, L), (bend, lowest) = bends(table()["x"]), bowl(as_it_is)
    short, long = np.sqrt([m, L])
    alpha, ratio = 4 / (long + short) ** 2, (long - short) / (long + short)
    return {
        "m": m,
        "L": L,
        "slopes": -bend @ lowest,
        "polyak_pair": (alpha * L, ratio**2),
        "polyak": needs(momentum, alpha, beta=ratio**2),
        "promised": needs(nesterov, 1 / L, beta=ratio),
    }


def stays(away):
    """After how many updates a run is near the lowest point for 300 guesses; inf if it never is."""
    far = [-1, *np.flatnonzero(np.hypot(*away.T) > 0.01), len(away)]
    return next((a + 1 for a, b in zip(far[:-1], far[1:], strict=True) if b - a > 300), np.inf)


@cache
def hiker(alpha, scale=as_it_is):
    """How many updates plain descent from (0, 0) needs: its ways shrink by fixed factors."""
    bend, lowest = bowl(scale)
    values, axes = np.linalg.eigh(bend)
    return stays((1 - alpha * values) ** np.arange(200_001)[:, None] * (axes.T @ lowest))


def best_alpha(scale):
    """The best one for plain descent."""
    return 2 / np.trace(bowl(scale)[0])


@cache
def guesses(rule, alpha, n, scale=as_it_is, **memory):
    """The n guesses of a rule from (0, 0)."""
    x, y = scale(table()["x"]), table()["y"]
    X = np.column_stack([np.ones_like(x), x])
    return rule(lambda theta: mse_gradient(theta, X, y), [0, 0], alpha, n, **memory)[0]


@cache
def needs(rule, alpha, n=None, scale=as_it_is, **memory):
    """How many updates a rule needs, in a run as long as the lesson's."""
    n = n or (14_501 if rule is momentum else 10_001)
    return stays(guesses(rule, alpha, n, scale, **memory) - bowl(scale)[1])


@cache
def best_power(rule, scale=as_it_is):
    """The fewest that a rule needs with a power of 3 as alpha; of plain descent with ``hiker``."""
    n = 3001 if scale is as_it_is else 1001
    runs = [3.0**-k for k in range(7)]
    return min(hiker(a, scale) if rule is hiker else needs(rule, a, n, scale) for a in runs)


def fades(alpha_times_L, beta):
    """How many updates of momentum shrink the way to a hundredth, in the end."""
    pushes = alpha_times_L / valley()["L"] * np.array(bends(table()["x"]))
    left = max(abs(root) for push in pushes for root in np.roots([1, push - 1 - beta, beta]))
    return np.log(0.01) / np.log(left) if left < 1 else np.inf
