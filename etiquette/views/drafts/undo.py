"""Takes back what was done to a text, without what was typed since."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import takewhile

MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class TextChange:
    """What made `after` of a text that was `before`. `undone` tells the learner that it was taken back."""

    before: str
    after: str
    undone: str

    def taken_back_from(self, text: str) -> str | None:
        """The text without this step; None if the words that it changed have changed since."""
        start = _alike(self.before, self.after)
        old, new = self.before[start:], self.after[start:]
        same = _alike(old[::-1], new[::-1])  # at the end
        end, words = len(self.after) - same, old[: len(old) - same]
        if text.startswith(self.after[:end]):
            return text[:start] + words + text[end:]
        if text.endswith(self.after[start:]):
            moved = len(text) - len(self.after)
            return text[: start + moved] + words + text[end + moved :]
        return None


class Undo:
    """The last steps that can be taken back."""

    def __init__(self) -> None:
        self._steps: deque[TextChange] = deque(maxlen=MOST_STEPS)

    def __bool__(self) -> bool:
        return bool(self._steps)

    def add(self, step: TextChange) -> None:
        """Remember this step."""
        self._steps.append(step)

    def follow(self, text: str) -> None:
        """Forget the steps that can no longer be taken back from this text."""
        while self._steps and self._steps[-1].taken_back_from(text) is None:
            self._steps.pop()

    def take_back(self, text: str) -> tuple[str, str]:
        """The text without the last step, and what to tell the learner. Call it only while there is a step."""
        step = self._steps.pop()
        return step.taken_back_from(text) or "", step.undone


def _alike(one: str, other: str) -> int:
    """How many characters at the start of these texts are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
