"""What is joined says what found no partner: files, roster, gradebook, and the zip's students.

Nothing is graded here: a notebook of n cells gets n points.
"""

import csv
import json
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="a class is graded on Linux; see its README")
from grading.__main__ import main  # noqa: E402
from grading.archive import read_archive  # noqa: E402
from grading.grade import CaseResult, Grade  # noqa: E402
from grading.record import graded, ungraded  # noqa: E402
from grading.roster import read_roster  # noqa: E402
from grading.submission import read_submission  # noqa: E402
from grading.tables import BadTable, column, read_cells, read_table  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
ZIP = ROOT / "solutions/independent/01_derivatives.zip"


def notebook(points, variant=""):
    """A notebook that is graded with so many points here."""
    cell = {"cell_type": "code", "source": "1", "metadata": {}}
    metadata = {"otter": {"variant": variant}}
    return json.dumps({"cells": [cell] * points, "metadata": metadata, "nbformat": 4})


class Class:
    """A folder of notebooks, and what a run says of it."""

    def __init__(self, folder, monkeypatch, capsys):
        self.folder, self.out, self._capsys = folder / "in", folder / "out", capsys
        self.path, self.zip, self.graded = folder, ZIP, 0
        monkeypatch.setattr("grading.run.grade_files", self._grade)

    def _grade(self, job, names, jobs, scratch):
        self.graded += len(names)
        questions = read_archive(ZIP, self.path / "unpacked").questions
        for name in names:
            submission = read_submission(job.folder / name)
            if submission.problem:
                yield ungraded(name, submission)
                continue
            got = {
                q.name: [CaseResult(True, 0, t.points, False, "") for t in q.tests]
                for q in questions
            }
            got["q1"][0] = got["q1"][0]._replace(points=len(submission.cells))
            yield graded(name, submission, Grade(got, []))

    def hand_in(self, *names, points=18, variant=""):
        for name in names:
            path = self.folder / f"{name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(notebook(points, variant))

    def table(self, name, text, encoding="utf-8"):
        path = self.path / name
        path.write_bytes(text.encode(encoding))
        return str(path)

    def run(self, *options):
        """The exit code, what was printed, and the rows of grades.csv by student."""
        words = [str(self.zip), str(self.folder), "--out", str(self.out), *options]
        code = main([*words, "--unsafe-no-sandbox"])
        told = self._capsys.readouterr()
        self.code, self.printed = code, told.out + told.err
        return self

    @property
    def rows(self):
        with open(self.out / "grades.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    @property
    def canvas(self):
        """The rows of canvas.csv, as text."""
        return (self.out / "canvas.csv").read_text(encoding="utf-8").splitlines()

    @property
    def index(self):
        return (self.out / "feedback" / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def group(tmp_path, monkeypatch, capsys):
    """A class without students yet."""
    return Class(tmp_path, monkeypatch, capsys)


HEAD = "Student,ID,SIS User ID,SIS Login ID,Section,independent-01 (77)"
POSSIBLE = "    Points Possible,,,,,18"


def book(group, *students, head=HEAD, possible=POSSIBLE, **how):
    return "--canvas", group.table("book.csv", "\n".join([head, possible, *students]), **how)


def test_points_go_by_the_id_and_a_key_of_two_is_told(group):
    group.hand_in("anna_4711_99_hw-1")
    group.run(*book(group, '"B, Berta",900,4711,berta,A,', '"A, Anna",4711,7001,anna,A,'))
    assert [line.rpartition(",")[2] for line in group.canvas] == [
        "independent-01 (77)",
        *("18", "", "18"),
    ]
    keys = "4711 is the ID of A, Anna and the SIS User ID of B, Berta in book.csv"
    said = f"{keys}: A, Anna gets the points."
    assert group.code == 1 and said in group.printed and said in group.index


def test_a_number_of_canvas_is_no_other_key(group):
    group.hand_in("anna_4711_99_hw-1", "cleo_333_98_hw")
    group.run(*book(group, '"B, Berta",900,4711,berta,A,', '"C, Cleo",333,7002,cleo,A,'))
    assert group.canvas[2:] == ['"B, Berta",900,4711,berta,A,', '"C, Cleo",333,7002,cleo,A,18']
    assert "4711 is not in book.csv." in group.printed and group.code == 1


def test_a_key_that_fits_two_alike_gives_nobody_points(group):
    group.hand_in("x1", "anna")
    group.run(*book(group, "A,1,x1,anna,S,3", "B,2,b,x1,S,4"))
    assert group.canvas[2:] == ["A,1,x1,anna,S,18", "B,2,b,x1,S,4"]
    assert "x1 is the SIS User ID of A and the SIS Login ID of B" in group.printed
    assert "nobody gets the points" in group.printed and group.code == 1


def test_a_number_beside_a_name_that_fits_two_is_nobodys(group):
    group.hand_in("anna_4711", "cleo_4712")
    group.run(*book(group, "B,4711,7001,b,S,", "A,900,4711,a,S,", "C,901,4712,c,S,"))
    assert [line[-2:] for line in group.canvas[2:]] == ["S,", "S,", "18"]
    assert "anna_4711 is not in book.csv." in group.printed and group.code == 1


def test_tabs_of_a_spreadsheet_are_written_as_canvas_reads_them(group):
    group.hand_in("anna")
    tabs = [text.replace(",", "\t") for text in ("A,1,,anna,S,", HEAD, POSSIBLE)]
    group.run(*book(group, tabs[0], head=tabs[1], possible=tabs[2], encoding="utf-16"))
    assert group.canvas == [HEAD, POSSIBLE, "A,1,,anna,S,18"] and group.code == 0


def test_a_semicolon_and_a_decimal_comma_are_read_and_written(group):
    group.hand_in("anna_4711_99_hw-1")
    head, possible = HEAD.replace(",", ";"), POSSIBLE.replace(",", ";") + ",00"
    group.run(*book(group, '"A, Anna";4711;7001;anna;A;3,5', head=head, possible=possible))
    assert group.canvas == [head, possible, "A, Anna;4711;7001;anna;A;18"] and group.code == 0


TWO = {"head": f"{HEAD},independent-01 (88)", "possible": f"{POSSIBLE},18"}


def test_two_columns_of_one_name_are_asked_about_before_anything_is_graded(group):
    group.hand_in("anna")
    gradebook = book(group, "A,1,,anna,S,1,2", **TWO)
    group.run(*gradebook)
    assert group.code == 2 and not group.graded and not group.out.exists()
    assert "--canvas-column 77" in group.printed and "--canvas-column 88" in group.printed
    for chosen in ("88", "independent-01 (88)", "7"):
        group.run(*gradebook, "--canvas-column", chosen)
        assert (
            group.canvas[0].endswith("independent-01 (88)") and group.canvas[2] == "A,1,,anna,S,18"
        )


def test_a_title_that_is_not_there_is_asked_about_and_added_only_where_one_says_so(group):
    group.hand_in("anna")
    gradebook = book(group, "A,1,,anna,S,1", head=HEAD.replace("independent-01", "Derivatives"))
    group.run(*gradebook)
    assert group.code == 2 and not group.graded
    assert "no column to fill in that is called 'independent-01'" in group.printed
    assert "--canvas-column 77   Derivatives (77)" in group.printed
    group.run(*gradebook, "--canvas-column", "derivatives ")
    assert group.canvas[0].endswith("Derivatives (77)")
    group.run(*gradebook, "--canvas-new")
    assert group.canvas[0].endswith("Section,independent-01")


def test_what_canvas_computes_is_no_column_to_fill_in(group):
    group.hand_in("anna")
    head, possible = f"{HEAD},Lab,Lab,Final Score", f"{POSSIBLE},(read only),5,"
    gradebook = book(group, "A,1,,anna,S,1,2,3,4", head=head, possible=possible)
    group.run(*gradebook, "--canvas-column", "Lab")
    assert group.canvas[:3] == [
        head[: head.index(",indep")] + ",Lab",
        "    Points Possible,,,,,5",
        "A,1,,anna,S,18",
    ]
    group.run(*gradebook, "--canvas-column", "Final Score")
    assert group.code == 2 and "no column" in group.printed


def test_first_and_last_name_apart_and_more_keys(group):
    group.hand_in("anna", "Bo Berg", "c-9", points=7)
    head = "LastName,FirstName,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section"
    people = (
        "=Au,Anna,1,s1,anna@x.org,,x,S,1",
        "Berg,Bo,2,s2,bb,,x,S,2",
        "Cole,Cy,3,s3,cc,c-9,x,S,3",
    )
    possible = "    Points Possible,,,,,,,,7"
    group.run(*book(group, *people, head=f"{head},independent-01 (7)", possible=possible))
    assert group.canvas[2:] == [
        "'=Au,Anna,1,s1,anna@x.org,,x,S,7",
        "Berg,Bo,2,s2,bb,,x,S,7",
        "Cole,Cy,3,s3,cc,c-9,x,S,7",
    ]


@pytest.mark.parametrize("word", ["EX", "ex", "N/A"])
def test_who_is_excused_stays_so_and_it_is_told(group, word):
    group.hand_in("anna")
    group.run(*book(group, f"A,1,,anna,S,{word}"))
    assert group.canvas[2] == f"A,1,,anna,S,{word}"
    assert f"anna has 18 points, and stays {word}" in group.printed and group.code == 1


def test_two_names_of_one_student_are_one_student(group):
    group.hand_in("anna", points=3)
    group.hand_in("7001 (1)", points=3)
    group.run(*book(group, "A,1,7001,Anna,S,"))
    assert {row["student"] for row in group.rows} == {"7001"}
    assert "two files: 7001 (1).ipynb and anna.ipynb" in group.rows[0]["status"]
    assert group.canvas[2] == "A,1,7001,Anna,S,3" and group.code == 0


def test_all_who_have_no_partner_are_told_on_both_sides(group):
    group.hand_in("anna", "zoe")
    roster = group.table("roster.csv", "student\nanna\nben\n")
    people = "A,1,,anna,S,", "D,2,,dora,S,", '"Student, Test",3,,f00,S,'
    group.run(*book(group, *people), "--student-id-from", roster)
    told = [
        "zoe is not in roster.csv.",
        "ben is in roster.csv, and has no file.",
        "zoe is not in book.csv.",
        "D is in book.csv, and has no file.",
    ]
    assert group.code == 1
    assert all(words in group.printed and words in group.index for words in told)
    assert f"Needs a look: {len(told)}\n" in group.printed
    rows = {row["student"]: (row["file"], row["total"], row["status"]) for row in group.rows}
    assert rows["ben"] == ("", "", "no file")
    assert "1 student handed in no file" in group.index
    assert "2 graded, 0 not gradable, 1 without a file" in group.printed
    assert "q7, by hand: 0 of 2 marked" in group.printed


def test_when_everybody_has_a_partner_nothing_is_told(group):
    group.hand_in("anna", "Ben-Copy1")
    roster = group.table("roster.csv", "student\nAnna\nben\n")
    group.run(*book(group, "A,1,,ANNA,S,", "B,2,,Ben,S,"), "--student-id-from", roster)
    assert group.code == 0 and "Needs a look" not in group.printed
    assert [row["student"] for row in group.rows] == ["Anna", "ben"]


def drawn(group, *students):
    """The zip, as if it were drawn for these students."""
    group.zip = group.path / "drawn.zip"
    with zipfile.ZipFile(ZIP) as given, zipfile.ZipFile(group.zip, "w") as made:
        for name in given.namelist():
            made.writestr(name, given.read(name))
        made.writestr(
            "variants.json", json.dumps({"set": "s", "students": dict.fromkeys(students, {})})
        )


def test_students_for_whom_a_zip_was_drawn_are_joined_too(group):
    drawn(group, "anna", "ben", "cleo")
    group.hand_in("anna", variant="s/anna")
    group.hand_in("zoe", variant="s/ben")
    group.run()
    rows = {row["student"]: row["status"] for row in group.rows}
    assert rows["anna"] == "graded" and rows["ben"] == rows["cleo"] == "no file"
    assert "this is the notebook of ben" in rows["zoe"]
    for words in ("zoe is not in drawn.zip.", "cleo is in drawn.zip, and has no file."):
        assert words in group.printed and words in group.index
    assert group.code == 1


def test_a_gradebook_joins_numbers_of_canvas_with_names_of_a_zip(group):
    drawn(group, "anna", "ben")
    group.hand_in("a_4711_9_x", variant="s/anna")
    group.hand_in("b_4712_8_x", variant="s/ben")
    group.run(*book(group, "A,4711,,anna,S,", "B,4712,,ben,S,"))
    assert group.code == 0 and [row["status"] for row in group.rows] == ["graded"] * 2


def test_a_roster_gives_files_to_students_and_says_which_are_not_there(group):
    group.hand_in("a", "b-Copy1", "c/hw", "zoe")
    pairs = "a.ipynb,Anna", "B,Ben", "c,Cleo", "other.ipynb,Anna", "d.ipynb,Dora", ",Emil"
    roster = group.table("roster.csv", "\n".join(["File,Student ID", *pairs]))
    group.run("--student-id-from", roster)
    rows = {row["student"]: row["file"] for row in group.rows}
    assert rows == {"Anna": "a.ipynb", "Ben": "b-Copy1.ipynb", "Cleo": "c/hw.ipynb"} | {
        "Dora": "",
        "Emil": "",
        "zoe": "zoe.ipynb",
    }
    for words in ("other.ipynb of Anna is not in", "Dora is in roster.csv, and", "zoe is not in"):
        assert words in group.printed


def test_strays_are_listed_once_and_late_files_are_told(group):
    group.hand_in("carl_LATE_7_8_x", "dora_9_10_x", ".ipynb_checkpoints/01-checkpoint")
    group.run()
    assert [(row["student"], row["late"]) for row in group.rows] == [("7", "LATE"), ("9", "")]
    for text in (group.printed, group.index):
        assert text.count(".ipynb_checkpoints/01-checkpoint.ipynb") == 1
    assert group.code == 0


def test_feedback_of_a_file_that_is_gone_goes_and_what_is_not_ours_stays(group):
    group.hand_in("anna", "ben")
    group.run()
    feedback = group.out / "feedback"
    pages = {path.name for path in feedback.iterdir()}
    (feedback / "notes-0123456789ab.html").write_text("<title>Mine</title>")
    (feedback / "letter.html").write_text("<title>Feedback for you</title>")
    (group.folder / "ben.ipynb").unlink()
    group.run()
    left = {path.name for path in feedback.iterdir()}
    assert pages - left == {name for name in pages if name.startswith("ben-")}
    assert left - pages == {"notes-0123456789ab.html", "letter.html"}


def test_all_tables_are_read_before_anything_is_graded(group):
    group.hand_in("anna")
    bad = group.table("bad.csv", "a,b\n1,2\n")
    for options in (["--canvas", bad], ["--student-id-from", bad], ["--canvas", "away.csv"]):
        group.run(*options)
        assert group.code == 2 and not group.graded and not group.out.exists()


def test_where_one_table_cannot_be_written_the_others_are(group):
    group.hand_in("anna")
    (group.out / "canvas.csv").mkdir(parents=True)
    group.run(*book(group, "A,1,,anna,S,"))
    assert group.code == 1 and "canvas.csv" in group.printed
    assert "anna" in group.index and group.rows


def test_only_finds_a_student_whatever_the_case_of_his_name(group):
    group.hand_in("Jose\u0301", "ben")
    group.run("--only", "JOS\u00c9")
    assert group.graded == 1


NAMES = [["Student ID", "File"], ["Jos\u00e9", "a.ipynb"], ["M\u00fcller, B", "b.ipynb"]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("start", ["", "sep={}\r\n", "\r\n"])
def test_a_table_is_read_however_a_spreadsheet_saved_it(tmp_path, separator, encoding, start):
    path = tmp_path / "roster.csv"
    lines = [separator.join(f'"{cell}"' for cell in row) for row in NAMES]
    text = start.format(separator) + "\r\n".join(lines)
    path.write_bytes(text.encode(encoding))
    assert read_table(path) == (separator, NAMES)
    assert read_roster(path) == {"a.ipynb": "Jos\u00e9", "b.ipynb": "M\u00fcller, B"}


def test_rows_have_the_numbers_of_the_spreadsheet_and_all_columns(tmp_path):
    (tmp_path / "days.csv").write_text(" Days ,student\n\n,\n2, anna \n3\n")
    rows = [(4, {"days": "2", "student": "anna"}), (5, {"days": "3", "student": ""})]
    assert read_cells(tmp_path / "days.csv") == (["days", "student"], rows)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("of,mark\na,1\n", "`file` and `student`"),
        ("student,Student\na,b\n", "columns 1 and 2 are both called 'student'"),
        ("file,student\n\na,\n", "row 3 gives a to nobody"),
        ("file,student\na,x\n\na,y\n", "row 4 gives a to more than one student: x and y"),
        ("PK\x03\x04", "save it as"),
        ("", "is empty"),
    ],
)
def test_a_roster_that_cannot_be_used_is_told(tmp_path, text, says):
    path = tmp_path / "roster.csv"
    path.write_text(text)
    with pytest.raises(BadTable, match=says):
        read_roster(path)


def test_a_header_may_be_spelt_otherwise():
    assert column("x", ["Mark", "student_ID", " FILE "], "student", "studentid") == 1
    assert column("x", ["Mark"], "student") is None


FOUND = {
    "last name first": (["anna_meyer", "Bert Gross"], 'student\n"Meyer, Anna"\n"Gross, Bert"\n'),
    "other letters": (["Jose", "Mueller"], "student\nJosé\nMüller\n"),
    "mail": (["anna.m", "BG@x.de"], "Username;Email\n;\nAnna.M@x.de;\nbg@x.de;\n"),
    "names apart": (["Anna Meyer", "Gross, Bert"], "First Name,Surname\nAnna,Meyer\nBert,Gross\n"),
    "a number beside a name": (["a_4711", "4712 b"], "Name,SID\nA,4711\nB,4712\n"),
    "zeros gone": (["00471", "00472 (1)"], "student\n471\n472.0\n"),
    "large numbers": (["4711", "c_4712_9_x"], "student;of\n4,711E+03;x\n4.71200E+03;\n"),
    "a header again": (["anna", "bert"], "student\nanna\n\nstudent\nbert\n"),
    "a path of Windows": (["x/anna", "x/bert"], "file,student\nx\\anna.ipynb,a\nX\\bert,b\n"),
    "cells of two lines": (["a", "b"], '\n"of\nit",student\n"1\n2",a\n\n"3\n\n4",b\n'),
}


@pytest.mark.parametrize("how", FOUND)
def test_a_roster_finds_everybody(group, how):
    files, text = FOUND[how]
    group.hand_in(*files)
    group.run("--student-id-from", group.table("roster.csv", text))
    assert group.code == 0 and len(group.rows) == 2, group.printed


def test_a_name_that_may_be_two_peoples_is_nobodys(group):
    group.hand_in("Perez, Jose", "anna")
    roster = "student\nJose Perez\nJosé Perez\nanna@x.org\nanna@y.org\n"
    group.run("--student-id-from", group.table("roster.csv", roster))
    for words in ("Perez, Jose is not in roster.csv.", "anna is not in roster.csv."):
        assert words in group.printed
    assert group.printed.count("has no file.") == 4


def test_text_of_excel_without_its_mark_is_read_and_other_zeros_are_refused(tmp_path):
    path = tmp_path / "roster.csv"
    for encoding in ("utf-16-le", "utf-16-be"):
        path.write_bytes("student\r\nJos\u00e9".encode(encoding))
        assert read_roster(path) == {"Jos\u00e9": "Jos\u00e9"}
    path.write_bytes(b"student\nan\0na\n")
    with pytest.raises(BadTable, match="it is no text"):
        read_roster(path)


def test_what_a_spreadsheet_has_rounded_stops_the_run(group):
    group.hand_in("123457000000")
    for options in (
        ("--student-id-from", group.table("roster.csv", "student\n\n1.23457E+11\n")),
        book(group, "", "A,1,1.23457E+11,anna,S,"),
    ):
        group.run(*options)
        assert group.code == 2 and not group.graded
        assert "csv, row 3: a spreadsheet" in group.printed or "row 4: a spread" in group.printed


def test_a_gradebook_that_a_spreadsheet_has_changed_is_understood_and_mended(group):
    group.hand_in("4711", "bert_mueller", "cleo")
    people = '"A, A",4.711E+03,,a,S,', HEAD, POSSIBLE, '"Müller, Bert",2,,b,S,'
    sections = '"C, C",3,,cleo,S 1,', '"C, C",3,,cleo,S 2,'  # one student is in both
    group.run(*book(group, *people, *sections))
    assert group.code == 0
    assert group.canvas[2:] == [
        '"A, A",4711,,a,S,18',
        '"Müller, Bert",2,,b,S,18',
        '"C, C",3,,cleo,S 1,18',
    ]


def test_two_of_one_name_are_told_by_their_rows(group):
    group.hand_in("Anna Meyer")
    group.run(*book(group, "", '"Meyer, Anna",1,1,am,S,', '"Meyer, Anna",2,2,am2,S,'))
    fits = "the name of Meyer, Anna (row 4) and the name of Meyer, Anna (row 5) in book.csv"
    assert f"Anna Meyer is {fits}: nobody gets the points." in group.printed
