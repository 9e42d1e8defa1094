"""The figures of the site's own pages, which tools/build_site.py asks for by name."""

import lec_utils as lu


def figures():
    """Name → HTML of each figure; a page of docs/ includes it as _generated/<name>.html."""
    playground = lu.playground("sin(x) + x²/10", 8, 0.8)
    door = lu.playground("sin(x) + x²/10", 8, 0.8, domain=(-4.5, 8), caption="")
    # Narrow enough for a picture and what is under it to stand on a laptop's screen at once.
    return {
        name: f'<div style="max-width:36rem">{html}</div>'
        for name, html in (("playground", playground.html()), ("door", door.still_html()))
    }
