"""What all tests share: patience, what is dear to make, and which files go to one process."""

import os
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, settings
from site_build import run_build
from xdist.scheduler import LoadScopeScheduling

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

OUTPUT_SECONDS = 120  # for the rest of what a cell prints, after the cell has ended
# Files whose tests need the same server, sandbox or build, which so is made once.
TOGETHER = {
    "tests/browser/test_student.py": "tests/browser/test_lab.py",
    "tests/test_paper.py": "tests/browser/test_paper_page.py",
    "tests/test_site.py": "tests/browser/test_site_pages.py",
    "tests/test_syllabus.py": "tests/browser/test_site_pages.py",
    "tests/test_slides.py": "tests/browser/test_slides_page.py",
    "tests/grading/test_accident.py": "tests/grading/test_hostile.py",
    "tests/grading/test_fuzz.py": "tests/grading/test_hostile.py",
    "tests/grading/test_leak.py": "tests/grading/test_hostile.py",
}


class Scheduling(LoadScopeScheduling):
    """The tests of a file, and of those that go with it, run in one process."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        return TOGETHER.get(file, file)


def pytest_addoption(parser):
    parser.addoption("--seeds", type=int, default=1, help="draws of every practice notebook")
    parser.addoption("--rare", action="store_true", help="what takes long and seldom changes, too")


def pytest_xdist_auto_num_workers():
    """Two more than there are cores: a test waits much of its time for a kernel or a browser."""
    return (os.cpu_count() or 1) + 2


def pytest_xdist_make_scheduler(config, log):
    return Scheduling(config, log)


def pytest_collection_modifyitems(config, items):
    """Leave out what is rare, and give cells of notebooks time enough, on a busy machine too."""
    for item in items:
        if hasattr(item, "output_timeout"):  # nbval has no option for it
            item.output_timeout = OUTPUT_SECONDS
    if not config.getoption("--rare"):
        rare = {*filter(is_rare, items), *left_of_thirds(items)}
        items[:] = [item for item in items if item not in rare]
        config.hook.pytest_deselected(items=[*rare])


def is_rare(item):
    return item.get_closest_marker("rare") is not None


def left_of_thirds(items):
    """All but the first, fourth, seventh … case of each test that is marked so."""
    cases = defaultdict(list)
    for item in items:
        if item.get_closest_marker("third"):
            cases[item.path, item.originalname].append(item)
    return [item for each in cases.values() for n, item in enumerate(each) if n % 3]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the students' site, built for a repository called owner/name."""
    return build_site(tmp_path_factory, "students")


@pytest.fixture(scope="session")
def teachers_site(tmp_path_factory):
    """The folder of the teachers' site, built in the same way."""
    return build_site(tmp_path_factory, "teachers")


def build_site(tmp_path_factory, audience):
    into = tmp_path_factory.mktemp("site") / "built"
    built = run_build(into, repository="owner/name", audience=audience)
    assert built.returncode == 0, built.stderr
    return into


@pytest.fixture(scope="session")
def slides_folder(tmp_path_factory):
    """The folder of all slides, as students get them."""
    from tools import slides  # not where no slide is looked at: it takes a while
    from tools.course import read_course

    folder = tmp_path_factory.mktemp("slides")
    slides.build(folder, read_course().notebooks())
    return folder


@pytest.fixture(scope="session")
def papers(tmp_path_factory):
    """The pages of `make paper`, by their names."""
    from tools import paper
    from tools.course import read_course

    into = tmp_path_factory.mktemp("paper") / "made"
    return {path.stem: path for path in paper.build(into, read_course())}
