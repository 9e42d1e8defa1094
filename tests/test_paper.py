"""Paper: one page is one page, what is to be filled in is empty, and answers come at the end."""

import html
import re

import nbformat
import pytest

import lec_utils as lu
from tools import handouts, paper, teach_questions, worksheets
from tools.cells import slide_type
from tools.course import CourseError, read_course

COURSE = read_course()
LESSONS = [pytest.param(lesson, id=lesson.name) for lesson in COURSE.lessons]
WITH_SHEET = [lesson for lesson in COURSE.lessons if paper.worksheet_of(lesson).is_file()]
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def texts(papers):
    return {name: path.read_text(encoding="utf-8") for name, path in papers.items()}


def words(page):
    """The words of HTML, without what stands in its tags and in formulas."""
    page = re.sub(r"<(style|mjx-container).*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_every_page_is_made_and_loads_nothing_from_elsewhere(texts):
    expected = {"cheat-sheet", "opening", "exit-ticket"}
    expected |= {f"worksheet-{lesson.number:02}" for lesson in WITH_SHEET}
    expected |= {f"lesson-{lesson.number:02}" for lesson in COURSE.lessons}
    assert texts.keys() == expected
    for name, page in texts.items():
        assert "<script" not in page, name
        for address in re.findall(r'<(?:link|img)\b[^>]*?(?:src|href)="([^"]+)', page):
            assert address == "paper.css" or address.startswith("data:"), (name, address)


def said(lesson):
    """Every number that a lesson states or prints."""
    cells = nbformat.read(COURSE.file(lesson.path), as_version=4).cells
    return set(NUMBER.findall("\n".join(cell.source + str(cell.get("outputs")) for cell in cells)))


def test_numbers_on_paper_are_those_of_the_lessons():
    known, sources = set().union(*map(said, COURSE.lessons)), [paper.SOURCE / "cheat-sheet.md"]
    sources += [paper.worksheet_of(lesson) for lesson in WITH_SHEET]
    for source in sources:
        text = re.sub(r"<!--.*?-->", "", source.read_text(encoding="utf-8"))
        numbers = [number for number in NUMBER.findall(text) if len(number) > 1]
        assert not [number for number in numbers if number not in known], source.name


def test_cheat_sheet_knows_every_word_of_a_diagnosis():
    text = (paper.SOURCE / "cheat-sheet.md").read_text(encoding="utf-8")
    table = text.partition("says, and what to do")[2].partition("\n## ")[0]
    told = re.search(r"is one of (.*), unknown", lu.diagnosis.Diagnosis.__doc__)[1]
    assert told.split(", ") == re.findall(r"^\| (\w+) \|(?!.*then \|)", table, re.MULTILINE)


@pytest.mark.parametrize("alpha", ["0.01", "0.15", "0.8", "0.9", "1", "1.05"])
def test_cheat_sheet_predicts_runs_as_they_go(alpha):
    text = (paper.SOURCE / "cheat-sheet.md").read_text(encoding="utf-8")
    row = next(
        line
        for line in text.partition("on x²")[2].splitlines()
        if line.startswith("| ") and alpha in line.split("|")[1].strip().split(", ")
    )
    run = lu.gradient_descent(lu.square.derivative, 9, float(alpha), 26)
    assert row.endswith(f"| {lu.diagnose(run).word} |")


def test_tickets_ask_twice_and_answer_nothing(texts):
    for quiz in teach_questions.read():
        if quiz.name in texts:
            page = words(texts[quiz.name])
            for question in quiz.questions:
                assert page.count(question.stem) == 2
                for choice in question.choices:
                    assert len(choice.text) < 4 or choice.text not in page
                    assert choice.feedback not in page


@pytest.mark.parametrize("lesson", WITH_SHEET, ids=lambda lesson: lesson.name)
def test_a_worksheet_has_room_pictures_and_no_answer(lesson, texts):
    page = texts[f"worksheet-{lesson.number:02}"]
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert len(tables) >= 2 and all(re.search(r"<td[^>]*></td>", table) for table in tables)
    pictures = re.findall(r'<img alt="([^"]+)" src="data:image/svg', page)
    assert len(pictures) >= 1 and all(len(alt) > 15 for alt in pictures)
    assert 'class="lines"' in page or len(tables) > 3
    notebook = nbformat.read(COURSE.file(lesson.path), as_version=4)
    shown = words(page)
    for cell in notebook.cells:
        for _, answer in handouts.DETAILS.findall(cell.source):
            for line in answer.splitlines():
                assert len(line) < 25 or line.strip() not in shown, line
    for quiz in teach_questions.read():
        rights = [choice.text for question in quiz.questions for choice in question.rights]
        assert not [text for text in rights if len(text) > 8 and text in shown]


def test_pictures_to_draw_on_have_no_word_of_an_answer(texts):
    for name, page in texts.items():
        for svg in re.findall(r'src="data:image/svg[^"]*', page) if "worksheet" in name else ():
            assert not re.search(r"minim|maxim|converged|tangent|convex", svg), name


def said_in(cell):
    """The HTML of a cell: its text, or what is stored of its run."""
    if cell.cell_type == "markdown":
        return [cell.source]
    return [output.get("data", {}).get("text/html", "") for output in cell.outputs]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_answers_at_its_end(lesson, texts):
    page = texts[f"lesson-{lesson.number:02}"]
    assert "<details" not in page
    before, _, after = page.partition('<div class="answers">')
    numbers = [int(number) for number in re.findall(r'href="#answer-(\d+)"', before)]
    assert [int(number) for number in re.findall(r'id="answer-(\d+)"', after)] == numbers
    notebook = nbformat.read(COURSE.file(lesson.path), as_version=4)
    shown = [cell for cell in notebook.cells if slide_type(cell) != "notes"]
    folds = sum(page.count("<details") for cell in shown for page in said_in(cell))
    assert numbers == [*range(1, folds + 1)]
    asked, told, tried = words(before), words(after), 0
    for cell in notebook.cells:
        if slide_type(cell) == "notes":
            assert cell.source.splitlines()[0] not in page
            continue
        for _, answer in handouts.DETAILS.findall(cell.source):
            for line in answer.splitlines():
                if len(line) > 40 and not re.search(r"[$*`\[|<&]", line):
                    assert line.strip() in told and line.strip() not in asked
                    tried += 1
    assert tried > 5 or folds < 11  # a lesson may be short


def test_a_lesson_without_answers_has_no_page_for_them(tmp_path):
    lesson = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 6 · Short")])
    nbformat.write(lesson, tmp_path / "06_short.ipynb")
    assert handouts.body(tmp_path / "06_short.ipynb", str) == "# 6 · Short"


def test_a_worksheet_that_names_what_is_gone_says_so(tmp_path):
    lesson = COURSE.notebooks()[0]
    sheet = tmp_path / "sheet.md"
    for order, told in [
        ("table: gone-01", "no table in the cell"),
        ("picture: gone", "no picture"),
    ]:
        sheet.write_text(f"# Sheet\n\n<!-- {order} -->\n", encoding="utf-8")
        with pytest.raises(CourseError, match=told):
            worksheets.body(sheet, lesson, str)
