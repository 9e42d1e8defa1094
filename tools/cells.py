"""What a cell's metadata say: its place on the slides, and whether its code is hidden."""

import copy
import re

# An answer at the beginning of a text, which answers what stands before that text.
ANSWER = re.compile(r"\s*(<details>.*?</details>)\s*", re.DOTALL)
BEGINS = ("slide", "subslide")
# What is said after an answer, in characters, that is no slide of its own.
SHORT = 160


def slide_type(cell):
    """What a cell is on the slides, such as "subslide"; "notes" are for the teacher."""
    return cell.metadata.get("slideshow", {}).get("slide_type")


def hides_source(cell):
    """Whether a cell only draws or asks, so that its code is folded wherever it is shown."""
    return cell.cell_type == "code" and cell.metadata.get("jupyter", {}).get("source_hidden", False)


def give_room(cell):
    """Let a picture whose code is hidden begin a slide, to be as large as can be there."""
    pages = [output.get("data", {}).get("text/html", "") for output in cell.get("outputs", [])]
    place = cell.metadata.setdefault("slideshow", {})
    draws = hides_source(cell) and any("<figure" in page for page in pages)
    if draws and place.get("slide_type") != "slide":
        place["slide_type"] = "subslide"


def with_answers(cells):
    """The cells for a stage, on which no answer begins a slide: it is on that of its question."""
    staged = []
    for cell, after in zip(cells, [*cells[1:], None], strict=True):
        found = ANSWER.match(cell.source)
        if cell.cell_type != "markdown" or not found:
            staged.append(cell)
            continue
        rest = cell.source[found.end() :]
        if slide_type(cell) not in BEGINS:
            staged.append(cell if rest else _answer(cell, cell.source, slide_type(cell)))
            continue
        leads_on = after is not None and slide_type(after) not in ("slide", "notes")
        leads_on = leads_on or slide_type(cell) == "slide"
        if not rest:
            staged.append(_answer(cell, cell.source))
        elif len(rest) <= SHORT and not leads_on:
            words = found[1].replace("</details>", f"{rest}\n\n</details>")
            staged.append(_answer(cell, words))
        else:
            staged += [_answer(cell, found[1]), copy.deepcopy(cell)]
            staged[-2].id += "-answer"
            staged[-1].source = rest
    return staged


def _answer(cell, words, place="-"):
    """A cell of these words, on the slide of the cell before it."""
    answer = copy.deepcopy(cell)
    answer.source = words
    answer.metadata["slideshow"] = {"slide_type": place}
    answer.metadata["tags"] = ["answer"]
    return answer
