"""Wrong answers to independent practice 2."""

from answers import Wrong

DG = "def dg(x):\n    return {slope}\n\n\nnext_1 = {guess}\n"
RIGHT_DG = "2 * x**3 - {{ rest }}"


def derived(slope=RIGHT_DG, guess="{{ right }}"):
    return DG.format(slope=slope, guess=guess)


def predicted(factor="factor", last="last", limit="1 / a"):
    """The three numbers, each an expression of what was drawn."""
    parts = ", ".join(f"{{{{ {part} }}}}" for part in (factor, last, limit))
    return f"factor_2, last_2, limit_2 = {parts}"


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
run_{{ order[0] }} = "converged"
run_{{ order[1] }} = "slow"
run_{{ order[2] }} = "cycling"
run_{{ order[3] }} = "overflowed"
why_4, proof_4 = "{{ at('c') }}", "{{ at('a') }}"
"""


def named(place, word):
    return f'{READ}run_{{{{ order[{place}] }}}} = "{word}"'


def chosen(name, choice):
    return f"{READ}{name} = \"{{{{ at('{choice}') }}}}\""


def told(place, message):
    return f"run {{{{ big[{place}] }}}}: {message}"


UNTIL = """
def descend_until(df, w0, alpha, tol, max_steps):
    guesses = [float(w0)]
    while {goes_on}:
        guesses.append(guesses[-1] {sign} alpha * df(guesses[-1]))
    return guesses
"""


def until(goes_on, sign="-"):
    return UNTIL.format(goes_on=goes_on, sign=sign)


def tuned(data="{{ mine }}", alpha="{{ alpha }}", n=50, large="{{ large }}"):
    return f"my_data, my_alpha, my_n, too_large = {data!r}, {alpha}, {n}, {large}"


WRONG = [
    Wrong("q1", "factor forgotten", derived("x**3 - {{ rest }}"), says="dg(", earns=1),
    Wrong("q1", "size", derived(f"abs({RIGHT_DG})"), says="its sign is not", earns=1, shows=(4,)),
    Wrong(
        "q1",
        "sign slip",
        derived("-(2 * x**3 - {{ rest }})"),
        says="wrong sign",
        earns=1,
        shows=(4,),
    ),
    Wrong(
        "q1",
        "constant",
        derived("2 * x**3 - {{ 2 * b }} * x"),
        says="same number everywhere",
        earns=1,
    ),
    Wrong("q1", "height", derived("x**4 / 2 - {{ tail }}"), says="height", earns=1),
    Wrong(
        "q1", "ascent", derived(guess="{{ wrong[0] }}"), says="next_1 climbs", earns=2, shows=(4,)
    ),
    Wrong("q1", "alpha forgotten", derived(guess="{{ x - slope }}"), says="forgets alpha", earns=2),
    Wrong(
        "q1",
        "alpha as length",
        derived(guess="{{ wrong[2] }}"),
        says="for the length of",
        earns=2,
        shows=(6,),
    ),
    Wrong(
        "q1",
        "hard-coded public slopes",
        derived("dict({{ known }})[x]", "{{ wrong[0] }}"),
        says="dg stops with KeyError",
        earns=1,
        shows=(4,),
    ),
    Wrong("q2", "factor of x²", predicted(factor="factors[0]"), says="the factor of x²", earns=2),
    Wrong(
        "q2", "slope 3x", predicted(factor="factors[1]"), says="uses the slope {{ a }}x", earns=2
    ),
    Wrong("q2", "four steps", predicted(last="lasts[0]"), says="last_2 makes 4 steps", earns=2),
    Wrong("q2", "sign lost", predicted(last="-last"), says="got lost on the way", earns=2),
    Wrong(
        "q2",
        "alpha as length",
        predicted(last="lasts[7]"),
        says="for the length of each",
        earns=2,
        shows=(6,),
    ),
    Wrong("q2", "limit of x²", predicted(limit="1"), says="the limit on x²", earns=2),
    Wrong("q2", "no zig-zag", predicted(limit="1 / (2 * a)"), says="shrinking zig-zag", earns=2),
    Wrong(
        "q2",
        "all for x²",
        predicted("factors[0]", "lasts[3]", "1"),
        says="what is the slope of {{ a }}x²",
    ),
    Wrong("q3", "as given", mended("pass", UP), says="check the sign", shows=(4,)),
    Wrong(
        "q3", "sign only", mended("pass", DOWN), says="measure the slope anew", earns=1, shows=(13,)
    ),
    Wrong("q3", "slope only", mended(FRESH, UP), says="check the sign", shows=(4,)),
    Wrong(
        "q3",
        "at the start",
        mended("slope = df(w0)", DOWN),
        says="slope anew",
        earns=1,
        shows=(13,),
    ),
    Wrong("q3", "n updates", mended(FRESH, DOWN, n="n"), says="n counts guesses"),
    Wrong(
        "q3",
        "alpha lost",
        mended(FRESH, "guesses.append(guesses[-1] - slope)"),
        says="forgets alpha",
    ),
    Wrong("q4", "calm means done", named(1, "converged"), says=told(1, "short"), earns=3),
    Wrong("q4", "not yet there", named(0, "slow"), says=told(0, "its last"), earns=3),
    Wrong("q4", "cycle", named(2, "oscillating"), says="the same guesses", earns=3),
    Wrong("q4", "overflow", named(3, "diverging"), says="only {{ len(d) }} guesses", earns=3),
    Wrong(
        "q4", "alpha as length", chosen("why_4", "a"), says="alpha was fixed", earns=3, shows=(6,)
    ),
    Wrong("q4", "steep is far", chosen("why_4", "b"), says="takes steep for far", earns=3),
    Wrong("q4", "first largest", chosen("why_4", "d"), says="as in a bowl", earns=3, shows=(1,)),
    Wrong(
        "q4",
        "a stop is success",
        chosen("proof_4", "b"),
        says="stop for success",
        earns=3,
        shows=(11,),
    ),
    Wrong(
        "q4", "alpha vanished", chosen("proof_4", "c"), says="alpha was fixed", earns=3, shows=(6,)
    ),
    Wrong("q4", "one for all", chosen("proof_4", "d"), says="another valley", earns=3),
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
        says="a step is short where alpha is small, too",
        shows=(11,),
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
        "def descend_until(df, w0, alpha, tol, max_steps):\n    return {{ halves }}\n",
        says="does not begin with the start",
        earns=1,
    ),
    Wrong("q6", "too careful", tuned(alpha=0.0001, large=0.0003), says="is slow"),
    Wrong("q6", "another's alpha", tuned("diabetes"), says="is diverging", earns=1),
    Wrong(
        "q6",
        "too few guesses",
        tuned(alpha="{{ alpha / 3 }}", n=10, large="{{ alpha }}"),
        says="is slow",
    ),
    Wrong(
        "q6",
        "not too large",
        tuned(large="{{ 1.5 * alpha }}"),
        says="so it is not too large",
        earns=2,
    ),
    Wrong("q6", "out of bounds", tuned(large=3.0), says="at most {{ times }} times", earns=2),
    Wrong("q6", "climbing", tuned(alpha="-{{ alpha }}"), says="above 0"),
    Wrong("q6", "budget", tuned(n=5000), says="whole, from 5 to {{ most }}"),
]
