"""Suggests what to write instead of the words that must go, in the writer's own context.

A sentence that must go is replaced by one that does what the draft still lacks: for a question about the outcome, one
about the status of the role. If the draft lacks nothing, the sentence is left out. Whatever else it did (name the role,
say who is writing) is said again. Words in capitals and rows of exclamation marks are rewritten where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etiquette.drafts.assessment import DraftAssessment, Mark
from etiquette.drafts.contact import contact_details
from etiquette.drafts.context import read_context
from etiquette.drafts.instead import INSTEAD_OF, Removal, overlap, sentences_instead
from etiquette.drafts.labels import Label, MessageKind
from etiquette.drafts.letter import without
from etiquette.drafts.passages import passages, replaceable
from etiquette.drafts.rewording import SLIPS, names_in, reworded
from etiquette.drafts.splice import put, take_out
from etiquette.drafts.tokens import Span


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Put `words` in place of the characters `start` (inclusive) to `end` (exclusive) of a draft.

    `labels` are those that go with it.
    """

    labels: frozenset[Label]
    start: int
    end: int
    words: str

    @property
    def leaves_out(self) -> bool:
        """Whether nothing is said instead: `words` are empty or a stop."""
        return not any(char.isalnum() for char in self.words)

    def applied_to(self, text: str) -> str:
        """The text with this suggestion taken."""
        return text[: self.start] + self.words + text[self.end :]


def suggest(assessment: DraftAssessment) -> tuple[Suggestion, ...]:
    """The suggestions for a draft, in order and without overlaps.

    There is one for each sentence with a mark that must go, or for several in a row that are only to be left out. There
    is none for a gap that the draft does not say how to fill, for its length, or for a sentence with references in it.
    """
    judged = without(assessment.text, assessment.set_aside)
    found = passages(judged)
    context = read_context(assessment, judged)
    removals = _removals(assessment, judged, found)
    said = [judged[each.start : each.end] for each in found]
    suggestions = _spliced(assessment.text, removals, sentences_instead(assessment, removals, context, said))
    slips = [mark for mark in assessment.marks if mark.label in SLIPS]
    names = names_in(judged, context)
    taken = [Span(each.start, each.end) for each in suggestions]
    for passage in found:
        within = [_clipped(mark, passage) for mark in slips if overlap(mark, passage)]
        own = [mark for mark in within if not any(overlap(mark, each) for each in taken)]
        if own and (changed := reworded(assessment.text, own, context, names)):
            span, words = changed
            labels = frozenset(mark.label for mark in own if overlap(mark, span))
            suggestions.append(Suggestion(labels, span.start, span.end, words))
    return tuple(sorted(suggestions, key=lambda each: each.start))


def _removals(assessment: DraftAssessment, judged: str, found: Sequence[Span]) -> list[Removal]:
    """The sentences that must go. Clauses joined by a semicolon are one if both must go."""
    marks = assessment.marks
    sender = next((Span(each.start, each.end) for each in marks if each.label is Label.IDENTIFIES_SENDER), None)
    bad = [mark for mark in marks if mark.label in INSTEAD_OF and mark.label in assessment.must_go]
    removals: list[Removal] = []
    for passage in found:
        part = replaceable(judged, passage, sender)
        labels = frozenset(mark.label for mark in bad if overlap(mark, part))
        has_contacts = bool(labels) and bool(contact_details(judged[part.start : part.end]))
        if not labels or (has_contacts and assessment.kind is MessageKind.REFERENCES_EMAIL):
            continue
        before = removals[-1].part.end if removals else part.start
        if removals and judged[before - 1] == ";" and not judged[before : part.start].strip():
            last = removals.pop()
            removals.append(Removal(last.labels | labels, last.passage, Span(last.part.start, part.end)))
        else:
            removals.append(Removal(labels, passage, part))
    return removals


def _spliced(text: str, removals: Sequence[Removal], instead: Sequence[str]) -> list[Suggestion]:
    """A suggestion for each removal, and one for each row of removals to be left out."""
    suggestions: list[Suggestion] = []
    left_out: list[Removal] = []

    def take_out_row() -> None:
        if left_out:
            span = take_out(text, Span(left_out[0].part.start, left_out[-1].part.end))
            labels = frozenset(label for removal in left_out for label in removal.labels)
            suggestions.append(Suggestion(labels, span.start, span.end, ""))
            left_out.clear()

    for removal, words in zip(removals, instead, strict=True):
        spliced = put(text, removal.passage, removal.part, words)
        if spliced or (left_out and _between(text, left_out[-1], removal.part).strip()):
            take_out_row()
        if spliced:
            suggestions.append(Suggestion(removal.labels, spliced[0].start, spliced[0].end, spliced[1]))
        else:
            left_out.append(removal)
    take_out_row()
    return suggestions


def _clipped(mark: Mark, passage: Span) -> Mark:
    """The part of a mark that is in this sentence."""
    return Mark(mark.label, max(mark.start, passage.start), min(mark.end, passage.end))


def _between(text: str, removal: Removal, part: Span) -> str:
    return text[removal.part.end : part.start]
