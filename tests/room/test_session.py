"""The rules of a room: which commands are allowed when, which votes count, and who may see what."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etiquette.judge import Assessment, Finding, Verdict, policies
from etiquette.practice import Option, Question
from etiquette.room import (
    Agenda,
    BallotAnswer,
    Command,
    Counts,
    Movement,
    Person,
    Phase,
    Play,
    Room,
    RoomError,
    Tally,
    learner_snapshot,
)
from etiquette.room.prompt import Prompt
from etiquette.room.session import UNDOABLE
from etiquette.room.snapshots import screen_of
from etiquette.stories import Run, Scenario, library
from tests.room.builders import NOW, VOTED, a_room, a_room_at, after, an_agenda

ANN = Person(1, "Ann")
VERDICTS = (Prompt, Option, Assessment, Finding, Verdict, Question, Scenario, Run)
"""The types that reveal which option is best, or lead to it."""

commands = st.lists(st.sampled_from(list(Command)), max_size=60)


def parts_of(value: Any) -> Iterator[Any]:
    """A value and everything inside it."""
    yield value
    if dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from parts_of(getattr(value, each.name))
    elif isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from parts_of(part)
    elif isinstance(value, dict):
        yield from parts_of(list(value.items()))


def walk(tried: list[Command]) -> Iterator[Room]:
    """Every room that a facilitator goes through who tries these commands; those not allowed must be refused."""
    room = a_room()
    yield room
    for command in tried:
        if command is Command.END and len(tried) > 5:
            continue  # otherwise most sessions would be short
        if command in room.allowed:
            room = after(room, command)
            yield room
        else:
            with pytest.raises(RoomError) as refused:
                after(room, command)
            assert str(refused.value) == room.why_not(command)
            assert str(refused.value).endswith(".")


# How a session goes


@given(commands)
def test_whatever_a_facilitator_tries_the_session_goes_on_by_its_rules(tried: list[Command]) -> None:
    """What is not allowed is refused with a sentence, a ballot id is never reused, and a saved room is restored."""
    ballots: list[int] = []
    for room in walk(tried):
        assert room.phase is Phase.ENDED or Command.END in room.allowed
        assert room.phase is not Phase.ENDED or room.allowed == {Command.UNDO}
        assert (room.open_ballot is not None) == (room.phase is Phase.OPEN)
        assert sum(stage.phase is Phase.OPEN for stage in room.stages) == (room.phase is Phase.OPEN)
        assert Room.from_json(room.to_json(), room.agenda) == room
        if room.ballots_issued != len(ballots):
            assert room.open_ballot is not None
            assert room.open_ballot not in ballots
            ballots.append(room.open_ballot)


def test_the_saved_state_has_the_keys_of_earlier_versions() -> None:
    saved = json.loads(a_room(Command.NEXT, *VOTED, Command.SHOW).to_json())
    stage = {"item": 0, "phase": "closed", "ballots": [1], "shown": True, "bared": 1, "choice": None, "skipped": False}
    nothing_to_undo = {"before": None, "undo_until": None}
    assert saved == {"stages": [stage], "at": 0, "given": 1, "until": None, "ended": None, **nothing_to_undo}


@given(commands)
def test_a_session_can_always_be_brought_to_its_last_question(tried: list[Command]) -> None:
    *_, room = walk(tried)
    if room.phase is Phase.ENDED:
        return
    for _ in range(100):
        onward = [command for command in (Command.NEXT, Command.SKIP) if command in room.allowed]
        if not onward or (room.stage and room.stage.skipped and Command.NEXT not in room.allowed):
            break
        room = after(room, onward[0])
    assert room.stage is not None
    assert room.stage.item == len(room.agenda.items) - 1
    assert room.why_not(Command.NEXT).startswith("That was the last one")


def test_a_vote_closed_too_early_can_be_reopened_unless_its_bars_were_shown() -> None:
    closed = a_room(Command.NEXT, *VOTED)
    assert after(closed, Command.REOPEN).open_ballot == closed.stages[0].ballots[0]
    seen = after(closed, Command.SHOW, Command.HIDE)
    assert Command.REOPEN not in seen.allowed
    assert Command.OPEN in seen.allowed


def test_after_a_reset_a_vote_begins_again_with_another_ballot_and_the_one_before_it_is_kept() -> None:
    voted = a_room(Command.NEXT, *VOTED, Command.OPEN)
    reset = after(voted, Command.RESET)
    assert (reset.phase, reset.vote_number) == (Phase.CLOSED, 1)
    assert reset.ballots == {voted.stages[0].ballots[0]}
    again = after(reset, Command.OPEN)
    assert again.vote_number == 2
    assert again.open_ballot not in (None, voted.open_ballot)


@pytest.mark.parametrize("command", [Command.RESET, Command.SKIP, Command.END])
def test_a_reset_a_skip_and_the_end_can_be_undone_for_ten_seconds(command: Command) -> None:
    """Undoing gives the room as it was, with the same ballot open. Any other command makes the first one final."""
    voting = a_room(Command.NEXT, *VOTED, Command.OPEN)
    done = voting.do(command, NOW)
    assert done.do(Command.UNDO, NOW + timedelta(seconds=10)) == voting
    with pytest.raises(RoomError, match="10 seconds only"):
        done.do(Command.UNDO, NOW + timedelta(seconds=10, microseconds=1))
    for onward in done.allowed - {*UNDOABLE, Command.UNDO, Command.REVEAL}:
        assert Command.UNDO not in done.do(onward, NOW).allowed


def test_after_an_undone_reset_no_ballot_is_given_twice() -> None:
    voting = a_room(Command.NEXT, Command.OPEN)
    again = after(voting, Command.RESET, Command.OPEN, Command.RESET, Command.UNDO, Command.CLOSE, Command.OPEN)
    assert again.stages[0].ballots == (2, 3)


def test_only_a_reset_a_skip_and_the_end_can_be_undone() -> None:
    for command in set(Command) - {*UNDOABLE, Command.REVEAL, Command.UNDO}:
        for room in (a_room(), a_room_at(1), a_room(Command.NEXT, Command.OPEN), a_room(Command.NEXT, *VOTED)):
            if command in room.allowed:
                assert Command.UNDO not in room.do(command, NOW).allowed


def test_going_back_shows_the_question_as_it_was_left_even_if_it_was_skipped() -> None:
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, Command.NEXT, Command.OPEN, Command.SKIP)
    back = after(room, Command.BACK)
    assert back.phase is Phase.CLOSED
    assert after(back, Command.REVEAL).stages[1].skipped is False
    assert after(back, Command.BACK).phase is Phase.REVEALED


def test_a_timer_runs_while_a_vote_is_open_and_closes_nothing() -> None:
    until = NOW + timedelta(seconds=30)
    timed = a_room(Command.NEXT, Command.OPEN).with_timer(until)
    assert screen_of(timed, Counts()).until == until
    assert Room.from_json(timed.to_json(), timed.agenda) == timed
    assert timed.phase is Phase.OPEN
    assert after(timed, Command.CLOSE).until is None
    with pytest.raises(RoomError, match="while a vote is open"):
        a_room(Command.NEXT).with_timer(until)


# A story


def test_the_majoritys_choice_happens() -> None:
    room = a_room_at(3, *VOTED)
    revealed = room.reveal(Tally((0, 3, 1)))
    assert revealed.stages[revealed.current].choice == 1
    onward = after(revealed, Command.NEXT)
    assert onward.run(onward.current).choices == (1,)
    assert revealed.consequences(revealed.current) == tuple(
        p for p in onward.run(onward.current).passages[2:] if p.kind != "scene"
    )


def test_the_facilitator_decides_only_ties() -> None:
    room = a_room_at(3, *VOTED)
    with pytest.raises(RoomError, match="tie between 2 choices"):
        room.reveal(Tally((2, 2, 1)))
    assert room.reveal(Tally((2, 2, 1)), 1).stages[room.current].choice == 1
    with pytest.raises(RoomError, match="voted for something else"):
        room.reveal(Tally((2, 2, 1)), 2)
    with pytest.raises(RoomError, match="Nobody has voted"):
        room.reveal(Tally((0, 0, 0)))
    with pytest.raises(RoomError, match="only decide a tie in a story"):
        a_room(Command.NEXT, *VOTED).reveal(Tally((1, 1, 1)), 0)


def test_a_story_is_played_to_its_end_before_the_next_item_begins() -> None:
    room = a_room_at(3)
    decisions = 0
    while room.stages[room.current].item == 3:
        decisions += 1
        room = after(room, *VOTED, Command.REVEAL, Command.NEXT)
    assert decisions > 1
    assert [stage.item for stage in room.stages] == [0, 1, 2, *[3] * decisions, 4]


# Votes


def test_only_the_open_ballot_takes_votes_and_every_refusal_says_why() -> None:
    open_, closed = a_room(Command.NEXT, Command.OPEN), a_room(Command.NEXT, *VOTED)
    ballot = open_.open_ballot
    assert ballot is not None
    open_.check_vote(ballot, 0)
    for room, option, reason in (
        (open_, 9, "isn’t one of the choices"),
        (open_, -1, "isn’t one of the choices"),
        (closed, 0, "^The first vote on question 1 closed before yours reached us, so it wasn’t counted.$"),
        (after(open_, Command.SKIP), 0, "^The first vote on question 1 closed"),
        (after(open_, Command.RESET), 0, "facilitator cleared that vote"),
        (after(open_, Command.END), 0, "has ended"),
    ):
        with pytest.raises(RoomError, match=reason):
            room.check_vote(ballot, option)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3))), st.integers(0, 3))
def test_a_movement_is_consistent_with_both_tallies(moves: list[tuple[int, int]], best: int) -> None:
    movement = Movement.of(moves, 4)
    first, second = Tally.of((one for one, _ in moves), 4), Tally.of((other for _, other in moves), 4)
    assert movement.total == first.total == second.total
    assert first.counts[best] - movement.lost(best) + movement.gained(best) == second.counts[best]
    assert movement.kept(best) + movement.lost(best) == first.counts[best]
    assert movement.changed == sum(one != other for one, other in moves)


def test_a_tally_knows_its_leaders_and_its_majority() -> None:
    assert Tally((2, 2, 1)).leaders == (0, 1)
    assert Tally((2, 2, 1)).majority is None
    assert Tally((3, 2, 0)).majority == 0
    assert Tally((2, 2)).majority is None
    assert Tally((0, 0)).leaders == (0, 1)
    assert Tally((0, 0)).percent(0) == 0


# Who sees what


def careless_counts(room: Room) -> Counts:
    """Counts that nobody should see yet, as a careless store might provide them."""
    stage = room.stage
    prompt = room.prompt(room.current) if stage else None
    if stage is None or prompt is None:
        return Counts(7, 3)
    options = len(prompt.options)
    tallies = tuple(Tally((1,) * options) for _ in stage.ballots)
    return Counts(7, 3, tallies, Movement.of([(0, 1)], options) if len(tallies) > 1 else None)


@given(commands)
def test_until_the_reveal_nobody_is_given_what_reveals_the_best_option_and_bars_only_while_they_are_shown(
    tried: list[Command],
) -> None:
    for room in walk(tried):
        stage = room.stage
        answers = {ballot: (BallotAnswer(0),) for ballot in stage.ballots} if stage else {}
        together = stage is not None and not room.alone(stage)
        revealed = stage is not None and stage.phase is Phase.REVEALED
        screen = screen_of(room, careless_counts(room))
        for value in (screen, learner_snapshot(room, 1, ANN, answers, careless_counts(room))):
            assert any(isinstance(part, VERDICTS) for part in parts_of(value)) == (together and revealed)
            assert revealed or not any(isinstance(part, Movement) for part in parts_of(value))
        if room.phase in (Phase.LOBBY, Phase.READY, Phase.OPEN):
            assert screen.bars == ()
        elif stage and together:
            assert bool(screen.bars) == stage.shown


def test_a_learner_who_plays_alone_sees_their_own_story_without_verdicts() -> None:
    room = a_room_at(4, Command.OPEN)
    ballot = room.open_ballot
    assert ballot is not None
    start = learner_snapshot(room, 1, ANN, {}, Counts())
    onward = learner_snapshot(room, 1, ANN, {ballot: (BallotAnswer(0),)}, Counts())
    assert (start.turn, onward.turn) == (0, 1)
    assert onward.passages[: len(start.passages)] == start.passages
    assert onward.passages[onward.since :] == onward.passages[len(start.passages) :]
    assert not any(isinstance(part, VERDICTS) for part in parts_of(onward))


@pytest.mark.parametrize("change", [{"at": 1}, {"at": -2}, {"at": "x"}, {"stages": [{"item": 99}]}])
def test_a_saved_state_that_points_nowhere_is_damaged(change: dict[str, Any]) -> None:
    """Otherwise the feed, which reads all rooms at once, would fail for every one of them."""
    agenda = an_agenda()
    saved = json.loads(Room(agenda).do(Command.NEXT, NOW).to_json())
    stages = [saved["stages"][0] | each for each in change.get("stages", [{}])]
    with pytest.raises(RoomError, match="damaged"):
        Room.from_json(json.dumps(saved | change | {"stages": stages}), agenda)


# Agendas


def test_a_saved_agenda_is_drawn_again_unless_it_is_revised_missing_or_damaged() -> None:
    agenda = an_agenda()
    drawn = Agenda.from_json(agenda.to_json(), library(), policies())
    assert drawn == agenda
    assert [type(item) for item in drawn.items] == [Question, Question, Question, Play, Play]
    for change, reason in (
        ((agenda.version, "another"), "have changed"),
        (("two-names", "no-such-story"), "story that isn’t installed"),
        (("article", "another"), "policy that isn’t installed"),
        (('"parts"', '"party"'), "damaged"),
    ):
        with pytest.raises(RoomError, match=reason):
            Agenda.from_json(agenda.to_json().replace(*change), library(), policies())


def test_an_agenda_has_between_1_and_60_items() -> None:
    for items in ((), tuple(Play(scenario) for scenario in library().values()) * 4):
        with pytest.raises(RoomError, match="1 to 60"):
            Agenda(items)
