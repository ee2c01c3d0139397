"""Creates a session when a page opens its websocket, and ends it when the page says goodbye or is lost."""

from __future__ import annotations

import gc
import logging
import secrets
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.platform.asyncio import AsyncIOLoop

from etiquette.host.hosted_session import HostedSession, LoopPlatform
from etiquette.host.limits import TimeLimit
from etiquette.host.metrics import Metrics
from etiquette.host.options import Options
from etiquette.host.origin import origin
from etiquette.host.page_ids import PageIds
from etiquette.host.visitors import Visitor, Visitors, Why
from etiquette.sessions import Budget, Notebook, install

if TYPE_CHECKING:
    from etiquette.room.store import Store

log = logging.getLogger("etiquette")

PLACEHOLDER = "00000000-0000-0000-0000-000000000000"
THREADS = 4
SWITCH = 0.0005  # seconds after which a busy worker thread yields to the loop
GOING_AWAY = 1001
QUIET = 0.3  # seconds without a message, after which garbage may be collected
YOUNG, MIDDLE, NEVER = 10_000, 10, 1_000_000  # thresholds of the garbage collector; see `_collect`
OVERDUE = 100  # collections of the middle generation, after which a full one is due even if somebody is waiting


@dataclass(frozen=True)
class HostedPage:
    """A rendered page, with `PLACEHOLDER` where its id goes, and the notebook that each of its sessions runs."""

    html: str
    notebook: Notebook
    learners_url: str


class SessionManager:
    """All sessions of this process by page id."""

    def __init__(
        self, options: Options, capacity: int, held_bytes: int, ids: PageIds, public_url: Callable[[], str]
    ) -> None:
        install()
        self.options, self.ids, self._public_url = options, ids, public_url
        self.visitors = Visitors(capacity, options.most_per_address(capacity), options.patience)
        self.metrics = Metrics(capacity)
        self.pages: Sequence[HostedPage] = ()
        self.platform = LoopPlatform(
            cast("AsyncIOLoop", IOLoop.current()).asyncio_loop,
            ThreadPoolExecutor(THREADS, thread_name_prefix="slow"),
            TimeLimit(),
        )
        self._sessions: dict[str, HostedSession] = {}
        self._budget = Budget(held_bytes)
        self._origin_key = secrets.token_bytes(32)
        self._store: Store | None = None
        self._store_lock = threading.Lock()
        self.said = 0.0  # when the last message arrived, by the monotonic clock
        self._sweeper: PeriodicCallback | None = None

    def open(self) -> None:
        """Start the periodic sweep and the limits. Everything allocated so far is left out of garbage collection."""
        patience = self.visitors.patience
        self._sweeper = PeriodicCallback(self.sweep, 1000 * min(1.0, patience.lost / 4, patience.idle / 4))
        self._sweeper.start()
        sys.setswitchinterval(SWITCH)
        gc.collect()
        gc.freeze()
        gc.set_threshold(YOUNG, MIDDLE, NEVER)

    def trial(self, notebook: Notebook) -> HostedSession:
        """A session without a page, in which the notebook has been run."""
        nobody = Visitor("", 0, "", 0.0, 0.0, 0.0)
        session = HostedSession(self.platform, nobody, "", self.room_store, policy=self.options.policy)
        session.show(notebook)
        return session

    def room_store(self) -> Store:
        """The store of the rooms, opened on first use. Safe from any thread.

        Raises:
            StoreError: the store cannot be opened.
        """
        from etiquette.room.store import Store

        with self._store_lock:
            if self._store is None:
                self._store = Store.open(self.options.store, policy=self.options.policy)
                self._store.feed.start()
            return self._store

    def page_of(self, page_id: str) -> int | None:
        """The page that a session with this id would show; None if the id is invalid or has expired."""
        return self.ids.page_of(page_id, time.time())

    def arrive(self, page_id: str, address: str) -> HostedSession:
        """The session of a page that opens its websocket, created if this is the first time.

        Raises:
            FullError: the host is full, or has enough visitors from this address.
            ValueError: the id is not valid.
        """
        if page_id in self._sessions:
            return self._sessions[page_id]
        number = self.page_of(page_id)
        if number is None:
            raise ValueError("this is not the id of a page")
        visitor = self.visitors.arrive(page_id, address, time.monotonic())
        self.ids.spend(page_id, time.time())
        page, began = self.pages[number], time.perf_counter()
        whence = origin(address, self._origin_key)
        policy, store = self.options.policy, self.room_store
        session = HostedSession(
            self.platform,
            visitor,
            whence,
            store,
            page.learners_url,
            self._public_url() if page.learners_url else "",
            self._budget,
            policy,
        )
        session.show(page.notebook)
        self._sessions[page_id] = session
        self.metrics.session_seconds.observe(time.perf_counter() - began)
        self.metrics.arrived.inc()
        self.metrics.visitors.set(len(self.visitors))
        log.info("Visitor %d has arrived (%d of %d)", visitor.number, len(self.visitors), self.visitors.capacity)
        return session

    def depart(self, page_id: str, why: Why) -> bool:
        """End a session and close its websockets. False if there is none."""
        visitor = self.visitors.leave(page_id)
        if visitor is None:
            return False
        for socket in tuple(visitor.sockets):
            socket.close(GOING_AWAY, why)
        self._sessions.pop(page_id).session.close()
        self.metrics.left.labels(why).inc()
        self.metrics.visitors.set(len(self.visitors))
        log.info("Visitor %d left after %.0f s: %s", visitor.number, time.monotonic() - visitor.arrived, why)
        return True

    def sweep(self) -> None:
        """End sessions that are lost or idle, and collect garbage if nobody is waiting."""
        now = time.monotonic()
        for page_id, why in self.visitors.overdue(now):
            self.depart(page_id, why)
        self._collect(quiet=now - self.said > QUIET)

    def _collect(self, *, quiet: bool) -> None:
        """Collect the oldest generation. Automatic collection of it is off, because with 1,000 visitors it blocks the
        loop for a second. Sessions that end are freed without it.
        """
        collected = gc.get_count()[2]
        if collected >= OVERDUE or (quiet and collected):
            gc.collect()

    def close(self) -> None:
        """End all sessions, wait for the worker threads, and close the store."""
        if self._sweeper:
            self._sweeper.stop()
        for page_id in list(self._sessions):
            self.depart(page_id, Why.CLOSED)
        self.platform.shutdown()
        if self._store:
            self._store.close()
