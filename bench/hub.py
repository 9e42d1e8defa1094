"""A class on a JupyterHub: all open a lesson at once, run it, save it, leave and come back.

`python -m bench.hub 20` prints the table of docs/teach/hub.md; it needs JupyterHub, its proxy and
the students' packages, as that page says. It is not among what `make bench` runs.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import psutil

from tools.course import read_course
from tools.hub import missing_programs, running_hub
from tools.hub_links import FOLDER, hub_link
from tools.release import release
from tools.student import Student

MEBI = 2**20
STEPS = ("server", "pull", "open", "kernel", "run", "save")
WORDS = {
    "server": "sign in, until the server is there",
    "pull": "the link fetches the class's repository",
    "open": "JupyterLab's page and the notebook are there",
    "kernel": "the kernel is there",
    "run": "every cell is run",
    "save": "saved",
}


@dataclass
class Visits:
    """What a class did: seconds for each step of each student, memory, and what was lost."""

    first: list = field(default_factory=list)  # a dict of times for each student
    again: list = field(default_factory=list)
    servers: list = field(default_factory=list)  # peaks in MiB, one for each student
    kernels: list = field(default_factory=list)
    hub: float = 0.0  # MiB of the hub and its proxy, at their peaks
    shared: float = 0.0  # MiB of all the students' processes together, shared pages counted once
    lost: list = field(default_factory=list)  # a sentence each


def git(folder, *words):
    identity = ("-c", "user.name=Teacher", "-c", "user.email=teacher@example.edu")
    command = ["git", "-C", str(folder), *identity, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def new_class(folder):
    """A repository of the class in ``folder``: the student's bundle, committed."""
    bundle = release(into=folder / "dist")[0]
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    repository = folder / bundle.stem
    for script in (repository / "binder").iterdir():  # unzip keeps what runs; zipfile does not
        script.chmod(0o755)
    git(repository, "init", "--quiet", "--initial-branch=main")
    push(repository, "The course")
    return repository


def push(repository, message):
    """Commit all that is new in the class's repository, which the links read where it is."""
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", message)


def correct(repository, path):
    """The teacher's correction of a lesson, between two visits: a sentence, and a new cell."""
    notebook = nbformat.read(repository / path, as_version=4)
    notebook.cells[0].source += "\n\nCorrected by the teacher."
    notebook.cells.append(nbformat.v4.new_markdown_cell("Added by the teacher.", id="late-01-note"))
    nbformat.write(notebook, repository / path)
    push(repository, "A correction")


def answer(notebook, name):
    """What a student writes: into a cell of the lesson, and in a cell of their own."""
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.source += f"\nmine = '{name}'"
    note = nbformat.v4.new_markdown_cell(f"A note of {name}.", id="own-01-note")
    notebook.cells.insert(len(notebook.cells) // 2, note)


def kept(saved, found, name):
    """A sentence for each thing of a student's saved notebook that the next visit does not find."""
    there = {cell.id: cell for cell in found.cells}
    for cell in saved.cells[1:]:  # the teacher corrected the first
        other = there.get(cell.id)
        if other is None or other.source != cell.source:
            yield f"{name}: cell {cell.id} is not as it was written"
        elif cell.cell_type == "code" and other.outputs != cell.outputs:
            yield f"{name}: the outputs of cell {cell.id} are gone"
    texts = [found.cells[0].source, found.cells[-1].source]
    if not all(text.endswith("by the teacher.") for text in texts):
        yield f"{name}: the teacher's correction did not arrive"


async def first_visit(student, link, path, visits):
    """Open the lesson, write, run it, save it; what was saved. The server is left running."""
    notebook = await student.open(link, path)
    answer(notebook, student.name)
    await student.run(notebook, path)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                visits.lost.append(f"{student.name}: cell {cell.id} ended with {output.ename}")
    await student.save(notebook, path)
    visits.first.append(student.times)
    return notebook


async def come_back(hub, saved, name, link, path, visits):
    student = Student(hub, name)
    found = await student.open(link, path)
    visits.again.append(student.times)
    visits.lost.extend(kept(saved, found, name))
    await student.leave()


def memory(hub, visits):
    """Note the peaks of each student's server and kernel, and what all use together now."""
    visits.hub = peak(hub.pid)
    for process in psutil.Process(hub.pid).children(recursive=True):
        words = " ".join(process.cmdline())
        if "configurable-http-proxy" in words:
            visits.hub += peak(process.pid)
        for mark, peaks in (("ipykernel", visits.kernels), ("singleuser", visits.servers)):
            if mark in words:
                peaks.append(peak(process.pid))
                visits.shared += process.memory_full_info().pss / MEBI
                break


def peak(pid):
    """The most memory that a process had at any time, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


async def attend(hub, repository, lesson, names):
    """The whole class, all at once, twice; the teacher corrects the lesson in between."""
    link, path = hub_link(hub.url, repository.as_uri(), lesson.path), f"{FOLDER}/{lesson.path}"
    visits, students = Visits(), [Student(hub, name) for name in names]
    saved = await asyncio.gather(*(first_visit(s, link, path, visits) for s in students))
    memory(hub, visits)
    await asyncio.gather(*(student.leave() for student in students))
    correct(repository, lesson.path)
    visitors = zip(saved, names, strict=True)
    await asyncio.gather(*(come_back(hub, s, name, link, path, visits) for s, name in visitors))
    return visits


def hold_class(many, number=2):
    """Let so many students attend a lesson on a hub of their own."""
    names = [f"student{one:02d}" for one in range(1, many + 1)]
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        folder = Path(folder).resolve()
        repository = new_class(folder)
        with running_hub(folder, image=repository) as hub:
            lesson = read_course().lesson(number)
            return asyncio.run(attend(hub, repository, lesson, names))


def spread(values, unit="s"):
    digits = 0 if unit == "MiB" else 1
    return f"{statistics.median(values):.{digits}f} {unit} | {max(values):.{digits}f} {unit}"


def rows(visits):
    """The table, a line of Markdown each."""
    yield f"| {len(visits.first)} students at once | median | slowest or largest |"
    yield "|---|---|---|"
    for step in STEPS:
        yield f"| {WORDS[step]} | {spread([times[step] for times in visits.first])} |"
    back = [sum(times.values()) for times in visits.again]
    yield f"| come back: sign in, the link merges, the notebook is there | {spread(back)} |"
    yield f"| memory of a student's server, peak | {spread(visits.servers, 'MiB')} |"
    yield f"| memory of a student's kernel, peak | {spread(visits.kernels, 'MiB')} |"
    yield f"| memory of all their servers and kernels together | | {visits.shared:.0f} MiB |"
    yield f"| memory of the hub and its proxy, peak | | {visits.hub:.0f} MiB |"
    yield f"| cells, outputs and corrections lost | | {len(visits.lost)} |"


def report(many=20, number=2):
    if absent := missing_programs():
        sys.exit(f"This needs {', '.join(absent)} on the PATH: docs/teach/hub.md says how.")
    total = psutil.virtual_memory().total / 2**30
    print(f"{os.cpu_count()} cores, {total:.0f} GiB, load {os.getloadavg()[0]:.1f} before")
    visits = hold_class(many, number)
    print(*rows(visits), *visits.lost, sep="\n")


if __name__ == "__main__":
    report(*map(int, sys.argv[1:]))
