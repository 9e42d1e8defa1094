"""The text of ``live_figure.js``, which moves the figures: as a module and as a script."""

import re
from importlib.resources import files


def module():
    """The ES module as it is, with the entry that anywidget calls."""
    return (files("lec_utils") / "live_figure.js").read_text(encoding="utf-8")


def script(spec):
    """The same for a ``<script>``: no export, no widget entry, no comments, no indentation.

    Of the library, only what the formulas in ``spec``, a text, name: each figure carries it all.
    """
    source = module().split("// anywidget's entry")[0]
    source = re.sub(
        r"^LIBRARY\.(\w+) = (?:[^\n]*;|.*?^\};)\n",
        lambda entry: entry[0] if f"{entry[1]}(" in spec else "",
        source,
        flags=re.MULTILINE | re.DOTALL,
    )
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"
