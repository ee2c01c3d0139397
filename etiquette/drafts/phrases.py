"""Matches phrases in sentences: their words in order, with bounded gaps and without backtracking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from etiquette.drafts.tokens import Sentence, Token, plain

ROOM = {".": 2, "..": 5, "...": 9}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern of words: alternatives for the first word and, with the longest gap before it, for each of the rest.

    A phrase that `cancels` discards the matches it overlaps.
    """

    first: frozenset[str]
    rest: tuple[tuple[frozenset[str], int], ...]
    cancels: bool

    @classmethod
    def of(cls, line: str) -> Phrase:
        """Parse a line of a phrasebook."""
        words: list[tuple[frozenset[str], int]] = []
        room = 0
        for part in line.removeprefix("- ").split():
            if part in ROOM:
                room = ROOM[part]
            else:
                words.append((frozenset(plain(each) for each in part.split("|")), room))
                room = 0
        return cls(words[0][0], tuple(words[1:]), line.startswith("- "))

    def follow(self, words: Sequence[Token], place: int) -> int | None:
        """The index of the last word if the phrase starts with the word at `place`; None if it does not match."""
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
    """A match of a phrase: the indexes of its first and last word in the sentence."""

    phrase: Phrase
    first: int
    last: int


class Phrasebook:
    """A set of phrases, indexed by their first words."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.by_first: dict[str, list[Phrase]] = {}
        for line in lines:
            phrase = Phrase.of(line)
            for name in phrase.first:
                self.by_first.setdefault(name, []).append(phrase)

    def find(self, sentence: Sentence) -> Iterator[Found]:
        """All matches in a sentence that no cancelling phrase overlaps."""
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
