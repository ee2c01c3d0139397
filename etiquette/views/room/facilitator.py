"""The facilitator's page: plan a session and open a room for it, or return to an open room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.judge import Policy
from etiquette.room import Agenda, FacilitatorSnapshot
from etiquette.stories import library
from etiquette.views.controls import Announcer, Notice, button, environment, policy_note, text_field, utc_now
from etiquette.views.room.address import PageAddress
from etiquette.views.room.agenda_editor import AgendaEditor
from etiquette.views.room.control import RoomControl
from etiquette.views.room.links import RoomLinks, is_page_url, learners_page
from etiquette.views.room.room_view import RoomView

if TYPE_CHECKING:
    from etiquette.room.store import FacilitatorSession, Store


class Facilitator(RoomView):
    """The whole page. `control` is the view of the open room; None while there is none.

    Rooms are judged by the `policy`, by default that of the environment.
    """

    def __init__(self, policy: Policy | None = None, clock: Callable[[], datetime] = utc_now) -> None:
        self.clock, self.environment = clock, environment()
        policy = policy or self.environment.policy
        self.control: RoomControl | None = None
        self.notice, self.announcer, self.address = Notice(), Announcer(), PageAddress()
        self.top, self.status = HTML(), HTML()  # hidden with the form while a room is open
        self.learners_url = text_field("Address of the learners’ page (for the link and the QR code)")
        self.agenda_editor = AgendaEditor(library(), policy, self._open, self.notice)
        self.code, self.secret = text_field("Room code"), text_field("Secret, or your whole link")
        self.resume = button(self.notice, self._resume_typed, "pp-secondary", description="Return to this room")
        back = [HTML(Markup("<h3>Return to a room</h3>")), self.code, self.secret, self.resume]
        form = VBox([self.learners_url, self.agenda_editor, VBox(back).add_class("pp-form")]).add_class("pp-form")
        self.start, self.stage = VBox([self.top, self.status, form]), VBox()
        parts = (HTML(policy_note(policy)), self.start, self.stage, self.notice, self.address)
        super().__init__(parts, "pp-facilitator", root=True)
        self.top.value = Markup('<h2 class="pp-title" data-id="{}" tabindex="-1">Run a workshop</h2>').format(
            self.element_id("facilitator")
        )
        self.address.observe(lambda change: self._page_known(change.new), "page")
        self.address.observe(lambda change: self._resume_saved(change.new), "session")

    def __repr__(self) -> str:
        """Short: a notebook writes it into its output."""
        return "Facilitator()"

    def _page_known(self, page: str) -> None:
        """Fill in the address of the learners' page, which may be relative to this page."""
        if not self.learners_url.text:
            here = self.environment
            self.learners_url.text = learners_page(page, here.learners_url, here.public_url)

    def _open(self, agenda: Agenda) -> None:
        if not self.learners_url.text or is_page_url(self.learners_url.text):
            self.learners_url.problem = ""
            self._enter(lambda store: store.open_room(agenda))
        else:
            self.learners_url.problem = "That isn’t the address of a page. Try one like https://careers.example.org/."

    def _resume_typed(self) -> None:
        """Resume the session of the code and the secret, or of the whole link, that the facilitator typed."""
        code, secret = self.code.text, self.secret.text.strip()
        if "#desk=" in secret:
            code, _, secret = secret.partition("#desk=")[2].partition(".")
        self._enter(lambda store: store.facilitator_session(code, secret))

    def _resume_saved(self, saved: str) -> None:
        """Resume the session that came with the link, or that this tab has saved."""
        if saved:
            code, _, secret = saved.partition(".")
            self._enter(lambda store: store.facilitator_session(code, secret))

    def _enter(self, session_of: Callable[[Store], FacilitatorSession]) -> None:
        """Open or resume a session, and show its room. A later call replaces this one."""

        def enter() -> tuple[FacilitatorSession, FacilitatorSnapshot]:
            session = session_of(self.environment.room_store())
            return session, session.snapshot()

        if self.control is None:
            self._end_visit()
            self._ask(enter, lambda found: self._start(*found))

    def _start(self, session: FacilitatorSession, overview: FacilitatorSnapshot) -> None:
        learners_url = self.learners_url.text if is_page_url(self.learners_url.text) else ""
        page = self.address.page
        projector_page = urljoin(page, self.environment.learners_url) if self.environment.learners_url else ""
        links = RoomLinks.of(session, learners_url, page, projector_page or learners_url)
        self.control = RoomControl(session, overview, self.announcer, self._left, self.clock, links)
        self.address.resume_later(f"{session.code}.{session.secret}")
        self._say("")
        self.start.layout.display = "none"
        self.stage.children = (self.control,)
        self.control.take_focus()

    def _left(self) -> None:
        self.control = None
        self.address.resume_later("")
        self.stage.children = ()
        self.start.layout.display = ""
        self.focus_on("facilitator")

    def _say(self, sentence: str) -> None:
        self.status.value = Markup('<p class="pp-problem" role="alert">{}</p>').format(sentence) if sentence else ""
