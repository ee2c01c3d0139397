"""Questions to the facilitator in SQLite and PostgreSQL: stored once, without a trace of who asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from etiquette.room import Command, MovedOnError, QuestionState, RoomError
from etiquette.room.store import Feed, Store
from etiquette.room.store.database import Database
from etiquette.room.store.rows import to_microseconds
from etiquette.room.store.schema import metadata, questions
from tests.room.builders import NOW
from tests.room.store.builders import Clock, Session, Subscriber

pytestmark = pytest.mark.slow

WAITING, SHOWN, ANSWERED, DISMISSED = QuestionState


def states(session: Session) -> list[tuple[str, QuestionState]]:
    return [(each.text, each.state) for each in session.facilitator.questions()]


def test_a_question_is_asked_shown_and_answered(session: Session) -> None:
    ann, ben = session.join(), session.join()
    ann.ask("  How long do\tI wait? ")
    ben.ask("And then?")
    assert states(session) == [("How long do I wait?", WAITING), ("And then?", WAITING)]
    assert [each.number for each in session.facilitator.questions()] == [1, 2]
    session.facilitator.mark(1, SHOWN, seen=WAITING)
    session.facilitator.mark(2, SHOWN, seen=WAITING)
    assert states(session) == [("How long do I wait?", WAITING), ("And then?", SHOWN)]
    marked = session.facilitator.mark(2, ANSWERED, seen=SHOWN)
    assert marked == session.facilitator.questions()
    session.facilitator.mark(1, DISMISSED, seen=WAITING)
    assert states(session) == [("How long do I wait?", DISMISSED), ("And then?", ANSWERED)]
    with pytest.raises(MovedOnError, match="Question 1 had already changed"):
        session.facilitator.mark(1, SHOWN, seen=WAITING)


def test_no_row_says_who_asked_nor_when_to_the_second(session: Session, clock: Clock) -> None:
    """All other rows stay as they were, except the count of what has happened in the room."""

    def rows(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
        tables = [table for table in metadata.sorted_tables if table.name not in ("questions", "pulses")]
        return {table.name: [tuple(row) for row in connection.execute(table.select())] for table in tables}

    database = session.store.database
    ann = session.join("Ann")
    clock.move(minutes=1, seconds=23.456)
    before = database.read(rows)
    ann.ask("Why?")
    assert database.read(rows) == before
    (stored,) = database.read(lambda it: it.execute(select(questions)).all())
    minute = to_microseconds(NOW + timedelta(minutes=1))
    assert stored._asdict() == {"room": session.code, "number": 1, "text": "Why?", "at": minute, "state": "waiting"}


def test_the_same_question_twice_is_one_until_it_is_dealt_with(session: Session) -> None:
    """Also when its commit was confirmed to nobody, and it is written again."""
    learner = session.join()
    for _ in range(2):
        learner.ask("Why?")
    session.facilitator.mark(1, SHOWN, seen=WAITING)
    learner.ask("Why?")
    assert states(session) == [("Why?", SHOWN)]
    session.facilitator.mark(1, ANSWERED, seen=SHOWN)
    learner.ask("Why?")
    assert states(session) == [("Why?", ANSWERED), ("Why?", WAITING)]


def test_questions_asked_at_once_are_all_stored(session: Session) -> None:
    learners = [session.join() for _ in range(8)]
    with ThreadPoolExecutor(8) as asking:
        list(asking.map(lambda number: learners[number].ask(f"Question {number}?"), range(8)))
    asked = session.facilitator.questions()
    assert [each.number for each in asked] == list(range(1, 9))
    assert {each.text for each in asked} == {f"Question {number}?" for number in range(8)}


def test_of_several_questions_shown_at_once_one_is_on_the_projector(session: Session) -> None:
    learner = session.join()
    for number in range(6):
        learner.ask(f"Question {number}?")
    with ThreadPoolExecutor(6) as showing:
        list(showing.map(lambda number: session.facilitator.mark(number, SHOWN, seen=WAITING), range(1, 7)))
    assert [state for _, state in states(session)].count(SHOWN) == 1


def test_what_the_room_refuses(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question from outside, one that is empty, more than the room holds, one after the end, and the wrong secret."""
    monkeypatch.setattr("etiquette.room.questions.MAX_WAITING", 2)
    learner = session.join()
    with pytest.raises(RoomError, match="haven’t joined"):
        replace(learner, token=session.store.new_token()).ask("Who am I?")
    with pytest.raises(RoomError, match="type your question"):
        learner.ask(" ")
    for question in ("One?", "Two?"):
        learner.ask(question)
    with pytest.raises(RoomError, match="ask aloud"):
        learner.ask("Three?")
    session.facilitator.mark(1, ANSWERED, seen=WAITING)
    learner.ask("Three?")
    stranger = replace(session.facilitator, secret="0" * 64)
    for work in (stranger.questions, lambda: stranger.mark(2, SHOWN, seen=WAITING)):
        with pytest.raises(RoomError, match="isn’t the facilitator’s link"):
            work()
    session.take(Command.NEXT, Command.END)
    with pytest.raises(RoomError, match="The session has ended"):
        learner.ask("Too late?")
    assert [text for text, _ in states(session)] == ["One?", "Two?", "Three?"]


def test_the_feed_tells_of_questions_and_the_projector_gets_the_one_that_is_shown(store: Store, clock: Clock) -> None:
    """Those that wait are in nothing that a learner or the projector gets."""
    session = Session(replace(store, feed=Feed(store.rows, lambda: clock.now.timestamp())), clock)
    facilitator, learner = session.facilitator, session.join("Ann")
    projector = session.store.projector_session(session.code, facilitator.projector_secret)
    subscriber, shown = Subscriber(facilitator), list[str]()
    for change in (
        lambda: learner.ask("First?"),
        lambda: learner.ask("Second?"),
        lambda: facilitator.mark(2, SHOWN, seen=WAITING),
        lambda: facilitator.mark(2, WAITING, seen=SHOWN),
        lambda: facilitator.mark(1, DISMISSED, seen=WAITING),
    ):
        change()
        session.store.feed.check()
        state = subscriber.states[-1]
        assert state
        shown.append(projector.snapshot_of(state).question)
        assert "First?" not in repr(state)
    assert subscriber.pulses == [(1, activity) for activity in range(2, 7)]
    assert shown == ["", "", "Second?", "", ""]


def test_a_question_goes_with_its_room(session: Session) -> None:
    session.join().ask("Why?")
    database: Database = session.store.database
    session.facilitator.delete()
    assert database.read(lambda it: it.execute(select(questions)).all()) == []
