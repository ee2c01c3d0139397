"""The rules of a room: which steps make sense when, which votes count, and who may see what."""

from __future__ import annotations

import dataclasses
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
TOLD = (Prompt, Option, Assessment, Finding, Verdict, Question, Scenario, Run)
"""What says, or leads to, which option is best."""

steps = st.lists(st.sampled_from(list(Command)), max_size=60)


def parts_of(value: Any) -> Iterator[Any]:
    """A value and everything in it."""
    yield value
    if dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from parts_of(getattr(value, each.name))
    elif isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from parts_of(part)
    elif isinstance(value, dict):
        yield from parts_of(list(value.items()))


def walk(taken: list[Command]) -> Iterator[Room]:
    """Every room on the way of a facilitator who tries these steps; those that make no sense are refused."""
    room = a_room()
    yield room
    for step in taken:
        if step is Command.END and len(taken) > 5:
            continue  # or most ways would be short
        if step in room.allowed:
            room = after(room, step)
            yield room
        else:
            with pytest.raises(RoomError) as refused:
                after(room, step)
            assert str(refused.value) == room.why_not(step)
            assert str(refused.value).endswith(".")


# How a session goes


def test_a_question_is_voted_on_twice_and_revealed() -> None:
    room = a_room()
    assert room.phase is Phase.LOBBY
    phases = []
    for step in (
        Command.NEXT,
        Command.OPEN,
        Command.CLOSE,
        Command.SHOW,
        Command.OPEN,
        Command.CLOSE,
        Command.REVEAL,
        Command.NEXT,
    ):
        room = after(room, step)
        phases.append((room.phase, room.vote_number))
    assert phases == [
        (Phase.READY, 0),
        (Phase.OPEN, 1),
        (Phase.CLOSED, 1),
        (Phase.CLOSED, 1),
        (Phase.OPEN, 2),
        (Phase.CLOSED, 2),
        (Phase.REVEALED, 2),
        (Phase.READY, 0),
    ]


@given(steps)
def test_a_step_is_taken_where_it_makes_sense_and_refused_with_a_sentence_elsewhere(taken: list[Command]) -> None:
    for room in walk(taken):
        assert room.phase is Phase.ENDED or Command.END in room.allowed


@given(steps)
def test_a_room_makes_a_round_trip(taken: list[Command]) -> None:
    for room in walk(taken):
        assert Room.from_json(room.to_json(), room.agenda) == room


@given(steps)
def test_no_ballot_is_ever_handed_out_twice(taken: list[Command]) -> None:
    opened: list[int] = []
    before: Room | None = None
    for room in walk(taken):
        handed = room.ballots_issued > before.ballots_issued if before else False
        if handed and room.open_ballot is not None:
            assert room.open_ballot not in opened
            opened.append(room.open_ballot)
        before = room


@given(steps)
def test_at_most_one_ballot_is_open_and_only_while_the_room_is(taken: list[Command]) -> None:
    for room in walk(taken):
        assert (room.open_ballot is not None) == (room.phase is Phase.OPEN)
        assert sum(stage.phase is Phase.OPEN for stage in room.stages) == (room.phase is Phase.OPEN)


@given(steps)
def test_whatever_was_done_a_session_can_be_brought_to_its_last_question(taken: list[Command]) -> None:
    *_, room = walk(taken)
    if room.phase is Phase.ENDED:
        return
    for _ in range(100):
        ways = [step for step in (Command.NEXT, Command.SKIP) if step in room.allowed]
        if not ways or (room.stage and room.stage.skipped and Command.NEXT not in room.allowed):
            break
        room = after(room, ways[0])
    assert room.stage is not None
    assert room.stage.item == len(room.agenda.items) - 1
    assert room.why_not(Command.NEXT).startswith("That was the last one")


def test_a_vote_closed_too_early_goes_on_with_its_votes_unless_the_bars_were_seen() -> None:
    closed = a_room(Command.NEXT, *VOTED)
    assert after(closed, Command.REOPEN).open_ballot == closed.stages[0].ballots[0]
    seen = after(after(closed, Command.SHOW), Command.HIDE)
    assert Command.REOPEN not in seen.allowed
    assert Command.OPEN in seen.allowed


def test_a_vote_that_is_reset_begins_again_with_another_ballot() -> None:
    first = a_room(Command.NEXT, Command.OPEN)
    again = after(after(first, Command.RESET), Command.OPEN)
    assert again.vote_number == 1
    assert again.open_ballot not in (None, first.open_ballot)
    assert first.open_ballot not in again.ballots


def test_to_reset_the_second_vote_leaves_the_first() -> None:
    room = a_room(Command.NEXT, *VOTED, *VOTED)
    reset = after(room, Command.RESET)
    assert (reset.phase, reset.vote_number) == (Phase.CLOSED, 1)
    assert reset.ballots == {room.stages[0].ballots[0]}


def test_going_back_shows_the_question_as_it_was_left() -> None:
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, Command.NEXT, *VOTED, Command.BACK)
    assert room.phase is Phase.REVEALED
    assert after(room, Command.NEXT).phase is Phase.CLOSED


def test_what_was_skipped_can_be_come_back_to() -> None:
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


def test_an_ended_room_refuses_every_step() -> None:
    assert a_room(Command.NEXT, Command.OPEN, Command.END).allowed == frozenset()


# A story


def test_the_choice_of_the_majority_happens() -> None:
    room = a_room_at(3, *VOTED)
    told = room.reveal(Tally((0, 3, 1)))
    assert told.stages[told.current].choice == 1
    onward = after(told, Command.NEXT)
    assert onward.run(onward.current).choices == (1,)
    assert told.consequences(told.current) == tuple(
        p for p in onward.run(onward.current).passages[2:] if p.kind != "scene"
    )


def test_the_facilitator_decides_a_tie_and_nothing_else() -> None:
    room = a_room_at(3, *VOTED)
    with pytest.raises(RoomError, match="2 choices have the same number of votes"):
        room.reveal(Tally((2, 2, 1)))
    assert room.reveal(Tally((2, 2, 1)), 1).stages[room.current].choice == 1
    with pytest.raises(RoomError, match="has chosen something else"):
        room.reveal(Tally((2, 2, 1)), 2)
    with pytest.raises(RoomError, match="Nobody has voted"):
        room.reveal(Tally((0, 0, 0)))


def test_a_story_is_played_until_it_is_over_and_then_comes_what_is_next() -> None:
    room = a_room_at(3)
    decisions = 0
    while room.stages[room.current].item == 3:
        decisions += 1
        room = a_vote_and_reveal(room)
    assert decisions > 1
    assert room.stages[room.current].item == 4
    assert [stage.item for stage in room.stages] == [0, 1, 2, *[3] * decisions, 4]


def a_vote_and_reveal(room: Room) -> Room:
    for step in (*VOTED, Command.REVEAL, Command.NEXT):
        room = after(room, step)
    return room


def test_in_a_question_there_is_nothing_to_decide() -> None:
    with pytest.raises(RoomError, match="Only in a story"):
        a_room(Command.NEXT, *VOTED).reveal(Tally((1, 1, 1)), 0)


# Votes


def test_only_the_open_ballot_takes_votes_and_every_refusal_says_why() -> None:
    open_, closed = a_room(Command.NEXT, Command.OPEN), a_room(Command.NEXT, *VOTED)
    ballot = open_.open_ballot
    assert ballot is not None
    open_.check_vote(ballot, 0)
    for room, option, says in (
        (open_, 9, "no such choice"),
        (open_, -1, "no such choice"),
        (closed, 0, "closed before yours came in"),
        (after(open_, Command.RESET), 0, "taken back"),
        (after(open_, Command.END), 0, "has ended"),
    ):
        with pytest.raises(RoomError, match=says):
            room.check_vote(ballot, option)


votes = st.builds(a_vote, st.integers(1, 2), st.integers(1, 3), st.integers(0, 2), st.integers(0, 4), turn=st.just(0))


@given(st.lists(votes), st.randoms(use_true_random=False))
def test_the_order_in_which_votes_arrive_changes_nothing_nor_how_often(cast: list[Any], rng: Any) -> None:
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
def test_a_movement_adds_up(moves: list[tuple[int, int]], best: int) -> None:
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


def figures(room: Room) -> Counts:
    """Figures that were counted although nobody should see them, as a careless store might."""
    stage = room.stage
    prompt = room.prompt(room.current) if stage else None
    if stage is None or prompt is None:
        return Counts(7, 3)
    options = len(prompt.options)
    tallies = tuple(Tally((1,) * options) for _ in stage.ballots)
    return Counts(7, 3, tallies, Movement.of([(0, 1)], options) if len(tallies) > 1 else None)


@given(steps)
def test_before_the_reveal_nothing_that_a_learner_or_the_projector_is_given_tells_the_best_option(
    taken: list[Command],
) -> None:
    for room in walk(taken):
        stage = room.stage
        answers = {ballot: (BallotAnswer(0),) for ballot in stage.ballots} if stage else {}
        for value in (screen_of(room, figures(room)), learner_snapshot(room, 1, ANN, answers, figures(room))):
            told = [part for part in parts_of(value) if isinstance(part, TOLD)]
            revealed = stage is not None and stage.phase is Phase.REVEALED
            assert bool(told) == (stage is not None and revealed and not room.alone(stage))
            if not revealed:
                assert not any(isinstance(part, Movement) for part in parts_of(value))


@given(steps)
def test_bars_are_seen_only_while_they_are_shown(taken: list[Command]) -> None:
    for room in walk(taken):
        bars = screen_of(room, figures(room)).bars
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


def test_the_facilitator_sees_the_tally_before_it_is_shown_and_what_is_tied() -> None:
    room = a_room_at(3, *VOTED)
    overview = facilitator_snapshot(room, 5, (ANN,), Counts(3, 3, (Tally((1, 1, 0)),)))
    assert overview.screen.bars == ()
    assert overview.tallies == (Tally((1, 1, 0)),)
    assert overview.tied == (0, 1)
    assert overview.prompt is not None
    assert Command.REVEAL in overview.allowed


def test_who_plays_alone_sees_their_own_story_without_a_verdict() -> None:
    room = a_room_at(4, Command.OPEN)
    ballot = room.open_ballot
    assert ballot is not None
    start = learner_snapshot(room, 1, ANN, {})
    onward = learner_snapshot(room, 1, ANN, {ballot: (BallotAnswer(0),)})
    assert (start.turn, onward.turn) == (0, 1)
    assert onward.passages[: len(start.passages)] == start.passages
    assert onward.passages[onward.since :] == onward.passages[len(start.passages) :]
    assert not any(isinstance(part, TOLD) for part in parts_of(onward))


# What a room goes through


def test_an_agenda_is_drawn_again_from_what_was_saved() -> None:
    agenda = an_agenda()
    drawn = Agenda.from_json(agenda.to_json(), library(), policies())
    assert drawn == agenda
    assert [type(item) for item in drawn.items] == [Question, Question, Question, Play, Play]


def test_an_agenda_whose_questions_were_revised_is_refused() -> None:
    agenda = an_agenda()
    for change, says in (
        ((agenda.version, "another"), "have been revised"),
        (("two-names", "no-such-story"), "not here"),
        (("article", "another"), "policy that is not here"),
        (('"parts"', '"party"'), "damaged"),
    ):
        with pytest.raises(RoomError, match=says):
            Agenda.from_json(agenda.to_json().replace(*change), library(), policies())


def test_every_scenario_of_the_library_gives_a_question() -> None:
    for scenario in library().values():
        drawn = StoryMoment.draw(scenario, ARTICLE, "seed")
        assert drawn == StoryMoment.draw(scenario, ARTICLE, "seed")


def test_an_agenda_has_something_in_it_and_not_too_much() -> None:
    with pytest.raises(RoomError, match="1 to 60"):
        Agenda(())
    with pytest.raises(RoomError, match="1 to 60"):
        Agenda(tuple(Play(scenario) for scenario in library().values()) * 4)
