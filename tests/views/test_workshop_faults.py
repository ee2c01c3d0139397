"""Faults in the middle of a vote: afterwards each learner is still the same person, with one vote."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect
from sqlalchemy import URL

from etiquette.room import Agenda, Command, FreeQuestion, Play
from etiquette.room.store import Store
from etiquette.stories import library
from tests.conftest import READY, People, Server, arrive, free_port
from tests.host.test_lean_page import SOCKETS
from tests.room.builders import ALONE
from tests.room.store.builders import Clock, Session
from tests.room.store.postgres import Postgres
from tests.views.test_progress_page import BLOCKED
from tests.views.test_stories_page import examine_at
from tests.views.test_workshop_page import PHONE, go_offline, press

pytestmark = pytest.mark.slow

VOTE_IS_IN = "Your vote is in."
SMALL_PHONE: ViewportSize = {"width": 390, "height": 660}  # with the browser's bars


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


def option(page: Page, number: int) -> Locator:
    """This option, once a tap on it counts."""
    found = page.locator(".pp-room .pp-choice").nth(number)
    expect(found).to_be_enabled()
    return found


def expect_told(page: Page, sentence: str) -> None:
    """The page tells the learner this, and that is in view."""
    expect(page.locator(".pp-room .pp-told", has_text=sentence)).to_be_in_viewport()


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
    go_offline(page)
    page.locator(".pp-room .pp-choice").nth(1).click()
    page.context.set_offline(False)
    expect_vote(page, 1)
    go_offline(page)
    session.take(Command.CLOSE, Command.OPEN)
    page.locator(".pp-room .pp-choice").nth(2).click()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Second vote is open")).to_be_visible()
    vote(page, 0)
    overview = session.take(Command.CLOSE)
    assert [tally.counts[:3] for tally in overview.tallies] == [(0, 1, 0), (1, 0, 0)]
    assert len(overview.people) == 1


LOST_BEHIND = """(last) => {
  let lost = false;
  line.hears = (said) => !lost && ((lost = said.includes(last)), true);
}"""


def test_a_connection_that_breaks_in_the_middle_of_a_change_does_not_show_half_of_it(
    people: People, server: Server, session: Session
) -> None:
    """Once a phone says that the vote is open, one can vote."""
    page = join(people, server, session, SOCKETS)
    page.evaluate(LOST_BEHIND, "First vote is open")
    session.take(Command.NEXT, Command.OPEN)
    expect(page.get_by_role("heading", name="First vote is open")).to_be_visible()
    expect(page.locator(".pp-room .pp-choice").first).to_be_visible()


FIRST_VOTE_CLOSED = "The first vote on question 1 closed before yours reached us, so it wasn’t counted."


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        ([Command.CLOSE], FIRST_VOTE_CLOSED),
        ([Command.CLOSE, Command.OPEN], FIRST_VOTE_CLOSED),
        ([Command.CLOSE, Command.REVEAL, Command.NEXT, Command.OPEN], FIRST_VOTE_CLOSED),
        ([Command.RESET, Command.OPEN], "The facilitator cleared that vote, so yours wasn’t counted."),
        ([Command.END], "The session has ended, so your vote wasn’t counted."),
    ],
)
def test_a_vote_tapped_offline_counts_for_its_own_ballot_only(
    people: People, server: Server, session: Session, meanwhile: list[Command], sentence: str
) -> None:
    """Its owner is told what became of it, and can vote on what is open now."""
    page = join(people, server, session, SOCKETS)
    session.take(Command.NEXT, Command.OPEN)
    expect(page.get_by_role("heading", name="First vote is open")).to_be_visible()
    ballot = session.open_ballot()
    go_offline(page)
    option(page, 1).click()
    expect(option(page, 1)).to_have_class(re.compile("pp-tapped"))
    session.take(*meanwhile)
    page.context.set_offline(False)
    expect_told(page, sentence)
    assert session.votes(ballot) == []
    if meanwhile[-1] is Command.OPEN:
        assert session.votes(session.open_ballot()) == []
        vote(page, 0)
        expect(page.get_by_text(sentence)).to_have_count(0)


def test_how_sure_somebody_is_offline_counts_for_its_own_ballot_only(
    people: People, server: Server, session: Session
) -> None:
    page = join(people, server, session, SOCKETS)
    session.take(Command.NEXT, Command.OPEN)
    ballots = [session.open_ballot()]
    vote(page, 0)
    go_offline(page)
    press(page, "Sure")
    session.take(Command.CLOSE, Command.OPEN)
    ballots.append(session.open_ballot())
    page.context.set_offline(False)
    expect_told(page, FIRST_VOTE_CLOSED)
    vote(page, 0)
    assert [vote.sureness for ballot in ballots for vote in session.votes(ballot)] == [None, None]


@pytest.fixture
def alone(rooms: Store) -> Session:
    """A session whose only part is a story that each plays alone; it is open."""
    session = Session(rooms, Clock(), Agenda((Play(library()[ALONE], together=False),)))
    session.take(Command.NEXT, Command.OPEN)
    return session


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        (Command.CLOSE, "was over before your choice reached us, so it wasn’t counted."),
        (Command.RESET, "The facilitator cleared that vote"),
        (Command.END, "The session has ended"),
    ],
)
def test_a_choice_made_offline_in_a_story_of_ones_own(
    people: People, server: Server, alone: Session, meanwhile: Command, sentence: str
) -> None:
    """It counts while the story is open; afterwards they are told that it doesn't."""
    page = people.open(f"{server.address}?room={alone.code}", PHONE, SOCKETS)
    press(page, "Join the room")
    ballot = alone.open_ballot()
    option(page, 0)
    go_offline(page)
    option(page, 0).click()
    page.context.set_offline(False)
    expect(page.locator(".pp-room .pp-chosen")).to_contain_text("You chose")
    go_offline(page)
    option(page, 0).click()
    alone.take(meanwhile)
    page.context.set_offline(False)
    expect_told(page, sentence)
    assert [vote.turn for vote in alone.votes(ballot)] == [0]


@pytest.mark.parametrize("by_touch", [True, False])
def test_a_double_tap_in_a_story_of_ones_own_takes_one_decision(
    people: People, server: Server, alone: Session, by_touch: bool
) -> None:
    """The second comes 180 ms after the first, as a nervous finger's does."""
    page = arrive(people.come(viewport=PHONE, has_touch=True), f"{server.address}?room={alone.code}")
    press(page, "Join the room")
    first = option(page, 0)
    first.scroll_into_view_if_needed()
    box = first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if by_touch:
        for _ in range(2):
            page.touchscreen.tap(x, y)
            page.wait_for_timeout(180)
    else:
        page.mouse.click(x, y, click_count=2, delay=90)
    expect(page.locator(".pp-room .pp-chosen")).to_contain_text("You chose")
    option(page, 0)
    page.reload()
    expect(page.locator(".pp-room .pp-chosen")).to_contain_text("You chose")
    assert len(alone.votes(alone.open_ballot())) == 1


def test_after_voting_on_the_longest_question_a_small_phone_shows_how_sure_without_scrolling(
    people: People, server: Server, rooms: Store
) -> None:
    """Wherever one scrolls; at the end of the page, no option is under it."""
    longest = FreeQuestion(
        "You wait, and you wait, and nobody writes. " * 30, tuple(f"{each} " * 20 for each in "UVWXYZ"), 0
    )
    session = Session(rooms, Clock(), Agenda((longest,)))
    page = people.open(f"{server.address}?room={session.code}", SMALL_PHONE)
    press(page, "Join the room")
    session.take(Command.NEXT, Command.OPEN)
    expect(page.get_by_role("heading", name="First vote is open")).to_be_visible()
    vote(page, 0)
    bar = page.locator(".pp-vote-bar")
    for top in (None, 0, 100_000):
        if top is not None:
            page.evaluate("(top) => scrollTo(0, top)", top)
        for shown in (page.locator(".pp-room").get_by_text(VOTE_IS_IN), *bar.get_by_role("button").all()):
            expect(shown).to_be_in_viewport(ratio=1)
            shown.click(trial=True)  # nothing covers it
    last, below = page.locator(".pp-room .pp-choice").last.bounding_box(), bar.bounding_box()
    assert last
    assert below
    assert last["y"] + last["height"] <= below["y"]
    examine_at(page, 390)


def test_a_pasted_link_and_enter_are_enough_to_join(people: People, server: Server, session: Session) -> None:
    """Enter in the nickname joins with what was just typed there."""
    for code, nickname in ((f"{server.address}?room={session.code}", ""), (session.code, "Zoë")):
        page = people.open(server.address, SMALL_PHONE)
        page.get_by_role("link", name="Workshop").click()
        page.get_by_label("Room code").fill(code)
        if nickname:
            page.get_by_label("Nickname").fill(nickname)
        page.keyboard.press("Enter")
        expect(page.get_by_text("You’re in, as")).to_be_visible()
    assert [person.nickname for person in session.facilitator.snapshot().people] == ["", "Zoë"]


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
