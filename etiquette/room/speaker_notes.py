"""What a facilitator says about an item of the session, and what they do now that the votes are in."""

from __future__ import annotations

from dataclasses import dataclass

from etiquette.room.prompt import Prompt
from etiquette.room.session import Phase
from etiquette.room.snapshots import FacilitatorSnapshot
from etiquette.room.usual_course import FEW_RIGHT, MANY_RIGHT, percent_right

NEARLY_EVERYONE = 80  # percent of the people here who have voted

QUESTIONS = {
    "references": "What exactly did the employer ask for, and what have they got so far?",
    "thank-you": "How long has it been since the interview, and did they say when they would decide?",
    "calling": "What has been sent or said so far, and how long have they had to reply?",
    "principle": "If you were the employer, how would you feel about hearing from this person now?",
}
"""A question for the room, by guideline."""
OTHER_QUESTION = "What would happen next if you chose each of these?"


@dataclass(frozen=True, slots=True)
class NotedOption:
    """One option in the notes: its letter on screen, what it says, and why it is right or wrong, which may be empty."""

    letter: str
    says: str
    reason: str


@dataclass(frozen=True, slots=True)
class SpeakerNotes:
    """Notes for one item, in sentences for the facilitator.

    `now` is what to do at this moment, `opening` what to say first, `ask` one question for the room, `teaches` the
    lesson of a story. `mistake` is the wrong option that tempts most. Where each person plays alone there are no
    options; without a wrong option there is no `mistake`.
    """

    now: str
    opening: str
    ask: str
    teaches: str = ""
    best: NotedOption | None = None
    mistake: NotedOption | None = None


def speaker_notes(overview: FacilitatorSnapshot) -> SpeakerNotes | None:
    """The notes for what is on screen; None before the first item and after the session."""
    screen, prompt = overview.screen, overview.prompt
    if screen.phase in (Phase.LOBBY, Phase.ENDED):
        return None
    if prompt is None:
        return SpeakerNotes(
            _now_alone(overview),
            "You each play this story on your own phone. Choose what you’d really do, and don’t talk yet.",
            "Where did you hesitate, and what decided it?",
            overview.teaches,
        )
    mistake = most_tempting_mistake(overview)
    return SpeakerNotes(
        _now(overview, prompt),
        _opening(prompt),
        QUESTIONS.get(prompt.guideline, OTHER_QUESTION),
        overview.teaches,
        _noted(prompt, prompt.best),
        None if mistake is None else _noted(prompt, mistake),
    )


def most_tempting_mistake(overview: FacilitatorSnapshot) -> int | None:
    """The wrong option with the most votes or, as long as nobody chose a wrong one, with the most credit."""
    prompt = overview.prompt
    if prompt is None:
        return None
    votes = overview.tallies[-1].counts if overview.tallies else (0,) * len(prompt.options)
    wrong = [number for number in range(len(prompt.options)) if prompt.mistaken(number)]
    return max(wrong, key=lambda number: (votes[number], prompt.options[number].credit), default=None)


def letter_of(number: int) -> str:
    """The letter of the option with this index, as it is on every screen."""
    return chr(ord("A") + number)


def _noted(prompt: Prompt, number: int) -> NotedOption:
    option = prompt.options[number]
    return NotedOption(letter_of(number), option.says, option.reason)


def _opening(prompt: Prompt) -> str:
    if not prompt.title:
        return "Read this for yourself, and vote without talking. What would you do?"
    if prompt.since:
        return "Here’s what happened next. What would you do now? Vote without talking."
    return "We’ll play this story together: what most of you choose is what happens. Vote without talking."


def _now(overview: FacilitatorSnapshot, prompt: Prompt) -> str:
    screen = overview.screen
    match screen.phase:
        case Phase.READY if overview.skipped:
            return "You skipped this one. Go on, or open the vote if you want to do it after all."
        case Phase.READY:
            return "Give people half a minute to read, then open the vote."
        case Phase.OPEN:
            return _now_open(overview)
        case Phase.REVEALED:
            return "Read out why the best option is right. Ask who chose something else, and why. Then go on."
    if not overview.tallies[-1].total:
        return "Nobody has voted. Reopen the vote, or skip this one."
    percent = percent_right(prompt, overview.tallies[-1])
    if len(overview.tallies) > 1:
        before = percent_right(prompt, overview.tallies[0])
        rest = "" if percent >= MANY_RIGHT else " Take your time over the mistake below: many people still make it."
        return f"{percent}% are right now. It was {before}% the first time. Show the answers.{rest}"
    return _now_after_first_vote(percent)


def _now_open(overview: FacilitatorSnapshot) -> str:
    screen = overview.screen
    if 100 * screen.voted >= NEARLY_EVERYONE * max(screen.people, 1):
        return "Nearly everyone has voted. Close the vote."
    if screen.vote_number > 1:
        return "Ask everyone to vote again, even if they haven’t changed their minds."
    return "Let people think, and keep the room quiet. Close the vote when most of them have voted."


def _now_after_first_vote(percent: int) -> str:
    if percent >= MANY_RIGHT:
        return f"{percent}% are right, so you don’t need a second vote. Show the answers."
    if percent >= FEW_RIGHT:
        return (
            f"{percent}% are right. Ask people to find a neighbour who chose something else and try to convince them. "
            "After two minutes, have them vote again. Don’t show the votes before that."
        )
    return (
        f"Only {percent}% are right. Explain the guideline first, but don’t say which option is best. Then let people "
        "talk for a minute, and have them vote again."
    )


def _now_alone(overview: FacilitatorSnapshot) -> str:
    screen = overview.screen
    match screen.phase:
        case Phase.READY:
            return f"Start the story. It takes about {overview.minutes} minute{'s' * (overview.minutes != 1)} to play."
        case Phase.OPEN if screen.voted and 100 * screen.finished >= NEARLY_EVERYONE * screen.voted:
            return "Nearly everyone has finished. Close the story."
        case Phase.OPEN:
            return "Let people play in their own time. Close the story when most of them have finished."
        case Phase.CLOSED:
            return "Show the answers. Everyone will see their own path beside the best one."
    return "Talk about the points below where the paths split. Then go on."
