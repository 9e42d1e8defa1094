"""The teacher's pages: times add up, sections and cells exist, numbers are those of the lessons."""

import re

import nbformat
import numpy as np
import pytest
from data_set import names
from test_notebooks import said_again

import lec_utils as lu
from tools.course import ROOT, read_course

COURSE = read_course()
TEACH = ROOT / "docs" / "teach"
PAGES = sorted(TEACH.glob("*.md"))
LINK = re.compile(r"\[([^\]]+)\]\(((?:[^()]|\([^()]*\))+)\)")
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]?\d+)?")
PARTS = ["Ask", "Do", "See", "Goes wrong", "Way out"]


def text(name):
    return (TEACH / name).read_text(encoding="utf-8")


def rows(table):
    """The cells of a Markdown table's rows, without its head."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def plans():
    """Each minute-by-minute plan: its title, its total, its rows."""
    for path in ("long-lesson.md", "short-lessons.md"):
        for title, total, body in re.findall(
            r"^## ([^\n]*) \((\d+) min\)\n(.*?)(?=^## |\Z)", text(path), re.MULTILINE | re.DOTALL
        ):
            yield pytest.param(int(total), rows(body), id=title)


def demos():
    """Each demonstration: its title and its text."""
    parts = re.split(r"^### ", text("demos.md"), flags=re.MULTILINE)[1:]
    for part in parts:
        title, _, body = part.partition("\n")
        yield pytest.param(body.split("\n## ")[0], id=title)


def cells(body):
    """The lesson of a demonstration, and its cells by their ids."""
    lesson = re.search(r"notebooks/(\w+)\.ipynb", body)[1]
    notebook = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4)
    return {cell.id: cell for cell in notebook.cells}


def named(body):
    """The ids of the cells that a demonstration names: its second line."""
    return re.findall(r"`([a-z]+-\d\d-[a-z]+)`", body.strip().splitlines()[0])


def minus(words):
    return words.replace("−", "-")


def test_the_long_lesson_and_a_short_one_for_each_lesson_are_there():
    lengths = {plan.id: plan.values[0] for plan in plans()}
    assert lengths.pop("The plan") == 90
    titles = {f"Short lesson {lesson.label}": lesson for lesson in COURSE.lessons}
    assert lengths.keys() <= titles.keys()
    for title, lesson in titles.items():
        assert lengths.get(title) == 60 or not lesson.practice, title


@pytest.mark.parametrize(("total", "plan"), [*plans()])
def test_minutes_add_up_and_the_clock_agrees(total, plan):
    clock = 0
    for shown, minutes, teacher, class_, _ in plan:
        assert shown == f"{clock // 60}:{clock % 60:02}"
        assert teacher and class_
        clock += int(minutes)
    assert clock == total


def test_more_derivatives_are_paid_for():
    review = text("long-lesson.md").partition("## How much derivative review")[2]
    classes = [(int(row[1]), row[3]) for row in rows(review.partition("\n## ")[0])]
    assert [minutes for minutes, _ in classes] == [10, 20, 30]
    for minutes, cut in classes[1:]:
        left = int(re.search(r"Independent practice is (\d+) minutes", cut)[1])
        assert minutes + left == 10 + 25


def headings(path):
    if path.suffix == ".ipynb":
        sources = (c.source for c in nbformat.read(path, as_version=4).cells)
        return re.findall(r"^#+ (.*)$", "\n".join(sources), re.MULTILINE)
    return re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_link_leads_to_a_file_and_a_section_of_that_name(path):
    for words, target in LINK.findall(path.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        assert (TEACH / file).is_file(), target
        if anchor:
            found = {h.replace(" ", "-"): h for h in headings((TEACH / file).resolve())}
            assert anchor in found, target
            assert re.sub(r" \(\d+ min\)$", "", found[anchor]) == words


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_error_of_the_sources_is_said_outside_quotation_marks(path):
    told = re.sub(r"“[^”]*”", "", path.read_text(encoding="utf-8"))
    for sentence in re.split(r"\n|\||(?<=[.?!]) ", told):
        assert not said_again(sentence), sentence


def test_each_lesson_with_practice_has_demonstrations_and_every_live_figure_is_one():
    bodies = [demo.values[0] for demo in demos()]
    shown = {cell for body in bodies for cell in named(body)}
    for lesson in (lesson for lesson in COURSE.lessons if lesson.practice):
        assert sum(lesson.path in body for body in bodies) >= 2
        for cell in nbformat.read(ROOT / lesson.path, as_version=4).cells:
            if any(
                "<script" in o.get("data", {}).get("text/html", "") for o in cell.get("outputs", [])
            ):
                assert cell.id in shown, cell.id


@pytest.mark.parametrize("body", [*demos()])
def test_each_demonstration_has_its_parts_its_cells_and_its_figure(body):
    assert re.findall(r"^- \*\*(.+?):\*\*", body, re.MULTILINE) == PARTS
    lesson = cells(body)
    assert named(body)
    assert all(cell in lesson for cell in named(body))
    code = "\n".join(cell.source for cell in lesson.values() if cell.cell_type == "code")
    for name in re.findall(r"`lu\.(\w+)`", body):
        assert hasattr(lu, name)
        assert f"lu.{name}(" in code


def see(body):
    return re.search(r"\*\*See:\*\* (.*)", body)[1]


@pytest.mark.parametrize("body", [*demos()])
def test_each_number_they_see_is_printed_by_the_lesson_or_read_out(body):
    lesson = [cell for cell in cells(body).values() if cell.cell_type == "code"]
    shown = [cell.source for cell in lesson]
    shown += [o.get("text", "") for cell in lesson for o in cell.outputs]
    shown = {number.lstrip("-") for number in NUMBER.findall(minus("\n".join(shown)))}
    told = minus(re.sub(r"[Aa]t `[^`]*` it reads “[^”]*”", "", see(body)))
    stale = [n for n in NUMBER.findall(told) if not {n.lstrip("-"), n.replace(",", "")} & shown]
    assert not stale, f"docs/teach/demos.md, under {named(body)}: the lesson prints no {stale}"


X, Y, *_ = lu.course_data()


def tips_loss():
    return lu.Function(
        lambda theta: np.mean((theta * X - Y) ** 2),
        lambda theta: 2 * np.mean((theta * X - Y) * X),
        domain=(-0.6, 0.9),
        variable="theta1",
        label="MSE",
    )


def salary_fit(years, salary):
    return lu.fit_slider(years, salary / 1000, w0=[12, 0], alpha=0.015, n=301)


def squared_error(theta):
    return (1 / (1 + np.exp(-theta)) - 1) ** 2


def valleys(theta):
    u, v = theta
    return (u**2 - 1) ** 2 + (u - v) ** 2


def valleys_gradient(theta):
    u, v = theta
    return np.array([4 * u * (u**2 - 1) + 2 * (u - v), 2 * (v - u)])


def bumpy(theta):
    u, v = theta
    return (u**2 + v**2) / 5 + np.sin(2 * u) * np.cos(2 * v)


def bumpy_gradient(theta):
    u, v = theta
    du = 2 * u / 5 + 2 * np.cos(2 * u) * np.cos(2 * v)
    return np.array([du, 2 * v / 5 - 2 * np.sin(2 * u) * np.sin(2 * v)])


def surface(loss, gradient, reach, w0, alpha, **options):
    limits = (-reach, reach)
    return lu.surface_slider(loss, limits, limits, gradient=gradient, w0=w0, alpha=alpha, **options)


def my_f(x):
    return (x * x - 4) ** 2 / 8


def rolling_ball():
    return lu.momentum(lu.df, 1.1, 0.02, 81, beta=0.8)[0]


def swinging_ball():
    return lu.momentum(lu.df, -1.3, 0.01, 151, beta=0.9)[0]


def tips_valley():
    columns = lu.with_intercept(X)
    bowl, lowest = 2 / len(Y) * columns.T @ columns, np.linalg.lstsq(columns, Y)[0]
    return lu.bowl_slider(bowl, lowest, [0, 0], 0.001, beta=0, n=201, reach=1.8 * np.abs(lowest))


def pieces(x):
    return np.where(x < 1, 25 * x, np.where(x < 2, x + 24, 25 * x - 24))


def three_pieces():
    low, middle = (lambda x: 12.5 * x**2), (lambda x: x**2 / 2 + 24 * x - 12)
    high = lambda x: 12.5 * x**2 - 24 * x + 36
    height = lambda x: np.where(x < 1, low(x), np.where(x < 2, middle(x), high(x)))
    curve = lu.Function(height, pieces, domain=(-2.6, 3.6), variable="x", label="f(x)")
    return lu.play(curve, lu.momentum(pieces, 3.3, 1 / 9, 41, beta=4 / 9)[0])


def map_of_luck():
    """The lesson's own cells make it: what is drawn there is called by no name elsewhere."""
    notebook = nbformat.read(ROOT / "notebooks" / "06_momentum.ipynb", as_version=4)
    made = {}
    for cell in notebook.cells:
        if cell.id in ("opening-02-import", "ball-08-run", "ball-09-map"):
            exec(cell.source, made)
    return made["live"]


# The figures of the lessons, made again to be asked what they read.
FIGURES = {
    "why-02-play": lambda: lu.fit_slider(X, Y, alpha=0.0002, n=31, intercept=False),
    "fog-02-run": lambda: lu.fog_slider(w0=1.1),
    "ball-03-play": lambda: lu.play(lu.f, rolling_ball()),
    "sign-02-run": lambda: lu.tangent_slider(w0=0.5),
    "fog-04-run": lu.tangent_slider,
    "rate-02-run": lambda: lu.secant_slider(w0=0.0, h=1.0),
    "kink-02-run": lu.kink_slider,
    "animation-01-run": lambda: lu.minimizing_animation(w0=0, alpha=0.01),
    "animation-02-own": lambda: lu.minimizing_animation(my_f, 0.1, 0.2, n=25, domain=(-3, 3)),
    "alpha-02-slider": lu.alpha_slider,
    "choose-04-slider": lambda: lu.alpha_slider(
        lu.f, 0.0, 0.05, lowest=0.001, highest=0.1, step=0.001, widen=1
    ),
    "chord-02-run": lambda: lu.chord_slider(lu.f, -1.3, 1.2),
    "chord-04-run": lambda: lu.chord_slider(lu.square, -3, 8, 0.3),
    "basin-02-hikers": lambda: lu.hikers(alpha=0.02, n=101, highest=0.15),
    "saddle-03-surface": lambda: surface(
        valleys, valleys_gradient, 1.3, (0, 0), 0.1, names=("u", "v", "height")
    ),
    "saddle-07-hikers": lambda: lu.hikers_on_map(
        valleys, valleys_gradient, (-2, 2), (-2, 2), 0.1, highest=0.3
    ),
    "saddle-08-play": lambda: surface(
        bumpy, bumpy_gradient, 2.5, (1, 2), 0.2, names=("u", "v", "height")
    ),
    "loss-04-chord": lambda: lu.chord_slider(squared_error, -6, 6, domain=(-6, 6)),
    "alpha-01-slider": lambda: lu.alpha_slider(
        tips_loss(), -0.5, 0.0001, n=30, widen=1, lowest=0.00005, highest=0.0024, step=0.00005
    ),
    "run-02-slider": lambda: lu.fit_slider(X, Y, intercept=False, w0=-0.5, alpha=0.0001, n=11),
    "bowl-02-slider": lambda: lu.fit_slider(X, Y, n=101),
    "standard-01-slider": lambda: lu.fit_slider(X, Y, standardise=True),
    "formula-02-slider": lambda: lu.probability_slider(X, names()["many"], alpha=1),
    "land-02-run": lambda: lu.surface_slider(
        lambda theta: lu.mse(theta, lu.with_intercept(X), Y), (0, 2), (-0.1, 0.35)
    ),
    "bowl-01-run": lambda: lu.bowl_slider(
        [[2, 1], [1, 2]], [0, 0], [3, -1], 0.1, n=40, reach=(4, 4), highest=0.7
    ),
    "land-05-run": lambda: lu.surface_slider(
        lambda theta: lu.mse(theta, lu.with_intercept(X), Y),
        (0, 2),
        (-0.1, 0.35),
        gradient=lambda theta: lu.mse_gradient(theta, lu.with_intercept(X), Y),
        w0=[0.5, 0.2],
        alpha=0.001,
    ),
    "fit-01-run": lambda: salary_fit(*lu.salary_data(100, np.random.default_rng(0))),
    "fair-02-run": lambda: lu.batch_race(clock="updates"),
    "ball-06-play": lambda: lu.play(lu.f, swinging_ball()),
    "ball-09-map": map_of_luck,
    "knobs-03-slider": tips_valley,
    "promise-03-play": three_pieces,
    "race-02-race": lu.landscape_race,
}


def read(figure, values):
    """What a figure reads; where a slider does not go so far, that it does not."""
    try:
        return figure.reading(**values)
    except ValueError as error:
        return f"{error}"


@pytest.mark.parametrize("body", [d for d in demos() if "it reads" in see(d.values[0])])
def test_each_figure_reads_what_the_page_says(body):
    figure = next(FIGURES[cell]() for cell in named(body) if cell in FIGURES)
    names = {c["label"].split(" ")[0]: c["name"] for c in figure.spec()["controls"]}
    readings = re.findall(r"[Aa]t `([^`]+)` it reads “([^”]+)”", see(body))
    assert len(readings) == see(body).count("it reads")
    stale = []
    for settings, words in readings:
        pairs = (pair.split(" = ") for pair in settings.split(", "))
        reading = read(figure, {names[name]: float(value) for name, value in pairs})
        stale += [] if words in reading else [f"at {settings} it reads “{reading}”"]
    assert not stale, f"docs/teach/demos.md, under {named(body)}: {'; '.join(stale)}"


def asked_about(number):
    """Where a misconception is met: questions of the practice, and wrong answers of the checks."""
    practice = [
        f"{master.parent.name} {master.stem}, {cell.id}"
        for master in sorted((ROOT / "solutions" / "masters").glob("*/*.ipynb"))
        for cell in nbformat.read(master, as_version=4).cells
        for met in re.findall(r"^misconceptions: \[(.*)\]", cell.source, re.MULTILINE)
        if str(number) in met.split(", ")
    ]
    checks = re.findall(r"^- (“[^”]+”) \(([\d, ]+)\)", text("questions.md"), re.MULTILINE)
    return practice + [said for said, shown in checks if str(number) in shown.split(", ")]


@pytest.mark.skipif(
    "06_momentum" not in [lesson.name for lesson in COURSE.lessons], reason="without lesson 6"
)
@pytest.mark.parametrize("number", [14, 15, 16, 18])
def test_each_misconception_of_lesson_6_is_met_by_three_questions(number):
    assert len(asked_about(number)) >= 3
