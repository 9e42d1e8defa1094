"""Results as Gradescope's autograders give them."""

import json
import shutil
from pathlib import Path

from grading.feedback import page_name
from grading.files import replacing
from grading.record import total, unmarked


def write_gradescope(records, folder):
    """Write `results.json` for each graded file, in a folder of its own, as Gradescope reads it.

    Hidden tests are hidden, and without a message. The format:
    https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format".
    """
    shutil.rmtree(folder, ignore_errors=True)  # of a file that is no longer there nothing stays
    for record in records:
        if record["problem"]:
            continue  # Gradescope would take a file without points for one with 0
        where = Path(folder, page_name(record).removesuffix(".html"))
        where.mkdir(parents=True)
        with replacing(where / "results.json") as file:
            json.dump(_for_gradescope(record), file, indent=1)


def _for_gradescope(record):
    tests = [
        {
            "name": f"{name}, test {number}",
            **({} if _mark(question) else _points(test["points"], test["possible"])),
            "status": "passed" if test["passed"] else "failed",
            "output": "" if test["hidden"] else test["message"],
            "visibility": "hidden" if test["hidden"] else "visible",
        }
        for name, question in record["questions"].items()
        for number, test in enumerate(question["tests"], start=1)
    ]
    tests += [
        {
            "name": f"{name}, by hand",
            **_points(question["mark"], question["possible"]),
            "output": question["comment"],
            "visibility": "visible",
        }
        for name, question in record["questions"].items()
        if _mark(question)
    ]
    later = [f"{name} is read by hand, and not marked yet" for name in unmarked(record)]
    late = record.get("penalty", {}).get("words")
    said = [record["remark"], late, *later, *record["notes"]]
    return {"score": total(record), "output": "\n".join(filter(None, said)), "tests": tests}


def _mark(question):
    """Whether the points were given by hand, instead of those of the tests."""
    return question.get("mark") is not None


def _points(score, possible):
    return {"score": score, "max_score": possible}
