"""What went wrong in a class: answers that behave alike, questions that tell, what to show."""

import handed_in as handed_in_files
import nbformat
import numpy as np
import pytest
from handed_in import HandedIn, notebook

from grading.items import Items
from grading.misconceptions import read_misconceptions

CLIMBS = "def downhill(slope):\n    return 1.0 if slope > 0 else -1.0"


@pytest.fixture
def handed_in(tmp_path, monkeypatch):
    return HandedIn(tmp_path, monkeypatch)


def test_answers_that_behave_alike_stand_together_with_their_code(handed_in):
    other = CLIMBS.replace("1.0 if slope > 0 else -1.0", "np.sign(slope)")
    spaced = CLIMBS.replace("\n", "\n\n")
    wrong = {"anna": CLIMBS, "bert": other, "cleo": spaced, "dora": "def downhill(slope): return 0"}
    handed_in.put(**{name: notebook(code={"def downhill": code}) for name, code in wrong.items()})
    for name in ("anna", "bert", "cleo"):
        handed_in.missed[name, "q5"] = "your hiker climbs"
    handed_in.missed["dora", "q5"] = "your hiker stands"
    handed_in.put(eva=notebook()).run()
    page = handed_in.page("class.html")
    assert "Question 5: missed by 4 of 5" in page
    alike = page.partition("3 answers that behave alike")[2].partition("1 answer ")[0]
    assert "your hiker climbs" in alike and "your hiker stands" not in alike
    assert "anna , bert , cleo" in alike
    assert "1.0 if slope &gt; 0 else -1.0 written by 2" in alike
    assert "np.sign(slope) written by 1" in alike
    assert "Question 4" not in page


def test_the_commonest_misconception_comes_first_with_what_shows_it(handed_in):
    handed_in.put(anna=notebook(code={"def downhill": CLIMBS, "def gradient_h": "gradient_h = 1"}))
    wrote = {"def gradient_h": "gradient_h = 2", "def dr": "def dr(w): pass"}
    handed_in.put(bert=notebook(code=wrote), cleo=notebook())
    for name, question in (("anna", "q2"), ("bert", "q2"), ("cleo", "q3")):
        handed_in.missed[name, question] = "a gradient is a vector"
    handed_in.missed["bert", "q3"] = "dr returns nothing yet"
    handed_in.missed["anna", "q5"] = "your hiker climbs: check the sign."
    handed_in.run()
    page = handed_in.page("class.html")
    first, second, *others = page.partition("to meet")[2].split("What to answer")
    assert "“The gradient is a number.” 2 students in q2 (misconception 12)" in first
    assert "“Add the slope.” 1 student in q5 (misconception 4)" in second, "blank is no mistake"
    assert "Show it: The angle" in second
    assert len(others) == 1, "by its words that answer shows 4, and not 11"
    assert "That shows: “Add the slope.” (4) anna" in page


def test_every_misconception_of_the_course_has_a_demonstration():
    found = read_misconceptions()
    assert sorted(found) == [*range(1, 19)]
    assert all(each.demos and each.answer and each.section for each in found.values())


def test_without_the_pages_for_teachers_there_are_numbers_only(handed_in, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "grading.class_page.read_misconceptions", lambda: read_misconceptions(tmp_path)
    )
    handed_in.missed["anna", "q2"] = "a gradient is a vector"
    handed_in.put(anna=notebook(code={"def gradient_h": "gradient_h = 1"})).run()
    assert "Misconception 12 1 student in q2" in handed_in.page("class.html")


def test_difficulty_and_discrimination_are_those_of_numpy():
    rng = np.random.default_rng(3)
    scores = rng.integers(0, 3, (30, 4)).astype(float)
    scores[:, 3] = 2
    items = Items()
    for row in scores:
        questions = {f"q{n}": {"score": s, "possible": 2} for n, s in enumerate(row)}
        items.add({"problem": "", "questions": questions})
    items.add({"problem": "empty", "questions": {}})
    for n, item in enumerate(items.items()):
        assert item.difficulty == pytest.approx(scores[:, n].mean() / 2)
        rest = np.delete(scores, n, axis=1).sum(axis=1)
        if n == 3:
            assert item.discrimination is None
        else:
            assert item.discrimination == pytest.approx(np.corrcoef(scores[:, n], rest)[0, 1])
    totals = scores.sum(axis=1)
    assert items.spread()[:3] == pytest.approx(np.percentile(totals, [25, 50, 75]))
    assert items.spread()[3] == pytest.approx(totals.std(ddof=1))


@pytest.mark.parametrize("count", [0, 1])
def test_a_class_of_one_is_not_compared(handed_in, count):
    handed_in.put(broken="{", **({"anna": notebook()} if count else {})).run()
    assert f"{count} graded file{'' if count else 's'}: too few" in handed_in.page("class.html")


def test_of_very_many_students_the_first_are_named_and_the_others_folded(handed_in, monkeypatch):
    monkeypatch.setattr("grading.class_page.MOST_NAMES", 2)
    monkeypatch.setattr("grading.class_page.MOST_GROUPS", 1)
    for n, name in enumerate("abcde"):
        handed_in.put(**{name: notebook(code={"def gradient_h": "gradient_h = 1"})})
        handed_in.missed[name, "q2"] = f"it is {max(n, 2)}"
    handed_in.run()
    page = handed_in.page("class.html")
    assert "a , b and 1 more c" in page
    assert "And 2 more" in page


def test_who_wrote_nothing_stands_apart_and_tests_that_say_the_same_together(handed_in):
    handed_in.put(anna=notebook(code={"def gradient_h": "# mine\ngradient_h = 1"}), bert=notebook())
    for name in ("anna", "bert"):
        handed_in.missed[name, "q2"] = "no vector"
    handed_in.run()
    told = handed_in.page("class.html").partition("Question 2: missed by 2 of 2")[2]
    assert "1 answer ✗ tests 1, 2 : no vector anna # mine gradient_h = 1" in told
    assert told.endswith("1 wrote nothing here bert")


def test_notes_beside_code_do_not_tell_the_same_code_apart(handed_in):
    for name, note in (("anna", "I think so."), ("bert", "Is it so?")):
        made = notebook(code={"def gradient_h": "gradient_h = 1"})
        place = next(n for n, cell in enumerate(made.cells) if cell.source == "gradient_h = 1")
        made.cells.insert(place, nbformat.v4.new_markdown_cell(note))
        handed_in.put(**{name: made}).missed[name, "q2"] = "no vector"
    handed_in.run()
    told = handed_in.page("class.html").partition("2 answers that behave alike")[2]
    assert told.endswith("anna , bert gradient_h = 1")


def test_a_misconception_that_no_message_shows_is_called_a_guess(tmp_path, monkeypatch):
    for name in ("ZIP", "BLANK"):  # of a lesson with a question whose messages show none: q6
        other = getattr(handed_in_files, name).with_stem("02_update_rule")
        monkeypatch.setattr(handed_in_files, name, other)
    handed_in = HandedIn(tmp_path, monkeypatch)
    wrote = {"my_data": "my_data = 1", "run_a": "run_a = 1"}
    handed_in.put(anna=notebook(code=wrote), bert=notebook(code=wrote))
    handed_in.missed["anna", "q4"] = "that takes alpha for the step length"
    handed_in.missed["bert", "q6"] = "no"
    handed_in.run()
    told = handed_in.page("class.html").partition("to meet")[2]
    assert "2 students in q4 , q6 (misconception 6) 1 of them guessed from the question" in told
    handed_in.missed["bert", "q4"] = handed_in.missed.pop(("bert", "q6"))
    (handed_in.out / "results.sqlite").unlink()
    handed_in.run()
    told = handed_in.page("class.html").partition("to meet")[2]
    assert "1 student in q4 (misconception 6) What to answer" in told, "here messages can tell"
