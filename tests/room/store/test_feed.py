"""The feed: every change of a room is told to all who have subscribed to it, and the room is read once for them all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import URL

from etiquette.practice import Sureness
from etiquette.room import BallotAnswer, Command, LearnerSnapshot, RoomError, hash_token
from etiquette.room.store import Feed, RoomState, Store
from etiquette.room.store.faults import AWAY
from etiquette.room.store.schema import rooms
from tests.room.store.builders import Clock, Session, Subscriber, statements
from tests.room.store.postgres import Postgres, wait_until

pytestmark = pytest.mark.slow


@dataclass
class Seconds:
    """A clock in seconds that stands still until it is moved."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def store(store: Store, seconds: Seconds) -> Iterator[Store]:
    """A store whose feed has a clock that tests move."""
    slowed = replace(store, feed=Feed(store.rows, seconds))
    yield slowed
    slowed.feed.stop()


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


def test_a_room_with_300_subscribers_is_read_once(session: Session) -> None:
    learner = session.join()
    subscribers = [Subscriber(learner)]
    with statements(session.store) as for_one:
        session.store.feed.check()
    subscribers += [Subscriber(learner) for _ in range(299)]
    session.take(Command.NEXT)
    with statements(session.store) as for_all:
        session.store.feed.check()
    assert len(for_all) <= len(for_one)
    state = subscribers[0].states[-1]
    assert state
    assert state.version == 2
    assert all(subscriber.states[-1] is state for subscriber in subscribers)


def test_somebody_who_subscribes_later_is_given_the_state_that_was_read_before(session: Session) -> None:
    learner = session.join()
    first = Subscriber(learner)
    session.store.feed.check()
    second = Subscriber(learner)
    session.store.feed.check()
    assert second.states[0] is first.states[0]
    assert len(first.states) == 1


def test_votes_and_arrivals_are_told_at_intervals_and_the_last_is_never_lost(
    session: Session, seconds: Seconds
) -> None:
    feed = session.store.feed
    subscriber = Subscriber(session.facilitator, activity_every=1)
    feed.check()
    for _ in range(3):
        seconds.now += 0.3
        session.join()
        feed.check()
    assert subscriber.pulses == [(1, 0)]
    seconds.now += 0.2
    feed.check()
    assert subscriber.pulses == [(1, 0), (1, 3)]
    seconds.now += 5
    feed.check()
    assert len(subscriber.pulses) == 2


def test_a_command_is_told_at_once(session: Session) -> None:
    subscriber = Subscriber(session.facilitator, activity_every=60)
    session.store.feed.check()
    session.join()
    session.take(Command.NEXT)
    session.store.feed.check()
    assert subscriber.pulses == [(1, 0), (2, 1)]


def test_nothing_is_told_after_unsubscribing(session: Session) -> None:
    subscriber, other = Subscriber(session.facilitator), Subscriber(session.facilitator)
    session.store.feed.check()
    subscriber.unsubscribe()
    subscriber.unsubscribe()
    session.take(Command.NEXT)
    session.store.feed.check()
    assert (len(subscriber.states), len(other.states)) == (1, 2)


def test_a_subscriber_may_end_its_own_subscription_and_those_of_others(session: Session) -> None:
    other = Subscriber(session.facilitator)

    def end(state: RoomState | None) -> None:
        told.append(state)
        for unsubscribe in (own, other.unsubscribe):
            unsubscribe()

    told: list[RoomState | None] = []
    own = session.facilitator.subscribe(end, print)
    for _ in range(2):
        session.take(Command.NEXT if not told else Command.OPEN)
        session.store.feed.check()
    assert len(told) == 1
    assert len(other.states) <= 1


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


# What learners see


def test_a_snapshot_computed_from_a_state_is_the_one_that_the_database_gives(session: Session) -> None:
    """For questions, stories played together and alone, and the debrief."""
    ann, ben = session.join("Ann"), session.join("Ben")
    subscriber = Subscriber(ann)

    def take(command: Command) -> LearnerSnapshot:
        overview = session.facilitator.snapshot()
        if command is Command.REVEAL:
            session.facilitator.reveal(seen=overview.version, choice=overview.tied[0] if overview.tied else None)
        else:
            session.take(command)
        session.store.feed.check()
        state, seen = subscriber.states[-1], ann.snapshot()
        assert state
        with statements(session.store) as sent:
            assert ann.snapshot_of(state, seen.person) == seen
            debrief = ann.debrief_of(state, seen.person) if seen.screen.shows_debrief else None
        assert sent == []
        assert debrief == (ann.debrief() if debrief else None)
        return seen

    def skip_to(item_number: int) -> LearnerSnapshot:
        take(Command.NEXT)
        while (seen := take(Command.SKIP)).screen.item_number < item_number:
            pass
        return seen

    take(Command.NEXT)
    for sureness in (Sureness.SURE, None):
        ballot = take(Command.OPEN).ballot
        assert ballot is not None
        ann.vote(ballot, 0, sureness)
        ben.vote(ballot, 1)
        take(Command.CLOSE)
        assert take(Command.SHOW).answers[-1] == BallotAnswer(0, sureness)
    assert take(Command.REVEAL).screen.revealed
    take(Command.NEXT)
    take(Command.BACK)
    skip_to(4)
    ballot = take(Command.OPEN).ballot
    assert ballot is not None
    ben.vote(ballot, 1)
    take(Command.CLOSE)
    take(Command.REVEAL)
    assert skip_to(5).screen.alone
    ballot = take(Command.OPEN).ballot
    assert ballot is not None
    for turn in range(2):
        ann.play(ballot, turn, 0)
    take(Command.CLOSE)
    assert take(Command.REVEAL).turn == 2
    assert take(Command.END).screen.ended


def test_a_state_that_shows_no_debrief_gives_none(session: Session) -> None:
    """It does not hold the votes of earlier stages."""
    learner = session.join()
    subscriber = Subscriber(learner)
    session.store.feed.check()
    (state,) = subscriber.states
    assert state
    with pytest.raises(ValueError, match="does not show a debrief"):
        learner.debrief_of(state, learner.snapshot().person)


def test_a_state_holds_no_nicknames_and_no_tokens(session: Session) -> None:
    ann = session.join("Annabelle")
    session.take(Command.NEXT, Command.OPEN)
    ann.vote(session.open_ballot(), 0)
    subscriber = Subscriber(ann)
    session.store.feed.check()
    told = repr(subscriber.states)
    assert "Vote(" in told
    for secret in (ann.token, session.facilitator.secret):
        assert secret not in told
        assert hash_token(secret) not in told
    assert "Annabelle" not in told


# The thread


@pytest.fixture
def live(store_url: URL) -> Iterator[Session]:
    """A session whose feed has its thread and an ordinary clock."""
    store = Store.open(store_url)
    store.feed.start()
    yield Session(store, Clock())
    store.close()


def test_the_thread_tells_every_change(live: Session) -> None:
    subscriber = Subscriber(live.facilitator)
    subscriber.wait_for(1, 0)
    live.take(Command.NEXT)
    subscriber.wait_for(2, 0)
    for _ in range(40):
        live.join()
    subscriber.wait_for(2, 40)
    live.facilitator.delete()
    subscriber.wait_for()


def test_the_thread_tells_activity_that_has_to_wait(live: Session) -> None:
    """Nothing else is written meanwhile that would remind it."""
    subscriber = Subscriber(live.facilitator, activity_every=0.5)
    subscriber.wait_for(1, 0)
    live.join()
    live.join()
    subscriber.wait_for(1, 2)
    assert len(subscriber.states) <= 3


def test_what_is_written_here_is_told_without_waiting_for_a_poll(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etiquette.room.store.feed.POLL", 60)
    store = Store.open(URL.create("sqlite", database=str(tmp_path / "rooms.sqlite3")))
    session = Session(store, Clock())
    store.feed.start()
    subscriber = Subscriber(session.facilitator)
    subscriber.wait_for(1, 0)
    session.take(Command.NEXT)
    subscriber.wait_for(2, 0)
    store.close()


def test_subscriptions_begin_and_end_in_any_thread(live: Session) -> None:
    learner = live.join()

    def come_and_go(_: int) -> Subscriber:
        Subscriber(learner).unsubscribe()
        return Subscriber(learner)

    with ThreadPoolExecutor(8) as pool:
        subscribers = list(pool.map(come_and_go, range(100)))
    live.take(Command.NEXT)
    for subscriber in subscribers:
        subscriber.wait_for(2, 1)


def test_closing_the_store_ends_the_thread(live: Session) -> None:
    Subscriber(live.facilitator).wait_for(1, 0)
    assert "feed of rooms" in [thread.name for thread in threading.enumerate()]
    live.store.close()
    assert "feed of rooms" not in [thread.name for thread in threading.enumerate()]


def test_the_feed_has_one_connection_and_none_without_subscribers(
    stoppable: tuple[Postgres, URL], own_postgres: Postgres
) -> None:
    _, url = stoppable
    store = Store.open(url)
    session = Session(store, Clock())
    store.feed.start()

    def connections() -> object:
        store.database.engine.dispose()
        with own_postgres.connect() as connection:
            found = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", (url.database,))
            return (found.fetchone() or (0,))[0]

    assert connections() == 0
    subscribers = [Subscriber(session.facilitator) for _ in range(5)]
    for subscriber in subscribers:
        subscriber.wait_for(1, 0)
    assert connections() == 1
    for subscriber in subscribers:
        subscriber.unsubscribe()
    wait_until(lambda: connections() == 0)
    store.close()


# Trouble


def test_an_outage_is_told_and_when_it_is_over_the_state(
    stoppable: tuple[Postgres, URL], caplog: pytest.LogCaptureFixture
) -> None:
    """The log says so, once."""
    server, url = stoppable
    store = Store.open(url)
    session = Session(store, Clock())
    store.feed.start()
    subscriber = Subscriber(session.facilitator)
    subscriber.wait_for(1, 0)
    server.stop()
    try:
        wait_until(lambda: subscriber.troubles == [AWAY.message])
        late = Subscriber(session.facilitator)
        wait_until(lambda: late.troubles == [AWAY.message])
    finally:
        server.start()
    wait_until(lambda: subscriber.pulses == [(1, 0), (1, 0)])
    assert subscriber.troubles == [AWAY.message, ""]
    late.wait_for(1, 0)
    assert late.troubles == [AWAY.message, ""]
    session.take(Command.NEXT)
    subscriber.wait_for(2, 0)
    assert ["is away" in record.message for record in caplog.records if record.name == "etiquette"] == [True]
    store.close()


def test_what_was_written_elsewhere_while_the_connection_was_lost_is_told(stoppable: tuple[Postgres, URL]) -> None:
    """A connection that is opened again at once is no trouble."""
    server, url = stoppable
    store, elsewhere = Store.open(url), Store.open(url)
    session = Session(elsewhere, Clock())
    store.feed.start()
    subscriber = Subscriber(store.facilitator_session(session.code, session.facilitator.secret))
    subscriber.wait_for(1, 0)
    with server.connect() as connection:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(ended, (url.database,))
    session.take(Command.NEXT)
    subscriber.wait_for(2, 0)
    assert subscriber.troubles == []
    for each in (store, elsewhere):
        each.close()


def test_a_damaged_room_is_told_to_its_subscribers_only(session: Session) -> None:
    other = session.store.open_room(session.agenda)
    subscriber, elsewhere = Subscriber(session.facilitator), Subscriber(other)
    with session.store.database.engine.connect() as connection:
        sound = connection.scalar(rooms.select().with_only_columns(rooms.c.state).where(rooms.c.code == session.code))

    def save(state: str | None) -> None:
        changed = rooms.update().where(rooms.c.code == session.code)
        session.store.database.write(
            lambda it: it.execute(changed.values(state=state, version=rooms.c.version + 1)),
        )

    save("damaged")
    session.store.feed.check()
    with pytest.raises(RoomError) as refused:
        session.facilitator.snapshot()
    assert (subscriber.states, subscriber.troubles) == ([], [str(refused.value)])
    assert (elsewhere.pulses, elsewhere.troubles) == ([(1, 0)], [])
    save(sound)
    session.store.feed.check()
    assert subscriber.pulses == [(3, 0)]
    assert subscriber.troubles[1:] == [""]
