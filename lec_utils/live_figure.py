"""A figure that moves in the browser: matplotlib draws it once, a small script moves its marks."""

import base64
import json
from functools import cached_property, partial

import numpy as np
from matplotlib.patches import Polygon

from lec_utils import checks
from lec_utils.engine import script
from lec_utils.expression import evaluate, fill_template, parse_template
from lec_utils.function import elementwise
from lec_utils.pictures import Picture

SAMPLES = 301


def nice_step(width, stops=300):
    """A step for a slider: 1, 2 or 5 times a power of ten, with at least so many in ``width``.

    >>> nice_step(3), nice_step(3.5), nice_step(20)
    (0.01, 0.01, 0.05)
    """
    power = 10.0 ** np.floor(np.log10(width / stops) + 1e-9)
    times = max(times for times in (1, 2, 5) if times * power <= width / stops * (1 + 1e-9))
    return float(f"{times * power:.1g}")


class LiveFigure(Picture):
    """A picture with sliders under it that works without a kernel, offline and when exported.

    Draw with matplotlib, then name what moves and what drives it:

    >>> from lec_utils.style import new_axes
    >>> ax = new_axes()
    >>> point = ax.plot([0], [0], "o")[0]
    >>> _ = ax.set(xlim=(-2, 2), ylim=(0, 4), xlabel="x", ylabel="x²")
    >>> live = LiveFigure(ax.figure, alt="A point on the parabola x².")
    >>> live.slider("x0", -2, 2, value=1)
    >>> live.move(point, x="x0", y="x0**2")
    >>> live.readout("x² = {x0**2:.2f}")
    >>> live.reading()
    'x² = 1.00'

    Formulas are those of :mod:`lec_utils.expression`: the same text is evaluated by Python for
    the still picture (which viewers show that run no script) and by the browser for the live one.
    """

    def __init__(self, figure, *, alt, caption=""):
        super().__init__(figure, alt=alt, caption=caption)
        self._controls, self._functions, self._arrays, self._lets = [], {}, {}, {}
        self._lines, self._texts, self._readout, self._drag = [], [], [], []

    def slider(self, name, low, high, *, value, step=0.01, label=None, shown=None, still=None):
        """A slider that sets the variable ``name``.

        ``shown`` is the template of the number beside it; ``still`` is the value in the still
        picture, if not ``value``.
        """
        decimals = max(0, len(f"{step:.10f}".rstrip("0").split(".")[1]))
        self._controls.append(
            {
                "name": name,
                "label": label or name,
                "min": low,
                "max": high,
                "step": step,
                "value": _on_slider(name, value, low, high),
                "shown": parse_template(shown or f"{{{name}:.{decimals}f}}"),
                "still": value if still is None else still,
            }
        )

    def player(self, name, last, *, label, shown=None, rate=8):
        """A slider over 0, 1, …, ``last`` with play, pause, step, restart and a speed.

        ``rate`` is in steps a second. The still picture shows the last step, and so does the
        live one for a reader who asked for reduced motion.
        """
        self.slider(name, 0, last, value=0, step=1, label=label, shown=shown, still=last)
        self._controls[-1]["rate"] = rate

    def sample(self, name, function, low, high, points=SAMPLES):
        """Make ``function`` callable as ``name`` in formulas, for numbers from low to high.

        The browser gets its values at so many ``points``, and puts cubics through them.
        """
        self._functions[name] = (partial(elementwise, function), low, high, points)

    def array(self, name, values):
        """Make ``values``, shape (k,), available as ``name`` in formulas."""
        self._arrays[name] = np.asarray(values, dtype=float)

    def let(self, name, formula):
        """Name a value that several formulas use; it may use the names before it."""
        self._lets[name] = formula

    def move(self, line, x, y):
        """Drive a matplotlib Line2D or Polygon by two formulas, each giving a number or a list."""
        self._lines.append((line, x, y))

    def write(self, text, template, x=None, y=None):
        """Drive the words of a matplotlib Text by a template such as ``"w = {w0:.2f}"``.

        Two formulas for numbers, ``x`` and ``y``, may move it, too. The Text is to stand on its
        baseline (``va="baseline"``), which is where the browser puts it.
        """
        place = text.get_position()
        x, y = str(place[0]) if x is None else x, str(place[1]) if y is None else y
        self._texts.append((text, parse_template(template), x, y))

    def readout(self, template):
        """The line of words under the sliders, which a screen reader speaks when they rest."""
        self._readout = parse_template(template)

    def drag(self, across, up=None):
        """Let a drag across the first axes set the variable ``across``, and perhaps ``up``."""
        self._drag = [across] if up is None else [across, up]

    def reading(self, **values):
        """The readout's text at the sliders' ``values`` (the first ones, where not given)."""
        return fill_template(self._readout, self._scope(values))

    def widget(self):
        """The same figure as an anywidget, whose values Python can read, set and observe."""
        from lec_utils.live_widget import live_widget  # anywidget is loaded only when asked for

        return live_widget(self)

    def html(self):
        """The live figure as one ``<figure>`` element with its script inside."""
        spec = _json(self.spec())
        mount = f"mount(document.currentScript.closest('figure'),{spec})"
        return self._frame(f"<script>(()=>{{{script(spec)}{mount}}})()</script>")

    def still_html(self):
        """The still picture as one ``<figure>``, for ``live_figure.js`` to bring to life."""
        return self._frame()

    def spec(self):
        """What the script needs to know, as a dict that JSON can carry."""
        self.svg()  # drawing fixes where the axes are
        return self._spec

    def _draw(self):
        self._pose({control["name"]: control["still"] for control in self._controls})
        return super()._draw()

    def _scope(self, values):
        """Every name a formula may use, for these values of the controls."""
        scope = {control["name"]: control["value"] for control in self._controls} | values
        for name, (function, low, high, _) in self._functions.items():
            scope[name] = _bounded(function, low, high)
        scope |= self._arrays
        for name, formula in self._lets.items():
            scope[name] = evaluate(formula, scope)
        return scope

    def _pose(self, values):
        """Put the marks where the formulas say, and name them for the browser."""
        scope = self._scope(values)
        for i, (line, x, y) in enumerate(self._lines):
            xs, ys = np.atleast_1d(evaluate(x, scope)), np.atleast_1d(evaluate(y, scope))
            _set_points(line, *_drawable(line.axes, xs, ys))
            line.set_gid(f"mark-line{i}")
        for i, (text, pieces, x, y) in enumerate(self._texts):
            place = evaluate(x, scope), evaluate(y, scope)
            text.set(text=fill_template(pieces, scope), position=place, gid=f"mark-text{i}")

    @cached_property
    def _spec(self):
        axes = self.figure.axes
        return {
            "axes": [_box(ax) for ax in axes],
            "controls": [_without(control, "still") for control in self._controls],
            "functions": {name: _samples(*what) for name, what in self._functions.items()},
            "arrays": {name: _packed(values, "<f8") for name, values in self._arrays.items()},
            "lets": list(self._lets.items()),
            "lines": [
                {"id": f"mark-line{i}", "axes": axes.index(line.axes), "x": x, "y": y}
                for i, (line, x, y) in enumerate(self._lines)
            ],
            "texts": [
                {"id": f"mark-text{i}", "template": pieces}
                | {"axes": axes.index(text.axes), "x": x, "y": y}
                for i, (text, pieces, x, y) in enumerate(self._texts)
            ],
            "readout": self._readout,
            "drag": self._drag,
        }


def _on_slider(name, value, low, high):
    value = checks.number(name, value)
    if not low <= value <= high:
        raise ValueError(f"{name} = {value:g} is not on its slider, from {low:g} to {high:g}.")
    return value


def _drawable(ax, xs, ys):
    """The points as they are if one of them is in the picture, else one just outside its corner.

    matplotlib writes no marker for points far outside, and the browser needs one to copy.
    """
    xs, ys = np.broadcast_arrays(xs, ys)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    if np.any((left <= xs) & (xs <= right) & (bottom <= ys) & (ys <= top)):
        return xs, ys
    return [left - 0.05 * (right - left)], [bottom - 0.05 * (top - bottom)]


def _set_points(artist, xs, ys):
    if isinstance(artist, Polygon):
        artist.set_xy(np.column_stack([xs, ys]))
    else:
        artist.set_data(xs, ys)


def _box(ax):
    """Where an Axes lies in the SVG, in points from its top left, and what it shows."""
    width, height = ax.figure.get_size_inches() * 72
    place = ax.get_position()
    return {
        "left": round(place.x0 * width, 2),
        "top": round((1 - place.y1) * height, 2),
        "width": round(place.width * width, 2),
        "height": round(place.height * height, 2),
        "x": [round(float(x), 9) for x in ax.get_xlim()],
        "y": [round(float(y), 9) for y in ax.get_ylim()],
    }


def _bounded(function, low, high):
    """``function`` as the browser knows it: not a number outside [low, high]."""

    def bounded(x):
        x = np.asarray(x, dtype=float)
        values = np.full(x.shape, np.nan)
        known = (low <= x) & (x <= high)
        values[known] = function(x[known])
        return values[()]

    return bounded


def _samples(function, low, high, points):
    values = function(np.linspace(low, high, points))
    return {"low": low, "high": high, "values": _packed(values, "<f4")}


def _packed(values, kind):
    return base64.b64encode(np.asarray(values).astype(kind).tobytes()).decode()


def _without(mapping, key):
    return {name: value for name, value in mapping.items() if name != key}


def _json(spec):
    """Compact JSON that may stand inside a <script> element."""
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
