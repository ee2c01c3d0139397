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
    """Queues the work that views put off, and that of their threads. The feed of its rooms has a clock of its own."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.seconds = 0.0
        self.store = replace(store, feed=Feed(store.rows, lambda: self.seconds))
        self.put_off: deque[Callable[[], object]] = deque()
        self.threads: deque[Callable[[], Callable[[], object]]] = deque()

    def call_soon(self, work: Callable[[], object]) -> None:
        self.put_off.append(work)

    def in_thread(self, work: Callable[[], Value], then: Callable[[Future[Value]], object]) -> None:
        def done() -> Callable[[], object]:
            outcome: Future[Value] = Future()
            try:
                outcome.set_result(work())
            except Exception as error:
                outcome.set_exception(error)
            return lambda: then(outcome)

        self.threads.append(done)

    def room_store(self) -> Store:
        return self.store

    def loop(self) -> None:
        """Do what was put off, but not what a thread was asked for."""
        while self.put_off:
            self.put_off.popleft()()

    def thread(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Do what a thread was asked for first and, before the outcome is dealt with, what happens meanwhile."""
        then = self.threads.popleft()()
        meanwhile()
        then()

    def click(self, button: Button) -> None:
        """Click, and let everybody see what comes of it."""
        button.click()
        self.settle()

    def settle(self) -> None:
        """Do everything, and let the feed tell every change, until nothing is left."""
        self._work()
        self.tell()
        while self.put_off:
            self._work()
            self.tell()

    def _work(self) -> None:
        while self.put_off or self.threads:
            self.loop()
            if self.threads:
                self.thread()

    def tell(self) -> None:
        """Have the feed tell all changes, also those that it would tell of later."""
        self.seconds += LONG
        self.store.feed.check()


@contextmanager
def queued_environment(store: Store) -> Iterator[QueuedEnvironment]:
    """A context whose views are in a queued environment, with this store."""
    before, queued = environment(), QueuedEnvironment(store)
    set_environment(queued)
    yield queued
    queued.store.feed.stop()
    set_environment(before)
