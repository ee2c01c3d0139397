"""The visitors of the pages: how many there may be at once, and when each of them has left.

This only keeps the books. The clock is an argument (seconds, as from `time.monotonic`), and the caller ends the
sessions. A visitor is known by the id of their page; nothing else is known of them but the address they come from.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Why(StrEnum):
    """Why a visitor left."""

    CLOSED = "closed"
    LOST = "lost"
    IDLE = "idle"


class FullError(Exception):
    """There is no place for another visitor: at all, or from this address."""


@dataclass(frozen=True)
class Patience:
    """How long a place is kept, in seconds."""

    unopened: float = 60.0  # that a page which was fetched may take to open its websocket
    lost: float = 75.0  # for a page whose websocket closed without a goodbye; its silence is noticed within 20 s
    idle: float = 30 * 60.0  # for a page that sends no message


class Socket(Protocol):
    """An open websocket."""

    def send(self, raw: bytes) -> None:
        """Send this; nothing happens if the other end has gone."""

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close it, and say why."""


@dataclass
class Visitor:
    """One page. All times are those of the clock that was passed in."""

    id: str
    number: int
    address: str
    arrived: float
    heard: float  # the last message from the page, or the last time that it connected
    alone_since: float  # no websocket since then, while there is none
    sockets: set[Socket] = field(default_factory=set)

    def overdue(self, now: float, patience: Patience) -> Why | None:
        """Why their place need not be kept any longer, if so."""
        if not self.sockets and now - self.alone_since >= patience.lost:
            return Why.LOST
        return Why.IDLE if now - self.heard >= patience.idle else None


class Visitors:
    """The places and who has them. `per_address` is how many visitors may come from one address."""

    def __init__(self, capacity: int, per_address: int, patience: Patience) -> None:
        self.capacity, self.per_address, self.patience = capacity, per_address, patience
        self._arrived = 0
        self._here: dict[str, Visitor] = {}
        self._addresses: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._here)

    @property
    def full(self) -> bool:
        """Whether all places are taken."""
        return len(self._here) >= self.capacity

    def crowded(self, address: str) -> bool:
        """Whether as many have come from this address as may. An empty address is that of nobody in particular."""
        return bool(address) and self._addresses[address] >= self.per_address

    def get(self, page_id: str) -> Visitor | None:
        """The visitor with this page, if they are here."""
        return self._here.get(page_id)

    def arrive(self, page_id: str, address: str, now: float) -> Visitor:
        """Give a place to somebody whose page has opened its websocket.

        Raises:
            FullError: all places are taken, or all that one address may have.
        """
        if self.full or self.crowded(address):
            raise FullError
        self._arrived += 1
        self._addresses[address] += 1
        visitor = Visitor(page_id, self._arrived, address, now, now, now)
        self._here[page_id] = visitor
        return visitor

    def connect(self, visitor: Visitor, socket: Socket, now: float) -> None:
        """A websocket has opened."""
        visitor.sockets.add(socket)
        visitor.heard = now

    def disconnect(self, visitor: Visitor, socket: Socket, now: float) -> None:
        """A websocket has closed. Harmless the second time."""
        if socket in visitor.sockets:
            visitor.sockets.discard(socket)
            visitor.alone_since = now

    def leave(self, page_id: str) -> Visitor | None:
        """Free the place of the visitor with this page, and return them; None if they are not here."""
        visitor = self._here.pop(page_id, None)
        if visitor:
            self._addresses[visitor.address] -= 1
            if not self._addresses[visitor.address]:
                del self._addresses[visitor.address]
        return visitor

    def overdue(self, now: float) -> list[tuple[str, Why]]:
        """The pages whose places need not be kept any longer, and why."""
        return [
            (page_id, why)
            for page_id, visitor in self._here.items()
            if (why := visitor.overdue(now, self.patience)) is not None
        ]
