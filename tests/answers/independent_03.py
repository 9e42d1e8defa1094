"""Wrong answers to independent practice 3."""

from answers import Wrong

DG = "def dg(x):\n    return {}\n\n\n"
DDG = "def ddg(x):\n    return {}"
RIGHT_DG, RIGHT_DDG = "{{ polynomial(dg, code=True) }}", "{{ polynomial(ddg, code=True) }}"


def slopes(dg=RIGHT_DG, ddg=RIGHT_DDG):
    """The answer to question 1, right but for what is given."""
    return DG.format(dg) + DDG.format(ddg)


def limit(expression):
    """The function alpha_limit that returns this expression."""
    return f"def alpha_limit(a, b, c):\n    return {expression}"


GRID = """
def is_convex_on(f, low, high):
    x = np.linspace(low, high, {{ n }})
    y = np.array([f(one) for one in x])
    return bool(@)
"""


def grid(expression):
    """A test on the grid that returns this expression of its places x and values y."""
    return GRID.replace("@", expression)


BEND = "(y[1:-1] - (y[:-2] + y[2:]) / 2)"  # middle minus mean, at every three neighbours
SMALL = f"np.all({BEND}[0:] <= {{{{ tol }}}})"

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


def losses(letters):
    """The answer to question 4 with these choices, by the letters of the master."""
    return f"convex_losses = '{{{{ ''.join(sorted(at(x) for x in \"{letters}\")) }}}}'"


def read(a=2, b=5, c=4, d=0, e=1):
    """The answers to question 6, by the letters of the master; right but for what is given."""
    return "\n".join(
        f"read_{{{{ at('{letter}') }}}} = {answer!r}"
        for letter, answer in zip("abcde", (a, b, c, d, e), strict=True)
    )


def pair(works, fails, chosen="iris"):
    """The answer to question 7 with these expressions."""
    return f"""chosen = "{chosen}"
data = lu.choose_data("{chosen}")
works = {works}
fails = {fails}"""


WRONG = [
    Wrong("q1", "first again", slopes(ddg=RIGHT_DG), says="differentiate once more", earns=1),
    Wrong(
        "q1",
        "third",
        slopes(ddg="{{ 2 * ddg[0] }} * x + {{ ddg[1] }}"),
        says="differentiate once less",
        earns=1,
    ),
    Wrong("q1", "sign", slopes(dg=f"-({RIGHT_DG})"), says="wrong sign", earns=1, shows=(4,)),
    Wrong("q1", "size", slopes(dg=f"abs({RIGHT_DG})"), says="its sign is not", earns=1, shows=(4,)),
    Wrong(
        "q1",
        "every sign",
        slopes(ddg=f"-({RIGHT_DDG})"),
        says="sign everywhere",
        earns=1,
        shows=(4,),
    ),
    Wrong(
        "q1",
        "a term's sign",
        slopes(ddg="{{ ddg[0] }} * x**2 + {{ -ddg[1] }} * x + {{ ddg[2] }}"),
        says="one term",
        earns=1,
        shows=(4,),
    ),
    Wrong(
        "q1",
        "no constant",
        slopes(ddg="{{ ddg[0] }} * x**2 + {{ ddg[1] }} * x"),
        says="constant",
        earns=1,
    ),
    Wrong(
        "q1",
        "not differentiated",
        slopes("{{ polynomial(g, code=True) }}"),
        says="the height of the curve",
        earns=1,
    ),
    Wrong("q1", "one left blank", DG.format(RIGHT_DG) + DDG.format("..."), says="nothing", earns=1),
    Wrong("q2", "1 / L", limit("1 / ({{ 2 * times }} * a)"), says="in one step"),
    Wrong("q2", "a for L", limit("2 / ({{ times }} * a)"), says="takes {{ lead }}a for L"),
    Wrong("q2", "the limit of x²", limit("1.0"), says="the limit on x²", shows=(10,)),
    Wrong("q2", "L itself", limit("{{ 2 * times }} * a"), says="that is L itself"),
    Wrong(
        "q2",
        "the public case",
        limit("{{ 1 / (times * public[0]) }}"),
        says="another quadratic",
        earns=1,
        shows=(10,),
    ),
    Wrong("q2", "the vertex", limit("-b / (2 * a)"), says="is not right yet", earns=1),
    Wrong("q2", "whole division", limit("1 // ({{ times }} * a)"), says="is not right yet"),
    Wrong(
        "q3",
        "the wrong way round",
        grid("np.all(y[1:-1] >= (y[:-2] + y[2:]) / 2 - {{ tol }})"),
        says="which is higher there",
    ),
    Wrong(
        "q3",
        "one wide chord",
        grid("(f(low) + f(high)) / 2 >= f((low + high) / 2) - {{ tol }}"),
        says="one wide chord",
        earns=1,
    ),
    Wrong(
        "q3",
        "the first three alone",
        grid("y[1] <= (y[0] + y[2]) / 2 + {{ tol }}"),
        says="the first ones",
        earns=1,
    ),
    Wrong(
        "q3",
        "no room for rounding",
        grid("np.all(y[1:-1] <= (y[:-2] + y[2:]) / 2)"),
        says="refutes a straight line",
        earns=2,
    ),
    Wrong(
        "q3",
        "strictly convex only",
        grid("np.all(y[1:-1] < (y[:-2] + y[2:]) / 2)"),
        says="refutes a straight line",
        earns=1,
    ),
    Wrong("q3", "always convex", grid("True"), says="it calls the quartic convex"),
    Wrong("q3", "never convex", grid("False"), says="calls x² not convex"),
    Wrong(
        "q3",
        "one valley",
        grid("np.sum(np.diff(np.sign(np.diff(y))) > 0) <= 1"),
        says="one valley does not make",
        earns=1,
        shows=(7,),
    ),
    Wrong("q3", "first left out", grid(SMALL.replace("0:]", "1:]")), says="one high", earns=3),
    Wrong("q3", "last left out", grid(SMALL.replace("0:]", "0:-1]")), says="one high", earns=3),
    Wrong("q3", "every second", grid(SMALL.replace("0:]", "::2]")), says="one high", earns=3),
    Wrong(
        "q3", "every second, from 1", grid(SMALL.replace("0:]", "1::2]")), says="one high", earns=3
    ),
    Wrong(
        "q3", "left half", grid(SMALL.replace("0:]", "0:{{ n // 2 }}]")), says="one high", earns=3
    ),
    Wrong(
        "q3", "right half", grid(SMALL.replace("0:]", "{{ n // 2 }}:]")), says="one high", earns=2
    ),
    Wrong(
        "q3",
        "twice the tolerance",
        grid(f"np.all({BEND} <= 2 * {{{{ tol }}}})"),
        says="little",
        earns=3,
    ),
    Wrong(
        "q3",
        "half the tolerance",
        grid(f"np.all({BEND} <= 0.5 * {{{{ tol }}}})"),
        says="rounding",
        earns=3,
    ),
    Wrong("q3", "1e-3", grid(f"np.all({BEND} <= 1e-3)"), says="one high", earns=3),
    Wrong(
        "q3",
        "isclose",
        grid(f"np.all(({BEND} <= 0) | np.isclose({BEND}, 0))"),
        says="little",
        earns=3,
    ),
    Wrong(
        "q3", "the mean", grid(f"np.mean({BEND}) <= {{{{ tol }}}}"), says="quartic convex", earns=1
    ),
    Wrong(
        "q4",
        "every squared error",
        losses("abcd"),
        says="{{ at('b') }}: that takes every",
        shows=(7,),
    ),
    Wrong("q4", "straight in x only", losses("ae"), says="{{ at('c') }}: that asks whether"),
    Wrong("q4", "a corner for a hump", losses("ac"), says="{{ at('e') }}: that takes a corner"),
    Wrong("q4", "theta squared", losses("acde"), says="try x = 1", shows=(7,)),
    Wrong("q4", "the others", losses("bd"), says="{{ at('a') }}: is this model linear"),
    Wrong("q4", "a list of words", "convex_losses = ['first']", says="only choices from a to e"),
    Wrong(
        "q5",
        "as it was",
        corner("guesses.append(guesses[-1] - alpha * df(guesses[-1]))"),
        says="still jumps over the corner",
        shows=(5,),
    ),
    Wrong(
        "q5",
        "halved",
        corner("alpha = alpha / 2\nguesses.append(guesses[-1] - alpha * df(guesses[-1]))"),
        says="stands still",
        shows=(11,),
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
        says="{{ guesses }} guesses, the start first",
    ),
    Wrong(
        "q5",
        "a constant alpha that is near enough",
        corner("guesses.append(guesses[-1] - alpha / 9 * df(guesses[-1]))"),
        says="as long as the first",
        shows=(5,),
    ),
    Wrong(
        "q5",
        "a rate by n",
        corner("guesses.append(guesses[-1] - alpha / n**0.5 * df(guesses[-1]))"),
        says="as long as the first",
        shows=(5,),
    ),
    Wrong(
        "q5",
        "smaller once",
        corner(
            "rate = alpha if len(guesses) < 3 else alpha / 25\n"
            "guesses.append(guesses[-1] - rate * df(guesses[-1]))"
        ),
        says="do not shrink towards 0",
        earns=1,
        shows=(5,),
    ),
    Wrong(
        "q5",
        "smaller down to a floor",
        corner(
            "rate = max(alpha / len(guesses) ** 0.5, alpha / 25)\n"
            "guesses.append(guesses[-1] - rate * df(guesses[-1]))"
        ),
        says="do not shrink towards 0",
        earns=1,
        shows=(5,),
    ),
    Wrong(
        "q5",
        "one short step at the end",
        corner(
            "rate = alpha if len(guesses) < 3 else alpha / 25\n"
            "rate = rate / 2 if len(guesses) == n - 1 else rate\n"
            "guesses.append(guesses[-1] - rate * df(guesses[-1]))"
        ),
        says="shrink to",
        earns=1,
        shows=(5,),
    ),
    Wrong("q5", "nan", corner("return [x0] + [np.nan] * (n - 1)"), says="nan or infinite"),
    Wrong("q5", "infinite", corner("return [x0] + [np.inf] * (n - 1)"), says="nan or infinite"),
    Wrong(
        "q5",
        "nan at the end",
        corner(
            "guesses.append(guesses[-1] - alpha / len(guesses) ** 0.5 * df(guesses[-1]))\n"
            "if len(guesses) == n:\n    guesses[-2:] = [np.nan, np.nan]"
        ),
        says="nan or infinite",
    ),
    Wrong("q5", "the corner given", corner("return [x0] + [0.0] * (n - 1)"), says="longer than"),
    Wrong("q5", "the start again", corner("return [x0] * n"), says="never leaves its start"),
    Wrong("q5", "empty", corner("return []"), says="the shape is (0,)"),
    Wrong(
        "q6",
        "alpha to blame for the corner",
        read(a=5),
        says="{{ at('a').upper() }}: a smaller alpha",
        earns=1,
    ),
    Wrong(
        "q6",
        "convex, so alpha does not matter",
        read(b=3),
        says="{{ at('b').upper() }}: this is",
        earns=1,
        shows=(5,),
    ),
    Wrong(
        "q6", "slow is alpha", read(c=5), says="{{ at('c').upper() }}: its slope has an L", earns=1
    ),
    Wrong(
        "q6",
        "one minimiser",
        read(d=1),
        says="convex does not mean one minimiser",
        earns=1,
        shows=(7,),
    ),
    Wrong(
        "q6",
        "stopped is success",
        read(e=0),
        says="{{ at('e').upper() }}: it stopped",
        earns=1,
        shows=(11,),
    ),
    Wrong(
        "q6",
        "a corner or two ends, so not convex",
        read(a=1, d=1),
        says="{{ at('d').upper() }}: convex does not mean",
        shows=(7,),
    ),
    Wrong("q6", "out of range", read(a=7), says="from 0 to 5", earns=1),
    Wrong(
        "q7",
        "mean squared, not mean of squares",
        pair(
            "0.97 / {{ scale }} / np.mean(data.x) ** 2", "1.03 / {{ scale }} / np.mean(data.x) ** 2"
        ),
        says="both numbers are too large",
    ),
    Wrong(
        "q7",
        "half the limit",
        pair("0.49 / {{ a_code }}", "0.51 / {{ a_code }}"),
        says="The edge is higher up",
        earns=1,
    ),
    Wrong(
        "q7",
        "the limit of the tips",
        pair("{{ 0.98 * edges['tips'] }}", "{{ 1.02 * edges['tips'] }}"),
        says="the edge of tips lies between",
        earns=1,
        shows=(10,),
    ),
    Wrong(
        "q7",
        "the limit of the iris",
        pair("{{ 0.98 * edges['iris'] }}", "{{ 1.02 * edges['iris'] }}", "salary"),
        says="the edge of iris lies between",
        shows=(10,),
    ),
    Wrong(
        "q7",
        "2 / mean(x²)",
        pair("1.95 / {{ a_code }}", "2.05 / {{ a_code }}", "party"),
        says="does not converge: a guess 1 away",
    ),
    Wrong("q7", "far apart", pair("0.0001", "100.0", "salary"), says="go below {{ percent }} %"),
    Wrong("q7", "the wrong way round", pair("0.0022", "0.0021", "tips"), says="fails larger"),
    Wrong("q7", "the edge works", pair("1 / {{ a_code }}", "1.05 / {{ a_code }}"), says="itself"),
    Wrong(
        "q7",
        "the edge works, on tips",
        pair("1 / {{ a_code }}", "1.05 / {{ a_code }}", "tips"),
        says="is the edge itself",
    ),
    Wrong(
        "q7",
        "the edge works, on diabetes",
        pair("1 / {{ a_code }}", "1.05 / {{ a_code }}", "diabetes"),
        says="is the edge itself",
    ),
    Wrong(
        "q7",
        "the edge fails",
        pair("0.95 / {{ a_code }}", "1 / {{ a_code }}", "salary"),
        says="does not diverge",
        earns=1,
    ),
    Wrong("q7", "as small as can be", pair("1e-12", "1.01e-12"), says="higher up", earns=1),
    Wrong("q7", "huge", pair("1e-300", "1.0"), says="1e+302 % larger"),
    Wrong("q7", "nan", pair("float('nan')", "float('nan')"), says="not a finite number"),
    Wrong("q7", "no such data", "chosen = 'cars'\nworks, fails = 1.0, 1.05", says="no data called"),
]
