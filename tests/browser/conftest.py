"""A real Chromium, a real JupyterLab, and the pages the browser tests look at."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
import pytest
from chromium import find_chromium
from playwright.sync_api import expect

import lec_utils as lu

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# No name but localhost can be looked up: what still works needs no network.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1"
START_SECONDS = 60

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """pytest-playwright's own fixture: Debian's Chromium instead of a downloaded one."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: see tools/chromium.py")
    sandbox = [] if os.name != "posix" or os.geteuid() else ["--no-sandbox"]  # root needs this
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": [*QUIET, OFFLINE, *sandbox],
    }


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


class Lab:
    """A running JupyterLab whose files are in ``root``."""

    def __init__(self, url, root):
        self.url, self.root = url, root

    def write(self, name, *cells):
        """A notebook of code cells, not yet run."""
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        nbformat.write(notebook, self.root / name)
        return name

    def open(self, page, name):
        """Show a notebook on a page of its own, without the rest of JupyterLab."""
        page.goto(f"{self.url}/doc/tree/{name}?reset")
        page.locator(".jp-Notebook").wait_for(timeout=60_000)

    def run_all(self, page):
        """Run every cell, and wait until the last one has its number."""
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=60_000)
        page.locator(".jp-Notebook .jp-Cell").first.click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        last = page.locator(".jp-CodeCell .jp-InputPrompt").last
        expect(last).to_have_text(
            "[{}]:".format(page.locator(".jp-CodeCell").count()), timeout=60_000
        )

    def get(self, path):
        with urllib.request.urlopen(f"{self.url}/{path}", timeout=10) as answer:
            return json.load(answer)

    def stop_kernels(self):
        """End every kernel, as a crash or a shut laptop would."""
        for kernel in self.get("api/kernels"):
            address = f"{self.url}/api/kernels/{kernel['id']}"
            request = urllib.request.Request(address, method="DELETE")
            urllib.request.urlopen(request, timeout=10).close()


def _free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_up(url, server):
    for _ in range(START_SECONDS * 10):
        if server.poll() is not None:
            pytest.fail(f"JupyterLab ended at once, with {server.returncode}")
        try:
            urllib.request.urlopen(url + "/api", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not answer in {START_SECONDS} s")


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A JupyterLab with folders, settings and list of trusted notebooks of its own."""
    home, root = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("notebooks")
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    environment = os.environ | {name: str(home / name.lower()) for name in folders}
    port = _free_port()
    flags = {
        "ServerApp.port": port,
        "ServerApp.root_dir": root,
        "ServerApp.allow_root": True,
        "ServerApp.disable_check_xsrf": True,
        "IdentityProvider.token": "",
        "LabApp.news_url": "",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser"]
    command += [f"--{name}={value}" for name, value in flags.items()]
    with open(home / "log", "w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _wait_until_up(f"http://127.0.0.1:{port}", server)
        yield Lab(f"http://127.0.0.1:{port}", root)
    finally:
        server.terminate()
        server.wait(timeout=20)
