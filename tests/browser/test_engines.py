"""The journey of a live figure in Firefox and in WebKitGTK: open, drag, press keys, play."""

import nbformat
import programs
import pytest
from engines import find_firefox, find_webkit, firefox, webkit
from nbconvert import HTMLExporter

import lec_utils as lu
from tools.lab import wait_until

ENGINES = {"Firefox": (firefox, find_firefox), "WebKitGTK": (webkit, find_webkit)}
# Stands before the figures, and notes what else only the browser's console would tell.
WATCH = """<script>
window.problems = [];
addEventListener("error", (event) => problems.push(event.message));
addEventListener("unhandledrejection", (event) => problems.push(String(event.reason)));
</script>"""
# Where in the window the middle of an element lies, and a point of the picture.
MIDDLE = """const element = document.querySelector(arguments[0]);
element.scrollIntoView({ block: "center" });
const { x, y, width, height } = element.getBoundingClientRect();
return [x + width / 2, y + height / 2];"""
POINT = """const svg = document.querySelector("figure svg");
const { x, y } = new DOMPoint(...arguments).matrixTransform(svg.getScreenCTM());
return [x, y];"""
# A timer of twice the time that a step takes rings after any timer of a player that still plays.
WAIT = """window.waited = false;
setTimeout(() => (window.waited = true), arguments[0]);"""
PLAY, SPEED = ".lf-keys button", "document.querySelector('select').value = arguments[0]"


class Journey:
    """A page of one figure with one slider, in a browser."""

    def __init__(self, browser, figure, file):
        self.browser, self.figure = browser, figure
        self.control = figure.spec()["controls"][0]
        browser.open(file)

    def value(self):
        return float(self.browser.run("return document.querySelector('input').value"))

    def text(self, selector):
        return self.browser.run("return document.querySelector(arguments[0]).textContent", selector)

    def press(self, *keys):
        self.browser.run("document.querySelector('input').focus()")
        self.browser.press(*keys)

    def click(self, selector):
        self.browser.drag(self.browser.run(MIDDLE, selector))

    def drag(self, *values):
        """Drag over the picture, from one number on its horizontal axis to the next."""
        self.browser.run(MIDDLE, "figure svg")
        axes = self.figure.spec()["axes"][0]
        first, last = axes["x"][:2]
        shares = [(value - first) / (last - first) for value in values]
        xs, y = [axes["left"] + axes["width"] * share for share in shares], axes["top"] + 20
        self.browser.drag(*(self.browser.run(POINT, x, y) for x in xs))

    def play_at(self, speed):
        self.browser.run(SPEED, speed)
        self.click(PLAY)

    def stopped(self):
        return self.text(PLAY) == "Play"

    def assert_stands_at(self, value):
        """The slider is there, the words are Python's, and no script has failed so far."""
        assert self.value() == pytest.approx(value, abs=self.control["step"] / 2)
        assert self.text(".lf-read") == self.figure.reading(**{self.control["name"]: value})
        assert self.browser.run("return window.problems") == []

    def assert_stands_still(self):
        """Where it stands now, it stands after the time of two steps at the slowest speed, too."""
        before = self.value()
        self.browser.run(WAIT, 2 * 1000 / (self.control["rate"] * 0.25))
        wait_until(lambda: self.browser.run("return window.waited"), "the timer did not ring")
        self.assert_stands_at(before)


@pytest.fixture(scope="module", params=ENGINES)
def start(request, tmp_path_factory):
    """Starts this engine, with an empty folder for its settings and with what its reader wishes."""
    run, find = ENGINES[request.param]
    if find() is None:
        miss = pytest.fail if programs.can_install(f"Tests in {request.param}") else pytest.skip
        miss(f"no {request.param} on this machine: see tests/programs.py")
    return lambda **wishes: run(tmp_path_factory.mktemp("settings"), **wishes)


@pytest.fixture(scope="module")
def engine(start):
    with start() as engine:
        yield engine


@pytest.fixture(scope="module")
def calm_engine(start):
    with start(calm=True) as engine:
        yield engine


@pytest.fixture
def exported(tmp_path):
    """Write the page that nbconvert makes of a notebook with this figure."""

    def exported(figure):
        output = nbformat.v4.new_output("display_data", {"text/html": figure.html()})
        cell = nbformat.v4.new_code_cell("figure", outputs=[output])
        notebook = nbformat.v4.new_notebook(cells=[cell])
        page, _ = HTMLExporter().from_notebook_node(notebook)
        file = tmp_path / "exported.html"
        file.write_text(page.replace("<head>", "<head>" + WATCH, 1), encoding="utf-8")
        return file

    return exported


@pytest.fixture(params=["written", "exported"])
def tangent(request, engine, write, exported):
    figure = lu.tangent_slider()
    file = exported(figure) if request.param == "exported" else write(WATCH, figure.html())
    return Journey(engine, figure, file)


@pytest.fixture(scope="module")
def descent():
    return lu.minimizing_animation(w0=0, alpha=0.01)


@pytest.fixture
def animation(engine, descent, write):
    return Journey(engine, descent, write(WATCH, descent.html()))


def test_page_opens_and_the_picture_lives(tangent):
    tangent.assert_stands_at(0)
    assert tangent.browser.run("return document.querySelectorAll('figure img').length") == 0
    assert tangent.browser.run("return document.querySelectorAll('figure svg').length") == 1


def test_drag_over_the_picture_moves_slider_and_words(tangent):
    tangent.drag(-0.5, 0.2, 0.8)
    assert tangent.value() == pytest.approx(0.8, abs=0.02)
    tangent.assert_stands_at(round(tangent.value(), 2))


def test_keys_move_slider_and_words(tangent):
    for keys, value in ((["ArrowRight"] * 3, 0.03), (["ArrowLeft"], 0.02), (["End"], 1.5)):
        tangent.press(*keys)
        tangent.assert_stands_at(value)


def test_animation_opens_at_its_start(animation):
    animation.assert_stands_at(0)


def test_animation_plays_to_its_end_by_itself(animation):
    animation.play_at(4)
    wait_until(animation.stopped, "it did not stop")
    animation.assert_stands_at(animation.control["max"])


def test_animation_is_paused_by_its_button(animation):
    animation.play_at(0.25)
    wait_until(animation.value, "it did not start")
    animation.click(PLAY)
    assert animation.stopped() and animation.value() < animation.control["max"]
    animation.assert_stands_still()


def test_reduced_motion_shows_the_end_at_once(calm_engine, descent, write):
    animation = Journey(calm_engine, descent, write(WATCH, descent.html()))
    animation.assert_stands_at(animation.control["max"])
    animation.press("Home")
    animation.assert_stands_at(0)
    animation.play_at(1)
    animation.assert_stands_at(animation.control["max"])
