"""The environment of views: the policy that they teach, threads, where progress is kept, and the store of the rooms."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import ContextVar
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from etiquette.judge import ARTICLE, Policy, load_policy
from etiquette.practice import ProgressFolder
from etiquette.views.controls.progress_store import ProgressStore

if TYPE_CHECKING:
    from ipywidgets import Widget

    from etiquette.room.store import Store

Value = TypeVar("Value")

NO_ROOMS = (
    "A workshop needs a server, and this page has none: all of it runs in your browser. To join a room, open the link "
    "that your facilitator gave you."
)


class Environment(Protocol):
    """Where the views of one learner run: a session of a host, or a `KernelEnvironment`.

    A view calls `environment()` once, when it is created, and keeps the result.
    """

    learners_url: str
    """The address of the learners' page, absolute or relative to the facilitator's; empty where it is unknown."""

    public_url: str
    """The address at which other machines reach the learners' page; empty where it is unknown."""

    has_rooms: bool
    """Whether a workshop can be held or joined here, for which a page needs a server."""

    @property
    def policy(self) -> Policy:
        """The policy that a page teaches unless it is given another."""

    def call_soon(self, work: Callable[[], object]) -> None:
        """Do this in a later turn of the loop, once the messages sent so far are on their way. Safe from any thread."""

    def in_thread(self, work: Callable[[], Value], then: Callable[[Future[Value]], object]) -> None:
        """Do `work`, which may take long and must not touch a widget; then call `then` with its outcome.

        One at a time, in order: the next `work` begins after the `then` of the last.
        """

    @property
    def progress_store(self) -> ProgressStore:
        """The learner's progress store, which all views share: in their own folder or in their browser."""

    def room_store(self) -> Store:
        """The store of the rooms. Opening it may take long, so call this in a thread.

        Raises:
            StoreError: it cannot be opened; the message tells the user why.
        """

    def origin(self) -> str:
        """A pseudonym of the visitor's network address, the same for all pages from it; empty where it is unknown."""

    def displayed(self, view: Widget) -> None:
        """A notebook is about to show this view."""


class KernelEnvironment:
    """A kernel, which one learner has to themselves, or a plain script, where everything is done at once."""

    learners_url = public_url = ""
    has_rooms = True

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._progress_store: ProgressStore | None = None
        self._displayed: dict[str, tuple[str, list[Widget]]] = {}  # by cell: its last run, and the views it showed

    def call_soon(self, work: Callable[[], object]) -> None:
        """Do this in the next turn of the kernel's loop; a busy kernel sends no messages."""
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            if self._loop is None or self._loop.is_closed():
                work()
                return
        self._loop.call_soon_threadsafe(work)

    def in_thread(self, work: Callable[[], Value], then: Callable[[Future[Value]], object]) -> None:
        """Run it on the kernel's own loop, where it delays nobody else."""
        self.call_soon(lambda: then(outcome_of(work)))

    @property
    def progress_store(self) -> ProgressStore:
        """In the browser if Voilà serves the page, to strangers, or the kernel itself runs in the browser, as in
        JupyterLite; otherwise in the user's own folder.
        """
        if self._progress_store is None or self._progress_store.comm is None:  # closed, with all other widgets
            hosted = os.environ.get("SERVER_SOFTWARE", "").startswith("voila/") or "VOILA_PREHEAT" in os.environ
            in_browser = hosted or sys.platform == "emscripten"
            self._progress_store = ProgressStore(None if in_browser else ProgressFolder.of_user())
        return self._progress_store

    @cached_property
    def policy(self) -> Policy:
        """The policy in the file named by the variable ETIQUETTE_POLICY, or the article's.

        Raises:
            PackError: it is not a valid policy file.
        """
        named = os.environ.get("ETIQUETTE_POLICY")
        return load_policy(Path(named)) if named else ARTICLE

    def room_store(self) -> Store:
        """The store named by the variable ETIQUETTE_STORE, or the user's own. Opened on first use.

        Raises:
            StoreError: it cannot be opened, or the kernel runs in a browser.
        """
        from etiquette.room import StoreError

        if sys.platform == "emscripten":
            raise StoreError(NO_ROOMS)
        return self._room_store

    @cached_property
    def _room_store(self) -> Store:
        from etiquette.room.store import Store

        store = Store.open(os.environ.get("ETIQUETTE_STORE", ""), policy=self.policy)
        store.feed.start()
        return store

    def origin(self) -> str:
        """Unknown."""
        return ""

    def displayed(self, view: Widget) -> None:
        """Close the views that this one replaces: those that its cell showed when it last ran, and no other cell does.

        Only frontends that say which cell runs, as JupyterLab and Notebook 7 do, have their views closed. The view also
        sees what other notebooks have kept in the meantime.
        """
        if self._progress_store is not None:
            self._progress_store.refresh()
        cell, run = _running_cell()
        if not cell:
            return
        before, views = self._displayed.get(cell, (run, []))
        if before != run:
            self.call_soon(partial(self._close_replaced, views))  # once the cell has shown all that it shows now
            views = []
        self._displayed[cell] = (run, [*views, view])

    def _close_replaced(self, views: list[Widget]) -> None:
        """Close those of these views that no cell shows any more."""
        shown = {each for _, shown_there in self._displayed.values() for each in shown_there}
        for each in views:
            if each not in shown:
                each.close()


def _running_cell() -> tuple[str, str]:
    """The ids of the cell that a kernel is running, and of this run; empty where they are unknown."""
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    knows = shell if hasattr(shell, "get_parent") else getattr(shell, "kernel", None)  # in JupyterLite, the kernel
    if knows is None:
        return "", ""
    parent = knows.get_parent()
    return parent.get("metadata", {}).get("cellId", ""), parent.get("header", {}).get("msg_id", "")


def outcome_of(work: Callable[[], Value]) -> Future[Value]:
    """Do this now; returns its result or its exception."""
    outcome: Future[Value] = Future()
    try:
        outcome.set_result(work())
    except Exception as error:
        outcome.set_exception(error)
    return outcome


_environment: ContextVar[Environment] = ContextVar("environment", default=KernelEnvironment())  # noqa: B039


def environment() -> Environment:
    """The environment set in the current context; a `KernelEnvironment` by default."""
    return _environment.get()


def set_environment(here: Environment) -> None:
    """Set the environment of the current context."""
    _environment.set(here)
