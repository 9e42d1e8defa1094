"""Wrong answers to independent practice 6: momentum, and a step for each parameter."""

from answers import Wrong


def function(head, *lines):
    """A function of these lines."""
    return "\n    ".join([f"def {head}:", *lines])


def ball(*rounds, before=("w, v = w0, 0.0",), after="return guesses"):
    """A loop for question 1 with these lines in each round."""
    lines = [*before, "guesses = [w]", "for _ in range(n - 1):"]
    lines += ["    " + line for line in rounds]
    return function("heavy_ball(derivative, w0, alpha, beta, n)", *lines, after)


REST = "v = 0.0"
PUSH = "v = beta * v - alpha * derivative(w)"
MOVE = "w = w + v"
NOTE = "guesses.append(w)"


def tune(
    largest="2 * (1 + beta) / bends[-1]",
    alpha="4 / (most + least) ** 2",
    beta="((most - least) / (most + least)) ** 2",
    result="alpha, beta",
):
    """Both functions of question 2 with some of it changed."""
    bends = "bends = np.linalg.eigvalsh(hessian)"
    first = function("largest_alpha(hessian, beta)", bends, f"return {largest}")
    lines = [bends, "L, m = bends[-1], bends[0]", "most, least = L**0.5, m**0.5"]
    lines += [f"alpha = {alpha}", f"beta = {beta}", f"return {result}"]
    return first + "\n\n" + function("polyak(hessian)", *lines)


def adam(
    mean="beta1 * mean + (1 - beta1) * slope",
    s="beta2 * s + (1 - beta2) * slope**2",
    step="alpha * (mean / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + epsilon)",
    result="w, mean, s",
    letter="{{ at('b') }}",
    after="pass",
):
    """Both answers of question 3 with some of it changed."""
    head = "adam_step(w, mean, s, t, slope, alpha, beta1, beta2, epsilon=1e-8)"
    lines = [f"mean = {mean}", f"s = {s}", f"w = w - {step}", after, f"return {result}"]
    return function(head, *lines) + f'\n\n\nanswer_3 = "{letter}"'


def advice(kind, letter):
    """The three answers of question 4, with this letter for one run."""
    names = "advice_A, advice_B, advice_C"
    order = f"{{{{ [r if o != '{kind}' else '{letter}' for r, o in zip(right, order)] }}}}"
    return f"{names} = {order}"


def warm(up="{{ peak }} * (update + 1) / {{ k }}", down="{{ peak }} * {{ tail }}", k="{{ k }}"):
    """A schedule for question 5 with some of it changed."""
    return function("alpha_at(update)", f"return {up} if update < {k} else {down}")


def own(
    chosen="iris",
    plain=0.5,
    momentum=0.025,
    beta=0.9,
    adam=0.1,
    needed="arrival(a, Z, y), arrival(b, X, y), arrival(c, X, y)",
    fewest="plain",
    scaled="Z",
    raw="X",
):
    """A race for question 6 with some of it changed."""
    return f"""
chosen, alpha_plain, alpha_momentum, beta_momentum, alpha_adam, fewest_6 = (
    "{chosen}", {plain}, {momentum}, {beta}, {adam}, "{fewest}"
)
x, y, *_ = {{{{ data }}}}
X, Z = lu.with_intercept(x), lu.with_intercept((x - x.mean()) / x.std())
raw, scaled = (lambda w: lu.mse_gradient(w, {raw}, y)), (lambda w: lu.mse_gradient(w, {scaled}, y))
a = lu.gradient_descent(scaled, [0, 0], alpha_plain, 1001)
b = lu.momentum(raw, [0, 0], alpha_momentum, 1001, beta=beta_momentum)[0]
c = lu.adam(raw, [0, 0], alpha_adam, 1001)[0]
needed_plain, needed_momentum, needed_adam = {needed}
"""


WRONG = [
    Wrong("q1", "no memory", ball(REST, PUSH, MOVE, NOTE), says="no memory: that is plain descent"),
    Wrong(
        "q1",
        "no memory, alpha twice",
        ball(REST, PUSH, "w = w + alpha * v", NOTE),
        says="no memory, and alpha counts twice",
    ),
    Wrong(
        "q1",
        "no memory, uphill",
        ball(REST, PUSH, "w = w - v", NOTE),
        says="no memory, and its steps climb",
        shows=(4,),
    ),
    Wrong("q1", "alpha twice", ball(PUSH, "w = w + alpha * v", NOTE), says="alpha counts twice"),
    Wrong(
        "q1",
        "uphill",
        ball(PUSH, "w = w - v", NOTE),
        says="one minus sign is needed",
        shows=(4,),
    ),
    Wrong(
        "q1",
        "the slope's sign",
        ball(PUSH.replace("- a", "+ a"), MOVE, NOTE),
        says="one minus sign is needed",
        shows=(4,),
    ),
    Wrong("q1", "w before v", ball(MOVE, PUSH, NOTE), says="moves by the old speed"),
    Wrong("q1", "beta = 1", ball(PUSH.replace("beta * ", ""), MOVE, NOTE), says="where is beta"),
    Wrong(
        "q1",
        "an average",
        ball(PUSH.replace("alpha", "(1 - beta) * alpha"), MOVE, NOTE),
        says="that is an average",
    ),
    Wrong(
        "q1",
        "not at rest",
        ball(PUSH, MOVE, NOTE, before=("w, v = w0, w0",)),
        says="does not start at rest",
    ),
    Wrong("q1", "speeds", ball(PUSH, MOVE, "guesses.append(v)"), says="the speeds"),
    Wrong(
        "q1",
        "in place",
        ball(
            "v = beta * v - alpha * derivative(w)",
            "w += v",
            "guesses.append(np.copy(w))",
        ).replace("[w]", "[np.copy(w)]"),
        says="moves the start",
        earns=2,
    ),
    Wrong("q2", "plain limit", tune("2 / bends[-1]"), says="where is beta", earns=1),
    Wrong("q2", "the smallest", tune("2 * (1 + beta) / bends[0]"), says="smallest", earns=1),
    Wrong(
        "q2",
        "the diagonal",
        tune("2 * (1 + beta) / np.max(np.diag(hessian))"),
        says="takes the diagonal",
        earns=1,
    ),
    Wrong("q2", "1 - beta", tune("2 * (1 - beta) / bends[-1]"), says="larger than", earns=1),
    Wrong("q2", "half", tune("(1 + beta) / bends[-1]"), says="half of", earns=1),
    Wrong("q2", "order", tune(result="beta, alpha"), says="beta first", earns=1),
    Wrong(
        "q2",
        "beta not squared",
        tune(beta="(most - least) / (most + least)"),
        says="beta is to be squared",
        earns=1,
    ),
    Wrong("q2", "no roots", tune(alpha="4 / (L + m) ** 2"), says="in polyak's alpha", earns=1),
    Wrong("q2", "no roots in beta", tune(beta="((L - m) / (L + m)) ** 2"), says="'s beta", earns=1),
    Wrong("q2", "not squared", tune(alpha="4 / (most + least)"), says="to be squared", earns=1),
    Wrong("q2", "plain best", tune(alpha="2 / (L + m)"), says="has roots in it", earns=1),
    Wrong("q2", "alpha alone", tune(result="alpha"), says="should return two numbers", earns=1),
    Wrong("q3", "one result", adam(result="w"), says="should return three things", earns=1),
    Wrong("q3", "order", adam(result="mean, s, w"), says="the order is wrong", earns=1),
    Wrong(
        "q3",
        "uncorrected",
        adam(step="alpha * mean / (np.sqrt(s) + epsilon)"),
        says="does not correct for that",
        earns=1,
    ),
    Wrong(
        "q3",
        "mean alone corrected",
        adam(step="alpha * mean / (1 - beta1**t) / (np.sqrt(s) + epsilon)"),
        says="mean is corrected, and s is not",
        earns=1,
    ),
    Wrong(
        "q3",
        "s alone corrected",
        adam(step="alpha * mean / (np.sqrt(s / (1 - beta2**t)) + epsilon)"),
        says="s is corrected, and mean is not",
        earns=1,
    ),
    Wrong(
        "q3",
        "corrected as at first",
        adam(step="alpha * mean / (1 - beta1) / (np.sqrt(s / (1 - beta2)) + epsilon)"),
        says="where is t",
        earns=1,
    ),
    Wrong(
        "q3",
        "corrected ones returned",
        adam(result="w, mean / (1 - beta1**t), s / (1 - beta2**t)"),
        says="without their corrections",
        earns=1,
    ),
    Wrong(
        "q3",
        "the slope above",
        adam(step="alpha * slope / (np.sqrt(s / (1 - beta2**t)) + epsilon)"),
        says="RMSProp's",
        earns=1,
    ),
    Wrong(
        "q3",
        "no root",
        adam(step="alpha * mean / (1 - beta1**t) / (s / (1 - beta2**t) + epsilon)"),
        says="root of s is missing",
        earns=1,
    ),
    Wrong(
        "q3",
        "no alpha",
        adam(step="mean / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)"),
        says="needed no learning rate",
        earns=1,
        shows=(14,),
    ),
    Wrong(
        "q3",
        "climbs",
        adam(step="-alpha * mean / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)"),
        says="climbs",
        earns=1,
    ),
    Wrong(
        "q3",
        "one for all",
        adam(s="beta2 * s + (1 - beta2) * np.mean(slope**2)"),
        says="the new w",
        earns=2,
    ),
    Wrong("q3", "shorter steps", adam(letter="{{ at('a') }}"), says="nothing shrinks", earns=3),
    Wrong(
        "q3",
        "no alpha needed",
        adam(letter="{{ at('c') }}"),
        says="no learning rate",
        earns=3,
        shows=(14,),
    ),
    Wrong("q3", "epsilon", adam(letter="{{ at('d') }}"), says="what epsilon is for", earns=3),
    Wrong("q4", "Adam: b", advice("adam", "b"), says="has not swung", earns=2),
    Wrong("q4", "Adam: c", advice("adam", "c"), says="not at rest in a hollow", earns=2),
    Wrong("q4", "Adam: d", advice("adam", "d"), says="alpha is a choice", earns=2, shows=(14,)),
    Wrong("q4", "Adam: g", advice("adam", "g"), says="the newest", earns=2, shows=(18,)),
    Wrong("q4", "ball: a", advice("ball", "a"), says="its steps are short", earns=2),
    Wrong("q4", "ball: e", advice("ball", "e"), says="always helped", earns=2, shows=(15,)),
    Wrong("q4", "ball: g", advice("ball", "g"), says="the newest", earns=2, shows=(18,)),
    Wrong("q4", "hollow: a", advice("hollow", "a"), says="its steps are short", earns=2),
    Wrong("q4", "hollow: f", advice("hollow", "f"), says="nothing works", earns=2, shows=(16,)),
    Wrong("q4", "hollow: d", advice("hollow", "d"), says="learning", earns=2, shows=(14,)),
    Wrong("q5", "begins with 0", warm("{{ peak }} * update / {{ k }}"), says="alpha_at(0) is 0"),
    Wrong("q5", "no warm-up", warm("{{ peak }}"), says="where is the warm-up"),
    Wrong(
        "q5",
        "one late",
        warm("{{ peak }} * max(update, 1) / {{ k }}"),
        says="one update late",
    ),
    Wrong("q5", "grows on", warm(k="1e9"), says="goes on growing"),
    Wrong("q5", "stays", warm(down="{{ peak }}"), says="stays at its peak"),
    Wrong(
        "q5",
        "jumps",
        warm(down="{{ peak }} / (update + 1) ** {{ power }}"),
        says="forgets k",
    ),
    Wrong(
        "q5",
        "from the end of the warm-up",
        warm(down="{{ peak }} * ({{ k }} / (update + 1 - {{ k }})) ** {{ power }}"),
        says="from the end of the warm-up",
    ),
    Wrong(
        "q5",
        "the other root",
        warm(down="{{ peak }} * ({{ k }} / (update + 1)) ** {{ 1.5 - power }}"),
        says="look at the root",
    ),
    Wrong(
        "q5",
        "falls one update late",
        warm(down="{{ peak }} * ({{ k }} / max(update, {{ k }})) ** {{ power }}"),
        says="one update late",
    ),
    Wrong("q6", "timid", own(plain=0.01), says="you may step boldly", earns=1),
    Wrong(
        "q6",
        "guesses",
        own(needed="arrival(a, Z, y) + 1, arrival(b, X, y), arrival(c, X, y)"),
        says="needed_plain counts guesses",
        earns=2,
    ),
    Wrong(
        "q6",
        "lengths",
        own(needed="arrival(a, Z, y), 1000, 1000"),
        says="is the length of the run",
        earns=2,
    ),
    Wrong("q6", "momentum runs away", own(momentum=0.2), says="does not arrive", earns=1),
    Wrong("q6", "Adam creeps", own(adam=0.0001), says="does not arrive", earns=1),
    Wrong(
        "q6",
        "standardised for all",
        own(raw="Z", needed="arrival(a, Z, y), arrival(b, Z, y), arrival(c, Z, y)"),
        says="what it needs on the standardised",
        earns=2,
        shows=(10,),
    ),
    Wrong("q6", "newest", own(fewest="adam"), says="the newest", earns=2, shows=(18,)),
    Wrong("q6", "helps", own(fewest="momentum"), says="always helps", earns=2, shows=(15,)),
]
