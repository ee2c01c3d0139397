"""The last look at a draft before it is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from etiquette.drafts.assessment import DraftAssessment
from etiquette.drafts.contact import phone_numbers
from etiquette.drafts.labels import Label, MessageKind
from etiquette.drafts.letter import without
from etiquette.drafts.passages import GREETING, greeted

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
QUOTED = re.compile(r"^>|\bwrote:|^-{2,} ?original message|^from:", re.IGNORECASE | re.MULTILINE)
ATTACHED = re.compile(r"\battach(?:ed|ment|ments|ing)\b(?! to)|\benclos(?:ed|ing)\b", re.IGNORECASE)
DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"
SPOKEN_NUMBER = re.compile(rf"(?:\b{DIGIT}\b[\s,]*){{5}}", re.IGNORECASE)
SHORTEST_NAME, SAME_NAME = 4, 0.8
LISTED = 60  # the most characters of words in capitals that are worth listing


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at before sending. `words` say what was found, or that all is well."""

    passed: bool
    words: str


def last_check(assessment: DraftAssessment) -> tuple[Check, ...]:
    """What to look at before this draft is sent or spoken."""
    text = without(assessment.text, assessment.set_aside)
    checks = [_gaps(assessment), _loudness(assessment)]
    if assessment.kind is MessageKind.VOICEMAIL:
        given = bool(phone_numbers(text) or SPOKEN_NUMBER.search(text))
        checks.append(Check(given, "You give your phone number." if given else "Add your phone number. Say it slowly."))
    else:
        checks += _greeting(text)
        if ATTACHED.search(text):
            checks.append(Check(False, "You mention an attachment. Have you attached it?"))
        if any(QUOTED.search(assessment.text[span.start : span.end]) for span in assessment.set_aside):
            checks.append(Check(False, "Your message quotes an earlier one. Delete that if they don’t need it."))
    return tuple(checks)


def _gaps(assessment: DraftAssessment) -> Check:
    gaps = _marked(assessment, Label.PLACEHOLDER)
    if not gaps:
        return Check(True, "There are no gaps left to fill in.")
    number = NUMBERS[len(gaps)] if len(gaps) < len(NUMBERS) else str(len(gaps))
    return Check(False, f"{number} gap{'s' * (len(gaps) > 1)} still to fill in: {', '.join(gaps)}.")


def _loudness(assessment: DraftAssessment) -> Check:
    capitals, rows = ", ".join(_marked(assessment, Label.CAPITALS)), _marked(assessment, Label.EXCLAMATIONS)
    shouted = f"Some words are in capitals: {capitals}." if len(capitals) <= LISTED else "Some lines are in capitals."
    found = [
        *([shouted] if capitals else []),
        *(["There’s a row of exclamation marks. One is enough."] if rows else []),
    ]
    return Check(not found, " ".join(found) or "Nothing is in capitals, and there are no rows of exclamation marks.")


def _marked(assessment: DraftAssessment, label: Label) -> list[str]:
    """The words marked with a label, each once."""
    marks = sorted((mark for mark in assessment.marks if mark.label is label), key=lambda mark: mark.start)
    return list(dict.fromkeys(assessment.text[mark.start : mark.end].strip() for mark in marks))


def _greeting(text: str) -> list[Check]:
    """Whether an email greets somebody by a name, and spells it in the same way elsewhere."""
    name, opening = greeted(text), text.lstrip()
    if not name:
        greets = GREETING.match(opening)
        if not greets:
            return [Check(False, "There’s no greeting. Begin with their name.")]
        unsure = re.match(r",? *\[|, *\w", opening[greets.end() :])  # a gap to fill in, or 'Hello, Jo'
        return [] if unsure else [Check(False, "You don’t greet them by name. If you know it, use it.")]
    for word in re.findall(r"[^\W\d_]+", text):
        for known in name.split():
            alike = SequenceMatcher(None, word, known).ratio() >= SAME_NAME and len(known) >= SHORTEST_NAME
            if alike and word != known and word[0].isupper() and word.lower() != known.lower():
                return [Check(False, f"You write both “{known}” and “{word}”. Which one is right?")]
    return [Check(True, f"You greet {name} by name.")]
