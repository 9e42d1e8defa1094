"""Makes sure that the grader's tests have a sandbox: `PYTHONPATH=. python tools/bubblewrap.py`.

It ends with 0 either way: where there is none, those tests are skipped and say so.
"""

from debian import ensure

from grading.sandbox import NoSandbox, find_bubblewrap


def find():
    """The path of a bubblewrap that works, or None."""
    try:
        return find_bubblewrap()
    except NoSandbox:
        return None


if __name__ == "__main__":
    found, reason = ensure("bubblewrap", find)
    if found:
        print(f"The grader's tests will use {found}.")
    else:
        print(f"The grader's tests will be skipped: bubblewrap does not work here, and {reason}.")
