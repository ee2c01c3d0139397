"""Limits on guessing a room's code, which let somebody in who has the right one, however many others at the same
address have not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from etiquette.room.access import AttemptLimit

CONNECTION_LIMIT = AttemptLimit(max_attempts=10)
ADDRESS_LIMIT = AttemptLimit(max_attempts=300)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a code was typed: a network address, which a whole school may share, and one page open there.

    Both are pseudonyms, compared and never read. An empty `address` is unknown, and has no limit of its own.
    """

    address: str = ""
    connection: str = ""


@dataclass(frozen=True, slots=True)
class GuessLimits:
    """How many wrong codes one page, and all pages at one address, may try before they wait.

    A page that has tried too many waits, whatever it types. While its address has tried too many, so does every page
    there that has tried a wrong one; a page that has not is always answered, so that nobody is shut out by others.

    There are 20⁶ = 64 million codes. At 10 a minute, one page needs 12 years for all of them; at 300 a minute, the
    pages of one address need 148 days, and 74 on average to find one room. A page opened afresh for each further code
    gets one answer. A room is deleted after 7 days, and somebody who finds one can join it as a learner, no more.
    """

    connection: AttemptLimit = CONNECTION_LIMIT
    address: AttemptLimit = ADDRESS_LIMIT

    def check(self, by_connection: Sequence[datetime], by_address: Sequence[datetime], now: datetime) -> None:
        """Raises `RoomError` if this page has to wait, given when it and its address tried wrong codes; the message
        says for how many seconds.
        """
        self.connection.check(by_connection, now)
        if any(at > now - self.address.window for at in by_connection):
            self.address.check(by_address, now)
