"""Assesses the wording of a draft, sentence by sentence.

A draft has a label if one of its sentences has it, however polite the rest. What a sentence does is learned (`model`);
who writes, about which job, and slips of the keyboard are found by rules. Quoted replies and signatures are set aside,
text that is not English is rejected, and no text is stored.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from etiquette.drafts.assessment import DraftAssessment, DraftError, Mark
from etiquette.drafts.contact import contact_details
from etiquette.drafts.features import phrases, sentence_features
from etiquette.drafts.labels import ESSENTIAL, FAULTS, UNWANTED, Label, MessageKind, Tone
from etiquette.drafts.language import is_english
from etiquette.drafts.letter import set_aside, without
from etiquette.drafts.model import SpeechAct, models
from etiquette.drafts.role import role
from etiquette.drafts.sender import sender
from etiquette.drafts.tokens import Sentence, Span, sentences
from etiquette.drafts.typing_slips import capitals, exclamations, placeholders

MOST_WORDS = 200
LONGEST = 40_000  # characters: more than 5,000 words
LONG_SENTENCE = 16  # words
WITH_PHRASE, IN_LONG_SENTENCE = -0.5, 1.0  # the log-odds that a fault must exceed
PESKY = frozenset({SpeechAct.ASKS_OUTCOME, SpeechAct.DEMANDS, SpeechAct.BEGS})
WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """A sentence and what it does."""

    sentence: Sentence
    speech_acts: frozenset[SpeechAct]


def assess_draft(text: str, kind: MessageKind) -> DraftAssessment:
    """Assess a draft as a message of this kind.

    Raises:
        DraftError: The text is empty, too long, or not in English.
    """
    if len(text) > LONGEST:
        raise DraftError(
            f"That’s {len(text):,} characters long. A message needs a few hundred. Keep it below {LONGEST:,}."
        )
    aside = set_aside(text)
    own = without(text, aside)
    words = list(WORD.finditer(own))
    if not words:
        raise DraftError("There’s nothing to check yet. Write a line or two first.")
    parted = sentences(own)
    if not is_english(parted):
        raise DraftError("This doesn’t look like English, and we can only check drafts in English.")
    judged = [JudgedSentence(sentence, speech_acts(sentence)) for sentence in parted]
    marks: dict[Label, list[Span]] = {}
    for each in judged:
        for act in each.speech_acts:
            marks.setdefault(act.label, []).extend(_mark(each.sentence, act, kind))
    found_by_rule = {
        Label.NAMES_ROLE: _some(role(own, parted)),
        Label.IDENTIFIES_SENDER: _some(sender(own)),
        Label.OVERLONG: [Span(words[MOST_WORDS].start(), words[-1].end())] if len(words) > MOST_WORDS else [],
        Label.PLACEHOLDER: placeholders(own),
        Label.CAPITALS: capitals(own),
        Label.EXCLAMATIONS: exclamations(own),
    }
    marks |= {label: spans for label, spans in found_by_rule.items() if spans}
    if kind is MessageKind.REFERENCES_EMAIL and (contacts := _of_referees(own, parted)):
        marks.setdefault(Label.ATTACHES_REFERENCES, []).extend(contacts)
    done = frozenset(act for each in judged for act in each.speech_acts)
    return DraftAssessment(
        kind,
        text,
        frozenset(marks),
        tuple(Mark(label, span.start, span.end) for label, spans in marks.items() for span in _merged(spans)),
        _tone(kind, frozenset(marks), done),
        aside,
    )


def speech_acts(sentence: Sentence) -> frozenset[SpeechAct]:
    """What a sentence does. One that asks for the outcome does not also ask for the status."""
    found = sentence_features(sentence)
    has = {act for act, model in models().items() if model.log_odds(found) > _least(sentence, act)}
    if SpeechAct.ASKS_OUTCOME in has:
        has.discard(SpeechAct.INQUIRES_STATUS)
    return frozenset(has)


def _least(sentence: Sentence, act: SpeechAct) -> float:
    """The log-odds that a sentence must exceed.

    It cannot do what it only says that it doesn't mean. A phrase that says so is evidence by itself; without one, a
    fault needs more in a long sentence, where the weights of harmless words add up.
    """
    said, denied = phrases(sentence, act)
    if denied and not said:
        return math.inf
    if act.label not in FAULTS:
        return 0.0
    if said:
        return WITH_PHRASE
    return IN_LONG_SENTENCE if len(sentence.words) >= LONG_SENTENCE else 0.0


def _tone(kind: MessageKind, labels: frozenset[Label], done: frozenset[SpeechAct]) -> Tone:
    """Pesky if a sentence asks for the outcome, presses or begs; persistent if nothing must go or is missing."""
    if done & PESKY:
        return Tone.PESKY
    ready = labels.issuperset(ESSENTIAL[kind]) and labels.isdisjoint(UNWANTED[kind])
    return Tone.PERSISTENT if ready else Tone.BORDERLINE


def _mark(sentence: Sentence, act: SpeechAct, kind: MessageKind) -> list[Span]:
    """The words to mark: the whole sentence if it must go, otherwise its phrases or, without any, the sentence."""
    whole = [Span(sentence.words[0].start, sentence.words[-1].end)]
    if act.label in UNWANTED[kind]:
        return whole
    return phrases(sentence, act)[0] or whole


def _of_referees(own: str, parted: Sequence[Sentence]) -> list[Span]:
    """Contact details, but for those of the writer: 'You can reach me on …'."""
    mine = [sentence for sentence in parted if any(word.plain in ("i", "me") for word in sentence.words)]
    return [
        span
        for span in contact_details(own)
        if not any(sentence.words[0].start <= span.start < sentence.words[-1].end for sentence in mine)
    ]


def _some(span: Span | None) -> list[Span]:
    return [span] if span else []


def _merged(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, with overlapping ones merged."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
