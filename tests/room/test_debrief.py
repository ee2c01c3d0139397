"""The debrief of a room and of a learner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings

from etiquette.practice import Question, Quiz, Sureness
from etiquette.room import (
    Agenda,
    BallotAnswer,
    Command,
    FreeAnswers,
    Person,
    Play,
    Prompt,
    Room,
    Vote,
    debrief_learner,
    debrief_room,
)
from etiquette.room.debrief import missed_guideline
from etiquette.stories import library
from tests.room.builders import (
    ALONE,
    TOGETHER,
    VOTED,
    a_free_question,
    a_quiz,
    a_room,
    a_vote,
    after,
    sessions,
    votes_of,
)

PEOPLE = tuple(Person(number, f"nick{number}") for number in range(1, 8))
ONE_QUESTION = Agenda((a_quiz(1),))


def question() -> Question:
    item = ONE_QUESTION.items[0]
    assert isinstance(item, Question)
    return item


def mistake() -> int:
    """The index of an option that is a mistake."""
    return next(number for number in range(len(question().options)) if question().mistaken(number))


def voted_twice() -> Room:
    """A room that has voted twice on its question, on ballots 1 and 2, and has revealed the answers."""
    return a_room(Command.NEXT, *VOTED, *VOTED, Command.REVEAL, agenda=ONE_QUESTION)


def played_alone() -> Room:
    """A room in which each has played a story alone, on ballot 1, and the answers are revealed."""
    agenda = Agenda((Play(library()[ALONE], together=False),))
    return a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=agenda)


def path_votes(person: int, path: Sequence[int]) -> list[Vote]:
    """The votes of a person who took this path through a story played alone."""
    return [a_vote(1, person, option, turn, turn) for turn, option in enumerate(path)]


# The room


def test_a_decision_has_both_tallies_and_how_the_room_moved() -> None:
    best, other = question().best, mistake()
    found = debrief_room(
        voted_twice(), [*votes_of(1, other, other, best, other), *votes_of(2, best, best, best, other)]
    )
    (decision,) = found.decisions
    assert [tally.counts[best] for tally in decision.tallies] == [1, 3]
    assert decision.shift == 50
    assert decision.movement is not None
    movement = decision.movement
    assert (movement.gained(best), movement.lost(best), movement.kept(best)) == (2, 0, 1)
    assert not decision.contested


def test_decisions_not_revealed_join_the_debrief_at_the_end_and_skipped_ones_never() -> None:
    room = a_room(Command.NEXT, *VOTED, Command.SKIP, *VOTED)
    cast = [*votes_of(1, 0), *votes_of(2, 0)]
    assert debrief_room(room, cast).decisions == ()
    decisions = debrief_room(after(room, Command.END), cast).decisions
    assert [decision.stage for decision in decisions] == [1]


def sure_votes(sureness: Sequence[Sureness | None], option: int, first: int = 1) -> list[Vote]:
    """A vote for this option from a person for each of these, numbered from `first`."""
    return [replace(a_vote(2, first + number, option), sureness=each) for number, each in enumerate(sureness)]


GUESS, FAIRLY, SURE = Sureness.GUESS, Sureness.FAIRLY_SURE, Sureness.SURE


@pytest.mark.parametrize(
    ("wrong", "right", "contested"),
    [
        ([SURE] * 5, [None] * 2, True),
        ([FAIRLY] * 4, [None] * 3, True),
        ([SURE, SURE, FAIRLY, None, None], [], True),  # more than half of them said so
        ([SURE, None, None], [], False),  # most of them said nothing
        ([None] * 17, [], False),  # however many they are
        ([GUESS] * 5, [None] * 2, False),
        ([GUESS, GUESS, SURE], [], False),  # not on average
        ([SURE] * 2, [], False),  # too few
        ([SURE] * 2, [SURE] * 5, False),
        ([], [], False),
    ],
)
def test_a_decision_is_contested_only_if_most_people_said_that_they_were_sure_of_another_answer(
    wrong: list[Sureness | None], right: list[Sureness | None], contested: bool
) -> None:
    cast = sure_votes(wrong, mistake()) + sure_votes(right, question().best, len(wrong) + 1)
    (decision,) = debrief_room(voted_twice(), cast).decisions
    assert decision.contested == contested


@pytest.mark.parametrize(("wrong", "right", "discussed"), [(3, 2, True), (2, 0, False), (3, 3, False), (2, 5, False)])
def test_a_mistake_of_most_people_is_worth_discussing_however_sure_they_were(
    wrong: int, right: int, discussed: bool
) -> None:
    found = debrief_room(voted_twice(), votes_of(2, *[mistake()] * wrong, *[question().best] * right))
    (decision,) = found.decisions
    assert decision.rival == (mistake() if discussed else None)
    assert not decision.contested
    assert found.to_discuss == ((decision,) if discussed else ())


def test_a_second_vote_that_nobody_took_part_in_leaves_the_first_one_standing() -> None:
    (decision,) = debrief_room(voted_twice(), votes_of(1, *[mistake()] * 3, sureness=SURE)).decisions
    assert decision.last == decision.tallies[0]
    assert decision.contested


def test_the_guideline_that_is_missed_is_the_one_that_the_mistake_is_about() -> None:
    """People who ring again when they should wait have missed what it says about calling, whatever was asked."""
    agenda = Agenda((Quiz.draw("missed", 20),))
    index, pesky_call = next(
        (index, option)
        for index, item in enumerate(agenda.items)
        if isinstance(item, Question) and item.guideline != "calling"
        for prompt in [Prompt.of_question(item)]
        for option in range(len(prompt.options))
        if missed_guideline(prompt, option) == "calling"
    )
    room = a_room(Command.NEXT, *[Command.SKIP] * index, *VOTED, Command.REVEAL, agenda=agenda)
    missed = {each.guideline: each for each in debrief_room(room, votes_of(1, *[pesky_call] * 4)).missed}
    assert (missed["calling"].missed, missed["calling"].answers, missed["calling"].percent) == (4, 4, 100)
    assert set(missed) == {"calling"}, "nobody missed the one that was asked about"


@given(sessions())
@settings(max_examples=25, deadline=None)
def test_every_mistake_is_missed_once_and_none_is_missed_without_an_answer(session: tuple[Room, list[Vote]]) -> None:
    room, cast = session
    found = debrief_room(room, cast)
    own = [debrief_learner(room, [vote for vote in cast if vote.person == person]) for person in range(1, 6)]
    mistakes = Counter(guideline for each in own for guideline, answers in each.mistakes for _ in answers)
    free = mistakes.pop("", 0)
    for each in found.missed:
        assert 1 <= each.missed <= each.answers
    if all(len(decision.tallies) == 1 for decision in found.decisions):
        assert {each.guideline: each.missed for each in found.missed} == dict(mistakes)
        assert found.free is not None
        assert found.free.answers - found.free.right == free


def test_answers_to_free_questions_are_right_or_not_and_miss_no_guideline() -> None:
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=Agenda((a_free_question(),)))
    found = debrief_room(room, votes_of(1, 0, 1, 1))
    assert (found.missed, found.free) == ((), FreeAnswers(2, 3))
    assert debrief_room(voted_twice(), []).free is None
    own = debrief_learner(room, votes_of(1, 0))
    assert [(guideline, len(answers)) for guideline, answers in own.mistakes] == [("", 1)]
    assert own.practise == ()


def test_choices_in_stories_played_alone_miss_guidelines_too() -> None:
    room = played_alone()
    start = Prompt.of_run(room.replay(room.stages[0], ()))
    wrong = next(n for n in range(len(start.options)) if start.mistaken(n))
    found = debrief_room(room, [*path_votes(1, (wrong,)), *path_votes(2, (start.best,))])
    missed = {each.guideline: (each.missed, each.answers) for each in found.missed}
    assert missed[missed_guideline(start, wrong)] == (1, 2)
    assert [guideline for guideline, _ in debrief_learner(room, path_votes(1, (wrong,))).mistakes] == [
        missed_guideline(start, wrong)
    ]


def test_the_rooms_path_stands_beside_the_best_one() -> None:
    agenda = Agenda((Play(library()[TOGETHER]),))
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=agenda)
    while Command.NEXT in room.allowed:
        room = after(room, Command.NEXT, *VOTED, Command.REVEAL)
    (path,) = debrief_room(room, []).together
    assert path.run.over
    assert path.run.choices == tuple(stage.choice for stage in room.stages)
    assert path.best.standing >= path.run.standing
    assert path.grade is not None
    assert 0 <= path.grade <= 100


def test_a_story_that_the_room_left_before_its_end_has_no_grade() -> None:
    agenda = Agenda((Play(library()[TOGETHER]), a_quiz(1)))
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, Command.NEXT, Command.SKIP, Command.END, agenda=agenda)
    (path,) = debrief_room(room, []).together
    assert not path.run.over
    assert path.grade is None


def test_decisions_have_the_number_that_the_room_saw_and_those_of_a_story_share_it() -> None:
    agenda = Agenda((a_quiz(2), Play(library()[TOGETHER]), Play(library()[ALONE], together=False)))
    room = a_room(Command.NEXT, Command.SKIP, *VOTED, Command.REVEAL, agenda=agenda)
    room = after(room, *(Command.NEXT, *VOTED, Command.REVEAL) * 2, Command.NEXT, Command.SKIP, *VOTED, Command.REVEAL)
    cast = [a_vote(ballot, 1, 0) for ballot in sorted(room.ballots)]
    found, own = debrief_room(room, cast), debrief_learner(room, cast)
    assert [(each.number, each.step) for each in found.decisions] == [(2, None), (3, 1), (3, 2)]
    assert [paths.number for paths in found.alone] == [4]
    assert [(each.number, each.step) for each in own.decisions] == [(2, None), (3, 1), (3, 2)]
    assert [(each.number, each.step) for each in own.answers] == [(2, None), (3, 1), (3, 2), (4, 1)]


def test_a_session_is_judged_once_anybody_has_answered_what_the_judge_knows_about() -> None:
    free = a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=Agenda((a_free_question(),)))
    assert not debrief_room(free, votes_of(1, 0)).judged
    assert not debrief_room(voted_twice(), []).judged
    assert debrief_room(voted_twice(), votes_of(1, 0)).judged
    assert debrief_room(played_alone(), path_votes(1, (0,))).judged


def test_branch_points_are_counted_without_names() -> None:
    room = played_alone()
    chosen = ((0, 0), (0, 1), (1,))
    cast = [vote for person, path in enumerate(chosen, 1) for vote in path_votes(person, path)]
    (paths,) = debrief_room(room, cast, PEOPLE).alone
    assert paths.players == 3
    assert [(each.run.choices, each.tally.counts[:2]) for each in paths.branch_points] == [((), (2, 1)), ((0,), (1, 1))]


def test_votes_that_were_reset_are_not_counted() -> None:
    room = a_room(Command.NEXT, Command.OPEN, Command.RESET, *VOTED, Command.REVEAL, agenda=ONE_QUESTION)
    found = debrief_room(room, [*votes_of(1, 0, 0), *votes_of(2, 1)])
    assert found.decisions[0].tallies[0].total == 1
    assert len(found.votes) == 1


# One learner


def test_a_learner_has_their_answers_and_what_to_practise() -> None:
    best, other = question().best, mistake()
    found = debrief_learner(voted_twice(), [replace(a_vote(1, 3, other), sureness=Sureness.SURE), a_vote(2, 3, other)])
    (decision,) = found.decisions
    assert decision.answers == (BallotAnswer(other, Sureness.SURE), BallotAnswer(other))
    assert [topic.guideline for topic in found.practise] == [question().options[other].assessment.guideline]
    assert debrief_learner(voted_twice(), [a_vote(1, 3, other), a_vote(2, 3, best)]).practise == ()


def test_a_learner_who_left_early_keeps_their_decisions_and_one_who_never_voted_has_none() -> None:
    assert debrief_learner(voted_twice(), []).decisions == ()
    (decision,) = debrief_learner(voted_twice(), [a_vote(1, 3, 0)]).decisions
    assert decision.answers == (BallotAnswer(0), None)
    assert decision.last == BallotAnswer(0)
    before_the_reveal = a_room(Command.NEXT, *VOTED, agenda=ONE_QUESTION)
    assert debrief_learner(before_the_reveal, [a_vote(1, 3, mistake())]).decisions == ()


def test_a_learners_own_story_is_graded_when_it_is_over() -> None:
    room = played_alone()
    run = room.replay(room.stages[0], ())
    while not run.over:
        run = run.choose(0)
    cast = path_votes(1, run.choices)
    (whole,), (part,) = debrief_learner(room, cast).paths, debrief_learner(room, cast[:1]).paths
    assert whole.run == run
    assert whole.grade is not None
    assert part.grade is None
