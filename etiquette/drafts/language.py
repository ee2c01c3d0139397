"""Tells English from other languages, from a few common words of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from etiquette.drafts.tokens import Sentence, Token, gathered, is_known

ENOUGH = 0.25


def is_english(sentences: Sequence[Sentence]) -> bool:
    """Whether a draft is in English.

    More than a quarter of its words must be known, and more must be English than are common in another language and
    unknown in English. Capitalized words, which may be names, do not count as unknown.
    """
    words = [word for sentence in sentences for word in sentence.words if word.text[0].isalpha()]
    small = [word for word in words if not word.text.istitle()] or words
    known = sum(is_english_word(word) for word in small)
    foreign = sum(_is_foreign(word) for word in words)
    return known > len(small) * ENOUGH and known > foreign


def is_english_word(word: Token) -> bool:
    """Whether a word is common in English or in drafts, in any spelling."""
    low = word.text.lower().replace("’", "'")
    return low in gathered("english.txt")["WORDS"] or is_known(word)


def _is_foreign(word: Token) -> bool:
    low = word.text.lower().replace("’", "'")
    return low in _foreign() and low not in gathered("english.txt")["WORDS"]


@cache
def _foreign() -> frozenset[str]:
    return frozenset().union(*gathered("foreign.txt").values())
