"""Any file and any message is read without harm; plain data passes both ways."""

import contextlib
import json
from array import array as packed_array
from collections import deque
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hostile.small import (
    ANSWER,
    DESCEND,
    DOUBLE,
    notebook,
    scores,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from grading.grade import grade
from grading.sandbox import Limits
from grading.sandboxed import wire
from grading.submission import Submission, read_submission

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
SOURCE = st.text(max_size=40) | st.lists(st.text(max_size=20) | JSON, max_size=3) | JSON
CELL = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | JSON,
        "source": SOURCE | st.from_regex(r"## Question \d+", fullmatch=True),
        "input": SOURCE,
        "metadata": JSON,
    },
)
NOTEBOOK = st.fixed_dictionaries(
    {},
    optional={
        "cells": st.lists(CELL | JSON, max_size=5) | JSON,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(CELL) | JSON})) | JSON,
        "metadata": JSON,
    },
)
QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(folder, data):
    path = folder / "fuzzed.ipynb"
    path.write_bytes(data)
    found = read_submission(path)
    assert isinstance(found, Submission)
    assert not (found.problem and found.cells)
    json.dumps(found.asked, ensure_ascii=False).encode()  # fit for any file
    return found


@QUICK
@given(data=st.binary(max_size=200))
def test_no_bytes_stop_the_reading(tmp_path, data):
    read(tmp_path, data)


@QUICK
@given(value=NOTEBOOK | JSON)
def test_no_json_stops_the_reading(tmp_path, value):
    read(tmp_path, json.dumps(value).encode())


@QUICK
@given(start=st.integers(0, 400), length=st.integers(1, 40), data=st.binary(max_size=10))
def test_no_damage_stops_the_reading(tmp_path, start, length, data):
    whole = notebook(DOUBLE, DESCEND, ANSWER)
    read(tmp_path, whole[:start] + data + whole[start + length :])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"cells": ' + b"9" * 5000 + b"}", "no notebook"),
        (b'{"worksheets": [{"cells": 5}]}', "no code cell"),
        (b"\xff\xfe{\0}\0\0", "not text"),
        (b'{"cells": "\xfc"}', "not text in UTF-8"),
        (b'{"x": [' + b"1," * 10_500_000 + b"1]}", "21 MB, in too many parts"),
        (b"PK\3\4\x14", "it is a zip"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"\xff\xd8\xff\xe0", "it is a picture"),
        (b"\xef\xbb\xbf\n# %%\r\nx = 1", "it begins with “# %%”"),
        (b"<!DOCTYPE html>", "it begins with “<!DOCTYPE html>”"),
        (b'{"cells":\n<<<<<<< HEAD\n[]\n=======\n', "Git has left two versions"),
        (notebook("x = 1\n" * 500_000), "MB of code"),
    ],
    ids=[
        *("empty", "deep", "big", "odd", "utf16", "latin", "parts", "zip", "pdf", "photo"),
        *("script", "page", "conflict", "code"),
    ],
)
def test_what_cannot_be_graded_is_said(tmp_path, data, says):
    assert says in read(tmp_path, data).problem


def test_a_notebook_may_be_saved_as_windows_saves_text(tmp_path):
    for encoding in ("utf-8-sig", "utf-16"):
        data = notebook(DOUBLE).decode().replace("\n", "\r\n").encode(encoding)
        assert [code for _, code in read(tmp_path, data).cells] == [DOUBLE]


def test_a_heading_with_very_many_digits_is_only_a_heading(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": "## Question " + "9" * 5000},
        {"cell_type": "markdown", "source": "## Question 12 · Step"},
        {"cell_type": "code", "source": "x = 1"},
    ]
    found = read(tmp_path, json.dumps({"cells": cells}).encode())
    assert not found.problem and found.asked == {"q12": "## Question 12 · Step"}


def test_pictures_in_a_notebook_may_be_large(tmp_path):
    whole = json.loads(notebook(DOUBLE))
    whole["cells"][0]["outputs"] = [{"data": {"image/png": "x" * 50_000_000}}]
    found = read(tmp_path, json.dumps(whole).encode())
    assert not found.problem
    assert len(found.notebook) < 1000


# -- messages --

PART = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=20,
)
KINDS = ["plain", "int", "float", "str", "list", "tuple", "dict", "array", "listed", "function"]
KINDS += ["Series", "DataFrame", "Figure", "opaque", "set", "generator"]
MESSAGE = PART | st.builds(
    lambda kind, parts: [kind, *parts],
    st.sampled_from(KINDS),
    st.lists(PART | st.builds(lambda k, p: [[k, p]], st.sampled_from(KINDS), PART), max_size=3),
)
BOMBS = {
    "dimensions": ["array", "<f8", [10**15, 0], ""],
    "dtype": ["array", "O", [1], "AAAAAAAAAAA="],
    "objects": ["listed", [10**15, 0], []],
    "table": ["DataFrame", [["list", [["plain", None]] * 9999]] * 3],
    "rows": ["Series", [["plain", None], ["list", [["plain", None]] * 9999], ["int", "0"]]],
    "digits": ["int", "9" * 100_000],
    "unhashable": ["dict", [[["list", []], ["plain", None]]]],
    "place": ["generator", [["dict", [[["str", "bit_generator"], ["str", "MT19937"]]]]]],
    "code": ["pickle", "cos\nsystem\n"],
}


@QUICK
@given(MESSAGE)
def test_a_message_decodes_or_is_broken(message):
    with contextlib.suppress(wire.Broken):
        wire.decode(json.loads(json.dumps(message)))


@pytest.mark.parametrize("message", BOMBS.values(), ids=BOMBS)
def test_a_message_that_would_take_the_grader_down_is_broken(message):
    with pytest.raises(wire.Broken):
        wire.decode(message)


def test_keys_that_all_fall_into_one_place_are_broken():
    keys = (["int", str(i * (2**61 - 1))] for i in range(10**5))
    with pytest.raises(wire.Broken):
        wire.decode(["dict", [[key, ["plain", None]] for key in keys]])


def test_a_deep_message_is_broken():
    message = ["plain", None]
    for _ in range(100):
        message = ["list", [message]]
    with pytest.raises(wire.Broken):
        wire.decode(message)


def across(value):
    """A value after a journey, and the functions that were kept on the way."""
    kept = []
    message = json.loads(wire.pack(wire.encode(value, lambda f: kept.append(f) or 0))[4:])
    return wire.decode(message, lambda number: kept[number])


KEY = st.text(max_size=4) | st.integers() | st.floats(allow_nan=False) | st.none()
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(KEY, inner, max_size=3)
    ),
    max_leaves=10,
)


@QUICK
@given(PLAIN)
def test_plain_data_arrives_as_it_was(value):
    assert repr(across(value)) == repr(value)


@QUICK
@given(
    st.lists(st.floats() | st.integers(-(2**53), 2**53), max_size=12),
    st.sampled_from(["f8", "f4", ">f8", "i8", "i1", "u4", "?"]),
    st.booleans(),
)
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:overflow:RuntimeWarning")
def test_arrays_arrive_as_they_were(numbers, dtype, folded):
    array = np.array(numbers, dtype=float).astype(dtype)
    array = array.reshape(2, -1).T if folded and len(array) % 2 == 0 and len(array) else array
    got = across(array)
    assert (got.dtype, got.shape) == (array.dtype, array.shape)
    np.testing.assert_array_equal(got, array)


LIKE_A_LIST = [
    deque([1, 2.5]),
    packed_array("d", [1, 2.5]),
    {1: 0, 2.5: 0}.keys(),
    pd.Index([1, 2.5]),
]


@pytest.mark.parametrize("value", LIKE_A_LIST, ids=lambda value: type(value).__name__)
def test_what_is_like_a_list_arrives_as_one(value):
    assert list(across(value)) == [1, 2.5]


def test_sets_arrive_as_sets_and_exact_numbers_as_floats():
    assert across({1, 3, 5}) == {1, 3, 5}
    assert across(frozenset({"a"})) == {"a"}
    assert across([Fraction(1, 4), Decimal("0.5")]) == [0.25, 0.5]
    assert repr(across(set(range(10**4)))) == "an object of type set of more than 2000 entries"


@pytest.mark.parametrize("bits", wire.GENERATORS)
def test_a_random_generator_goes_on_from_where_it_was(bits):
    rng = np.random.Generator(getattr(np.random, bits)(3))
    rng.random(5)
    there = across(rng)
    np.testing.assert_array_equal(there.permutation(9), rng.permutation(9))


@QUICK
@given(st.sampled_from(wire.GENERATORS), st.data())
def test_a_false_state_of_a_generator_is_broken(bits, data):
    message = json.loads(
        json.dumps(wire.encode(np.random.Generator(getattr(np.random, bits)()), int))
    )
    pairs = message[1][0][1]
    pairs[data.draw(st.integers(0, len(pairs) - 1))][1] = data.draw(MESSAGE)
    with contextlib.suppress(wire.Broken):
        wire.decode(message).random(3)


def test_arrays_of_objects_keep_their_shape():
    array = np.empty((2, 2), dtype=object)
    array[:] = [[[1, 2], "a"], [None, [3, 4]]]
    got = across(array)
    assert got.shape == (2, 2)
    assert got.tolist() == array.tolist()


def test_long_floats_arrive_as_floats():
    assert across(np.longdouble(1.5)) == 1.5
    np.testing.assert_array_equal(across(np.array([1.5], dtype=np.longdouble)), [1.5])


@QUICK
@given(
    st.lists(st.tuples(st.integers(-9, 9), st.text(max_size=3), st.floats()), max_size=6),
    st.sampled_from([["a", "b", "c"], ["a", "a", "b"], [0, 1, "x"]]),
)
def test_tables_arrive_as_they_were(rows, columns):
    table = pd.DataFrame(rows, columns=columns, index=[f"row {i}" for i in range(len(rows))])
    got = across(table)
    assert list(got.columns) == columns
    assert list(got.index) == list(table.index)
    for i in range(3):
        np.testing.assert_array_equal(got.iloc[:, i].to_numpy(), table.iloc[:, i].to_numpy())
        series = across(table.iloc[:, i])
        assert series.name == columns[i]
        np.testing.assert_array_equal(series.to_numpy(), table.iloc[:, i].to_numpy())


def test_a_figure_arrives_as_what_is_drawn():
    figure = Figure()
    ax = figure.subplots()
    ax.plot([0, 1], [2, 3])
    ax.scatter([5], [6])
    ax.set(title="t", xlabel="x", ylabel="y")
    for got in (across(figure), across(ax)):
        (drawn,) = got
        assert (drawn["title"], drawn["xlabel"], drawn["ylabel"]) == ("t", "x", "y")
        np.testing.assert_array_equal(drawn["lines"][0], [[0, 2], [1, 3]])
        np.testing.assert_array_equal(drawn["points"][0], [[5, 6]])


# -- with a sandbox --


@settings(QUICK, max_examples=30)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_code_takes_points_from_the_rest(sandbox, before, after):
    told = sandbox.grade(DOUBLE, before, DESCEND, "!" + after, ANSWER)
    assert scores(told) == (2, 2, 2)


@settings(QUICK, max_examples=30)
@given(NOTEBOOK)
def test_any_notebook_is_graded(sandbox, value):
    found = read(sandbox.folder, json.dumps(value).encode())
    if not found.problem:
        told = grade(found, sandbox.archive.questions, sandbox.zygote, Limits())
        assert scores(told) == (0, 0, 0)
