"""Wrong answers to the independent practice of lesson 4."""

from answers import Wrong

READ = "factor_1 = {}\nanswer_1 = '{}'"
GRADIENT = "def line_gradient(theta, X, y):\n    return {}"
ABSOLUTE = """
def mae_slope(c, y):
    return {}


best_squared = {}
best_absolute = {}
"""
RIGHT_SLOPE = "(np.sum(y < c) - np.sum(y > c)) / len(y)"
LIMIT = "def largest_alpha(x):\n    return {}"
RUN = """
def run_line(x, y):
    Z = lu.with_intercept({z})
    guesses = [np.zeros(2)]
    for _ in range({times}):
        guesses.append(guesses[-1] - {alpha} * lu.mse_gradient(guesses[-1], Z, y))
    return guesses
"""
OPEN = """
chosen = {chosen!r}
x_6, y_6, *_ = {{{{ data }}}}
z_6, m_6, s_6 = {z}, x_6.mean(), x_6.std()
path_6 = lu.gradient_descent(
    lambda theta: lu.mse_gradient(theta, lu.with_intercept(z_6), y_6), [0.0, 0.0], {alpha}, {n}
)
a_6, b_6 = path_6[-1]
theta_6 = {theta}
"""
TRANSLATED = "[a_6 - b_6 * m_6 / s_6, b_6 / s_6]"


def gone(z="(x - np.mean(x)) / np.std(x)", times="{{ n - 1 }}", alpha="{{ alpha }}"):
    """An answer to question 5 with one thing changed."""
    return RUN.format(z=z, times=times, alpha=alpha)


def fitted(chosen, theta=TRANSLATED, z="(x_6 - x_6.mean()) / x_6.std()", alpha=0.2, n=60):
    """An answer to question 6 with one thing changed."""
    return OPEN.format(chosen=chosen, theta=theta, z=z, alpha=alpha, n=n)


WRONG = [
    Wrong(
        "q1",
        "turning is diverging",
        READ.format("{{ -factor }}", "{{ at('a') }}"),
        "do the steps grow or shrink",
    ),
    Wrong(
        "q1",
        "stopped is done",
        READ.format("{{ factor }}", "{{ at('b') }}"),
        "its budget was used up",
        1,
        shows=(11,),
    ),
    Wrong(
        "q1",
        "alpha is the step",
        READ.format("{{ step }}", "{{ at('c') }}"),
        "takes alpha for the step length",
        shows=(6,),
    ),
    Wrong(
        "q1",
        "turned round",
        READ.format("{{ inverse }}", "{{ at('d') }}"),
        "divide by the one before",
        1,
    ),
    Wrong("q1", "guesses divided", READ.format("{{ ratio }}", "{{ at('d') }}"), "divide steps", 1),
    Wrong(
        "q2",
        "1/n missing",
        GRADIENT.format("{{ two }} * X.T @ (X @ theta - y)"),
        "look for a missing factor such as 2 or 1/n",
    ),
    Wrong(
        "q2",
        "2 missing",
        GRADIENT.format("{{ share }} * X.T @ (X @ theta - y) / len(y)"),
        "0.5 times",
    ),
    Wrong(
        "q2",
        "sign slip",
        GRADIENT.format("{{ two }} / len(y) * X.T @ (y - X @ theta)"),
        "the sign is",
        shows=(4,),
    ),
    Wrong(
        "q2",
        "a number",
        GRADIENT.format("{{ two }} * np.mean((X @ theta - y) * X[:, 1])"),
        "one number: a gradient is a vector",
        shows=(12,),
    ),
    Wrong(
        "q2",
        "transposed",
        GRADIENT.format("{{ two }} / len(y) * X @ (X @ theta - y)"),
        "stops with Value",
    ),
    Wrong(
        "q2",
        "column forgotten",
        GRADIENT.format("np.full(2, {{ two }} * np.mean(X @ theta - y))"),
        "the gradient is wrong",
    ),
    Wrong(
        "q2",
        "hard-coded",
        GRADIENT.format("np.array({{ there }})"),
        "the gradient is wrong",
        1,
    ),
    Wrong("q2", "calls lu", GRADIENT.format("lu.mse_gradient(theta, X, y)"), "numpy only"),
    Wrong(
        "q3",
        "squares",
        ABSOLUTE.format("np.mean(c - y)", "{{ mean }}", "{{ median }}"),
        "as for squares",
        1,
    ),
    Wrong(
        "q3",
        "sign slip",
        ABSOLUTE.format("np.mean(np.sign(y - c))", "{{ mean }}", "{{ median }}"),
        "wrong sign",
        1,
        shows=(4,),
    ),
    Wrong(
        "q3",
        "size",
        ABSOLUTE.format("np.abs(np.mean(np.sign(c - y)))", "{{ mean }}", "{{ median }}"),
        "its sign is not",
        1,
        shows=(4,),
    ),
    Wrong(
        "q3",
        "a sum",
        ABSOLUTE.format("np.sum(np.sign(c - y))", "{{ mean }}", "{{ median }}"),
        "look at the fact",
        1,
    ),
    Wrong(
        "q3",
        "height",
        ABSOLUTE.format("np.mean(np.abs(c - y))", "{{ mean }}", "{{ median }}"),
        "the height of",
        1,
    ),
    Wrong(
        "q3",
        "no mean",
        ABSOLUTE.format("np.sign(c - y)", "{{ mean }}", "{{ median }}"),
        "for each tip: average",
        1,
    ),
    Wrong(
        "q3",
        "swapped",
        ABSOLUTE.format(RIGHT_SLOPE, "{{ median }}", "{{ mean }}"),
        "is for the absolute values",
        2,
    ),
    Wrong(
        "q3",
        "mean for both",
        ABSOLUTE.format(RIGHT_SLOPE, "{{ mean }}", "{{ mean }}"),
        "is for the squares",
        2,
    ),
    Wrong(
        "q3",
        "outlier dropped",
        ABSOLUTE.format(RIGHT_SLOPE, "{{ rest_mean }}", "{{ rest_median }}"),
        "the wrong one included",
        2,
    ),
    Wrong(
        "q4",
        "one-step alpha",
        LIMIT.format("{{ one }} / (2 * np.mean(x**2))"),
        "needs a single step",
    ),
    Wrong(
        "q4",
        "square of the mean",
        LIMIT.format("{{ one }} / np.mean(x) ** 2"),
        "then take the mean",
    ),
    Wrong("q4", "a sum", LIMIT.format("{{ one }} / np.sum(x**2)"), "a sum where the mean"),
    Wrong("q4", "spread", LIMIT.format("{{ one }} / np.var(x)"), "without an intercept"),
    Wrong(
        "q4",
        "hard-coded",
        LIMIT.format("2 / {{ bend }}"),
        "in dollars and in cents",
        1,
        shows=(10,),
    ),
    Wrong(
        "q4",
        "a number of the lesson",
        LIMIT.format(0.0021258),
        "in dollars and in cents",
        shows=(10,),
    ),
    Wrong("q5", "only a smaller alpha", gone("x", alpha=0.001), "keep alpha"),
    Wrong("q5", "not divided", gone("x - x.mean()"), "depends on its size", shows=(10,)),
    Wrong("q5", "not centred", gone("x / x.std()"), "has the column that goes into Z"),
    Wrong("q5", "variance", gone("(x - x.mean()) / x.var()"), "has the column that goes into Z"),
    Wrong("q5", "off by one", gone(times="{{ n }}"), "keep the {{ n }} guesses"),
    Wrong(
        "q5",
        "numbers of the tips",
        gone("(x - 19.785942622950824) / 8.884150577771132"),
        "has the column that goes into Z",
        1,
    ),
    Wrong("q6", "units of z", fitted("tips", "[a_6, b_6]"), "still in standardised units", 2),
    Wrong("q6", "intercept left", fitted("party", "[a_6, b_6 / s_6]"), "the intercept is not", 2),
    Wrong(
        "q6",
        "sign slip",
        fitted("salary", "[a_6 + b_6 * m_6 / s_6, b_6 / s_6]"),
        "has a sign slip",
        2,
    ),
    Wrong(
        "q6",
        "multiplied",
        fitted("diabetes", "[a_6 - b_6 * s_6 * m_6, b_6 * s_6]"),
        "divide, do not multiply",
        2,
    ),
    Wrong("q6", "swapped", fitted("iris", TRANSLATED + "[::-1]"), "the other way round", 2),
    Wrong(
        "q6",
        "stopped too early",
        fitted("iris", n=4),
        "stops before it has arrived",
        1,
        shows=(11,),
    ),
    Wrong("q6", "raw data", fitted("tips", "[a_6, b_6]", "x_6", 0.2, 20), "than it begins"),
    Wrong(
        "q6",
        "no descent",
        "chosen = 'iris'\npath_6 = [[0.0, 0.0], [1.0, 0.1]]\ntheta_6 = [1.0, 0.1]",
        "does not go against the gradient",
        1,
    ),
    Wrong(
        "q6",
        "the optimum throughout",
        fitted("iris") + "path_6 = [path_6[-1]] * 60",
        "begins where it should end",
        2,
    ),
    Wrong(
        "q6",
        "no numbers between",
        fitted("iris") + "path_6 = [path_6[0], [np.nan] * 2, path_6[-1]]",
        "finite numbers",
        2,
    ),
]
