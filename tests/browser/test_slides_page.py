"""Slides in a real browser: those in a folder, and those on stage with a kernel."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tools.course import ROOT, read_course
from tools.lab import FOLDERS, free_port, stop, wait_until_up

LESSONS = read_course().notebooks()
STAGE = {"width": 1920, "height": 1080}
# Shows each slide with its fragments, its answers folded and then open, and measures it once
# its folds have told that they are, and a frame was drawn.
MEASURE = """async () => {
    const frame = () => new Promise(requestAnimationFrame), measured = [];
    for (const slide of Reveal.getSlides()) for (const open of [false, true]) {
        const { h, v } = Reveal.getIndices(slide);
        Reveal.slide(h, v, 99);
        const folds = [...slide.querySelectorAll("details")].filter((fold) => fold.open !== open);
        const told = folds.map((fold) => new Promise((done) => { fold.ontoggle = done; }));
        for (const fold of folds) fold.open = open;
        await Promise.all(told);
        await frame();
        measured.push({
            cell: slide.querySelector(".jp-Cell").id, open,
            width: slide.scrollWidth, height: slide.scrollHeight,
            text: Math.min(...[...slide.querySelectorAll(".jp-RenderedHTMLCommon p")].map(
                (p) => parseFloat(getComputedStyle(p).fontSize) * Reveal.getScale()), 99),
        });
    }
    return measured;
}"""
# Of each slide with a figure: the smallest number in its picture, in pixels of the stage, and of
# its sliders whether they are clear of it, their width and height.
FIGURES = r"""async () => {
    const measured = [];
    for (const figure of document.querySelectorAll(".reveal .live-figure")) {
        const { h, v } = Reveal.getIndices(figure.closest("section"));
        Reveal.slide(h, v, 99);
        await new Promise(requestAnimationFrame);
        const box = (node) => node.getBoundingClientRect();
        const picture = figure.querySelector(":scope > :is(svg, img)"), shown = box(picture);
        const image = picture.src && await (await fetch(picture.src)).text();
        const parsed = image && new DOMParser().parseFromString(image, "image/svg+xml");
        const svg = parsed ? parsed.documentElement : picture;
        const [, , width, height] = svg.getAttribute("viewBox").split(" ");
        const scale = Math.min(shown.width / width, shown.height / height);
        const texts = [...svg.querySelectorAll("text")];
        const numbers = texts.filter((text) => /\d/.test(text.textContent));
        const size = (text) => scale * (parseFloat(text.style.fontSize) || 12);
        measured.push({
            cell: figure.closest(".jp-Cell").id,
            number: Math.min(99, ...numbers.map(size)),
            sliders: [...figure.querySelectorAll("input[type=range]")].map(box).map(
                (slider) => [
                    // below the picture, or what is set by many beside it
                    slider.top >= shown.bottom - 1 || slider.left >= shown.right,
                    slider.width,
                    slider.height,
                ]),
        });
    }
    return measured;
}"""
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


@pytest.mark.parametrize("lesson", [path.stem for path in LESSONS])
def test_every_slide_fits_the_stage_in_large_type(page, slides_folder, outside, lesson):
    open_lesson(page, slides_folder, lesson)
    assert page.locator("mjx-container").count() and not page.locator("mjx-merror").count()
    for slide in page.evaluate(MEASURE):
        assert (slide["width"], slide["height"]) == (1920, 1080), slide
        assert slide["text"] >= 28, slide
    for figure in page.evaluate(FIGURES):
        assert figure["number"] >= 24, figure
        for clear, width, height in figure["sliders"]:
            assert clear and width >= 500 and height >= 60, figure
    assert outside == []


def test_keys_belong_to_the_slider_that_has_them(page, slides_folder, outside):
    open_lesson(page, slides_folder, "01_derivatives")
    while not page.locator("section.present input[type=range]").count():
        page.keyboard.press("Space")
    slider, here = page.locator("section.present input[type=range]").first, place(page)
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


def test_notes_open_in_a_window_of_their_own(page, slides_folder):
    open_lesson(page, slides_folder, "01_derivatives")
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


def test_a_lesson_runs_on_stage_and_leaves_nothing(page):
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.set_viewport_size(STAGE)
        with on_stage("1", scratch) as address:
            assert list(scratch.glob("slides-*"))
            page.goto(address)
            teach(page)
        assert not list(scratch.glob("slides-*"))
        outside = [url for url in asked if not url.startswith((address, "data:", "blob:", "ws:"))]
        assert outside == []


def teach(page):
    """Run cells on stage, move a slider, and see a picture whole under the code that drew it."""
    page.locator("section.present .jp-MarkdownCell mjx-container").first.wait_for()
    assert page.locator(".jp-OutputArea-output").count() == 0
    run(page, "slide-0-1")
    page.keyboard.press("Space")
    page.wait_for_url("**/slide-1-0")
    run(page, "slide-1-1")
    slider = page.locator("section.present input[type=range]").first
    slider.focus()
    before = float(slider.input_value())
    page.keyboard.press("ArrowLeft")
    assert float(slider.input_value()) < before
    assert page.url.endswith("slide-1-1")
    page.keyboard.press("Escape")
    page.keyboard.press("Space")
    page.wait_for_url("**/slide-1-2")
    while not page.url.endswith("slide-2-0"):  # quick paging, after which no cell has the focus
        here = page.url
        page.keyboard.press("Space")
        page.wait_for_function("here => location.href !== here", arg=here)
    run(page, "slide-2-1")
    expect(page.locator("section.present section.present figure img")).to_be_in_viewport(ratio=1)
    heights = "slides => slides.map((slide) => slide.scrollHeight)"
    assert max(page.locator("section.present").evaluate_all(heights)) <= STAGE["height"]


def run(page, name):
    """Go on to a slide and run its cell there."""
    page.keyboard.press("Space")
    page.wait_for_url(f"**/{name}")
    expect(
        page.locator("section.present section.present .jp-CodeCell.jp-mod-active")
    ).to_be_visible()
    page.keyboard.press("Shift+Enter")
    prompt = page.locator("section.present section.present .jp-InputPrompt").first
    expect(prompt).to_have_text(re.compile(r"\[\d+\]:"))
    assert page.url.endswith(name)
