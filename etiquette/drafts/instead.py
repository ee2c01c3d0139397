"""Chooses what a draft says instead of each sentence that must go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etiquette.drafts.assessment import DraftAssessment, DraftError, Mark
from etiquette.drafts.classify import assess_draft
from etiquette.drafts.context import Context
from etiquette.drafts.labels import WANTED, Label, MessageKind
from etiquette.drafts.letter import without
from etiquette.drafts.replacements import CONTACT, INTEREST, PURPOSES, fields_of, replacements
from etiquette.drafts.tokens import Span, sentences

INSTEAD_OF: dict[Label, tuple[str, ...]] = {
    Label.ASKS_OUTCOME: (Label.INQUIRES_STATUS, Label.LOOKS_FORWARD),
    Label.INQUIRES_STATUS: (Label.LOOKS_FORWARD,),
    Label.DEMANDS: (Label.AT_CONVENIENCE, Label.ACKNOWLEDGES_BUSY, Label.LOOKS_FORWARD),
    Label.GROVELS: (INTEREST,),
    Label.PRESUMES: (INTEREST,),
    Label.WRITES_AGAIN: (Label.INQUIRES_STATUS,),
}
"""What a replacement may do, in order of preference, if the draft does not do it yet."""
INSTEAD_OF_AN_APOLOGY = (Label.THANKS, Label.ACKNOWLEDGES_BUSY)


@dataclass(frozen=True, slots=True)
class Removal:
    """A sentence that must go, and the part of it that can: without a greeting or a name."""

    labels: frozenset[Label]
    passage: Span
    part: Span


def sentences_instead(
    assessment: DraftAssessment, removals: Sequence[Removal], context: Context, said: Iterable[str]
) -> list[str]:
    """The sentences to put in place of each removal, or an empty text. `said` are the sentences that the draft has.

    Nothing is said twice, and nothing that the draft should have is lost.
    """
    text, marks, wordings = assessment.text, assessment.marks, replacements()[assessment.kind]
    known = {_bare(sentence) for sentence in said}
    rest = without(text, (removal.part for removal in removals))
    has: set[str] = {*_labels_of(rest, assessment.kind)}
    if context.sender and context.sender in rest:
        has.add(Label.IDENTIFIES_SENDER)
    if any(_bare(context.fill(each)) in known for each in wordings.get(INTEREST, ())):
        has.add(INTEREST)
    instead: list[str] = []
    for removal in removals:
        words = text[removal.part.start : removal.part.end]
        does = {mark.label for mark in marks if overlap(mark, removal.part)}.intersection(WANTED[assessment.kind])
        lost = {*does, *([CONTACT] if context.contact and context.contact in words else [])} - has
        better = [each for each in _better(words, removal.labels) if each in wordings and each not in has][:1]
        chosen: dict[str, str] = {}
        needed = [purpose for purpose in PURPOSES if purpose in wordings and purpose in {*better, *lost}]
        for purpose in sorted(needed, key=lambda each: each == Label.NAMES_ROLE):
            fitting = _fitting(wordings[purpose], purpose, context, known)
            names_role = [each for each in fitting if "{role}" in each] if Label.NAMES_ROLE in lost - has else []
            if purpose not in has and fitting:
                wording = (names_role or fitting)[0]
                chosen[purpose] = context.fill(wording)
                known.add(_bare(chosen[purpose]))
                has |= {purpose, Label.NAMES_ROLE} if context.job and "{role}" in wording else {purpose}
        instead.append(" ".join(chosen[purpose] for purpose in PURPOSES if purpose in chosen))
    return instead


def overlap(one: Mark | Span, other: Mark | Span) -> bool:
    """Whether two parts of a text have a character in common."""
    return one.start < other.end and other.start < one.end


def _labels_of(text: str, kind: MessageKind) -> frozenset[Label]:
    """The labels of a text, which may be too little to have any."""
    try:
        return assess_draft(text, kind).labels
    except DraftError:
        return frozenset()


def _better(words: str, labels: frozenset[Label]) -> list[str]:
    """What to do instead of these words, in order of preference."""
    apologises = any("SORRY" in word.names for sentence in sentences(words) for word in sentence.words)
    found: list[str] = []
    for label, purposes in INSTEAD_OF.items():
        if label in labels:
            found += INSTEAD_OF_AN_APOLOGY if label is Label.GROVELS and apologises else purposes
    return found


def _fitting(wordings: Iterable[str], purpose: str, context: Context, known: set[str]) -> list[str]:
    """The wordings whose fields the draft can fill, and which it does not have."""
    fields = set(context.fields)
    if purpose == Label.NAMES_ROLE and not context.job:
        fields.remove("role")
    return [each for each in wordings if fields_of(each) <= fields and _bare(context.fill(each)) not in known]


def _bare(sentence: str) -> str:
    return "".join(char for char in sentence.lower() if char.isalnum())
