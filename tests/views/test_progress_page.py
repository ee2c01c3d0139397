"""Progress in a real browser: it survives a reload, two tabs at once, and saving and loading a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocket, expect

from etiquette.practice import ProgressFolder
from etiquette.stories import library
from tests.conftest import People, Server, arrive, everywhere, free_port, run_all
from tests.views.test_course_page import open_part
from tests.views.test_stories_page import choose, examine_at, tab_to

pytestmark = pytest.mark.slow

STORIES = len(library())
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"


def reload(page: Page) -> None:
    """Reload the page at the list of stories, which starts a new kernel that knows nothing."""
    show_stories(page)
    page.reload()
    expect(page.locator(".pp-stories")).to_be_visible()


def show_stories(page: Page) -> None:
    page.bring_to_front()  # background tabs draw rarely, and a click waits for that
    open_part(page, "Stories")
    expect(page.locator(".pp-stories")).to_be_visible()


def play(page: Page, title: str, *choices: str) -> None:
    """Play a scenario to its end, and go back to the list."""
    show_stories(page)
    page.locator(".pp-stories").get_by_role("link", name=title).click()
    for choice in choices:
        choose(page, choice)
    expect(page.locator(".pp-debrief")).to_be_visible()
    show_stories(page)


def play_well(page: Page) -> None:
    play(
        page,
        "Three names by Monday",
        "Send her the three",
        "Give her until",
        "Send her the right",
        "Leave it until",
        "Email her and thank",
    )


def play_badly(page: Page) -> None:
    """Thank them on the day, too early, and again a week later: the second time ends the story."""
    play(
        page,
        "The quiet week",
        "Send Mr Outram two lines",
        "Leave it until the whole week",
        "Thank Mr Outram for his time",
    )


def row(page: Page, title: str) -> str:
    """The line about a scenario in the list."""
    return page.locator(".pp-stories li").filter(has=page.get_by_role("link", name=title)).inner_text()


def open_progress(page: Page) -> None:
    open_part(page, "Review")
    expect(page.get_by_role("heading", name="Review", exact=True)).to_be_focused()


def load(page: Page, content: bytes) -> None:
    """Choose a file to load."""
    file = {"name": "progress.json", "mimeType": "application/json", "buffer": content}
    page.get_by_label("Load progress from a file").set_input_files(file)  # type: ignore[arg-type]


def test_progress_shows_on_a_slow_connection_too(people: People) -> None:
    """In stock Voilà, which serves `notebooks/app.ipynb` too, without our server.

    There, the code that draws buttons may arrive a second after the code that reads what was kept.
    """
    visitor, port = people.come_to_stock(), free_port()
    command = [sys.executable, "-m", "voila", "notebooks/app.ipynb", "--no-browser", f"--port={port}"]
    server = Server(command, "Voilà is running at", f"http://127.0.0.1:{port}/")
    try:
        page = arrive(visitor, server.address)
        play_badly(page)
        page.close()
        page = visitor.new_page()
        connected: list[WebSocket] = []
        page.on("websocket", lambda socket: connected.append(socket))
        page.route("**/@jupyter-widgets/**", lambda route: None if connected else route.continue_())
        with page.expect_request(lambda request: bool(connected) and "@jupyter-widgets" in request.url):
            page.goto(server.address)
        page.wait_for_timeout(1000)
        page.unroute("**/@jupyter-widgets/**")  # releases the requests held back
        expect(page.get_by_text("You have played 1 of")).to_be_visible()
    finally:
        server.stop()


def test_typing_in_one_tab_sends_little_from_another(visitor: BrowserContext, page_server: Server) -> None:
    """Each keystroke would count towards what the other tab's page may send."""
    one = arrive(visitor, f"{page_server.address}#my-interview/draft")
    sent: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(str(frame)))

    other = visitor.new_page()
    other.on("websocket", listen)
    other.goto(f"{page_server.address}#my-interview/draft")
    field = other.get_by_label("Your draft")
    expect(field).to_have_value("")
    one.bring_to_front()
    one.get_by_label("Your draft").press_sequentially("I look forward to hearing from you. " * 3, delay=20)
    expect(field).to_have_value("I look forward to hearing from you. " * 3)
    assert 0 < len([frame for frame in sent if "I look" in frame]) < 50  # of 108


@everywhere
def test_two_tabs_at_once_lose_nothing(visitor: BrowserContext, page_server: Server) -> None:
    """Each shows at once what was done in the other, and after a reload both show everything."""
    here, there = arrive(visitor, page_server.address), arrive(visitor, page_server.address)
    play_badly(here)
    play_well(there)
    for page in (here, there):
        expect(page.get_by_text("best grade")).to_have_count(2)
        reload(page)
        expect(page.get_by_text("best grade")).to_have_count(2)
        assert "best grade 0, played once" in row(page, "The quiet week")
        assert "played once" in row(page, "Three names by Monday")
    open_progress(there)
    expect(there.get_by_text("Your progress is kept in this browser")).to_be_visible()
    there.get_by_role("button", name="Open “Start here”").click()
    expect(there.get_by_role("heading", name="Start here", exact=True)).to_be_visible()


@everywhere
def test_progress_can_be_saved_forgotten_and_loaded_again(
    visitor: BrowserContext, page_server: Server, tmp_path: Path
) -> None:
    """It is reached and forgotten by keyboard alone."""
    page = arrive(visitor, page_server.address)
    play_badly(page)
    for link in ("Practise", "Review"):
        tab_to(page, link)
        page.keyboard.press("Enter")
        expect(page.locator(".pp-stage :focus")).to_have_count(1)
    expect(page.get_by_role("heading", name="Review", exact=True)).to_be_focused()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save progress to a file").click()
    assert download.value.suggested_filename == "persistent-or-pesky.json"
    download.value.save_as(tmp_path / "saved.json")
    saved = (tmp_path / "saved.json").read_bytes()
    assert json.loads(saved)["format"] == "etiquette progress"

    tab_to(page, "Delete all progress")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Delete all your progress?")).to_be_focused()
    tab_to(page, "Yes, delete it all")
    page.keyboard.press("Space")
    expect(page.locator(".pp-answer")).to_be_focused()
    expect(page.locator(".pp-answer")).to_have_text("All your progress has been deleted. You’re starting again.")
    expect(page.get_by_text(f"You have played 0 of {STORIES}.")).to_be_visible()
    reload(page)
    open_progress(page)
    expect(page.get_by_text(f"You have played 0 of {STORIES}.")).to_be_visible()
    assert "the-quiet-week" not in page.evaluate("JSON.stringify(localStorage)")

    load(page, saved)
    expect(page.locator(".pp-answer")).to_contain_text("Loaded 2 new entries.")
    expect(page.locator(".pp-answer")).to_be_focused()
    reload(page)
    expect(page.get_by_text("best grade 0")).to_be_visible()


def test_any_other_file_is_refused_with_a_sentence(visitor: BrowserContext, page_server: Server) -> None:
    page = arrive(visitor, page_server.address)
    play_badly(page)
    open_progress(page)
    refused = "This isn’t a saved progress file, or it’s damaged. Choose the file you saved here."
    for content in (b"", b"\xff\x00", b"<script>alert(1)</script>", b'{"format": "recipe"}'):
        load(page, content)
        expect(page.locator(".pp-answer")).to_have_text(refused)
        expect(page.get_by_role("status")).to_have_text(refused)
    load(page, b" " * 4_000_001)
    expect(page.locator(".pp-answer")).to_contain_text("too large to be your progress")
    expect(page.get_by_text(f"You have played 1 of {STORIES}.")).to_be_visible()


@everywhere
@pytest.mark.parametrize("broken", [FULL, BLOCKED])
def test_a_browser_that_keeps_nothing_is_reported(visitor: BrowserContext, page_server: Server, broken: str) -> None:
    visitor.add_init_script(broken)
    page = arrive(visitor, page_server.address)
    play_badly(page)
    expect(page.get_by_role("alert")).to_contain_text("doesn’t let the page save anything")
    expect(page.get_by_text("best grade 0")).to_be_visible()


def test_every_state_is_accessible_and_fits(visitor: BrowserContext, page_server: Server) -> None:
    page = arrive(visitor, page_server.address)
    open_progress(page)
    examine_at(page, 360, 1440)
    play_badly(page)
    examine_at(page, 360, 1440)
    open_progress(page)
    expect(page.get_by_role("heading", name="What you will review")).to_be_visible()
    load(page, b"{}")
    expect(page.locator(".pp-answer")).to_be_visible()
    page.get_by_role("button", name="Delete all progress").click()
    expect(page.get_by_role("heading", name="Delete all your progress?")).to_be_visible()
    examine_at(page, 360, 1440)


def test_jupyterlab_keeps_progress_in_the_users_file(people: People, jupyterlab: Server) -> None:
    """In `notebooks/app.ipynb`, the grade goes into the file, and a new browser shows it."""
    for visit in ("first", "second"):
        page = run_all(people.come(viewport={"width": 1440, "height": 1000}), jupyterlab, "app.ipynb")
        expect(page.get_by_role("navigation", name="Course")).to_be_visible(timeout=60_000)
        show_stories(page)
        if visit == "first":
            play_badly(page)
        expect(page.get_by_text("best grade 0")).to_be_visible()
        open_progress(page)
        expect(page.get_by_text(str(ProgressFolder.of_user().file))).to_be_visible()
        load(page, b"{}")
        expect(page.locator(".pp-answer")).to_contain_text("This isn’t a saved progress file")
        assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('etiquette'))") == []
        page.close()
    assert ProgressFolder.of_user().read().best == {"the-quiet-week": 0}
