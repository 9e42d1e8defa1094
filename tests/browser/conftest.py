"""A real Chromium, a real JupyterLab, and the pages the browser tests look at."""

import pytest
from playwright.sync_api import expect

import lec_utils as lu
from tools.chromium import find_chromium, launch_arguments
from tools.lab import PATIENCE, running_lab

expect.set_options(timeout=PATIENCE * 1000)
pytest.register_assert_rewrite("readings")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """pytest-playwright's own fixture: Debian's Chromium instead of a downloaded one."""
    if find_chromium() is None:
        pytest.skip("no Chromium on this machine: see tests/programs.py")
    patience = {"timeout": PATIENCE * 1000}
    return {**browser_type_launch_args, **launch_arguments(), **patience}


@pytest.fixture
def new_context(new_context):
    """pytest-playwright's own fixture: pages wait as long as a busy machine needs."""

    def patient(**options):
        context = new_context(**options)
        context.set_default_timeout(PATIENCE * 1000)
        return context

    return patient


@pytest.fixture
def context(new_context):
    """pytest-playwright's own fixture, made by the one above."""
    return new_context()


@pytest.fixture
def write(tmp_path):
    """Write an HTML file with these pieces of HTML in it."""

    def write(*pieces):
        file = tmp_path / "page.html"
        file.write_text(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures</title>'
            '<meta name="viewport" content="width=device-width">'
            f"<body><main><h1>Figures</h1>{''.join(pieces)}</main>",
            encoding="utf-8",
        )
        return file

    return write


@pytest.fixture
def put(page, write):
    """Open an HTML file with these pieces of HTML in it."""

    def put(*pieces):
        page.goto(write(*pieces).as_uri())
        return page

    return put


@pytest.fixture
def show(page, put):
    """Open these pieces of HTML at a width, and fail on any script error."""
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))

    def show(*pieces, width=800):
        page.set_viewport_size({"width": width, "height": 900})
        return put(*pieces)

    yield show
    assert problems == []


@pytest.fixture
def show_stopped(page, show):
    """As ``show``, but time stands still: ``page.clock.run_for`` lets some of it pass."""

    def show_stopped(*pieces):
        page.clock.install(time=0)
        show(*pieces)
        page.clock.pause_at(1000)
        return page

    return show_stopped


@pytest.fixture(scope="session")
def tangent_html():
    return lu.tangent_slider().html()


@pytest.fixture(scope="session")
def animation_html():
    return lu.minimizing_animation(w0=0, alpha=0.01).html()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A running JupyterLab, one for all tests."""
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="session")
def desk(browser):
    """One context for all pages of JupyterLab, which so loads its megabytes of scripts once."""
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE * 1000)
        yield context


@pytest.fixture
def lab_page(desk):
    """A new page for JupyterLab."""
    with desk.new_page() as page:
        yield page
