"""The features of a draft from which its labels are scored: phrases, words and a few patterns, with their spans."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from etiquette.drafts.phrases import Found, Phrasebook
from etiquette.drafts.role import role
from etiquette.drafts.sender import sender
from etiquette.drafts.tokens import WORDS, Sentence, Span, lines

Evidence = Mapping[str, list[Span]]
"""The spans of each feature by name. A feature without spans is about the whole draft."""

DENIABLE = frozenset({"asks_outcome", "demands_or_pressures", "inquires_status"})
PHONE = re.compile(r"\d{3,5}[ -]\d{3,6}")
MANY = 4
LONGEST_NAME = 64  # of an email address, on either side of the @
REACH = 7  # how many words after a denial it still applies
HAS = 1.5  # the value of having any phrase of a label, where a particular phrase has 1
TURNS = ("but", "however", "though", "yet", "just", "only")


@cache
def books() -> dict[str, Phrasebook]:
    """The phrasebooks in `library/words/phrases`, by name: one for each learned label, and some without a label."""
    folder = WORDS / "phrases"
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".txt"))
    return {name.removesuffix(".txt"): Phrasebook(lines(f"phrases/{name}")) for name in names}


@cache
def _denials() -> Phrasebook:
    return Phrasebook(lines("denials.txt"))


def gather(text: str, kind: str, parted: Sequence[Sentence]) -> Evidence:
    """All features of a draft. `kind` is the value of a `MessageKind`, and `parted` the sentences of the draft."""
    found: dict[str, list[Span]] = defaultdict(list)
    found[f"kind {kind}"] = []
    for sentence in parted:
        denials = list(_denials().find(sentence))
        for label, book in books().items():
            for each in book.find(sentence):
                name = f"not {label}" if label in DENIABLE and _denied(sentence, each, denials) else label
                span = Span(sentence.words[each.first].start, sentence.words[each.last].end)
                found[f"phrase {name}: {each.phrase.line}"].append(span)
                found[f"any {name}"].append(span)
                found[f"has {name}"].append(span)
        for name, span in _words(sentence):
            found[name].append(span)
        if sentence.asks:
            found["?"].append(Span(sentence.words[-1].start, sentence.words[-1].end))
    for name, named in (("sender", sender(text)), ("role", role(text, parted))):
        if named:
            found[f"names {name}"].append(named)
            found[f"names {name} {kind}"].append(named)
    for span in contact_details(text):
        found["contact details"].append(span)
    return found


def strength(name: str, spans: list[Span]) -> float:
    """The value of a feature: 1, except for counts and for the presence of any phrase of a label.

    Presence counts more than the particular phrase, so that phrases not seen in training count as well.
    """
    if name.startswith(("any ", "contact")):
        return min(len(spans), MANY) / 2
    return HAS if name.startswith("has ") else 1.0


def _words(sentence: Sentence) -> Iterator[tuple[str, Span]]:
    """Each word and each pair of adjacent words, as themselves and as the ideas they express."""
    before: tuple[str, ...] = ()
    start = 0
    for word in sentence.words:
        names = tuple(word.names)
        for name in names:
            yield f"word {name}", Span(word.start, word.end)
        for first in before:
            for second in names:
                yield f"words {first} {second}", Span(start, word.end)
        before, start = names, word.start


def _denied(sentence: Sentence, each: Found, denials: list[Found]) -> bool:
    """Whether 'I am not writing to ask' or the like applies to this match. `denials` are in order."""
    at = bisect_left(denials, each.first - REACH, key=lambda denial: denial.last)
    for denial in denials[at : at + MANY]:
        between = sentence.words[denial.last : each.first]
        if denial.first <= each.first and not any(word.plain in TURNS for word in between):
            return True
    return False


def contact_details(text: str) -> list[Span]:
    """The spans of email addresses and phone numbers."""
    found = [Span(match.start(), match.end()) for match in PHONE.finditer(text)]
    at = text.find("@")
    while at >= 0:
        if (address := _address(text, at)).end - address.start > 1:
            found.append(address)
        at = text.find("@", at + 1)
    return found


def _address(text: str, at: int) -> Span:
    """The whole email address around this @."""
    start, end = at, at + 1
    while start and at - start < LONGEST_NAME and _of_an_address(text[start - 1]):
        start -= 1
    while end < len(text) and end - at < LONGEST_NAME and _of_an_address(text[end]):
        end += 1
    return Span(start, end - 1 if text[end - 1] == "." else end)


def _of_an_address(char: str) -> bool:
    return char.isalnum() or char in "._-+"
