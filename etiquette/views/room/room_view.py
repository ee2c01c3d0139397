"""What all views of a room share: querying it in a thread, following its changes, and reporting refusals and errors."""

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
    from etiquette.room.store import RoomSession, RoomState

log = logging.getLogger("etiquette")

Value = TypeVar("Value")


class RoomView(View):
    """A view of a room. Subclasses set `environment`, `notice` for apologies, and `status` for the latest sentence.

    A visit begins when somebody asks for a room and ends when they leave it. Results and changes that arrive after the
    visit has ended are dropped.
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
        refused: Callable[[str], object] | None = None,
    ) -> None:
        """Run `work`, which uses the store, in a thread; then call `then` with its result, back in the view's thread.

        If the room refuses, call `refused` with the reason, which is shown by default. If the store is unavailable, say
        so. Apologise for any other error.
        """
        visit = self._visit

        def answered(outcome: Future[Value]) -> None:
            try:
                result = outcome.result()
            except StoreError as error:
                self._say(str(error))
            except RoomError as error:
                (refused or self._say)(str(error))
            else:
                then(result)

        if not self.closed:
            self.environment.in_thread(work, lambda outcome: self._during(visit, lambda: answered(outcome)))

    def _follow(self, session: RoomSession, activity_every: float) -> None:
        """Call `_changed` with the room's latest state after each change, until the visit ends."""
        visit, call_soon = self._visit, self.environment.call_soon
        latest: deque[RoomState | None] = deque(maxlen=1)

        def on_change(state: RoomState | None) -> None:
            latest.append(state)
            call_soon(lambda: self._during(visit, draw))

        def draw() -> None:
            if latest:  # otherwise an earlier call has drawn this state already
                self._changed(latest.pop())

        def on_trouble(sentence: str) -> None:
            call_soon(lambda: self._during(visit, lambda: self._store_changed(sentence)))

        self._unsubscribe = session.subscribe(on_change, on_trouble, activity_every=activity_every)

    def _changed(self, state: RoomState | None) -> None:
        """Draw this state of the room; None if the room has been deleted."""
        raise NotImplementedError

    def _store_changed(self, trouble: str) -> None:
        """Say why the store cannot be reached; an empty sentence means that it can be reached again."""
        self._say(trouble)

    def _during(self, visit: object, work: Callable[[], object]) -> None:
        """Do this unless the visit has ended. Log an error, and apologise for it."""
        if visit is not self._visit:
            return
        try:
            work()
        except Exception:
            log.exception("a view of a room failed")
            self.notice.value = SOMETHING_WENT_WRONG

    def _end_visit(self) -> None:
        """Stop following the room, and drop whatever arrives later."""
        self._visit = object()
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def close(self) -> None:
        """Stop following the room, and close the view and everything in it."""
        self._end_visit()
        super().close()

    def _say(self, sentence: str) -> None:
        """Show this sentence in place of the last. Announce it unless it ends in '…', when another one follows soon."""
        self.status.value = Markup('<p class="pp-answer">{}</p>').format(sentence) if sentence else ""
        if sentence and not sentence.endswith("…"):
            self.announcer.say(sentence)
