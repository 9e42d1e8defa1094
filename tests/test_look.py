"""The look of the course: colours that are hard to read are refused in words, a logo is shown."""

import re
import tomllib

import pytest

from tools.check_course import untitled
from tools.course import ROOT, CourseError
from tools.look import TITLE, Look, check_palette, contrast, read_look

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="9"/></svg>'


@pytest.fixture
def course(tmp_path):
    """Writes a course.toml with these lines under [look], beside a logo."""

    def write(*lines):
        (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
        (tmp_path / "course.toml").write_text("\n".join(["[look]", *lines]), encoding="utf-8")
        return tmp_path

    return write


# By WebAIM's contrast checker.
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#0072b2", "#ffffff", 5.19)],
)
def test_contrast_is_that_of_others(one, other, expected):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.01)


def test_the_course_as_it_is_has_a_look_that_all_its_files_share():
    check_palette()
    assert read_look().title == TITLE
    assert untitled(ROOT) == []


def test_what_is_said_is_read(course):
    root = course('title = "Descent"', 'logo = "logo.svg"', 'colour = "#7a1f5c"')
    look = read_look(root)
    assert (look.title, look.logo, look.colour) == ("Descent", root / "logo.svg", "#7a1f5c")
    assert look.variables(look.colour)["color-brand-primary"] == "#7a1f5c"
    assert look.variables(look.dark) == {}
    assert "color: #7a1f5c" in look.css() and "data:image/svg+xml;base64," in look.css()
    assert Look().css() == ""


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('colour = "#ffcc00"', r"colour is #ffcc00, whose contrast with #f8f9fb is 1\.4.* darker"),
        ('dark = "#00507c"', r"dark is #00507c, whose contrast with #1a1c1e is .* lighter"),
        ('colour = "red"', "colour is 'red': write a colour as in HTML, such as #00507c"),
        ("colour = 3", "colour must be text in quotes"),
        ('color = "#00507c"', "nothing reads 'color'. Known: title, logo, colour, dark"),
        ('logo = "logo.pdf"', r"logo is a path .*no picture logo\.pdf there"),
        ('title = ""', "title must be text in quotes"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(course, line, says):
    with pytest.raises(CourseError, match=says):
        read_look(course(line))


def test_a_colour_of_the_figures_that_is_too_pale_is_refused_in_words():
    says = "style.py: ORANGE is #ffb000, whose contrast with #ffffff is 1.8, and 3 is needed"
    with pytest.raises(CourseError, match=re.escape(says)):
        check_palette({"ORANGE": "#ffb000"})


def test_what_course_toml_shows_as_examples_is_accepted(course):
    text = (ROOT / "course.toml").read_text(encoding="utf-8")
    examples = re.findall(r"^# \w+ .*?: ((?:colour|dark) = \"#\w+\")$", text, re.MULTILINE)
    look = read_look(course(*examples))
    assert look.colour and look.dark
    assert set(tomllib.loads(text)["look"]) == {"title"}
