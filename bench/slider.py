"""From key to picture in JupyterLab: `tangent_slider()` against `interact(show_tangent)`."""

import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from tools.chromium import find_chromium, launch_arguments
from tools.lab import running_lab

PRESSES = 40
HOLD_SECONDS = 4
NAIVE = "from ipywidgets import interact\ninteract(lu.show_tangent, w0=(-1.5, 1.5));"
OURS = "lu.tangent_slider()"
ROW = "{:34} {:6.0f} / {:3.0f} ms   {:4.0f} / {:2.0f} pictures a second at 30 / 60 Hz"

# Asks at every frame whether another picture has been painted, and notes when a key went down.
WATCH = """(kind) => {
  const signature = kind === "ours"
    // one task draws the marks and writes this number: neither comes without the other
    ? () => document.querySelector("figure .lf-value").textContent
    : () => {
        const image = [...document.querySelectorAll(".jp-OutputArea-output img")].at(-1);
        return image?.complete && image.naturalWidth ? image.src : null;
      };
  const log = (window.log = { keys: [], pictures: [] });
  let last = signature();
  addEventListener("keydown", () => log.keys.push(performance.now()), true);
  const look = (now) => {
    const next = signature();
    if (next !== null && next !== last) {
      last = next;
      log.pictures.push(performance.now());
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""

# Puts a slider where keys can move it both ways.
MIDDLE = """(input) => {
  input.value = (Number(input.min) + Number(input.max)) / 2;
  input.dispatchEvent(new Event("input"));
}"""


def keys():
    """Arrow keys to and fro, so that no slider reaches its end."""
    while True:
        yield from ["ArrowRight"] * 5 + ["ArrowLeft"] * 10 + ["ArrowRight"] * 5


def latencies(page):
    """Milliseconds from each of PRESSES keys to its picture, one key at a time."""
    page.evaluate("log.keys.length = log.pictures.length = 0")
    rng = np.random.default_rng(0)
    for i, key in zip(range(PRESSES), keys(), strict=False):
        time.sleep(rng.uniform(0.05, 0.15))  # a hand does not press in step with the screen
        page.keyboard.press(key)
        page.wait_for_function(f"log.pictures.length > {i}", timeout=5000)
    log = page.evaluate("log")
    return np.subtract(log["pictures"][:PRESSES], log["keys"][:PRESSES])


def pictures_a_second(page, rate):
    """Pictures painted a second while keys come in ``rate`` times a second."""
    page.evaluate("log.keys.length = log.pictures.length = 0")
    start = time.perf_counter()
    for i, key in zip(range(rate * HOLD_SECONDS), keys(), strict=False):
        time.sleep(max(0, start + i / rate - time.perf_counter()))
        page.keyboard.press(key)
    elapsed = time.perf_counter() - start
    painted = page.evaluate("log.pictures.length")
    page.wait_for_timeout(2000)  # what is late must not count for the next measurement
    return painted / elapsed


def measure(lab, page, kind, cell):
    """p50 and p95 of the latency in ms, and pictures a second at 30 and 60 keys a second."""
    lab.open(page, lab.write(f"{kind}.ipynb", "import lec_utils as lu", cell))
    lab.run_all(page)
    page.wait_for_timeout(2000)
    page.evaluate(WATCH, kind)
    handle = page.locator("figure input[type=range]" if kind == "ours" else ".noUi-handle").first
    if kind == "ours":
        handle.evaluate(MIDDLE)
        page.wait_for_timeout(500)  # its picture is none that a key asked for
    handle.focus()
    p50, p95 = np.percentile(latencies(page), [50, 95])
    return p50, p95, pictures_a_second(page, 30), pictures_a_second(page, 60)


def compare(*pairs):
    """Print, for each (name, cell of the usual way, our cell), how both do and their ratios."""
    if find_chromium() is None:
        print("not measured, because no Chromium was found (see tools/chromium.py)")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder)) as lab,
        sync_playwright() as playwright,
        playwright.chromium.launch(**launch_arguments()) as browser,
    ):
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        for name, theirs, mine in pairs:
            naive = measure(lab, page, "naive", theirs)
            ours = measure(lab, page, "ours", mine)
            print(ROW.format(f"interact, for {name}", *naive))
            print(ROW.format(name, *ours))
            sooner = [naive[i] / ours[i] for i in (0, 1)]
            print(
                f"ratios: key to picture p50 {sooner[0]:.1f}, p95 {sooner[1]:.1f}; "
                f"pictures a second at 60 Hz {ours[3] / naive[3]:.1f}"
            )


def report():
    """Print what a tangent to slide takes."""
    compare(("tangent_slider", NAIVE, OURS))
