"""A figure that moves in the browser: matplotlib draws it once, a small script moves its marks."""

import hashlib
import json
import re
from functools import cached_property

import numpy as np
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text

from lec_utils import checks
from lec_utils.descent import ends, gradient_descent, walk
from lec_utils.engine import live_widget, mounted, names
from lec_utils.formula import LIBRARY, evaluate, fill_template, parse_template
from lec_utils.optimisers import adam, momentum
from lec_utils.pictures import Picture, minus
from lec_utils.prediction import Prediction
from lec_utils.scope import Scope, decimals, shown_decimals, stops


class LiveFigure(Scope, Prediction, Picture):
    """A picture with sliders under it that works without a kernel, offline and when exported.

    >>> from lec_utils.style import new_axes
    >>> ax = new_axes()
    >>> _ = ax.set(xlim=(-2, 2), ylim=(0, 4), xlabel="x", ylabel="x²")
    >>> live = LiveFigure(ax.figure, alt="A point on the parabola x².")
    >>> live.slider("x0", -2, 2, value=1)
    >>> _ = live.plot(ax, "x0", "x0**2", "o")
    >>> live.readout("x² = {x0**2:.2f}")
    >>> live.reading()
    'x² = 1.00'

    Formulas are those of :mod:`lec_utils.formula`, of names given before. Python evaluates them for
    the still picture (for viewers that run no script), the browser for the live one. ``alt`` is a
    template, and may use every name of the figure, so that it is true wherever sliders stand.
    ValueError for what cannot be meant, or comes after the figure was shown.
    """

    library = LIBRARY | {
        "descend": lambda slope, w0, alpha, n: np.array(gradient_descent(slope, w0, alpha, int(n))),
        "momentum": lambda slope, w0, alpha, n, beta: np.array(
            momentum(slope, w0, alpha, int(n), beta=beta)[0]
        ),
        "adam": lambda slope, w0, alpha, n: np.array(adam(slope, w0, alpha, int(n))[0]),
        "walk": walk,
        "ends": lambda guesses, minima: ends(guesses[-1], guesses[-1] - guesses[-2], minima) * 1.0,
    }

    def __init__(self, figure, *, alt, caption=""):
        Picture.__init__(self, figure, alt=alt, caption=caption)
        Scope.__init__(self)
        self._controls, self._still = {}, {}  # by name; and the values in the still picture
        self._marks, self._texts, self._readout, self._drag = [], [], [], []
        self._sound, self._stride, self._meshes = None, [], []

    def slider(self, name, low, high, *, value, step=0.01, label=None, shown=None, still=None):
        """A slider that sets the variable ``name``, to ``low``, ``low + step``, … up to ``high``.

        ``shown`` is the template of the number beside it; ``still`` the value in the still picture.
        """
        low, high, step = (checks.number(f"the slider {name}", end) for end in (low, high, step))
        if step <= 0 or low > high:
            way = f"from {low:g} to {high:g} in steps of {step:g}"
            raise ValueError(f"the slider {name} cannot move {way}.")
        control = {"name": name, "label": label or name, "min": low, "max": high, "step": step}
        control["decimals"] = decimals(step)
        control["value"] = checks.on_slider(name, value, low, high)
        still = checks.on_slider(name, value if still is None else still, low, high)
        self.name(name, np.float64(control["value"]))
        try:
            control["shown"] = self.template(shown or f"{{{name}:.{shown_decimals(step)}f}}")
        except ValueError:
            del self._now[name]  # so that it can be given again, and rightly
            raise
        self._controls[name], self._still[name] = control, still

    def player(self, name, last, *, label, shown=None, rate=8, still=None, restarts=()):
        """A slider over 0, …, ``last`` that plays ``rate`` steps a second.

        Stills, and who wants no motion, begin with ``last`` unless ``still`` is another step. It
        goes back to 0 when one of the sliders ``restarts`` moves, those of a start.
        """
        restarts = [self._control(other)["name"] for other in restarts]
        still = last if still is None else still
        self.slider(name, 0, last, value=0, step=1, label=label, shown=shown, still=still)
        kept = {"restarts": restarts} if restarts else {}
        self._controls[name] |= {"rate": rate} | kept | ({} if still == last else {"still": still})

    def stops(self, slider):
        """The values at which a slider can stand, a list; the browser has the same numbers."""
        return stops(*(self._control(slider)[key] for key in ("min", "max", "step")))

    def table(self, name, rows, slider=None):
        """Play back what Python computed: ``name`` is the row for the stop where ``slider`` is.

        ``rows`` has a number, an array or a text for each of the :meth:`stops` of the slider (the
        latest one unless it is named).
        """
        slider, rows = slider or next(reversed(self._controls), "none yet"), list(rows)
        many, control = len(self.stops(slider)), self._control(slider)
        if len(rows) != many:
            raise ValueError(f"{name} has {len(rows)} rows, but {slider} has {many} stops.")
        kept = [row if isinstance(row, str) else np.asarray(row, dtype=float) for row in rows]
        self._check_name(name)  # before its rows have one
        self.array(f"{name}_rows", kept)
        place = f"floor(({slider} - {control['min']}) / {control['step']} + 0.5)"
        self.let(name, f"at({name}_rows, min({place}, {many - 1}))")

    def move(self, line, x, y):
        """Drive a matplotlib Line2D or Polygon by two formulas, each giving a number or a list."""
        self._marks.append((line, *self._place(line, x, y)))

    def plot(self, ax, x, y, *style, **look):
        """What ``ax.plot`` draws with this style and look, driven by two formulas; the Line2D."""
        line = ax.plot([np.nan], [np.nan], *style, **look)[0]
        self.move(line, x, y)
        return line

    def mesh(self, mesh, x, y, eye):
        """Drive a Mesh: ``x`` and ``y`` place its crossings, shape (r, c), when the ``eye`` moves.

        ``eye`` tells where it is: three numbers, for along the columns, along the rows, and up.
        """
        self._meshes.append((mesh, *map(self.formula, (x, y, eye))))

    def write(self, text, template, x=None, y=None):
        """Drive a Text by a template, and perhaps its place by formulas, with va="baseline".

        It has a white rim, to be read on lines, and is not seen where its place is no number.
        """
        here = text.get_position()
        text.set_in_layout(x is None and y is None)  # room is made for what stays where it is
        place = self._place(text, here[0] if x is None else x, here[1] if y is None else y)
        pieces = self.template(template)
        if "\n" in fill_template(pieces, self._now):
            raise ValueError(f"a Text that moves has one line, {template!r} has more.")
        self._texts.append((text, *place, pieces))

    def readout(self, template):
        """The line of words under the sliders, which a screen reader speaks when they rest."""
        self._readout = self.template(template)

    def drag(self, across, up=None, *, x=None, y=None, by=None, rate=None, ax=None):
        """Let a pointer in ``ax``, the first axes unless given, set the slider ``across``.

        And perhaps ``up``. It takes hold of what is nearest: formulas ``x`` and ``y`` give the
        place, the sliders' values unless given. The sliders follow its numbers on the axes; or they
        are ``by``, a formula of px and py, these numbers (a list of two for two sliders); or with
        ``rate`` they change so much for each unit.
        """
        self._check_open()
        if (ax := ax or self.figure.axes[0]) not in self.figure.axes:
            raise ValueError("a handle stands on axes of this figure.")
        rows = [self._control(name)["name"] for name in (across, up) if name is not None]
        place = [self.formula(across if x is None else x), self.formula(y or up or "0")]
        # What moves up and down has to be touched itself: elsewhere a finger scrolls the page.
        upright = re.search(r"\bpy\b", by) if by else up and not rate
        how = ({"upright": True} if upright else {}) | ({"rate": rate} if rate else {})
        by = by and self._parse(by, [*self._now, "px", "py"])
        self._drag.append((ax, rows, place, by, how))

    def stride(self, way, *ends):
        """Let a single step of the player be seen: the ends of the lines ``ends`` go the ``way``.

        All are lines that move; a player at 180 ms a step or more shows each of its steps.
        """
        marks = [line for line, *_ in self._marks]
        self._stride = [marks.index(line) for line in (way, *ends)]

    def sound(self, x, y):
        """Let the point of these formulas, in the first axes, be heard: pitch is its height."""
        self._sound = (self.formula(x), self.formula(y))

    def reading(self, **values):
        """The readout where sliders have these ``values``; ValueError for what is on no slider."""
        limits = lambda name: (self._control(name)[end] for end in ("min", "max"))
        given = {name: checks.on_slider(name, x, *limits(name)) for name, x in values.items()}
        return fill_template(self._readout, self.values(given))

    def html(self):
        """The live figure as one ``<figure>`` element with its script inside."""
        spec = json.dumps(self.spec(), ensure_ascii=False, separators=(",", ":"))
        told = f"{spec},{self.program()},{names(self.parts())}"
        key = hashlib.sha256((self.svg() + told).encode()).hexdigest()[:8]
        code = mounted(key, f"mount(root,{told})", self.used, self.parts())
        return self._frame(f' data-figure="{key}"', code, self._rows())

    def parts(self):
        """The modules of JavaScript that this figure needs beside those that all do."""
        plays = any("rate" in control for control in self._controls.values())
        asked = {"drag": self._drag, "sound": self._sound, "stride": self._stride}
        asked |= {"surface": self._meshes, "predict": self._asked}
        asked |= {"choices": self._asked and self._asked["replies"]}
        return ["player"] * plays + [part for part, used in asked.items() if used]

    def describe(self, alt):
        """Replace the template of the alt text."""
        self._alt = " ".join(alt.split())

    @property
    def alt(self):
        """What the still picture shows, in words."""
        told = self._asked["alt"] if self._asked else self._told()
        return fill_template(told, self.values({} if self._asked else self._still))

    still_html, widget = Picture.html, live_widget

    def spec(self):
        """What is drawn where, for the script: a dict that JSON can carry."""
        return self._made[0]

    def program(self):
        """What the formulas compute, for the script: JavaScript."""
        return self._made[1]

    def __repr__(self):
        words = super().__repr__()
        told = self._asked["question"] if self._asked else self.reading()
        return words if told in words else f"{words} {told}"

    def _control(self, name):
        if name not in self._controls:
            known = ", ".join(self._controls) or "none"
            raise ValueError(f"there is no slider {name!r} in this figure, only: {known}.")
        return self._controls[name]

    def _told(self):
        """The pieces of the alt text, which is read late: it may use names that come after it."""
        pieces = parse_template(self._alt, lambda formula: self._parse(formula, self._now))
        return [minus(piece) if isinstance(piece, str) else piece for piece in pieces]

    def _place(self, mark, x, y):
        """The two Formulas for where a mark stands on its Axes."""
        _check_mark(mark, self.figure)
        place = [self.formula(formula) for formula in (x, y)]
        values = [np.asarray(evaluate(one, self._now)) for one in place]
        if any(value.dtype.kind not in "fi" or value.ndim > 1 for value in values):
            raise ValueError(f"a place is given by numbers, not by {x!r} and {y!r}.")
        if len({value.size for value in values if value.ndim} - {1}) > 1:
            raise ValueError(f"{x!r} and {y!r} give lists of different lengths.")
        return place

    def _try_ends(self):
        """ValueError where a formula has no value at an end of a slider."""
        places = [place for _, *both in [*self._marks, *self._texts] for place in both[:2]]
        words = [self._readout, self._told(), *(template for *_, template in self._texts)]
        for name, control in self._controls.items():
            last = stops(*(control[key] for key in ("min", "max", "step")), first=-1)
            for end in (control["min"], *last):
                values = self.values(self._still | {name: end})
                for place in places:
                    evaluate(place, values)
                for template in words:
                    fill_template(template, values)

    @cached_property
    def _svg(self):
        """The still picture, whose marks have names for the browser."""
        for mark, *_ in [*self._marks, *self._texts]:
            _check_mark(mark, self.figure)
        self._try_ends()
        self._closed = True
        values = self.values({} if self._asked else self._still)
        for i, (line, *place) in enumerate(self._marks):
            limit = self._limit(line).get("first")  # of its points that are drawn
            xs, ys = (np.atleast_1d(evaluate(formula, values))[:limit] for formula in place)
            points = _drawable(line.axes, xs, ys)
            line.set_xy(points.T) if isinstance(line, Polygon) else line.set_data(*points)
            line.set_gid(f"mark-line{i}")
        for i, (mesh, *place) in enumerate(self._meshes):
            mesh.place(*(evaluate(formula, values) for formula in place))
            mesh.set_gid(f"mark-mesh{i}")
        for i, (text, *place, template) in enumerate(self._texts):
            position = [evaluate(formula, values) for formula in place]
            told = fill_template(template, values)
            _put(text, position, told[: self._limit(text).get("first")])
            text.set_gid(f"mark-text{i}")
        svg = super()._svg
        for mark, *_ in [*self._marks, *self._texts]:
            if f'id="{mark.get_gid()}"' not in svg:
                del self._svg  # or it would be shown the next time
                raise ValueError(f"nothing was drawn of {mark}: what moves has to be visible.")
        return svg

    @cached_property
    def _made(self):
        """The spec and the program; the former holds the places of formulas in the latter."""
        self.svg()  # drawing fixes where the axes are
        asked, axes = {}, self.figure.axes  # each formula once, by its JavaScript, with its place
        ask = lambda formula: asked.setdefault(formula.javascript, (len(asked), formula))[0]
        words = lambda pieces: [p if isinstance(p, str) else [ask(p[0]), p[1]] for p in pieces]
        at = lambda x, y: {"x": ask(x), "y": ask(y)}
        over = lambda ax: {"axes": axes.index(ax)} if ax is not axes[0] else {}
        mark = lambda on, *place: over(on.axes) | self._limit(on) | at(*place)
        reach = lambda ax, rows, by: over(ax) | {"rows": rows} | ({"by": ask(by)} if by else {})
        handle = lambda ax, rows, place, by, how: reach(ax, rows, by) | at(*place) | how
        facets = lambda on, x, y, eye: mark(on, x, y) | {"eye": ask(eye)} | on.colors()
        spec = {
            "axes": [_box(ax) for ax in axes],
            "controls": [one | {"shown": words(one["shown"])} for one in self._controls.values()],
            "data": list(self.data.items()),
            "lines": [mark(*line) | _closed(line[0]) for line in self._marks],
            "meshes": [facets(*mesh) for mesh in self._meshes],
            "texts": [mark(*text) | {"template": words(told)} for *text, told in self._texts],
            "readout": words(self._readout),
            "alt": words(self._told()),
            "drag": [handle(*one) for one in self._drag],
            "sound": self._sound and at(*self._sound),
        }
        spec |= ({"stride": self._stride} if self._stride else {}) | self._asking(words, handle)
        formulas = [formula for _, formula in asked.values()]
        return spec, self.javascript([*self._controls, *self._pointer()], formulas)

    def _pointer(self):
        """The names of a pointer's numbers, if a handle makes something of them."""
        follows = any(by for *_, by, _ in [*self._drag, *self._handles()])
        return ["px", "py"] if follows else []


def _closed(line):
    return {"closed": True} if isinstance(line, Polygon) and line.get_closed() else {}


def _check_mark(mark, figure):
    """ValueError for a mark, or for axes, that the browser does not know how to move."""
    if not isinstance(mark, Line2D | Polygon | Text):
        raise ValueError(f"lines, polygons and texts move, not a {type(mark).__name__}.")
    ax, fixed = mark.axes, isinstance(mark, Text) and (mark.get_rotation(), mark.get_va())
    if ax not in figure.axes or Artist.get_transform(mark) != ax.transData:
        raise ValueError("marks stand on axes of this figure, and are measured by their numbers.")
    if unknown := {ax.name, ax.get_xscale(), ax.get_yscale()} - {"rectilinear", "linear", "log"}:
        raise ValueError(f"marks move on linear and log axes, not on {', '.join(unknown)}.")
    if fixed and fixed != (0.0, "baseline"):
        raise ValueError('a Text that moves is not turned, and stands on its va="baseline".')
    if isinstance(mark, Text) and mark.get_bbox_patch():
        raise ValueError("a Text that moves has no bbox: its box would stay behind.")
    if isinstance(mark, Line2D) and (mark.get_drawstyle() != "default" or mark.get_markevery()):
        raise ValueError("a line that moves goes from point to point and marks them all.")


def _put(text, position, told):
    """Write ``told`` there; what has no place is not seen."""
    if not np.all(np.isfinite(position)):
        position, told = text.axes.transData.inverted().transform((0, 0)), ""
    told = told or "\N{NO-BREAK SPACE}"  # or it is not drawn
    text.set(text=told, position=position, parse_math=False)


def _drawable(ax, xs, ys):
    """The points, shape (2, n), if one is in the picture; else one just outside its corner."""
    points = np.array(np.broadcast_arrays(xs, ys))
    logarithmic = [[ax.get_xscale() == "log"], [ax.get_yscale() == "log"]]
    points[logarithmic & (points <= 0)] = np.nan
    low, high = np.sort([ax.get_xlim(), ax.get_ylim()]).T[..., None]
    if np.any(np.all((low <= points) & (points <= high), axis=0)):
        return points
    # matplotlib writes no marker for points far outside, and the browser needs one to copy.
    return (ax.transAxes - ax.transData).transform([(-0.05, -0.05)]).T


def _box(ax):
    """Where an Axes lies in the SVG, in points; each axis: its two ends, True if logarithmic."""
    (width, height), place = ax.figure.get_size_inches() * 72, ax.get_position()
    box = {"left": place.x0 * width, "top": (1 - place.y1) * height}
    box |= {"width": place.width * width, "height": place.height * height}
    places = lambda low, high: [float(f"{low:.12g}"), float(f"{high:.12g}")]
    ends = lambda low, high, scale: places(low, high) + [True] * (scale == "log")
    axes = {"x": ends(*ax.get_xlim(), ax.get_xscale()), "y": ends(*ax.get_ylim(), ax.get_yscale())}
    return {name: round(length, 2) for name, length in box.items()} | axes
