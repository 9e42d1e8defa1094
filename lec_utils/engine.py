"""The text of ``live_figure.js``, which moves the figures: as a module and as a script."""

from importlib.resources import files


def module():
    """The ES module as it is, with the entry that anywidget calls."""
    return (files("lec_utils") / "live_figure.js").read_text(encoding="utf-8")


def script():
    """The same for a ``<script>``: no export, no widget entry, no comments, no indentation."""
    source = module().split("// anywidget's entry")[0]
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"
