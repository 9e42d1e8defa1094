"""Wrong answers to independent practice 2."""

from answers import Wrong

DG = "def dg(x):\n    return {slope}\n\n\nnext_1 = {guess}\n"
RIGHT_DG = "2 * x**3 - 6 * x + 1"


def derived(slope=RIGHT_DG, guess=1.75):
    return DG.format(slope=slope, guess=guess)


def predicted(factor=-0.5, last=-1.0, limit=1 / 3):
    return f"factor_2, last_2, limit_2 = {factor}, {last}, {limit}"


MENDED = """
def mended(df, w0, alpha, n):
    guesses = [{start}]
    slope = df(w0)
    for _ in range({n}):
        {measured}
        {appended}
    return guesses
"""


def mended(measured, appended, n="n - 1", start="float(w0)"):
    return MENDED.format(measured=measured, appended=appended, n=n, start=start)


FRESH = "slope = df(guesses[-1])"
DOWN = "guesses.append(guesses[-1] - alpha * slope)"
UP = "guesses.append(guesses[-1] + alpha * slope)"

READ = """
run_a, run_b, run_c, run_d = "converged", "slow", "cycling", "overflowed"
why_4, proof_4 = "c", "a"
"""

UNTIL = """
def descend_until(df, w0, alpha, tol, max_steps):
    guesses = [float(w0)]
    while {goes_on}:
        guesses.append(guesses[-1] {sign} alpha * df(guesses[-1]))
    return guesses
"""


def until(goes_on, sign="-"):
    return UNTIL.format(goes_on=goes_on, sign=sign)


def tuned(data="iris", alpha=0.03, n=50, large=0.1):
    return f"my_data, my_alpha, my_n, too_large = {data!r}, {alpha}, {n}, {large}"


WRONG = [
    Wrong("q1", "factor forgotten", derived("x**3 - 6 * x + 1"), says="dg(", earns=1),
    Wrong("q1", "sign slip", derived("-(2 * x**3 - 6 * x + 1)"), says="wrong sign", earns=1),
    Wrong("q1", "constant", derived("2 * x**3 - 6 * x"), says="same number everywhere", earns=1),
    Wrong("q1", "height", derived("x**4 / 2 - 3 * x**2 + x"), says="height", earns=1),
    Wrong("q1", "ascent", derived(guess=2.25), says="next_1 climbs", earns=2),
    Wrong("q1", "alpha forgotten", derived(guess=-3), says="forgets alpha", earns=2),
    Wrong("q1", "alpha as length", derived(guess=1.95), says="for the length of", earns=2),
    Wrong(
        "q1",
        "hard-coded public slopes",
        derived("{-1.0: 5.0, 0.0: 1.0, 1.5: -1.25}[x]", 2.25),
        says="dg stops with KeyError",
        earns=1,
    ),
    Wrong("q2", "factor of x²", predicted(factor=0.5), says="the factor of x²", earns=2),
    Wrong("q2", "slope 3x", predicted(factor=0.25), says="uses the slope 3x", earns=2),
    Wrong("q2", "four steps", predicted(last=0.5), says="last_2 makes 4 steps", earns=2),
    Wrong("q2", "sign lost", predicted(last=1.0), says="the sign got lost", earns=2),
    Wrong("q2", "limit of x²", predicted(limit=1), says="the limit on x²", earns=2),
    Wrong("q2", "no zig-zag", predicted(limit=1 / 6), says="shrinking zig-zag", earns=2),
    Wrong("q2", "all for x²", predicted(0.5, 1.0, 1), says="what is the slope of 3x²"),
    Wrong("q3", "as given", mended("pass", UP), says="check the sign"),
    Wrong("q3", "sign only", mended("pass", DOWN), says="measure the slope anew", earns=1),
    Wrong("q3", "slope only", mended(FRESH, UP), says="check the sign"),
    Wrong("q3", "at the start", mended("slope = df(w0)", DOWN), says="slope anew", earns=1),
    Wrong("q3", "n updates", mended(FRESH, DOWN, n="n"), says="n counts guesses"),
    Wrong(
        "q3",
        "alpha lost",
        mended(FRESH, "guesses.append(guesses[-1] - slope)"),
        says="forgets alpha",
    ),
    Wrong("q4", "calm means done", READ + 'run_b = "converged"', says="run B: short", earns=3),
    Wrong("q4", "not yet there", READ + 'run_a = "slow"', says="run A: its last", earns=3),
    Wrong("q4", "cycle", READ + 'run_c = "oscillating"', says="the same guesses", earns=3),
    Wrong("q4", "overflow", READ + 'run_d = "diverging"', says="only 7 guesses", earns=3),
    Wrong("q4", "alpha as length", READ + 'why_4 = "a"', says="alpha was fixed", earns=3),
    Wrong("q4", "steep is far", READ + 'why_4 = "b"', says="takes steep for far", earns=3),
    Wrong("q4", "first largest", READ + 'why_4 = "d"', says="as in a bowl", earns=3),
    Wrong("q4", "a stop is success", READ + 'proof_4 = "b"', says="stop for success", earns=3),
    Wrong("q4", "alpha vanished", READ + 'proof_4 = "c"', says="alpha was fixed", earns=3),
    Wrong("q4", "one for all", READ + 'proof_4 = "d"', says="another valley", earns=3),
    Wrong(
        "q5",
        "size forgotten",
        until("df(guesses[-1]) > tol and len(guesses) <= max_steps"),
        says="it is the size of the slope",
        earns=1,
    ),
    Wrong(
        "q5",
        "small step",
        until("alpha * abs(df(guesses[-1])) > tol and len(guesses) <= max_steps"),
        says="it is the size of the slope",
    ),
    Wrong("q5", "no budget", until("abs(df(guesses[-1])) > tol"), says="still goes on", earns=2),
    Wrong(
        "q5",
        "budget counts guesses",
        until("abs(df(guesses[-1])) > tol and len(guesses) < max_steps"),
        says="steps were allowed",
        earns=2,
    ),
    Wrong("q5", "budget only", until("len(guesses) <= max_steps"), says="goes on after", earns=1),
    Wrong(
        "q5",
        "ascent",
        until("abs(df(guesses[-1])) > tol and len(guesses) <= max_steps", "+"),
        says="check the sign",
    ),
    Wrong(
        "q5",
        "hard-coded public run",
        "def descend_until(df, w0, alpha, tol, max_steps):\n"
        "    return [4.0, 2.0, 1.0, 0.5, 0.25, 0.125]\n",
        says="does not begin with the start",
        earns=1,
    ),
    Wrong("q6", "too careful", tuned(alpha=0.0001, large=0.0004), says="is slow"),
    Wrong("q6", "another's alpha", tuned("diabetes"), says="is diverging", earns=1),
    Wrong("q6", "too few guesses", tuned(alpha=0.01, n=10, large=0.04), says="is slow"),
    Wrong("q6", "not too large", tuned(large=0.05), says="so it is not too large", earns=2),
    Wrong("q6", "out of bounds", tuned(large=3.0), says="at most 4 times", earns=2),
    Wrong("q6", "climbing", tuned(alpha=-0.03), says="above 0"),
    Wrong("q6", "budget", tuned(alpha=0.001, n=5000, large=0.004), says="my_n from 5 to 200"),
]
