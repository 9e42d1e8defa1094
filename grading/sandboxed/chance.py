"""Runs in a sandbox: what is random there without a seed is the same each time."""

import os
import random

SOURCE = random.Random(0)
_seed = random.Random.seed  # Python's own, which asks the system where it is given nothing


def prepare():
    """Let whatever would ask the system for a seed ask here: Python's ways and numpy's."""
    import numpy as np

    random.Random.seed = seed
    random.seed = random._inst.seed
    os.urandom = os.getrandom = random._urandom = random_bytes
    np.random.bit_generator.randbits = SOURCE.getrandbits
    # Python seeds anew after each fork; here it does so in a known way, another for each process.
    os.register_at_fork(before=lambda: SOURCE.getrandbits(64), after_in_child=random.seed)


def seed(generator, a=None, version=2):
    """As ``random.Random.seed``, but what is given no seed gets the next one from here."""
    _seed(generator, SOURCE.getrandbits(64) if a is None else a, version)


def random_bytes(count, flags=0):
    """As ``os.urandom`` and ``os.getrandom``."""
    return SOURCE.randbytes(count)


def begin():
    """Begin anew, as each notebook does."""
    import numpy as np

    _seed(SOURCE, 0)
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002, the old way is what a notebook may use
