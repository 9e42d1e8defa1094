"""The course site in a real browser: opened from a folder, offline, narrow, dark, on paper."""

import contextlib
import functools
import http.server
import json
import re
import threading
from itertools import chain
from urllib.parse import urlsplit

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from site_build import pages

from tools.lab import PATIENCE

LESSON = "lessons/02_update_rule.html"
FIRST_LOAD = 850_000  # bytes, uncompressed
# With preload, axe would fetch the style sheets, which no page of a folder may.
AXE = {"preload": False, "resultTypes": ["violations"]}
# Once every answer is unfolded, a page has its whole width.
UNFOLD = """async () => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""


@contextlib.contextmanager
def visiting(page, site):
    """Opens pages of the folder; fails on any error, warning, or request for another folder."""
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.extend(complaint(said)))
    page.on("requestfailed", lambda request: problems.append(request.url))
    home = site.as_uri()
    page.on("request", lambda request: problems.extend(outside(request.url, home)))

    def visit(name, width=1366, scheme="light"):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{home}/{name}")
        page.evaluate(UNFOLD)
        return page

    yield visit
    assert problems == []


@pytest.fixture
def visit(page, site):
    """Opens a page of the site in a browser that has seen none of it."""
    with visiting(page, site) as visit:
        yield visit


@pytest.fixture(scope="module")
def places(site, teachers_site):
    """Folder → pages: all of the students' site, and what only the teachers' one has."""
    shared = pages(site)
    return {site: shared, teachers_site: sorted({*pages(teachers_site)} - {*shared})}


def survey(browser, places, scheme, looks, axe_on):
    """What each look finds on every page, at one width after another, in one visit a page.

    ``looks`` has a width and a function of the page for each name. Axe looks at those of
    ``axe_on``, names of pages.
    """
    found = {name: {} for name in looks}
    for site, names in places.items():
        with browser.new_page() as page, visiting(page, site) as visit:
            page.set_default_timeout(PATIENCE * 1000)
            for name in names:
                visit(name, next(iter(looks.values()))[0], scheme)
                for look, (width, find) in looks.items():
                    if look != "axe" or name in axe_on:
                        page.set_viewport_size({"width": width, "height": 800})
                        found[look][name] = find(page)
    return found


@pytest.fixture(scope="module")
def axe_on(request, places):
    """Which pages axe looks at on a phone, and on a screen: a quarter each, or all if --rare."""
    names = [name for names in places.values() for name in names]
    if request.config.getoption("--rare"):
        return names, names
    return names[::4], names[2::4]


@pytest.fixture(scope="module")
def narrow(browser, places, axe_on):
    """Findings on a phone, in the dark, and then on paper."""
    looks = {
        "axe": (360, wrong_for_axe),
        "grounds": (360, lambda page: page.evaluate(OWN_GROUND)),
        360: (360, lambda page: page.evaluate(STICKS_OUT)),
        320: (320, lambda page: page.evaluate(STICKS_OUT)),
        "paper": (720, on_paper),  # about as wide as a sheet
    }
    return survey(browser, places, "dark", looks, axe_on[0])


@pytest.fixture(scope="module")
def wide(browser, places, axe_on):
    """Findings on a screen, in the light."""
    looks = {"axe": wrong_for_axe, "formulas": formulas, "figures": move_figures}
    looks = {name: (1366, look) for name, look in looks.items()}
    return survey(browser, places, "light", looks, axe_on[1])


def complaint(said):
    return [said.text] if said.type in ("error", "warning") else []


def outside(address, home):
    return [] if address.startswith((home, "data:")) else [address]


# A word of code is coloured by its kind: one of each is looked at, and more are plain text.
ONE_OF_EACH = """() => {
    const seen = new Set();
    for (const word of document.querySelectorAll(".highlight pre span")) {
        const { color, fontWeight } = getComputedStyle(word);
        const grounds = ["pre", ".highlight"].map((part) => getComputedStyle(word.closest(part)));
        const look = [word.className, color, fontWeight,
            ...grounds.map((ground) => ground.backgroundColor)].join();
        if (seen.has(look)) word.replaceWith(...word.childNodes);
        seen.add(look);
    }
}"""


def wrong_for_axe(page):
    page.evaluate(ONE_OF_EACH)
    found = Axe().run(page, options=AXE)
    return {v["id"]: [node["html"] for node in v["nodes"]] for v in found.response["violations"]}


def test_axe_finds_nothing_wrong_on_the_site(narrow, wide, places):
    seen, pages = narrow["axe"].keys() | wide["axe"].keys(), {*chain(*places.values())}
    assert seen <= pages and len(seen) >= len(pages) / 2
    for found in (narrow["axe"], wide["axe"]):
        assert found == dict.fromkeys(found, {})


def formulas(page):
    """How many formulas are typeset, and how many are not: on the page, in folds, in tables."""
    places = ("", "details ", "table ")
    typeset = "mjx-container:has(mjx-c):has(mjx-assistive-mml > math)"
    done = [page.locator(f"{place}.math > {typeset}").count() for place in places]
    found = [page.locator(f"{place}.math").count() for place in places]
    wrong = page.locator("mjx-merror, mjx-utext").count()  # in words, or in letters of no font
    return {"done": done, "found": found, "wrong": [wrong, *page.evaluate(UNSEEN)]}


# Formulas without a size, fonts of formulas that did not come, and TeX that is left in the text.
UNSEEN = """async () => {
    await document.fonts.ready;
    const sizes = [...document.querySelectorAll("mjx-math")]
        .map((formula) => formula.getBoundingClientRect())
        .filter(({ width, height }) => !width || !height);
    const fonts = [...document.fonts].filter(({ family }) => family.startsWith("MJX"));
    const failed = fonts.filter(({ status }) => status === "error");
    const article = document.querySelector("article");
    const words = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    let tex = 0;
    while (words.nextNode()) {
        const { data, parentNode } = words.currentNode;
        tex += /\\\\[a-z([]/i.test(data) && !parentNode.closest("pre, code, script, style");
    }
    return [sizes.length, failed.length, tex];
}"""


def test_every_formula_is_typeset_in_folds_and_tables_too(wide):
    found = wide["formulas"]
    assert {name: each["wrong"] for name, each in found.items()} == dict.fromkeys(found, [0] * 4)
    for name, each in found.items():
        assert each["done"] == each["found"], name
    assert all(map(sum, zip(*(each["done"] for each in found.values()), strict=True)))


STICKS_OUT = """() => {
    const wide = [...document.querySelectorAll("article *")].filter((element) => {
        const box = element.getBoundingClientRect();
        const scrolls = element.closest("pre, .table-wrapper, .math-wrapper, svg *, math");
        return box.width > 1 && box.right > innerWidth && !scrolls;
    });
    const scrolled = [document.documentElement, document.querySelector(".content")];
    return [
        ...wide.map((element) => element.outerHTML.slice(0, 200)),
        ...scrolled.filter((box) => box.scrollWidth > innerWidth).map((box) => box.className),
        ...[...document.querySelectorAll(".cell_input pre")]
            .filter((code) => code.scrollWidth > code.clientWidth)
            .map((code) => code.textContent),
    ];
}"""


@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_only_tables_printed_rows_and_long_formulas_scroll(narrow, width):
    assert narrow[width] == dict.fromkeys(narrow[width], [])


# Figures that stand in the dark on another ground than the page's, and those that are not inverted.
OWN_GROUND = """() => [...document.querySelectorAll("figure.live-figure")].filter((figure) => {
    const ground = (node) => getComputedStyle(node).backgroundColor;
    const picture = getComputedStyle(figure.querySelector(":scope > :is(img, svg)"));
    return ground(figure) !== ground(document.body) || !picture.filter.includes("invert");
}).map((figure) => figure.outerHTML.slice(0, 100))"""


def test_every_figure_is_dark_on_a_dark_page(narrow):
    assert narrow["grounds"] == dict.fromkeys(narrow["grounds"], [])


def move_figures(page):
    """Whether each figure with a slider changes under its keys."""
    moved = []
    for figure in page.locator("figure.live-figure:has(input[type=range])").all():
        slider = figure.locator("input[type=range]").first
        before = figure.locator("svg").evaluate("svg => svg.outerHTML")
        slider.focus()
        slider.press("Home" if slider.input_value() != slider.get_attribute("min") else "End")
        moved.append(figure.locator("svg").evaluate("svg => svg.outerHTML") != before)
    return moved


def test_a_slider_on_a_lesson_moves_its_figure_from_the_keyboard(wide):
    assert all(all(moved) for moved in wide["figures"].values()), wide["figures"]
    assert sum(map(len, wide["figures"].values())) >= 10


def test_the_search_finds_overshoot_in_the_folder(visit, page):
    visit("index.html")
    page.get_by_role("textbox", name="Search").fill("overshoot")
    page.keyboard.press("Enter")
    found = page.locator("#search-results").get_by_role("link", name="2 · The update rule")
    found.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The update rule")


def test_the_search_page_searches_again_on_a_phone(visit, page):
    visit("search.html?q=overshoot", 360)
    box = page.get_by_role("searchbox", name="Search for")
    expect(box).to_have_value("overshoot")
    box.fill("epoch")
    box.press("Enter")
    expect(
        page.locator("#search-results").get_by_role("link", name="Guided practice 5")
    ).to_be_visible()


def ground(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_light_and_dark_follow_the_system_and_the_switch_and_last(visit, page):
    white = "rgb(255, 255, 255)"
    assert ground(visit(LESSON, scheme="dark")) != white == ground(visit(LESSON))
    switch = page.get_by_role("button", name="Toggle Light / Dark / Auto color theme")
    seen = set()
    for _ in range(3):  # auto, light, dark
        switch.press("Enter")
        seen.add(ground(page))
    assert len(seen) == 2
    while ground(page) == white:
        switch.press("Enter")
    assert ground(visit("lessons/05_multivariable_sgd.html")) != white


FOCUSED = """() => {
    const at = document.activeElement;
    const { outlineStyle, boxShadow } = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    return {
        place: [...document.querySelectorAll("*")].indexOf(at),
        name: at.outerHTML.slice(0, 120),
        body: at === document.body,
        marked: outlineStyle !== "none" || boxShadow !== "none",
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""
REACHABLE = """() => {
    const kinds = "a[href], button, input, select, summary, [tabindex='0']";
    return [...document.querySelectorAll(kinds)]
        .filter((part) => part.checkVisibility({ visibilityProperty: true }))
        .filter((part) => !part.disabled && part.tabIndex >= 0)
        // Of the choices of a question one is a stop; arrow keys lead to the others.
        .filter(({ type, name }, i, all) => type !== "radio" || all[i - 1].name !== name)
        .map((part) => part.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize(("name", "width"), [(LESSON, 360), (LESSON, 1366), ("index.html", 1366)])
def test_tab_goes_through_a_whole_page_in_order_and_shows_where(visit, page, name, width):
    page.emulate_media(reduced_motion="reduce")
    visit(name, width)
    if name == LESSON and width > 1000:  # a phone shows no copy buttons
        expect(page.locator("button.copybtn[tabindex='0']")).to_have_count(1)
    expected, stops = page.evaluate(REACHABLE), []
    for _ in expected:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    places = [stop["place"] for stop in stops]
    assert places == sorted(set(places))
    assert [stop["name"] for stop in stops] == expected
    assert [stop["name"] for stop in stops if not (stop["marked"] and stop["seen"])] == []
    page.keyboard.press("Tab")  # out of the page: nothing held the focus
    assert page.evaluate(FOCUSED)["body"]


def test_copy_buttons_are_one_stop_and_arrow_keys_lead_through_all(visit, page):
    visit(LESSON, 1366)
    buttons = page.locator("button.copybtn:visible")
    expect(page.locator("button.copybtn[tabindex='0']")).to_have_count(1)
    many = buttons.count()
    assert many > 20
    buttons.first.focus()
    for i in range(1, many):
        page.keyboard.press("ArrowDown")
        expect(buttons.nth(i)).to_be_focused()
    expect(page.locator("button.copybtn[tabindex='0']")).to_have_count(1)
    page.keyboard.press("ArrowUp")
    expect(buttons.nth(many - 2)).to_be_focused()


def test_hidden_code_opens_by_keyboard_and_has_a_copy_button_only_then(page, site):
    page.set_viewport_size({"width": 1366, "height": 800})
    page.goto(f"{site.as_uri()}/{LESSON}")
    expect(page.locator("button.copybtn[tabindex='0']")).to_have_count(1)
    fold = page.locator("details.hide").first
    code, copy = fold.locator("pre"), fold.locator("button.copybtn")
    expect(code).not_to_be_visible()
    expect(copy).not_to_be_visible()
    fold.locator("summary").press("Enter")
    expect(code).to_be_visible()
    expect(copy).to_be_visible()


@pytest.mark.parametrize(
    ("name", "inside"), [("All pages", ".sidebar-drawer"), ("On this page", ".toc-drawer")]
)
def test_a_drawer_opens_and_shuts_by_keyboard_on_a_phone(visit, page, name, inside):
    visit(LESSON, 360)
    opener, drawer = page.get_by_role("button", name=name), page.locator(inside)
    expect(drawer).not_to_be_visible()
    opener.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(drawer.locator("a:focus")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(drawer).not_to_be_visible()
    opener.click()
    expect(drawer.get_by_role("link").first).to_be_in_viewport()
    page.locator(".overlay").first.evaluate("() => 0")
    page.mouse.click(300 if "sidebar" in inside else 20, 700)  # beside it
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_the_skip_link_leads_past_the_navigation(visit, page):
    visit(LESSON)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


CUT = """() => [...document.querySelectorAll("pre, figure, .table-wrapper, .math-wrapper")]
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => box.outerHTML.slice(0, 200))"""


FOLDED = """() => [...document.querySelectorAll("details:not(.hide) > :not(summary, :empty)")]
    .filter((part) => !part.checkVisibility({ visibilityProperty: true }) || !part.offsetHeight)
    .map((part) => part.outerHTML.slice(0, 200))"""


def on_paper(page):
    """What is wrong on paper, where a reader has folded everything before."""
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = false))")
    page.emulate_media(media="print", color_scheme="dark")
    navigation = (".sidebar-drawer", ".toc-drawer", ".mobile-header", ".related-pages")
    wrong = [part for part in navigation if page.locator(part).first.is_visible()]
    wrong += page.evaluate(FOLDED) + page.evaluate(CUT)
    wrong += [] if ground(page) == "rgb(255, 255, 255)" else [ground(page)]
    page.emulate_media(media="screen", color_scheme="dark")
    return wrong


def test_on_paper_there_is_no_navigation_and_nothing_is_folded_or_cut(narrow):
    assert narrow["paper"] == dict.fromkeys(narrow["paper"], [])


@pytest.fixture(scope="module")
def address(site):
    """The site served over HTTP, as it will be."""
    handler = functools.partial(QuietHandler, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_the_first_load_of_each_page_is_small(page, site, address):
    sizes, names, answers, open_requests = {}, {}, [], set()
    page.on("request", lambda request: open_requests.add(request))
    for end in ("requestfinished", "requestfailed"):
        page.on(end, lambda request: open_requests.discard(request))
    page.on("response", lambda answer: answers.append(answer))
    cache = page.context.new_cdp_session(page)
    for name in pages(site):
        cache.send("Network.clearBrowserCache")
        answers.clear()
        page.goto(f"{address}/{name}")
        page.evaluate(UNFOLD)
        while open_requests:  # fonts, which a page asks for late
            page.evaluate("() => new Promise(requestAnimationFrame)")
        kept = [answer for answer in answers if not answer.url.startswith("data:")]
        assert {urlsplit(answer.url).netloc for answer in kept} == {urlsplit(address).netloc}
        sizes[name] = sum(len(answer.body()) for answer in kept)
        names[name] = [urlsplit(answer.url).path for answer in kept]
    print(sizes)
    assert {name: size for name, size in sizes.items() if size >= FIRST_LOAD} == {}
    # Fonts of formulas were counted, and no script is needed for them.
    fonts = {page for page, files in names.items() if any("MathJax_Main" in file for file in files)}
    assert fonts >= {name for name in sizes if name.startswith("lessons/")}
    scripts = {file for files in names.values() for file in files if file.endswith(".js")}
    assert [file for file in scripts if "mathjax" in file.lower()] == []


def test_motion_stops_for_who_asked_for_less(visit, page):
    page.emulate_media(reduced_motion="reduce")
    visit(LESSON)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    parts = page.locator(".skip-to-content, .sidebar-drawer")
    moving = parts.evaluate_all(
        "all => all.map((part) => getComputedStyle(part).transitionProperty)"
    )
    assert set(moving) == {"none"}


# The front page


def test_the_walk_in_fog_follows_the_rule_to_a_valley_and_then_the_fog_lifts(visit, page):
    """By keyboard alone; where a step must lead is measured on the land, without its slope."""
    visit("index.html")
    scene, says = page.locator(".fog-scene"), page.locator(".fog-says")
    land = json.loads(page.locator(".fog-land").get_attribute("data-land"))
    height = lambda w: sum(a * np.sin(b * w + c) for a, b, c in land["waves"])
    w, step = land["start"], page.get_by_role("button", name="Step downhill")
    for _ in range(30):
        w -= land["alpha"] * (height(w + 1e-6) - height(w - 1e-6)) / 2e-6
        expect(page.locator(".fog-rule b")).to_have_text(f"{w:.2f}")
        step.press("Enter")
    expect(says).to_contain_text("Are you at the lowest place?")
    expect(step).to_have_attribute("aria-disabled", "true")
    assert "only the ground around you is seen" in scene.get_attribute("aria-label")
    assert height(w) < min(height(w - 0.3), height(w + 0.3))
    page.get_by_role("button", name="Lift the fog").press("Enter")
    x = np.linspace(0, 10, 1001)
    up = height(x)
    valleys = up[1:-1][(up[1:-1] < up[:-2]) & (up[1:-1] < up[2:])]
    assert (len(valleys), valleys.argmin()) == (4, 1)
    expect(scene).to_have_attribute("aria-label", re.compile("four valleys, the second from the"))
    expect(says).to_contain_text(f"lowest place is {height(w) - up.min():.2f} below you")
    expect(page.locator(".fog-bank")).to_have_css("opacity", "0")
    page.get_by_role("slider", name="Stand elsewhere").press("Home")
    expect(says).to_contain_text("Step 0.")


@pytest.mark.parametrize("width", [360, 1366, 1920])
def test_the_title_stands_clear_of_the_walk_and_the_walk_on_the_first_screen(visit, page, width):
    visit("index.html", width)
    title, you = page.locator("h1"), page.locator(".fog-marks .you")
    expect(page.get_by_role("button", name="Step downhill")).to_be_in_viewport(ratio=1)
    text = title.evaluate(
        "title => { const range = document.createRange(); range.selectNodeContents(title);"
        " const { right, bottom } = range.getBoundingClientRect(); return [right, bottom]; }"
    )
    box = you.bounding_box()
    assert box["x"] > text[0] or box["y"] > text[1]
    expect(you).to_be_in_viewport(ratio=1)


TALL_CELLS = """() => [...document.querySelectorAll("table.cards td")]
    .filter((cell) => cell.scrollWidth > cell.clientWidth || cell.clientWidth < 250)
    .map((cell) => cell.textContent)"""


def test_plan_tables_have_a_card_for_each_row_on_a_phone(browser, teachers_site):
    with browser.new_page() as page, visiting(page, teachers_site) as visit:
        for name in ("teach/short-lessons.html", "teach/long-lesson.html", "course.html"):
            visit(name, 360)
            assert page.locator("table.cards td").count() > 20
            assert page.evaluate(TALL_CELLS) == []
            row = page.get_by_role("row").nth(1)  # still a table for who hears it
            assert row.get_by_role("cell").count() >= 4
            label = (
                row.locator("td").nth(1).evaluate("td => getComputedStyle(td, '::before').content")
            )
            assert "minutes" in label or "read whole" in label


# The playground, whose state is in its address


def test_a_link_to_the_playground_opens_the_run_that_is_seen(visit, page):
    visit("index.html")
    page.get_by_role("link", name="on x² it should end at 0").click()
    read = page.locator(".lf-read")
    expect(read).to_contain_text("Diverging")
    alpha = page.get_by_role("slider", name="α")
    alpha.press("PageDown")
    expect(page).to_have_url(re.compile("alpha=0.56"))
    expect(read).to_contain_text("Converged")
    page.get_by_role("textbox", name="f(x) =").fill("|x| + 1")
    expect(page).to_have_url(re.compile("f=%7Cx%7C"))
    page.reload()
    expect(page.get_by_role("textbox", name="f(x) =")).to_have_value("|x| + 1")
    page.get_by_role("link", name="x² + 10y²").click()
    expect(page.get_by_role("slider", name="start y")).to_have_value("1")


def test_a_hostile_address_is_harmless_and_told_in_words(visit, page):
    visit("playground.html#f=<img src=x onerror=alert(1)>&start=9e999&alpha=-1&n=1e9&range=1,0")
    expect(page.get_by_role("alert")).to_contain_text("Character 1: “<” has no meaning here")
    expect(page.locator("#share-says")).to_contain_text("alpha should be a number above 0")
    assert page.locator("article img").count() == 0


def test_the_playground_has_a_qr_code_where_a_phone_can_open_it(page, site, address):
    page.goto(f"{site.as_uri()}/playground.html#f=x^2")
    page.get_by_role("button", name="Show QR code").click()
    expect(page.locator("#code")).to_contain_text("put the site on a web server")
    page.goto(f"{address}/playground.html#f=x%5E2&start=1&alpha=0.1&n=9")
    page.get_by_role("button", name="Show QR code").click()
    expect(page.get_by_role("img", name="QR code of the address")).to_be_visible()
