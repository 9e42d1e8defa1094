"""Wrong answers to independent practice 3."""

from answers import Wrong

DG = "def dg(x):\n    return {}\n\n\n"
DDG = "def ddg(x):\n    return {}"
RIGHT_DG, RIGHT_DDG = "4 * x**3 - 12 * x**2 + 12 * x", "12 * x**2 - 24 * x + 12"


def slopes(dg=RIGHT_DG, ddg=RIGHT_DDG):
    """The answer to question 1, right but for what is given."""
    return DG.format(dg) + DDG.format(ddg)


def limit(expression):
    """The function alpha_limit that returns this expression."""
    return f"def alpha_limit(a, b, c):\n    return {expression}"


GRID = """
def is_convex_on(f, low, high):
    x = np.linspace(low, high, 41)
    y = np.array([f(one) for one in x])
    return bool({})
"""

CORNER = """
def descend_to_corner(df, x0, alpha, n):
    guesses = [x0]
    while len(guesses) < n:
        {}
    return guesses
"""


def corner(body):
    """A run whose loop has this body."""
    return CORNER.format(body.replace("\n", "\n        "))


def read(a=2, b=5, c=4, d=0, e=1):
    """The answers to question 6, right but for what is given."""
    return f"read_a, read_b, read_c, read_d, read_e = {a!r}, {b!r}, {c!r}, {d!r}, {e!r}"


def pair(works, fails, chosen="iris"):
    """The answer to question 7 with these expressions."""
    return f"""chosen = "{chosen}"
data = lu.choose_data("{chosen}")
works = {works}
fails = {fails}"""


WRONG = [
    Wrong("q1", "first again", slopes(ddg=RIGHT_DG), says="differentiate once more", earns=1),
    Wrong("q1", "third", slopes(ddg="24 * x - 24"), says="differentiate once less", earns=1),
    Wrong("q1", "sign", slopes(dg="-4 * x**3 + 12 * x**2 - 12 * x"), says="wrong sign", earns=1),
    Wrong("q1", "a term's sign", slopes(ddg="12 * x**2 + 24 * x + 12"), says="one term", earns=1),
    Wrong("q1", "no constant", slopes(ddg="12 * x**2 - 24 * x"), says="constant", earns=1),
    Wrong(
        "q1",
        "not differentiated",
        slopes("x**4 - 4 * x**3 + 6 * x**2"),
        says="the height of the curve",
        earns=1,
    ),
    Wrong("q1", "one left blank", DG.format(RIGHT_DG) + DDG.format("..."), says="nothing", earns=1),
    Wrong("q2", "1 / L", limit("1 / (2 * a)"), says="in one step"),
    Wrong("q2", "a for L", limit("2 / a"), says="takes a for L"),
    Wrong("q2", "L itself", limit("2 * a"), says="that is L itself"),
    Wrong("q2", "the public case", limit("0.25"), says="another quadratic", earns=1),
    Wrong("q2", "the vertex", limit("-b / (2 * a)"), says="is not right yet", earns=1),
    Wrong(
        "q3",
        "the wrong way round",
        GRID.format("np.all(y[1:-1] >= (y[:-2] + y[2:]) / 2 - 1e-9)"),
        says="which is higher there",
    ),
    Wrong(
        "q3",
        "one wide chord",
        GRID.format("(f(low) + f(high)) / 2 >= f((low + high) / 2) - 1e-9"),
        says="one wide chord",
        earns=1,
    ),
    Wrong(
        "q3",
        "the first three alone",
        GRID.format("y[1] <= (y[0] + y[2]) / 2 + 1e-9"),
        says="the first ones",
        earns=1,
    ),
    Wrong(
        "q3",
        "no room for rounding",
        GRID.format("np.all(y[1:-1] <= (y[:-2] + y[2:]) / 2)"),
        says="refutes a straight line",
        earns=2,
    ),
    Wrong(
        "q3",
        "strictly convex only",
        GRID.format("np.all(y[1:-1] < (y[:-2] + y[2:]) / 2)"),
        says="refutes a straight line",
        earns=1,
    ),
    Wrong("q3", "always convex", GRID.format("True"), says="it calls the quartic convex"),
    Wrong("q3", "never convex", GRID.format("False"), says="calls x² not convex"),
    Wrong(
        "q3",
        "one valley",
        GRID.format("np.sum(np.diff(np.sign(np.diff(y))) > 0) <= 1"),
        says="calls -x² convex",
        earns=1,
    ),
    Wrong("q4", "every squared error", "convex_losses = 'abcd'", says="b: that takes every"),
    Wrong("q4", "straight in x only", "convex_losses = 'ae'", says="c: that asks whether"),
    Wrong("q4", "a corner for a hump", "convex_losses = 'ac'", says="e: that takes a corner"),
    Wrong("q4", "theta squared", "convex_losses = 'acde'", says="try x = 1"),
    Wrong("q4", "the others", "convex_losses = 'bd'", says="a: is this model linear"),
    Wrong("q4", "a list of words", "convex_losses = ['first']", says="only choices from a to e"),
    Wrong(
        "q5",
        "as it was",
        corner("guesses.append(guesses[-1] - alpha * df(guesses[-1]))"),
        says="still jumps over the corner",
    ),
    Wrong(
        "q5",
        "halved",
        corner("alpha = alpha / 2\nguesses.append(guesses[-1] - alpha * df(guesses[-1]))"),
        says="stands still",
    ),
    Wrong(
        "q5",
        "a small fixed alpha",
        corner("guesses.append(guesses[-1] - alpha / 1000 * df(guesses[-1]))"),
        says="still on its way",
    ),
    Wrong(
        "q5",
        "sign",
        corner("guesses.append(guesses[-1] + alpha / len(guesses) ** 0.5 * df(guesses[-1]))"),
        says="climb",
    ),
    Wrong(
        "q5",
        "the slope left out",
        corner("guesses.append(guesses[-1] - alpha / len(guesses) ** 0.5 * np.sign(guesses[-1]))"),
        says="does it use the df that is handed over",
        earns=1,
    ),
    Wrong("q5", "shrinks the guess", corner("guesses.append(guesses[-1] * 0.5)"), says="longer"),
    Wrong("q5", "no append", corner("alpha * df(guesses[-1])"), says="does every pass append"),
    Wrong(
        "q5",
        "one guess more",
        corner(
            "guesses.append(guesses[-1] - alpha / len(guesses) ** 0.5 * df(guesses[-1]))"
        ).replace("< n", "<= n"),
        says="60 guesses, the start first",
    ),
    Wrong("q6", "alpha to blame for the corner", read(a=5), says="A: a smaller alpha", earns=1),
    Wrong("q6", "convex, so alpha does not matter", read(b=3), says="B: this is", earns=1),
    Wrong("q6", "slow is alpha", read(c=5), says="C: its slope has an L", earns=1),
    Wrong("q6", "one minimiser", read(d=1), says="convex does not mean one minimiser", earns=1),
    Wrong("q6", "stopped is success", read(e=0), says="E: it stopped", earns=1),
    Wrong("q6", "in order", read(1, 2, 3, 4, 5), says="D: convex does not mean"),
    Wrong("q6", "out of range", read(a=7), says="from 0 to 5", earns=1),
    Wrong(
        "q7",
        "mean squared, not mean of squares",
        pair("0.97 / np.mean(data.x) ** 2", "1.03 / np.mean(data.x) ** 2"),
        says="both numbers are too large",
    ),
    Wrong(
        "q7",
        "half the limit",
        pair("0.49 / np.mean(data.x**2)", "0.51 / np.mean(data.x**2)"),
        says="The edge is higher up",
        earns=1,
    ),
    Wrong("q7", "the limit of the tips", pair("0.0021", "0.0022"), says="higher up", earns=1),
    Wrong(
        "q7",
        "2 / mean(x²)",
        pair("1.95 / np.mean(data.x**2)", "2.05 / np.mean(data.x**2)", "party"),
        says="works = 0.259858 does not converge",
    ),
    Wrong("q7", "far apart", pair("0.0001", "100.0", "salary"), says="go below 10 %"),
    Wrong("q7", "the wrong way round", pair("0.0022", "0.0021", "tips"), says="fails larger"),
    Wrong("q7", "no such data", "chosen = 'cars'\nworks, fails = 1.0, 1.05", says="no data called"),
]
