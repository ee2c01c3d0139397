"""Turns at a database that takes few connections: the pages of a server share those it has, and none is refused."""

from __future__ import annotations

import fcntl
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

KEPT = 3 / 4  # of the connections; those who come later take turns at the rest
PAUSE = 0.03  # seconds until a page that waits looks again
LOOKS_AT = 3  # connections, to see whether one of them is free


class Turns:
    """Of one page. Each connection is a file that its user has locked, so that who is killed has let go of it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        self._folder = folder
        self._kept: tuple[int, IO[bytes]] | None = None

    @contextmanager
    def turn(self, most: int, patience: float, pause: Callable[[float], None]) -> Iterator[bool]:
        """Wait for one of so many connections. Tells whether it may be kept until the next time.

        Raises:
            TimeoutError: none came free within `patience` seconds.
        """
        if self._kept is None:
            self._kept = self._one_of(range(_kept(most)))
        if self._kept:
            yield True
            return
        given_up = time.monotonic() + patience
        while (found := self._one_of(range(_kept(most), most))) is None:
            if time.monotonic() >= given_up:
                raise TimeoutError
            pause(PAUSE * random.uniform(0.5, 1.5))
        with found[1]:
            yield False

    def still(self, most: int) -> bool:
        """Whether a connection may be kept, now that there are so many: they become fewer when a server joins in."""
        if self._kept and self._kept[0] >= _kept(most):
            self.close()
        return self._kept is not None

    def close(self) -> None:
        """Let go of a connection that was kept."""
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


def _kept(most: int) -> int:
    return int(most * KEPT)
