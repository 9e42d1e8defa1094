"""The pages for readers: links lead somewhere, code runs, commands and versions are true."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

import lec_utils as lu

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    ROOT / name
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "bench/README.md",
        "data/README.md",
        "grading/README.md",
        "solutions/README.md",
    )
]
LINK = re.compile(r"\[[^\]]*\]\(([^()#\s]*)(?:#([^()\s]+))?\)")
CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)

each_page = pytest.mark.parametrize(
    "path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def text(path):
    return path.read_text(encoding="utf-8")


def anchors(path):
    """The names GitHub gives to a page's headings."""
    headings = re.findall(r"^#+ (.*)$", text(path), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in headings}


@each_page
def test_each_link_leads_to_a_file_and_to_a_heading_in_it(path):
    for target, part in LINK.findall(text(path)):
        if re.match(r"[a-z]+:", target):
            continue
        file = (path.parent / target).resolve() if target else path
        assert file.exists(), target
        assert not part or part in anchors(file), f"{target}#{part}"


@each_page
def test_each_picture_is_there_is_small_and_says_what_it_shows(path):
    for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", text(path)):
        assert len(words) >= 20
        assert (path.parent / target).stat().st_size < 150_000


@each_page
def test_each_make_command_is_a_target(path):
    makefile = text(ROOT / "Makefile")
    for target in re.findall(r"\bmake ([a-z-]+)", " ".join(re.findall(r"`[^`]+`", text(path)))):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("path", PAGES[:2], ids=lambda path: path.name)
def test_the_code_on_the_page_runs(path):
    names = {}
    for code in CODE.findall(text(path)):
        exec(code, names)
    assert names["lu"] is lu


def test_the_figure_and_the_question_to_add_do_what_the_page_says():
    names = {}
    for code in CODE.findall(text(ROOT / "CONTRIBUTING.md")):
        exec(code, names)
    assert names["figure"].reading() == "x² = 81.0"
    with pytest.raises(ValueError, match="derivative"):
        lu.Function(names["double_well"].formula, lambda x: 2 * x)
    names["test_slope"](lambda w: 3 * w**2)
    assert len(names["WRONG"]) == 3
    for wrong in names["WRONG"]:
        answer = {}
        exec(wrong.code, answer)
        with pytest.raises(AssertionError, match=wrong.says):
            names["test_slope"](answer["slope_9"])


def test_the_version_is_the_same_everywhere():
    version = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]["version"]
    citation = yaml.safe_load(text(ROOT / "CITATION.cff"))
    assert citation["version"] == version
    assert f"## [{version}] – {citation['date-released']}" in text(ROOT / "CHANGELOG.md")


def test_the_citation_has_what_its_format_asks_for():
    citation = yaml.safe_load(text(ROOT / "CITATION.cff"))
    assert citation.keys() >= {"cff-version", "message", "title", "authors"}  # required by 1.2.0
    assert citation["cff-version"] == "1.2.0"
    assert citation["license"] == ["BSD-3-Clause", "CC-BY-SA-4.0"]


def test_every_folder_is_on_the_map():
    command = ["git", "-C", str(ROOT), "ls-tree", "-d", "--name-only", "HEAD"]
    known = subprocess.run(command, capture_output=True, text=True)
    folders = [name for name in known.stdout.split() if not name.startswith(".")]
    for folder in folders:
        assert f"`{folder}/`" in text(ROOT / "README.md"), folder
