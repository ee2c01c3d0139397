"""The facilitator's page in real browsers: a room is opened, lost and found again."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import People, Server, arrive, free_port
from tests.host.guest import eventually
from tests.host.serving import serving
from tests.views.test_stories_page import examine_at
from tests.views.test_workshop_page import FACILITATORS_PAGE, open_a_room, press

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port, store = free_port(), f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'rooms.sqlite3'}"
    command = [sys.executable, "-m", "etiquette", "serve", "--no-open", f"--port={port}", f"--store={store}"]
    server = Server([*command, "--workshop", "--ip=127.0.0.1"], FACILITATORS_PAGE, f"http://127.0.0.1:{port}/")
    yield server
    server.stop()


@pytest.fixture
def facilitators(server: Server) -> str:
    """The address of the facilitator's page."""
    return "".join(server.output).partition(FACILITATORS_PAGE)[2].split()[0]


@pytest.fixture
def trainer(people: People) -> BrowserContext:
    """Somebody whose browser lets pages copy."""
    return people.come(viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"])


def copied(page: Page, label: str) -> str:
    """What a button with this label copies; it says that it did, and then has its label back."""
    press(page, label)
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.get_by_role("button", name=label)).to_be_visible()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_a_room_is_found_again_in_the_same_browser_and_by_its_link_in_another(
    people: People, trainer: BrowserContext, server: Server, facilitators: str, tmp_path: Path
) -> None:
    page = arrive(trainer, facilitators)
    code = open_a_room(page, "Add these questions")
    expect(page.get_by_role("heading", name="Save your private link")).to_be_focused()
    examine_at(page, 1440, 390)
    link = copied(page, "Copy your private link")
    assert link.startswith(f"{facilitators}#desk={code}.")
    assert copied(page, "Copy the link") == f"{server.address}?room={code}"
    with page.expect_download() as file:
        page.get_by_role("link", name="Save it as a file").click()
    assert file.value.suggested_filename == f"workshop-{code}.html"
    file.value.save_as(tmp_path / "link.html")
    assert link in (tmp_path / "link.html").read_text(encoding="utf-8")
    press(page, "I’ve saved it")
    expect(page.get_by_role("heading", name="Save your private link")).to_have_count(0)
    expect(page.get_by_role("heading", name="Waiting to begin")).to_be_focused()
    page.close()

    again = arrive(trainer, facilitators)
    expect(again.get_by_role("heading", name="My rooms")).to_be_visible()
    expect(again.get_by_text("Waiting to begin · 0 people")).to_be_visible()
    examine_at(again, 1440, 390)
    press(again, f"Go back to room {code[:3]} {code[3:]}")
    expect(again.locator(".pp-code b")).to_have_text(f"{code[:3]} {code[3:]}")
    examine_at(again, 1440)

    elsewhere = people.come()
    by_link = arrive(elsewhere, link)
    expect(by_link.locator(".pp-code b")).to_have_text(f"{code[:3]} {code[3:]}")
    assert "#" not in by_link.url
    typed = arrive(people.come(viewport={"width": 390, "height": 844}), facilitators)
    press(typed, "Go back with a private link")
    examine_at(typed, 390)
    typed.get_by_label("Your private link").fill(link)
    typed.keyboard.press("Enter")
    expect(typed.locator(".pp-code b")).to_have_text(f"{code[:3]} {code[3:]}")


def test_a_tab_that_stays_open_lists_a_room_that_another_opens(trainer: BrowserContext, facilitators: str) -> None:
    waiting, opening = arrive(trainer, facilitators), arrive(trainer, facilitators)
    code = open_a_room(opening, "Add these questions")
    expect(waiting.get_by_role("button", name=f"Go back to room {code[:3]} {code[3:]}")).to_be_visible()


@pytest.mark.parametrize("refuses", [False, True])
def test_where_there_is_no_clipboard_the_link_is_copied_in_the_older_way(
    refuses: bool, people: People, facilitators: str
) -> None:
    """As at http:// and an address of the local network. If that fails too, the link is there to be copied by hand."""
    trainer = people.come()
    trainer.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    if refuses:
        trainer.add_init_script("document.execCommand = () => false;")
    page = arrive(trainer, facilitators)
    code = open_a_room(page, "Add these questions")
    copy = page.locator(".pp-copy").first
    copy.click()
    field = page.get_by_label("The link to copy").first
    if refuses:
        expect(field).to_be_focused()
        assert page.evaluate("getSelection().toString()").startswith(f"{facilitators}#desk={code}.")
        examine_at(page, 390)
    else:
        expect(copy).to_have_text("Copied")
        expect(copy).to_be_focused()
        expect(field).to_be_hidden()


def test_phones_are_shown_the_network_address_although_the_facilitators_browser_has_another(
    people: People, tmp_path: Path
) -> None:
    """In the link and in the QR code; the private link has it too."""
    network = "http://192.0.2.7:8866/"
    elsewhere = f"from etiquette.host import server\nserver.public_url = lambda *_: {network!r}"
    store = f"sqlite:///{tmp_path / 'rooms.sqlite3'}"
    with serving("--workshop", "--ip=127.0.0.1", "--store", store, first=elsewhere) as server:
        said = eventually(lambda: re.search(rf"{FACILITATORS_PAGE}(\S+)", "".join(server.output)))
        page = people.open(said[1], {"width": 1440, "height": 900})
        expect(page.get_by_label("Address of the learners’ page")).to_have_value(network)
        code = open_a_room(page, "Add these questions")
        expect(page.locator(".pp-link")).to_have_text(f"{network}?room={code}")
        page.get_by_text("QR code", exact=True).click()
        expect(page.get_by_role("img", name=f"QR code for the link {network}?room={code}")).to_be_visible()
