"""Wrong answers to independent practice 5: many parameters and stochastic gradient descent."""

from answers import Wrong


def function(head, *lines):
    """A function of these lines."""
    return "\n    ".join([f"def {head}:", *lines])


def slopes(first="{{ first }}", second="{{ second }}", angle="{{ angle }}"):
    """Both answers of question 1 with one of them changed."""
    body = function("gradient_1(p)", "u, v = p", f"return np.array([{first}, {second}])")
    return f"{body}\n\n\nangle_1 = {angle}"


def descend(*rounds, before="theta = theta0", after="return np.array(guesses)"):
    """A loop for question 2 with these lines in each round."""
    lines = [before, "guesses = [theta]", "for _ in range(n - 1):"]
    lines += ["    " + line for line in rounds]
    return function("descend(gradient, theta0, alpha, n)", *lines, after)


def costs(
    updates="(n + batch_size - 1) // batch_size",
    paid="n_updates // k * n + n_updates % k * batch_size",
):
    """Both functions of question 3 with one of them changed."""
    first = function("updates_per_epoch(n, batch_size)", f"return {updates}")
    k = "k = -(-n // batch_size)"
    return first + "\n\n" + function("evaluations(n, batch_size, n_updates)", k, f"return {paid}")


def train(*epoch, start=True, order="order = rng.permutation(len(y))"):
    """A run for question 4 with these lines in each epoch."""
    lines = ["rng = np.random.default_rng(seed)", "theta = np.zeros(X.shape[1])"]
    lines += ["guesses = [theta]" if start else "guesses = []", order]
    lines += ["for _ in range(n_epochs):", *("    " + line for line in epoch)]
    head = "train(X, y, alpha, n_epochs, batch_size, seed)"
    return function(head, *lines, "return np.array(guesses)")


SHUFFLE = "order = rng.permutation(len(y))"
BATCHES = "for k in range(0, len(y), batch_size):"
ROWS = "    rows = order[k : k + batch_size]"
STEP = "    theta = theta - alpha * lu.mse_gradient(theta, X[rows], y[rows])"
NOTE = "    guesses.append(theta)"
INSIDE = {"order": "pass"}  # the order is drawn inside the loop over the epochs


def settle(letter="{{ at('b') }}", rate="{{ rate }} / (1 + update / 100)"):
    """Both answers of question 5 with one of them changed."""
    return f'answer_5 = "{letter}"\n\n\n' + function("alpha_at(update)", f"return {rate}")


def own(
    chosen="iris",
    size=16,
    alpha=0.1,
    epochs=10,
    X="lu.with_intercept(z)",
    theta="path[-1]",
    paid="cost[-1]",
):
    """A fit for question 6 with some of it changed."""
    return f"""
chosen, batch_size_6, alpha_6, epochs_6, seed_6 = "{chosen}", {size}, {alpha}, {epochs}, 1
x, y, *_ = {{{{ data }}}}
z = (x - x.mean()) / x.std()
path, cost = lu.sgd(
    lu.mse_gradient,
    [0.0, 0.0],
    alpha_6,
    epochs_6,
    batch_size_6,
    np.random.default_rng(seed_6),
    X={X},
    y=y,
)
theta_6, evaluations_6 = {theta}, {paid}
"""


WRONG = [
    Wrong(
        "q1",
        "sign slip",
        slopes("-({{ first }})", "-({{ second }})"),
        says="the sign is wrong",
        earns=1,
    ),
    Wrong(
        "q1",
        "one term forgotten",
        slopes("4 * (u {{ minus_a }}) ** 3"),
        says="parameter 0",
        earns=1,
    ),
    Wrong(
        "q1",
        "a number",
        function("gradient_1(p)", "u, v = p", "return {{ first }} + {{ second }}")
        + "\n\n\nangle_1 = {{ angle }}",
        says="a gradient is a vector",
        earns=1,
        shows=(12,),
    ),
    Wrong(
        "q1",
        "only right at the public place",
        slopes("{{ at_public[0] }}", "{{ at_public[1] }}"),
        says="the gradient is wrong",
        earns=2,
    ),
    Wrong(
        "q1",
        "the minimum lies ahead",
        slopes(angle=0.0),
        says="to the minimum",
        earns=2,
        shows=(2,),
    ),
    Wrong(
        "q1",
        "angle of the gradient",
        slopes(angle="{{ 180 - angle }}"),
        says="goes against it",
        earns=2,
    ),
    Wrong("q1", "radians", slopes(angle="{{ np.radians(angle) }}"), says="radians", earns=2),
    Wrong("q1", "the cosine", slopes(angle="{{ cosine }}"), says="cosine", earns=2),
    Wrong(
        "q2",
        "in place",
        descend("theta -= alpha * gradient(theta)", "guesses.append(theta)"),
        says="all your guesses are the same",
    ),
    Wrong(
        "q2",
        "a copy of the start only",
        descend(
            "theta -= alpha * gradient(theta)",
            "guesses.append(theta)",
            before="theta = theta0.copy()",
        ),
        says="all your guesses are the same",
    ),
    Wrong(
        "q2",
        "copies in the list, the start moves",
        descend(
            "theta -= alpha * gradient(theta)",
            "guesses.append(theta.copy())",
        ).replace("[theta]", "[theta.copy()]"),
        says="moves the start",
        earns=2,
    ),
    Wrong(
        "q2",
        "stale gradient",
        descend(
            "theta = theta - alpha * slope",
            "guesses.append(theta)",
            before="theta, slope = theta0, gradient(theta0)",
        ),
        says="measure the slope anew",
        shows=(13,),
    ),
    Wrong(
        "q2",
        "one after the other",
        descend(
            "theta = theta.copy()",
            "for j in range(len(theta)):",
            "    theta[j] = theta[j] - alpha * gradient(theta)[j]",
            "guesses.append(theta)",
        ),
        says="where another parameter is new",
        shows=(9,),
    ),
    Wrong(
        "q2",
        "sign slip",
        descend("theta = theta + alpha * gradient(theta)", "guesses.append(theta)"),
        says="steps climb",
    ),
    Wrong(
        "q2",
        "forgotten append",
        descend("theta = theta - alpha * gradient(theta)"),
        says="the start alone",
    ),
    Wrong(
        "q2",
        "only the last guess",
        descend("theta = theta - alpha * gradient(theta)", after="return theta"),
        says="not only the last one",
    ),
    Wrong(
        "q3",
        "rounded down",
        costs("n // batch_size"),
        says="the last, smaller batch is missing",
        earns=2,
    ),
    Wrong("q3", "not rounded", costs("n / batch_size"), says="whole numbers", earns=2),
    Wrong("q3", "always one more", costs("n // batch_size + 1"), says="nothing is left", earns=1),
    Wrong("q3", "epoch = update", costs("1"), says="an epoch for an update", earns=1, shows=(8,)),
    Wrong(
        "q3",
        "full last batches",
        costs(paid="n_updates * batch_size"),
        says="count it as a full one",
        earns=2,
    ),
    Wrong(
        "q3",
        "updates",
        costs(paid="n_updates"),
        says="evaluations counts updates",
        earns=1,
        shows=(8,),
    ),
    Wrong(
        "q3",
        "update = epoch",
        costs(paid="n_updates * n"),
        says="update for an epoch",
        earns=1,
        shows=(8,),
    ),
    Wrong(
        "q4",
        "one update an epoch",
        train(SHUFFLE, "rows = order[:batch_size]", STEP.strip(), NOTE.strip(), **INSIDE),
        says="an epoch for an update",
        shows=(8,),
    ),
    Wrong(
        "q4",
        "the last batch missing",
        train(SHUFFLE, BATCHES.replace("len(y),", "len(y) - batch_size + 1,"), ROWS, STEP, NOTE),
        says="smaller batch of each epoch is missing",
    ),
    Wrong(
        "q4",
        "a shuffle for each batch",
        train(BATCHES, "    rows = rng.permutation(len(y))[:batch_size]", STEP, NOTE, order="pass"),
        says="shuffle once an epoch",
        shows=(8,),
    ),
    Wrong(
        "q4",
        "one shuffle for all epochs",
        train(BATCHES, ROWS, STEP, NOTE),
        says="shuffle anew in each",
    ),
    Wrong(
        "q4",
        "the start is missing",
        train(SHUFFLE, BATCHES, ROWS, STEP, NOTE, start=False, **INSIDE),
        says="the start is missing",
    ),
    Wrong(
        "q4",
        "a guess an epoch",
        train(SHUFFLE, BATCHES, ROWS, STEP, NOTE.strip(), **INSIDE),
        says="an epoch for an update",
        shows=(8,),
    ),
    Wrong(
        "q5",
        "zero at the minimum",
        settle("{{ at('a') }}"),
        says="a single row's",
        earns=2,
        shows=(8,),
    ),
    Wrong(
        "q5",
        "epoch = update",
        settle("{{ at('c') }}"),
        says="an epoch for an update",
        earns=2,
        shows=(8,),
    ),
    Wrong("q5", "convex is enough", settle("{{ at('d') }}"), says="convexity for enough", earns=2),
    Wrong("q5", "fixed", settle(rate="{{ rate }}"), says="it still hovers", earns=1),
    Wrong(
        "q5",
        "too fast",
        settle(rate="{{ rate }} * 0.9**update"),
        says="before the run",
        earns=1,
        shows=(11,),
    ),
    Wrong(
        "q5",
        "one over t",
        settle(rate="{{ rate }} / (1 + update)"),
        says="before the run",
        earns=1,
        shows=(11,),
    ),
    Wrong(
        "q5", "grows", settle(rate="{{ rate }} * (1 + update / 100)"), says="never grow", earns=1
    ),
    Wrong(
        "q5", "below zero", settle(rate="{{ rate }} - update / 1e4"), says="not above 0", earns=1
    ),
    Wrong("q5", "starts elsewhere", settle(rate="1 / (1 + update)"), says="as asked", earns=1),
    Wrong(
        "q6",
        "too few updates",
        own(size="{{ 150 - skip }}", alpha=0.01),
        says="more epochs",
        earns=1,
        shows=(11,),
    ),
    Wrong(
        "q6",
        "updates",
        own(paid="len(path) - 1"),
        says="the number of updates",
        earns=2,
        shows=(8,),
    ),
    Wrong(
        "q6", "guesses", own(paid="len(path)"), says="the start costs nothing", earns=2, shows=(8,)
    ),
    Wrong("q6", "full batches", own(paid="16 * (len(path) - 1)"), says="a full one", earns=2),
    Wrong("q6", "one epoch", own(paid="len(y)"), says="that is one epoch", earns=2, shows=(8,)),
    Wrong("q6", "epochs", own(paid="epochs_6"), says="the number of epochs", earns=2, shows=(8,)),
    Wrong(
        "q6",
        "least squares itself",
        own(theta="np.linalg.lstsq(lu.with_intercept(z), y)[0]"),
        says="does not end at theta_6",
        earns=2,
    ),
    Wrong(
        "q6",
        "x as it is",
        own("iris", "{{ 150 - skip }}", 0.03, 800, X="lu.with_intercept(x)"),
        says="fits x as it is",
        earns=1,
    ),
    Wrong(
        "q6",
        "x as it is, and overflow",
        own("tips", 32, 0.1, 40, X="lu.with_intercept(x)"),
        says="make alpha smaller",
        earns=0,
    ),
    Wrong("q6", "all guesses", own(theta="path"), says="has shape", earns=1),
]
