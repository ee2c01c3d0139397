"""A workshop in real browsers: one facilitator with the control and learners with phones, on one server."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, ViewportSize, expect

from tests.conftest import People, Server, free_port
from tests.host.test_lean_page import SOCKETS
from tests.views.test_stories_page import examine_at, tab_to

pytestmark = pytest.mark.slow

FACILITATORS_PAGE = "The facilitator's page: "
PHONE: ViewportSize = {"width": 390, "height": 844}
CONTROL: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Both pages: the learners' at its address, the facilitator's at the secret one that it prints last."""
    port, store = free_port(), f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'rooms.sqlite3'}"
    command = [sys.executable, "-m", "etiquette", "serve", "--no-open", f"--port={port}", f"--store={store}"]
    server = Server([*command, "--workshop", "--ip=127.0.0.1"], FACILITATORS_PAGE, f"http://127.0.0.1:{port}/")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def facilitators(server: Server) -> str:
    """The address of the facilitator's page."""
    return "".join(server.output).partition(FACILITATORS_PAGE)[2].split()[0]


def press(page: Page, name: str) -> None:
    """Press the button with this name. The primary one of the control is called "Next step: ..."."""
    page.get_by_role("button", name=name, exact=True).click()


def open_a_room(page: Page, *adds: str) -> str:
    """Put a session together, open its room, and return the code."""
    for number, add in enumerate(adds, start=1):
        if "play together" in add:
            press(page, "Add a story")
        press(page, add)
        expect(page.get_by_role("button", name=f"Remove {number}", exact=True)).to_be_visible()
    press(page, "Open the room")
    code = page.locator(".pp-code b")
    expect(code).to_be_visible()
    return code.inner_text().replace(" ", "")


def go_offline(page: Page) -> None:
    """Take the network from a page that was opened with `SOCKETS`, and wait until it says so."""
    page.bring_to_front()
    page.context.set_offline(True)
    page.evaluate("() => sockets.at(-1).close()")
    expect(page.locator("#offline")).to_be_visible()


def come_back(page: Page) -> None:
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()


def tap(page: Page, option: int) -> None:
    page.locator(".pp-room .pp-choice").nth(option).click()


def test_a_whole_session(people: People, server: Server, facilitators: str, tmp_path: Path) -> None:
    """From joining to the downloaded debrief: a question with two votes, and a decision of a story played together.

    There are a control, a projector and five phones, one used by keyboard, one that goes offline in each phase.
    """
    facilitator = people.open(facilitators, CONTROL)
    facilitator.get_by_label("How many").select_option("1")
    examine_at(facilitator, 1440)
    code = open_a_room(facilitator, "Add these questions", "Add it to play together")
    facilitator.get_by_text("QR code", exact=True).click()
    expect(facilitator.get_by_role("img", name="QR code for the link")).to_be_visible()
    examine_at(facilitator, 1440)

    # Joining by the link, by typing the code, and by keyboard alone.
    link = facilitator.locator(".pp-link").inner_text()
    assert link == f"{server.address}?room={code}"
    by_link = [people.open(link, PHONE, SOCKETS) for _ in range(3)]
    traveller = by_link[2]
    for number, page in enumerate(by_link):
        page.get_by_label("Nickname").fill(f"<img src=x onerror=alert({number})>")
        press(page, "Join the room")
        expect(page.get_by_text(f"You’re in, as <img src=x onerror=alert({number})>")).to_be_visible()
    by_code, by_keyboard = people.open(server.address, PHONE), people.open(server.address, PHONE)
    by_code.get_by_role("link", name="Workshop").click()
    expect(by_code.get_by_role("heading", name="Join a room")).to_be_focused()
    examine_at(by_code, 390)
    by_code.get_by_label("Room code").fill(f"{code[:3].lower()}-{code[3:].lower()}")
    press(by_code, "Join the room")
    by_keyboard.keyboard.press("Tab")
    tab_to(by_keyboard, "Workshop")
    by_keyboard.keyboard.press("Enter")
    expect(by_keyboard.get_by_role("heading", name="Join a room")).to_be_focused()
    by_keyboard.keyboard.press("Tab")
    by_keyboard.keyboard.type(code)
    tab_to(by_keyboard, "Join the room")
    by_keyboard.keyboard.press("Enter")
    everybody = [*by_link, by_code, by_keyboard]
    for page in everybody:
        expect(page.get_by_text("You’re in, as")).to_be_visible()
    expect(facilitator.get_by_text("5 people are here")).to_be_visible()
    examine_at(by_link[0], 390)
    press(facilitator, "Show the people here")
    press(facilitator, "Hide <img src=x onerror=alert(0)>")
    expect(facilitator.get_by_role("button", name="Show Person 1’s nickname")).to_be_visible()
    press(facilitator, "Close this list")
    with facilitator.expect_popup() as window:
        facilitator.get_by_role("link", name="Open the projector").click()
    projector = window.value
    expect(projector.get_by_text("5 people are here")).to_be_visible()
    expect(projector.get_by_text(f"{code[:3]} {code[3:]}")).to_be_visible()
    expect(projector.get_by_role("button")).to_have_count(0)
    examine_at(projector, 1440)

    # The question. The projector's window passes the presenter's keys on.
    go_offline(traveller)
    projector.bring_to_front()
    projector.keyboard.press("PageDown")
    expect(by_keyboard.get_by_role("heading", name="1 of 2 · The vote isn’t open yet")).to_be_focused()
    come_back(traveller)
    expect(traveller.get_by_role("heading", name="1 of 2 · The vote isn’t open yet")).to_be_visible()
    press(facilitator, "Open the vote")
    examine_at(facilitator, 1440)
    for number, page in enumerate([*by_link, by_code]):
        expect(page.get_by_role("heading", name="1 of 2 · First vote is open")).to_be_focused()
        if page is traveller:
            go_offline(page)
        tap(page, number % 2)
        if page is traveller:
            come_back(page)
        expect(page.get_by_text("Your vote is in.", exact=True).first).to_be_visible()
    expect(by_keyboard.get_by_role("heading", name="1 of 2 · First vote is open")).to_be_focused()
    first = by_keyboard.locator(".pp-room .pp-choice").first.inner_text()
    tab_to(by_keyboard, first)
    by_keyboard.keyboard.press("Enter")
    expect(by_keyboard.locator(".pp-room").get_by_text("Your vote is in.")).to_be_visible()
    expect(by_keyboard.get_by_role("status").first).to_have_text("Your vote is in.")
    expect(by_keyboard.get_by_role("button", name=f"✓ {first}")).to_be_focused()
    tab_to(by_keyboard, "Fairly sure")
    by_keyboard.keyboard.press("Space")
    expect(by_keyboard.get_by_role("button", name="✓ Fairly sure")).to_be_visible()
    examine_at(by_keyboard, 390)
    by_code.reload()
    expect(by_code.locator(".pp-room").get_by_text("Your vote is in.")).to_be_visible()
    expect(facilitator.get_by_text("5 voted")).to_be_visible()
    expect(facilitator.get_by_text("60%")).to_be_visible()
    expect(projector.get_by_text("5 voted")).to_be_visible()
    go_offline(traveller)
    press(facilitator, "Close the vote")
    for page in (by_code, projector):
        expect(page.get_by_text("Talk to your neighbour")).to_be_visible()
        expect(page.get_by_text("60%")).to_have_count(0)
    tap(traveller, 1)
    come_back(traveller)
    expect(traveller.locator(".pp-told")).to_have_text(
        "The first vote on question 1 closed before yours reached us, so it wasn’t counted."
    )
    examine_at(by_code, 390)
    press(facilitator, "Show the votes")
    for page in (by_code, projector, traveller):
        expect(page.get_by_text("60%")).to_be_visible()
    examine_at(projector, 1440)
    expect(facilitator.get_by_text("The room sees the bars, but not the verdicts.")).to_be_visible()
    examine_at(facilitator, 1440)
    examine_at(by_code, 390)
    by_code.get_by_text("Ask the facilitator something").click()
    by_code.get_by_label("Your question").fill("What if <b>nobody</b> answers?")
    by_code.get_by_label("Your question").press("Enter")
    press(facilitator, "Show on the projector")
    expect(projector.locator("blockquote")).to_have_text("“What if <b>nobody</b> answers?”")
    press(facilitator, "Take it down")
    expect(projector.locator("blockquote")).to_have_count(0)
    go_offline(traveller)
    press(facilitator, "Vote again")
    expect(by_code.get_by_role("heading", name="Second vote is open")).to_be_visible()
    come_back(traveller)
    for page in everybody:
        expect(page.get_by_role("heading", name="Second vote is open")).to_be_visible()
        tap(page, 0)
        expect(page.locator(".pp-room").get_by_text("Your vote is in.")).to_be_visible()
    press(facilitator, "Close the vote")
    go_offline(traveller)
    press(facilitator, "Show the answers")
    expect(by_code.get_by_text("Five people voted twice. Two changed their answer")).to_be_visible()
    come_back(traveller)
    for page in (*everybody, facilitator, projector):
        expect(page.get_by_text("Five people voted twice. Two changed their answer")).to_be_visible()
        examine_at(page, 1440 if page in (facilitator, projector) else 390)

    # The story: one learner does not vote, and the facilitator breaks the tie.
    press(facilitator, "Next")
    press(facilitator, "Open the vote")
    for number, page in enumerate(everybody[1:]):
        expect(page.get_by_role("heading", name="2 of 2 · First vote is open")).to_be_visible()
        expect(page.locator(".pp-timeline").first).to_be_visible()
        tap(page, number % 2)
        expect(page.locator(".pp-room").get_by_text("Your vote is in.")).to_be_visible()
    examine_at(by_keyboard, 390)
    press(facilitator, "Close the vote")
    press(facilitator, "Show the answers")
    expect(facilitator.get_by_text("It’s a tie.").first).to_be_visible()
    examine_at(facilitator, 1440)
    facilitator.locator(".pp-desk .pp-choices button").first.click()
    for page in (*everybody, facilitator, projector):
        expect(page.get_by_text("what the room did").first).to_be_visible()

    # The end, by mistake and then in earnest.
    go_offline(traveller)
    press(facilitator, "End the session")
    press(facilitator, "Yes, end it")
    for page in everybody:
        if page is not traveller:
            expect(page.get_by_role("heading", name="How you did")).to_be_visible()
    facilitator.get_by_role("button", name="Undo").click()
    expect(by_code.get_by_text("what the room did").first).to_be_visible()
    press(facilitator, "End the session")
    press(facilitator, "Yes, end it")
    come_back(traveller)
    for page in everybody:
        expect(page.get_by_role("heading", name="How you did")).to_be_visible()
    expect(projector.get_by_text("The session has ended").first).to_be_visible()
    with by_code.expect_download() as file:
        by_code.get_by_role("link", name="Save this as a sheet").click()
    file.value.save_as(tmp_path / "sheet.html")
    assert f"{server.address}#learn/" in (tmp_path / "sheet.html").read_text(encoding="utf-8")
    examine_at(projector, 1440)
    examine_at(by_keyboard, 390)
    examine_at(facilitator, 1440)
    saved = {}
    for name in ("to print", "Workbook", "CSV", "JSON lines"):
        with facilitator.expect_download() as file:
            facilitator.get_by_role("link", name=name).click()
        path = tmp_path / file.value.suggested_filename
        file.value.save_as(path)
        saved[path.suffix] = path.read_bytes()
    assert b"2 decisions" in saved[".html"]
    with zipfile.ZipFile(io.BytesIO(saved[".zip"])) as archive:
        assert archive.read("votes.csv").count(b"\r\n") == 1 + 14
    rows = load_workbook(io.BytesIO(saved[".xlsx"]))["Votes"].iter_rows(min_row=2, values_only=True)
    assert Counter((row[2], row[5]) for row in rows) == {(1, 1): 5, (1, 2): 5, (2, 1): 4}
    assert [json.loads(line)["verb"]["display"]["en"] for line in saved[".jsonl"].splitlines()] == ["answered"] * 14


def test_the_facilitator_comes_back_on_another_computer_and_after_a_reload(people: People, facilitators: str) -> None:
    facilitator = people.open(facilitators, CONTROL)
    code = open_a_room(facilitator, "Add these questions")
    press(facilitator, "Begin")
    expect(facilitator.get_by_role("heading", name="1 of 5")).to_be_visible()
    facilitator.get_by_text("Your private link", exact=True).click()
    link = next(line for line in facilitator.locator(".pp-desk details p").all_inner_texts() if "#desk=" in line)
    facilitator.reload()
    expect(facilitator.get_by_role("heading", name="1 of 5")).to_be_visible()
    elsewhere = people.open(link, CONTROL)
    expect(elsewhere.get_by_role("heading", name="1 of 5")).to_be_visible()
    expect(elsewhere.locator(".pp-code b")).to_have_text(f"{code[:3]} {code[3:]}")
    assert "#" not in elsewhere.url
    press(elsewhere, "Open the vote")
    expect(facilitator.get_by_role("heading", name="First vote is open")).to_be_visible()
    press(facilitator, "Delete this room")
    press(facilitator, "Yes, delete it")
    expect(facilitator.get_by_role("heading", name="Run a workshop")).to_be_focused()
    expect(elsewhere.get_by_text("There’s no room with that code").first).to_be_visible()
