"""The restaurant tips data, read from files that came with this package, never from the network."""

import hashlib
from pathlib import Path

SHA256 = "e54cc4d2ce1bff65d32ca60b3e4b802e06bde1d7e7caf6f796f6bf7370e863b0"
PACKAGE = Path(__file__).resolve().parent


def data_folder(package=PACKAGE):
    """Where the data are: in the package where it was installed, in the project beside it."""
    installed = package / "data"
    return installed if installed.is_dir() else package.parent / "data"


DATA_HOME = data_folder()


def load_tips(data_home=None):
    """The tips data: 244 meals in one restaurant, a pandas.DataFrame of shape (244, 7).

    Columns: ``total_bill`` and ``tip`` in US dollars, ``size`` in persons, and the categories
    ``sex``, ``smoker``, ``day`` and ``time``, each in its natural order (Thur, Fri, Sat, Sun).
    ``data_home`` is the folder of ``tips.csv``, if it is not the one that came with lec_utils;
    FileNotFoundError where it is not there, ValueError if it is not, byte for byte, the lessons'.

    Source: the seaborn-data repository, after Bryant and Smith (1995), *Practical Data Analysis:
    Case Studies in Business Statistics*. See ``data/README.md``.
    """
    path = Path(DATA_HOME if data_home is None else data_home).resolve() / "tips.csv"
    if not path.is_file():
        told = f"The tips data are missing: there is no file {path}. {_repair()}"
        elsewhere = "If it is elsewhere, name its folder: load_tips(data_home=...)."
        raise FileNotFoundError(f"{told} {elsewhere}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        told = f"The tips data are damaged: {path} is not the file the lessons were written with"
        why = "so your numbers would not match theirs. Perhaps a spreadsheet opened and saved it"
        raise ValueError(f"{told}, {why}. {_repair()}")
    import seaborn as sns  # here, not above, so that `import lec_utils` stays light

    # The file is there, so seaborn reads it and has no reason to ask the network.
    return sns.load_dataset("tips", data_home=str(path.parent))


def _repair():
    """How to get the file back, depending on how this package came here."""
    project = PACKAGE.parent
    if (project / ".git").exists():
        return f"To get it back, type `git checkout data/tips.csv` in {project}."
    if (project / "pyproject.toml").exists():
        return "To get it back, download the notebooks again: it is in their folder `data`."
    return "To get it back, install lec-utils again, with `pip install --force-reinstall`."
