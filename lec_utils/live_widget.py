"""A live figure whose values Python can read, set and observe."""

import anywidget
import traitlets

from lec_utils.engine import module


def live_widget(figure):
    """An anywidget for a LiveFigure, with one synced float trait for each of its sliders.

    ``widget.w0`` reads and sets the slider ``w0``; ``widget.observe(callback, "w0")`` follows it;
    ``traitlets.link((a, "w0"), (b, "w0"))`` or ``ipywidgets.jslink`` ties two figures together.
    Setting a value outside the slider's range raises traitlets.TraitError.
    """
    traits = {
        control["name"]: traitlets.Float(
            control["value"], min=control["min"], max=control["max"]
        ).tag(sync=True)
        for control in figure.spec()["controls"]
    }
    own = {
        "_esm": module(),
        "_spec": traitlets.Dict(figure.spec()).tag(sync=True),
        "_picture": traitlets.Unicode(figure.still_html()).tag(sync=True),
    }
    own["__repr__"] = lambda widget: f"LiveWidget: {figure.alt}"
    return type("LiveWidget", (anywidget.AnyWidget,), own | traits)()
