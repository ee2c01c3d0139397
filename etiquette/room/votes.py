"""Votes, how they are counted, and how a room moved between two of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from etiquette.practice import Sureness


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person chose on one ballot.

    `person` is their number in the room. `turn` counts the decisions of a story that each person plays alone, from 0;
    it is 0 everywhere else.
    """

    ballot: int
    person: int
    option: int
    at: datetime
    sureness: Sureness | None = None
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """The number of votes for each option."""

    counts: tuple[int, ...]

    @classmethod
    def of(cls, choices: Iterable[int], options: int) -> Tally:
        """The tally of these choices; `options` is the number of options."""
        counted = Counter(choices)
        return cls(tuple(counted[option] for option in range(options)))

    @property
    def total(self) -> int:
        """The number of votes."""
        return sum(self.counts)

    @property
    def leaders(self) -> tuple[int, ...]:
        """The options with the most votes: several if there is a tie, all of them if nobody voted."""
        most = max(self.counts, default=0)
        return tuple(option for option, count in enumerate(self.counts) if count == most)

    @property
    def majority(self) -> int | None:
        """The option that more than half of the votes chose, if there is one."""
        return next((option for option, count in enumerate(self.counts) if 2 * count > self.total), None)

    def percent(self, option: int) -> int:
        """The share of an option, as a whole number of percent; 0 if nobody voted."""
        return round(100 * self.counts[option] / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Movement:
    """How people who voted twice moved: `counts[a][b]` of them went from option a to option b."""

    counts: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, moves: Iterable[tuple[int, int]], options: int) -> Movement:
        """The movement of these (first choice, second choice) pairs; `options` is the number of options."""
        counted = Counter(moves)
        return cls(tuple(tuple(counted[first, second] for second in range(options)) for first in range(options)))

    @property
    def total(self) -> int:
        """The number of people who voted twice."""
        return sum(map(sum, self.counts))

    @property
    def changed(self) -> int:
        """The number of people who changed their choice."""
        return self.total - sum(row[option] for option, row in enumerate(self.counts))

    def gained(self, best: int) -> int:
        """The number of people who moved to the best option."""
        return sum(row[best] for option, row in enumerate(self.counts) if option != best)

    def lost(self, best: int) -> int:
        """The number of people who left the best option."""
        return sum(self.counts[best]) - self.counts[best][best]

    def kept(self, best: int) -> int:
        """The number of people who chose the best option both times."""
        return self.counts[best][best]


def count_votes(
    votes: Iterable[Vote], ballots: Sequence[int], options: int
) -> tuple[tuple[Tally, ...], Movement | None]:
    """The tally of each of these ballots and, if there are two, how the people who voted on both moved."""
    chosen: dict[int, dict[int, int]] = {ballot: {} for ballot in ballots}
    for vote in votes:
        if vote.ballot in chosen:
            chosen[vote.ballot][vote.person] = vote.option
    tallies = tuple(Tally.of(each.values(), options) for each in chosen.values())
    if len(ballots) != 2:
        return tallies, None
    first, second = chosen.values()
    return tallies, Movement.of(((first[person], second[person]) for person in first.keys() & second.keys()), options)
