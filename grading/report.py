"""What a grader wants to know first, printed at the end of a run."""

from grading.tables import harmless, points

BAR = 30  # characters
MOST_MISSED = 5
LONGEST = 200  # characters of what a test said
MOST_ODD, MOST_STRAYS = 40, 5  # that are printed; the index has all


def print_report(statistics, odd, strays, out):
    """Print how the class did, who is ``odd``, what was not looked at, and where to read on."""
    missing = f", {statistics.missing} without a file" if statistics.missing else ""
    print(f"{statistics.graded} graded, {statistics.ungraded} not gradable{missing}")
    if statistics.graded:
        print(f"mean {statistics.mean:.2f} of {points(statistics.possible)} points")
        _print_distribution(statistics.tenths)
        _print_missed(statistics.questions())
    print_odd(odd, strays)
    print(f"Tables and pages: {out}/grades.csv, {out}/feedback/index.html")


def print_odd(odd, strays):
    """Print who found no partner in some table, and which files are nobody's."""
    if odd:
        print(f"Needs a look: {len(odd)}")
    for words in odd[:MOST_ODD]:
        print(f"  {harmless(words)}")
    if len(odd) > MOST_ODD:
        print(f"  and {len(odd) - MOST_ODD} more, in feedback/index.html")
    if strays:
        more = f" and {len(strays) - MOST_STRAYS} more" if len(strays) > MOST_STRAYS else ""
        named = ", ".join(map(harmless, strays[:MOST_STRAYS]))
        print(f"Left there by a machine, and not looked at: {named}{more}")


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
