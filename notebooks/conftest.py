"""How nbval compares: a figure by what it says and by its numbers, practice not at all.

Practice notebooks are stored unanswered and have no outputs. The bytes of a picture may differ
between processors and versions of matplotlib: what counts of a figure is its words (alt text and
reading, which are its plain text) and what its script is told, with numbers to a tolerance.
"""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent
MOUNT = re.compile(r"mount\(document\.currentScript\.closest\('figure'\),")
PICTURES = ("text/html", "image/svg+xml")


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    collected = yield
    for file in collected:
        if file_path.suffix == ".ipynb":
            file.compare_outputs = file_path.parent == HERE
            file.skip_compare += PICTURES
    return collected


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.suffix == ".ipynb" and hasattr(item, "compare_outputs"):
            item.compare_outputs = _and_specs(item, item.compare_outputs)


def _and_specs(item, compare):
    """nbval's own comparison of a cell, and then of what the scripts of its figures are told."""

    def compare_outputs(test, ref, skip_compare=None):
        if not compare(test, ref, skip_compare):
            return False
        for new, stored in zip(specs(test), specs(ref), strict=True):
            if not alike(new, stored):
                item.comparison_traceback.append(f"a figure's script is told {new}, not {stored}")
                return False
        return True

    return compare_outputs


def specs(outputs):
    """What the scripts of all live figures in a cell's outputs are told."""
    pages = [output.get("data", {}).get("text/html", "") for output in outputs]
    starts = [(page, found.end()) for page in pages for found in MOUNT.finditer(page)]
    return [json.JSONDecoder().raw_decode(page, start)[0] for page, start in starts]


def alike(new, stored):
    """Whether two specs say the same, with numbers to six digits."""
    if isinstance(new, dict) and "floats" in new:
        new, stored = (np.frombuffer(base64.b64decode(one["floats"])) for one in (new, stored))
        return new.shape == stored.shape and np.allclose(new, stored, rtol=1e-6, equal_nan=True)
    if isinstance(new, dict):
        return new.keys() == stored.keys() and all(alike(new[key], stored[key]) for key in new)
    if isinstance(new, list):
        return len(new) == len(stored) and all(map(alike, new, stored))
    if isinstance(new, float):
        return bool(np.isclose(new, stored, rtol=1e-6, atol=0.02))  # of a point of the picture
    return new == stored
