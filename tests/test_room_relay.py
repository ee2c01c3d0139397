"""One connection listens to PostgreSQL for all pages of a server: they hear as soon, and hold none themselves."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from etiquette.room import Step
from etiquette.room_store import GONE, Pulse, Store
from etiquette.room_store.faults import AWAY
from etiquette.room_store.relay import Relay
from tests.postgres import Postgres, until
from tests.sessions import Clock, Session, soon


@pytest.fixture
def url(stoppable: tuple[Postgres, URL]) -> URL:
    return stoppable[1]


@pytest.fixture
def relay(url: URL, tmp_path: Path) -> Iterator[Relay]:
    relay = Relay(url, tmp_path / "pulses.json")
    relay.start()
    yield relay
    relay.stop()


@pytest.fixture
def page(url: URL, relay: Relay) -> Iterator[Store]:
    """The store as a page has it."""
    until(relay.path.exists)
    store = Store.open(url, relayed=relay.path, lots=random.Random(1))
    yield store
    store.close()


def connections(postgres: Postgres, url: URL) -> int:
    with postgres.connect() as connection:
        found = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", (url.database,))
        (count,) = found.fetchone() or (0,)
    assert isinstance(count, int)
    return count


def test_a_page_hears_of_every_change(page: Store) -> None:
    session = Session(page, Clock())
    with page.watch(session.code) as watch:
        until(lambda: watch.changed() == Pulse(1, 0), 1)
        seat = session.join()
        assert soon(watch.changed) == Pulse(1, 1)
        session.take(Step.NEXT)
        assert soon(watch.changed) == Pulse(2, 1)
        session.take(Step.OPEN)
        assert soon(watch.changed) == Pulse(3, 1)
        seat.vote(session.open_ballot(), 0)
        assert soon(watch.changed) == Pulse(3, 2)
        assert watch.changed() is None
        session.desk.delete()
        assert soon(watch.changed) == GONE


def test_what_happens_while_it_is_written_down_is_not_missed(page: Store) -> None:
    session = Session(page, Clock())
    with page.watch(session.code) as watch:
        for _ in range(40):
            session.join()
        until(lambda: watch.changed() == Pulse(1, 40), 2)


def test_where_connections_are_few_a_page_keeps_none(
    page: Store, own_postgres: Postgres, url: URL, relay: Relay
) -> None:
    """Nothing is lost, and nobody is told that there are too many."""
    session = Session(page, Clock())
    pages = [Store.open(url, relayed=relay.path) for _ in range(8)]
    seats = [each.join(session.code, each.new_token()) for each in pages]
    watches = [seat.watch() for seat in seats]
    assert connections(own_postgres, url) >= len(pages)
    with own_postgres.connect() as others:
        limit = others.execute("SHOW max_connections").fetchone()
        most = int(str((limit or (0,))[0]))
    crowd = [own_postgres.connect() for _ in range(round(0.7 * most))]
    session.take(Step.NEXT, Step.OPEN)
    for seat in seats:
        seat.vote(session.open_ballot(), 0)

    def looked() -> bool:
        for watch in watches:
            watch.changed()
            assert watch.trouble == ""
        return connections(own_postgres, url) <= 2  # the relay's, and the facilitator's

    until(looked)
    for each in crowd:
        each.close()
    assert session.take(Step.CLOSE).tallies[0].total == len(pages)
    for store in pages:
        store.close()


def test_while_the_database_is_away_the_pages_are_told(tmp_path: Path, stoppable: tuple[Postgres, URL]) -> None:
    server, url = stoppable
    relay = Relay(url, tmp_path / "pulses.json")
    relay.start()
    try:
        until(relay.path.exists)
        page = Store.open(url, relayed=relay.path)
        session = Session(page, Clock())
        with page.watch(session.code) as watch:
            until(lambda: watch.changed() == Pulse(1, 0), 1)
            server.stop()
            until(lambda: watch.changed() is None and watch.trouble == AWAY.says)
            server.start()
            session.join()
            until(lambda: watch.changed() == Pulse(1, 1))
            assert watch.trouble == ""
        page.close()
    finally:
        relay.stop()


def test_it_waits_for_a_database_that_is_not_there_yet(
    tmp_path: Path, stoppable: tuple[Postgres, URL], caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever runs it is told in the log, once."""
    server, url = stoppable
    server.stop()
    relay = Relay(url, tmp_path / "pulses.json")
    relay.start()
    try:
        until(lambda: relay.path.exists() and relay.path.read_text() == "null")
    finally:
        server.start()
    until(lambda: relay.path.read_text() != "null")
    relay.stop()
    assert ["is away" in record.message for record in caplog.records if record.name == "etiquette"] == [True]
