"""The numbers of a session as tables: a summary of every option, every vote, and what each person chose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean

from etiquette.judge import GUIDELINE_TITLES
from etiquette.practice import Sureness
from etiquette.room.debrief import PlayedMoment, RoomDebrief
from etiquette.room.prompt import Prompt, PromptOption
from etiquette.room.session import VOTES_PER_QUESTION
from etiquette.room.votes import Tally, Vote

OPTION_LETTERS = "ABCDEFGH"
SURENESS = {Sureness.GUESS: "guess", Sureness.FAIRLY_SURE: "fairly sure", Sureness.SURE: "sure"}

Cell = str | int | datetime | None
"""What a cell holds; None is an empty cell. A `datetime` is in UTC."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `columns` has the heading of each column, and the width that it needs in characters.

    `note` is a sentence for its readers, or empty.
    """

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnsweredVote:
    """A vote, and what it was on. `number` is that of the agenda item. `step` counts the decisions of a story, from 1;
    None in a question. `round` says whether it was the first vote on the decision or the second.
    """

    vote: Vote
    number: int
    step: int | None
    prompt: Prompt
    round: int

    @property
    def option(self) -> PromptOption:
        """The option that was chosen."""
        return self.prompt.options[self.vote.option]

    @property
    def best(self) -> bool:
        """Whether it is the best option."""
        return self.vote.option == self.prompt.best


def answered_votes(debrief: RoomDebrief) -> Iterator[AnsweredVote]:
    """Every vote of the debrief, in the order in which they were cast."""
    room = debrief.room
    decisions = {
        ballot: (decision, number)
        for decision in debrief.decisions
        for number, ballot in enumerate(room.stages[decision.stage].ballots, start=1)
    }
    alone = {
        room.stages[paths.stage].ballots[-1]: (paths.number, {each.run.choices: each.prompt for each in paths.moments})
        for paths in debrief.alone
    }
    so_far: dict[tuple[int, int], tuple[int, ...]] = {}
    for vote in debrief.votes:
        if vote.ballot in decisions:
            decision, number = decisions[vote.ballot]
            yield AnsweredVote(vote, decision.number, decision.step, decision.prompt, number)
        elif vote.ballot in alone:
            number, prompts = alone[vote.ballot]
            path = so_far.get((vote.ballot, vote.person), ())
            so_far[vote.ballot, vote.person] = (*path, vote.option)
            yield AnsweredVote(vote, number, vote.turn + 1, prompts[path], 1)


def session_tables(debrief: RoomDebrief) -> tuple[Table, ...]:
    """The tables of a session, without nicknames: its summary, every vote, and the people by their numbers."""
    return summary_table(debrief), votes_table(debrief), people_table(debrief)


def summary_table(debrief: RoomDebrief) -> Table:
    """A row for each option of each decision and, in stories played alone, of each moment that anybody reached.

    The first row of each says what was asked.
    """
    rows = [
        row
        for each in debrief.decisions
        for row in _option_rows(
            each.number, each.step, each.prompt, None, each.tallies, each.choice, _yes(each.rival is not None)
        )
    ]
    rows += [
        row
        for paths in debrief.alone
        for moment in paths.moments
        for row in _option_rows(
            paths.number,
            len(moment.run.decisions) + 1,
            moment.prompt,
            _earlier(moment),
            (moment.tally,),
            None,
            None,
        )
    ]
    return Table(
        "Summary",
        (
            ("Number", 9),
            ("Topic", 18),
            ("Decision", 9),
            ("Earlier choices", 30),
            ("What was asked", 70),
            ("Option", 8),
            ("Answer", 50),
            ("Verdict", 11),
            ("Credit", 8),
            ("Best", 8),
            ("What the room did", 11),
            ("First vote", 8),
            ("First vote, %", 8),
            ("Second vote", 8),
            ("Second vote, %", 8),
            ("Worth discussing", 12),
        ),
        tuple(row for _, row in sorted(rows, key=lambda each: each[0])),
    )


def votes_table(debrief: RoomDebrief) -> Table:
    """A row for each vote, in the order in which they were cast."""
    rows = (
        (
            each.vote.at,
            each.vote.person,
            each.number,
            topic_of(each.prompt),
            each.step,
            each.round,
            OPTION_LETTERS[each.vote.option],
            each.option.says,
            each.option.verdict,
            each.option.credit,
            _yes(each.best),
            each.vote.sureness and SURENESS[each.vote.sureness],
        )
        for each in answered_votes(debrief)
    )
    return Table(
        "Votes",
        (
            ("Time (UTC)", 19),
            ("Person", 8),
            ("Number", 9),
            ("Topic", 18),
            ("Decision", 9),
            ("Vote", 6),
            ("Option", 8),
            ("Answer", 60),
            ("Verdict", 11),
            ("Credit", 8),
            ("Best", 8),
            ("How sure", 12),
        ),
        tuple(rows),
    )


def people_table(debrief: RoomDebrief) -> Table:
    """A row for each person who voted, by their number in the room: of their final answers, how many were the best
    option and how many mistakes, and the mean credit.
    """
    final: defaultdict[int, dict[tuple[int, int | None], AnsweredVote]] = defaultdict(dict)
    for each in sorted(answered_votes(debrief), key=lambda each: each.round):
        final[each.vote.person][each.number, each.step] = each
    rows = (
        (
            person,
            len(answers),
            sum(each.best for each in answers.values()),
            sum(each.prompt.mistaken(each.vote.option) for each in answers.values()),
            round(mean(each.option.credit for each in answers.values())),
        )
        for person, answers in sorted(final.items())
    )
    columns = (("Person", 8), ("Decisions", 10), ("Best option", 10), ("Mistakes", 10), ("Mean credit", 10))
    return Table("People", columns, tuple(rows), "Nicknames are left out on purpose, so that nobody can be recognised.")


def topic_of(prompt: Prompt) -> str:
    """What a decision is about: its story, its guideline, or the facilitator's own question."""
    return prompt.title or GUIDELINE_TITLES.get(prompt.guideline, "The facilitator’s question")


def decision_title(number: int, step: int | None, prompt: Prompt) -> str:
    """What a decision is called: “Question 2: Thanks” or, in a story, “3, decision 2: The quiet week”.

    `number` is that of the agenda item, `step` that of the decision in its story.
    """
    return f"{number}, decision {step}: {prompt.title}" if step else f"Question {number}: {topic_of(prompt)}"


def _option_rows(
    number: int,
    step: int | None,
    prompt: Prompt,
    earlier: str | None,
    tallies: Sequence[Tally],
    did: int | None,
    discuss: str | None,
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """A row for each option, with the number of the item to sort them by."""
    asked = "\n\n".join(passage.text.strip() for passage in prompt.passages[prompt.since :])
    for option, each in enumerate(prompt.options):
        counted = [count for tally in tallies for count in (tally.counts[option], tally.percent(option))]
        yield (
            number,
            (
                number,
                topic_of(prompt),
                step,
                earlier,
                None if option else asked,
                OPTION_LETTERS[option],
                each.says,
                each.verdict,
                each.credit,
                _yes(option == prompt.best),
                None if did is None else _yes(option == did),
                *counted,
                *[None] * (2 * VOTES_PER_QUESTION - len(counted)),
                discuss,
            ),
        )


def _earlier(moment: PlayedMoment) -> str:
    return " → ".join(made.choice.says for made in moment.run.decisions) or "none yet"


def _yes(true: bool) -> str:
    return "yes" if true else "no"
