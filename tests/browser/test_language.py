"""Formulas mean the same in Python and in a real JavaScript engine: known ones, and any."""

import json
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import lec_utils as lu
from lec_utils.catalogue import CATALOGUE
from lec_utils.engine import script
from lec_utils.formula import evaluate, fill_template, trace
from lec_utils.live_figure import LiveFigure
from lec_utils.scope import Scope

NUMBERS = {"m": 2.0, "x0": 3.0, "w": -0.75}
ARRAYS = {"xs": np.array([1.5, -2.0, 0.25]), "rows": np.array([[1.0, -3.0, 0.5], [2.0, 0.0, -1.0]])}
# As browsers send them: JSON has no nan and no infinity.
PLAIN = """(value) => JSON.parse(JSON.stringify(value, (_, x) =>
    typeof x === "number" && !Number.isFinite(x) ? String(x) : Object.is(x, -0) ? 0 : x))"""


class Names(Scope):
    """The names of a figure, without the figure."""

    library = LiveFigure.library


@pytest.fixture(scope="module")
def page(browser):
    """One page for all, with the script of a figure that uses the whole library."""
    page = browser.new_page()
    every, also = Names.library.keys() | {"bounded", "sampled", "tried"}, "LIBRARY fill unpack"
    page.add_script_tag(content=script(every, also=also.split()))
    yield page
    page.close()


def scope():
    names = Names()
    for name in NUMBERS:
        names.name(name, np.float64(NUMBERS[name]))
    for name, values in ARRAYS.items():
        names.array(name, values)
    return names


def in_python(names, formula, values):
    return evaluate(formula, names.values(values))


def in_the_browser(page, names, formulas, values):
    """What the program gives for formulas, as nested lists of numbers."""
    data = json.dumps(names.data)
    given = json.dumps({f"${name}": value for name, value in values.items()})
    code = f"""() => {{
        const data = Object.fromEntries(Object.entries({data}).map(([k, v]) => [k, unpack(v)]));
        const formulas = ({names.javascript(values, formulas)})(LIBRARY, data)({given});
        return ({PLAIN})(formulas.map((value) => value())); }}"""
    return [revived(value) for value in page.evaluate(code)]


def written_by_the_browser(page, names, template, values):
    """What the browser makes of a parsed template whose pieces are all formulas."""
    given = json.dumps({f"${name}": value for name, value in values.items()})
    program = names.javascript(values, [formula for formula, _ in template])
    places = json.dumps([[place, decimals] for place, (_, decimals) in enumerate(template)])
    formulas = f"({program})(LIBRARY, {{}})({given})"
    return page.evaluate(f"() => fill({places}, (place) => {formulas}[place]())")


def revived(value):
    if isinstance(value, list):
        return [revived(item) for item in value]
    return (
        float(value.replace("Infinity", "inf"))
        if value in ("NaN", "Infinity", "-Infinity")
        else value
    )


def assert_same(page, text, values=NUMBERS):
    names = scope()
    formula = names.formula(text)
    (there,) = in_the_browser(page, names, [formula], values)
    here = in_python(names, formula, values)
    if isinstance(here, str):
        assert there == here
    else:
        np.testing.assert_allclose(there, here, rtol=1e-9, atol=1e-12, err_msg=text)
    return there


@pytest.mark.parametrize(
    "formula, value",
    [
        ("-x0**2", -9),
        ("-1 <= m <= 1", False),
        ("-1 < x0 - m <= 1", True),
        ("-m % 3", 1),
        ("1 / (-m * 2 % 2)", math.inf),
        ("1 / (m % -2)", -math.inf),
        ("m * rows", [[2, -6, 1], [4, 0, -2]]),
        ("abs (m)", 2),
        ("2 ** 3 ** 2", 512),
        ("xs * rows", [[1.5, 6, 0.125], [3, 0, -0.25]]),
        ("(m - 2) / (x0 - 3)", math.nan),
        ("1 / (m - 2)", math.inf),
        ("(0 - 8) ** (1 / 3)", math.nan),
        ("1 ** (1 / (m - 2))", 1),
        ("not m < 1 and (x0 > 2 or w > 0)", True),
        ("m if x0 > m else w", 2),
        ("where(xs > 0, xs, 0 - xs)", [1.5, 2, 0.25]),
        ("where(m > 1, 'it\\'s \"over\"', '</script>')", 'it\'s "over"'),
        ("upto(xs, 1)", [1.5, -2]),
        ("upto(xs, -1)", []),
        ("upto(xs, -2)", [1.5, -2]),
        ("at(xs, -1) + at(rows, 1) * count(xs)", [6.25, 0.25, -2.75]),
        ("column(rows, 1)", [-3, 0]),
        ("dot(rows, xs)", [7.625, 2.75]),
        ("[m, x0] * 2", [4, 6]),
        ("spread(w, m, 3)", [-0.75, 0.625, 2]),
        ("sides(xs, 0.5)", [1, 2, -2.5, -1.5, -0.25, 0.75]),
        ("grid(xs, [m, x0])", [[1.5, -2, 0.25] * 2, [2, 2, 2, 3, 3, 3]]),
        ("1e-300 / 1e300", 0),
        ("(0 - 1) ** (1 / (m - 2))", 1),
    ],
)
def test_a_formula_has_one_value(page, formula, value):
    seen = assert_same(page, formula)
    if isinstance(value, str):
        assert seen == value
    else:
        np.testing.assert_allclose(seen, value, rtol=1e-12)


def calls(numbers, truths):
    """Larger formulas from smaller ones: of all operations that keep the shape of their input."""
    one = sorted(name for name, op in Names.library.items() if getattr(op, "nin", 0) == 1)
    two = sorted(name for name, op in Names.library.items() if getattr(op, "nin", 0) == 2)
    of = {name for name in one + two if not name.startswith("logical") and name not in ("dot",)}
    of -= {"less", "less_equal", "greater", "greater_equal", "equal", "not_equal"}
    single = st.sampled_from([name for name in one if name in of])
    double = st.sampled_from([name for name in two if name in of])
    return st.one_of(
        st.builds("{}({})".format, single, numbers),
        st.builds("{}({}, {})".format, double, numbers, numbers),
        st.builds(
            "({} {} {})".format, numbers, st.sampled_from(["+", "-", "*", "/", "%", "**"]), numbers
        ),
        st.builds("(-{})".format, numbers),
        st.builds("where({}, {}, {})".format, truths, numbers, numbers),
        st.builds("({} if {} else {})".format, numbers, truths, numbers),
    )


def comparisons(numbers):
    signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    return st.one_of(
        st.builds("({} {} {})".format, numbers, signs, numbers),
        st.builds("({} {} {} {} {})".format, numbers, signs, numbers, signs, numbers),
    )


constants = st.one_of(
    st.integers(-20, 20).map(str), st.floats(-4, 4, width=16).map(lambda x: f"({x!r})")
)
scalars = st.one_of(constants, st.sampled_from(sorted(NUMBERS)))
vectors = st.one_of(scalars, st.just("xs"))


def formulas(leaves, deepest):
    def larger(inner):
        truth = comparisons(leaves)
        joined = st.builds("({} {} {})".format, truth, st.sampled_from(["and", "or"]), truth)
        # One condition for a whole answer, as its shape decides that of the answer.
        return calls(inner, st.one_of(comparisons(scalars), joined if leaves is scalars else truth))

    return st.recursive(leaves, larger, max_leaves=deepest)


FORMULAS = st.one_of(formulas(scalars, 8), formulas(vectors, 6))  # made once, as it takes time
HOLDS = settings(
    deadline=None,
    derandomize=True,
    max_examples=300,
    suppress_health_check=list(HealthCheck),
)


@HOLDS
@given(st.data())
def test_any_formula_has_one_value(page, data):
    text = data.draw(FORMULAS)
    values = {name: data.draw(st.floats(-3, 3, width=16), label=name) for name in NUMBERS}
    assert_same(page, text, values)


@pytest.mark.parametrize("n", [1, 1.5, 2.7, 3])
def test_a_run_has_as_many_guesses_in_both_languages(page, n):
    names = scope()
    names.gradient("df", "theta", "2 * theta")
    run = names.formula(f"descend(df, x0, 0.1, {n})")
    (there,) = in_the_browser(page, names, [run], NUMBERS)
    np.testing.assert_allclose(there, in_python(names, run, NUMBERS), rtol=1e-12)


@pytest.mark.parametrize(
    "rule", ["momentum(df, [x0, 2], 0.1, 40, 0.8)", "adam(df, [x0, 2], 0.1, 40)"]
)
def test_other_rules_run_alike_in_both_languages(page, rule):
    names = scope()
    names.gradient("df", "theta", "theta * [1, 7]")
    run = names.formula(rule)
    (there,) = in_the_browser(page, names, [run], NUMBERS)
    np.testing.assert_allclose(there, in_python(names, run, NUMBERS), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("values, place", [("[0, 2, 0 / 0, 0]", 2), ("[0, 0]", -1), ("[1]", 0)])
def test_the_last_place_that_is_not_0_is_told_alike(page, values, place):
    names = scope()
    found = names.formula(f"latest({values})")
    assert in_the_browser(page, names, [found], NUMBERS) == [place]
    assert in_python(names, found, NUMBERS) == place


def test_a_crowd_walks_and_ends_alike_in_both_languages(page):
    names = scope()
    names.gradient("df", "theta", "[at(theta, 0) ** 3 - at(theta, 1), at(theta, 1) ** 3]")
    names.let("crowd", "walk(df, grid([2, 30, 0, -1], [0, 0.5, 1000]), 0.3, 80)")
    crowd = names.formula("crowd")
    ended = names.formula("ends(crowd, [[1, 1], [0, 0]])")
    there, verdict = in_the_browser(page, names, [crowd, ended], NUMBERS)
    np.testing.assert_allclose(there, in_python(names, crowd, NUMBERS), rtol=1e-9)
    assert verdict == in_python(names, ended, NUMBERS).tolist()
    assert {*verdict} == {-2, -1, 1}


# Numbers in words


@pytest.mark.parametrize("text", ["nan", "inf", "-inf"])
def test_a_text_that_looks_like_a_number_stays_a_text(page, text):
    names = Names()
    template = names.template(f"{{'{text}'}}")
    assert written_by_the_browser(page, names, template, {}) == fill_template(template, {}) == text


def assert_written_alike(page, value, decimals):
    names = Names()
    names.name("x", np.float64(0))
    template = names.template(f"{{x:.{decimals}f}}")
    here = fill_template(template, {"x": np.float64(value)})
    assert written_by_the_browser(page, names, template, {"x": value}) == here
    return here


@pytest.mark.parametrize(
    "value, decimals, words",
    [
        (0.0625, 3, "0.062"),
        (0.1875, 3, "0.188"),
        (2.5, 0, "2"),
        (-0.5, 0, "0"),
        (-0.0004, 3, "0.000"),
        (0.35, 1, "0.3"),
        (-1.25, 1, "−1.2"),
        (1125000.0, 2, "1.12e6"),
        (1135000.0, 2, "1.14e6"),
        (-2.5e300, 1, "−2.50e300"),
        (999999.75, 1, "999999.8"),
    ],
)
def test_numbers_are_rounded_as_python_rounds_them(page, value, decimals, words):
    assert assert_written_alike(page, value, decimals) == words


@HOLDS
@given(
    st.one_of(
        st.floats(allow_nan=False, allow_infinity=False),
        st.integers(-(10**7), 10**7).map(lambda n: n / 2**8),  # many lie in the middle
    ),
    st.integers(0, 6),
)
def test_any_number_is_written_alike(page, value, decimals):
    assert_written_alike(page, value, decimals)


# Functions


@pytest.mark.parametrize("function", CATALOGUE, ids=lambda function: function.name)
def test_the_functions_of_the_lectures_are_sent_as_formulas(page, function):
    """Values, slopes and whole runs are those of Python."""
    low, high = function.domain
    names, at = Names(), np.linspace(low, high, 201)
    names.array("xs", at)
    assert names.function("f", function, low, high)
    assert names.function("df", function.derivative, low, high)
    start = low + 0.9 * (high - low)
    run = names.formula(f"descend(df, {start}, 0.02, 30)")
    asked = [names.formula("f(xs)"), names.formula("df(xs)"), run]
    values, slopes, path = in_the_browser(page, names, asked, {})
    np.testing.assert_allclose(values, function(at), rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(slopes, function.derivative(at), rtol=1e-12, atol=1e-13)
    expected = lu.gradient_descent(function.derivative, start, 0.02, 30)
    inside = np.flatnonzero((expected < low) | (expected > high))
    last = inside[0] + 1 if inside.size else 30
    np.testing.assert_allclose(path[:last], expected[:last], rtol=1e-9, atol=1e-12)


def wobble(x):
    return np.sin(3 * x) + 0.1 * x**2


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x**3 - x,
        lambda x: abs(x) / (1 + x * x),
        wobble,
        lambda x: np.maximum(x, 0.5) - np.logaddexp(0, x) % 0.3,
        lambda x: np.exp(-(x**2)) + np.tanh(x) * np.cos(x) - np.sqrt(np.abs(x)) + np.sign(x),
    ],
)
def test_a_function_of_ones_own_that_only_computes_is_sent_as_a_formula(page, function):
    names = Names()
    names.array("x", np.linspace(-2, 2, 401))
    assert names.function("f", function, -2, 2)
    (there,) = in_the_browser(page, names, [names.formula("f(x)")], {})
    np.testing.assert_allclose(there, function(np.linspace(-2, 2, 401)), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: math.exp(x),
        lambda x: 1 if x > 0 else -1,
        lambda x: np.where(x > 0, x, 0),
        lambda x: np.round(x, 1),
        lambda x: 1.0 if x == 0 else x,
        lambda x: float(x),
        lambda x: np.mean(x * np.arange(3)),
        lambda x: "x",
    ],
)
def test_what_asks_or_converts_its_number_has_no_formula(function):
    assert trace(function, "x", np.linspace(-2, 2, 9)) is None
