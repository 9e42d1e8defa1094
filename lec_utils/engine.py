"""The JavaScript that moves the figures: modules of ``js/`` for a ``<script>`` and for a widget."""

import hashlib
import json
import re
from importlib.resources import files

JS = files("lec_utils") / "js"
IMPORT = re.compile(r'^import \{ [^}]* \} from "\./(\w+)\.js";\n', re.MULTILINE)
# What `make scripts` made of all modules: the code of each piece in few bytes, and short names.
SMALL = json.loads((JS / "small.json").read_text(encoding="utf-8"))
# What is called here of the modules; the first of them are parts that only some figures need.
EXPORTS = {
    "player": "addPlayer",
    "drag": "followPointer",
    "sound": "addSound",
    "stride": "addStride",
    "surface": "moveSurface",
    "predict": "addPrediction",
    "choices": "choices",
    "figure": "mount",
    "playground": "openPlayground",
    "ask": "ask",
    "widget": "entry",
    "playground_widget": "playgroundEntry",
    "mounting": "mountAll",
}


def pieces(*modules):
    """The texts of these modules by name, each after those it imports; one an operation."""
    texts = {}

    def add(module):
        text = (JS / f"{module}.js").read_text(encoding="utf-8")
        for needed in IMPORT.findall(text):
            if needed not in texts:
                add(needed)
        text = re.sub(r"^export ", "", IMPORT.sub("", text), flags=re.MULTILINE)
        texts[module], *operations = re.split(r"^(?=LIBRARY\.)", text, flags=re.MULTILINE)
        texts.update((one.split(" ")[0], one) for one in operations)

    for module in modules:
        add(module)
    return texts


def digest():
    """What all modules are now, in short: where it is another one, they go as they are."""
    modules = sorted(path.name for path in JS.iterdir() if path.name.endswith(".js"))
    texts = ((JS / module).read_text(encoding="utf-8") for module in modules)
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def names(parts):
    """The JavaScript object of what these parts export."""
    return f"{{{','.join(EXPORTS[part] for part in parts)}}}"


def mounted(key, call, used=(), parts=(), main="figure"):
    """A ``<script>`` that calls what the module ``main`` has, for each figure ``root`` of a key."""
    mount = f"mountAll('{key}',(root)=>{call})"
    harmless = mount.replace("</", "<\\/").replace("<!", "<\\u0021")  # in a <script> element
    return f"<script>(()=>{{{script(used, parts, main)}{harmless}}})()</script>"


def script(used, parts=(), main="figure", also=()):
    """What mounts a figure: of the library only the operations ``used`` and what these call.

    ``also`` are exports to be called by their names beside its own.
    """
    modules, needed, kept = (*parts, main, "mounting"), {f"LIBRARY.{name}" for name in used}, []
    texts = pieces(*modules)
    for name in reversed(texts):  # an operation calls only itself and those above it
        if name in needed or not name.startswith("LIBRARY."):
            kept.insert(0, name)
            needed.update(re.findall(r"LIBRARY\.\w+", texts[name]))
    if digest() != SMALL["of"]:
        return "".join(texts[name] for name in kept)
    called = [*(EXPORTS[module] for module in modules), *also]
    known = ",".join(f"{name}={SMALL['names'][name]}" for name in called)
    return "".join(SMALL["code"][name] for name in kept) + f"const {known};"


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
