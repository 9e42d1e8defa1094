"""Figures without a browser: what they show, say and carry, the same in every run."""

import base64
import hashlib
import html.parser
import io
import json
import math
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import ipywidgets
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
import traitlets
from expected import QUARTIC, RIGHT, SLOPE, corners, data_of, expected_on_the_page, strokes
from matplotlib.patches import Polygon
from PIL import Image

import lec_utils as lu
from lec_utils.catalogue import CATALOGUE
from lec_utils.engine import names
from lec_utils.formula import evaluate
from lec_utils.pictures import SAVE, shrink

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = (
    "tangent_slider",
    "fog_slider",
    "secant_slider",
    "kink_slider",
    "alpha_slider",
    "minimizing_animation",
)
each_figure = pytest.mark.parametrize("name", FIGURES)


@pytest.fixture(autouse=True)
def _no_window():
    plt.switch_backend("Agg")
    yield
    plt.close("all")


@cache
def made(name):
    """The figure as a notebook gets it when it asks for nothing in particular."""
    return getattr(lu, name)()


def bent(x):
    """A learner's function, for one number at a time."""
    return math.exp(-x) if x > 0 else 1 - x


def bent_slope(x):
    return -math.exp(-x) if x > 0 else -1.0


# A figure's words


@pytest.mark.parametrize("words", [{}, {"alt": ""}, {"alt": " \n"}, {"alt": None}])
@pytest.mark.parametrize("kind", [lu.LiveFigure, lu.Picture])
def test_a_figure_without_alt_text_is_refused(kind, words):
    with pytest.raises((TypeError, ValueError), match="alt"):
        kind(lu.new_axes().figure, **words)


class Elements(html.parser.HTMLParser):
    """Every element of a page with its attributes, and the text of each caption."""

    def __init__(self, page):
        super().__init__()
        self.found, self.text = [], Counter()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text[self.found[-1][0]] = data

    def only(self, wanted):
        (attributes,) = [attributes for tag, attributes in self.found if tag == wanted]
        return attributes


@each_figure
def test_the_html_is_an_image_with_alt_text_a_caption_and_a_script(name):
    figure = made(name)
    page = Elements(figure.html())
    kind, data = page.only("img")["src"].split(",", 1)
    assert kind == "data:image/svg+xml"
    assert ElementTree.canonicalize(unquote(data)) == ElementTree.canonicalize(figure.svg())
    assert page.only("img")["alt"] == figure.alt
    assert page.text["figcaption"] == figure.caption
    assert len(figure.alt) > 40 and len(figure.caption) > 20
    assert [tag for tag, _ in page.found] == ["figure", "img", "figcaption", "style", "script"]
    assert "export default" not in figure.html(), "a script is no module"


@each_figure
def test_the_alt_text_is_whole_sentences_with_minus_signs_that_are_spoken(name):
    alt = made(name).alt
    assert re.fullmatch(r"[A-Z].*\.", alt)
    assert not re.search(r"(?<!\w)-\d", alt), "a screen reader skips a hyphen"


def test_a_negative_number_in_an_alt_text_gets_a_minus_sign_and_a_word_keeps_its_hyphen():
    figure = lu.LiveFigure(lu.new_axes().figure, alt="A V-shape from (-1, 2) to 1e-16, in 2-d.")
    assert figure.alt == "A V-shape from (−1, 2) to 1e-16, in 2-d."


def test_an_alt_text_says_where_the_run_ends():
    assert f"; {made('alpha_slider').reading()}." in made("alpha_slider").alt
    end = lu.gradient_descent(lu.square.derivative, 9.0, 0.15, 16)[-1]
    assert f"x = {end:.4f}" in made("alpha_slider").alt


def test_words_cannot_break_out_of_the_html():
    live = lu.LiveFigure(lu.new_axes().figure, alt='a < b & "c"', caption="</figure><b>&")
    live.readout("</script>")
    page = Elements(live.html())
    assert page.only("img")["alt"] == 'a < b & "c"'
    assert page.text["figcaption"] == "</figure><b>&"
    assert live.html().count("</script>") == 1


def test_a_figure_without_caption_has_no_empty_one():
    assert "figcaption" not in lu.Picture(lu.new_axes().figure, alt="Empty axes.").html()


@each_figure
def test_every_viewer_is_served_and_none_sees_an_address(name):
    bundle = made(name)._repr_mimebundle_()
    assert bundle.keys() == {"text/html", "text/plain"}
    assert made(name).alt in bundle["text/plain"]
    assert not any("object at 0x" in text for text in bundle.values())
    assert made(name).reading() in bundle["text/plain"]
    assert repr(made(name)) == bundle["text/plain"]


@pytest.mark.parametrize(
    "w0, words", [(-1.0, "falling.*right"), (1.0, "rising.*left"), (RIGHT, "flat here")]
)
def test_the_tangent_slider_reads_out_value_slope_and_direction(w0, words):
    value, slope = np.polyval(QUARTIC, w0), np.polyval(SLOPE, w0)
    told = re.fullmatch(
        r"f\(w₀\) = (\S+), slope (\S+): (.+)", made("tangent_slider").reading(w0=w0)
    )
    assert float(told[1].replace("−", "-")) == pytest.approx(value, abs=6e-4)
    assert float(told[2].replace("−", "-")) == pytest.approx(slope, abs=6e-3)
    assert re.match(words, told[3])


@pytest.mark.parametrize("bend, h", [(1, 0.5), (1, 3.0), (-1, 0.5)])
def test_the_secant_slider_reads_out_both_slopes(bend, h):
    told = lu.secant_slider(lambda x: bend * x**2, w0=-4).reading(h=h)
    slopes = f"secant {bend * (h - 8):.3f}, of the tangent {bend * -8:.3f}: they differ by {h:.3f}"
    assert told == "slope of the " + slopes.replace("-", "−")


@pytest.mark.parametrize(
    "m, words", [(0.95, "stays"), (-1, "stays"), (1.05, "cuts"), (-1.5, "cuts")]
)
def test_the_kink_slider_tells_which_lines_stay_under_the_v(m, words):
    assert f"the line {words}" in made("kink_slider").reading(m=m)
    (control,) = made("kink_slider").spec()["controls"]
    assert control["min"] <= m <= control["max"]


def test_the_alpha_slider_runs_through_a_kink_as_gradient_descent_does():
    figure = lu.alpha_slider(lu.absolute, 1.9, 0.15, n=30)
    end = 1.9
    for _ in range(29):
        end -= 0.15 * math.copysign(1, end)
    assert end == pytest.approx(-0.05)
    assert figure.reading() == "after 29 updates x = −0.0500"
    for alpha in figure.stops("alpha"):
        path = lu.gradient_descent(np.sign, 1.9, alpha, 30)
        assert f"x = {path[-1]:z.4f}".replace("-", "−") in figure.reading(alpha=alpha)


@pytest.mark.parametrize("alpha", [0.01, 0.3, 0.97])
def test_the_alpha_slider_reads_out_where_the_run_ends(alpha):
    told = made("alpha_slider").reading(alpha=alpha)
    end = f"{9 * (1 - 2 * alpha) ** 15:.4f}".replace("-", "−")
    assert told.endswith(f"after 15 updates x = {end}")


def test_the_alpha_slider_says_when_the_run_leaves_three_times_the_picture():
    figure = lu.alpha_slider(alpha=1.1)
    told = figure.reading()
    outside = next(t for t in range(16) if 9 * 1.2**t > 60)  # the picture shows [-20, 20]
    assert f"after {outside} updates" in told
    assert told.endswith("the next guess is far outside the picture")
    assert len(on_the_page(figure, 1, "use")) > 1


def test_the_animation_reads_out_each_guess_and_at_the_end_the_diagnosis():
    figure, path = made("minimizing_animation"), lu.gradient_descent(lu.df, 0, 0.01, 50)
    told = [f"w = {w:.4f}, f(w) = {np.polyval(QUARTIC, w):.4f}".replace("-", "−") for w in path]
    assert figure.reading(t=0) == told[0]
    assert figure.reading(t=6) == told[6]
    assert figure.reading(t=49) == f"{told[49]}. {lu.diagnose(path)}"


# What the still pictures show


@each_figure
def test_a_still_picture_can_stand_inside_a_page(name):
    svg = made(name).svg()
    elements = list(ElementTree.fromstring(svg).iter())
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    assert ids and max(ids.values()) == 1
    assert not {f"{SVG}style", f"{SVG}script", f"{SVG}metadata"} & {e.tag for e in elements}
    pointed_at = set(re.findall(r'(?:href="#|url\(#)([\w-]+)', svg))
    assert pointed_at <= ids.keys()
    assert "\n" not in svg


AS_IT_IS = {("stroke-dashoffset", "0")}  # where nothing is said


def css(style):
    """A style attribute as a dict, its numbers with one decimal."""
    style = re.sub(r"#fff\b", "#ffffff", style)
    style = re.sub(r"\d*\.\d+", lambda number: f"{float(number[0]):.1f}", style).replace(".0", "")
    pairs = dict(re.findall(r"([\w-]+): ?([^;]+)", style))
    pairs = {name: told for name, told in pairs.items() if (name, told) not in AS_IT_IS}
    return pairs | ({"font-size": pairs["font"].split()[0]} if "font" in pairs else {})


def numbers(text):
    return tuple(round(float(number), 1) for number in re.findall(r"-?[\d.]+", text))


def outline(path):
    """The numbers of a path, which may tell straight lines by the ways between corners."""
    if set(path) & {"C", "Q"}:
        ends = np.array([numbers(curve)[-2:] for curve in path.split("C")])
        radii = np.hypot(*ends.T)
        return ("circle", radii[0]) if len(ends) == 9 and np.ptp(radii) < 0.15 else numbers(path)
    if "A" in path:
        assert path.count("A") == 2
        return "circle", numbers(path)[1]
    return flat(corners(path))


def flat(corners):
    return tuple((np.ravel(told_once(corners)).round(1) + 0.0).tolist())


def told_once(corners):
    """The corners but for those where the one before stands, to a tenth."""
    corners = np.reshape(corners, (-1, 2))
    return corners[np.any(np.diff(corners.round(1), axis=0, prepend=np.inf), axis=1)]


def hatching(targets, value):
    """What a fill such as ``url(#h1)`` refers to; any other value as it is."""
    name = re.fullmatch(r"url\((#.+)\)", value)
    return tuple(outline(e.get("d", "")) for e in targets[name[1]].iter()) if name else value


def drawn(svg):
    """All that an SVG draws: lines, markers and words, each with its place and look."""
    root, found = ElementTree.fromstring(svg), set()
    targets = {f"#{element.get('id')}": element for element in root.iter()}

    def visit(element, look):
        get, tag = element.attrib.get, element.tag.removeprefix(SVG)
        look = look | css(get("style", ""))
        line = {
            name: hatching(targets, value)
            for name, value in look.items()
            if name.startswith(("stroke", "fill"))
        }
        if tag == "path" and (look["fill"] != "none" or "stroke" in look):
            told = get("d", "")
            whole = [outline(told)] if set(told) & set("ACQ") else map(flat, strokes(told))
            found.update((part, *sorted(line.items())) for part in whole)
        if tag == "use":
            target = targets[get("href") or get("{http://www.w3.org/1999/xlink}href")]
            line |= css(target.get("style", ""))
            place = numbers(f"{get('x')} {get('y')}")
            found.add((place, outline(target.get("d")), *sorted(line.items())))
        if tag == "text":
            words = [look.get(name) for name in ("font-size", "text-anchor", "fill")]
            turned = "" if "rotate(-0 " in get("transform", "") else get("transform", "")
            place = numbers(f"{get('x')} {get('y')} {turned}")
            found.add((element.text, place, *words))
        if tag not in ("defs", "metadata"):
            for child in element:
                visit(child, look)

    # matplotlib's style sheet; ink; and SVG's own way
    visit(root, {"stroke-linejoin": "round", "fill": "#1a1a1a", "text-anchor": "start"})
    return found


STILL = {
    "live": lambda: lu.tangent_slider().figure.axes[0],
    "markers": lambda: lu.draw_guesses(lu.square, [1, 2, 2.0001, 3], lu.new_axes()),
    "colours": lambda: lu.new_axes().scatter([1, 2, 3], [1, 2, 2], c=["r", "g", "g"]).axes,
    "hatching": lambda: lu.draw_derivative(lu.f, lu.new_axes()),
    "arrows": lambda: lu.draw_gradient(lu.gutter, lu.gutter_gradient, [(1, 1)], ax=lu.new_axes()),
}


def matplotlibs_own(figure):
    """The SVG before it is shrunk."""
    page = io.StringIO()
    with mpl.rc_context(SAVE):
        figure.savefig(page, format="svg")
    return page.getvalue()


@pytest.mark.parametrize("draw", STILL.values(), ids=STILL)
def test_a_shrunk_picture_draws_all_that_matplotlib_drew(draw):
    page = matplotlibs_own(draw().figure)
    small = shrink(page)
    seen, whole = drawn(small), drawn(page)
    assert seen <= whole
    assert all(any(covers(mark, other) for mark in seen) for other in whole - seen)
    assert len(small) < len(page) / 2


def covers(mark, other):
    """Whether it is the same marker less than a third of a point away."""
    (place, *look), (there, *as_well) = mark, other
    return look == as_well and len(place) == 2 and np.hypot(*np.subtract(place, there)) < 1 / 3


def on_the_page(figure, line, kind):
    """Where an SVG has the points of a marked line: its markers ("use") or its vertices."""
    root = ElementTree.fromstring(figure.svg())
    (group,) = [group for group in root.iter() if group.get("id") == f"mark-line{line}"]
    if kind == "use":
        uses = group.iter(f"{SVG}use")
        return np.array([[float(use.get("x")), float(use.get("y"))] for use in uses])
    return np.array(corners(group.find(f"{SVG}path").get("d")))


def assert_coincide(seen, expected):
    distance = np.abs(seen[:, None] - expected).max(axis=2)
    assert distance.min(axis=0).max() < 0.4, "each point has its mark, or stands in another's"
    assert distance.min(axis=1).max() < 0.1, "each mark stands for a point"


def on_curve(function, xs):
    return [(x, function(x)) for x in xs]


RUN = [9 * 0.7**t for t in range(16)]
PLAYED = lu.gradient_descent(lu.df, 0, 0.01, 50)


@pytest.mark.parametrize(
    "make, line, kind, points",
    [
        (partial(lu.tangent_slider, w0=0.5), 1, "use", [(0.5, lu.f(0.5))]),
        (partial(lu.tangent_slider, w0=0), 0, "path", [(-0.75, -10.5), (0.75, -7.5)]),
        (partial(made, "secant_slider"), 2, "use", on_curve(lu.f, [-1.2, -0.2])),
        (partial(lu.secant_slider, lu.square, -4, 2), 1, "path", [(-10, 52), (10, -68)]),
        (partial(lu.secant_slider, lu.square, -1, 2), 0, "path", [(-10, 19), (10, -21)]),
        (partial(made, "kink_slider"), 0, "path", [(-2, -1), (2, 1)]),
        (partial(made, "alpha_slider"), 0, "use", on_curve(lu.square, RUN)),
        (partial(made, "alpha_slider"), 1, "use", list(enumerate(RUN))),
        (partial(made, "minimizing_animation"), 0, "use", on_curve(lu.f, PLAYED)),
        (partial(made, "minimizing_animation"), 1, "use", on_curve(lu.f, PLAYED[-1:])),
    ],
)
def test_the_still_picture_has_each_mark_where_mathematics_puts_it(make, line, kind, points):
    figure = make()
    seen, expected = on_the_page(figure, line, kind), expected_on_the_page(figure, line, points)
    if kind == "path":  # a line may be cut off at the edge of the picture
        along, across = expected[1] - expected[0], (seen - expected[0]) @ [[0, -1], [1, 0]]
        assert np.all(np.abs(across @ along) / np.hypot(*along) < 0.1)
        return
    assert_coincide(seen, expected)


def fog(figure, **stops):
    """The corners of each bank of fog on the axes, shape (k, 2), and how much it hides, 0 to 1."""
    values = figure.values(stops)
    for bank, *place in figure._marks:
        if isinstance(bank, Polygon):
            yield np.transpose([evaluate(one, values) for one in place]), bank.get_alpha()


@pytest.mark.parametrize("w0", [-1.5, -0.4, 0.3, 1.5])
def test_fog_hides_all_that_is_out_of_sight_and_nothing_that_is_near(w0):
    sight, figure = 0.25, lu.fog_slider(w0=0.3, sight=0.25)
    left, right = figure.figure.axes[0].get_xlim()
    rim = 14 / 2 * (right - left) / (5 * 72 * 0.75)  # half a stroke, on axes so much of a picture
    heights = np.linspace(*figure.figure.axes[0].get_ylim(), 50)
    hidden = lambda path, x: np.all(path.contains_points([(x, y) for y in heights]))
    clear = lambda path, x: not np.any(path.contains_points([(x, y) for y in heights]))
    banks = [(mpl.path.Path(corners), alpha) for corners, alpha in fog(figure, w0=w0, lift=0)]
    walls = [path for path, alpha in banks if alpha == 1]
    for x in np.linspace(left, right, 300):
        if abs(x - w0) > sight + rim:
            assert any(hidden(path, x) for path in walls)
        if abs(x - w0) < 0.6 * sight:
            assert all(clear(path, x) for path, _ in banks)


def test_fog_lifts_from_below_until_all_is_seen_and_words_follow():
    figure = lu.fog_slider()
    bottom, top = figure.figure.axes[0].get_ylim()
    lowest = lambda lift: min(corners[:, 1].min() for corners, _ in fog(figure, w0=1.1, lift=lift))
    assert lowest(0) < bottom < lowest(0.3) < lowest(0.6) < top < lowest(1)
    assert "The fog has lifted" in figure.reading(lift=1)
    assert "lifted" not in figure.reading(lift=0.95)
    assert "falls to a valley" not in figure.alt


def test_fog_drifts_as_the_hiker_walks():
    figure = lu.fog_slider()
    there = [corners - (w0, 0) for w0 in (0, 0.1) for corners, _ in fog(figure, w0=w0, lift=0)]
    moved = np.abs(there[len(there) // 2] - there[0])[1:-3]  # without the corners of the frame
    assert 0 < moved.max() < 0.02


@each_figure
def test_a_figure_is_the_same_in_two_runs(name):
    assert getattr(lu, name)().html() == made(name).html()


def test_a_figure_is_the_same_in_two_processes():
    code = (
        "import hashlib, lec_utils as lu\n"
        f"for name in {FIGURES}:\n"
        "    print(hashlib.sha256(getattr(lu, name)().html().encode()).hexdigest())"
    )
    other = os.environ | {"PYTHONHASHSEED": "1", "MPLBACKEND": "svg"}
    root = Path(lu.__file__).parent.parent
    there = subprocess.check_output([sys.executable, "-c", code], text=True, env=other, cwd=root)
    assert there.split() == [
        hashlib.sha256(made(name).html().encode()).hexdigest() for name in FIGURES
    ]


# What the script is given


@each_figure
def test_the_script_carries_the_spec_and_the_program(name):
    figure = made(name)
    end = f",{figure.program()},{names(figure.parts())}))}})()</script>"
    carried = figure.html().split("(root)=>mount(root,")[1].split(end)[0]
    assert json.loads(carried) == json.loads(json.dumps(figure.spec(), allow_nan=False))


@pytest.mark.parametrize("make", [lu.tangent_slider, lu.chord_slider])
@pytest.mark.parametrize("function", CATALOGUE, ids=lambda function: function.name)
def test_functions_of_the_lectures_travel_as_formulas(make, function):
    assert make(function).spec()["data"] == []


@pytest.mark.parametrize("function", CATALOGUE, ids=lambda function: function.name)
def test_runs_on_the_functions_of_the_lectures_are_made_by_the_browser(function):
    assert [name for name, _ in lu.alpha_slider(function).spec()["data"]] == ["$updates"]


def test_a_function_that_asks_its_number_travels_as_its_values_at_the_sliders_stops():
    figure = lu.tangent_slider(bent, derivative=bent_slope, domain=(-1, 2))
    packed = dict(figure.spec()["data"])
    assert packed.keys() == {"f", "df"}
    for name, function in {"f": bent, "df": bent_slope}.items():
        values = np.frombuffer(base64.b64decode(packed[name]["floats"]))
        expected = [function(x) for x in figure.stops("w0")]
        np.testing.assert_allclose(values, expected, rtol=1e-14)


def test_arrays_travel_with_all_their_digits():
    assert data_of(made("minimizing_animation"), "told0").tolist() == PLAYED.tolist()
    assert data_of(made("minimizing_animation"), "told1").tolist() == lu.f(PLAYED).tolist()


def test_an_animation_of_fifty_guesses_is_below_25_kB():
    assert len(made("minimizing_animation").html().encode()) < 25_000


# A learner's own function


MAKERS = (
    lu.tangent_slider,
    lu.fog_slider,
    lu.secant_slider,
    lu.alpha_slider,
    lu.minimizing_animation,
)
each_maker = pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)


@each_maker
@pytest.mark.parametrize("derivative", [bent_slope, None], ids=["derivative", "none"])
def test_every_figure_takes_a_learners_own_function(make, derivative):
    live = make(function=bent, derivative=derivative, w0=-0.5, domain=(-1, 2))
    if make is not lu.fog_slider:
        assert "bent(x)" in live.alt
    assert ElementTree.fromstring(live.svg()).tag == f"{SVG}svg"
    assert "no number" not in live.reading()
    assert ("central differences" in live.caption) == (derivative is None)


@each_maker
@pytest.mark.parametrize(
    "function, domain", [(math.sqrt, (0, 4)), (lambda x: x - math.log(x), (0.01, 4))]
)
def test_a_function_may_end_where_its_domain_does(make, function, domain):
    live = make(function=function, w0=1.0, domain=domain)
    assert ElementTree.fromstring(live.svg()).tag == f"{SVG}svg"
    assert "no number" not in live.reading()


@pytest.mark.parametrize("make", [*MAKERS, lu.chord_slider], ids=lambda make: make.__name__)
@pytest.mark.parametrize("value, given", [(0.0, True), (5.0, False), (-1e9, True), (1e-12, False)])
def test_a_constant_function_has_its_figure_without_a_warning(make, value, given):
    derivative = {"derivative": lambda x: 0.0} if given and make is not lu.chord_slider else {}
    live = make(function=lambda x: value, domain=(-1, 2), **derivative)
    assert ElementTree.fromstring(live.svg()).tag == f"{SVG}svg"
    assert live.spec()["axes"][0]["y"][0] < value < live.spec()["axes"][0]["y"][1]
    assert "no number" not in live.reading() and "nan" not in live.alt


@pytest.mark.parametrize(
    "make, words",
    [
        (lu.tangent_slider, "f(x₀) = 5.000, slope 0.00: flat here"),
        (lu.secant_slider, "secant 0.000, of the tangent 0.000: they differ by 0.000"),
        (lu.chord_slider, "chord 5.000, curve 5.000: here the chord is not below the curve"),
        (lu.alpha_slider, "after 15 updates x = "),
    ],
)
def test_a_constant_function_is_flat_everywhere(make, words):
    assert words in make(lambda x: 5.0).reading()


@each_maker
def test_marks_leave_the_view_of_the_curve_as_it_is(make):
    live = make(function=lambda x: 100 + x**2, w0=1.0)
    assert live.figure.axes[0].get_ylim()[0] > 50


@pytest.mark.parametrize("make", [lu.alpha_slider, lu.minimizing_animation])
def test_a_run_of_no_guesses_is_refused_in_words(make):
    with pytest.raises(ValueError, match="n must be at least 1, got 0"):
        make(w0=1.0, n=0)


@each_maker
def test_a_caption_of_ones_own_is_kept(make):
    assert make(function=lu.square, w0=1.0, caption="Look here.").caption == "Look here."


@each_maker
@pytest.mark.parametrize("w0", [-1.01, 2.01])
def test_a_start_outside_the_domain_is_refused_in_words(make, w0):
    with pytest.raises(ValueError, match=f"w0 = {w0} is outside.*wider domain"):
        make(function=bent, w0=w0, domain=(-1, 2))


@each_maker
def test_the_function_in_place_of_its_derivative_is_refused_in_words(make):
    with pytest.raises(ValueError, match="looks like f, not its derivative"):
        make(function=bent, derivative=bent, w0=0, domain=(-1, 2))


@pytest.mark.parametrize("w0, alpha", [(1.5, 1.0), (-1.5, 1e10), (1.0, 0.3)])
def test_an_animation_that_overflows_says_so_without_a_warning(w0, alpha):
    live = lu.minimizing_animation(lu.f, w0, alpha)
    assert "Overflowed" in live.alt
    assert "overflowed" in live.reading(t=live.spec()["controls"][0]["max"])
    assert ElementTree.fromstring(live.svg()).tag == f"{SVG}svg"


def test_an_animation_of_the_start_alone_has_nothing_to_play():
    live = lu.minimizing_animation(w0=0.5, n=1)
    assert live.spec()["controls"][0]["max"] == 0
    height = f"{np.polyval(QUARTIC, 0.5):.4f}".replace("-", "−")
    assert live.reading() == f"w = 0.5000, f(w) = {height}. "


def test_the_secant_slider_stays_in_the_domain_at_both_ends_of_both_sliders():
    live = lu.secant_slider(np.sin, 0.0, 0.1, domain=(-0.7, 0.6))
    w0, h = live.spec()["controls"]
    for values in [(w0["min"], h["min"]), (w0["max"], h["max"])]:
        assert "no number" not in live.reading(w0=values[0], h=values[1])


# Still pictures


DRAWINGS = {
    "draw_function": partial(lu.draw_function, bent, domain=(-1, 2)),
    "draw_f": lu.draw_f,
    "draw_tangent": partial(lu.draw_tangent, bent, 1.0),
    "draw_path": partial(lu.draw_path, bent, [2.0, 1.0, 0.5]),
    "draw_guesses": partial(lu.draw_guesses, bent, [2.0, 1.0, 3.0]),
    "draw_derivative": partial(lu.draw_derivative, lu.Function(bent, bent_slope)),
}
each_drawing = pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)


def test_every_drawing_of_a_function_is_tested():
    assert {name for name in vars(lu.plots) if name.startswith("draw_")} == DRAWINGS.keys()


@each_drawing
def test_a_drawing_returns_the_axes_it_was_given_with_both_axes_labelled(draw):
    ax = lu.new_axes()
    assert draw(ax=ax) is ax
    assert ax.get_xlabel() and ax.get_ylabel()
    assert not plt.get_fignums()


@each_drawing
def test_a_drawing_makes_one_pyplot_figure_of_its_own_and_changes_no_setting(draw):
    before = dict(mpl.rcParams)
    ax = draw()
    assert plt.get_fignums() == [ax.figure.number]
    assert dict(mpl.rcParams) == before


def test_a_scatter_has_a_dot_for_each_row_in_few_bytes():
    x, y = np.random.default_rng(0).uniform(size=(2, 200))
    many, ax = lu.new_axes(), lu.scatter(x, y, lu.new_axes())
    many.plot(x, y, "o")
    (path,) = [patch.get_path() for patch in ax.patches]
    np.testing.assert_array_equal(path.vertices[::2], np.column_stack([x, y]))
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert left < x.min() and x.max() < right and bottom < y.min() and y.max() < top
    svg, long = (lu.Picture(one.figure, alt="Dots.").svg() for one in (ax, many))
    assert len(svg) < len(long) / 2 and svg.count("l0 0") + svg.count("h0") >= 200
    with pytest.raises(ValueError, match="do not match"):
        lu.scatter(x, y[1:])


@pytest.mark.parametrize("value", [0.0, 5.0, -1e9])
@pytest.mark.parametrize(
    "draw, arguments",
    [
        (lu.draw_function, ()),
        (lu.draw_tangent, (1.0,)),
        (lu.draw_path, ([2.0, 1.0],)),
        (lu.draw_guesses, ([2.0, 1.0, 3.0],)),
        (lu.draw_derivative, ()),
    ],
)
def test_a_constant_function_can_be_drawn_without_a_warning(draw, arguments, value):
    ax = draw(lu.Function(lambda x: value, lambda x: 0.0), *arguments, ax=lu.new_axes())
    bottom, top = ax.get_ylim()
    assert bottom < (0 if draw is lu.draw_derivative else value) < top
    assert lu.Picture(ax.figure, alt="A level line.").svg()


@pytest.mark.parametrize("draw", [lu.draw_path, lu.draw_guesses])
def test_a_drawing_changes_nothing_of_what_it_was_given(draw):
    xs = np.array([2.0, -1.0, 3.0])
    _, drawn = draw(lambda x: np.multiply(x, x, out=x), xs, ax=lu.new_axes()).lines[:2]
    assert xs.tolist() == [2, -1, 3]
    assert points(drawn).tolist() == [[2, 4], [-1, 1], [3, 9]]


def points(line):
    return np.transpose(line.get_data())


def test_the_value_axis_is_labelled_as_the_function_says():
    assert lu.draw_function(lu.square, ax=lu.new_axes()).get_ylabel() == "x²"
    assert lu.draw_function(bent, ax=lu.new_axes()).get_ylabel() == "bent(x)"


def test_draw_tangent_draws_the_tangent_through_the_point_and_keeps_the_curve_in_view():
    curve, tangent, point = lu.draw_tangent(lu.f, 0.0, ax=lu.new_axes()).lines
    (x0, y0), (x1, y1) = points(tangent)
    assert (y1 - y0) / (x1 - x0) == pytest.approx(2)
    assert y0 - 2 * x0 == pytest.approx(-9)
    assert points(point).tolist() == [[0, -9]]
    assert curve.axes.get_ylim() == lu.draw_f(lu.new_axes()).get_ylim()
    assert curve.axes.get_title() == "slope at w = 0.00: 2.00"


def test_draw_tangent_lets_a_steep_tangent_leave_the_view():
    ax = lu.draw_tangent(lu.f, 1.1, ax=lu.new_axes())
    assert ax.get_ylim() == pytest.approx(lu.draw_f(lu.new_axes()).get_ylim(), abs=0.1)


HUMP, VALLEYS = lu.f(0.2046), lu.f(np.array([-0.727, 0.6724]))  # its turns, by np.roots


def test_the_turns_of_a_curve_fill_its_picture_and_a_high_start_is_still_in_it():
    low, high = lu.tangent_slider().figure.axes[0].get_ylim()
    assert low < VALLEYS.min() and HUMP < high < lu.f(1.5)
    assert HUMP - VALLEYS.min() > 0.4 * (high - low)
    assert lu.tangent_slider(w0=1.4).figure.axes[0].get_ylim()[1] > lu.f(1.4)
    run = lu.minimizing_animation(w0=1.4, alpha=0.03)
    assert run.figure.axes[0].get_ylim()[1] > lu.f(1.4)


def wavy(x):
    return x**2 + 0.01 * np.sin(9 * x)


@pytest.mark.parametrize("function", [lu.square, lu.absolute, np.sin, wavy])
def test_a_curve_whose_turns_are_seen_or_hardly_there_is_drawn_whole(function):
    function = lu.as_function(function)
    bottom, top = lu.tangent_slider(function).figure.axes[0].get_ylim()
    heights = function(np.linspace(*function.domain, 301))
    assert bottom <= heights.min() and heights.max() <= top


def told(figure, start):
    """The texts of a still figure which begin so, as they are drawn."""
    texts = ElementTree.fromstring(figure.svg()).iter(f"{SVG}text")
    return [text.text for text in texts if (text.text or "").startswith(start)]


def test_a_point_beyond_the_frame_is_told_by_a_caret_at_it():
    figure = lu.tangent_slider()
    assert told(figure, "slope") == ["slope 2.00"] and not told(figure, "▲")
    run = lu.minimizing_animation(lu.square, 9, 1.05, n=16)
    assert told(run, "▲") == ["▲ update 15"]


def test_each_guess_beyond_the_frame_has_its_caret_at_the_edge_and_the_last_its_name():
    figure, path = (
        lu.alpha_slider(lu.square, 9, 1.05),
        lu.gradient_descent(lambda x: 2 * x, 9, 1.05, 16),
    )
    for line, ax, (xs, ys) in zip(
        (4, 2), figure.figure.axes, ((path, path**2), (np.arange(16), path)), strict=True
    ):
        (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
        beyond = (ys > top) | (ys < bottom)
        assert 1 < beyond.sum() < 16
        edges = np.transpose([np.clip(xs, left, right), np.clip(ys, bottom, top)])[beyond]
        assert_coincide(
            on_the_page(figure, line, "use"),
            expected_on_the_page(figure, line, edges),
        )
    assert told(figure, "guess") == ["guess 15"] * 2
    assert not told(lu.alpha_slider(), "guess")


def test_draw_function_draws_the_domain_it_is_asked_for():
    (curve,) = lu.draw_function(lu.square, ax=lu.new_axes(), domain=(1, 3)).lines
    np.testing.assert_allclose(points(curve)[[0, -1]], [(1, 1), (3, 9)])


def test_draw_path_puts_every_guess_on_the_curve_and_marks_the_last():
    _, guesses, last = lu.draw_path(lu.square, [3, -2, 1], ax=lu.new_axes()).lines
    assert points(guesses).tolist() == [[3, 9], [-2, 4], [1, 1]]
    assert points(last).tolist() == [[1, 1]]


def test_draw_guesses_rings_the_lowest():
    _, guesses, lowest = lu.draw_guesses(lu.square, [3, -1, 2], ax=lu.new_axes()).lines
    assert points(guesses).tolist() == [[3, 9], [-1, 1], [2, 4]]
    assert points(lowest).tolist() == [[-1, 1]]


def test_draw_guesses_rings_no_guess_that_has_no_value():
    *_, ring = lu.draw_guesses(lambda x: math.log(x), [-1, 1, 2]).lines
    assert ring.get_xydata().tolist() == [[1.0, 0.0]]


@pytest.mark.parametrize("make", [lu.tangent_slider, lu.draw_function, lu.chord_slider])
def test_a_domain_may_be_an_array(make):
    figure = make(lu.square, domain=np.array([0, 1]))
    assert (getattr(figure, "figure", figure).axes[0]).get_xlim() == pytest.approx((-0.02, 1.02))


def test_draw_derivative_tells_falling_from_rising_and_marks_the_critical_points():
    ax = lu.draw_derivative(lu.f, ax=lu.new_axes())
    _, falling, rising, crossings = ax.lines
    assert np.nanmax(falling.get_ydata()) <= 0 <= np.nanmin(rising.get_ydata())
    assert falling.get_linestyle() != rising.get_linestyle()
    critical = np.sort(np.roots(SLOPE))
    np.testing.assert_allclose(crossings.get_xdata(), critical, atol=0.01)
    assert len(ax.get_legend().get_texts()) == 2


@pytest.mark.parametrize("w0", [-1.5, 0.5])
def test_show_tangent_serves_interact_as_in_the_lecture(monkeypatch, w0):
    shown = []
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.gcf().axes[0].get_title()))
    interactive = ipywidgets.interactive(lu.show_tangent, w0=(-1.5, 1.5))
    interactive.children[0].value = w0
    interactive.update()
    assert shown[-1] == f"slope at w = {w0:.2f}: {lu.df(w0):.2f}"
    assert interactive.result is None


def test_picture_takes_the_figure_from_pyplot_so_that_it_shows_once():
    shown = lu.picture(lu.draw_f(), alt="The quartic.", caption="Two valleys.")
    assert not plt.get_fignums()
    assert Elements(shown.html()).only("img")["alt"] == "The quartic."
    assert "<script" not in shown.html()
    assert repr(shown) == "Picture: The quartic."


def test_picture_takes_the_axes_of_one_figure_as_an_array():
    figure, axes = plt.subplots(2, 2)
    axes[1, 1].set_title("the last of four")
    shown = lu.picture(axes, alt="Four empty axes.")
    assert shown.figure is figure
    assert "the last of four" in shown.svg()
    assert not plt.get_fignums()


def test_new_axes_are_unknown_to_pyplot_and_draw_thick_lines():
    axes = lu.new_axes(3)
    assert len(axes) == 3
    assert not plt.get_fignums()
    assert axes[0].plot([0, 1])[0].get_linewidth() > mpl.rcParams["lines.linewidth"]


# Where Python reads and sets the value


def test_a_widget_has_the_sliders_values_to_read_set_and_observe():
    widget, seen = made("tangent_slider").widget(), []
    assert widget.w0 == 0
    widget.observe(lambda change: seen.append((change.old, change.new)), "w0")
    widget.w0 = 1.25
    assert seen == [(0, 1.25)]


@pytest.mark.parametrize("value", [-1.51, 1.51, "left"])
def test_a_widget_refuses_a_value_the_slider_cannot_have(value):
    widget = made("tangent_slider").widget()
    with pytest.raises(traitlets.TraitError):
        widget.w0 = value
    assert widget.w0 == 0


def test_two_widgets_can_be_linked():
    one, other = made("tangent_slider").widget(), made("secant_slider").widget()
    link = traitlets.link((one, "w0"), (other, "w0"))
    one.w0 = -0.25
    assert other.w0 == -0.25
    other.w0 = 0.5
    assert one.w0 == 0.5
    link.unlink()


@each_figure
def test_a_widget_syncs_one_value_for_each_control_and_carries_the_still_picture(name):
    figure = made(name)
    widget, controls = figure.widget(), figure.spec()["controls"]
    for control in controls:
        assert getattr(widget, control["name"]) == control["value"]
    synced = widget.get_state()
    assert {control["name"] for control in controls} < synced.keys()
    assert synced["_spec"] == figure.spec()
    assert Elements(synced["_picture"]).only("img")["alt"] == figure.alt
    assert "<script" not in synced["_picture"]
    assert "export default" in synced["_esm"]


def test_a_widget_shows_its_words_where_widgets_cannot_be_shown():
    figure = made("tangent_slider")
    bundle = figure.widget()._repr_mimebundle_()[0]
    assert "object at 0x" not in bundle["text/plain"]
    assert figure.alt[:40] in bundle["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_a_picture_tells_straight_lines_by_the_ways_between_corners_without_drifting():
    at, ax = np.linspace(0, 30, 400), lu.new_axes()
    ax.plot(at, np.sin(at) + at / 7, gid="mark-line0")
    page = matplotlibs_own(ax.figure)
    before, after = (
        corners(re.search(r'id="mark-line0">\s*<path d="([^"]*)"', svg)[1])
        for svg in (page, shrink(page))
    )
    assert len(before) > 50
    np.testing.assert_allclose(after, told_once(before), atol=0.0501)


def test_an_image_of_few_colours_keeps_them_in_fewer_bytes():
    shades = np.add.outer(np.arange(-30, 31) ** 2, np.arange(-30, 31) ** 2) // 75
    for alpha, smaller in ((255, True), (128, True)):
        ax, image = lu.new_axes(), np.full((61, 61, 4), alpha, dtype=np.uint8)
        image[..., 0], image[..., 1] = shades * 9, 250 - shades
        ax.imshow(image, interpolation="none")
        page = matplotlibs_own(ax.figure)
        pngs = [re.search(r"png;base64,\s*([^\"]+)", svg)[1] for svg in (page, shrink(page))]
        opened = [Image.open(io.BytesIO(base64.b64decode(png))).convert("RGBA") for png in pngs]
        assert np.array_equal(*map(np.asarray, opened))
        assert (len(pngs[1]) < len(pngs[0].strip())) == smaller


@pytest.mark.parametrize("widen", ["2", 0, -1, math.nan])
def test_a_width_that_is_none_is_refused_in_words(widen):
    with pytest.raises((TypeError, ValueError), match="widen"):
        lu.alpha_slider(widen=widen)
