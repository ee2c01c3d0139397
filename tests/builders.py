"""Builders that arrange a test in one line."""

from __future__ import annotations

from datetime import datetime, timedelta

from etiquette.judge import AT_THE_INTERVIEW, Contact, Kind, Situation, Word

TUESDAY = datetime(2026, 3, 3, 10, 0)
FRIDAY = datetime(2026, 3, 6, 16, 0)


def hours(number: float) -> timedelta:
    """A time since the interview, in hours."""
    return timedelta(hours=number)


def days(number: float) -> timedelta:
    """A time since the interview, in days."""
    return timedelta(days=number)


def sent(kind: Kind, at: float, *, answered: bool = False) -> Contact:
    """A contact made `at` hours after the interview."""
    return Contact(kind, hours(at), answered)


def a_situation(
    now: float,
    *contacts: Contact,
    words: tuple[Word, ...] = (),
    promised: float | None = None,
    references: float | None = None,
    interview: datetime | None = TUESDAY,
    brought: bool = False,
    ready: float | tuple[float, ...] = 0,
) -> Situation:
    """A situation `now` hours after the interview. The other numbers are hours too; `references` is the request."""
    given = []
    if promised is not None:
        given.append(Word(promises=hours(promised)))
    if references is not None:
        given.append(Word(hours(references), requests_references=True))
    return Situation(
        now=hours(now),
        words=tuple(sorted((*given, *words), key=lambda word: word.at)),
        contacts=contacts,
        interview=interview,
        references_brought=brought,
        references_ready=tuple(map(hours, ready if isinstance(ready, tuple) else (ready,))),
    )


__all__ = ["AT_THE_INTERVIEW", "FRIDAY", "TUESDAY", "a_situation", "days", "hours", "sent"]
