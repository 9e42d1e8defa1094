"""Tries out the demonstrations before a lesson: `make check-room` says "ready", or what is wrong.

One line a check. A fault comes with its way out and ends the program with 1; a hint does not.
Nothing needs the network, and nothing in this folder is changed: lessons run in a copy.
`python -m tools.check_room 2 3` runs the lessons 2 and 3 only; all the rest is checked the same.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat.sign import NotebookNotary
from packaging.requirements import Requirement
from playwright.sync_api import Error, expect, sync_playwright

from lec_utils.datasets import COURSE, SOURCES, course_data
from tools.chromium import find_chromium, launch_arguments
from tools.course import ROOT, CourseError, read_course
from tools.lab import running_lab

NEEDED = ("notebooks", "lec_utils", "data")
RESTORE = "type `git checkout notebooks lec_utils data`, or download the project again"
FREE_MEGABYTES = 500
PORT = 8888
SCREEN = {"width": 1920, "height": 1080}


class Fault(Exception):
    """Something that would spoil the lesson, and the way out."""

    def __init__(self, what, way_out):
        super().__init__(f"{what}\n      Way out: {way_out}.")


def check_packages(project):
    """Every package is the one that was pinned."""
    pins = [Requirement(line) for line in _pin_lines(project / "requirements.txt")]
    pins = [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]
    wrong = [
        f"{pin.name} is {_version(pin.name)}, not {pin.specifier}" for pin in filter(_off, pins)
    ]
    if wrong:
        raise Fault(
            f"{len(wrong)} packages are not as pinned: {'; '.join(wrong[:3])}",
            "type `make clean`, then `make lab`, where the network is to be had",
        )
    return f"Python {sys.version.split()[0]}, and {len(pins)} packages as pinned"


def _pin_lines(path):
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line]


def _version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


def _off(pin):
    version = _version(pin.name)
    return version == "missing" or not pin.specifier.contains(version, prereleases=True)


def lessons(project):
    """The names of the lessons, in their order."""
    return [lesson.name for lesson in read_course(project).lessons]


def check_lessons(project):
    """The lessons are there, and each is stored with its outputs."""
    notebooks = {name: read(project, name) for name in lessons(project)}
    for name, notebook in notebooks.items():
        if not all(map(_was_run, notebook.cells)):
            raise Fault(
                f"lesson {name} is stored without its outputs, so its figures do not move yet",
                f"type `make notebooks`; or {RESTORE}",
            )
    figures = sum(_has_live_figure(c) for notebook in notebooks.values() for c in notebook.cells)
    return f"{len(notebooks)} lessons with {figures} live figures"


def _was_run(cell):
    return cell.cell_type != "code" or cell.execution_count is not None


def read(project, name):
    """A lesson, as a notebook."""
    path = project / "notebooks" / f"{name}.ipynb"
    if not path.is_file():
        raise Fault(f"lesson {name} is missing: there is no file {path}", RESTORE)
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises many kinds for a file that is damaged
        raise Fault(f"lesson {name} cannot be read ({type(error).__name__})", RESTORE) from None


def _has_live_figure(cell):
    pages = (output.get("data", {}).get("text/html", "") for output in cell.get("outputs", []))
    return any("<figure" in page and "<script" in page for page in pages)


def check_data(project):
    """The lessons' data are there, and the file that came with them is whole."""
    file, *_, rows = SOURCES[COURSE]
    try:
        return f"the data file is whole: {len(course_data(project / 'data').x)} {rows}"
    except (OSError, ValueError) as error:
        raise Fault(str(error).split(". ")[0], f"type `git checkout data/{file}`") from None


def check_computer(project):
    """The disk has space; a port that is taken is only a hint."""
    free = shutil.disk_usage(tempfile.gettempdir()).free // 10**6
    if free < FREE_MEGABYTES:
        raise Fault(
            f"only {free} MB are free on the disk",
            f"free {FREE_MEGABYTES} MB before you begin",
        )
    with socket.socket() as probe:
        taken = probe.connect_ex(("127.0.0.1", PORT)) == 0
    port = "taken: JupyterLab will take the next one" if taken else "free"
    return f"{free / 1000:.0f} GB free on the disk; port {PORT} is {port}"


def check_trust(project):
    """Whether the figures move as soon as a lesson is opened; that they do not yet is no fault."""
    notary = NotebookNotary()
    unknown = [name for name in lessons(project) if not notary.check_signature(read(project, name))]
    if not unknown:
        return "the lessons are trusted: their figures move at once"
    return f"{len(unknown)} lessons are not trusted yet: `make lab` trusts them when it starts"


def check_run(project, name):
    """Every cell of a lesson runs, in a copy."""
    notebook = read(project, name)
    stored = printed(notebook)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for part in NEEDED:
            shutil.copytree(project / part, Path(folder, part))
        run(notebook, name, Path(folder))
    now = printed(notebook)
    changed = [cell for cell in stored if now[cell] != stored[cell]]
    words = f"lesson {name} runs: {len(now)} cells in {time.monotonic() - begin:.0f} s"
    words += f", {_warnings(notebook)} warnings"
    return words + (f"; prints other numbers here: {', '.join(changed)}" if changed else "")


def run(notebook, name, folder):
    """Execute a notebook in ``folder/notebooks``; raises Fault, naming the cell that failed."""
    environment = os.environ | {"PYTHONPATH": str(folder)}
    place = {"metadata": {"path": str(folder / "notebooks")}}
    client = NotebookClient(notebook, kernel_name="python3", timeout=120, resources=place)
    try:
        with warnings.catch_warnings(action="ignore"):  # of the tools that run it, not of its cells
            client.execute(env=environment, stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        raise Fault(
            f"lesson {name} stops at cell {_failed(notebook)}: {error.ename}: {error.evalue}",
            f"open the lesson and look at that cell; if you did not change it, {RESTORE}",
        ) from None
    except (DeadKernelError, TimeoutError):
        raise Fault(
            f"the kernel died or hung while lesson {name} ran",
            "close other programs to free memory, then try again",
        ) from None


def _failed(notebook):
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return next(c.id for c in cells if any(o.output_type == "error" for o in c.outputs))


def printed(notebook):
    """What each code cell prints, by its id; nothing for a cell that measures time."""
    return {
        cell.id: "".join(output.get("text", "") for output in cell.outputs)
        if "perf_counter" not in cell.source
        else ""
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


def _warnings(notebook):
    return sum(
        output.get("text", "").count("Warning")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.get("name") == "stderr"
    )


def check_lab(project):
    """JupyterLab starts, and a figure moves under the keys of a browser that has no network."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with running_lab(Path(folder)) as lab:
                return f"JupyterLab starts and answers; {check_figure(project, lab, Path(folder))}"
        except RuntimeError as error:
            raise Fault(str(error), "type `make lab` and read its last lines") from None


def check_figure(project, lab, folder):
    """The first live figure of the lessons moves, if there is one and a browser to see it in."""
    for name in lessons(project):
        notebook = read(project, name)
        if any(map(_has_live_figure, notebook.cells)):
            trust(notebook, folder)
            nbformat.write(notebook, lab.root / f"{name}.ipynb")
            return check_browser(lab, name)
    return "no lesson has a live figure to move"


def trust(notebook, folder):
    """Sign a notebook for the JupyterLab whose own files are in ``folder``."""
    notary = NotebookNotary(data_dir=str(folder / "jupyter_data_dir"))
    notary.sign(notebook)
    notary.store.close()


def check_browser(lab, name):
    """A slider of the lesson moves, and nothing asks for the network, if there is a browser."""
    if find_chromium() is None:
        return f"no Chromium or Chrome was found, so open {name} and move a slider yourself"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        page = browser.new_page(viewport=SCREEN)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        try:
            before, after = move_slider(lab, page, name)
        except Error as error:
            raise Fault(
                f"lesson {name} did not show its first figure ({str(error).splitlines()[0]})",
                "open it with `make lab`; if it shows a still picture, Run → Run All Cells",
            ) from None
        finally:
            browser.close()
    return judge(before, after, asked)


def move_slider(lab, page, name):
    """What the lesson's first figure with a slider reads before an arrow key is pressed, and after.

    Where the slider is at its right end only the left arrow key moves it.
    """
    lab.open(page, f"{name}.ipynb")
    figure = page.locator("figure.live-figure").filter(has=page.get_by_role("slider")).first
    slider, words = figure.get_by_role("slider").first, figure.locator(".lf-read")
    slider.wait_for(timeout=60_000)
    before, stood = words.inner_text(), slider.input_value()
    slider.press("ArrowRight")
    if slider.input_value() == stood:
        slider.press("ArrowLeft")
    with contextlib.suppress(AssertionError):
        expect(words).not_to_have_text(before)
    return before, words.inner_text()


def judge(before, after, asked):
    """Says what the browser saw; Fault if the figure stood still or the network was asked."""
    outside = sorted({urlsplit(url).netloc for url in asked if _is_outside(url)})
    if outside:
        raise Fault(
            f"the page asked for the network: {', '.join(outside)}",
            "start JupyterLab with `make lab`, which switches off what asks",
        )
    if before == after:
        raise Fault(
            "the arrow keys do not move the first figure",
            "update the browser, or use another one",
        )
    size = f"{SCREEN['width']} × {SCREEN['height']}"
    return f"a slider moves at {size}, and nothing asks for the network"


def _is_outside(url):
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in (
        "127.0.0.1",
        "localhost",
    )


def checks(project, names):
    """Every check, as a function without arguments: the quick ones first, then these lessons."""
    quick = (check_packages, check_lessons, check_data, check_computer, check_trust)
    yield from (lambda check=check: check(project) for check in quick)
    yield from (lambda name=name: check_run(project, name) for name in names)
    yield lambda: check_lab(project)


def report(checks):
    """Print one line a check; returns how many found a fault."""
    faults = 0
    for check in checks:
        try:
            print(f"  ok  {check()}", flush=True)
        except Fault as fault:
            faults += 1
            print(f" NO   {fault}", flush=True)
    return faults


def main(numbers, project=ROOT):
    """Go through the checks; returns the exit code."""
    try:
        course = read_course(project)
        chosen = [course.lesson(number) for number in numbers] or course.lessons
    except CourseError as error:
        print(error)
        return 1
    faults = report(checks(project, [lesson.name for lesson in chosen]))
    if faults:
        print(f"Not ready: {faults} {'thing' if faults == 1 else 'things'} to mend, see NO above.")
        return 1
    print("Slides fill the screen (F11). In a notebook zoom in with Ctrl and + until you can read")
    print("the smallest words from the last row.")
    print("ready")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
