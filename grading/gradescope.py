"""Results as Gradescope's autograders give them."""

import json
import shutil
import zipfile
from collections import defaultdict
from pathlib import Path

from grading.feedback import page_name
from grading.files import replacing
from grading.record import total, unmarked

RUN = Path(__file__).parent / "upload" / "run_autograder.py"
PROGRAM = 0o755 << 16  # the rights of a program, as a zip keeps them


def write_gradescope(records, folder):
    """Write `results.json` for each graded file, in a folder of its own, as Gradescope reads it.

    ``upload.zip`` beside them is an autograder for Gradescope that hands these out.

    Hidden tests are hidden, and without a message. The format:
    https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format".
    """
    shutil.rmtree(folder, ignore_errors=True)  # of a file that is no longer there nothing stays
    Path(folder).mkdir(parents=True)
    results = defaultdict(list)
    for record in records:
        if record["problem"]:
            continue  # Gradescope would take a file without points for one with 0
        where = Path(folder, page_name(record).removesuffix(".html"))
        where.mkdir(parents=True)
        with replacing(where / "results.json") as file:
            json.dump(_for_gradescope(record), file, indent=1)
        told = {"student": record["student"], "result": _for_gradescope(record)}
        results[record["digest"]].append(told)
    _write_upload(results, Path(folder, "upload.zip"))


def _write_upload(results, path):
    """Write what is uploaded to Gradescope as the autograder of an assignment."""
    texts = {
        "run_autograder": RUN.read_text(encoding="utf-8"),
        "setup.sh": "#!/usr/bin/env bash\n",
        "results.json": json.dumps(results),
    }
    with replacing(path, binary=True) as file, zipfile.ZipFile(file, "w") as made:
        for name, text in texts.items():
            undated = zipfile.ZipInfo(name)
            undated.external_attr = PROGRAM
            made.writestr(undated, text, zipfile.ZIP_DEFLATED)


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
