"""Wrong answers to guided practice 5: many parameters and stochastic gradient descent."""

from answers import Wrong

COUNTS = {
    "updates_in_one_epoch": "{{ per }}",
    "rows_in_last_batch": "{{ last }}",
    "updates_in_all": "{{ updates }}",
    "evaluations_in_all": "{{ paid }}",
}


def counts(**wrong):
    """The four answers of question 5 with some of them wrong."""
    return "\n".join(f"{name} = {value}" for name, value in (COUNTS | wrong).items())


def function(head, *lines):
    """A function of these lines."""
    return "\n    ".join([f"def {head}:", *lines])


STEP = "step(theta, gradient, alpha)"
GRADIENT = "mse_gradient(theta, X, y)"
FIT = "fit(X, y, theta, alpha, n)"
BATCHES = "batches(n, batch_size, rng)"


def fit(*rounds, before="guesses, losses = [], []", after="return guesses, losses"):
    """A loop for question 4 with these lines in each round."""
    return function(FIT, before, "for _ in range(n):", *("    " + line for line in rounds), after)


GUESS = "guesses.append(theta)"
LOSS = "losses.append(np.mean((X @ theta - y) ** 2))"
UPDATE = "theta = theta - alpha * mse_gradient(theta, X, y)"

WRONG = [
    Wrong(
        "q1",
        "the gradient leads to the minimum",
        'answer_1 = "{{ toward }}"',
        says="to the minimum",
        shows=(2,),
    ),
    Wrong("q1", "downhill", 'answer_1 = "{{ down }}"', says="rise or fall"),
    Wrong(
        "q1", "away from the minimum", 'answer_1 = "d"', says="away from the minimum", shows=(2,)
    ),
    Wrong("q1", "the gradient is a number", 'answer_1 = "e"', says="for one number", shows=(12,)),
    Wrong("q1", "the arrow's number", 'answer_1 = "{{ numbers[2] }}"', says="should be one of"),
    Wrong(
        "q2",
        "sequential update",
        function(
            STEP,
            "new = np.array(theta)",
            "for i in range(len(new)):",
            "    new[i] = new[i] - alpha * gradient(new)[i]",
            "return new",
        ),
        says="read all the slopes at the old place",
        shows=(9,),
    ),
    Wrong(
        "q2",
        "sequential update, from the last parameter",
        function(
            STEP,
            "new = np.array(theta)",
            "for i in reversed(range(len(new))):",
            "    new[i] = new[i] - alpha * gradient(new)[i]",
            "return new",
        ),
        says="read all the slopes at the old place",
        shows=(9,),
    ),
    Wrong(
        "q2", "sign slip", function(STEP, "return theta + alpha * gradient(theta)"), says="climbs"
    ),
    Wrong(
        "q2",
        "alpha missing",
        function(STEP, "return theta - gradient(theta)"),
        says="forgets alpha",
    ),
    Wrong(
        "q2",
        "the change alone",
        function(STEP, "return -alpha * gradient(theta)"),
        says="the change alone",
    ),
    Wrong(
        "q2",
        "changes the given array",
        function(STEP, "theta -= alpha * gradient(theta)", "return theta"),
        says="changes the array it is given",
    ),
    Wrong(
        "q2",
        "the numbers of the example",
        function(STEP, "return np.array({{ [float(r) for r in right] }})"),
        says="whatever the start",
    ),
    Wrong(
        "q3",
        "missing 1/n",
        function(GRADIENT, "return 2 * X.T @ (X @ theta - y)"),
        says="grows with the number of rows",
    ),
    Wrong(
        "q3",
        "missing 2",
        function(GRADIENT, "return X.T @ (X @ theta - y) / len(y)"),
        says="half of what it should be",
    ),
    Wrong(
        "q3",
        "sign slip",
        function(GRADIENT, "return 2 / len(y) * X.T @ (y - X @ theta)"),
        says="the sign is wrong",
        shows=(4,),
    ),
    Wrong(
        "q3",
        "one number a row",
        function(GRADIENT, "return 2 / len(y) * (X @ theta - y)"),
        says="one number a row",
        shows=(12,),
    ),
    Wrong(
        "q3",
        "a single number",
        function(GRADIENT, "return np.mean(2 * (X @ theta - y))"),
        says="no single number",
        shows=(12,),
    ),
    Wrong(
        "q3",
        "missing 2 and 1/n",
        function(GRADIENT, "return X.T @ (X @ theta - y)"),
        says="grows with the rows",
    ),
    Wrong(
        "q3",
        "divides by the number of parameters",
        function(GRADIENT, "return 2 / len(theta) * X.T @ (X @ theta - y)"),
        says="number of parameters",
    ),
    Wrong(
        "q3",
        "X not transposed",
        function(GRADIENT, "return 2 / len(y) * X @ (X @ theta - y)"),
        says="stops with ValueError",
    ),
    Wrong(
        "q4", "notes after the update", fit(UPDATE, GUESS, LOSS), says="not begin with the start"
    ),
    Wrong("q4", "loss after the update", fit(GUESS, UPDATE, LOSS), says="the next guess"),
    Wrong("q4", "forgotten update", fit(GUESS, LOSS), says="all your guesses are the same"),
    Wrong("q4", "forgotten append", fit(LOSS, UPDATE), says="list of guesses is empty"),
    Wrong("q4", "climbs", fit(GUESS, LOSS, UPDATE.replace("- a", "+ a")), says="steps climb"),
    Wrong(
        "q4",
        "alpha missing",
        fit(GUESS, LOSS, UPDATE.replace("alpha * ", "")),
        says="forgets alpha",
    ),
    Wrong(
        "q4",
        "sum of squares",
        fit(GUESS, LOSS.replace("np.mean", "np.sum"), UPDATE),
        says="your losses are sums",
    ),
    Wrong(
        "q4",
        "stale gradient",
        fit(
            GUESS,
            LOSS,
            "theta = theta - alpha * slope",
            before="guesses, losses, slope = [], [], mse_gradient(theta, X, y)",
        ),
        says="measure the slope anew",
        shows=(13,),
    ),
    Wrong(
        "q4",
        "in place",
        fit(GUESS, LOSS, UPDATE.replace("= theta - ", "-= ")),
        says="in place",
    ),
    Wrong(
        "q4",
        "off by one in n",
        fit(GUESS, LOSS, UPDATE, after="return [*guesses, theta], losses"),
        says="n counts guesses",
    ),
    Wrong("q4", "guesses only", fit(GUESS, LOSS, UPDATE, after="return guesses"), says="two lists"),
    Wrong(
        "q5",
        "no last batch",
        counts(updates_in_one_epoch="{{ per - 1 }}"),
        says="leaves the last rows out",
    ),
    Wrong("q5", "not rounded", counts(updates_in_one_epoch="{{ n / size }}"), says="whole numbers"),
    Wrong(
        "q5",
        "epoch = update",
        counts(updates_in_one_epoch=1),
        says="an epoch for an update",
        shows=(8,),
    ),
    Wrong("q5", "batch = row", counts(updates_in_one_epoch="{{ n }}"), says="one row an update"),
    Wrong(
        "q5", "a full last batch", counts(rows_in_last_batch="{{ size }}"), says="does not divide"
    ),
    Wrong("q5", "what it lacks", counts(rows_in_last_batch="{{ size - last }}"), says="lacks"),
    Wrong(
        "q5",
        "epochs",
        counts(updates_in_all="{{ epochs }}"),
        says="an epoch for an update",
        shows=(8,),
    ),
    Wrong("q5", "one epoch", counts(updates_in_all="{{ per }}"), says="one epoch", shows=(8,)),
    Wrong(
        "q5",
        "full batches",
        counts(evaluations_in_all="{{ per * size * epochs }}"),
        says="not every batch is full",
    ),
    Wrong(
        "q5",
        "updates",
        counts(evaluations_in_all="{{ updates }}"),
        says="those are updates",
        shows=(8,),
    ),
    Wrong(
        "q6",
        "not shuffled",
        function(
            BATCHES,
            "order = np.arange(n)",
            "return [order[k : k + batch_size] for k in range(0, n, batch_size)]",
        ),
        says="old order",
    ),
    Wrong(
        "q6",
        "rows drawn anew for each batch",
        function(
            BATCHES, "return [rng.integers(n, size=batch_size) for _ in range(n // batch_size)]"
        ),
        says="comes up twice",
    ),
    Wrong(
        "q6",
        "last batch missing",
        function(
            BATCHES,
            "order = rng.permutation(n)",
            "pieces = range(0, n - batch_size + 1, batch_size)",
            "return [order[k : k + batch_size] for k in pieces]",
        ),
        says="an epoch uses every row once",
    ),
    Wrong(
        "q6",
        "equal pieces",
        function(BATCHES, "return np.array_split(rng.permutation(n), -(-n // batch_size))"),
        says="all but the last should be",
    ),
    Wrong("q6", "not cut", function(BATCHES, "return rng.permutation(n)"), says="into pieces"),
    Wrong(
        "q6",
        "one batch only",
        function(BATCHES, "return [rng.permutation(n)[:batch_size]]"),
        says="rows are used",
    ),
    Wrong(
        "q6",
        "a seed of its own",
        function(
            BATCHES,
            "order = np.random.default_rng(0).permutation(n)",
            "return [order[k : k + batch_size] for k in range(0, n, batch_size)]",
        ),
        says="the rng you are given",
    ),
    Wrong(
        "q6",
        "shuffled within the batches",
        function(
            BATCHES,
            "rows = np.arange(n)",
            "cuts = range(0, n, batch_size)",
            "return [rng.permutation(rows[k : k + batch_size]) for k in cuts]",
        ),
        says="next to each other",
    ),
    Wrong(
        "q6",
        "an empty batch at the end",
        function(
            BATCHES,
            "order = rng.permutation(n)",
            "return [order[k : k + batch_size] for k in range(0, n + 1, batch_size)]",
        ),
        says="one is empty",
    ),
    Wrong(
        "q6",
        "numpy's own generator",
        function(
            BATCHES,
            "order = np.random.permutation(n)",
            "return [order[k : k + batch_size] for k in range(0, n, batch_size)]",
        ),
        says="the rng you are given",
    ),
    Wrong(
        "q6",
        "begins anywhere",
        function(
            BATCHES,
            "order = np.roll(np.arange(n), rng.integers(n))",
            "return [order[k : k + batch_size] for k in range(0, n, batch_size)]",
        ),
        says="shuffle all the rows",
    ),
    Wrong("q7", "mini-batch for batch", 'answer_7 = "{{ at("a") }}"', says="without noise"),
    Wrong("q7", "one row and a few", 'answer_7 = "{{ at("b") }}"', says="one row and a few rows"),
    Wrong("q7", "the other way round", 'answer_7 = "{{ at("c") }}"', says="roughest estimate"),
]
