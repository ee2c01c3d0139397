"""The usual course of a session: the step that comes next, by peer instruction.

People vote alone, talk to a neighbour, and vote again. How many were right the first time decides whether to talk at
all (E. Mazur, Peer Instruction, 1997; C. H. Crouch and E. Mazur, Am. J. Phys. 69, 970, 2001).
"""

from __future__ import annotations

from etiquette.room.prompt import Prompt
from etiquette.room.session import VOTES_PER_QUESTION, Command, Phase
from etiquette.room.snapshots import FacilitatorSnapshot
from etiquette.room.votes import Tally

FEW_RIGHT = 30  # percent: with fewer, explain first, since talking would spread mistakes
MANY_RIGHT = 70  # percent: with more, there is little left to talk about


def percent_right(prompt: Prompt, tally: Tally) -> int:
    """The percentage of votes for options that are not mistakes; 0 if nobody voted."""
    right = sum(count for number, count in enumerate(tally.counts) if not prompt.mistaken(number))
    return round(100 * right / tally.total) if tally.total else 0


def needs_second_vote(overview: FacilitatorSnapshot) -> bool:
    """Whether the first vote was such that talking and voting again is worth the time."""
    prompt, tallies = overview.prompt, overview.tallies
    return prompt is not None and len(tallies) < VOTES_PER_QUESTION and percent_right(prompt, tallies[-1]) < MANY_RIGHT


def next_step(overview: FacilitatorSnapshot) -> Command | None:
    """The command that usually comes next; None after the end."""
    screen = overview.screen
    if screen.phase is Phase.ENDED:
        return None
    if Command.NEXT in overview.allowed:
        return Command.NEXT
    match screen.phase:
        case Phase.READY if not overview.skipped:
            return Command.OPEN
        case Phase.OPEN:
            return Command.CLOSE
        case Phase.CLOSED if not overview.skipped:
            return Command.OPEN if needs_second_vote(overview) else Command.REVEAL
    return Command.END


def previous_step(overview: FacilitatorSnapshot) -> Command | None:
    """The command that goes one step back; None in the lobby, while a vote is open, and after the end.

    It may be refused, as BACK is on the first item.
    """
    if overview.screen.phase in (Phase.LOBBY, Phase.OPEN, Phase.ENDED):
        return None
    return next((each for each in (Command.HIDE, Command.REOPEN) if each in overview.allowed), Command.BACK)
