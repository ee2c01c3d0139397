"""A quiz as JSON, one question a line, for programs."""

from __future__ import annotations

import json
from typing import Any

from etiquette.judge import AN_HOUR, TimelineEvent, timeline_with_dates
from etiquette.practice.questions import Option, Question
from etiquette.practice.quiz import Quiz
from etiquette.practice.quiz_file import QuizFile


def quiz_as_json_lines(quiz: Quiz) -> QuizFile:
    """Each question as an object with its situation, timeline and judged options."""
    lines = (json.dumps(_question(question), ensure_ascii=False) for question in quiz.questions)
    return QuizFile("".join(f"{line}\n" for line in lines).encode())


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "guideline": question.guideline,
        "situation": question.story,
        "timeline": [_event(event, question) for event in timeline_with_dates(question.situation)],
        "options": [_option(option) for option in question.options],
    }


def _event(event: TimelineEvent, question: Question) -> dict[str, Any]:
    """The event with its time in hours since the interview, and as the local time where the employer is."""
    return {
        "hours": round(event.at / AN_HOUR, 4),
        "at": question.situation.local_time(event.at).isoformat(timespec="minutes"),
        "whose": event.whose,
        "what": event.label,
    }


def _option(option: Option) -> dict[str, Any]:
    return {
        "says": option.says,
        "kind": option.action.kind,
        "credit": option.credit,
        "verdict": option.assessment.verdict,
        "reason": option.reason,
    }
