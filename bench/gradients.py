"""One pass over 10⁶ rows of two columns: numpy against a plain Python loop and scikit-learn."""

import statistics
import time

import numpy as np
from sklearn.linear_model import SGDRegressor

import lec_utils as lu

ROWS, BATCH, RUNS = 1_000_000, 1000, 5
LOOP_ROWS = 20_000  # the plain loop does these only, and its time is scaled up


def plain_gradient(theta, rows, y):
    """The gradient of the mean squared error without numpy."""
    slopes = [0.0, 0.0]
    for row, target in zip(rows, y, strict=True):
        residual = theta[0] * row[0] + theta[1] * row[1] - target
        slopes[0] += residual * row[0]
        slopes[1] += residual * row[1]
    return [2 * slope / len(y) for slope in slopes]


def seconds(act, runs=RUNS):
    """The median time of several runs, after one that does not count."""
    act()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def report():
    """Print the time of one pass in four ways, and their ratios."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(ROWS, 2))
    y = X @ [1.0, 2.0] + rng.normal(size=ROWS)
    theta = np.zeros(2)
    rows, targets = X[:LOOP_ROWS].tolist(), y[:LOOP_ROWS].tolist()
    loop = seconds(lambda: plain_gradient([0.0, 0.0], rows, targets)) * ROWS / LOOP_ROWS
    one = seconds(lambda: lu.mse_gradient(theta, X, y))
    epoch = seconds(lambda: lu.sgd(lu.mse_gradient, theta, 0.01, 1, BATCH, rng, X=X, y=y))
    library = seconds(lambda: SGDRegressor(max_iter=1, tol=None, random_state=0).fit(X, y))
    print(f"plain Python loop, one gradient   {loop * 1000:7.0f} ms (scaled up)")
    print(f"lu.mse_gradient, one gradient     {one * 1000:7.0f} ms   ratio {loop / one:.0f}")
    print(f"SGDRegressor, one epoch           {library * 1000:7.0f} ms (a row at a time, in C)")
    print(f"lu.sgd, one epoch in 1000s        {epoch * 1000:7.0f} ms   ratio {library / epoch:.1f}")
