"""Right answers earn full marks, blanks none, and each wrong answer is told what is wrong."""

import re

import pytest
from classroom import ASSIGNMENTS, inside, run

from grading.class_page import shown
from lec_utils.practice.cases import read_cases, run_case

MACHINE = [(a, q) for a in ASSIGNMENTS for q in a.questions.values() if not q.by_hand]
WRONG = [(assignment, wrong) for assignment in ASSIGNMENTS for wrong in assignment.wrong]
TELLING = [(assignment, question) for assignment, question in MACHINE if question.slips]


def name(value):
    return getattr(value, "id", None) or getattr(value, "name", None) or "-".join(value[:2])


@pytest.mark.parametrize(("assignment", "question"), MACHINE, ids=name)
def test_the_solution_earns_full_marks(assignment, question):
    score = assignment.score(question.name, assignment.solved)
    assert score.messages == ""
    assert score.earned == pytest.approx(score.possible)
    assert score.possible == pytest.approx(question.config["points"])


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=name)
def test_an_unanswered_notebook_runs_to_its_end_and_earns_nothing(assignment):
    namespace = run(assignment.student, {})
    for question in assignment.questions.values():
        if not question.by_hand:
            score = assignment.score(question.name, namespace)
            assert score.earned == 0, question.name
            assert score.messages


@pytest.mark.parametrize(("assignment", "wrong"), WRONG, ids=name)
def test_a_wrong_answer_loses_its_marks_and_is_told_why(assignment, wrong):
    namespace = assignment.answered(wrong.question, wrong.code)
    score = assignment.score(wrong.question, namespace)
    assert wrong.says in score.messages
    assert score.earned == pytest.approx(wrong.earns)
    assert wrong.earns < score.possible
    slips = assignment.questions[wrong.question].slips
    assert shown(slips, score.messages.split("\n")) == sorted(wrong.shows)
    assert_checks_in_the_notebook_agree(assignment, wrong.question, namespace, score.outcomes)


def assert_checks_in_the_notebook_agree(assignment, question, namespace, otter):
    """What a learner is told, without Otter, is what Otter finds."""
    with inside(assignment.solution.parent):
        ours = [run_case(case, namespace) for case in read_cases(assignment.tests[question])]
    assert [outcome.passed for outcome in ours] == [outcome.passed for outcome in otter]
    for one, other in zip(ours, otter, strict=True):
        message = one.message.removeprefix("your code stops with ")
        assert one.passed or other.message.endswith(message)


@pytest.mark.parametrize(("assignment", "question"), TELLING, ids=name)
def test_all_words_that_show_a_misconception_are_said_to_one_who_has_it(assignment, question):
    said = dict.fromkeys(question.slips, "")
    for wrong in (w for w in assignment.wrong if w.question == question.name and w.shows):
        score = assignment.score(wrong.question, assignment.answered(wrong.question, wrong.code))
        for number in wrong.shows:
            said[number] += score.messages
    for number, words in question.slips.items():
        assert number in question.config["misconceptions"]
        for each in re.split(r"\|(?![^(]*\))", words):
            assert re.search(each, said[number]), (number, each)


@pytest.mark.parametrize(("assignment", "question"), MACHINE, ids=name)
def test_each_question_has_three_wrong_answers_at_least(assignment, question):
    wrong = {w.code for a, w in WRONG if a is assignment and w.question == question.name}
    assert len(wrong) >= 3
