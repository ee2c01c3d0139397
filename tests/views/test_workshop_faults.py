"""Faults in the middle of a vote: afterwards each learner is still the same person, with one vote."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import URL

from etiquette.room import Command
from etiquette.room.store import Store
from tests.conftest import READY, People, Server, arrive, free_port
from tests.host.test_lean_page import SOCKETS
from tests.room.store.builders import Clock, Session
from tests.room.store.postgres import Postgres
from tests.views.test_progress_page import BLOCKED
from tests.views.test_workshop_page import PHONE, press

pytestmark = pytest.mark.slow

VOTE_IS_IN = "Your vote is in."


def serve(store: Store, port: int) -> Server:
    url = store.database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "etiquette", "serve", "--no-open", f"--port={port}", f"--store={url}"]
    return Server([*command, "--workshop", "--ip=127.0.0.1"], READY, f"http://127.0.0.1:{port}/")


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'rooms.sqlite3'}")
    yield store
    store.close()


@pytest.fixture(scope="module")
def server(rooms: Store) -> Iterator[Server]:
    """The learners' page; the tests run the facilitator's commands on the store."""
    server = serve(rooms, free_port())
    yield server
    server.stop()


@pytest.fixture
def session(rooms: Store) -> Session:
    return Session(rooms, Clock())


def join(people: People, server: Server, session: Session, script: str = "") -> Page:
    """Join the room by its link, in a new browser."""
    page = people.open(f"{server.address}?room={session.code}", PHONE, script)
    press(page, "Join the room")
    expect(page.get_by_text("You’re in, as")).to_be_visible()
    return page


def vote(page: Page, option: int) -> None:
    """Vote for this option, and wait until the vote is confirmed."""
    page.bring_to_front()
    page.locator(".pp-room .pp-choice").nth(option).click()
    expect_vote(page, option)


def expect_vote(page: Page, option: int) -> None:
    """The page confirms a vote for this option, and for no other."""
    expect(page.locator(".pp-room").get_by_text(VOTE_IS_IN)).to_be_visible()
    expect(page.locator(".pp-room .pp-choice.pp-chosen-kind")).to_have_count(1)
    expect(page.locator(".pp-room .pp-choice").nth(option)).to_contain_text("✓")


def close_and_count(session: Session) -> tuple[int, ...]:
    """Close the vote, and return its counts."""
    return session.take(Command.CLOSE).tallies[-1].counts


def test_killing_the_server_in_the_middle_of_a_vote_loses_no_vote(people: People, rooms: Store) -> None:
    """A confirmed vote is kept; a vote that was never confirmed can be cast again."""
    session, port = Session(rooms, Clock()), free_port()
    server = serve(rooms, port)
    try:
        voted, unconfirmed = join(people, server, session), join(people, server, session)
        session.take(Command.NEXT, Command.OPEN)
        vote(voted, 1)
        expect(unconfirmed.get_by_role("heading", name="First vote is open")).to_be_visible()
        server.kill()
        for page in (voted, unconfirmed):
            expect(page.locator("#offline")).to_be_visible()
        unconfirmed.locator(".pp-room .pp-choice").nth(2).click()
        expect(unconfirmed.locator(".pp-room").get_by_text(VOTE_IS_IN)).to_have_count(0)
        server = serve(rooms, port)
        for page in (voted, unconfirmed):
            press(page, "Carry on")
        expect_vote(voted, 1)
        vote(unconfirmed, 2)
        assert len(session.facilitator.snapshot().people) == 2
        assert close_and_count(session)[:3] == (0, 1, 1)
    finally:
        server.stop()


def test_a_browser_that_keeps_nothing_joins_by_the_link_all_the_same(
    people: People, server: Server, session: Session
) -> None:
    page = join(people, server, session, BLOCKED)
    session.take(Command.NEXT, Command.OPEN)
    vote(page, 0)


def test_a_phone_that_loses_its_network_resumes_as_the_same_person(
    people: People, server: Server, session: Session
) -> None:
    """A vote tapped while offline counts if its ballot is still open."""
    page = join(people, server, session, SOCKETS)
    session.take(Command.NEXT, Command.OPEN)
    vote(page, 0)
    page.context.set_offline(True)
    page.evaluate("() => sockets.at(-1).close()")
    expect(page.locator("#offline")).to_be_visible()
    page.locator(".pp-room .pp-choice").nth(1).click()
    page.context.set_offline(False)
    expect_vote(page, 1)
    page.context.set_offline(True)
    page.evaluate("() => sockets.at(-1).close()")
    expect(page.locator("#offline")).to_be_visible()
    session.take(Command.CLOSE, Command.OPEN)
    page.locator(".pp-room .pp-choice").nth(2).click()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Second vote is open")).to_be_visible()
    vote(page, 0)
    overview = session.take(Command.CLOSE)
    assert [tally.counts[:3] for tally in overview.tallies] == [(0, 1, 0), (1, 0, 0)]
    assert len(overview.people) == 1


def test_two_tabs_of_one_person_share_one_vote(people: People, server: Server, session: Session) -> None:
    """Each tab shows what was done in the other."""
    here = join(people, server, session)
    there = arrive(here.context, server.address)
    session.take(Command.NEXT, Command.OPEN)
    vote(here, 0)
    expect_vote(there, 0)
    vote(there, 1)
    expect_vote(here, 1)
    assert len(session.facilitator.snapshot().people) == 1
    assert close_and_count(session)[:2] == (0, 1)


def test_while_the_database_is_down_the_page_says_so_and_the_vote_waits(
    people: People, stoppable: tuple[Postgres, URL]
) -> None:
    database, url = stoppable
    store = Store.open(url)
    session = Session(store, Clock())
    server = serve(store, free_port())
    try:
        page = join(people, server, session)
        session.take(Command.NEXT, Command.OPEN)
        vote(page, 0)
        database.stop()
        expect(page.locator(".pp-room").get_by_text("We can’t reach the rooms’ database.")).to_be_visible()
        page.locator(".pp-room .pp-choice").nth(1).click()
        expect(page.get_by_text("Sending…")).to_be_visible()
        database.start()
        expect_vote(page, 1)
        assert close_and_count(session)[:2] == (0, 1)
    finally:
        server.stop()
        store.close()
