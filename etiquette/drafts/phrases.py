"""Finds phrases in sentences: each word of a phrase in turn, with bounded room between them and no going back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from etiquette.drafts.tokens import Sentence, Token, plain

ROOM = {".": 2, "..": 5, "...": 9}


@dataclass(frozen=True, slots=True)
class Phrase:
    """What its first word may be, and each of the rest with how many may stand before it.

    One that `cancels` takes back what it overlaps.
    """

    line: str
    first: frozenset[str]
    rest: tuple[tuple[frozenset[str], int], ...]
    cancels: bool

    @classmethod
    def of(cls, line: str) -> Phrase:
        """The phrase that a line of a phrasebook means."""
        words: list[tuple[frozenset[str], int]] = []
        room = 0
        for part in line.removeprefix("- ").split():
            if part in ROOM:
                room = ROOM[part]
            else:
                words.append((frozenset(plain(each) for each in part.split("|")), room))
                room = 0
        return cls(line, words[0][0], tuple(words[1:]), line.startswith("- "))

    def follow(self, words: Sequence[Token], place: int) -> int | None:
        """Where the phrase ends if it begins at this place; None where it does not go on."""
        end = len(words)
        for allowed, room in self.rest:
            reach = min(place + 2 + room, end)
            place += 1
            while place < reach and allowed.isdisjoint(words[place].names):
                place += 1
            if place == reach:
                return None
        return place


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a sentence: the places of its first and last word there."""

    phrase: Phrase
    first: int
    last: int


class Phrasebook:
    """Phrases by the words that they can begin with."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.by_first: dict[str, list[Phrase]] = {}
        for line in lines:
            phrase = Phrase.of(line)
            for name in phrase.first:
                self.by_first.setdefault(name, []).append(phrase)

    def find(self, sentence: Sentence) -> Iterator[Found]:
        """Every phrase in a sentence that no other takes back."""
        found: list[Found] = []
        taken_back = bytearray(len(sentence.words))
        for place, word in enumerate(sentence.words):
            for name in word.names:
                for phrase in self.by_first.get(name, ()):
                    last = phrase.follow(sentence.words, place)
                    if last is None:
                        continue
                    if phrase.cancels:
                        taken_back[place : last + 1] = b"\1" * (last + 1 - place)
                    else:
                        found.append(Found(phrase, place, last))
        return (each for each in found if not any(taken_back[each.first : each.last + 1]))
