"""A semaphore of file locks, by which the pages of a server share a limited number of database connections."""

from __future__ import annotations

import fcntl
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

KEPT = 3 / 4  # share of the connections that pages may hold on to; the other pages take turns at the rest
PAUSE = 0.03  # seconds between attempts of a page that waits
LOOKS_AT = 3  # connections that one attempt tries


class Turns:
    """One page's turns. A locked file in `folder` is a connection in use; a killed process releases its lock."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        self._folder = folder
        self._kept: tuple[int, IO[bytes]] | None = None

    @contextmanager
    def turn(self, limit: int, timeout: float, sleep: Callable[[float], None]) -> Iterator[bool]:
        """Wait for one of `limit` connections; yields whether it may be kept open until the next turn.

        Raises:
            TimeoutError: none became free within `timeout` seconds.
        """
        if self._kept is None:
            self._kept = self._one_of(range(_kept(limit)))
        if self._kept:
            yield True
            return
        given_up = time.monotonic() + timeout
        while (found := self._one_of(range(_kept(limit), limit))) is None:
            if time.monotonic() >= given_up:
                raise TimeoutError
            sleep(PAUSE * random.uniform(0.5, 1.5))
        with found[1]:
            yield False

    def may_keep(self, limit: int) -> bool:
        """Whether the kept connection is still within the limit, which falls when another server joins."""
        if self._kept and self._kept[0] >= _kept(limit):
            self.close()
        return self._kept is not None

    def close(self) -> None:
        """Release the kept connection, if there is one."""
        kept, self._kept = self._kept, None
        if kept:
            kept[1].close()

    def _one_of(self, numbers: range) -> tuple[int, IO[bytes]] | None:
        for number in random.sample(numbers, min(LOOKS_AT, len(numbers))):
            file = (self._folder / str(number)).open("ab")
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return number, file
            file.close()
        return None


def _kept(limit: int) -> int:
    return int(limit * KEPT)
