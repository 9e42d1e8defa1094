"""A lesson's worksheet: tables to fill in, pictures to draw on, and room to write.

Its text is tools/paper/worksheets/<lesson>.md, Markdown in which a line of its own says

    <!-- table: ends-01-predict -->     the first table of that cell of the lesson
    <!-- table: break-01-predict its word, its end -->    with two more columns, to fill in
    <!-- picture: quartic -->           one of PICTURES: axes and curve, without the answer
    <!-- lines: 3 -->                   so many lines to write on
"""

import html
import re

import nbformat
import numpy as np

import lec_utils as lu
from lec_utils.pictures import ADDRESS
from tools.course import CourseError

ORDER = re.compile(r"^<!-- (table|picture|lines): (.*) -->$", re.MULTILINE)
TABLE = re.compile(r"(?:^\|.*\n?)+", re.MULTILINE)
FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)


def body(sheet, lesson, render):
    """The HTML of a worksheet, a file of Markdown, for the notebook of its ``lesson``."""
    cells = {cell.id: cell.source for cell in nbformat.read(lesson, as_version=4).cells}
    text = sheet.read_text(encoding="utf-8")
    parts = ORDER.split(text)
    made = [render(parts[0])]
    for order, what, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        made.append(_made(order, what, cells, sheet, render))
        made.append(render(after))
    return '<p class="name">Name:</p>' + "".join(made)


def _made(order, what, cells, sheet, render):
    if order == "lines":
        return lines(int(what))
    if order == "table":
        cell, _, more = what.partition(" ")
        found = TABLE.search(FOLDED.sub("", cells.get(cell, "")))
        if found is None:
            raise CourseError(f"{sheet.name}: there is no table in the cell {cell!r}.")
        return render(widened(found[0], [name.strip() for name in more.split(",") if name]))
    if what not in PICTURES:
        raise CourseError(f"{sheet.name}: there is no picture {what!r} in tools/worksheets.py.")
    return drawn(PICTURES[what]())


def widened(table, names):
    """A table in Markdown with an empty column more for each of these names."""
    head, rule, *rows = table.strip().splitlines()
    head += "".join(f" {name} |" for name in names)
    empty = " |" * len(names)
    return "\n".join([head, rule + ":--|" * len(names), *(row + empty for row in rows)])


def lines(count):
    """Lines to write on."""
    return f'<div class="lines">{"<div></div>" * count}</div>'


def drawn(picture):
    """The HTML of a picture to draw on."""
    svg = picture.svg().translate(ADDRESS)
    alt = html.escape(picture.alt)
    return f'<figure class="draw"><img alt="{alt}" src="data:image/svg+xml,{svg}"></figure>'


def curve(function, alt, size=(7.0, 2.7), **limits):
    """The curve of a function and nothing else."""
    domain = limits.pop("domain", None)
    ax = lu.draw_function(function, lu.new_axes(size=size), *([domain] if domain else []))
    ax.set(**limits)
    return lu.picture(ax, alt=alt)


def above_its_slope():
    """The quartic, and below it room for its slope."""
    above, below = lu.new_axes(2, (7.0, 5.6), sharex=True)
    lu.draw_function(lu.f, above).set_xlabel("")
    below.axhline(0, color="#1A1A1A", linewidth=1)
    below.set(xlabel="w", ylabel="slope", ylim=(-20, 20))
    alt = (
        "Above, the quartic: two valleys and a hump between them. Below, empty axes for its slope."
    )
    return lu.picture(above, alt=alt)


def empty(xlabel, ylabel, xlim, ylim, alt, size=(7.0, 2.2)):
    """Axes with a grid, to draw a curve into."""
    ax = lu.new_axes(size=size)
    ax.set(xlabel=xlabel, ylabel=ylabel, xlim=xlim, ylim=ylim)
    return lu.picture(ax, alt=alt)


def nine():
    """The nine curves of lesson 3, numbered."""
    functions = [lu.square, lu.fourth_power, lu.absolute, lu.exponential, lu.f, lu.arbitrary]
    functions += [lu.flat_bottom, lu.cube, lu.log_loss]
    axes = lu.new_axes(3, (7.5, 4.4), ncols=3)
    for number, (ax, function) in enumerate(zip(axes.flat, functions, strict=True), 1):
        lu.draw_function(function, ax)
        ax.set(title=str(number), xlabel="", ylabel="")
        ax.locator_params(nbins=4)
    return lu.picture(axes, alt="Nine curves, numbered from 1 to 9.")


def cloud():
    """The data of the lessons, without a line."""
    data = lu.course_data()
    ax = lu.new_axes(size=(7.0, 3.4))
    ax.plot(data.x, data.y, "o", markersize=3, color="#1A1A1A")
    ax.set(xlabel=data.x_label, ylabel=data.y_label, xlim=(0, None), ylim=(0, None))
    dots = f"{len(data.x)} dots, {data.y_label} over {data.x_label}"
    return lu.picture(ax, alt=f"{dots}, and no line.")


def valley():
    """The level lines of lesson 5, with its star and its square."""
    x, y, *_ = lu.course_data()
    X = lu.with_intercept(x)
    ax = lu.new_axes(size=(6.0, 4.0))
    lu.draw_contour(lambda theta: lu.mse(theta, X, y), (0, 2), (-0.1, 0.35), ax, levels=10)
    ax.plot(*np.linalg.lstsq(X, y)[0], "*", color="#1A1A1A", markersize=14)
    ax.plot(0.5, 0.2, "s", color="#1A1A1A", markersize=8)
    return lu.picture(
        ax,
        alt="Level lines of the mean squared error, long slanting strips; "
        "a star in the lowest one, and a square at (0.5, 0.2).",
    )


def memory():
    """Empty axes for updates against β, spread near 1 as in the picture of lesson 6."""
    ax = lu.new_axes(size=(6.0, 2.8))
    ax.set(xscale="log", yscale="log", xlim=(1.3, 0.0008), ylim=(200, 22_000))
    ax.set(xlabel="memory β", ylabel="updates needed")
    ax.set_xticks([1, 0.1, 0.01, 0.001], ["0", "0.9", "0.99", "0.999"])
    ax.set_yticks([300, 1000, 3000, 10_000], ["300", "1,000", "3,000", "10,000"])
    ax.minorticks_off()
    return lu.picture(ax, alt="Empty axes for updates against memory, which spread out near 1.")


PICTURES = {
    "quartic": lambda: curve(lu.f, "The quartic: two valleys and a hump between them."),
    "quartic-and-slope": above_its_slope,
    "corner": lambda: curve(
        lu.absolute, "The V of |x|, with its corner at 0.", domain=(-2, 2), ylim=(-1.5, 2)
    ),
    "arbitrary": lambda: curve(lu.arbitrary, "A curve with two valleys."),
    "square": lambda: curve(lu.square, "The parabola x².", domain=(-10, 10)),
    "steps": lambda: empty(
        "number of the step", "its length", (0, 50), (0, 0.05), "Empty axes for lengths of steps."
    ),
    "nine": nine,
    "cloud": cloud,
    "losses": lambda: empty(
        "update", "loss", (0, 10), (0, 10), "Empty axes for two loss curves, without numbers."
    ),
    "valley": valley,
    "memory": memory,
}
