"""The sessions that have been prepared: the two that come with the package, and those that were saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.room import PreparedSession, UnreadableSession, total_minutes
from etiquette.views.controls import Announcer, ButtonGroup, GroupButton, Notice, View
from etiquette.views.room.preparation.descriptions import about_minutes, session_summary

Listed = PreparedSession | UnreadableSession


class SessionRow(VBox):
    """One place in the list. `asked` is the button that waits for a confirmation, if one does."""

    def __init__(self, number: int, when_clicked: Callable[[int, str, str], None], notice: Notice) -> None:
        self.number, self.text, self.asked = number, HTML(), ""
        self.buttons = ButtonGroup(notice, lambda name, state: when_clicked(number, name, state), "pp-row-buttons")
        super().__init__([self.text, self.buttons], _dom_classes=("pp-part",))

    @property
    def heading_id(self) -> str:
        """The `data-id` of the heading."""
        return f"pp-prepared-{self.model_id}"

    def show(self, session: Listed, state: str, *, shipped: bool, asked: str = "") -> None:
        """Show this session and what can be done with it or, if `asked`, the question whether it should be."""
        self.asked = asked
        question = ""
        if asked == "use":
            question = "This replaces the parts below, which you haven’t saved. Replace them?"
        elif asked == "delete":
            question = "This deletes the session for everybody who uses this page. Delete it?"
        about = (
            Markup('<p class="pp-problem">{}</p>').format(session.problem)
            if isinstance(session, UnreadableSession)
            else Markup('<p class="pp-muted">{}: {}.</p>').format(
                about_minutes(total_minutes(session.agenda)).capitalize(), session_summary(session.agenda)
            )
        )
        self.text.value = Markup('<h4 data-id="{}" tabindex="-1">{}</h4>{}{}').format(
            self.heading_id,
            session.name,
            about,
            Markup("<p><b>{}</b></p>").format(question) if question else "",
        )
        self.buttons.label = session.name
        self.buttons.draw(f"{state} {asked}", _buttons(session, asked, shipped=shipped))


def _buttons(session: Listed, asked: str, *, shipped: bool) -> list[GroupButton]:
    if asked:
        yes = {"use": "Yes, replace them", "delete": "Yes, delete it"}[asked]
        no = {"use": "No, keep them", "delete": "No, keep it"}[asked]
        return [GroupButton("yes", yes, look="pp-step"), GroupButton("no", no, look="pp-step")]
    buttons = []
    if isinstance(session, PreparedSession):
        buttons += [
            GroupButton("use", "Use", look="pp-step"),
            GroupButton("duplicate", "Duplicate", look="pp-step"),
        ]
    return buttons if shipped else [*buttons, GroupButton("delete", "Delete", look="pp-step")]


class SessionList(View):
    """The list. `on_use`, `on_duplicate` and `on_delete` are called with a session.

    `must_ask` says whether to use another session would lose something. A click counts only once, and only if the
    session that it was made on is still in its place: the list that the store sends may arrive just before it.
    """

    def __init__(
        self,
        shipped: Sequence[PreparedSession],
        notice: Notice,
        announcer: Announcer,
        on_use: Callable[[PreparedSession], None],
        on_duplicate: Callable[[PreparedSession], None],
        on_delete: Callable[[Listed], None],
        must_ask: Callable[[], bool],
    ) -> None:
        self.shipped, self.notice, self.announcer, self.must_ask = tuple(shipped), notice, announcer, must_ask
        self.on_use, self.on_duplicate, self.on_delete = on_use, on_duplicate, on_delete
        self.sessions: tuple[Listed, ...] = ()
        self.clicks = 0  # that have counted
        self.rows: list[SessionRow] = []
        super().__init__([], "pp-program")
        self.show(())

    def show(self, saved: Sequence[Listed]) -> None:
        """Show these saved sessions after those that come with the package."""
        self.sessions = (*self.shipped, *saved)
        while len(self.rows) < len(self.sessions):
            self.rows.append(SessionRow(len(self.rows), self._clicked, self.notice))
        self._draw_all()
        self.children = self.rows[: len(self.sessions)]

    def focus_on_session(self, name: str, say: str) -> None:
        """Move the focus to the session of this name, if it is there, and announce a sentence."""
        number = next((n for n, session in enumerate(self.sessions) if session.name == name), 0)
        self.announcer.move_focus(focus=self.rows[number].heading_id, show="", say=say)

    def close(self) -> None:
        """Close the list, with the places that are not shown."""
        self.children = self.rows
        super().close()

    def _draw_all(self) -> None:
        for number in range(len(self.sessions)):
            self._draw(number)

    def _draw(self, number: int, asked: str = "") -> None:
        session, shipped = self.sessions[number], number < len(self.shipped)
        version = session.agenda.version if isinstance(session, PreparedSession) else ""
        self.rows[number].show(session, f"{self.clicks} {version} {session.name}", shipped=shipped, asked=asked)

    def _clicked(self, number: int, name: str, state: str) -> None:
        row = self.rows[number]
        if state != row.buttons.state or number >= len(self.sessions):
            return
        session, asked = self.sessions[number], row.asked
        self.clicks += 1
        self._draw_all()
        if name == "no" or name == "yes":
            name = asked if name == "yes" else ""
        elif name == "delete" or (name == "use" and self.must_ask()):
            self._draw(number, asked=name)
            self.announcer.move_focus(focus=row.heading_id, show="", say="Are you sure?")
            return
        if not name:
            self.announcer.move_focus(focus=row.heading_id, show="", say="Nothing has changed.")
        elif name == "delete":
            self.on_delete(session)
        elif isinstance(session, PreparedSession):
            (self.on_use if name == "use" else self.on_duplicate)(session)
