"""A reader of options alone: learns which words earn credit, and picks an option without knowing the situation.

If it does well, options give their answers away, and nobody has to read. It is naive Bayes over words and pairs of
words, whether an option with them is the best of its question or not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

WORD = re.compile(r"[\w’]+")


@dataclass(frozen=True, slots=True)
class OptionReader:
    """For each word or pair of words, the evidence that an option with it is the best, as a log ratio."""

    evidence: dict[str, float]

    @classmethod
    def learn(cls, options: Iterable[tuple[str, bool]]) -> OptionReader:
        """Learn from options in words, each with whether it is the best of its question."""
        best, rest = Counter[str](), Counter[str]()
        number = {True: 0, False: 0}
        for says, is_best in options:
            number[is_best] += 1
            (best if is_best else rest).update(features(says))
        prior = log((number[True] + 1) / (number[False] + 1))
        return cls({each: log((best[each] + 1) / (rest[each] + 1)) - prior for each in best.keys() | rest.keys()})

    def pick(self, options: Sequence[str]) -> int:
        """The index of the option that looks best."""
        return max(range(len(options)), key=lambda number: self._looks(options[number]))

    def _looks(self, says: str) -> float:
        return sum(self.evidence.get(feature, 0.0) for feature in features(says))


def features(says: str) -> set[str]:
    """The words of an option, and the pairs of words next to each other."""
    words = WORD.findall(says.lower())
    return {*words, *(f"{one} {two}" for one, two in pairwise(words))}
