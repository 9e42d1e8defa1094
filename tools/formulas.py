"""The part of MathJax that typesets the lessons' formulas, without the network: `copy_mathjax`."""

import importlib.util
import shutil
from pathlib import Path

# fonts/tex.js knows the glyphs, the .woff files draw them.
PARTS = (
    "startup.js",
    "core.js",
    "input/tex-base.js",
    "input/tex/extensions/ams.js",
    "output/chtml.js",
    "output/chtml/fonts/tex.js",
    "output/chtml/fonts/woff-v2/*.woff",
    "a11y/assistive-mml.js",
)
# What a page says to MathJax in `window.MathJax`, before startup.js.
SETTINGS = {
    "loader": {
        "load": ["core", "input/tex-base", "[tex]/ams", "output/chtml", "a11y/assistive-mml"]
    },
    "tex": {
        "packages": {"[+]": ["ams"]},
        "inlineMath": [["$", "$"]],
        "processEscapes": True,
    },
}


def copy_mathjax(into):
    """Copy the parts of MathJax that are needed into a folder; the package holds many more."""
    package = Path(importlib.util.find_spec("sphinx-mathjax-offline").origin).parent
    source = package / "static" / "mathjax"
    for pattern in PARTS:
        found = list(source.glob(pattern))
        if not found:
            raise FileNotFoundError(f"sphinx-mathjax-offline has no {pattern}: has it changed?")
        for file in found:
            target = into / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
