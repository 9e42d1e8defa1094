"""A simulated student on a JupyterHub, who does with HTTP what a browser does: `Student`.

Signs in, clicks the link of a lesson, runs each cell, saves, signs off and comes back.
"""

import asyncio
import json
import re
from contextlib import asynccontextmanager
from time import monotonic
from urllib.parse import unquote, urlsplit

import httpx
import nbformat
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from tools.hub import PASSWORD

PATIENCE = 600  # seconds for one answer, on a machine where all ask at once
LONGEST = 64 * 2**20  # bytes of a message from a kernel
OUTPUTS = {"stream", "display_data", "execute_result", "error"}
CSRF = re.compile(r'data-xsrf="([^"]*)"')  # where nbgitpuller's page keeps its token


class Student:
    """Somebody called ``name``; ``times`` tells how many seconds each thing took."""

    def __init__(self, hub, name):
        self.hub, self.name, self.times = hub, name, {}
        self.server = f"{hub.url}/user/{name}"
        self.browser = httpx.AsyncClient(follow_redirects=True, timeout=PATIENCE)

    @asynccontextmanager
    async def timed(self, what):
        begin = monotonic()
        yield
        self.times[what] = monotonic() - begin

    def token(self, path):
        """The token against forged requests, which the hub and each server set as a cookie."""
        found = [c.value for c in self.browser.cookies.jar if (c.name, c.path) == ("_xsrf", path)]
        return found[0] if found else ""

    async def ask(self, method, path, **said):
        """What the student's own server answers."""
        headers = {"X-XSRFToken": self.token(f"/user/{self.name}/")}
        answer = await self.browser.request(
            method, f"{self.server}/{path}", headers=headers, **said
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    async def open(self, link, path):
        """Click the link of a lesson, and return the notebook that JupyterLab gets."""
        async with self.timed("server"):
            page = await self._arrive(link)
        async with self.timed("pull"):
            await self._pull(page)
        async with self.timed("open"):
            (await self.browser.get(f"{self.server}/lab/tree/{path}")).raise_for_status()
            model = await self.ask("GET", f"api/contents/{path}")
        return nbformat.from_dict(model["content"])

    async def _arrive(self, link):
        """Sign in where that is asked for, and wait for the server; the page of nbgitpuller."""
        page = await self.browser.get(link)
        if urlsplit(str(page.url)).path == "/hub/login":
            said = {"username": self.name, "password": PASSWORD, "_xsrf": self.token("/hub/")}
            page = await self.browser.post(page.url, data=said)
        if "/spawn-pending/" in str(page.url):
            await self._wait_for_server()
            page = await self.browser.get(link)
        if not CSRF.search(page.text):
            raise RuntimeError(f"{self.name} did not arrive, but at {page.url}: {page.text[:2000]}")
        return page

    async def _wait_for_server(self):
        address = f"{self.hub.url}/hub/api/users/{self.name}/server/progress"
        async for event in self._events(address, {"_xsrf": self.token("/hub/")}):
            if event.get("failed"):
                raise RuntimeError(f"the server of {self.name} did not start: {event}")
            if event.get("ready"):
                return

    async def _pull(self, page):
        """What the page of nbgitpuller does by itself."""
        wanted = dict(page.url.params) | {"_xsrf": unquote(CSRF.search(page.text)[1])}
        async for event in self._events(f"{self.server}/git-pull/api", wanted):
            if event["phase"] == "error":
                raise RuntimeError(f"{self.name} could not pull: {event}")
            if event["phase"] == "finished":
                return
        raise RuntimeError(f"the pull of {self.name} did not finish")

    async def _events(self, address, wanted):
        accept = {"Accept": "text/event-stream"}
        stream = self.browser.stream("GET", address, params=wanted, headers=accept)
        async with stream as answer:
            answer.raise_for_status()
            async for line in answer.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line.removeprefix("data:"))

    async def run(self, notebook, path):
        """Run every cell of code in a kernel of the hub; the notebook gets the outputs."""
        wanted = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        async with self.timed("kernel"):
            session = await self.ask("POST", "api/sessions", json=wanted)
            kernel = await self._connect(session["kernel"]["id"])
        async with self.timed("run"):
            code = [cell for cell in notebook.cells if cell.cell_type == "code"]
            for count, cell in enumerate(code, 1):
                cell.outputs, cell.execution_count = await self._execute(kernel, cell), count
        kernel.close()

    async def _connect(self, kernel):
        address = f"{self.server}/api/kernels/{kernel}/channels".replace("http", "ws", 1)
        kept = [c for c in self.browser.cookies.jar if f"/user/{self.name}/".startswith(c.path)]
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in kept)
        request = HTTPRequest(address, headers={"Cookie": cookies}, request_timeout=PATIENCE)
        return await websocket_connect(request, max_message_size=LONGEST)

    async def _execute(self, kernel, cell):
        """The outputs of one cell, once its kernel has answered and is idle again."""
        await kernel.write_message(json.dumps(self._request(cell)))
        outputs, awaited = [], {"execute_reply", "idle"}
        while awaited:
            said = await kernel.read_message()
            if said is None:
                raise RuntimeError(f"the kernel of {self.name} is gone, in cell {cell.id}")
            told = json.loads(said)
            if told["parent_header"].get("msg_id") != cell.id:
                continue
            if told["msg_type"] in OUTPUTS:
                outputs.append(nbformat.v4.output_from_msg(told))
            awaited -= {told["msg_type"], told["content"].get("execution_state")}
        return outputs

    def _request(self, cell):
        """What a browser sends for a cell that is to be run; its id is that of the cell."""
        header = {"msg_id": cell.id, "msg_type": "execute_request", "version": "5.3"}
        header |= {"session": self.name, "username": self.name, "date": ""}
        content = {"code": cell.source, "silent": False, "store_history": True}
        content |= {"user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        return message | {"channel": "shell"}

    async def save(self, notebook, path):
        async with self.timed("save"):
            model = {"type": "notebook", "format": "json", "content": notebook}
            await self.ask("PUT", f"api/contents/{path}", json=model)

    async def leave(self):
        """Stop the server, as a hub does with those who are away, and close the browser."""
        address = f"{self.hub.url}/hub/api/users/{self.name}"
        headers = {"X-XSRFToken": self.token("/hub/")}
        (await self.browser.delete(f"{address}/server", headers=headers)).raise_for_status()
        while (await self.browser.get(address, headers=headers)).json()["pending"]:
            await asyncio.sleep(1)  # a busy hub answers before the server has stopped
        await self.browser.aclose()
