"""Builds the course site: `make site` writes build/site, whose index.html opens from a folder.

Sphinx reads one folder, so one is put together first: the pages of docs/, the lessons and the
guided practice with a line on how to run them, the landing page's figures and the part of MathJax
that typesets the formulas. Nothing is run, and nothing is fetched.
"""

import os
import re
import runpy
import shutil
import sys
import tempfile
from pathlib import Path, PurePosixPath

import nbformat
from formulas import copy_mathjax
from run_links import colab_copy, find_repository, links, on_github
from sphinx.cmd.build import main as sphinx_build

ROOT = Path(__file__).resolve().parent.parent
# Where the notebooks of a folder stand on the site.
SHELVES = {"notebooks": "lessons", "notebooks/guided": "practice"}
# [words](path#part), where the part may hold one pair of parentheses, as JupyterLab's anchors do.
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^()#\s]+)(#(?:[^()\s]|\([^()\s]*\))*)?\)")
UNCHECKED = (
    "This page shows the questions and the hints. "
    "Answers are written, run and checked in the notebook itself."
)


def heading_anchor(title):
    """The name JupyterLab gives to a heading, for Sphinx to use as well.

    >>> heading_anchor("Judge nine functions (7 min)")
    'Judge-nine-functions-(7-min)'
    """
    return title.strip().replace(" ", "-")


def build(into, docs=ROOT / "docs"):
    """Build the site into the folder ``into``, which is emptied first; True if nothing was amiss.

    A warning of Sphinx counts as an error, so that no broken link or formula gets through.
    """
    repository = find_repository(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "source"), Path(folder, "made")
        gather(source, docs, repository)
        options = ["-b", "html", "-W", "--keep-going", "-q", "-d", str(Path(folder, "doctrees"))]
        if sphinx_build([*options, str(source), str(made)]):
            return False
        ship_notebooks(made, repository)
        shutil.rmtree(into, ignore_errors=True)
        shutil.copytree(made, into)
    return True


def gather(source, docs, repository):
    """Put together the folder that Sphinx reads."""
    shutil.copytree(docs, source, ignore=shutil.ignore_patterns("__pycache__", "_generated"))
    for page in source.rglob("*.md"):
        place = PurePosixPath("docs", page.relative_to(source).as_posix())
        text = page.read_text(encoding="utf-8")
        page.write_text(for_site(text, place.parent, repository), encoding="utf-8")
    for path in notebook_paths():
        write(as_page(path, repository), source / SHELVES[path.parent.as_posix()] / path.name)
    write_figures(docs / "landing.py", source / "_generated")
    copy_mathjax(source / "_static" / "mathjax")


def notebook_paths():
    """The lessons and the guided practice, as paths from the top folder."""
    for folder in SHELVES:
        for path in sorted(ROOT.glob(f"{folder}/*.ipynb")):
            yield PurePosixPath(path.relative_to(ROOT).as_posix())


def as_page(path, repository):
    """The notebook as the site shows it: how to run it under its title, no notes for the teacher.

    Raises ValueError where the first cell is no title to write under.
    """
    notebook = read(path)
    notebook.cells = [cell for cell in notebook.cells if not is_note(cell)]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = for_site(cell.source, path.parent, repository)
    title, _, rest = notebook.cells[0].source.partition("\n")
    if not title.startswith("# "):
        raise ValueError(f"{path} must begin with its title, a line that starts with '# '.")
    notebook.cells[0].source = f"{title}\n\n{how_to_run(path, repository)}\n{rest}"
    return notebook


def is_note(cell):
    return cell.metadata.get("slideshow", {}).get("slide_type") == "notes"


def how_to_run(path, repository):
    """HTML: the links under a page's title, and in practice why they are needed."""
    inside = path.relative_to("notebooks")
    ways = "".join(
        f'<li><a href="{address}"{"" if "://" in address else " download"}>{words}</a></li>'
        for words, address in links(inside, repository)
    )
    course = "the course is installed"
    if repository:
        course = f'<a href="https://github.com/{repository}#readme">{course}</a>'
    why = f"<p>{UNCHECKED}</p>" if len(inside.parts) > 1 else ""
    where = f"<p>A downloaded notebook runs where {course}.</p>"
    return f'<div class="run-it"><p><b>Run it yourself</b></p><ul>{ways}</ul>{where}{why}</div>\n'


def for_site(text, folder, repository):
    """Markdown of a file in ``folder`` with its links to files of the repository made the site's.

    A lesson or a practice notebook is a page here. Every other file outside docs/ is on GitHub;
    where the repository is not known, only the words of the link are left.
    """

    def mend(found):
        words, target, part = found[1], found[2], found[3] or ""
        if re.match(r"[a-z]+:|/", target):
            return found[0]
        path = PurePosixPath(os.path.normpath(folder / target).replace(os.sep, "/"))
        if path.parts[0] == "docs" and folder.parts[0] == "docs":
            return found[0]
        if path.suffix == ".ipynb" and path.parent.as_posix() in SHELVES:
            return f"[{words}](/{SHELVES[path.parent.as_posix()]}/{path.name}{part})"
        return f"[{words}]({on_github(path, repository)}{part})" if repository else words

    return LINK.sub(mend, text)


def write_figures(script, into):
    """The landing page's figures, which a function of docs/landing.py makes: name → HTML."""
    into.mkdir()
    if script.exists():
        for name, html in runpy.run_path(str(script))["figures"]().items():
            (into / f"{name}.html").write_text(html, encoding="utf-8")


def ship_notebooks(site, repository):
    """The notebooks themselves, to download, and where it is known from where, copies for Colab."""
    for path in notebook_paths():
        inside = path.relative_to("notebooks")
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, site / path)
        if repository:
            write(colab_copy(read(path), repository), site / "colab" / inside)


def read(path):
    return nbformat.read(ROOT / path, as_version=4)


def write(notebook, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "site"
    if not build(into.resolve(), *map(Path, sys.argv[2:])):
        sys.exit("The site was not built: see the warnings above.")
    print(f"The site is built. Open {into / 'index.html'}")
