"""Who commits to an answer sees it then: by keyboard, by hand, on stage, and without a script."""

import re

import pytest
from playwright.sync_api import expect
from readings import numbers
from test_ask import REPLIES
from test_places import PLACES, put_there
from test_prediction import RUN, flagged, sketched

import lec_utils as lu


def question():
    return lu.ask("Which of its steps is the largest?", REPLIES, right="the 12th")


def said(page):
    return page.locator(".lf-reply").inner_text()


def test_a_choice_is_made_by_keyboard_alone_and_named_by_its_misconception(show):
    page = show(question().html())
    expect(page.get_by_role("group", name="Which of its steps is the largest?")).to_be_visible()
    page.keyboard.press("Tab")
    for _ in range(3):  # round the choices: who moves does not commit
        page.keyboard.press("ArrowDown")
    assert page.get_by_role("radio", name="the first").is_checked()
    assert page.locator(".lf-reply").count() == 0
    page.keyboard.press("Enter")
    assert said(page) == f"Not so. {REPLIES['the first']}"
    expect(page.locator(".lf-reply")).to_be_focused()
    assert "the 12th✓ correct" in re.sub(r"\s*✓", "✓", page.locator("fieldset").inner_text())
    # Only what the reply is about stays, and one key shows the rest again.
    assert page.get_by_role("radio").evaluate_all("all => all.map(({ checked }) => checked)") == [
        True,
        False,
    ]
    expect(page.locator("fieldset", has_text="the last")).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for reply in REPLIES.values():
        expect(page.locator("dd", has_text=reply)).to_be_visible()


def test_nothing_is_shown_to_who_has_not_chosen(show):
    page = show(question().html())
    page.get_by_role("button", name="Commit").click()
    expect(page.get_by_role("status")).to_have_text("Choose one first.")
    page.get_by_role("radio", name="the 12th").check()
    page.get_by_role("button", name="Commit").click()
    assert said(page) == f"Right. {REPLIES['the 12th']}"


def test_hands_are_counted_and_one_key_shows_the_answer(show):
    page = show(question().html())
    page.get_by_role("button", name="Show of hands").click()
    for count in ("12", "5", "3"):
        page.keyboard.press("Control+a")
        page.keyboard.type(count)
        page.keyboard.press("Tab")
    bars = page.locator(".lf-bar").evaluate_all("bars => bars.map((bar) => bar.offsetWidth)")
    assert bars[0] / bars[1] == pytest.approx(12 / 5, rel=0.05) and bars[1] > bars[2] > 0
    assert "12 of 20, 60 %" in page.locator("fieldset").inner_text()
    assert (
        page.get_by_role("button", name="Commit").count() == page.locator(".lf-reply").count() == 0
    )
    page.keyboard.press("s")
    assert said(page).startswith("The answer: “the 12th”.")
    assert (
        page.locator(".lf-bar").evaluate_all("bars => bars.map((bar) => bar.offsetWidth)") == bars
    )


def test_the_key_s_finds_the_question_of_the_slide_that_is_shown(show):
    slide = '<div class="reveal"><section class="{}">{}</section></div>'
    other = lu.ask("2 > 1?", {"yes": "So it is.", "no": "Count."}, "yes").html()
    page = show(slide.format("future", other), slide.format("present", question().html()))
    page.keyboard.press("s")
    assert said(page).startswith("The answer: “the 12th”.")  # nothing had the focus
    page.keyboard.press("s")
    expect(page.locator(".lf-reply")).to_have_count(1)


def test_a_question_that_is_gone_listens_no_more(show):
    page = show("<div></div>")
    page.evaluate(
        """html => {
        window.held = 0;
        for (const [way, by] of [["addEventListener", 1], ["removeEventListener", -1]]) {
            const known = document[way];
            document[way] = (...given) => ((held += by), known.apply(document, given));
        }
        const made = document.createRange().createContextualFragment(html);
        document.querySelector("div").replaceWith(made);
    }""",
        question().html(),
    )
    expect(page.locator("fieldset")).to_be_visible()
    assert page.evaluate("held") == 1
    page.evaluate("document.querySelector('.lf-ask').remove()")
    page.keyboard.press("x")
    assert page.evaluate("held") == 0


def test_off_the_stage_the_key_s_is_the_question_s_only_where_it_has_the_focus(show):
    page = show(question().html())
    page.keyboard.press("s")
    expect(page.locator(".lf-reply")).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.press("s")
    assert said(page).startswith("The answer: “the 12th”.")


def test_two_questions_on_a_page_are_each_their_own(show):
    page = show(
        question().html(), lu.ask("2 > 1?", {"yes": "So it is.", "no": "Count."}, "yes").html()
    )
    page.get_by_role("radio", name="the last").check()
    page.get_by_role("radio", name="no").check()
    page.get_by_role("button", name="Commit").last.click()
    assert said(page) == "Not so. Count."
    assert page.get_by_role("radio", name="the last").is_checked()


@pytest.mark.parametrize("insert", PLACES.values(), ids=PLACES)
def test_questions_live_wherever_they_are_put(show, insert):
    page = show()
    put_there(page, insert, question(), flagged())
    page.get_by_role("radio", name="the first").check()
    page.get_by_role("slider", name="your flag").press("ArrowLeft")
    for button in page.get_by_role("button", name="Commit").all()[::-1]:
        button.click()
    expect(page.locator(".lf-reply")).to_have_count(2)
    expect(page.get_by_role("slider", name="update")).to_be_visible()


def test_without_a_script_the_replies_are_folded_under_the_choices(new_context, write):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(write(question().html(), flagged().html()).as_uri())
    assert page.get_by_role("listitem").all_inner_texts() == list(REPLIES)
    assert not page.locator("dd").first.is_visible()
    page.locator("summary").first.click()
    assert page.locator("dd").all_inner_texts() == list(REPLIES.values())
    assert page.get_by_role("img").get_attribute("alt") == flagged().alt


def marks(page, name):
    return page.locator(f"svg [id$={name}] path").first.get_attribute("d") or ""


def test_a_flag_is_set_by_keys_and_its_distance_is_the_one_of_python(show):
    page, figure = show(flagged().html()), flagged()
    flag = page.get_by_role("slider", name="your flag")
    assert page.get_by_role("slider").count() == 1 and page.locator(".lf-read").count() == 0
    assert page.locator("figure svg").get_attribute("aria-label") == figure.alt
    page.get_by_role("button", name="Commit").click()
    expect(page.get_by_role("status")).to_have_text("Move your mark first.")
    for _ in range(25):
        flag.press("ArrowRight")
    you = float(flag.input_value())
    page.get_by_role("button", name="Commit").press("Enter")
    assert numbers(said(page)) == [round(x, 2) for x in (you, RUN[-1], abs(you - RUN[-1]))]
    assert "to the right of it" in said(page)
    expect(page.locator(".lf-reply")).to_be_focused()
    assert page.locator("figure svg").get_attribute("aria-label").endswith(said(page))
    page.get_by_role("slider", name="update").press("End")
    assert page.locator(".lf-read").inner_text() == figure.reading(t=49)
    assert (
        page.get_by_text("you", exact=True).count()
        == page.get_by_text("answer", exact=True).count()
        == 1
    )


def test_who_moved_a_flag_back_to_the_middle_may_mean_it(show):
    page = show(flagged().html())
    flag = page.get_by_role("slider", name="your flag")
    middle = flag.input_value()
    flag.press("ArrowRight")
    flag.press("ArrowLeft")
    assert flag.input_value() == middle
    page.get_by_role("button", name="Commit").click()
    assert said(page).startswith("You said")


@pytest.mark.parametrize("end", ["Home", "End"])
def test_a_flag_and_its_word_stand_in_the_picture_at_either_end(show, end):
    page = show(flagged().html())
    page.get_by_role("slider", name="your flag").press(end)
    pennant = page.locator("figure svg path[style*='#d55e00' i]").first.bounding_box()
    word = page.locator("svg text", has_text="you").bounding_box()
    frame = page.locator("figure svg").bounding_box()
    assert frame["x"] <= word["x"] and word["x"] + word["width"] <= frame["x"] + frame["width"]
    apart = word["x"] - pennant["x"] - pennant["width"], pennant["x"] - word["x"] - word["width"]
    assert max(apart) > -3


def test_who_skips_sees_the_answer_and_no_flag(show):
    page = show(flagged().html())
    page.get_by_role("slider", name="your flag").press("s")
    assert said(page) == f"The answer is {RUN[-1]:.2f}.".replace("-", "−")
    expect(page.locator("svg text", has_text="answer")).to_be_visible()
    expect(page.locator("svg text", has_text="you")).to_be_hidden()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_who_sees_no_motion_is_not_shown_the_end_first(page, show, motion):
    page.emulate_media(reduced_motion=motion)
    show(flagged().html())
    seen = page.locator("figure svg use").count()
    page.get_by_role("slider").press("s")
    assert page.locator("figure svg use").count() == seen
    assert page.get_by_role("slider", name="update").input_value() == "0"


def test_a_flag_is_dragged_and_stays_when_the_answer_is_there(show):
    page = show(flagged().html())
    box = page.locator("figure svg").bounding_box()
    y = box["y"] + box["height"] / 2

    def drag(start, end):
        page.mouse.move(box["x"] + start, y)
        page.mouse.down()
        page.mouse.move(box["x"] + end, y, steps=3)
        page.mouse.up()

    flag = page.get_by_role("slider", name="your flag")
    before = float(flag.input_value())
    drag(300, 200)
    assert float(flag.input_value()) < before
    page.get_by_role("button", name="Commit").click()
    stands = page.locator("svg").inner_html()
    drag(200, 400)
    assert page.locator("svg").inner_html() == stands


def test_a_sketch_is_drawn_by_hand_and_its_mean_distance_is_the_one_of_python(show):
    page = show(sketched().html())
    points = page.get_by_role("slider").all()
    assert len(points) == 4
    dots = page.locator("svg [id$=mark-line4] use").count() or 5
    assert dots == 5
    last = page.locator("svg use").last.bounding_box()
    x, y = last["x"] + last["width"] / 2, last["y"] + last["height"] / 2
    before = [float(point.input_value()) for point in points]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 12, steps=3)
    page.mouse.up()
    you = [float(point.input_value()) for point in points]
    assert you[:3] == before[:3] and you[3] < before[3]
    points[0].press("ArrowDown")
    you[0] = float(points[0].input_value())
    heights = lu.gradient_descent(lu.square.derivative, 9, 0.05, 16)[[4, 8, 11, 15]] ** 2
    off = sum(abs(a - b) for a, b in zip(you, heights, strict=True)) / 4
    page.get_by_role("button", name="Commit").click()
    assert said(page) == f"On average your points are {off:.0f} off the answer."
    page.get_by_role("slider", name="α").press("End")  # the run diverges: nothing breaks
    expect(page.locator("svg", has_text="answer")).to_have_count(1)


def test_a_choice_about_a_figure_withholds_it_until_then(show):
    figure = lu.tangent_slider(w0=1.2)
    figure.predict("Which way is down?", choose={"left": "It rises.", "right": "Hm."}, right="left")
    page = show(figure.html())
    assert page.get_by_role("slider").count() == 0 and marks(page, "mark-line0").count("L") == 0
    page.get_by_role("radio", name="left").check()
    page.get_by_role("button", name="Commit").click()
    assert said(page) == "Right. It rises."
    # It is read once, by its focus: no live region repeats it.
    expect(page.locator(".lf-reply")).to_be_focused()
    assert page.locator("[aria-live] .lf-reply, [role=status]").count() == 0
    assert "It rises." not in page.locator(".lf-say").inner_text()
    page.get_by_role("slider").press("ArrowLeft")
    assert page.locator(".lf-read").inner_text() == figure.reading(w0=1.19)


def test_who_sees_no_motion_bets_before_the_race(page, show):
    page.emulate_media(reduced_motion="reduce")
    show(lu.batch_race().html())
    assert page.get_by_role("slider").input_value() == "0"
    assert "arrived" not in page.locator(".lf-read").inner_text()
    page.get_by_role("button", name="play").click()
    expect(page.locator(".lf-read")).to_contain_text("arrived")


def test_a_question_lives_in_a_widget_too(show):
    import json

    widget = flagged().widget()
    page = show('<div id="place"></div>')
    page.evaluate(
        """async ([code, spec, picture]) => {
            const traits = { _picture: picture, _spec: spec };
            for (const { name, value } of spec.controls) traits[name] = value;
            const model = {
                get: (name) => traits[name], set: (name, value) => (traits[name] = value),
                on() {}, off() {}, save_changes() {},
            };
            const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
            const { default: entry } = await import(url);
            entry.render({ model, el: document.querySelector("#place") });
        }""",
        [widget._esm, json.loads(json.dumps(widget._spec)), widget._picture],
    )
    page.get_by_role("slider", name="your flag").press("s")
    expect(page.get_by_role("slider", name="update")).to_be_visible()
