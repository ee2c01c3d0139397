"""A visitor's session on this host: the limits on its page, and the environment of its views."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from etiquette.host.guard import Bucket, Guard
from etiquette.host.limits import TimeLimit
from etiquette.host.visitors import Visitor
from etiquette.judge import ARTICLE, Policy
from etiquette.sessions import Budget, Message, Notebook, Session, Shown, StoppedError, encode_messages
from etiquette.views import set_environment
from etiquette.views.controls import ProgressStore

if TYPE_CHECKING:
    from ipywidgets import Widget

    from etiquette.room.store import Store

log = logging.getLogger("etiquette")

Value = TypeVar("Value")

CPU_RATE, CPU_BURST = 0.2, 5.0  # of a core, in the long run; seconds, at once


class LoopPlatform:
    """The event loop, worker threads and CPU limit that all sessions share."""

    def __init__(self, loop: asyncio.AbstractEventLoop, threads: Executor, limit: TimeLimit | None = None) -> None:
        self._loop, self._threads, self.limit = loop, threads, limit
        self._thread = threading.get_ident()

    def call_soon(self, work: Callable[[], object]) -> None:
        """Run this in a later turn of the loop. Safe from any thread."""
        if threading.get_ident() == self._thread:
            self._loop.call_soon(work)
        else:
            with suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(work)

    def submit(self, work: Callable[[], Value]) -> Future[Value]:
        """Run this in a worker thread."""
        return self._threads.submit(work)

    def shutdown(self) -> None:
        """Wait for running jobs, and drop those that have not started."""
        self._threads.shutdown(cancel_futures=True)

    def time_limit(self) -> AbstractContextManager[None]:
        """A context manager that raises `StoppedError` in its body once it has used too much CPU."""
        return self.limit.limited() if self.limit else nullcontext()


class HostedSession:
    """One visitor's session, and the environment of its views."""

    has_rooms = True

    def __init__(
        self,
        platform: LoopPlatform,
        visitor: Visitor,
        origin: str,
        room_store: Callable[[], Store],
        learners_url: str = "",
        public_url: str = "",
        budget: Budget | None = None,
        policy: Policy = ARTICLE,
    ) -> None:
        self.visitor, self.room_store, self.policy = visitor, room_store, policy
        self.learners_url, self.public_url = learners_url, public_url
        self.guard = Guard()
        self._origin = origin
        self._cpu = Bucket(rate=CPU_RATE, burst=CPU_BURST)
        self.session = Session(platform, self._send, budget=budget)
        self.call_soon, self.in_thread = self.session.call_soon, self.session.in_thread
        self.session.run(set_environment, self)

    def show(self, notebook: Notebook) -> None:
        """Run the notebook, so that the page shows its widgets. A notebook that is stopped counts as failed."""
        try:
            self.session.shown = self.session.run(notebook.run)
        except StoppedError:
            log.error("a notebook took too long, and was stopped")
            self.session.shown = (Shown(failed=True),)

    @cached_property
    def progress_store(self) -> ProgressStore:
        """A store in the visitor's browser."""
        return ProgressStore()

    def displayed(self, view: Widget) -> None:
        """Do nothing: the notebook of a page runs once."""

    def origin(self) -> str:
        """A pseudonym of the visitor's address."""
        return self._origin

    def charge(self, seconds: float) -> None:
        """Charge CPU time to this session."""
        self._cpu.wait_after(seconds, time.monotonic())

    def pause(self) -> float:
        """Seconds until the session may use CPU again."""
        return self._cpu.wait_after(0.0, time.monotonic())

    def _send(self, messages: Sequence[Message]) -> None:
        if not self.visitor.sockets:
            return
        raw = encode_messages(messages)
        for socket in tuple(self.visitor.sockets):
            socket.send(raw)
