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

from tools.quiet_lab import QUIET, flags

PATIENCE = 120  # seconds for anything to happen, on a machine that is busy with other things
FOLDERS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")


# The path of the open notebook, once its kernel has answered for the last of its cells.
RUN_ALL = """async () => {
    const panel = window.jupyterapp?.shell.currentWidget;
    if (!panel?.sessionContext) return false;
    await panel.context.ready;
    await panel.sessionContext.ready;
    await jupyterapp.commands.execute("notebook:run-all-cells");
    return panel.context.path;
}"""
# The ids of its cells of code that have run.
DONE = """() => [...jupyterapp.shell.currentWidget.content.model.cells]
    .filter((cell) => cell.type === "code" && cell.executionCount !== null)
    .map((cell) => cell.id)"""


class Lab:
    """A running JupyterLab whose files are in ``root``."""

    def __init__(self, url, root):
        self.url, self.root = url, root

    def write(self, name, *cells):
        """A notebook of code cells, not yet run: each is its source, or the cell itself."""
        new = nbformat.v4.new_code_cell
        notebook = nbformat.v4.new_notebook(
            cells=[new(cell) if isinstance(cell, str) else cell for cell in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        nbformat.write(notebook, self.root / name)
        return name

    def open(self, page, name):
        """Show a notebook on a page of its own, without the rest of JupyterLab."""
        page.goto(f"{self.url}/doc/tree/{name}?reset")
        page.locator(".jp-Notebook").wait_for(timeout=PATIENCE * 1000)

    def run_all(self, page):
        """Run every cell that the notebook's file has, and wait until the kernel is done with all.

        Raises RuntimeError where a cell was not run to its end. JupyterLab is asked itself: the
        page shows the cells of a long notebook piece by piece.
        """
        path = page.wait_for_function(RUN_ALL, timeout=PATIENCE * 1000).json_value()
        cells = nbformat.read(self.root / path, as_version=4).cells
        wanted = [cell.id for cell in cells if cell.cell_type == "code" and cell.source.strip()]
        done = page.evaluate(DONE)
        if done != wanted:
            raise RuntimeError(f"of the cells {wanted} of {path}, these were run: {done}")

    def get(self, path):
        with urllib.request.urlopen(f"{self.url}/{path}", timeout=PATIENCE) as answer:
            return json.load(answer)

    def stop_kernels(self):
        """End every kernel, as a crash or a shut laptop would."""
        wait_until(self._stopped_all, "the kernels did not end")

    def _stopped_all(self):
        """Whether no kernel is left; False where the server fails, as while one is starting."""
        try:
            for kernel in self.get("api/kernels"):
                address = f"{self.url}/api/kernels/{kernel['id']}"
                request = urllib.request.Request(address, method="DELETE")
                urllib.request.urlopen(request, timeout=PATIENCE).close()
            return not self.get("api/kernels")
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return False


def free_port():
    """A port of this machine that nobody uses now."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(happened, what):
    """Wait until ``happened()`` is true; RuntimeError, with ``what`` never came, after long."""
    until = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > until:
            raise RuntimeError(f"{what} in {PATIENCE} s")
        time.sleep(0.05)


def wait_until_up(url, server, log):
    """Wait until a server answers; RuntimeError, with its log, where it ends instead."""

    def answers():
        if server.poll() is not None:
            raise RuntimeError(f"JupyterLab ended with {server.returncode}: {log.read_text()}")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}/api", timeout=PATIENCE).close()
            return True

    wait_until(answers, "JupyterLab did not answer")


def stop(server):
    """End a server as a closed window would; one that does not end so, at once."""
    server.terminate()
    try:
        server.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _command(port, root):
    settings = {
        "ServerApp.port": port,
        "ServerApp.root_dir": root,
        "ServerApp.allow_root": True,
        "ServerApp.disable_check_xsrf": True,
        "IdentityProvider.token": "",
        "LabApp.expose_app_in_browser": True,
    }
    return [sys.executable, "-m", "jupyterlab", "--no-browser", *flags(settings | QUIET)]


@contextlib.contextmanager
def running_lab(folder):
    """Start a JupyterLab whose settings, trust and notebooks are all inside ``folder``."""
    root = folder / "notebooks"
    root.mkdir()
    environment = os.environ | {name: str(folder / name.lower()) for name in FOLDERS}
    port, log = free_port(), folder / "log"
    with open(log, "w") as said:
        server = subprocess.Popen(_command(port, root), env=environment, stdout=said, stderr=said)
    try:
        wait_until_up(f"http://127.0.0.1:{port}", server, log)
        yield Lab(f"http://127.0.0.1:{port}", root)
    finally:
        stop(server)
