"""What goes wrong for people with phones in the middle of a vote: each is the same person after it, with one vote."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import URL

from etiquette.room import Command
from etiquette.room.store import Store
from tests.conftest import People, Server, arrive, free_port
from tests.host.test_lean_page import SOCKETS, kill_kernels
from tests.room.store.builders import Clock, Session
from tests.room.store.postgres import Postgres, wait_until
from tests.views.test_workshop_page import PHONE, press

IN = "Your vote is in."


def serving(store: Store, port: int) -> Server:
    url = store.database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "etiquette", "serve", "--no-open", f"--port={port}", f"--store={url}"]
    return Server([*command, "--pool=1"], "Voilà is running at", f"http://127.0.0.1:{port}/")


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'rooms.sqlite3'}")
    yield store
    store.close()


@pytest.fixture(scope="module")
def server(rooms: Store) -> Iterator[Server]:
    """The page that learners open; the facilitator takes their steps elsewhere."""
    server = serving(rooms, free_port())
    yield server
    server.stop()


@pytest.fixture
def session(rooms: Store) -> Session:
    return Session(rooms, Clock())


def join(people: People, server: Server, session: Session, script: str = "") -> Page:
    """Somebody who has followed the link into the room."""
    page = people.open(f"{server.address}?room={session.code}", PHONE, script)
    press(page, "Join the room")
    expect(page.get_by_text("You are in, as")).to_be_visible()
    return page


def vote(page: Page, option: int) -> None:
    """Vote so, and see that the vote is in."""
    page.bring_to_front()
    page.locator(".pp-room .pp-choice").nth(option).click()
    stands(page, option)


def stands(page: Page, option: int) -> None:
    """Their vote is in, and it is this one."""
    expect(page.locator(".pp-room").get_by_text(IN)).to_be_visible()
    expect(page.locator(".pp-room .pp-choice.pp-chosen-kind")).to_have_count(1)
    expect(page.locator(".pp-room .pp-choice").nth(option)).to_contain_text("✓")


def counted(session: Session) -> tuple[int, ...]:
    """What the vote came to, once it is closed."""
    return session.take(Command.CLOSE).tallies[-1].counts


def test_a_kernel_that_is_killed_takes_no_vote_with_it(people: People, server: Server, session: Session) -> None:
    """One sentence, one button; then they are in the room as themselves, and may still change their vote."""
    page = join(people, server, session)
    session.take(Command.NEXT, Command.OPEN)
    vote(page, 1)
    kill_kernels(server)
    expect(page.get_by_role("button", name="Carry on")).to_be_focused()
    page.keyboard.press("Enter")
    stands(page, 1)
    vote(page, 2)
    assert len(session.facilitator.snapshot().people) == 1
    assert counted(session)[:3] == (0, 0, 1)


def test_a_server_that_is_killed_in_the_middle_of_a_vote_loses_none(people: People, rooms: Store) -> None:
    """Who had voted has voted; who had not been told so votes now."""
    session, port = Session(rooms, Clock()), free_port()
    server = serving(rooms, port)
    try:
        voted, slow = join(people, server, session), join(people, server, session)
        session.take(Command.NEXT, Command.OPEN)
        vote(voted, 1)
        expect(slow.get_by_role("heading", name="First vote open")).to_be_visible()
        server.kill()
        for page in (voted, slow):
            expect(page.locator("#offline")).to_be_visible()
        slow.locator(".pp-room .pp-choice").nth(2).click()
        expect(slow.locator(".pp-room").get_by_text(IN)).to_have_count(0)
        server = serving(rooms, port)
        for page in (voted, slow):
            press(page, "Carry on")
        stands(voted, 1)
        vote(slow, 2)
        assert len(session.facilitator.snapshot().people) == 2
        assert counted(session)[:3] == (0, 1, 1)
    finally:
        server.stop()


def test_a_phone_without_a_network_comes_back_as_the_same_person(
    people: People, server: Server, session: Session
) -> None:
    """Meanwhile the room has gone on; the vote that was tapped on the way counts, if its ballot is still open."""
    page = join(people, server, session, SOCKETS)
    session.take(Command.NEXT, Command.OPEN)
    vote(page, 0)
    page.context.set_offline(True)
    page.evaluate("() => sockets.at(-1).close()")
    expect(page.locator("#offline")).to_be_visible()
    page.locator(".pp-room .pp-choice").nth(1).click()
    page.context.set_offline(False)
    stands(page, 1)
    page.context.set_offline(True)
    page.evaluate("() => sockets.at(-1).close()")
    expect(page.locator("#offline")).to_be_visible()
    session.take(Command.CLOSE, Command.OPEN)
    page.locator(".pp-room .pp-choice").nth(2).click()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Second vote open")).to_be_visible()
    vote(page, 0)
    overview = session.take(Command.CLOSE)
    assert [tally.counts[:3] for tally in overview.tallies] == [(0, 1, 0), (1, 0, 0)]
    assert len(overview.people) == 1


def test_two_taps_at_once_are_one_vote(people: People, server: Server, session: Session) -> None:
    """On the same option or on two: the last one counts."""
    page = join(people, server, session)
    session.take(Command.NEXT, Command.OPEN)
    page.locator(".pp-room .pp-choice").nth(0).dblclick()
    stands(page, 0)
    page.evaluate("() => [1, 2].forEach((n) => document.querySelectorAll('.pp-room .pp-choice')[n].click())")
    stands(page, 2)
    assert counted(session)[:3] == (0, 0, 1)


def test_two_tabs_of_one_person_are_one_vote(people: People, server: Server, session: Session) -> None:
    """Each shows what was done in the other."""
    here = join(people, server, session)
    there = arrive(here.context, server.address)
    session.take(Command.NEXT, Command.OPEN)
    vote(here, 0)
    stands(there, 0)
    vote(there, 1)
    stands(here, 1)
    assert len(session.facilitator.snapshot().people) == 1
    assert counted(session)[:2] == (0, 1)


def test_while_the_database_is_away_a_sentence_says_so_and_the_vote_waits(
    people: People, stoppable: tuple[Postgres, URL]
) -> None:
    database, url = stoppable
    store = Store.open(url)
    session = Session(store, Clock())
    server = serving(store, free_port())
    try:
        page = join(people, server, session)
        session.take(Command.NEXT, Command.OPEN)
        vote(page, 0)
        database.stop()
        expect(page.locator(".pp-room").get_by_text("The database of the rooms cannot be reached.")).to_be_visible()
        page.locator(".pp-room .pp-choice").nth(1).click()
        expect(page.get_by_text("Sending…")).to_be_visible()
        database.start()
        stands(page, 1)
        assert counted(session)[:2] == (0, 1)
    finally:
        server.stop()
        store.close()


def test_what_a_server_has_posted_of_its_rooms_goes_with_it_even_when_it_is_killed(
    stoppable: tuple[Postgres, URL],
) -> None:
    store = Store.open(stoppable[1])
    server = serving(store, free_port())
    try:
        (warm,) = psutil.Process(server.process.pid).children()
        folder = next(Path(part) for part in warm.cmdline() if "kernels-" in part)
        wait_until((folder / "pulses.json").exists)
        session = Session(store, Clock())
        wait_until((folder / f"{session.code}.room").exists)
    finally:
        server.kill()
    wait_until(lambda: not folder.exists())
    store.close()
