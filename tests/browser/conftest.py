"""A real Chromium, a real JupyterLab, and the pages the browser tests look at."""

import pytest
from playwright.sync_api import expect

import lec_utils as lu
from tools.chromium import find_chromium, launch_arguments
from tools.lab import running_lab

expect.set_options(timeout=20_000)
pytest.register_assert_rewrite("readings")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """pytest-playwright's own fixture: Debian's Chromium instead of a downloaded one."""
    if find_chromium() is None:
        pytest.skip("no Chromium on this machine: see tests/programs.py")
    return {**browser_type_launch_args, **launch_arguments()}


@pytest.fixture
def show(page, tmp_path):
    """Open an HTML file with these pieces of HTML in it, and fail on any script error."""
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))

    def show(*pieces, width=800):
        file = tmp_path / "page.html"
        file.write_text(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures</title>'
            '<meta name="viewport" content="width=device-width">'
            f"<body><main><h1>Figures</h1>{''.join(pieces)}</main>",
            encoding="utf-8",
        )
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(file.as_uri())
        return page

    yield show
    assert problems == []


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
