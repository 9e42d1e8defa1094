"""The choice questions of the practice, read from its masters: `from tools.choices import read`.

The practice's own tests say what is right, and what to answer to each wrong choice: they are run
on every choice. So a question here is the question there, whatever was drawn for it. What does not
stand alone outside its notebook is said anew by `quiz` in the question's configuration:

    quiz:
      stem: what is asked, without what only the notebook has     # with slots, as in the cells
      ask: {word_a: "Run A?"}            # for each answer, where a question has several
      options: "dict(enumerate(tex, 1))" # Python: what each choice says, where no list has it
      why: the reason, where the solution's names choices by letters that a platform shuffles
"""

import ast
import inspect
import io
import re
from contextlib import redirect_stdout
from typing import NamedTuple
from unittest import mock

import yaml
from matplotlib.backends.backend_agg import FigureCanvasAgg

from lec_utils.live_figure import LiveFigure
from lec_utils.pictures import Picture
from lec_utils.practice import judge
from tools.draws import CHOICE, filled, value
from tools.masters import PROMPT, read_master, read_names, read_questions
from tools.quiz import Choice, Image, Question

ANSWER = re.compile(r"^(\w+) = (.+?)  # SOLUTION$", re.MULTILINE)
CONFIG = re.compile(r'""" # BEGIN TEST CONFIG\n(.*?)"""', re.DOTALL)
HEAD = re.compile(r"## Question \d+ · (.*?) \(\d+ min\)\n")
WHY = re.compile(r"\*\*Why this\.\*\*\s*(.*?)\s*(?=\*\*What goes wrong|\Z)", re.DOTALL)
# Where a test says which of many choices it means: a platform shuffles them.
PLACE = re.compile(r"^\d+ of \d+ not right yet, look at number \d+: |^[a-z]: ")
UNKNOWN = object()


class Asked(Exception):
    """Raised where a test looks at the answer in question: its options, and whether it is many."""


class Test(NamedTuple):
    """A test of a question: its function, and what it says of a right answer."""

    function: object
    success: str

    @property
    def takes(self):
        return {*inspect.signature(self.function).parameters}

    def says(self, answers):
        """What it says against these answers, None where there is nothing to say."""
        try:
            self.function(**{name: answers[name] for name in self.takes})
        except judge.NotYet as told:
            return str(told)
        return None


def read(master, key=None):
    """The choice questions of a master, as stored or drawn for a ``key``."""
    names, found = read_names(master, key), []
    place, run = f"{master.parent.name}-{master.stem[:2]}", Run(read_master(master, key))
    for question in read_questions(master, key):
        given = answers_of(question)
        tests = [test for test in map(compiled, question.tests) if test.takes <= given.keys()]
        asked = {name: options_of(name, tests, given, question) for name in given}
        asked = {name: options for name, options in asked.items() if options}
        if asked:
            shown = shown_by(question, run, place)
            words = Words(question, names[question.name], asked)
            found += [made(place, words, name, tests, given, shown) for name in asked]
    return found


def answers_of(question):
    """The right answers that a master says in one line each, by their names."""
    found = {}
    for cell in question.answers:
        for name, text in ANSWER.findall(cell.source) if cell.cell_type == "code" else ():
            try:
                found[name] = ast.literal_eval(text)
            except ValueError:  # worked out, not chosen
                continue
    return found


def compiled(cell):
    """A test from its cell."""
    space, config = {}, CONFIG.search(cell.source)
    exec(cell.source, space)
    (function,) = (thing for name, thing in space.items() if name.startswith("test_"))
    config = yaml.safe_load(config[1]) if config else {}
    # What counts nothing looks at the form alone.
    return Test(function, config.get("success_message", "") if config.get("points", 1) else "")


def options_of(name, tests, given, question):
    """The options of the answer called ``name``, and whether many may be chosen; None if free."""
    quiz = question.config.get("quiz", {})
    if name in quiz.get("ask", {}) and "options" in quiz:
        return [*value(quiz["options"], {}, question.name)], False
    for test in tests:
        if name in test.takes:
            try:
                with watched():
                    test.says(given | {name: UNKNOWN})
            except Asked as asked:
                return asked.args
    return None


def watched():
    """The judge of choices in a state in which it tells the options of an UNKNOWN answer."""

    def tell(answer, options, many=False):
        if answer is UNKNOWN:
            raise Asked([*options], many)
        return set(answer) if many else answer

    return mock.patch.multiple(
        judge,
        choice=lambda answer, options, *_, **__: tell(answer, options),
        sealed_choice=lambda _, answer, options, *__, **___: tell(answer, options),
        some_of=lambda answer, options, *_: tell(answer, options, many=True),
    )


def made(place, words, name, tests, given, shown):
    """The question that asks for the answer called ``name``; ``shown`` is of its cells."""
    printed, image = shown
    options, many = words.asked[name]
    said = words.said(name)
    choices = [
        Choice(said[option], *judged(option, name, many, tests, given)) for option in options
    ]
    label = f"{place}-{words.question.name}"
    label += f"-{name.replace('_', '-')}" if len(words.asked) > 1 else ""
    stem = words.stem(name, printed)
    return Question(label, words.title(name), stem, choices, words.why(), many, image)


def judged(option, name, many, tests, given):
    """Whether an option is right, by the tests, and what they say to who has chosen it."""
    tests = [test for test in tests if name in test.takes]
    right = given[name]
    answer = option
    if many:  # what is said when this one, and only this one, is wrong
        answer = type(right)(right) if isinstance(right, list) else [*right]
        answer = [one for one in answer if one != option] if option in answer else [*answer, option]
    against = [told for test in tests if (told := test.says(given | {name: answer}))]
    is_right = bool(against) == (option in right) if many else not against
    if against:
        said = PLACE.sub("", against[0]) if many else against[0]
        said = said[0].upper() + said[1:]
        return is_right, f"Yes. Left out? {said}" if is_right else said
    return is_right, next((test.success for test in tests if test.success), "That is right.")


class Words(NamedTuple):
    """The words of a master's question, as they stand alone."""

    question: object
    names: dict  # what was drawn
    asked: dict  # the answers that are chosen: name → (options, many)

    @property
    def quiz(self):
        return self.question.config.get("quiz", {})

    def filled(self, text):
        return filled(text, self.names, self.question.name)

    def title(self, name):
        title, names = HEAD.match(self.text)[1], [*self.asked]
        return f"{title} ({names.index(name) + 1} of {len(names)})" if names[1:] else title

    def ask(self, name):
        return self.filled(self.quiz.get("ask", {}).get(name, ""))

    def stem(self, name, printed):
        """What is asked: the master's own text up to the choices, or what `quiz` says instead."""
        text = CHOICE.split(HEAD.sub("", self.text))[0]
        stem = self.filled(self.quiz.get("stem", "")).strip() or text.strip()
        shown = f"```\n{printed.rstrip()}\n```" if printed else ""
        return "\n\n".join(part for part in (stem, shown, self.ask(name)) if part)

    @property
    def text(self):
        return self._asked()[0]

    def _asked(self):
        cells = [cell.source for cell in self.question.asked if cell.cell_type == "markdown"]
        return [text for text in cells if not text.startswith("<details>")]

    def said(self, name):
        """What each option of an answer says: the words of a list, or the option itself."""
        options = self.asked[name][0]
        if "options" in self.quiz:
            told = value(self.quiz["options"], self.names, self.question.name)
            return {option: told[option] for option in options}
        lists = [
            dict(re.findall(r"^- \*\*([a-z])\.\*\* (.*(?:\n  .*)*)", text, re.MULTILINE))
            for text in self._asked()
            if CHOICE.search(text)
        ]
        lettered = [one for one, (few, _) in self.asked.items() if few[0] == "a"]
        return lists[lettered.index(name)] if name in lettered else {o: o for o in options}

    def why(self):
        """Why the right answer is right, without what names choices by their letters."""
        if "why" in self.quiz:
            return self.filled(self.quiz["why"]).strip()
        text = "\n".join(
            cell.source for cell in self.question.answers if "Why this." in cell.source
        )
        return WHY.search(text)[1]


def shown_by(question, run, place):
    """What a question's own cells print, and the picture that they draw."""
    code = [cell for cell in question.asked if cell.cell_type == "code"]
    printed, picture = run.until(code[-1].id) if code else ("", None)
    if not isinstance(picture, Picture):
        return printed, None
    picture.figure.set_dpi(144)
    if isinstance(picture, LiveFigure):
        picture.svg()  # which puts its marks in their places
    FigureCanvasAgg(picture.figure).print_png(page := io.BytesIO())
    return printed, Image(f"{place}-{question.name}", page.getvalue(), picture.alt)


class Run:
    """The code of a notebook, but for its tests, run no further than somebody has asked."""

    def __init__(self, notebook):
        self._cells = (cell for cell in notebook.cells if cell.cell_type == "code")
        self._space = {}

    def until(self, name):
        """What the cell of this id prints, and the value of its last line."""
        for cell in self._cells:
            if not re.search(r"^def test_", cell.source, re.MULTILINE):
                found = self._run(cell)
                if cell.id == name:
                    return found
        raise LookupError(name)

    def _run(self, cell):
        tree = ast.parse(PROMPT.sub("", cell.source))
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        with redirect_stdout(io.StringIO()) as page:
            exec(compile(tree, cell.id, "exec"), self._space)
            value = ast.Expression(last.value) if last else ast.parse("None", mode="eval")
            return page.getvalue(), eval(compile(value, cell.id, "eval"), self._space)
