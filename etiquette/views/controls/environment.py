"""What views need from where they run: an order of work, worker threads, the learner's progress, and the rooms."""

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
        """Do this after what is being done now, and after what was said so far is on its way. From any thread."""

    def in_thread(self, work: Callable[[], Value], then: Callable[[Future[Value]], object]) -> None:
        """Do `work`, which may take long and must not touch a widget, then call `then` with its outcome.

        One after another: what is asked for second begins when the first has been dealt with.
        """

    def progress_store(self) -> ProgressStore:
        """A new progress store, in the learner's own file or in their browser."""

    def room_store(self) -> Store:
        """The store of the rooms. May take long: call it in a thread.

        Raises:
            StoreError: it cannot be opened; the message is a sentence that says why.
        """

    def origin(self) -> str:
        """What is the same for all pages behind one address, and reveals nothing of it; empty where it is unknown."""


class KernelEnvironment:
    """A kernel, in which one learner's views run alone; or a plain script, where everything is done at once."""

    learners_url = ""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None

    def call_soon(self, work: Callable[[], object]) -> None:
        """Do this in the kernel's next turn: a kernel sends from its own thread, which needs it not to be busy."""
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            if self._loop is None or self._loop.is_closed():
                work()
                return
        self._loop.call_soon_threadsafe(work)

    def in_thread(self, work: Callable[[], Value], then: Callable[[Future[Value]], object]) -> None:
        """Do it in the kernel's next turn: nobody else waits for this kernel."""

        def done() -> None:
            outcome: Future[Value] = Future()
            try:
                outcome.set_result(work())
            except Exception as error:
                outcome.set_exception(error)
            then(outcome)

        self.call_soon(done)

    def progress_store(self) -> ProgressStore:
        """In the browser on a page served by Voilà, whose visitors are strangers; in the user's own file elsewhere."""
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
        """Unknown."""
        return ""


_environment: ContextVar[Environment] = ContextVar("environment", default=KernelEnvironment())  # noqa: B039


def environment() -> Environment:
    """The environment of the code that asks."""
    return _environment.get()


def set_environment(here: Environment) -> None:
    """Set the environment of everything that is done in the current context from now on."""
    _environment.set(here)
