"""One connection listens to PostgreSQL for all pages of a server: they hear as soon, and hold none themselves."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from sqlalchemy import URL, event

from etiquette.practice import Sureness
from etiquette.room import BallotAnswer, Command, LastKnown, LearnerSnapshot, Person, Phase, StoreError, hash_token
from etiquette.room.store import GONE, Pulse, Relay, Store
from etiquette.room.store.faults import AWAY
from etiquette.room.store.posted import posted_path
from etiquette.room.store.relay_state import RelayState, read_relay_state, write_relay_state
from etiquette.room.store.turns import Turns
from tests.room.store.builders import Clock, Session, soon
from tests.room.store.postgres import Postgres, until
from tests.views.test_room import Workshop, buttons


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
    store = Store.open(url, relayed=relay.path, rng=random.Random(1))
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
        session.take(Command.NEXT)
        assert soon(watch.changed) == Pulse(2, 1)
        session.take(Command.OPEN)
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


# A room is posted after each step


@contextmanager
def asked(store: Store) -> Iterator[list[str]]:
    """What this page asks the database meanwhile."""
    statements: list[str] = []
    engine = store.database.engine

    def note(*told: Any) -> None:
        statements.append(told[2])

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def until_posted(page: Store, session: Session) -> LastKnown:
    """Wait until the room is posted as it is now; tell what Person 1 knows then."""
    version = session.desk.overview().version
    with page.watch(session.code) as watch:
        until(lambda: watch.changed() == Pulse(version, ANY))
    return LastKnown(Person(1, "Ann"), version)


def test_after_each_step_a_page_sees_what_is_posted_and_asks_no_database(page: Store) -> None:
    """It is the same that the database would tell: questions, stories played together and alone, and the debrief."""
    session = Session(page, Clock())
    ann, ben = session.join("Ann"), session.join("Ben")

    def take(step: Command) -> LearnerSnapshot:
        overview = session.take() if step is Command.REVEAL else session.take(step)
        if step is Command.REVEAL:
            session.desk.reveal(seen=overview.version, choice=overview.tied[0] if overview.tied else None)
        known = until_posted(page, session)
        with asked(page) as statements:
            seen = ann.see(known)
            debrief = ann.debrief(known) if seen.screen.looks_back else None
        assert statements == []
        assert seen == ann.see()
        assert debrief == (ann.debrief() if debrief else None)
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
    take(Command.NEXT)
    while (seen := take(Command.SKIP)).screen.place < 4:
        pass
    ballot = take(Command.OPEN).ballot
    assert ballot is not None
    ben.vote(ballot, 1)
    take(Command.CLOSE)
    take(Command.REVEAL)
    take(Command.NEXT)
    while (seen := take(Command.SKIP)).screen.place < 5:
        pass
    assert seen.screen.alone
    ballot = take(Command.OPEN).ballot
    assert ballot is not None
    for turn in range(2):
        ann.play(ballot, turn, 0)
    take(Command.CLOSE)
    assert take(Command.REVEAL).turn == 2
    assert take(Command.END).screen.ended


def test_a_phone_follows_the_facilitator_and_asks_no_database(page: Store) -> None:
    workshop = Workshop(page, Clock())
    phone = workshop.join("Ann")

    def has_come_to(phase: Phase | None) -> bool:
        phone.refresh()
        return (phone.snapshot.screen.phase if phone.snapshot else None) is phase

    for step, after in ((Command.NEXT, Phase.READY), (Command.OPEN, Phase.OPEN), (Command.CLOSE, Phase.CLOSED)):
        workshop.control.commands[step].click()
        with asked(page) as statements:
            assert soon(partial(has_come_to, after))
        assert statements == []
        if after is Phase.OPEN:
            buttons(phone.choices)[0].click()
    assert phone.snapshot is not None
    assert phone.snapshot.answers == (BallotAnswer(0),)
    workshop.control.session.delete()
    assert soon(partial(has_come_to, None))
    assert "no room" in phone.status.value


def test_what_is_older_than_what_a_page_has_heard_of_is_not_shown(page: Store) -> None:
    session = Session(page, Clock())
    ann = session.join("Ann")
    session.take(Command.NEXT)
    known = until_posted(page, session)
    with asked(page) as statements:
        assert ann.see(LastKnown(known.person, known.version + 1)).version == known.version
    assert statements


def test_a_room_that_cannot_be_posted_is_asked_for(page: Store, relay: Relay, caplog: pytest.LogCaptureFixture) -> None:
    session = Session(page, Clock())
    ann = session.join("Ann")
    until_posted(page, session)
    posted_path(relay.path, session.code).unlink()
    posted_path(relay.path, session.code).mkdir()
    session.take(Command.NEXT)
    assert ann.see(until_posted(page, session)) == ann.see()
    assert "could not be posted" in caplog.text


def test_what_is_posted_goes_with_its_room_and_holds_no_name_and_no_token(page: Store, relay: Relay) -> None:
    session = Session(page, Clock())
    ann = session.join("Annabelle")
    session.take(Command.NEXT, Command.OPEN)
    ann.vote(session.open_ballot(), 0)
    session.take(Command.CLOSE)
    until_posted(page, session)
    path = posted_path(relay.path, session.code)
    told = path.read_text()
    for secret in ("Annabelle", ann.token, hash_token(ann.token), session.desk.secret, hash_token(session.desk.secret)):
        assert secret not in told
    session.desk.delete()
    until(lambda: not path.exists())


def test_where_connections_are_few_the_pages_take_turns(
    page: Store, own_postgres: Postgres, url: URL, tmp_path: Path
) -> None:
    """All of them vote at once; nobody is told that there are too many, and some keep their connection."""
    session = Session(page, Clock())
    few = tmp_path / "few.json"
    write_relay_state(few, RelayState({}, connections=3))
    pages = [Store.open(url, relayed=few) for _ in range(12)]
    seats = [each.join(session.code, each.new_token()) for each in pages]
    session.take(Command.NEXT, Command.OPEN)
    most = 0
    with ThreadPoolExecutor(len(pages)) as pool:
        votes = [pool.submit(seat.vote, session.open_ballot(), 0) for seat in seats]
        while not all(vote.done() for vote in votes):
            most = max(most, connections(own_postgres, url))
    for vote in votes:
        vote.result()
    ours = 3  # the relay's two, and the facilitator's
    assert most <= 3 + ours
    assert connections(own_postgres, url) == 2 + ours
    assert session.take(Command.CLOSE).tallies[0].total == len(pages)
    watches = [seat.watch() for seat in seats]
    write_relay_state(few, RelayState({}, connections=1))  # another server has come
    for watch in watches:
        assert soon(watch.changed) == GONE
    assert connections(own_postgres, url) == ours
    for store in pages:
        store.close()


def test_while_the_database_is_away_nobody_waits_for_a_turn(stoppable: tuple[Postgres, URL], tmp_path: Path) -> None:
    """Or they would be told that there are too many, and to raise a limit."""
    server, url = stoppable
    told = tmp_path / "told.json"
    write_relay_state(told, RelayState({}, connections=1))
    pages = [Store.open(url, relayed=told, waited=0.3) for _ in range(6)]
    session = Session(pages[0], Clock())
    seats = [each.join(session.code, each.new_token()) for each in pages]
    server.stop()
    write_relay_state(told, None)
    try:
        with ThreadPoolExecutor(len(pages)) as pool:
            for looking in [pool.submit(seat.see) for seat in seats]:
                with pytest.raises(StoreError, match="cannot be reached"):
                    looking.result()
    finally:
        server.start()
    for store in pages:
        store.close()


def test_who_is_killed_takes_no_connection_along(tmp_path: Path) -> None:
    """Its turn is over with it, and another page has it."""
    script = "import sys, time; from pathlib import Path; from etiquette.room.store.turns import Turns\n"
    script += "with Turns(Path(sys.argv[1])).turn(1, 0, time.sleep): print('mine', flush=True); time.sleep(60)"
    folder = tmp_path / "turns"
    process = subprocess.Popen([sys.executable, "-c", script, folder], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "mine\n"
    turns = Turns(folder)
    with pytest.raises(TimeoutError), turns.turn(1, 0, time.sleep):
        pytest.fail("there is only one")
    process.kill()
    process.communicate()
    with turns.turn(1, 0, time.sleep) as kept:
        assert not kept


def test_servers_share_the_connections(url: URL, relay: Relay, own_postgres: Postgres) -> None:
    """They leave some to others, and as many to each other."""
    until(lambda: relay.path.exists() and read_relay_state(relay.path).connections == round(0.9 * own_postgres.most))
    another = Relay(url, relay.path.with_name("another.json"))
    another.start()
    until(lambda: read_relay_state(relay.path).connections == round(0.45 * own_postgres.most))
    another.stop()
    until(lambda: read_relay_state(relay.path).connections == round(0.9 * own_postgres.most))


def test_a_connection_is_given_up_when_there_are_fewer(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "turns")
    with turns.turn(300, 0, time.sleep) as kept:
        assert kept
    assert turns.still(300)
    assert not turns.still(1)
    assert not turns.still(300)


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
