"""Peak memory of a streamed run, as its file grows tenfold."""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

import lec_utils as lu

ROWS, PIECE = (400_000, 4_000_000), 10_000

# In a process of its own. What the run adds to the peak is the anonymous memory it takes: pages
# of the mapped file belong to the system, which takes them back when it needs them.
RUN = """
import sys, numpy as np, lec_utils as lu
def anonymous():
    lines = dict(line.split(":") for line in open("/proc/self/status") if ":" in line)
    return int(lines["RssAnon"].split()[0])
before = peak = anonymous()
def watched():
    global peak
    for batch in lu.read_batches(sys.argv[1], 2, 10_000):
        yield batch
        peak = max(peak, anonymous())
path, cost = lu.descend_batches(lu.mse_gradient, [0.0, 0.0], 0.01, watched())
print(peak - before, cost[-1])
"""


def pieces(rows, rng):
    for _ in range(rows // PIECE):
        X = rng.normal(size=(PIECE, 2))
        yield X, X @ [1.0, 2.0]


def report():
    """Print file size and the memory that the run added, for both files, and the ratios."""
    if not Path("/proc/self/status").exists():
        print("stream: not measured, as this system does not tell a process's memory in /proc")
        return
    rng = np.random.default_rng(0)
    sizes, peaks = [], []
    with tempfile.TemporaryDirectory() as folder:
        for rows in ROWS:
            path = Path(folder) / f"{rows}.rows"
            lu.write_rows(path, pieces(rows, rng))
            run = [sys.executable, "-c", RUN, str(path)]
            added, used = map(int, subprocess.check_output(run, text=True).split())
            sizes.append(path.stat().st_size / 1e6)
            peaks.append(added / 1000)
            print(f"{used:10,} rows, file {sizes[-1]:6.1f} MB: the run added {peaks[-1]:5.2f} MB")
    print(f"ratios: file {sizes[1] / sizes[0]:.0f}, memory {peaks[1] / peaks[0]:.2f}")
