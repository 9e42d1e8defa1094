"""Typesets formulas without a browser and without the network: `Typesetter`.

MathJax comes with sphinx-mathjax-offline, and the Node.js that runs it with Playwright.
"""

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

PACKAGE = Path(importlib.util.find_spec("sphinx-mathjax-offline").origin).parent
MATHJAX = PACKAGE / "static" / "mathjax"
FONTS = MATHJAX / "output" / "chtml" / "fonts" / "woff-v2"
SOMEWHERE = "fonts-of-formulas"  # stands in MathJax's style sheet until a page says where
SETTINGS = {
    "loader": {"load": ["input/tex-base", "[tex]/ams", "output/chtml", "a11y/assistive-mml"]},
    "tex": {"packages": {"[+]": ["ams"]}},
    "chtml": {"fontURL": SOMEWHERE},
}


class FormulaError(ValueError):
    """A formula that MathJax cannot read."""


def copy_fonts(into):
    """Copy the fonts that typeset formulas are drawn with into a new folder."""
    shutil.copytree(FONTS, into)


class Typesetter:
    """Makes HTML of formulas, with MathML in it for screen readers.

    >>> with Typesetter() as typesetter:
    ...     html = typesetter.html("x^2")
    >>> "<msup><mi>x</mi><mn>2</mn></msup>" in html
    True
    """

    def __init__(self):
        node, _ = compute_driver_executable()
        script = str(Path(__file__).with_suffix(".js"))
        self._mathjax = subprocess.Popen(
            [node, script, str(MATHJAX / "node-main.js"), json.dumps(SETTINGS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._any = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._mathjax.communicate()

    def html(self, formula, display=False):
        """One formula in TeX as HTML. Raises FormulaError."""
        made = self._ask(formula=formula, display=display)
        if "error" in made:
            raise FormulaError(f"{made['error']} in the formula {formula.strip()}")
        self._any = True
        return made["html"]

    def style(self, fonts):
        """The <style> of the formulas since it was last asked for; nothing where there were none.

        ``fonts`` is where the page finds what `copy_fonts` copied.
        """
        if not self._any:
            return ""
        self._any = False
        return f"<style>{self._ask(formula=None)['css'].replace(SOMEWHERE, fonts)}</style>"

    def _ask(self, **question):
        print(json.dumps(question), file=self._mathjax.stdin, flush=True)
        return json.loads(self._mathjax.stdout.readline())
