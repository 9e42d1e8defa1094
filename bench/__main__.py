"""Run every benchmark, or those named: `python -m bench imports animation`."""

import importlib
import sys

NAMES = (
    "imports",
    "checks",
    "animation",
    "slider",
    "figures",
    "pages",
    "gradients",
    "updates",
    "stream",
    "grading",
)

for name in sys.argv[1:] or NAMES:
    print(f"\n{name}")
    importlib.import_module(f"bench.{name}").report()
