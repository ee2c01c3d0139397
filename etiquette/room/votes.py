"""Votes, how they are counted, and how a room moved between two of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from etiquette.practice import Sureness


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person chose on one ballot.

    `person` is their number in the room. `turn` counts the decisions of a story that each plays alone; else it is 0.
    """

    ballot: int
    person: int
    option: int
    at: datetime
    sureness: Sureness | None = None
    turn: int = 0

    @property
    def key(self) -> tuple[int, int, int]:
        """What there is one vote for, however often it is cast."""
        return self.ballot, self.person, self.turn


def prevails(vote: Vote, over: Vote) -> bool:
    """Whether this vote counts in place of another of the same key: the later does, in whatever order they arrive."""
    return _precedence(vote) >= _precedence(over)


def _precedence(vote: Vote) -> tuple[datetime, int, int]:
    return vote.at, vote.option, 0 if vote.sureness is None else vote.sureness.value


def counted(votes: Iterable[Vote]) -> list[Vote]:
    """The votes that count, one for each key, in the order in which they were cast."""
    kept: dict[tuple[int, int, int], Vote] = {}
    for vote in votes:
        held = kept.get(vote.key)
        if held is None or prevails(vote, held):
            kept[vote.key] = vote
    return sorted(kept.values(), key=lambda vote: (vote.at, vote.key))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many chose each option."""

    counts: tuple[int, ...]

    @classmethod
    def of(cls, chosen: Iterable[int], options: int) -> Tally:
        """The tally of these choices among so many options."""
        found = Counter(chosen)
        return cls(tuple(found[number] for number in range(options)))

    @property
    def total(self) -> int:
        """How many voted."""
        return sum(self.counts)

    @property
    def leaders(self) -> tuple[int, ...]:
        """The options with the most votes: one, several if it is a tie, all of them if nobody voted."""
        most = max(self.counts, default=0)
        return tuple(number for number, count in enumerate(self.counts) if count == most)

    @property
    def majority(self) -> int | None:
        """The option that more than half of them chose, if there is one."""
        return next((number for number, count in enumerate(self.counts) if 2 * count > self.total), None)

    def percent(self, number: int) -> int:
        """The share of an option; 0 if nobody voted."""
        return round(100 * self.counts[number] / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Movement:
    """How those moved who voted twice: `counts[a][b]` of them went from option a to option b."""

    counts: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, moves: Iterable[tuple[int, int]], options: int) -> Movement:
        """The movement that these pairs of choices make up."""
        found = Counter(moves)
        return cls(tuple(tuple(found[one, other] for other in range(options)) for one in range(options)))

    @property
    def total(self) -> int:
        """How many voted twice."""
        return sum(map(sum, self.counts))

    @property
    def changed(self) -> int:
        """How many chose something else the second time."""
        return self.total - sum(row[number] for number, row in enumerate(self.counts))

    def found(self, best: int) -> int:
        """How many came to the best option."""
        return sum(row[best] for number, row in enumerate(self.counts) if number != best)

    def lost(self, best: int) -> int:
        """How many left the best option."""
        return sum(self.counts[best]) - self.counts[best][best]

    def kept(self, best: int) -> int:
        """How many chose the best option both times."""
        return self.counts[best][best]
