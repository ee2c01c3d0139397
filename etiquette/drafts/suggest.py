"""Suggests what to write instead of the words that must go, in the writer's own context."""

from __future__ import annotations

from dataclasses import dataclass

from etiquette.drafts.assessment import DraftAssessment
from etiquette.drafts.labels import Label


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Put `words` in place of the characters `start` (inclusive) to `end` (exclusive); no words means: delete them.

    `labels` are those that go with it.
    """

    labels: frozenset[Label]
    start: int
    end: int
    words: str

    def applied_to(self, text: str) -> str:
        """The text with this suggestion taken."""
        return text[: self.start] + self.words + text[self.end :]


def suggest(assessment: DraftAssessment) -> tuple[Suggestion, ...]:
    """The suggestions for a draft, in order and without overlaps: one for each sentence with a mark that must go."""
    return ()
