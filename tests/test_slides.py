"""Slides: what goes into the folder, and the scratch copy that is shown live."""

import re

import nbformat
import pytest
from told import forgetful, notes, texts

from tools import present, slides
from tools.cells import slide_type, with_answers
from tools.course import ROOT, read_course
from tools.withheld import given_away

COURSE = read_course()
LESSONS = COURSE.notebooks()
NAMES = {path.stem for path in LESSONS}


def test_every_lesson_is_listed_and_has_its_title(slides_folder):
    listed = re.findall(
        r'<a href="(.*?)">(.*?)</a>', (slides_folder / "index.html").read_text("utf-8")
    )
    assert [name for name, _ in listed] == [f"{path.stem}.html" for path in LESSONS]
    for name, title in listed:
        assert f"<title>{title} – slides</title>" in (slides_folder / name).read_text("utf-8")


def test_everything_a_page_loads_is_in_the_folder(slides_folder):
    for page in slides_folder.glob("*.html"):
        text = page.read_text("utf-8")
        for address in re.findall(r'<(?:script|link|a)\b[^>]*?(?:src|href)="([^"#]+)', text):
            assert address.startswith("https://") or (slides_folder / address).is_file(), address
        assert not re.search(r'<(?:script|link)\b[^>]*?(?:src|href)="(?:https?:)?//', text)


def test_students_slides_tell_no_note_and_no_answer_of_the_teachers_pages(slides_folder):
    found = texts(slides_folder)
    assert not re.findall(r"<aside[^>]*notes", "".join(found.values()))
    assert given_away(found, COURSE) == []


@pytest.mark.rare
def test_one_note_left_on_the_slides_is_found(monkeypatch, tmp_path):
    lesson, note = notes(COURSE)[-1]
    monkeypatch.setattr(slides, "edition", forgetful(slides.edition, note))
    slides.build(tmp_path / "slides", [ROOT / lesson.path])
    found = given_away(texts(tmp_path), COURSE)
    assert any(note.id in one for one in found)


def lines(cells):
    """All that these cells say, in its order, with links to slides; not where an answer ends."""
    for cell in cells:
        markdown = cell.cell_type == "markdown"
        words = slides.relinked(cell.source, NAMES) if markdown else cell.source
        yield from (line for line in words.splitlines() if line.strip() not in ("", "</details>"))


def test_slides_end_up_with_nothing_of_the_notebook_lost():
    for path in LESSONS:
        notebook = nbformat.read(path, as_version=4)
        staged = slides.for_stage(notebook, NAMES)
        told = [cell for cell in staged.cells if not cell.metadata.get("transient")]
        assert [*lines(told)] == [*lines(notebook.cells)]
        assert len({cell.id for cell in staged.cells}) == len(staged.cells)
        shown = [output for cell in staged.cells for output in cell.get("outputs", [])]
        assert shown == [output for cell in notebook.cells for output in cell.get("outputs", [])]


FOLD = "<details><summary>Answer</summary>\n\nYes.\n\n</details>"


@pytest.mark.parametrize(
    ("words", "place", "expected"),
    [
        (FOLD, "subslide", [(FOLD, "-")]),
        (f"{FOLD}\n\nNext.", "subslide", [(FOLD, "-"), ("Next.", "subslide")]),
        (f"{FOLD}\n\n## Next", "slide", [(FOLD, "-"), ("## Next", "slide")]),
        (f"Is it so?\n\n{FOLD}", "subslide", [(f"Is it so?\n\n{FOLD}", "subslide")]),
        (f"{FOLD}\n\nNext.", "fragment", [(f"{FOLD}\n\nNext.", "fragment")]),
    ],
)
def test_an_answer_is_on_the_slide_of_what_it_answers(words, place, expected):
    look = {"slideshow": {"slide_type": place}}
    answer = nbformat.v4.new_markdown_cell(words, metadata=look, id="see")
    staged = with_answers([answer, nbformat.v4.new_code_cell("1", metadata=look, id="next")])
    assert [(cell.source, slide_type(cell)) for cell in staged[:-1]] == expected
    assert answer.source == words


def test_the_last_words_of_a_section_go_with_its_answer():
    words = f"{FOLD}\n\nSo it is."
    look = {"slideshow": {"slide_type": "subslide"}}
    (only,) = with_answers([nbformat.v4.new_markdown_cell(words, metadata=look)])
    assert only.source.endswith("So it is.\n\n</details>")
    assert only.source.count("</details>") == 1


def test_a_picture_stays_under_one_line_and_leaves_ten():
    output = nbformat.v4.new_output("display_data", {"text/html": "<figure></figure>"})
    short, long = (nbformat.v4.new_code_cell("1\n" * lines, outputs=[output]) for lines in (1, 10))
    assert len(slides.parts(short)) == 1
    code, shown = slides.parts(long)
    assert (code.outputs, shown.outputs) == ([], [output])
    assert shown.metadata.slideshow.slide_type == "subslide"


def hidden(source="lu.picture(ax)", page="<figure></figure>", place="fragment"):
    """A cell whose code is hidden, with its output."""
    output = nbformat.v4.new_output("display_data", {"text/html": page})
    look = {"jupyter": {"source_hidden": True}, "slideshow": {"slide_type": place}}
    return nbformat.v4.new_code_cell(source, outputs=[output], metadata=look)


@pytest.mark.parametrize(
    ("page", "place", "expected"),
    [
        ("<figure></figure>", "fragment", "subslide"),
        ("<figure></figure>", "-", "subslide"),
        ("<figure></figure>", "slide", "slide"),
        ("<div>Which?</div>", "fragment", "fragment"),
    ],
)
def test_a_picture_whose_code_is_hidden_has_a_slide_of_its_own(tmp_path, page, place, expected):
    cell = hidden("1\n" * 30, page, place)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    nbformat.write(notebook, tmp_path / "lesson.ipynb")
    (stage := tmp_path / "stage").mkdir()
    present.put_on_stage(tmp_path / "lesson.ipynb", stage)
    live = nbformat.read(stage / "lesson.ipynb", as_version=4)
    for staged in (slides.for_stage(notebook, NAMES), live):
        (only,) = staged.cells
        assert only.metadata.slideshow.slide_type == expected
        assert only.metadata.jupyter.source_hidden


def test_the_scratch_copy_gives_no_answer_away(tmp_path):
    lesson = LESSONS[0]
    before = lesson.read_bytes()
    present.put_on_stage(lesson, tmp_path)
    staged = nbformat.read(tmp_path / lesson.name, as_version=4)
    code = [cell for cell in staged.cells if cell.cell_type == "code"]
    assert code and not any(cell.outputs or cell.execution_count for cell in code)
    assert lesson.read_bytes() == before


@pytest.mark.parametrize("number", ["0", "99", "two", ""])
def test_another_number_is_refused_in_plain_words(number):
    with pytest.raises(SystemExit) as refused:
        present.main([number])
    known = ", ".join(str(lesson.number) for lesson in COURSE.lessons)
    told = f"There is no lesson {number!r}. The lessons are {known}. Type for example: make present"
    assert str(refused.value).startswith(told)


def test_links_to_lessons_lead_to_their_slides():
    text = "[a](04_tips.ipynb#part-(2-min)), [b](03_convexity.ipynb), [c](https://example.org)"
    expected = "[a](04_tips.html#part-(2-min)), b, [c](https://example.org)"
    assert slides.relinked(text, {"04_tips"}) == expected


def test_no_cell_is_skipped_on_stage():
    # A cell that is not shown could not be run there, and the next ones need its names.
    for path in LESSONS:
        for cell in nbformat.read(path, as_version=4).cells:
            assert cell.metadata.slideshow.slide_type != "skip", cell.id
