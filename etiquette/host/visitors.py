"""The visitors of the pages: how many there may be at a time, and when each of them counts as gone.

This only keeps records: the caller passes the time (in seconds, as from `time.monotonic`) and ends the sessions. A
visitor is identified by the id of their page; the only other thing known about them is their address.
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
    """There is no room for another visitor: at all, or from this address."""


@dataclass(frozen=True)
class Patience:
    """How long a visitor's place is kept, in seconds."""

    unopened: float = 60.0  # for a page that was fetched to open its websocket
    lost: float = 75.0  # after a websocket closed without a goodbye; a silent page is detected within 20 s
    idle: float = 30 * 60.0  # for a page that sends no message


class Socket(Protocol):
    """An open websocket."""

    def send(self, raw: bytes) -> None:
        """Send this. Does nothing if the other end has gone."""

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close the websocket with this code and reason."""


@dataclass
class Visitor:
    """One open page. All times are from the caller's clock."""

    id: str
    number: int
    address: str
    arrived: float
    heard: float  # the last message from the page, or the last time that it connected
    alone_since: float  # the time since which there has been no websocket, while there is none
    sockets: set[Socket] = field(default_factory=set)

    def overdue(self, now: float, patience: Patience) -> Why | None:
        """Why their place should be freed; None if it should be kept."""
        if not self.sockets and now - self.alone_since >= patience.lost:
            return Why.LOST
        return Why.IDLE if now - self.heard >= patience.idle else None


class Visitors:
    """All visitors. `capacity` limits how many there may be, `per_address` how many from one address."""

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
        """Whether this address has reached its limit. An empty address has none."""
        return bool(address) and self._addresses[address] >= self.per_address

    def get(self, page_id: str) -> Visitor | None:
        """The visitor with this page; None if there is none."""
        return self._here.get(page_id)

    def arrive(self, page_id: str, address: str, now: float) -> Visitor:
        """Add a visitor whose page has opened its websocket.

        Raises:
            FullError: all places are taken, or all places of this address.
        """
        if self.full or self.crowded(address):
            raise FullError
        self._arrived += 1
        self._addresses[address] += 1
        visitor = Visitor(page_id, self._arrived, address, now, now, now)
        self._here[page_id] = visitor
        return visitor

    def connect(self, visitor: Visitor, socket: Socket, now: float) -> None:
        """Record that a websocket has opened."""
        visitor.sockets.add(socket)
        visitor.heard = now

    def disconnect(self, visitor: Visitor, socket: Socket, now: float) -> None:
        """Record that a websocket has closed. Does nothing the second time."""
        if socket in visitor.sockets:
            visitor.sockets.discard(socket)
            visitor.alone_since = now

    def leave(self, page_id: str) -> Visitor | None:
        """Remove the visitor with this page and return them; None if there is none."""
        visitor = self._here.pop(page_id, None)
        if visitor:
            self._addresses[visitor.address] -= 1
            if not self._addresses[visitor.address]:
                del self._addresses[visitor.address]
        return visitor

    def overdue(self, now: float) -> list[tuple[str, Why]]:
        """The ids of the pages whose places should be freed, and why."""
        return [
            (page_id, why)
            for page_id, visitor in self._here.items()
            if (why := visitor.overdue(now, self.patience)) is not None
        ]
