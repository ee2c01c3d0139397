"""The relay listens to PostgreSQL for all pages of a server: they hear as soon, and need few connections."""

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
from etiquette.views.room.learner import LOBBY_POLLS
from tests.room.store.builders import Clock, Session, eventually
from tests.room.store.postgres import Postgres, wait_until
from tests.views.drawn import buttons
from tests.views.test_room import Workshop

pytestmark = pytest.mark.slow


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
    """The store as a page opens it."""
    wait_until(relay.path.exists)
    store = Store.open(url, relay_path=relay.path, rng=random.Random(1))
    yield store
    store.close()


def connections_to(postgres: Postgres, url: URL) -> int:
    with postgres.connect() as connection:
        found = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", (url.database,))
        (count,) = found.fetchone() or (0,)
    assert isinstance(count, int)
    return count


def test_a_page_hears_of_every_change(page: Store) -> None:
    session = Session(page, Clock())
    with page.watch(session.code) as watch:
        wait_until(lambda: watch.changed() == Pulse(1, 0), 1)
        learner = session.join()
        assert eventually(watch.changed) == Pulse(1, 1)
        session.take(Command.NEXT)
        assert eventually(watch.changed) == Pulse(2, 1)
        session.take(Command.OPEN)
        assert eventually(watch.changed) == Pulse(3, 1)
        learner.vote(session.open_ballot(), 0)
        assert eventually(watch.changed) == Pulse(3, 2)
        assert watch.changed() is None
        session.facilitator.delete()
        assert eventually(watch.changed) == GONE


def test_changes_while_the_state_file_is_written_are_not_missed(page: Store) -> None:
    session = Session(page, Clock())
    with page.watch(session.code) as watch:
        for _ in range(40):
            session.join()
        wait_until(lambda: watch.changed() == Pulse(1, 40), 2)


# Posted rooms


@contextmanager
def queries(store: Store) -> Iterator[list[str]]:
    """The statements that this page sends to the database in this context."""
    statements: list[str] = []
    engine = store.database.engine

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def until_posted(page: Store, session: Session) -> LastKnown:
    """Wait until the room's present version is posted, and return what Person 1 knows then."""
    version = session.facilitator.snapshot().version
    with page.watch(session.code) as watch:
        wait_until(lambda: watch.changed() == Pulse(version, ANY))
    return LastKnown(Person(1, "Ann"), version)


def test_after_each_command_a_page_reads_the_posted_room_and_not_the_database(page: Store) -> None:
    """It sees what the database would say, for questions, stories played together and alone, and the debrief."""
    session = Session(page, Clock())
    ann, ben = session.join("Ann"), session.join("Ben")

    def take(command: Command) -> LearnerSnapshot:
        overview = session.take() if command is Command.REVEAL else session.take(command)
        if command is Command.REVEAL:
            session.facilitator.reveal(seen=overview.version, choice=overview.tied[0] if overview.tied else None)
        known = until_posted(page, session)
        with queries(page) as statements:
            seen = ann.snapshot(known)
            debrief = ann.debrief(known) if seen.screen.shows_debrief else None
        assert statements == []
        assert seen == ann.snapshot()
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
    while (seen := take(Command.SKIP)).screen.item_number < 4:
        pass
    ballot = take(Command.OPEN).ballot
    assert ballot is not None
    ben.vote(ballot, 1)
    take(Command.CLOSE)
    take(Command.REVEAL)
    take(Command.NEXT)
    while (seen := take(Command.SKIP)).screen.item_number < 5:
        pass
    assert seen.screen.alone
    ballot = take(Command.OPEN).ballot
    assert ballot is not None
    for turn in range(2):
        ann.play(ballot, turn, 0)
    take(Command.CLOSE)
    assert take(Command.REVEAL).turn == 2
    assert take(Command.END).screen.ended


def test_a_phone_follows_the_facilitator_without_querying_the_database(page: Store) -> None:
    workshop = Workshop(page, Clock())
    phone = workshop.join("Ann")
    assert page.database.relay_path is not None
    state_file = page.database.relay_path
    wait_until(lambda: read_relay_state(state_file).pulses[workshop.code] == (1, 1))
    for _ in range(LOBBY_POLLS + 1):
        phone.refresh()  # in the lobby, a phone counts who has come

    def shows(phase: Phase | None) -> bool:
        phone.refresh()
        return (phone.snapshot.screen.phase if phone.snapshot else None) is phase

    for command, after in ((Command.NEXT, Phase.READY), (Command.OPEN, Phase.OPEN), (Command.CLOSE, Phase.CLOSED)):
        workshop.control.commands[command].click()
        with queries(page) as statements:
            assert eventually(partial(shows, after))
        assert statements == []
        if after is Phase.OPEN:
            buttons(phone.choices)[0].click()
    assert phone.snapshot is not None
    assert phone.snapshot.answers == (BallotAnswer(0),)
    workshop.control.session.delete()
    assert eventually(partial(shows, None))
    assert "no room" in phone.status.value


def test_a_posted_room_older_than_what_the_page_knows_is_ignored(page: Store) -> None:
    session = Session(page, Clock())
    ann = session.join("Ann")
    session.take(Command.NEXT)
    known = until_posted(page, session)
    with queries(page) as statements:
        assert ann.snapshot(LastKnown(known.person, known.version + 1)).version == known.version
    assert statements


def test_a_room_that_cannot_be_posted_is_read_from_the_database(
    page: Store, relay: Relay, caplog: pytest.LogCaptureFixture
) -> None:
    session = Session(page, Clock())
    ann = session.join("Ann")
    until_posted(page, session)
    posted_path(relay.path, session.code).unlink()
    posted_path(relay.path, session.code).mkdir()
    session.take(Command.NEXT)
    assert ann.snapshot(until_posted(page, session)) == ann.snapshot()
    assert "could not be posted" in caplog.text


def test_a_posted_room_holds_no_nicknames_or_tokens_and_is_deleted_with_the_room(page: Store, relay: Relay) -> None:
    session = Session(page, Clock())
    ann = session.join("Annabelle")
    session.take(Command.NEXT, Command.OPEN)
    ann.vote(session.open_ballot(), 0)
    session.take(Command.CLOSE)
    until_posted(page, session)
    path = posted_path(relay.path, session.code)
    posted = path.read_text()
    for secret in (
        "Annabelle",
        ann.token,
        hash_token(ann.token),
        session.facilitator.secret,
        hash_token(session.facilitator.secret),
    ):
        assert secret not in posted
    session.facilitator.delete()
    wait_until(lambda: not path.exists())


def test_pages_take_turns_when_connections_are_few(
    page: Store, own_postgres: Postgres, url: URL, tmp_path: Path
) -> None:
    """All pages vote at once: none fails for lack of a connection, and some keep theirs."""
    session = Session(page, Clock())
    state_file = tmp_path / "few.json"
    write_relay_state(state_file, RelayState({}, connections=3))
    pages = [Store.open(url, relay_path=state_file) for _ in range(12)]
    learners = [each.join(session.code, each.new_token()) for each in pages]
    session.take(Command.NEXT, Command.OPEN)
    peak = 0
    with ThreadPoolExecutor(len(pages)) as pool:
        votes = [pool.submit(learner.vote, session.open_ballot(), 0) for learner in learners]
        while not all(vote.done() for vote in votes):
            peak = max(peak, connections_to(own_postgres, url))
    for vote in votes:
        vote.result()
    others = 3  # the relay's two, and the facilitator's
    assert peak <= 3 + others
    assert connections_to(own_postgres, url) == 2 + others
    assert session.take(Command.CLOSE).tallies[0].total == len(pages)
    watches = [learner.watch() for learner in learners]
    write_relay_state(state_file, RelayState({}, connections=1))  # as if another server had joined
    for watch in watches:
        assert eventually(watch.changed) == GONE
    assert connections_to(own_postgres, url) == others
    for store in pages:
        store.close()


def test_nobody_waits_for_a_turn_while_the_database_is_unreachable(
    stoppable: tuple[Postgres, URL], tmp_path: Path
) -> None:
    """Otherwise the message would wrongly speak of too many connections."""
    server, url = stoppable
    state_file = tmp_path / "pulses.json"
    write_relay_state(state_file, RelayState({}, connections=1))
    pages = [Store.open(url, relay_path=state_file, timeout=0.3) for _ in range(6)]
    session = Session(pages[0], Clock())
    learners = [each.join(session.code, each.new_token()) for each in pages]
    server.stop()
    write_relay_state(state_file, None)
    try:
        with ThreadPoolExecutor(len(pages)) as pool:
            for looking in [pool.submit(learner.snapshot) for learner in learners]:
                with pytest.raises(StoreError, match="cannot be reached"):
                    looking.result()
    finally:
        server.start()
    for store in pages:
        store.close()


def test_a_killed_process_releases_its_turn(tmp_path: Path) -> None:
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
    """Each has an equal share of nine tenths of them."""
    wait_until(
        lambda: (
            relay.path.exists()
            and read_relay_state(relay.path).connections == round(0.9 * own_postgres.max_connections)
        )
    )
    another = Relay(url, relay.path.with_name("another.json"))
    another.start()
    wait_until(lambda: read_relay_state(relay.path).connections == round(0.45 * own_postgres.max_connections))
    another.stop()
    wait_until(lambda: read_relay_state(relay.path).connections == round(0.9 * own_postgres.max_connections))


def test_a_kept_connection_is_given_up_when_the_limit_falls(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "turns")
    with turns.turn(300, 0, time.sleep) as kept:
        assert kept
    assert turns.may_keep(300)
    assert not turns.may_keep(1)
    assert not turns.may_keep(300)


def test_pages_are_told_while_the_database_is_unreachable(tmp_path: Path, stoppable: tuple[Postgres, URL]) -> None:
    server, url = stoppable
    relay = Relay(url, tmp_path / "pulses.json")
    relay.start()
    try:
        wait_until(relay.path.exists)
        page = Store.open(url, relay_path=relay.path)
        session = Session(page, Clock())
        with page.watch(session.code) as watch:
            wait_until(lambda: watch.changed() == Pulse(1, 0), 1)
            server.stop()
            wait_until(lambda: watch.changed() is None and watch.trouble == AWAY.message)
            server.start()
            session.join()
            wait_until(lambda: watch.changed() == Pulse(1, 1))
            assert watch.trouble == ""
        page.close()
    finally:
        relay.stop()


def test_the_relay_waits_for_a_database_that_is_not_up_yet(
    tmp_path: Path, stoppable: tuple[Postgres, URL], caplog: pytest.LogCaptureFixture
) -> None:
    """The log says so, once."""
    server, url = stoppable
    server.stop()
    relay = Relay(url, tmp_path / "pulses.json")
    relay.start()
    try:
        wait_until(lambda: relay.path.exists() and relay.path.read_text() == "null")
    finally:
        server.start()
    wait_until(lambda: relay.path.read_text() != "null")
    relay.stop()
    assert ["is away" in record.message for record in caplog.records if record.name == "etiquette"] == [True]
