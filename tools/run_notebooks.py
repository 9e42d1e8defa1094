"""Runs the notebooks from top to bottom and stores what comes out: `make notebooks`.

Nothing that differs from run to run is stored: no timing, no version of Python.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

from tools.course import CourseError, read_course

KEPT = {"otter"}  # the checks of a practice notebook
METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}


def run(path):
    """Execute one notebook in its own folder; an error in a cell ends the whole run."""
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(
        notebook,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        resources=place,
        config=Config(KernelManager={"transport_encryption": "auto"}),  # or the kernel warns
    ).execute()
    notebook.metadata = {key: notebook.metadata[key] for key in KEPT & notebook.metadata.keys()}
    notebook.metadata |= METADATA
    nbformat.write(notebook, path)


if __name__ == "__main__":
    try:
        paths = [Path(name) for name in sys.argv[1:]] or read_course().notebooks()
    except CourseError as error:
        sys.exit(str(error))
    for path in paths:
        print(f"Running {path.name}", flush=True)
        run(path)
