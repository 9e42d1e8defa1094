"""The playground: what is typed means the same in the browser and in Python, and slips are told."""

import json
import random

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect
from readings import reading

import lec_utils as lu
from lec_utils.engine import script
from lec_utils.gradient_check import measured_gradient
from lec_utils.path import Path
from lec_utils.playground import understood


@pytest.fixture(scope="module")
def engine(browser):
    """A page with the script of a playground."""
    page = browser.new_page()
    also = ["read", "descend", "diagnose", "surroundings", "seen", "spread"]
    page.add_script_tag(content=script((), (), "playground", also))
    yield page
    page.close()


def at(page, text, *numbers):
    """The value and the slopes of a formula in the browser."""
    told = page.evaluate(f"read({json.dumps(text)}).at(...{json.dumps(numbers)}).map(String)")
    return [float(x.replace("Infinity", "inf")) for x in told[: 1 + len(numbers)]]


def larger(inner):
    """What a learner makes of smaller formulas, on a phone, too."""
    one = st.sampled_from(["sin", "cos", "tan", "exp", "log", "ln", "sqrt", "abs", "tanh", "√"])
    two = st.sampled_from([" + ", "-", " − ", "*", "·", " × ", "/", "÷"])
    return st.one_of(
        st.builds("{}({})".format, one, inner),
        st.builds("{}({}, {})".format, st.sampled_from(["max", "min"]), inner, inner),
        st.builds("({}{}{})".format, inner, two, inner),
        st.builds("{}({})".format, st.sampled_from(["2", "0.5", "x", "3 "]), inner),
        st.builds("|{}|".format, inner),
        st.builds("(-{})".format, inner),
        st.builds("({}){}".format, inner, st.sampled_from(["²", "³", "^2", "**3", "^-1", "⁻¹"])),
        st.builds("{}^({})".format, st.sampled_from(["e", "2"]), inner),
    )


LEAVES = ["x", "X", "y", "xy", "2x", "3xy²", "x^2y", "-x²", "1", "0.5", ".5", "pi", "πx", "e"]
FORMULAS = st.recursive(st.sampled_from(LEAVES), larger, max_leaves=6)
HOLDS = settings(
    deadline=None, derandomize=True, max_examples=150, suppress_health_check=list(HealthCheck)
)


# Not where x = y or where one is 0: at a kink each slope between two is right.
ODD, ODDER = (st.integers(-290, 290).map(lambda k, by=by: (k + by) / 97) for by in (0.37, 0.71))


@HOLDS
@given(FORMULAS, ODD, ODDER)
def test_any_formula_has_one_value_and_the_slopes_that_are_measured(engine, text, x, y):
    names, f = understood(text)
    place = np.array([x, y][: len(names)])
    with np.errstate(all="ignore"):
        expected = f(place) if len(names) > 1 else f(place[0])
    value, *slopes = at(engine, text, *place.tolist())
    np.testing.assert_allclose(value, expected, rtol=1e-9, atol=1e-12)
    assume(np.isfinite(expected))
    with np.errstate(all="ignore"):
        known, errors, _ = measured_gradient(f if len(names) > 1 else lambda t: f(t[0]), place)
    close = errors < 1e-4 * np.maximum(1, np.abs(known))  # not at a kink or at an end
    np.testing.assert_allclose(
        np.array(slopes)[close], known[close], rtol=1e-3, atol=20 * np.max(errors) + 1e-6
    )


# Not |x| + |y|, where diagnose also sees one number swing while the other creeps, nor 1/x, where
# it looks at twenty slopes of a run and misses the one beside the pole.
RUNS = "x^4-3x|x²|sin(x)+x²/10|abs(x)|e^x|x³-x|5x^4-x^3-5x^2+2x-9|log(x)|x²+10y²|x²-y²"
NOTES = {"left": "The run left the function's domain.", "overflowed": "The run overflowed."}


def test_a_run_is_diagnosed_as_in_python(engine):
    dice = random.Random(1)
    draw = lambda: round(dice.uniform(-3, 3), 3)
    texts = [text for text in RUNS.split("|") for _ in range(30)]
    starts = [[draw() for _ in understood(text)[0]] for text in texts]
    told = engine.evaluate(
        """(cases) => cases.map(([text, start, alpha, n]) => {
            const f = read(text);
            const run = descend(f.at, start, alpha, n);
            return [run, diagnose(run, f.names.length > 1 ? null : [-3, 3])[0].toLowerCase()];
        })""",
        [
            [text, start, 10 ** dice.uniform(-3, 0.5), dice.choice([3, 10, 30, 100])]
            for text, start in zip(texts, starts, strict=True)
        ],
    )
    words = set()
    for text, (run, word) in zip(texts, told, strict=True):
        names, f = understood(text)
        path = np.array(run["guesses"], dtype=float).view(Path)
        path.note = NOTES.get(run.get("broke"), "")
        if len(path) > 1:
            function = lu.Function(f, domain=(-3, 3)) if len(names) == 1 else f
            with np.errstate(all="ignore"):
                assert lu.diagnose(path, function).word == word, (text, run)
            words.add(word)
    assert words >= {"converged", "slow", "oscillating", "diverging", "overflowed", "cycling"}


SLIPS = [
    ("x^4 - 3a", "Character 8: “a” is not known", "a"),
    ("0,5x", "Character 2: Write decimals with a point", ","),
    ("2(x + 1", "Character 2: This “(” is never closed", "("),
    ("x^", "Character 3: Something is missing at the end", ""),
    ("sin x", "Character 1: After sin parentheses are missing: sin(x)", "sin"),
    ("x2", "Character 2: Before 2 a sign is missing", "2"),
    ("2e3 x", "Character 1: This can mean two things", "2e3"),
    ("x + y + w", "Character 9: w is a third letter", "w"),
    ("(" * 300, "A formula has 200 characters at most", "(" * 100),
]


@pytest.mark.parametrize(("text", "words", "marked"), SLIPS)
def test_a_slip_is_told_at_its_place_and_python_refuses_it(show, page, text, words, marked):
    show(lu.playground("x^2").html())
    before = page.locator("figure svg").get_attribute("aria-label")
    field = page.get_by_role("textbox", name="f(x) =")
    field.fill(text)
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(words)
    assert page.locator("u").inner_text().strip() == marked
    expect(field).to_have_attribute("aria-invalid", "true")
    assert "still shows x^2" in reading(page)
    assert page.locator("figure svg").get_attribute("aria-label") == before
    with pytest.raises(ValueError):
        lu.playground(text)
    field.fill("x^2 + 1")
    expect(page.get_by_role("alert")).to_be_empty()
    assert "x^2 + 1" in page.locator("figure svg").get_attribute("aria-label")


def test_a_start_is_dragged_and_a_click_on_a_map_sets_both_numbers(show, page):
    show(lu.playground("x² + y²", (1.5, 1), 0.1).html())
    middle = page.locator("figure svg").evaluate(
        """(svg) => {
            const { x, y } = new DOMPoint(195, 159).matrixTransform(svg.getScreenCTM());
            return [x, y];
        }"""
    )
    page.mouse.click(*middle)
    x, y = page.get_by_role("slider", name="start").all()
    assert abs(float(x.input_value())) < 0.1 and abs(float(y.input_value())) < 0.1
    x.press("End")
    assert "from 2, " in page.locator("figure svg").get_attribute("aria-label")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("5w^4 - w^3 - 5w^2 + 2w - 9", (-1.5, 1.5)),
        ("sin(x) + x²/10", (-4.5, 7)),
        ("(x - 30)²", (28, 32)),
        ("sqrt(x)", (0, 5)),
        ("x² + (y - 5)²", (-2, 7)),
    ],
)
def test_the_view_shows_the_humps_and_the_valleys(engine, text, ends):
    seen = engine.evaluate(f"(f => surroundings(f.at, f.names.length))(read({json.dumps(text)}))")
    np.testing.assert_allclose(seen, ends, atol=0.2)


@pytest.mark.parametrize("text", [*RUNS.split("|"), "sqrt(x)", "1/x", "3"])
def test_the_still_picture_shows_what_the_browser_will(engine, text):
    names, _ = understood(text)
    start = [8.5, 0.5][: len(names)]
    ends, heights = engine.evaluate(
        """([text, start]) => {
            const f = read(text);
            const [low, high] = surroundings(f.at, f.names.length);
            const ends = [Math.min(low, ...start), Math.max(high, ...start)];
            return [ends, seen(spread(...ends, 301).map((x) => f.at(x)[0]))];
        }""",
        [text, start],
    )
    ax = lu.playground(text, start).figure.axes[0]
    np.testing.assert_allclose(ax.get_xlim(), ends, atol=1e-9)
    np.testing.assert_allclose(ax.get_ylim(), ends if len(names) > 1 else heights, rtol=1e-6)


WIDGET = """async ([code, traits]) => {
    const heard = {};
    window.traits = traits;
    const model = {
        get: (name) => traits[name],
        set: (name, value) => {
            const same = JSON.stringify(traits[name]) === JSON.stringify(value);
            traits[name] = value;
            if (!same) heard["change:" + name]?.();
        },
        on: (event, act) => (heard[event] = act),
        off: (event) => delete heard[event],
        save_changes() {},
    };
    window.model = model;
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const { default: entry } = await import(url);
    window.forget = entry.render({ model, el: document.querySelector("#place") });
    window.heard = heard;
}"""


def test_a_widget_of_a_playground_tells_python_what_is_typed_and_follows_it(show):
    widget = lu.playground("x^4 - 3x", 2, 0.05).widget()
    names = ("formula", "w0", "alpha", "n", "domain", "_picture")
    page = show('<div id="place"></div>')
    page.evaluate(WIDGET, [widget._esm, {name: getattr(widget, name) for name in names}])
    told = lambda: page.evaluate("traits")
    page.get_by_role("slider", name="α").press("End")
    assert told()["alpha"] == 10
    page.get_by_role("textbox", name="f(x) =").fill("x² + y²")
    assert told()["formula"] == "x² + y²" and len(told()["w0"]) == 2
    page.evaluate("model.set('alpha', 0.25)")
    assert page.get_by_role("slider", name="α").get_attribute("aria-valuetext") == "0.25"
    page.get_by_role("slider", name="guesses").press("Home")
    assert told()["n"] == 2 and told()["alpha"] == 0.25 and told()["domain"] is None
    page.evaluate("forget()")
    assert page.evaluate("Object.keys(heard)") == []


def test_a_widget_of_a_playground_refuses_what_cannot_be_read(show):
    widget = lu.playground("x^2", 3, 0.1, domain=(-4, 4)).widget()
    assert (widget.w0, widget.alpha, widget.n, widget.domain) == ([3.0], 0.1, 20, [-4.0, 4.0])
    with pytest.raises(ValueError, match="not complete"):
        widget.formula = "x^"
    widget.formula = "x^2 + 1"


def test_a_formula_that_is_no_text_is_refused_in_words():
    with pytest.raises(TypeError, match="a text in quotes"):
        lu.playground(3)


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("x**2", [1, 2], "w0 has 2 numbers, but the formula has 1: x. Give one for each"),
        ("x² + y²", [1, 2, 3], "w0 has 3 numbers, but the formula has 2: x, y"),
    ],
)
def test_a_start_of_too_many_numbers_is_refused_in_words(text, start, words):
    with pytest.raises(ValueError, match=words):
        lu.playground(text, w0=start)


def test_a_hand_that_goes_from_the_field_to_a_slider_holds_it(show, page):
    show(lu.playground("x^2").html())
    page.get_by_role("textbox", name="f(x) =").press_sequentially(" + 1")
    page.get_by_role("slider", name="guesses").press("Home")  # the field loses the focus: "change"
    assert reading(page).startswith("After 1 update ")


def test_two_numbers_set_the_view(show, page):
    show(lu.playground("x^2").html())
    for name, value in (("view from", "−1"), ("view to", "3,5")):
        page.get_by_role("textbox", name=name).fill(value)
    page.get_by_role("textbox", name="view to").press("Enter")
    slider = page.get_by_role("slider", name="start x")
    assert [slider.get_attribute("min"), float(slider.get_attribute("max"))] == [
        "-1",
        pytest.approx(3.5),
    ]


def test_in_a_notebook_the_address_is_not_touched_and_no_code_is_compiled(show, page):
    page.add_init_script("window.eval = window.Function = () => { throw new Error('compiled'); }")
    show(lu.playground().html())
    address = page.url
    page.get_by_role("slider", name="α").press("End")
    assert "verflowed" in reading(page)
    assert page.url == address
