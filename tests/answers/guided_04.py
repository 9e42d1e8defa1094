"""Wrong answers to the guided practice of lesson 4."""

from answers import Wrong

ERROR = "error_1 = {}\nloss_1 = {}"
BOTH = """
def mse(theta, x, y):
    return {}


def mse_gradient(theta, x, y):
    return {}
"""
MSE, SLOPE = "np.mean((y - x * theta) ** 2)", "np.mean(2 * x * (x * theta - y))"
FIT = """
def fit(x, y, start, alpha, n):
    guesses = [start]
    for _ in range({times}):
        {step}
    return {result}
"""
STEP = "guesses.append(guesses[-1] - alpha * mse_gradient(guesses[-1], x, y))"
MISSING = "missing_4 = {}\nanswer_4 = '{}'"
GAP = "np.sum(bill * tip) / (bill @ bill) - fit(bill, tip, {{ start }}, {{ alpha }}, {{ n }})[-1]"
LIMIT = "limit_5 = {}\nwith_21 = {!r}\nwith_22 = {!r}"
RIGHT_LIMIT = "1 / np.mean({{ bills }} ** 2)"
CENTS = """
shrink_6 = {}


def fit_scaled(x, y):
    alpha = {}
    return lu.gradient_descent(lambda theta: lu.mse_gradient(theta, x, y), 0.0, alpha, 100)
"""
SCALED = "shrink_6 = {}\n\n\ndef fit_scaled(x, y):\n    return {}"
STANDARD = "def standardise(x):\n    return {}"


def fit(times="n - 1", step=STEP, result="guesses"):
    """An answer to question 3 with one thing changed."""
    return FIT.format(times=times, step=step, result=result)


WRONG = [
    Wrong(
        "q1",
        "sum for mean",
        ERROR.format("{{ right }}", "{{ total }}"),
        "that is the sum of the squared errors",
        0.5,
    ),
    Wrong(
        "q1",
        "not squared",
        ERROR.format("{{ error }}", "{{ sum(errors) }} / 3"),
        "that is the error itself",
    ),
    Wrong(
        "q1",
        "errors cancel",
        ERROR.format("{{ right }}", "{{ sum(errors) }} / 3"),
        "plus and minus cancel",
        0.5,
    ),
    Wrong(
        "q1",
        "absolute errors",
        ERROR.format("{{ abs(error) }}", "{{ sum(sizes) }} / 3"),
        "averages the sizes of the errors",
    ),
    Wrong(
        "q1",
        "the two swapped",
        ERROR.format("{{ total }} / 3", "{{ right }}"),
        "this error is that of one",
    ),
    Wrong(
        "q2", "sum in mse", BOTH.format("np.sum((y - x * theta) ** 2)", SLOPE), "it is a sum", 0.5
    ),
    Wrong(
        "q2", "no square", BOTH.format("np.mean(theta * x - y)", SLOPE), "square the errors", 0.5
    ),
    Wrong("q2", "no mean", BOTH.format("(theta * x - y) ** 2", SLOPE), "one number", 0.5),
    Wrong(
        "q2",
        "square of the mean",
        BOTH.format("np.mean(theta * x - y) ** 2", SLOPE),
        "before you average",
        0.5,
    ),
    Wrong("q2", "sign slip", BOTH.format(MSE, "-" + SLOPE), "has the wrong sign", 0.5, shows=(4,)),
    Wrong(
        "q2", "2 missing", BOTH.format(MSE, "np.mean(x * (x * theta - y))"), "half the slope", 0.5
    ),
    Wrong(
        "q2",
        "1/n missing",
        BOTH.format(MSE, "2 * np.sum(x * (x * theta - y))"),
        "a sum where a mean should be",
        0.5,
    ),
    Wrong(
        "q2",
        "2 and 1/n missing",
        BOTH.format(MSE, "np.sum(x * (x * theta - y))"),
        "lacks both the factor",
        0.5,
    ),
    Wrong(
        "q2",
        "x forgotten",
        BOTH.format(MSE, "2 * np.mean(x * theta - y)"),
        "lacks the inner derivative",
        0.5,
    ),
    Wrong(
        "q2",
        "mean forgotten",
        BOTH.format(MSE, "2 * x * (x * theta - y)"),
        "one number for each point",
        0.5,
    ),
    Wrong("q3", "off by one", fit("n"), "n counts guesses"),
    Wrong(
        "q3",
        "sign slip",
        fit(step=STEP.replace("- alpha", "+ alpha")),
        "your steps climb",
        shows=(4,),
    ),
    Wrong("q3", "alpha missing", fit(step=STEP.replace("alpha * ", "")), "forgets alpha"),
    Wrong(
        "q3",
        "stale gradient",
        fit(step=STEP.replace("mse_gradient(guesses[-1]", "mse_gradient(start")),
        "every step is the same",
    ),
    Wrong("q3", "forgotten append", fit(step=STEP[len("guesses.append(") : -1]), "pass append"),
    Wrong("q3", "the last guess only", fit(result="guesses[-1]"), "all the guesses in a list"),
    Wrong("q3", "start left out", fit(result="guesses[1:]"), "the start is missing"),
    Wrong(
        "q4",
        "stopped is done",
        MISSING.format(0.0, "{{ at('a') }}"),
        "is the slope zero",
        shows=(11,),
    ),
    Wrong(
        "q4",
        "small step is done",
        MISSING.format(GAP, "{{ at('c') }}"),
        "no proof of arrival",
        0.5,
        shows=(11,),
    ),
    Wrong(
        "q4",
        "convex is enough",
        MISSING.format(GAP, "{{ at('d') }}"),
        "it makes none",
        0.5,
        shows=(5,),
    ),
    Wrong(
        "q4",
        "turned round",
        MISSING.format(f"-({GAP})", "{{ at('b') }}"),
        "the other way round",
        0.5,
    ),
    Wrong(
        "q4", "the optimum", MISSING.format(0.143731895, "{{ at('b') }}"), "the optimum itself", 0.5
    ),
    Wrong(
        "q4",
        "mean of the shares",
        MISSING.format("np.mean(tip / bill) - {{ last }}", "{{ at('b') }}"),
        "the mean of tip / bill",
        0.5,
    ),
    Wrong(
        "q5",
        "the one-step alpha",
        LIMIT.format("0.5 / np.mean({{ bills }} ** 2)", "diverges", "diverges"),
        "needs a single step",
        1 / 3,
    ),
    Wrong(
        "q5",
        "square of the mean",
        LIMIT.format("1 / np.mean({{ bills }}) ** 2", "converges", "converges"),
        "square the bills first",
        1 / 3,
    ),
    Wrong(
        "q5",
        "a sum",
        LIMIT.format("1 / np.sum({{ bills }}**2)", "diverges", "diverges"),
        "a sum where the mean",
        1 / 3,
    ),
    Wrong(
        "q5",
        "jumping is diverging",
        LIMIT.format(RIGHT_LIMIT, "diverges", "diverges"),
        "not yet divergence",
        2 / 3,
    ),
    Wrong(
        "q5",
        "convex, so any alpha",
        LIMIT.format(RIGHT_LIMIT, "converges", "converges"),
        "does not save every alpha",
        2 / 3,
    ),
    Wrong(
        "q6",
        "unit ignored",
        CENTS.format(1, "{{ alpha }}"),
        "the unit does not matter",
        shows=(10,),
    ),
    Wrong(
        "q6",
        "x once",
        CENTS.format("{{ per }}", "{{ alpha }} / {{ per }}"),
        "how often does x occur",
    ),
    Wrong(
        "q6",
        "cents only",
        CENTS.format("{{ per**2 }}", "{{ alpha }} / {{ per**2 }}"),
        "not in thousands of",
        0.5,
        shows=(10,),
    ),
    Wrong(
        "q6",
        "the limit itself",
        CENTS.format("{{ per**2 }}", "1 / np.mean(x**2)"),
        "between two",
        0.5,
    ),
    Wrong("q6", "still above", CENTS.format("{{ per**2 }}", "1 / np.mean(x)"), "explodes", 0.5),
    Wrong(
        "q6", "far too small", CENTS.format("{{ per**2 }}", 1e-12), "a fair part of the limit", 0.5
    ),
    Wrong(
        "q6",
        "the optimum throughout",
        SCALED.format("{{ per**2 }}", "[np.sum(x * y) / np.sum(x**2)] * 100"),
        "from 0.0 on",
        0.5,
    ),
    Wrong(
        "q6",
        "no numbers between",
        SCALED.format("{{ per**2 }}", "[0.0] + [np.nan] * 98 + [np.sum(x * y) / np.sum(x**2)]"),
        "a step down the slope",
        0.5,
    ),
    Wrong("q7", "not divided", STANDARD.format("x - np.mean(x)"), "the spread is not yet 1"),
    Wrong("q7", "not centred", STANDARD.format("x / np.std(x)"), "the mean is not yet 0"),
    Wrong("q7", "no parentheses", STANDARD.format("x - np.mean(x) / np.std(x)"), "parentheses"),
    Wrong("q7", "variance", STANDARD.format("(x - np.mean(x)) / np.var(x)"), "not by its square"),
    Wrong("q7", "n - 1", STANDARD.format("(x - x.mean()) / x.std(ddof=1)"), "without ddof"),
    Wrong("q7", "0 to 1", STANDARD.format("(x - x.min()) / np.ptp(x)"), "between 0 and 1"),
    Wrong("q7", "sign slip", STANDARD.format("(np.mean(x) - x) / np.std(x)"), "the wrong sign"),
    Wrong(
        "q8", "both descend", "answer_8 = '{{ at('a') }}'", "makes both of them descend", shows=(3,)
    ),
    Wrong(
        "q8",
        "the unit does not matter",
        "answer_8 = '{{ at('b') }}'",
        "the same in every unit",
        shows=(10,),
    ),
    Wrong("q8", "the two swapped", "answer_8 = '{{ at('d') }}'", "swaps the two", shows=(3,)),
]
