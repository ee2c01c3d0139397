"""An environment for tests: what views put off is done when the test says so."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from ipywidgets import Button

from etiquette.room.store import Feed, Store
from etiquette.views import KernelEnvironment, environment, set_environment

Value = TypeVar("Value")

LONG = 10.0  # seconds, longer than any subscriber of a room has to wait for activity


class QueuedEnvironment(KernelEnvironment):
    """Queues the work that views put off, and that of their threads. The feed of its rooms has a clock of its own.

    `meanwhile` is done once, after the work of the next thread and before its outcome is dealt with.
    """

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.seconds = 0.0
        self.meanwhile: Callable[[], object] = lambda: None
        self.store = replace(store, feed=Feed(store.rows, lambda: self.seconds))
        self._put_off: deque[Callable[[], object]] = deque()

    def call_soon(self, work: Callable[[], object]) -> None:
        self._put_off.append(work)

    def in_thread(self, work: Callable[[], Value], then: Callable[[Future[Value]], object]) -> None:
        def outcome_known(outcome: Future[Value]) -> None:
            meanwhile, self.meanwhile = self.meanwhile, lambda: None
            meanwhile()
            then(outcome)

        super().in_thread(work, outcome_known)

    def room_store(self) -> Store:
        return self.store

    def turn(self) -> None:
        """Do the next thing that was put off."""
        self._put_off.popleft()()

    def click(self, button: Button) -> None:
        """Click, and let everybody see what comes of it."""
        button.click()
        self.settle()

    def settle(self) -> None:
        """Do everything that was put off, and let the feed tell every change, until nothing is left."""
        self._work()
        while self._told():
            self._work()

    def _work(self) -> None:
        while self._put_off:
            self.turn()

    def _told(self) -> bool:
        self.seconds += LONG
        self.store.feed.check()
        return bool(self._put_off)


@contextmanager
def queued_environment(store: Store) -> Iterator[QueuedEnvironment]:
    """A context whose views are in a queued environment, with this store."""
    before, queued = environment(), QueuedEnvironment(store)
    set_environment(queued)
    yield queued
    queued.store.feed.stop()
    set_environment(before)
