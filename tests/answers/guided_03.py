"""Wrong answers to guided practice 3."""

from answers import Wrong

SHRINKING = """
def descend_shrinking(df, x0, alpha, n):
    guesses = [x0]
    for t in range(n - 1):
        {}
    return guesses
"""


def shrinking(body):
    """A run whose loop has this body."""
    return SHRINKING.format(body.replace("\n", "\n        "))


def gap(expression):
    """chord_gap that returns this expression."""
    return f"def chord_gap(f, a, b, t):\n    return {expression}"


def bend(expression):
    """The function bend that returns this expression."""
    return f"def bend(f, x, h={{{{ h }}}}):\n    return {expression}"


def broken(a=5, b=4, c=1, d=3, e=2):
    """The answers to question 7, by the letters of the master; right but for what is given."""
    return "\n".join(
        f"broken_{{{{ at('{letter}') }}}} = {answer!r}"
        for letter, answer in zip("abcde", (a, b, c, d, e), strict=True)
    )


WRONG = [
    Wrong(
        "q1",
        "a corner",
        "convex_ones = {{ sorted(number[k] for k in [3, 5, 6, 8, 9]) }}",
        says="a corner decides nothing",
    ),
    Wrong(
        "q1",
        "no hump seen on x³",
        "convex_ones = {{ sorted(number[k] for k in [1, 2, 3, 5, 6, 8, 9]) }}",
        says="number {{ number[2] }}",
    ),
    Wrong(
        "q1",
        "one minimiser",
        "convex_ones = {{ sorted(number[k] for k in [1, 3, 5, 8, 9]) }}",
        says="how many lowest places",
        shows=(7,),
    ),
    Wrong(
        "q1",
        "no minimiser",
        "convex_ones = {{ sorted(number[k] for k in [1, 5, 6, 9]) }}",
        says="whether it has a lowest",
        shows=(7,),
    ),
    Wrong(
        "q1",
        "opens upwards",
        "convex_ones = {{ sorted(number[k] for k in [1, 3, 4, 5, 6, 7, 8, 9]) }}",
        says="its valleys",
        shows=(7,),
    ),
    Wrong(
        "q1",
        "the other ones",
        "convex_ones = {{ sorted(number[k] for k in [2, 4, 7]) }}",
        says="9 of 9",
    ),
    Wrong("q1", "none", "convex_ones = []", says="6 of 9"),
    Wrong("q1", "words", "convex_ones = ['x²']", says="only choices from 1 to 9"),
    Wrong("q1", "one number", "convex_ones = {{ number[9] }}", says="5 of 9"),
    Wrong("q2", "sign", gap("f(t * a + (1 - t) * b) - t * f(a) - (1 - t) * f(b)"), says="first"),
    Wrong(
        "q2",
        "place mirrored",
        gap("t * f(a) + (1 - t) * f(b) - f((1 - t) * a + t * b)"),
        says="your place runs the other way",
    ),
    Wrong(
        "q2",
        "chord mirrored",
        gap("(1 - t) * f(a) + t * f(b) - f(t * a + (1 - t) * b)"),
        says="your chord runs the other way",
    ),
    Wrong(
        "q2",
        "both mirrored",
        gap("(1 - t) * f(a) + t * f(b) - f((1 - t) * a + t * b)"),
        says="both run the other way",
    ),
    Wrong("q2", "the chord alone", gap("t * f(a) + (1 - t) * f(b)"), says="the chord alone"),
    Wrong("q2", "half way", gap("(f(a) + f(b)) / 2 - f(t * a + (1 - t) * b)"), says="slanted"),
    Wrong(
        "q2",
        "another function",
        gap("t * lu.f(a) + (1 - t) * lu.f(b) - lu.f(t * a + (1 - t) * b)"),
        says="the f that is handed over",
    ),
    Wrong(
        "q2",
        "nothing returned",
        "def chord_gap(f, a, b, t):\n    f(t * a + (1 - t) * b)",
        says="returns nothing yet",
    ),
    Wrong("q2", "the curve alone", gap("f(t * a + (1 - t) * b)"), says="the curve alone"),
    Wrong(
        "q2", "size", gap("abs(t * f(a) + (1 - t) * f(b) - f(t * a + (1 - t) * b))"), says="never"
    ),
    Wrong(
        "q2",
        "one t for all",
        gap("0.3 * f(a) + 0.7 * f(b) - f(0.3 * a + 0.7 * b)"),
        says="chord_gap of x**2 for a, b, t = (-0.7, 1.1, 0.6) is",
    ),
    Wrong("q3", "nan", "my_chord = (float('nan'), 0.3, 0.5)", says="a in my_chord is nan"),
    Wrong("q3", "the lecture's chord", "my_chord = (-0.73, 0.67, 0.5)", says="1.4 wide"),
    Wrong("q3", "in a valley", "my_chord = (0.6, 0.8, 0.5)", says="above the curve, which proves"),
    Wrong("q3", "t outside", "my_chord = (0.1, 0.3, 1.5)", says="t is 1.5"),
    Wrong("q3", "no chord", "my_chord = (0.2, 0.2, 0.5)", says="the gap is 0"),
    Wrong("q3", "an end", "my_chord = (-0.1, 0.3, 1)", says="the gap is 0"),
    Wrong("q3", "no t", "my_chord = (-0.1, 0.3)", says="has shape (2,)"),
    Wrong("q4", "a slope", bend("(f(x + h) - f(x)) / h"), says="that is a slope"),
    Wrong("q4", "central slope", bend("(f(x + h) - f(x - h)) / (2 * h)"), says="that is a slope"),
    Wrong("q4", "left minus right", bend("(2 * f(x) - f(x + h) - f(x - h)) / h**2"), says="gains"),
    Wrong(
        "q4",
        "not divided again",
        bend("(f(x + h) - f(x)) / h - (f(x) - f(x - h)) / h"),
        says="divide the change",
    ),
    Wrong("q4", "not divided", bend("f(x + h) - 2 * f(x) + f(x - h)"), says="far too small"),
    Wrong("q4", "2h", bend("(f(x + h) - 2 * f(x) + f(x - h)) / (2 * h**2)"), says="not 2h"),
    Wrong("q4", "factor 2", bend("(f(x + h) - f(x) + f(x - h)) / h**2"), says="how often"),
    Wrong("q4", "h three times", bend("(f(x + h) - 2 * f(x) + f(x - h)) / h**3"), says="too large"),
    Wrong("q4", "size", bend("abs(f(x + h) - 2 * f(x) + f(x - h)) / h**2"), says="never negative"),
    Wrong(
        "q4",
        "steps too wide",
        bend("f(x + 1) - 2 * f(x) + f(x - 1)"),
        says="bend(lu.f, {{ spots[0] }}) is",
    ),
    Wrong(
        "q5", "only the lowest", "answer_5 = '{{ at('a') }}'", says="which way is down", shows=(7,)
    ),
    Wrong(
        "q5",
        "stopped is success",
        "answer_5 = '{{ at('b') }}'",
        says="takes a zero slope for success",
        shows=(11,),
    ),
    Wrong(
        "q5",
        "always a failure",
        "answer_5 = '{{ at('c') }}'",
        says="not every run fails",
        shows=(7,),
    ),
    Wrong(
        "q6",
        "fixed alpha",
        shrinking("guesses.append(guesses[-1] - alpha * df(guesses[-1]))"),
        says="your steps do not shrink",
        shows=(5,),
    ),
    Wrong(
        "q6",
        "no root",
        shrinking("guesses.append(guesses[-1] - alpha / (t + 1) * df(guesses[-1]))"),
        says="where is the square root",
    ),
    Wrong(
        "q6",
        "overwritten alpha",
        shrinking(
            "alpha = alpha / np.sqrt(t + 1)\nguesses.append(guesses[-1] - alpha * df(guesses[-1]))"
        ),
        says="your divisions pile up",
    ),
    Wrong(
        "q6",
        "division by zero",
        shrinking("guesses.append(guesses[-1] - alpha / np.sqrt(t) * df(guesses[-1]))"),
        says="do you divide by 0",
    ),
    Wrong(
        "q6",
        "one too far",
        shrinking("guesses.append(guesses[-1] - alpha / np.sqrt(t + 2) * df(guesses[-1]))"),
        says="begin one too far along",
    ),
    Wrong(
        "q6",
        "sign",
        shrinking("guesses.append(guesses[-1] + alpha / np.sqrt(t + 1) * df(guesses[-1]))"),
        says="your steps climb",
    ),
    Wrong(
        "q6",
        "stale slope",
        shrinking("guesses.append(guesses[-1] - alpha / np.sqrt(t + 1) * df(x0))"),
        says="guesses are right, and number",
    ),
    Wrong("q6", "no append", shrinking("alpha * df(guesses[-1])"), says="the start alone"),
    Wrong(
        "q6",
        "n steps",
        shrinking("pass")
        .replace("n - 1", "n")
        .replace("pass", "guesses.append(guesses[-1] - alpha / np.sqrt(t + 1) * df(guesses[-1]))"),
        says="n counts guesses",
    ),
    Wrong(
        "q6",
        "last guess only",
        shrinking("guesses.append(guesses[-1] - alpha / np.sqrt(t + 1) * df(guesses[-1]))").replace(
            "return guesses", "return guesses[-1]"
        ),
        says="all the guesses in a list",
    ),
    Wrong("q7", "parabola thought not convex", broken(a=1), says="what about alpha", shows=(5,)),
    Wrong("q7", "log-loss without an L", broken(b=3), says="What is it looking for"),
    Wrong(
        "q7", "converged, so alpha is to blame", broken(c=5), says="a second valley", shows=(7, 11)
    ),
    Wrong("q7", "alpha of x⁴", broken(d=5), says="one L for all x"),
    Wrong("q7", "alpha of |x|", broken(e=5), says="a smaller alpha goes to and fro"),
    Wrong(
        "q7",
        "two of them",
        broken(b=3, d=5),
        says="{{ min(at('b'), at('d')).upper() }}: ",
    ),
    Wrong("q7", "nothing broken", broken(c=0), says="a number from 1 to 5"),
    Wrong("q7", "words", broken(a="alpha"), says="should be one number"),
]
