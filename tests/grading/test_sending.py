"""Feedback as files that a learning platform hands to its students."""

import json
import subprocess
import sys
import zipfile

import nbformat
import pytest
from handed_in import HandedIn, notebook

from grading.canvas_feedback import is_named


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
        ("anna_2026_11_27.ipynb", False),
        ("01_derivatives.ipynb", False),
        ("doe_4711_99_\n.ipynb", False),
    ],
)
def test_names_that_canvas_gave(file, named):
    assert is_named(file) == named


def test_canvas_gets_a_notebook_of_feedback_under_the_name_of_each_submission(handed_in):
    jane, roe = "doejane_4711_99_01_derivatives-1", "roe_LATE_12_98_hw"
    handed_in.put(**{jane: notebook("It falls."), roe: "{"})
    handed_in.missed[jane, "q2"] = "<b>swapped</b> and $x$"
    handed_in.mark(rows=["4711,q7,2,*Well* said"])
    handed_in.run()
    with zipfile.ZipFile(handed_in.out / "feedback_canvas.zip") as made:
        assert sorted(made.namelist()) == sorted([f"{roe}.ipynb", f"{jane}.ipynb"])
        told = {name: nbformat.reads(made.read(name).decode(), 4) for name in made.namelist()}
    nbformat.validate(told[f"{jane}.ipynb"])
    head, *cells = told[f"{jane}.ipynb"].cells
    assert "**17 of 20 points**, 2 of them given by hand" in head.source
    said = [cell.source for cell in cells]
    (missed,) = [text for text in said if "swapped" in text]  # nothing of a hidden test
    assert missed.startswith("## Question 2: ")
    assert "<pre>&lt;b&gt;swapped&lt;/b&gt; and &#36;x&#36;</pre>" in missed
    assert said[-2:] == ["It falls.", "**Comment:**\n\n*Well* said"]
    assert "could not be graded" in told[f"{roe}.ipynb"].cells[0].source
    before = (handed_in.out / "feedback_canvas.zip").read_bytes()
    handed_in.run()
    assert (handed_in.out / "feedback_canvas.zip").read_bytes() == before


def test_without_names_of_canvas_there_is_no_such_zip(handed_in):
    handed_in.put(anna=notebook()).run()
    assert not (handed_in.out / "feedback_canvas.zip").exists()


class Gradescope:
    """A machine laid out as Gradescope's, with the autograder that was uploaded."""

    def __init__(self, root, upload):
        self.root = root
        for name in ("source", "submission", "results"):
            (root / name).mkdir(parents=True)
        with zipfile.ZipFile(upload) as made:
            made.extractall(root / "source")
            rights = {info.filename: info.external_attr >> 16 for info in made.infolist()}
        assert rights["run_autograder"] & 0o111 and rights["setup.sh"] & 0o111

    def submit(self, text, **user):
        """What a submission gets: its results, or None where there are none."""
        (self.root / "submission" / "hw.ipynb").write_text(text, encoding="utf-8")
        metadata = json.dumps({"users": [user]})
        (self.root / "submission_metadata.json").write_text(metadata, encoding="utf-8")
        results = self.root / "results" / "results.json"
        results.unlink(missing_ok=True)
        program = self.root / "source" / "run_autograder"
        done = subprocess.run([sys.executable, program], capture_output=True, text=True)
        assert (done.returncode == 0) == results.exists(), done.stderr
        return json.loads(results.read_text()) if results.exists() else None


def test_gradescope_hands_each_submission_the_result_that_was_made_for_it(handed_in, tmp_path):
    same = notebook("the same words")
    handed_in.put(anna=notebook("It falls."), ben=same, cleo=same, dora="{")
    handed_in.mark(rows=["anna,q7,2,Well said", "ben,q7,1,"])
    handed_in.run("--gradescope")
    scope = Gradescope(tmp_path / "autograder", handed_in.out / "gradescope" / "upload.zip")
    text = {
        name: (handed_in.folder / f"{name}.ipynb").read_text() for name in ("anna", "ben", "dora")
    }
    told = scope.submit(text["anna"], name="Anna A.", email="x@y.org")
    assert told["score"] == 20 and told["tests"][-1]["output"] == "Well said"
    assert scope.submit(text["ben"], name="B", email="ben@y.org")["score"] == 19
    assert scope.submit(text["ben"], name="Cleo")["score"] == 18
    assert scope.submit(text["ben"], name="Eva") is None, "whose of the two it is, nobody knows"
    assert scope.submit(text["dora"]) is None, "no result is not 0"
    assert scope.submit("{}") is None
