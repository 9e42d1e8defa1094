"""Feedback as files that a learning platform hands to its students."""

import zipfile

import nbformat
import pytest
from handed_in import HandedIn, notebook

pytest.importorskip("resource", reason="a class is graded on Linux; see its README")
from grading.canvas_feedback import is_named  # noqa: E402


@pytest.fixture
def handed_in(tmp_path, monkeypatch):
    return HandedIn(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ("doejane_4711_99_01_derivatives.ipynb", True),
        ("doejane_LATE_4711_99_01_derivatives-1.ipynb", True),
        ("anon_x1Y2z_99_01.ipynb", True),
        ("folder/doe_4711_99_a.ipynb", True),
        ("anna.ipynb", False),
        ("anna_2026_11_27.ipynb", True),
        ("01_derivatives.ipynb", False),
        ("doe_4711_99_\n.ipynb", False),
    ],
)
def test_names_that_canvas_gave(file, named):
    assert is_named(file) == named


def test_canvas_gets_a_notebook_of_feedback_under_the_name_of_each_submission(handed_in):
    jane, roe = "doejane_4711_99_01_derivatives-1", "roe_LATE_12_98_hw"
    handed_in.put(**{jane: notebook("It falls."), roe: "{", "anna": notebook()})
    handed_in.missed[jane, "q2"] = "<b>swapped</b> and $x$"
    handed_in.mark(rows=["4711,q7,2,*Well* said"])
    handed_in.run()
    with zipfile.ZipFile(handed_in.out / "feedback_canvas.zip") as made:
        assert sorted(made.namelist()) == sorted([f"{roe}.ipynb", f"{jane}.ipynb"])
        told = {name: nbformat.reads(made.read(name).decode(), 4) for name in made.namelist()}
    (cell,) = told[f"{jane}.ipynb"].cells
    assert "**17 of 20 points**, 2 of them given by hand" in cell.source
    assert "<pre>&lt;b&gt;swapped&lt;/b&gt; and &#36;x&#36;</pre>" in cell.source
    assert cell.source.count("swapped") == 1, "a hidden test says nothing to the student"
    assert "<pre>*Well* said</pre>" in cell.source
    assert "could not be graded" in told[f"{roe}.ipynb"].cells[0].source
    before = (handed_in.out / "feedback_canvas.zip").read_bytes()
    handed_in.run()
    assert (handed_in.out / "feedback_canvas.zip").read_bytes() == before


def test_without_names_of_canvas_there_is_no_such_zip(handed_in):
    handed_in.put(anna=notebook()).run()
    assert not (handed_in.out / "feedback_canvas.zip").exists()
