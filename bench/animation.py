"""Building an animation of 50 guesses: ours against matplotlib's `FuncAnimation.to_jshtml`."""

import statistics
import time

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation

import lec_utils as lu

RUNS = 3
GUESSES = 50


def ours():
    return lu.minimizing_animation(lu.f, 0.0, 0.01, n=GUESSES).html()


def frames():
    """The same run as 50 pictures, the way matplotlib's documentation shows it."""
    path = lu.gradient_descent(lu.df, 0.0, 0.01, GUESSES)
    ax = lu.draw_f()
    trail = ax.plot([], [], "o")[0]
    animation = FuncAnimation(
        ax.figure,
        lambda t: trail.set_data(path[: t + 1], lu.f(path[: t + 1])),
        frames=GUESSES,
    )
    html = animation.to_jshtml()
    plt.close(ax.figure)
    return html


def timed(build):
    start = time.perf_counter()
    html = build()
    return time.perf_counter() - start, len(html.encode())


def report():
    """Print build time and size of both, and their ratios."""
    ours(), frames()  # fonts are looked up once, for both
    mine, theirs = ([timed(build) for _ in range(RUNS)] for build in (ours, frames))
    fast, slow = (statistics.median(seconds for seconds, _ in runs) for runs in (mine, theirs))
    small, large = mine[0][1], theirs[0][1]
    print(f"FuncAnimation.to_jshtml    {slow * 1000:6.0f} ms {large / 1000:8.1f} kB")
    print(
        f"minimizing_animation       {fast * 1000:6.0f} ms {small / 1000:8.1f} kB   "
        f"ratios {slow / fast:.0f} and {large / small:.0f}"
    )
