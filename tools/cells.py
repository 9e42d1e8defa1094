"""What a cell's metadata say: its place on the slides, and whether its code is hidden."""


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
