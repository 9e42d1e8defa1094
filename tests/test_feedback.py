"""Feedback pages: what they tell and keep to themselves, and hostile texts on them."""

import json
import random
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from grading import archive as zips
from grading.feedback import page_name, write_feedback
from grading.grade import CaseResult, Grade
from grading.record import graded, ungraded
from grading.remarks import UNSAFE
from grading.submission import Submission
from lec_utils.practice.cases import TestCase

ARCHIVE = zips.Archive(
    "independent-09",
    [
        zips.ScoredQuestion("q1", [zips.Test(TestCase(), 1), zips.Test(TestCase(hidden=True), 2)]),
        zips.ScoredQuestion("q2", [zips.Test(TestCase(), 1.5)]),
    ],
    Path("files"),
)
ASKED = {"q1": "## Question 1 · Differentiate $x^2$\n\nWrite `df`.", "q2": "## Question 2 · Step"}
HOSTILE = [
    "<script>alert(1)</script>",
    "</details></main></body><h1>You have full marks</h1>",
    "\"><img src=x onerror=alert(1)> ' onmouseover=alert(1) `",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1) https://example.org/",
    "]]>--><!--<style>* { display: none }</style>",
    "\x00\x1b[31m\x7f\x85 \ud800 \udfff \ufffe \u202e\u2066",
    "Z" + "\u0301" * 500,
    "" + "w" * 1_000_000,
]
each_hostile = pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))


def notebook(file="ann.ipynb", student="ann", passed=(1, 1, 1), messages=("", "", ""), **changed):
    """The record of a graded file: whether each of three tests passed, and its message."""
    given = [
        CaseResult(bool(ok), possible * ok, possible, hidden, message)
        for ok, possible, hidden, message in zip(
            passed, (1, 2, 1.5), (False, True, False), messages, strict=True
        )
    ]
    submission = Submission("0" * 64, asked=changed.pop("asked", ASKED))
    grade = Grade({"q1": given[:2], "q2": given[2:]}, changed.pop("notes", []))
    return {
        **json.loads(json.dumps(graded(file, submission, grade, **changed))),
        "student": student,
    }


def broken(file="bob.ipynb", student="bob", problem="the file is empty"):
    return {**ungraded(file, Submission("0" * 64, problem=problem)), "student": student}


class Text(HTMLParser):
    """The tags of a page, the attributes that could do something, and what can be read."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], []
        self.feed(page)
        self.close()
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.words.append(data)


def pages(tmp_path, *records):
    """The source of every page that the records give, by name."""
    index = write_feedback(iter(records), ARCHIVE, tmp_path)
    assert index == tmp_path / "feedback" / "index.html"
    return {path.name: path.read_bytes().decode() for path in index.parent.iterdir()}


def student_page(tmp_path, record):
    return pages(tmp_path, record)[page_name(record)]


def read(page):
    return Text(page).text


def test_a_page_tells_what_was_asked_and_what_passed(tmp_path):
    record = notebook(passed=(1, 0, 1), messages=("", "secret", "well done"))
    text = read(student_page(tmp_path, record))
    assert "Feedback for ann" in text
    assert "2.5 of 4.5 points given by machine" in text
    assert "Question 1: 1 of 3 points" in text
    assert "Question 1 · Differentiate x 2 Write df ." in text
    assert "✓ passed , public test 1, 1 of 1 point" in text
    assert "✗ not passed , hidden test 2, 0 of 2 points" in text
    assert "✓ passed , public test 1, 1.5 of 1.5 points well done" in text


@pytest.mark.parametrize("passed", [0, 1])
def test_the_message_of_a_hidden_test_is_nowhere_on_the_students_page(tmp_path, passed):
    record = notebook(passed=(0, passed, 0), messages=("open one", "SECRET", "open two"))
    page = student_page(tmp_path, record)
    assert "SECRET" not in page
    assert "open one" in page and "open two" in page


def test_a_question_that_is_gone_from_the_notebook_is_told_by_its_name(tmp_path):
    text = read(student_page(tmp_path, notebook(asked={"q1": "## Question 1"})))
    assert "Question 2. Its text is no longer in your notebook." in text


def test_a_question_without_a_test_is_named_and_not_judged(tmp_path):
    text = read(student_page(tmp_path, notebook(asked={**ASKED, "q3": "## Question 3 · Explain"})))
    assert "No machine test belongs to: q3." in text
    assert "person" not in text
    assert "No machine test" not in read(student_page(tmp_path, notebook()))


def test_errors_of_cells_are_folded_away(tmp_path):
    page = student_page(tmp_path, notebook(notes=["cell 2: NameError: x"]))
    folded = page[page.rindex("<details>") : page.rindex("</details>")]
    assert "cell 2: NameError: x" in folded
    assert "went wrong on the way" not in student_page(tmp_path, notebook())


def test_of_very_many_notes_the_first_are_shown_and_all_are_counted(tmp_path):
    page = student_page(tmp_path, notebook(notes=[f"cell {n}: stop" for n in range(5000)]))
    assert "5000 notes" in page and "cell 0: stop" in page and "cell 4999" not in page


def test_a_file_that_cannot_be_graded_says_why_and_what_to_do_and_no_points(tmp_path):
    text = read(student_page(tmp_path, broken(problem="the file is empty")))
    assert "could not be graded" in text and "the file is empty" in text
    assert "What you can do" in text
    assert not re.search(r"\d of \d|given by machine", text)


def holding(place, text):
    """A record with a text in one place."""
    if place == "problem":
        return broken(problem=text)
    return notebook(
        student=text if place == "student" else "ann",
        passed=(0, 0, 0),
        messages=("no", "no", text if place == "message" else "no"),
        asked={"q1": text if place == "asked" else "a", "q2": "b"},
        notes=[text if place == "note" else "n"],
        file=text.replace("/", "_")[:200] if place == "file" else "ann.ipynb",
    )


@each_hostile
@pytest.mark.parametrize("place", ["student", "file", "asked", "message", "note", "problem"])
def test_hostile_texts_are_only_text(tmp_path, text, place):
    record, innocent = holding(place, text), holding(place, "no")
    hostile, harmless = pages(tmp_path / "a", record), pages(tmp_path / "b", innocent)
    assert len(hostile) == len(harmless) == 2
    for page, other in [
        (hostile["index.html"], harmless["index.html"]),
        (hostile[page_name(record)], harmless[page_name(innocent)]),
    ]:
        assert Text(page).tags == Text(other).tags
        assert not [name for name, _ in Text(page).attributes if name.startswith("on")]
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\u202e\u2066]", page)
        assert len(page) < 40_000


@each_hostile
def test_hostile_text_can_be_read_as_it_was_written(tmp_path, text):
    shown = "".join(Text(student_page(tmp_path, notebook(messages=("", "", text)))).words)
    for word in re.findall(r"[\x20-\x7e]{3,2000}", text)[:1]:
        assert word in shown


def test_a_text_that_is_too_long_says_how_long_it_was(tmp_path):
    text = read(student_page(tmp_path, notebook(messages=("", "", "w" * 1_000_000))))
    assert "www… (cut here: 1000000 characters in all)" in text


def test_pages_forbid_scripts_and_ask_for_nothing_outside(tmp_path):
    for page in pages(tmp_path, notebook(), broken()).values():
        policies = [value for name, value in Text(page).attributes if name == "content"]
        assert policies[0].startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe-inline" not in page
        assert not {"script", "link", "img", "iframe", "base", "form"} & set(Text(page).tags)
        targets = [value for name, value in Text(page).attributes if name in ("href", "src")]
        assert all(re.fullmatch(r"(\.\./)?[\w-]+\.html|#q\d+", target) for target in targets)
        assert "url(" not in page and "@import" not in page


def test_a_students_page_leads_to_no_other(tmp_path):
    attributes = Text(student_page(tmp_path, notebook())).attributes
    assert [value for name, value in attributes if name == "href"] == ["#q1", "#q2"]


ODD = [
    "ann", "Ann", "../../etc/passwd", "/", ".", "..", "", " ", "a/b", "a.b", "a\\b", "con", "index",
    "Ünïcödé Nämé", "学生", "😀", "\ud800", "\x00", "-rf", "x" * 300, "学" * 300, "a\nb", "a%2fb",
    "~", "*?<>|:", None,
]  # fmt: skip


@pytest.mark.parametrize("student", ODD, ids=range(len(ODD)))
def test_file_names_are_safe_whatever_the_student_is_called(tmp_path, student):
    record = notebook(student=student)
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,79}\.html", page_name(record))
    assert pages(tmp_path, record).keys() == {page_name(record), "index.html"}
    assert "<bdi></bdi>" not in pages(tmp_path, record)["index.html"]


def test_each_record_has_a_page_of_its_own(tmp_path):
    records = [notebook(file=f"{n}.ipynb", student=student) for n, student in enumerate(ODD)]
    written = pages(tmp_path, *records)
    assert len({name.lower() for name in written}) == len(ODD) + 1
    index = written.pop("index.html")
    links = [value for name, value in Text(index).attributes if name == "href"]
    linked = [link for link in links if "/" not in link]
    assert sorted(linked) == sorted(written)


def test_the_same_file_told_twice_loses_no_page(tmp_path):
    assert len(pages(tmp_path, notebook(), notebook(), notebook())) == 4


def class_of(n):
    luck = random.Random(1)
    for number in range(n):
        name = f"student {luck.randrange(n // 2)}"
        if number % 10 == 3:
            yield broken(f"{number}.ipynb", name)
        else:
            passed = [luck.randrange(2) for _ in range(3)]
            said = [f"slip {luck.randrange(3)}" for _ in range(3)]
            yield notebook(f"{number}.ipynb", name, passed, said)


def test_the_same_records_in_any_order_give_the_same_bytes(tmp_path):
    records = list(class_of(60))
    first = pages(tmp_path / "a", *records)
    random.Random(2).shuffle(records)
    assert pages(tmp_path / "b", *records) == first
    assert pages(tmp_path / "b", *records) == first, "written over what is there"


def test_the_index_tells_all_there_is_to_say_of_a_file(tmp_path):
    twice = {**broken(), "remark": "two files: bob.ipynb and bob (1).ipynb"}
    index = pages(tmp_path, twice)["index.html"]
    assert "the file is empty; two files: bob.ipynb and bob (1).ipynb" in Text(index).text


def test_nothing_but_whole_pages_is_left_even_after_a_run_that_was_killed(tmp_path):
    (tmp_path / "feedback").mkdir()
    (tmp_path / "feedback" / ".unfinished").write_text("half a pa")
    assert pages(tmp_path, notebook()).keys() == {page_name(notebook()), "index.html"}


def rows(page, caption):
    """The cells of the table with this caption, row by row."""
    table = re.search(rf"<caption>{caption}.*?</table>", page, re.DOTALL)[0]
    return [
        [read(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)[1:]
    ]


def test_the_index_has_mean_distribution_and_every_student(tmp_path):
    records = [
        notebook("a.ipynb", "ann", (1, 1, 1)),
        notebook("b.ipynb", "bob", (0, 0, 0)),
        notebook("c.ipynb", "cy", (1, 0, 1), remark=UNSAFE),
        broken("d.ipynb", "dee", "the file is empty"),
    ]
    index = pages(tmp_path, *records)["index.html"]
    assert "Mean: 2.33 of 4.5 points, over 3 graded files" in read(index)
    assert "1 file could not be graded" in read(index)
    shares = dict(rows(index, "Files by"))
    assert {name: count for name, count in shares.items() if count != "0"} == {
        "90–100 %": "1", "50–60 %": "1", "0–10 %": "1",
    }  # fmt: skip
    assert rows(index, "Every file") == [
        ["ann", "a.ipynb", "4.5"],
        ["bob", "b.ipynb", "0"],
        ["cy", "c.ipynb", "2.5"],
        [f"✗ {UNSAFE}"],
        ["dee", "d.ipynb", "none"],
        ["✗ the file is empty"],
    ]


def test_the_picture_has_words_and_bars_as_long_as_the_counts(tmp_path):
    records = [notebook(f"{n}.ipynb", passed=(n > 0,) * 3) for n in range(4)]
    index = pages(tmp_path, *records)["index.html"]
    assert 'role="img" aria-label="How the points are distributed. Most files, 3 of 4' in index
    widths = [float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)"', index)]
    assert [round(width / max(widths), 2) for width in widths] == [1] + [0] * 8 + [0.33]


def test_the_most_missed_question_comes_first_with_its_most_frequent_message(tmp_path):
    records = [
        notebook("a.ipynb", passed=(1, 1, 0), messages=("", "", "your steps climb")),
        notebook("b.ipynb", passed=(1, 0, 0), messages=("", "wrong sign", "your steps climb")),
        notebook("c.ipynb", passed=(1, 1, 0), messages=("", "never told", "a rare slip")),
        broken(),
    ]
    index = pages(tmp_path, *records)["index.html"]
    assert rows(index, "A file misses") == [
        ["q2", "3 of 3", "your steps climb (2 files)"],
        ["q1", "1 of 3", "wrong sign (1 file)"],
    ]


def test_a_frequent_message_is_found_among_thousands_that_differ(tmp_path):
    def records():
        for n in range(2500):
            said = "your steps climb" if n % 5 == 0 else f"it is {n}"
            yield notebook(f"{n}.ipynb", passed=(1, 1, 0), messages=("", "", said))

    index = pages(tmp_path, *records())["index.html"]
    assert rows(index, "A file misses")[0] == ["q2", "2500 of 2500", "your steps climb (500 files)"]


@pytest.mark.parametrize("records", [[], [broken()]], ids=["none", "none graded"])
def test_an_index_without_a_graded_file_says_so(tmp_path, records):
    index = pages(tmp_path, *records)["index.html"]
    assert "No file was graded." in read(index) and "Mean" not in read(index)


def test_records_are_taken_one_by_one(tmp_path):
    alive = []

    def records():
        for n in range(3):
            alive.append(len(list((tmp_path / "feedback").glob("student-*"))))
            yield notebook(f"{n}.ipynb", "student")

    write_feedback(records(), ARCHIVE, tmp_path)
    assert alive == [0, 1, 2]
