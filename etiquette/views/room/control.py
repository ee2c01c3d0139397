"""The facilitator's view of an open room, which may be projected: its commands as buttons, and its debrief."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from ipywidgets import HTML, Button, HBox, VBox, Widget
from markupsafe import Markup

from etiquette.room import Command, FacilitatorSnapshot, Person, Phase, format_code
from etiquette.stories import MOST_CHOICES
from etiquette.views.controls import (
    Announcer,
    Countdown,
    Download,
    Looks,
    Notice,
    button,
    close_all,
    environment,
    qr_code,
    show_labels,
)
from etiquette.views.room.debrief import room_debrief
from etiquette.views.room.drawing import (
    answer_card,
    option_list,
    position_label,
    screen_heading,
    story_passages,
    vote_bars,
)
from etiquette.views.room.links import NO_LINKS, RoomLinks
from etiquette.views.room.room_view import RoomView
from etiquette.views.room.saved_files import SavedFile, session_files

if TYPE_CHECKING:
    from etiquette.room.store import FacilitatorSession, RoomState

COMMAND_LABELS = {
    Command.OPEN: "Open the vote",
    Command.CLOSE: "Close the vote",
    Command.SHOW: "Show the votes",
    Command.HIDE: "Hide the votes",
    Command.REVEAL: "Show the answers",
    Command.NEXT: "Next",
    Command.END: "End the session",
    Command.REOPEN: "Reopen the vote",
    Command.RESET: "Clear this vote",
    Command.SKIP: "Skip this one",
    Command.BACK: "Go back",
}
RARE_COMMANDS = (Command.REOPEN, Command.RESET, Command.SKIP, Command.BACK)
TIMER_MINUTES = (1, 2, 5)
MOST_NICKNAMES = 300
ACTIVITY_INTERVAL = 0.25  # seconds between updates of the numbers of people and votes

Debrief = tuple[Markup, tuple[SavedFile, ...]]
"""The card (empty if there is no debrief yet) and, after the end, the files."""
NO_DEBRIEF: Debrief = (Markup(""), ())


class RoomControl(RoomView):
    """A room as its facilitator sees it. No verdict or bar is drawn before it is shown to the whole room.

    `overview` is the snapshot on screen. `on_leave` is called when the facilitator leaves or deletes the room.
    """

    def __init__(
        self,
        session: FacilitatorSession,
        overview: FacilitatorSnapshot,
        announcer: Announcer,
        on_leave: Callable[[], None],
        clock: Callable[[], datetime],
        links: RoomLinks = NO_LINKS,
    ) -> None:
        self.session, self.announcer, self.on_leave, self.clock = session, announcer, on_leave, clock
        self.environment = environment()
        self.notice, self.status = Notice(), HTML()
        self.join_info, self.top, self.board, self.card = HTML(), HTML(), HTML(), HTML()
        self.countdown = Countdown()
        self.commands = {
            command: button(
                self.notice,
                partial(self._confirm if command is Command.END else self._run, command),
                "pp-step",
                description=label,
            )
            for command, label in COMMAND_LABELS.items()
        }
        self.main_commands = HBox([shown for command, shown in self.commands.items() if command not in RARE_COMMANDS])
        self.more = button(self.notice, self._toggle_rare_commands, "pp-back")
        self.rare_commands = HBox([self.commands[command] for command in RARE_COMMANDS])
        timers = {minutes: f"Timer: {minutes} min" for minutes in TIMER_MINUTES} | {None: "Stop the timer"}
        self.timers = HBox(
            [
                button(self.notice, partial(self._set_timer, minutes), "pp-step", description=label)
                for minutes, label in timers.items()
            ]
        )
        ties = [button(self.notice, partial(self._break_tie, number), "pp-choice") for number in range(MOST_CHOICES)]
        self.ties = VBox(ties).add_class("pp-choices")
        self.question = HTML()
        self.yes = button(self.notice, self._yes, "pp-primary")
        self.no = button(self.notice, self._no, "pp-secondary", description="No, go back")
        self.confirmation = VBox([self.question, HBox([self.yes, self.no]).add_class("pp-leave")])
        self.toggle_nicknames = button(self.notice, self._toggle_nicknames, "pp-back", description="Show nicknames")
        self.nicknames = HBox([]).add_class("pp-people")
        self.delete = button(self.notice, partial(self._confirm, None), "pp-back", description="Delete this room")
        self.leave = button(self.notice, self._leave, "pp-back", description="← Leave this room")
        self.files = HBox([])
        for row in (self.main_commands, self.rare_commands, self.timers, self.files):
            row.add_class("pp-steps")
        self.secret = HTML(
            Markup(
                '<details class="pp-earlier"><summary>Your private link back to this room (keep it off the projector)'
                "</summary><p>Code <b>{}</b>, secret <code>{}</code></p><p>{}</p></details>"
            ).format(session.code, session.secret, links.control)
        )
        self.links = links
        self._unconfirmed: Command | None = None
        self._listed: tuple[object, ...] = ()
        self._load_queued = False  # whether a load is queued and has not begun
        parts = (self.top, self.countdown, self.main_commands, self.timers, self.confirmation, self.ties, self.status)
        last = (self.more, self.rare_commands, self.toggle_nicknames, self.nicknames, self.secret, self.delete)
        everything = (self.join_info, *parts, self.board, self.files, self.card, *last, self.leave, self.notice)
        super().__init__(everything, "pp-desk")
        for part in (self.ties, self.confirmation, self.nicknames, self.rare_commands):
            self._display(part, False)
        self.draw(overview)
        self._follow(session, ACTIVITY_INTERVAL)

    # Following the room

    def _changed(self, _: RoomState | None) -> None:
        """Load the room and draw it. One load covers all changes that happen before it begins."""

        def load() -> FacilitatorSnapshot:
            self._load_queued = False
            return self.session.snapshot()

        if not self._load_queued:
            self._load_queued = True
            self._ask_and_draw(load)

    def _ask_and_draw(self, work: Callable[[], FacilitatorSnapshot], *, take_focus: bool = False) -> None:
        """Run this in a thread, then draw the snapshot that it returns, with the debrief if there is one."""

        def load() -> tuple[FacilitatorSnapshot, Debrief]:
            overview = work()
            return overview, self._debrief(overview)

        def loaded(found: tuple[FacilitatorSnapshot, Debrief]) -> None:
            self.draw(*found)
            if take_focus:
                self.take_focus()

        self._ask(load, loaded)

    # Commands

    def _run(self, command: Command) -> None:
        if command is Command.REVEAL and self.overview.tied:
            self._draw_ties()
            return
        self._change(partial(self.session.do, command, seen=self.overview.version))

    def _break_tie(self, number: int) -> None:
        if number < len(self.overview.tied):
            choice = self.overview.tied[number]
            self._change(partial(self.session.reveal, seen=self.overview.version, choice=choice))

    def _set_timer(self, minutes: int | None) -> None:
        until = None if minutes is None else self.clock() + timedelta(minutes=minutes)
        self._change(partial(self.session.set_timer, until, seen=self.overview.version), take_focus=False)

    def _hide_nickname(self, number: int, hidden: bool) -> None:
        self._change(partial(self.session.hide_nickname, number, hidden=hidden), take_focus=False)

    def _change(self, work: Callable[[], FacilitatorSnapshot], *, take_focus: bool = True) -> None:
        """Change the room, and draw it. If somebody else has changed it first, the feed delivers its new state."""
        self._say("")
        self._display(self.ties, False)
        self._ask_and_draw(work, take_focus=take_focus)

    # Confirmation

    def _confirm(self, command: Command | None) -> None:
        """Ask for confirmation before the session is ended or, without a command, the room is deleted."""
        self._unconfirmed = command
        question, yes = (
            ("End the session for everyone and show the debrief?", "Yes, end it")
            if command
            else ("Delete this room and all its votes? You can’t undo this.", "Yes, delete it")
        )
        self.question.value = Markup('<h3 data-id="{}" tabindex="-1">{}</h3>').format(
            self.element_id("asked"), question
        )
        self.yes.description = yes
        self._display(self.confirmation, True)
        self.focus_on("asked")

    def _no(self) -> None:
        self._display(self.confirmation, False)
        self.take_focus()

    def _yes(self) -> None:
        if self.confirmation.layout.display == "none":
            return
        self._display(self.confirmation, False)
        if self._unconfirmed:
            self._run(self._unconfirmed)
        else:
            self._ask(self.session.delete, lambda _: self._leave())

    def _leave(self) -> None:
        self.close()
        self.on_leave()

    # Drawing

    def draw(self, overview: FacilitatorSnapshot, debrief: Debrief = NO_DEBRIEF) -> None:
        """Draw this snapshot of the room, with the debrief in place of the answers if there is one."""
        self.overview = overview
        screen = overview.screen
        lobby = screen.phase is Phase.LOBBY
        self.join_info.value = self._join_info(with_link=lobby)
        self.top.value = screen_heading(screen, self.element_id("top"))
        self.countdown.show(screen.until, self.clock())
        for command, shown in self.commands.items():
            self._display(shown, command in overview.allowed)
        self.commands[Command.OPEN].description = (
            "Start the story" if screen.alone else "Vote again" if screen.vote_number else "Open the vote"
        )
        self.commands[Command.NEXT].description = "Begin" if lobby else "Next"
        self._display(self.timers, screen.phase is Phase.OPEN)
        self._draw_more()
        card, files = debrief
        self.board.value, self.card.value = self._board(), card or self._card()
        self._draw_files(files)
        self._draw_nicknames()

    def _join_info(self, *, with_link: bool) -> Markup:
        code = Markup('<p class="pp-code"><span class="pp-muted">Join with this code</span> <b>{}</b></p>').format(
            format_code(self.session.code)
        )
        if not with_link:
            return code
        link = self.links.learners
        picture = qr_code(link, f"QR code for the link {link}") if link else ""
        return Markup('<div class="pp-door">{}<div>{}<p class="pp-link">{}</p></div></div>').format(picture, code, link)

    def _board(self) -> Markup:
        screen = self.overview.screen
        if screen.phase in (Phase.LOBBY, Phase.ENDED):
            return Markup("")
        if screen.alone:
            return Markup("<h3>{}</h3><p>You each play this story by yourselves, on your own phones.</p>").format(
                screen.title
            )
        board = story_passages(screen.passages, screen.since, screen.title, screen.situation)
        return board if screen.bars or screen.revealed else board + option_list(screen.options)

    def _card(self) -> Markup:
        screen = self.overview.screen
        if screen.revealed:
            return answer_card(screen.revealed, screen.bars)
        return vote_bars(screen.options, screen.bars) if screen.bars else Markup("")

    def _debrief(self, overview: FacilitatorSnapshot) -> Debrief:
        """The debrief, after the end and after the reveal of a story played alone. Call it in a thread."""
        screen = overview.screen
        if screen.phase is Phase.ENDED:
            debrief = self.session.debrief()
            return room_debrief(debrief), session_files(debrief, self.session.code, self.clock().date())
        if screen.alone and screen.phase is Phase.REVEALED:
            return room_debrief(self.session.debrief(), alone_only=True), ()
        return NO_DEBRIEF

    def _draw_files(self, files: tuple[SavedFile, ...]) -> None:
        if len(self.files.children) < len(files):
            self.files.children = [Download(filename=each.name) for each in files]
        for download, each in zip(self.files.children, files, strict=False):
            download.offer(each.content, each.label, each.media_type)
        self._display(self.files, bool(files))

    def _draw_ties(self) -> None:
        options = self.overview.screen.options
        show_labels(self.ties.children, [options[number] for number in self.overview.tied])
        self._display(self.ties, True)
        self._say("It’s a tie. Choose what happens next.")

    def _toggle_rare_commands(self) -> None:
        self._display(self.rare_commands, self.rare_commands.layout.display == "none")
        self._draw_more()

    def _draw_more(self) -> None:
        self._display(self.more, any(command in self.overview.allowed for command in RARE_COMMANDS))
        self.more.description = "More controls" if self.rare_commands.layout.display == "none" else "Fewer controls"

    def _toggle_nicknames(self) -> None:
        opening = self.nicknames.layout.display == "none"
        self._display(self.nicknames, opening)
        self.toggle_nicknames.description = "Hide nicknames" if opening else "Show nicknames"
        self._draw_nicknames()

    def _draw_nicknames(self) -> None:
        """Draw a button to hide or show each nickname. The buttons are made only while the list is open."""
        if self.nicknames.layout.display == "none":
            return
        named = tuple(person for person in self.overview.people if person.nickname)[:MOST_NICKNAMES]
        if named == self._listed:
            return
        self._listed = named
        close_all(*self.nicknames.children)
        looks = Looks() if named else None
        self.nicknames.children = [self._nickname(person, looks) for person in named]

    def _nickname(self, person: Person, looks: Looks | None) -> Button:
        name, hide = person.display_name, partial(self._hide_nickname, person.number, not person.hidden)
        label = f"Show {name}’s nickname" if person.hidden else f"Hide {name}"
        return button(self.notice, hide, "pp-kind", description=label, looks=looks)

    def _display(self, part: Widget, visible: bool) -> None:
        part.layout.display = "" if visible else "none"

    def take_focus(self) -> None:
        """Move the focus to the heading, and announce where the session is."""
        self.focus_on("top", f"{position_label(self.overview.screen)}.")
