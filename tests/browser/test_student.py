"""A student at work in a real JupyterLab: unanswered, wrong, right; and the words for everybody."""

import shutil

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from classroom import ASSIGNMENTS
from playwright.sync_api import expect

import lec_utils as lu
from lec_utils import practice
from lec_utils.practice.cases import Outcome
from lec_utils.practice.verdict import Summary, Verdict

FIRST = ASSIGNMENTS[0]
RIGHT = Verdict("q1", [Outcome(True, "A slope has a sign."), Outcome(True, "")])
WRONG = Verdict("q2", [Outcome(False, "your steps climb: check the sign.")])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_verdicts_and_pictures(show, page, scheme):
    page.emulate_media(color_scheme=scheme)
    expected = lu.gradient_descent(lu.square.derivative, 9.0, 0.15, 16)
    picture = practice.compare_runs("q3", lambda: [9.0, 8.0], expected, lu.square)
    show(RIGHT.html(), WRONG.html(), Summary([RIGHT, WRONG]).html(), picture.html())
    expect(page.get_by_role("status").first).to_contain_text("✓ Question 1 is right.")
    assert Axe().run(page).response["violations"] == []


@pytest.fixture
def at_work(lab, lab_page):
    """The first practice notebook, under another name, opened and run unanswered."""
    shutil.copy(FIRST.student, lab.root / "My homework.ipynb")
    lab_page.set_viewport_size({"width": 1366, "height": 768})
    lab.open(lab_page, "My homework.ipynb")
    lab.run_all(lab_page)
    yield lab_page
    lab.stop_kernels()


def hand_in(page, code):
    """Type an answer to the first question, and run it and its check with the keyboard alone."""
    check = page.locator(".jp-CodeCell", has_text='practice.check("q1")')
    check.locator(
        "xpath=preceding-sibling::*[contains(@class, 'jp-CodeCell')][1]//*[@role='textbox']"
    ).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    return check.get_by_role("status")


def test_a_student_is_told_at_once_what_is_right_and_what_is_not(at_work):
    verdict = at_work.locator(".jp-CodeCell", has_text='practice.check("q1")').get_by_role("status")
    expect(verdict).to_contain_text("✗ Question 1, not yet:")
    expect(verdict).to_contain_text("blank")
    wrong = next(wrong for wrong in FIRST.wrong if wrong.question == "q1")
    expect(hand_in(at_work, wrong.code)).to_contain_text(wrong.says)
    right = next(c for c in nbformat.read(FIRST.solution, 4).cells if c.id == FIRST.answer_id("q1"))
    expect(hand_in(at_work, right.source)).to_contain_text("✓ Question 1 is right.")


def test_a_hint_opens_with_the_keyboard(at_work):
    hint = at_work.locator("details").first
    expect(hint).not_to_have_attribute("open", "")
    hint.locator("summary").press("Enter")
    expect(hint).to_have_attribute("open", "")
