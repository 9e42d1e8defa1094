"""What is kept of one graded file: plain data, the same for the same file."""

SANDBOXED, UNSAFE = "", "graded without a sandbox"


def ungraded(submission, student):
    """The record of a file that cannot be graded: no scores, and why."""
    return _record(submission, student, problem=submission.problem)


def graded(submission, student, grade, remark=SANDBOXED):
    """The record of a graded notebook."""
    questions = {
        name: {
            "score": grade.score(name),
            "possible": round(sum(outcome.possible for outcome in outcomes), 5),
            "tests": [outcome._asdict() for outcome in outcomes],
        }
        for name, outcomes in grade.outcomes.items()
    }
    return _record(submission, student, questions, grade.notes, remark=remark)


def _record(submission, student, questions=None, notes=(), problem="", remark=SANDBOXED):
    return {
        "file": submission.path.name,
        "digest": submission.digest,
        "student": student,
        "problem": problem,
        "remark": remark,
        "notes": list(notes),
        "asked": submission.asked,
        "questions": questions or {},
    }


def total(record):
    """The points of all questions; None where the file could not be graded."""
    if record["problem"]:
        return None
    return round(sum(question["score"] for question in record["questions"].values()), 5)
