"""What a page says and shows, for the browser tests: `from readings import numbers, reading`."""

import re

import pytest


def numbers(text):
    return [float(n) for n in re.findall(r"-?\d+\.\d+", text.replace("−", "-"))]


def reading(page):
    return page.locator(".lf-read").inner_text()


def point(page, mark="mark-line1"):
    """Where the first marker of a line stands, in the picture's own units."""
    use = page.locator(f"svg [id$={mark}] use").first
    return float(use.get_attribute("x")), float(use.get_attribute("y"))


def set_sliders(page, figure, **values):
    """Set the sliders of these names; returns the values where the browser has put them."""
    for control in figure.spec()["controls"]:
        if control["name"] in values:
            slider = page.get_by_role("slider", name=control["label"], exact=True)
            slider.fill(f"{values[control['name']]:.6f}")
            values[control["name"]] = float(slider.input_value())
    return values


def set_all_sliders(page, figure, share):
    """Set every slider to the same share of its way; returns the values."""
    values = {}
    for control in figure.spec()["controls"]:
        low, high, step = control["min"], control["max"], control["step"]
        values[control["name"]] = low + round(share * (high - low) / step) * step
    return set_sliders(page, figure, **values)


def assert_reads_as_in_python(page, figure, values):
    """The words are the same, and the numbers as near as float32 samples allow."""
    written, expected = reading(page), figure.reading(**values)
    assert re.sub(r"[\d.−]+", "#", written) == re.sub(r"[\d.−]+", "#", expected)
    assert numbers(written) == pytest.approx(numbers(expected), rel=1e-4, abs=0.0015)
