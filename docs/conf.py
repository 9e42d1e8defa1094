"""Sphinx's settings for the course site, which `make site` (tools/build_site.py) builds."""

import re

from bs4 import BeautifulSoup

from tools.look import read_look

look = read_look()
project = look.title
html_title = project
language = "en"

extensions = [
    "myst_nb",
    "sphinx_copybutton",
    "sphinx.ext.githubpages",  # its file .nojekyll lets GitHub Pages serve _static
    "tools.site_formulas",
]
exclude_patterns = ["_generated"]
templates_path = ["_templates"]

# What is stored in the notebooks is shown; nothing is run.
nb_execution_mode = "off"
nb_code_prompt_show, nb_code_prompt_hide = "Show the code", "Hide the code"
myst_enable_extensions = ["attrs_inline", "colon_fence", "dollarmath"]
myst_heading_anchors = 3
# The name JupyterLab gives a heading, so that a link to a section works there and here.
myst_heading_slug_func = "tools.build_site.heading_anchor"

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_favicon = str(look.logo or "_static/favicon.svg")
html_logo = str(look.logo) if look.logo else None
html_theme_options = {
    "light_css_variables": look.variables(look.colour),
    "dark_css_variables": look.variables(look.dark),
}
html_copy_source = False
html_show_copyright = False
html_use_index = False
# A summary of each hit would be fetched, which browsers forbid a page opened from a folder.
html_show_search_summary = False
copybutton_selector = "div.highlight pre:not(.cell_output pre)"
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

# Formulas are typeset here, by tools/site_formulas.py, and not in the reader's browser.
html_math_renderer = "typeset"


def mend_for_screen_readers(app, pagename, templatename, context, doctree):
    """Give captions of tables of contents a level, make empty headers cells, name folds as seen."""
    for part in ("body", "furo_navigation_tree"):
        html = context.get(part) or ""
        html = html.replace('role="heading">', 'role="heading" aria-level="2">')
        html = re.sub(r"<th class=\"head[^>]*>(<p></p>)?</th>", "<td></td>", html)
        context[part] = html.replace(' aria-label="Toggle hidden content"', "")
    if pagename == "course" or pagename.startswith("teach/"):
        context["body"] = with_named_cells(context["body"])


def with_named_cells(body):
    """Tables whose cells say what they are, for a phone, where each row is a card (site.css).

    The roles are those of a table: a browser forgets them where its parts are shown as blocks.
    """
    soup = BeautifulSoup(body, "html.parser")
    for table in soup.select("table.docutils"):
        heads = [cell.get_text(" ", strip=True) for cell in table.select("thead th, thead td")]
        if len(heads) < 4:
            continue
        table["class"] = [*table["class"], "cards"]
        table["role"] = "table"
        for part, role in (("thead", "rowgroup"), ("tbody", "rowgroup"), ("tr", "row")):
            for node in table.select(part):
                node["role"] = role
        for cell in table.select("thead th, thead td"):
            cell["role"] = "columnheader" if cell.get_text(strip=True) else "cell"
        for row in table.select("tbody tr"):
            for cell, head in zip(row.select("td"), heads, strict=True):
                cell["role"], cell["data-head"] = "cell", head
    return str(soup)


def setup(app):
    app.connect("html-page-context", mend_for_screen_readers, priority=900)  # after furo's own
