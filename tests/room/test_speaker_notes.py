"""What the facilitator is told to do next, from the votes."""

from __future__ import annotations

import pytest

from etiquette.room import (
    Agenda,
    Command,
    Counts,
    FacilitatorSnapshot,
    FreeQuestion,
    SpeakerNotes,
    Tally,
    facilitator_snapshot,
    next_step,
)
from etiquette.room import speaker_notes as notes_of
from etiquette.room.session import Room
from tests.room.builders import VOTED, a_room, a_room_at

AGAIN = (Command.OPEN, Command.CLOSE)


def overview_of(room: Room, *tallies: tuple[int, ...], people: int = 10, voted: int = 0) -> FacilitatorSnapshot:
    counts = Counts(people, voted, tuple(Tally(counts) for counts in tallies))
    return facilitator_snapshot(room, 1, (), counts)


def a_tally(room: Room, right: int, wrong: int) -> tuple[int, ...]:
    """This many votes for the best option, and for the first mistake."""
    prompt = room.prompt(room.current)
    assert prompt is not None
    mistake = next(number for number in range(len(prompt.options)) if prompt.mistaken(number))
    return tuple({prompt.best: right, mistake: wrong}.get(number, 0) for number in range(len(prompt.options)))


def notes(overview: FacilitatorSnapshot) -> SpeakerNotes:
    found = notes_of(overview)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("right", "now", "command"),
    [
        (100, "don’t need a second vote", Command.REVEAL),
        (70, "don’t need a second vote", Command.REVEAL),
        (69, "find a neighbour who chose something else", Command.OPEN),
        (30, "find a neighbour who chose something else", Command.OPEN),
        (29, "Explain the guideline first", Command.OPEN),
        (0, "Explain the guideline first", Command.OPEN),
    ],
)
def test_how_many_were_right_the_first_time_decides_what_to_do(right: int, now: str, command: Command) -> None:
    room = a_room(Command.NEXT, *VOTED)
    overview = overview_of(room, a_tally(room, right, 100 - right))
    assert now in notes(overview).now
    assert f"{right}%" in notes(overview).now
    assert next_step(overview) is command


@pytest.mark.parametrize("right", [0, 50, 100])
def test_after_the_second_vote_come_the_answers(right: int) -> None:
    """However the vote went; where many are still wrong, the notes say so."""
    room = a_room(Command.NEXT, *VOTED, *AGAIN)
    overview = overview_of(room, a_tally(room, 40, 60), a_tally(room, right, 100 - right))
    assert next_step(overview) is Command.REVEAL
    assert f"{right}% are right now. It was 40%" in notes(overview).now
    assert ("many people still make it" in notes(overview).now) == (right < 70)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [(0, 2, "Nobody is right yet."), (1, 4, "Only 1 of 5 is right."), (1, 1, "1 of 2 is right."), (2, 0, "2 of 2 are")],
)
def test_with_few_votes_people_are_counted_and_not_percentages(right: int, wrong: int, says: str) -> None:
    room = a_room(Command.NEXT, *VOTED)
    said = notes(overview_of(room, a_tally(room, right, wrong))).now
    assert said.startswith(says)
    assert "%" not in said


def test_each_vote_is_counted_in_its_own_way() -> None:
    room = a_room(Command.NEXT, *VOTED, *AGAIN)
    overview = overview_of(room, a_tally(room, 5, 5), a_tally(room, 1, 2))
    assert "1 of 3 is right now. It was 50% the first time." in notes(overview).now


@pytest.mark.parametrize(
    ("wrong", "says"), [(1, "One person still chose"), (4, "4 people still chose"), (5, "many people still make it")]
)
def test_the_mistake_that_is_left_is_named_unless_many_make_it(wrong: int, says: str) -> None:
    room = a_room(Command.NEXT, *VOTED, *AGAIN)
    said = notes(overview_of(room, a_tally(room, 0, wrong), a_tally(room, 0, wrong)))
    assert said.mistake is not None
    assert says in said.now
    assert (f"still chose {said.mistake.letter}: talk it through." in said.now) == (wrong < 5)


@pytest.mark.parametrize(
    ("commands", "opens"),
    [((), True), ((Command.OPEN,), True), (VOTED, False), ((*VOTED, Command.OPEN), False)],
)
def test_what_opens_an_item_is_there_until_the_first_vote_closes(commands: tuple[Command, ...], opens: bool) -> None:
    room = a_room(Command.NEXT, *commands)
    said = notes(overview_of(room, *[a_tally(room, 1, 0)] * room.vote_number))
    assert bool(said.opening) == opens


def test_nobody_has_voted() -> None:
    room = a_room(Command.NEXT, *VOTED)
    assert "Nobody has voted" in notes(overview_of(room, a_tally(room, 0, 0))).now


@pytest.mark.parametrize(("voted", "nearly"), [(0, False), (7, False), (8, True), (10, True)])
def test_the_vote_can_be_closed_once_nearly_everyone_has_voted(voted: int, nearly: bool) -> None:
    room = a_room(Command.NEXT, Command.OPEN)
    said = notes(overview_of(room, a_tally(room, voted, 0), voted=voted)).now
    assert ("Nearly everyone has voted" in said) == nearly


def test_the_most_tempting_mistake_is_the_one_with_the_most_votes() -> None:
    """Without votes it is the mistake that earns the most credit."""
    room = a_room(Command.NEXT, *VOTED)
    prompt = room.prompt(0)
    assert prompt is not None
    wrong = [number for number in range(len(prompt.options)) if prompt.mistaken(number)]
    before = notes(overview_of(a_room(Command.NEXT)))
    assert before.mistake is not None
    assert before.mistake.says == prompt.options[max(wrong, key=lambda n: prompt.options[n].credit)].says
    for chosen in wrong:
        tally = tuple(5 if number == chosen else 1 for number in range(len(prompt.options)))
        mistake = notes(overview_of(room, tally)).mistake
        assert mistake is not None
        assert (mistake.letter, mistake.reason) == ("ABCDEF"[chosen], prompt.options[chosen].reason)


def test_a_story_has_its_lesson_and_a_question_has_none() -> None:
    story, question = overview_of(a_room_at(3)), overview_of(a_room_at(0))
    assert notes(story).teaches.startswith("A week without a word is normal.")
    assert notes(question).teaches == ""


def test_a_facilitators_own_question_gives_their_own_reason() -> None:
    own = FreeQuestion("When do you call?", ("At once", "After two days"), 1, "They need time to read your email.")
    said = notes(overview_of(a_room(Command.NEXT, agenda=Agenda((own,)))))
    assert "What would you do" not in said.opening
    assert said.best is not None
    assert said.mistake is not None
    assert (said.best.letter, said.best.reason) == ("B", own.why)
    assert (said.mistake.letter, said.mistake.reason) == ("A", "")


def test_there_are_no_notes_before_the_first_item_and_after_the_end() -> None:
    assert notes_of(overview_of(a_room())) is None
    assert notes_of(overview_of(a_room(Command.NEXT, Command.END))) is None
