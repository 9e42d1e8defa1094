"""Quizzes: every question with its answers, in every format, valid, and for teachers alone."""

import io
import re
import zipfile

import pytest
from lxml import etree
from quiz_readers import READERS

from tools import quizzes, release, teach_questions
from tools.course import ROOT, CourseError, read_course
from tools.leaks import text_of
from tools.masters import read_questions

COURSE = read_course()
SCHEMAS = ROOT / "tests" / "schemas" / "qti.zip"
LISTED = re.compile(r"^- \*\*([a-z])\.\*\* (.*(?:\n  .*)*)", re.MULTILINE)


@pytest.fixture(scope="module")
def asked():
    """All quizzes, by their names."""
    return {quiz.name: quiz for quiz in quizzes.all_quizzes(COURSE)}


@pytest.fixture(scope="module")
def folder(asked, tmp_path_factory):
    """The folder that `make quizzes` writes."""
    into = tmp_path_factory.mktemp("quizzes")
    quizzes.build(into, [*asked.values()])
    return into


@pytest.fixture(scope="module")
def questions(asked):
    return {question.name: question for quiz in asked.values() for question in quiz.questions}


# What is asked


def test_every_question_of_the_page_is_asked_with_every_wrong_answer(asked):
    page = (ROOT / "docs/teach/questions.md").read_text(encoding="utf-8")
    for name, title in teach_questions.SECTIONS.items():
        part = page.partition(f"## {title}\n")[2].partition("\n## ")[0]
        found = asked[name].questions
        assert len(found) == part.count("\n### ")
        assert sum(len(question.choices) for question in found) == sum(
            line.startswith(("- “", "**Good:**")) for line in part.splitlines()
        )
        for question in found:
            assert [c.text for c in question.rights] == [
                c.text for c in question.choices if c.right
            ]
            assert len(question.rights) == 1 and f"**Good:** {question.rights[0].text}\n" in part
            for choice in question.choices:
                assert choice.right or f"- “{choice.text}” " in part


def choice_questions():
    """The practice's questions whose tests judge a choice: by function, or a condition's number."""
    for master in COURSE.masters():
        for question in read_questions(master):
            tests = "\n".join(cell.source for cell in question.tests)
            judged = re.search(
                r"judge\.(sealed_choice|choice)\(|should be a (whole )?number from [01] to 5", tests
            )
            some = "some_of(" in tests
            if judged or some:
                yield f"{master.parent.name}-{master.stem[:2]}-{question.name}", question


def test_every_choice_question_of_the_practice_is_asked(questions):
    wanted = [name for name, _ in choice_questions()]
    assert len(wanted) > 5
    for name in wanted:
        assert any(re.fullmatch(rf"{name}(-.*)?", found) for found in questions), name
    found = {re.match(r"[a-z]+-\d\d-q\d+", name)[0] for name in questions if "-q" in name}
    assert found == set(wanted)


def test_the_right_choices_are_those_of_the_solutions(questions):
    tried = 0
    for name, question in choice_questions():
        code = "\n".join(cell.source for cell in question.answers if cell.cell_type == "code")
        texts = "\n".join(cell.source for cell in question.asked if cell.cell_type == "markdown")
        listed = dict(LISTED.findall(texts))
        letters = re.findall(r'^\w+ = "([a-e]+)"  # SOLUTION', code, re.MULTILINE)
        if name in questions and len(letters) == 1 and listed:
            right = [choice.text for choice in questions[name].rights]
            assert right == [listed[letter] for letter in letters[0]]
            tried += 1
        else:  # each answer is a question, whose right choice begins with the word or the number
            for variable, said in re.findall(
                r'^(\w+) = "?([\w]+)"?  # SOLUTION', code, re.MULTILINE
            ):
                one = questions.get(f"{name}-{variable.replace('_', '-')}")
                if one is not None and len(said) > 1:
                    assert [choice.text for choice in one.rights] == [said]
                    tried += 1
    assert tried > 5


def test_every_wrong_choice_is_answered_and_every_question_explained(questions):
    for question in questions.values():
        assert question.many or len(question.rights) == 1, question.name
        assert all(choice.feedback for choice in question.choices), question.name
        assert len({choice.text for choice in question.choices}) == len(question.choices) > 2
        assert question.why or not question.name.startswith(("guided", "independent"))
        told = [choice.feedback for choice in question.choices if not choice.right]
        assert not any("read the question once more" in text for text in told), question.name


def test_nothing_that_only_the_notebook_has_is_spoken_of(questions):
    for question in questions.values():
        asked = re.search(r"cell|`\w+_\d+`|Write a|Set `|next picture|last picture", question.stem)
        assert asked is None, (question.name, asked)
        assert "{{ " not in question.stem + question.why + str(question.choices)


def test_another_set_of_the_practice_has_other_quizzes():
    (master,) = [path for path in COURSE.masters() if path.parent.name == "guided"][:1]
    stored, drawn = (quizzes.choices.read(master, key) for key in (None, "2027-spring"))
    assert [q.name for q in stored] == [q.name for q in drawn]
    assert [q.stem for q in stored] != [q.stem for q in drawn]
    assert all(len(question.rights) == 1 for question in drawn)


def test_a_question_of_the_page_without_wrong_answers_is_named(tmp_path):
    page = tmp_path / "questions.md"
    page.write_text("## Exit ticket\n\n### What is up?\n\n**Good:** Not down.\n", encoding="utf-8")
    with pytest.raises(CourseError, match="What is up.*wrong answers such as"):
        teach_questions.read(page)


# How it is written


def tokens(markdown, formulas=True):
    """The words and formulas of Markdown, as quiz_readers tells them of HTML."""
    found, numbered = [], re.sub(r"^\s*\d+\. ", "", markdown, flags=re.MULTILINE)
    for place, part in enumerate(re.split(r"(?<!\\)\$(.+?)\$", numbered, flags=re.DOTALL)):
        formula = "$" + "".join(part.split()) * formulas
        found += [formula] if place % 2 else re.findall(r"\w+", re.sub(r"```\w*", "", part))
    return found


@pytest.mark.parametrize("name", READERS)
def test_every_format_is_read_back_the_same(name, folder, asked):
    endings = {"moodle": "xml", "gift": "txt", "canvas": "zip", "qti21": "zip"}
    for quiz in asked.values():
        read = [*READERS[name](folder / name / f"{quiz.name}.{endings[name]}")]
        assert len(read) == len(quiz.questions)
        for got, question in zip(read, quiz.questions, strict=True):
            of = lambda text: tokens(text, formulas=name != "qti21")
            expected = [(of(c.text), c.right, of(c.feedback)) for c in question.choices]
            assert (got.title, got.many) == (question.title, question.many)
            assert got.stem == of(question.stem), question.name
            assert got.choices == expected, question.name
            assert got.why == of(question.why), question.name
            image = question.image
            assert got.images == ([(image.alt, image.png)] if image else [])


def test_some_questions_have_pictures_and_formulas(questions):
    pictures = [question for question in questions.values() if question.image]
    assert pictures and all(len(q.image.alt) > 60 for q in pictures)
    assert all(q.image.png.startswith(b"\x89PNG") for q in pictures)
    assert sum("$" in question.stem for question in questions.values()) > 5


@pytest.fixture(scope="module")
def schemas(tmp_path_factory):
    """The formats' own schemas, unpacked."""
    into = tmp_path_factory.mktemp("schemas")
    with zipfile.ZipFile(SCHEMAS) as archive:
        archive.extractall(into)
    return into


def members(paths):
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            yield from ((f"{path.name}/{n}", n, archive.read(n)) for n in archive.namelist())


def test_qti_2_1_is_valid_by_its_own_schemas(folder, schemas):
    item = etree.XMLSchema(etree.parse(schemas / "qtiv2p1p1" / "imsqti_v2p1p1.xsd"))
    package = etree.XMLSchema(etree.parse(schemas / "imscp_v1p1.xsd"))
    for place, name, content in members((folder / "qti21").iterdir()):
        if name.endswith(".xml"):
            schema = package if name == "imsmanifest.xml" else item
            assert schema.validate(etree.fromstring(content)), (place, schema.error_log.last_error)

    assert not item.validate(
        etree.XML('<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"/>')
    )


def test_qti_1_2_is_valid_by_its_own_dtd(folder, schemas):
    dtd = etree.DTD(str(schemas / "ims_qtiasiv1p2p1.dtd"))
    tried = 0
    for place, _, content in members((folder / "canvas").iterdir()):
        if b"<questestinterop" in content:
            # A DTD of 2003 knows no namespaces.
            plain = re.sub(rb' xmlns[:\w]*="[^"]*"| xsi:schemaLocation="[^"]*"', b"", content)
            assert dtd.validate(etree.parse(io.BytesIO(plain))), (place, dtd.error_log)
            tried += 1
    assert tried == len([*(folder / "canvas").iterdir()])


def test_links_of_a_package_lead_to_its_files(folder):
    for path in (folder / "qti21").iterdir():
        with zipfile.ZipFile(path) as archive:
            manifest = etree.fromstring(archive.read("imsmanifest.xml"))
            named = {part.get("href") for part in manifest.iter("{*}file")}
            assert named == {*archive.namelist()} - {"imsmanifest.xml"}


# Who gets it


def test_no_student_gets_an_answer(questions):
    everything = {name: (ROOT / name).read_bytes() for name in release.project_files(ROOT)}
    texts = {n: text_of(n, c) for n, c in release.for_students(everything, COURSE).items()}
    assert not any("quiz" in name for name in texts)
    whole = "\n".join(texts.values())
    for question in questions.values():
        if "-q" in question.name:
            lines = [line for line in question.why.splitlines() if len(line) > 60]
            assert not [line for line in lines if line in whole], question.name
        else:
            assert question.rights[0].text not in whole or len(question.rights[0].text) < 40
