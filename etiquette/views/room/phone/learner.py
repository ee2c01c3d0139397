"""The learner's view of a room: join, vote, change the vote, and see how it was judged and how the room moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from ipywidgets import HTML, VBox, Widget
from markupsafe import Markup

from etiquette.practice import Sureness
from etiquette.room import (
    BallotAnswer,
    LearnerDebrief,
    LearnerSnapshot,
    Person,
    Phase,
)
from etiquette.views.controls import (
    MEMBERSHIP,
    VOTED,
    Announcer,
    ButtonGroup,
    Countdown,
    Download,
    GroupButton,
    Notice,
    ProgressStore,
    close_all,
    environment,
    utc_now,
)
from etiquette.views.quiz import SURENESS_LABELS
from etiquette.views.room.drawing import position_label, screen_heading
from etiquette.views.room.phone.about_room import AboutRoom, hidden_sentence
from etiquette.views.room.phone.drawing import (
    VOTE_IS_IN,
    answers_card,
    invitation,
    question_board,
)
from etiquette.views.room.phone.joining import JoinForm, Opened, taken_sentence
from etiquette.views.room.phone.question_box import QuestionBox
from etiquette.views.room.phone.take_home import take_home_sheet
from etiquette.views.room.room_view import RoomView

if TYPE_CHECKING:
    from etiquette.room.store import LearnerSession, RoomState, Store

Seen = tuple[LearnerSnapshot, LearnerDebrief | None]

LOBBY_INTERVAL = 6.0  # seconds between updates of the number of people while they wait for the session to begin


class LearnerView(RoomView):
    """One learner's view of a room. Everything on screen is drawn from `snapshot`, which is None outside a room.

    The progress store saves the session in the browser, so that reloading the page resumes it. `on_end` is called with
    the learner's debrief and the time of their first vote, each time that the debrief is loaded after the end. `told`
    is what became of something they did too late; it stays until they do something else, or the next question opens.
    `page` is the address of the page that this is on, for the links of the sheet to take home; empty while unknown.
    """

    def __init__(
        self,
        progress_store: ProgressStore,
        announcer: Announcer,
        on_end: Callable[[LearnerDebrief, datetime], None] = lambda debrief, at: None,
        clock: Callable[[], datetime] = utc_now,
        page: Callable[[], str] = lambda: "",
    ) -> None:
        self.progress_store, self.announcer, self.on_end, self.page = progress_store, announcer, on_end, page
        self.clock, self.environment = clock, environment()
        self.session: LearnerSession | None = None
        self.snapshot: LearnerSnapshot | None = None
        self.debrief: LearnerDebrief | None = None
        self._position: tuple[Phase, int, int, int] | None = None  # of the session, when it was last drawn
        self._told_during: int | None = None  # the ballot that was open when `told` was said
        self.notice, self.status, self.told = Notice(), HTML(), HTML()
        self.top, self.board, self.card, self.countdown = HTML(), HTML(), HTML(), Countdown()
        self.form = JoinForm(self.notice, progress_store, self.environment.origin(), self._enter)
        self.choices = ButtonGroup(self.notice, self._choose, "pp-choices", "Your answer")
        self.sureness = ButtonGroup(self.notice, self._set_sureness, "pp-sureness", "How sure are you?")
        self.vote_bar = VBox([self.status, self.sureness]).add_class("pp-vote-bar")
        self.questions, self.take_home = VBox(), Download(filename="take-home.html")
        self.about = AboutRoom(self.notice, self._rename, self._leave)
        parts = (self.top, self.told, self.countdown, self.form, self.board, self.choices, self.vote_bar, self.card)
        super().__init__([*parts, self.questions, self.take_home, self.notice, self.about], "pp-room")
        self.follow(self.progress_store, "items", self._items_changed)
        self._draw()

    # Joining and resuming

    def invite(self, code: str) -> None:
        """Fill in the code of a room, or resume the session if the saved one is in that room."""
        if self.form.fill_in(code):
            self.resume()

    def resume(self) -> None:
        """Resume the session that the browser has saved, unless another code has been typed."""
        if self.session is None:
            self.form.resume()

    def _items_changed(self, change: Any) -> None:
        """Do what the learner did in another tab: join a room, or vote."""
        if change.new.get(MEMBERSHIP) != change.old.get(MEMBERSHIP):
            self.resume()
        if change.new.get(VOTED) != change.old.get(VOTED):
            self.load()

    def _not_resumed(self, reason: str) -> None:
        self.form.forget_room()
        self._say("")
        self._tell(reason)

    def _not_joined(self, reason: str) -> None:
        self._say("")
        self.form.refuse(reason)
        self.announcer.say(reason)

    def _enter(self, open_session: Callable[[Store], Opened], nickname: str, *, resuming: bool) -> None:
        """Open a session and show the room, or ask which of the people who were found this is. A later call replaces
        this one.
        """

        def enter() -> tuple[Opened, Seen | None]:
            opened = open_session(self.environment.room_store())
            return opened, None if isinstance(opened, list) else _see(opened[1])

        def entered(found: tuple[Opened, Seen | None]) -> None:
            match found:
                case list() as people, _:
                    self._say("")
                    self.form.ask_who(people)
                    self.announcer.move_focus(focus=self.form.question_id, show="", say=self.form.asks)
                case (key, session), (snapshot, debrief):
                    self.session = session
                    # Saved before the room is on screen, because the page may be reloaded from then on.
                    self.form.remember(key, session.code)
                    self.questions.children = (QuestionBox(session, self.announcer, self.notice, self.clock),)
                    self._follow(session, LOBBY_INTERVAL)
                    self._show_snapshot(snapshot, debrief)
                    self._tell(taken_sentence(nickname, snapshot.person) or hidden_sentence(snapshot.person))

        self._end_visit()
        self._say("Joining…")
        self._ask(enter, entered, self._not_resumed if resuming else self._not_joined)

    def _leave(self) -> None:
        self._end_visit()
        self.form.forget_room()
        self.form.code.text = ""
        self._say("")
        self._draw()
        self.take_focus()

    def _end_visit(self) -> None:
        super()._end_visit()
        close_all(*self.questions.children)
        self.questions.children = ()
        self.session = self.snapshot = self.debrief = self._position = None
        self.about.fold()
        self._tell("")

    # Following the room

    def load(self, sentence: str = "") -> None:
        """Load a snapshot of the room from the store, draw it, and then tell them this sentence if there is one."""
        if (session := self.session) is None:
            return

        def loaded(seen: Seen) -> None:
            self._show_snapshot(*seen)
            if sentence:
                self._draw_status()
                self._tell(sentence)

        self._ask(lambda: _see(session), loaded, self._not_loaded)

    def _not_loaded(self, reason: str) -> None:
        """The room has been deleted, or they were removed from it."""
        self._end_visit()
        self._draw()
        self._say("")
        self._tell(reason)

    def _changed(self, state: RoomState | None) -> None:
        seen, session = self.snapshot, self.session
        if seen is None or session is None:
            return
        if state is None or seen.person.number in state.removed:
            self.load()  # the store refuses, and says why
            return
        arrival = state.version == seen.version and seen.screen.phase is Phase.LOBBY
        if arrival or state.version > seen.version:
            person = replace(seen.person, hidden=seen.person.number in state.hidden)
            snapshot = session.snapshot_of(state, person)
            shown = snapshot.screen.shows_debrief
            self._show_snapshot(snapshot, session.debrief_of(state, person) if shown else None)
            if person.hidden and not seen.person.hidden:
                self._tell(hidden_sentence(person))

    def _show_snapshot(self, snapshot: LearnerSnapshot, debrief: LearnerDebrief | None = None) -> None:
        """Show this snapshot, unless the one on screen is newer."""
        if self.snapshot is not None and snapshot.version < self.snapshot.version:
            return
        self.snapshot, self.debrief = snapshot, debrief
        self._draw()
        if snapshot.screen.ended and debrief and debrief.began:
            self.on_end(debrief, debrief.began)

    def _store_changed(self, trouble: str) -> None:
        super()._store_changed(trouble)
        if not trouble and self.snapshot is not None:
            self._draw()  # to show the learner's vote again in place of the trouble

    # Voting: a tap belongs to the ballot and the turn that were on screen, which it names

    def _choose(self, name: str, state: str) -> None:
        ballot, _, turn = state.partition(".")
        if (session := self.session) is None:
            return
        if turn:
            self._submit(partial(session.play, int(ballot), int(turn), int(name)), self.take_focus)
        else:
            self._submit(partial(session.vote, int(ballot), int(name), None, self.clock()), self._confirm_vote)

    def _set_sureness(self, name: str, ballot: str) -> None:
        if self.session is not None:
            sureness = Sureness(int(name))
            self._submit(partial(self.session.set_sureness, int(ballot), sureness, self.clock()), self._confirm_vote)

    def _confirm_vote(self) -> None:
        if self._answer is not None:
            self.announcer.say("Your vote is in.")

    def _submit(self, submit: Callable[[], LearnerSnapshot], confirm: Callable[[], None]) -> None:
        """Submit a vote or a choice, then draw the next snapshot or say why the room refused it."""

        def submitted(snapshot: LearnerSnapshot) -> None:
            self._show_snapshot(snapshot)
            self.progress_store.broadcast_vote()
            self._draw_status()
            confirm()

        self._tell("")
        self._say("Sending…")
        self._ask(submit, submitted, self.load)

    @property
    def _answer(self) -> BallotAnswer | None:
        """The learner's answer on the open ballot; None where each plays alone."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.ballot is None or snapshot.screen.alone or not snapshot.answers:
            return None
        return snapshot.answers[-1]

    # Who they are

    def _rename(self, nickname: str) -> None:
        if (session := self.session) is None:
            return

        def renamed(person: Person) -> None:
            if self.snapshot is not None:
                self.snapshot = replace(self.snapshot, person=person)
                self._draw()
            now = f"You’re {person.nickname or person.display_name} now."
            self._tell(hidden_sentence(person) or taken_sentence(nickname, person) or now)

        self._ask(lambda: session.rename(nickname), renamed, self.load)

    # Drawing

    def _draw(self) -> None:
        snapshot, session = self.snapshot, self.session
        if snapshot is None or session is None:
            self.top.value = invitation(self.element_id("top"))
            self._show(self.form)
            self.choices.draw("", [])
            self.sureness.draw("", [])
            return
        screen = snapshot.screen
        before, self._position = self._position, (screen.phase, screen.item_number, screen.vote_number, screen.since)
        moved_on = before != self._position
        opened = snapshot.ballot is not None and screen.vote_number == 1
        if opened and snapshot.ballot != self._told_during:
            self._tell("")
        self.top.value = screen_heading(screen, self.element_id("top"), show_voted=screen.phase is not Phase.OPEN)
        self.countdown.show(screen.until, self.clock())
        self.board.value = question_board(snapshot)
        self.card.value = answers_card(snapshot, self.debrief, self.element_id("own"))
        self.about.draw(snapshot, session.code)
        self._draw_buttons(snapshot)
        if moved_on or self._answer:
            self._draw_status()
        if screen.ended and self.debrief:
            sheet = take_home_sheet(self.debrief, screen.ended.date(), self.page())
            self.take_home.offer(sheet, "Save this as a sheet to take home or print")
        at_the_end = self.take_home if screen.ended and self.debrief else self.questions
        self._show(self.countdown, self.board, self.card, at_the_end, self.about)
        if moved_on:
            self.take_focus()

    def _draw_buttons(self, snapshot: LearnerSnapshot) -> None:
        ballot, answer = snapshot.ballot, self._answer
        state = f"{ballot}.{snapshot.turn}" if snapshot.screen.alone else f"{ballot}"
        options = snapshot.options if ballot is not None else ()
        chosen = answer.option if answer else None
        self.choices.draw(
            state,
            [
                GroupButton(str(number), option, ascii_uppercase[number], number == chosen)
                for number, option in enumerate(options)
            ],
        )
        levels = SURENESS_LABELS.items() if answer else ()
        sure = answer.sureness if answer else None
        self.sureness.draw(
            f"{ballot}",
            [GroupButton(str(level.value), label, "", level is sure, "pp-step") for level, label in levels],
        )

    def _draw_status(self) -> None:
        """Say in the bar whether their vote is in."""
        self.status.value = VOTE_IS_IN if self._answer else ""

    def _tell(self, sentence: str) -> None:
        """Tell them this, above everything else, or clear what was told."""
        self._told_during = self.snapshot.ballot if self.snapshot else None
        self.told.value = Markup('<p class="pp-told">{}</p>').format(sentence) if sentence else ""
        self.told.layout.display = "" if sentence else "none"
        if sentence:
            self.announcer.say(sentence)

    def _show(self, *shown: Widget) -> None:
        for part in (self.form, self.board, self.card, self.countdown, self.questions, self.take_home, self.about):
            part.layout.display = "" if part in shown else "none"

    def take_focus(self) -> None:
        """Move the focus to the heading, and announce where the session is."""
        position = position_label(self.snapshot.screen) + "." if self.snapshot else ""
        self.focus_on("top", position)


def _see(session: LearnerSession) -> Seen:
    """What the learner sees, and their debrief if they may see it. Call it in a thread."""
    snapshot = session.snapshot()
    return snapshot, session.debrief() if snapshot.screen.shows_debrief else None
