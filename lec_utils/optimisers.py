"""Other rules than gradient descent's: a memory of the way, and a step for each parameter.

All take what :func:`lec_utils.gradient_descent` takes, raise what it raises, and return what
:func:`lec_utils.sgd` does: the Path, and its cost, int of shape (updates + 1,), how many gradients
had been evaluated when that guess was reached. In the formulas g is the gradient, and what is
written of a guess of d numbers holds for each of them by itself.
"""

import numpy as np

from lec_utils import checks
from lec_utils.path import follow


def momentum(derivative, w0, alpha, n, *, beta=0.9):
    """The heavy ball: v ← beta · v − alpha · g, w ← w + v; beta, from 0 to 1, is what v keeps.

    On a quadratic whose slopes grow by L at most for each unit of way, it breaks beyond
    alpha = 2(1 + beta)/L. (Polyak, 1964.)
    """
    return _roll(derivative, w0, alpha, n, beta, ahead=False)


def nesterov(derivative, w0, alpha, n, *, beta=0.9):
    """Momentum that reads the slope ahead, at w + beta · v, where the ball rolls anyway.

    (Nesterov, 1983, as Sutskever and others wrote it in 2013.)
    """
    return _roll(derivative, w0, alpha, n, beta, ahead=True)


def _roll(derivative, w0, alpha, n, beta, ahead):
    """A ball's run; it reads the slope where it is, or ``ahead``, where its speed carries it."""
    v, beta = 0.0, checks.memory("beta", beta, all_of_it=True)

    def step(g, rate):
        nonlocal v
        v = beta * v - rate * g
        return v

    return follow(derivative, w0, alpha, n, step, (lambda w: w + beta * v) if ahead else None)


def adagrad(derivative, w0, alpha, n, *, epsilon=1e-8):
    """Each number steps by alpha · g / (√s + epsilon), where s is the sum of all g² so far.

    (Duchi, Hazan and Singer, 2011.)
    """
    return _scale(derivative, w0, alpha, n, epsilon, lambda s, square: s + square)


def rmsprop(derivative, w0, alpha, n, *, beta=0.9, epsilon=1e-8):
    """As :func:`adagrad`, but it forgets: s ← beta · s + (1 − beta) · g², from s = 0.

    (Hinton, lecture 6e of *Neural Networks for Machine Learning*, 2012.)
    """
    beta = checks.memory("beta", beta)
    fade = lambda s, square: beta * s + (1 - beta) * square
    return _scale(derivative, w0, alpha, n, epsilon, fade)


def _scale(derivative, w0, alpha, n, epsilon, remember):
    """A run whose steps are divided by √s; ``remember`` puts the latest square into s."""
    s, epsilon = 0.0, checks.positive("epsilon", epsilon)

    def step(g, rate):
        nonlocal s
        s = remember(s, g**2)
        return -rate * g / (np.sqrt(s) + epsilon)

    return follow(derivative, w0, alpha, n, step)


def adam(derivative, w0, alpha, n, *, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """A step of alpha · m / (√s + epsilon): m averages g, and s averages g².

    m ← beta1 · m + (1 − beta1) · g, and s ← beta2 · s + (1 − beta2) · g². Both begin with 0, so at
    update t they are divided by 1 − beta1ᵗ and 1 − beta2ᵗ. (Kingma and Ba, 2015, algorithm 1.)
    """
    t, m, s = 0, 0.0, 0.0
    beta1, beta2 = checks.memory("beta1", beta1), checks.memory("beta2", beta2)
    epsilon = checks.positive("epsilon", epsilon)

    def step(g, rate):
        nonlocal t, m, s
        t += 1
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        size = np.sqrt(s / (1 - beta2**t)) + epsilon
        return -rate * m / (1 - beta1**t) / size

    return follow(derivative, w0, alpha, n, step)
