"""The two figures of the site's landing page, which tools/build_site.py asks for by name."""

import lec_utils as lu

ARRIVED, START, UPDATES = 0.01, 3, 15


def figures():
    """Name → HTML of each figure; docs/index.md includes them as _generated/<name>.html."""
    live = {"tangent": lu.tangent_slider(w0=-1.0), "repair": repair()}
    # Narrow enough for a picture, its slider and its words to stand on a laptop's screen at once.
    return {
        name: f'<div style="max-width:36rem">{figure.html()}</div>' for name, figure in live.items()
    }


def repair():
    """A run on x² whose alpha is too large, and a slider to repair it with.

    Each update multiplies x by 1 − 2 alpha, so the words are right for every stop of the slider.
    """
    live = lu.alpha_slider(
        lu.square,
        START,
        1.1,
        n=UPDATES + 1,
        highest=1.2,
        widen=1,
        caption="Gradient descent on x²: the dots are its guesses, "
        "and each step is alpha times the slope.",
    )
    live.let("end", "at(path, -1)")
    live.readout(f"After {{count(path) - 1:.0f}} updates x = {{end:.3f}}. {verdict()}")
    return live


def verdict():
    """What the run looks like from its last guess, as a template."""
    cases = (
        (f"abs(end) < {ARRIVED}", "It has arrived at the lowest point. Repaired."),
        (f"abs(end) == {START}", "It jumps to and fro for ever. Make alpha smaller."),
        (f"abs(end) > {START}", "It fails: each jump is longer. Make alpha smaller."),
        ("alpha > 0.5", "It comes nearer in jumps, but slowly. Make alpha smaller."),
    )
    formula = '"It creeps and has not arrived. Make alpha larger."'
    for condition, words in reversed(cases):
        formula = f'where({condition}, "{words}", {formula})'
    return f"{{{formula}}}"
