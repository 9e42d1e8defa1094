"""The tips data: right, wherever we stand, and never from the network."""

import hashlib
import socket
import urllib.request

import pytest

from lec_utils.tips import DATA_HOME, SHA256, load_tips


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


def test_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="git checkout data/tips.csv"):
        load_tips(data_home=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", [lambda b: b[:-10], lambda b: b.replace(b"\n", b"\r\n")])
def test_damaged_file_says_what_to_do(tmp_path, damage):
    (tmp_path / "tips.csv").write_bytes(damage((DATA_HOME / "tips.csv").read_bytes()))
    with pytest.raises(ValueError, match="damaged.*git checkout data/tips.csv"):
        load_tips(data_home=tmp_path)


def test_the_readme_tells_the_same_hash():
    assert hashlib.sha256((DATA_HOME / "tips.csv").read_bytes()).hexdigest() == SHA256
    assert SHA256 in (DATA_HOME / "README.md").read_text(encoding="utf-8")
