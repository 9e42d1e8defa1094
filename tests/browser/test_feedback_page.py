"""Feedback pages in a real browser: read by axe, narrow, dark, on paper, and with hostile texts."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from opening import opening
from playwright.sync_api import expect
from test_feedback import HOSTILE, broken, notebook, page_name, write_feedback, zips

LONG = "w" * 3000


def records():
    """An honest one, a failed one whose every text is hostile, two files that are none, no file."""
    hostile = " ".join(text[:3000] for text in HOSTILE)
    yield notebook(passed=(1, 0, 1), notes=["cell 3: NameError: name 'x' is not defined"])
    yield notebook(
        file=f"{LONG}.ipynb",
        student=hostile,
        passed=(0, 0, 0),
        messages=(hostile, hostile, LONG),
        asked={"q1": hostile, "q2": LONG, "q3": "more"},
        notes=[hostile, LONG],
    )
    yield broken()
    yield broken(file="cy.ipynb", student="", problem=hostile)
    yield broken(file="", student="away", problem="no file")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    archive = zips.Archive(
        "independent-09",
        [
            zips.ScoredQuestion("q1", [zips.Test(None, 1), zips.Test(None, 2)]),
            zips.ScoredQuestion("q2", [zips.Test(None, 1.5)]),
        ],
        Path("files"),
    )
    odd = [f"away is in roster.csv, and has no file. {text[:3000]}" for text in (*HOSTILE, LONG)]
    return write_feedback(records(), archive, tmp_path_factory.mktemp("out"), odd, odd).parent


NAMES = ["index.html", *(page_name(record) for record in records() if record["file"])]
each_page = pytest.mark.parametrize("name", NAMES, ids=["index", "honest", "hostile", "bad", "odd"])


@pytest.fixture
def visit(page, folder):
    """Open a page, and fail on any error, dialog, or request but for the page itself."""
    with opening(page, folder, height=900) as (visit, asked):
        yield visit
    assert {url.rpartition("/")[2] for url in asked} <= set(NAMES)


@each_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_on_feedback(visit, name, scheme):
    page = visit(name, scheme=scheme)
    for fold in page.locator("summary").all():
        fold.click()
    assert Axe().run(page).response["violations"] == []


@each_page
@pytest.mark.parametrize("width", [320, 360, 1366])
def test_feedback_needs_no_sideways_scroll(visit, name, width):
    page = visit(name, width)
    for fold in page.locator("summary").all():
        fold.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@each_page
def test_light_and_dark_differ_so_the_style_is_let_in(visit, name):
    ground = "getComputedStyle(document.body).backgroundColor"
    light = visit(name).evaluate(ground)
    assert light == "rgb(255, 255, 255)" != visit(name, scheme="dark").evaluate(ground)


@each_page
def test_feedback_is_dark_on_white_on_paper(visit, page, name):
    visit(name, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colours = (
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert page.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_notes_are_folded_on_the_screen_and_open_by_keyboard_and_on_paper(visit, page):
    visit(page_name(next(records())))
    note = page.get_by_text("name 'x' is not defined")
    expect(note).not_to_be_visible()
    for _ in range(5):  # two questions at the top, the texts of both, and the notes
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Enter")
    expect(note).not_to_be_visible()
    page.emulate_media(media="print")
    expect(note).to_be_visible()


def test_the_index_leads_to_each_page(visit, page):
    links = visit("index.html").get_by_role("table").get_by_role("link")
    titles = []
    for n in range(links.count()):
        links.nth(n).click()
        titles.append(page.title())
        page.go_back()
    assert len(titles) == 4 and all(title.startswith("Feedback for") for title in titles)
