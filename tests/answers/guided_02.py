"""Wrong answers to guided practice 2."""

from answers import Wrong

WORDS = """
word_{{ at('a') }} = "converged"
word_{{ at('b') }} = "slow"
word_{{ at('c') }} = "diverging"
word_{{ at('d') }} = "oscillating"
word_{{ at('e') }} = "cycling"
"""

LOOP = """
def descend(df, w0, alpha, n):
    guesses = [{start}]
    {before}
    while len(guesses) < {n}:
        {inside}
    return {result}
"""


def loop(inside, start="float(w0)", before="pass", n="n", result="guesses"):
    return LOOP.format(inside=inside, start=start, before=before, n=n, result=result)


RECORDED = """
def recorded(df, w0, alpha, n):
    w = float(w0)
    guesses = [w]
    for _ in range(n - 1):
        {first}
        {second}
    {after}
    return guesses
"""


def predicted(first="first", guesses="steps + 1", last="last"):
    """The three numbers, each an expression of what was drawn."""
    parts = ", ".join(f"{{{{ {part} }}}}" for part in (first, guesses, last))
    return f"first_5, guesses_5, last_5 = {parts}"


def words(run, word):
    return f"{WORDS}word_{{{{ at('{run}') }}}} = {word}"


def told(run, message):
    return f"run {{{{ at('{run}').upper() }}}}: {message}"


def chosen(choice):
    return f"answer_9 = \"{{{{ at('{choice}') }}}}\""


def rule(line):
    return f"def small_step(guesses, tol):\n    {line}\n"


WRONG = [
    Wrong(
        "q1",
        "ascent",
        "next_1 = {{ x }} + {{ alpha }} * {{ slope }}",
        says="check the sign",
        shows=(4,),
    ),
    Wrong("q1", "alpha forgotten", "next_1 = {{ x - slope }}", says="forgets alpha"),
    Wrong(
        "q1",
        "alpha as length",
        "next_1 = {{ x - alpha }}",
        says="alpha for the length of the step",
        shows=(6,),
    ),
    Wrong("q1", "step alone", "next_1 = {{ way }}", says="where do you stand after it"),
    Wrong(
        "q1",
        "ascent without alpha",
        "next_1 = {{ x + slope }}",
        says="climbs, and it forgets alpha",
        shows=(4,),
    ),
    Wrong("q1", "text", 'next_1 = "{{ short(right) }}"', says="should be one number"),
    Wrong(
        "q2",
        "sign slip",
        "def step(w, slope, alpha):\n    return w + alpha * slope\n",
        says="check the sign",
        shows=(4,),
    ),
    Wrong(
        "q2",
        "alpha missing",
        "def step(w, slope, alpha):\n    return w - slope\n",
        says="forgets alpha",
    ),
    Wrong(
        "q2",
        "slope missing",
        "def step(w, slope, alpha):\n    return w - alpha\n",
        says="where is the slope",
        shows=(6,),
    ),
    Wrong(
        "q2",
        "step alone",
        "def step(w, slope, alpha):\n    return -alpha * slope\n",
        says="return the place where it leads",
    ),
    Wrong(
        "q2",
        "step alone, sign slip",
        "def step(w, slope, alpha):\n    return alpha * slope\n",
        says="without its minus sign",
        shows=(4,),
    ),
    Wrong(
        "q2",
        "printed",
        "def step(w, slope, alpha):\n    print(w - alpha * slope)\n",
        says="returns nothing",
    ),
    Wrong(
        "q2",
        "hard-coded question 1",
        "def step(w, slope, alpha):\n    return {{ right }}\n",
        says="is {{ short(right) }}, and that is not right yet",
    ),
    Wrong(
        "q3",
        "forgotten append",
        """
def descend(df, w0, alpha, n):
    guesses = [w0]
    for _ in range(n - 1):
        w0 = w0 - alpha * df(w0)
    return guesses
""",
        says="does every pass append the new guess",
    ),
    Wrong(
        "q3",
        "endless, measuring",
        loop("w = w - alpha * df(w)", before="w = w0"),
        says="does every pass append a guess",
    ),
    Wrong(
        "q3",
        "one guess too many",
        loop("guesses.append(guesses[-1] - alpha * df(guesses[-1]))", n="n + 1"),
        says="n counts guesses",
    ),
    Wrong(
        "q3",
        "integer start",
        loop("guesses.append(int(guesses[-1] - alpha * df(guesses[-1])))", start="int(w0)"),
        says="whole numbers",
    ),
    Wrong(
        "q3",
        "ascent",
        loop("guesses.append(guesses[-1] + alpha * df(guesses[-1]))"),
        says="check the sign",
        shows=(4,),
    ),
    Wrong(
        "q3",
        "stale gradient",
        loop("guesses.append(guesses[-1] - alpha * slope)", before="slope = df(w0)"),
        says="measure the slope anew",
    ),
    Wrong(
        "q3",
        "last guess only",
        loop("guesses.append(guesses[-1] - alpha * df(guesses[-1]))", result="guesses[-1]"),
        says="all the guesses in a list",
    ),
    Wrong(
        "q3",
        "always from the start",
        loop("guesses.append(w0 - alpha * df(w0))"),
        says="after the start are the same",
    ),
    Wrong(
        "q4",
        "as given",
        RECORDED.format(first="w = w - alpha * df(w)", second="", after=""),
        says="does every pass append",
    ),
    Wrong(
        "q4",
        "append before the update",
        RECORDED.format(first="guesses.append(w)", second="w = w - alpha * df(w)", after=""),
        says="the start is stored twice",
    ),
    Wrong(
        "q4",
        "append after the loop",
        RECORDED.format(first="w = w - alpha * df(w)", second="", after="guesses.append(w)"),
        says="append in every pass",
    ),
    Wrong(
        "q4",
        "the slope is appended",
        RECORDED.format(first="w = w - alpha * df(w)", second="guesses.append(df(w))", after=""),
        says="append the guess itself",
    ),
    Wrong(
        "q5", "alpha as length", predicted(first="alpha"), says="alpha for the length", shows=(6,)
    ),
    Wrong("q5", "slope 9", predicted(first="alpha * x"), says="what is the slope of x²"),
    Wrong("q5", "steps for guesses", predicted(guesses="steps"), says="the start is a guess, too"),
    Wrong("q5", "one step early", predicted(last="last_slips[0]"), says="one step too early"),
    Wrong("q5", "factor 1 - alpha", predicted(last="last_slips[2]"), says="the 2 of the slope"),
    Wrong(
        "q5", "all steps alike", predicted(last="x - steps * first"), says="as long as the first"
    ),
    Wrong(
        "q6",
        "calm means done",
        words("b", '"converged"'),
        says=told("b", "a short step"),
        shows=(11,),
    ),
    Wrong("q6", "a factor's size", words("c", '"oscillating"'), says=told("c", "do the swings")),
    Wrong("q6", "a factor's sign", words("d", '"slow"'), says="keep their side"),
    Wrong("q6", "exactly minus one", words("e", '"diverging"'), says="first three guesses"),
    Wrong("q6", "left blank", words("d", "..."), says="word_{{ at('d') }} is still blank"),
    Wrong("q6", "other word", words("a", '"good"'), says="should be one of"),
    Wrong("q7", "the first", "largest_7 = 1", says="others are longer", shows=(1,)),
    Wrong("q7", "counted from 0", "largest_7 = np.argmax(np.abs(np.diff(run_7)))", says="from 0"),
    Wrong("q7", "no lengths", "largest_7 = np.argmax(np.diff(run_7)) + 1", says="without the sign"),
    Wrong("q7", "guess for step", "largest_7 = {{ right + 1 }}", says="count steps, not guesses"),
    Wrong("q8", "no abs", rule("return guesses[-1] - guesses[-2] < tol"), says="without the sign"),
    Wrong("q8", "the guess", rule("return abs(guesses[-1]) < tol"), says="need not be"),
    Wrong(
        "q8",
        "the first step",
        rule("return abs(guesses[1] - guesses[0]) < tol"),
        says="not at the first two",
    ),
    Wrong("q8", "the length", rule("return abs(guesses[-1] - guesses[-2])"), says="True or False"),
    Wrong(
        "q8",
        "fixed tol",
        rule("return bool(abs(guesses[-1] - guesses[-2]) < 0.1)"),
        says="tol is an argument",
    ),
    Wrong("q9", "a stop is success", chosen("a"), says="takes a stop for success", shows=(11,)),
    Wrong("q9", "alpha as length", chosen("b"), says="alpha for the step length", shows=(6,)),
    Wrong("q9", "flat", chosen("c"), says="the slope there is given", shows=(11,)),
]
