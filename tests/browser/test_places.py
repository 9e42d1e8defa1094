"""A figure comes to life wherever a viewer puts it, wholly or not at all, and leaves nothing."""

import pytest
from playwright.sync_api import expect
from readings import assert_reads_as_in_python, reading, set_sliders

import lec_utils as lu

# How each viewer brings an output's HTML to a page and runs its scripts.
FRESH = """const fresh = (old) => {
    const script = document.createElement("script");
    script.textContent = old.textContent;
    return script;
};"""
PLACES = {
    "JupyterLab": """(place, html) => {
        place.innerHTML = html;
        for (const old of place.querySelectorAll("script")) old.replaceWith(fresh(old));
    }""",
    "VS Code": """(place, html) => {
        place.innerHTML = html;
        for (const old of place.querySelectorAll("script")) {
            const script = fresh(old);
            place.append(script);
            script.remove();
        }
    }""",
    "classic Notebook": """(place, html) => {
        const output = document.createElement("div");
        output.innerHTML = html;
        place.append(output);
        for (const old of output.querySelectorAll("script")) {
            document.head.append(fresh(old));
            document.head.lastChild.remove();
        }
    }""",
    "a shadow root": """(place, html) => {
        const root = place.attachShadow({ mode: "open" });
        root.innerHTML = html;
        for (const old of root.querySelectorAll("script")) old.replaceWith(fresh(old));
    }""",
    "a shadow root in a shadow root": """(place, html) => {
        const host = document.createElement("div");
        place.attachShadow({ mode: "open" }).append(host);
        const root = host.attachShadow({ mode: "open" });
        root.innerHTML = html;
        for (const old of root.querySelectorAll("script")) document.body.append(fresh(old));
    }""",
    "a page that shows it later": """(place, html) => {
        const output = document.createElement("div");
        output.innerHTML = html;
        for (const old of output.querySelectorAll("script")) document.body.append(fresh(old));
        setTimeout(() => place.append(output), 50);
    }""",
}
each_place = pytest.mark.parametrize("insert", PLACES.values(), ids=PLACES)


def put_there(page, insert, *figures):
    """Bring figures to a page, each to a place of its own."""
    page.evaluate(
        f"""(all) => {{
            {FRESH}
            const insert = {insert};
            for (const html of all) {{
                document.querySelector("main").append(document.createElement("div"));
                insert(document.querySelector("main").lastChild, html);
            }}
        }}""",
        [figure.html() for figure in figures],
    )


@each_place
def test_a_figure_lives_wherever_it_is_put(show, insert):
    figure = lu.tangent_slider()
    page = show()
    put_there(page, insert, figure)
    page.get_by_role("slider").press("ArrowRight")
    assert reading(page) == figure.reading(w0=figure.stops("w0")[151])
    assert_reads_as_in_python(page, figure, set_sliders(page, figure, w0=0.4))


@each_place
def test_figures_beside_each_other_each_move_themselves(show, insert):
    page = show()
    put_there(
        page, insert, lu.kink_slider(), lu.kink_slider(), lu.minimizing_animation(lu.square, 5, 0.1)
    )
    sliders = page.get_by_role("slider", name="slope")
    expect(sliders).to_have_count(2)
    readings = page.locator(".lf-read")
    before = readings.all_inner_texts()
    sliders.nth(1).press("End")
    after = readings.all_inner_texts()
    assert [a == b for a, b in zip(after, before, strict=True)] == [True, False, True]
    page.get_by_role("button", name="Step").click()
    expect(readings.nth(2)).not_to_have_text(before[2])


@pytest.mark.parametrize("lost", ["Element.prototype.replaceChildren", "window.DOMParser"])
def test_where_a_browser_cannot_move_it_the_still_picture_stays(page, put, lost):
    page.add_init_script(f"delete {lost}")
    put(lu.alpha_slider().html())
    assert page.get_by_role("slider").count() == page.locator("figure svg").count() == 0
    expect(page.get_by_role("img")).to_be_visible()


def counted(page):
    """The nodes and listeners that live in the page, once its garbage is gone."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    metrics = {
        one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]
    }
    session.detach()
    return metrics["Nodes"], metrics["JSEventListeners"]


def test_a_cell_that_is_run_fifty_times_leaves_nothing_behind(show):
    page = show()
    figures = [lu.minimizing_animation(), lu.chord_slider()]

    def run_cell():
        page.evaluate("document.querySelector('main').replaceChildren()")
        put_there(page, PLACES["JupyterLab"], *figures)
        page.evaluate("document.querySelector('.lf-keys button').click()")

    run_cell()
    run_cell()
    nodes, listeners = counted(page)
    for _ in range(50):
        run_cell()
    after = counted(
        page
    )  # what still plays ends at its next step; a leak would be fifty times as much
    assert after[0] < 5 * nodes and after[1] < 5 * listeners


def test_an_output_that_is_cleared_while_it_plays_stops(show_stopped):
    page = show_stopped(lu.minimizing_animation().html())
    page.get_by_role("button", name="play").click()
    page.clock.run_for(300)
    page.evaluate("window.gone = document.querySelector('figure'); gone.remove()")
    page.clock.run_for(200)
    told = "window.gone.querySelector('.lf-read').textContent"
    before = page.evaluate(told)
    page.clock.run_for(5000)
    assert page.evaluate(told) == before


def test_sixty_figures_on_a_page_all_live(show):
    figures = [lu.tangent_slider(w0=w0) for w0 in (-1.4, 0.2, 1.1)] * 20
    page = show(*(figure.html() for figure in figures))
    assert page.get_by_role("slider").count() == 60
    last = page.locator("figure").last
    last.get_by_role("slider").press("Home")
    assert last.locator(".lf-read").inner_text() == figures[-1].reading(w0=-1.5)
    assert page.locator(".lf-read").first.inner_text() == figures[0].reading()
