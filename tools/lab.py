"""A JupyterLab of its own for tests and benchmarks: `with running_lab(folder) as lab`."""

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
from playwright.sync_api import expect

from tools.quiet_lab import QUIET, flags

START_SECONDS = 60
FOLDERS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")


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
        self._wait_for_kernel(page)
        page.locator(".jp-Notebook .jp-Cell").first.click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        last = page.locator(".jp-CodeCell .jp-InputPrompt").last
        expect(last).to_have_text(
            "[{}]:".format(page.locator(".jp-CodeCell").count()), timeout=60_000
        )

    def _wait_for_kernel(self, page):
        """Wait until the page is connected to a kernel: the indicator is idle before, too."""
        for _ in range(START_SECONDS * 10):
            kernels = self._kernels()
            if any(k["connections"] and k["execution_state"] == "idle" for k in kernels):
                return
            page.wait_for_timeout(100)
        raise RuntimeError(f"no kernel was ready after {START_SECONDS} s")

    def _kernels(self):
        """The kernels; none where the server fails, as it may while one of them is starting."""
        try:
            return self.get("api/kernels")
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return []

    def get(self, path):
        with urllib.request.urlopen(f"{self.url}/{path}", timeout=10) as answer:
            return json.load(answer)

    def stop_kernels(self):
        """End every kernel, as a crash or a shut laptop would."""
        for kernel in self.get("api/kernels"):
            address = f"{self.url}/api/kernels/{kernel['id']}"
            request = urllib.request.Request(address, method="DELETE")
            urllib.request.urlopen(request, timeout=10).close()


def free_port():
    """A port of this machine that nobody uses now."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_up(url, server):
    for _ in range(START_SECONDS * 10):
        if server.poll() is not None:
            raise RuntimeError(f"JupyterLab ended at once, with {server.returncode}")
        try:
            urllib.request.urlopen(url + "/api", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not answer in {START_SECONDS} s")


def _command(port, root):
    settings = {
        "ServerApp.port": port,
        "ServerApp.root_dir": root,
        "ServerApp.allow_root": True,
        "ServerApp.disable_check_xsrf": True,
        "IdentityProvider.token": "",
    }
    return [sys.executable, "-m", "jupyterlab", "--no-browser", *flags(settings | QUIET)]


@contextlib.contextmanager
def running_lab(folder):
    """Start a JupyterLab whose settings, trust and notebooks are all inside ``folder``."""
    root = folder / "notebooks"
    root.mkdir()
    environment = os.environ | {name: str(folder / name.lower()) for name in FOLDERS}
    port = free_port()
    with open(folder / "log", "w") as log:
        server = subprocess.Popen(_command(port, root), env=environment, stdout=log, stderr=log)
    try:
        _wait_until_up(f"http://127.0.0.1:{port}", server)
        yield Lab(f"http://127.0.0.1:{port}", root)
    finally:
        server.terminate()
        server.wait(timeout=20)
