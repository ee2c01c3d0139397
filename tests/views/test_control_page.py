"""The control in a real browser: double clicks, a presenter's keys, what asks first, and every state accessible."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from etiquette.room import Command
from etiquette.room.store import Store
from etiquette.views.room.drawing import position_label
from tests.conftest import People, Server, free_port
from tests.room.store.builders import Clock, Session
from tests.views.test_stories_page import examine_at
from tests.views.test_workshop_page import CONTROL, FACILITATORS_PAGE, PHONE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'rooms.sqlite3'}")
    yield store
    store.close()


@pytest.fixture(scope="module")
def facilitators(rooms: Store) -> Iterator[str]:
    """The address of the facilitator's page."""
    port, url = free_port(), rooms.database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "etiquette", "serve", "--no-open", f"--port={port}", f"--store={url}"]
    server = Server([*command, "--workshop", "--ip=127.0.0.1"], FACILITATORS_PAGE, f"http://127.0.0.1:{port}/")
    yield "".join(server.output).partition(FACILITATORS_PAGE)[2].split()[0]
    server.stop()


@pytest.fixture
def session(rooms: Store) -> Session:
    return Session(rooms, Clock())


@pytest.fixture
def link(facilitators: str, session: Session) -> str:
    """The facilitator's link to the session's room."""
    return f"{facilitators}#desk={session.code}.{session.facilitator.secret}"


@pytest.fixture
def page(people: People, link: str) -> Page:
    """The control on a laptop, in the lobby."""
    page = people.open(link, CONTROL)
    expect_heading(page, "Waiting to begin")
    return page


def expect_heading(page: Page, text: str) -> None:
    expect(page.locator(".pp-desk .pp-title")).to_contain_text(text)


def expect_next(page: Page, label: str) -> None:
    """The primary button says this, and does not rest."""
    expect(page.locator(".pp-next-step button")).to_have_text(label)
    expect(page.locator(".pp-next-step button")).to_be_enabled()


def press_key(page: Page, key: str, label: str) -> None:
    """Press a key while the primary button says this."""
    expect_next(page, label)
    page.keyboard.press(key)


def command(page: Page, name: str) -> None:
    """Press a button below the primary one."""
    page.locator(".pp-commands").get_by_role("button", name=name, exact=True).click()


def a_mistake(session: Session) -> int:
    """A wrong option of the decision on screen."""
    prompt = session.facilitator.snapshot().prompt
    assert prompt
    return next(number for number in range(len(prompt.options)) if prompt.mistaken(number))


def boxes(page: Page) -> list[tuple[float, float]]:
    """The left and upper edges of all commands, on the page."""
    found: list[list[float]] = page.evaluate("""
        [...document.querySelectorAll(".pp-desk-main button, .pp-dangerous button")]
            .map(each => each.getBoundingClientRect())
            .map(({ left, top }) => [left, top + scrollY])
    """)
    return [(left, top) for left, top in found]


def test_two_clicks_180_ms_apart_close_the_vote_once_and_open_nothing(page: Page, session: Session) -> None:
    session.take(Command.NEXT, Command.OPEN)
    session.join().vote(session.open_ballot(), a_mistake(session))
    expect(page.locator(".pp-numbers")).to_contain_text("1 voted")
    expect_next(page, "Close the vote")
    box = page.locator(".pp-next-step button").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y, click_count=2, delay=90)
    expect_next(page, "Vote again")
    assert page.locator(".pp-next-step button").bounding_box() == box, "the button keeps its place"
    command(page, "Show the votes")
    expect(page.get_by_text("The room sees the bars")).to_be_visible()
    expect_heading(page, "First vote is closed")
    overview = session.facilitator.snapshot()
    assert (overview.version, overview.screen.vote_number) == (5, 1)


def test_a_presenters_keys_lead_through_a_question(page: Page, session: Session) -> None:
    """A key that is held down acts once. Keys pressed in the projector's window arrive by a channel."""
    learner = session.join()
    for label in ("Begin", "Open the vote"):
        press_key(page, "PageDown", label)
    expect_next(page, "Close the vote")
    learner.vote(session.open_ballot(), a_mistake(session))
    expect(page.locator(".pp-numbers")).to_contain_text("1 voted")
    for label in ("Close the vote", "Vote again"):
        press_key(page, "PageDown", label)
    expect_next(page, "Close the vote")
    learner.vote(session.open_ballot(), 0)
    expect(page.locator(".pp-numbers")).to_contain_text("1 voted")
    page.keyboard.down("Space")
    page.keyboard.down("Space")
    page.keyboard.up("Space")
    expect_next(page, "Show the answers")
    projector = page.context.new_page()
    projector.goto(page.url)
    projector.evaluate(
        "(code) => { const channel = new BroadcastChannel('etiquette:presenter');"
        "channel.postMessage({ code: 'ZZZZZZ', key: 'PageUp' }); channel.postMessage({ code, key: 'PageDown' }); }",
        session.code,
    )
    expect_heading(page, "1 of 5 · The answers")
    page.bring_to_front()
    press_key(page, "PageDown", "Next")
    expect_heading(page, "2 of 5")
    press_key(page, "PageUp", "Open the vote")
    expect_heading(page, "1 of 5 · The answers")


def test_space_presses_the_button_that_has_the_focus(page: Page) -> None:
    page.get_by_role("button", name="Show the people here").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Close this list")).to_be_visible()
    expect_heading(page, "Waiting to begin")


def test_clearing_a_vote_asks_and_is_undone(page: Page, session: Session) -> None:
    """Escape means no, and the focus goes back to where it was. A presenter's key answers nothing. The offer to undo
    ends by itself.
    """
    session.take(Command.NEXT, Command.OPEN)
    expect_heading(page, "First vote is open")
    command(page, "Clear this vote")
    question = page.get_by_role("alertdialog")
    expect(question.get_by_role("button", name="No, go back")).to_be_focused()
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(page.get_by_role("button", name="Clear this vote")).to_be_focused()
    expect_heading(page, "First vote is open")
    command(page, "Clear this vote")
    question.get_by_role("button", name="Yes, clear it").click()
    expect_heading(page, "The vote isn’t open yet")
    page.get_by_role("button", name="Undo").click()
    expect_heading(page, "First vote is open")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    command(page, "Clear this vote")
    question.get_by_role("button", name="Yes, clear it").click()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled(timeout=15_000)
    expect_heading(page, "The vote isn’t open yet")


def test_every_state_is_accessible_and_fits(page: Page, session: Session) -> None:
    """A tie in the room's story, and a story that each plays alone, among them."""
    examine_at(page, 320, 390, 1440)
    for commands in (
        (Command.NEXT, Command.OPEN),
        (Command.CLOSE,),
        (Command.REVEAL,),
        (Command.NEXT, Command.SKIP, Command.SKIP),
        (Command.OPEN, Command.CLOSE, Command.OPEN, Command.CLOSE),
    ):
        overview = session.take(*commands)
        expect_heading(page, position_label(overview.screen))
        examine_at(page, 320, 390, 1440)
    expect_next(page, "Decide the tie")
    page.locator(".pp-next-step button").click()
    expect(page.get_by_text("It’s a tie. Choose what happens next.").first).to_be_visible()
    expect(page.get_by_text("It’s a tie: you choose what happens next.").first).to_be_visible()
    examine_at(page, 320, 390, 1440)
    page.locator(".pp-desk .pp-choices button").first.click()
    expect_heading(page, "4 of 5 · The answers")
    session.take(Command.NEXT, Command.SKIP, Command.OPEN)
    expect_heading(page, "The story is open")
    examine_at(page, 320, 390, 1440)
    session.take(Command.END)
    expect_heading(page, "The session has ended")
    expect(page.get_by_role("link", name="Report to print")).to_be_visible()
    examine_at(page, 320, 390, 1440)


def test_a_phone_shows_where_the_session_is_and_the_primary_button_at_once(people: People, link: str) -> None:
    page = people.open(link, PHONE)
    expect_heading(page, "Waiting to begin")
    for part in (".pp-numbers", ".pp-next-step button"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)


def test_no_button_changes_its_place(page: Page, session: Session) -> None:
    """From the lobby to the answers, with a timer and with a refusal on screen."""
    places = boxes(page)
    session.take(Command.NEXT, Command.OPEN)
    expect_next(page, "Close the vote")
    page.get_by_role("button", name="2 minutes").click()
    expect(page.get_by_role("timer")).to_be_visible()
    assert boxes(page) == places
    expect_next(page, "Close the vote")
    page.keyboard.press("PageUp")
    expect(page.get_by_text("Close the vote before you go back.").first).to_be_visible()
    assert boxes(page) == places
    overview = session.take(Command.CLOSE, Command.REVEAL)
    expect_heading(page, position_label(overview.screen))
    assert boxes(page) == places
