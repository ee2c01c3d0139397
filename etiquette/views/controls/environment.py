"""What views need from the place they run in: work in order, worker threads, the learner's progress, and the rooms."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import ContextVar
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from etiquette.practice import ProgressFile
from etiquette.views.controls.progress_store import ProgressStore

if TYPE_CHECKING:
    from etiquette.room.store import Store

Value = TypeVar("Value")


class Environment(Protocol):
    """Where the views of one learner run. A host has one for each session; elsewhere there is a `KernelEnvironment`.

    A view takes `environment()` once, when it is made, and keeps it.
    """

    learners_url: str
    """The address of the learners' page, absolute or relative to the facilitator's; empty where it is unknown."""

    def call_soon(self, work: Callable[[], object]) -> None:
        """Run `work` after the current callback, once the messages sent so far have gone. Safe from any thread."""

    def in_thread(self, work: Callable[[], Value], then: Callable[[Future[Value]], object]) -> None:
        """Run `work` in a worker thread, then call `then` with its outcome. `work` must not touch a widget.

        One call at a time: the next `work` starts after the `then` before it has returned.
        """

    def progress_store(self) -> ProgressStore:
        """A new progress store, in the learner's own file or in their browser."""

    def room_store(self) -> Store:
        """The store of the rooms. It may take a while to open: call this in a thread.

        Raises:
            StoreError: it cannot be opened; the message is a sentence that says why.
        """

    def origin(self) -> str:
        """A text that all pages behind one address share, and that does not reveal the address; empty if unknown."""


class KernelEnvironment:
    """A kernel, where one learner's views run alone; or a plain script, where all work is done at once."""

    learners_url = ""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None

    def call_soon(self, work: Callable[[], object]) -> None:
        """Run `work` in the kernel's next turn: the thread that sends its messages waits while the kernel is busy."""
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            if self._loop is None or self._loop.is_closed():
                work()
                return
        self._loop.call_soon_threadsafe(work)

    def in_thread(self, work: Callable[[], Value], then: Callable[[Future[Value]], object]) -> None:
        """Run both in the kernel's next turn: nobody else waits for this kernel."""

        def done() -> None:
            outcome: Future[Value] = Future()
            try:
                outcome.set_result(work())
            except Exception as error:
                outcome.set_exception(error)
            then(outcome)

        self.call_soon(done)

    def progress_store(self) -> ProgressStore:
        """In the browser if Voilà serves the page, to people we do not know; otherwise in the user's own file."""
        hosted = os.environ.get("SERVER_SOFTWARE", "").startswith("voila/") or "VOILA_PREHEAT" in os.environ
        return ProgressStore(None if hosted else ProgressFile.of_user())

    def room_store(self) -> Store:
        """The store that ETIQUETTE_STORE names, or else the user's own. Opened on first use."""
        return self._room_store

    @cached_property
    def _room_store(self) -> Store:
        from etiquette.room.store import Store

        store = Store.open(os.environ.get("ETIQUETTE_STORE", ""))
        store.feed.start()
        return store

    def origin(self) -> str:
        """Empty: it is unknown."""
        return ""


_environment: ContextVar[Environment] = ContextVar("environment", default=KernelEnvironment())  # noqa: B039


def environment() -> Environment:
    """The environment of the current context."""
    return _environment.get()


def set_environment(here: Environment) -> None:
    """Set the environment for everything that runs in the current context from now on."""
    _environment.set(here)
