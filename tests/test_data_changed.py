"""In a copy the course has other data, petals for tips: each text that tells the old is named.

As docs/teach/adapt.md says: their definition is changed, the lessons run, and tests name the rest.
"""

import re

import nbformat
import numpy as np
import pytest
from copied import copy_into, replace, run
from sklearn.datasets import load_iris
from stale import TELLING, lessons, old_numbers, places, printed, unnamed
from test_words_of_data import PLACES

from tools.course import ROOT

PETALS = """    "petals": Source(
        "petals.csv",
        "petal_length",
        "petal_width",
        "petal length (mm)",
        "petal width (mm)",
        "flowers",
    ),
}
COURSE = "petals\""""
# What the cells of lesson 4 read from the table, and alphas above the limit, which sliders refuse.
CELLS = {
    "04_tips": {
        '"tips"': '"petals"',
        '"total_bill"': '"petal_length"',
        '"tip"': '"petal_width"',
        '"size"': '"sepal_length"',
        '"] > 2': '"] > 58',
        "alpha=0.001, n=101": "alpha=0.0003, n=101",
    },
    "06_momentum": {"    0.001,\n": "    0.0003,\n"},
}
# What has numbers of its own, and what keeps its words.
OWN = {"lec_utils/landscapes.py", "tools/look.py", "tools/quiz.py", "bench/README.md", *PLACES}
# A version of scipy, a slope of the quartic, places of labels.
ACCIDENTS = {"1.14", "1.950", "1.07", "1.01"}
TOLD = re.compile(
    r"(?<![\d.,])244(?![\d.])|\bbills?\b|\bwaiter\b|\bmeals?\b|\bdollars\b|\ba tip\b|\bthe tips?\b"
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy with other data, its lessons run."""
    copy = copy_into(tmp_path_factory.mktemp("data") / "copy")
    swap(copy)
    changed = [copy / lesson.path for lesson in lessons() if lesson.number != 2]
    run(copy, "tools.run_notebooks", *map(str, changed))
    return copy


def swap(copy):
    """Petals of flowers, in millimetres: a file, a definition, and the table of lesson 4."""
    flowers = 10 * load_iris().data[:, [2, 3, 0]]
    header = "petal_length,petal_width,sepal_length"
    np.savetxt(copy / "data" / "petals.csv", flowers, "%.0f", ",", header=header, comments="")
    replace(copy / "lec_utils" / "datasets.py", ('}\nCOURSE = "tips"', PETALS))
    for name, changes in CELLS.items():
        lesson = copy / "notebooks" / f"{name}.ipynb"
        notebook = nbformat.read(lesson, as_version=4)
        for cell in notebook.cells:
            for old, new in changes.items() if cell.cell_type == "code" else ():
                cell.source = cell.source.replace(old, new)
        nbformat.write(notebook, lesson)


@pytest.mark.rare
def test_each_place_that_tells_a_number_or_a_word_of_the_tips_is_named(copy):
    said = run(copy, "pytest", "-q", "-n0", *[f"tests/{name}.py" for name in TELLING], expect=1)
    told = old_numbers(printed(ROOT), printed(copy), TOLD)
    stale = [*places(copy, lambda text: {*told(text)} - ACCIDENTS, OWN)]
    assert len({file for file, *_ in stale}) >= 12
    assert not (missed := [*unnamed(stale, said)]), "\n".join(map(str, missed))
