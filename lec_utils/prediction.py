"""What a figure withholds until its reader has committed to an answer."""

from typing import NamedTuple

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text

from lec_utils.ask import block, check, check_words
from lec_utils.formula import evaluate, fill_template, literal
from lec_utils.pictures import minus
from lec_utils.scope import nice_step, shown_decimals
from lec_utils.style import INK, ORANGE

PLACES = 5  # of a sketch, of which the first is given
FLAG = """You said {{you:.{0}f}}, the answer is {{truth:.{0}f}}: your flag is
    {{abs(you - truth):.{0}f}} {{where(you > truth, 'to the right of it',
    where(you < truth, 'to the left of it', 'away from it'))}}."""
OUTSIDE = (
    "the answer lies outside the picture, where no flag can stand: give a wider "
    "domain=(low, high), or ask in words."
)


class Drawn(NamedTuple):
    """What a reader draws into a figure, what then is drawn over it, and what is said."""

    told: str = ""  # templates: to who has drawn, and to who has not
    answer: str = ""
    handles: tuple = ()  # of the sliders that set it, as those of LiveFigure.drag
    mine: tuple = ()  # its marks, and those of the answer
    truth: tuple = ()
    spot: tuple = ()  # the Axes and the place, or its x alone, of a point that is the answer
    stands: str = ""  # a template: where the reader's marks are


class Prediction:
    """The part of a LiveFigure that asks before it answers."""

    _asked = None
    ground = ""  # what is seen of a figure before its question is answered, in a sentence
    seen = ()  # and its lines that are seen whole, as where they stand at first tells no answer

    def predict(
        self,
        question,
        *,
        flag=None,
        sketch=None,
        over=None,
        choose=None,
        right=None,
        reply="",
        ax=None,
        alt=None,
    ):
        """Ask ``question``, and let the figure live once its reader has committed; returns it.

        One of three: ``flag``, a formula for the place across ``ax`` where a flag belongs;
        ``sketch``, one for the heights of a line, and ``over`` for its places, to be drawn over
        ``ax`` from its first point on; ``choose`` and ``right``, as in :func:`lec_utils.ask`.
        ``reply`` is a template said to who has drawn, of ``you`` (``you1`` … ``you4``) and
        ``truth``. Until then sliders, readout, texts and a point at the answer are withheld, each
        line ends at its first point, and ``alt``, a template, says what is seen. ``ax`` is the
        first of the figure's, for a sketch the last, unless given. Comes after all that the figure
        has.
        """
        self._check_open()
        if self._asked:
            raise ValueError("this figure asks already: it has one question.")
        if sum(one is not None for one in (flag, sketch, choose)) != 1:
            raise ValueError("predict takes one of flag, sketch and choose.")
        ax, drawn, replies = ax or self.figure.axes[-1 if sketch else 0], Drawn(), {}
        if choose is not None:
            question, replies, right = check(question, choose, right)
        else:
            question = check_words(question)
            drawn = self._flag(ax, flag) if sketch is None else self._sketch(ax, sketch, over)
        told, answer, seen = (
            self.template(" ".join(words.split()))
            for words in (f"{drawn.told} {reply}", drawn.answer, alt or self._seen(drawn))
        )
        mine = {one[1][0]: self._controls.pop(one[1][0]) for one in drawn.handles}
        self._controls = mine | self._controls  # the last one is the figure's own
        self._asked = {"question": question, "replies": replies, "right": right}
        self._asked |= {"told": told, "answer": answer, "alt": seen, "drawn": drawn}
        return self

    def _flag(self, ax, truth):
        """A flag to move, and a line where it belongs."""
        (low, high), (bottom, top) = _fixed(ax)
        upright, (wide, tall) = f"[{bottom}, {top}]", (high - low, top - bottom)
        self.let("truth", truth)
        if isinstance(self._now["truth"], str) or np.ndim(self._now["truth"]):
            raise ValueError(f"a flag stands at one number, which {truth!r} is not.")
        if not low <= self._now["truth"] <= high:  # nor if it is nan
            raise ValueError(OUTSIDE)
        digits = self._mover("you", "your flag", (low, high), (low + high) / 2)
        side = f"where(you > {high - wide / 5}, -1, 1)"
        word = f"you + {0.115 * wide:.6g} * {side} - {0.045 * wide:.6g}"
        pole = "[you, you]", upright, "--"
        mine = self._named(ax, pole, "you", word, f"{top - 0.09 * tall}", ha="left")
        pennant = ax.fill([low], [bottom], color=ORANGE, zorder=6)[0]
        heights = f"[{top}, {top - 0.06 * tall}, {top - 0.12 * tall}]"
        self.move(pennant, f"[you, you + {0.06 * wide:.6g} * {side}, you]", heights)
        # Each word stands inside the picture, and that of the answer where your flag is not.
        away = f"truth > {high - wide / 5} or you > truth and truth > {low + wide / 5}"
        place = f"truth + where({away}, {-wide / 5}, {wide / 80})", f"{top - 0.26 * tall}"
        over = self._named(ax, ("[truth, truth]", upright, "-"), "answer", *place, INK, "left")
        self.drag("you", y=f"{top}", ax=ax)
        handles = [self._drag.pop()]  # until the question is answered
        answer = f"The answer is {{truth:.{digits}f}}."
        spot, stands = (ax, self._now["truth"]), f"Your flag stands at {{you:.{digits}f}}."
        return Drawn(FLAG.format(digits), answer, handles, (*mine, pennant), over, spot, stands)

    def _sketch(self, ax, truth, over):
        """Points to move up and down, and the line on which they belong."""
        limits = _fixed(ax)[1]
        self.let("truth", truth)
        self.let("over", truth if over is None else over)
        heights, xs = np.array(self._now["truth"]), np.array(self._now["over"])
        if over is None or xs.ndim != 1 or xs.shape != heights.shape or len(xs) < PLACES:
            raise ValueError(f"sketch and over are two lists of one length, {PLACES} or more.")
        places = np.linspace(0, len(xs) - 1, PLACES).round().astype(int)
        names, handles = [f"you{i}" for i in range(1, PLACES)], []
        for name, x in zip(names, xs[places[1:]], strict=True):
            digits = self._mover(name, f"height at {x:g}", limits, heights[0])
            self.drag(name, x=f"{x}", y=name, by="py", ax=ax)
            handles.append(self._drag.pop())
        line = f"{xs[places].tolist()}", f"[{heights[0]}, {', '.join(names)}]"
        mine, shown = self._both(ax, line, limits)
        gaps = (f"abs({name} - at(truth, {k}))" for name, k in zip(names, places[1:], strict=True))
        told = f"On average your points are {{({' + '.join(gaps)}) / 4:.{digits}f}} off the answer."
        ends = f"It goes from {{at(truth, 0):.{digits}f}} to {{at(truth, -1):.{digits}f}}."
        *middle, last = (f"{{{name}:.{digits}f}}" for name in names)
        stands = f"Your line goes from {heights[0]:.4g} over {', '.join(middle)} to {last}."
        return Drawn(told, ends, handles, mine, shown, (ax, xs[-1], heights[-1]), stands)

    def _both(self, ax, line, limits):
        """The marks of both lines of a sketch, with what they are above their right ends."""
        x, (bottom, top) = f"{ax.get_xlim()[1]}", limits
        you, answer = (f"{top - share * (top - bottom)}" for share in (0.16, 0.38))
        mine = self._named(ax, (*line, "D--"), "◆ you", x, you, ha="right")
        return mine, self._named(ax, ("over", "truth", "-"), "━ answer", x, answer, INK, "right")

    def _mover(self, name, label, limits, value):
        """A slider over an axis; the decimals of its numbers."""
        low, high = sorted(limits)
        step = nice_step(high - low)
        on = lambda number: round(number * step, 12)
        low, high = on(np.ceil(low / step - 1e-9)), on(np.floor(high / step + 1e-9))
        value = float(np.clip(on(round(value / step)), low, high))
        self.slider(name, low, high, value=value, step=step, label=label)
        return shown_decimals(step)

    def _named(self, ax, line, word, x, y, color=ORANGE, ha="center"):
        """A line of two formulas and a style, and the word at it: the two marks."""
        look = {"color": color, "zorder": 6, "markersize": 9, "markeredgecolor": INK}
        mark = ax.plot([np.nan], [np.nan], line[2], **look)[0]
        self.move(mark, *line[:2])
        text = ax.text(0, 0, "", ha=ha, va="baseline", color=color, weight="bold", size=13)
        self.write(text, literal(word), x, y)
        return mark, text

    def _limit(self, mark):
        """How many points of a mark, or letters, are shown while the question is open."""
        if not self._asked:
            return {}
        drawn = self._asked["drawn"]
        if mark in (*drawn.mine, *self.seen) or isinstance(mark, Polygon):
            return {"mine": True} if mark in drawn.mine else {}
        withheld = mark in drawn.truth or isinstance(mark, Text) or self._tells(mark, drawn)
        return {"first": 0 if withheld else 1}

    def _tells(self, mark, drawn):
        """Whether a mark is one point, and stands where the answer is."""
        ax, *spot = drawn.spot or (None,)
        points = self._points(mark) if mark.axes is ax else ()
        return len(points) == 1 and np.allclose(points[0][: len(spot)], spot)

    def _points(self, mark):
        """Where a line that moves has its points at first, shape (k, 2)."""
        places = (place for line, *place in self._marks if line is mark)
        values = (evaluate(one, self._now) for one in next(places, ()))
        return np.transpose(np.broadcast_arrays(*map(np.atleast_1d, values)))

    def _seen(self, drawn):
        """A template for what is seen before the answer, where nobody has written a better one."""
        span = lambda axis, ends: f"{axis or 'an axis'} from {ends[0]:.4g} to {ends[1]:.4g}"
        axes = (
            f"{span(ax.get_xlabel(), ax.get_xlim())} and {span(ax.get_ylabel(), ax.get_ylim())}"
            for ax in self.figure.axes
        )
        dots = [
            tuple(self._points(line)[0])
            for line, *_ in self._marks
            if isinstance(line, Line2D) and line.get_marker() not in ("None", "", None)
            if line not in (*drawn.mine, *drawn.truth) and not self._tells(line, drawn)
        ]
        dots = [dot for dot in dict.fromkeys(dots) if np.all(np.isfinite(dot))]
        told = [f"A mark stands at ({x:.4g}, {y:.4g})." for x, y in dots]
        seen = f"{self.ground} The picture before the answer: over {'; and over '.join(axes)}."
        return f"{literal(minus(' '.join([seen, *told])))} {drawn.stands}"

    @property
    def _question(self):
        """The question in HTML; where no script runs, its answer is folded under it in words."""
        if not (asked := self._asked):
            return ""
        read = self.reading(**self._still)
        told = f"{fill_template(asked['answer'], self._now)} {read}".strip()
        return block(asked["question"], asked["replies"] or told, asked["right"])

    def _asking(self, words, handle):
        """What the script needs to know of the question, if there is one."""
        if not self._asked:
            return {}
        said = {name: words(self._asked[name]) for name in ("told", "answer", "alt")}
        handles = self._handles()
        drag, names = [handle(*one) for one in handles], [one[1][0] for one in handles]
        return {"ask": said | {"names": names, "drag": drag}}

    def _handles(self):
        """Those of what the reader draws, while the question is open."""
        return self._asked["drawn"].handles if self._asked else ()

    def _rows(self):
        """How many rows of sliders, or of choices and of keys, stand under the picture at once."""
        mine, asked = len(self._handles()), self._asked or {"replies": ()}
        asking = mine or (len(asked["replies"]) + 1) // 2  # two choices a row
        return max(asking + 1 if asking else 0, len(self._controls) - mine)


def _fixed(ax):
    """The limits of an Axes, fixed; ValueError for one on which nothing can be drawn by hand."""
    if {ax.get_xscale(), ax.get_yscale()} != {"linear"}:
        raise ValueError("a prediction is drawn on linear axes: choose others, or ask in words.")
    ax.set(xlim=ax.get_xlim(), ylim=ax.get_ylim())
    return ax.get_xlim(), ax.get_ylim()
