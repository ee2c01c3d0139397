"""The page without a server in a real browser. The tests of `tests/views` and `tests/host` that are to hold
`everywhere` are about it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from etiquette.files import library_files
from etiquette.stories import library
from tests.conftest import People, Server, a_site, arrive
from tests.views.test_course_page import REFERENCES, open_part
from tests.views.test_stories_page import choose, examine_at

pytestmark = pytest.mark.slow

QUIET_WEEK = library()["the-quiet-week"].title
SNAPSHOT, MODULES = "**/snapshot-*", "**/modules-*"
DRAFT = "Dear Ms Okafor, thank you for the hour. Did I get the clerk job? Hannah Pryce"


def test_every_part_works_is_accessible_and_fits_a_small_screen(people: People, site: Server) -> None:
    """The snapshot has all that is needed until a plan is made: the other modules, which come late, are not waited for.

    No view reads a file that is not there: Python would complain on the console, which must not happen.
    """
    late: list[Route] = []
    visitor = people.come(viewport={"width": 320, "height": 640}, timezone_id="Europe/London")
    visitor.route(MODULES, lambda route: late.append(route))
    page = arrive(visitor, site.address)
    examine_at(page, 320)
    open_part(page, REFERENCES)
    expect(page.locator(".pp-lesson .pp-quiz .pp-choice").first).to_be_visible()
    examine_at(page, 320)
    open_part(page, "Stories")
    page.locator(".pp-stories").get_by_role("link", name=QUIET_WEEK).click()
    choose(page, "Send Mr Outram two lines")
    choose(page, "Leave it until the whole week")
    choose(page, "Thank Mr Outram for his time")
    expect(page.locator(".pp-debrief")).to_be_visible()
    examine_at(page, 320)
    open_part(page, "Quiz")
    page.get_by_role("button", name="Practise with 5 questions").click()
    page.locator(".pp-choice").first.click()
    page.get_by_role("button", name="Sure", exact=True).click()
    expect(page.locator(".pp-quiz .pp-feedback")).to_be_visible()
    examine_at(page, 320)
    open_part(page, "Draft")
    page.get_by_role("textbox", name="Your draft").fill(DRAFT)
    page.get_by_role("button", name="Check my draft").click()
    expect(page.locator("mark.pp-bad").first).to_contain_text("Did I get")
    examine_at(page, 320)
    open_part(page, "Workshop")
    expect(page.get_by_text("open the link your facilitator sent you")).to_be_visible()
    examine_at(page, 320)
    assert [route.request.resource_type for route in late] == ["fetch"]
    late[0].continue_()
    open_part(page, "My interview")
    page.get_by_label("The day of the interview").fill("2026-03-03")
    page.get_by_label("The time it ended").fill("11:00")
    for heading in ("What did they say?", "What has happened since?"):
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_role("heading", name=heading)).to_be_focused()
    page.get_by_role("button", name="Make my plan").click()
    expect(page.get_by_role("link", name="Save to my calendar")).to_be_visible()
    examine_at(page, 320)


def test_what_needs_a_module_that_is_not_there_yet_waits_for_it(people: People, site: Server) -> None:
    """A link to the plan, which knows where the learner is: of Europe's time zones, the snapshot has London's only."""

    def hold_back(route: Route) -> None:
        if route.request.resource_type == "xhr":
            route.continue_()

    visitor = people.come(timezone_id="Europe/Berlin")
    visitor.route(MODULES, hold_back)
    page = arrive(visitor, f"{site.address}#my-interview/plan")
    expect(page.get_by_label("Their city or country")).to_have_value("Berlin")


def test_a_click_before_the_page_is_live_is_done_when_it_is(visitor: BrowserContext, site: Server) -> None:
    page = visitor.new_page()
    held: list[Route] = []
    released = False

    def hold_back(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    page.route(SNAPSHOT, hold_back)
    page.goto(site.address)
    button = page.get_by_role("button", name=QUIET_WEEK)
    expect(button).to_have_accessible_description("One moment, the page is loading …")
    button.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Got it. We’ll do that as soon as the page is ready.")
    released = True
    for route in held:
        route.continue_()
    expect(page.locator("[data-id^=pp-story]")).to_be_focused()


def test_a_page_whose_files_are_missing_says_so_and_is_loaded_again_by_one_key(
    visitor: BrowserContext, site: Server
) -> None:
    page = visitor.new_page()
    page.route(SNAPSHOT, lambda route: route.fulfill(status=404))
    page.goto(site.address)
    expect(page.get_by_role("alert")).to_contain_text("the page has stopped. Your progress is safe.")
    expect(page.get_by_role("button", name="Load it again")).to_be_focused()
    examine_at(page, 320)
    page.unroute(SNAPSHOT)
    page.keyboard.press("Enter")
    expect(page.locator("#soon")).to_have_count(0)
    page.get_by_role("button", name=QUIET_WEEK).click()
    expect(page.locator("[data-id^=pp-story]")).to_be_focused()


@pytest.mark.parametrize("lack", ["delete window.WebAssembly", "delete window.DecompressionStream"])
def test_a_browser_that_cannot_run_the_page_says_so(visitor: BrowserContext, site: Server, lack: str) -> None:
    page = visitor.new_page()
    page.add_init_script(lack)
    page.goto(site.address)
    expect(page.get_by_role("alert")).to_contain_text("Please try another browser.")
    expect(page.get_by_text("the page is loading")).to_have_count(0)
    examine_at(page, 320)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Server]:
    """The page of an office that teaches other rules, at an address that it knows."""
    rules = next(path for path in library_files("policies") if "thanks-within-a-day" in path.name)
    with a_site(tmp_path, "careers/practice", "--base-url", "/careers/practice/", "--policy", str(rules)) as server:
        yield server


def test_an_office_teaches_its_own_rules_in_a_folder_of_its_web_space(office: Server, visitor: BrowserContext) -> None:
    page = arrive(visitor, office.address)
    expect(page.get_by_text("This page teaches the rules of “Thanks within a day”")).to_be_visible()
    page.get_by_role("button", name=QUIET_WEEK).click()
    page.get_by_role("button", name="Send Mr Outram two lines").click()
    expect(page.locator(".pp-feedback h3")).to_contain_text("Persistent")
