"""The learner's view of a room: join, vote, change the vote, and see how it was judged and how the room moved."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from ipywidgets import HTML, Button, HBox, VBox, Widget
from markupsafe import Markup

from etiquette.practice import MOST_OPTIONS, Sureness
from etiquette.room import (
    BallotAnswer,
    LearnerDebrief,
    LearnerSnapshot,
    Phase,
    RoomError,
    Source,
    derive_token,
    format_code,
    new_secret,
    parse_code,
)
from etiquette.stories import MOST_CHOICES
from etiquette.views.controls import (
    MEMBERSHIP,
    VOTED,
    Announcer,
    Countdown,
    Notice,
    ProgressStore,
    button,
    environment,
    show_labels,
    text_field,
    utc_now,
)
from etiquette.views.quiz import SURENESS_LABELS
from etiquette.views.room.drawing import (
    answer_card,
    learner_debrief,
    option_list,
    path_beside_best,
    position_label,
    screen_heading,
    story_passages,
    vote_bars,
)
from etiquette.views.room.room_view import RoomView

if TYPE_CHECKING:
    from etiquette.room.store import LearnerSession, RoomState, Store

Seen = tuple[LearnerSnapshot, LearnerDebrief | None]

LOBBY_INTERVAL = 6.0  # seconds between updates of the number of people while they wait for the session to begin


class LearnerView(RoomView):
    """One learner's view of a room. Everything on screen is drawn from `snapshot`, which is None outside a room.

    The progress store saves the session in the browser, so that reloading the page resumes it. `on_end` is called with
    the learner's debrief and the time at which the session ended, each time that the debrief is loaded.
    """

    def __init__(
        self,
        progress_store: ProgressStore,
        announcer: Announcer,
        on_end: Callable[[LearnerDebrief, datetime], None] = lambda debrief, at: None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.progress_store, self.announcer, self.on_end = progress_store, announcer, on_end
        self.clock, self.environment = clock, environment()
        self.session: LearnerSession | None = None
        self.snapshot: LearnerSnapshot | None = None
        self.debrief: LearnerDebrief | None = None
        self._position: tuple[Phase, int, int, int] | None = None  # of the session, when it was last drawn
        self._new_key = new_secret(secrets.SystemRandom())  # used if the browser has saved none
        self.notice, self.status = Notice(), HTML()
        self.top, self.board, self.card, self.countdown = HTML(), HTML(), HTML(), Countdown()
        self.code, self.nickname = text_field("Room code"), text_field("Nickname (optional)")
        self.enter = button(self.notice, self._join, "pp-primary", description="Join the room")
        self.form = VBox([self.code, self.nickname, self.enter]).add_class("pp-form")
        numbers = range(max(MOST_CHOICES, MOST_OPTIONS))
        choices = [button(self.notice, partial(self._choose, number), "pp-choice") for number in numbers]
        self.choices = VBox(choices).add_class("pp-choices")
        self.sureness = HBox(
            [
                button(self.notice, partial(self._set_sureness, sureness), "pp-secondary", description=label)
                for sureness, label in SURENESS_LABELS.items()
            ]
        ).add_class("pp-leave")
        self.leave = button(self.notice, self._leave, "pp-back", description="Leave this room")
        parts = (self.top, self.countdown, self.form, self.board, self.choices, self.status, self.sureness, self.card)
        super().__init__([*parts, self.notice, self.leave], "pp-room")
        self.follow(self.progress_store, "items", self._items_changed)
        self._draw()

    # Joining and resuming

    def invite(self, code: str) -> None:
        """Fill in the code of a room, or resume the session if the saved one is in that room."""
        try:
            self.code.text = format_code(parse_code(code))
        except RoomError as error:
            self.code.problem = str(error)
            return
        self.resume()

    def resume(self) -> None:
        """Resume the session that the browser has saved, unless another code has been typed."""
        key, code = parse_saved_session(self.progress_store.item(MEMBERSHIP))
        if self.session is not None or not key or not code or self.code.text not in ("", format_code(code)):
            return
        self.code.text = format_code(code)  # so that the learner can join again if this fails
        self._enter(key, code, lambda store, token: store.learner_session(code, token), self._not_resumed)

    def _items_changed(self, change: Any) -> None:
        """Do what the learner did in another tab: join a room, or vote."""
        if change.new.get(MEMBERSHIP) != change.old.get(MEMBERSHIP):
            self.resume()
        if change.new.get(VOTED) != change.old.get(VOTED):
            self.load()

    def _not_resumed(self, reason: str) -> None:
        self._forget_room()
        self._say(reason)

    def _join(self) -> None:
        self.code.problem = ""
        try:
            code = parse_code(self.code.text)
        except RoomError as error:
            self._not_joined(str(error))
            return
        key = parse_saved_session(self.progress_store.item(MEMBERSHIP))[0] or self._new_key
        nickname = self.nickname.text or None  # None keeps the nickname of a learner who returns
        source = Source(self.environment.origin(), self._new_key)
        self._say("Joining…")
        self._enter(key, code, lambda store, token: store.join(code, token, nickname, source), self._not_joined)

    def _not_joined(self, reason: str) -> None:
        self._say("")
        self.code.problem = reason
        self.announcer.say(reason)

    def _enter(
        self,
        key: str,
        code: str,
        open_session: Callable[[Store, str], LearnerSession],
        refused: Callable[[str], None],
    ) -> None:
        """Open a session with the token for this key and room, and show the room. A later call replaces this one."""
        token = derive_token(key, code)

        def enter() -> tuple[LearnerSession, Seen]:
            session = open_session(self.environment.room_store(), token)
            return session, _see(session)

        def entered(found: tuple[LearnerSession, Seen]) -> None:
            self.session, seen = found
            # Saved before the room is on screen, because the page may be reloaded from then on.
            self.progress_store.set_item(MEMBERSHIP, format_saved_session(key, code))
            self._follow(self.session, LOBBY_INTERVAL)
            self._show_snapshot(*seen)

        self._end_visit()
        self._ask(enter, entered, refused)

    def _leave(self) -> None:
        self._end_visit()
        self._forget_room()
        self.code.text = ""
        self._say("")
        self._draw()
        self.take_focus()

    def _forget_room(self) -> None:
        """Have the browser keep only the learner's key."""
        key, _ = parse_saved_session(self.progress_store.item(MEMBERSHIP))
        self.progress_store.set_item(MEMBERSHIP, format_saved_session(key, ""))

    def _end_visit(self) -> None:
        super()._end_visit()
        self.session = self.snapshot = self.debrief = self._position = None

    # Following the room

    def load(self, sentence: str = "") -> None:
        """Load a snapshot of the room from the store, draw it, and then show this sentence if there is one."""
        if (session := self.session) is None:
            return

        def loaded(seen: Seen) -> None:
            self._show_snapshot(*seen)
            if sentence:
                self._say(sentence)

        self._ask(lambda: _see(session), loaded, self._not_loaded)

    def _not_loaded(self, reason: str) -> None:
        """The room has been deleted."""
        self._end_visit()
        self._draw()
        self._say(reason)

    def _changed(self, state: RoomState | None) -> None:
        seen, session = self.snapshot, self.session
        if seen is None or session is None:
            return
        if state is None:
            self.load()  # the store refuses, and says why
            return
        arrival = state.version == seen.version and seen.screen.phase is Phase.LOBBY
        if arrival or state.version > seen.version:
            snapshot = session.snapshot_of(state, seen.person)
            shown = snapshot.screen.shows_debrief
            self._show_snapshot(snapshot, session.debrief_of(state, seen.person) if shown else None)

    def _show_snapshot(self, snapshot: LearnerSnapshot, debrief: LearnerDebrief | None = None) -> None:
        """Show this snapshot, unless the one on screen is newer."""
        if self.snapshot is not None and snapshot.version < self.snapshot.version:
            return
        self.snapshot, self.debrief = snapshot, debrief
        self._draw()
        if snapshot.screen.ended and debrief:
            self.on_end(debrief, snapshot.screen.ended)

    def _store_changed(self, trouble: str) -> None:
        super()._store_changed(trouble)
        if not trouble and self.snapshot is not None:
            self._draw()  # to show the learner's vote again in place of the trouble

    # Voting

    def _choose(self, number: int) -> None:
        snapshot, session = self.snapshot, self.session
        if snapshot is None or session is None or snapshot.ballot is None or number >= len(snapshot.options):
            return  # the vote closed while the click was on its way
        self._say("Sending…")
        if snapshot.screen.alone:
            self._submit(partial(session.play, snapshot.ballot, snapshot.turn, number), self.take_focus)
        else:
            self._submit(partial(session.vote, snapshot.ballot, number, None, self.clock()), self._confirm_vote)

    def _set_sureness(self, sureness: Sureness) -> None:
        snapshot, session, shown, clicked = self.snapshot, self.session, self._answer, self.clock()
        if snapshot is None or session is None or snapshot.ballot is None or shown is None:
            return
        ballot = snapshot.ballot

        def vote() -> LearnerSnapshot:
            answer = self._answer or shown  # by now this is the answer that was still being sent at the click
            return session.vote(ballot, answer.option, sureness, clicked)

        self._submit(vote, self._confirm_vote)

    def _confirm_vote(self) -> None:
        if self._answer is not None:
            self.announcer.say("Your vote is in.")

    def _submit(self, submit: Callable[[], LearnerSnapshot], confirm: Callable[[], None]) -> None:
        """Submit a vote or a choice, then draw the next snapshot or say why the room refused it."""

        def submitted(snapshot: LearnerSnapshot) -> None:
            self._show_snapshot(snapshot)
            self.progress_store.broadcast_vote()
            if self._answer is None:
                self._say("")
            confirm()

        self._ask(submit, submitted, self.load)

    @property
    def _answer(self) -> BallotAnswer | None:
        """The learner's answer on the open ballot; None where each plays alone."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.ballot is None or snapshot.screen.alone or not snapshot.answers:
            return None
        return snapshot.answers[-1]

    # Drawing

    def _draw(self) -> None:
        snapshot = self.snapshot
        if snapshot is None:
            self.top.value = Markup(
                '<h2 class="pp-title" data-id="{}" tabindex="-1">Join a room</h2><p>Type the code your facilitator '
                "shows you. You don’t need an account.</p>"
            ).format(self.element_id("top"))
            self._show(self.form)
            return
        screen = snapshot.screen
        before, self._position = self._position, (screen.phase, screen.item_number, screen.vote_number, screen.since)
        moved_on = before != self._position
        if moved_on:
            self._say("")
        self.top.value = screen_heading(screen, self.element_id("top"), show_voted=screen.phase is not Phase.OPEN)
        self.countdown.show(screen.until, self.clock())
        self.board.value, self.card.value = self._board(snapshot), self._card(snapshot)
        self._draw_choices(snapshot)
        shown: list[Widget] = [self.countdown, self.board, self.card, self.leave]
        shown += [self.choices] if snapshot.ballot is not None and snapshot.options else []
        shown += [self.sureness] if self._answer else []
        self._show(*shown)
        if moved_on:
            self.take_focus()

    def _board(self, snapshot: LearnerSnapshot) -> Markup:
        screen = snapshot.screen
        if screen.phase is Phase.ENDED:
            return Markup("")
        if screen.phase is Phase.LOBBY:
            return Markup(
                "<p>You’re in, as <b><bdi>{}</bdi></b>. The session hasn’t begun yet. This page updates by itself.</p>"
            ).format(snapshot.person.display_name)
        if screen.alone and screen.phase is Phase.READY:
            return Markup("<h3>{}</h3><p>You’ll each play this story by yourselves.</p>").format(screen.title)
        situation = None if screen.alone else screen.situation
        board = story_passages(snapshot.passages, snapshot.since, screen.title, situation)
        if snapshot.over:
            return board + Markup(
                "<p>Your story is over. When everyone has finished, you’ll see where your paths split.</p>"
            )
        if screen.phase is Phase.OPEN:
            return board + Markup("<h3>What would you do?</h3>")
        if screen.phase is Phase.REVEALED or screen.bars or screen.alone:
            return board
        return board + option_list(snapshot.options)

    def _card(self, snapshot: LearnerSnapshot) -> Markup:
        screen = snapshot.screen
        if screen.phase is Phase.ENDED:
            return learner_debrief(self.debrief, self.element_id("own")) if self.debrief else Markup("")
        if screen.revealed:
            return answer_card(screen.revealed, screen.bars, snapshot.answers)
        if self.debrief and screen.alone:
            return Markup('<section class="pp-card pp-debrief"><h3>How your story went</h3>{}</section>').format(
                Markup("").join(path_beside_best(path, "Your path") for path in self.debrief.paths)
            )
        card = vote_bars(snapshot.options, screen.bars) if screen.bars else Markup("")
        if screen.phase is not Phase.CLOSED or screen.alone:
            return card
        if screen.vote_number == 1:
            card += Markup("<p>Talk to your neighbour: what did you choose, and why?</p>")
        if answer := snapshot.answers[-1]:
            card += Markup('<p class="pp-chosen"><span>You chose</span> {}</p>').format(snapshot.options[answer.option])
        return card

    def _draw_choices(self, snapshot: LearnerSnapshot) -> None:
        answer = self._answer
        _label(self.choices.children, snapshot.options, answer.option if answer else None)
        if answer is None:
            return
        self.status.value = Markup(
            "<p><b>Your vote is in.</b> You can change it until the vote closes.</p><h3>How sure are you?</h3>"
        )
        levels = list(SURENESS_LABELS)
        chosen = levels.index(answer.sureness) if answer.sureness else None
        _label(self.sureness.children, list(SURENESS_LABELS.values()), chosen)

    def _show(self, *shown: Widget) -> None:
        optional = (self.form, self.board, self.choices, self.sureness, self.card, self.countdown, self.leave)
        for part in optional:
            part.layout.display = "" if part in shown else "none"

    def take_focus(self) -> None:
        """Move the focus to the heading, and announce where the session is."""
        position = position_label(self.snapshot.screen) + "." if self.snapshot else ""
        self.focus_on("top", position)


def _label(buttons: Sequence[Button], labels: Sequence[str], chosen: int | None) -> None:
    """Show a button for each label, with a tick on the chosen one."""
    show_labels(buttons, [f"✓ {label}" if number == chosen else label for number, label in enumerate(labels)])
    for number, shown in enumerate(buttons):
        (shown.add_class if number == chosen else shown.remove_class)("pp-chosen-kind")


def _see(session: LearnerSession) -> Seen:
    """What the learner sees, and their debrief if they may see it. Call it in a thread."""
    snapshot = session.snapshot()
    return snapshot, session.debrief() if snapshot.screen.shows_debrief else None


def parse_saved_session(text: str) -> tuple[str, str]:
    """The learner's key and the room's code from what the browser has saved; two empty strings if it is unusable."""
    try:
        saved = json.loads(text)
        return str(saved["key"]), str(saved["room"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", ""


def format_saved_session(key: str, code: str) -> str:
    """What the browser saves; empty without a key. The key outlives the session, so `code` may be empty."""
    return json.dumps({"key": key, "room": code}) if key else ""
