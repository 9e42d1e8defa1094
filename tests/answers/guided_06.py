"""Wrong answers to guided practice 6: momentum, and a step for each parameter."""

from answers import Wrong


def lines(right, wrong):
    """The answers of a question, a line each, with some of them wrong."""
    return "\n".join(f"{name} = {value}" for name, value in (right | wrong).items())


def ball(**wrong):
    """The three answers of question 1 with some of them wrong."""
    return lines({"w_1": "{{ w1 }}", "v_2": "{{ v2 }}", "w_2": "{{ w2 }}"}, wrong)


def best(**wrong):
    """The three answers of question 4 with some of them wrong."""
    right = {
        "largest_alpha": "{{ largest }}",
        "polyak_alpha": "{{ best }}",
        "polyak_beta": "{{ keep }}",
    }
    return lines(right, wrong)


def first(**wrong):
    """The four answers of question 5 with some of them wrong."""
    right = {
        "change_0": "{{ first[0] }}",
        "change_1": "{{ first[1] }}",
        "tenfold_0": "{{ tenfold }}",
        "uncorrected_0": "{{ bare }}",
    }
    return lines(right, wrong)


def function(head, *body):
    """A function of these lines."""
    return "\n    ".join([f"def {head}:", *body])


def momentum(*body):
    """A function for question 2 of these lines."""
    return function("momentum_step(w, v, slope, alpha, beta)", *body)


def rmsprop(*body):
    """A function for question 6 of these lines."""
    return function("rmsprop_step(w, s, slope, alpha, beta, epsilon=1e-8)", *body)


NEW_V = "v = beta * v - alpha * slope"
NEW_S = "s = beta * s + (1 - beta) * slope**2"
MOVE = "w - alpha * slope / (np.sqrt(s) + epsilon)"

WRONG = [
    Wrong("q1", "climbs", ball(w_1="{{ slips_1[0] }}"), says="climbs", shows=(4,)),
    Wrong("q1", "no alpha at first", ball(w_1="{{ slips_1[1] }}"), says="forgets alpha"),
    Wrong("q1", "stays", ball(w_1="{{ w0 }}"), says="v changes first"),
    Wrong("q1", "no memory", ball(v_2="{{ pull }}"), says="what has the ball kept"),
    Wrong("q1", "climbs later", ball(v_2="{{ slips_v[1] }}"), says="climbs", shows=(4,)),
    Wrong("q1", "the slope at the start", ball(v_2="{{ slips_v[2] }}"), says="at the start again"),
    Wrong("q1", "an average", ball(v_2="{{ slips_v[3] }}"), says="that is an average"),
    Wrong("q1", "beta = 1", ball(v_2="{{ slips_v[4] }}"), says="which share of it"),
    Wrong("q1", "beta for all", ball(v_2="{{ slips_v[5] }}"), says="the old speed alone"),
    Wrong("q1", "no alpha", ball(v_2="{{ slips_v[6] }}"), says="forgets alpha"),
    Wrong("q1", "against v", ball(w_2="{{ slips_w[0] }}"), says="against the speed"),
    Wrong("q1", "from the start", ball(w_2="{{ slips_w[1] }}"), says="at w_1 now"),
    Wrong("q1", "plain descent", ball(w_2="{{ slips_w[2] }}"), says="plain descent"),
    Wrong("q1", "the old v", ball(w_2="{{ slips_w[3] }}"), says="the first speed again"),
    Wrong("q1", "alpha twice", ball(w_2="{{ slips_w[4] }}"), says="alpha counts once"),
    Wrong("q2", "one result", momentum(NEW_V, "return w + v"), says="return two things"),
    Wrong("q2", "order", momentum(NEW_V, "return v, w + v"), says="the order is wrong"),
    Wrong(
        "q2",
        "climbs",
        momentum("v = beta * v + alpha * slope", "return w + v, v"),
        says="climbs",
        shows=(4,),
    ),
    Wrong("q2", "w - v", momentum(NEW_V, "return w - v, v"), says="against its speed"),
    Wrong(
        "q2",
        "w before v",
        momentum("w = w + v", NEW_V, "return w, v"),
        says="moves by the old speed",
    ),
    Wrong(
        "q2",
        "no memory",
        momentum("v = -alpha * slope", "return w + v, v"),
        says="that is plain descent",
    ),
    Wrong(
        "q2",
        "beta forgotten",
        momentum("v = v - alpha * slope", "return w + v, v"),
        says="where is beta",
    ),
    Wrong(
        "q2",
        "alpha forgotten",
        momentum("v = beta * v - slope", "return w + v, v"),
        says="forgets alpha",
    ),
    Wrong(
        "q2",
        "beta for all",
        momentum("v = beta * (v - alpha * slope)", "return w + v, v"),
        says="the old speed alone",
    ),
    Wrong(
        "q2",
        "an average",
        momentum("v = beta * v - (1 - beta) * alpha * slope", "return w + v, v"),
        says="that is an average",
    ),
    Wrong("q2", "alpha twice", momentum(NEW_V, "return w + alpha * v, v"), says="counts twice"),
    Wrong(
        "q2",
        "the old v",
        momentum("return w + beta * v - alpha * slope, v"),
        says="is the old one",
    ),
    Wrong(
        "q2",
        "in place",
        momentum("v *= beta", "v -= alpha * slope", "return w + v, v"),
        says="changes an array that it is given",
    ),
    Wrong(
        "q3",
        "more is faster",
        'answer_3 = "{{ at("b") }}"',
        says="more memory is not always better",
        shows=(15,),
    ),
    Wrong("q3", "none and some", 'answer_3 = "{{ at("c") }}"', says="turns with the slope at once"),
    Wrong("q3", "the wrong way round", 'answer_3 = "{{ at("d") }}"', says="wrong way round"),
    Wrong("q4", "plain limit", best(largest_alpha="{{ 2 / L }}"), says="where is beta"),
    Wrong("q4", "1 - beta", best(largest_alpha="{{ slips_most[1] }}"), says="larger than without"),
    Wrong("q4", "m for L", best(largest_alpha="{{ slips_most[2] }}"), says="breaks first across"),
    Wrong("q4", "1/L", best(largest_alpha="{{ 1 / L }}"), says="a safe choice"),
    Wrong("q4", "2 beta/L", best(largest_alpha="{{ slips_most[4] }}"), says="that would be 0"),
    Wrong("q4", "half of it", best(largest_alpha="{{ slips_most[5] }}"), says="twice as much"),
    Wrong("q4", "plain best", best(polyak_alpha="{{ slips_best[0] }}"), says="has roots in it"),
    Wrong("q4", "safe", best(polyak_alpha="{{ 1 / L }}"), says="a safe alpha"),
    Wrong("q4", "a limit", best(polyak_alpha="{{ 2 / L }}"), says="the limit of plain descent"),
    Wrong("q4", "not squared", best(polyak_alpha="{{ slips_best[3] }}"), says="is squared"),
    Wrong("q4", "difference", best(polyak_alpha="{{ slips_best[4] }}"), says="difference of the"),
    Wrong("q4", "no roots", best(polyak_alpha="{{ slips_best[5] }}"), says="roots are missing"),
    Wrong("q4", "2 above", best(polyak_alpha="{{ slips_best[6] }}"), says="a 4 above"),
    Wrong("q4", "Nesterov's", best(polyak_beta="{{ slips_keep[0] }}"), says="to be squared"),
    Wrong("q4", "plain factor", best(polyak_beta="{{ slips_keep[1] }}"), says="plain descent"),
    Wrong("q4", "no roots in beta", best(polyak_beta="{{ slips_keep[2] }}"), says="of L and of m"),
    Wrong("q4", "upside down", best(polyak_beta="{{ slips_keep[3] }}"), says="between 0 and 1"),
    Wrong("q4", "1 - root", best(polyak_beta="{{ slips_keep[4] }}"), says="by their sum"),
    Wrong("q5", "plain descent", first(change_0="{{ slips_0[0] }}"), says="step of plain descent"),
    Wrong("q5", "climbs", first(change_0="{{ slips_0[1] }}"), says="climbs", shows=(4,)),
    Wrong("q5", "no alpha", first(change_0="{{ slips_0[2] }}"), says="no learning", shows=(14,)),
    Wrong("q5", "uncorrected", first(change_0="{{ bare }}"), says="it is asked for later"),
    Wrong("q5", "small stays small", first(change_1="{{ slips_1[0] }}"), says="plain descent"),
    Wrong("q5", "climbs with 1", first(change_1="{{ slips_1[1] }}"), says="climbs", shows=(4,)),
    Wrong("q5", "no alpha in 1", first(change_1="{{ slips_1[2] }}"), says="rate", shows=(14,)),
    Wrong(
        "q5",
        "Adam finds its step",
        first(tenfold_0="{{ first[0] }}"),
        says="needed no learning rate",
        shows=(14,),
    ),
    Wrong("q5", "plain tenfold", first(tenfold_0="{{ slips_ten[1] }}"), says="plain descent"),
    Wrong("q5", "corrected", first(uncorrected_0="{{ first[0] }}"), says="leave out both"),
    Wrong("q5", "m alone", first(uncorrected_0="{{ slips_bare[1] }}"), says="still divided by it"),
    Wrong("q5", "no root", first(uncorrected_0="{{ slips_bare[2] }}"), says="root of s is missing"),
    Wrong("q5", "flipped", first(uncorrected_0="{{ slips_bare[4] }}"), says="upside down"),
    Wrong("q5", "one left out", first(uncorrected_0="{{ slips_bare[5] }}"), says="one of the two"),
    Wrong("q6", "one result", rmsprop(NEW_S, f"return {MOVE}"), says="return two things"),
    Wrong("q6", "order", rmsprop(NEW_S, f"return s, {MOVE}"), says="the order is wrong"),
    Wrong(
        "q6",
        "climbs",
        rmsprop(NEW_S, f"return {MOVE.replace('w -', 'w +')}, s"),
        says="climbs",
        shows=(4,),
    ),
    Wrong("q6", "AdaGrad", rmsprop("s = s + slope**2", f"return {MOVE}, s"), says="never forgets"),
    Wrong(
        "q6",
        "no weight",
        rmsprop("s = beta * s + slope**2", f"return {MOVE}, s"),
        says="needs its weight",
    ),
    Wrong(
        "q6",
        "weights changed",
        rmsprop("s = (1 - beta) * s + beta * slope**2", f"return {MOVE}, s"),
        says="have changed places",
    ),
    Wrong(
        "q6",
        "no square",
        rmsprop(
            "s = beta * s + (1 - beta) * slope",
            "return w - alpha * slope / (np.sqrt(abs(s)) + epsilon), s",
        ),
        says="average its square",
    ),
    Wrong(
        "q6",
        "no root",
        rmsprop(NEW_S, "return w - alpha * slope / (s + epsilon), s"),
        says="take its root",
    ),
    Wrong(
        "q6",
        "the old s",
        rmsprop("old = s", NEW_S, f"return {MOVE.replace('(s)', '(old)')}, s"),
        says="root of the old s",
    ),
    Wrong(
        "q6",
        "no alpha",
        rmsprop(NEW_S, f"return {MOVE.replace('alpha * ', '')}, s"),
        says="forgets alpha",
    ),
    Wrong(
        "q6",
        "one for all",
        rmsprop("s = beta * s + (1 - beta) * np.mean(slope**2)", f"return {MOVE}, np.mean(s)"),
        says="each has its own",
    ),
    Wrong(
        "q6",
        "plain descent",
        rmsprop(NEW_S, "return w - alpha * slope, s"),
        says="that is plain descent",
    ),
    Wrong(
        "q6",
        "no sign",
        rmsprop(NEW_S, f"return {MOVE.replace('slope', 'abs(slope)')}, s"),
        says="lost its sign",
    ),
    Wrong(
        "q6",
        "no epsilon",
        rmsprop(NEW_S, "return w - alpha * slope / np.sqrt(s), s"),
        says="where is epsilon",
    ),
    Wrong(
        "q6",
        "in place",
        rmsprop("s *= beta", "s += (1 - beta) * slope**2", f"return {MOVE}, s"),
        says="changes an array that it is given",
    ),
    Wrong("q7", "newest", 'answer_7 = "{{ at("b") }}"', says="the newest", shows=(18,)),
    Wrong("q7", "momentum", 'answer_7 = "{{ at("c") }}"', says="always helps", shows=(15,)),
    Wrong("q7", "no alpha", 'answer_7 = "{{ at("d") }}"', says="its two rows", shows=(14,)),
    Wrong("q7", "not convex", 'answer_7 = "{{ at("e") }}"', says="nothing works", shows=(16,)),
]
