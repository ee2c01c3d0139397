"""Tells English from other languages, from a few common words of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from etiquette.drafts.tokens import Sentence, Token, gathered, is_known

ENOUGH = 0.4
FOREIGN = 1.5
ENDINGS = ("s", "'s", "d", "ed", "ing", "in", "ly")
SHORTEST_STEM = 4


def is_english(sentences: Sequence[Sentence]) -> bool:
    """Whether a draft is in English.

    More than two in five of its words must be English, and three for every two that are common in another language.
    Capitalized words, which may be names, do not count as unknown.
    """
    words = [word for sentence in sentences for word in sentence.words if word.text[0].isalpha()]
    foreign = sum(_is_foreign(word) for word in words)
    known = sum(is_english_word(word) for word in words)
    unknown = sum(not word.text.istitle() and not is_english_word(word) for word in words)
    return known > (known + unknown) * ENOUGH and known > foreign * FOREIGN


def is_english_word(word: Token) -> bool:
    """Whether a word is common in English or in drafts, in any form or spelling."""
    low = word.text.lower().replace("’", "'")
    if is_known(word) or low in _english() or (low + "g" in _english() and low not in _foreign()):
        return True
    return any(stem in _english() for ending in ENDINGS if len(stem := low.removesuffix(ending)) >= SHORTEST_STEM)


def _is_foreign(word: Token) -> bool:
    low = word.text.lower().replace("’", "'")
    return low in _foreign() and low not in _english()


@cache
def _english() -> frozenset[str]:
    jobs = gathered("jobs.txt")
    ordinary = gathered("common.txt")["ORDINARY"], gathered("names.txt")["EVERYDAY"]
    return gathered("english.txt")["WORDS"].union(jobs["TRADES"], jobs["NO_TRADES"], *ordinary)


@cache
def _foreign() -> frozenset[str]:
    return frozenset().union(*gathered("foreign.txt").values())
