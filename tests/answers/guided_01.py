"""Wrong answers to guided practice 1."""

from answers import Wrong


def dp(formula):
    return f"def dp(w):\n    return {formula}\n"


def terms(*others):
    return " + ".join(["4 * w**3", *others])


def slope(formula):
    return f"def slope(f, x, h):\n    return {formula}\n"


def gradient(formula):
    return f"def gradient_g(x, y):\n    return {formula}\n"


def choice(number, letter):
    return f"answer_{number} = \"{{{{ at('{letter}') }}}}\""


WRONG = [
    Wrong("q1", "the last secant", "answer_1 = {{ 2 * x + 0.01 }}", says="still a secant"),
    Wrong("q1", "a wider secant", "answer_1 = {{ 2 * x + 0.1 }}", says="still a secant"),
    Wrong("q1", "the first secant", "answer_1 = {{ 2 * x + 1 }}", says="widest secant"),
    Wrong("q1", "the height", "answer_1 = {{ x }}**2", says="height of the curve"),
    Wrong("q1", "the place", "answer_1 = {{ x }}", says="the place itself"),
    Wrong("q1", "a sign", "answer_1 = -{{ 2 * x }}", says="rise or fall at {{ x }}"),
    Wrong("q1", "h is 0, so all is", "answer_1 = 0", says="h shrinks to 0"),
    Wrong("q1", "text", 'answer_1 = "{{ 2 * x }}"', says="should be one number"),
    Wrong("q2", "constant kept", dp("{{ dp }} {{ signed(c) }}"), says="same number everywhere"),
    Wrong(
        "q2",
        "a sign",
        dp(terms("{{ -3 * a }} * w**2", "{{ b }}")),
        says="sign of what becomes of",
        shows=(4,),
    ),
    Wrong(
        "q2", "a term lost", dp(terms("{{ 3 * a }} * w**2")), says="the term {{ b }}w is missing"
    ),
    Wrong(
        "q2",
        "bw kept",
        dp(terms("{{ 3 * a }} * w**2", "{{ b }} * w")),
        says="in {{ b }}w the exponent",
    ),
    Wrong("q2", "no factor", dp(terms("{{ a }} * w**2", "{{ b }}")), says="come down as a factor"),
    Wrong("q2", "exponents kept", dp("w * ({{ dp }})"), says="every exponent"),
    Wrong("q2", "the function itself", dp("{{ p }}"), says="the height"),
    Wrong("q2", "all signs", dp("-({{ dp }})"), says="wrong sign", shows=(4,)),
    Wrong("q2", "size", dp("abs({{ dp }})"), says="its sign is not", shows=(4,)),
    Wrong("q2", "no return", "def dp(w):\n    4 * w**3\n", says="returns nothing yet"),
    Wrong(
        "q3",
        "forward",
        slope("(f(x + {{ step }}) - f(x)) / ({{ step }})"),
        says="put it at x - {{ foot }}",
    ),
    Wrong(
        "q3",
        "backward",
        slope("(f(x) - f(x - {{ step }})) / ({{ step }})"),
        says="put it at x + {{ foot }}",
    ),
    Wrong(
        "q3",
        "half a foot",
        slope("(f(x + {{ step }}) - f(x)) / ({{ 2 * k }} * h)"),
        says="not {{ 2 * k }}h apart",
    ),
    Wrong(
        "q3",
        "over h",
        slope("(f(x + {{ step }}) - f(x - {{ step }})) / ({{ step }})"),
        says="twice too steep",
    ),
    Wrong(
        "q3", "rise alone", slope("f(x + {{ step }}) - f(x - {{ step }})"), says="the rise alone"
    ),
    Wrong(
        "q3",
        "/ 2 * h",
        slope("(f(x + {{ step }}) - f(x - {{ step }})) / {{ 2 * k }} * h"),
        says="round {{ 2 * k }} * h",
    ),
    Wrong(
        "q3",
        "no brackets",
        slope("f(x + {{ step }}) - f(x - {{ step }}) / ({{ 2 * k }} * h)"),
        says="whole difference",
    ),
    Wrong(
        "q3",
        "order",
        slope("(f(x - {{ step }}) - f(x + {{ step }})) / ({{ 2 * k }} * h)"),
        says="the sign is wrong",
    ),
    Wrong(
        "q3",
        "size",
        slope("abs(f(x + {{ step }}) - f(x - {{ step }})) / ({{ 2 * k }} * h)"),
        says="keep the sign",
    ),
    Wrong("q3", "own h", slope("(f(x + 1e-6) - f(x - 1e-6)) / 2e-6"), says="does not use the h"),
    Wrong("q3", "only for a cube", slope("3 * x**2 + {{ k**2 }} * h**2"), says="for sin"),
    Wrong("q4", "measurement trusted", choice(4, "a"), says="trusts the measurement"),
    Wrong("q4", "two tangents", choice(4, "b"), says="slopes in between"),
    Wrong("q4", "only differentiable", choice(4, "d"), says="gives up too early"),
    Wrong("q4", "a word", 'answer_4 = "many"', says="should be one of"),
    Wrong("q5", "fits: steep and far", "answer_5 = 1.2", says="steeper and further"),
    Wrong("q5", "fits: gentle and near", "answer_5 = -0.6", says="less steep and nearer"),
    Wrong("q5", "the minimum", "answer_5 = lu.f.minima[0]", says="less steep and nearer"),
    Wrong("q5", "the place itself", "answer_5 = {{ near }}", says="the place to compare with"),
    Wrong("q5", "far outside", "answer_5 = 4.0", says="stay between"),
    Wrong(
        "q6",
        "one number",
        gradient("{{ 2 * a }} * x + {{ s }}"),
        says="a gradient is a vector",
        shows=(12,),
    ),
    Wrong(
        "q6",
        "y kept",
        gradient("[{{ 2 * a }} * x, {{ second }}]"),
        says="what is the slope along y",
    ),
    Wrong("q6", "zero for y", gradient("[{{ 2 * a }} * x, 0]"), says="its slope is not 0"),
    Wrong("q6", "swapped", gradient("[{{ s }}, {{ 2 * a }} * x]"), says="swapped"),
    Wrong(
        "q6",
        "both move",
        gradient("[{{ 2 * a }} * x + {{ s }}, {{ s }}]"),
        says="along x the y stands still",
    ),
    Wrong(
        "q6",
        "y left over",
        gradient("[{{ 2 * a }} * x + {{ second }}, {{ s }}]"),
        says="along x the y stands still",
    ),
    Wrong("q6", "signs", gradient("[-{{ 2 * a }} * x, {{ -s }}]"), says="both signs are wrong"),
    Wrong("q6", "no factor 2", gradient("[{{ a }} * x, {{ s }}]"), says="come down as a factor"),
    Wrong("q6", "exponent kept", gradient("[{{ 2 * a }} * x**2, {{ s }}]"), says="one smaller"),
    Wrong("q6", "hard-coded", gradient("[{{ 2.0 * a }}, {{ s }}]"), says="gradient_g(-0.5, 3) is"),
    Wrong("q7", "uphill", choice(7, "b"), says="the sign slip", shows=(4,)),
    Wrong(
        "q7",
        "straight to the goal",
        choice(7, "c"),
        says="takes the goal for the slope",
        shows=(2,),
    ),
    Wrong("q7", "a signpost", choice(7, "d"), says="an arrow for a signpost", shows=(2,)),
]
