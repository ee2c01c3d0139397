"""What a facilitator says about an item of the session, and what they do now that the votes are in."""

from __future__ import annotations

from dataclasses import dataclass

from etiquette.room.prompt import Prompt
from etiquette.room.session import Phase
from etiquette.room.snapshots import FacilitatorSnapshot
from etiquette.room.usual_course import FEW_RIGHT, MANY_RIGHT, percent_right
from etiquette.room.votes import Tally

NEARLY_EVERYONE = 80  # percent of the people here who have voted

FEW_VOTES = 10  # with fewer, a percentage says more than the votes do
MANY_PEOPLE = 5

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

    `now` is what to do at this moment, `opening` what to say before the first vote closes, and empty afterwards. `ask`
    is one question for the room, `teaches` the lesson of a story. `mistake` is the wrong option that tempts most. Where
    each person plays alone there are no options; without a wrong option there is no `mistake`.
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
    begins = screen.phase is Phase.READY or (screen.phase is Phase.OPEN and screen.vote_number == 1)
    if prompt is None:
        return SpeakerNotes(
            _now_alone(overview),
            "You each play this story on your own phone. Choose what you’d really do, and don’t talk yet."
            if begins
            else "",
            "Where did you hesitate, and what decided it?",
            overview.teaches,
        )
    mistake = most_tempting_mistake(overview)
    return SpeakerNotes(
        _now(overview, prompt),
        _opening(prompt) if begins else "",
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
    if prompt.situation is None:
        return "Read this for yourself, and vote without talking."
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
    if len(overview.tallies) > 1:
        before, now = (_right(prompt, tally) for tally in (overview.tallies[0], overview.tallies[-1]))
        return (
            f"{_are_right(now)} now. It was {before} the first time. Show the answers.{_still_wrong(overview, prompt)}"
        )
    return _now_after_first_vote(prompt, overview.tallies[-1])


def _right(prompt: Prompt, tally: Tally) -> str:
    """How many are right: '40%' or, if few have voted, '1 of 2'."""
    if tally.total >= FEW_VOTES:
        return f"{percent_right(prompt, tally)}%"
    return f"{sum(count for number, count in enumerate(tally.counts) if not prompt.mistaken(number))} of {tally.total}"


def _are_right(right: str) -> str:
    return f"{right} {'is' if right.startswith('1 of') else 'are'} right"


def _still_wrong(overview: FacilitatorSnapshot, prompt: Prompt) -> str:
    """What to do about the mistake that most people still make, if too few are right; begins with a space."""
    tally, mistake = overview.tallies[-1], most_tempting_mistake(overview)
    if mistake is None or percent_right(prompt, tally) >= MANY_RIGHT:
        return ""
    people = tally.counts[mistake]
    if people >= MANY_PEOPLE:
        return " Take your time over the mistake below: many people still make it."
    subject = "One person" if people == 1 else f"{people} people"
    return f" {subject} still chose {letter_of(mistake)}: talk it through."


def _now_open(overview: FacilitatorSnapshot) -> str:
    screen = overview.screen
    if 100 * screen.voted >= NEARLY_EVERYONE * max(screen.people, 1):
        return "Nearly everyone has voted. Close the vote."
    if screen.vote_number > 1:
        return "Ask everyone to vote again, even if they haven’t changed their minds."
    return "Let people think, and keep the room quiet. Close the vote when most of them have voted."


def _now_after_first_vote(prompt: Prompt, tally: Tally) -> str:
    percent, are_right = percent_right(prompt, tally), _are_right(_right(prompt, tally))
    if percent >= MANY_RIGHT:
        return f"{are_right}, so you don’t need a second vote. Show the answers."
    if percent >= FEW_RIGHT:
        return (
            f"{are_right}. Ask people to find a neighbour who chose something else and try to convince them. "
            "After two minutes, have them vote again. Don’t show the votes before that."
        )
    few = f"Only {are_right}" if percent or tally.total >= FEW_VOTES else "Nobody is right yet"
    return (
        f"{few}. Explain the guideline first, but don’t say which option is best. Then let people "
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
