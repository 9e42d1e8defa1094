"""The text of ``live_figure.js``, which moves the figures: for a ``<script>`` and for a widget."""

import re
from importlib.resources import files

OPERATION = re.compile(r"^LIBRARY\.(\w+) = (?:[^\n]*;|.*?^ *\}\)?;)\n", re.MULTILINE | re.DOTALL)


def source():
    """The file as it is."""
    return (files("lec_utils") / "live_figure.js").read_text(encoding="utf-8")


def script(used):
    """What mounts a figure, as small as may be: each figure carries it all.

    Of the library only the operations ``used`` (their names) and what these call themselves.
    No comments, no indentation, and no entry for a widget.
    """
    text, operations = source().split("// anywidget's entry")[0], {}
    for operation in OPERATION.finditer(text):
        operations[operation[1]] = operation[0]
    needed, found = set(), set(used)
    while found:
        needed |= found
        found = {name for one in found for name in re.findall(r"LIBRARY\.(\w+)", operations[one])}
        found -= needed
    text = OPERATION.sub(lambda entry: entry[0] if entry[1] in needed else "", text)
    lines = (line.strip() for line in text.splitlines())
    return _narrow("\n".join(line for line in lines if line and not line.startswith("//")))


def _narrow(text):
    """JavaScript without the spaces around its signs, but for those in quotes."""
    parts = re.split(r"""("[^"\n]*"|`[^`]*`)""", text)
    return "".join(
        part if i % 2 else re.sub(r"\s?([=,;:?<>&|*{}()])[ ]?", r"\1", part)
        for i, part in enumerate(parts)
    )


def module(program):
    """An ES module for anywidget that moves a figure by its ``program``."""
    return f"{source()}\nexport default entry({program});\n"
