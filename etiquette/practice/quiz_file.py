"""A quiz as a file for another program, and what all formats write alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etiquette.judge import GUIDELINE_SENTENCES, timeline_with_dates
from etiquette.practice.questions import Option, Question

PROMPT = "What would you do?"


@dataclass(frozen=True, slots=True)
class QuizFile:
    """A quiz in some format. `losses` says what the format cannot carry, one sentence each."""

    content: bytes
    losses: tuple[str, ...] = ()


def timeline_lines(question: Question) -> list[str]:
    """The timeline as lines of text: 'Tue 3 Mar 11:00: Your interview'."""
    situation = question.situation
    return [f"{situation.date(event.at)}: {event.label}" for event in timeline_with_dates(situation)]


def option_feedback(option: Option) -> str:
    """What a learner reads once they have chosen this option: the verdict, the credit and the reason."""
    return f"{option.assessment.verdict.capitalize()}, credit {option.credit} out of 100. {option.reason}"


def question_feedback(question: Question) -> str:
    """What a learner reads after any answer: the guideline that the best option follows, in a sentence."""
    return GUIDELINE_SENTENCES[question.options[question.best].assessment.guideline]


def losses_of_all_formats(questions: Sequence[Question]) -> tuple[str, ...]:
    """What no format for learning platforms can carry of these questions, one sentence each."""
    losses = [
        "The timeline is written as a list, not drawn.",
        "Learners aren’t asked how sure they are, so there is nothing on how sure and how right they were.",
    ]
    if second_best := sum(question.options[question.best].credit < 100 for question in questions):
        losses.append(
            f"The best option always counts as 100%. In {second_best} of {len(questions)} questions it earns less than "
            "100 here, and the other options count in proportion to it."
        )
    return tuple(losses)
