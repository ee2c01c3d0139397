"""Judges the wording of a message before it is sent.

`assess_draft` labels what a draft does (thanks them, asks for the outcome, puts pressure on them), marks the words that
do it, and lists what is missing and what to take out.
"""

from etiquette.drafts.advice import KIND_NAMES, REMARKS, TONE_REMARKS
from etiquette.drafts.classify import (
    UNWANTED,
    DraftAssessment,
    DraftError,
    Label,
    Mark,
    MessageKind,
    Tone,
    assess_draft,
)
from etiquette.drafts.parts import message_parts

__all__ = [
    "KIND_NAMES",
    "REMARKS",
    "TONE_REMARKS",
    "UNWANTED",
    "DraftAssessment",
    "DraftError",
    "Label",
    "Mark",
    "MessageKind",
    "Tone",
    "assess_draft",
    "message_parts",
]
