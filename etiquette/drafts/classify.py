"""Assesses the wording of a draft: its labels, the words that earn them, its tone and its credit.

A logistic regression for each label scores the phrases and words of a draft (`features`), with weights learned from
labelled drafts (`library/words/weights.json`). A label applies if its log-odds are positive; its marks are the words
that contribute most. Text that is not English is rejected, and no text is stored.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache

from etiquette.drafts.assessment import DraftAssessment, DraftError, Mark
from etiquette.drafts.features import Evidence, gather, strength
from etiquette.drafts.labels import ESSENTIAL, Label, MessageKind, Tone
from etiquette.drafts.tokens import WORDS, Sentence, Span, is_known, sentences

MOST_WORDS = 200
LONGEST = 20_000
MOST_MARKS = 4
WEIGHTS = WORDS / "weights.json"
LEARNT = (
    Label.THANKS,
    Label.LOOKS_FORWARD,
    Label.ASKS_OUTCOME,
    Label.DEMANDS,
    Label.ACKNOWLEDGES_BUSY,
    Label.INQUIRES_STATUS,
    Label.AT_CONVENIENCE,
    Label.ATTACHES_REFERENCES,
    Label.GROVELS,
    Label.NAMES_ROLE,
)
MANNERS = ("again", "boasts", "presumes")
PESKY = frozenset({Label.ASKS_OUTCOME, Label.DEMANDS, Label.GROVELS})
IMAGINABLE = -1.5  # the log-odds that a label needs if the whole draft sounds pesky but no label says why
NAMED, UNNAMED = -0.5, 2.0  # the log-odds that borderline needs, with and without a phrase from MANNERS
ENOUGH_ENGLISH = 0.25


def assess_draft(text: str, kind: MessageKind) -> DraftAssessment:
    """Assess a draft as a message of this kind.

    Raises:
        DraftError: The text is empty, too long, or not in English.
    """
    if not text.strip():
        raise DraftError("There’s nothing to check yet. Write a line or two first.")
    if len(text) > LONGEST:
        raise DraftError(
            f"That’s {len(text):,} characters long. A message needs a few hundred. Keep it below {LONGEST:,}."
        )
    parted = sentences(text)
    if not _is_english(parted):
        raise DraftError("This doesn’t look like English, and we can only check drafts in English.")
    evidence = gather(text, kind, parted)
    strengths = {name: strength(name, spans) for name, spans in evidence.items()}
    scores = {target: _score(target, strengths) for target in _weights()}
    open_to = [label for label in LEARNT if not _only_denied(label, evidence)]
    held = [label for label in open_to if scores[label] > 0]
    if scores[Tone.PESKY] > 0 and not PESKY.intersection(held):
        likeliest = max(PESKY.intersection(open_to), key=lambda label: scores[label])
        held += [likeliest] if scores[likeliest] > IMAGINABLE else []
    marks: dict[Label, list[Span]] = {label: _marks(label, text, parted, evidence) for label in held}
    if Label.ASKS_OUTCOME in marks and scores[Label.ASKS_OUTCOME] > scores[Label.INQUIRES_STATUS]:
        marks.pop(Label.INQUIRES_STATUS, None)
    if kind is MessageKind.REFERENCES_EMAIL and Label.ATTACHES_REFERENCES in marks:
        marks[Label.ATTACHES_REFERENCES] += evidence.get("contact details", [])
    if signed := evidence.get("names sender"):
        marks[Label.IDENTIFIES_SENDER] = signed
    if len(text.split()) > MOST_WORDS:
        marks[Label.OVERLONG] = [_beyond(text, MOST_WORDS)]
    return DraftAssessment(
        kind,
        text,
        frozenset(marks),
        tuple(Mark(label, span.start, span.end) for label, spans in marks.items() for span in spans),
        _tone(kind, frozenset(marks), scores, evidence),
    )


def _tone(kind: MessageKind, labels: frozenset[Label], scores: dict[str, float], evidence: Evidence) -> Tone:
    """Pesky if it asks for the outcome, puts on pressure or begs; persistent if it has what its kind must have.

    MANNERS, such as writing twice, have no label. A phrase of theirs makes borderline more likely, and none, less.
    """
    if labels & {Label.ASKS_OUTCOME, Label.DEMANDS} or (Label.GROVELS in labels and scores[Tone.PESKY] > 0):
        return Tone.PESKY
    if labels & {Label.GROVELS, Label.OVERLONG} or not labels.issuperset(ESSENTIAL[kind]):
        return Tone.BORDERLINE
    doubt = NAMED if any(f"has {manner}" in evidence for manner in MANNERS) else UNNAMED
    doubtful = scores[Tone.PESKY] > doubt or scores[Tone.BORDERLINE] > scores[Tone.PERSISTENT] + doubt
    return Tone.BORDERLINE if doubtful else Tone.PERSISTENT


@cache
def _weights() -> dict[str, tuple[float, dict[str, float]]]:
    learnt = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {target: (each["start"], each["weights"]) for target, each in learnt.items()}


def _score(target: str, strengths: dict[str, float]) -> float:
    """The log-odds that this label or tone applies."""
    start, weights = _weights()[target]
    return start + sum(weights[name] * each for name, each in strengths.items() if name in weights)


def _only_denied(label: Label, evidence: Evidence) -> bool:
    """Whether every phrase of a label follows 'I am not writing to ask' or the like."""
    return f"any not {label}" in evidence and f"any {label}" not in evidence


PHRASES = {Label.GROVELS: ("apologetic_desperate", "begs"), Label.NAMES_ROLE: ()}


def _marks(label: Label, text: str, parted: Sequence[Sentence], evidence: Evidence) -> list[Span]:
    """The words to mark: the phrases that count for the label or, if there are none, the weightiest sentence."""
    _, weights = _weights()[label]
    if label is Label.NAMES_ROLE and "names role" in evidence:
        return evidence["names role"]
    own = tuple(f"phrase {name}:" for name in PHRASES.get(label, (label.value,)))
    spoken: dict[Span, float] = {}
    weighed: dict[Span, float] = {}
    for name, spans in evidence.items():
        weight = weights.get(name, 0.0)
        for span in spans:
            if name.startswith(own):
                spoken[span] = spoken.get(span, 0.0) + weight
            elif name.startswith("word") and weight > 0:
                weighed[span] = weighed.get(span, 0.0) + weight
    favourable = {span: weight for span, weight in spoken.items() if weight >= 0} or spoken
    several = {span: weight for span, weight in favourable.items() if " " in text[span.start : span.end]} or favourable
    if several:
        chosen = sorted(several, key=lambda span: -several[span])[:MOST_MARKS]
        return _merged(span for span in spoken if any(_touch(span, each) for each in chosen))
    return [_heaviest(parted, weighed)]


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _heaviest(parted: Sequence[Sentence], weighed: dict[Span, float]) -> Span:
    """The sentence whose words have the most weight."""
    spans = [Span(sentence.words[0].start, sentence.words[-1].end) for sentence in parted]
    ends = [span.end for span in spans]
    weights = [0.0] * len(spans)
    for span, weight in weighed.items():
        weights[bisect_left(ends, span.end)] += weight
    return spans[max(range(len(spans)), key=lambda place: weights[place])]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, with overlapping ones merged."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _beyond(text: str, words: int) -> Span:
    """Everything after this number of words."""
    at = 0
    for _ in range(words):
        at = len(text) - len(text[at:].lstrip())
        at = next((n for n in range(at, len(text)) if text[n].isspace()), len(text))
    return Span(at, len(text))


def _is_english(parted: Sequence[Sentence]) -> bool:
    """Whether more than a quarter of its words are known. Capitalized words, which may be names, do not count."""
    words = [word for sentence in parted for word in sentence.words if word.text[0].isalpha()]
    small = [word for word in words if not word.text.istitle()] or words
    return sum(is_known(word) for word in small) > len(small) * ENOUGH_ENGLISH
