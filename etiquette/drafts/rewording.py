"""Rewrites slips where they stand: words in capitals, rows of exclamation marks, and gaps that the draft can fill."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etiquette.drafts.assessment import Mark
from etiquette.drafts.context import Context
from etiquette.drafts.labels import Label
from etiquette.drafts.passages import greeted
from etiquette.drafts.tokens import Span, gathered

SLIPS = frozenset({Label.PLACEHOLDER, Label.CAPITALS, Label.EXCLAMATIONS})
JOB_GAPS = ("job", "role", "position", "post", "job title", "role title", "title")
SENDER_GAPS = ("name", "full name", "sender", "signature")
SENDERS_OWN = re.compile(r"\b(?:your|my)\b|signature|sender", re.IGNORECASE)
NO_PART_OF_IT = re.compile(r"[\[\]<>{}()_]|\b(?:insert|enter|add|your|my|the|here)\b ?| +$")
PROPER = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("january", "february", "april", "june", "july", "august", "september", "october", "november", "december"),
)
TITLED = re.compile(r"\b(?:mr|mrs|ms|dr|prof)\.? \w+", re.IGNORECASE)
WORD = re.compile(r"\w+(?:['’&]\w+)*")


def names_in(text: str, context: Context) -> frozenset[str]:
    """The words, in small letters, that keep their capital: names of people that a draft mentions, days and months."""
    titled = " ".join(match.group() for match in TITLED.finditer(text))
    return frozenset(word.lower() for word in WORD.findall(f"{context.sender} {greeted(text)} {titled}")).union(PROPER)


def reworded(text: str, slips: Sequence[Mark], context: Context, names: frozenset[str]) -> tuple[Span, str] | None:
    """The characters from the first slip to the last of one sentence, and the words to put there; None if unchanged."""
    pieces: list[str] = []
    start = at = -1
    for slip in sorted(slips, key=lambda mark: (mark.start, mark.end)):
        if (words := _instead(text, slip, context, names)) is not None and slip.start >= at:
            start = slip.start if start < 0 else start
            pieces += [text[at : slip.start] if at >= 0 else "", words]
            at = slip.end
    words = "".join(pieces)
    return (Span(start, at), words) if words != text[max(start, 0) : max(at, 0)] else None


def _instead(text: str, slip: Mark, context: Context, names: frozenset[str]) -> str | None:
    words = text[slip.start : slip.end]
    match slip.label:
        case Label.PLACEHOLDER:
            gap = NO_PART_OF_IT.sub("", words.lower())
            is_sender = gap.strip() in SENDER_GAPS and SENDERS_OWN.search(words)
            return (context.job if gap.strip() in JOB_GAPS else context.sender if is_sender else "") or None
        case Label.CAPITALS:
            small = WORD.sub(lambda match: _small(match.group(), names), words)
            before = text[: slip.start].rstrip(" \t\n\"'“‘(")
            gap = text[len(before) : slip.start]
            opens = not before or before[-1] in ".!?…" or "\n\n" in gap or ("\n" in gap and before[-1] in ",:")
            return small[0].upper() + small[1:] if opens else small
    return "?" if re.search("[?⁉？]", words) else "!"


def _small(word: str, names: frozenset[str]) -> str:
    """A word in small letters. Names, acronyms and 'I' keep their capitals."""
    low = word.lower()
    if low.removesuffix("'s").removesuffix("’s") in names or low == "i" or low.startswith(("i'", "i’")):
        return low.capitalize()
    is_acronym = low in gathered("english.txt")["ACRONYMS"] or not re.search("[aeiouy]", low)
    return word if is_acronym else low
