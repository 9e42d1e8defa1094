"""A playground: a formula of one's own, typed, drawn and descended on in the browser."""

import hashlib
import json
import re

import numpy as np

from lec_utils import checks
from lec_utils.descent import gradient_descent
from lec_utils.diagnosis import diagnose
from lec_utils.engine import mounted, script
from lec_utils.formula import parse
from lec_utils.function import Function, as_function
from lec_utils.gradient_check import measured_gradient
from lec_utils.maps import draw_contour
from lec_utils.pictures import Picture
from lec_utils.plots import draw_path
from lec_utils.style import POINT, RINGS, new_axes, styled
from lec_utils.view import heights_seen, view_of_curve, view_of_map

PLAYGROUND = "Type a formula of your own, drag the start, slide α: how does the run go, and why?"
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
ALSO = str.maketrans(dict(zip("−–·⋅×÷^√π", [*"--***/", "**", "sqrt", "pi"], strict=True)))
FUNCTIONS = "sqrt|tanh|sin|cos|tan|exp|log|ln|abs|max|min"
TOKEN = re.compile(rf"(\d+\.?\d*|\.\d+|{FUNCTIONS}|pi|[xywe]|\*\*|[-+*/()|,])|(\S)")


class Playground(Picture):
    """A still picture of a run, which becomes a playground where scripts run."""

    def __init__(self, ax, state, **words):
        super().__init__(ax.figure, **words)
        self._state = json.dumps(state, ensure_ascii=False, separators=(",", ":"))

    def html(self):
        """The playground as one ``<figure>`` element with its script inside."""
        key = hashlib.sha256((self.svg() + self._state).encode()).hexdigest()[:8]
        code = mounted(key, f"openPlayground(root,{self._state})", main="playground")
        return self._frame(f' data-figure="{key}"', code, 6)

    still_html = Picture.html

    def widget(self):
        """An anywidget with the synced traits ``formula``, ``w0``, ``alpha``, ``n`` and ``domain``.

        ``w0`` is a list of one or two numbers. ValueError for a formula that cannot be read.
        """
        import anywidget  # here, so that `import lec_utils` stays light
        from traitlets import Float, Int, List, Unicode, validate

        state = json.loads(self._state)
        own = {
            "formula": Unicode(state["formula"]),
            "w0": List(Float(), state["start"], minlen=1, maxlen=2),
            "alpha": Float(state["alpha"], min=1e-4),
            "n": Int(state["n"], min=2, max=100),
            "domain": List(Float(), state.get("range"), allow_none=True, minlen=2, maxlen=2),
            "_picture": Unicode(self.still_html()),
        }
        own = {name: trait.tag(sync=True) for name, trait in own.items()}
        own["_esm"] = f"{script((), main='playground_widget')}\nexport default playgroundEntry;\n"
        own["__repr__"] = lambda widget: f"PlaygroundWidget: {self.alt}"
        own["_readable"] = validate("formula")(
            lambda _, given: understood(given["value"]) and given["value"]
        )
        return type("PlaygroundWidget", (anywidget.AnyWidget,), own)()


@styled
def playground(formula="x^4 - 3x", w0=2.0, alpha=0.05, n=20, *, domain=None, caption=PLAYGROUND):
    """A field for a formula as one writes it, with its curve or map, and a run of ``n`` guesses.

    The text has one or two of x, y and w, such as ``"sin(x) + x²/10"`` or ``"x² + 3y²"``, and
    ``w0`` is a number, or one for each. The browser chooses what is seen unless ``domain`` is
    given, (low, high), of a map for both. ValueError for what cannot be read or meant.
    """
    names, f = understood(formula)
    start = _start(w0, names)
    state = {"formula": formula, "start": start.tolist(), "n": checks.count("n", n)}
    state |= {"alpha": checks.positive_step(alpha)}
    state |= {"range": checks.interval(domain)} if domain else {}
    if single := len(names) == 1:
        f = Function(f, variable=names[0])
    slope = f.derivative if single else lambda theta: measured_gradient(f, theta)[0]
    path = gradient_descent(slope, start[0] if single else start, alpha, n)
    if single:
        view = domain or view_of_curve(f, slope, start[0])
        ax = draw_path(f := as_function(f, domain=view), path, new_axes())
        ax.set(xlim=view, ylim=heights_seen(f(np.linspace(*view, 301))))
    else:
        view = domain or view_of_map(f, start)
        ax = draw_contour(f, view, view, new_axes(size=(5.0, 4.6)), levels=6, names=names)
        ax.plot(*path.T, **RINGS)
        ax.plot(*path[0], **POINT)
    ground = f.outline if single else f"Level lines of f({', '.join(names)})."
    ending = diagnose(path, f) if n > 1 else ""
    alt = f"f({', '.join(names)}) = {formula}. {ground} {len(path)} guesses of gradient descent"
    alt += f" from {start.tolist()} at α = {alpha:g}. {ending}"
    return Playground(ax, state, alt=alt, caption=caption)


def _start(w0, names):
    """A number for each of the names; ValueError where there are more or fewer."""
    start = checks.starting_point(w0)
    if start.size not in (1, len(names)):
        told = f"w0 has {start.size} numbers, but the formula has {len(names)}: {', '.join(names)}."
        raise ValueError(f"{told} Give one for each.")
    return np.broadcast_to(start, len(names))


def understood(text):
    """The names in what a learner types, and a function of their numbers; ValueError for a slip."""
    if not isinstance(text, str):
        raise TypeError(f"a formula is a text in quotes, such as 'x^4 - 3x', got {text!r}.")
    raised = re.sub("⁻?[⁰¹²³⁴-⁹]+", lambda found: f"**({found[0].translate(RAISED)})", text.lower())
    written, opened, ended = [], [], False  # and whether the last token ends a number
    for found in TOKEN.finditer(raised.translate(ALSO)):
        token, other = found.groups()
        if other:
            raise ValueError(f"{other!r} has no place in a formula such as 'x^4 - 3x'.")
        closes = token == ")" or (token == "|" and ended and opened[-1:] == ["|"])
        opens = token in ("(", "|") and not closes
        if closes:
            opened = opened[:-1]
        written += ["*"] if ended and (opens or token[0].isalpha()) else []
        opened += [token] if opens else []
        written.append(")" if closes else "abs(" if opens and token == "|" else token)
        ended = closes or token in ("pi", *"xywe") or token[0] in ".0123456789"
    names = sorted({*written} & {*"xyw"}) or ["x"]
    known = {"pi": np.pi, "e": np.e}
    parsed = parse(" ".join(written).replace("ln", "log"), [*names, *known])
    if len(names) > 2:
        raise ValueError(f"{text!r} has the letters {', '.join(names)}: take one or two.")
    if len(names) == 1:
        return names, lambda x: parsed.value(known | {names[0]: np.asarray(x, dtype=float)})
    return names, lambda theta: parsed.value(known | dict(zip(names, theta, strict=True)))
