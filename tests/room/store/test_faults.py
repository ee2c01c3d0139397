"""Faults of the rooms' database: no confirmed vote is lost or counted twice, and a sentence says what is wrong."""

from __future__ import annotations

import multiprocessing
import signal
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import URL, Connection, MetaData, create_engine, event, text
from sqlalchemy.schema import CreateIndex, CreateTable

from etiquette.practice import Sureness
from etiquette.room import Agenda, BallotAnswer, Command, Phase, Room, StoreError
from etiquette.room.store import Store
from etiquette.room.store.database import Database
from etiquette.room.store.faults import DAMAGED, FULL
from etiquette.room.store.schema import VERSION, metadata
from tests.room.builders import NOW, a_quiz, an_agenda
from tests.room.store.builders import Clock, Session, vote_for_all
from tests.room.store.postgres import Postgres

pytestmark = pytest.mark.slow

SCHEMAS = Path(__file__).parent / "schemas"
Value = TypeVar("Value")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a SQLite file may be created."""
    return tmp_path / "rooms.sqlite3"


def sqlite_at(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))


# Retries


class Retrying(Database):
    """A database whose every confirmation is lost, so that every write is retried."""

    def write(self, work: Callable[[Connection], Value], notify: Callable[[Connection], None] | None = None) -> Value:
        Database.write(self, work, notify)
        return Database.write(self, work, notify)


def test_a_write_that_is_retried_because_its_confirmation_was_lost_counts_once(store: Store, clock: Clock) -> None:
    database = Retrying(store.database.engine)
    session = Session(replace(store, database=database, rows=replace(store.rows, database=database)), clock)
    learner = session.join("Ann")
    overview = session.take(Command.NEXT, Command.OPEN)
    assert (overview.version, len(overview.people), overview.screen.phase) == (3, 1, Phase.OPEN)
    assert learner.vote(session.open_ballot(), 2).answers == (BallotAnswer(2),)
    assert sum(session.take(Command.CLOSE).tallies[0].counts) == 1
    assert session.take(Command.RESET).version == 5


# Several processes


def test_each_vote_of_several_processes_is_counted_once_and_a_killed_one_loses_none_that_it_confirmed(
    store_url: URL, session: Session
) -> None:
    """Some people vote in two processes, like somebody with two tabs."""
    tokens = [session.join().token for _ in range(60)]
    session.take(Command.NEXT, Command.OPEN)
    url, ballot = store_url.render_as_string(hide_password=False), session.open_ballot()
    spawn = multiprocessing.get_context("spawn")
    processes, receivers = [], []
    for own in (tokens[:40], tokens[20:]):
        receiver, sender = spawn.Pipe(duplex=False)
        processes.append(spawn.Process(target=vote_for_all, args=(url, session.code, ballot, own, sender)))
        receivers.append(receiver)
        processes[-1].start()
        sender.close()
    confirmed = {receivers[0].recv() for _ in range(5)}
    processes[0].kill()
    for receiver in receivers:
        with suppress(EOFError):
            while True:
                confirmed.add(receiver.recv())
        receiver.close()
    for process, exit_code in zip(processes, (-signal.SIGKILL, 0), strict=True):
        process.join(20)
        assert process.exitcode == exit_code
    assert confirmed >= set(tokens[20:])
    voted = [vote.person for vote in session.votes(ballot)]
    assert len(set(voted)) == len(voted)
    assert {tokens.index(token) + 1 for token in confirmed} <= set(voted)
    assert session.take(Command.CLOSE).tallies[0].total == len(voted)


# Away


def test_a_vote_waits_for_a_database_server_that_crashed_and_every_vote_counts_once(
    stoppable: tuple[Postgres, URL],
) -> None:
    """One that stays away is reported in a sentence."""
    server, url = stoppable
    store = Store.open(url)
    session = Session(store, Clock())
    learners = [session.join() for _ in range(10)]
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    for learner in learners[:5]:
        learner.vote(ballot, 1)
    server.stop("immediate")
    with ThreadPoolExecutor(5) as pool:
        votes = [pool.submit(learner.vote, ballot, 0) for learner in learners[5:]]
        with pytest.raises(TimeoutError):
            votes[0].result(0.3)
        with pytest.raises(StoreError, match="can’t reach"):
            Store.open(url, timeout=0.2)
        server.start()
        assert [vote.result(20).answers for vote in votes] == [(BallotAnswer(0),)] * 5
    assert session.take(Command.CLOSE).tallies[0].counts[:2] == (5, 5)
    store.close()


# Full, damaged, inaccessible

FULL_DISK = """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$"""


def test_a_full_disk_is_reported_and_confirmed_votes_stay(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    learner = session.join()
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    learner.vote(ballot, 1)
    engine = store.database.engine
    if store.database.is_sqlite:  # the file cannot grow: SQLite raises this limit to the current number of pages
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
        engine.dispose()
    else:
        with engine.begin() as connection:
            connection.execute(text(FULL_DISK))
            connection.execute(text("CREATE TRIGGER full_disk BEFORE INSERT ON people EXECUTE FUNCTION full_disk()"))
    with pytest.raises(StoreError) as refused:
        list(map(session.join, ["somebody else"] * 500))
    assert str(refused.value) == FULL.message
    assert learner.snapshot().answers == (BallotAnswer(1),)
    clock.move(seconds=1)
    assert learner.vote(ballot, 0).answers == (BallotAnswer(0),)


def test_a_damaged_file_and_one_that_is_no_database_are_reported_and_left_as_they_are(path: Path) -> None:
    Store.open(sqlite_at(path)).close()
    sound = path.read_bytes()
    for content in (sound[:4096] + b"\xff" * (len(sound) - 4096), b"not a database, whatever its name says " * 100):
        path.write_bytes(content)
        with pytest.raises(StoreError) as refused:
            Store.open(sqlite_at(path))
        assert str(refused.value) == DAMAGED.message
        assert path.read_bytes() == content


def test_a_path_that_cannot_hold_a_database_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="can’t save the rooms in"):
        Store.open(sqlite_at(tmp_path / "file" / "rooms.sqlite3"))
    with pytest.raises(StoreError, match="can’t open or write"):
        Store.open(sqlite_at(tmp_path))


def test_a_server_that_lets_nobody_in_and_a_database_that_does_not_exist_are_reported(postgres: Postgres) -> None:
    with postgres.connect() as connection:
        connection.execute("CREATE ROLE crowd LOGIN CONNECTION LIMIT 0")
        with pytest.raises(StoreError, match="no connections left"):
            Store.open(postgres.url.set(username="crowd"), timeout=0)
        connection.execute("DROP ROLE crowd")
    with pytest.raises(StoreError, match="can’t open or write"):
        Store.open(postgres.url.set(database="no_such_database"))


@pytest.mark.parametrize(
    "url", ["mysql://me:secret@host/rooms", "sqlite://", "sqlite:///:memory:", "rooms", "postgresql+asyncpg://h/r"]
)
def test_an_unsupported_url_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="address like") as refused:
        Store.open(url)
    assert "secret" not in str(refused.value)


def test_by_default_rooms_are_kept_in_the_users_data_directory(tmp_path: Path) -> None:
    store = Store.open()
    store.open_room(an_agenda())
    assert (tmp_path / "data" / "etiquette" / "rooms.sqlite3").is_file()
    store.close()


# Migrations


def schema_of(url: URL) -> dict[str, list[str]]:
    """The statements that would create each table and its indexes."""
    engine, found = create_engine(url), MetaData()
    found.reflect(engine)
    engine.dispose()
    return {
        name: [str(CreateTable(table)), *sorted(str(CreateIndex(index)) for index in table.indexes)]
        for name, table in found.tables.items()
    }


TOKEN = "0123456789abcdef" * 4
TOKEN_HASH = "a8ae6e6ee929abea3afcfc5258c8ccd6f85273e0d4626d26c7279f3250f77c8e"


def create_version(version: int, url: URL) -> None:
    """Create the tables of an earlier version, with one room in the middle of a vote."""
    engine = create_engine(url)
    script = (SCHEMAS / f"{version}-{engine.dialect.name}.sql").read_text(encoding="utf-8")
    agenda = Agenda((a_quiz(),))
    room = Room(agenda).do(Command.NEXT, NOW).do(Command.OPEN, NOW)
    values = {"agenda": agenda.to_json(), "state": room.to_json(), "secret": "0" * 64, "token": TOKEN_HASH}
    script += """
        INSERT INTO rooms VALUES ('BCDFGH', 3, '', :agenda, :state, :secret, 0, 9000000000000000);
        INSERT INTO pulses VALUES ('BCDFGH', 2);
        INSERT INTO people VALUES ('BCDFGH', 1, :token, 'Ann', false, 0);
        INSERT INTO votes (room, ballot, person, turn, option, at) VALUES ('BCDFGH', 1, 1, 0, 2, 0)"""
    with engine.begin() as connection:
        for statement in script.split(";\n"):
            connection.execute(text(statement), values)
    engine.dispose()


@pytest.mark.parametrize("version", range(1, VERSION))
def test_tables_of_an_earlier_version_are_migrated_with_their_content(version: int, store_url: URL) -> None:
    create_version(version, store_url)
    store = Store.open(store_url)
    learner = store.learner_session("BCDFGH", TOKEN)
    assert learner.snapshot().answers == (BallotAnswer(2),)
    assert learner.vote(1, 0, Sureness.GUESS).answers == (BallotAnswer(0, Sureness.GUESS),)
    Store.open(store_url).close()
    migrated = schema_of(store_url)
    metadata.drop_all(store.database.engine)
    Store.open(store_url).close()
    assert schema_of(store_url) == migrated
    store.close()


def test_tables_of_a_later_version_are_left_as_they_are(store: Store) -> None:
    url = store.database.engine.url
    with store.database.engine.begin() as connection:
        connection.execute(text("UPDATE schema_version SET version = 99"))
    before = schema_of(url)
    with pytest.raises(StoreError, match="newer version"):
        Store.open(url)
    assert schema_of(url) == before


def test_servers_that_start_at_once_create_the_tables_once(store_url: URL) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(Store.open, [store_url] * 4))
    assert set(schema_of(store_url)) == set(metadata.tables)
    for store in opened:
        store.close()


@contextmanager
def another_program_writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program, in the middle of writing to this SQLite file."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_opening_waits_for_another_server_that_is_creating_the_file(path: Path) -> None:
    """SQLite refuses at once, in spite of its busy timeout, to set up a file that another process writes to."""
    with another_program_writing(path) as other, ThreadPoolExecutor(1) as pool:
        opening = pool.submit(Store.open, sqlite_at(path))
        with pytest.raises(TimeoutError):
            opening.result(0.3)
        other.rollback()
        opening.result(20).close()


def test_while_another_program_writes_votes_wait_and_pages_are_still_read(path: Path) -> None:
    store = Store.open(sqlite_at(path))
    session = Session(store, Clock())
    learner = session.join()
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    with another_program_writing(path) as other, ThreadPoolExecutor(1) as pool:
        voting = pool.submit(learner.vote, ballot, 1)
        assert learner.snapshot().answers == (None,)
        with pytest.raises(TimeoutError):
            voting.result(0.3)
        other.rollback()
        assert voting.result(20).answers == (BallotAnswer(1),)
    store.close()


def test_a_file_that_stays_busy_is_reported_in_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether another program or another thread of this one writes."""
    monkeypatch.setattr("etiquette.room.store.database.BUSY_TIMEOUT", 0.1)
    with another_program_writing(path), pytest.raises(StoreError, match=r"is busy\. Everything confirmed"):
        Store.open(sqlite_at(path), timeout=0.2)
    store = Store.open(sqlite_at(path))
    session = Session(store, Clock())
    with store.database.writing, pytest.raises(StoreError, match="is busy"):
        session.join()
    assert session.join().snapshot().person.number == 1
    store.close()
