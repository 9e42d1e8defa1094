#!/usr/bin/env python3
"""Runs on Gradescope: hands a submission the result that was made for it elsewhere.

Nothing is graded here. Results are found by the content of the notebook; where two students handed
in the same, by who Gradescope says that they are.
"""

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent  # /autograder


def find(found, metadata):
    """The one result of these that belongs to the submission; None where that is not certain."""
    if len({json.dumps(each["result"]) for each in found}) == 1:
        return found[0]["result"]
    users = [user for user in metadata.get("users", ()) if isinstance(user, dict)]
    told = {str(user.get(key, "")).casefold() for user in users for key in ("name", "email", "sid")}
    names = told | {name.partition("@")[0] for name in told}
    mine = [each["result"] for each in found if each["student"].casefold() in names]
    return mine[0] if len(mine) == 1 else None


def main():
    """Write results.json. Without one there is no score, and that is not a score of 0."""
    known = json.loads((ROOT / "source" / "results.json").read_text(encoding="utf-8"))
    paths = [path for path in sorted((ROOT / "submission").rglob("*")) if path.is_file()]
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    found = [each for digest in digests for each in known.get(digest, ())]
    metadata = ROOT / "submission_metadata.json"
    said = json.loads(metadata.read_text(encoding="utf-8")) if metadata.exists() else {}
    result = find(found, said)
    if result is None:
        sys.exit("No result was made for this submission: it is another file, or that of several.")
    (ROOT / "results").mkdir(exist_ok=True)
    text = json.dumps(result, indent=1)
    (ROOT / "results" / "results.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
