"""Slides in a real browser: those in a folder, and those on stage with a kernel."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from test_slides import hidden

from tools import slides
from tools.course import ROOT, read_course
from tools.lab import FOLDERS, free_port, stop, wait_until_up

LESSONS = read_course().notebooks()
STAGE, LAPTOP = {"width": 1920, "height": 1080}, {"width": 1366, "height": 768}
NUMBER = 1020  # where the slide's own number begins, in pixels from the top
# The smallest letter of a slide's words, in its pixels, and what of it is cut or
# scrolls; of its pictures the smallest letter as they are drawn; of its questions what a pointer
# does not reach in the middle and near each corner.
SIZES = r"""
    const visible = (part) => part.checkVisibility({ checkVisibilityCSS: true });
    const smallest = (slide) => {
        const words = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT), sizes = [99];
        while (words.nextNode()) {
            const part = words.currentNode.parentElement;
            if (words.currentNode.textContent.trim() && visible(part)
                && !part.closest("svg, aside, script, style, mjx-assistive-mml"))
                sizes.push(parseFloat(getComputedStyle(part).fontSize));
        }
        return Math.min(...sizes);
    };
    const cut = (slide) => [...slide.querySelectorAll("details, .jp-Cell, .jp-OutputArea pre")]
        .filter((part) => visible(part) && !part.matches(".source")
            && (part.scrollWidth > part.clientWidth + 1
                || part.matches("details") && part.scrollHeight > part.clientHeight + 1))
        .map((part) => `${part.scrollWidth}×${part.scrollHeight} in ${part.clientWidth}×`
            + `${part.clientHeight}: ${part.textContent.trim().slice(0, 99)}`);
    const TAKEN = ".lf-reply, .lf-ask :is(label, .lf-row):has(:enabled), .lf-ask [type=number], "
        + ".lf-ask button, .live-figure:has(> .lf-ask) > svg, "
        + ".live-figure:has(> .lf-ask) > div :is(button, select, [type=range])";
    const reached = (part) => {
        const { left, right, top, bottom } = part.getBoundingClientRect(), rim = 3;
        const corners = [left + rim, right - rim].flatMap(
            (x) => [top + rim, bottom - rim].map((y) => [x, y]));
        return [...corners, [(left + right) / 2, (top + bottom) / 2]].every(
            ([x, y]) => part.contains(document.elementFromPoint(x, y)));
    };
    const hidden = (slide) => [...slide.querySelectorAll(TAKEN)]
        .filter((part) => visible(part) && !part.matches(":disabled") && !reached(part))
        .map((part) => `${part.localName} ${part.textContent.trim().slice(0, 60)}`);
    const letter = async (figure) => {
        const picture = figure.querySelector(":scope > :is(svg, img)");
        const shown = picture.getBoundingClientRect();
        const image = picture.src && await (await fetch(picture.src)).text();
        const parsed = image && new DOMParser().parseFromString(image, "image/svg+xml");
        const svg = parsed ? parsed.documentElement : picture;
        const [, , width, height] = svg.getAttribute("viewBox").split(" ");
        const scale = Math.min(shown.width / width, shown.height / height);
        const texts = [...svg.querySelectorAll("text, tspan")].filter(
            (text) => text.textContent.trim() && !text.querySelector("tspan"));
        const own = (text) => parseFloat(text.style.fontSize)
            || parseFloat(text.parentElement.style.fontSize) || 12;
        const left = shown.left + (picture.src ? 0 : (shown.width - scale * width) / 2);
        return { size: Math.min(99, ...texts.map((text) => scale * own(text))),
                 shown, right: left + scale * width };
    };
    const flows = (part) => getComputedStyle(part).position !== "absolute";
    const end = (part) => part.offsetTop + part.offsetHeight;
    // A slide with its answers folded and then open, then its questions while hands are counted,
    // and answered; measured once its folds have told that they are, and it was fitted and drawn.
    const looks = async (slide, frames) => {
        const HANDS = "Show of", SKIP = "Show the", measured = []; // what the buttons say
        for (const open of [false, true, HANDS, SKIP]) {
            const buttons = [...slide.querySelectorAll(".lf-ask button")];
            const wanted = buttons.filter((button) => button.textContent.startsWith(open));
            if (typeof open === "string" && !wanted.length) continue;
            wanted.forEach((button) => button.click());
            const folds = [...slide.querySelectorAll("details")].filter(
                (fold) => fold.open !== (open === true));
            const told = folds.map((fold) => new Promise((done) => { fold.ontoggle = done; }));
            for (const fold of folds) fold.open = open === true;
            await Promise.all(told);
            for (let n = 0; n < frames; n++) await new Promise(requestAnimationFrame);
            measured.push({
                open,
                words: slide.textContent.trim().slice(0, 60),
                width: slide.scrollWidth, height: slide.scrollHeight,
                end: Math.max(...[...slide.children].filter(flows).map(end)),
                text: smallest(slide) * slide.getBoundingClientRect().width / slide.offsetWidth,
                cut: cut(slide),
                hidden: open === true ? [] : hidden(slide), // an answer stands over its question
            });
        }
        return measured;
    };
"""
# Shows each slide of a folder with its fragments, and measures how it looks.
MEASURE = (
    "async () => { const measured = [];"
    + SIZES
    + """
    for (const slide of Reveal.getSlides()) {
        const { h, v } = Reveal.getIndices(slide);
        Reveal.slide(h, v, 99);
        const paper = slide.cloneNode(true);
        paper.querySelectorAll("details, aside").forEach((fold) => fold.remove());
        const holds = paper.textContent.trim().length + paper.querySelectorAll("figure").length;
        for (const look of await looks(slide, 1))
            measured.push({ cell: slide.querySelector(".jp-Cell").id, holds, ...look });
    }
    return measured;
}"""
)
# Measures how the slide looks that is shown on stage, and its pictures.
MEASURE_STAGE = (
    "async (slide) => {"
    + SIZES
    + """
    const measured = await looks(slide, 2); // it is fitted in the first
    const letters = [...slide.querySelectorAll(".live-figure")].filter(visible).map(letter);
    return [measured, (await Promise.all(letters)).map(({ size }) => size)];
}"""
)
# Of each slide with a figure: the smallest letter in its picture, in pixels of the stage; of its
# sliders whether they are clear of it, their width and height; and whether an answer that opens
# leaves the picture to be seen.
FIGURES = (
    """async () => {
    const measured = [], box = (node) => node.getBoundingClientRect();
"""
    + SIZES
    + """
    for (const figure of document.querySelectorAll(".reveal .live-figure")) {
        const slide = figure.closest("section"), { h, v } = Reveal.getIndices(slide);
        Reveal.slide(h, v, 99);
        await new Promise(requestAnimationFrame);
        const { size, shown, right } = await letter(figure);
        const answers = [...slide.querySelectorAll(".celltag_answer > details")];
        answers.forEach((answer) => { answer.open = true; });
        measured.push({
            cell: figure.closest(".jp-Cell").id,
            letter: size,
            answers: answers.map((answer) => box(answer).left >= right - 1),
            sliders: [...figure.querySelectorAll("input[type=range]")].map(box).map(
                (slider) => [
                    // below the picture, or what is set by many beside it
                    slider.top >= shown.bottom - 1 || slider.left >= shown.right,
                    slider.width,
                    slider.height,
                ]),
        });
        answers.forEach((answer) => { answer.open = false; });
    }
    return measured;
}"""
)
# Nothing moves any more.
AT_REST = """async () => {
    await Promise.all(document.getAnimations().map((moving) => moving.finished));
}"""


@pytest.fixture
def outside(page):
    """What the page asked for that is not in the folder, and what went wrong on it."""
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda request: problems.append(request.url))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("file:", "data:", "blob:", "about:"))
            else problems.append(request.url)
        ),
    )
    return problems


def open_lesson(page, slides_folder, name):
    page.set_viewport_size(STAGE)
    page.goto((slides_folder / f"{name}.html").as_uri())
    page.wait_for_function("Reveal.isReady()")


def place(page):
    """Which slide is shown: the address follows only a little later."""
    return page.evaluate("JSON.stringify(Reveal.getIndices())")


@pytest.mark.third
@pytest.mark.parametrize("lesson", [path.stem for path in LESSONS])
def test_every_slide_fits_the_stage_in_large_type(page, slides_folder, outside, lesson):
    open_lesson(page, slides_folder, lesson)
    assert page.locator("mjx-container").count() and not page.locator("mjx-merror").count()
    for slide in page.evaluate(MEASURE):
        assert (slide["width"], slide["height"]) == (1920, 1080), slide
        assert slide["text"] >= 24, slide
        assert slide["end"] <= NUMBER, slide
        assert not slide["cut"] and not slide["hidden"], slide
        assert slide["holds"], f"only an answer, folded: {slide}"
    for figure in page.evaluate(FIGURES):
        assert figure["letter"] >= 24, figure  # answered, with all its sliders
        assert all(figure["answers"]), f"the answer hides its picture: {figure}"
        for clear, width, height in figure["sliders"]:
            assert clear and width >= 500 and height >= 60, figure
    assert outside == []


def slide_of(words):
    return nbformat.v4.new_markdown_cell(words, metadata={"slideshow": {"slide_type": "slide"}})


def test_type_is_as_large_as_its_room_and_nothing_is_lost(page, tmp_path, outside):
    sum_of = "+".join(f"a_{{{n}}}x^{{{n}}}" for n in range(30))
    rows = "| a | b |\n|--|--|\n" + "| 1 | 2 |\n" * 40
    words = [f"# 7 · {'Very' * 40}", "Few words.", "Many words. " * 120, f"$${sum_of}$$", rows]
    lesson = nbformat.v4.new_notebook(cells=[*map(slide_of, words)])
    nbformat.write(lesson, tmp_path / "07_long.ipynb")
    slides.build(tmp_path / "slides", [tmp_path / "07_long.ipynb"])
    open_lesson(page, tmp_path / "slides", "07_long")
    title, few, many, wide, high = page.evaluate(MEASURE)[::2]
    assert (title["width"], title["height"]) == (1920, 1080)
    assert few["text"] >= 50 and few["end"] < 700  # in the middle
    assert 31 <= many["text"] < 48 and many["end"] <= NUMBER and many["cut"] == []
    for look, side in ((wide, "width"), (high, "height")):
        assert look[side] > STAGE[side]
        page.evaluate("number => Reveal.slide(number)", 3 if look is wide else 4)
        slide = page.locator("section.present:not(.stack)")
        assert slide.evaluate("slide => getComputedStyle(slide).overflowY") == "auto"
        first = slide.locator("mjx-container, th").first
        assert first.bounding_box()["y"] >= 0 and first.bounding_box()["x"] >= 0
    assert outside == []


def test_keys_belong_to_the_slider_that_has_them(page, slides_folder, outside):
    open_lesson(page, slides_folder, "01_derivatives")
    shown = page.locator("section.present:not(:has(.present)) input[type=range]")
    while not shown.count():
        page.keyboard.press("Space")
    slider, here = shown.first, place(page)
    slider.focus()
    before = float(slider.input_value())
    for key in ("ArrowLeft", "ArrowDown", "Space"):
        page.keyboard.press(key)
    assert float(slider.input_value()) < before and place(page) == here
    page.keyboard.press("Escape")
    page.keyboard.press("Space")
    assert place(page) != here
    page.keyboard.press("Shift+Space")
    assert place(page) == here
    assert outside == []


# Shows the slide that something is on, with its fragments.
SHOW = """(part) => {
    const { h, v } = Reveal.getIndices(part.closest("section"));
    Reveal.slide(h, v, 99);
}"""


def test_on_a_laptop_no_arrow_covers_a_control(page, slides_folder, outside):
    open_lesson(page, slides_folder, LESSONS[-1].stem)
    page.set_viewport_size(LAPTOP)
    for figure in page.locator(".live-figure:has(.lf-ask)").all():
        figure.evaluate(SHOW)
        slide = page.evaluate_handle("Reveal.getCurrentSlide()")
        for look in page.evaluate(MEASURE_STAGE, slide)[0]:
            assert look["hidden"] == [], look
    assert outside == []


def test_a_choice_stays_chosen_when_its_slide_is_fitted(page, slides_folder, outside):
    open_lesson(page, slides_folder, "01_derivatives")
    page.locator("section:not(.stack) .lf-ask:not(figure *)").first.evaluate(SHOW)
    choice = page.locator("section.present .lf-ask:not(figure *) label").last
    choice.click()
    page.evaluate("fit(Reveal.getCurrentSlide())")
    expect(choice.locator("input")).to_be_checked()
    assert outside == []


def test_hidden_code_is_one_key_away_and_takes_no_room(page, tmp_path, outside):
    picture = 'lu.picture(lu.draw_f(), alt="The quartic f.", caption="Two valleys.")'
    lesson = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 7 · Pictures")])
    lesson.cells += [hidden(picture), hidden("lu.ask(...)", "<div>Which?</div>", "fragment")]
    nbformat.write(lesson, tmp_path / "07_pictures.ipynb")
    slides.build(tmp_path / "slides", [tmp_path / "07_pictures.ipynb"])
    open_lesson(page, tmp_path / "slides", "07_pictures")
    page.keyboard.press("Space")
    words = page.locator("section.present section.present .source > div")
    expect(words.first).not_to_be_visible()
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.tagName") != "SUMMARY":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(words.first).to_contain_text(picture)
    expect(words.first).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(words.first).not_to_be_visible()
    for slide in page.evaluate(MEASURE):
        assert (slide["width"], slide["height"]) == (1920, 1080), slide
    for one in page.locator("section.present section.present summary").all():
        one.click()  # none stands on another
    expect(words.last).to_contain_text("lu.ask")
    assert outside == []
    assert Axe().run(page).violations_count == 0


def test_notes_open_in_a_window_of_their_own(page, tmp_path):
    slides.build(tmp_path / "slides", LESSONS[:1], "teachers")
    open_lesson(page, tmp_path / "slides", LESSONS[0].stem)
    page.evaluate("""() => {
        const slide = document.querySelector("aside.notes").closest("section");
        const { h, v } = Reveal.getIndices(slide);
        Reveal.slide(h, v);
    }""")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    expect(opened.value.locator(".speaker-controls-notes .value")).to_contain_text(
        "For the teacher"
    )


@pytest.mark.third
@pytest.mark.parametrize("name", ["index", *(path.stem for path in LESSONS)])
def test_axe_finds_nothing_to_mend(page, slides_folder, name):
    page.set_viewport_size(STAGE)
    page.goto((slides_folder / f"{name}.html").as_uri())
    page.evaluate(AT_REST)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@contextlib.contextmanager
def on_stage(number, scratch):
    """The address of a lesson's live slides, whose scratch copy is in ``scratch``."""
    own = {name: str(scratch / "own" / name) for name in FOLDERS}
    places = {"TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)}
    port = free_port()
    options = ["--no-browser", f"--port={port}", "--IdentityProvider.token="]
    command = [sys.executable, "-m", "tools.present", number, *options]
    log = scratch / "log"
    with open(log, "w") as said:
        server = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | own | places, stdout=said, stderr=said
        )
    try:
        wait_until_up(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}/"
    finally:
        stop(server)


@contextlib.contextmanager
def stage(page, number, size=STAGE):
    """A page with a lesson's live slides; then nothing is left, nor fetched, nor in the console."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
        page.set_viewport_size(size)
        with on_stage(number, scratch) as address:
            assert list(scratch.glob("slides-*"))
            page.goto(address)
            page.locator("section.present .jp-MarkdownCell.jp-mod-rendered").first.wait_for()
            yield
            assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
        assert not list(scratch.glob("slides-*"))
        outside = [url for url in asked if not url.startswith((address, "data:", "blob:", "ws:"))]
        assert outside == []
        assert said == []


def test_a_lesson_runs_on_stage_and_leaves_nothing(page):
    with stage(page, "1"):
        teach(page)


@pytest.mark.rare
@pytest.mark.parametrize("size", [STAGE, LAPTOP], ids=["projector", "laptop"])
@pytest.mark.parametrize("number", [str(lesson.number) for lesson in read_course().lessons])
def test_every_slide_on_stage_is_in_large_type_and_asks_in_sight(page, number, size):
    with stage(page, number, size):
        while page.locator(MORE).count():
            go_on(page)
            for state in measure(page, size["height"] / STAGE["height"]):
                assert state["end"] <= STAGE["height"] - 30, state
                assert state["cut"] == state["hidden"] == [], state
        lesson = read_course().file(read_course().lesson(number).path)
        shown = page.locator(".jp-CodeCell").evaluate_all(PRINTED)
        for here, stored in zip(shown, printed(lesson), strict=True):
            assert stored in (here, None)


# What each cell of code on stage has printed.
PRINTED = """cells => cells.map((cell) => [
    ...cell.querySelectorAll('[data-mime-type="application/vnd.jupyter.stdout"]'),
].map((output) => output.textContent.trim()).join(" "))"""


def printed(lesson):
    """What each of its cells of code prints, as it is stored; None for what differs each time."""
    for cell in nbformat.read(lesson, as_version=4).cells:
        if cell.cell_type == "code":
            streams = [one.text for one in cell.outputs if one.output_type == "stream"]
            ignored = "nbval-ignore-output" in cell.metadata.get("tags", [])
            yield None if ignored else "".join(streams).strip()


SLIDE = "section.present section.present"
# The cells of code that are shown, of which the last has come last.
SHOWN = f"{SLIDE} .jp-CodeCell:not(.fragment:not(.visible), .fragment:not(.visible) *)"
# There is another slide, or another fragment.
MORE = f".controls .enabled:is(.navigate-right, .navigate-down), {SLIDE} .fragment:not(.visible)"
# It shows something, or its number; what is hidden has no number.
HAS_RUN = """cell => cell.classList.contains("jp-mod-noOutputs")
    ? /\\d/.test(cell.querySelector(".jp-InputPrompt").textContent)
    : cell.querySelector(".jp-OutputArea-output > *")"""


# Where a picture ends on its right, within its place.
DRAWN_TO = """img => img.getBoundingClientRect().left + Math.min(
    img.clientWidth, img.naturalWidth / img.naturalHeight * img.clientHeight)"""


def teach(page):
    """Run cells on stage, move a slider, and see a picture whole, of whose code nothing is seen."""
    page.locator("section.present .jp-MarkdownCell mjx-container").first.wait_for()
    assert page.locator(".jp-OutputArea-output").count() == 0
    go_on_to(page, ".live-figure > .lf-ask")
    on_a_laptop(page)
    here, slider = page.url, page.locator(f"{SLIDE} input[type=range]").first
    slider.focus()
    before = float(slider.input_value())
    page.keyboard.press("ArrowLeft")
    assert float(slider.input_value()) < before
    assert page.url == here
    page.keyboard.press("Escape")
    go_on_to(page, ".jp-CodeCell:has(.jp-InputPlaceholder) figure img")
    expect(page.locator(f"{SLIDE} figure img")).to_be_in_viewport(ratio=1)
    expect(page.locator(f"{SLIDE} .jp-PlaceholderText")).not_to_be_visible()
    answer = page.locator(f"{SLIDE} details")
    answer.locator("summary").press("Enter")
    drawn = page.locator(f"{SLIDE} figure img").evaluate(DRAWN_TO)
    assert answer.bounding_box()["x"] > drawn  # opened, it stands beside its picture
    page.keyboard.press("Escape")
    assert page.locator(f"{SLIDE} .jp-InputArea-editor:visible").count() == 0
    table = page.locator(".jp-RenderedMarkdown td").first
    assert table.evaluate("td => parseFloat(getComputedStyle(td).fontSize)") >= 28
    heights = "slides => slides.map((slide) => slide.scrollHeight)"
    assert max(page.locator("section.present").evaluate_all(heights)) <= STAGE["height"]


def on_a_laptop(page):
    """On a smaller window the stage is as it was, scaled: a question and its reply are in sight."""
    page.set_viewport_size(LAPTOP)
    page.wait_for_function("width => innerWidth === width", arg=LAPTOP["width"])
    for state in measure(page, LAPTOP["height"] / STAGE["height"]):
        assert (state["width"], state["height"]) == (1920, 1080)
        assert state["hidden"] == [], state
    page.set_viewport_size(STAGE)


def go_on_to(page, wanted):
    """Page on, and run each cell on the way, until the slide has what is wanted."""
    while not page.locator(f"{SLIDE} :is({wanted})").count():
        go_on(page)


def go_on(page):
    """Page on to what is shown next, and run the cell that came."""
    here = page.url
    page.keyboard.press("Space")
    page.wait_for_function("here => location.href !== here", arg=here)
    if page.locator(SHOWN).count():
        run(page, page.locator(SHOWN).last)


def measure(page, scale):
    """How the slide that is shown looks, on which no letter is small for so large a screen."""
    looks, letters = page.locator(SLIDE).evaluate(MEASURE_STAGE)
    assert min([99, *(look["text"] for look in looks)]) >= 24 * scale, looks
    assert min([99, *letters]) >= 24 * scale, looks
    return looks


def run(page, cell):
    """Run a cell of the slide that is shown, where it has not run yet, and stay there."""
    if cell.evaluate(HAS_RUN):
        return
    here = page.url
    expect(cell).to_have_class(re.compile("jp-mod-active"))
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(HAS_RUN, arg=cell.element_handle())
    assert page.url == here
