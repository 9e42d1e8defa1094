"""The JavaScript that moves the figures: modules of ``js/`` for a ``<script>`` and for a widget."""

import re
from importlib.resources import files

IMPORT = re.compile(r'^import \{ [^}]* \} from "\./(\w+)\.js";\n', re.MULTILINE)
OPERATION = re.compile(r"^LIBRARY\.(\w+) = (?:[^\n]*;|.*?^ *\}\)?;)\n", re.MULTILINE | re.DOTALL)
# Modules that only some figures need, and what they export.
PARTS = {
    "player": "addPlayer",
    "drag": "followPointer",
    "sound": "addSound",
    "stride": "addStride",
    "surface": "moveSurface",
    "predict": "addPrediction",
}


def source(*modules):
    """The text of these modules, after that of all that they import, as one script."""
    texts = {}

    def add(name):
        text = (files("lec_utils") / "js" / f"{name}.js").read_text(encoding="utf-8")
        for needed in IMPORT.findall(text):
            if needed not in texts:
                add(needed)
        texts[name] = re.sub(r"^export ", "", IMPORT.sub("", text), flags=re.MULTILINE)

    for module in modules:
        add(module)
    return "".join(texts.values())


def names(parts):
    """The JavaScript object of what these PARTS export."""
    return f"{{{','.join(PARTS[part] for part in parts)}}}"


def mounted(key, call, used=(), parts=(), main="figure"):
    """A ``<script>`` that calls what the module ``main`` has, for each figure ``root`` of a key."""
    mount = f"mountAll('{key}',(root)=>{call})"
    harmless = mount.replace("</", "<\\/").replace("<!", "<\\u0021")  # in a <script> element
    return f"<script>(()=>{{{script(used, parts, main)}{harmless}}})()</script>"


def script(used, parts=(), main="figure"):
    """What mounts a figure: of the library only the operations ``used`` and what these call."""
    text = source(*parts, main, "mounting")
    operations = {entry[1]: entry[0] for entry in OPERATION.finditer(text)}
    needed = set(used)
    for name, code in reversed(operations.items()):  # each calls only itself and those above it
        if name in needed:
            needed.update(re.findall(r"LIBRARY\.(\w+)", code))
    text = OPERATION.sub(lambda entry: entry[0] if entry[1] in needed else "", text)
    lines = (re.split(r"//(?: |$)", line)[0].strip() for line in text.splitlines())
    text = "\n".join(filter(None, lines))
    # Spaces around signs go, but for those in quotes.
    quoted_or_sign = r"""("[^"\n]*"|`[^`]*`)|\s?([=,;:?<>&|*+{}()[\]]) ?"""
    return re.sub(quoted_or_sign, lambda found: found[1] or found[2], text)


def live_widget(figure):
    """An anywidget for a LiveFigure, with one synced float trait for each of its sliders.

    ``widget.w0`` reads and sets the slider ``w0`` (traitlets.TraitError outside its range),
    ``widget.observe(callback, "w0")`` follows it, and ``traitlets.link`` ties it to another's.
    ValueError for a slider with a name that widgets have for themselves, such as ``layout``.
    """
    import anywidget  # here, so that `import lec_utils` stays light
    import traitlets

    entry = f"export default entry({figure.program()}, {names(figure.parts())});\n"
    own = {
        "__repr__": lambda widget: f"LiveWidget: {figure.alt}",
        "_esm": f"{source(*figure.parts(), 'widget')}\n{entry}",
        "_spec": traitlets.Dict(figure.spec()).tag(sync=True),
        "_picture": traitlets.Unicode(figure.still_html()).tag(sync=True),
    }
    for control in figure.spec()["controls"]:
        if hasattr(anywidget.AnyWidget, name := control["name"]):
            raise ValueError(f"a widget needs the name {name!r} for itself: take another.")
        trait = traitlets.Float(control["value"], min=control["min"], max=control["max"])
        own[name] = trait.tag(sync=True)
    return type("LiveWidget", (anywidget.AnyWidget,), own)()
