"""The running example f, and what texts say of it: the names in tests/claims/running_example.toml.

Where it has not two valleys with a hump between, or is no quartic, no text of the course is true.
"""

from functools import cache
from math import ceil

import numpy as np

from lec_utils import basins, df, diagnose, f, gradient_descent, momentum
from tools.draws import polynomial, signed

ALPHAS = np.linspace(0.005, 0.15, 300)  # of the map in lesson 3
TRIED = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)  # in lesson 2, where nobody tells the limit
SUPERSCRIPT = str.maketrans("234", "²³⁴")


@cache
def names():
    """All that a claim may name; ValueError where the running example is of another kind."""
    known = {"f": f, "df": df, "ceil": ceil, "polynomial": polynomial, "signed": signed}
    known |= {made.__name__: made for made in (path, word, end, rests, gap, tex, signs, terms)}
    known |= {made.__name__: made for made in (share, at_home, valleys, swing)}
    return known | level_places() | shape() | runs()


@cache
def polynomials():
    """The coefficients of f, of its slope and of its second derivative, highest power first."""
    places, more = np.linspace(-1, 1, 5), np.linspace(*f.domain, 50)
    found = np.linalg.solve(np.vander(places), f(places)).round(9)
    if not np.allclose(np.polyval(found, more), f(more)):
        raise ValueError("the lessons' running example is a quartic, and f is none.")
    return found.tolist(), np.polyder(found).tolist(), np.polyder(found, 2).tolist()


@cache
def level_places():
    """left, top and right, where f is level, and its global and its local minimum."""
    roots = np.roots(polynomials()[1])
    if np.any(np.iscomplex(roots)) or polynomials()[0][0] < 0:
        raise ValueError("the lessons' running example has two valleys, and f has not.")
    left, top, right = sorted(roots.real)
    deep, other = (left, right) if f(left) < f(right) else (right, left)
    return {"left": left, "top": top, "right": right, "deep": deep, "other": other}


def shape():
    """What the curve looks like; ``slipped`` is the slope with Ann's slip of a sign."""
    place, (cubic, bend) = level_places(), polynomials()[1:]
    h = np.linspace(0.01, 1, 100)
    return {
        "polynomials": polynomials(),
        "slipped": [*cubic[:2], -cubic[2], cubic[3]],
        "two_valleys": place["deep"] == place["left"],  # and a hump, or there were no names at all
        "secants": (f(h) - f(0)) / h,
        "left_limit": 2 / np.polyval(bend, place["left"]),  # of alpha, where runs rest there
    }


def runs():
    """The runs that lessons make: the table of 50 guesses, the ball, six alphas, B of the map."""
    steps, ends = np.abs(np.diff(path(0.0, 0.01, 50))), ends_of_b()
    return {
        "steps": steps,
        "largest": steps.argmax() + 1,
        "ball": rolling_ball(),
        "words": [word(0.0, alpha, 16) for alpha in TRIED],
        "column_of_b": [*dict.fromkeys(ends)],
        "crossing": ALPHAS[ends.index("other")] if "other" in ends else np.nan,
        "far_out": word(-1.5, 0.1, 300),
    }


def path(w0, alpha, n):
    return gradient_descent(df, w0, alpha, n)


def rests(w0, beta):
    """The valley where a ball of lesson 6 rests."""
    last = momentum(df, w0, 0.01, 1001, beta=beta)[0][-1]
    place = level_places()
    return min(place["left"], place["right"], key=lambda valley: abs(valley - last))


def swing(w0):
    """The ball of lesson 6 that its readers play."""
    return momentum(df, w0, 0.01, 151, beta=0.9)[0].tolist()


@cache
def map_of_luck():
    """The starts and memories of lesson 6's map, and which of its balls rest in the deep valley."""
    starts, betas = np.linspace(-1.5, 1.5, 301), np.linspace(0.5, 0.98, 49)
    ends = np.array([momentum(df, starts, 0.01, 1001, beta=beta)[0][-1] for beta in betas])
    place = level_places()
    return starts, betas, abs(ends - place["deep"]) < abs(ends - place["other"])


def share(beta):
    """How many of its balls with this memory rest in the deep valley: 0.57."""
    _, betas, deep = map_of_luck()
    return np.mean(deep[abs(betas - beta).argmin()])


def at_home(beta):
    """Whether each of them rests in the valley where it starts."""
    starts, betas, deep = map_of_luck()
    left_is_deep = level_places()["deep"] == level_places()["left"]
    left = starts < level_places()["top"]
    return np.array_equal(deep[abs(betas - beta).argmin()], left == left_is_deep)


def valleys(start):
    """Where balls from this start rest as their memory grows: ["other", "deep", "other"]."""
    starts, _, deep = map_of_luck()
    found = np.where(deep[:, abs(starts - start).argmin()], "deep", "other").tolist()
    return [one for one, before in zip(found, [None, *found], strict=False) if one != before]


def word(w0, alpha, n):
    """What `lu.diagnose` calls such a run."""
    return diagnose(path(w0, alpha, n)).word


def end(w0, alpha):
    """The level place at which a run of 1000 guesses rests, or nan."""
    last, place = path(w0, alpha, 1000)[-1], level_places()
    return next((x for x in (place["left"], place["right"]) if abs(last - x) < 1e-4), np.nan)


def gap(a, b):
    """Chord minus curve between a and b."""
    t = np.linspace(0, 1, 41)[1:-1]
    return t * f(a) + (1 - t) * f(b) - f(t * a + (1 - t) * b)


def ends_of_b():
    """The ends of the runs from 0, as alpha grows."""
    places = [level_places()[name] for name in ("deep", "other")]
    ends = basins(df, [0.0], ALPHAS, places, tol=1e-5).ravel()
    return [{0: "deep", 1: "other"}.get(one, "none") for one in ends.tolist()]


def rolling_ball():
    """The ball of lesson 1, which starts at 1.1."""
    return momentum(df, 1.1, 0.02, 81, beta=0.8)[0].tolist()


def tex(order):
    """f, its slope or its second derivative in TeX."""
    return polynomial(polynomials()[order], "w")


def signs(order):
    """The same with signs of Unicode: 5w⁴ − w³ − 5w² + 2w − 9."""
    text = tex(order)
    for power in "234":
        text = text.replace(f"^{power}", power.translate(SUPERSCRIPT))
    return text.replace("-", "−")


def terms(order):
    """The terms of f or its slope, as cells of a table in TeX."""
    first, *others = tex(order).replace("- ", "-").replace("+ ", "+").split(" ")
    return " | ".join(f"${term}$" for term in (first, *others))
