"""The lean page's connection to its kernel, in a real browser: what becomes of what is said while it breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import Server
from tests.host.test_lean_widgets import serving

pytestmark = pytest.mark.slow

QUIET_WEEK = "The quiet week"
SEEN_DEAD_AFTER = 11_000  # milliseconds, in which nothing at all was heard

# Websockets that can be made to fail in the ways that real ones do. `line.up` false: what is sent gets lost, and so
# does what comes in, without anybody being told. `line.busy` true: of what comes in, only that the kernel is busy;
# `line.deaf` true: nothing of it.
LINE = """
window.line = { up: true, busy: false, deaf: false, all: [], said: [], lost: [] };
const Real = WebSocket;
const text = (data) => new TextDecoder().decode(data);
window.WebSocket = class extends Real {
  constructor(...given) {
    super(...given);
    line.all.push(this);
    this.dead = false;
  }
  send(data) {
    this.dead ||= !line.up;
    if (this.dead) return;
    line.said.push(text(data));
    super.send(data);
  }
  set onmessage(heard) {
    super.onmessage = (event) => {
      this.dead ||= !line.up;
      if (line.deaf) return line.lost.push(text(event.data));
      if (this.dead || (line.busy && !text(event.data).includes('"execution_state": "busy"'))) return;
      heard(event);
    };
  }
};
"""


COUNTS = """
from ipywidgets import Button

def count(button):
    button.description = f"clicked {int(button.description.split()[1]) + 1} times"

button = Button(description="clicked 0 times")
button.on_click(count)
button
"""


@pytest.fixture
def page(visitor: BrowserContext, page_server: Server) -> Page:
    """A live page on such a line, in the middle of a story. Its clock can be put forward."""
    page = visitor.new_page()
    page.add_init_script(LINE)
    page.clock.install()
    page.goto(page_server.address)
    page.get_by_role("button", name=QUIET_WEEK).click()
    expect(page.get_by_text("Half past six.")).to_be_visible()
    return page


def sockets(page: Page) -> int:
    count: int = page.evaluate("() => line.all.length")
    return count


def test_answers_that_got_lost_are_asked_for_again(page: Page) -> None:
    """The kernel heard the click, and what it made of it never arrived: new widgets, changed ones, closed ones."""
    page.evaluate("() => { line.busy = true; }")
    page.get_by_role("button", name="Look Mr Outram up").click()
    page.wait_for_function("() => line.said.at(-1).includes('click')")
    expect(page.locator(".pp-feedback")).to_have_count(0)
    page.evaluate("() => { line.busy = false; line.all.at(-1).close(); }")
    expect(page.locator(".pp-feedback")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Ring the bakery").click()
    expect(page.locator(".pp-feedback")).to_contain_text("Pesky")


def test_a_click_of_which_nothing_was_heard_is_not_done_twice(visitor: BrowserContext, tmp_path: Path) -> None:
    """The kernel heard it, but all that it said was lost: the page has to send it again, not knowing."""
    page = visitor.new_page()
    page.add_init_script(LINE)
    with serving(tmp_path, COUNTS) as server:
        page.goto(server.address)
        page.get_by_role("button", name="clicked 0 times").click()
        button = page.get_by_role("button", name="clicked 1 times")
        expect(button).to_be_visible()
        page.evaluate("() => { line.deaf = true; }")
        button.click()
        page.wait_for_function("() => line.lost.at(-1)?.includes('idle')")
        page.evaluate("() => { line.deaf = false; line.all.at(-1).close(); }")
        page.get_by_role("button", name="clicked 2 times").click()
        expect(page.get_by_role("button", name="clicked 3 times")).to_be_visible()


def test_a_connection_that_is_dead_without_a_word_is_noticed(page: Page) -> None:
    """As on a telephone that changed its network: the click goes into nothing, and is done once there is a line."""
    page.evaluate("() => { line.up = false; }")
    page.get_by_role("button", name="Look Mr Outram up").click()
    page.wait_for_function("() => line.all.at(-1).dead")
    page.evaluate("() => { line.up = true; }")
    page.clock.fast_forward(SEEN_DEAD_AFTER)
    expect(page.locator(".pp-feedback")).to_be_visible()
    assert sockets(page) == 2
    expect(page.locator("#offline")).to_be_hidden()


def test_a_page_that_is_looked_at_again_sees_whether_it_is_still_connected(page: Page) -> None:
    page.evaluate("() => { line.up = false; document.dispatchEvent(new Event('visibilitychange')); }")
    page.wait_for_function("() => line.all.at(-1).dead")
    page.evaluate("() => { line.up = true; }")
    page.clock.fast_forward(SEEN_DEAD_AFTER)
    page.wait_for_function("() => line.all.length === 2")
    page.get_by_role("button", name="Look Mr Outram up").click()
    expect(page.locator(".pp-feedback")).to_be_visible()


def test_a_quiet_page_is_left_alone(page: Page) -> None:
    """Nothing is asked of the server while a learner reads."""
    page.evaluate("() => { line.said.length = 0; }")
    page.clock.fast_forward(10 * SEEN_DEAD_AFTER)
    assert page.evaluate("() => line.said") == []
    assert sockets(page) == 1


def test_a_kernel_that_began_anew_has_forgotten_the_page(page: Page) -> None:
    """Another host may start a kernel again by itself; the widgets of this page are gone all the same."""
    page.evaluate(
        """() => {
          const parts = ["iopub", { msg_type: "status" }, {}, {}, { execution_state: "restarting" }];
          const bytes = parts.map((part) => typeof part === "string" ? part : JSON.stringify(part));
          let offset = 8 * (2 + bytes.length);
          const offsets = [offset, ...bytes.map((each) => (offset += each.length))];
          const head = new BigUint64Array([offsets.length, ...offsets].map(BigInt));
          const data = new Uint8Array([...new Uint8Array(head.buffer), ...new TextEncoder().encode(bytes.join(""))]);
          line.all.at(-1).dispatchEvent(new MessageEvent("message", { data: data.buffer }));
        }"""
    )
    expect(page.get_by_role("button", name="Carry on")).to_be_focused()


def test_a_page_without_https_works_too(visitor: BrowserContext, page_server: Server) -> None:
    """In a room, phones reach a laptop by its address, and browsers keep some of what they can from such pages."""
    page = visitor.new_page()
    page.add_init_script("delete Crypto.prototype.randomUUID; delete Crypto.prototype.subtle;")
    page.goto(page_server.address)
    page.get_by_role("button", name=QUIET_WEEK).click()
    expect(page.get_by_text("Half past six.")).to_be_visible()
