"""Every kind of live figure on a phone: 360 pixels wide, under a finger, frame by frame."""

from itertools import cycle

import pytest
from readings import reading

import lec_utils as lu
from tools.gallery import GALLERY

WIDTH = 360
each_figure = pytest.mark.parametrize("make", GALLERY.values(), ids=GALLERY)


@pytest.fixture(scope="module")
def phone(browser):
    """One page of a phone for all tests here."""
    size = {"width": WIDTH, "height": 740}
    context = browser.new_context(has_touch=True, is_mobile=True, viewport=size)
    yield context.new_page()
    context.close()


@pytest.fixture
def show(phone, tmp_path):
    """Open an HTML file with a figure and room to scroll, and fail on any script error."""
    problems = []
    note = lambda error: problems.append(str(error))  # noqa: E731
    phone.on("pageerror", note)

    def show(figure):
        file = tmp_path / "page.html"
        file.write_text(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Figure</title>'
            '<meta name="viewport" content="width=device-width"><body style="margin:0">'
            f'<div style="height:300px"></div>{figure.html()}<div style="height:3000px"></div>',
            encoding="utf-8",
        )
        phone.goto(file.as_uri())
        phone.evaluate("scrollTo(0, 200)")
        return phone

    yield show
    phone.remove_listener("pageerror", note)
    assert problems == []


@pytest.fixture
def finger(phone):
    """Drag a finger through these points of the screen, in small steps as a hand does."""
    session = phone.context.new_cdp_session(phone)

    def touch(kind, *points):
        touches = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def finger(start, end, steps=12):
        touch("touchStart", start)
        for i in range(1, steps + 1):
            touch("touchMove", [a + (b - a) * i / steps for a, b in zip(start, end, strict=True)])
        touch("touchEnd")

    yield finger
    session.detach()


@pytest.fixture
def fingers(phone):
    """Put fingers on the screen, one after the other, and move them through lists of points."""
    session = phone.context.new_cdp_session(phone)

    def touch(kind, points):
        touches = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def fingers(steps):
        touch("touchStart", steps[0][:1])
        touch("touchStart", steps[0])
        for points in steps[1:]:
            touch("touchMove", points)
        touch("touchEnd", [])

    yield fingers
    session.detach()


def state(page):
    """What the sliders of a page say."""
    return page.locator("figure input").evaluate_all("all => all.map((input) => input.value)")


# Left and right end, and height, of each part that is seen.
BOXES = """parts => parts.filter((part) => part.checkVisibility())
  .map((part) => part.getBoundingClientRect())
  .filter(({ width, height }) => width && height)
  .map(({ left, right, height }) => [left, right, height])"""


def across(box, share):
    """The point at this share of a box's width, in its middle."""
    return box["x"] + share * box["width"], box["y"] + box["height"] / 2


@pytest.mark.third
@each_figure
def test_a_figure_fits_its_controls_can_be_touched_and_its_words_read(show, make):
    """Words have 10 pixels at least in the picture, and under it a page's usual 16."""
    page = show(make())
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTH
    parts = page.locator("figure svg, .lf-row, .lf-row *, .lf-read, figcaption")
    for left, right, _ in parts.evaluate_all(BOXES):
        assert 0 <= left <= right <= WIDTH
    controls = page.locator("input:not([type=radio]), .lf-choice label, button, select")
    assert all(height >= 44 for _, _, height in controls.evaluate_all(BOXES))
    sizes = page.locator("figure svg text").evaluate_all(
        """texts => texts.filter((text) => text.textContent).map((text) => {
          const { a, b } = text.getScreenCTM();
          return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
        })"""
    )
    assert sizes and min(sizes) >= 10
    words = page.locator(".lf-row span, .lf-row button, .lf-read, figcaption").evaluate_all(
        "nodes => nodes.map((node) => parseFloat(getComputedStyle(node).fontSize))"
    )
    assert min(words) >= 16


@pytest.mark.third
@each_figure
def test_the_next_frame_shows_the_whole_new_picture(show, phone, make):
    """A key moves each slider in turn; what is seen one frame later is what stays.

    Without the motion of a single step, of which test_stride.py knows more.
    """
    page = show(make())
    phone.emulate_media(reduced_motion="reduce")
    page.evaluate(
        """() => {
          const state = () => document.querySelector("figure svg").innerHTML
            + document.querySelector(".lf-read")?.textContent;
          const wait = (frames) => requestAnimationFrame(() => {
            if (frames === 1) window.seen.push(state());
            if (frames < 12) wait(frames + 1);
            else window.stays.push(state());
          });
          Object.assign(window, { seen: [], stays: [], before: [] });
          addEventListener("keydown", () => window.before.push(state()), true);
          addEventListener("input", () => wait(1));
        }"""
    )
    sliders = page.get_by_role("slider").all()
    # A player is the last: at its 0, the start, another alpha shows nothing yet.
    for count, slider in enumerate(reversed(sliders), start=1):
        at_left = slider.evaluate("input => input.value === input.min")
        slider.press("ArrowRight" if at_left else "ArrowLeft")
        page.wait_for_function("count => window.stays.length === count", arg=count)
    before, seen, stays = page.evaluate("[window.before, window.seen, window.stays]")
    phone.emulate_media(reduced_motion="no-preference")
    assert len(seen) == len(sliders)
    assert seen == stays
    assert all(new != old for new, old in zip(seen, before, strict=True))


def test_a_tap_on_the_slider_moves_it(show):
    page = show(lu.tangent_slider())
    page.touchscreen.tap(*across(page.get_by_role("slider").bounding_box(), 0.9))
    assert float(page.get_by_role("slider").input_value()) > 1
    assert "the way down is to the left" in reading(page)


@pytest.mark.parametrize("part", [".lf-row input", "figure svg"])
def test_a_finger_that_drags_moves_the_point_and_not_the_page(show, finger, part):
    page = show(lu.tangent_slider())
    box = page.locator(part).bounding_box()
    start, (x, y) = across(box, 0.5), across(box, 0.9)
    finger(start, (x, y + 60))  # no hand draws a level line
    assert float(page.get_by_role("slider").input_value()) > 1
    assert page.evaluate("scrollY") == 200


@pytest.mark.third
@each_figure
def test_a_finger_that_swipes_up_scrolls_the_page_and_changes_nothing(show, finger, make):
    page = show(make())
    picture, sliders = page.locator("figure svg"), page.get_by_role("slider").all()
    for part, start in zip([*[picture] * 3, *sliders], cycle((0.3, 0.5, 0.7)), strict=False):
        page.evaluate("scrollTo(0, 200)")
        before = state(page)
        x, y = across(part.bounding_box(), start)
        finger((x, y), (x + 5, y - 150), steps=6)
        page.wait_for_function("scrollY > 250")
        assert state(page) == before


def pinch(x, y):
    """Two fingers that move apart around a point, step by step."""
    return [[(x - 20 - 8 * i, y), (x + 20 + 8 * i, y)] for i in range(12)]


@pytest.mark.third
@each_figure
def test_two_fingers_that_pinch_the_picture_enlarge_the_page_and_change_nothing(
    show, fingers, make
):
    page = show(make())
    before = state(page)
    fingers(pinch(*across(page.locator("figure svg").bounding_box(), 0.4)))
    page.wait_for_function("visualViewport.scale > 1.2")
    assert state(page) == before


@pytest.mark.third
@each_figure
def test_two_fingers_on_a_slider_leave_it_where_it_was(show, fingers, make):
    page = show(make())
    before = state(page)
    for slider in page.get_by_role("slider").all():  # Chromium's own sliders let no pinch through
        fingers(pinch(*across(slider.bounding_box(), 0.3)))
        assert state(page) == before


def drag_mouse(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=5)
    page.mouse.up()


@pytest.mark.parametrize(("mark", "slider"), [("a", 0), ("b", 1), ("t", 2)])
def test_each_part_of_a_chord_is_dragged_where_it_is_seen(show, mark, slider):
    page = show(lu.chord_slider(a=-0.9, b=0.9, t=0.5))
    others = [value for i, value in enumerate(state(page)) if i != slider]
    dots = page.locator("svg [id$=mark-line1] use, svg [id$=mark-line2] use").all()
    box = dots[slider].bounding_box()
    start = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = state(page)[slider]
    drag_mouse(page, start, (start[0] + 40, start[1]))
    assert float(state(page)[slider]) != float(before)
    assert [value for i, value in enumerate(state(page)) if i != slider] == others


def test_a_surface_turns_under_the_hand(show):
    page = show(GALLERY["surface"]())
    before = state(page)
    start = across(page.locator("figure svg").bounding_box(), 0.5)
    drag_mouse(page, start, (start[0] + 60, start[1] + 30))
    (turn, tilt), (turned, tilted) = before, state(page)
    assert float(turned) > float(turn) and float(tilted) > float(tilt)


def test_the_start_of_a_run_is_dragged_over_its_curve(show):
    page = show(lu.alpha_slider())
    box = page.locator("svg [id$=mark-line3] use").bounding_box()
    start = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    drag_mouse(page, start, (start[0] - 30, start[1]))
    alpha, w0 = map(float, state(page))
    assert (alpha, reading(page)) == (0.15, lu.alpha_slider().reading(alpha=0.15, w0=w0))
    assert w0 < 9


def test_a_chord_without_length_and_the_other_button_move_nothing(show):
    page = show(lu.chord_slider(a=0.9, b=0.9, t=0.3))
    before = state(page)
    start = across(page.locator("figure svg").bounding_box(), 0.3)
    page.mouse.click(*start, button="right")
    assert state(page) == before
    dots = page.locator("svg [id$=mark-line2] use").last.bounding_box()
    at = dots["x"] + dots["width"] / 2, dots["y"] + dots["height"] / 2
    page.mouse.click(*at)
    assert state(page)[2] == before[2]
