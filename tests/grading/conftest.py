"""Whether this machine has a sandbox to grade in, and one for all tests of small notebooks."""

import os

import pytest
from hostile.small import Class, small_archive

from grading.sandbox import NoSandbox, Zygote, find_bubblewrap


@pytest.fixture(scope="session")
def needs_sandbox():
    """Skip, with what to install, where there is no sandbox."""
    try:
        find_bubblewrap()
    except NoSandbox as missing:
        pytest.skip(f"no sandbox here: {missing}")


@pytest.fixture(scope="session")
def sandbox(needs_sandbox, tmp_path_factory):
    """One zygote for all of them: whoever harms it, harms the tests that follow."""
    folder = tmp_path_factory.mktemp("class")
    os.chmod(folder, 0o755)
    archive = small_archive(folder)
    with Zygote(archive.files) as zygote:
        yield Class(archive, zygote, folder)
