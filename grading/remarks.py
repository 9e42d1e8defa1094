"""What a grader should know of a graded notebook besides its points, in words."""

UNSAFE = "graded without a sandbox"
# What judge says of what is not answered.
BLANK = ("still blank", "is not there", "returns nothing yet")
MOST_ERRORS, LONGEST_ERROR = 3, 200  # of those that are told of a notebook without a point


def remarks(submission, archive, grade, unsafe):
    """All there is to say, in one line; nothing of most notebooks."""
    said = [
        UNSAFE if unsafe else "",
        _other_assignment(submission, archive),
        "" if grade.any_passed else _nothing_passed(grade),
    ]
    return "; ".join(filter(None, said))


def _other_assignment(submission, archive):
    """That a notebook was made for another assignment; nothing where it was not."""
    made_for = submission.assignment
    if made_for in ("", archive.assignment) or not archive.assignment:
        return ""
    return f"made for another assignment: {made_for[:80]}"


def _nothing_passed(grade):
    """How much of a notebook in which no test passed is unanswered, and what went wrong."""
    results = [result for each in grade.results.values() for result in each]
    messages = [result.message for result in results]
    blank = [message for message in messages if any(words in message for words in BLANK)]
    if len(blank) == len(messages) and not grade.notes:
        return "no test passed: nothing is answered"
    public = {result.message for result in results if not result.hidden}
    errors = grade.notes or sorted(public - set(blank))
    said = [error[:LONGEST_ERROR] for error in errors[:MOST_ERRORS]]
    if len(errors) > MOST_ERRORS:
        said.append(f"and {len(errors) - MOST_ERRORS} more")
    unanswered = f"{len(blank)} of {len(messages)} tests found no answer; " if blank else ""
    return f"no test passed: {unanswered}{'; '.join(said)}"
