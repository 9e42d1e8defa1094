"""What a page says and shows, for the browser tests: `from readings import numbers, reading`."""

import re


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
            at = float(slider.input_value())
            stops = figure.stops(control["name"])
            values[control["name"]] = min(stops, key=lambda stop: abs(stop - at))
    return values


def set_all_sliders(page, figure, share):
    """Set every slider to the same share of its way; returns the values."""
    values = {}
    for control in figure.spec()["controls"]:
        low, high, step = control["min"], control["max"], control["step"]
        values[control["name"]] = low + round(share * (high - low) / step) * step
    return set_sliders(page, figure, **values)


def assert_reads_as_in_python(page, figure, values):
    assert reading(page) == figure.reading(**values)


def at_every_stop(page, figure, name):
    """What the browser and Python read with a slider at each of its stops, as pairs.

    The other sliders stand at the stops next to their first values.
    """
    controls = {control["name"]: control for control in figure.spec()["controls"]}
    control = controls.pop(name)
    others = set_sliders(page, figure, **{other: at["value"] for other, at in controls.items()})
    slider = page.get_by_role("slider", name=control["label"], exact=True)
    seen = slider.evaluate(
        """(input) => {
            const read = input.closest("figure").querySelector(".lf-read"), seen = [];
            for (let last = NaN, value = input.value = input.min; value !== last; ) {
                input.dispatchEvent(new Event("input"));
                seen.push(read.textContent);
                last = value;
                input.stepUp();
                value = input.value;
            }
            return seen;
        }"""
    )
    here = [figure.reading(**others, **{name: stop}) for stop in figure.stops(name)]
    return [*zip(seen, here, strict=True)]


def assert_reads_as_in_python_everywhere(page, figure, name):
    """At every stop of a slider, with the others at the stops next to their first values."""
    for seen, expected in at_every_stop(page, figure, name):
        assert seen == expected
