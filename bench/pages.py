"""Opening a lesson of the course site: formulas typeset by the browser, and when it was built."""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.build_site import build
from tools.chromium import find_chromium, launch_arguments
from tools.course import read_course
from tools.formulas import MATHJAX

RUNS = 5
SLOWER = 4  # a phone's processor, or an old laptop's
LESSONS = ("02_update_rule", "03_convexity")  # few formulas, and the most
# Sphinx's own way.
IN_BROWSER = ("html_math_renderer=mathjax", f"mathjax_path={(MATHJAX / 'tex-chtml.js').as_uri()}")

# What blocks for more than 50 ms counts with the rest (total blocking time). At each frame the
# first slider is moved, until its figure is another one.
WATCH = """
  window.tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration)))
    .observe({ type: "longtask", buffered: true });
  let drawn = null;
  function look() {
    const slider = document.querySelector("figure.live-figure input[type=range]");
    const now = slider?.closest("figure").querySelector("svg").outerHTML;
    if (drawn && now !== drawn) {
      window.answered = performance.now();
      return;
    }
    if (slider) {
      drawn = now;
      slider.value = slider.value === slider.min ? slider.max : slider.min;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }
    requestAnimationFrame(look);
  }
  requestAnimationFrame(look);
"""


def visit(browser, file):
    """Milliseconds blocked in all, the longest task, and until the first figure answers."""
    with browser.new_page(viewport={"width": 1366, "height": 800}) as page:
        slow = page.context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_init_script(WATCH)
        page.goto(file.as_uri())
        page.wait_for_function("window.answered")
        page.evaluate("window.MathJax?.startup.promise.then(() => null)")
        page.wait_for_timeout(1000)  # what is late counts, too
        tasks = page.evaluate("tasks")
        blocked = sum(max(0, task - 50) for task in tasks)
        return blocked, max(tasks, default=0), page.evaluate("answered")


def report():
    """Print both ways, as medians of visits taken in turn; say why when there is no browser."""
    if find_chromium() is None:
        print("pages: not measured, because no Chromium was found (see tools/chromium.py)")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        sites = {"in the browser": Path(folder, "usual"), "when built": Path(folder, "ours")}
        for site, settings in zip(sites.values(), (IN_BROWSER, ()), strict=True):
            assert build(site, read_course(), settings=settings)
        browser = playwright.chromium.launch(**launch_arguments())
        for lesson in LESSONS:
            report_lesson(browser, sites, f"lessons/{lesson}.html")
        browser.close()


def report_lesson(browser, sites, name):
    visits = {way: [] for way in sites}
    for _ in range(RUNS):
        for way, site in sites.items():
            visits[way].append(visit(browser, site / name))
    row = "{:28} typeset {:15} blocked {:5.0f} ms, longest {:5.0f}, first figure answers {:5.0f}"
    blocked = []
    for way, seen in visits.items():
        medians = [statistics.median(values) for values in zip(*seen, strict=True)]
        blocked.append(medians[0])
        print(row.format(name, way, *medians))
    print(f"ratio of the time blocked {blocked[0] / max(1, blocked[1]):.1f}")
