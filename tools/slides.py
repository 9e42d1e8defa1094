"""Makes slides of the lessons that open from a folder: `make slides` writes build/slides.

They are the students' edition; with AUDIENCE=teachers, notes are speaker notes (tools/editions.py).
nbconvert writes one page of reveal.js for each lesson, by the template in tools/slides/. All that
the pages load is copied beside them: reveal.js, the fonts of formulas, a style sheet and a
script. Nothing is run: the slides show the outputs that are stored in the notebooks.
"""

import copy
import html
import importlib.util
import shutil
import sys
from pathlib import Path

import nbformat
from nbconvert import SlidesExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from tools.cells import give_room, hides_source, with_answers
from tools.course import ROOT, CourseError, read_course
from tools.editions import STUDENTS, command, edition, page_edition
from tools.formulas import FormulaError, Typesetter, copy_fonts
from tools.look import read_look
from tools.references import FILE, LINK

TEMPLATE = ROOT / "tools" / "slides"
REVEAL = ("dist/reset.css", "dist/reveal.css", "dist/reveal.js", "plugin/notes/notes.js")
# A picture under more lines of code has a slide of its own, to be large there.
FEW = 3
# So many lines of code and of printed output fit on a slide, and so many letters in a line.
FULL, WIDE = 24, 95


def build(into, lessons, audience=STUDENTS):
    """Write the slides of these notebooks, and a page that lists them, into an emptied folder."""
    shutil.rmtree(into, ignore_errors=True)
    copy_fonts(into / "formulas")
    copy_reveal(into / "reveal")
    for name in ("fit.js", "slides.js"):
        shutil.copyfile(TEMPLATE / name, into / name)
    look = read_look()
    styles = [TEMPLATE / name for name in ("slides.css", "figures.css")]
    style = "".join(path.read_text(encoding="utf-8") for path in styles) + look.css()
    (into / "slides.css").write_text(style, encoding="utf-8")
    titles = {}
    for path in lessons:
        notebook = edition(nbformat.read(path, as_version=4), audience)
        titles[f"{path.stem}.html"] = title(notebook)
        try:
            html = page(notebook, {lesson.stem for lesson in lessons})
        except FormulaError as error:
            raise FormulaError(f"{path.name}: {error}") from None
        (into / f"{path.stem}.html").write_text(html, encoding="utf-8")
    (into / "index.html").write_text(contents(titles, look.title, audience), encoding="utf-8")


def copy_reveal(into):
    """Copy the few files of reveal.js that are needed from sphinx-revealjs, which ships it."""
    package = Path(importlib.util.find_spec("sphinx_revealjs").origin).parent
    into.mkdir(parents=True)
    for name in REVEAL:
        shutil.copyfile(package / "_static" / "revealjs" / name, into / Path(name).name)


def title(notebook):
    """The heading of the first cell: "1 · Derivatives"."""
    return notebook.cells[0].source.partition("\n")[0].removeprefix("# ")


def page(notebook, names):
    """The HTML of one lesson's slides; ``names`` are the lessons that have slides."""
    exporter = SlidesExporter(
        extra_template_basedirs=[str(TEMPLATE.parent)],
        template_name=TEMPLATE.name,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    exporter.register_preprocessor("nbconvert.preprocessors.CSSHTMLHeaderPreprocessor")
    resources = {"title": html.escape(title(notebook))}
    with Typesetter() as typesetter:
        markdown = MarkdownWithMath(renderer=Markdown(typesetter))
        exporter.register_filter("markdown2html", lambda source: markdown.render(source))
        made = exporter.from_notebook_node(for_stage(notebook, names), resources)[0]
        return made.replace("</head>", f"{typesetter.style('formulas')}</head>", 1)


class Markdown(IPythonRenderer):
    """nbconvert's HTML of Markdown, with its formulas typeset."""

    def __init__(self, typesetter):
        super().__init__(escape=False)
        self._typeset = typesetter.html

    def inline_math(self, body):
        return self._typeset(body)

    def block_math(self, body):
        return self._typeset(body, display=True)

    def latex_environment(self, name, body):
        return self._typeset(f"\\begin{{{name}}}{body}\\end{{{name}}}", display=True)


def for_stage(notebook, names):
    """The notebook with links to other slides, answers where they belong, and outputs apart."""
    staged = copy.deepcopy(notebook)
    staged.cells = [part for cell in with_answers(staged.cells) for part in parts(cell)]
    for cell in staged.cells:
        if cell.cell_type == "markdown":
            cell.source = relinked(cell.source, names)
    return staged


def relinked(text, names):
    """Markdown whose links to lessons lead to their slides, or nowhere if the lesson is gone."""

    def mend(found):
        words, target, part = found[1], found[2], found[3] or ""
        lesson = FILE.fullmatch(target)
        if lesson is None:
            return found[0]
        return f"[{words}]({lesson[1]}.html{part})" if lesson[1] in names else words

    return LINK.sub(mend, text)


def parts(cell):
    """The cell itself, or its code and its outputs as two cells where one slide is too small."""
    if hides_source(cell):
        give_room(cell)
        return [cell]
    outputs = cell.get("outputs", [])
    figure = any("text/html" in output.get("data", {}) for output in outputs)
    printed = sum(len(output.get("text", "").splitlines()) for output in outputs)
    lines = len(cell.source.splitlines())
    if not outputs or (lines <= FEW if figure else lines + printed <= FULL):
        return [cell]
    if not figure and has_narrow_rows(cell):
        return [cell]  # fit.js puts one beside the other
    shown = copy.deepcopy(cell)
    cell.outputs = []
    shown.id += "-shown"
    shown.metadata["slideshow"] = {"slide_type": "subslide"}
    shown.metadata["transient"] = {"remove_source": True}
    return [cell, shown]


def has_narrow_rows(cell):
    """Whether what a cell printed has room beside its code."""
    printed = "".join(output.get("text", "") for output in cell.outputs)
    sides = [text.splitlines() for text in (cell.source, printed)]
    widths = [max(map(len, side), default=0) for side in sides]
    return max(map(len, sides)) <= FULL + 1 and sum(widths) <= WIDE


def contents(titles, course, audience):
    """The HTML of the page that lists the lessons' slides, under the title of the course."""
    items = "\n".join(
        f'<li><a href="{name}">{html.escape(words)}</a></li>' for name, words in titles.items()
    )
    page = page_edition((TEMPLATE / "list.html").read_text(encoding="utf-8"), audience)
    return page.replace("<!-- lessons -->", items).replace("<!-- title -->", html.escape(course))


def main(arguments=None):
    parser = command(__doc__)
    parser.add_argument("into", nargs="?", type=Path, default=ROOT / "build" / "slides")
    asked = parser.parse_args(arguments)
    try:
        build(asked.into, read_course().notebooks(), asked.audience)
    except (CourseError, FormulaError) as error:
        sys.exit(str(error))
    print(f"The slides for {asked.audience} are made. Open {asked.into / 'index.html'}")


if __name__ == "__main__":
    main()
