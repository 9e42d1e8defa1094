"""The tips data: right, wherever we stand, and never from the network."""

import csv
import hashlib
import socket
import sys
import urllib.request

import numpy as np
import pytest
from sklearn.datasets import load_diabetes, load_iris

from lec_utils import datasets
from lec_utils.datasets import DATA_HOME, SHA256, choose_data, course_data, load_tips


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        pytest.fail("load_tips tried to reach the network")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    monkeypatch.setattr(urllib.request, "urlretrieve", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_shape_columns_and_missing_values():
    tips = load_tips()
    assert tips.shape == (244, 7)
    assert list(tips.columns) == ["total_bill", "tip", "sex", "smoker", "day", "time", "size"]
    assert not tips.isna().any(axis=None)


@pytest.mark.parametrize(
    ("column", "categories"),
    [
        ("sex", ["Male", "Female"]),
        ("smoker", ["Yes", "No"]),
        ("day", ["Thur", "Fri", "Sat", "Sun"]),
        ("time", ["Lunch", "Dinner"]),
    ],
)
def test_categories_and_their_order(column, categories):
    assert list(load_tips()[column].cat.categories) == categories


def test_numbers_of_the_readme():
    tips = load_tips()
    assert (tips["total_bill"].min(), tips["total_bill"].max()) == (3.07, 50.81)
    assert (tips["tip"].min(), tips["tip"].max()) == (1.0, 10.0)
    assert (tips["size"].min(), tips["size"].max()) == (1, 6)
    assert tips["day"].value_counts().to_dict() == {"Thur": 62, "Fri": 19, "Sat": 87, "Sun": 76}


def test_the_working_directory_does_not_matter(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(load_tips()) == 244
    assert not list(tmp_path.iterdir())


def test_another_folder_with_the_same_file(tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "tips.csv").write_bytes((DATA_HOME / "tips.csv").read_bytes())
    monkeypatch.chdir(tmp_path)
    assert len(load_tips(data_home="mine")) == 244


def test_the_course_has_the_columns_of_its_file(tmp_path):
    source = datasets.SOURCES[datasets.COURSE]
    with open(DATA_HOME / source.file, encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    data = course_data()
    np.testing.assert_array_equal(data.x, [float(row[source.x]) for row in rows])
    np.testing.assert_array_equal(data.y, [float(row[source.y]) for row in rows])
    assert data[2:] == (source.x_label, source.y_label)
    with pytest.raises(FileNotFoundError, match="missing.*To get it back"):
        course_data(data_home=tmp_path)


def test_what_is_asked_for_is_the_readers_own():
    course_data().x[:] = 0
    assert np.all(course_data().x != 0)


def test_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="missing.*To get it back"):
        load_tips(data_home=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", [lambda b: b[:-10], lambda b: b.replace(b"\n", b"\r\n")])
def test_damaged_file_says_what_to_do(tmp_path, damage):
    (tmp_path / "tips.csv").write_bytes(damage((DATA_HOME / "tips.csv").read_bytes()))
    with pytest.raises(ValueError, match="damaged.*To get it back"):
        load_tips(data_home=tmp_path)


def test_the_readme_tells_the_same_hash():
    assert hashlib.sha256((DATA_HOME / "tips.csv").read_bytes()).hexdigest() == SHA256
    assert SHA256 in (DATA_HOME / "README.md").read_text(encoding="utf-8")


def test_data_of_an_installed_package_come_before_a_folder_beside_it(tmp_path):
    (tmp_path / "data").mkdir()
    assert datasets.data_folder(tmp_path / "lec_utils") == tmp_path / "data"
    (tmp_path / "lec_utils" / "data").mkdir(parents=True)
    assert datasets.data_folder(tmp_path / "lec_utils") == tmp_path / "lec_utils" / "data"


@pytest.mark.parametrize(
    ("beside", "way_out"),
    [
        ([".git", "pyproject.toml"], "git checkout"),
        (["pyproject.toml"], "download the notebooks again"),
        (["numpy"], "pip install --force-reinstall"),
    ],
)
def test_the_way_out_is_one_that_this_place_has(tmp_path, monkeypatch, beside, way_out):
    for name in beside:
        (tmp_path / name).touch()
    monkeypatch.setattr(datasets, "PACKAGE", tmp_path / "lec_utils")
    with pytest.raises(FileNotFoundError, match=way_out) as raised:
        load_tips(data_home=tmp_path / "none")
    assert ("git" in str(raised.value)) == (".git" in beside)


def test_the_files_hold_what_scikit_learn_has():
    patients, flowers = load_diabetes(scaled=False), load_iris().data
    bmi = patients.data[:, patients.feature_names.index("bmi")]
    expected = {"diabetes": (bmi, patients.target), "iris": (flowers[:, 2], flowers[:, 3])}
    for name, (x, y) in expected.items():
        data = choose_data(name)
        np.testing.assert_array_equal(data.x, x)
        np.testing.assert_array_equal(data.y, y)


@pytest.mark.parametrize("name", ["tips", "party", "salary", "diabetes", "iris"])
def test_data_are_chosen_without_scikit_learn(monkeypatch, name):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert len(choose_data(name).x) >= 150
