"""The figures of the site's own pages, which tools/build_site.py asks for by name."""

import lec_utils as lu


def figures():
    """Name → HTML of each figure; a page of docs/ includes it as _generated/<name>.html."""
    words = {"playground": {}, "door": {"caption": ""}}
    # Narrow enough for a picture and what is under it to stand on a laptop's screen at once.
    return {
        name: f'<div style="max-width:36rem">{figure.html()}</div>'
        for name, some in words.items()
        for figure in [lu.playground("sin(x) + x²/10", 8, 0.8, **some)]
    }
