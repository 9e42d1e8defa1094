"""The pages a grader reads: by keyboard, read by axe, narrow and dark, with hostile answers."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from opening import opening
from playwright.sync_api import expect
from test_feedback import HOSTILE

from grading.archive import Archive
from grading.class_page import write_class_page
from grading.marking import write_marking
from grading.marks import Marks
from grading.record import ungraded
from grading.submission import Submission

ABOUT = {
    "q7": {
        "points": 2,
        "by_hand": True,
        "asks": "explain a slope",
        "misconceptions": [4, 99],
        "text": "## Question 7 · Explain\n\n$$L(c) = \\frac{1}{n} \\sum_{i=1}^{n} (c - y_i)^2$$",
        "rubric": "2 points: both.\n\n| $w$ | says |\n|---|---|\n| 1 | one |",
    }
}
# The texts of others of which something is cut off at the side.
CUT = """[...document.querySelectorAll(".text, bdi")]
  .filter((text) => text.scrollWidth > text.clientWidth && text.clientWidth > 0)
  .map((text) => text.textContent)"""
# Whether the focused element is what one sees at its place.
UNCOVERED = """() => {
  const { left, top, height } = document.activeElement.getBoundingClientRect();
  return document.activeElement.contains(document.elementFromPoint(left + 5, top + height / 2));
}"""
ANSWERS = ["It falls: $x^2$.", "- one\n- two\n\n> three", " ".join(t[:3000] for t in HOSTILE)]
ANSWERS += [f"So ${' + '.join('abcdefghijklmnopqrstuvwxyz')}$.", ""]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    archive = Archive("independent-09", [], None, about=ABOUT)
    marks, out = Marks(archive), tmp_path_factory.mktemp("out")
    blank = ungraded("x.ipynb", Submission("0", problem="the file is empty"))
    records = [
        {
            **blank,
            "student": f"student {n}",
            "written": {"q7": [["markdown", text]] if text else []},
        }
        for n, text in enumerate(ANSWERS)
    ]
    write_marking([marks.applied(record) for record in records], archive, marks, out)
    write_class_page(mistaken(), archive, out)
    return out


def mistaken():
    """Records of a class in which many fail, with hostile names, messages and code."""
    for n, text in enumerate(HOSTILE * 5):
        test = {"passed": n % 5 == 0, "message": text[:3000], "hidden": False}
        question = {"score": n % 3, "possible": 2, "tests": [test]}
        blank = ungraded("x.ipynb", Submission("0"))
        answer = {"q7": [["code", text[:3000]]], "student": f"{n} {text[:50]}"}
        yield {**blank, **answer, "written": answer, "questions": {"q7": question}}


@pytest.fixture
def visit(page, folder):
    """Open a page, and fail on any error, dialog, or request but for the page itself."""
    with opening(page, folder, height=600) as (visit, asked):
        yield visit
    assert {url.rpartition("/")[2].partition("#")[0] for url in asked} <= {"q7.html", "class.html"}


each_page = pytest.mark.parametrize("name", ["marking/q7.html", "class.html"])


@each_page
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1366, "dark")])
def test_a_page_for_the_grader_is_read_by_axe_and_needs_no_sideways_scroll(
    visit, name, width, scheme
):
    page = visit(name, width, scheme)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("width", [360, 683, 1366])
def test_tab_leads_from_answer_to_answer_and_the_rubric_stays(visit, width):
    page = visit("marking/q7.html", width)
    page.get_by_role("link", name="1 · student 0").focus()
    for number in (2, 3):
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=f"{number} · student {number - 1}")).to_be_focused()
        expect(page.get_by_role("heading", name="Rubric")).to_be_in_viewport()
        assert page.evaluate(UNCOVERED)
    expect(page.get_by_text("student 4")).to_be_visible()
