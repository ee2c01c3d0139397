"""Holds the questions that a policy gives against what a fair quiz owes the learner.

It draws whole quizzes, as learners get them, and looks at all their questions together.

    Q01  not exactly one best option         Q04  a blind strategy that pays
    Q02  the best is the longest, or shortest, too often
    Q03  the best is in one place too often  Q05  too few situations
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from etiquette.files import Problem
from etiquette.judge import AN_HOUR, Policy, Situation
from etiquette.practice.questions import Question, fair
from etiquette.practice.quiz import Quiz
from etiquette.stories import BLIND_GRADE, BLIND_STRATEGIES, Scenario

FEWEST_SITUATIONS = 300
QUIZZES, LENGTH = 18, 20
BY_CHANCE = 1.5  # how much more often than by chance the best option may be the longest, the shortest, or in one place


@dataclass(frozen=True, slots=True)
class QuizReport:
    """What the checker has to say of the quiz under one policy."""

    policy: Policy
    questions: tuple[Question, ...]
    situations: int
    blind_scores: dict[str, float]
    problems: tuple[Problem, ...]


def check_questions(policy: Policy, scenarios: Mapping[str, Scenario], quizzes: int = QUIZZES) -> QuizReport:
    """Draw that many quizzes of twenty questions, and say what is wrong with them."""
    drawn = [Quiz.draw(f"check {number}", LENGTH, policy, scenarios) for number in range(quizzes)]
    return examine(policy, tuple(question for quiz in drawn for question in quiz.questions))


def examine(policy: Policy, questions: tuple[Question, ...]) -> QuizReport:
    """Say what is wrong with these questions."""
    situations = len({without_date(question.situation) for question in questions})
    scores = {name: _blind_score(questions, name) for name in BLIND_STRATEGIES}
    problems = [*_unfair(questions), *_giveaways(questions)]
    for name, score in scores.items():
        if score > BLIND_GRADE:
            problems.append(_problem("", f"Q04 {name} scores {score:.0f}, above {BLIND_GRADE}: it pays not to read"))
    if situations < FEWEST_SITUATIONS:
        problems.append(_problem("", f"Q05 only {situations} situations; {FEWEST_SITUATIONS} is the least"))
    return QuizReport(policy, questions, situations, scores, tuple(problems))


def without_date(situation: Situation) -> Situation:
    """The situation without its calendar date and with its present to the hour: equal for those that are alike."""
    weekday = situation.interview and situation.interview.replace(
        year=2000, month=1, day=3 + situation.interview.weekday()
    )
    hour = situation.now - situation.now % AN_HOUR
    alike = replace(situation, interview=weekday)
    return replace(alike, now=max(hour, situation.last_contact, situation.last_heard))


def _blind_score(questions: tuple[Question, ...], name: str) -> float:
    total = 0.0
    for question in questions:
        drawn = BLIND_STRATEGIES[name](question.options)
        total += sum(question.share(number) for number in drawn) / len(drawn)
    return total / len(questions)


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
        if right > BY_CHANCE * chance:
            yield _problem("", f"Q02 {name} is right {right} times, by chance {chance:.0f}")
    for place, right in Counter(question.best for question in questions).items():
        if right > BY_CHANCE * chance:
            yield _problem("", f"Q03 the best option is number {place + 1} {right} times, by chance {chance:.0f}")


def _problem(path: str, remedy: str) -> Problem:
    return Problem("quiz", 1, path, "", f"{remedy}.")
