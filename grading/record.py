"""What is kept of one graded file: plain data, the same for the same file."""


def ungraded(file, submission):
    """The record of a file that cannot be graded: no scores, and why."""
    return _record(file, submission, problem=submission.problem)


def graded(file, submission, grade, remark="", written=None):
    """The record of a graded notebook. ``remark`` is what else there is to say, in words.

    ``written`` has what the student wrote to each question (``answers.written``), by its name.
    """
    questions = {
        name: {
            "score": grade.score(name),
            "possible": round(sum(result.possible for result in results), 5),
            "tests": [result._asdict() for result in results],
        }
        for name, results in grade.results.items()
    }
    return _record(file, submission, questions, grade.notes, remark=remark, written=written)


def _record(file, submission, questions=None, notes=(), problem="", remark="", written=None):
    return {
        "file": file,
        "digest": submission.digest,
        "problem": problem,
        "remark": remark,
        "notes": list(notes),
        "asked": submission.asked,
        "variant": submission.variant,
        "written": written or {},
        "questions": questions or {},
    }


def total(record):
    """The points of all questions that have some, less what comes off for days late.

    None where the file could not be graded.
    """
    if record["problem"]:
        return None
    return round(sum(scores(record)) - record.get("penalty", {}).get("off", 0), 5)


def scores(record):
    """The points of each question that has some."""
    return [q["score"] for q in record["questions"].values() if q["score"] is not None]


def unmarked(record):
    """The questions that are read by hand and have no mark yet; none where nothing was graded."""
    questions = {} if record["problem"] else record["questions"]
    return [name for name, question in questions.items() if question["score"] is None]
