"""The control: the facilitator's view of an open room, on their own laptop or phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from ipywidgets import HTML, HBox, VBox, Widget
from markupsafe import Markup

from etiquette.room import Command, FacilitatorSnapshot, Person, Phase, RoomQuestion, previous_step
from etiquette.views.controls import (
    Announcer,
    ButtonGroup,
    CopyLink,
    Countdown,
    Download,
    GroupButton,
    Notice,
    button,
    environment,
)
from etiquette.views.room.control.commands import (
    COMMON,
    CONFIRMED,
    DELETE,
    DELETION,
    RARE,
    command_buttons,
    dangerous_buttons,
    parse_primary,
    primary_button,
    primary_state,
    question_before,
    timer_buttons,
)
from etiquette.views.room.control.confirmation import Confirmation
from etiquette.views.room.control.drawing import (
    KEYS,
    control_heading,
    join_card,
    notes_card,
    projector_card,
    story_board,
    votes_card,
    way_back,
)
from etiquette.views.room.control.minutes_spent import MinutesSpent
from etiquette.views.room.control.people import PeopleList
from etiquette.views.room.control.presenter_keys import FORWARD, PresenterKeys
from etiquette.views.room.control.question_panel import QuestionPanel
from etiquette.views.room.control.saved_files import SavedFile, session_files
from etiquette.views.room.control.undo_button import UndoButton
from etiquette.views.room.debrief import room_debrief
from etiquette.views.room.drawing import position_label
from etiquette.views.room.links import NO_LINKS, RoomLinks
from etiquette.views.room.room_view import RoomView

if TYPE_CHECKING:
    from etiquette.room.store import FacilitatorSession, RoomState

IT_IS_A_TIE = "It’s a tie: you choose what happens next."
ACTIVITY_INTERVAL = 0.25  # seconds between updates of the numbers of people and votes

Debrief = tuple[Markup, tuple[SavedFile, ...]]
"""The card (empty if there is no debrief yet) and, after the end, the files."""
NO_DEBRIEF: Debrief = (Markup(""), ())


class RoomControl(RoomView):
    """A room as its facilitator sees it, with verdicts, votes and notes that the room does not see yet.

    `overview` is the snapshot on screen. Every command names the version of the room that its button showed, so that
    the store refuses a click that comes late. `on_leave` is called when the facilitator leaves or deletes the room.
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
        self.session, self.announcer, self.on_leave, self.clock, self.links = session, announcer, on_leave, clock, links
        self.environment = environment()
        self.notice, self.status = Notice(), HTML()
        self.top, self.board, self.card, self.notes = HTML(), HTML(), HTML(), HTML()
        self.countdown, self.spent = Countdown(), MinutesSpent()
        self.primary = ButtonGroup(self.notice, self._press_primary, "pp-next-step", "Next step")
        self.undo = UndoButton(lambda state: self._change(Command.UNDO, int(state)))
        self.common = ButtonGroup(self.notice, self._press, "pp-commands", "Commands")
        self.rare = ButtonGroup(self.notice, self._press, "pp-commands", "Going back")
        self.dangerous = ButtonGroup(self.notice, self._press, "pp-commands pp-dangerous", "Use with care")
        self.timers = ButtonGroup(self.notice, self._set_timer, "pp-commands pp-timers", "Timer")
        self.tie = ButtonGroup(self.notice, self._break_tie, "pp-choices", "What happens next")
        self.tie_heading = HTML()
        self.ties = VBox([self.tie_heading, self.tie]).add_class("pp-card")
        self.confirmation = Confirmation(self.notice)
        self.presenter = PresenterKeys(session.code, self.notice, self._press_key)
        self.people = PeopleList(self.notice, self._hide_nickname, self._confirm_removal)
        self.questions = QuestionPanel(session, announcer, self.notice)
        self.leave = button(self.notice, self._leave, "pp-back", description="← Leave this room")
        self.files = HBox([]).add_class("pp-steps")
        self.saving = VBox([HTML("<h3>Save the results</h3>"), self.files])
        self.join_info, self.copy_link = HTML(join_card(session.code, links)), CopyLink(links.learners)
        self.projector = HTML(projector_card(session.code, links))
        self.secret = HTML(way_back(session.code, session.secret, links))
        self._load_queued = False  # whether a load is queued and has not begun
        self._debriefed = -1, NO_DEBRIEF  # the version of the room after its end, and its debrief, which takes long
        steps = HBox([self.primary, self.undo]).add_class("pp-first-row")
        timer = HBox([HTML("<h3>Timer</h3>"), self.countdown]).add_class("pp-timer")
        timing = VBox([timer, self.timers, self.spent]).add_class("pp-timing")
        self.running = VBox([self.common, self.rare, timing])  # hidden after the end
        answered = VBox([self.status, self.notice]).add_class("pp-answered")
        desk = VBox([self.top, steps, answered, self.running, self.questions])
        shown = VBox([self.saving, self.ties, self.notes, self.card, self.board])
        joining = VBox([self.projector, self.join_info, self.copy_link, HTML(KEYS)])
        with_care = VBox([HTML("<h3>Use with care</h3>"), self.dangerous])
        more = VBox([joining, with_care, self.people, self.secret, self.leave])
        for part, name in ((desk, "pp-desk-main"), (shown, "pp-desk-shown"), (more, "pp-desk-more")):
            part.add_class(name)
        super().__init__([desk, shown, more, self.confirmation, self.presenter], "pp-desk")
        self.tie_heading.value = Markup(
            '<h3 data-id="{}" tabindex="-1">It’s a tie. Choose what happens next.</h3>'
        ).format(self.element_id("tie"))
        self._display(self.ties, False)
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

    def _ask_and_draw(self, work: Callable[[], FacilitatorSnapshot], done: Callable[[], object] | None = None) -> None:
        """Run this in a thread, then draw the snapshot that it returns, and call `done`."""

        def load() -> tuple[FacilitatorSnapshot, Debrief, tuple[RoomQuestion, ...]]:
            overview = work()
            return overview, self._debrief(overview), self.session.questions()

        def loaded(found: tuple[FacilitatorSnapshot, Debrief, tuple[RoomQuestion, ...]]) -> None:
            overview, debrief, questions = found
            self.questions.show(questions)
            self.draw(overview, debrief)
            if done:
                done()

        self._ask(load, loaded)

    # Commands

    def run(self, command: Command, seen: int | None = None) -> None:
        """Do what the button of a command does; `seen` is the version that it showed, by default the one on screen."""
        seen = self.overview.version if seen is None else seen
        late = seen != self.overview.version  # and the store says so
        if command is Command.REVEAL and self.overview.tied and not late:
            self._draw_ties()
        elif (asked := question_before(command, self.overview)) and not late:
            self.confirmation.ask(*asked, lambda: self._change(command, seen))
        else:
            self._change(command, seen)

    def _press(self, name: str, state: str) -> None:
        if name == DELETE:
            self.confirmation.ask(*DELETION, self._delete)
        else:
            self.run(Command(name), int(state))

    def _press_primary(self, _: str, state: str) -> None:
        seen, command = parse_primary(state)
        self.run(command, seen)

    def _press_key(self, key: str, state: str) -> None:
        seen, command = parse_primary(state)
        if key == FORWARD:
            self.run(command, seen)
        elif before := previous_step(self.overview):
            self.run(before, seen)
        elif self.overview.screen.phase is Phase.OPEN:
            self._say(f"Close the {'story' if self.overview.screen.alone else 'vote'} before you go back.")

    def _change(self, command: Command, seen: int) -> None:
        """Give a command. The focus stays where it is, unless the command can be undone: that button is at the top."""

        def done() -> None:
            if command in CONFIRMED:
                self.focus_on("top", f"{self._where_we_are()} You can undo that for ten seconds.")
            else:
                self.announcer.say(self._where_we_are())

        self._update(partial(self.session.do, command, seen=seen), done)

    def _break_tie(self, number: str, state: str) -> None:
        reveal = partial(self.session.reveal, seen=int(state), choice=int(number))
        self._update(reveal, self.take_focus)

    def _set_timer(self, minutes: str, state: str) -> None:
        until = self.clock() + timedelta(minutes=int(minutes)) if int(minutes) else None
        self._update(partial(self.session.set_timer, until, seen=int(state)))

    def _hide_nickname(self, number: int, hidden: bool) -> None:
        self._update(partial(self.session.hide_nickname, number, hidden=hidden))

    def _confirm_removal(self, person: Person) -> None:
        question = f"Remove {person.display_name} from this room? Their votes won’t count, and you can’t undo this."
        self.confirmation.ask(question, "Yes, remove them", lambda: self._remove(person.number))

    def _remove(self, number: int) -> None:
        self._update(partial(self.session.remove, number))

    def _update(self, work: Callable[[], FacilitatorSnapshot], done: Callable[[], object] | None = None) -> None:
        """Change the room, and draw it. If somebody else has changed it first, the feed delivers its new state."""
        self._say("")
        self._ask_and_draw(work, done)

    def _delete(self) -> None:
        self._ask(self.session.delete, lambda _: self._leave())

    def _leave(self) -> None:
        self.close()
        self.on_leave()

    # Drawing

    def draw(self, overview: FacilitatorSnapshot, debrief: Debrief = NO_DEBRIEF) -> None:
        """Draw this snapshot of the room, with the debrief in place of the answers if there is one."""
        self.overview = overview
        screen, now, version = overview.screen, self.clock(), str(overview.version)
        ended = screen.phase is Phase.ENDED
        self.top.value = control_heading(overview, self.session.code, self.element_id("top"), self.questions.waiting)
        self.presenter.state = primary_state(overview)
        self.primary.draw(primary_state(overview), primary_button(overview))
        self.common.draw(version, command_buttons(overview, COMMON))
        self.rare.draw(version, command_buttons(overview, RARE))
        self.dangerous.draw(version, dangerous_buttons(overview))
        self.timers.draw(version, timer_buttons(overview))
        self.undo.show(version, overview.undo_until, now)
        self.countdown.show(screen.until, now)
        self.spent.show(screen.item_number, now)
        if self.tie.state != version or not overview.tied:
            self._hide_ties()
        card, files = debrief
        self.notes.value = notes_card(overview)
        self.card.value, self.board.value = card or votes_card(overview), story_board(overview)
        self._draw_files(files)
        self.people.draw(overview.people)
        self._display(self.running, not ended)
        self._display(self.notes, bool(self.notes.value))

    def _debrief(self, overview: FacilitatorSnapshot) -> Debrief:
        """The debrief, after the end and after the reveal of a story played alone. Call it in a thread."""
        screen = overview.screen
        if screen.phase is Phase.ENDED:
            if overview.version != self._debriefed[0]:
                debrief, today = self.session.debrief(), self.clock().date()
                files = session_files(debrief, self.session.code, today)
                self._debriefed = overview.version, (room_debrief(debrief), files)
            return self._debriefed[1]
        if screen.alone and screen.phase is Phase.REVEALED:
            return room_debrief(self.session.debrief(), alone_only=True), ()
        return NO_DEBRIEF

    def _draw_files(self, files: tuple[SavedFile, ...]) -> None:
        if len(self.files.children) < len(files):
            self.files.children = [Download(filename=each.name) for each in files]
        for download, each in zip(self.files.children, files, strict=False):
            download.offer(each.content, each.label, each.media_type)
        self._display(self.saving, bool(files))

    def _draw_ties(self) -> None:
        options = self.overview.screen.options
        tied = [GroupButton(str(number), options[number], chr(ord("A") + number)) for number in self.overview.tied]
        self.tie.draw(str(self.overview.version), tied)
        self._display(self.ties, True)
        self.status.value = Markup('<p class="pp-answer">{}</p>').format(IT_IS_A_TIE)
        self.focus_on("tie", IT_IS_A_TIE)

    def _hide_ties(self) -> None:
        self._display(self.ties, False)
        if IT_IS_A_TIE in self.status.value:
            self.status.value = ""

    def _display(self, part: Widget, visible: bool) -> None:
        part.layout.display = "" if visible else "none"

    def _where_we_are(self) -> str:
        return f"{position_label(self.overview.screen)}."

    def take_focus(self) -> None:
        """Move the focus to the heading, and announce where the session is."""
        self.focus_on("top", self._where_we_are())
