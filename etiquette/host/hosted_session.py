"""A visitor's session on this host: what its page may say and how often, and what its views need."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, TypeVar

from etiquette.host.guard import Bucket, Guard
from etiquette.host.limits import TimeLimit
from etiquette.host.visitors import Visitor
from etiquette.host.wire import encode
from etiquette.sessions import Budget, Message, Notebook, Session, Shown, StoppedError
from etiquette.views import set_environment
from etiquette.views.controls import ProgressStore

if TYPE_CHECKING:
    from etiquette.room.store import Store

log = logging.getLogger("etiquette")

Value = TypeVar("Value")

CPU_RATE, CPU_BURST = 0.2, 5.0  # of a core, in the long run; seconds, at once


class LoopPlatform:
    """The event loop that all sessions share, its worker threads, and its limit on what one piece of work may take."""

    def __init__(self, loop: asyncio.AbstractEventLoop, threads: Executor, limit: TimeLimit) -> None:
        self._loop, self._threads, self._limit = loop, threads, limit
        self._thread = threading.get_ident()

    def call_soon(self, work: Callable[[], object]) -> None:
        """Do this in a later turn of the loop."""
        if threading.get_ident() == self._thread:
            self._loop.call_soon(work)
        else:
            with suppress(RuntimeError):  # the loop is closed, and nobody is there any more
                self._loop.call_soon_threadsafe(work)

    def submit(self, work: Callable[[], Value]) -> Future[Value]:
        """Do this in a worker thread."""
        return self._threads.submit(work)

    def shutdown(self) -> None:
        """Let the worker threads finish what they have begun."""
        self._threads.shutdown(cancel_futures=True)

    def time_limit(self) -> AbstractContextManager[None]:
        """Stop what is done within it once that has used too much CPU."""
        return self._limit.limited()


class HostedSession:
    """One visitor's session, and the environment of its views."""

    def __init__(
        self,
        platform: LoopPlatform,
        visitor: Visitor,
        origin: str,
        room_store: Callable[[], Store],
        learners_url: str = "",
        budget: Budget | None = None,
    ) -> None:
        self.visitor, self.room_store, self.learners_url = visitor, room_store, learners_url
        self.guard = Guard()
        self._origin = origin
        self._cpu = Bucket(rate=CPU_RATE, burst=CPU_BURST)
        self.session = Session(platform, self._send, budget=budget)
        self.call_soon, self.in_thread = self.session.call_soon, self.session.in_thread
        self.session.run(set_environment, self)

    def show(self, notebook: Notebook) -> None:
        """Run the notebook's cells, whose widgets the page then shows. Cells that take too long have failed."""
        try:
            self.session.shown = self.session.run(notebook.run)
        except StoppedError:
            log.error("a notebook took too long, and was stopped")
            self.session.shown = (Shown(failed=True),)

    def progress_store(self) -> ProgressStore:
        """In the visitor's browser."""
        return ProgressStore()

    def origin(self) -> str:
        """The same for all who come from one address."""
        return self._origin

    def charge(self, seconds: float) -> None:
        """Count so much CPU as used."""
        self._cpu.wait_after(seconds, time.monotonic())

    def pause(self) -> float:
        """For how many seconds nothing more may be done for its page."""
        return self._cpu.wait_after(0.0, time.monotonic())

    def _send(self, message: Message) -> None:
        if not self.visitor.sockets:
            return
        raw = encode(message)
        for socket in tuple(self.visitor.sockets):
            socket.send(raw)
