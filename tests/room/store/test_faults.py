"""Faults of the rooms' database: no confirmed vote is lost or counted twice, and a sentence says what is wrong."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest
from sqlalchemy import URL, Connection, create_engine, inspect, text

from etiquette.judge import policies
from etiquette.practice import Sureness
from etiquette.room import Agenda, BallotAnswer, Command, LearnerSnapshot, Phase, Room, RoomError, StoreError
from etiquette.room.store import Feed, Store, database_url
from etiquette.room.store.database import Database
from etiquette.room.store.faults import DAMAGED, FULL
from etiquette.room.store.rows import Rows
from etiquette.room.store.schema import VERSION, metadata
from etiquette.stories import library
from tests.conftest import ROOT
from tests.room.builders import NOW, a_quiz, an_agenda
from tests.room.store.builders import Clock, Session, Subscriber, fill, full_disk
from tests.room.store.postgres import Postgres

pytestmark = pytest.mark.slow

SCHEMAS = Path(__file__).parent / "schemas"
Value = TypeVar("Value")


def sqlite_at(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))


# Retries


class Retrying(Database):
    """A database whose every confirmation is lost, so that every write is retried."""

    def write(self, work: Callable[[Connection], Value], notify: Callable[[Connection], None] | None = None) -> Value:
        Database.write(self, work, notify)
        return Database.write(self, work, notify)


def test_a_write_that_is_retried_because_its_confirmation_was_lost_counts_once(store_url: URL) -> None:
    reliable = Store.open(store_url)
    database = Retrying(reliable.database.engine)
    rows = Rows(database, library(), policies(), Clock())
    store = Store(database, rows, Feed(rows), random.Random(1))
    session = Session(reliable, Clock())
    facilitator = store.facilitator_session(session.code, session.facilitator.secret)
    learner = store.join(session.code, store.new_token(), "Ann")
    for command in (Command.NEXT, Command.OPEN):
        facilitator.do(command, seen=facilitator.snapshot().version)
    overview = facilitator.snapshot()
    assert (overview.version, len(overview.people), overview.screen.phase) == (3, 1, Phase.OPEN)
    assert learner.vote(session.open_ballot(), 2).answers == (BallotAnswer(2),)
    assert sum(facilitator.do(Command.CLOSE, seen=3).tallies[0].counts) == 1
    assert facilitator.snapshot().version == 4
    facilitator.do(Command.RESET, seen=4)
    assert facilitator.snapshot().version == 5
    reliable.close()


# Two servers, several processes


def test_two_servers_share_a_room(store_url: URL) -> None:
    one, other = Store.open(store_url), Store.open(store_url)
    session = Session(one, Clock())
    learner = other.join(session.code, other.new_token())
    subscriber = Subscriber(learner)
    other.feed.start()
    session.take(Command.NEXT, Command.OPEN)
    subscriber.wait_for(3, 1)
    learner.vote(session.open_ballot(), 1)
    assert session.take(Command.CLOSE).tallies[0].counts[1] == 1
    one.close()
    other.close()


def a_voter(url: URL, session: Session, option: int) -> subprocess.Popen[str]:
    arguments = [url.render_as_string(hide_password=False), session.code, str(session.open_ballot()), str(option)]
    voter = subprocess.Popen(
        [sys.executable, "-m", "tests.room.store.voter", *arguments],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert voter.stdout is not None
    assert voter.stdout.readline() == "ready\n"
    return voter


def people_of(session: Session, tokens: list[str]) -> set[int]:
    return {session.store.learner_session(session.code, token).snapshot().person.number for token in tokens}


def voters_of(session: Session) -> list[int]:
    ballot = session.open_ballot()
    found = session.store.database.read(lambda it: session.store.rows.votes(it, session.code, [ballot]))
    return sorted(vote.person for vote in found)


def test_votes_from_several_processes_at_once_are_each_counted_once(store_url: URL, session: Session) -> None:
    tokens = [session.store.new_token() for _ in range(60)]
    for token in tokens:
        session.store.join(session.code, token)
    session.take(Command.NEXT, Command.OPEN)
    voters = [a_voter(store_url, session, option) for option in range(3)]
    # everybody votes in two processes, like somebody with two tabs
    for number, voter in enumerate(voters):
        own = tokens[20 * number :] + tokens[: 20 * number]
        assert voter.stdin is not None
        voter.stdin.write("".join(token + "\n" for token in own[:40]))
        voter.stdin.close()
    confirmed = []
    for voter in voters:
        assert voter.stdout is not None
        confirmed += voter.stdout.read().split()
        voter.stdout.close()
        assert voter.wait(60) == 0
    assert len(confirmed) == 120
    assert voters_of(session) == list(range(1, 61))


def test_a_killed_process_loses_no_confirmed_vote(store_url: URL, session: Session) -> None:
    tokens = [session.store.new_token() for _ in range(60)]
    for token in tokens:
        session.store.join(session.code, token)
    session.take(Command.NEXT, Command.OPEN)
    voter = a_voter(store_url, session, 1)
    assert voter.stdin is not None
    assert voter.stdout is not None
    voter.stdin.write("".join(token + "\n" for token in tokens))
    voter.stdin.flush()
    confirmed = [voter.stdout.readline().strip() for _ in range(20)]
    voter.kill()
    assert voter.wait(20) == -signal.SIGKILL
    confirmed += [line for line in voter.stdout.read().split("\n") if len(line) == 64]
    voter.stdin.close()
    voter.stdout.close()
    assert people_of(session, confirmed) <= set(voters_of(session))
    learner = session.store.learner_session(session.code, tokens[-1])
    assert learner.vote(session.open_ballot(), 0).answers == (BallotAnswer(0),), "the others go on"


# Away


def test_a_vote_waits_for_an_unreachable_database_and_counts_once(stoppable: tuple[Postgres, URL]) -> None:
    server, url = stoppable
    store = Store.open(url)
    session = Session(store, Clock())
    learner = session.join()
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    learner.vote(ballot, 0)
    server.stop()
    snapshots: list[LearnerSnapshot] = []
    voting = threading.Thread(target=lambda: snapshots.append(learner.vote(ballot, 1, at=NOW.replace(year=2027))))
    voting.start()
    voting.join(0.5)
    assert voting.is_alive()
    server.start()
    voting.join(20)
    assert [snapshot.answers for snapshot in snapshots] == [(BallotAnswer(1),)]
    assert session.take(Command.CLOSE).tallies[0].total == 1
    store.close()


def test_a_database_that_stays_unreachable_is_reported_in_a_sentence(stoppable: tuple[Postgres, URL]) -> None:
    server, url = stoppable
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        time.sleep(seconds)

    store = Store.open(url, timeout=0.5, sleep=pause)
    session = Session(store, Clock())
    server.stop()
    try:
        with pytest.raises(StoreError, match="cannot be reached"):
            session.facilitator.snapshot()
        assert len(pauses) > 1
        assert sum(pauses) <= 0.5
        with pytest.raises(StoreError, match="cannot be reached"):
            Store.open(url, timeout=0)
    finally:
        server.start()
    assert session.facilitator.snapshot().version == 1
    store.close()


def test_a_database_server_that_crashes_comes_back_with_every_vote(stoppable: tuple[Postgres, URL]) -> None:
    server, url = stoppable
    store = Store.open(url)
    session = Session(store, Clock())
    learners = [session.join() for _ in range(10)]
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    for learner in learners[:5]:
        learner.vote(ballot, 1)
    server.stop(signal.SIGQUIT)  # immediate shutdown, like a crash
    server.start()
    for learner in learners[5:]:
        learner.vote(ballot, 1)
    assert voters_of(session) == list(range(1, 11))
    store.close()


def test_too_many_connections_are_reported(stoppable: tuple[Postgres, URL]) -> None:
    server, url = stoppable
    with server.connect() as connection:
        connection.execute("CREATE ROLE one_at_a_time LOGIN SUPERUSER CONNECTION LIMIT 1")
        connection.execute("ALTER ROLE one_at_a_time NOSUPERUSER")
        connection.execute(f'ALTER DATABASE "{url.database}" OWNER TO one_at_a_time'.encode())
        narrow = url.set(username="one_at_a_time")
        first = psycopg.connect(narrow.set(drivername="postgresql").render_as_string(hide_password=False))
        try:
            with pytest.raises(StoreError, match="takes no more connections"):
                Store.open(narrow, timeout=0)
        finally:
            first.close()
            connection.execute(f'ALTER DATABASE "{url.database}" OWNER TO etiquette'.encode())
            connection.execute("DROP ROLE one_at_a_time")


# Full, damaged, inaccessible

FULL_DISK = """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$"""


def test_a_full_disk_is_reported_and_confirmed_votes_stay(store: Store, clock: Clock) -> None:
    session = Session(store, clock)
    learner = session.join()
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    learner.vote(ballot, 1)
    if store.database.is_sqlite:
        with full_disk(store), pytest.raises(StoreError) as refused:
            fill(store, session.code)
    else:
        with store.database.engine.begin() as connection:
            connection.execute(text(FULL_DISK))
            connection.execute(text("CREATE TRIGGER full_disk BEFORE INSERT ON people EXECUTE FUNCTION full_disk()"))
        with pytest.raises(StoreError) as refused:
            session.join("somebody else")
        with store.database.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER full_disk ON people"))
    assert str(refused.value) == FULL.message
    assert learner.snapshot().answers == (BallotAnswer(1),)
    clock.move(seconds=1)
    assert learner.vote(ballot, 0).answers == (BallotAnswer(0),)


def test_a_file_that_is_not_a_database_is_reported_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "rooms.sqlite3"
    path.write_text("not a database, whatever its name says " * 100)
    before = path.read_bytes()
    with pytest.raises(StoreError) as refused:
        Store.open(sqlite_at(path))
    assert str(refused.value) == DAMAGED.message
    assert path.read_bytes() == before


def test_a_damaged_file_is_reported(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "rooms.sqlite3"
    store = Store.open(sqlite_at(path), clock=clock)
    session = Session(store, clock)
    for _ in range(50):
        session.join("x" * 30)
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError) as refused:
        Store.open(sqlite_at(path), clock=clock).facilitator_session(
            session.code, session.facilitator.secret
        ).snapshot()
    assert str(refused.value) == DAMAGED.message


def test_a_path_that_cannot_hold_a_database_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be kept at"):
        Store.open(sqlite_at(tmp_path / "file" / "rooms.sqlite3"))
    with pytest.raises(StoreError, match="cannot be opened or written"):
        Store.open(sqlite_at(tmp_path))


def test_a_database_that_does_not_exist_is_reported(postgres: Postgres) -> None:
    with pytest.raises(StoreError, match="cannot be opened or written"):
        Store.open(postgres.url.set(database="no_such_database"))


@pytest.mark.parametrize(
    "url", ["mysql://host/rooms", "sqlite://", "sqlite:///:memory:", "rooms", "postgresql+asyncpg://h/r"]
)
def test_an_unsupported_url_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="address like"):
        Store.open(url)


def test_the_message_about_a_url_hides_its_password() -> None:
    with pytest.raises(StoreError) as refused:
        database_url("mysql://me:secret@host/rooms")
    assert "secret" not in str(refused.value)


def test_by_default_rooms_are_kept_in_the_users_data_directory(tmp_path: Path) -> None:
    store = Store.open()
    store.open_room(an_agenda())
    assert (tmp_path / "data" / "etiquette" / "rooms.sqlite3").is_file()
    store.close()


# Migrations


def schema_of(url: URL) -> dict[str, object]:
    """Every table with its columns, keys and indexes."""
    engine = create_engine(url)
    found = inspect(engine)
    tables = {
        name: (
            sorted((column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(name)),
            found.get_pk_constraint(name)["constrained_columns"],
            sorted(str(index["column_names"]) for index in found.get_indexes(name)),
            sorted(str((key["constrained_columns"], key["options"])) for key in found.get_foreign_keys(name)),
        )
        for name in sorted(found.get_table_names())
    }
    engine.dispose()
    return dict(tables)


def create_version(version: int, url: URL) -> None:
    """Create the tables of an earlier version, with one room in the middle of a vote."""
    engine = create_engine(url)
    script = (SCHEMAS / f"{version}-{engine.dialect.name}.sql").read_text(encoding="utf-8")
    agenda = Agenda((a_quiz(),))
    room = Room(agenda).do(Command.NEXT, NOW).do(Command.OPEN, NOW)
    with engine.begin() as connection:
        for statement in script.split(";\n"):
            if statement.strip():
                connection.execute(text(statement))
        connection.execute(
            text(
                "INSERT INTO rooms VALUES ('BCDFGH', 3, '', :agenda, :state, :secret, 0, 9000000000000000)",
            ),
            {"agenda": agenda.to_json(), "state": room.to_json(), "secret": "0" * 64},
        )
        connection.execute(text("INSERT INTO pulses VALUES ('BCDFGH', 2)"))
        connection.execute(
            text("INSERT INTO people VALUES ('BCDFGH', 1, :token, 'Ann', false, 0)"), {"token": TOKEN_HASH}
        )
        connection.execute(text("INSERT INTO votes VALUES ('BCDFGH', 1, 1, 0, 2, 0)"))
    engine.dispose()


TOKEN = "0123456789abcdef" * 4
TOKEN_HASH = "a8ae6e6ee929abea3afcfc5258c8ccd6f85273e0d4626d26c7279f3250f77c8e"


@pytest.mark.parametrize("version", range(1, VERSION))
def test_tables_of_an_earlier_version_are_migrated_with_their_content(
    version: int, store_url: URL, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    create_version(version, store_url)
    store = Store.open(store_url)
    learner = store.learner_session("BCDFGH", TOKEN)
    assert learner.snapshot().answers == (BallotAnswer(2),)
    assert learner.vote(1, 0, Sureness.GUESS).answers == (BallotAnswer(0, Sureness.GUESS),)
    store.close()
    if store_url.drivername == "sqlite":
        fresh = sqlite_at(tmp_path / "fresh.sqlite3")
        Store.open(fresh).close()
        assert schema_of(store_url) == schema_of(fresh)
    else:
        server: Postgres = request.getfixturevalue("postgres")
        with server.database() as other:
            Store.open(other).close()
            assert schema_of(store_url) == schema_of(other)
    Store.open(store_url).close()


def test_there_is_a_schema_file_for_every_earlier_version() -> None:
    kept = {path.stem for path in SCHEMAS.iterdir()}
    assert kept == {f"{version}-{kind}" for version in range(1, VERSION) for kind in ("sqlite", "postgresql")}


def test_tables_of_a_later_version_are_left_as_they_are(store_url: URL) -> None:
    store = Store.open(store_url)
    with store.database.engine.begin() as connection:
        connection.execute(text("UPDATE schema_version SET version = 99"))
    store.close()
    before = schema_of(store_url)
    with pytest.raises(StoreError, match="later version"):
        Store.open(store_url)
    assert schema_of(store_url) == before


def test_servers_that_start_at_once_create_the_tables_once(store_url: URL) -> None:
    opened: list[Store] = []
    threads = [threading.Thread(target=lambda: opened.append(Store.open(store_url))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(opened) == 4
    assert set(schema_of(store_url)) == set(metadata.tables)
    for store in opened:
        store.close()


def test_opening_waits_for_another_server_that_is_creating_the_file(tmp_path: Path) -> None:
    """SQLite refuses at once, in spite of its busy timeout, to set up a file that another process writes to."""
    pauses: list[float] = []
    other = sqlite3.connect(tmp_path / "rooms.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            other.rollback()

    Store.open(sqlite_at(tmp_path / "rooms.sqlite3"), sleep=pause).close()
    assert len(pauses) == 2
    other.close()


def test_while_another_program_writes_votes_wait_and_pages_are_still_read(tmp_path: Path) -> None:
    store = Store.open(sqlite_at(tmp_path / "rooms.sqlite3"))
    session = Session(store, Clock())
    learner = session.join()
    session.take(Command.NEXT, Command.OPEN)
    ballot = session.open_ballot()
    other = sqlite3.connect(tmp_path / "rooms.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as pool:
        voting = pool.submit(learner.vote, ballot, 1)
        assert learner.snapshot().answers == (None,)
        with pytest.raises(TimeoutError):
            voting.result(0.3)
        other.rollback()
        assert voting.result(20).answers == (BallotAnswer(1),)
    other.close()
    store.close()


def test_a_thread_that_cannot_write_in_time_because_of_others_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etiquette.room.store.database.BUSY_TIMEOUT", 0.1)
    store = Store.open(sqlite_at(tmp_path / "rooms.sqlite3"))
    session = Session(store, Clock())
    with store.database.writing, pytest.raises(StoreError, match="is busy"):
        session.join()
    assert session.join().snapshot().person.number == 1
    store.close()


def test_a_file_that_stays_busy_is_reported_in_a_sentence(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "rooms.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"is busy\. Everything that was confirmed is safe"):
        Store.open(sqlite_at(tmp_path / "rooms.sqlite3"), timeout=0.2)
    other.close()


# The end of a room


def test_an_expired_room_is_deleted_with_everything_in_it(session: Session, clock: Clock) -> None:
    learner = session.join("Ann")
    session.take(Command.NEXT, Command.OPEN)
    learner.vote(session.open_ballot(), 0)
    clock.move(days=6)
    assert session.store.delete_expired() == 0
    clock.move(days=1)
    assert session.store.delete_expired() == 1
    with pytest.raises(RoomError, match="no room"):
        learner.snapshot()
    assert is_empty(session.store)


def test_the_facilitator_can_delete_a_room_at_once(session: Session) -> None:
    session.join("Ann")
    session.facilitator.delete()
    with pytest.raises(RoomError, match="no room"):
        session.facilitator.snapshot()
    assert is_empty(session.store)


def is_empty(store: Store) -> bool:
    tables = ("rooms", "pulses", "people", "votes")
    with store.database.engine.connect() as connection:
        return not any(connection.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables)
