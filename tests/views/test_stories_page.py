"""The page in a real browser, used as a visitor would."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import People, Server, arrive, everywhere, run_all

pytestmark = pytest.mark.slow

QUIET_WEEK = "The quiet week"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture
def page(page_server: Server, visitor: BrowserContext) -> Page:
    """The open page, ready to use."""
    page = arrive(visitor, page_server.address)
    expect(page.get_by_role("button", name=QUIET_WEEK)).to_be_visible()
    return page


def choose(page: Page, label: str) -> None:
    """Make the choice with these words, and go on."""
    page.get_by_role("button", name=label).click()
    page.get_by_role("button", name="Go on").click()


@everywhere
def test_a_story_can_be_played_by_keyboard_alone(page: Page) -> None:
    """Tab, Enter and Space are enough, and the focus moves to what is new."""
    page.keyboard.press("Tab")
    for link in ("Practise", "Three names by Monday"):
        tab_to(page, link)
        page.keyboard.press("Enter")
        expect(page.locator(".pp-stage :focus")).to_have_count(1)
    expect(page.get_by_role("heading", name="Friday 17:20")).to_be_focused()
    for choice in (
        "Send her the three",
        "Give her until",
        "Send her the right",
        "Leave it until",
        "Email her and thank",
    ):
        tab_to(page, choice)
        page.keyboard.press("Enter")
        expect(page.locator(".pp-feedback h3")).to_be_focused()
        tab_to(page, "Go on")
        page.keyboard.press("Enter")
        expect(page.locator(".pp-player :focus:not(button)")).to_have_count(1)  # the next moment, or the end
    expect(page.get_by_role("heading", name="How it ends")).to_be_focused()
    tab_to(page, "Play again")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Friday 17:20")).to_be_focused()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field with this label, or the button or link with this text, has the focus."""
    focused_name = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent"
    for _ in range(90):
        if page.evaluate(focused_name).strip().startswith(name):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {name!r}")


@everywhere
def test_screen_readers_get_each_verdict_from_one_polite_live_region(page: Page) -> None:
    page.get_by_role("button", name=QUIET_WEEK).click()
    expect(page.get_by_role("status")).to_have_count(1)
    page.get_by_role("button", name="Put the phone in a drawer").click()
    expect(page.get_by_role("status")).to_have_text("Patient, credit 100.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("status")).to_have_text("Standing 60 out of 100.")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_feedback_comes_into_view(
    people: People, page_server: Server, motion: Literal["no-preference", "reduce"]
) -> None:
    """On a phone it is far below the choices. Visitors who prefer reduced motion get there without any."""
    visitor = people.come(viewport={"width": 360, "height": 640}, reduced_motion=motion)
    page = arrive(visitor, page_server.address)
    page.get_by_role("button", name=QUIET_WEEK).click()
    page.get_by_role("button", name="Look Mr Outram up on Facebook").click()
    expect(page.locator(".pp-feedback h3")).to_be_in_viewport()


def test_the_page_is_light_or_dark_as_the_visitor_prefers(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).not_to_have_css("background-color", "rgb(26, 25, 23)")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(26, 25, 23)")


def test_every_state_is_accessible_and_fits(page: Page) -> None:
    """In every state, at every width, light or dark, axe-core finds nothing and nothing is wider than the screen."""
    widths = (320, 360, 820, 1440)
    examine_at(page, *widths)
    page.get_by_role("link", name="Practise").click()
    expect(page.locator(".pp-stories")).to_be_visible()
    examine_at(page, *widths)
    page.locator(".pp-stories").get_by_role("link", name="Three names by Monday").click()
    expect(page.get_by_text("On the tram home")).to_be_visible()
    examine_at(page, *widths)
    page.get_by_role("button", name="Email her and thank her").click()
    expect(page.locator(".pp-feedback")).to_be_visible()
    examine_at(page, *widths)
    page.get_by_role("button", name="Go on").click()
    choose(page, "Send her the three names")
    page.get_by_text("The story so far").click()
    examine_at(page, *widths)
    choose(page, "Send her the three names again")
    choose(page, "Send her the right number")
    choose(page, "Leave it until Thursday")
    expect(page.locator(".pp-debrief")).to_be_visible()
    examine_at(page, *widths)


def examine_at(page: Page, *widths: int) -> None:
    """Examine the page as it is now at each of these widths, light and dark."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            examine(page)


def violations(page: Page) -> list[str]:
    """What axe-core finds. What passes is not sent along, which would take longer than finding it."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate("""async () => (await axe.run({ resultTypes: ["violations"] })).violations
        .map(({ help, nodes }) => `${help}: ${nodes.map(({ html }) => html).join(" ")}`)""")
    return found


def examine(page: Page) -> None:
    """Check the page as it is now with axe-core, for anything wider than the screen, and for overlaps."""
    assert violations(page) == [], page.viewport_size
    wider = page.evaluate("""
        [...document.querySelectorAll("main *, [role=main] *")]
            .filter(each => each.getBoundingClientRect().right > window.innerWidth + 1 && each.checkVisibility())
            .map(each => each.outerHTML.slice(0, 120))
    """)
    assert wider == []
    covered = page.evaluate("""
        [...document.querySelectorAll(".pp-badge, .pp-button")]
            .filter(each => each.checkVisibility())
            .map(each => each.getBoundingClientRect())
            .filter((a, i, all) => all.some((b, j) =>
                j > i && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom))
            .length
    """)
    assert covered == 0, "badges or buttons overlap"


def test_jupyterlab_plays_the_same_views(people: People, jupyterlab: Server) -> None:
    """In `notebooks/scenarios.ipynb`: run all cells, choose, and get feedback."""
    page = run_all(people.come(viewport={"width": 1440, "height": 1000}), jupyterlab, "scenarios.ipynb")
    player = page.locator(".pp-player").first
    player.get_by_role("button", name="Put the phone in a drawer").click(timeout=60_000)
    expect(player.locator(".pp-feedback h3")).to_contain_text("Patient")
    expect(page.get_by_text("You emailed 20 hours ago. Give them until").first).to_be_visible()
    light, dark = "rgb(37, 34, 29)", "rgb(236, 230, 218)"
    expect(player).to_have_css("color", light)
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    expect(player).to_have_css("color", dark)
