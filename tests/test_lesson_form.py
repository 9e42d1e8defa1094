"""How the cells of a lesson look: short code, short text, predictions before answers, one language.

`make test PYTEST_FLAGS="-n0 -s -k measured"` prints the table of what is measured here.
"""

import ast
import html
import re
from itertools import pairwise
from pathlib import Path
from statistics import median

import nbformat
import pytest

from tools.cells import hides_source, slide_type
from tools.course import read_course

LESSONS = read_course().notebooks()
FOLD = re.compile(r"<details>.*?</details>", re.DOTALL)
# What the line of a fold may say: it names what is in it, and tells nothing of that.
SUMMARY = re.compile(
    r"Answer( to the last question)?|Compare with the \w+|What the (\w+ )?\w+ (shows?|says?)"
)
TITLES = {
    "Has the run arrived?",
    "The proof for the parabola",
    "Where does that come from?",
    "Where the limit comes from",
}
BY_HAND = {"derive-01-predict"}  # where the answer is worked out on paper
CLOSING = "## Take this with you (2 min)"
# Other people's words for the loss are told once, in lesson 4. (A computation has its cost.)
OTHER_WORDS = re.compile(r"(?i)\b(empirical )?risk\b|\bobjective\b|\bcost function\b|\*cost\*")
LIMITS = {"code median": 4, "code p90": 10, "code max": 14, "prose median": 55, "steps": 40}


class Form:
    """The cells of one lesson as its reader sees them."""

    def __init__(self, cells):
        self.cells = [one for one in cells if slide_type(one) != "notes"]
        code = [one for one in self.cells if one.cell_type == "code"]
        self.hidden = [one for one in code if hides_source(one)]
        self.visible = [one for one in code if not hides_source(one)]
        self.prose = [one for one in self.cells if one.cell_type == "markdown"]

    def measured(self):
        """What LIMITS limits, and how much there is of the rest."""
        lines = sorted(len(filled(one.source)) for one in self.visible)
        words = [len(FOLD.sub("", one.source).split()) for one in self.prose]
        return {
            "steps": len(self.cells) - len(self.hidden),
            "code median": median(lines),
            "code p90": lines[int(0.9 * len(lines))],
            "code max": lines[-1],
            "prose median": median(filter(None, words)),
            "hidden": len(self.hidden),
            "predictions": len(self.predictions()),
        }

    def predictions(self):
        """The ids of the cells in which the reader commits to an answer."""
        asking = {"ask", "predict"}
        code = self.visible + self.hidden
        return [one.id for one in code if asking & {name for name, _ in calls(one)}]


def filled(source):
    """The lines that are not blank."""
    return [line for line in source.splitlines() if line.strip()]


def calls(cell):
    """The calls in a cell: the name of what is called, and the call."""
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def draws_still(cell):
    return "picture" in dict(calls(cell))


def texts(node):
    """The words in an expression."""
    parts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return "".join(part for part in parts if isinstance(part, str))


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def form(path):
    return Form(nbformat.read(path, as_version=4).cells)


def test_the_measured_cells_are_short(path, form):
    measured = form.measured()
    print(f"\n{path.stem:22}", "  ".join(f"{name} {value:g}" for name, value in measured.items()))
    assert {name: measured[name] for name in LIMITS if measured[name] > LIMITS[name]} == {}


def test_no_line_of_a_fold_tells_what_is_in_it(form):
    said = [words.strip() for one in form.prose for words in summaries(one.source)]
    assert said and [w for w in said if not SUMMARY.fullmatch(w) and w not in TITLES] == []


def summaries(source):
    return re.findall(r"<summary>(.*?)</summary>", source, re.DOTALL)


def test_a_reader_commits_to_five_predictions_and_no_code_tells_the_answer(form):
    assert len(form.predictions()) >= 5
    asked = [one.id for one in form.visible if "ask" in dict(calls(one))]
    assert asked == [], "the replies of lu.ask are answers: hide the source"


def test_a_still_picture_has_a_cell_of_its_own_whose_code_is_hidden(form):
    assert [one.id for one in form.visible if draws_still(one)] == []
    both = [one.id for one in form.hidden if draws_still(one) and "print" in dict(calls(one))]
    assert both == [], "a cell computes and prints, or it draws"
    assert any(map(draws_still, form.hidden))


# What sets the axes, the marks and the labels of a picture; one call of a figure may be seen.
PLUMBING = re.compile(
    r"annotate|ax[hv]line|bar|contour|fill_between|imshow|legend|new_axes|plot|scatter"
    r"|set_(x|y|title)\w*|tight_layout"
)


def test_no_plumbing_of_a_picture_is_seen(form):
    seen = [(one.id, name) for one in form.visible for name, _ in calls(one)]
    assert [(cell, name) for cell, name in seen if PLUMBING.fullmatch(name)] == []


def test_alt_texts_and_long_captions_are_not_seen(form):
    for cell in form.visible:
        for _, call in calls(cell):
            told = {keyword.arg: texts(keyword.value) for keyword in call.keywords}
            assert "alt" not in told, cell.id
            assert len(told.get("caption", "")) <= 100, cell.id


def test_the_first_line_of_hidden_code_tells_nothing(form):
    # JupyterLab shows it on the bar that stands for the cell.
    for cell in form.hidden:
        first = cell.source.lstrip().partition("\n")[0]
        assert not re.search(r"\b(alt|reply|right)=|[\"']\s*:", first), cell.id


def test_each_line_is_printed_at_once(form):
    """On stage a line that arrives in pieces is garbled: its JupyterLab writes over what it has."""
    printed = [
        (one.id, call) for one in form.visible for name, call in calls(one) if name == "print"
    ]
    assert [at for at, call in printed if "end" in {word.arg for word in call.keywords}] == []


def test_the_closing_heading_is_that_of_all_lessons(form):
    headings = re.findall(r"^## .*$", "\n".join(one.source for one in form.prose), re.MULTILINE)
    assert headings[-1] == CLOSING


def test_a_fold_stands_after_the_run_that_it_speaks_of(form):
    asked = None  # the cell whose question has had no run yet
    for cell in form.cells:
        if cell.cell_type == "code":
            asked = None
            continue
        for words in re.split(r"(?<=</details>)", cell.source):
            question, fold, _ = words.partition("<details>")
            if "**Predict" in question:
                asked = cell.id
            assert not (fold and asked) or asked in BY_HAND, cell.id


def shown(cell):
    """The HTML that a cell of code has made."""
    return "".join(one.get("data", {}).get("text/html", "") for one in cell.get("outputs", ()))


def test_what_a_figure_says_at_first_does_not_hold_its_answer(form):
    for cell in form.cells:
        page, ask, fold = html.unescape(shown(cell)).partition('<div class="lf-ask"')
        if "<figure" not in page or not ask:
            continue
        fold, _, rest = fold.partition("</details>")
        said = re.findall(r'<img[^>]* alt="([^"]*)"', page) + re.findall(
            "<figcaption.*?>([^<]*)", rest
        )
        right = re.findall(r"<dt>([^<]*) \(correct\)</dt>", fold)
        assert not any(one.lower() in " ".join(said).lower() for one in right), cell.id
        number = r"−?[\d.]*\d"
        told = re.findall(f"The answer is ({number})", fold)
        assert not set(told) & set(re.findall(number, " ".join(said))), cell.id


def test_who_asks_about_a_run_that_is_played_asks_in_its_figure(form):
    # Its still picture, and what is said of it, would show the end under the question.
    for before, cell in pairwise(form.cells):
        plays = "{addPlayer" in shown(cell) and "lf-ask" not in shown(cell)
        assert not plays or "**Predict" not in FOLD.sub("", before.source), cell.id


def test_l_is_the_lipschitz_constant_and_nothing_else():
    for path in [*LESSONS, *Path("solutions/masters").glob("*/*.ipynb")]:
        for cell in nbformat.read(path, as_version=4).cells:
            assert not re.search(r"(?<![\w\\])L *\(", cell.source), (path.name, cell.id)


def test_the_loss_has_one_name(path, form):
    said = [one.id for one in form.cells if OTHER_WORDS.search(one.source)]
    assert len(said) == (1 if path.stem == "04_tips" else 0), said


def test_machine_learning_is_named_where_the_course_begins():
    cells = nbformat.read(LESSONS[0], as_version=4).cells
    third = [k for k, one in enumerate(cells) if one.source.startswith("## ")][1]
    assert "machine learning" in " ".join(one.source for one in cells[:third])


def test_what_is_measured_is_what_is_seen():
    new, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    look = {"jupyter": {"source_hidden": True}}
    notes = {"slideshow": {"slide_type": "notes"}}
    cells = [new("one two <details><summary>Answer</summary>three</details>")]
    cells += [new("a b c d"), new("<details>e</details>"), new("For the teacher.", metadata=notes)]
    cells += [
        code("x = 1\n\ny = 2"),
        code("figure.predict()"),
        code("lu.ask()\n" * 9, metadata=look),
    ]
    assert Form(cells).measured() == {
        "steps": 5,
        "code median": 1.5,
        "code p90": 2,
        "code max": 2,
        "prose median": 3,
        "hidden": 1,
        "predictions": 2,
    }
