"""Losses of linear models, each an average over the data, with their gradients.

Shapes: for ŷ = θx, ``theta`` is a number and ``X`` has shape (n,); for ŷ = Xθ, ``theta`` has shape
(d,) and ``X`` has shape (n, d). ``y`` has shape (n,) in both. A gradient has the shape of ``theta``
and the unit of the loss per unit of ``theta``. All raise ValueError when the shapes do not match.
"""

import numpy as np

from lec_utils import checks


def with_intercept(x):
    """``x``, shape (n,) or (n, d), behind a column of ones: shape (n, 1 + d), for ŷ = θ₀ + …."""
    if x is None:
        raise TypeError("x is None: the function that made it returned nothing.")
    if np.ndim(x) not in (1, 2):
        raise ValueError(f"x must have shape (n,) or (n, d), a row for each y, got {np.shape(x)}.")
    return np.column_stack([np.ones(len(x)), x])


def predict(theta, X):
    """The predictions ŷ, shape (n,)."""
    checks.fitting(theta, X)
    theta, X = np.asarray(theta, dtype=float), np.asarray(X, dtype=float)
    return X * theta if X.ndim == 1 else X @ theta


def mse(theta, X, y):
    """Mean squared error, (1/n) Σ (ŷ − y)², in squared units of y."""
    return float(np.mean(_residuals(theta, X, y) ** 2))


def mse_gradient(theta, X, y):
    """Its gradient, (2/n) Σ (ŷ − y) x, of theta's shape.

    >>> float(mse_gradient(1.0, [1.0, 2.0], [0.0, 0.0]))
    5.0
    """
    return np.asarray(X, dtype=float).T @ _residuals(theta, X, y) * (2 / len(y))


def mae(theta, X, y):
    """Mean absolute error, (1/n) Σ |ŷ − y|, in units of y."""
    return float(np.mean(np.abs(_residuals(theta, X, y))))


def mae_subgradient(theta, X, y):
    """A subgradient of it, (1/n) Σ sign(ŷ − y) x; a point met exactly, on a kink, counts as 0."""
    return np.asarray(X, dtype=float).T @ np.sign(_residuals(theta, X, y)) * (1 / len(y))


def _residuals(theta, X, y):
    checks.matching(X, y)
    if not np.size(y):
        raise ValueError("X and y have no rows: a loss is an average over one row at least.")
    return predict(theta, X) - np.asarray(y, dtype=float)
