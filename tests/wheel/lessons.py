"""Do all lessons run, and show what they make, on the packages that are installed?

A script for a Python that has the wheel and what the notebooks import, without JupyterLab:
`python -I lessons.py NOTEBOOK …`. `tests/test_wheel.py` runs it. It prints the versions it ran on.
"""

import contextlib
import io
import json
import sys
from importlib.metadata import version
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell

LESSONS = ("scikit-learn", "scipy")


def run_lesson(path):
    """How many figures and tables a lesson shows; its cells are run as a notebook runs them."""
    shell, shown = InteractiveShell(), 0
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        with contextlib.redirect_stdout(io.StringIO()):
            done = shell.run_cell("".join(cell["source"]))
        done.raise_error()
        if hasattr(done.result, "_repr_mimebundle_"):
            assert done.result._repr_mimebundle_(), cell["id"]
            shown += 1
    return shown


def main(paths):
    for path in paths:
        assert run_lesson(path) > 3, path.name
    print(*[f"{name}=={version(name)}" for name in LESSONS])


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
