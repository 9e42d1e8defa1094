"""Does an installed lec_utils do all it is for, offline and far from the project's folder?

A script for a Python that has the wheel and no more than it asks for, in an empty folder:
`python -I core.py NOTEBOOK`, a practice notebook. `tests/test_wheel.py` runs it.
It prints the versions it ran on.
"""

import json
import shutil
import socket
import sys
from importlib.metadata import version
from pathlib import Path

CORE = ("anywidget", "ipywidgets", "matplotlib", "numpy", "seaborn")
# What to draw where a figure has nothing of its own to draw.
EXAMPLES = {
    "bowl_slider": ([[2.0, 0.0], [0.0, 20.0]], (1.0, -1.0), (3.0, 1.0), 0.05),
    "surface_slider": (lambda theta: theta @ theta, (-1, 1), (-1, 1)),
    "fit_slider": ([1.0, 2.0, 4.0], [1.0, 3.0, 4.0]),
    "probability_slider": ([1.0, 2.0, 3.0, 4.0], [0, 1, 0, 1]),
    "hikers_on_map": (
        lambda t: t[0] ** 2 + t[1] ** 2,
        lambda t: [2 * t[0], 2 * t[1]],
        (-1, 1),
        (-1, 1),
        0.1,
    ),
}
OTHERS = ("hikers", "hikers_on_map", "batch_race", "landscape_race")  # with names of their own


def leave_the_network():
    """From here on, whoever asks for an address or a connection is stopped."""

    def refuse(*args, **kwargs):
        raise AssertionError(f"the network was asked: {args}")

    socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse


def told(kind, function, *arguments):
    """The words of the error that a call ends with."""
    try:
        function(*arguments)
    except kind as error:
        return str(error)
    raise AssertionError(f"no {kind.__name__}")


def check_data(lu):
    """Each data set is there; a damaged file is named."""
    folder = Path(lu.__file__).parent / "data"
    assert (folder / "README.md").exists(), "it says where the data come from"
    assert lu.load_tips().shape == (244, 7)
    for name in ("tips", "party", "salary", "diabetes", "iris"):
        assert len(lu.choose_data(name).x) >= 150
    whole = (folder / "tips.csv").read_bytes()
    (folder / "tips.csv").unlink()  # it may be a link into the installer's cache
    (folder / "tips.csv").write_bytes(whole[:-10])
    words = told(ValueError, lu.load_tips)
    assert "damaged" in words and "pip install" in words and "git" not in words
    (folder / "tips.csv").write_bytes(whole)


def check_figures(lu):
    """Each living figure is drawn, as a page and as a widget."""
    names = [name for name in dir(lu) if name.endswith(("_slider", "_animation"))]
    assert len(names) >= 11
    names += OTHERS
    for name in names:
        figure = getattr(lu, name)(*EXAMPLES.get(name, ()))
        assert "<img" in figure.html() and "<script" in figure.html(), name
        assert figure.widget()._esm, name
    for asked in (lu.playground(), lu.ask("Up?", {"yes": "No.", "no": "Down."}, "no")):
        assert "<script" in asked.html()


def check_practice(notebook):
    """A practice notebook in this folder answers, whatever its name; without it, that is said."""
    from lec_utils import practice

    name = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]["otter"]["assignment_name"]
    words = told(FileNotFoundError, practice.Grader, name)
    assert "Save the notebook" in words and "git" not in words
    shutil.copy(notebook, "my answers.ipynb")
    assert "is not there" in repr(practice.Grader(name).check_all())


def main(notebook):
    leave_the_network()
    import lec_utils as lu

    assert Path(lu.__file__).is_relative_to(sys.prefix), "this is not the installed one"
    check_data(lu)
    check_figures(lu)
    check_practice(notebook)
    print(*[f"{name}=={version(name)}" for name in CORE])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
