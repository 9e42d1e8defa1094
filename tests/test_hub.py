"""A class on a hub: links, and what nbgitpuller does to a user's work; rarely, a JupyterHub.

The pulls are nbgitpuller's own, from a repository of the class in a folder, without a hub.
"""

import os
import random
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, urlsplit

import nbformat
import pytest
from nbgitpuller.pull import GitPuller

from bench.hub import hold_class, kept
from tools import hub, hub_links
from tools.course import ROOT, read_course

COURSE = read_course()
LESSON = COURSE.lesson(2).path
# A hub's servers run on Linux, and its pulls there.
pulls = pytest.mark.skipif(os.name == "nt" or not shutil.which("git"), reason="needs Unix, git")
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # nbgitpuller leaves a pipe open
SEEDS = [pytest.param(seed, marks=[pytest.mark.rare] * (seed > 0)) for seed in range(40)]


# The links


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.name)
def test_a_link_says_what_to_fetch_where_to_put_it_and_what_to_open(lesson):
    link = hub_links.hub_link("https://hub.edu/", "https://git.edu/a b.git", lesson.path, "spring")
    parts = urlsplit(link)
    assert parts[:3] == ("https", "hub.edu", "/hub/user-redirect/git-pull")
    assert dict(parse_qsl(parts.query)) == {
        "repo": "https://git.edu/a b.git",
        "branch": "spring",
        "targetpath": hub_links.FOLDER,
        "urlpath": f"lab/tree/{hub_links.FOLDER}/{lesson.path}",
    }


def test_links_of_a_hub_are_printed_a_lesson_each(capsys):
    hub_links.main(["https://hub.edu", "https://git.edu/class"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(COURSE.lessons)
    for line, lesson in zip(lines, COURSE.lessons, strict=True):
        assert line.startswith(f"- [{lesson.label}](https://hub.edu/hub/user-redirect/")
        assert f"{lesson.name}.ipynb)" in line


def test_a_link_without_an_address_is_refused_with_the_way_to_say_it(capsys):
    with pytest.raises(SystemExit):
        hub_links.main(["", ""])
    assert "make hub-links HUB=https://… CLASS=https://…" in capsys.readouterr().err


def test_the_links_of_the_teachers_page_are_those_of_the_course():
    page = hub_links.PAGE.read_text(encoding="utf-8")
    assert hub_links.with_hub_links(page, COURSE) == page, "type: make course"


# What a pull does to a user's work


class ClassOnDisk:
    """The repository of a class, and the home folder of one of its users."""

    def __init__(self, folder):
        self.repository, self.home = folder / "class", folder / "home" / hub_links.FOLDER
        for name in (LESSON, "notebooks/guided/02_update_rule.ipynb", "data/README.md"):
            (self.repository / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, self.repository / name)
        self.git("init", "--quiet", "--initial-branch=main")
        self.push()

    def git(self, *words):
        command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.edu", *words]
        subprocess.run(command, cwd=self.repository, check=True, capture_output=True)

    def push(self):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "News")

    def pull(self):
        """What the user's click does, by nbgitpuller itself."""
        puller = GitPuller(self.repository.as_uri(), str(self.home), branch="main")
        said = []
        try:
            said.extend(puller.pull())
        except subprocess.CalledProcessError as error:
            raise RuntimeError("".join(said)) from error


def edit(path, change):
    """Change a notebook as JupyterLab would: read, changed, saved; what was saved."""
    notebook = nbformat.read(path, as_version=4)
    change(notebook.cells)
    nbformat.write(notebook, path)
    return nbformat.read(path, as_version=4)


def sources(path):
    return {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}


@pytest.fixture
def lesson(tmp_path):
    """A class whose user has pulled once."""
    made = ClassOnDisk(tmp_path)
    made.pull()
    return made


def run_and_note(cells):
    """What a user does to a lesson: other outputs and counts, an edited cell, a new one."""
    code = [cell for cell in cells if cell.cell_type == "code"]
    for count, cell in enumerate(code, 11):
        cell.execution_count = count
        cell.outputs = [nbformat.v4.new_output("stream", text=f"mine, {count}\n")]
    code[3].source += "\nmine = 1"
    cells.insert(9, nbformat.v4.new_markdown_cell("My note.", id="own-01-note"))


@pulls
def test_a_user_and_the_teacher_change_a_lesson_and_both_changes_are_there(lesson):
    mine = edit(lesson.home / LESSON, run_and_note)

    def correct(cells):
        cells[0].source += "\n\nCorrected."
        cells.append(nbformat.v4.new_markdown_cell("Added.", id="late-01-note"))

    edit(lesson.repository / LESSON, correct)
    lesson.push()
    lesson.pull()
    found = nbformat.read(lesson.home / LESSON, as_version=4)
    assert found.cells[1:-1] == mine.cells[1:]
    assert found.cells[0].source.endswith("Corrected.") and found.cells[-1].source == "Added."


@pulls
def test_a_lesson_that_the_user_left_alone_is_the_teachers(lesson):
    theirs = edit(lesson.repository / LESSON, lambda cells: cells.reverse())
    lesson.push()
    lesson.pull()
    assert nbformat.read(lesson.home / LESSON, as_version=4) == theirs


@pulls
@pytest.mark.filterwarnings("ignore::nbformat.warnings.DuplicateCellId")  # as Jupyter reads it
def test_a_cell_that_the_teacher_moved_and_the_user_changed_is_there_twice(lesson):
    cells = nbformat.read(lesson.home / LESSON, as_version=4).cells
    place = next(i for i, cell in enumerate(cells) if cell.cell_type == "code" and i > 5)
    source = cells[place].source

    def answer(cells):
        cells[place].source += "\nmine = 1"

    edit(lesson.home / LESSON, answer)
    edit(lesson.repository / LESSON, lambda cells: cells.append(cells.pop(place)))
    lesson.push()
    lesson.pull()
    found = [cell.source for cell in nbformat.read(lesson.home / LESSON, as_version=4).cells]
    assert f"{source}\nmine = 1" in found and source in found


@pulls
def test_where_both_change_one_line_the_users_stays(lesson):
    def change(words):
        return lambda cells: cells[0].update(source=words)

    edit(lesson.home / LESSON, change("Mine."))
    edit(lesson.repository / LESSON, change("The teacher's."))
    lesson.push()
    lesson.pull()
    assert nbformat.read(lesson.home / LESSON, as_version=4).cells[0].source == "Mine."
    lesson.pull()  # and once more, with nothing new
    assert nbformat.read(lesson.home / LESSON, as_version=4).cells[0].source == "Mine."


@pulls
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.filterwarnings("ignore::nbformat.warnings.DuplicateCellId")  # as Jupyter reads it
def test_whatever_the_teacher_changes_nothing_of_the_users_goes(lesson, seed):
    """A cell that the teacher moved and the user wrote into may be there twice, as with seed 12."""
    rng = random.Random(seed)

    def teach(cells):
        for _ in range(5):
            place, new = rng.randrange(len(cells)), nbformat.v4.new_code_cell(f"{rng.random()}")
            action = rng.choice(["add", "drop", "edit", "move"])
            if action == "add":
                cells.insert(place, new)
            elif action == "edit":
                cells[place].source = cells[place].source.replace("a", "A", 2) + "\n# corrected"
            else:
                moved = cells.pop(place)
                if action == "move":
                    cells.insert(rng.randrange(len(cells)), moved)

    def answer(cells):
        for number in range(5):
            rng.choice(cells).source += f"\nmine_{number} = 0"
        cells.insert(rng.randrange(len(cells)), nbformat.v4.new_markdown_cell("mine_5 = 0"))

    edit(lesson.home / LESSON, answer)
    edit(lesson.repository / LESSON, teach)
    lesson.push()
    lesson.pull()
    merged = nbformat.read(lesson.home / LESSON, as_version=4)
    nbformat.validate(merged)
    text = "\n".join(cell.source for cell in merged.cells)
    assert [number for number in range(6) if f"mine_{number} = 0" not in text] == []


@pulls
def test_files_of_the_user_survive_those_that_the_teacher_adds_and_drops(lesson):
    (lesson.home / "notebooks" / "mine.ipynb").write_text("my own", encoding="utf-8")
    mine = edit(lesson.home / LESSON, run_and_note)
    (lesson.repository / "notebooks" / "mine.ipynb").write_text("the teacher's", encoding="utf-8")
    (lesson.repository / LESSON).unlink()
    lesson.push()
    lesson.pull()
    assert nbformat.read(lesson.home / LESSON, as_version=4) == mine
    texts = [path.read_text("utf-8") for path in lesson.home.glob("notebooks/mine*.ipynb")]
    assert sorted(texts) == ["my own", "the teacher's"]


@pulls
def test_a_notebook_that_was_deleted_comes_back_as_the_teacher_has_it(lesson):
    edit(lesson.home / LESSON, run_and_note)
    lesson.pull()  # which commits what the user wrote
    (lesson.home / LESSON).unlink()
    lesson.pull()
    assert sources(lesson.home / LESSON) == sources(ROOT / LESSON)


@pulls
def test_a_history_written_anew_stops_the_pull_and_changes_nothing(lesson):
    """What a forced push does; docs/teach/hub.md forbids it."""
    mine = edit(lesson.home / LESSON, run_and_note)
    shutil.rmtree(lesson.repository / ".git")
    lesson.git("init", "--quiet", "--initial-branch=main")
    edit(lesson.repository / LESSON, lambda cells: cells.pop())
    lesson.push()
    with pytest.raises(RuntimeError, match="unrelated histories"):
        lesson.pull()
    assert nbformat.read(lesson.home / LESSON, as_version=4) == mine


# A real hub


def test_the_page_tells_the_memory_of_each_lesson():
    page = COURSE.file("docs/teach/hub.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (\d+) MiB \| (\d+) MiB \| (\d+) MiB \|$", page, re.MULTILINE)
    numbers = [[*map(int, row)] for row in rows]
    assert [number for number, *_ in numbers] == [lesson.number for lesson in COURSE.lessons]
    advised = int(re.search(r"(\d+) MiB for sure", page)[1])
    assert all(server + kernel == both < advised for _, server, kernel, both in numbers)


def test_what_a_visit_loses_is_named():
    """The eyes of the trial below: each kind of loss is seen."""
    saved = nbformat.read(ROOT / LESSON, as_version=4)
    found = nbformat.read(ROOT / LESSON, as_version=4)
    found.cells[0].source += "\n\nCorrected by the teacher."
    found.cells.append(nbformat.v4.new_markdown_cell("Added by the teacher."))
    assert list(kept(saved, found, "anna")) == []
    code = [cell for cell in found.cells if cell.cell_type == "code" and cell.outputs]
    code[0].outputs = []
    code[1].source += " "
    found.cells.pop()
    seen = " ".join(kept(saved, found, "anna"))
    assert f"the outputs of cell {code[0].id} are gone" in seen
    assert f"cell {code[1].id} is not as it was written" in seen
    assert "the teacher's correction did not arrive" in seen


@pytest.mark.rare
@pytest.mark.skipif(bool(hub.missing_programs()), reason=f"needs {hub.missing_programs()}")
def test_three_students_on_a_jupyterhub_lose_nothing_and_have_memory_enough():
    """Three, who open lesson 6 at once, the largest; docs/teach/hub.md has twenty."""
    with ThreadPoolExecutor(1) as apart:  # a browser test before it leaves an event loop here
        visits = apart.submit(hold_class, 3, number=6).result()
    assert visits.lost == []
    assert len(visits.first) == len(visits.again) == 3
    assert len(visits.servers) == len(visits.kernels) == 3
    assert max(visits.servers) + max(visits.kernels) < 1024  # the limit that the page advises
