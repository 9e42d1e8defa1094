"""Firefox and WebKitGTK, Safari's engine, for the browser tests: `with firefox(folder) as browser`.

Playwright has builds of its own of both, and sends an ESR commands that it does not know. But both
take the commands of W3C WebDriver: Firefox itself on a socket, which it calls Marionette, WebKit's
driver by HTTP. A journey takes four of them, so there is no library and no geckodriver in between.
"""

import contextlib
import http.client
import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

from tools.lab import PATIENCE, free_port, stop, wait_until

# Names can be looked up by a proxy alone, and this one is not there: what works needs no network.
OFFLINE = {"proxyType": "manual", "httpProxy": "127.0.0.1:9", "sslProxy": "127.0.0.1:9"}
KEYS = {"Home": "\ue011", "End": "\ue010", "ArrowLeft": "\ue012", "ArrowRight": "\ue014"}
# What WebDriver calls its commands by HTTP, and what Firefox calls them.
MARIONETTE = {
    "": "WebDriver:NewSession",
    "url": "WebDriver:Navigate",
    "execute/sync": "WebDriver:ExecuteScript",
    "actions": "WebDriver:PerformActions",
}


def find_firefox():
    """The path of a Firefox that starts, or None. A snap, as in Ubuntu, sees no folder of ours."""
    candidates = filter(None, map(shutil.which, ("firefox-esr", "firefox")))
    return next((path for path in candidates if _is_firefox(path)), None)


def _is_firefox(path):
    if b"/snap/bin" in Path(path).read_bytes():
        return False
    answer = subprocess.run([path, "--version"], capture_output=True, timeout=PATIENCE)
    return b"Mozilla Firefox" in answer.stdout


def find_webkit():
    """The path of WebKitGTK's driver, or None, also where it has no screen to draw on."""
    return shutil.which("Xvfb") and shutil.which("WebKitWebDriver")


class Browser:
    """A browser with one page. ``command(path, **parameters)`` sends it a command."""

    def __init__(self, command):
        self._command = command

    def open(self, file):
        self._command("url", url=file.as_uri())

    def run(self, script, *arguments):
        """What a function's body of JavaScript returns."""
        return self._command("execute/sync", script=script, args=arguments)

    def press(self, *keys):
        """Press and release keys, by their names in JavaScript."""
        steps = [
            {"type": f"key{way}", "value": KEYS[key]} for key in keys for way in ("Down", "Up")
        ]
        self._command("actions", actions=[{"type": "key", "id": "keys", "actions": steps}])

    def drag(self, start, *stops):
        """Press the mouse at a point of the window, move it from stop to stop, and let go."""
        moves = [
            {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
            for x, y in (start, *stops)
        ]
        down, up = [{"type": f"pointer{way}", "button": 0} for way in ("Down", "Up")]
        steps = [moves[0], down, *moves[1:], up]
        self._command("actions", actions=[{"type": "pointer", "id": "mouse", "actions": steps}])


@contextlib.contextmanager
def _process(*command, **options):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*map(str, command)], **quiet | options)
    try:
        yield process
    finally:
        stop(process)


@contextlib.contextmanager
def firefox(folder, calm=False):
    """A Firefox with an empty folder for its home; ``calm``: its reader wants reduced motion."""
    wishes = {"marionette.port": 0, "ui.prefersReducedMotion": int(calm)}
    lines = [f"user_pref({json.dumps(name)}, {value});\n" for name, value in wishes.items()]
    (folder / "user.js").write_text("".join(lines), encoding="utf-8")
    port = folder / "MarionetteActivePort"
    words = ("--headless", "--marionette", "--profile", folder)
    with _process(find_firefox(), *words, env=os.environ | {"HOME": str(folder)}):
        wait_until(lambda: port.exists() and port.read_text(), "Firefox opened no port")
        address = ("127.0.0.1", int(port.read_text()))
        connection = socket.create_connection(address, PATIENCE)
        with connection, connection.makefile("rwb") as stream:
            yield Browser(_by_socket(stream))


def _by_socket(stream):
    """The ``command`` of a Firefox: lists of JSON go both ways, each behind its length."""

    def receive():
        length = b""
        while (character := stream.read(1)) not in (b":", b""):
            length += character
        return json.loads(stream.read(int(length)))

    def command(path, **parameters):
        text = json.dumps([0, 0, MARIONETTE[path], parameters])  # of ASCII alone
        stream.write(f"{len(text)}:{text}".encode())
        stream.flush()
        _, _, error, answer = receive()
        if error:
            raise RuntimeError(error["message"])
        return answer.get("value")

    receive()  # it introduces itself
    command("", proxy=OFFLINE)
    return command


@contextlib.contextmanager
def webkit(folder, calm=False):
    """The same of a WebKitGTK, on a screen of its own."""
    for version in ("gtk-3.0", "gtk-4.0"):
        (folder / version).mkdir()
        settings = f"[Settings]\ngtk-enable-animations={int(not calm)}\n"
        (folder / version / "settings.ini").write_text(settings, encoding="utf-8")
    xvfb = ("Xvfb", "-displayfd", 1, "-nolisten", "tcp", "-screen", 0, "1280x1024x24")
    port = free_port()
    with _process(*xvfb, stdout=subprocess.PIPE, text=True) as screen, screen.stdout:
        display = f":{screen.stdout.readline().strip()}"
        surroundings = _surroundings(folder, display)
        with _process(find_webkit(), f"--port={port}", env=surroundings):
            wait_until(lambda: _listens(port), "WebKit's driver did not answer")
            with _by_http(port) as command:
                yield Browser(command)


def _surroundings(folder, display):
    """WebKit's variables. Root may not have its sandbox, and opens only pages of our own."""
    wanted = {"DISPLAY": display, "GDK_BACKEND": "x11"}
    wanted |= {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    if os.geteuid() == 0:
        wanted["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"
    return os.environ | wanted


def _listens(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), PATIENCE):
        return True


@contextlib.contextmanager
def _by_http(port):
    """The ``command`` of a new session with WebKit's driver, which ends its browser with it."""

    def send(method, path, parameters):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request(method, path, json.dumps(parameters))
            answer = json.load(connection.getresponse())["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise RuntimeError(answer["message"])
        return answer

    wanted = {"capabilities": {"alwaysMatch": {"proxy": OFFLINE}}}
    session = f"/session/{send('POST', '/session', wanted)['sessionId']}"
    try:
        yield lambda path, **parameters: send("POST", f"{session}/{path}", parameters)
    finally:
        send("DELETE", session, {})
