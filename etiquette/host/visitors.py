"""The visitors on the page: how many there may be at once, and when each of them has left.

This only keeps the books. The clock is an argument (seconds, as from `time.monotonic`), and the caller ends the
kernels. A visitor is identified by the id of their kernel; nothing else is known of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a visitor left."""

    CLOSED = "closed"
    LOST = "lost"
    IDLE = "idle"
    NEVER_OPENED = "never opened"
    KERNEL_ENDED = "kernel ended"
    NO_PAGE = "no page"


@dataclass(frozen=True)
class Patience:
    """How long a place is kept, in seconds."""

    unopened: float = 60.0  # for a page that was fetched and has not opened its websocket
    lost: float = 75.0  # for a page whose websocket closed without a goodbye; its silence is noticed within 40 s
    idle: float = 30 * 60.0  # for a page that sends no message


@dataclass
class Visitor:
    """One page and its kernel. All times are those of the clock that was passed in."""

    number: int
    arrived: float
    heard: float  # the last message from the page, or the last time it was given something
    alone_since: float  # no websocket since then, while there is none
    kernel: str | None = None
    sockets: int = 0
    opened: bool = False

    def overdue(self, now: float, patience: Patience) -> Why | None:
        """Why their place need not be kept any longer, if so."""
        if self.kernel is None:
            return None
        if not self.sockets and not self.opened and now - self.alone_since >= patience.unopened:
            return Why.NEVER_OPENED
        if not self.sockets and self.opened and now - self.alone_since >= patience.lost:
            return Why.LOST
        return Why.IDLE if now - self.heard >= patience.idle else None


class Visitors:
    """The places and who has them."""

    def __init__(self, capacity: int, patience: Patience) -> None:
        self.capacity = capacity
        self.patience = patience
        self._arrived = 0
        self._here: dict[int, Visitor] = {}
        self._by_kernel: dict[str, Visitor] = {}

    def __len__(self) -> int:
        return len(self._here)

    def __contains__(self, kernel: object) -> bool:
        return kernel in self._by_kernel

    def arrive(self, now: float) -> Visitor | None:
        """Give a place to somebody who asks for the page; None if all are taken."""
        if len(self._here) >= self.capacity:
            return None
        self._arrived += 1
        visitor = Visitor(number=self._arrived, arrived=now, heard=now, alone_since=now)
        self._here[visitor.number] = visitor
        return visitor

    def assign(self, visitor: Visitor, kernel: str, now: float) -> None:
        """Give them their kernel; from now on they are expected to open its websocket."""
        visitor.kernel = kernel
        visitor.heard = visitor.alone_since = now
        self._by_kernel[kernel] = visitor

    def connect(self, kernel: str, now: float) -> None:
        """A websocket has opened."""
        if visitor := self._by_kernel.get(kernel):
            visitor.sockets += 1
            visitor.opened = True
            visitor.heard = now

    def disconnect(self, kernel: str, now: float) -> None:
        """A websocket has closed."""
        if visitor := self._by_kernel.get(kernel):
            visitor.sockets -= 1
            visitor.alone_since = now

    def hear(self, kernel: str, now: float) -> None:
        """The page has sent a message."""
        if visitor := self._by_kernel.get(kernel):
            visitor.heard = now

    def sockets(self, kernel: str) -> int:
        """How many websockets are open to this kernel."""
        visitor = self._by_kernel.get(kernel)
        return visitor.sockets if visitor else 0

    def leave(self, kernel: str) -> Visitor | None:
        """Free the place of the visitor with this kernel, and return them; None if there is no such visitor."""
        visitor = self._by_kernel.pop(kernel, None)
        if visitor:
            self.give_up(visitor)
        return visitor

    def give_up(self, visitor: Visitor) -> None:
        """Free the place of somebody who never came to have a kernel."""
        self._here.pop(visitor.number, None)

    def overdue(self, now: float) -> list[tuple[str, Why]]:
        """The kernels that need not be kept any longer, and why."""
        return [
            (kernel, why)
            for kernel, visitor in self._by_kernel.items()
            if (why := visitor.overdue(now, self.patience)) is not None
        ]
