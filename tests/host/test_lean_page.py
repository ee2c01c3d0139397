"""The lean page in a real browser: something to read at once, a takeover without a jump, and what happens when the
connection or the server goes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import People, Server, arrive, free_port
from tests.host.guest import eventually
from tests.views.test_stories_page import choose, examine_at

pytestmark = pytest.mark.slow

SOCKETS = (
    "window.sockets = []; const Real = WebSocket;"
    "window.WebSocket = class extends Real { constructor(...given) { super(...given); sockets.push(this); } };"
)
"""Has a page remember its websockets, so that the last of them can be cut."""
QUIET_WEEK = "The quiet week"
LIVE = "#soon"  # there as long as the page is not live

# The tree of elements and classes, without what differs from one session to the next.
TREE = """
(root) => {
  const told = (element) => {
    const classes = [...element.classList].sort().join(".");
    const inside = [...element.children].filter((each) => each.tagName !== "STYLE");
    return [`${element.tagName}.${classes}`, ...inside.map(told)];
  };
  return told(document.querySelector(root));
}
"""
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((each) => each.value)))
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def lean_server() -> Iterator[Server]:
    """A server of this module's own, which is full of its visitors alone."""
    server = Server(*serving(free_port()))
    yield server
    server.stop()


def serving(port: int, *more: str) -> tuple[list[str], str, str]:
    """How a lean server is started on this port."""
    command = [sys.executable, "-m", "etiquette", "serve", "--no-open", f"--port={port}", *more]
    return command, "Voilà is running at", f"http://127.0.0.1:{port}/"


def held_back(page: Page, server: Server) -> None:
    """Open the page without the script that makes it live."""
    page.route("**/page-*.js", lambda route: None)
    page.goto(server.address, wait_until="commit")
    expect(page.get_by_role("button", name=QUIET_WEEK)).to_be_visible()


def let_go(page: Page) -> None:
    """Let the script come after all."""
    page.unroute("**/page-*.js")


def test_the_first_story_can_be_read_without_any_script(people: People, lean_server: Server) -> None:
    page = people.come(java_script_enabled=False).new_page()
    page.goto(lean_server.address, wait_until="commit")
    expect(page.get_by_role("heading", name="Persistent or Pesky?")).to_be_visible()
    expect(page.get_by_role("button", name=QUIET_WEEK)).to_be_visible()
    expect(page.get_by_text("Payroll clerk, Hallam Foods, Sheffield")).to_be_visible()


def test_what_is_seen_first_is_what_comes_to_life(visitor: BrowserContext, lean_server: Server) -> None:
    """The same elements with the same classes, so that one style sheet draws both alike."""
    page = visitor.new_page()
    held_back(page, lean_server)
    before = page.evaluate(TREE, ".pp-chooser")
    let_go(page)
    expect(page.locator(LIVE)).to_have_count(0)
    assert page.evaluate(TREE, ".pp-chooser") == before


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_jumps_when_the_page_comes_to_life(visitor: BrowserContext, lean_server: Server, width: int) -> None:
    page = visitor.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    held_back(page, lean_server)
    places = [page.get_by_role("button").nth(number).bounding_box() for number in range(12)]
    let_go(page)
    expect(page.locator(LIVE)).to_have_count(0)
    assert [page.get_by_role("button").nth(number).bounding_box() for number in range(12)] == places
    assert sum(page.evaluate("() => window.shifts")) < 0.001


@pytest.mark.parametrize("way", ["mouse", "Enter", "Space"])
def test_a_click_before_the_page_is_live_is_kept_and_said_to_be(
    visitor: BrowserContext, lean_server: Server, way: str
) -> None:
    page = visitor.new_page()
    held_back(page, lean_server)
    button = page.get_by_role("button", name=QUIET_WEEK)
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description("One moment: the page is getting ready …")
    button.click(force=True) if way == "mouse" else button.press(way)
    expect(page.get_by_role("status").first).to_have_text("Noted. It will be done as soon as the page is ready.")
    let_go(page)
    expect(page.get_by_text("Half past six.")).to_be_visible()


def test_a_click_before_the_page_is_live_is_on_its_way_at_once(visitor: BrowserContext, lean_server: Server) -> None:
    """It does not wait for the script, is sent once, and what comes of it is not lost: the story has the focus."""
    page = visitor.new_page()
    clicks: list[bytes | str] = []

    def is_click(sent: bytes | str) -> bool:
        return b'"event":"click"' in (sent if isinstance(sent, bytes) else sent.encode())

    with page.expect_websocket() as socket:
        held_back(page, lean_server)
    socket.value.on("framesent", lambda sent: clicks.append(sent) if is_click(sent) else None)
    with socket.value.expect_event("framesent", is_click):
        page.get_by_role("button", name=QUIET_WEEK).click(force=True)
    let_go(page)
    expect(page.locator("[id^=pp-story]")).to_be_focused()
    assert len(clicks) == 1


def test_of_several_clicks_the_last_one_counts(visitor: BrowserContext, lean_server: Server) -> None:
    """Each of them would have led somewhere else."""
    page = visitor.new_page()
    held_back(page, lean_server)
    page.get_by_role("button", name="Your draft").click(force=True)
    page.get_by_role("button", name=QUIET_WEEK).click(force=True)
    let_go(page)
    expect(page.get_by_text("Half past six.")).to_be_visible()


def test_the_keyboard_stays_where_it_was(visitor: BrowserContext, lean_server: Server) -> None:
    page = visitor.new_page()
    held_back(page, lean_server)
    page.get_by_role("button", name=QUIET_WEEK).focus()
    let_go(page)
    expect(page.locator(LIVE)).to_have_count(0)
    expect(page.get_by_role("button", name=QUIET_WEEK)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Half past six.")).to_be_visible()


def test_the_page_is_accessible_before_it_is_live(visitor: BrowserContext, lean_server: Server) -> None:
    page = visitor.new_page()
    held_back(page, lean_server)
    examine_at(page, 360)


def test_the_page_is_accessible_when_its_connection_is_gone(visitor: BrowserContext, lean_server: Server) -> None:
    page = arrive(visitor, lean_server.address)
    visitor.set_offline(True)
    page.evaluate("() => dispatchEvent(new Event('offline'))")
    expect(page.locator("#offline")).to_be_visible()
    examine_at(page, 360)
    page.evaluate("() => { document.getElementById('gone').hidden = false; }")
    examine_at(page, 360)


def test_a_page_weighs_little(visitor: BrowserContext, lean_server: Server) -> None:
    """A tenth of a megabyte in all, as it travels; stock Voilà sends five."""
    page = visitor.new_page()
    session = visitor.new_cdp_session(page)
    session.send("Network.enable")
    weights: list[float] = []
    session.on("Network.loadingFinished", lambda told: weights.append(told["encodedDataLength"]))
    page.goto(lean_server.address)
    expect(page.locator(LIVE)).to_have_count(0)
    assert len(weights) >= 4
    assert sum(weights) < 100_000


def test_a_page_asks_for_little(visitor: BrowserContext, lean_server: Server) -> None:
    """Four files and a websocket, compressed, kept by the browser; the second visit asks for the page alone."""
    page = visitor.new_page()
    asked: list[str] = []
    kept: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
    page.on("response", lambda response: kept.append(response.header_value("cache-control") or ""))
    page.goto(lean_server.address)
    expect(page.locator(LIVE)).to_have_count(0)
    assert len(asked) == 4
    assert sum("immutable" in each for each in kept) == 3


def test_a_break_of_the_connection_is_said_and_nothing_is_lost(visitor: BrowserContext, lean_server: Server) -> None:
    """What was clicked meanwhile is done when the connection is back; the page is where it was."""
    page = visitor.new_page()
    page.add_init_script(SOCKETS)
    page.goto(lean_server.address)
    expect(page.locator(LIVE)).to_have_count(0)
    page.get_by_role("button", name=QUIET_WEEK).click()
    expect(page.get_by_text("Half past six.")).to_be_visible()
    visitor.set_offline(True)
    page.evaluate("() => sockets.at(-1).close()")
    expect(page.locator("#offline")).to_be_visible()
    page.get_by_role("button", name="Look Mr Outram up").click()
    visitor.set_offline(False)
    expect(page.locator(".pp-feedback")).to_be_visible()
    expect(page.locator("#offline")).to_be_hidden()
    page.get_by_role("button", name="Go on").click()
    choose(page, "Ring the bakery")
    expect(page.locator(".pp-debrief")).to_be_visible()


def test_a_server_that_began_anew_costs_one_click(visitor: BrowserContext) -> None:
    """One sentence and one button, which has the keyboard; then the story goes on where it was."""
    port = free_port()
    server = Server(*serving(port))
    try:
        page = arrive(visitor, server.address)
        page.get_by_role("button", name=QUIET_WEEK).click()
        page.get_by_role("button", name="Look Mr Outram up").click()
        expect(page.locator(".pp-feedback")).to_be_visible()
        server.kill()
        expect(page.locator("#offline")).to_be_visible()
        server = Server(*serving(port))
        expect(page.get_by_text("Your progress is safe.")).to_be_visible()
        expect(page.get_by_role("button", name="Carry on")).to_be_focused()
        page.keyboard.press("Enter")
        choose(page, "Ring the bakery")
        expect(page.locator(".pp-debrief")).to_be_visible()
    finally:
        server.stop()


def test_a_closed_tab_gives_its_place_back(visitor: BrowserContext, lean_server: Server) -> None:
    page = arrive(visitor, lean_server.address)
    (number,) = re.findall(r"Visitor (\d+) is here", [line for line in lean_server.output if "is here" in line][-1])
    page.close(run_before_unload=False)
    eventually(lambda: any(f"Visitor {number} has left" in line for line in lean_server.output), within=10)
