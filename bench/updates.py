"""The cost of one update as the data grow: all rows, or a batch of 100.

The arithmetic grows like the number of rows; where the rows outgrow the processor's caches, and
the intermediate results ask for new memory each time, the time grows faster than that.
"""

import time

import numpy as np

import lec_utils as lu

SIZES = (10**2, 10**3, 10**4, 10**5, 10**6, 10**7)
BATCH = 100


def per_update(X, y):
    """Seconds for one gradient, the best of enough tries to fill a tenth of a second."""
    best, end = np.inf, time.perf_counter() + 0.1
    while time.perf_counter() < end:
        start = time.perf_counter()
        lu.mse_gradient(0.0, X, y)
        best = min(best, time.perf_counter() - start)
    return best


def report():
    """Print both costs for each size, and how they grow from 10⁴ to 10⁷ rows."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=SIZES[-1])
    y = 2 * X
    batch = {n: per_update(X[:n], y[:n]) for n in SIZES}
    mini = {}
    for n in SIZES:
        rows = np.sort(rng.integers(0, n, BATCH))
        mini[n] = per_update(X[rows], y[rows])
        print(
            f"{n:10,} rows: all {batch[n] * 1e6:9.1f} µs, {BATCH} of them {mini[n] * 1e6:5.1f} µs"
        )
    print(
        f"ratios from 10⁴ to 10⁷ rows: all {batch[10**7] / batch[10**4]:.0f}, "
        f"a batch {mini[10**7] / mini[10**4]:.1f}"
    )
