"""The facilitator's desk: one room on the projector, its steps as buttons, and at the end its debrief."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from ipywidgets import HTML, Button, HBox, VBox, Widget
from markupsafe import Markup

from etiquette.room import (
    Command,
    FacilitatorSnapshot,
    Phase,
    RoomError,
    StoreError,
    as_csv,
    as_json_lines,
    format_code,
)
from etiquette.views.controls import (
    SOMETHING_WENT_WRONG,
    Announcer,
    Countdown,
    Download,
    Looks,
    Notice,
    button,
    qr_code,
)
from etiquette.views.room.connection import Poll
from etiquette.views.room.debrief import room_debrief
from etiquette.views.room.drawing import bars, heading, listed, revealed, told, where
from etiquette.views.room.report import room_report

if TYPE_CHECKING:
    from etiquette.room.store import FacilitatorSession

log = logging.getLogger("etiquette")

STEPS = {
    Command.OPEN: "Open the vote",
    Command.CLOSE: "Close the vote",
    Command.SHOW: "Show the bars",
    Command.HIDE: "Hide the bars",
    Command.REVEAL: "Reveal the answers",
    Command.NEXT: "Go on",
    Command.END: "End the session",
    Command.REOPEN: "Open it again",
    Command.RESET: "Reset this vote",
    Command.SKIP: "Skip",
    Command.BACK: "Go back",
}
SELDOM = (Command.REOPEN, Command.RESET, Command.SKIP, Command.BACK)
MINUTES = (1, 2, 5)
MOST_TIED = 8
MOST_NAMES = 300


class RoomControl(VBox):
    """A room as its facilitator sees it, who may be projecting it: no verdict or bar is drawn before it is shown.

    `gone` is called when they leave the desk, or have deleted the room.
    """

    def __init__(
        self,
        desk: FacilitatorSession,
        announcer: Announcer,
        gone: Callable[[], None],
        clock: Callable[[], datetime],
        learners: str = "",
        own: str = "",
    ) -> None:
        self.desk, self.announcer, self.gone, self.clock = desk, announcer, gone, clock
        self.watch = desk.watch()
        self.notice, self.status = Notice(), HTML()
        self.door, self.top, self.board, self.card = HTML(), HTML(), HTML(), HTML()
        self.countdown = Countdown()
        self.steps = {
            step: button(
                self.notice,
                partial(self._ask if step is Command.END else self._take, step),
                "pp-step",
                description=says,
            )
            for step, says in STEPS.items()
        }
        self.steps_row = HBox([shown for step, shown in self.steps.items() if step not in SELDOM])
        self.more = button(self.notice, self._toggle_more, "pp-back")
        self.seldom = HBox([self.steps[step] for step in SELDOM])
        self.timers = HBox(
            [
                button(self.notice, partial(self._time, minutes), "pp-step", description=f"Timer: {minutes} min")
                for minutes in MINUTES
            ]
            + [button(self.notice, partial(self._time, None), "pp-step", description="Stop the timer")]
        )
        self.ties = VBox(
            [button(self.notice, partial(self._decide, number), "pp-choice") for number in range(MOST_TIED)]
        )
        self.ties.add_class("pp-choices")
        self.question = HTML()
        self.yes = button(self.notice, self._yes, "pp-primary")
        self.no = button(self.notice, self._no, "pp-secondary", description="No, leave it")
        self.asked = VBox([self.question, HBox([self.yes, self.no])])
        self.asked.children[1].add_class("pp-leave")
        self.names = button(self.notice, self._toggle_names, "pp-back", description="Show the nicknames")
        self.people = HBox([])
        self.people.add_class("pp-people")
        self.delete = button(self.notice, partial(self._ask, None), "pp-back", description="Delete this room")
        self.away = button(self.notice, self._away, "pp-back", description="← Leave this desk")
        self.report = Download(filename=f"room-{desk.code}.html")
        self.table = Download(filename=f"room-{desk.code}.csv")
        self.lines = Download(filename=f"room-{desk.code}.jsonl")
        self.files = HBox([self.report, self.table, self.lines])
        for row in (self.steps_row, self.seldom, self.timers, self.files):
            row.add_class("pp-steps")
        self.secret = HTML(
            Markup(
                '<details class="pp-earlier"><summary>Your own way back to this desk: keep it off the projector'
                "</summary><p>Code <b>{}</b>, secret <code>{}</code></p><p>{}</p></details>"
            ).format(desk.code, desk.secret, f"{own}#desk={desk.code}.{desk.secret}" if own else "")
        )
        self.learners = learners
        self._wanted: Command | None = None
        self._listing: tuple[object, ...] = ()
        self._behind = False  # what is on screen is older than what is known to have happened
        self._looks = Looks()
        self.overview: FacilitatorSnapshot = desk.snapshot()
        parts = (self.top, self.countdown, self.steps_row, self.timers, self.asked, self.ties, self.status)
        last = (self.more, self.seldom, self.names, self.people, self.secret, self.delete, self.away)
        super().__init__([self.door, *parts, self.board, self.card, self.files, *last, self.notice])
        self.add_class("pp-desk")
        for part in (self.ties, self.asked, self.people, self.seldom):
            self._display(part, False)
        self.poll = Poll(self.look)
        self.watch.changed()
        self.draw(self.overview)
        self.poll.start()

    # Looking

    def look(self) -> None:
        """See what is new, if anything is."""
        trouble = self.watch.trouble
        pulse = self.watch.changed()
        if self.watch.trouble != trouble:
            self._say(self.watch.trouble)
        self._behind = self._behind or pulse is not None
        if self._behind and not self.watch.trouble:
            self._told(self._catch_up)

    def _catch_up(self) -> None:
        overview = self.desk.snapshot()
        self._behind = False
        self.draw(overview)

    def close(self) -> None:
        """Be no more in the page, and look no more."""
        self.poll.stop()
        self.watch.close()
        super().close()

    # Steps

    def _take(self, step: Command) -> None:
        if step is Command.REVEAL and self.overview.tied:
            self._draw_ties()
            return
        self._change(lambda: self.desk.do(step, seen=self.overview.version))

    def _decide(self, place: int) -> None:
        if place < len(self.overview.tied):
            choice = self.overview.tied[place]
            self._change(lambda: self.desk.reveal(seen=self.overview.version, choice=choice))

    def _time(self, minutes: int | None) -> None:
        until = None if minutes is None else self.clock() + timedelta(minutes=minutes)
        self._change(lambda: self.desk.set_timer(until, seen=self.overview.version), take_focus=False)

    def _hide(self, number: int, hidden: bool) -> None:
        self._change(lambda: self.desk.hide_nickname(number, hidden=hidden), take_focus=False)

    def _change(self, work: Callable[[], FacilitatorSnapshot], *, take_focus: bool = True) -> None:
        def change() -> None:
            self._say("")
            self.ties.layout.display = "none"
            self.draw(work())
            if take_focus:
                self.take_focus()

        self._told(change)

    def _told(self, work: Callable[[], None]) -> None:
        try:
            work()
        except StoreError as error:
            self._say(str(error))
        except RoomError as error:
            self._behind = False
            self._say(str(error))
            self._look_again()
        except Exception:
            self._behind = False
            log.exception("a step of a room failed")
            self.notice.value = SOMETHING_WENT_WRONG

    def _look_again(self) -> None:
        try:
            self.draw(self.desk.snapshot())
        except (RoomError, StoreError) as error:
            self._say(str(error))

    # What is asked before it is done

    def _ask(self, step: Command | None) -> None:
        """Ask whether to end the session or, without a step, to delete the room."""
        self._wanted = step
        says, yes = (
            ("End the session for everybody, and go to the debrief?", "Yes, end it")
            if step
            else ("Delete the room now, with all its votes? Nobody can bring it back.", "Yes, delete it")
        )
        name = self._id("asked")
        self.question.value = Markup('<h3 id="{}" tabindex="-1">{}</h3>').format(name, says)
        self.yes.description = yes
        self.asked.layout.display = ""
        self.announcer.move_focus(focus=name, show=name)

    def _no(self) -> None:
        self.asked.layout.display = "none"
        self.take_focus()

    def _yes(self) -> None:
        if self.asked.layout.display == "none":
            return
        self.asked.layout.display = "none"
        if self._wanted:
            self._take(self._wanted)
        else:
            self._told(self._deleted)

    def _deleted(self) -> None:
        self.desk.delete()
        self._away()

    def _away(self) -> None:
        self.close()
        self.gone()

    # What is drawn

    def draw(self, overview: FacilitatorSnapshot) -> None:
        """Show the room as it is now."""
        self.overview = overview
        screen = overview.screen
        lobby = screen.phase is Phase.LOBBY
        self.door.value = self._door(large=lobby)
        self.top.value = heading(screen, where(screen), self._id("top"))
        self.countdown.show(screen.until, self.clock())
        for step, shown in self.steps.items():
            self._display(shown, step in overview.allowed)
        self.steps[Command.OPEN].description = (
            "Let them play" if screen.alone else "Open the second vote" if screen.vote_number else "Open the vote"
        )
        self.steps[Command.NEXT].description = "Begin" if lobby else "Go on"
        self._display(self.timers, screen.phase is Phase.OPEN)
        self._draw_more()
        self.board.value, self.card.value = self._board(), self._card()
        self._draw_files()
        self._draw_people()

    def _door(self, *, large: bool) -> Markup:
        link = f"{self.learners}?room={self.desk.code}"
        code = Markup('<p class="pp-code"><span class="pp-muted">Join with the code</span> <b>{}</b></p>').format(
            format_code(self.desk.code)
        )
        if not large:
            return code
        picture = qr_code(link, f"QR code of the link {link}") if self.learners else Markup("")
        return Markup('<div class="pp-door">{}<div>{}<p class="pp-link">{}</p></div></div>').format(
            picture, code, link if self.learners else ""
        )

    def _board(self) -> Markup:
        screen = self.overview.screen
        if screen.phase in (Phase.LOBBY, Phase.ENDED):
            return Markup("")
        if screen.alone:
            return Markup("<h3>{}</h3><p>Each of you goes through this story alone, on your own phone.</p>").format(
                screen.title
            )
        board = told(screen.passages, screen.since, screen.title, screen.situation)
        return board if screen.bars or screen.revealed else board + listed(screen.options)

    def _card(self) -> Markup:
        screen = self.overview.screen
        if screen.revealed:
            return revealed(screen.revealed, screen.bars)
        return bars(screen.options, screen.bars) if screen.bars else Markup("")

    def _draw_files(self) -> None:
        """At the end, and where paths parted, the debrief; its files at the end alone."""
        screen = self.overview.screen
        ended = screen.phase is Phase.ENDED
        self._display(self.files, ended)
        if not ended and not (screen.alone and screen.phase is Phase.REVEALED):
            return
        found = self.desk.debrief()
        self.card.value = room_debrief(found, alone=not ended)
        if ended:
            self.report.offer(room_report(found, self.clock().date()), "Save the debrief, to be printed")
            self.table.offer(as_csv(found), "Save the counts as a table (CSV)", "text/csv")
            self.lines.offer(as_json_lines(found, self.desk.code), "Save every vote (JSON lines)", "application/jsonl")

    def _draw_ties(self) -> None:
        tied, options = self.overview.tied, self.overview.screen.options
        for place, shown in enumerate(self.ties.children):
            there = place < len(tied)
            shown.description = options[tied[place]] if there else ""
            self._display(shown, there)
        self._display(self.ties, True)
        self._say("It is a tie. Decide which of these happens.")

    def _toggle_more(self) -> None:
        self._display(self.seldom, self.seldom.layout.display == "none")
        self._draw_more()

    def _draw_more(self) -> None:
        self._display(self.more, any(step in self.overview.allowed for step in SELDOM))
        self.more.description = "More steps" if self.seldom.layout.display == "none" else "Fewer steps"

    def _toggle_names(self) -> None:
        opening = self.people.layout.display == "none"
        self._display(self.people, opening)
        self.names.description = "Put the nicknames away" if opening else "Show the nicknames"
        self._draw_people()

    def _draw_people(self) -> None:
        """A button for each nickname, which hides it or shows it again; they are made when they are looked at."""
        if self.people.layout.display == "none":
            return
        named = tuple(each for each in self.overview.people if each.nickname)[:MOST_NAMES]
        if named == self._listing:
            return
        self._listing = named
        for shown in self.people.children:
            shown.close()
        self.people.children = [self._name(each.number, each.display_name, each.hidden) for each in named]

    def _name(self, number: int, shown: str, hidden: bool) -> Button:
        says = f"Show the nickname of {shown}" if hidden else f"Hide {shown}"
        return button(
            self.notice, partial(self._hide, number, not hidden), "pp-kind", description=says, looks=self._looks
        )

    def _display(self, part: Widget, there: bool) -> None:
        part.layout.display = "" if there else "none"

    def _say(self, sentence: str) -> None:
        self.status.value = Markup('<p class="pp-answer">{}</p>').format(sentence) if sentence else ""
        if sentence:
            self.announcer.say(sentence)

    def take_focus(self) -> None:
        """Take the keyboard to where the room stands."""
        name = self._id("top")
        self.announcer.move_focus(focus=name, show=name, say=f"{where(self.overview.screen)}.")

    def _id(self, part: str) -> str:
        return f"pp-{part}-{self.model_id}"
