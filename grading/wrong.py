"""Wrong answers of a class: those that behave alike together, with their code."""

from collections import Counter, defaultdict

from grading.remarks import BLANK
from grading.statistics import LONGEST_MESSAGE, cut

MOST_GROUPS = 2000  # of one question that are kept apart
MOST_CODES = 20  # ways to write one of them that are kept
LONGEST_CODE = 3000  # characters


class Group:
    """Answers that fail the same tests with the same messages: ``students``, and their code.

    ``wrote`` says that there is any: what was not answered is no mistake.
    """

    def __init__(self, messages, wrote):
        self.messages, self.wrote = messages, wrote
        self.students, self._codes = set(), Counter()

    def add(self, student, code):
        """Take in a student's answer; what differs only in blank lines is the same."""
        self.students.add(student)
        if code in self._codes or len(self._codes) < MOST_CODES:
            self._codes[code] += 1

    @property
    def codes(self):
        """The ways to write it, the most frequent first, each with how many wrote it."""
        return sorted(self._codes.items(), key=lambda pair: (-pair[1], pair[0]))


class WrongAnswers:
    """What a class got wrong, question by question: ``add`` its records, then ask."""

    def __init__(self):
        self._groups, self.others = defaultdict(dict), Counter()

    def add(self, record):
        """Take in a record; one that could not be graded has no answers."""
        for name, question in ({} if record["problem"] else record["questions"]).items():
            if any(not test["passed"] for test in question["tests"]):
                self._add(name, question["tests"], record)

    def _add(self, name, tests, record):
        failed = [(n, test) for n, test in enumerate(tests, start=1) if not test["passed"]]
        messages = tuple((n, cut(test["message"], LONGEST_MESSAGE)) for n, test in failed)
        groups, code = self._groups[name], _code(record, name)
        blank = all(any(words in message for words in BLANK) for _, message in messages)
        key = messages, bool(code) and not blank
        if key not in groups and len(groups) >= MOST_GROUPS:
            self.others[name] += 1
            return
        groups.setdefault(key, Group(*key)).add(record["student"], code)

    def students(self, name):
        """All who have not passed every test of a question."""
        return set().union(*(group.students for group in self._groups[name].values()))

    def groups(self, name):
        """The groups of a question, the largest first."""
        return sorted(self._groups[name].values(), key=lambda g: (-len(g.students), g.messages))


def _code(record, name):
    """The code that a student wrote to a question, without blank lines; words where there is none.

    Notes beside the code would tell apart what is the same.
    """
    written = record["written"].get(name, [])
    cells = [t for kind, t in written if kind == "code"] or [text for _, text in written]
    lines = (line.rstrip() for text in cells for line in text.splitlines())
    return cut("\n".join(line for line in lines if line), LONGEST_CODE)
