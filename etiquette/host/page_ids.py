"""The id in each rendered page. It uses no resources until the page opens its websocket, which creates its session.

An id looks like a UUID, like the ids of Jupyter's kernels. Its first half encodes the worker process that made it, the
page, a serial number and the time; its second half is a signature, so that nobody can forge one.
"""

from __future__ import annotations

import hmac
import itertools
from dataclasses import dataclass, field
from hashlib import blake2b
from uuid import UUID

KEY_LENGTH = 32  # bytes


@dataclass
class PageIds:
    """Makes and checks ids. Times are in seconds, as from `time.time`. An id is valid once, for `valid_for` seconds."""

    key: bytes
    worker: int = 0
    valid_for: float = 60.0
    _numbers: itertools.count[int] = field(default_factory=itertools.count)
    # Ids that were opened or given back, with the times at which they expire.
    _spent: dict[str, float] = field(default_factory=dict)

    def new(self, page: int, now: float) -> str:
        """A new id for a page: 36 characters."""
        number = next(self._numbers) % 2**16
        said = bytes([self.worker, page]) + number.to_bytes(2, "big") + (int(now) % 2**32).to_bytes(4, "big")
        return str(UUID(bytes=said + self._signature(said)))

    def page_of(self, page_id: str, now: float) -> int | None:
        """The number of the page that this id is for; None if it is from another worker, expired or already used."""
        try:
            raw = UUID(page_id).bytes
        except ValueError:
            return None
        said, signature = raw[:8], raw[8:]
        age = (int(now) - int.from_bytes(said[4:], "big")) % 2**32
        if not hmac.compare_digest(signature, self._signature(said)) or age > self.valid_for:
            return None
        return None if said[0] != self.worker or page_id in self._spent else said[1]

    def spend(self, page_id: str, now: float) -> None:
        """Mark this id as used."""
        self._spent[page_id] = now + self.valid_for + 1
        for other in list(itertools.takewhile(lambda each: self._spent[each] < now, self._spent)):
            del self._spent[other]

    def _signature(self, said: bytes) -> bytes:
        return blake2b(said, key=self.key, digest_size=8).digest()
