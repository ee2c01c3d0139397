"""The page in the memory of a browser: without a connection, after a change of the folder, and as an app."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page, expect

from etiquette.judge import ARTICLE, policies
from etiquette.site import write_site
from tests.conftest import People, arrive
from tests.host.guest import eventually
from tests.site.static_server import StaticServer, serving_files
from tests.views.test_stories_page import QUIET_WEEK, choose

pytestmark = pytest.mark.slow

KEPT = "caches.open(location.href).then((cache) => cache.keys()).then((requests) => requests.map(({ url }) => url))"

NEW_VERSION = "[role=status]:has-text('There’s a new version of this page.')"

DAMAGE = """async () => {
  const cache = await caches.open(location.href);
  const { url } = (await cache.keys()).find(({ url }) => url.includes("/snapshot-"));
  const whole = await (await cache.match(url)).blob();
  await cache.put(url, new Response(whole.slice(0, 65536)));
}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The page's folder, with the article's policy."""
    write_site(tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def server(folder: Path) -> Iterator[StaticServer]:
    with serving_files(folder) as server:
        yield server


def first_visit(visitor: BrowserContext, server: StaticServer) -> Page:
    """The page, live, as soon as the browser has kept it."""
    page = arrive(visitor, server.address)
    page.wait_for_function("navigator.serviceWorker.controller")
    return page


def test_a_damaged_copy_is_noticed_and_loaded_again_by_one_key(visitor: BrowserContext, server: StaticServer) -> None:
    """Firefox kept half of a file when the page was left at a bad moment; the page never came to life again."""
    page = first_visit(visitor, server)
    page.evaluate(DAMAGE)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("the page has stopped. Your progress is safe.")
    expect(page.get_by_role("button", name="Load it again")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#soon")).to_have_count(0, timeout=60_000)


def test_who_has_been_there_once_needs_no_connection(
    folder: Path, server: StaticServer, people: People, tmp_path: Path
) -> None:
    """To play a story, and to save a plan as a calendar file. No large file has been sent twice for it."""
    visitor = people.come(timezone_id="Europe/London")
    first_visit(visitor, server).close()
    for path in chain(folder.rglob("static/*.br"), folder.rglob("static/*.zip")):
        assert server.bytes_sent(f"/static/{path.name}") == path.stat().st_size
    server.stop()

    page = arrive(visitor, server.address)
    page.get_by_role("button", name=QUIET_WEEK).click()
    choose(page, "Put the phone in a drawer")
    expect(page.get_by_role("status")).to_have_text("Standing 60 out of 100.")

    page.get_by_role("link", name="My interview").click()
    expect(page.get_by_label("Their city or country")).to_have_value("London")
    page.get_by_label("The day of the interview").fill((date.today() - timedelta(days=1)).isoformat())
    page.get_by_label("The time it ended").fill("11:00")
    for button, then in (("Next", "What did they say?"), ("Next", "What has happened"), ("Make my plan", "Your plan")):
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("heading", name=then)).to_be_focused()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save to my calendar").click()
    saved.value.save_as(tmp_path / "plan.ics")
    assert Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")


def test_a_new_version_is_announced_and_replaces_the_old_one_when_asked_to(
    folder: Path, server: StaticServer, visitor: BrowserContext
) -> None:
    """In each tab. Its files are there by then. Those that the old one alone needed go."""
    other = first_visit(visitor, server)
    first = set(other.evaluate(KEPT))
    taught = policies()["thanks-within-a-day"]
    write_site(folder, taught)

    page = arrive(visitor, server.address)
    expect(page.locator(NEW_VERSION)).to_be_visible()
    server.stop()
    for tab in (page, other):
        expect(tab.get_by_text(taught.title)).to_have_count(0)
        tab.locator(NEW_VERSION).get_by_role("button", name="Use it now").click()
        expect(tab.get_by_text(taught.title)).to_be_visible()
        expect(tab.locator("#soon")).to_have_count(0)
        expect(tab.locator(NEW_VERSION)).to_be_hidden()
    gone = eventually(lambda: first - set(page.evaluate(KEPT)))
    assert {url.partition("?")[0] for url in gone} == {f"{server.address}{page}.html" for page in ("index", "trainers")}


def test_a_folder_that_is_written_again_is_no_new_version(folder: Path) -> None:
    before = (folder / "sw.js").read_bytes()
    write_site(folder)
    assert (folder / "sw.js").read_bytes() == before


def test_browsers_offer_to_install_the_page(server: StaticServer, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(server.address)
    browser = visitor.new_cdp_session(page)
    assert browser.send("Page.getAppManifest")["errors"] == []
    errors = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {each["errorId"] for each in errors} <= {"in-incognito"}  # a test's browser remembers nothing


def test_a_page_that_cannot_be_installed_has_nothing_of_all_this(tmp_path: Path) -> None:
    """As in a learning platform."""
    write_site(tmp_path, ARTICLE, installable=False)
    assert {path.name for path in tmp_path.iterdir()} == {
        "index.html",
        "index.html.gz",
        "trainers.html",
        "quiz",
        "static",
    }
    assert "manifest" not in (tmp_path / "index.html").read_text(encoding="utf-8")
