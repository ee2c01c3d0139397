"""My interview in a real browser, with the clock stopped on a day in March."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, Route, expect

from tests.conftest import People, Server, arrive
from tests.host.serving import serving_cells
from tests.views.test_stories_page import examine_at, tab_to

pytestmark = pytest.mark.slow

TITLE = "from ipywidgets import HTML\nHTML('<h1>A page</h1><h2>A part of it</h2>')"
everywhere = pytest.mark.parametrize("page", ["follow_up_server", "site"], indirect=True)
NOW = datetime(2026, 3, 11, 9, tzinfo=UTC)
STOPPED_CLOCK = f"""
from datetime import datetime
from etiquette.views import FollowUp
FollowUp(clock=lambda: datetime.fromisoformat("{NOW}"))
"""


@pytest.fixture(scope="module")
def follow_up_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The view, at 9 a.m. on Wednesday 11 March 2026."""
    with serving_cells(tmp_path_factory.mktemp("follow-up"), TITLE, STOPPED_CLOCK) as server:
        yield server


@pytest.fixture
def page(request: pytest.FixtureRequest, people: People) -> Page:
    """The page, open and ready to use, in a browser in London.

    It is a server's or, for a test that asks for it, the one that runs in the browser, where the clock is stopped too.
    """
    visitor = people.come(timezone_id="Europe/London", locale="en-GB", service_workers="block")  # they'd know no routes
    server: Server = request.getfixturevalue(getattr(request, "param", "follow_up_server"))
    visitor.route("**/worker-*.js", stop_clock)
    page = arrive(visitor, f"{server.address}#my-interview/plan")
    expect(page.get_by_label("Their city or country")).to_have_value("London")
    return page


def stop_clock(route: Route) -> None:
    """Have a page's worker begin with a stopped clock."""
    script = route.fetch()
    route.fulfill(response=script, body=f"Date.now = () => {1_000 * NOW.timestamp()};{script.text()}")


def enter(page: Page, label: str, keys: str) -> None:
    """Press Tab until a field has the focus, and type."""
    tab_to(page, label)
    page.keyboard.type(keys)


def press(page: Page, button: str, then: str) -> None:
    """Press Tab until a button has the focus, then Enter; the heading `then` takes the focus."""
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=then)).to_be_focused()


@everywhere
def test_from_the_form_to_the_calendar_file_by_keyboard_alone(page: Page, tmp_path: Path) -> None:
    """Tab, letters and Enter suffice to fill in the form, read the plan, check an email, and save the dates."""
    enter(page, "The job", "payroll clerk")
    enter(page, "The employer", "Hallam Foods")
    enter(page, "The day of the interview", "03032026")
    enter(page, "The time it ended", "11:00")
    press(page, "Next", "What did they say?")
    enter(page, "Did they ask for your references?", "They asked")
    press(page, "Next", "What has happened since?")
    press(page, "Add what happened", "Number 1")
    enter(page, "1. What happened", "I sent or confirmed my")
    enter(page, "1. Date", "03032026")
    expect(page.get_by_text("Tuesday 3 March 2026")).to_be_visible()
    enter(page, "1. Time", "14:00")
    press(page, "Make my plan", "Your plan")

    expect(page.get_by_role("status")).to_have_text("Your plan. Now: Thank them by email.")
    now = page.locator(".pp-plan .pp-card").first
    expect(now).to_contain_text("Persistent Thank them by email")
    tab_to(page, "Suggested wording")
    page.keyboard.press("Enter")
    expect(now).to_contain_text("on 3 March about the payroll clerk role")
    press(page, "Check my thank-you email", "Your draft")
    expect(page.get_by_label("Your draft")).to_have_value(re.compile("payroll clerk role"))
    expect(page.get_by_role("listitem").filter(has_text="Now")).to_contain_text("Wed 11 March 2026, 09:00")

    tab_to(page, "Save to my calendar")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename == "follow-up-2026-03-03.ics"
    saved.value.save_as(tmp_path / "plan.ics")
    events = Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [
        datetime(2026, 3, 11, 9, tzinfo=UTC),
        datetime(2026, 3, 13, 9, tzinfo=UTC),
    ]


@everywhere
def test_everything_comes_back_after_a_reload_until_it_is_cleared(page: Page) -> None:
    page.get_by_label("The employer").fill("Hallam Foods")
    page.get_by_label("The day of the interview").fill("2026-03-03")
    page.get_by_label("The time it ended").fill("11:00")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("When did they say").fill("early next week")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Add what happened").click()
    page.get_by_role("button", name="1. Just now").click()
    expect(page.get_by_label("1. Time")).to_have_value("09:00")

    page.reload()
    expect(page.get_by_label("1. Time")).to_have_value("09:00")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("When did they say")).to_have_value("early next week")
    expect(page.get_by_text("as Wednesday 11 March")).to_be_visible()

    page.get_by_role("button", name="Clear everything").click()
    expect(page.get_by_role("heading", name="Clear everything?")).to_be_focused()
    page.get_by_role("button", name="Yes, clear it").click()
    expect(page.get_by_role("status")).to_contain_text("Everything has been cleared.")
    page.reload()
    expect(page.get_by_label("Their city or country")).to_have_value("London")
    expect(page.get_by_label("The employer")).to_have_value("")


def test_a_megabyte_in_a_field_is_refused_but_not_deleted(page: Page) -> None:
    page.get_by_label("The day of the interview").fill("2026-03-03")
    page.get_by_label("The time it ended").fill("11:00")
    page.get_by_label("The employer").fill("<b>x</b>" * 131_072)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("1,048,576 characters long.").first).to_be_visible()
    assert len(page.get_by_label("The employer").input_value()) == 1_048_576


def test_every_state_is_accessible_and_fits_the_screen(page: Page) -> None:
    """Each step, with problems and with all its fields; the plan, with all its words open and a draft."""
    examine_at(page, 320, 1440)
    page.get_by_role("button", name="Change these answers").click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="2 things to put right")).to_be_focused()
    examine_at(page, 320, 1440)
    page.get_by_label("The job").fill("x" * 120)
    page.get_by_label("The employer").fill("Hallam Foods")
    page.get_by_label("The day of the interview").fill("2026-03-03")
    page.get_by_label("The time it ended").fill("11:00")
    page.get_by_label("Their city or country").fill("New York")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("When did they say").fill("in two to three weeks")
    page.get_by_label("Did they ask for your references").select_option(label="They asked me to send them")
    page.get_by_label("Have your referees agreed").select_option(label="Some have agreed, and I’m waiting for the rest")
    page.get_by_label("When do you expect").fill("2026-03-13")
    examine_at(page, 320, 1440)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Add what happened").click()
    page.get_by_label("1. What happened").select_option(label="They said when I’d hear, or gave a new date")
    page.get_by_label("1. Date").fill("2026-03-05")
    page.get_by_label("1. What they said").fill("by 20 March")
    page.get_by_role("button", name="Add what happened").click()
    examine_at(page, 320, 1440)
    page.get_by_role("button", name="Remove number 2").click()
    page.get_by_role("button", name="Clear everything").click()
    page.get_by_role("button", name="Make my plan").click()
    expect(page.get_by_role("heading", name="Your plan")).to_be_focused()
    for words in page.locator(".pp-plan summary").all():
        words.click()
    page.get_by_role("button", name="Check my voicemail").click()
    expect(page.get_by_label("Your draft")).to_be_visible()
    examine_at(page, 320, 1440)
