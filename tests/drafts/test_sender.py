"""Finding who is writing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etiquette.drafts.sender import sender

TRAINING = [
    json.loads(line) for line in (Path(__file__).parent / "learn.jsonl").read_text(encoding="utf-8").splitlines()
]
NAMED = [draft["text"] for draft in TRAINING if draft["labels"]["identifies_sender"]]
UNNAMED = [draft["text"] for draft in TRAINING if not draft["labels"]["identifies_sender"]]


def signed(text: str) -> str | None:
    """The words that say who is writing."""
    span = sender(text)
    return text[span.start : span.end] if span else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thank you for today.\n\nKind regards,\nDana Whitfield", "Dana Whitfield"),
        ("Thank you for today.\n\nKind regards,\nDana Baker", "Dana Baker"),
        ("Thank you for today.\n\nKind regards,\nDana Whitfield\nSenior Planner", "Dana Whitfield"),
        ("Thank you for today.\n\nDana Whitfield\nPlanner\n07700 900123", "Dana Whitfield"),
        ("Thank you for today.\n\nDana Whitfield\nHead of Planning", "Dana Whitfield"),
        ("Thank you for today.\n\nDana Whitfield\nSenior Planner, Hart Ltd", "Dana Whitfield"),
        ("Thank you for today.\n\nDana Whitfield, Senior Planner", "Dana Whitfield"),
        ("Thank you for today.\n\nDana Whitfield | Senior Planner | Hart Ltd", "Dana Whitfield"),
        ("Thank you for today.\n-- \nDana Whitfield\n07700 900123", "Dana Whitfield"),
        (
            "Thank you for today.\n\nBest wishes,\nDana Whitfield\n\nMy referee:\nUna Boyle, 01632 960 001",
            "Dana Whitfield",
        ),
        ("Thank you for today.\n\nBest wishes,\nDana Whitfield\n“Be the change”", "Dana Whitfield"),
        ("Thank you for today.\n\nBest wishes,\nMrs D. R. Whitfield", "Mrs D. R. Whitfield"),
        ("Thank you for today. cheers, dana", "dana"),
        ("Hello, this is Patience Owusu about the job.", "this is Patience Owusu about"),
        ("Heyyy. S’Gavin. Did I get it?", "S’Gavin."),
        ("Hello, Dana Whitfield here. Is there any news?", "Dana Whitfield here"),
    ],
)
def test_the_sender_is_found(text: str, name: str) -> None:
    assert signed(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for today.\n\nKind regards,\n\nSenior Planner",
        "Thank you for today.\n\nBest,\nProject Manager",
        "Thank you for today.\n\nThanks,\nNurse",
        "Thank you for today.\n\nKind regards,\n\nApplicant",
        "Hello, I'm calling to ask about the job.",
        "Hello, I'm ringing about the interview.",
        "This is Regarding my interview.",
        "This is Following my interview.",
        "I am Writing to ask about the job.",
        "I'm Very excited about the job.",
        "Hi, it's about the planner job. byeee!",
        "Thank you for your time.",
        "",
    ],
)
def test_titles_and_verbs_are_no_sender(text: str) -> None:
    assert signed(text) is None


def test_over_the_labelled_drafts_few_senders_are_missed_or_made_up() -> None:
    """Nobody must give a name twice, and nobody be praised for a name that is not there."""
    assert sum(sender(text) is None for text in NAMED) <= len(NAMED) // 40
    assert sum(sender(text) is not None for text in UNNAMED) <= len(UNNAMED) // 15
