"""The two bundles: what is in them, that nothing leaks, that the student's one works, the bytes."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml
from told import forgetful, notes

from tools import editions, release
from tools.course import KINDS, ROOT, CourseError, read_course, table
from tools.editions import is_note
from tools.leaks import find_leaks, solution_lines, text_of
from tools.masters import read_questions
from tools.withheld import given_away

COURSE = read_course()
MASTERS = COURSE.masters()
LESSONS = [lesson.name for lesson in COURSE.lessons]
PRACTICES = [lesson.name for lesson in COURSE.lessons if lesson.practice]


@pytest.fixture(scope="module")
def bundles(tmp_path_factory):
    """The paths of both bundles, the student's first."""
    return release.release(into=tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def student(bundles, tmp_path_factory):
    """The student's bundle, unpacked as a student would."""
    folder = tmp_path_factory.mktemp("home")
    with zipfile.ZipFile(bundles[0]) as archive:
        archive.extractall(folder)
    return folder / bundles[0].stem


def members(path):
    """The files of a bundle, without the one folder that all are in."""
    with zipfile.ZipFile(path) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {path.stem}
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def notebooks(folder):
    return sorted(folder.glob("notebooks/**/*.ipynb"))


def inside(student, *command):
    """Run a command in the unpacked bundle, whose lec_utils comes before the one installed."""
    environment = os.environ | {"PYTHONPATH": str(student), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=student, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


# What is in them


def test_student_gets_every_lesson_and_both_practices(student):
    expected = {f"notebooks/{name}.ipynb" for name in LESSONS}
    expected |= {f"notebooks/{kind}/{name}.ipynb" for kind in KINDS for name in PRACTICES}
    assert {path.relative_to(student).as_posix() for path in notebooks(student)} == expected
    assert table(COURSE) in (student / "README.md").read_text(encoding="utf-8")


def test_student_gets_nothing_but_what_is_needed(bundles):
    names = members(bundles[0])
    tops = {name.split("/")[0] for name in names}
    always = {"Makefile", "README.md", "data", "environment.yml", "lec_utils", "notebooks"}
    always |= {"course.toml", "pyproject.toml", "requirements.txt", "tools"}
    always |= {"binder", ".gitattributes", ".gitignore"}  # as it is the repository of a class, too
    assert always <= tops
    for extra in tops - always:
        assert re.fullmatch(r"LICENSE.*|CITATION\.cff", extra)
    tools = {name for name in names if name.startswith("tools/")}
    needed = ("__init__", "copies", "course", "quiet_lab", "setup")
    assert tools == {f"tools/{name}.py" for name in needed}


def test_instructor_gets_every_file(bundles):
    found = members(bundles[1])
    assert list(found) == release.project_files(ROOT)
    for name in (MASTERS[0].relative_to(ROOT).as_posix(), "grading/__main__.py"):
        assert found[name] == (ROOT / name).read_bytes()


def test_both_are_named_by_the_version(bundles):
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert [path.name for path in bundles] == [
        f"gradient-descent-{reader}-{version[1]}.zip" for reader in ("student", "instructor")
    ]


def test_same_files_give_the_same_bytes(bundles, tmp_path):
    again = release.release(into=tmp_path)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in bundles]


def test_unpacked_instructor_bundle_makes_the_same_bundles(bundles, tmp_path):
    """There is no git in it, so its files are those that are there."""
    with zipfile.ZipFile(bundles[1]) as archive:
        archive.extractall(tmp_path)
    again = release.release(into=tmp_path / "dist", root=tmp_path / bundles[1].stem)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in bundles]


def test_project_files_without_git(tmp_path):
    for name in ("a.py", ".gitignore", ".github/x.yml", "notebooks/b.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    for name in (".venv/c.py", "dist/d.zip", "notebooks/.ipynb_checkpoints/b.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = release.project_files(tmp_path)
    assert found == [".github/x.yml", ".gitignore", "a.py", "notebooks/b.ipynb"]


def test_a_lesson_that_git_does_not_know_is_named():
    everything = dict.fromkeys(release.project_files(ROOT), b"")
    del everything[COURSE.lessons[0].path]
    with pytest.raises(CourseError, match=f"git add {COURSE.lessons[0].path}"):
        release.for_students(everything, COURSE)


# Nothing leaks


def test_student_bundle_gives_nothing_away(bundles):
    assert (
        find_leaks({name: text_of(name, data) for name, data in members(bundles[0]).items()}) == []
    )


def test_student_bundle_tells_no_note_and_no_answer_of_the_teachers_pages(bundles):
    """Metadata of notebooks and notes for slides, too: every string that they store."""
    found = members(bundles[0])
    assert not [name for name in found if name.startswith("docs/")]
    assert given_away({name: text_of(name, data) for name, data in found.items()}, COURSE) == []
    for name in (name for name in found if name.endswith(".ipynb")):
        cells = nbformat.reads(found[name].decode(), as_version=4).cells
        assert not [cell.id for cell in cells if is_note(cell)]


def test_one_note_left_in_a_bundle_stops_the_release(monkeypatch, tmp_path):
    _, note = notes(COURSE)[0]
    monkeypatch.setattr(editions, "edition", forgetful(editions.edition, note))
    with pytest.raises(release.LeakError, match=f"(?s)students would get.*, {note.id}"):
        release.release(into=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("audience", ["students", "teachers"])
def test_one_of_the_two_bundles_can_be_asked_for(monkeypatch, audience):
    asked = []
    monkeypatch.setattr(release, "release", lambda audiences: asked.extend(audiences) or [])
    release.main([f"--audience={audience}"])
    release.main([])
    assert asked == [audience, "students", "teachers"]


def test_instructor_bundle_would_be_refused(bundles):
    with pytest.raises(release.LeakError, match=f"independent/{PRACTICES[0]}.zip is an archive"):
        release.search(members(bundles[1]))


@pytest.mark.parametrize("master", MASTERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_solved_notebook_is_noticed_under_any_name(master):
    name = f"solutions/{master.parent.name}/{master.name}"
    text = text_of(name, (ROOT / name).read_bytes())
    assert len(find_leaks({"notebooks/homework.ipynb": text}, [master])) > 10


QUESTIONS = ROOT / "docs" / "teach" / "questions.md"
LAST = read_questions(MASTERS[-1])[0]
LINES = [line for question in read_questions(MASTERS[-1]) for line in solution_lines(question)]
CODE = next(line for line in LINES if line.startswith("return ") and len(line) > 20)
SHORT = next(line for line in LINES if re.fullmatch(r"\w+ = \S{1,6}", line))
EXPLANATION = next(line for line in solution_lines(LAST) if len(line) > 60 and line.endswith("."))
TICKET = text_of("", QUESTIONS.read_bytes()).partition("## Exit ticket")[2]
EXIT = max(re.findall(r"^- “.*”(?: \(\d+\))? (.*)", TICKET, re.MULTILINE), key=len)  # a reply
HIDDEN_TEST = next(c.source for c in LAST.tests if "hidden: true" in c.source)
HIDDEN_TEST = HIDDEN_TEST.partition("# END TEST CONFIG")[2]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (f"notebooks/independent/{MASTERS[-1].name}", CODE),
        (f"notebooks/independent/{MASTERS[-1].name}", SHORT),
        ("data/README.md", EXPLANATION),
        ("lec_utils/practice/judge.py", HIDDEN_TEST),
        ("lec_utils/descent.py", "x = 1  # SOLUTION"),
        ("data/README.md", EXIT),
        (f"notebooks/{LESSONS[-1]}.ipynb", '""" # BEGIN TEST CONFIG\nhidden: true'),
    ],
)
def test_one_line_too_many_stops_the_release(bundles, name, line):
    contents = members(bundles[0])
    if name.endswith(".ipynb"):
        notebook = json.loads(contents[name])
        notebook["cells"][-1]["source"].append(f"\n{line}")
        contents[name] = json.dumps(notebook).encode()
    else:
        contents[name] += f"\n{line}\n".encode()
    with pytest.raises(release.LeakError, match=f"(?s)students would get.*{re.escape(name)} holds"):
        release.search(contents)


# The student's bundle works


def test_every_import_and_all_data_are_found(student):
    """All imports of all notebooks, in one Python, and each data set once."""
    imports = {
        ast.unparse(node)
        for path in notebooks(student)
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert "import lec_utils as lu" in imports
    data = "\n".join(f"lu.choose_data({name!r})" for name in ("tips", "party", "salary", "iris"))
    code = "\n".join([*sorted(imports), data, "print(lu.__file__)"])
    place = inside(student, sys.executable, "-c", code)
    assert Path(place.strip()) == student / "lec_utils" / "__init__.py"


def executed(student, path):
    """A notebook as nbconvert runs it, again where another kernel has taken one of its ports."""
    convert = ["nbconvert", "--to", "notebook", "--execute", "--stdout", "--log-level=ERROR"]
    for is_last in (False, False, True):
        try:
            ran = inside(student, sys.executable, "-m", *convert, str(path))
            return nbformat.reads(ran, as_version=4)
        except AssertionError as error:
            if is_last or "Kernel died before replying" not in str(error):
                raise


def test_unanswered_practice_runs_to_its_end(student):
    path = student / "notebooks" / "guided" / f"{PRACTICES[-1]}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("print(lu.__file__)"))
    nbformat.write(notebook, path)
    ran = executed(student, path)
    place = ran.cells[-1].outputs[0].text
    assert Path(place.strip()) == student / "lec_utils" / "__init__.py"


def test_a_student_works_in_copies_and_has_a_way_back(student):
    original = student / "notebooks" / "01_derivatives.ipynb"
    before, copy = original.read_bytes(), student / "mine" / original.name
    for _ in ("first", "again"):
        inside(student, sys.executable, "-m", "tools.copies")
        assert copy.read_bytes() == original.read_bytes() == before
        copy.unlink()
    shutil.rmtree(student / "mine")


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
def test_make_in_the_bundle_offers_what_works_there(student):
    offered = inside(student, "make", "--no-print-directory").split("\n\n")[0].splitlines()
    assert [line.split()[0] for line in offered] == ["help", "lab", "clean"]
    plan = inside(student, "make", "-n", "lab")
    assert "tools/setup.py lab" in plan and "-m tools.copies" in plan and "-m tools.course" in plan
    refused = subprocess.run(["make", "test"], cwd=student, capture_output=True, text=True)
    assert refused.returncode != 0 and "test" in refused.stderr


def test_environment_of_the_bundle_is_what_the_lessons_need(student):
    conda = yaml.safe_load((student / "environment.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((student / "pyproject.toml").read_text(encoding="utf-8"))
    *packages, from_pip = conda["dependencies"]
    names = {line.split()[0].removesuffix("-base") for line in packages}
    lines = project["project"]["dependencies"]
    lines += project["project"]["optional-dependencies"]["lessons"]
    needed = {re.match(r"[\w-]+", line)[0] for line in lines}
    assert names == needed | {"python", "pip"}
    assert from_pip == {"pip": ["-e ."]}


def test_links_of_the_bundle_lead_somewhere(student):
    pages = [(path, path.read_text(encoding="utf-8")) for path in student.glob("**/*.md")]
    for path in notebooks(student):
        cells = nbformat.read(path, as_version=4).cells
        pages += [(path, cell.source) for cell in cells if cell.cell_type == "markdown"]
    for path, text in pages:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            there = re.match(r"\w+:", target) or (path.parent / target).exists()
            assert there, f"{path.name} links to {target}"
