"""Wrong answers to independent practice 1."""

from answers import Wrong

DU, DV, DS = "{{ du }}", "{{ dv }}", "{{ ds }}"


def three(du=DU, dv=DV, ds=DS):
    slopes = {"du": du, "dv": dv, "ds": ds}
    return "\n".join(f"def {name}(x):\n    return {slope}\n" for name, slope in slopes.items())


def gradient(formula):
    return f"def gradient_h(x, y):\n    return {formula}\n"


def dr(formula):
    return f"def dr(w):\n    return {formula}\n"


def downhill(formula):
    return f"def downhill(slope):\n    return {formula}\n"


def choice(letter):
    return f"answer_4 = \"{{{{ at('{letter}') }}}}\""


def loss(slope="{{ slope }}", chosen='"iris"', falls=0.3, rises=2.0):
    return f"""
chosen = {chosen}

def loss_slope(c, y):
    return {slope}

c_falls, c_rises = {falls}, {rises}
"""


WRONG = [
    Wrong("q1", "x forgotten", three(du="{{ du }} - 1"), "the term x is missing", 2),
    Wrong(
        "q1",
        "a sign",
        three(du="{{ du }} - {{ 6 * b }} * x**2"),
        "of the term {{ b }}x³",
        2,
        shows=(4,),
    ),
    Wrong("q1", "constant kept", three(du="{{ du }} {{ signed(c) }}"), "same number everywhere", 2),
    Wrong("q1", "exponents", three(du="x * ({{ du }})"), "every exponent", 2),
    Wrong("q1", "every sign", three(du="-({{ du }})"), "wrong sign", 2, shows=(4,)),
    Wrong("q1", "size", three(du="abs({{ du }})"), "its sign is not", 2, shows=(4,)),
    Wrong(
        "q1",
        "power rule on e",
        three(dv="{{ e }} * x * np.exp(x - 1) {{ signed(2 * f) }} * x"),
        "power rule",
        3,
    ),
    Wrong(
        "q1",
        "a sign in v",
        three(dv="{{ dv }} {{ signed(-4 * f) }} * x"),
        "becomes of {{ square }}",
        3,
        shows=(4,),
    ),
    Wrong(
        "q1", "x² lost", three(dv="{{ e }} * np.exp(x)"), "the slope of {{ square }} is missing", 3
    ),
    Wrong(
        "q1",
        "inner slope",
        three(ds="({{ ds }}) / {{ k }}"),
        "ds is {{ short(1 / k, 3) }} times",
        3,
    ),
    Wrong("q1", "middle term", three(ds="{{ 2 * k**2 }} * x"), "one of them is lost", 3),
    Wrong("q1", "only the public one", three(dv="...", ds="..."), "dv returns nothing yet", 2),
    Wrong(
        "q2",
        "one number",
        gradient("{{ 2 + b }} * x + {{ b }} * y + {{ c }}"),
        "a gradient is a vector",
        shows=(12,),
    ),
    Wrong("q2", "swapped", gradient("[{{ b }} * x + {{ c }}, 2 * x + {{ b }} * y]"), "swapped"),
    Wrong(
        "q2",
        "cy lost",
        gradient("[2 * x + {{ b }} * y, {{ b }} * x]"),
        "what is the slope of {{ c }}y",
    ),
    Wrong(
        "q2",
        "cy twice",
        gradient("[2 * x + {{ b }} * y + {{ c }}, {{ b }} * x + {{ c }}]"),
        "{{ c }}y stands still",
    ),
    Wrong(
        "q2",
        "xy along y only",
        gradient("[2 * x, {{ b }} * x + {{ c }}]"),
        "{{ b }}xy changes with x",
    ),
    Wrong("q2", "xy lost", gradient("[2 * x, {{ c }}]"), "{{ b }}xy changes with both"),
    Wrong(
        "q2", "y as 1", gradient("[2 * x + {{ b }}, {{ b }} * x + {{ c }}]"), "keep it in {{ b }}xy"
    ),
    Wrong("q2", "both as 1", gradient("[2 * x + {{ b }}, {{ b + c }}]"), "is a factor: keep it"),
    Wrong(
        "q2",
        "signs",
        gradient("[-2 * x - {{ b }} * y, -{{ b }} * x - {{ c }}]"),
        "both signs are wrong",
    ),
    Wrong("q2", "hard-coded", gradient("[{{ 3 - 2 * b }}, {{ 1.5 * b + c }}]"), "not right yet", 1),
    Wrong(
        "q3",
        "only the constant",
        dr("{{ broken }} + {{ c }}"),
        "of the term {{ b }}w³",
        1,
        shows=(4,),
    ),
    Wrong("q3", "only the sign", dr("{{ dr }} - {{ c }}"), "which term of r gives a constant"),
    Wrong("q3", "sign of c", dr("{{ dr }} - {{ 2 * c }}"), "does r rise or fall at 0", shows=(4,)),
    Wrong("q3", "every sign", dr("-({{ dr }})"), "dr has the wrong sign", shows=(4,)),
    Wrong("q3", "size", dr("abs({{ dr }})"), "its sign is not", 1, shows=(4,)),
    Wrong("q3", "d kept", dr("{{ dr }} {{ signed(d) }}"), "a constant of r is still"),
    Wrong(
        "q3", "d taken", dr("{{ dr }} - {{ c }} {{ signed(d) }}"), "the constant {{ d }} is taken"
    ),
    Wrong("q3", "hard-coded", dr("{{ float(c) }}"), "term by term", 1),
    Wrong(
        "q3", "the table", dr("{-1: {{ measured[0] }}, 0: {{ c }}}.get(w, 0)"), "term by term", 1
    ),
    Wrong("q4", "read as m", choice("a"), "its height is the slope"),
    Wrong("q4", "every zero", choice("b"), "every zero slope for a minimum", shows=(11,)),
    Wrong("q4", "sign slip", choice("c"), "makes a hill", shows=(4,)),
    Wrong(
        "q5",
        "uphill",
        downhill("{{ size }} if slope > 0 else {{ -size }}"),
        "your hiker climbs",
        shows=(4,),
    ),
    Wrong(
        "q5",
        "uphill where it is gentle",
        downhill("{{ size }} * np.sign(slope) * (-1 if abs(slope) > 0.1 else 1)"),
        "that is the way up",
        1,
        shows=(4,),
    ),
    Wrong("q5", "the slope itself", downhill("-slope"), "only a direction"),
    Wrong("q5", "one way only", downhill("-1.0"), "the same way"),
    Wrong(
        "q5",
        "no level ground",
        downhill("{{ -size }} if slope > 0 else {{ size }}"),
        "on level ground",
        1,
    ),
    Wrong(
        "q5", "divides by 0", downhill("{{ -size }} * slope / abs(slope)"), "ZeroDivisionError", 1
    ),
    Wrong(
        "q5", "whole numbers", downhill("{{ -size }} if slope >= 1 else 0.0"), "only a direction"
    ),
    Wrong("q5", "words", downhill('"left" if slope > 0 else "right"'), "should be one number"),
    Wrong(
        "q5", "rounded", downhill("{{ -size }} * np.sign(round(slope, 3))"), "should have size", 1
    ),
    Wrong("q6", "sign", loss("-({{ slope }})"), "has the wrong sign", 1, shows=(4,)),
    Wrong("q6", "size", loss("abs({{ slope }})"), "its sign is not", 1, shows=(4,)),
    Wrong("q6", "sum", loss("{{ slope }} * len(y)"), "5 times the slope", 1),
    Wrong(
        "q6",
        "a factor 2",
        loss("np.mean(c - y) * {{ 2 if half else 1 }}"),
        "{{ 2 if half else 0.5 }} times the slope",
        1,
    ),
    Wrong("q6", "no mean", loss("2 * (c - y)"), "should be one number", 1),
    Wrong("q6", "the loss", loss("{{ loss }}"), "returns the height", 1),
    Wrong(
        "q6",
        "median",
        loss("{{ slope.replace('np.mean(c - y)', '(c - np.median(y))') }}"),
        "does every y count",
        1,
    ),
    Wrong(
        "q6",
        "hard-coded mean",
        loss("{{ slope.replace('- y', '- %s' % np.mean(rows)) }}"),
        "compute all from y",
        2,
    ),
    Wrong("q6", "swapped places", loss(falls=2.0, rises=0.3), "the two are swapped", 3, shows=(4,)),
    Wrong("q6", "no falling place", loss(falls=1.5), "at c_falls the slope", 3, shows=(4,)),
    Wrong("q6", "no rising place", loss(rises=0.4), "at c_rises the slope", 3, shows=(4,)),
    Wrong("q6", "no number", loss(rises="float('nan')"), "not a finite number", 3),
    Wrong("q6", "places of other data", loss(chosen='"salary"'), "the numbers in y go from", 3),
    Wrong("q6", "data unknown", loss(chosen='"petals"'), "should be one of", 1),
]
