"""Formulas typeset without a browser: what a page gets, and what a slip is told."""

import nbformat
import pytest

from tools import slides
from tools.formulas import FormulaError, Typesetter


@pytest.fixture(scope="module")
def typesetter():
    with Typesetter() as typesetter:
        yield typesetter


def test_a_formula_is_mathml_for_screen_readers_and_letters_for_eyes(typesetter):
    html = typesetter.html(r"\frac{1}{n} \sum_i \theta_i", display=True)
    spoken = html[html.index("<math") : html.index("</math>")]
    for part in ("<mfrac>", "<mn>1</mn>", "<munder>", "<mi>θ</mi>"):
        assert part in spoken
    drawn = html[: html.index("<math")]
    assert 'aria-hidden="true"' in drawn and "mjx-c1D703" in drawn  # an italic theta


def test_a_page_has_the_style_of_its_own_formulas_only(typesetter):
    typesetter.style("fonts")
    typesetter.html(r"\alpha")
    style = typesetter.style("../there")
    assert "mjx-c1D6FC" in style and "mjx-c1D703" not in style
    assert 'url("../there/MathJax_Main-Regular.woff")' in style
    assert typesetter.style("fonts") == ""  # a page without formulas


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (r"\thetta + 1", r"Undefined control sequence \thetta"),
        (r"\frac{1}{n", "close brace"),
        (r"\left( x", r"missing \right"),
    ],
)
def test_a_slip_is_told_with_its_formula_and_the_next_one_is_typeset(typesetter, slip, said):
    with pytest.raises(FormulaError) as told:
        typesetter.html(slip)
    assert said in str(told.value) and slip in str(told.value)
    assert "<mi>x</mi>" in typesetter.html("x")


def test_the_slides_name_the_lesson_whose_formula_cannot_be_read(tmp_path):
    cells = [nbformat.v4.new_markdown_cell(text) for text in ("# 9 · Slip", r"Here $\nope{x}$.")]
    for cell in cells:
        cell.metadata["slideshow"] = {"slide_type": "slide"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "09_slip.ipynb")
    with pytest.raises(FormulaError, match=r"09_slip.ipynb: .*\\nope in the formula"):
        slides.build(tmp_path / "built", [tmp_path / "09_slip.ipynb"])
