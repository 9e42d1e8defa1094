"""Plain data over a pipe: what may pass between a sandbox and the grader, and nothing else.

Both sides use this file. A message is four bytes of length and JSON. A value is a list that begins
with its kind; decoding builds only Python's and numpy's own plain types, never an object of the
sender's making, and never runs anything.
"""

import base64
import json
import struct
from array import array as packed_array
from collections import deque
from collections.abc import KeysView, ValuesView
from decimal import Decimal
from numbers import Real

import numpy as np

LONGEST = 16_000_000  # bytes in one message
DEEPEST = 30  # lists within lists
MOST_ENTRIES = 2000  # of a dictionary: keys made to collide take time that grows as the square
KEY_DEPTH = 2  # a key is a number, a text, or a tuple of them
DIGITS = 4000  # of a whole number; Python refuses to read more than 4300
LISTED = (list, range, deque, packed_array, KeysView, ValuesView)  # what passes as a list
CHANGEABLE = (list, dict, set, np.ndarray, np.random.Generator)
# Numpy's, by name. A false state of its others would make it read beyond their numbers.
GENERATORS = ("PCG64", "PCG64DXSM", "SFC64")


class Broken(Exception):
    """The other side has ended, or what it sent is no message."""


class RemoteFunction:
    """A function on the other side, known by its number."""

    def __init__(self, number):
        self.number = number


class Opaque:
    """Something that cannot pass, known by the name of its type."""

    def __init__(self, kind):
        self.kind = kind

    def __repr__(self):
        return f"an object of type {self.kind}"


def encode(value, keep, depth=DEEPEST):
    """``value`` as lists, text and numbers; ``keep(function)`` gives the number of a function."""
    if depth == 0:
        return ["opaque", "nested too deeply"]

    def inner(part, depth=depth - 1):
        return encode(part, keep, depth)

    message = _encode_scalar(value) or _encode_collection(value, inner)
    message = message or _encode_table(value, inner) or _encode_generator(value, inner)
    if message:
        return message
    return ["function", keep(value)] if callable(value) else ["opaque", type(value).__name__]


def _encode_scalar(value):
    """One number, text, truth value, None or dots; None for anything else."""
    if value is None or value is ... or isinstance(value, bool | np.bool_):
        return ["plain", None if value is None else "..." if value is ... else bool(value)]
    if isinstance(value, np.generic) and value.dtype.kind in "iuf":
        value = float(value) if value.dtype.kind == "f" else int(value)
    if isinstance(value, int):
        text = int.__repr__(value) if value.bit_length() < 3 * DIGITS else None
        return ["int", text] if text else ["opaque", "int of too many digits"]
    if isinstance(value, float):
        return ["float", float.hex(value)]
    if isinstance(value, Real | Decimal):  # a Fraction, say
        return ["float", float.hex(float(value))]
    return ["str", str.__str__(value)] if isinstance(value, str) else None


def _encode_collection(value, inner):
    """A list, tuple, set, dictionary or array; None for anything else."""
    for kind, types in {"list": LISTED, "tuple": tuple, "set": set | frozenset}.items():
        if isinstance(value, types):
            if kind == "set" and len(value) > MOST_ENTRIES:
                return ["opaque", f"set of more than {MOST_ENTRIES} entries"]
            return [kind, [inner(item) for item in value]]
    if isinstance(value, dict):
        pairs = dict.items(value)
        if len(pairs) > MOST_ENTRIES:
            return ["opaque", f"dict of more than {MOST_ENTRIES} entries"]
        return ["dict", [[inner(key, KEY_DEPTH), inner(item)] for key, item in pairs]]
    return _encode_array(np.asarray(value), inner) if isinstance(value, np.ndarray) else None


def _encode_array(array, inner):
    if array.dtype.kind not in "biuf":
        return ["listed", list(array.shape), [inner(item) for item in array.ravel().tolist()]]
    if array.dtype.itemsize > 8:
        array = array.astype(float)
    data = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
    return ["array", array.dtype.str, list(array.shape), data]


def _encode_table(value, inner):
    """A pandas Series or DataFrame, or a matplotlib Figure or Axes; None for anything else."""
    kind, home = type(value).__name__, type(value).__module__.partition(".")[0]
    if home == "pandas" and kind == "Series":
        parts = [value.name, value.index.tolist(), value.to_numpy()]
    elif home == "pandas" and kind == "DataFrame":
        columns = [value.iloc[:, i].to_numpy() for i in range(value.shape[1])]
        parts = [value.columns.tolist(), value.index.tolist(), columns]
    elif home == "matplotlib" and hasattr(value, "axes") and hasattr(value, "savefig"):
        kind, parts = "Figure", [[_drawn(ax) for ax in value.axes]]
    elif home == "matplotlib" and hasattr(value, "get_lines"):
        kind, parts = "Figure", [[_drawn(value)]]
    else:
        return inner(value.to_numpy()) if home == "pandas" and kind.endswith("Index") else None
    return [kind, [inner(part) for part in parts]]


def _encode_generator(value, inner):
    """Numpy's Generator by its state, so that it goes on from there; None for anything else."""
    if not isinstance(value, np.random.Generator):
        return None
    state = value.bit_generator.state
    return ["generator", [inner(state)]] if state["bit_generator"] in GENERATORS else None


def _drawn(ax):
    """What is drawn on an Axes, as data."""
    return {
        "title": ax.get_title(),
        "xlabel": ax.get_xlabel(),
        "ylabel": ax.get_ylabel(),
        "lines": [np.asarray(line.get_xydata(), dtype=float) for line in ax.get_lines()],
        "points": [np.asarray(c.get_offsets(), dtype=float) for c in ax.collections],
    }


def decode(message, function=RemoteFunction):
    """The value of an encoded one; ``function(number)`` stands for a function over there.

    Raises Broken for what no honest encoder sends.
    """
    try:
        return _decode(message, function, DEEPEST + 1)
    except Exception as error:  # whatever numpy and pandas find wrong with it
        raise Broken(f"a message that cannot be read: {type(error).__name__}") from error


def _decode(message, function, depth):
    if depth == 0:
        raise ValueError("nested too deeply")
    kind, *parts = message

    def inner(part):
        return _decode(part, function, depth - 1)

    if kind in SCALARS:
        return SCALARS[kind](parts[0])
    if kind == "function":
        return function(int(parts[0]))
    if kind == "array":
        return _decode_array(*parts)
    if kind == "listed":
        return _decode_listed(parts[0], [inner(item) for item in parts[1]])
    if kind in ("Series", "DataFrame", "Figure"):
        return _decode_table(kind, [inner(part) for part in parts[0]])
    if kind == "generator":
        return _decode_generator(*map(inner, parts[0]))
    return _decode_collection(kind, parts[0], inner)


def _decode_collection(kind, parts, inner):
    if kind == "dict":
        if len(parts) > MOST_ENTRIES:
            raise ValueError("too many entries")
        return {inner(key): inner(value) for key, value in parts}
    if kind == "set" and len(parts) > MOST_ENTRIES:
        raise ValueError("too many entries")
    return {"list": list, "tuple": tuple, "set": set}[kind](map(inner, parts))


SCALARS = {
    "plain": {None: None, "...": ..., True: True, False: False}.__getitem__,
    "int": int,
    "float": float.fromhex,
    "str": str,
    "opaque": lambda kind: Opaque(str(kind)[:60]),
}


def _decode_array(dtype, shape, data):
    dtype = np.dtype(str(dtype))
    if dtype.kind not in "biuf" or dtype.itemsize > 8:
        raise ValueError("not numbers")
    numbers = np.frombuffer(base64.b64decode(data), dtype=dtype).copy()
    return numbers.reshape(_checked(shape, numbers))


def _decode_listed(shape, items):
    array = np.empty(len(items), dtype=object)
    for i, item in enumerate(items):  # one by one: numpy would look into lists
        array[i] = item
    return array.reshape(_checked(shape, array))


def _checked(shape, array):
    """``shape``, unless it makes an array without numbers so long that none could walk along it."""
    shape = [int(n) for n in shape]
    if min(shape, default=0) < 0 or max(shape, default=0) > max(array.size, MOST_ENTRIES):
        raise ValueError("a shape that does not fit")
    return shape


def _decode_table(kind, parts):
    import pandas as pd

    if kind == "Series":
        name, index, values = parts
        _check_columns([values], index)
        return pd.Series(values, index=index, name=name)
    if kind == "DataFrame":
        columns, index, values = parts
        _check_columns(values, index)
        table = pd.DataFrame(dict(enumerate(values)), index=index)
        return table.set_axis(columns, axis=1)
    return parts[0]


def _decode_generator(state):
    if state["bit_generator"] not in GENERATORS:
        raise ValueError("no generator of numpy's")
    bits = getattr(np.random, state["bit_generator"])()
    bits.state = state
    return np.random.Generator(bits)


def _check_columns(columns, index):
    """ValueError for what pandas would repeat or align, which may take any amount of memory."""
    for column in columns:
        if not isinstance(column, np.ndarray) or column.shape != (len(index),):
            raise ValueError("a column that does not fit")


def changed(arguments, messages):
    """What was changed in place of ``arguments``, a list, since they came as ``messages``.

    Pairs of a position and what is there now. A list that holds functions is not compared.
    """
    now = ((i, value) for i, value in enumerate(arguments) if isinstance(value, CHANGEABLE))
    encoded = ((i, encode(value, lambda _: "?")) for i, value in now)
    return [[i, new] for i, new in encoded if new != messages[i] and '"?"' not in json.dumps(new)]


def change(value, new):
    """Make ``value``, a list, dictionary, set, array or Generator, what ``new`` is, in place."""
    if isinstance(value, np.ndarray):
        value[...] = new
    elif isinstance(value, np.random.Generator):
        value.bit_generator.state = new.bit_generator.state
    elif isinstance(value, list):
        value[:] = new
    else:
        value.clear()
        value.update(new)


def pack(message):
    """The bytes of one message; ValueError when it is too long."""
    data = json.dumps(message).encode()
    if len(data) > LONGEST:
        raise ValueError(f"more than {LONGEST // 1_000_000} MB in one value")
    return struct.pack(">I", len(data)) + data


def receive(read):
    """The next message; ``read(n)`` returns n bytes or raises Broken."""
    (length,) = struct.unpack(">I", read(4))
    if length > LONGEST:
        raise Broken("a message that is too long")
    try:
        return json.loads(read(length))
    except (ValueError, RecursionError) as error:
        raise Broken("a message that is no JSON") from error
