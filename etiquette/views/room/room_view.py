"""What the views of a room have in common: ask it in a thread, follow it, and say what it refused and what failed."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from ipywidgets import HTML
from markupsafe import Markup

from etiquette.room import RoomError, StoreError
from etiquette.views.controls import SOMETHING_WENT_WRONG, Environment, Notice, View

if TYPE_CHECKING:
    from etiquette.room.store import FacilitatorSession, LearnerSession, RoomState

log = logging.getLogger("etiquette")

Value = TypeVar("Value")


class RoomView(View):
    """A view of a room. Subclasses set `environment`, `notice` for apologies, and `status` for the latest sentence.

    A `visit` begins when somebody asks for a room and ends when they leave it. Whatever arrives after its end, because
    it took long or was on its way from another thread, is dropped.
    """

    environment: Environment
    notice: Notice
    status: HTML
    _visit: object = None
    _unsubscribe: Callable[[], None] | None = None

    def _ask(
        self,
        work: Callable[[], Value],
        then: Callable[[Value], object],
        refused: Callable[[RoomError | StoreError], object] | None = None,
    ) -> None:
        """Do `work`, which asks the store, in a thread; then call `then` with its result, in this view's own turn.

        If the room or the store refuses, call `refused` instead, which by default says why. Own up to any other error.
        """
        visit = self._visit

        def answered(outcome: Future[Value]) -> None:
            error = outcome.exception()
            if isinstance(error, RoomError | StoreError):
                (refused or self._say_why)(error)
            else:
                then(outcome.result())

        if not self.closed:
            self.environment.in_thread(work, lambda outcome: self._during(visit, lambda: answered(outcome)))

    def _follow(self, session: LearnerSession | FacilitatorSession, activity_every: float) -> None:
        """Call `_changed` with the room's latest state after each change, until the visit ends."""
        visit, here = self._visit, self.environment
        latest: deque[RoomState | None] = deque(maxlen=1)

        def on_change(state: RoomState | None) -> None:
            latest.append(state)
            here.call_soon(lambda: self._during(visit, draw))

        def draw() -> None:
            if latest:  # else it has been drawn: it came before the turn of an earlier change
                self._changed(latest.pop())

        def on_trouble(sentence: str) -> None:
            here.call_soon(lambda: self._during(visit, lambda: self._store_changed(sentence)))

        self._unsubscribe = session.subscribe(on_change, on_trouble, activity_every=activity_every)

    def _changed(self, state: RoomState | None) -> None:
        """Draw this state of the room; None if the room has been deleted."""
        raise NotImplementedError

    def _store_changed(self, trouble: str) -> None:
        """Say that the store cannot be reached; an empty sentence means that it can be again."""
        self._say(trouble)

    def _during(self, visit: object, work: Callable[[], object]) -> None:
        """Do the work unless this visit has ended. Own up to an error, and log it."""
        if visit is not self._visit:
            return
        try:
            work()
        except Exception:
            log.exception("a view of a room failed")
            self.notice.value = SOMETHING_WENT_WRONG

    def _end_visit(self) -> None:
        """Stop following the room, and drop what is still on its way. The next visit can begin."""
        self._visit = object()
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def close(self) -> None:
        """Stop following the room, and close the view and everything in it."""
        self._end_visit()
        super().close()

    def _say(self, sentence: str) -> None:
        """Show this sentence instead of the last, and announce it unless it ends in '…': another will follow."""
        self.status.value = Markup('<p class="pp-answer">{}</p>').format(sentence) if sentence else ""
        if sentence and not sentence.endswith("…"):
            self.announcer.say(sentence)

    def _say_why(self, error: RoomError | StoreError) -> None:
        self._say(str(error))
