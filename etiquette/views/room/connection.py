"""The store of rooms as a page has it, where its visitor is, and the beat by which it looks whether a room changed."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from IPython import get_ipython

from etiquette.room import ORIGIN_KEY

if TYPE_CHECKING:
    from etiquette.room.store import Store

log = logging.getLogger("etiquette")

EVERY = 0.25  # seconds
AFTER_A_FAULT = 5.0


@cache
def room_store_here() -> Store:
    """The store that the host has named, else the one of whoever runs this. It is opened when first asked for.

    Raises:
        StoreError: it cannot be opened; the message is a sentence that says why.
    """
    from etiquette.room.store import Store

    relayed = os.environ.get("ETIQUETTE_PULSES")
    return Store.open(os.environ.get("ETIQUETTE_STORE", ""), relay_path=Path(relayed) if relayed else None)


def visitor_origin() -> str:
    """Where the message comes from that is being handled, as the host tells; empty where no host does."""
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None:
        return ""
    return str(kernel.get_parent("shell").get("metadata", {}).get(ORIGIN_KEY, ""))


class Poll:
    """Calls `look` four times a second while it is on. In a script, which has no kernel, it does nothing."""

    def __init__(self, look: Callable[[], None]) -> None:
        self.look = look
        self._next: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Be on."""
        if self._next is None and getattr(get_ipython(), "kernel", None) is not None:
            self._wait(EVERY)

    def stop(self) -> None:
        """Be off."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _wait(self, seconds: float) -> None:
        self._next = asyncio.get_running_loop().call_later(seconds, self._poll)

    def _poll(self) -> None:
        self._wait(EVERY)
        try:
            self.look()
        except Exception:
            log.exception("a look at a room failed")
            if self._next is not None:
                self._next.cancel()
                self._wait(AFTER_A_FAULT)
