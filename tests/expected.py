"""What figures should show, for all tests: `from expected import …` (pytest has this folder)."""

import base64
import re

import numpy as np

import lec_utils as lu

# The running example as lesson 1 writes it, highest power first, and where it is level.
QUARTIC = (5, -1, -5, 2, -9)
SLOPE = np.polyder(QUARTIC)
LEFT, TOP, RIGHT = np.sort(np.roots(SLOPE)).tolist()


def expected_on_the_page(figure, line, points):
    """Where matplotlib puts points given in the units of a line's axes, in the SVG's own units."""
    ax = figure.figure.axes[figure.spec()["lines"][line].get("axes", 0)]
    across, up = (ax.transScale + ax.transLimits).transform(points).T  # shares of the axes
    width, height = ax.figure.get_size_inches() * 72
    box = ax.get_position()
    return np.transpose(
        [width * (box.x0 + box.width * across), height * (1 - box.y0 - box.height * up)]
    )


def corners(path):
    """Where the corners of an SVG path of straight lines lie, whichever way it tells them."""
    return [place for part in strokes(path) for place in part]


def strokes(path):
    """The same for each of its parts that hang together, with its start again where it closes."""
    here, found = np.zeros(2), []
    for letter, told in re.findall("([MLmlhvz])([^MLmlhvz]*)", path):
        ways = [float(x) for x in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", told)]
        if letter in "hv":
            ways = [ways[0], 0.0] if letter == "h" else [0.0, ways[0]]
        for way in np.reshape(ways, (-1, 2)):
            here = here + way if letter in "mlhv" else way
            found += [[]] if letter in "mM" else []
            found[-1].append(tuple(here))
    return found


def data_of(figure, name):
    """The array that a figure carries under this name."""
    (packed,) = [packed for known, packed in figure.spec()["data"] if known == f"${name}"]
    return unpacked(packed)


def unpacked(packed):
    """The array that was packed for the browser: plain numbers, floats, or small whole numbers."""
    if not isinstance(packed, dict):
        return np.array(packed)
    kind = "<f8" if "floats" in packed else "<i2"
    told = packed.get("floats") or packed["integers"]
    return np.frombuffer(base64.b64decode(told), kind).astype(float).reshape(packed["shape"])


def tips_loss(**words):
    """The mean squared error of ŷ = θx on the tips, as lesson 4 draws it."""
    tips = lu.load_tips()
    bill, tip = tips["total_bill"].to_numpy(), tips["tip"].to_numpy()
    return lu.Function(
        lambda theta: lu.mse(theta, bill, tip),
        lambda theta: lu.mse_gradient(theta, bill, tip),
        domain=(-0.6, 0.9),
        **words,
    )
