"""Whether an installed lec_utils does all it is for, offline and far from the project's folder.

A script, for a Python that has only the wheel and what it needs: `python installed.py NOTEBOOK`
in an empty folder, where NOTEBOOK is a practice notebook; `tests/test_wheel.py` runs it.
It prints the versions that it ran on.
"""

import importlib.util
import json
import shutil
import socket
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np

CORE = ("anywidget", "ipywidgets", "matplotlib", "numpy", "seaborn")
# What a figure is drawn from where it has no example of its own.
ARGUMENTS = {
    "bowl_slider": ([[2.0, 0.0], [0.0, 20.0]], (1.0, -1.0), (3.0, 1.0), 0.05),
    "surface_slider": (lambda theta: theta @ theta, (-1, 1), (-1, 1)),
}


def refuse_network():
    """From here on, whatever asks the network fails."""

    def refuse(*args, **kwargs):
        raise AssertionError(f"lec_utils asked the network: {args}")

    socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse


def check_place(lu):
    """It is the installed one, with where its data come from."""
    assert Path(lu.__file__).is_relative_to(sys.prefix), lu.__file__
    assert (Path(lu.__file__).parent / "data" / "README.md").exists()


def check_data(lu):
    """Every data set is there; those of scikit-learn where that is, and else a word on it."""
    assert lu.load_tips().shape == (244, 7)
    for name in ("tips", "party", "salary"):
        assert len(lu.choose_data(name).x) > 100
    for name in ("diabetes", "iris"):
        if importlib.util.find_spec("sklearn"):
            assert len(lu.choose_data(name).x) > 100
            continue
        try:
            lu.choose_data(name)
        except ImportError as error:
            assert "pip install scikit-learn" in str(error)
        else:
            raise AssertionError(f"{name} came from nowhere")


def check_damage(lu):
    """A damaged file is told, with a way out that this place has."""
    file = Path(lu.__file__).parent / "data" / "tips.csv"
    content = file.read_bytes()
    file.write_bytes(content[:-10])
    try:
        lu.load_tips()
    except ValueError as error:
        assert "damaged" in str(error) and "pip install" in str(error)
        assert "git" not in str(error)
    else:
        raise AssertionError("a damaged file was read")
    finally:
        file.write_bytes(content)


def check_figures(lu):
    """Every living figure is drawn, as a page and as a widget."""
    names = [name for name in lu.__all__ if name.endswith(("_slider", "_animation"))]
    assert len(names) >= 9
    for name in names:
        figure = getattr(lu, name)(*ARGUMENTS.get(name, ()))
        assert "<svg" in figure.svg() and "<script" in figure.html(), name
        assert figure.widget().trait_names(), name


def check_pictures(lu):
    """Every picture of matplotlib's is drawn."""
    path = lu.gradient_descent(lu.df, 0.0, 0.01)
    theta = lu.Path if False else np.array([[1.0, 1.0], [0.5, 0.2]])
    axes = [
        lu.draw_f(),
        lu.draw_derivative(lu.f),
        lu.draw_path(lu.f, path),
        lu.draw_tangent(lu.f, 0.5),
        lu.draw_paths({"a run": theta}, lu.draw_contour(lambda t: t @ t, (-1, 1), (-1, 1))),
    ]
    for ax in axes:
        assert "<svg" in lu.picture(ax, alt="drawn").svg()


def check_practice(notebook):
    """A practice notebook beside it answers, under any name; without one, a word on it."""
    from lec_utils import practice

    name = json.loads(notebook.read_text("utf-8"))["metadata"]["otter"]["assignment_name"]
    try:
        practice.Grader(name)
    except FileNotFoundError as error:
        assert "Save the notebook" in str(error) and "git" not in str(error)
    else:
        raise AssertionError("checks came from nowhere")
    shutil.copy(notebook, "my answers.ipynb")
    assert "is still blank" in repr(practice.Grader(name).check_all())


def main(notebook):
    refuse_network()
    import lec_utils as lu

    check_place(lu)
    check_data(lu)
    check_damage(lu)
    check_figures(lu)
    check_pictures(lu)
    check_practice(notebook)
    print(*[f"{name}=={version(name)}" for name in CORE])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
