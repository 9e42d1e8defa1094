"""The figures in a real JupyterLab: keys, a dead kernel, saving, trust, export, themes, widgets."""

import shutil
import subprocess
import sys

import nbformat
import pytest
from playwright.sync_api import expect

import lec_utils as lu
from tools import copies
from tools.course import ROOT
from tools.lab import wait_until

IMPORT = "import lec_utils as lu"
TANGENT = "lu.tangent_slider()"


@pytest.fixture
def opened(lab, lab_page):
    """Write a notebook of these cells, open it and run it."""

    def opened(name, *cells):
        lab.open(lab_page, lab.write(name, IMPORT, *cells))
        lab.run_all(lab_page)
        return lab_page

    yield opened
    lab.stop_kernels()


def press(page, key, times=1):
    slider = page.get_by_role("slider").first
    slider.focus()
    for _ in range(times):
        page.keyboard.press(key)
    return slider


def test_keys_reach_the_slider_and_not_jupyterlab(opened):
    page = opened("keys.ipynb", TANGENT)
    slider = press(page, "ArrowDown", 10)
    expect(slider).to_have_value("-0.1")
    expect(page.locator(".lf-read")).to_contain_text(f"slope {lu.df(-0.1):.2f}")
    press(page, "End")
    expect(slider).to_have_value("1.5")
    expect(slider).to_be_focused()


def test_animation_plays_by_keyboard(opened):
    page = opened("play.ipynb", "lu.minimizing_animation(w0=0, alpha=0.01, n=5)")
    page.get_by_role("button", name="Play", exact=True).press("Space")
    expect(page.get_by_role("slider")).to_have_value("4")
    page.get_by_role("button", name="Restart", exact=True).press("Enter")
    expect(page.get_by_role("slider")).to_have_value("0")


def test_arrow_keys_stay_among_the_choices_of_a_question(opened):
    page = opened("choice.ipynb", 'lu.ask("Up?", {"yes": "A.", "no": "B.", "flat": "C."}, "no")')
    page.get_by_role("radio", name="yes").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="no")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(".lf-reply")).to_have_text("Right. B.")


ASKING = """lu.bowl_slider([[2, 1], [1, 2]], [0, 0], [3, -1], 0.1).predict(
    "From which starts does the path lead straight to the star?",
    choose={"from all": "A", "from some": "B", "from those on the diagonals": "C", "none": "D"},
    right="from those on the diagonals",
)"""


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)])
def test_on_a_laptop_a_question_never_parts_a_picture_from_its_sliders(opened, size):
    page = opened(f"laptop{size[1]}.ipynb", ASKING)
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    room = page.locator(".jp-WindowedPanel-outer").bounding_box()
    figure = page.locator("figure.live-figure")
    figure.evaluate("figure => figure.scrollIntoView()")
    assert figure.bounding_box()["height"] < room["height"]
    page.get_by_role("radio", name="from all").check()
    page.get_by_role("button", name="Commit").press("Enter")
    expect(page.get_by_role("slider")).to_have_count(3)
    caption, reply = page.locator("figcaption").bounding_box(), page.locator(".lf-reply")
    parts = [figure.locator("svg"), *page.get_by_role("slider").all(), page.locator(".lf-read")]
    tops = [part.bounding_box()["y"] for part in parts] + [caption["y"]]
    assert tops == sorted(tops)
    assert caption["y"] + caption["height"] - tops[0] < room["height"]
    # Who answered sees the reply at once, and the page has hardly moved for it.
    expect(reply).to_be_focused()
    assert tops[0] > room["y"] - 60
    assert reply.bounding_box()["y"] + reply.bounding_box()["height"] < room["y"] + room["height"]


def test_figure_lives_on_without_its_kernel(opened, lab):
    page = opened("kernel.ipynb", TANGENT)
    lab.stop_kernels()
    expect(press(page, "ArrowRight", 3)).to_have_value("0.03")


def test_figure_lives_on_after_saving_and_reopening(opened, lab):
    page = opened("saved.ipynb", TANGENT)
    page.keyboard.press("Control+s")
    saved = lab.root / "saved.ipynb"
    wait_until(lambda: "live-figure" in saved.read_text(encoding="utf-8"), "it was not saved")
    lab.stop_kernels()
    lab.open(page, "saved.ipynb")
    expect(press(page, "ArrowRight", 3)).to_have_value("0.03")


@pytest.fixture(scope="module")
def executed(lab):
    """A notebook that was run elsewhere, as a fresh clone brings it; and its exported page."""
    path = lab.root / lab.write("executed.ipynb", IMPORT, TANGENT)
    for words in (["notebook", "--execute", "--inplace"], ["html"]):
        command = [sys.executable, "-m", "jupyter", "nbconvert", str(path), "--to", *words]
        subprocess.run(command, check=True, capture_output=True)
    return path


def test_untrusted_notebook_shows_the_still_picture_and_its_words(lab, executed, lab_page):
    page = lab_page
    lab.open(page, executed.name)
    image = page.locator("figure img")
    expect(image).to_have_attribute("alt", lu.tangent_slider().alt)
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 100
    expect(page.locator("figcaption")).to_contain_text("dashed line")
    assert page.get_by_role("slider").count() == 0


def test_exported_page_moves_offline(executed, page):
    page.goto(executed.with_suffix(".html").as_uri())
    expect(press(page, "ArrowRight", 3)).to_have_value("0.03")


def test_still_picture_has_its_alt_text_in_jupyterlab(opened):
    page = opened(
        "alt.ipynb", 'lu.picture(lu.draw_f(), alt="The quartic.", caption="Two valleys.")'
    )
    expect(page.get_by_role("img", name="The quartic.")).to_be_visible()
    assert page.locator(".jp-OutputArea-output img").count() == 1


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_words_and_controls_can_be_read_in_both_themes(opened, theme):
    page = opened(f"{theme[-5:].strip()}.ipynb", TANGENT)
    page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
    expect(page.locator("body")).to_have_attribute("data-jp-theme-name", theme)
    figure, dark = page.locator("figure"), theme.endswith("Dark")
    style = lambda part, name: part.evaluate(f"node => getComputedStyle(node).{name}")  # noqa: E731
    around = style(page.locator(".jp-RenderedHTMLCommon").filter(has=figure), "color")
    for part in (".lf-read", "figcaption", ".lf-value"):
        ink = style(page.locator(part).first, "color")
        assert ink == (around if dark else "rgb(26, 26, 26)")
    paper = style(figure, "backgroundColor")
    assert paper == ("rgb(17, 17, 17)" if dark else "rgb(255, 255, 255)")
    assert ("invert" in style(figure.locator("svg"), "filter")) == dark


def test_hidden_code_is_one_bar_that_the_enter_key_opens(opened):
    picture = 'ax = lu.draw_f()\nlu.picture(ax, alt="The quartic f.", caption="Two valleys.")'
    look = {"jupyter": {"source_hidden": True}}
    page = opened("hidden.ipynb", nbformat.v4.new_code_cell(picture, metadata=look))
    bar, code = page.locator(".jp-InputPlaceholder"), page.get_by_text("lu.picture(ax")
    expect(page.get_by_role("img", name="The quartic f.")).to_be_visible()
    expect(bar).to_have_text("ax = lu.draw_f()")  # the first line, and nothing more
    expect(code).not_to_be_visible()
    page.locator(".jp-CodeCell .jp-InputPrompt").first.click()
    page.keyboard.press("Shift+Enter")  # arrow keys pass it by
    page.keyboard.press("Enter")
    expect(code).to_be_visible()
    expect(bar).not_to_be_visible()


COURSE = """[[lesson]]
name = "01_one"
title = "One"
minutes = 10
question = "What?"
practice = false
"""


def test_a_lesson_that_was_run_and_saved_leaves_git_clean_and_is_fresh_again(lab, lab_page):
    root = lab.root / "course"
    (root / "notebooks").mkdir(parents=True)
    (root / "course.toml").write_text(COURSE, encoding="utf-8")
    shutil.copyfile(ROOT / ".gitignore", root / ".gitignore")
    lab.write("course/notebooks/01_one.ipynb", "import random", "random.random()")
    git = ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "A course"]):
        subprocess.run([*git, *words], check=True)
    copies.refresh(root)
    copy, original = root / "mine" / "01_one.ipynb", root / "notebooks" / "01_one.ipynb"
    lab.open(lab_page, "course/mine/01_one.ipynb")
    lab.run_all(lab_page)
    lab_page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    wait_until(lambda: b"text/plain" in copy.read_bytes(), "the copy was not saved")
    status = subprocess.run([*git, "status", "--porcelain"], capture_output=True, check=True)
    assert status.stdout == b""
    assert copies.refresh(root) == []
    assert copy.read_bytes() == original.read_bytes()
    lab.stop_kernels()


def test_python_and_widget_follow_each_other(opened):
    page = opened(
        "widget.ipynb",
        "a, b = lu.tangent_slider().widget(), lu.tangent_slider().widget()",
        'import traitlets; traitlets.link((a, "w0"), (b, "w0")); a',
        "b",
        "a.w0 = 0.25",
    )
    first, second = page.get_by_role("slider").nth(0), page.get_by_role("slider").nth(1)
    expect(first).to_have_value("0.25")
    expect(second).to_have_value("0.25")
    press(page, "ArrowRight", 5)
    expect(second).to_have_value("0.3")


def test_interact_works_as_in_the_lecture(opened):
    page = opened(
        "interact.ipynb",
        "from ipywidgets import interact\ninteract(lu.show_tangent, w0=(-1.5, 1.5));",
    )
    expect(page.locator(".jp-OutputArea img").first).to_be_visible()
    assert "object at 0x" not in page.locator(".jp-Notebook").inner_text()
