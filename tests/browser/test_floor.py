"""Figures live in browsers five years old: Chrome 96, Firefox 94, Safari 15.1, of November 2021.

None of these can be had any more, so that a new Chromium forgets what one of them did not know.
"""

import re
from pathlib import Path

import pytest
from readings import assert_reads_as_in_python

import lec_utils as lu

SCRIPTS = sorted(Path(lu.__file__).parent.rglob("*.js"))
FIGURES = (lu.tangent_slider, lu.kink_slider, lu.alpha_slider, lu.minimizing_animation)
# By MDN's browser-compat-data: what pages use, and one of the three learned after that month.
NEWER = {
    "Array.prototype": "at findLast findLastIndex toReversed toSorted toSpliced with",
    "Float64Array.prototype": "at findLast findLastIndex toReversed toSorted with",
    "String.prototype": "at isWellFormed toWellFormed",
    "Array": "fromAsync",
    "Object": "groupBy hasOwn",
    "Map": "groupBy",
    "Promise": "try withResolvers",
    "Set.prototype": "difference intersection isSubsetOf isSupersetOf symmetricDifference union",
    "Uint8Array": "fromBase64 fromHex",
    "Math": "f16round sumPrecise",
    "RegExp": "escape",
    "Element.prototype": "ariaLabel ariaValueText checkVisibility moveBefore role setHTMLUnsafe",
    "HTMLElement.prototype": "hidePopover inert showPopover togglePopover",
    "PointerEvent.prototype": "getCoalescedEvents getPredictedEvents",
    "Document.prototype": "adoptedStyleSheets caretPositionFromPoint startViewTransition",
    "AbortSignal": "any timeout",
    "globalThis": "Iterator Temporal requestIdleCallback scheduler structuredClone",
}
FORGET = """(newer) => {
    for (const [path, names] of Object.entries(newer)) {
        const owner = path.split(".").reduce((object, name) => object[name], globalThis);
        for (const name of names.split(" ")) delete owner[name];
    }
}"""
# Syntax cannot be forgotten: look-behind, static blocks, `#x in y`, the flag v; and, in styles, ...
NEW_SYNTAX = r"\(\?<[=!]|\bstatic\s*\{|#\w+ in |/[a-z]*v[a-z]*(?=[,;.)])"
# ... what would be left out, with the whole of its rule.
NEW_STYLES = r":has\(|@container|@layer|@scope|color-mix\(|light-dark\(|oklch\(|\d[dsl]v[hw]\b"


@pytest.mark.parametrize("make", FIGURES, ids=lambda make: make.__name__)
def test_figure_lives_without_what_is_newer(page, show, make):
    page.add_init_script(f"({FORGET})({NEWER})")
    figure = make()
    show(figure.html())
    control = figure.spec()["controls"][0]
    page.get_by_role("slider").first.press("End")
    assert_reads_as_in_python(page, figure, {control["name"]: control["max"]})


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_has_no_newer_syntax(path):
    assert re.findall(f"{NEW_SYNTAX}|{NEW_STYLES}", path.read_text(encoding="utf-8")) == []
