"""About how long the parts of a session take, with two votes and a talk on each item. Nobody has timed it yet."""

from __future__ import annotations

from etiquette.judge import Policy
from etiquette.practice import Quiz
from etiquette.room.agenda import Agenda, AgendaPart, FreeQuestion, Play
from etiquette.room.judged_question import JudgedQuestion
from etiquette.stories import best_path

QUESTION = 4  # minutes: to read it, vote, talk to a neighbour, vote again, and hear why
DECISION = 3  # in a story that the room plays together: its scene is short, and the situation known
ALONE = 2  # on top of the time to play: for the slower half, and to look at the best path together


def minutes(part: AgendaPart, policy: Policy) -> int:
    """About how many minutes this part takes."""
    match part:
        case Quiz():
            return QUESTION * len(part.questions)
        case FreeQuestion() | JudgedQuestion():
            return QUESTION
        case Play(together=True):
            return DECISION * len(best_path(part.scenario, policy).run.decisions)
        case Play():
            return part.scenario.minutes + ALONE


def total_minutes(agenda: Agenda) -> int:
    """About how many minutes the whole session takes."""
    return sum(minutes(part, agenda.policy) for part in agenda.parts)
