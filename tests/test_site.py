"""The course site as files: every page whole, every link alive, nothing from elsewhere."""

import html
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from site_build import DOCS, ROOT, pages, run_build
from sphinx.search.en import SearchEnglish
from told import forgetful, index, notes, texts

from tools import build_site, run_links
from tools.cells import hides_source
from tools.course import read_course
from tools.editions import AUDIENCES, stored_edition
from tools.masters import read_questions
from tools.withheld import given_away, sentences, teachers_texts, withheld, words_of

COURSE = read_course()
LESSONS = [lesson.name for lesson in COURSE.lessons]
PRACTICES = [lesson.name for lesson in COURSE.lessons if lesson.practice]


class Page(HTMLParser):
    """What a page is made of: its tags with their attributes, its ids, and its title."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.title, self._in_title = [], "", False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self._in_title = tag == "title"

    def handle_data(self, data):
        if self._in_title:
            self.title += data
            self._in_title = False

    def all(self, *names):
        return [attributes for tag, attributes in self.tags if tag in names]

    @property
    def ids(self):
        return {attributes["id"] for _, attributes in self.tags if attributes.get("id")}


@pytest.fixture(scope="module")
def parsed(site):
    return {name: Page((site / name).read_text(encoding="utf-8")) for name in pages(site)}


def test_each_edition_has_every_lesson_and_practice_and_one_the_teachers_pages(
    parsed, teachers_site
):
    expected = {f"lessons/{name}.html" for name in LESSONS}
    expected |= {f"practice/{name}.html" for name in PRACTICES}
    expected |= {f"{path.stem}.html" for path in DOCS.glob("*.md")} | {"search.html"}
    assert set(parsed) == expected
    taught = {f"teach/{path.stem}.html" for path in DOCS.glob("teach/*.md")}
    assert len(taught) > 1 and set(pages(teachers_site)) == expected | taught


def test_each_page_has_a_title_a_language_one_h1_and_a_skip_link(parsed):
    for name, page in parsed.items():
        assert page.title.strip(), name
        assert page.all("html")[0]["lang"] == "en", name
        assert len(page.all("h1")) == 1, name
        skips = [a for a in page.all("a") if "skip-to-content" in a.get("class", "")]
        assert skips[0]["href"][1:] in page.ids, name
    assert len({page.title for page in parsed.values()}) == len(parsed)


def test_each_picture_has_an_alternative_text(parsed):
    for name, page in parsed.items():
        missing = [image for image in page.all("img") if not image.get("alt")]
        assert not missing, name
    assert any(len(page.all("img")) > 5 for page in parsed.values())


def test_each_link_of_the_site_leads_somewhere(site, parsed):
    for name, page in parsed.items():
        for attributes in page.all("a", "link", "script", "img", "form"):
            target = attributes.get("href") or attributes.get("src") or attributes.get("action")
            parts = urlsplit(target or "")
            if not target or parts.scheme:
                continue
            path = (site / name).parent / unquote(parts.path) if parts.path else site / name
            assert path.is_file(), f"{name}: {target}"
            is_state = "=" in parts.fragment  # of the playground
            if parts.fragment and path.suffix == ".html" and not is_state:
                there = parsed[path.resolve().relative_to(site.resolve()).as_posix()]
                assert unquote(parts.fragment) in there.ids, f"{name}: {target}"


def test_no_page_loads_anything_from_elsewhere(parsed):
    for name, page in parsed.items():
        loaded = [tag.get("src") or "" for tag in page.all("script", "img", "iframe", "source")]
        loaded += [tag.get("href") or "" for tag in page.all("link")]
        outside = [address for address in loaded if urlsplit(address).scheme not in ("", "data")]
        assert not outside, name


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_notebooks_to_download_are_those_of_the_edition(request, audience):
    site = request.getfixturevalue("site" if audience == "students" else "teachers_site")
    for path, page in build_site.shelve(COURSE).items():
        name = page[1:].replace(".ipynb", ".html")
        downloads = [a for a in Page((site / name).read_text("utf-8")).all("a") if "download" in a]
        file = (site / name).parent / downloads[0]["href"]
        assert file.read_bytes() == stored_edition((ROOT / path).read_bytes(), audience)


def test_practice_says_where_to_answer(site):
    for name in PRACTICES:
        assert build_site.UNCHECKED in (site / "practice" / f"{name}.html").read_text("utf-8")


def test_students_site_tells_no_note_and_no_answer_of_the_teachers_pages(site):
    """Pages, downloads, copies for Colab, scripts, the search's index, the packed inventory."""
    found = texts(site)
    assert {"index.html", "searchindex.js", "objects.inv"} <= found.keys()
    assert sum(name.endswith(".ipynb") for name in found) == 2 * len(build_site.shelve(COURSE))
    assert given_away(found, COURSE) == []


def test_the_search_for_them_finds_every_sentence_on_the_teachers_site(teachers_site):
    found = given_away(texts(teachers_site), COURSE)
    unseen = [s for s in withheld(COURSE) if not any(f" holds {s!r}" in one for one in found)]
    assert len(found) > 500 and unseen == []


def stems(words):
    """The words as Sphinx's index has them: in small letters, without their endings."""
    stem = SearchEnglish({}).stem
    return {stem(word) for word in set(words.lower().split())}


def test_the_index_of_students_search_knows_no_word_of_theirs_alone(site, teachers_site):
    """It holds words without their endings, so a sentence would not be found in it."""
    pages_of_students = "".join((site / name).read_text("utf-8") for name in pages(site))
    told = [line for _, text in teachers_texts(COURSE) for line in sentences(text)]
    theirs = stems(" ".join(told)) - stems(words_of(pages_of_students))
    students, teachers = (index(folder)["terms"].keys() for folder in (site, teachers_site))
    assert len(theirs & teachers) > 50 and theirs & students == set()


@pytest.mark.parametrize(("lesson", "note"), notes(COURSE), ids=lambda one: getattr(one, "id", ""))
def test_one_note_left_in_a_lesson_is_found(monkeypatch, tmp_path, lesson, note):
    monkeypatch.setattr(build_site, "edition", forgetful(build_site.edition, note))
    build_site.write(
        build_site.as_page(PurePosixPath(lesson.path), None, {}), tmp_path / "page.ipynb"
    )
    found = given_away(texts(tmp_path), COURSE)
    assert any(f"of {lesson.name}.ipynb, {note.id}" in one for one in found)


def test_code_that_is_hidden_is_folded_on_the_site_by_the_same_mark(tmp_path, monkeypatch):
    place = {"slideshow": {"slide_type": "slide"}}
    shown, hidden, notes = (nbformat.v4.new_code_cell("1", metadata=place) for _ in range(3))
    hidden.metadata["jupyter"] = notes.metadata["jupyter"] = {"source_hidden": True}
    notes.metadata["slideshow"] = {"slide_type": "notes"}
    title = nbformat.v4.new_markdown_cell("# 7 · Momentum", metadata=place)
    path = PurePosixPath("notebooks/07_momentum.ipynb")
    build_site.write(nbformat.v4.new_notebook(cells=[title, shown, hidden, notes]), tmp_path / path)
    monkeypatch.setattr(build_site, "ROOT", tmp_path)
    page = build_site.as_page(path, None, {})
    assert [cell.metadata.get("tags", []) for cell in page.cells] == [[], [], ["hide-input"]]


def test_each_lesson_folds_the_code_of_its_pictures_and_questions(site):
    for name in LESSONS:
        cells = nbformat.read(ROOT / f"notebooks/{name}.ipynb", 4).cells
        folded = sum(hides_source(cell) for cell in cells)
        page = (site / "lessons" / f"{name}.html").read_text("utf-8")
        assert folded and page.count('<details class="admonition hide above-input">') == folded


def test_binder_and_colab_are_offered_for_a_known_repository(site, parsed):
    shelves = [("lessons", "", LESSONS[0]), ("practice", "guided/", PRACTICES[-1])]
    for shelf, folder, name in shelves:
        hrefs = [a.get("href", "") for a in parsed[f"{shelf}/{name}.html"].all("a")]
        binder = "https://mybinder.org/v2/gh/owner/name/main?urlpath=lab/tree/notebooks/"
        colab = "https://colab.research.google.com/github/owner/name/blob/gh-pages/colab/"
        # Binder opens the repository's own file: of a lesson, the one with the teacher's notes.
        assert (f"{binder}{folder}{name}.ipynb" in hrefs) == bool(folder)
        assert f"{colab}{folder}{name}.ipynb" in hrefs
        assert (site / "colab" / folder / f"{name}.ipynb").is_file()


def test_an_unknown_repository_leaves_only_the_download():
    assert run_links.links("guided/04_tips.ipynb") == [
        ("Download the notebook", "../notebooks/guided/04_tips.ipynb")
    ]


def test_the_copy_for_colab_only_gains_a_cell(site):
    plain = nbformat.read(site / "notebooks" / f"{LESSONS[0]}.ipynb", 4)
    copied = nbformat.read(site / "colab" / f"{LESSONS[0]}.ipynb", 4)
    assert copied.cells[1:] == plain.cells and copied.metadata == plain.metadata


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(*arguments, folder):
    named = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *named, *arguments], cwd=folder, check=True, capture_output=True)


def run_colab_cell(folder, **variables):
    """Run the first cell of a copy for Colab, then import the module it got; what was printed."""
    cell = run_links.COLAB_CELL.format(repository="owner/name")
    code = f"{cell}\nimport lec_utils\nprint(lec_utils.__file__)"
    isolated = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | variables
    command = [sys.executable, "-S", "-c", code]  # -S: as in Colab, lec_utils is not installed
    return subprocess.run(command, cwd=folder, env=isolated, capture_output=True, text=True)


@needs_git
def test_the_cell_for_colab_gets_what_is_missing_once_and_else_does_nothing(tmp_path):
    origin, work, ready = tmp_path / "origin", tmp_path / "work", tmp_path / "ready"
    for folder in (origin, ready):
        (folder / "lec_utils").mkdir(parents=True)
        (folder / "lec_utils" / "__init__.py").touch()
    work.mkdir()
    git("init", "-q", folder=origin)
    git("add", ".", folder=origin)
    git("commit", "-qm", "one", folder=origin)
    instead = {
        "GIT_CONFIG_COUNT": "1",  # git takes the folder for GitHub
        "GIT_CONFIG_KEY_0": f"url.{origin.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/owner/name",
    }
    for _ in range(2):  # the second time, as after a restart of the kernel
        ran = run_colab_cell(work, **instead)
        assert Path(ran.stdout.strip()).parent == work / "course" / "lec_utils", ran.stderr
    assert run_colab_cell(ready).returncode == 0 and not (ready / "course").exists()


@needs_git
@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("https://github.com/owner/name.git", "owner/name"),
        ("https://github.com/owner/my.name", "owner/my.name"),
        ("git@github.com:owner/name.git", "owner/name"),
        ("https://example.org/owner/name.git", None),
        (None, None),
    ],
)
def test_the_repository_is_found_by_its_remote(tmp_path, monkeypatch, remote, expected):
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    git("init", "-q", folder=tmp_path)
    if remote:
        git("remote", "add", "origin", remote, folder=tmp_path)
    assert run_links.find_repository(tmp_path) == expected


def test_github_actions_names_the_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", "some/one")
    assert run_links.find_repository(tmp_path) == "some/one"


PLACES = {
    PurePosixPath("notebooks/04_tips.ipynb"): "/lessons/04_tips.ipynb",
    PurePosixPath("notebooks/guided/04_tips.ipynb"): "/practice/04_tips.ipynb",
}


@pytest.mark.parametrize(
    ("text", "folder", "expected"),
    [
        ("[a](../../notebooks/04_tips.ipynb)", "docs/teach", "[a](/lessons/04_tips.ipynb)"),
        (
            "[a](../../notebooks/04_tips.ipynb#Change-it-(12-min))",
            "docs/teach",
            "[a](/lessons/04_tips.ipynb#Change-it-(12-min))",
        ),
        ("[a](guided/04_tips.ipynb)", "notebooks", "[a](/practice/04_tips.ipynb)"),
        ("[a](../04_tips.ipynb)", "notebooks/guided", "[a](/lessons/04_tips.ipynb)"),
        ("[a](#Part-(2-min))", "notebooks", "[a](#Part-(2-min))"),
        ("[a](demos.md#part)", "docs/teach", "[a](demos.md#part)"),
        ("![a](../pictures/a.png)", "docs/teach", "![a](../pictures/a.png)"),
        ("[a](https://example.org/b.md)", "docs/teach", "[a](https://example.org/b.md)"),
    ],
)
def test_links_between_files_become_links_between_pages(text, folder, expected):
    assert build_site.for_site(text, PurePosixPath(folder), "owner/name", PLACES) == expected


@pytest.mark.parametrize("repository", ["owner/name", None])
def test_a_link_to_a_lesson_that_is_gone_is_only_its_words(repository):
    for target in ("../../notebooks/07_gone.ipynb#part", "../../notebooks/guided/07_gone.ipynb"):
        text = f"See [what was there]({target})."
        folder = PurePosixPath("docs/teach")
        assert build_site.for_site(text, folder, repository, PLACES) == "See what was there."


def test_a_link_to_a_file_that_is_no_page_leads_to_github_or_nowhere():
    text, folder = "See [the data](../data/README.md#source).", PurePosixPath("notebooks")
    there = "https://github.com/owner/name/blob/main/data/README.md#source"
    assert build_site.for_site(text, folder, "owner/name", {}) == f"See [the data]({there})."
    assert build_site.for_site(text, folder, None, {}) == "See the data."


def test_no_page_explains_an_answer_of_the_practice(site):
    markup = re.compile(r"[$*`<&\\\[|]")
    texts = [html.unescape((site / page).read_text("utf-8")) for page in pages(site)]
    tried = 0
    for master in COURSE.masters():
        for question in read_questions(master):
            words = [cell.source for cell in question.answers if cell.cell_type == "markdown"]
            lines = [line for text in words for line in text.splitlines() if len(line) > 60]
            for line in (line for line in lines if not markup.search(line)):
                assert not [text for text in texts if line in text], line
                tried += 1
    assert tried > 20


def test_a_broken_link_or_formula_stops_the_build_and_leaves_the_old_site(tmp_path):
    docs, into = tmp_path / "docs", tmp_path / "built"
    docs.mkdir()
    into.mkdir()
    (into / "old").touch()
    for file in ("conf.py", "_static", "_templates"):
        copy = shutil.copyfile if file == "conf.py" else shutil.copytree
        copy(ROOT / "docs" / file, docs / file)
    tree = "```{toctree}\n:glob:\nlessons/*\npractice/*\n```\n"
    (docs / "index.md").write_text(
        f"# Home\n\n[gone](gone.md), $\\nope{{x}}$\n\n{tree}", encoding="utf-8"
    )
    built = run_build(into, docs)
    assert built.returncode == 1
    warnings = [line for line in built.stderr.splitlines() if "WARNING" in line]
    link, formula = warnings
    assert "gone.md" in link
    assert "index.md" in formula
    assert r"Undefined control sequence \nope in the formula \nope{x}" in formula
    assert [path.name for path in into.iterdir()] == ["old"]
