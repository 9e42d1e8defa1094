"""What a grader wants to know first, printed at the end of a run."""

from grading.tables import harmless, points

BAR = 30  # characters
MOST_MISSED = 5
LONGEST = 200  # characters of what a test said


def print_report(statistics, odd, out):
    """Print how the class did, what is ``odd`` about Canvas' gradebook, and where to read on."""
    print(f"{statistics.graded} graded, {statistics.ungraded} not gradable")
    if statistics.graded:
        print(f"mean {statistics.mean:.2f} of {points(statistics.possible)} points")
        _print_distribution(statistics.tenths)
        _print_missed(statistics.questions())
    for words in odd:
        print(harmless(words))
    print(f"Tables and pages: {out}/grades.csv, {out}/feedback/index.html")


def print_told(told):
    """Print what there is to know or to do besides."""
    for words in told:
        print(harmless(words))


def _print_distribution(tenths):
    for tenth, count in reversed(list(enumerate(tenths))):
        bar = "#" * max(round(BAR * count / max(tenths)), count > 0)
        print(f"  {10 * tenth:3}–{10 * tenth + 10:3} %  {bar} {count}")


def _print_missed(questions):
    for question in questions[:MOST_MISSED]:
        if question["missed"]:
            print(f"{question['name']}: missed by {question['missed']} of {question['graded']}")
        if question["missed"] and question["message"]:
            print(f"  {question['times']}×: {harmless(question['message'])[:LONGEST]}")
