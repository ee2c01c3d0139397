"""The store on SQLite and PostgreSQL: what was confirmed is stored exactly once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from etiquette.practice import Sureness
from etiquette.room import (
    Agenda,
    AttemptLimit,
    BallotAnswer,
    Command,
    FacilitatorSnapshot,
    GuessLimits,
    MovedOnError,
    Phase,
    Play,
    RoomError,
    RoomKey,
    Source,
    Vote,
    hash_token,
)
from etiquette.room.store import FacilitatorSession, RoomState, Store
from etiquette.room.store.schema import people, pulses, rooms, votes
from etiquette.stories import library
from tests.room.builders import ALONE, NOW, a_quiz, a_vote
from tests.room.store.builders import Clock, Session

pytestmark = pytest.mark.slow

# A session


def test_a_story_that_each_plays_alone(store: Store, clock: Clock) -> None:
    session = Session(store, clock, Agenda((Play(library()[ALONE], together=False),)))
    ann, ben = session.join(), session.join()
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    with pytest.raises(RoomError, match="on their own"):
        ann.vote(ballot, 0)
    assert ann.play(ballot, 0, 1).answers == (BallotAnswer(1),)
    assert ann.play(ballot, 0, 1).answers == (BallotAnswer(1),), "the same choice once more does nothing"
    with pytest.raises(RoomError, match="your first choice counts"):
        ann.play(ballot, 0, 0)
    assert ann.play(ballot, 1, 0).answers == (BallotAnswer(1), BallotAnswer(0))
    with pytest.raises(RoomError, match="hasn’t got that far"):
        ben.play(ballot, 1, 0)
    ben.play(ballot, 0, 0)
    assert (ann.snapshot().turn, ben.snapshot().turn) == (2, 1)
    session.take(Command.CLOSE, Command.REVEAL)
    paths = session.facilitator.debrief().alone[0]
    assert paths.players == 2
    assert paths.branch_points[0].run.choices == ()
    assert ann.debrief().paths[0].run.choices == (1, 0)


def test_a_person_is_the_same_in_every_tab_and_after_every_reload(session: Session) -> None:
    token = session.store.new_token()
    first = session.store.join(session.code, token, "Ann")
    second = session.store.join(session.code.lower(), token)
    again = session.store.learner_session(session.code, token)
    assert first.snapshot().person == second.snapshot().person == again.snapshot().person
    assert session.facilitator.snapshot().screen.people == 1
    assert first.snapshot().person.nickname == "Ann"


def test_a_nickname_is_cleaned_changed_and_hidden(session: Session) -> None:
    learner = session.join("\u202e" + "x" * 10_000)
    assert learner.snapshot().person.nickname == "x" * 30
    assert learner.rename("<b>Ann</b>").display_name == "<b>Ann</b>"
    (hidden,) = session.facilitator.hide_nickname(1).people
    assert hidden.display_name == "Person 1"
    assert learner.rename("Ann").hidden
    assert not session.facilitator.hide_nickname(1, hidden=False).people[0].hidden


def test_of_two_people_with_one_nickname_the_second_gets_a_number(session: Session) -> None:
    """Whether they join with it or choose it later. Nobody is in their own way, and those who were removed are gone."""
    sam, second, third = session.join("Sam"), session.join("sam"), session.join("Ann")
    assert [each.snapshot().person.nickname for each in (sam, second)] == ["Sam", "sam 2"]
    assert third.rename("SAM").nickname == "SAM 3"
    assert sam.rename("Sam").nickname == "Sam"
    assert [session.join().snapshot().person.display_name for _ in range(2)] == ["Person 4", "Person 5"]
    session.facilitator.remove(1)
    assert third.rename("Sam").nickname == "Sam"
    assert session.store.join(session.code, third.token, "Sam 2").snapshot().person.nickname == "Sam 3"


def test_who_joins_again_is_found_by_their_token(session: Session) -> None:
    ann, ben, removed = session.join("Ann"), session.join("Ben"), session.join("Eve")
    session.facilitator.remove(3)
    tokens = [each.token for each in (ann, ben, removed)] + [session.store.new_token()]
    found = session.store.find_people(session.code, tokens)
    assert found == {each.token: each.snapshot().person for each in (ann, ben)}


def test_who_was_removed_can_neither_vote_nor_return_and_no_longer_counts(session: Session) -> None:
    """Their votes go with them; everybody else's stay."""
    ann, ben = session.join("Ann"), session.join("Ben")
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    for learner, option in ((ann, 0), (ben, 1)):
        learner.vote(ballot, option)
    left = session.facilitator.remove(1)
    assert [person.nickname for person in left.people] == ["Ben"]
    assert (left.screen.people, left.screen.voted) == (1, 1)
    assert left.tallies[0].counts[:2] == (0, 1)
    assert [vote.person for vote in session.votes(ballot)] == [2]
    for refused in (
        lambda: ann.vote(ballot, 0),
        lambda: ann.set_sureness(ballot, Sureness.SURE),
        lambda: ann.rename("Eve"),
        ann.snapshot,
        lambda: session.store.join(session.code, ann.token),
        lambda: session.store.learner_session(session.code, ann.token),
    ):
        with pytest.raises(RoomError, match="removed you from this room"):
            refused()
    assert session.join("Eve").snapshot().person.number == 3
    assert [person.nickname for person in session.facilitator.debrief().people] == ["Ben", "Eve"]


def test_how_sure_somebody_is_goes_with_their_latest_vote_on_that_ballot(session: Session) -> None:
    learner = session.join()
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    with pytest.raises(RoomError, match="choose an answer first"):
        learner.set_sureness(ballot, Sureness.SURE)
    for option in (0, 2):
        learner.vote(ballot, option)
        session.clock.move(seconds=1)
    assert learner.set_sureness(ballot, Sureness.SURE).answers == (BallotAnswer(2, Sureness.SURE),)
    session.take(Command.CLOSE)
    with pytest.raises(RoomError, match="first vote on question 1 closed"):
        learner.set_sureness(ballot, Sureness.GUESS)


def test_who_cannot_join_or_has_not_joined_is_told_why(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RoomError, match="haven’t joined this room"):
        session.store.learner_session(session.code, session.store.new_token())
    with pytest.raises(RoomError, match="join again"):
        session.store.join(session.code, "me")
    monkeypatch.setattr("etiquette.room.store.store.MAX_PEOPLE", 1)
    session.join()
    with pytest.raises(RoomError, match="full"):
        session.join()


# Who may do what


def test_only_the_secret_gives_a_facilitator_access_and_it_is_not_stored(session: Session) -> None:
    facilitator = session.store.facilitator_session(session.code, session.facilitator.secret)
    assert facilitator.snapshot().version == 1
    for secret in ("", session.code, hash_token(facilitator.secret), facilitator.secret[:-1]):
        with pytest.raises(RoomError, match="doesn’t open a room"):
            session.store.facilitator_session(session.code, secret)
        with pytest.raises(RoomError, match="isn’t the facilitator"):
            FacilitatorSession(session.store.rows, session.store.feed, session.code, secret).do(Command.NEXT, seen=1)
    learner = session.join("Ann")
    kept = session.store.database.read(
        lambda it: repr([it.execute(select(table)).all() for table in (rooms, people, votes)])
    )
    assert session.code in kept
    assert facilitator.secret not in kept
    assert learner.token not in kept


def test_a_page_that_guesses_codes_waits_and_nobody_else_does(store: Store, clock: Clock) -> None:
    session, guesser = Session(store, clock), Source("a school", "a page")
    for _ in range(10):
        with pytest.raises(RoomError, match="no room with that code"):
            store.find_code("BBBBBB", guesser)
    with pytest.raises(RoomError, match="Please wait 60 seconds"):
        store.find_code(session.code, guesser)
    assert store.find_code(session.code, Source("a school", "another page")) == session.code
    assert store.find_code(session.code, Source("a home", "a page of a reader")) == session.code
    clock.move(seconds=60)
    assert store.find_code(session.code, guesser) == session.code


def test_at_an_address_with_too_many_wrong_codes_only_those_who_typed_one_wait(store: Store, clock: Clock) -> None:
    """Sixty pupils who all mistype the code shut nobody out; nor does a page that guesses."""
    session = Session(store, clock)
    small = replace(store, limits=GuessLimits(connection=AttemptLimit(3), address=AttemptLimit(4)))
    for connection in ("one", "one", "two", "two"):
        with pytest.raises(RoomError, match="no room with that code"):
            small.find_code("BBBBBB", Source("a school", connection))
    with pytest.raises(RoomError, match="Please wait"):
        small.find_code(session.code, Source("a school", "one"))
    assert small.find_code(session.code, Source("a school", "three")) == session.code
    with pytest.raises(RoomError, match="no room with that code"):
        small.find_code("BBBBBB", Source("a school", "four"))
    assert small.find_code(session.code, Source("a home", "five")) == session.code


def test_pages_at_unknown_addresses_share_no_limit(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    small = replace(store, limits=GuessLimits(connection=AttemptLimit(2), address=AttemptLimit(1)))
    with pytest.raises(RoomError, match="no room with that code"):
        small.find_code("BBBBBB", Source("", "one"))
    assert small.find_code(session.code, Source("", "one")) == session.code


def test_an_overview_says_where_each_room_stands_and_leaves_out_those_that_are_gone(store: Store, clock: Clock) -> None:
    first, second = Session(store, clock), Session(store, clock)
    first.join("Ann")
    first.take(Command.NEXT, Command.OPEN)
    keys = [RoomKey(each.code, each.facilitator.secret) for each in (second, first)]
    wrong = RoomKey(first.code, "0" * 64)
    found = store.overviews([*keys, wrong, RoomKey("BBBBBB", "")])
    assert [each.key for each in found] == keys
    assert [(each.opened, each.deleted_from) for each in found] == [(clock.now, clock.now + timedelta(days=7))] * 2
    lobby, opened = (each.screen for each in found)
    assert lobby
    assert opened
    assert (lobby.phase, opened.phase, opened.people) == (Phase.LOBBY, Phase.OPEN, 1)
    second.facilitator.delete()
    assert [each.key.code for each in store.overviews(keys)] == [first.code]


def test_a_room_that_is_damaged_is_still_in_the_overview(session: Session) -> None:
    session.store.database.write(lambda it: it.execute(rooms.update().values(state="{")))
    (found,) = session.store.overviews([RoomKey(session.code, session.facilitator.secret)])
    assert found.screen is None


# Steps


def test_of_several_taps_at_once_only_one_takes_effect(session: Session) -> None:
    seen = session.facilitator.snapshot().version

    def tap(_: int) -> bool:
        try:
            session.facilitator.do(Command.NEXT, seen=seen)
        except MovedOnError:
            return False
        return True

    with ThreadPoolExecutor(8) as taps:
        assert sum(taps.map(tap, range(8))) == 1
    assert session.facilitator.snapshot().version == seen + 1


def test_a_command_that_is_refused_or_comes_too_late_does_nothing(session: Session) -> None:
    elsewhere = session.store.facilitator_session(session.code, session.facilitator.secret)
    with pytest.raises(RoomError, match="hasn’t begun"):
        session.facilitator.do(Command.CLOSE, seen=1)
    session.facilitator.do(Command.NEXT, seen=1)
    with pytest.raises(MovedOnError, match="moved on"):
        elsewhere.do(Command.NEXT, seen=1)
    seen = elsewhere.snapshot()
    assert (seen.version, seen.screen.item_number) == (2, 1)


# Votes


def test_a_reset_deletes_the_votes_and_refuses_late_ones(session: Session) -> None:
    learner = session.join()
    session.take(Command.NEXT, Command.OPEN)
    before = session.open_ballot()
    learner.vote(before, 0)
    session.take(Command.RESET, Command.OPEN)
    with pytest.raises(RoomError, match="facilitator cleared"):
        learner.vote(before, 0)
    assert session.facilitator.snapshot().tallies[0].total == 0
    assert session.store.database.read(lambda it: it.execute(select(votes)).all()) == []


def test_until_another_command_an_undone_reset_gives_the_votes_back(session: Session) -> None:
    learner = session.join()
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    learner.vote(ballot, 0)
    undone = session.take(Command.RESET, Command.UNDO)
    assert undone.tallies[0].total == 1
    assert learner.vote(ballot, 1).answers == (BallotAnswer(1),)


def test_a_late_choice_in_a_story_of_ones_own_is_told_what_became_of_it(store: Store, clock: Clock) -> None:
    session = Session(store, clock, Agenda((Play(library()[ALONE], together=False),)))
    learner = session.join()
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    learner.play(ballot, 0, 0)
    for command, reason in (
        (Command.CLOSE, "was over before your choice reached us"),
        (Command.END, "The session has ended"),
        (Command.UNDO, "was over before your choice reached us"),
    ):
        session.take(command)
        with pytest.raises(RoomError, match=reason):
            learner.play(ballot, 1, 0)
    session.take(Command.REOPEN, Command.RESET)
    with pytest.raises(RoomError, match="facilitator cleared that vote"):
        learner.play(ballot, 1, 0)


def test_a_projector_is_shown_what_the_room_may_see_and_has_a_secret_of_its_own(session: Session) -> None:
    """It does not open the facilitator's session, nor the facilitator's secret the projector's."""
    store, code, facilitator = session.store, session.code, session.facilitator
    projector = store.projector_session(code, facilitator.projector_secret)
    states: list[RoomState | None] = []
    projector.subscribe(states.append, print)
    session.take(Command.NEXT)
    store.feed.check()
    assert states[-1] is not None
    assert projector.snapshot_of(states[-1]).screen == facilitator.snapshot().screen
    assert facilitator.projector_secret != facilitator.secret
    with pytest.raises(RoomError, match="doesn’t open a room"):
        store.facilitator_session(code, facilitator.projector_secret)
    for wrong_code, wrong in ((code, facilitator.secret), (code, ""), ("BBBBBB", facilitator.projector_secret)):
        with pytest.raises(RoomError, match="doesn’t show a room"):
            store.projector_session(wrong_code, wrong)


sent = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 3), st.integers(0, 2), st.sampled_from([None, *Sureness])), max_size=12
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent)
def test_of_each_persons_votes_the_latest_counts_in_whatever_order_they_arrive(
    session: Session, sent: list[tuple[int, int, int, Sureness | None]]
) -> None:
    """Of two at the same time, the one for the later option and then the surer one counts."""
    fresh = Session(session.store, session.clock, Agenda((a_quiz(),)))
    learners = [fresh.join() for _ in range(3)]
    fresh.take(Command.NEXT, Command.OPEN)
    ballot = fresh.open_ballot()
    cast = [
        Vote(ballot, person, option, NOW + timedelta(seconds=second), sureness)
        for person, second, option, sureness in sent
    ]
    for vote in cast:
        learners[vote.person - 1].vote(ballot, vote.option, vote.sureness, vote.at)
    cast.sort(key=lambda vote: (vote.at, vote.option, vote.sureness.value if vote.sureness else 0))
    latest = {vote.person: vote for vote in cast}.values()
    assert fresh.votes(ballot) == sorted(latest, key=lambda vote: (vote.at, vote.person))
    assert fresh.take(Command.CLOSE).tallies[0].total == len(latest)


# Many at once


def test_of_many_votes_at_once_each_that_is_confirmed_is_counted_once_and_none_after_closing(session: Session) -> None:
    """Everybody taps twice: half of them before the facilitator closes the vote, some meanwhile, some afterwards."""
    learners = [session.join() for _ in range(100)]
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    confirmed: set[int] = set()

    def vote(number: int) -> None:
        for _ in range(2):
            learners[number - 1].vote(ballot, 0)
            confirmed.add(number)

    def vote_afterwards(number: int) -> None:
        closing.result()
        vote(number)

    with ThreadPoolExecutor(4) as pool:  # fewer than connections: nobody has to wait for one, as in a server
        attempts = [pool.submit(vote, number) for number in range(1, 51)]
        closing = pool.submit(session.take, Command.CLOSE)
        attempts += [pool.submit(vote, number) for number in range(51, 91)]
        attempts += [pool.submit(vote_afterwards, number) for number in range(91, 101)]
    refused = [error for attempt in attempts if (error := attempt.exception())]
    assert confirmed.isdisjoint(range(91, 101))
    assert all("closed before yours" in str(error) for error in refused)
    assert sorted(each.person for each in session.votes(ballot)) == sorted(confirmed)
    assert closing.result().tallies[0].counts[0] == len(confirmed)


def test_closing_waits_for_a_vote_that_is_being_stored_and_counts_it(session: Session) -> None:
    rows = session.store.rows
    session.join()
    seen = session.take(Command.NEXT, Command.OPEN).version
    ballot = session.open_ballot()
    closed: list[FacilitatorSnapshot] = []
    closing = threading.Thread(target=lambda: closed.append(session.facilitator.do(Command.CLOSE, seen=seen)))

    def vote(connection: Connection) -> None:
        rows.room(connection, session.code, voting=True).room.check_vote(ballot, 1)
        closing.start()
        closing.join(0.5)
        assert not closed
        rows.cast(connection, session.code, a_vote(ballot, 1, 1))

    session.store.database.write(vote)
    closing.join(20)
    assert closed[0].tallies[0].counts[1] == 1


def test_people_who_join_at_once_get_distinct_numbers(session: Session) -> None:
    tokens = [session.store.new_token() for _ in range(30)]
    with ThreadPoolExecutor(12) as pool:
        learners = list(pool.map(lambda token: session.store.join(session.code, token), tokens * 2))
    numbers = [learner.snapshot().person.number for learner in learners]
    assert sorted(set(numbers)) == list(range(1, 31))
    assert numbers[:30] == numbers[30:]


# The end of a room


def test_a_room_is_deleted_with_everything_in_it_when_it_has_expired_or_the_facilitator_says_so(
    session: Session,
) -> None:
    """Opening a room deletes those that have expired."""
    learner = session.join("Ann")
    session.take(Command.NEXT, Command.OPEN)
    learner.vote(session.open_ballot(), 0)
    session.clock.move(days=6)
    session.store.open_room(session.agenda).delete()
    assert learner.snapshot().answers == (BallotAnswer(0),)
    session.clock.move(days=1)
    session.store.open_room(session.agenda).delete()
    with pytest.raises(RoomError, match="no room"):
        learner.snapshot()
    tables = (rooms, pulses, people, votes)
    assert session.store.database.read(lambda it: [it.execute(select(table)).first() for table in tables]) == [None] * 4
