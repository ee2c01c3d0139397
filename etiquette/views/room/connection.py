"""The page's connection to its room: the store, the visitor's origin, and the poll for changes."""

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

POLL_INTERVAL = 0.25  # seconds
RETRY_INTERVAL = 5.0  # seconds, after the callback has failed


@cache
def room_store_here() -> Store:
    """The room store that the host has configured, or else the user's own. Opened on first use.

    Raises:
        StoreError: it cannot be opened; the message is a sentence that says why.
    """
    from etiquette.room.store import Store

    relayed = os.environ.get("ETIQUETTE_PULSES")
    return Store.open(os.environ.get("ETIQUETTE_STORE", ""), relay_path=Path(relayed) if relayed else None)


def visitor_origin() -> str:
    """The origin that the host attached to the message being handled; empty without a host."""
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None:
        return ""
    return str(kernel.get_parent("shell").get("metadata", {}).get(ORIGIN_KEY, ""))


class Poll:
    """Calls `callback` four times a second once started. Without a kernel, as in a script, it never does."""

    def __init__(self, callback: Callable[[], None]) -> None:
        self.callback = callback
        self._next: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Start polling, unless it is running already."""
        if self._next is None and getattr(get_ipython(), "kernel", None) is not None:
            self._wait(POLL_INTERVAL)

    def stop(self) -> None:
        """Stop polling."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _wait(self, seconds: float) -> None:
        self._next = asyncio.get_running_loop().call_later(seconds, self._poll)

    def _poll(self) -> None:
        self._wait(POLL_INTERVAL)
        try:
            self.callback()
        except Exception:
            log.exception("polling a room failed")
            if self._next is not None:
                self._next.cancel()
                self._wait(RETRY_INTERVAL)
