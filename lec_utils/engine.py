"""The JavaScript that moves the figures: modules of ``js/`` for a ``<script>`` and for a widget."""

import hashlib
import json
import re
from importlib.resources import files

JS = files("lec_utils") / "js"
IMPORT = re.compile(r'^import \{ [^}]* \} from "\./(\w+)\.js";\n', re.MULTILINE)
# What `make scripts` made of each piece: the same in fewer bytes.
SMALL = json.loads((JS / "small.json").read_text(encoding="utf-8"))
# Modules that only some figures need, and what they export.
PARTS = {
    "player": "addPlayer",
    "drag": "followPointer",
    "sound": "addSound",
    "surface": "moveSurface",
    "predict": "addPrediction",
}


def pieces(*modules):
    """The texts of these modules, after those of all that they import; an operation is one each."""
    texts = {}

    def add(name):
        text = (JS / f"{name}.js").read_text(encoding="utf-8")
        for needed in IMPORT.findall(text):
            if needed not in texts:
                add(needed)
        texts[name] = re.sub(r"^export ", "", IMPORT.sub("", text), flags=re.MULTILINE)

    for module in modules:
        add(module)
    return [one for text in texts.values() for one in re.split(r"^(?=LIBRARY\.)", text, flags=re.M)]


def digest(piece):
    """By what the small form of a piece is found; one that was edited since has another."""
    return hashlib.sha256(piece.encode()).hexdigest()[:16]


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
    needed, kept = set(used), []
    for piece in reversed(pieces(*parts, main, "mounting")):
        operation = re.match(r"LIBRARY\.(\w+)", piece)
        if operation is None or operation[1] in needed:
            kept.append(SMALL.get(digest(piece), piece))
            needed.update(re.findall(r"LIBRARY\.(\w+)", piece))  # which stand above it
    return "".join(reversed(kept))


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
        "_esm": f"{script(figure.used, figure.parts(), 'widget')}\n{entry}",
        "_spec": traitlets.Dict(figure.spec()).tag(sync=True),
        "_picture": traitlets.Unicode(figure.still_html()).tag(sync=True),
    }
    for control in figure.spec()["controls"]:
        if hasattr(anywidget.AnyWidget, name := control["name"]):
            raise ValueError(f"a widget needs the name {name!r} for itself: take another.")
        trait = traitlets.Float(control["value"], min=control["min"], max=control["max"])
        own[name] = trait.tag(sync=True)
    return type("LiveWidget", (anywidget.AnyWidget,), own)()
