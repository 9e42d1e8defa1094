"""The language of figures in Python: what a formula may say, and what is refused in which words."""

import keyword
import math
import re

import numpy as np
import pytest

from lec_utils import engine
from lec_utils.formula import evaluate, fill_template, parse, parse_template
from lec_utils.live_figure import LiveFigure
from lec_utils.scope import Scope

LIBRARY = LiveFigure.library

VALUES = {
    "a": 3.0,
    "xs": np.array([10.0, 20.0, 30.0]),
    "word": "ten",
    "halved": lambda w: w / 2,
    "nothing": math.nan,
}


def read(formula):
    return parse(formula, VALUES, LIBRARY)


def figure_with(values):
    """The names of a figure, with these values."""
    names = type("Names", (Scope,), {"library": LIBRARY})()
    for name, value in values.items():
        names.name(name, value)
    return names


@pytest.mark.parametrize(
    "formula, value",
    [
        ("a ** 2 - 1", 8),
        ("where(a > 2, 'over', 'under')", "over"),
        ("where(a < 2, 'over', 'under')", "under"),
        ("'over' if a > 2 else 'under'", "over"),
        ("at(xs, 1)", 20),
        ("at(xs, -1)", 30),
        ("at(xs, 1.0)", 20),
        ("count(upto(xs, 0))", 1),
        ("at(upto(xs, 1.0), -1)", 20),
        ("min(a, 2) + max(a, 5) + abs(-a)", 10),
        ("sqrt(a * a) + log(exp(a))", 6),
        ("at(descend(halved, 4, 1, 3), -1)", 1),
        ("halved(halved(a))", 0.75),
        ("-a**2", -9),
        ("-1 <= a <= 1", False),
        ("-a % 2", 1),
        ("1 / (a - 3)", math.inf),
        (" a\n", 3),
        (7, 7),
        (-0.5, -0.5),
    ],
)
def test_a_formula_knows_the_names_of_the_figure_and_of_the_library(formula, value):
    found = evaluate(read(formula), VALUES)
    assert found == value if isinstance(value, str | bool) else found == pytest.approx(value)


@pytest.mark.parametrize(
    "formula, value",
    [
        ("a > 2", 1),
        ("(a > 2) + (a > 1)", 2),
        ("not a", 0),
        ("a and nothing", 1),
        ("nothing > 1", 0),
    ],
)
def test_what_is_true_is_1_and_what_is_not_is_0(formula, value):
    found = evaluate(read(formula), VALUES)
    assert found == value and np.asarray(found).dtype == float


REFUSED = {
    # what Python has and the language has not
    "a.real": "a.real is not in the language",
    "xs[0]": r"xs\[0\] is not in the language",
    "lambda x: x": "lambda x: x is not in the language",
    "a // 2": "a // 2 is not in the language",
    "a ^ 2": r"a \^ 2 is not in the language",
    "a @ a": "is not in the language",
    "a & a": "is not in the language",
    "~a": "~a is not in the language",
    "a is 3": "a is 3 is not in the language",
    "a in xs": "a in xs is not in the language",
    "(a, a)": r"\(a, a\) is not in the language",
    "{a}": "is not in the language",
    "{'a': a}": "is not in the language",
    "[x for x in xs]": "is not in the language",
    "[*xs]": r"\*xs is not in the language",
    "f'{a}'": "is not in the language",
    "b'a'": "is not in the language",
    "1j": "1j is not in the language",
    "True": "True is not in the language",
    "None": "None is not in the language",
    "...": "is not in the language",
    "1e999": "is not in the language",
    "1" + "0" * 400: "",
    "(b := a)": "is not in the language",
    "await a": "",
    # calls
    "open('/etc/passwd')": r"open\('/etc/passwd'\) is not in the language",
    "round(a)": r"round\(a\) is not in the language",
    "a()": r"a\(\) is not in the language",
    "halved(a)(a)": "is not in the language",
    "max(a, axis=0)": r"max\(a, axis=0\) is not in the language",
    "halved(x=a)": "is not in the language",
    "halved(*xs)": r"\*xs is not in the language",
    "halved(a, a)": r"halved\(a, a\) is not in the language",
    "abs(*xs)": r"\*xs is not in the language",
    "abs(**a)": "is not in the language",
    "max(a)": r"max takes 2 value\(s\), got 1",
    "max(a, a, a)": r"max takes 2 value\(s\), got 3",
    "sqrt()": r"sqrt takes 1 value\(s\), got 0",
    "descend(halved, 1, 1)": r"descend takes 4 value\(s\), got 3",
    # names and what is no formula at all
    "speed + 1": "there is no 'speed', only a, xs, word, halved, nothing",
    "halve(a)": r"halve\(a\) is not in the language",
    "(1": "it is not complete, or not Python",
    "": "it is not complete, or not Python",
    "a; a": "it is not complete, or not Python",
    "a = 1": "it is not complete, or not Python",
    "a\0": "",
}


@pytest.mark.parametrize("formula", REFUSED)
def test_what_two_languages_do_not_share_is_refused_in_words_when_it_is_written(formula):
    with pytest.raises(ValueError) as refusal:
        read(formula)
    assert str(refusal.value).startswith(f"the formula {formula!r} of this figure cannot be used: ")
    assert re.search(REFUSED[formula], str(refusal.value))


@pytest.mark.parametrize(
    "formula, why",
    [
        ("at(xs, 3)", "out of bounds"),
        ("xs + [1, 2]", "broadcast"),
        ("at(a, 0)", ""),
        ("at(xs, 'a')", "a text stands where numbers"),
        ("abs(halved)", ""),
        ("halved + 1", ""),
        ("halved('a')", ""),
        ("a(1)", "not callable"),
        ("descend(a, 1, 1, 3)", "must be a function"),
    ],
)
def test_a_formula_without_a_value_is_refused_when_it_is_written_and_says_why(formula, why):
    with pytest.raises(ValueError, match=f"a formula of this figure fails: .*{why}"):
        figure_with(VALUES).formula(formula)


EVERY = LIBRARY.keys() | {"bounded", "follow", "sampled", "tried"}
OPERATIONS = {name: f"LIBRARY.{name}" for name in EVERY}


def carried(used):
    """The operations whose code is in a script."""
    script = engine.script(used)
    return {name for name, piece in OPERATIONS.items() if engine.SMALL["code"][piece] in script}


def test_the_scripts_library_has_the_same_names():
    written = {piece for piece in engine.pieces("operations") if piece != "operations"}
    assert written == {*OPERATIONS.values()}


@pytest.mark.parametrize(
    "used, needed",
    [
        ({"upto"}, {"upto"}),
        ({"descend"}, {"descend", "follow", "add", "multiply"}),
        ({"dot", "abs"}, {"dot", "abs"}),
        (set(), set()),
    ],
)
def test_a_script_carries_only_what_its_formulas_name(used, needed):
    assert carried(used) == needed


@pytest.mark.parametrize("name", sorted(EVERY))
def test_a_script_carries_all_that_its_operations_call(name):
    called = re.findall(r"LIBRARY\.(\w+)", engine.pieces("operations")[OPERATIONS[name]])
    assert {name, *called} <= carried({name})


def test_a_script_carries_neither_comments_nor_the_entry_of_a_widget():
    script = engine.script({"descend"})
    assert not re.search(r"(?<!:)//", script), "but in the address of a namespace"
    assert "export" not in script and engine.SMALL["code"]["widget"] not in script


# Templates


@pytest.mark.parametrize(
    "template, text",
    [
        ("no formula", "no formula"),
        ("{a:.0f} of {word}!", "3 of ten!"),
        ("{a / 2:.3f}{-a:.1f}", "1.500−3.0"),
        ("{1e6 - 1:.0f}, {-1.234e6:.0f}, {2e100:.1f}", "999999, −1.23e6, 2.00e100"),
        ("{a * 1e308 * 10:.2f} {-a * 1e308 * 10:.2f}", "∞ −∞"),
        ("{nothing:.2f}", "no number"),
        ("{where(a > 1, '{a}', \"}\")}", "{a}"),
        ("{'nan'} {where(a > 1, 'inf', '')} {'-inf'}", "nan inf -inf"),
        ("{0.0625:.3f} {2.5:.0f} {-0.0001:.2f}", "0.062 2 0.00"),
    ],
)
def test_templates_are_filled_with_rounded_numbers(template, text):
    assert fill_template(parse_template(template, read), VALUES) == text


@pytest.mark.parametrize(
    "formula",
    ["count('a😀b')", "at('😀x', 1)", "'' or 0", "not 'a'", "'a' < 'b'", "abs('a')", "[a, 'a']",
     "halved('a')", "where('a', 1, 2)", "upto('abc', 1)", "a + 'a'", "'a' + 'a'"],
)  # fmt: skip
def test_a_text_where_numbers_are_meant_is_refused_in_words(formula):
    with pytest.raises(ValueError, match="a text stands where numbers are meant|where chooses"):
        evaluate(read(formula), VALUES)


@pytest.mark.parametrize("terms", [700, 5000])
@pytest.mark.parametrize("formula", [lambda n: "a" + " + a" * n, lambda n: "-" * n + "a"])
def test_a_formula_that_is_too_long_is_refused_in_words(terms, formula):
    with pytest.raises(ValueError, match="is too long: name parts of it"):
        figure_with(VALUES).formula(formula(terms))


@pytest.mark.parametrize(
    "template, words",
    [
        ("{a}", "a number is written with its decimals|one number is written with its decimals"),
        ("{word:.2f}", "and a text without"),
        ("{a > 1}", "written with its decimals"),
        ("{halved}", "written with its decimals"),
        ("{xs:.1f}", "one number is written"),
        ("{a:d}", "the formula 'a:d' of this figure"),
        ("{a:.2e}", "the formula 'a:.2e' of this figure"),
        ("{a!r}", "the formula 'a!r' of this figure"),
        ("{speed:.2f}", "there is no 'speed'"),
        ("{}", "the formula '' of this figure"),
    ],
)
def test_a_template_that_cannot_be_meant_is_refused_in_words(template, words):
    with pytest.raises(ValueError, match=words):
        figure_with(VALUES).template(template)


# Names


@pytest.mark.parametrize("name", ["", "2x", "x y", "_x", "x.y", "$x", "µ", *keyword.kwlist])
def test_what_formulas_cannot_name_is_refused(name):
    with pytest.raises(ValueError, match=f"{re.escape(repr(name))} cannot be a name in formulas"):
        figure_with({}).name(name, 1.0)


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_a_name_of_the_library_is_taken(name):
    with pytest.raises(ValueError, match=f"'{name}' is there already"):
        figure_with({}).name(name, 1.0)


@pytest.mark.parametrize(
    "give",
    [
        lambda names: names.name("x", 1.0),
        lambda names: names.array("x", [1.0]),
        lambda names: names.let("x", "1"),
        lambda names: names.function("x", np.sin, 0, 1, 9),
        lambda names: names.gradient("x", "theta", "theta"),
    ],
)
@pytest.mark.parametrize(
    "first", [lambda names: names.name("x", 1.0), lambda names: names.let("x", "2")]
)
def test_two_things_of_one_name_are_refused(first, give):
    names = figure_with({})
    first(names)
    with pytest.raises(ValueError, match="'x' is there already: two things of one name"):
        give(names)


@pytest.mark.parametrize("name", ["θ", "naïve"])
def test_a_name_may_have_any_letters(name):
    names = figure_with({})
    names.name(name, 1.0)
    assert evaluate(names.formula(f"2 * {name}"), names.values({name: 3.0})) == 6


def test_a_formula_uses_only_the_names_that_were_given_before_it():
    names = figure_with({})
    names.name("x", 1.0)
    with pytest.raises(ValueError, match="there is no 'y', only x"):
        names.let("z", "x + y")
    names.let("y", "x + 1")
    names.let("z", "x + y")
    assert names.values({"x": 2.0})["z"] == 5
