"""Judges the wording of a message before it is sent.

`assess_draft` labels what a draft does (thanks them, asks for the outcome, puts pressure on them), marks the words that
do it, and lists what is missing and what to take out. `suggest` puts better words in place of those.
"""

from etiquette.drafts.advice import KIND_NAMES, REMARKS, TONE_REMARKS
from etiquette.drafts.assessment import DraftAssessment, DraftError, Mark
from etiquette.drafts.classify import assess_draft
from etiquette.drafts.labels import UNWANTED, Label, MessageKind, Tone
from etiquette.drafts.last_check import Check, last_check
from etiquette.drafts.parts import message_parts
from etiquette.drafts.suggest import Suggestion, suggest

__all__ = [
    "KIND_NAMES",
    "REMARKS",
    "TONE_REMARKS",
    "UNWANTED",
    "Check",
    "DraftAssessment",
    "DraftError",
    "Label",
    "Mark",
    "MessageKind",
    "Suggestion",
    "Tone",
    "assess_draft",
    "last_check",
    "message_parts",
    "suggest",
]
