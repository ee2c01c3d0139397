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

from etiquette.judge import ARTICLE, Assessment, Finding, Verdict, policies
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
    StoryMoment,
    Tally,
    facilitator_snapshot,
    learner_snapshot,
    screen_of,
)
from etiquette.room.agenda import Prompt
from etiquette.room.votes import effective_votes, supersedes
from etiquette.stories import Run, Scenario, library
from tests.room.builders import NOW, VOTED, a_quiz, a_room, a_room_at, a_vote, after, an_agenda

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


def test_a_question_is_voted_on_twice_and_revealed() -> None:
    room = a_room()
    assert room.phase is Phase.LOBBY
    for command, phase, vote_number in (
        (Command.NEXT, Phase.READY, 0),
        (Command.OPEN, Phase.OPEN, 1),
        (Command.CLOSE, Phase.CLOSED, 1),
        (Command.SHOW, Phase.CLOSED, 1),
        (Command.OPEN, Phase.OPEN, 2),
        (Command.CLOSE, Phase.CLOSED, 2),
        (Command.REVEAL, Phase.REVEALED, 2),
        (Command.NEXT, Phase.READY, 0),
    ):
        room = after(room, command)
        assert (room.phase, room.vote_number) == (phase, vote_number)


@given(commands)
def test_a_command_is_carried_out_if_allowed_and_otherwise_refused_with_a_sentence(tried: list[Command]) -> None:
    for room in walk(tried):
        assert room.phase is Phase.ENDED or Command.END in room.allowed


@given(commands)
def test_a_saved_room_is_restored_exactly(tried: list[Command]) -> None:
    for room in walk(tried):
        assert Room.from_json(room.to_json(), room.agenda) == room


def test_the_saved_state_has_the_keys_of_earlier_versions() -> None:
    saved = json.loads(a_room(Command.NEXT, *VOTED, Command.SHOW).to_json())
    stage = {"item": 0, "phase": "closed", "ballots": [1], "shown": True, "bared": 1, "choice": None, "skipped": False}
    assert saved == {"stages": [stage], "at": 0, "given": 1, "until": None, "ended": None}


@given(commands)
def test_no_ballot_id_is_ever_reused(tried: list[Command]) -> None:
    opened: list[int] = []
    before: Room | None = None
    for room in walk(tried):
        issued = room.ballots_issued > before.ballots_issued if before else False
        if issued and room.open_ballot is not None:
            assert room.open_ballot not in opened
            opened.append(room.open_ballot)
        before = room


@given(commands)
def test_exactly_one_ballot_is_open_while_the_vote_is_open_and_none_otherwise(tried: list[Command]) -> None:
    for room in walk(tried):
        assert (room.open_ballot is not None) == (room.phase is Phase.OPEN)
        assert sum(stage.phase is Phase.OPEN for stage in room.stages) == (room.phase is Phase.OPEN)


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


def test_after_a_reset_the_vote_begins_again_with_another_ballot() -> None:
    first = a_room(Command.NEXT, Command.OPEN)
    again = after(first, Command.RESET, Command.OPEN)
    assert again.vote_number == 1
    assert again.open_ballot not in (None, first.open_ballot)
    assert first.open_ballot not in again.ballots


def test_resetting_the_second_vote_keeps_the_first() -> None:
    room = a_room(Command.NEXT, *VOTED, *VOTED)
    reset = after(room, Command.RESET)
    assert (reset.phase, reset.vote_number) == (Phase.CLOSED, 1)
    assert reset.ballots == {room.stages[0].ballots[0]}


def test_going_back_shows_the_question_as_it_was_left() -> None:
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, Command.NEXT, *VOTED, Command.BACK)
    assert room.phase is Phase.REVEALED
    assert after(room, Command.NEXT).phase is Phase.CLOSED


def test_the_facilitator_can_return_to_a_skipped_question() -> None:
    skipped = a_room(Command.NEXT, Command.OPEN, Command.SKIP)
    assert skipped.current == 1
    back = after(skipped, Command.BACK)
    assert back.phase is Phase.CLOSED
    assert after(back, Command.REVEAL).stages[0].skipped is False


def test_a_timer_runs_while_a_vote_is_open_and_closes_nothing() -> None:
    until = NOW + timedelta(seconds=30)
    timed = a_room(Command.NEXT, Command.OPEN).with_timer(until)
    assert screen_of(timed).until == until
    assert timed.phase is Phase.OPEN
    assert after(timed, Command.CLOSE).until is None
    with pytest.raises(RoomError, match="only while a vote is open"):
        a_room(Command.NEXT).with_timer(until)


def test_an_ended_room_refuses_every_command() -> None:
    assert a_room(Command.NEXT, Command.OPEN, Command.END).allowed == frozenset()


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
    with pytest.raises(RoomError, match="2 choices have the same number of votes"):
        room.reveal(Tally((2, 2, 1)))
    assert room.reveal(Tally((2, 2, 1)), 1).stages[room.current].choice == 1
    with pytest.raises(RoomError, match="has chosen something else"):
        room.reveal(Tally((2, 2, 1)), 2)
    with pytest.raises(RoomError, match="Nobody has voted"):
        room.reveal(Tally((0, 0, 0)))


def test_a_story_is_played_to_its_end_before_the_next_item_begins() -> None:
    room = a_room_at(3)
    decisions = 0
    while room.stages[room.current].item == 3:
        decisions += 1
        room = after(room, *VOTED, Command.REVEAL, Command.NEXT)
    assert decisions > 1
    assert room.stages[room.current].item == 4
    assert [stage.item for stage in room.stages] == [0, 1, 2, *[3] * decisions, 4]


def test_a_question_has_no_tie_to_decide() -> None:
    with pytest.raises(RoomError, match="Only in a story"):
        a_room(Command.NEXT, *VOTED).reveal(Tally((1, 1, 1)), 0)


# Votes


def test_only_the_open_ballot_takes_votes_and_every_refusal_says_why() -> None:
    open_, closed = a_room(Command.NEXT, Command.OPEN), a_room(Command.NEXT, *VOTED)
    ballot = open_.open_ballot
    assert ballot is not None
    open_.check_vote(ballot, 0)
    for room, option, reason in (
        (open_, 9, "no such choice"),
        (open_, -1, "no such choice"),
        (closed, 0, "closed before yours came in"),
        (after(open_, Command.RESET), 0, "taken back"),
        (after(open_, Command.END), 0, "has ended"),
    ):
        with pytest.raises(RoomError, match=reason):
            room.check_vote(ballot, option)


votes = st.builds(a_vote, st.integers(1, 2), st.integers(1, 3), st.integers(0, 2), st.integers(0, 4), turn=st.just(0))


@given(st.lists(votes), st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_repetition_of_votes_matters(cast: list[Any], rng: Any) -> None:
    again = [*cast, *rng.choices(cast, k=5)] if cast else []
    rng.shuffle(again)
    assert effective_votes(again) == effective_votes(cast)


@given(st.lists(votes))
def test_nobody_is_counted_twice_and_the_latest_vote_counts(cast: list[Any]) -> None:
    found = effective_votes(cast)
    assert {vote.key for vote in found} == {vote.key for vote in cast}
    assert len(found) == len({vote.key for vote in found})
    assert all(supersedes(vote, other) for vote in found for other in cast if other.key == vote.key)


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
def test_until_the_reveal_learners_and_the_projector_are_given_nothing_that_reveals_the_best_option(
    tried: list[Command],
) -> None:
    for room in walk(tried):
        stage = room.stage
        answers = {ballot: (BallotAnswer(0),) for ballot in stage.ballots} if stage else {}
        for value in (
            screen_of(room, careless_counts(room)),
            learner_snapshot(room, 1, ANN, answers, careless_counts(room)),
        ):
            verdicts = [part for part in parts_of(value) if isinstance(part, VERDICTS)]
            revealed = stage is not None and stage.phase is Phase.REVEALED
            assert bool(verdicts) == (stage is not None and revealed and not room.alone(stage))
            if not revealed:
                assert not any(isinstance(part, Movement) for part in parts_of(value))


@given(commands)
def test_bars_are_on_screen_only_while_they_are_shown(tried: list[Command]) -> None:
    for room in walk(tried):
        bars = screen_of(room, careless_counts(room)).bars
        stage = room.stage
        if room.phase in (Phase.LOBBY, Phase.READY, Phase.OPEN):
            assert bars == ()
        elif stage and not room.alone(stage):
            assert bool(bars) == stage.shown


def test_a_learner_sees_their_own_answers_and_the_ballot_to_vote_on() -> None:
    room = a_room(Command.NEXT, *VOTED, Command.OPEN)
    first, second = room.stages[0].ballots
    seen = learner_snapshot(room, 1, ANN, {first: (BallotAnswer(2),)})
    assert seen.answers == (BallotAnswer(2), None)
    assert seen.ballot == second
    assert seen.options == tuple(option.says for option in a_quiz().questions[0].options)


def test_the_facilitator_sees_the_tally_before_it_is_shown_and_any_tie() -> None:
    room = a_room_at(3, *VOTED)
    overview = facilitator_snapshot(room, 5, (ANN,), Counts(3, 3, (Tally((1, 1, 0)),)))
    assert overview.screen.bars == ()
    assert overview.tallies == (Tally((1, 1, 0)),)
    assert overview.tied == (0, 1)
    assert overview.prompt is not None
    assert Command.REVEAL in overview.allowed


def test_a_learner_who_plays_alone_sees_their_own_story_without_verdicts() -> None:
    room = a_room_at(4, Command.OPEN)
    ballot = room.open_ballot
    assert ballot is not None
    start = learner_snapshot(room, 1, ANN, {})
    onward = learner_snapshot(room, 1, ANN, {ballot: (BallotAnswer(0),)})
    assert (start.turn, onward.turn) == (0, 1)
    assert onward.passages[: len(start.passages)] == start.passages
    assert onward.passages[onward.since :] == onward.passages[len(start.passages) :]
    assert not any(isinstance(part, VERDICTS) for part in parts_of(onward))


# Agendas


def test_a_saved_agenda_is_drawn_again() -> None:
    agenda = an_agenda()
    drawn = Agenda.from_json(agenda.to_json(), library(), policies())
    assert drawn == agenda
    assert [type(item) for item in drawn.items] == [Question, Question, Question, Play, Play]


def test_an_agenda_that_is_revised_missing_or_damaged_is_refused() -> None:
    agenda = an_agenda()
    for change, reason in (
        ((agenda.version, "another"), "have been revised"),
        (("two-names", "no-such-story"), "not here"),
        (("article", "another"), "policy that is not here"),
        (('"parts"', '"party"'), "damaged"),
    ):
        with pytest.raises(RoomError, match=reason):
            Agenda.from_json(agenda.to_json().replace(*change), library(), policies())


def test_every_scenario_of_the_library_has_a_moment_to_draw() -> None:
    for scenario in library().values():
        drawn = StoryMoment.draw(scenario, ARTICLE, "seed")
        assert drawn == StoryMoment.draw(scenario, ARTICLE, "seed")


def test_an_agenda_has_between_1_and_60_items() -> None:
    with pytest.raises(RoomError, match="1 to 60"):
        Agenda(())
    with pytest.raises(RoomError, match="1 to 60"):
        Agenda(tuple(Play(scenario) for scenario in library().values()) * 4)
