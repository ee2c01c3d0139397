"""The projector of a room: a window without controls, which shows what the whole room may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import traitlets
from ipywidgets import HTML

from etiquette.room import MissedGuideline, Phase, ProjectorSnapshot, RoomError
from etiquette.views.controls import Announcer, Countdown, InBrowser, Notice, environment, utc_now
from etiquette.views.room.drawing import position_label
from etiquette.views.room.links import ProjectorAddress
from etiquette.views.room.projector.drawing import attendance_lines, join_info, projection, told
from etiquette.views.room.room_view import RoomView

if TYPE_CHECKING:
    from etiquette.room.store import ProjectorSession, RoomState

ACTIVITY_INTERVAL = 0.5  # seconds between updates of the numbers of people and votes
WRONG_LINK = "That link doesn’t show a room. Please open the projector from the control page again."
DELETED = "This room has been deleted."


class ProjectorScreen(InBrowser):
    """Fits what is shown to the screen, and passes a presenter's keys on to the control of the room with this code."""

    code = traitlets.Unicode().tag(sync=True)


class Projector(RoomView):
    """What the whole room looks at. Everything on screen is drawn from `snapshot`, which is None without a room."""

    def __init__(self, announcer: Announcer, clock: Callable[[], datetime] = utc_now) -> None:
        self.announcer, self.clock, self.environment = announcer, clock, environment()
        self.session: ProjectorSession | None = None
        self.snapshot: ProjectorSnapshot | None = None
        self.learners = ""  # the learners' link
        self.missed: Sequence[MissedGuideline] = ()  # once the session has ended
        self.notice, self.status = Notice(), HTML()
        self.stage, self.join, self.attendance = HTML(), HTML(), HTML()
        self.countdown, self.screen = Countdown(), ProjectorScreen()
        parts = {
            "stage": self.stage,
            "join": self.join,
            "attendance": self.attendance,
            "countdown": self.countdown,
            "status": self.status,
            "notice": self.notice,
        }
        for name, part in parts.items():
            part.add_class(f"pp-the-{name}")
        super().__init__([*parts.values(), self.screen], "pp-projector")

    def show(self, address: str) -> None:
        """Show the room at this address, `CODE.SECRET/LINK`."""
        self._leave()
        try:
            parsed = ProjectorAddress.parse(address)
        except RoomError:
            self._say(WRONG_LINK)
            return

        def opened(session: ProjectorSession) -> None:
            self.session, self.screen.code = session, session.code
            self.learners = parsed.learners
            self._follow(session, ACTIVITY_INTERVAL)

        self._ask(lambda: self.environment.room_store().projector_session(parsed.code, parsed.secret), opened)

    def take_focus(self) -> None:
        """Move the focus to the heading, and announce where the session is."""
        self.focus_on("top", f"{position_label(self.snapshot.screen)}." if self.snapshot else "")

    def _changed(self, state: RoomState | None) -> None:
        session = self.session
        if session is None:
            return
        if state is None:
            self._leave()
            self._say(DELETED)
            return
        before, self.snapshot = self.snapshot, session.snapshot_of(state)
        if self.snapshot.screen.phase is Phase.ENDED:
            self._ask(partial(session.missed_of, state), self._debrief)
        else:
            self.missed = ()
        self._draw()
        self._announce(before, self.snapshot)

    def _debrief(self, missed: Sequence[MissedGuideline]) -> None:
        if self.snapshot is not None and self.snapshot.screen.phase is Phase.ENDED:
            self.missed = missed
            self._draw()

    def _draw(self) -> None:
        snapshot = self.snapshot
        if snapshot is None:
            return
        self.stage.value = projection(snapshot, self.missed, self.element_id("top"))
        ended = snapshot.screen.phase is Phase.ENDED
        self.join.value = "" if ended else join_info(self.screen.code, self.learners)
        self.attendance.value = attendance_lines(snapshot.screen)
        self.countdown.show(snapshot.screen.until, self.clock())

    def _announce(self, before: ProjectorSnapshot | None, after: ProjectorSnapshot) -> None:
        """Announce where the session is, and a question that is put on screen, if that is new."""
        position = position_label(after.screen)
        if after.question and (before is None or before.question != after.question):
            self.announcer.say(f"A question from the room: {after.question}")
        elif before is None or position != position_label(before.screen):
            self.announcer.say(f"{position}.")

    def _leave(self) -> None:
        """Show nothing of a room, and stop following it."""
        self._end_visit()
        self.session = self.snapshot = None
        self.missed, self.screen.code = (), ""
        self.stage.value = self.join.value = self.attendance.value = self.status.value = ""
        self.countdown.show(None, self.clock())

    def _say(self, sentence: str) -> None:
        """Show this sentence beside the room or, without one, in its place."""
        if self.snapshot is not None or not sentence:
            super()._say(sentence)
            return
        self.stage.value = told(sentence, self.element_id("top"))
        self.announcer.say(sentence)
