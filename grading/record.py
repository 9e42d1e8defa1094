"""What is kept of one graded file: plain data, the same for the same file."""


def ungraded(file, submission):
    """The record of a file that cannot be graded: no scores, and why."""
    return _record(file, submission, problem=submission.problem)


def graded(file, submission, grade, remark=""):
    """The record of a graded notebook. ``remark`` is what else there is to say, in words."""
    questions = {
        name: {
            "score": grade.score(name),
            "possible": round(sum(result.possible for result in results), 5),
            "tests": [result._asdict() for result in results],
        }
        for name, results in grade.results.items()
    }
    return _record(file, submission, questions, grade.notes, remark=remark)


def _record(file, submission, questions=None, notes=(), problem="", remark=""):
    return {
        "file": file,
        "digest": submission.digest,
        "problem": problem,
        "remark": remark,
        "notes": list(notes),
        "asked": submission.asked,
        "variant": submission.variant,
        "questions": questions or {},
    }


def total(record):
    """The points of all questions; None where the file could not be graded."""
    if record["problem"]:
        return None
    return round(sum(question["score"] for question in record["questions"].values()), 5)
