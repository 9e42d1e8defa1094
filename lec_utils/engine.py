"""The text of ``live_figure.js``, which moves the figures: for a ``<script>`` and for a widget."""

import re
from importlib.resources import files

OPERATION = re.compile(r"^LIBRARY\.(\w+) = (?:[^\n]*;|.*?^ *\}\)?;)\n", re.MULTILINE | re.DOTALL)


def source():
    """The file as it is."""
    return (files("lec_utils") / "live_figure.js").read_text(encoding="utf-8")


def script(used):
    """What mounts a figure: of the library only the operations ``used`` and what these call."""
    text = source().split("// anywidget's entry")[0]
    operations = {entry[1]: entry[0] for entry in OPERATION.finditer(text)}
    needed = set(used)
    for name, code in reversed(operations.items()):  # each calls only itself and those above it
        if name in needed:
            needed.update(re.findall(r"LIBRARY\.(\w+)", code))
    text = OPERATION.sub(lambda entry: entry[0] if entry[1] in needed else "", text)
    lines = (line.strip() for line in text.splitlines())
    text = "\n".join(line for line in lines if line and not line.startswith("//"))
    # Spaces around signs go, but for those in quotes.
    quoted_or_sign = r"""("[^"\n]*"|`[^`]*`)|\s?([=,;:?<>&|*{}()]) ?"""
    return re.sub(quoted_or_sign, lambda found: found[1] or found[2], text)


def live_widget(figure):
    """An anywidget for a LiveFigure, with one synced float trait for each of its sliders.

    ``widget.w0`` reads and sets the slider ``w0`` (traitlets.TraitError outside its range),
    ``widget.observe(callback, "w0")`` follows it, and ``traitlets.link`` ties it to another's.
    ValueError for a slider with a name that widgets have for themselves, such as ``layout``.
    """
    import anywidget  # here, so that `import lec_utils` stays light
    import traitlets

    own = {
        "__repr__": lambda widget: f"LiveWidget: {figure.alt}",
        "_esm": f"{source()}\nexport default entry({figure.program()});\n",
        "_spec": traitlets.Dict(figure.spec()).tag(sync=True),
        "_picture": traitlets.Unicode(figure.still_html()).tag(sync=True),
    }
    for control in figure.spec()["controls"]:
        if hasattr(anywidget.AnyWidget, name := control["name"]):
            raise ValueError(f"a widget needs the name {name!r} for itself: take another.")
        trait = traitlets.Float(control["value"], min=control["min"], max=control["max"])
        own[name] = trait.tag(sync=True)
    return type("LiveWidget", (anywidget.AnyWidget,), own)()
