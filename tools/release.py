"""Makes the two bundles of a release: `make release` writes them to dist/.

gradient-descent-student-<version>.zip holds what a student needs: the lessons without the teacher's
notes, the practice unanswered, lec_utils, the data, and what sets them up. It is searched before it
is written: with a solution, a hidden test or a sentence for teachers in it, there is no bundle.
gradient-descent-instructor-<version>.zip holds every file of the project. AUDIENCE=students or
=teachers makes one of the two. The same files always give the same bytes.
"""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import yaml

from tools.course import ROOT, CourseError, read_course, table
from tools.editions import AUDIENCES, STUDENTS, TEACHERS, command, stored_edition
from tools.leaks import find_leaks, text_of
from tools.withheld import given_away

STUDENT_README = ROOT / "tools" / "release" / "README.md"
# `*` stands for folders, too.
STUDENT_FILES = (
    ".gitattributes",
    ".gitignore",
    "CITATION.cff",
    "LICENSE*",
    "Makefile",
    "binder/*",
    "course.toml",
    "data/*",
    "environment.yml",
    "lec_utils/*",
    "pyproject.toml",
    "requirements.txt",
)
STUDENT_TARGETS = ("help", "set-up-lab", "lab", "clean")
# Where there is no git to ask: results, caches, environments and a reader's copies are not ours.
RESULTS = {"__pycache__", "build", "dist", "mine", "test-results"}
HIDDEN_BUT_OURS = {".ci", ".github"}


class LeakError(Exception):
    """A student bundle that would give something away; the message says what and where."""


def release(into=ROOT / "dist", root=ROOT, audiences=AUDIENCES):
    """Write the bundles of these audiences into the folder ``into`` and return their paths.

    Raises LeakError, before anything is written, where a student would get a secret.
    """
    everything = {name: (root / name).read_bytes() for name in project_files(root)}
    bundles = {}
    if STUDENTS in audiences:
        bundles["student"] = for_students(everything, read_course(root))
        search(bundles["student"])
    if TEACHERS in audiences:
        bundles["instructor"] = everything
    into.mkdir(parents=True, exist_ok=True)
    version = tomllib.loads(everything["pyproject.toml"].decode())["project"]["version"]
    return [
        pack(contents, into / f"gradient-descent-{reader}-{version}.zip")
        for reader, contents in bundles.items()
    ]


def project_files(root):
    """The names of the project's files, with forward slashes: what git knows, else what is there.

    An unpacked bundle has no git: there, everything counts but results, caches and environments.
    """
    command = ["git", "-C", str(root), "ls-files", "-z"]
    try:
        known = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        known = ""
    names = known.split("\0") if known else _walk(root)
    return sorted(name for name in names if (root / name).is_file())


def _walk(root):
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if _is_ours(name)]
        yield from ((Path(folder) / name).relative_to(root).as_posix() for name in files)


def _is_ours(folder):
    if folder.startswith("."):
        return folder in HIDDEN_BUT_OURS
    return folder not in RESULTS and not folder.endswith(".egg-info")


def for_students(everything, course):
    """The student's files: a choice of all, with a README of their own and no word on testing."""
    names = {name for name in everything if any(fnmatch(name, files) for files in STUDENT_FILES)}
    paths = [*course.notebooks(), *course.practices("guided"), *course.practices("independent")]
    names |= {path.relative_to(course.root).as_posix() for path in paths}
    if unknown := sorted(names - everything.keys()):
        raise CourseError(f"{unknown[0]} is no file of the project: type git add {unknown[0]}")
    chosen = {name: everything[name] for name in names}
    for name in (name for name in names if name.endswith(".ipynb")):
        chosen[name] = stored_edition(everything[name], STUDENTS)
    readme = STUDENT_README.read_text(encoding="utf-8")
    chosen["README.md"] = readme.replace("<!-- lessons -->", table(course)).encode()
    makefile = short_makefile(chosen["Makefile"].decode())
    chosen["Makefile"] = makefile.encode()
    chosen |= {name: everything[name] for name in tools_of(makefile)}
    extras = tomllib.loads(chosen["pyproject.toml"].decode())["project"]["optional-dependencies"]
    conda = short_environment(chosen["environment.yml"].decode(), extras["grade"] + extras["test"])
    chosen["environment.yml"] = conda.encode()
    return chosen


def tools_of(makefile):
    """The files of tools/ that a Makefile runs, as a script or as a module."""
    modules = re.findall(r"\btools[./](\w+)", makefile)
    return {f"tools/{name}.py" for name in ("__init__", *modules)}


def short_makefile(text):
    """A Makefile of the targets that work without the tests: its other paragraphs are left out."""
    kept = []
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        target = re.search(r"^([a-z-]+):(?!=)", paragraph, re.MULTILINE)
        if target is None or target[1] in STUDENT_TARGETS:
            kept.append(paragraph)
    short = "\n\n".join(kept).rstrip("\n") + "\n"
    short = re.sub(r"\.PHONY:(.*\\\n)*.*", f".PHONY: {' '.join(STUDENT_TARGETS)}", short)
    short = re.sub(r"^.*`?make test\b.*\n", "", short, flags=re.MULTILINE)
    return _without_unused(short)


def _without_unused(makefile):
    """The Makefile without the variables that nothing in it asks for."""
    for line in re.findall(r"^[A-Z_]+ [?:]?=.*\n", makefile, re.MULTILINE):
        if f"$({line.split()[0]})" not in makefile:
            makefile = makefile.replace(line, "")
    return makefile


def short_environment(text, unneeded):
    """environment.yml without the packages that only grade, test and publish."""
    left_out = {_package(line) for line in unneeded}
    conda = yaml.safe_load(text)
    *packages, from_pip = conda["dependencies"]
    packages = [line for line in packages if _package(line) not in left_out]
    from_pip = [line for line in from_pip["pip"] if _package(line) not in left_out]
    conda["dependencies"] = [*packages, {"pip": from_pip}]
    return "# conda env create -f environment.yml\n" + yaml.safe_dump(conda, sort_keys=False)


def _package(requirement):
    return re.match(r"[\w.-]*", requirement)[0]


def search(contents):
    """Raise LeakError where one of these files, as name and bytes, is a secret or holds one."""
    texts = {name: text_of(name, content) for name, content in contents.items()}
    leaks = [f"{name} is an archive" for name in contents if name.endswith(".zip")]
    leaks += find_leaks(texts) + given_away(texts, read_course())
    if leaks:
        listed = "\n  ".join(leaks)
        raise LeakError(
            f"No bundle was written: students would get what is not for them.\n  {listed}\n"
            "Take it out of these files. Is it a practice notebook? Type: make assignments"
        )


def pack(contents, path):
    """Write files, as name and bytes, to a zip whose one folder is called as the zip is."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(contents):
            info = zipfile.ZipInfo(f"{path.stem}/{name}")  # its date is 1980: no clock gets in
            info.create_system = 3  # Unix, on any system, so that the next line is understood
            runs = contents[name].startswith(b"#!")
            info.external_attr = (0o100755 if runs else 0o100644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, contents[name])
    return path


def main(arguments=None):
    chosen = command(__doc__, default=None).parse_args(arguments).audience
    audiences = [chosen] if chosen else AUDIENCES
    try:
        paths = release(audiences=audiences)
    except (CourseError, LeakError) as error:
        sys.exit(str(error))
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            files = len(archive.namelist())
        print(f"{path.relative_to(ROOT)}: {files} files, {path.stat().st_size / 1e6:.1f} MB")
    if STUDENTS in audiences:
        print("The student's bundle was searched: no solution, no hidden test and no teacher's")
        print("note is in it.")


if __name__ == "__main__":
    main()
