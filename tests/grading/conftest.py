"""Whether this machine has a sandbox to grade in."""

import pytest

from grading.sandbox import NoSandbox, find_bubblewrap


@pytest.fixture(scope="session")
def needs_sandbox():
    """Skip, with what to install, where there is no sandbox."""
    try:
        find_bubblewrap()
    except NoSandbox as missing:
        pytest.skip(f"no sandbox here: {missing}")
