"""One of every kind of live figure: for tests of all figures, and for the sheets."""

import numpy as np

import lec_utils as lu


def dinners():
    """Bills, and whether they were for a dinner."""
    tips = lu.load_tips()
    return tips["total_bill"], (tips["time"] == "Dinner").rename("dinner")


def hollows(theta):
    """Two hollows, at (1, 1) and (-1, -1), with a saddle at (0, 0) between them."""
    u, v = theta
    return (u**2 - 1) ** 2 + (u - v) ** 2


def hollows_gradient(theta):
    """Its gradient, shape (2,)."""
    u, v = theta
    return np.array([4 * u * (u**2 - 1) + 2 * (u - v), 2 * (v - u)])


LIVE = {  # with sliders that Python knows
    "tangent": lu.tangent_slider,
    "fog": lu.fog_slider,
    "secant": lu.secant_slider,
    "kink": lu.kink_slider,
    "chord": lu.chord_slider,
    "alpha": lu.alpha_slider,
    "loss": lambda: lu.alpha_slider(lu.square, 9, 0.3, story="loss"),
    "animation": lu.minimizing_animation,
    "fit": lambda: lu.fit_slider(*lu.course_data()),
    "fit through 0": lambda: lu.fit_slider(*lu.course_data(), intercept=False),
    "probability": lambda: lu.probability_slider(*dinners()),
    "bowl": lambda: lu.bowl_slider([[2, 1], [1, 2]], [1, -0.5], [3, -1], 0.4),
    "ball": lambda: lu.bowl_slider([[2, 1], [1, 2]], [1, -0.5], [3, -1], 0.2, beta=0.6),
    "race": lu.batch_race,
    "landscapes": lu.landscape_race,
    "surface": lambda: lu.surface_slider(lambda t: t[0] ** 2 + t[1] ** 2, (-1, 3), (-3, 1)),
    "hikers": lu.hikers,
    "hikers_on_map": lambda: lu.hikers_on_map(
        hollows, hollows_gradient, (-2, 2), (-2, 2), 0.12, highest=0.3
    ),
    "landscape": lambda: lu.surface_slider(
        hollows,
        (-1.8, 1.8),
        (-1.8, 1.8),
        gradient=hollows_gradient,
        w0=(0.1, -1.6),
        alpha=0.04,
    ),
}
DRAWN = {  # by the browser alone
    "playground": lu.playground,
    "playground_map": lambda: lu.playground("x² + 3y²", (2, 1), 0.1),
}
ASKED = {  # which show what they know once they were answered
    "flag": lambda: lu.minimizing_animation().predict("Where does it end?", flag="at(path, -1)"),
    "sketch": lambda: lu.alpha_slider(lu.square, 9, 0.05, story="loss").predict(
        "How will the loss fall?", sketch="height", over="upto(updates, last)"
    ),
    "choice": lambda: lu.tangent_slider(w0=1.2).predict(
        "Which way is down?", choose={"left": "It rises.", "right": "Look again."}, right="left"
    ),
}
GALLERY = LIVE | DRAWN | ASKED
