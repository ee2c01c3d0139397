"""What a learning platform is told of a learner's progress."""

from __future__ import annotations

from dataclasses import dataclass

from etiquette.practice.progress import Progress
from etiquette.practice.records import PASS_MARK, Mode


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best grade of all graded quizzes, from 0 to 100; None before the first of them is finished.

    More progress never lowers it. Deleted progress does: a platform then keeps the better outcome that it was told.
    """

    grade: int | None = None

    @classmethod
    def of(cls, progress: Progress) -> Outcome:
        """The outcome so far."""
        grades = (quiz.grade for quiz in progress.sittings if quiz.mode == Mode.GRADED)
        return cls(max(grades, default=None))

    @property
    def complete(self) -> bool:
        """Whether a graded quiz has been taken to its end."""
        return self.grade is not None

    @property
    def passed(self) -> bool | None:
        """Whether that grade earns a certificate; None before there is one."""
        return None if self.grade is None else self.grade >= PASS_MARK
