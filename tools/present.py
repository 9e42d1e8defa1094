"""Shows a lesson as live slides, with a kernel that runs its cells: `make present N=2`.

JupyterLab and its extension jupyterlab-rise show a scratch copy without outputs, so no answer is
given away and the lesson itself stays as it is. The copy is removed when the server ends.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from jupyter_core.paths import jupyter_path

from tools.cells import give_room, with_answers
from tools.course import ROOT, CourseError, read_course
from tools.look import read_look
from tools.quiet_lab import QUIET, flags

STYLES = [ROOT / "tools" / "slides" / name for name in ("figures.css", "rise.css")]
# What jupyterlab-rise reads from a notebook's metadata.
RISE = {
    "theme": "white",
    "transition": "none",
    "center": False,
    "width": 1920,  # a stage that is scaled to the window, whatever its size
    "height": 1080,
    "minScale": 0.1,
    "scroll": False,  # rise.css does that
    "slideNumber": "c/t",
    "margin": 0,
    "auto_select": "code",
    "show_buttons_on_startup": False,
}
# jupyterlab-rise runs a cell and leaves its slide before the picture is seen; this stays on it.
RUN = {"keys": ["Shift Enter"], "command": "notebook:run-cell"}
LEAVE = {"keys": ["Shift Enter"], "command": "RISE:smart-exec", "disabled": True}
STAGE = ".lm-Widget.reveal .jp-Notebook"
SHORTCUTS = [
    LEAVE | {"selector": f"{STAGE}:focus"},
    RUN | {"selector": f"{STAGE}.jp-mod-commandMode"},
    RUN | {"selector": f"{STAGE}.jp-mod-editMode"},
    RUN | {"selector": "body"},  # after quick paging, no cell has the focus
]
SETTINGS, EXTENSIONS = ".settings", ".extensions"
# The one extension of JupyterLab that slides need, for formulas. Others are made for the JupyterLab
# that is installed, and fail in the older one that jupyterlab-rise brings.
NEEDED = "@jupyterlab/mathjax3-extension"
FLAGS = QUIET | {
    "ServerApp.answer_yes": True,  # Ctrl-C ends it without a question
    "ServerApp.log_level": "ERROR",
    "ServerApp.jpserver_extensions": {"tools.stage": True, "jupyterlab_rise": False},
}


def put_on_stage(lesson, folder):
    """Write a copy of the lesson without outputs into the folder, and its style beside it."""
    notebook = nbformat.read(lesson, as_version=4)
    notebook.cells = with_answers(notebook.cells)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            give_room(cell)
            cell.outputs, cell.execution_count = [], None
    notebook.metadata["rise"] = RISE
    nbformat.write(notebook, folder / lesson.name)
    style = "".join(path.read_text(encoding="utf-8") for path in STYLES) + read_look().css()
    (folder / "rise.css").write_text(style, encoding="utf-8")
    (folder / f"{lesson.stem}.css").touch()  # jupyterlab-rise asks for that as well
    settings = folder / SETTINGS / "@jupyterlab" / "shortcuts-extension"
    settings.mkdir(parents=True)
    text = json.dumps({"shortcuts": SHORTCUTS})
    (settings / "shortcuts.jupyterlab-settings").write_text(text, encoding="utf-8")


def choose_extensions(folder):
    """Write what jupyterlab-rise reads to know which extensions there are: the one it needs."""
    chosen = folder / EXTENSIONS / NEEDED / "package.json"
    chosen.parent.mkdir(parents=True)
    for place in jupyter_path("labextensions"):
        known = Path(place, NEEDED, "package.json")
        if known.is_file():
            shutil.copyfile(known, chosen)
            return


def present(lesson, folder, options):
    """Run JupyterLab on the folder until it is told to stop."""
    # JupyterLab and jupyterlab-rise ask for this as they are imported.
    os.environ["JUPYTERLAB_SETTINGS_DIR"] = str(folder / SETTINGS)
    from jupyterlab.labapp import LabApp

    # The kernel works in the scratch folder, and finds the helper module and the data from here.
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    url = f"/rise/{lesson.name}"
    settings = FLAGS | {"ServerApp.root_dir": str(folder), "LabApp.default_url": url}
    settings["RiseApp.labextensions_path"] = str(folder / EXTENSIONS)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        settings["ServerApp.allow_root"] = True
    LabApp.launch_instance([*flags(settings), *options])


def main(arguments):
    parser = argparse.ArgumentParser(prog="present.py", description=__doc__.splitlines()[0])
    parser.add_argument("number", metavar="N", nargs="?", default="", help="the lesson's number")
    known, options = parser.parse_known_args(arguments)  # the rest are JupyterLab's own options
    try:
        course = read_course()
        lesson = course.file(course.lesson(known.number).path)
    except CourseError as error:
        sys.exit(f"{error} Type for example: make present N=2")
    print(f"Opening {lesson.stem} as slides. Ctrl-C in this window stops it.", flush=True)
    print("Space goes on, Shift+Space goes back, Shift+Enter runs a cell: run each on your way.")
    print("T on the first slide opens your notes.")
    with tempfile.TemporaryDirectory(prefix="slides-") as folder:
        put_on_stage(lesson, Path(folder))
        choose_extensions(Path(folder))
        present(lesson, Path(folder), options)


if __name__ == "__main__":
    main(sys.argv[1:])
