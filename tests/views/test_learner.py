"""A learner's page, driven without a browser: joining, tapping in time and too late, and what they are told."""

from __future__ import annotations

import dataclasses

import pytest

from etiquette.practice import Sureness
from etiquette.room import AttemptLimit, Command, GuessLimits
from etiquette.views.controls import MEMBERSHIP, ButtonGroup
from etiquette.views.room import LearnerView, parse_saved_session
from tests.views.drawn import Text
from tests.views.test_room import Workshop, here, ticked, visible_text, voter, workshop

__all__ = ["here", "voter", "workshop"]  # fixtures

FIRST_QUESTION_CLOSED = "The first vote on question 1 closed before yours reached us, so it wasn’t counted."


def tap_late(workshop: Workshop, group: ButtonGroup, name: int, state: str) -> None:
    """A tap on a button that showed this state, which arrives now."""
    workshop.clock.move(seconds=1)
    group.click(str(name), state)
    workshop.here.settle()


def test_a_wrong_code_is_explained_beside_the_field_and_counted_for_each_page(workshop: Workshop) -> None:
    workshop.here.store = dataclasses.replace(workshop.here.store, limits=GuessLimits(AttemptLimit(1)))
    one, other = workshop.stranger(), workshop.stranger()
    for learner, code, sentence in (
        (one, "AEIOUY", "no vowels"),
        (one, "BBBBBB", "There’s no room with that code"),
        (one, "BBBBBB", "Please wait 60 seconds"),
        (other, "BBBBBB", "There’s no room with that code"),
    ):
        learner.form.code.text = code
        workshop.here.click(learner.form.enter)
        assert sentence in learner.form.code.problem


def test_how_sure_they_are_goes_with_the_last_of_quick_taps(workshop: Workshop, voter: LearnerView) -> None:
    """Saying so means the vote that was tapped last, though it is still on its way, and changes no message."""
    assert voter.sureness.buttons == []
    workshop.vote(0)
    messages: list[str] = []
    voter.status.observe(lambda change: messages.append(change.new), "value")
    for choice in (2, 1):
        workshop.tap(voter, choice)
    workshop.clock.move(seconds=1)
    voter.sureness.click(str(Sureness.SURE.value))
    tapped = workshop.clock()
    workshop.clock.move(minutes=1)
    workshop.here.settle()
    assert [(vote.option, vote.sureness, vote.at) for vote in workshop.votes()] == [(1, Sureness.SURE, tapped)]
    assert (ticked(voter.choices), ticked(voter.sureness)) == ([1], [2])
    assert ["Sending" in message for message in messages] == [True, False]


def test_what_comes_after_a_learner_has_left_is_dropped(workshop: Workshop, voter: LearnerView) -> None:
    """A vote that was on its way counts, but neither they nor their browser return to the room."""
    workshop.tap(voter, 0)
    voter.about.leave.click()
    workshop.run(Command.CLOSE)
    assert "Join a room" in visible_text(voter)
    assert voter.status.value == ""
    assert parse_saved_session(voter.progress_store.item(MEMBERSHIP))[1] == ""
    assert len(workshop.votes()) == 1


def test_two_taps_on_join_are_one_person_and_no_change_is_lost_meanwhile(workshop: Workshop) -> None:
    """The facilitator begins before the room is on screen. The session is saved first, as a reload needs it."""
    learner, here, events = workshop.stranger(), workshop.here, list[str]()
    learner.progress_store.observe(lambda _: events.append("saved"), "items")
    learner.top.observe(lambda _: events.append("shown"), "value")
    learner.form.enter.click()
    learner.form.enter.click()
    here.do_next()
    here.meanwhile = lambda: workshop.session.do(Command.NEXT, seen=1)
    here.do_next()
    here.meanwhile = lambda: None
    assert events == ["saved", "shown"]
    assert "You’re in" in visible_text(learner)
    here.settle()
    assert "The vote isn’t open yet" in visible_text(learner)
    assert len(here.store.feed._subscriptions) == 2, "theirs and the facilitator's"
    assert len(workshop.session.snapshot().people) == 1


def test_a_vote_may_take_its_time_without_any_harm(workshop: Workshop, voter: LearnerView) -> None:
    """The page says that it is on its way. A state from before it does not undo it; it does not undo a later one."""
    here = workshop.here
    here.store.join(workshop.code, here.store.new_token())  # which is told at the same version of the room
    here.tell()
    workshop.tap(voter, 0)
    assert "Sending…" in visible_text(voter)
    assert workshop.votes() == []
    here.work.insert(0, here.work.pop())
    while here.work:
        here.do_next()
        assert "Your vote is in" in visible_text(voter)
        assert ticked(voter.choices) == [0]

    def close() -> None:
        here.meanwhile = lambda: None
        workshop.session.do(Command.CLOSE, seen=3)
        here.settle()

    workshop.tap(voter, 1)
    here.meanwhile = close
    here.do_next()
    assert "Sending" not in visible_text(voter)
    for sentence in ("First vote is closed", "You chose"):
        assert sentence in visible_text(voter)


def test_a_tap_on_an_older_ballot_is_refused_and_its_owner_is_told_which(
    workshop: Workshop, voter: LearnerView
) -> None:
    """It stays on screen while the room goes on, until they do something or the next question opens after that."""
    tapped = voter.choices.state
    workshop.run(Command.CLOSE, Command.OPEN)
    second = voter.choices.state
    tap_late(workshop, voter.choices, 1, tapped)
    assert workshop.votes() == []
    assert FIRST_QUESTION_CLOSED in visible_text(voter)
    workshop.run(Command.CLOSE, Command.REVEAL, Command.NEXT)
    assert FIRST_QUESTION_CLOSED in visible_text(voter)
    workshop.run(Command.OPEN)
    assert FIRST_QUESTION_CLOSED not in visible_text(voter)
    tap_late(workshop, voter.choices, 1, second)
    assert workshop.votes() == []
    assert "The second vote on question 1 closed before yours reached us" in visible_text(voter)
    workshop.vote(0)
    assert "closed before yours" not in visible_text(voter)
    assert len(workshop.votes()) == 1


def test_how_sure_they_are_belongs_to_a_ballot_too(workshop: Workshop, voter: LearnerView) -> None:
    workshop.vote(0)
    tapped = voter.sureness.state
    workshop.run(Command.CLOSE, Command.OPEN)
    workshop.vote(1)
    tap_late(workshop, voter.sureness, Sureness.SURE.value, tapped)
    assert [vote.sureness for vote in workshop.votes()] == [None, None]
    assert FIRST_QUESTION_CLOSED in visible_text(voter)
    assert "Your vote is in" in visible_text(voter), "on the second vote"


@pytest.mark.parametrize(
    ("command", "sentence"),
    [(Command.RESET, "The facilitator cleared that vote"), (Command.END, "The session has ended")],
)
def test_a_tap_after_a_reset_or_the_end_is_explained(
    workshop: Workshop, voter: LearnerView, command: Command, sentence: str
) -> None:
    tapped = voter.choices.state
    version = workshop.session.snapshot().version
    workshop.session.do(command, seen=version)
    tap_late(workshop, voter.choices, 0, tapped)
    assert sentence in visible_text(voter)
    assert workshop.votes() == []


def a_player(workshop: Workshop) -> LearnerView:
    """The view of the only learner, in which the story that each plays alone is open."""
    learner = workshop.join("Zoë")
    workshop.run(Command.NEXT, *[Command.SKIP] * 4, Command.OPEN)
    assert learner.snapshot is not None
    assert learner.snapshot.screen.alone
    return learner


def test_in_a_story_of_ones_own_a_tap_belongs_to_its_turn(workshop: Workshop) -> None:
    """The same choice once more does nothing; of two choices, the first counts, and they are told so."""
    learner = a_player(workshop)
    first = learner.choices.state
    learner.choices.click("1", first)
    learner.choices.click("1", first)
    workshop.here.settle()
    assert learner.snapshot is not None
    assert (learner.snapshot.turn, learner.told.value) == (1, "")
    tap_late(workshop, learner.choices, 0, first)
    assert learner.snapshot.turn == 1
    assert "your first choice counts" in visible_text(learner)
    tap_late(workshop, learner.choices, 0, learner.choices.state)
    assert learner.snapshot.turn == 2
    assert "your first choice counts" not in visible_text(learner)


def test_a_story_of_ones_own_has_its_timeline_and_says_what_one_chose(workshop: Workshop) -> None:
    learner = a_player(workshop)
    option = learner.choices.labels[0]
    before = learner.board.value
    assert "pp-timeline" in before
    tap_late(workshop, learner.choices, 0, learner.choices.state)
    assert "pp-timeline" in learner.board.value
    assert f"You chose {option}" in " ".join(visible_text(learner).split())


def test_the_options_have_the_same_letters_before_while_and_after_voting(
    workshop: Workshop, voter: LearnerView
) -> None:
    assert [each["letter"] for each in voter.choices.buttons] == list("ABCDEF")[: len(voter.choices.buttons)]
    workshop.vote(1)
    workshop.run(Command.CLOSE)
    assert "pp-lettered" in voter.board.value
    assert "<b>B</b>" in voter.card.value


def test_the_second_vote_says_that_one_votes_again_and_that_the_first_is_another_vote(
    workshop: Workshop, voter: LearnerView
) -> None:
    workshop.vote(1)
    workshop.run(Command.CLOSE, Command.OPEN)
    assert "now that you’ve talked, choose again. You can keep your answer." in visible_text(voter)
    assert "Your first vote B" in " ".join(visible_text(voter).split())
    assert "You haven’t voted again yet" in visible_text(voter)
    assert ticked(voter.choices) == []
    workshop.vote(1)
    assert "You haven’t voted again yet" not in visible_text(voter)


def test_the_second_person_with_a_nickname_is_told_who_they_are(workshop: Workshop) -> None:
    workshop.join("Sam")
    second = workshop.join("sam")
    assert "There’s already somebody called sam here, so you’re sam 2." in visible_text(second)
    second.about.nickname.text = "SAM"
    workshop.here.click(second.about.rename)
    assert "so you’re SAM 2." in visible_text(second)


def test_who_is_hidden_is_told_at_once_and_can_choose_another_nickname(workshop: Workshop) -> None:
    learner = workshop.join("Rude")
    workshop.session.hide_nickname(1)
    workshop.here.settle()
    assert "The facilitator has hidden your nickname. Others see you as Person 1." in visible_text(learner)
    learner.about.nickname.text = "Kind"
    workshop.here.click(learner.about.rename)
    (person,) = workshop.session.snapshot().people
    assert (person.nickname, person.hidden) == ("Kind", True)
    workshop.session.hide_nickname(1, hidden=False)
    workshop.here.settle()
    assert "You’re in, as Kind" in " ".join(visible_text(learner).split())


def test_who_is_removed_is_told_at_once_and_not_let_in_again(workshop: Workshop, voter: LearnerView) -> None:
    tapped = voter.choices.state
    workshop.session.remove(1)
    tap_late(workshop, voter.choices, 0, tapped)
    assert "The facilitator has removed you from this room." in visible_text(voter)
    assert voter.snapshot is None
    workshop.here.click(voter.form.enter)
    assert "removed you" in voter.form.code.problem
    assert workshop.session.snapshot().people == ()


def test_a_second_person_on_one_phone_is_asked_who_they_are(workshop: Workshop) -> None:
    """Both stay who they are, and either may come back."""
    learner, here = workshop.join("Sam"), workshop.here
    names = []
    for typed, asks, answer in (
        ("Ben", "Are you Sam, who joined this room earlier, or somebody else?", "new"),
        ("Sam", "", ""),
        ("Ann", "Are you Sam or Ben, who joined this room earlier, or somebody else?", "1"),
        ("", "Are you Ben or Sam, who joined this room earlier, or somebody else?", "1"),
    ):
        here.click(learner.about.leave)
        learner.form.code.text, learner.form.nickname.text = workshop.code, typed
        here.click(learner.form.enter)
        assert learner.form.asks == asks
        if answer:
            learner.form.people.click(answer)
            learner.form.people.click(answer)
            here.settle()
        assert learner.snapshot is not None
        names.append(learner.snapshot.person.nickname)
    assert names == ["Ben", "Sam", "Ben", "Sam"]
    assert [person.nickname for person in workshop.session.snapshot().people] == ["Sam", "Ben"]


def test_a_name_in_that_question_is_never_markup(workshop: Workshop) -> None:
    learner = workshop.join("<img src=x>")
    workshop.here.click(learner.about.leave)
    learner.form.code.text, learner.form.nickname.text = workshop.code, "Ben"
    workshop.here.click(learner.form.enter)
    assert "<img src=x>" in learner.form.asks
    assert "img" not in Text(learner.form.question.value).elements


@pytest.mark.parametrize("kept", ["", "{}", "[]", '{"key": 1, "room": 2, "others": 3}', '{"key": "k"}'])
def test_what_a_browser_kept_may_be_damaged(kept: str) -> None:
    assert parse_saved_session(kept).keys == ()


def test_a_pasted_link_and_enter_join_the_room(workshop: Workshop) -> None:
    learner = workshop.stranger()
    learner.form.code.text = f"https://host/?lang=en&room={workshop.code.lower()}#workshop"
    learner.form.nickname.control._handle_custom_msg({"event": "submit"}, [])
    workshop.here.settle()
    assert "You’re in" in visible_text(learner)


def test_leaving_takes_two_steps_and_is_away_from_the_options(workshop: Workshop, voter: LearnerView) -> None:
    assert voter.about.details.layout.display == "none"
    workshop.here.click(voter.about.toggle)
    assert voter.about.details.layout.display == ""
    assert voter.children[-1] is voter.about
    workshop.here.click(voter.about.leave)
    assert "Join a room" in visible_text(voter)
    voter.form.code.text = workshop.code
    workshop.here.click(voter.form.enter)
    assert voter.snapshot is not None
    assert voter.about.details.layout.display == "none"
