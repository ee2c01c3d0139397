"""The page, played in a real browser as a visitor would."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, Server, free_port

QUIET_WEEK = "The quiet week"


@pytest.fixture(params=["page_server", "lab_server"])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """The page, open and ready, with either front end, in a browser that notes every request and every error."""
    server: Server = request.getfixturevalue(request.param)
    context = chromium.new_context(viewport={"width": 820, "height": 1000})
    page = context.new_page()
    away: list[str] = []
    broken: list[str] = []
    page.on("request", lambda request: away.append(request.url) if _leaves(request.url) else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(server.address)
    expect(page.get_by_role("button", name=QUIET_WEEK)).to_be_visible(timeout=30_000)
    yield page
    context.close()
    assert not away, "requests left the host"
    assert not broken


def _leaves(url: str) -> bool:
    return urlparse(url).scheme not in ("data", "blob") and urlparse(url).hostname != "127.0.0.1"


def choose(page: Page, says: str) -> None:
    """Make the choice that begins so, and go on."""
    page.get_by_role("button", name=says).click()
    page.get_by_role("button", name="Go on").click()


def test_a_visitor_plays_a_scenario_to_its_debrief(page: Page) -> None:
    """Story, choice, verdict with its reason, and at the end a grade with both paths."""
    page.get_by_role("button", name=QUIET_WEEK).click()
    expect(page.get_by_text("Half past six.")).to_be_visible()

    page.get_by_role("button", name="Send Mr Outram two lines of thanks").click()
    card = page.locator(".pp-feedback")
    expect(card.get_by_role("heading")).to_contain_text("Pesky")
    expect(card).to_contain_text("Give them until Tuesday 10 March, 11:00")
    expect(card).to_contain_text("0 of 100 credit · standing 60 → 30")
    page.get_by_role("button", name="Go on").click()

    choose(page, "Leave it until the week is over")
    choose(page, "Say nothing yet")
    choose(page, "Put the phone away")
    choose(page, "Ring once")
    choose(page, "Say who she is")
    debrief = page.locator(".pp-debrief")
    expect(debrief.get_by_role("heading", name="How it ends")).to_be_visible()
    expect(debrief.get_by_text("70 of 100")).to_be_visible()
    expect(debrief.get_by_role("heading", name="The best path")).to_be_visible()

    page.get_by_role("button", name="← All scenarios").click()
    expect(page.get_by_text("best grade 70")).to_be_visible()


def test_nagging_twice_is_the_end(page: Page) -> None:
    """At a standing of 0 the résumé goes into the bin."""
    page.get_by_role("button", name=QUIET_WEEK).click()
    choose(page, "Look Mr Outram up on Facebook")
    choose(page, "Ring the bakery before the weekend")
    expect(page.get_by_role("heading", name="The résumé goes into the bin")).to_be_visible()


def test_a_scenario_can_be_played_again(page: Page) -> None:
    page.get_by_role("button", name="Three names by Monday").click()
    expect(page.get_by_text("On the tram home")).to_be_visible()
    first = page.locator(".pp-choice").all_inner_texts()
    choose(page, "Write the email now")
    choose(page, "Leave her to her kitchen")
    page.get_by_role("button", name="Play again").click()
    expect(page.get_by_text("On the tram home")).to_be_visible()
    assert sorted(page.locator(".pp-choice").all_inner_texts()) == sorted(first)


def test_the_whole_of_it_by_keyboard_alone(page: Page) -> None:
    """Tab to a scenario, play it with Tab and Enter; the focus goes where the eye should go."""
    page.keyboard.press("Tab")
    tab_to(page, "Three names by Monday")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Friday 17:20")).to_be_focused()
    for says in ("Write the email now", "Leave her to her kitchen"):
        tab_to(page, says)
        page.keyboard.press("Enter")
        expect(page.locator(".pp-feedback h3")).to_be_focused()
        tab_to(page, "Go on")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How it ends")).to_be_focused()
    tab_to(page, "Play again")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Friday 17:20")).to_be_focused()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until a button that begins so has the focus."""
    for _ in range(60):
        if page.evaluate("document.activeElement.textContent").strip().startswith(name):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {name!r}")


def test_a_screen_reader_hears_each_verdict_from_one_polite_region(page: Page) -> None:
    page.get_by_role("button", name=QUIET_WEEK).click()
    expect(page.get_by_role("status")).to_have_count(1)
    page.get_by_role("button", name="Put the phone in a drawer").click()
    expect(page.get_by_role("status")).to_have_text("Patient, credit 100.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("status")).to_have_text("Standing 60 of 100.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 820, 1440])
def test_every_state_is_accessible_and_fits(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    """axe-core finds nothing, and nothing is wider than the screen, in any state, at any size, light or dark."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(26, 25, 23)") == (scheme == "dark")
    examine(page)
    page.get_by_role("button", name="Three names by Monday").click()
    expect(page.get_by_text("On the tram home")).to_be_visible()
    examine(page)
    page.get_by_role("button", name="First thank her").click()
    expect(page.locator(".pp-feedback")).to_be_visible()
    examine(page)
    page.get_by_role("button", name="Go on").click()
    choose(page, "Send the list at once")
    page.get_by_text("The story so far").click()
    examine(page)
    choose(page, "Send the list again")
    expect(page.locator(".pp-debrief")).to_be_visible()
    examine(page)


def examine(page: Page) -> None:
    """Hold the present state of the page against axe-core, the width of the screen, and its own neighbours."""
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
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
    assert covered == 0, "something lies on top of something else"


def test_stock_voila_serves_it_too(chromium: Browser) -> None:
    """`voila notebooks/app.ipynb`, with nothing of ours but the notebook."""
    port = free_port()
    command = [sys.executable, "-m", "voila", "notebooks/app.ipynb", "--no-browser", f"--port={port}"]
    server = Server(command, "Voilà is running at", f"http://127.0.0.1:{port}/")
    page = chromium.new_page()
    try:
        page.goto(server.address)
        page.get_by_role("button", name=QUIET_WEEK).click(timeout=30_000)
        page.get_by_role("button", name="Put the phone in a drawer").click()
        expect(page.locator(".pp-feedback h3")).to_contain_text("Patient")
    finally:
        page.close()
        server.stop()


def test_jupyterlab_plays_the_same_views(chromium: Browser, tmp_path: Path) -> None:
    """`notebooks/scenarios.ipynb` in JupyterLab: run all, choose, and be judged."""
    port = free_port()
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", f"--port={port}"]
    command += ["--IdentityProvider.token=", f"--LabApp.workspaces_dir={tmp_path}", f"--notebook-dir={ROOT}"]
    server = Server(command, "is running at", f"http://127.0.0.1:{port}/")
    page = chromium.new_page(viewport={"width": 1440, "height": 1000})
    try:
        page.goto(f"{server.address}lab/tree/notebooks/scenarios.ipynb?reset")
        page.get_by_role("paragraph").filter(has_text="Maryam has had her interview").wait_for(timeout=60_000)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)  # sooner, nothing runs
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        player = page.locator(".pp-player").first
        player.get_by_role("button", name="Put the phone in a drawer").click(timeout=60_000)
        expect(player.locator(".pp-feedback h3")).to_contain_text("Patient")
        expect(page.get_by_text("You emailed 20 hours ago; give them until").first).to_be_visible()
        light, dark = "rgb(37, 34, 29)", "rgb(236, 230, 218)"
        expect(player).to_have_css("color", light)
        page.evaluate("document.body.dataset.jpThemeLight = 'false'")
        expect(player).to_have_css("color", dark)
    finally:
        page.close()
        server.stop()
