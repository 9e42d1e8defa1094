"""Marks by hand: answers to read, a sheet to fill in, and the sum in every table."""

import csv
import json

import nbformat
import pytest
from handed_in import PLACEHOLDER, HandedIn, notebook

from grading.answers import END, parts, written
from grading.people import alias

FALLS = "A little more $c$, and the error **falls**.\nHow far the best $c$ is, nobody knows."


@pytest.fixture
def anybody(tmp_path, monkeypatch):
    return HandedIn(tmp_path, monkeypatch)


@pytest.fixture
def handed_in(anybody):
    return anybody.put(anna=notebook(FALLS), bert=notebook("=1+1"), cleo=notebook())


def test_the_first_run_makes_a_sheet_ready_with_a_row_for_each_mark(handed_in, capsys):
    assert handed_in.run() == 0
    assert (handed_in.out / "marks.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent,question,")
    rows = handed_in.rows("marks.csv")
    assert list(rows) == ["anna", "bert", "cleo"]
    assert all((r["question"], r["points"], r["comment"], r["of"]) == ("q7", "", "", "2")
               for r in rows.values())  # fmt: skip
    assert rows["anna"]["answer"].startswith("A little more")
    assert rows["bert"]["answer"] == "'=1+1"
    assert rows["cleo"]["answer"] == "(nothing written)"
    handed_in.put(dora="{").run()
    assert handed_in.rows("marks-2.csv")["dora"]["answer"] == "(no machine can read the file)"
    assert "q7, by hand: 0 of 3 marked" in capsys.readouterr().out
    row = handed_in.rows()["anna"]
    assert (row["total"], row["possible"], row["q7"]) == ("18", "20", "")
    assert "not marked yet: q7" in handed_in.page("feedback/anna")


def test_all_answers_stand_beside_the_rubric(handed_in):
    handed_in.run()
    page = handed_in.page("marking/q7")
    assert "2 answers and 1 without a word; 2 points at most; 0 of 3 marked" in page
    assert "2 points: one sentence says what happens to the loss" in page
    assert "1 · anna" in page and "the error falls ." in page
    assert "2 · bert" in page and "=1+1" in page
    assert page.endswith("cleo")


@pytest.mark.parametrize(
    "columns", ["student,question,points,comment", "Student;Question;Points;Comment"]
)
def test_marks_are_in_the_sum_of_every_table(handed_in, tmp_path, columns):
    line = "anna,q7,2,Well said" if "," in columns else "anna;Q7;2,0;Well said"
    handed_in.mark(columns=columns, rows=[line, line.replace("anna", "bert").replace("2", "1")])
    book = tmp_path / "book.csv"
    rows = ["A,1,anna,X,", "B,2,bert,X,", "C,3,cleo,X,"]
    book.write_text("\n".join(["Student,ID,SIS Login ID,Section,independent-01", *rows]) + "\n")
    assert handed_in.run("--canvas", book, "--gradescope") == 0
    assert {n: r["total"] for n, r in handed_in.rows().items()} == {
        "anna": "20", "bert": "19", "cleo": "18",
    }  # fmt: skip
    assert handed_in.rows()["anna"]["q7"] == "2"
    page = handed_in.page("feedback/anna")
    assert "20 of 20 points, 2 of them given by hand" in page and "Well said" in page
    canvas = (handed_in.out / "canvas.csv").read_text().splitlines()
    assert canvas[2:] == ["A,1,anna,X,20", "B,2,bert,X,19", "C,3,cleo,X,18"]
    for path in handed_in.out.glob("gradescope/*/results.json"):
        told = json.loads(path.read_text())
        assert told["score"] == sum(test["score"] for test in told["tests"])
        assert ("not marked yet" in told["output"]) == path.parent.name.startswith("cleo")


def test_a_german_spreadsheet_opens_all_tables_and_says_so_once(handed_in, tmp_path):
    handed_in.run("--semicolons")
    sheet = handed_in.out / "marks.csv"
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbfstudent;question;points;")
    sheet.write_text(sheet.read_text().replace("anna;q7;;;", "anna;q7;1,5;so, so;"))
    handed_in.put(dora=notebook("Late; but mine, too."))
    assert handed_in.run("--semicolons") == 0
    for name in ("grades.csv", "changes.csv"):
        assert (handed_in.out / name).read_bytes().startswith(b"\xef\xbb\xbfstudent;file;")
    assert "anna;anna.ipynb;;19,5;20;4;" in (handed_in.out / "grades.csv").read_text()
    assert "anna;anna.ipynb;18;19,5;q7 none → 1.5" in (handed_in.out / "changes.csv").read_text()
    assert (handed_in.out / "marks-2.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent;")
    kept = (handed_in.out / "changes.csv").read_bytes()
    handed_in.run()
    assert "anna,anna.ipynb,,19.5,20" in (handed_in.out / "grades.csv").read_text()
    assert (handed_in.out / "changes.csv").read_bytes() == kept, "19,5 and 19.5 are one number"


@pytest.mark.parametrize(
    ("line", "sign"), [("student;x\nanna;1\n", b";"), ("student\nanna\n", b",")]
)
def test_a_sheet_is_as_the_spreadsheet_that_wrote_the_roster_opens_it(
    handed_in, tmp_path, line, sign
):
    roster = tmp_path / "roster.csv"
    roster.write_text(line)
    handed_in.run("--student-id-from", roster)
    assert (handed_in.out / "marks.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent" + sign)
    assert (handed_in.out / "grades.csv").read_bytes().startswith(b"student,file,")


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (";;", "anna,q7,,,2,It falls.;2;good"),
        (";;;;;;;", "anna,q7,,,2,It falls.;2;good;;;;;"),
        ("", '"anna,q7,,,2,""It falls, then.""";2;good'),
    ],
)
def test_a_sheet_filled_in_beside_rows_that_stand_in_one_cell_is_refused(
    handed_in, capsys, header, row
):
    handed_in.mark(columns=f"student,question,points,comment,of,answer{header}", rows=[row])
    assert handed_in.run() == 2
    said = capsys.readouterr().err
    assert "in one cell" in said and "--semicolons" in said and handed_in.graded == []


FAULTS = {
    "anna,q7,2.5,": "2.5 points are more than the 2 there are",
    "anna,q7,two,": "'two' is no number from 0 to 2",
    "anna,q7,-1,": "'-1' is no number",
    "anna,q7,nan,": "'nan' is no number",
    "ana,q7,2,": "no student is called 'ana'; perhaps 'anna'",
    "anna,q9,1,": "there is no question 'q9'",
    ",q7,1,": "no student is called ''",
    "anna,q7,1,\nanna,q7,2,": "another row has another mark",
}


def test_a_mark_that_cannot_be_is_told_before_grading_and_nothing_is_lost(handed_in, capsys):
    for row, told in FAULTS.items():
        handed_in.mark(rows=["bert,q7,1,good", *row.split("\n")])
        before = (handed_in.out / "marks.csv").read_bytes()
        assert handed_in.run() == 2
        said = capsys.readouterr().err
        assert told in said and "row 3" in said.replace("row 4", "row 3")
        assert (handed_in.out / "marks.csv").read_bytes() == before
    assert handed_in.graded == [] and len(list(handed_in.out.iterdir())) == 1
    handed_in.mark(rows=["bert,q7,3,", "carl,q7,1,"])
    handed_in.run()
    assert capsys.readouterr().err.count("row ") == 2, "all faults are told at once"


def test_a_sheet_is_never_written_again_and_new_students_get_another(handed_in):
    handed_in.run()
    sheet = handed_in.out / "marks.csv"
    filled = sheet.read_text().replace("anna,q7,,,", "anna,q7,2,yes,")
    sheet.write_text(filled)
    handed_in.put(dora=notebook("Late, but mine."))
    handed_in.run()
    handed_in.run()
    assert sheet.read_text() == filled
    assert list(handed_in.rows("marks-2.csv")) == ["dora"]
    told = "q7 is marked {} of 4 {}; the points of the others are without it"
    assert told.format("for 1", "students") in handed_in.page("feedback/index")
    assert told.format("in 1", "files") in handed_in.page("class.html")
    assert not (handed_in.out / "marks-3.csv").exists()
    assert handed_in.rows()["anna"]["total"] == "20"


def test_marks_may_lie_elsewhere_and_blank_rows_say_nothing(handed_in, tmp_path):
    handed_in.run()
    elsewhere = tmp_path / "desk.csv"
    elsewhere.write_text("student,question,points\nanna,q7,1.5\nanna,q7,\ngone,q7,\n")
    assert handed_in.run("--marks", elsewhere) == 0
    assert handed_in.rows()["anna"]["total"] == "19.5"
    assert not (handed_in.out / "marks-2.csv").exists()


def test_twenty_in_canvas_are_not_made_eighteen_as_marks_are_missing(handed_in, tmp_path, capsys):
    book = tmp_path / "book.csv"
    rows = ["A,1,anna,X,20", "B,2,bert,X,20", "C,3,cleo,X,"]
    book.write_text("\n".join(["Student,ID,SIS Login ID,Section,independent-01", *rows]) + "\n")
    handed_in.mark(rows=["bert,q7,1,"])
    handed_in.run("--canvas", book)
    written = (handed_in.out / "canvas.csv").read_text().splitlines()[2:]
    assert written == ["A,1,anna,X,20", "B,2,bert,X,19", "C,3,cleo,X,18"]
    assert "keeps 20: it is 18 until all marks by hand are given" in capsys.readouterr().out


def test_anonymous_pages_and_sheets_have_no_name_and_their_marks_find_the_student(handed_in):
    handed_in.run("--anonymous")
    page = handed_in.page("marking/q7")
    sheet = handed_in.out / "marks.csv"
    for name in ("anna", "bert", "cleo"):
        assert name not in page and name not in sheet.read_text()
        assert alias(name) in page and alias(name) in sheet.read_text()
    sheet.write_text(sheet.read_text().replace(f"{alias('anna')},q7,,", f"{alias('anna')},q7,2,"))
    handed_in.run("--anonymous")
    assert handed_in.rows()["anna"]["total"] == "20"
    handed_in.run()
    assert handed_in.rows()["anna"]["total"] == "20"


def test_a_mark_for_a_tested_question_takes_the_place_of_its_tests_in_each_later_run(handed_in):
    handed_in.missed["anna", "q2"] = "your gradient is swapped"
    handed_in.mark(rows=["anna,q2,2.5,It was told so in class.", "bert,q1,,Nice names."])
    for options in ((), ("--only", "anna")):
        assert handed_in.run(*options) == 0
        assert (handed_in.rows()["anna"]["q2"], handed_in.rows()["anna"]["total"]) == (
            "2.5",
            "17.5",
        )
        page = handed_in.page("feedback/anna")
        assert "2.5 of 3 points; the tests alone would give 0" in page
        assert "It was told so in class." in page and "your gradient is swapped" in page
    assert "Nice names." in handed_in.page("feedback/bert")
    assert handed_in.rows()["bert"]["total"] == "18"


def test_a_file_that_no_machine_reads_can_be_marked_as_a_whole(anybody):
    anybody.put(anna="{")
    anybody.mark(rows=["anna,q7,2,"])
    assert anybody.run() == 1
    assert (anybody.rows()["anna"]["total"], anybody.rows()["anna"]["q7"]) == ("", "2")
    anybody.mark(rows=[f"anna,q{n},1," for n in range(1, 8)])
    assert anybody.run() == 0
    row = anybody.rows()["anna"]
    assert (
        row["total"] == "7"
        and "all points by hand; by machine: this is no notebook" in row["status"]
    )


def test_a_spreadsheet_may_take_the_zeros_before_a_number_and_spell_accents_otherwise(anybody):
    anybody.put(**{"007": notebook("a"), "Zoe\u0308": notebook("b"), "=x": notebook("c")})
    anybody.mark(rows=["7,q7,1,", "Zo\u00eb,q7,1,", "'=x,q7,1,"])
    assert anybody.run() == 0
    assert [row["total"] for row in anybody.rows().values()] == ["19"] * 3


ASKED = "## Question 7 · Explain\n\nSay why.\n\n_Points:_ 2"
GIVEN = [ASKED, PLACEHOLDER]
BEGIN = f"<!-- BEGIN QUESTION -->\n\n{ASKED}"
CLOSE = f"{END}\n\n## Check and hand in"


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ([BEGIN, "Because."], "Because."),
        ([BEGIN, PLACEHOLDER], ""),
        ([BEGIN, f"{PLACEHOLDER}\n\nBecause."], "Because."),
        ([f"{BEGIN}\n\nBecause.", PLACEHOLDER], "Because."),
        ([BEGIN.replace("Say why", "Say"), "Because."], "Because."),
        ([f"{BEGIN}\nBecause.".replace("Say why", "Say")], "Because."),
        ([BEGIN, "## My answer\n\nBecause."], "## My answer\n\nBecause."),
        ([BEGIN, PLACEHOLDER, "Because.", "", "And so."], "Because. And so."),
        ([BEGIN, "Because.\n\n" + CLOSE], "Because."),
    ],
)
def test_an_answer_is_found_wherever_it_was_written(cells, answer):
    cells = [("markdown", text) for text in ["## Question 6", "x", *cells, CLOSE, "After."]]
    found = written(parts(cells).get("q7", []), GIVEN)
    assert " ".join(text for _, text in found) == answer


def test_code_as_an_answer_in_words_is_read_too(handed_in):
    made = notebook()
    place = next(n for n, cell in enumerate(made.cells) if cell.source == PLACEHOLDER)
    made.cells[place] = nbformat.v4.new_code_cell("# it falls")
    handed_in.put(dora=made).run()
    assert "# it falls" in handed_in.page("marking/q7")


def test_many_answers_go_onto_several_pages_whose_numbers_go_on(handed_in, monkeypatch):
    monkeypatch.setattr("grading.marking.PER_PAGE", 1)
    handed_in.run()
    assert "1 · anna" in handed_in.page("marking/q7.")
    assert handed_in.page("marking/q7.").endswith("Go on to page 2")
    assert "2 · bert" in handed_in.page("marking/q7-2")
    monkeypatch.undo()
    (handed_in.out / "marking" / "notes.txt").write_text("of the assistant")
    monkeypatch.setattr("grading.run.grade_files", handed_in._grade)
    handed_in.run()
    left = sorted(path.name for path in (handed_in.out / "marking").iterdir())
    assert left == ["notes.txt", "q7.html"]


def test_no_cell_that_the_grader_writes_is_a_formula(handed_in):
    handed_in.put(**{"@sum": notebook("-1")}).run()
    with open(handed_in.out / "marks.csv", newline="", encoding="utf-8-sig") as file:
        assert not [c for row in csv.reader(file) for c in row if c and c[0] in "=+-@"]


def test_an_assignment_may_be_worth_its_tests_alone_in_canvas_while_nobody_has_a_mark(
    handed_in, tmp_path, capsys
):
    book = tmp_path / "book.csv"
    rows = ["    Points Possible,,,,18", *(f"{n},1{n},{n},X," for n in ("anna", "bert", "cleo"))]
    book.write_text("\n".join(["Student,ID,SIS Login ID,Section,independent-01", *rows]) + "\n")
    assert handed_in.run("--canvas", book) == 0
    assert "in the archive" not in capsys.readouterr().out
    handed_in.mark("marks-2.csv", rows=["anna,q7,2,"])
    handed_in.run("--canvas", book)
    assert "has 18 points in Canvas, and 20 in the archive" in capsys.readouterr().out
