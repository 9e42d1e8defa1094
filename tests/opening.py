"""Opens pages of a folder that ask nobody for anything: `from opening import opening`."""

import contextlib


@contextlib.contextmanager
def opening(page, folder, height):
    """What opens a page, and the list of all addresses asked for; fails on any error or dialog."""
    problems, asked = [], []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text))
    page.on("dialog", lambda dialog: problems.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))

    def visit(name, width=1366, scheme="light"):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.goto((folder / name).as_uri())
        return page

    yield visit, asked
    assert problems == []
