"""An environment for tests, in which nothing that is put off happens by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from typing import Any

from ipywidgets import Button

from etiquette.room.store import Feed, Store
from etiquette.views import KernelEnvironment, environment, set_environment
from etiquette.views.controls.environment import outcome_of


class PutOff(KernelEnvironment):
    """Keeps what views put off, and the work of their threads, in `work`, oldest first, until the test does it."""

    def __init__(self, store: Store | None = None) -> None:
        super().__init__()
        if store is not None:
            self.store = replace(store, feed=Feed(store.rows, count(step=10).__next__))  # seconds: it delays nothing
        self.work: list[Callable[[], object]] = []
        self.meanwhile: Callable[[], object] = lambda: None  # happens before the outcome of a thread's work arrives

    def call_soon(self, work: Callable[[], object]) -> None:
        self.work.append(work)

    def in_thread(self, work: Callable[[], Any], then: Callable[[Future[Any]], object]) -> None:
        def done() -> None:
            outcome = outcome_of(work)
            self.meanwhile()
            then(outcome)

        self.work.append(done)

    def room_store(self) -> Store:
        return self.store

    def do_next(self) -> None:
        self.work.pop(0)()

    def tell(self) -> None:
        """Have the store's feed report all changes."""
        self.store.feed.check()

    def settle(self) -> None:
        """Do everything, and have all changes reported, until nothing is left."""
        self.tell()
        while self.work:
            self.do_next()
            if not self.work:
                self.tell()

    def click(self, button: Button) -> None:
        """Click, and do all that follows from it."""
        button.click()
        self.settle()


@contextmanager
def put_off(store: Store | None = None) -> Iterator[PutOff]:
    """A context whose views are in such an environment, with the rooms in this store."""
    before, here = environment(), PutOff(store)
    set_environment(here)
    yield here
    set_environment(before)
