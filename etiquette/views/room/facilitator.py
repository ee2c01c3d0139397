"""The facilitator's page: put a session together and open its room, or come back to one."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.judge import ARTICLE, Policy
from etiquette.room import Agenda, RoomError, StoreError
from etiquette.stories import library
from etiquette.views.controls import SOMETHING_WENT_WRONG, Announcer, Notice, button, style, text_field, utc_now
from etiquette.views.room.address import PageAddress
from etiquette.views.room.connection import room_store_here
from etiquette.views.room.control import RoomControl
from etiquette.views.room.program import Program

if TYPE_CHECKING:
    from etiquette.room.store import FacilitatorSession, Store

log = logging.getLogger("etiquette")


class Facilitator(VBox):
    """The whole page. `desk` is the room that it is at, None before there is one."""

    def __init__(
        self,
        policy: Policy = ARTICLE,
        store: Callable[[], Store] = room_store_here,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.store, self.clock = store, clock
        self.desk: RoomControl | None = None
        self.notice, self.announcer, self.address = Notice(), Announcer(), PageAddress()
        self.top, self.status = HTML(), HTML()
        self.learners = text_field("The address of the learners’ page, for the link and the QR code")
        self.learners.text = os.environ.get("ETIQUETTE_LEARNERS", "")
        self.program = Program(library(), policy, self._open, self.notice)
        self.code, self.secret = text_field("The room’s code"), text_field("Its secret, or your whole link")
        self.again = button(self.notice, self._come_back, "pp-secondary", description="Come back to this room")
        back = VBox([HTML(Markup("<h3>Come back to a room</h3>")), self.code, self.secret, self.again])
        back.add_class("pp-form")
        self.start = VBox([self.learners, self.program, back])
        self.start.add_class("pp-form")
        self.stage = VBox([self.start])
        super().__init__([style(), self.top, self.status, self.stage, self.notice, self.announcer, self.address])
        self.add_class("pp")
        self.add_class("pp-facilitator")
        self.address.observe(lambda change: self._kept(change.new), "desk")
        self._draw_start()

    def __repr__(self) -> str:
        """Without all that is in it: a notebook writes it down."""
        return "Facilitator()"

    def _open(self, agenda: Agenda) -> None:
        if not self.learners.text or _is_address(self.learners.text):
            self.learners.problem = ""
            self._told(lambda: self._sit(self.store().open_room(agenda)))
        else:
            self.learners.problem = "Give the address of the learners’ page, as in https://careers.example.org/."

    def _come_back(self) -> None:
        code, secret = self.code.text, self.secret.text.strip()
        if "#desk=" in secret:
            code, _, secret = secret.partition("#desk=")[2].partition(".")
        self._told(lambda: self._sit(self.store().facilitator_session(code, secret)))

    def _kept(self, desk: str) -> None:
        """Go back to the desk that the link leads to, or that this tab was at."""
        if desk and self.desk is None:
            code, _, secret = desk.partition(".")
            self._told(lambda: self._sit(self.store().facilitator_session(code, secret)))

    def _sit(self, desk: FacilitatorSession) -> None:
        learners = self.learners.text if _is_address(self.learners.text) else ""
        self.desk = RoomControl(desk, self.announcer, self._gone, self.clock, learners, self.address.page)
        self.address.keep(f"{desk.code}.{desk.secret}")
        self.top.value = ""
        self._say("")
        self.stage.children = (self.desk,)
        self.desk.take_focus()

    def _gone(self) -> None:
        self.desk = None
        self.address.keep("")
        self.stage.children = (self.start,)
        self._draw_start()
        self.announcer.move_focus(focus=self._id, show=self._id)

    def _draw_start(self) -> None:
        self.top.value = Markup('<h2 class="pp-title" id="{}" tabindex="-1">A room of your own</h2>').format(self._id)

    def _told(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (RoomError, StoreError) as error:
            self._say(str(error))
        except Exception:
            log.exception("a room could not be opened")
            self.notice.value = SOMETHING_WENT_WRONG

    def _say(self, sentence: str) -> None:
        self.status.value = Markup('<p class="pp-problem" role="alert">{}</p>').format(sentence) if sentence else ""

    @property
    def _id(self) -> str:
        return f"pp-facilitator-{self.model_id}"


def _is_address(text: str) -> bool:
    """Whether it is an address that can stand before `?room=`."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not parts.query and not parts.fragment
