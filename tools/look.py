"""How the course looks, by [look] in course.toml: its title, its logo, its colour.

Site (docs/conf.py), slides (tools/slides.py) and live slides (tools/present.py) ask here. Colours
are refused where they are hard to read: WCAG 2.2 AA asks for a contrast of 4.5 for words, and of 3
for marks. The colours of the figures are in lec_utils/style.py, and measured by the same rule.
"""

import base64
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from lec_utils import style
from tools.course import ROOT, CourseError, described

WORDS, MARKS = 4.5, 3.0  # the least contrast, WCAG 2.2 AA, 1.4.3 and 1.4.11
LIGHT, DARK = ("#ffffff", "#f8f9fb"), ("#131416", "#1a1c1e")  # the grounds of the site's pages
KEYS = ("title", "logo", "colour", "dark")
PICTURES = (".svg", ".png", ".webp", ".jpg")
LOGO_BYTES = 200_000  # each page of slides holds it
TITLE = "Gradient descent, from fog to SGD"


@dataclass(frozen=True)
class Look:
    """What [look] says. ``logo`` is a path or None; a colour that is not given is ""."""

    title: str = TITLE
    logo: Path | None = None
    colour: str = ""
    dark: str = ""

    def variables(self, colour):
        """The variables of furo, the site's theme, for a colour; none where it keeps its own."""
        return {f"color-brand-{part}": colour for part in ("primary", "content") if colour}

    def css(self):
        """The rules of the slides: headings in the colour, the logo in the middle below."""
        rules = []
        if self.colour:  # --blue is that of slides.css, and rise.css has none
            headings = f".reveal .slides :is(h1, h2, h3) {{ color: {self.colour}; }}"
            rules.append(f":root {{ --blue: {self.colour}; }}\n{headings}")
        if self.logo:
            kind = mimetypes.guess_type(self.logo.name)[0]
            data = base64.b64encode(self.logo.read_bytes()).decode()
            rules.append(
                '.reveal::after, .list::before { content: ""; display: block; width: 220px; '
                "height: 44px; pointer-events: none; "
                f'background: url("data:{kind};base64,{data}") left / contain no-repeat; }}\n'
                ".reveal::after { position: absolute; left: calc(50% - 110px); bottom: 10px; "
                "background-position: center; z-index: 30; }"
            )
        return "".join(f"\n{rule}\n" for rule in rules)


def read_look(root=ROOT):
    """The look of the course in a folder; CourseError says in words what is wrong with it."""
    said = described(root).get("look", {})
    if not isinstance(said, dict):
        raise CourseError("course.toml: the look is a block of lines under [look].")
    for key, value in said.items():
        if key not in KEYS:
            raise CourseError(
                f"course.toml, [look]: nothing reads {key!r}. Known: {', '.join(KEYS)}."
            )
        if not isinstance(value, str) or not value.strip():
            raise CourseError(f"course.toml, [look]: {key} must be text in quotes.")
    for key, grounds in (("colour", LIGHT), ("dark", DARK)):
        if key in said:
            check(f"course.toml, [look]: {key}", said[key], grounds, WORDS)
    logo = _logo(Path(root) / said["logo"]) if "logo" in said else None
    return Look(said.get("title", TITLE), logo, said.get("colour", ""), said.get("dark", ""))


def _logo(path):
    if path.suffix.lower() not in PICTURES or not path.is_file():
        told = f"there is no picture {path.name} there, of one of {', '.join(PICTURES)}"
        raise CourseError(f"course.toml, [look]: logo is a path from the top folder; {told}.")
    if path.stat().st_size > LOGO_BYTES:
        raise CourseError(f"course.toml, [look]: {path.name} is large, over {LOGO_BYTES} bytes.")
    return path


def check_palette(palette=None):
    """CourseError for a colour of the figures that is too weak on their white ground."""
    for name in ("BLUE", "ORANGE", "GREEN", "PURPLE", "INK") if palette is None else palette:
        colour = getattr(style, name) if palette is None else palette[name]
        check(f"lec_utils/style.py: {name}", colour, LIGHT[:1], WORDS if name == "INK" else MARKS)


def check(name, colour, grounds, least):
    """CourseError where a colour is none, or its contrast with one of the grounds too small."""
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise CourseError(f"{name} is {colour!r}: write a colour as in HTML, such as #00507c.")
    ground = min(grounds, key=lambda ground: contrast(colour, ground))
    if (found := contrast(colour, ground)) < least:
        way = "darker" if luminance(ground) > 0.5 else "lighter"
        raise CourseError(
            f"{name} is {colour}, whose contrast with {ground} is {found:.1f}, and {least:g} is "
            f"needed for all to read it (WCAG 2.2 AA): take a {way} one."
        )


def contrast(one, other):
    """The contrast of two colours, from 1 to 21, as WCAG defines it."""
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def luminance(colour):
    """The relative luminance of a colour such as #00507c, from 0 to 1."""
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares)
    return sum(weight * x for weight, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
