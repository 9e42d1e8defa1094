"""What moves on the site's own pages, which tools/build_site.py asks for by name."""

import json

import numpy as np

import lec_utils as lu

# The land of the front page: waves (height, waves in 2π, shift), summed over 0 to 10.
LAND = ((1.1, 0.55, -3.77), (0.8, 2.0, -1.89), (0.06, 5.0, 1.0))
FAR = ((0.5, 0.9, 1.0), (0.35, 2.3, 0.4), (0.05, 7.0, 0.0)), ((0.4, 1.3, 4.0), (0.2, 3.1, 2.0))
START, ALPHA = 7.75, 0.12  # of the walk


def figures():
    """Name → HTML of each figure; a page of docs/ includes it as _generated/<name>.html."""
    words = {"playground": {}, "door": {"caption": ""}}
    # Narrow enough for a picture and what is under it to stand on a laptop's screen at once.
    played = {
        name: f'<div style="max-width:36rem">{figure.html()}</div>'
        for name, some in words.items()
        for figure in [lu.playground("sin(x) + x²/10", 8, 0.8, **some)]
    }
    return {**played, "fog": fog()}


def fog():
    """The land and the ridges behind it; docs/_static/fog.js puts the fog and the walker there."""
    x = np.linspace(0, 10, 241)
    far, near = (ridge(x, waves, 1.2) for waves in FAR)
    # Its lowest place is at 0 of the picture's height, its highest at 1.
    land = height(x, LAND)
    low, high = land.min(), land.max()
    told = {"waves": LAND, "low": low, "high": high, "start": START, "alpha": ALPHA}
    paths = (
        ("far", 0.42 + 0.22 * far),
        ("near", 0.30 + 0.22 * near),
        ("land", 0.10 + 0.62 * (land - low) / (high - low)),
    )
    drawn = "".join(f'<path class="{name}" d="{outline(x, up)}"/>' for name, up in paths)
    data = json.dumps(told).replace('"', "&quot;")
    return (
        f'<div class="fog-land" data-land="{data}">'
        f'<svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'
        "</div>"
    )


def height(x, waves):
    return sum(a * np.sin(b * x + c) for a, b, c in waves)


def ridge(x, waves, most):
    return height(x, waves) / most


def outline(x, up):
    """The SVG path of a filled ridge whose heights ``up`` are shares of the picture."""
    points = " ".join(f"{100 * a:.0f},{1000 * (1 - b):.0f}" for a, b in zip(x, up, strict=True))
    return f"M0,1000L{points}L1000,1000Z"
