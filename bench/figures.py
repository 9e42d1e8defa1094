"""From key to picture in JupyterLab: each figure to play with, against its twin by `interact`."""

from bench.slider import compare

SETUP = """import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import interact
from tools.gallery import GALLERY, dinners, hollows, hollows_gradient
"""
# Each draws what ours draws, as its reader would write it; alpha is what the keys move.
TWINS = {
    "hikers": """starts = np.linspace(-1.5, 1.5, 200)
def show(alpha=0.04):
    w = starts.copy()
    for _ in range(5):  # later all have settled, and pictures are alike
        w = w - alpha * lu.df(w)
    ends = lu.basins(lu.df, starts, alpha, lu.f.minima, n=61)[0]
    x = np.linspace(-1.5, 1.5, 200)
    plt.plot(x, lu.f(x))
    plt.scatter(w, lu.f(w), c=ends)
    plt.show()
interact(show, alpha=(0.002, 0.2, 0.002));""",
    "fit": """x, y, *_ = lu.course_data()
X = lu.with_intercept(x)
T0, T1 = np.meshgrid(np.linspace(-3.5, 5.4, 61), np.linspace(-0.1, 0.31, 61))
M = np.mean((T0[..., None] + T1[..., None] * x - y) ** 2, axis=-1)
def show(theta0=0.0):
    fig, (a, b) = plt.subplots(2)
    a.scatter(x, y)
    a.plot(x, theta0 + 0.1 * x)
    b.contour(T0, T1, M)
    b.plot(theta0, 0.1, "o")
    plt.show()
interact(show, theta0=(-3.5, 5.4, 0.02));""",
    "race": """years, salary = lu.salary_data(10_000, np.random.default_rng(0))
X, y = lu.with_intercept((years - years.mean()) / years.std()), salary / 1000
rng = np.random.default_rng(0)
runs = [lu.sgd(lu.mse_gradient, [0.0, 0.0], a, 1, k, rng, X=X, y=y)[0] for a, k in
        ((0.5, 10_000), (0.5, 32), (0.1, 1))]
T0, T1 = np.meshgrid(np.linspace(-3, 20, 61), np.linspace(-3, 8, 61))
M = (T0 - X[:, 0] @ y / len(y)) ** 2 + (T1 - X[:, 1] @ y / len(y)) ** 2
def show(t=30):
    plt.contour(T0, T1, M)
    for run in runs:
        plt.plot(*run[: t + 1].T, "o-")
    plt.show()
interact(show, t=(0, 60));""",
    "landscape": """U, V = np.meshgrid(*[np.linspace(-1.8, 1.8, 21)] * 2)
Z = hollows([U, V])
path = lu.gradient_descent(hollows_gradient, [0.1, -1.6], 0.04, 50)
def show(turn=-50):
    ax = plt.figure().add_subplot(projection="3d")
    ax.plot_surface(U, V, Z)
    ax.plot(*path.T, hollows(path.T), "o-")
    ax.view_init(40, turn)
    plt.show()
interact(show, turn=(-180, 180));""",
    "playground": """def show(alpha=0.05):
    path = lu.gradient_descent(lambda x: 4 * x**3 - 3, 2.0, alpha, 20)
    x = np.linspace(-1.1, 2, 200)
    plt.plot(x, x**4 - 3 * x)
    plt.plot(path, path**4 - 3 * path, "o-")
    plt.show()
interact(show, alpha=(0.001, 0.1, 0.001));""",
}


def report():
    """Print how each figure and its twin do, and their ratios."""
    compare(
        *((name, SETUP + theirs, f'{SETUP}GALLERY["{name}"]()') for name, theirs in TWINS.items())
    )
