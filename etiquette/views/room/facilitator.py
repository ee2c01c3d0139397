"""The facilitator's page: plan a session and open a room for it, or go back to an open room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.judge import Policy
from etiquette.room import Agenda, FacilitatorSnapshot, RoomKey
from etiquette.stories import library
from etiquette.views.controls import (
    Announcer,
    BrowserZone,
    Notice,
    button,
    environment,
    policy_note,
    text_field,
    utc_now,
)
from etiquette.views.room.address import PageAddress
from etiquette.views.room.control.control import RoomControl
from etiquette.views.room.links import RoomLinks, from_elsewhere, is_page_url, learners_page, only_here
from etiquette.views.room.my_rooms import MyRooms, time_zone
from etiquette.views.room.preparation.agenda_editor import AgendaEditor
from etiquette.views.room.room_view import RoomView
from etiquette.views.room.welcome import Welcome

if TYPE_CHECKING:
    from etiquette.room.store import FacilitatorSession, RoomOverview, RoomState, Store

CHANGES_EVERY = 60.0  # seconds between reports of votes and arrivals, which change nothing here
PHONES_CANT = (
    "Phones can’t open this address, because it works on this computer only. See what the server printed when it "
    "started."
)


class Facilitator(RoomView):
    """The whole page. `control` is the view of the open room; None while there is none.

    Rooms are judged by the `policy`, by default that of the environment.
    """

    def __init__(self, policy: Policy | None = None, clock: Callable[[], datetime] = utc_now) -> None:
        self.clock, self.environment = clock, environment()
        policy = policy or self.environment.policy
        self.control: RoomControl | None = None
        self.welcome: Welcome | None = None
        self.notice, self.announcer = Notice(), Announcer()
        self.address, self.browser_zone = PageAddress(), BrowserZone()
        self.top, self.status = HTML(), HTML()  # hidden with the form while a room is open
        self.my_rooms = MyRooms(self.notice, self._return)
        self.learners_url = text_field("Address of the learners’ page (for the link and the QR code)")
        self.learners_url.on_enter(self._check_learners_url)
        self.agenda_editor = AgendaEditor(library(), policy, self._open, self.notice, self.announcer)
        self.use_link = button(self.notice, self._toggle_link, "pp-back")
        self.link = text_field("Your private link, or the room’s code and secret")
        self.link.on_enter(self._return_typed)
        self.resume = button(self.notice, self._return_typed, "pp-secondary", description="Go back to the room")
        self.linked = VBox([self.link, self.resume]).add_class("pp-form")
        form = VBox([self.learners_url, self.agenda_editor, self.use_link, self.linked]).add_class("pp-form")
        self.start, self.stage = VBox([self.top, self.status, self.my_rooms, form]), VBox()
        in_browser = (self.address, self.browser_zone, self.agenda_editor.progress_store)
        parts = (HTML(policy_note(policy)), self.start, self.stage, self.notice, *in_browser)
        super().__init__(parts, "pp-facilitator", root=True)
        self.top.value = Markup('<h2 class="pp-title" data-id="{}" tabindex="-1">Run a workshop</h2>').format(
            self.element_id("facilitator")
        )
        self._toggle_link()
        self.learners_url.control.observe(lambda _: self._draw_learners_url(), "value")
        self.address.observe(lambda change: self._page_known(change.new), "page")
        self.address.observe(lambda _: self.agenda_editor.show_saved(), "page")
        self.address.observe(lambda _: self._list_rooms(), "rooms")
        self.address.observe(lambda change: self._resume_saved(change.new), "session")
        self.browser_zone.observe(lambda _: self._draw_rooms(self.my_rooms.overviews), "zone")

    def __repr__(self) -> str:
        """Short: a notebook writes it into its output."""
        return "Facilitator()"

    # The address of the learners' page

    def _page_known(self, page: str) -> None:
        """Fill in the address of the learners' page, as phones reach it."""
        if not self.learners_url.text:
            here = self.environment
            self.learners_url.text = learners_page(page, here.learners_url, here.public_url)

    def _draw_learners_url(self) -> None:
        self.learners_url.problem = ""
        self.learners_url.understood = PHONES_CANT if only_here(self.learners_url.text) else ""

    def _check_learners_url(self) -> bool:
        """Whether the address is empty or that of a page; if not, say so."""
        valid = not self.learners_url.text or is_page_url(self.learners_url.text)
        self.learners_url.problem = (
            "" if valid else "That isn’t the address of a page. Try one like https://careers.example.org/."
        )
        return valid

    # My rooms

    def _list_rooms(self) -> None:
        """Show the rooms that the browser keeps, and have it forget those that are gone."""
        keys: tuple[RoomKey, ...] = self.address.rooms

        def listed(overviews: tuple[RoomOverview, ...]) -> None:
            self._draw_rooms(overviews)
            here = {each.key for each in overviews}
            self.address.forget(*(key for key in keys if key not in here))

        if self.control is not None:
            return
        if keys:
            self._ask(lambda: self.environment.room_store().overviews(keys), listed)
        else:
            self._draw_rooms(())

    def _draw_rooms(self, overviews: tuple[RoomOverview, ...]) -> None:
        self.my_rooms.draw(overviews, self.clock(), time_zone(self.browser_zone.zone))

    # Opening a room and going back to one

    def _open(self, agenda: Agenda) -> None:
        if self._check_learners_url():
            self._enter(lambda store: store.open_room(agenda), welcome=True)

    def _return(self, key: RoomKey) -> None:
        self._enter(lambda store: store.facilitator_session(key.code, key.secret))

    def _return_typed(self) -> None:
        """Go back to the room of the link, or of the code and the secret, that the facilitator typed."""

        def session_of(store: Store) -> FacilitatorSession:
            key = RoomKey.parse(self.link.text)
            return store.facilitator_session(key.code, key.secret)

        self._enter(session_of)

    def _resume_saved(self, saved: str) -> None:
        """Resume the session that came with the link, or that this tab has saved."""

        def session_of(store: Store) -> FacilitatorSession:
            key = RoomKey.parse(saved)
            return store.facilitator_session(key.code, key.secret)

        if saved:
            self._enter(session_of)

    def _enter(self, session_of: Callable[[Store], FacilitatorSession], *, welcome: bool = False) -> None:
        """Open or resume a session, and show its room. A later call replaces this one."""

        def enter() -> tuple[FacilitatorSession, FacilitatorSnapshot, RoomOverview]:
            store = self.environment.room_store()
            session = session_of(store)
            (overview,) = store.overviews([RoomKey(session.code, session.secret)])
            return session, session.snapshot(), overview

        def refused(reason: str) -> None:
            self.address.resume_later("")
            self._say(reason)
            self._list_rooms()

        if self.control is None:
            self._end_visit()
            self._ask(enter, lambda found: self._start(*found, welcome=welcome), refused)

    def _start(
        self, session: FacilitatorSession, snapshot: FacilitatorSnapshot, overview: RoomOverview, *, welcome: bool
    ) -> None:
        learners_url = self.learners_url.text if is_page_url(self.learners_url.text) else ""
        page = self.address.page
        projector_page = urljoin(page, self.environment.learners_url) if self.environment.learners_url else ""
        control_page = from_elsewhere(page, self.environment.public_url)
        links = RoomLinks.of(session, learners_url, control_page, projector_page or learners_url)
        self.control = RoomControl(session, snapshot, self.announcer, self._left, self.clock, links)
        self.address.resume_later(str(overview.key))
        self.address.keep(overview.key, overview.opened)
        self._say("")
        self.link.text = ""
        self.start.layout.display = "none"
        if welcome and links.control:
            until = overview.deleted_from.astimezone(time_zone(self.browser_zone.zone)).date()
            self.welcome = Welcome(session.code, links, until, self.announcer, self.notice, self._saved)
            self.stage.children = (self.welcome, self.control)
            self._follow(session, CHANGES_EVERY)
            self.welcome.take_focus()
        else:
            self.stage.children = (self.control,)
            self.control.take_focus()

    def _changed(self, state: RoomState | None) -> None:
        """Take the welcome away once the session goes on: by the first command, on whichever page."""
        if state is None or state.room.stages:
            self._close_welcome()

    def _store_changed(self, trouble: str) -> None:
        """Leave it to the control to say so."""

    def _saved(self) -> None:
        self._close_welcome()
        if self.control:
            self.control.take_focus()

    def _close_welcome(self) -> None:
        self.stage.children = (self.control,) if self.control else ()
        if self.welcome:
            self.welcome.close()
            self.welcome = None
            self._end_visit()

    def _left(self) -> None:
        self.control = None
        self._close_welcome()
        self.address.resume_later("")
        self.start.layout.display = ""
        self.focus_on("facilitator")
        self._list_rooms()

    # What is folded away, and what is said

    def _toggle_link(self) -> None:
        folding = self.linked.layout.display != "none"
        self.linked.layout.display = "none" if folding else ""
        self.use_link.description = "Go back with a private link" if folding else "Hide the private link"

    def _say(self, sentence: str) -> None:
        self.status.value = Markup('<p class="pp-problem" role="alert">{}</p>').format(sentence) if sentence else ""
