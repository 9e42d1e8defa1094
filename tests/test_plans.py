"""Every plan runs: the cells that a plan names, a section alone, and a lesson without what may go.

Cells run here one after another in a namespace of their own, as in a kernel, after the lesson's
import cell. What a cell shows at its end is made and told in words; that it is drawn well is for
the tests of the notebooks, which run whole in a real kernel.
"""

import ast
import contextlib
import functools
import io
import re
import warnings

import matplotlib.pyplot as plt
import nbformat
import pytest
from test_lesson_plan import demos, named, rows, text

from tools.cells import slide_type
from tools.course import ROOT, read_course

COURSE = read_course()
LESSONS = [lesson.name for lesson in COURSE.lessons]
ID = re.compile(r"`([a-z]+-\d\d-[a-z]+)`")
LINK = re.compile(r"\((?:\.\./)*notebooks/(\w+)\.ipynb#((?:[^()]|\([^()]*\))+)\)")
HEADING = re.compile(r"^#{2,3} ", re.MULTILINE)
FOLD = re.compile(r"<details>.*?</details>", re.DOTALL)
MAY_GO = re.compile(r"(?im)^★|\bmay be skipped\b|\bleave this section out\b")


class Stopped(Exception):
    """A cell that failed, and how."""


class Lesson:
    """The cells of a lesson: its sections, what may go, and how some of them run."""

    def __init__(self, cells):
        self.cells = [one for one in cells if slide_type(one) != "notes"]
        self.code = [one.id for one in self.cells if one.cell_type == "code"]
        self.imports = self.code[0]
        self.sections = dict(self._sections())
        self._compiled = {one.id: compiled(one) for one in self.cells if one.cell_type == "code"}

    def _sections(self):
        """Each section's anchor and the ids of its code."""
        anchor, ids = "", []
        for cell in self.cells:
            heading = re.search(r"^## (.*)$", cell.source, re.MULTILINE)
            if cell.cell_type == "markdown" and heading:
                yield anchor, ids
                anchor, ids = heading[1].strip().replace(" ", "-"), []
            ids += [cell.id] if cell.cell_type == "code" else []
        yield anchor, ids

    def section_of(self, cell):
        return next(anchor for anchor, ids in self.sections.items() if cell in ids)

    @functools.cached_property
    def starred(self):
        """The anchors of the sections that are marked with a star, or told to be left out."""
        return {self._anchor_at(k) for k in self._marks() if self._opens_section(k)}

    @functools.cached_property
    def parts(self):
        """What may go within a section: where it is told, and the ids of its code."""
        return {
            self.cells[k].id: self._part(k) for k in self._marks() if not self._opens_section(k)
        }

    def _marks(self):
        """The cells that say of themselves, or of what follows, that they may go."""
        first = next(k for k, cell in enumerate(self.cells) if cell.id == self.imports)
        return [
            k
            for k, cell in enumerate(self.cells)
            if k > first and MAY_GO.search(FOLD.sub("", cell.source))
        ]

    def _opens_section(self, k):
        return self.cells[k].cell_type == "markdown" and re.search(
            r"^## .*\n+.*(★|leave this section out|section may be skipped)",
            self.cells[k].source,
            re.MULTILINE | re.IGNORECASE,
        )

    def _anchor_at(self, k):
        return re.search(r"^## (.*)$", self.cells[k].source, re.M)[1].strip().replace(" ", "-")

    def _part(self, k):
        """The code from a mark on, up to the next heading or the next open text; a cell alone."""
        if self.cells[k].cell_type == "code":
            return [self.cells[k].id]
        ids = []
        for cell in self.cells[k + 1 :]:
            if cell.cell_type == "code":
                ids.append(cell.id)
            elif HEADING.search(cell.source) or FOLD.sub("", cell.source).strip():
                break
        return ids

    def run(self, ids):
        """Run the import cell, then these; Stopped where one fails. Nothing outlives it."""
        names = {"__name__": "__main__"}
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), plt.rc_context():
            warnings.simplefilter("ignore", ResourceWarning)  # of folders left open
            for one in [self.imports, *(one for one in ids if one != self.imports)]:
                if one not in self._compiled:
                    raise Stopped(f"{one} is no code cell of the lesson")
                try:
                    body, end = self._compiled[one]
                    exec(body, names)
                    repr(eval(end, names))  # a figure tells all that it shows
                except Exception as error:
                    raise Stopped(f"{one}: {type(error).__name__}: {error}") from error
                finally:
                    plt.close("all")
            names.clear()


def compiled(cell):
    """The statements of a cell, and the expression at its end whose value it shows."""
    tree = ast.parse(cell.source, cell.id)
    shown = ast.Constant(None)
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        shown = tree.body.pop().value
    end = ast.fix_missing_locations(ast.Expression(shown))
    return compile(tree, cell.id, "exec"), compile(end, cell.id, "eval")


@functools.cache
def lesson(name):
    return Lesson(nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells)


def tables(page):
    """The tables of a page: the heading over each, and its rows."""
    for part in re.split(r"^## ", text(page), flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        yield heading, rows(body)


def steps(row):
    """What a row runs: for each lesson it links to, the sections and the ids of cells."""
    linked = LINK.findall(" ".join(row))
    known = {name: [a for other, a in linked if other == name] for name, _ in linked}
    ids = ID.findall(" ".join(row))
    for name, anchors in known.items():
        yield name, anchors, ids if len(known) == 1 else [i for i in ids if i in lesson(name).code]


def plans():
    """Each plan and each change of it: a lesson, and the ids of the cells that it runs."""
    for heading, table in [*tables("short-lessons.md"), *tables("long-lesson.md")]:
        if not re.search(r"\(\d+ min\)$", heading):
            continue
        found = {}
        for row in table:
            for name, _, ids in steps(row):
                found.setdefault(name, []).extend(ids)
        for name, ids in found.items():
            yield pytest.param(name, ids, id=f"{heading}, {name}")
            yield from changes(heading, name, ids)


def changes(heading, name, ids):
    """The plan of lesson 1 for other classes: with what a table adds, without what it cuts."""
    if name != LESSONS[0]:
        return
    page = "long-lesson.md" if heading.startswith("The plan") else "short-lessons.md"
    more, here = [], lesson(name)
    for title, table in tables(page):
        for row in [] if re.search(r"\(\d+ min\)$", title) else table:
            kept = ids
            if "★" in " ".join(row):
                kept = [one for one in ids if here.section_of(one) not in here.starred]
            more += ID.findall(" ".join(row))  # each class has what the one before it has, too
            if more:
                known = {*kept, *more}
                order = [one for one in here.code if one in known]
                yield pytest.param(name, order, id=f"{heading}, {name}, {row[0]}")


def all_rows():
    for page in ("short-lessons.md", "long-lesson.md"):
        for heading, table in tables(page):
            for row in table:
                yield pytest.param(row, id=f"{heading}: {row[0]}")


@pytest.fixture(autouse=True)
def at_home(monkeypatch):
    """Where a lesson's kernel works."""
    monkeypatch.chdir(ROOT / "notebooks")


@pytest.mark.parametrize("row", [*all_rows()])
def test_each_row_names_code_of_its_sections_in_their_order(row):
    for name, anchors, ids in steps(row):
        code = lesson(name).code
        assert set(ids) <= set(code), "no code cell of the lesson"
        assert ids == sorted(ids, key=code.index)
        assert {lesson(name).section_of(one) for one in ids} <= set(anchors)
        shown = {cell for demo in demos() for cell in named(demo.values[0])}
        for anchor in anchors:
            section = set(lesson(name).sections[anchor])
            assert section & set(ids) or not section & shown, f"{anchor}: which cells?"


@pytest.mark.parametrize(("name", "ids"), [*plans()])
def test_each_plan_runs(name, ids):
    lesson(name).run(ids)


@pytest.mark.third
@pytest.mark.parametrize("name", LESSONS)
def test_each_section_runs_alone(name):
    here, stopped = lesson(name), []
    for anchor, ids in here.sections.items():
        try:
            here.run(ids)
        except Stopped as error:
            stopped.append((anchor, str(error)))
    assert stopped == []


@pytest.mark.parametrize("name", LESSONS)
def test_each_section_runs_without_what_may_be_skipped_in_it(name):
    here = lesson(name)
    for mark, part in here.parts.items():
        assert part, f"{mark}: what may be skipped?"
        section = here.sections[here.section_of(part[0])]
        here.run([one for one in section if one not in part])


@pytest.mark.third
@pytest.mark.parametrize("name", LESSONS)
def test_each_lesson_runs_without_its_stars_and_all_that_may_be_skipped(name):
    here = lesson(name)
    gone = {one for anchor in here.starred for one in here.sections[anchor]}
    assert gone or here.parts
    gone |= {one for part in here.parts.values() for one in part}
    here.run([one for one in here.code if one not in gone])


# The test of the tests: a small lesson, of which a plan may leave out too much.
CELLS = [
    ("open-01-title", "# 7 · A lesson\n\nWhat is marked *may be skipped* saves a minute."),
    ("open-02-import", "!import math"),
    ("root-01-predict", "## Take a root (3 min)\n\n**Predict:** which?"),
    ("root-02-run", "!root = math.sqrt(2)"),
    ("root-03-see", "<details>\n\nThis.\n\n</details>\n\nHalf of it? *(May be skipped.)*"),
    ("root-04-run", "!half = root / 2\nprint(half)"),
    ("root-05-see", "Text."),
    ("root-06-run", "!round(root, 3)"),
    ("more-01-predict", "## Take more (2 min)\n\n★ *Skip this section.*\n\n**Predict:** which?"),
    ("more-02-run", "!root = 2\nhalf = 1"),
    ("last-01-predict", "## Use it (1 min)"),
    ("last-02-run", "!half + root"),
]


@pytest.fixture
def small():
    new, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    return Lesson(
        [code(s[1:], id=name) if s.startswith("!") else new(s, id=name) for name, s in CELLS]
    )


def test_the_small_lesson_is_read_as_it_is_told(small):
    assert small.sections["Take-a-root-(3-min)"] == ["root-02-run", "root-04-run", "root-06-run"]
    assert small.starred == {"Take-more-(2-min)"}
    assert small.parts == {"root-03-see": ["root-04-run"]}


@pytest.mark.parametrize(
    ("ids", "stops"),
    [
        (["root-02-run", "root-04-run", "root-06-run"], ""),
        (["root-02-run", "more-02-run", "last-02-run"], ""),
        (["root-06-run"], "root-06-run: NameError"),
        (["root-02-run", "last-02-run"], "last-02-run: NameError"),
        (["root-05-see"], "root-05-see is no code cell"),
    ],
)
def test_a_plan_that_skips_a_name_it_needs_is_stopped(small, ids, stops):
    if not stops:
        small.run(ids)
        return
    with pytest.raises(Stopped, match=stops):
        small.run(ids)
