"""The commands as buttons: what they say, and which of them stand together."""

from __future__ import annotations

from collections.abc import Sequence

from etiquette.room import Command, FacilitatorSnapshot, Phase, next_step
from etiquette.views.controls import GroupButton

COMMON = (Command.OPEN, Command.CLOSE, Command.SHOW, Command.HIDE, Command.REVEAL, Command.NEXT)
RARE = (Command.REOPEN, Command.BACK)
CONFIRMED = (Command.RESET, Command.SKIP, Command.END)
"""The commands that are always confirmed first. All of them can be undone."""
DELETE = "delete"
DELETION = ("Delete this room and all its votes? You can’t undo this.", "Yes, delete it")
TIMERS = {"1": "1 minute", "2": "2 minutes", "5": "5 minutes", "0": "Stop the timer"}

_LABELS = {
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


def label_of(command: Command, overview: FacilitatorSnapshot) -> str:
    """What the button of a command says now."""
    screen = overview.screen
    if command is Command.NEXT and screen.phase is Phase.LOBBY:
        return "Begin"
    if screen.alone:
        return {
            Command.OPEN: "Start the story",
            Command.CLOSE: "Close the story",
            Command.REOPEN: "Reopen the story",
            Command.RESET: "Clear these choices",
        }.get(command, _LABELS[command])
    if command is Command.OPEN and screen.vote_number and screen.phase is not Phase.REVEALED:
        return "Vote again"
    return _LABELS[command]


def question_before(command: Command, overview: FacilitatorSnapshot) -> tuple[str, str] | None:
    """What is asked before this command, and the answer that means yes; None if nothing is asked now."""
    screen = overview.screen
    match command:
        case Command.CLOSE if not screen.voted and screen.alone:
            return "Nobody has started yet. Close the story all the same?", "Yes, close it"
        case Command.CLOSE if not screen.voted:
            return "Nobody has voted yet. Close the vote all the same?", "Yes, close it"
        case Command.RESET:
            return "Clear this vote? The votes that people have given won’t count.", "Yes, clear it"
        case Command.SKIP if screen.alone:
            return "Skip this story? You’ll go on without showing its answers.", "Yes, skip it"
        case Command.SKIP if screen.title:
            return "Skip the rest of this story? You’ll go on without showing its answers.", "Yes, skip it"
        case Command.SKIP:
            return "Skip this one? You’ll go on without showing its answers.", "Yes, skip it"
        case Command.END:
            return "End the session for everyone and show the debrief?", "Yes, end it"
    return None


def primary_state(overview: FacilitatorSnapshot) -> str:
    """The room's version and the command that usually comes next, as `parse_primary` reads them; "" after the end."""
    command = next_step(overview)
    return f"{overview.version} {command.value}" if command else ""


def parse_primary(state: str) -> tuple[int, Command]:
    """The version and the command in a state. Raises `ValueError` if it is not one."""
    seen, _, command = state.partition(" ")
    return int(seen), Command(command)


def primary_button(overview: FacilitatorSnapshot) -> list[GroupButton]:
    """The button of the command that usually comes next; none after the end."""
    command = next_step(overview)
    if command is None:
        return []
    label = "Decide the tie" if command is Command.REVEAL and overview.tied else label_of(command, overview)
    return [GroupButton("primary", label, look="pp-primary", spoken=f"Next step: {label}")]


def command_buttons(overview: FacilitatorSnapshot, commands: Sequence[Command]) -> list[GroupButton]:
    """A button for each of these commands, in their places; those that are refused now are not enabled."""
    return [_button(each, overview, "pp-step") for each in commands]


def _button(command: Command, overview: FacilitatorSnapshot, look: str) -> GroupButton:
    return GroupButton(command.value, label_of(command, overview), look=look, enabled=command in overview.allowed)


def dangerous_buttons(overview: FacilitatorSnapshot) -> list[GroupButton]:
    """The commands that are confirmed first and, last, the room's deletion; after the end, this alone."""
    commands = () if overview.screen.phase is Phase.ENDED else CONFIRMED
    shown = [_button(each, overview, "pp-step pp-danger") for each in commands]
    return [*shown, GroupButton(DELETE, "Delete this room", look="pp-step pp-danger")]


def timer_buttons(overview: FacilitatorSnapshot) -> list[GroupButton]:
    """A button for each length of the timer, in minutes, and one that stops it."""
    vote_open = overview.screen.phase is Phase.OPEN
    return [
        GroupButton(
            minutes, label, look="pp-step", enabled=vote_open and (minutes != "0" or bool(overview.screen.until))
        )
        for minutes, label in TIMERS.items()
    ]
