"""The assessment of a draft: its labels, the words that earn them, its tone and its credit."""

from __future__ import annotations

from dataclasses import dataclass

from etiquette.drafts.labels import UNWANTED, WANTED, Label, MessageKind, Tone
from etiquette.drafts.tokens import Span

FOR_MISSING, FOR_BORDERLINE, FOR_EACH_FAULT = 8, 50, 25


class DraftError(ValueError):
    """A draft cannot be assessed. The message is shown to the learner."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The characters `start` (inclusive) to `end` (exclusive) of a draft, and the label they earn."""

    label: Label
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DraftAssessment:
    """The assessment of one draft.

    Every label in `labels` has at least one mark. Marks of different labels may overlap. `set_aside` are the parts of
    the text that were not judged: quoted replies and what follows the signature.
    """

    kind: MessageKind
    text: str
    labels: frozenset[Label]
    marks: tuple[Mark, ...]
    tone: Tone
    set_aside: tuple[Span, ...] = ()

    @property
    def missing(self) -> tuple[Label, ...]:
        """The labels that a message of this kind should have but this one lacks."""
        return tuple(label for label in WANTED[self.kind] if label not in self.labels)

    @property
    def must_go(self) -> tuple[Label, ...]:
        """The labels of this draft that a message of this kind must not have."""
        return tuple(label for label in UNWANTED[self.kind] if label in self.labels)

    @property
    def credit(self) -> int:
        """0 to 100: 100 for a persistent draft that lacks nothing, at most 50 for a borderline one."""
        lacking = FOR_MISSING * len(self.missing)
        match self.tone:
            case Tone.PERSISTENT:
                return 100 - lacking
            case Tone.BORDERLINE:
                if not self.labels.intersection(WANTED[self.kind]):
                    return 0
                return max(0, FOR_BORDERLINE - lacking // 2)
        return max(0, FOR_BORDERLINE - FOR_EACH_FAULT * max(1, len(self.must_go)) - lacking // 2)
