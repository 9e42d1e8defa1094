"""Points less for days late, and what another grading changed."""

import json
import re

import pytest
from handed_in import HandedIn, notebook

from grading.late import read_rule
from grading.tables import BadTable


@pytest.fixture
def handed_in(tmp_path, monkeypatch):
    return HandedIn(tmp_path, monkeypatch).put(anna=notebook(), bert=notebook(), cleo=notebook())


@pytest.mark.parametrize(
    ("rule", "days", "off"),
    [
        ("10% a day, at most 50%", 1, 2),
        ("10% a day, at most 50%", 0.2, 2),
        ("10% a day, at most 50%", 7, 10),
        ("10 % per day", 20, 20),
        ("1 point a day", 3, 3),
        ("1.5 points each day, up to 4 points", 3, 4),
        ("2,5% A DAY", 1, 0.5),
        ("10% a day, 2 days free", 2, 0),
        ("10% a day, at most 50%, 2 days free", 3, 2),
        ("30 points a day", 1, 20),
        ("10% a day", 0, 0),
    ],
)
def test_a_rule_takes_off_what_it_says_and_never_more_than_there_is(rule, days, off):
    assert read_rule(rule).off(20, days) == off


@pytest.mark.parametrize(
    "rule", ["", "10%", "ten a day", "10% a week", "10% a day at most 5", "-1% a day"]
)
def test_another_rule_is_asked_about(rule):
    with pytest.raises(BadTable, match='say "10% a day'):
        read_rule(rule)


def test_days_come_from_a_table_or_from_canvas_and_every_table_has_what_is_left(
    handed_in, tmp_path, capsys
):
    days, book = tmp_path / "days.csv", tmp_path / "book.csv"
    days.write_text("Student;Days\nanna;2\nbert;0\nzora;1\n")
    book.write_text("Student,ID,SIS Login ID,Section,independent-01\nA,1,anna,X,\n")
    handed_in.mark(rows=["anna,q7,2,"])
    options = ["--late", "10% a day, at most 50%", "--late-days", days]
    handed_in.run(*options, "--canvas", book, "--gradescope")
    rows = handed_in.rows()
    assert (rows["anna"]["total"], rows["bert"]["total"]) == ("16", "18")
    assert "4 points less: 2 days late (10% a day, at most 50%)" in rows["anna"]["status"]
    assert (
        rows["bert"]["status"] == "graded without a sandbox" or "late" not in rows["bert"]["status"]
    )
    assert "This is 4 points less: 2 days late" in handed_in.page("feedback/anna")
    assert (handed_in.out / "canvas.csv").read_text().splitlines()[2] == "A,1,anna,X,16"
    (path,) = handed_in.out.glob("gradescope/anna*/results.json")
    assert json.loads(path.read_text())["score"] == 16
    assert "zora is in" in capsys.readouterr().out
    handed_in.run()
    assert "anna: 16 before, 20 now (taken off 4 → 0)" in capsys.readouterr().out
    assert handed_in.rows()["anna"]["total"] == "20", "without the rule nothing comes off"


def test_what_canvas_calls_late_is_one_day(handed_in):
    handed_in.put(doe_LATE_4711_99_hw=notebook()).run("--late", "1 point a day")
    assert sorted(row["total"] for row in handed_in.rows().values()) == ["17", "18", "18", "18"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("student,days\nanna,two\n", "'two' is no number of days"),
        ("student,days\nanna,1\nanna,2\n", "has two numbers of days"),
        ("who,days\nanna,1\n", "needs the columns `student` and `days`"),
    ],
)
def test_a_table_of_days_that_cannot_be_is_told_before_grading(
    handed_in, tmp_path, capsys, table, said
):
    days = tmp_path / "days.csv"
    days.write_text(table)
    assert handed_in.run("--late", "10% a day", "--late-days", days) == 2
    assert said in capsys.readouterr().err and handed_in.graded == []
    assert handed_in.run("--late-days", days) == 2
    assert "needs a rule" in capsys.readouterr().err


def test_a_regrade_shows_before_and_after(handed_in, tmp_path, capsys):
    handed_in.run()
    assert (
        not (handed_in.out / "changes.csv").exists() and " before, " not in capsys.readouterr().out
    )
    handed_in.missed["anna", "q4"] = "no"
    handed_in.mark("marks-2.csv", rows=["bert,q7,1,"])
    handed_in.run("--only", "anna")
    assert "anna: 18 before, 16 now (q4 2 → 0)" in capsys.readouterr().out
    index = handed_in.page("feedback/index")
    assert "anna 18 → 16 q4 2 → 0 bert 18 → 19 q7 none → 1" in index
    assert "all answers to q7 (1 of" in index and "similarity" not in index
    assert list(handed_in.rows("changes.csv")) == ["anna", "bert"]
    assert handed_in.rows("changes.csv")["bert"]["questions"] == "q7 none → 1"
    older = tmp_path / "older.csv"
    table = (handed_in.out / "grades.csv").read_text()
    older.write_text(re.sub("(?<=anna,anna.ipynb)(,+)16", r"\g<1>15", table))
    kept = (handed_in.out / "changes.csv").read_bytes()
    handed_in.run()
    assert (handed_in.out / "changes.csv").read_bytes() == kept
    capsys.readouterr()
    handed_in.run("--before", older)
    assert "anna: 15 before, 16 now" in capsys.readouterr().out
    assert handed_in.run("--before", tmp_path / "away.csv") == 2


def test_marks_that_got_lost_are_told(handed_in, capsys):
    handed_in.mark(rows=["anna,q7,2,", "bert,q7,1,"])
    handed_in.run()
    assert "in no sheet now" not in capsys.readouterr().out
    (handed_in.out / "marks.csv").rename(handed_in.folder.parent / "away.csv")
    handed_in.run()
    said = capsys.readouterr().out
    assert "2 marks by hand that were there before are in no sheet now: anna q7, bert q7." in said
    assert "anna: 20 before, 18 now (q7 2 → none)" in said
