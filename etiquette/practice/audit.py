"""Checks that the questions of a policy are fair, over many whole quizzes as learners get them.

Q01  not exactly one best option         Q04  a blind strategy that pays
Q02  the best is the longest, or shortest, too often
Q03  the best is in one place too often  Q05  too few situations
Q06  a reader of options alone does well
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from etiquette.files import Problem
from etiquette.judge import AN_HOUR, Policy, Situation
from etiquette.practice.questions import Question, fair
from etiquette.practice.quiz import Quiz
from etiquette.stories import BLIND_GRADE, BLIND_STRATEGIES, OPTIONS_ALONE, OptionReader

FEWEST_SITUATIONS = 300
QUESTIONS = 600
TIMES_CHANCE = 1.5  # the best option may be the longest, the shortest or in one place this much more often than chance


@dataclass(frozen=True, slots=True)
class QuizReport:
    """What the checker found in the quizzes of one policy; `blind_grades` are by strategy."""

    policy: Policy
    questions: tuple[Question, ...]
    situations: int
    blind_grades: dict[str, float]
    problems: tuple[Problem, ...]


def check_questions(policy: Policy) -> QuizReport:
    """Draw six hundred questions and report their problems."""
    return examine(policy, Quiz.draw("check", QUESTIONS, policy).questions)


def examine(policy: Policy, questions: tuple[Question, ...]) -> QuizReport:
    """Report the problems of these questions."""
    situations = len({without_date(question.situation) for question in questions})
    grades = {name: _blind_grade(questions, name) for name in BLIND_STRATEGIES}
    grades[OPTIONS_ALONE] = _reader_grade(questions)
    problems = [*_unfair(questions), *_giveaways(questions)]
    for name, grade in grades.items():
        if grade > BLIND_GRADE:
            code = "Q06" if name == OPTIONS_ALONE else "Q04"
            problems.append(_problem("", f"{code} {name} gets {grade:.0f}, above {BLIND_GRADE}: it pays not to read"))
    if situations < FEWEST_SITUATIONS:
        problems.append(_problem("", f"Q05 only {situations} situations; {FEWEST_SITUATIONS} is the least"))
    return QuizReport(policy, questions, situations, grades, tuple(problems))


def without_date(situation: Situation) -> Situation:
    """The situation on a fixed date with the same weekday, its present rounded to the hour, to compare with others."""
    interview = situation.interview and situation.interview.replace(
        year=2000, month=1, day=3 + situation.interview.weekday()
    )
    hour = situation.now - situation.now % AN_HOUR
    now = max(hour, situation.last_contact, situation.last_heard)
    return replace(situation, interview=interview, now=now)


def _blind_grade(questions: tuple[Question, ...], strategy: str) -> float:
    total = 0.0
    for question in questions:
        picked = BLIND_STRATEGIES[strategy](question.options)
        total += sum(question.share(number) for number in picked) / len(picked)
    return total / len(questions)


def _reader_grade(questions: tuple[Question, ...]) -> float:
    """The grade of a reader of options alone who has learnt from two thirds of the questions, in the other third."""
    learnt = 2 * len(questions) // 3
    reader = OptionReader.learn(
        (option.says, number == question.best)
        for question in questions[:learnt]
        for number, option in enumerate(question.options)
    )
    unseen = questions[learnt:]
    return sum(each.share(reader.pick([option.says for option in each.options])) for each in unseen) / len(unseen)


def _unfair(questions: tuple[Question, ...]) -> Iterator[Problem]:
    """Q01."""
    for question in questions:
        if not fair(question.options):
            yield _problem(question.id, "Q01 has not exactly one best option that is right in itself")


def _giveaways(questions: tuple[Question, ...]) -> Iterator[Problem]:
    """Q02 and Q03."""
    chance = sum(1 / len(question.options) for question in questions)
    for name in ("always the longest choice", "always the shortest choice"):
        right = sum(question.best in BLIND_STRATEGIES[name](question.options) for question in questions)
        if right > TIMES_CHANCE * chance:
            yield _problem("", f"Q02 {name} is right {right} times, by chance {chance:.0f}")
    for place, right in Counter(question.best for question in questions).items():
        if right > TIMES_CHANCE * chance:
            yield _problem("", f"Q03 the best option is number {place + 1} {right} times, by chance {chance:.0f}")


def _problem(path: str, remedy: str) -> Problem:
    return Problem("quiz", 1, path, "", f"{remedy}.")
