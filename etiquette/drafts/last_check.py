"""The last look at a draft before it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from etiquette.drafts.assessment import DraftAssessment


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at before sending. `words` say what was found, or that all is well."""

    passed: bool
    words: str


def last_check(assessment: DraftAssessment) -> tuple[Check, ...]:
    """What to look at before this draft is sent: brackets left to fill in, quoted text, capitals and exclamation marks."""
    return ()
