"""The feed: every change of a room is told to all who have subscribed to it, and the room is read once for them all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import URL, Connection
from sqlalchemy import event as sqlalchemy_event

from etiquette.practice import Sureness
from etiquette.room import DAMAGED_STATE, BallotAnswer, Command, LearnerSnapshot, Phase, RoomError, hash_token
from etiquette.room.store import Feed, RoomState, Store
from etiquette.room.store.faults import AWAY
from etiquette.room.store.schema import rooms
from tests.room.builders import VOTED, a_room_at
from tests.room.store.builders import Clock, Session, Subscriber, statements
from tests.room.store.postgres import Postgres, wait_until

pytestmark = pytest.mark.slow

ONWARD = (Command.CLOSE, Command.SHOW, Command.OPEN, Command.REVEAL, Command.NEXT, Command.END)
"""The first of these that is allowed leads through every phase of every item, to the end."""


@pytest.fixture
def store(store: Store, clock: Clock) -> Store:
    """A store whose feed has a clock that tests move."""
    return replace(store, feed=Feed(store.rows, lambda: clock.now.timestamp()))


# What is told


def test_a_subscriber_is_told_the_current_state_and_then_every_change_of_its_room_and_nothing_else(
    session: Session,
) -> None:
    feed = session.store.feed
    other = session.store.open_room(session.agenda)
    learner = session.join()
    subscriber = Subscriber(session.facilitator)
    feed.check()
    assert subscriber.pulses == [(1, 1)]
    feed.check()
    session.take(Command.NEXT)
    feed.check()
    session.take(Command.OPEN)
    feed.check()
    other.do(Command.NEXT, seen=1)
    feed.check()
    learner.vote(session.open_ballot(), 0)
    feed.check()
    assert subscriber.pulses == [(1, 1), (2, 1), (3, 1), (3, 2)]
    session.facilitator.delete()
    feed.check()
    feed.check()
    assert subscriber.pulses[4:] == [None]


def test_who_is_hidden_or_removed_is_told_at_once_even_to_those_who_hear_of_arrivals_seldom(session: Session) -> None:
    for nickname in ("Ann", "Ben", "Eve"):
        session.join(nickname)
    subscriber = Subscriber(session.facilitator, activity_every=60.0)
    for change in (lambda: None, lambda: session.facilitator.hide_nickname(1), lambda: session.facilitator.remove(2)):
        change()
        session.store.feed.check()
    told = [state for state in subscriber.states if state]
    assert [sorted(state.hidden) for state in told] == [[], [1], [1]]
    assert [sorted(state.removed) for state in told] == [[], [], [2]]


def test_a_room_is_read_once_for_300_subscribers_also_for_those_who_subscribe_later(session: Session) -> None:
    first = Subscriber(session.facilitator)
    with statements(session.store) as for_one:
        session.store.feed.check()
    others = [Subscriber(session.facilitator) for _ in range(299)]
    with statements(session.store) as for_later_ones:
        session.store.feed.check()
    assert len(for_later_ones) < len(for_one)
    session.take(Command.NEXT)
    with statements(session.store) as for_all:
        session.store.feed.check()
    assert len(for_all) <= len(for_one)
    assert first.pulses == [(1, 0), (2, 0)]
    told = {tuple(map(id, subscriber.states)) for subscriber in (first, *others)}
    assert len(told) == 1


def test_votes_and_arrivals_are_told_at_intervals_and_a_command_at_once(session: Session) -> None:
    """The last vote or arrival is never lost."""
    feed = session.store.feed
    subscriber = Subscriber(session.facilitator, activity_every=1)
    feed.check()
    for _ in range(3):
        session.clock.move(seconds=0.3)
        session.join()
        feed.check()
    assert subscriber.pulses == [(1, 0)]
    session.clock.move(seconds=0.2)
    feed.check()
    assert subscriber.pulses[1:] == [(1, 3)]
    session.join()
    session.take(Command.NEXT)
    feed.check()
    assert subscriber.pulses[2:] == [(2, 4)]
    session.clock.move(seconds=5)
    feed.check()
    assert len(subscriber.pulses) == 3


def test_nothing_is_told_after_unsubscribing(session: Session) -> None:
    """Neither to a subscriber that unsubscribes itself, nor to those that it unsubscribes."""
    told: list[RoomState | None] = []

    def end(state: RoomState | None) -> None:
        told.append(state)
        for unsubscribe in ending:
            unsubscribe()

    ending = [session.facilitator.subscribe(end, print) for _ in range(2)]
    subscriber = Subscriber(session.facilitator)
    session.store.feed.check()
    session.take(Command.NEXT)
    session.store.feed.check()
    assert len(told) == 1
    assert len(subscriber.states) == 2


def test_an_error_of_a_subscriber_is_logged_and_stays_with_it(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    session.facilitator.subscribe(lambda state: 1 / 0, lambda trouble: 1 / 0)
    subscriber = Subscriber(session.facilitator)
    session.store.feed.check()
    session.take(Command.NEXT)
    session.store.feed.check()
    assert subscriber.pulses == [(1, 0), (2, 0)]
    assert [record.exc_info is not None for record in caplog.records] == [True, True]


def test_damage_that_shows_only_when_a_room_is_played_is_told_to_its_subscribers_only(session: Session) -> None:
    other = session.store.open_room(session.agenda)
    subscriber, elsewhere = Subscriber(session.facilitator), Subscriber(other)
    room = a_room_at(3, *VOTED, Command.REVEAL, Command.NEXT, Command.OPEN, agenda=session.agenda)
    assert room.stages[3].choice == 0
    played = replace(room, stages=(*room.stages[:3], replace(room.stages[3], choice=77), *room.stages[4:]))
    changed = rooms.update().where(rooms.c.code == session.code).values(state=played.to_json(), version=2)
    session.store.database.write(lambda it: it.execute(changed))
    session.store.feed.check()
    assert (subscriber.states, subscriber.troubles) == ([], [DAMAGED_STATE])
    assert (elsewhere.pulses, elsewhere.troubles) == ([(1, 0)], [])


def test_a_damaged_room_is_told_to_its_subscribers_only(session: Session) -> None:
    other = session.store.open_room(session.agenda)
    subscriber, elsewhere = Subscriber(session.facilitator), Subscriber(other)
    database, here = session.store.database, rooms.c.code == session.code
    sound = database.read(lambda it: it.scalar(rooms.select().with_only_columns(rooms.c.state).where(here)))

    def save(state: str | None) -> None:
        changed = rooms.update().where(here).values(state=state, version=rooms.c.version + 1)
        database.write(lambda it: it.execute(changed))

    save("damaged")
    for _ in range(2):
        session.store.feed.check()
    with pytest.raises(RoomError) as refused:
        session.facilitator.snapshot()
    assert (subscriber.states, subscriber.troubles) == ([], [str(refused.value)])
    assert (elsewhere.pulses, elsewhere.troubles) == ([(1, 0)], [])
    save(sound)
    session.store.feed.check()
    assert subscriber.pulses == [(3, 0)]
    assert subscriber.troubles[1:] == [""]


# What learners see


def test_a_snapshot_computed_from_a_state_is_the_one_that_the_database_gives(session: Session) -> None:
    """For questions, stories played together and alone, and the debrief. It holds no nickname and no token."""
    ann, ben = session.join("Annabelle"), session.join("Ben")
    subscriber, snapshots = Subscriber(ann), list[LearnerSnapshot]()
    overview = session.facilitator.snapshot()
    while overview.screen.phase is not Phase.ENDED:
        if overview.screen.phase is Phase.OPEN:
            ballot = session.open_ballot()
            if overview.screen.alone:
                for turn in range(2):
                    ann.play(ballot, turn, 0)
            else:
                ann.vote(ballot, overview.screen.vote_number - 1, Sureness.SURE)
                ben.vote(ballot, 1)
        overview = session.take(next(each for each in ONWARD if each in overview.allowed))
        session.store.feed.check()
        state, seen = subscriber.states[-1], ann.snapshot()
        assert state
        snapshots.append(seen)
        debrief = ann.debrief() if seen.screen.shows_debrief else None
        with statements(session.store) as sent:
            assert ann.snapshot_of(state, seen.person) == seen
            if debrief:
                assert ann.debrief_of(state, seen.person) == debrief
        assert sent == []
    revealed = next(each for each in snapshots if each.screen.revealed)
    assert revealed.answers == (BallotAnswer(0, Sureness.SURE), BallotAnswer(1, Sureness.SURE))
    assert [tally.counts[:2] for tally in revealed.screen.bars] == [(1, 1), (0, 2)]
    assert {each.turn for each in snapshots} == {0, 2}
    told = repr(subscriber.states)
    assert "Vote(" in told
    for secret in (ann.token, session.facilitator.secret):
        assert secret not in told
        assert hash_token(secret) not in told
    assert "Annabelle" not in told


# The thread


@pytest.fixture
def live(store_url: URL) -> Iterator[Session]:
    """A session whose feed has an ordinary clock, and its thread until the store is closed."""
    store = Store.open(store_url)
    store.feed.start()
    yield Session(store, Clock())
    assert "feed of rooms" in [thread.name for thread in threading.enumerate()]
    store.close()
    assert "feed of rooms" not in [thread.name for thread in threading.enumerate()]


def test_the_thread_tells_every_change_here_and_on_another_server(live: Session, store_url: URL) -> None:
    """Also the activity that has to wait, though nothing else is written that would remind it."""
    elsewhere = Store.open(store_url)
    subscriber = Subscriber(live.facilitator, activity_every=0.5)
    subscriber.wait_for(1, 0)
    live.take(Command.NEXT)
    subscriber.wait_for(2, 0)
    elsewhere.facilitator_session(live.code, live.facilitator.secret).do(Command.OPEN, seen=2)
    subscriber.wait_for(3, 0)
    learners = [live.join() for _ in range(5)]
    elsewhere.learner_session(live.code, learners[0].token).vote(live.open_ballot(), 1)
    subscriber.wait_for(3, 6)
    assert live.take(Command.CLOSE).tallies[0].counts[1] == 1
    live.facilitator.delete()
    subscriber.wait_for()
    elsewhere.close()


def test_a_write_is_told_without_waiting_for_a_poll(store_url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL, also that of another server."""
    monkeypatch.setattr("etiquette.room.store.feed.POLL", 60)
    store, elsewhere = Store.open(store_url), Store.open(store_url)
    session = Session(store if store.database.is_sqlite else elsewhere, Clock())
    store.feed.start()
    subscriber = Subscriber(store.facilitator_session(session.code, session.facilitator.secret))
    subscriber.wait_for(1, 0)
    session.take(Command.NEXT)
    subscriber.wait_for(2, 0)
    for each in (store, elsewhere):
        each.close()


# PostgreSQL away, and back


@pytest.fixture
def postgresql_session(stoppable: tuple[Postgres, URL]) -> Iterator[Session]:
    """A session in a PostgreSQL that may be stopped, whose feed has its thread."""
    store = Store.open(stoppable[1])
    store.feed.start()
    yield Session(store, Clock())
    store.close()


def test_one_connection_listens_for_all_subscribers_and_none_without(
    postgresql_session: Session, own_postgres: Postgres
) -> None:
    def listeners() -> object:
        with own_postgres.connect() as connection:
            found = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'")
            return (found.fetchone() or (0,))[0]

    assert listeners() == 0
    subscribers = [Subscriber(postgresql_session.facilitator) for _ in range(5)]
    wait_until(lambda: listeners() == 1)
    for subscriber in subscribers:
        subscriber.unsubscribe()
    wait_until(lambda: listeners() == 0)


def test_an_outage_is_told_and_when_it_is_over_the_state(
    postgresql_session: Session, own_postgres: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says so, once."""
    subscriber = Subscriber(postgresql_session.facilitator)
    subscriber.wait_for(1, 0)
    own_postgres.stop()
    try:
        wait_until(lambda: subscriber.troubles == [AWAY.message])
        late = Subscriber(postgresql_session.facilitator)
        wait_until(lambda: late.troubles == [AWAY.message])
    finally:
        own_postgres.start()
    wait_until(lambda: (subscriber.pulses, late.pulses) == ([(1, 0), (1, 0)], [(1, 0)]))
    assert subscriber.troubles == late.troubles == [AWAY.message, ""]
    postgresql_session.take(Command.NEXT)
    subscriber.wait_for(2, 0)
    assert ["can't be reached" in record.message for record in caplog.records if record.name == "etiquette"] == [True]


def test_what_was_written_elsewhere_while_the_connection_was_lost_is_told(
    postgresql_session: Session, stoppable: tuple[Postgres, URL]
) -> None:
    """A connection that is opened again at once is no trouble."""
    server, url = stoppable
    subscriber = Subscriber(postgresql_session.facilitator)
    subscriber.wait_for(1, 0)
    with closing(Store.open(url)) as elsewhere:
        with server.connect() as connection:
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(ended, (url.database,))
        elsewhere.facilitator_session(postgresql_session.code, postgresql_session.facilitator.secret).do(
            Command.NEXT, seen=1
        )
        subscriber.wait_for(2, 0)
    assert subscriber.troubles == []


def test_a_connection_that_is_lost_while_the_feed_reads_is_no_trouble_either(
    postgresql_session: Session, stoppable: tuple[Postgres, URL]
) -> None:
    server, _ = stoppable
    subscriber, lost = Subscriber(postgresql_session.facilitator), list[int]()
    subscriber.wait_for(1, 0)

    def lose(connection: Connection, *_: object) -> None:
        if not lost and threading.current_thread().name == "feed of rooms":
            lost.append(connection.connection.dbapi_connection.info.backend_pid)  # type: ignore[union-attr]
            with server.connect() as other:
                other.execute("SELECT pg_terminate_backend(%s)", lost)

    engine = postgresql_session.store.database.engine
    sqlalchemy_event.listen(engine, "before_cursor_execute", lose)
    postgresql_session.take(Command.NEXT)
    subscriber.wait_for(2, 0)
    sqlalchemy_event.remove(engine, "before_cursor_execute", lose)
    assert len(lost) == 1
    assert subscriber.troubles == []
