"""The course in a real browser: every part of the page by its menu, and a lesson by keyboard."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from etiquette.lessons import lessons, notebooks
from tests.conftest import Server, free_port
from tests.test_page import examine, tab_to

REFERENCES = lessons()["references"].title


@pytest.fixture
def page(page_server: Server, chromium: Browser) -> Iterator[Page]:
    """The page, open and ready."""
    context = chromium.new_context(viewport={"width": 820, "height": 1000})
    page = context.new_page()
    page.goto(page_server.address)
    expect(page.get_by_role("button", name="The quiet week")).to_be_visible(timeout=30_000)
    yield page
    context.close()


def open_part(page: Page, name: str) -> None:
    """Choose a part from the menu."""
    page.locator(".pp-menu").get_by_role("button", name=name).click()


def test_a_boundary_is_moved_by_the_arrow_keys(page: Page) -> None:
    """The range says in words what it means, and the picture and the card follow."""
    open_part(page, REFERENCES)
    slide = page.get_by_role("slider", name="Time since they asked")
    expect(slide).to_have_attribute("aria-valuetext", "at once: persistent, credit 100")
    slide.focus()
    for _ in range(17):
        page.keyboard.press("ArrowRight")
    expect(slide).to_have_attribute("aria-valuetext", "51 hours: passive, credit 81")
    expect(page.locator(".pp-boundary .pp-reason")).to_contain_text("51 hours ago")


def test_a_draft_is_typed_and_judged_by_keyboard(page: Page) -> None:
    open_part(page, "Your draft")
    field = page.get_by_role("textbox", name="Your draft")
    field.fill("Dear Ms Okafor, thank you for the hour. Did I get the clerk job? Hannah Pryce")
    tab_to(page, "Judge it")
    page.keyboard.press("Enter")
    expect(page.locator(".pp-draft .pp-feedback h3")).to_be_focused()
    expect(page.locator("mark.pp-bad")).to_contain_text("Did I get")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_every_part_is_accessible_and_fits(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for lesson in lessons().values():
        open_part(page, lesson.title)
        expect(page.locator(".pp-lesson h1", has_text=lesson.title)).to_be_visible()
        expect(page.locator(".pp-lesson .pp-quiz .pp-choice").first).to_be_visible()
        examine(page)
    open_part(page, "Your interview")
    expect(page.get_by_role("heading", name="Your interview")).to_be_focused()
    examine(page)
    open_part(page, "Your draft")
    expect(page.get_by_role("heading", name="A draft", exact=True)).to_be_focused()
    page.get_by_role("button", name="Judge it").click()
    expect(page.locator(".pp-beside")).to_be_visible()
    examine(page)
    page.get_by_role("textbox", name="Your draft").fill(
        "Thank you for the hour about the clerk job. Did I get it? Ana Ruiz"
    )
    page.get_by_role("button", name="Judge it").click()
    expect(page.locator(".pp-draft .pp-feedback")).to_be_visible()
    examine(page)


def test_every_notebook_is_a_page_too(chromium: Browser) -> None:
    """Stock Voilà serves the folder; each notebook shows its views and no error."""
    port = free_port()
    command = [sys.executable, "-m", "voila", str(notebooks()), "--no-browser", f"--port={port}"]
    server = Server(command, "Voilà is running at", f"http://127.0.0.1:{port}/")
    page = chromium.new_page()
    try:
        for path in sorted(notebooks().glob("*.ipynb")):
            page.goto(f"{server.address}voila/render/{path.name}")
            expect(page.locator(".pp").first).to_be_visible(timeout=30_000)
            expect(
                page.locator(".pp-button").first if path.stem != "start" else page.locator(".pp-four")
            ).to_be_visible()
            assert (
                page.locator(
                    "[data-mime-type='application/vnd.jupyter.error'], .jp-RenderedText[data-mime-type*=stderr]"
                ).count()
                == 0
            )
    finally:
        page.close()
        server.stop()
