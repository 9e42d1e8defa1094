"""What every notebook keeps: alt text, no old error, slides, stable ids, clean outputs."""

import html
import re
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree

import nbformat
import numpy as np
import pytest
from expected import QUARTIC, SLOPE

from tools.cells import slide_type
from tools.course import KINDS, ROOT, read_course

COURSE = read_course()
LESSONS = COURSE.notebooks()
UNANSWERED = [path for kind in KINDS for path in COURSE.practices(kind)]
SOLVED = [ROOT / "solutions" / path.relative_to(ROOT / "notebooks") for path in UNANSWERED]
# Options of a question may state what is wrong.
OPTION = re.compile(r"^- \*\*[a-h]\.\*\* .*$", re.MULTILINE)
SLIDE_TYPES = {"slide", "subslide", "fragment", "skip", "notes", "-"}

# The errors of the sources, each as a pattern of the sentence that would say it again.
FORBIDDEN = {
    "LinearRegression.fit solves directly": r"LinearRegression.*(uses|runs|is) gradient descent",
    "scipy's minimize is BFGS": r"minimize.*(is|uses|runs) gradient descent",
    "minimize finds a local minimum": r"minimize\b.* finds the (global )?minimum",
    "the gradient points uphill": r"gradient(?! descent)[^;]*point[^;]*(down|steepest descent)",
    "the gradient is no arrow to the minimum": r"gradient.*points (at|to|towards?) the minim",
    "convexity is not enough": r"convex.*(guarantee|always converge|any (alpha|step))",
    "batch descent may step too far": r"batch.*always (move|advance|go)",
    "with a fixed alpha SGD hovers": r"stochastic.*should (still )?converge",
    "n guesses are n − 1 updates": r"performs? n steps",
    "5 − 0.1·4 is 4.6": r"(=|is|gives|to) \$?5\.4\b",
    "one example is SGD, a few are a mini-batch": r"SGD.*one example or a (small )?batch",
    "steep does not mean far": r"steeper.*(further|farther)",
    "subgradients exist": r"only (works )?(for|on) differentiable",
    "linear per iteration only": r"linear complexity",
    "a small step may lie": r"small step (means|shows|proves).*converged",
    "MSE is convex for linear models": r"\bMSE is convex(?!.*linear)",
}
DENIALS = r"\b(not|no|never|nothing|neither|nor|cannot|wrong|false|myth|isn't|doesn't|don't|n't)\b"


def said_again(sentence):
    """The errors a sentence repeats without denying or asking them."""
    if sentence.rstrip("*_ ").endswith("?") or re.search(DENIALS, sentence, re.IGNORECASE):
        return []
    return [truth for truth, said in FORBIDDEN.items() if re.search(said, sentence, re.IGNORECASE)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Under the hood, the fit method of LinearRegression uses gradient descent.",
        "scipy.optimize.minimize is gradient descent.",
        "The gradient always points in the downhill direction of the surface.",
        "If the loss is convex, gradient descent is guaranteed to converge.",
        "Batch gradient descent always moves towards the minimum.",
        "Stochastic methods should still converge.",
        "Performs n steps of gradient descent.",
        "The new guess is 5 - (-0.4) = 5.4.",
        "SGD uses one example or a batch.",
        "The steeper the slope, the further we must be from the minimum.",
        "It only works for differentiable functions.",
        "It has linear complexity.",
        "A small step means that we converged.",
        "MSE is convex.",
    ],
)
def test_the_check_knows_each_error(sentence):
    assert said_again(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The gradient does not point at the minimum.",
        "The gradient points uphill, so we step the other way.",
        "MSE is convex for models that are linear in their parameters.",
    ],
)
def test_the_check_lets_the_truth_pass(sentence):
    assert not said_again(sentence)


def each(paths):
    """Runs a test with each of these notebooks."""
    return pytest.mark.parametrize(
        "path", paths, ids=lambda path: "-".join(path.parts[-3:-1]) + "-" + path.stem
    )


each_notebook = each([*LESSONS, *UNANSWERED, *SOLVED])


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def cells(notebook, kind):
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def outputs(notebook):
    return [output for cell in cells(notebook, "code") for output in cell.outputs]


class Figures(HTMLParser):
    """Collects the alt texts and the captions of a piece of HTML."""

    def __init__(self, page):
        super().__init__()
        self.alts, self.captions = [], page.count("<figcaption")
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.alts.append(dict(attributes).get("alt") or "")


@each_notebook
def test_notebook_is_valid_and_small(path, notebook):
    nbformat.validate(notebook)
    assert path.stat().st_size <= 400_000


@each_notebook
def test_every_picture_has_alt_text_and_a_caption(notebook):
    for output in outputs(notebook):
        data = output.get("data", {})
        figures = Figures(data.get("text/html", ""))
        assert not any(kind.startswith("image/") for kind in data), "use lu.picture"
        assert all(len(alt) >= 20 for alt in figures.alts), figures.alts
        assert figures.captions == len(figures.alts)
    for cell in cells(notebook, "markdown"):
        assert "![](" not in cell.source
        assert all(Figures(cell.source).alts)


@each_notebook
def test_no_sentence_repeats_an_error_of_the_sources(notebook):
    for cell in notebook.cells:
        for sentence in re.split(r"\n|(?<=[.?!]) ", OPTION.sub("", cell.source)):
            assert not said_again(sentence), sentence


@each_notebook
def test_no_data_frame_is_called_df_and_no_start_is_an_integer(notebook):
    for cell in cells(notebook, "code"):
        assert not re.search(r"^df = (sns|pd|lu\.load)", cell.source, re.MULTILINE)
        assert not re.search(r"^(w|x|theta|guess) = -?\d+$", cell.source, re.MULTILINE)


@each_notebook
def test_every_cell_has_a_name(notebook):
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    for cell in notebook.cells:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*-\d\d-[a-z]+", cell.id), cell.id


@each(LESSONS)
def test_every_cell_has_a_place_on_the_slides(notebook):
    for cell in notebook.cells:
        assert slide_type(cell) in SLIDE_TYPES, cell.id
    assert notebook.cells[0].metadata.slideshow.slide_type == "slide"


@each(UNANSWERED)
def test_practice_is_stored_without_answers_or_outputs(notebook):
    assert not outputs(notebook)
    assert not any(cell.execution_count for cell in cells(notebook, "code"))


@each([*LESSONS, *SOLVED])
def test_notebook_was_run_from_top_to_bottom(notebook):
    counts = [cell.execution_count for cell in cells(notebook, "code")]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_outputs_are_clean(notebook):
    for output in outputs(notebook):
        assert output.output_type != "error"
        assert output.get("name") != "stderr", output.text
        text = "".join([output.get("text", ""), output.get("data", {}).get("text/plain", "")])
        assert not re.search(r"object at 0x|np\.float64\(|<matplotlib|Warning:", text), text
        assert "application/vnd.jupyter.widget-view+json" not in output.get("data", {})


@each_notebook
def test_minutes_of_the_sections_add_up(notebook):
    text = "\n".join(cell.source for cell in cells(notebook, "markdown"))
    total = int(re.search(r"(\d+) minutes", text)[1])
    sections = re.findall(r"^## .*\((\d+) min\)", text, re.MULTILINE)
    assert len(sections) == len(re.findall(r"^## ", text, re.MULTILINE))
    assert sum(map(int, sections)) == total


@each_notebook
def test_every_picture_is_whole(notebook):
    for output in outputs(notebook):
        data = output.get("data", {})
        for still in re.findall(r'src="data:image/svg\+xml,([^"]+)"', data.get("text/html", "")):
            ElementTree.fromstring(unquote(html.unescape(still)))


@each_notebook
def test_formulas_are_closed(notebook):
    for cell in cells(notebook, "markdown"):
        prose = re.sub(r"`[^`]*`|```.*?```", "", cell.source, flags=re.DOTALL)
        assert prose.replace("\\$", "").count("$") % 2 == 0, cell.id
        assert prose.count("<details>") == prose.count("</details>"), cell.id


# Each number of the curriculum, where its lesson prints it.
PRINTED = {
    "01_derivatives": """-0.7269847099 -11.3156899 0.2045670026 0.6724177073 -9.1977450
        slope·4.24,·distance·0.33 slope·2.00,·distance·0.73""",
    "02_update_rule": """5.33 5.5 5.31156 2.393 -0.138275 -0.691410 2.392748 3.530907 5.326345
        5.10499079 5.48300247 0.94929 5.32634408 4.6 0.0427281 -0.727·-11.3157 step·12
        converged slow oscillating cycling diverging overflowed""",
    "03_convexity": """0.6724 2.39274798 5.48300247 5.10499079 0.0021258
        overflowed cycling diverging oscillating slow converged""",
    "04_tips": """244·rows 0.143695546542 0.143731895277 3.6e-05 0.0021258 0.0021 0.0022
        (0.92026961,·0.10502452) 1.03601944 2814 81°""",
    "05_multivariable_sgd": """(1.0,·-0.6) (1.0,·-1.4) 3.67·-2.33 expected·5000,·noise·600
        10,000·evaluations 64·evaluations 17·evaluations 999.40 2000.137""",
    "06_momentum": """2814 12,705·updates 0.97:·326 0.999:·9013 6,371·updates 234·updates
        343·updates 0.3:·96 0.001:·4989 6,371 9,827 short·memories':·1.0""",
}


@each([path for path in LESSONS if path.stem in PRINTED])
def test_lesson_prints_the_numbers_of_the_curriculum(path, notebook):
    printed = "".join(output.get("text", "") for output in outputs(notebook))
    for number in PRINTED[path.stem].split():
        assert re.search(rf"(?<![\d.]){re.escape(number.replace('·', ' '))}(?!\d)", printed), number


@each([path for path in LESSONS if path.stem == "02_update_rule"])
def test_lesson_2_prints_fifty_rows_of_floats(notebook):
    tables = [
        cell.outputs[0].text
        for cell in notebook.cells
        if cell.id.startswith("table-0")
        and cell.cell_type == "code"
        and "print(round(w" in cell.source
    ]
    rows = [tuple(map(float, row.split())) for row in "".join(tables).splitlines()]
    assert len(rows) == 50
    w = 0.0
    for row in rows:
        assert row == (round(w, 4), round(np.polyval(QUARTIC, w), 4))
        w -= 0.01 * np.polyval(SLOPE, w)
