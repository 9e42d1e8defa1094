"""A JupyterHub of its own for tests and benchmarks: `with running_hub(folder, image) as hub`.

The hub is a real one, with its proxy; anybody signs in with one password, and servers are processes
of this machine, without any wall between them: it is for a trial, never for a class.
"""

import contextlib
import os
import shutil
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tools.course import ROOT
from tools.lab import free_port, stop, wait_until

PASSWORD = "in this trial"
PROGRAMS = ("jupyterhub", "configurable-http-proxy", "jupyterhub-singleuser", "git")
CONFIG = """\
c.JupyterHub.bind_url = "{url}"
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite:///{folder}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{folder}/cookie"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.ConfigurableHTTPProxy.pid_file = "{folder}/proxy.pid"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "{password}"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/home/{{username}}"
c.Spawner.cmd = ["{start}", "{singleuser}"]
c.Spawner.args = ["--allow-root"]
c.Spawner.environment = {{"REPO_DIR": "{image}", "PATH": "{path}", "PYTHONPATH": ""}}
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = c.Spawner.http_timeout = 600
"""


@dataclass(frozen=True)
class Hub:
    """A running JupyterHub; ``pid`` is its process, whose children are the students' servers."""

    url: str
    pid: int
    homes: Path


def missing_programs():
    """What a hub needs and is not on the PATH; conda and npm have all of it."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


def write_config(folder, image, url):
    """Write the hub's settings; ``image`` is the folder that repo2docker would have copied."""
    singleuser = Path(shutil.which("jupyterhub-singleuser")).resolve()
    text = CONFIG.format(
        url=url,
        hub_port=free_port(),
        proxy_port=free_port(),
        proxy=shutil.which("configurable-http-proxy"),
        password=PASSWORD,
        folder=folder,
        image=image,
        start=image / "binder" / "start",
        singleuser=singleuser,
        # the Python of the students, whatever the PATH begins with
        path=os.pathsep.join([str(singleuser.parent), os.environ["PATH"]]),
    )
    path = folder / "jupyterhub_config.py"
    path.write_text(text, encoding="utf-8")
    return path


@contextlib.contextmanager
def running_hub(folder, image=ROOT):
    """Start a JupyterHub all of whose files, the students' homes included, are in ``folder``."""
    url = f"http://127.0.0.1:{free_port()}"
    config, log = write_config(folder, image, url), folder / "log"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    command = [shutil.which("jupyterhub"), "-f", str(config)]
    with open(log, "w") as said:
        server = subprocess.Popen(command, cwd=folder, env=kept, stdout=said, stderr=said)

    def answers():
        if server.poll() is not None:
            raise RuntimeError(f"JupyterHub ended: {log.read_text()}")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}/hub/api", timeout=60).close()
            return True

    try:
        wait_until(answers, "JupyterHub did not answer")
        yield Hub(url, server.pid, folder / "home")
    finally:
        stop(server)
