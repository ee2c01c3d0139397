"""A learner in a room: they join, vote, may change their vote, and learn how it was judged and how the room moved."""

from __future__ import annotations

import json
import logging
import random
import secrets
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from ipywidgets import HTML, HBox, VBox, Widget
from markupsafe import Markup

from etiquette.practice import MOST_OPTIONS, Sureness
from etiquette.room import (
    BallotAnswer,
    LastKnown,
    LearnerDebrief,
    LearnerSnapshot,
    Phase,
    RoomError,
    StoreError,
    derive_token,
    format_code,
    new_secret,
    parse_code,
)
from etiquette.stories import MOST_CHOICES
from etiquette.views.controls import (
    SOMETHING_WENT_WRONG,
    Announcer,
    Countdown,
    Notice,
    ProgressStore,
    button,
    call_soon,
    text_field,
    utc_now,
)
from etiquette.views.quiz import SURENESS_LABELS
from etiquette.views.room.connection import Poll, room_store_here, visitor_origin
from etiquette.views.room.drawing import bars, heading, listed, own, own_path, revealed, told, where

if TYPE_CHECKING:
    from etiquette.room.store import LearnerSession, Store, Watch

log = logging.getLogger("etiquette")

POLLS_TO_COUNT = 24  # six seconds, within which a phone in the lobby counts who has come
POLLS_TO_TRY_AGAIN = 12

_ScreenPosition = tuple[Phase, int, int, int]


class LearnerView(VBox):
    """One person's place in a room. Everything on screen is drawn from `seen`, which is None before they have joined.

    Whoever joined from this browser before comes back as the same person: the keeper keeps the `seat`. `on_end` is
    told how the session went for them, and when it ended.
    """

    def __init__(
        self,
        progress_store: ProgressStore,
        announcer: Announcer,
        on_end: Callable[[LearnerDebrief, datetime], None] = lambda debrief, at: None,
        store: Callable[[], Store] = room_store_here,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.progress_store, self.announcer, self.on_end, self.store, self.clock = (
            progress_store,
            announcer,
            on_end,
            store,
            clock,
        )
        self.seat: LearnerSession | None = None
        self.watch: Watch | None = None
        self.seen: LearnerSnapshot | None = None
        self.debrief: LearnerDebrief | None = None
        self._source = uuid.uuid4().hex
        self._place: _ScreenPosition | None = None
        self._due = 0  # in how many beats to look at the room again; 0: not before something happens
        self._told_end = False
        self.poll = Poll(self.look)
        self.notice, self.status = Notice(), HTML()
        self.top, self.board, self.card, self.countdown = HTML(), HTML(), HTML(), Countdown()
        self.code, self.nickname = text_field("The room’s code"), text_field("A nickname, if you like")
        self.enter = button(self.notice, self._join, "pp-primary", description="Join the room")
        self.form = VBox([self.code, self.nickname, self.enter])
        self.form.add_class("pp-form")
        self.choices = VBox(
            [
                button(self.notice, partial(self._choose, number), "pp-choice")
                for number in range(max(MOST_CHOICES, MOST_OPTIONS))
            ]
        )
        self.choices.add_class("pp-choices")
        self.sure = HBox(
            [
                button(self.notice, partial(self._be_sure, each), "pp-secondary", description=says)
                for each, says in SURENESS_LABELS.items()
            ]
        )
        self.sure.add_class("pp-leave")
        self.leave = button(self.notice, self._leave, "pp-back", description="Leave this room")
        parts = (self.top, self.countdown, self.form, self.board, self.choices, self.status, self.sure, self.card)
        super().__init__([*parts, self.notice, self.leave])
        self.add_class("pp-room")
        self.progress_store.observe(lambda _: self.come_back(), "membership")
        self.progress_store.observe(lambda _: self._told(self.see), "last_vote")
        self._draw()

    # Joining, and coming back

    def invite(self, code: str) -> None:
        """Have this code in the form, or go to that room at once if they have a seat in it."""
        try:
            self.code.text = format_code(parse_code(code))
        except RoomError as error:
            self.code.problem = str(error)
            return
        self.come_back()

    def come_back(self) -> None:
        """Take the seat that the browser has kept, if there is one."""
        key, code = read_seat(self.progress_store.membership)
        if self.seat is None and key and code and self.code.text in ("", format_code(code)):
            self._told(partial(self._come_back, key, code))

    def _come_back(self, key: str, code: str) -> None:
        try:
            self._sit(self.store().learner_session(code, derive_token(key, code)))
        except RoomError as error:
            self.progress_store.remember_membership(write_seat(key, ""))
            self._say(str(error))

    def _join(self) -> None:
        self.code.problem = ""
        self._say("Joining…")
        source = visitor_origin() or self._source  # now: later, another message may be the one that is being handled
        call_soon(partial(self._told, partial(self._joined, source)))

    def _joined(self, source: str) -> None:
        try:
            code = parse_code(self.code.text)
            key = read_seat(self.progress_store.membership)[0] or new_secret(secrets.SystemRandom())
            seat = self.store().join(code, derive_token(key, code), self.nickname.text, source)
        except RoomError as error:
            self._say("")
            self.code.problem = str(error)
            self.announcer.say(str(error))
            return
        self.seat = seat
        # Before the room is drawn, so that a learner who sees it can also come back to it.
        self.progress_store.remember_membership(write_seat(key, code))
        self._sit(seat)

    def _sit(self, seat: LearnerSession) -> None:
        self.seat, self._place = seat, None
        self.watch = seat.watch()
        self.watch.changed()
        self._say("")
        self.see()
        self.poll.start()

    def _leave(self) -> None:
        self._stand_up()
        self.progress_store.remember_membership(write_seat(read_seat(self.progress_store.membership)[0], ""))
        self.code.text = ""
        self._say("")
        self._draw()
        self.take_focus()

    def _stand_up(self) -> None:
        self.poll.stop()
        if self.watch is not None:
            self.watch.close()
        self.seat = self.watch = self.seen = self.debrief = None
        self._told_end = False

    def close(self) -> None:
        """Be no more in the page, and look no more."""
        self._stand_up()
        super().close()

    # What happens in the room

    def look(self) -> None:
        """See what is new, if anything is."""
        if self.watch is None:
            return
        trouble = self.watch.trouble
        pulse = self.watch.changed()
        if self.watch.trouble != trouble:
            self._say(self.watch.trouble)
        if self.watch.trouble:
            return
        if self._due == 1 or (pulse is not None and pulse.gone):
            self._told(self.see)
        elif pulse is not None and self.seen and pulse.version > self.seen.version:  # the facilitator took a step
            self._told(partial(self.see, LastKnown(self.seen.person, pulse.version)))
        elif self._due:
            self._due -= 1
        elif pulse is not None and self.seen and self.seen.screen.phase is Phase.LOBBY:
            self._due = random.randint(1, POLLS_TO_COUNT)  # or all phones would look at the same time

    def see(self, known: LastKnown | None = None) -> None:
        """Look at the room, and draw it."""
        if self.seat is None:
            return
        self._due = POLLS_TO_TRY_AGAIN  # unless it is seen now: the store may be away
        try:
            seen = self.seat.snapshot(known)
            self.debrief = self.seat.debrief(known) if seen.screen.shows_debrief else None
        except RoomError as error:
            self._stand_up()
            self._draw()
            self._say(str(error))
            return
        self._saw(seen)
        if seen.screen.ended and self.debrief and not self._told_end:
            self._told_end = True
            self.on_end(self.debrief, seen.screen.ended)

    def _saw(self, seen: LearnerSnapshot) -> None:
        self.seen, self._due = seen, 0
        self._draw()

    # Voting

    def _choose(self, number: int) -> None:
        seen = self.seen
        if seen is None or seen.ballot is None or number >= len(seen.options):
            return  # a tap that was on its way when the vote closed
        self._say("Sending…")
        if seen.screen.alone:
            call_soon(partial(self._told, partial(self._play, seen.ballot, seen.turn, number)))
        else:
            call_soon(partial(self._told, partial(self._vote, seen.ballot, number, None)))

    def _be_sure(self, sureness: Sureness) -> None:
        seen, answer = self.seen, self._answer
        if seen is None or seen.ballot is None or answer is None:
            return
        call_soon(partial(self._told, partial(self._vote, seen.ballot, answer.option, sureness)))

    def _vote(self, ballot: int, option: int, sureness: Sureness | None) -> None:
        if self.seat is not None:
            self._after(lambda seat: seat.vote(ballot, option, sureness, self.clock()))
            if self._answer is not None:
                self.announcer.say("Your vote is in.")

    def _play(self, ballot: int, turn: int, option: int) -> None:
        self._after(lambda seat: seat.play(ballot, turn, option))
        self._take_focus()

    def _after(self, work: Callable[[LearnerSession], LearnerSnapshot]) -> None:
        """Do it, and show what is seen then; if the room refuses, say why."""
        if self.seat is None:
            return
        try:
            self._saw(work(self.seat))
        except RoomError as error:
            self.see()
            self._say(str(error))
        else:
            self.progress_store.broadcast_vote()
            if self._answer is None:
                self._say("")

    @property
    def _answer(self) -> BallotAnswer | None:
        """What they answered on the vote that is open."""
        seen = self.seen
        if seen is None or seen.ballot is None or seen.screen.alone or not seen.answers:
            return None
        return seen.answers[-1]

    # What is drawn

    def _draw(self) -> None:
        seen = self.seen
        if seen is None:
            self.top.value = Markup(
                '<h2 class="pp-title" id="{}" tabindex="-1">Join a room</h2><p>Type the code that the facilitator '
                "shows. Nobody needs an account.</p>"
            ).format(self._id("top"))
            self._show(self.top, self.form)
            return
        screen = seen.screen
        before, self._place = self._place, (screen.phase, screen.item_number, screen.vote_number, screen.since)
        if before != self._place:
            self._say("")
        self.top.value = heading(screen, where(screen), self._id("top"), counting=screen.phase is not Phase.OPEN)
        self.countdown.show(screen.until, self.clock())
        self.board.value, self.card.value = self._board(seen), self._card(seen)
        self._draw_choices(seen)
        shown: list[Widget] = [self.top, self.countdown, self.board, self.card, self.leave]
        shown += [self.choices] if seen.ballot is not None and seen.options else []
        shown += [self.sure] if self._answer else []
        self._show(*shown)
        if before != self._place:
            self._take_focus()

    def _board(self, seen: LearnerSnapshot) -> Markup:
        screen = seen.screen
        if screen.phase is Phase.ENDED:
            return Markup("")
        if screen.phase is Phase.LOBBY:
            return Markup(
                "<p>You are in, as <b><bdi>{}</bdi></b>. The session has not begun; this page follows by itself.</p>"
            ).format(seen.person.display_name)
        situation = None if screen.alone else screen.situation
        board = told(seen.passages, seen.since, screen.title, situation)
        if screen.alone and screen.phase is Phase.READY:
            return Markup("<h3>{}</h3><p>Each of you will go through this story alone.</p>").format(screen.title)
        if seen.over:
            return board + Markup("<p>Your story is over. Wait for the others; then see where the paths parted.</p>")
        if screen.phase is Phase.OPEN:
            return board + Markup("<h3>What would you do?</h3>")
        if screen.phase is Phase.REVEALED or screen.bars or screen.alone:
            return board
        return board + listed(seen.options)

    def _card(self, seen: LearnerSnapshot) -> Markup:
        screen = seen.screen
        if screen.phase is Phase.ENDED:
            return own(self.debrief, self._id("own")) if self.debrief else Markup("")
        if screen.revealed:
            return revealed(screen.revealed, screen.bars, seen.answers)
        if self.debrief and screen.alone:
            return Markup('<section class="pp-card pp-debrief"><h3>Where you went</h3>{}</section>').format(
                Markup("").join(own_path(path) for path in self.debrief.paths)
            )
        drawn = bars(seen.options, screen.bars) if screen.bars else Markup("")
        if screen.phase is Phase.CLOSED and screen.vote_number == 1 and not screen.alone:
            drawn += Markup("<p>Talk to your neighbour: what did you choose, and why?</p>")
        given = seen.answers[-1] if seen.answers and not screen.alone else None
        if screen.phase is Phase.CLOSED and given:
            drawn += Markup('<p class="pp-chosen"><span>You would</span> {}</p>').format(seen.options[given.option])
        return drawn

    def _draw_choices(self, seen: LearnerSnapshot) -> None:
        answer = self._answer
        for number, shown in enumerate(self.choices.children):
            there = number < len(seen.options)
            mine = answer is not None and answer.option == number
            says = seen.options[number] if there else ""
            shown.description = f"✓ {says}" if mine else says
            shown.layout.display = "" if there else "none"
            (shown.add_class if mine else shown.remove_class)("pp-chosen-kind")
        if answer is None:
            return
        self.status.value = Markup(
            "<p><b>Your vote is in.</b> You may change it until the vote closes.</p><h3>How sure are you?</h3>"
        )
        for (sureness, says), shown in zip(SURENESS_LABELS.items(), self.sure.children, strict=True):
            mine = answer.sureness is sureness
            shown.description = f"✓ {says}" if mine else says
            (shown.add_class if mine else shown.remove_class)("pp-chosen-kind")

    def _show(self, *shown: Widget) -> None:
        comes_and_goes = (self.form, self.board, self.choices, self.sure, self.card, self.countdown, self.leave)
        for part in comes_and_goes:
            part.layout.display = "" if part in shown else "none"

    def _say(self, sentence: str) -> None:
        self.status.value = Markup('<p class="pp-answer">{}</p>').format(sentence) if sentence else ""
        if sentence and not sentence.endswith("…"):
            self.announcer.say(sentence)

    def _told(self, work: Callable[[], None]) -> None:
        """Do it; say what the store cannot do, and own up to what is our fault."""
        try:
            work()
        except StoreError as error:
            self._say(str(error))
        except Exception:
            log.exception("something in a room failed")
            self.notice.value = SOMETHING_WENT_WRONG

    def take_focus(self) -> None:
        """Take the keyboard to what is on screen."""
        self._take_focus()

    def _take_focus(self) -> None:
        name = self._id("top")
        says = where(self.seen.screen) + "." if self.seen else ""
        self.announcer.move_focus(focus=name, show=name, say=says)

    def _id(self, part: str) -> str:
        return f"pp-{part}-{self.model_id}"


def read_seat(text: str) -> tuple[str, str]:
    """The key and the room of a seat as the browser has kept it; empty, where nothing sensible is kept."""
    try:
        saved = json.loads(text)
        return str(saved["key"]), str(saved["room"])
    except (ValueError, KeyError, TypeError):
        return "", ""


def write_seat(key: str, room: str) -> str:
    """A seat as the browser is to keep it; nothing, where there is no key."""
    return json.dumps({"key": key, "room": room}) if key else ""
