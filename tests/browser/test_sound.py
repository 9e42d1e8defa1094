"""What can be heard of a figure: off at first, pitch for height, side for side, ticks for steps."""

import pytest
from playwright.sync_api import expect

import lec_utils as lu

# Writes down what is asked of the real Web Audio, which nobody hears here.
LISTEN = """
  window.heard = [];
  for (const [kind, name] of [["Oscillator", "frequency"], ["StereoPanner", "pan"]]) {
    const type = window[kind + "Node"].prototype;
    const get = Object.getOwnPropertyDescriptor(type, name).get;
    Object.defineProperty(type, name, { get() {
      const node = this, param = get.call(this);
      return { set value(value) {
        heard.push([name, node.type ?? "side", value]);
        param.value = value;
      }};
    }});
  }
  const close = AudioContext.prototype.close;
  AudioContext.prototype.close = function () { heard.push(["close"]); return close.call(this); };
"""


@pytest.fixture
def listen(page, show):
    def listen(figure):
        page.add_init_script(LISTEN)
        return show(figure.html())

    return listen


def heard(page):
    """What was asked for since the last time."""
    return page.evaluate("heard.splice(0)")


def test_nothing_is_heard_before_it_is_asked_for_and_after_it_is_put_off(listen):
    page = listen(lu.tangent_slider())
    button, slider = page.get_by_role("button", name="Sound"), page.get_by_role("slider")
    slider.press("ArrowRight")
    assert heard(page) == []
    button.press("Enter")
    expect(button).to_have_text("Sound: on")
    assert [kind for kind, *_ in heard(page)] == ["frequency", "pan"]
    button.press("Enter")
    assert heard(page) == [["close"]]
    expect(button).to_have_text("Sound: off")
    slider.press("ArrowRight")
    assert heard(page) == []


def test_higher_is_a_higher_pitch_and_left_is_on_the_left(listen):
    page = listen(lu.tangent_slider(lu.square))
    page.get_by_role("button", name="Sound").click()
    slider, pitches, sides = page.get_by_role("slider"), [], []
    heard(page)
    for key in ("Home", "End"):
        slider.press(key)
        (_, _, pitch), (_, _, side) = heard(page)
        pitches.append(pitch)
        sides.append(side)
    slider.fill("0")
    (_, _, lowest), (_, _, middle) = heard(page)
    assert pitches[0] == pytest.approx(pitches[1]) and lowest < pitches[0]
    assert sides[0] < -0.8 and sides[1] > 0.8 and middle == pytest.approx(0, abs=0.05)


def test_each_step_of_a_run_ticks_and_is_heard_lower(listen):
    page = listen(lu.minimizing_animation(lu.square, 9, 0.2, n=4))
    page.get_by_role("button", name="Sound").click()
    heard(page)
    pitches = []
    for _ in range(3):
        page.get_by_role("button", name="Step").click()
        said = heard(page)
        assert [kind for _, kind, _ in said if kind != "side"] == ["square", "triangle"]
        pitches += [value for name, kind, value in said if kind == "triangle"]
    assert pitches == sorted(pitches, reverse=True) and len(set(pitches)) == 3
    assert all(200 < pitch < 900 for pitch in pitches)


def test_on_a_map_the_loss_is_heard_and_not_the_second_number(listen):
    path = [[2.0, -3.0], [0.0, 3.0], [-1.0, 4.0], [-2.0, 4.1]]  # up the map, down the loss, and up
    page = listen(lu.play(lambda theta: abs(theta[0] + 1), path))
    page.get_by_role("button", name="Sound").click()
    said = heard(page)
    for _ in range(3):
        page.get_by_role("button", name="Step").click()
        said += heard(page)
    pitches = [value for _, kind, value in said if kind == "triangle"]
    sides = [value for name, _, value in said if name == "pan"]
    high, lower, lowest, again = pitches
    assert high > lower > lowest and again == pytest.approx(lower)
    assert sides[0] > sides[-1]


def test_a_figure_that_is_taken_from_the_page_falls_silent(listen):
    page = listen(lu.tangent_slider())
    page.get_by_role("button", name="Sound").click()
    heard(page)
    page.evaluate(
        """() => {
          const slider = document.querySelector("input");
          document.querySelector("figure").remove();
          slider.value = 1;
          slider.dispatchEvent(new Event("input"));
        }"""
    )
    assert heard(page) == [["close"]]
