"""How much `import lec_utils` adds to `import matplotlib.pyplot`."""

import statistics
import subprocess
import sys
import time

RUNS = 9


def seconds(statement):
    """Wall time of a fresh Python that runs one statement."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - start


def report():
    """Print the medians, taken in turn so that a slow moment of the machine hits both."""
    ways = {"nothing": "pass", "pyplot": "import matplotlib.pyplot", "ours": "import lec_utils"}
    times = {name: [] for name in ways}
    for _ in range(RUNS):
        for name, statement in ways.items():
            times[name].append(seconds(statement))
    median = {name: statistics.median(values) for name, values in times.items()}
    pyplot, ours = (median[name] - median["nothing"] for name in ("pyplot", "ours"))
    print(f"import matplotlib.pyplot   {pyplot * 1000:6.0f} ms beyond an empty Python")
    print(f"import lec_utils           {ours * 1000:6.0f} ms   ratio {ours / pyplot:.2f}")
