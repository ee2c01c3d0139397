"""Putting a session together in a real browser: by keyboard, saved, loaded after a reload, and opened."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.conftest import People, Server, free_port
from tests.views.test_stories_page import examine_at, tab_to
from tests.views.test_workshop_page import FACILITATORS_PAGE, press

pytestmark = pytest.mark.slow

LAPTOP: ViewportSize = {"width": 1440, "height": 900}
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def facilitators(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the facilitator's page of a server with an empty store."""
    port, store = free_port(), f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'rooms.sqlite3'}"
    command = [sys.executable, "-m", "etiquette", "serve", "--no-open", "--ip=127.0.0.1", f"--port={port}"]
    server = Server([*command, f"--store={store}", "--workshop"], FACILITATORS_PAGE, f"http://127.0.0.1:{port}/")
    yield "".join(server.output).partition(FACILITATORS_PAGE)[2].split()[0]
    server.stop()


def key(page: Page, name: str) -> None:
    """Tab to this button and, once it does something, press Enter."""
    tab_to(page, name)
    expect(page.locator(":focus")).to_be_enabled()
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    """Tab to the field with this label, and type into it."""
    tab_to(page, label)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def titles(page: Page) -> list[str]:
    """The headings of the parts of the session."""
    return page.locator(".pp-part:has(button:has-text('Remove')) h4").all_inner_texts()


def test_a_session_is_put_together_by_keyboard_and_kept(people: People, facilitators: str) -> None:
    """A quiz, a story and a question of one's own; then reordered, saved, used after a reload, and opened."""
    page = people.open(facilitators, LAPTOP)
    key(page, "Add these questions")
    expect(page.get_by_role("button", name="Remove 1")).to_be_visible()
    key(page, "Add a story")
    expect(page.get_by_role("button", name="Add it to play together")).to_be_visible()
    key(page, "Add it to play together")
    expect(page.get_by_role("button", name="Remove 2")).to_be_visible()
    key(page, "Write your own question")
    expect(page.get_by_role("button", name="Add your question")).to_be_visible()
    write(page, "Your question", f"Is {EVIL} all right?")
    write(page, "Option A", "Yes")
    write(page, "Option B", "No")
    tab_to(page, "The right answer")
    page.keyboard.press("B")
    key(page, "Add your question")
    third = page.get_by_role("heading", name=f"3. Your question: Is {EVIL} all right?")
    expect(third).to_be_visible()

    # The focus follows what was moved, and a click on what is no longer there does nothing.
    key(page, "Move 3 up")
    expect(page.get_by_role("heading", name="2. Your question")).to_be_focused()
    page.keyboard.press("Tab")  # what the question says
    key(page, "Move 2 up")
    expect(page.get_by_role("heading", name="1. Your question")).to_be_focused()
    key(page, "Remove 2")
    expect(page.get_by_role("button", name="Remove 3")).to_have_count(0)
    expect(page.get_by_role("heading", name="2. The quiet week")).to_be_focused()
    assert [title.partition(".")[0] for title in titles(page)] == ["1", "2"]
    expect(page.get_by_role("heading", name="Your session: about 22 minutes")).to_be_visible()
    examine_at(page, 390, 1440)

    write(page, "Name of your session", "Monday")
    key(page, "Save it under this name")
    expect(page.locator(".pp-answer")).to_contain_text("Saved as “Monday”.")
    page.reload()
    expect(page.get_by_role("heading", name="Your session: about 22 minutes")).to_be_visible()
    session = page.get_by_role("group", name="Monday", exact=True)
    expect(session).to_be_visible()
    session.get_by_role("button", name="Use").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your session: about 22 minutes")).to_be_focused()
    key(page, "Open the room")
    expect(page.locator(".pp-code b")).to_be_visible()


def test_a_question_for_the_judge_is_entered_by_the_planners_steps(people: People, facilitators: str) -> None:
    """What is missing is said; the verdicts are shown before the question is added."""
    page = people.open(facilitators, LAPTOP)
    press(page, "Write a question with a situation")
    press(page, "Next")
    expect(page.get_by_role("heading", name="things to put right")).to_be_focused()
    page.get_by_label("The day of the decision").fill("2026-03-05")
    page.get_by_label("The time of the decision").fill("10:00")
    page.get_by_label("The job").fill("welder")
    page.get_by_label("The day of the interview").fill("2026-03-03")
    page.get_by_label("The time it ended").fill("11:00")
    page.get_by_label("Their city or country").fill("London")
    page.get_by_label("Their city or country").press("Tab")
    press(page, "Next")
    page.get_by_label("Did they ask for your references?").select_option("They asked me to send them")
    press(page, "Next")
    expect(page.get_by_role("heading", name="What has happened since?")).to_be_focused()
    press(page, "Next")
    expect(page.get_by_label("What learners read")).to_have_value(
        "You had an interview for a job as a welder. It ended on Tuesday 3 March at 11:00. They asked you to send your "
        "references.\n\n"
        "It’s now Thursday 5 March at 10:00."
    )
    page.get_by_label("Option A stands for").select_option("Wait")
    page.get_by_label("Option B stands for").select_option("Email your references")
    page.get_by_label("Option B in your words").fill("Send both names.")
    press(page, "See what the judge says")
    expect(page.get_by_role("heading", name="What the judge says")).to_be_focused()
    examine_at(page, 390, 1440)
    press(page, "Add this question")
    expect(page.get_by_role("heading", name="1. Your question: You had an interview")).to_be_visible()


def test_each_panel_and_the_long_list_fit_every_screen(people: People, facilitators: str) -> None:
    page = people.open(facilitators, LAPTOP)
    page.get_by_role("group", name="A 45-minute session").get_by_role("button", name="Use").click()
    expect(page.get_by_role("heading", name="Your session: about 41 minutes")).to_be_focused()
    for panel in ("Add a story", "Add a question", "Write your own question", "Write a question with a situation"):
        press(page, panel)
        expect(page.get_by_role("button", name=f"✓ {panel}")).to_be_visible()
        examine_at(page, 320, 1440)


def test_a_file_that_was_saved_is_opened_again(people: People, facilitators: str) -> None:
    page = people.open(facilitators, LAPTOP)
    page.get_by_role("group", name="A 20-minute session").get_by_role("button", name="Use").click()
    page.get_by_label("Name of your session").fill("Tuesday")
    page.get_by_label("Name of your session").press("Enter")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save it as a file").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert json.loads(text)["name"] == "Tuesday"
    again = people.open(facilitators, LAPTOP)
    again.get_by_label("Open a session from a file").set_input_files(download.value.path())
    expect(again.get_by_role("heading", name="Your session: about 20 minutes")).to_be_focused()
    expect(again.get_by_label("Name of your session")).to_have_value("Tuesday")
