"""The editor in which a facilitator puts the agenda of a session together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ipywidgets import HTML
from markupsafe import Markup

from etiquette.judge import Policy
from etiquette.room import (
    LARGEST_FILE,
    Agenda,
    AgendaPart,
    PreparedSession,
    RoomError,
    SavedAgenda,
    free_name,
    minutes,
    shipped_sessions,
    total_minutes,
)
from etiquette.stories import Scenario
from etiquette.views.controls import LONGEST_ITEM, Announcer, Notice, Upload, button, environment
from etiquette.views.room.preparation.additions import Additions
from etiquette.views.room.preparation.descriptions import about_minutes, part_title
from etiquette.views.room.preparation.keeping import Keeping
from etiquette.views.room.preparation.parts_list import PartsList
from etiquette.views.room.preparation.session_list import Listed, SessionList
from etiquette.views.room.preparation.start_over import StartOver
from etiquette.views.room.room_view import RoomView

PLAN_ITEM = "workshop-plan"
NOTHING_YET = "Nothing in it yet. Use a prepared session, or add something below."
RESERVED = "One of the built-in sessions has this name. Please choose another one."
TOO_LONG = "This session is too long to still be here after a reload. Save it under a name below."
REVISED = "Some of its questions have changed since it was saved. Please read them again."


class AgendaEditor(RoomView):
    """The `parts` of the agenda so far, which the `progress_store` keeps over a reload of the page.

    `on_open` is called with the agenda when the facilitator opens the room.
    """

    def __init__(
        self,
        scenarios: Mapping[str, Scenario],
        policy: Policy,
        on_open: Callable[[Agenda], None],
        notice: Notice,
        announcer: Announcer,
    ) -> None:
        self.environment, self.scenarios, self.policy = environment(), scenarios, policy
        self.on_open, self.notice, self.announcer = on_open, notice, announcer
        self.progress_store = self.environment.progress_store
        self.touched = False  # by the facilitator, since the page was opened
        self.prepared_name = ""  # that of the session which came with the package, if one is used
        self.parts: tuple[AgendaPart, ...] = ()
        self.kept_parts: tuple[AgendaPart, ...] = ()  # as they were last saved or opened
        shipped = shipped_sessions(scenarios, policy)
        self.sessions = SessionList(shipped, notice, announcer, self.use, self._duplicate, self._delete, self._unsaved)
        self.list = PartsList(policy, notice, announcer, self._change, self._edit)
        self.start_over = StartOver(notice, announcer, self._unsaved, self._empty)
        self.top, self.status, self.session, self.problem = HTML(), HTML(), HTML(), HTML()
        self.open_room = button(notice, self._open, "pp-primary", description="Open the room")
        self.additions = Additions(scenarios, policy, self._add, self._replace, notice, announcer)
        self.keeping = Keeping(notice, announcer, self._save)
        self.upload = Upload(notice, self.open_file, "Open a session from a file", LARGEST_FILE)
        prepared = (self.top, self.sessions, self.status, self.upload)
        own = (self.session, self.list, self.start_over, self.problem, self.open_room)
        super().__init__((*prepared, *own, self.additions, self.keeping), "pp-form", "pp-preparation")
        self.top.value = "<h3>Prepared sessions</h3>"
        self._draw()
        self._restore()
        self.keeping.name.control.observe(lambda _: self._named(), "value")
        self.follow(self.progress_store, "items", lambda _: self._reported())

    def show_saved(self) -> None:
        """Ask the store for the saved sessions, and list them."""
        self._ask(self._saved, self.sessions.show)

    def use(self, session: PreparedSession) -> None:
        """Put these parts in place of the present ones."""
        self._take(session)
        self._keep()
        self.focus_on("session", f"{session.name}, {self._length}. {REVISED if session.revised else ''}")

    def open_file(self, text: str | None) -> None:
        """Use the session in a file; None stands for a file too large to read."""
        try:
            self.use(PreparedSession.from_json(text or "", self.scenarios, self.policy))
        except RoomError as error:
            self._say(str(error))
        else:
            self._say("")

    @property
    def name(self) -> str:
        """What the facilitator calls the session, or the name of the prepared one that it still is; may be empty."""
        unchanged = self.prepared_name if self.parts == self.kept_parts else ""
        return self.keeping.name.text.strip() or unchanged

    @property
    def _length(self) -> str:
        return about_minutes(sum(minutes(part, self.policy) for part in self.parts))

    def _saved(self) -> Sequence[Listed]:
        found = self.environment.room_store().prepared.saved(self.scenarios, self.policy)
        for session in found:
            if isinstance(session, PreparedSession):
                total_minutes(session.agenda)  # slow for a new story, and remembered: so not in the page’s own thread
        return found

    def _add(self, part: AgendaPart) -> None:
        self._change((*self.parts, part), f"Added as number {len(self.parts) + 1}: {part_title(part)}.")

    def _change(self, parts: tuple[AgendaPart, ...], say: str) -> None:
        self.parts = parts
        self._draw()
        self._keep()
        say = f"{say} Your session takes {self._length}." if parts else f"{say} Your session is empty."
        if parts:
            self.announcer.say(say)
        else:
            self.focus_on("session", say)

    def _edit(self, part: AgendaPart) -> None:
        self.additions.edit(part)

    def _replace(self, old: AgendaPart, new: AgendaPart) -> None:
        """Put `new` in the place of `old` or, if that has been removed since, at the end."""
        if old not in self.parts:
            self._add(new)
            return
        number, parts = self.parts.index(old), list(self.parts)
        parts[number] = new
        self._change(tuple(parts), f"Number {number + 1} is now: {part_title(new)}.")
        self.list.focus_on_part(number, "")

    def _empty(self) -> None:
        self.parts = self.kept_parts = ()
        self.keeping.name.text = self.prepared_name = ""
        self._draw()
        self._keep()
        self.focus_on("session", "Your session is empty.")

    def _agenda(self) -> Agenda | None:
        """The agenda; None, with the reason on screen, if these parts make none."""
        try:
            return self._made()
        except RoomError as error:
            self._show_problem(str(error))
            self.focus_on("problem", str(error))
            return None

    def _open(self) -> None:
        if agenda := self._agenda():
            self._show_problem("")
            self.on_open(agenda)

    def _made(self) -> Agenda:
        return Agenda(self.parts, self.policy, self.name)

    # What the browser keeps

    def _unsaved(self) -> bool:
        """Whether the parts are neither those that were last saved or opened, nor those of a session in the list."""
        listed = (each.agenda.parts for each in self.sessions.sessions if isinstance(each, PreparedSession))
        return bool(self.parts) and self.parts not in (self.kept_parts, *listed)

    def _take(self, session: PreparedSession) -> None:
        shipped = session.name in [each.name for each in self.sessions.shipped]
        self.prepared_name = session.name if shipped else ""
        self.parts = self.kept_parts = session.agenda.parts
        self.keeping.name.text = "" if shipped else session.name
        self._draw()
        if session.revised:
            self._show_problem(REVISED)

    def _named(self) -> None:
        self.keeping.offer(self.document)
        self._keep()

    def _keep(self) -> None:
        """Have the browser keep the session as it is now."""
        self.touched = True
        try:
            kept = self._made().to_json()
        except RoomError:  # nothing in it, or more than can be saved
            kept = ""
        if len(kept) > LONGEST_ITEM:
            kept = ""
            self._show_problem(TOO_LONG)
        if kept != self.progress_store.item(PLAN_ITEM):
            self.progress_store.set_item(PLAN_ITEM, kept)

    def _reported(self) -> None:
        """Show what the browser has kept. What another tab keeps after that is no business of this one."""
        if not self.progress_store.reported:
            self._restore()

    def _restore(self) -> None:
        """Show the session that the browser keeps, if it is readable and nothing has been done here yet."""
        kept = self.progress_store.item(PLAN_ITEM)
        if self.touched or not kept:
            return
        self.touched = True
        try:
            name = SavedAgenda.parse(kept).name
            self._take(PreparedSession.redrawn(name, kept, self.scenarios, self.policy))
        except RoomError:
            return
        self.kept_parts = self.parts if self.prepared_name else ()

    # Saved sessions

    def _save(self, name: str, overwrite: bool) -> None:
        agenda, parts = self._agenda(), self.parts
        if agenda is None:
            return
        if self.keeping.title in [session.name for session in self.sessions.shipped]:
            self.keeping.refused(RESERVED)
            return

        def save() -> tuple[str, Sequence[Listed]]:
            return self.environment.room_store().prepared.save(name, agenda, overwrite=overwrite), self._saved()

        def saved(found: tuple[str, Sequence[Listed]]) -> None:
            self.kept_parts = parts
            self.keeping.saved(found[0])
            self.sessions.show(found[1])

        self._ask(save, saved, self.keeping.refused)

    def _duplicate(self, session: PreparedSession) -> None:
        taken = [each.name for each in self.sessions.sessions]
        name = free_name(session.name, taken)

        def duplicate() -> Sequence[Listed]:
            self.environment.room_store().prepared.save(name, session.agenda)
            return self._saved()

        self._ask(duplicate, lambda found: self._listed(found, name, f"Saved a copy: {name}."))

    def _delete(self, session: Listed) -> None:
        def delete() -> Sequence[Listed]:
            self.environment.room_store().prepared.delete(session.name)
            return self._saved()

        self._ask(delete, lambda found: self._listed(found, "", f"Deleted: {session.name}."))

    def _listed(self, sessions: Sequence[Listed], name: str, say: str) -> None:
        self._say("")
        self.sessions.show(sessions)
        self.sessions.focus_on_session(name, say)

    # Drawing

    def _draw(self) -> None:
        self._show_problem("")
        self.list.show(self.parts)
        self.start_over.show(something=bool(self.parts))
        about = f": {self._length}" if self.parts else ""
        self.session.value = Markup('<h3 data-id="{}" tabindex="-1">Your session{}</h3>{}').format(
            self.element_id("session"),
            about,
            "" if self.parts else Markup('<p class="pp-muted">{}</p>').format(NOTHING_YET),
        )
        self.keeping.offer(self.document)

    @property
    def document(self) -> str:
        """The session as a file, under the name that has been typed; empty if these parts make none."""
        try:
            return PreparedSession(self.keeping.title, self._made()).to_json()
        except RoomError:
            return ""

    def _show_problem(self, sentence: str) -> None:
        self.problem.value = (
            Markup('<p class="pp-problem" data-id="{}" tabindex="-1">{}</p>').format(
                self.element_id("problem"), sentence
            )
            if sentence
            else ""
        )
