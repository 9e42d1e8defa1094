"""What figures should show, for all tests: `from expected import …` (pytest has this folder)."""

import numpy as np

import lec_utils as lu


def expected_on_the_page(figure, line, points):
    """Where the spec's box of the axes puts points given in the units of the axes."""
    spec = figure.spec()
    box = spec["axes"][spec["lines"][line]["axes"]]
    (left, right), (bottom, top) = box["x"], box["y"]
    x, y = np.transpose(points)
    return np.transpose(
        [
            box["left"] + box["width"] * (x - left) / (right - left),
            box["top"] + box["height"] * (top - y) / (top - bottom),
        ]
    )


def tips_risk(**words):
    """The mean squared error of ŷ = θx on the tips, as lesson 4 draws it."""
    tips = lu.load_tips()
    bill, tip = tips["total_bill"].to_numpy(), tips["tip"].to_numpy()
    return lu.Function(
        lambda theta: lu.mse(theta, bill, tip),
        lambda theta: lu.mse_gradient(theta, bill, tip),
        domain=(-0.6, 0.9),
        **words,
    )
