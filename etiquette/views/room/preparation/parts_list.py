"""The parts of the session in order, to be moved and removed."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.judge import Policy
from etiquette.room import AgendaPart, FreeQuestion, JudgedQuestion, minutes
from etiquette.views.controls import Announcer, ButtonGroup, GroupButton, Notice, View
from etiquette.views.room.preparation.descriptions import about_minutes, part_about, part_details, part_kind, part_title

Parts = tuple[AgendaPart, ...]


class PartRow(VBox):
    """One place in the list. `heading_id` is the `data-id` of the heading of the part that is there now."""

    def __init__(self, number: int, when_clicked: Callable[[int, str, str], None], notice: Notice) -> None:
        self.number, self.text = number, HTML()
        self.buttons = ButtonGroup(notice, lambda name, state: when_clicked(number, name, state), "pp-row-buttons")
        super().__init__([self.text, self.buttons], _dom_classes=("pp-part",))

    @property
    def heading_id(self) -> str:
        """The `data-id` of the heading."""
        return f"pp-part-{self.model_id}"

    def show(self, part: AgendaPart, policy: Policy, count: int, state: str) -> None:
        """Show this part, which is one of `count`."""
        number, title = self.number + 1, part_title(part)
        self.text.value = Markup(
            '<h4 data-id="{}" tabindex="-1">{}. {}</h4><p class="pp-muted">{} {}.</p><p>{}</p>{}'
        ).format(
            self.heading_id,
            number,
            title,
            part_kind(part),
            about_minutes(minutes(part, policy)).capitalize(),
            part_about(part),
            part_details(part, policy),
        )
        self.buttons.label = f"{number}. {title}"
        own = isinstance(part, FreeQuestion | JudgedQuestion)
        self.buttons.draw(
            state,
            [
                *([GroupButton("edit", f"Edit {number}", look="pp-step")] if own else []),
                GroupButton("up", f"Move {number} up", look="pp-step", enabled=self.number > 0),
                GroupButton("down", f"Move {number} down", look="pp-step", enabled=number < count),
                GroupButton("remove", f"Remove {number}", look="pp-step"),
            ],
        )


class PartsList(View):
    """Shows the `parts`, and calls `on_change` with the new ones and a sentence about what has changed, or `on_edit`
    with a question of the facilitator's own.

    A click counts only if the list that it was made on is the one shown now. The focus follows the part that moved.
    """

    def __init__(
        self,
        policy: Policy,
        notice: Notice,
        announcer: Announcer,
        on_change: Callable[[Parts, str], None],
        on_edit: Callable[[AgendaPart], None],
    ) -> None:
        self.policy, self.notice, self.announcer = policy, notice, announcer
        self.on_change, self.on_edit = on_change, on_edit
        self.parts: Parts = ()
        self.edition = 0  # of the list on screen
        self.rows: list[PartRow] = []
        super().__init__([], "pp-program")

    def show(self, parts: Parts) -> None:
        """Show these parts."""
        self.parts, self.edition = parts, self.edition + 1
        while len(self.rows) < len(parts):
            self.rows.append(PartRow(len(self.rows), self._clicked, self.notice))
        for row, part in zip(self.rows, parts, strict=False):
            row.show(part, self.policy, len(parts), f"{self.edition}")
        self.children = self.rows[: len(parts)]

    def focus_on_part(self, number: int, say: str) -> None:
        """Move the focus to the heading of a part, and announce a sentence."""
        self.announcer.move_focus(focus=self.rows[number].heading_id, show="", say=say)

    def close(self) -> None:
        """Close the list, with the places that are not shown."""
        self.children = self.rows
        super().close()

    def _clicked(self, number: int, name: str, state: str) -> None:
        if state != f"{self.edition}" or number >= len(self.parts):
            return
        parts, part = list(self.parts), self.parts[number]
        target = {"up": number - 1, "down": number + 1}.get(name, number)
        if name == "edit":
            self.on_edit(part)
        elif name == "remove":
            del parts[number]
            self.on_change(tuple(parts), f"Removed: {part_title(part)}.")
            if parts:
                self.focus_on_part(min(number, len(parts) - 1), "")
        elif 0 <= target < len(parts):
            parts[number], parts[target] = parts[target], part
            self.on_change(tuple(parts), f"{part_title(part)} is now number {target + 1} of {len(parts)}.")
            self.focus_on_part(target, "")
