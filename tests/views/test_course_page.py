"""The course in a real browser: every part of the page, opened from its menu; a boundary and a draft by keyboard."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from etiquette.files import notebooks
from etiquette.practice import lessons
from tests.conftest import People, Server, arrive, free_port
from tests.views.test_stories_page import examine_at, tab_to

pytestmark = pytest.mark.slow

REFERENCES = lessons()["references"].title


@pytest.fixture
def page(page_server: Server, visitor: BrowserContext) -> Page:
    """The page, open and ready to use."""
    return arrive(visitor, page_server.address)


def open_part(page: Page, name: str) -> None:
    """Open a part of the page from the menu."""
    page.locator(".pp-menu").get_by_role("button", name=name).click()


def test_the_arrow_keys_move_along_a_boundary(page: Page) -> None:
    """The slider announces its value in words, and the card follows it."""
    open_part(page, REFERENCES)
    slide = page.get_by_role("slider", name="Time since they asked")
    expect(slide).to_have_attribute("aria-valuetext", "at once: persistent, credit 100")
    slide.focus()
    for _ in range(17):
        page.keyboard.press("ArrowRight")
    expect(slide).to_have_attribute("aria-valuetext", "51 hours: passive, credit 81")
    expect(page.locator(".pp-boundary .pp-reason")).to_contain_text("51 hours ago")


def test_a_draft_is_typed_and_judged_by_keyboard_alone(page: Page) -> None:
    open_part(page, "Your draft")
    field = page.get_by_role("textbox", name="Your draft")
    field.fill("Dear Ms Okafor, thank you for the hour. Did I get the clerk job? Hannah Pryce")
    tab_to(page, "Check my draft")
    page.keyboard.press("Enter")
    expect(page.locator(".pp-draft .pp-feedback h3")).to_be_focused()
    expect(page.locator("mark.pp-bad")).to_contain_text("Did I get")


def test_every_part_is_accessible_and_fits_the_screen(page: Page) -> None:
    for lesson in lessons().values():
        open_part(page, lesson.title)
        expect(page.locator(".pp-lesson h1", has_text=lesson.title)).to_be_visible()
        expect(page.locator(".pp-lesson .pp-quiz .pp-choice").first).to_be_visible()
        examine_at(page, 360, 1440)
    open_part(page, "Your interview")
    expect(page.get_by_role("heading", name="Your interview")).to_be_focused()
    examine_at(page, 360, 1440)
    open_part(page, "Your draft")
    expect(page.get_by_role("heading", name="Your draft", exact=True)).to_be_focused()
    page.get_by_role("button", name="Check my draft").click()
    expect(page.locator(".pp-beside")).to_be_visible()
    examine_at(page, 360, 1440)
    page.get_by_role("textbox", name="Your draft").fill(
        "Thank you for the hour about the clerk job. Did I get it? Ana Ruiz"
    )
    page.get_by_role("button", name="Check my draft").click()
    expect(page.locator(".pp-draft .pp-feedback")).to_be_visible()
    examine_at(page, 360, 1440)


def test_every_notebook_is_a_page_too(people: People) -> None:
    """Served by stock Voilà, each notebook shows its views and no error."""
    port = free_port()
    command = [sys.executable, "-m", "voila", str(notebooks()), "--no-browser", f"--port={port}"]
    server = Server(command, "Voilà is running at", f"http://127.0.0.1:{port}/")
    visitor = people.come_to_stock()
    errors = "[data-mime-type='application/vnd.jupyter.error'], .jp-RenderedText[data-mime-type*=stderr]"
    try:
        for path in sorted(notebooks().glob("*.ipynb")):
            page = visitor.new_page()
            page.goto(f"{server.address}voila/render/{path.name}", wait_until="commit")
            expect(page.locator(".pp-four" if path.stem == "start" else ".pp-button").first).to_be_visible()
            expect(page.locator(errors)).to_have_count(0)
            page.close()
    finally:
        server.stop()
