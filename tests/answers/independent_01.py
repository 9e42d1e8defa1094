"""Wrong answers to independent practice 1."""

from answers import Wrong

DU = "10 * x**4 - 12 * x**2 + 1"
DV = "3 * np.exp(x) - 2 * x"
DS = "8 * x - 4"


def three(du=DU, dv=DV, ds=DS):
    slopes = {"du": du, "dv": dv, "ds": ds}
    return "\n".join(f"def {name}(x):\n    return {slope}\n" for name, slope in slopes.items())


def gradient(formula):
    return f"def gradient_h(x, y):\n    return {formula}\n"


def dr(formula):
    return f"def dr(w):\n    return {formula}\n"


def downhill(formula):
    return f"def downhill(slope):\n    return {formula}\n"


def loss(slope="2 * np.mean(c - y)", chosen='"iris"', falls=0.3, rises=2.0):
    return f"""
chosen = {chosen}

def loss_slope(c, y):
    return {slope}

c_falls, c_rises = {falls}, {rises}
"""


WRONG = [
    Wrong("q1", "x forgotten", three(du="10 * x**4 - 12 * x**2"), "the term x is missing", 2),
    Wrong("q1", "a sign", three(du="10 * x**4 + 12 * x**2 + 1"), "becomes of the term -4x³", 2),
    Wrong(
        "q1", "constant kept", three(du="10 * x**4 - 12 * x**2 - 5"), "same number everywhere", 2
    ),
    Wrong("q1", "exponents", three(du="10 * x**5 - 12 * x**3 + x"), "every exponent", 2),
    Wrong("q1", "power rule on e", three(dv="3 * x * np.exp(x - 1) - 2 * x"), "power rule", 3),
    Wrong("q1", "a sign in v", three(dv="3 * np.exp(x) + 2 * x"), "what becomes of -x²", 3),
    Wrong("q1", "x² lost", three(dv="3 * np.exp(x)"), "the slope of -x² is missing", 3),
    Wrong("q1", "inner slope", three(ds="2 * (2 * x - 1)"), "ds is 0.5 times", 3),
    Wrong("q1", "middle term", three(ds="8 * x"), "one of them is lost", 3),
    Wrong("q1", "only the public one", three(dv="...", ds="..."), "dv returns nothing yet", 2),
    Wrong("q2", "one number", gradient("5 * x + 3 * y + 2"), "a gradient is a vector"),
    Wrong("q2", "swapped", gradient("[3 * x + 2, 2 * x + 3 * y]"), "swapped"),
    Wrong("q2", "2y lost", gradient("[2 * x + 3 * y, 3 * x]"), "what is the slope of 2y"),
    Wrong("q2", "2y twice", gradient("[2 * x + 3 * y + 2, 3 * x + 2]"), "2y stands still"),
    Wrong("q2", "3xy along y only", gradient("[2 * x, 3 * x + 2]"), "3xy changes with x"),
    Wrong("q2", "3xy lost", gradient("[2 * x, 2]"), "3xy changes with both"),
    Wrong("q2", "y as 1", gradient("[2 * x + 3, 3 * x + 2]"), "keep it in 3xy"),
    Wrong("q2", "both as 1", gradient("[2 * x + 3, 5]"), "is a factor: keep it"),
    Wrong("q2", "signs", gradient("[-2 * x - 3 * y, -3 * x - 2]"), "both signs are wrong"),
    Wrong("q2", "hard-coded", gradient("[-3.0, 6.5]"), "not right yet", 1),
    Wrong("q3", "only the constant", dr("2 * w**3 + 6 * w**2 + 4"), "of the term -2w³", 1),
    Wrong("q3", "only the sign", dr("2 * w**3 - 6 * w**2"), "which term of r gives a constant"),
    Wrong("q3", "sign of 4", dr("2 * w**3 - 6 * w**2 - 4"), "does r rise or fall at 0"),
    Wrong("q3", "-1 kept", dr("2 * w**3 - 6 * w**2 + 3"), "a constant of r is still"),
    Wrong("q3", "-1 taken", dr("2 * w**3 - 6 * w**2 - 1"), "the constant -1 is taken"),
    Wrong("q3", "hard-coded", dr("4.0"), "term by term", 1),
    Wrong("q4", "read as m", 'answer_4 = "a"', "its height is the slope"),
    Wrong("q4", "every zero", 'answer_4 = "b"', "every zero slope for a minimum"),
    Wrong("q4", "sign slip", 'answer_4 = "c"', "makes a hill"),
    Wrong("q5", "uphill", downhill("1.0 if slope > 0 else -1.0"), "your hiker climbs"),
    Wrong("q5", "the slope itself", downhill("-slope"), "only a direction"),
    Wrong("q5", "one way only", downhill("-1.0"), "the same way"),
    Wrong("q5", "no level ground", downhill("-1.0 if slope > 0 else 1.0"), "on level ground", 1),
    Wrong("q5", "divides by 0", downhill("-slope / abs(slope)"), "ZeroDivisionError", 1),
    Wrong("q5", "whole numbers", downhill("-1.0 if slope >= 1 else 0.0"), "only a direction"),
    Wrong("q5", "words", downhill('"left" if slope > 0 else "right"'), "should be one number"),
    Wrong("q6", "sign", loss("2 * np.mean(y - c)"), "has the wrong sign", 1),
    Wrong("q6", "sum", loss("2 * np.sum(c - y)"), "5 times the slope", 1),
    Wrong("q6", "no 2", loss("np.mean(c - y)"), "0.5 times the slope", 1),
    Wrong("q6", "no mean", loss("2 * (c - y)"), "should be one number", 1),
    Wrong("q6", "the loss", loss("np.mean((c - y) ** 2)"), "returns the height", 1),
    Wrong("q6", "hard-coded mean", loss("2 * (c - 6)"), "compute all from y", 2),
    Wrong("q6", "swapped places", loss(falls=2.0, rises=0.3), "the two are swapped", 3),
    Wrong("q6", "no falling place", loss(falls=1.5), "at c_falls the slope", 3),
    Wrong("q6", "places of other data", loss(chosen='"salary"'), "the numbers in y go from", 3),
    Wrong("q6", "data unknown", loss(chosen='"petals"'), "should be one of", 1),
]
