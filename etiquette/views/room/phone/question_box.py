"""The learner's box for questions to the facilitator, which are sent without a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from etiquette.room import MAX_QUESTION_LENGTH, RoomError, check_pace
from etiquette.views.controls import Announcer, Notice, environment, utc_now
from etiquette.views.room.phone.question_form import QuestionForm
from etiquette.views.room.room_view import RoomView

if TYPE_CHECKING:
    from etiquette.room.store import LearnerSession

SENT = "Sent. The facilitator may answer it aloud or show it on the projector."


class QuestionBox(RoomView):
    """A box to ask the facilitator something in the room of this session; close it when the learner leaves the room.

    It remembers when it sent questions, for the limit on their pace, but none of the questions.
    """

    def __init__(
        self,
        session: LearnerSession,
        announcer: Announcer,
        notice: Notice,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.session, self.announcer, self.notice, self.clock = session, announcer, notice, clock
        self.environment = environment()
        self._asked: tuple[datetime, ...] = ()
        self._on_their_way: set[str] = set()  # questions that the store has not answered to yet
        self.form = QuestionForm(notice, self._send, MAX_QUESTION_LENGTH)
        super().__init__([self.form], "pp-questions")

    def _send(self, text: str) -> None:
        if text in self._on_their_way:
            return  # the second tap of a double tap
        now = self.clock()
        try:
            check_pace((*self._asked, *[now] * len(self._on_their_way)), now)
        except RoomError as error:
            self._say(str(error))
            return
        self._on_their_way.add(text)
        self._ask(partial(self._ask_room, text), lambda _: self._sent(text, now))

    def _ask_room(self, text: str) -> None:
        """Ask, in a thread. Whatever comes of it, the same may be asked again."""
        try:
            self.session.ask(text)
        finally:
            self._on_their_way.discard(text)

    def _sent(self, text: str, at: datetime) -> None:
        self._asked = (*self._asked, at)
        self.form.accept(text, SENT)
        self.announcer.say(SENT)

    def _say(self, sentence: str) -> None:
        self.form.refuse(sentence)
        self.announcer.say(sentence)
