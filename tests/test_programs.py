"""tests/programs.py: which tests are skipped on a machine, and what it says then."""

import shutil

import programs
import pytest

NOWHERE = lambda: None


@pytest.fixture
def machine(monkeypatch):
    """A machine with apt-get whose user is not root; one of two programs is there."""
    monkeypatch.setattr(programs, "is_root", lambda: False)
    monkeypatch.setattr(programs.shutil, "which", lambda name: f"/usr/bin/{name}")
    needed = {
        "Tests of rabbits": (("rabbit carrot", NOWHERE), ("hare", lambda: "/usr/bin/hare")),
        "Tests of foxes": (("fox den", NOWHERE),),
    }
    monkeypatch.setattr(programs, "NEEDED", needed)


def test_any_program_will_do(machine):
    assert programs.missing() == ["Tests of foxes"]
    assert programs.get("Tests of rabbits") == "Tests of rabbits will use /usr/bin/hare."


def test_a_skip_is_said_with_the_way_out(machine):
    said = programs.get("Tests of foxes")
    assert said.startswith("Tests of foxes will be skipped")
    assert "sudo apt-get install fox den" in said
    assert not programs.can_install("Tests of foxes")


@pytest.mark.skipif(shutil.which("apt-get") is None, reason="this system has no apt")
def test_nothing_may_be_skipped_that_root_can_install(monkeypatch):
    monkeypatch.setattr(programs, "is_root", lambda: True)
    apt, unknown = (("apt", NOWHERE),), (("apt no-such-package", NOWHERE),)
    monkeypatch.setattr(programs, "NEEDED", {"known": apt, "unknown": unknown})
    assert programs.can_install("known")
    assert not programs.can_install("unknown")
