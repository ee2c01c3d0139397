"""Takes back what was done to a text, without what was typed since."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import takewhile
from typing import Self

MOST_CHANGES = 20


@dataclass(frozen=True, slots=True)
class TextChange:
    """A change that led to the text `after`: its characters from `start` to `end` were `words` before.

    `undone` tells the learner that it was taken back.
    """

    after: str
    start: int
    end: int
    words: str
    undone: str

    @classmethod
    def of(cls, before: str, after: str, undone: str) -> Self:
        """The change that made one text of the other."""
        start = _alike(before, after)
        same = _alike(before[start:][::-1], after[start:][::-1])  # at the end
        return cls(after, start, len(after) - same, before[start : len(before) - same], undone)

    def taken_back_from(self, text: str) -> str | None:
        """The text without this change; None if it is not in the text, or its words have changed since."""
        if self.start == self.end and self.words in text:
            return None
        if text.startswith(self.after[: self.end]):
            return text[: self.start] + self.words + text[self.end :]
        if text.endswith(self.after[self.start :]):
            moved = len(text) - len(self.after)
            return text[: self.start + moved] + self.words + text[self.end + moved :]
        return None


class Undo:
    """The last changes that can be taken back."""

    def __init__(self) -> None:
        self._changes: deque[TextChange] = deque(maxlen=MOST_CHANGES)

    def add(self, change: TextChange) -> None:
        """Remember this change."""
        self._changes.append(change)

    def last_in(self, text: str) -> TextChange | None:
        """The last change that can be taken back from this text."""
        return next((each for each in reversed(self._changes) if each.taken_back_from(text) is not None), None)

    def take_back(self, change: TextChange, text: str) -> str:
        """The text without this change, which is forgotten."""
        self._changes.remove(change)
        return change.taken_back_from(text) or ""


def _alike(one: str, other: str) -> int:
    """How many characters at the start of these texts are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
