"""The features from which sentences are scored: phrases, words, pairs of words, how a sentence begins and ends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from etiquette.drafts.phrases import Found, Phrasebook
from etiquette.drafts.tokens import WORDS, Sentence, Span, lines

DENIABLE = frozenset({"asks_outcome", "demands_or_pressures", "inquires_status"})
REACH, MOST_DENIALS = 7, 4  # how many words after a denial it still applies, and how many are looked at
TURNS = ("but", "however", "though", "yet", "just", "only")


class Family(StrEnum):
    """The kinds of feature."""

    PHRASES = "phrases"
    DENIED = "denied"
    WORD = "word"
    PAIR = "pair"
    BEGINS = "begins"
    QUESTION = "question"
    LENGTH = "length"


class Feature(NamedTuple):
    """A property of a sentence.

    `name` is the phrasebook whose phrases it has (or only denies having), the word or pair of words, each as itself or
    as the idea it expresses, the word it begins with, or its length in steps of four words.
    """

    family: Family
    name: str


QUESTION = Feature(Family.QUESTION, "?")
WORDS_PER_STEP, MOST_STEPS = 4, 8


@cache
def books() -> dict[str, Phrasebook]:
    """The phrasebooks in `library/words/phrases`, by name."""
    folder = WORDS / "phrases"
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".txt"))
    return {name.removesuffix(".txt"): Phrasebook(lines(f"phrases/{name}")) for name in names}


@cache
def _denials() -> Phrasebook:
    return Phrasebook(lines("denials.txt"))


def sentence_features(sentence: Sentence) -> frozenset[Feature]:
    """All features of a sentence."""
    found = set(_of_words(sentence))
    found.update(Feature(Family.BEGINS, name) for name in sentence.words[0].names)
    found.add(Feature(Family.LENGTH, str(min(len(sentence.words) // WORDS_PER_STEP, MOST_STEPS))))
    if sentence.asks:
        found.add(QUESTION)
    for name in books():
        said, denied = phrases(sentence, name)
        if said:
            found.add(Feature(Family.PHRASES, name))
        if denied:
            found.add(Feature(Family.DENIED, name))
    return frozenset(found)


def _of_words(sentence: Sentence) -> Iterator[Feature]:
    before: tuple[str, ...] = ()
    for word in sentence.words:
        names = tuple(word.names)
        for name in names:
            yield Feature(Family.WORD, name)
        for first in before:
            for second in names:
                yield Feature(Family.PAIR, f"{first} {second}")
        before = names


def phrases(sentence: Sentence, book: str) -> tuple[list[Span], list[Span]]:
    """The phrases of a book in a sentence: those it says, and those it only says that it doesn't mean.

    'I am not writing to ask' and the like deny what follows.
    """
    said: list[Span] = []
    denied: list[Span] = []
    denials = list(_denials().find(sentence)) if book in DENIABLE else []
    for each in books()[book].find(sentence):
        span = Span(sentence.words[each.first].start, sentence.words[each.last].end)
        (denied if _denied(sentence, each, denials) else said).append(span)
    return said, denied


def _denied(sentence: Sentence, each: Found, denials: list[Found]) -> bool:
    """Whether a denial applies to this match. `denials` are in order."""
    at = bisect_left(denials, each.first - REACH, key=lambda denial: denial.last)
    for denial in denials[at : at + MOST_DENIALS]:
        between = sentence.words[denial.last : each.first]
        if denial.first <= each.first and not any(word.plain in TURNS for word in between):
            return True
    return False
