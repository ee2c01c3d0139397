"""The lean page in a real browser: something to read at once, a takeover without a jump, what becomes of what is said
while the connection breaks or the server goes, and what it makes of widgets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from etiquette.practice import Learned, Progress
from tests.conftest import Server, arrive, everywhere, free_port
from tests.host.guest import eventually
from tests.host.serving import serving, serving_cells
from tests.views.test_stories_page import choose, examine_at

pytestmark = pytest.mark.slow

# A page's websockets, which can be made to fail in the ways that real ones do. `line.up` false: what is sent gets lost,
# and so does what comes in, without anybody being told. `line.hears` says what comes in of what does.
SOCKETS = """
window.sockets = [];
window.line = { up: true, hears: () => true, said: [], lost: [] };
const Real = WebSocket;
const text = (data) => new TextDecoder().decode(data);
window.WebSocket = class extends Real {
  constructor(...given) {
    super(...given);
    sockets.push(this);
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
      if (!this.dead && line.hears(text(event.data))) heard(event);
      else line.lost.push(text(event.data));
    };
  }
};
"""
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((each) => each.value)))
  .observe({ type: "layout-shift", buffered: true });
"""
QUIET_WEEK = "The quiet week"
READ = Progress().after(Learned(datetime(2026, 3, 2, tzinfo=UTC), "start"))
SCRIPT = "**/page-*.js"  # which makes the page live
SENT = re.compile("https?:").match  # by a server, unlike a script that the page makes itself
# The page is there to its end, and its sheet has come: until then, everything has another size.
STYLED = "() => document.getElementById('gone') && document.querySelector('link[rel=stylesheet]').sheet !== null"
LIVE = "#soon"  # there as long as the page is not live
SEEN_DEAD_AFTER = 11_000  # milliseconds, in which nothing at all was heard


@pytest.fixture
def early(visitor: BrowserContext, page_server: Server) -> Page:
    """The page without the script that makes it live, which `let_go` lets come after all."""
    page = visitor.new_page()
    page.add_init_script(SHIFTS)
    page.route(SCRIPT, lambda route: None)
    page.goto(page_server.address, wait_until="commit")
    page.wait_for_function(STYLED)
    expect(page.get_by_role("button", name=QUIET_WEEK)).to_be_visible()
    return page


def let_go(page: Page) -> None:
    page.unroute(SCRIPT)
    expect(page.locator(LIVE)).to_have_count(0)


@everywhere
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_jumps_when_the_page_comes_to_life(early: Page, width: int) -> None:
    early.set_viewport_size({"width": width, "height": 800})
    parts = early.locator(".pp-app :is(a, button, h2, h3, table)").filter(visible=True)
    places = [part.bounding_box() for part in parts.all()]
    assert len(places) > 7
    early.evaluate("() => { shifts.length = 0; }")
    let_go(early)
    assert [part.bounding_box() for part in parts.all()] == places
    assert sum(early.evaluate("() => shifts")) < 0.001


@pytest.mark.parametrize("come_for", ["a link", "more"])
def test_somebody_who_comes_for_more_than_the_welcome_does_not_see_it_first(
    visitor: BrowserContext, page_server: Server, come_for: str
) -> None:
    """Those who return learn where to go on in the same place; the doors stay where they are."""
    page = arrive(visitor, page_server.address)
    if come_for == "more":
        page.evaluate("(saved) => localStorage.setItem('etiquette:progress:1', saved)", READ.to_json())
    page = visitor.new_page()
    page.route(SCRIPT, lambda route: None)
    page.goto(page_server.address + ("#learn" if come_for == "a link" else ""), wait_until="commit")
    expect(page.get_by_role("heading", name="Welcome")).to_be_hidden()
    page.wait_for_function(
        "() => document.querySelector('#soon') && document.querySelector('link[rel=stylesheet]').sheet"
    )
    doors = page.locator(".pp-doors").bounding_box()  # only now is all of it there, and in its style
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()  # it is all there is, if nothing else comes
    let_go(page)
    expect(page.locator(".pp-lesson" if come_for == "a link" else ".pp-returning")).to_be_visible()
    if come_for == "more":
        assert page.locator(".pp-doors").bounding_box() == doors


def test_an_early_click_is_noted_and_on_its_way_at_once(visitor: BrowserContext, page_server: Server) -> None:
    """It does not wait for the script, is sent once, and what comes of it is not lost: the story has the focus."""
    page = visitor.new_page()
    clicks: list[bytes | str] = []

    def is_click(sent: bytes | str) -> bool:
        return b'"event":"click"' in (sent if isinstance(sent, bytes) else sent.encode())

    page.route(SCRIPT, lambda route: None)
    with page.expect_websocket() as socket:
        page.goto(page_server.address, wait_until="commit")
    socket.value.on("framesent", lambda sent: clicks.append(sent) if is_click(sent) else None)
    button = page.get_by_role("button", name=QUIET_WEEK)
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description("One moment, the page is loading …")
    with socket.value.expect_event("framesent", is_click):
        button.press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Got it. We’ll do that as soon as the page is ready.")
    let_go(page)
    expect(page.locator("[data-id^=pp-story]")).to_be_focused()
    assert len(clicks) == 1


@everywhere
def test_the_keyboard_stays_where_it_was(early: Page) -> None:
    early.get_by_role("button", name=QUIET_WEEK).focus()
    let_go(early)
    expect(early.get_by_role("button", name=QUIET_WEEK)).to_be_focused()
    early.keyboard.press("Enter")
    expect(early.get_by_text("Half past six.")).to_be_visible()


def test_the_page_is_accessible_before_it_is_live_and_when_its_connection_is_gone(early: Page) -> None:
    examine_at(early, 360)
    let_go(early)
    early.context.set_offline(True)
    early.evaluate("() => dispatchEvent(new Event('offline'))")
    expect(early.locator("#offline")).to_be_visible()
    examine_at(early, 360)
    early.evaluate("() => { document.getElementById('gone').hidden = false; }")
    examine_at(early, 360)


def test_a_page_weighs_and_asks_for_little(visitor: BrowserContext, page_server: Server) -> None:
    """Four files, three of which the browser keeps, and a websocket: a tenth of a megabyte in all, as it travels.

    Stock Voilà sends five.
    """
    page = visitor.new_page()
    session = visitor.new_cdp_session(page)
    session.send("Network.enable")
    weights: list[float] = []
    kept: list[bool] = []
    session.on("Network.loadingFinished", lambda told: weights.append(told["encodedDataLength"]))
    page.on("response", lambda each: kept.append("immutable" in str(each.all_headers())) if SENT(each.url) else None)
    page.goto(page_server.address)
    expect(page.locator(LIVE)).to_have_count(0)
    assert kept == [False, True, True, True]
    assert len(weights) >= len(kept)
    assert sum(weights) < 100_000


# --- when the connection breaks ---


@pytest.fixture
def page(visitor: BrowserContext, page_server: Server) -> Page:
    """A live page in the middle of a story, with sockets that can fail and a clock that can be put forward."""
    visitor.add_init_script(SOCKETS)
    visitor.clock.install()
    page = arrive(visitor, page_server.address)
    page.get_by_role("button", name=QUIET_WEEK).click()
    expect(page.get_by_text("Half past six.")).to_be_visible()
    return page


def test_a_break_of_the_connection_is_said_and_nothing_is_lost(page: Page) -> None:
    """What was clicked meanwhile is done when the connection is back; the page is where it was."""
    page.context.set_offline(True)
    page.evaluate("() => sockets.at(-1).close()")
    expect(page.locator("#offline")).to_be_visible()
    page.get_by_role("button", name="Look Mr Outram up").click()
    page.context.set_offline(False)
    expect(page.locator(".pp-feedback")).to_be_visible()
    expect(page.locator("#offline")).to_be_hidden()
    page.get_by_role("button", name="Go on").click()
    choose(page, "Call the bakery")
    expect(page.get_by_text("Tuesday again")).to_be_visible()


def test_answers_that_got_lost_are_asked_for_again(page: Page) -> None:
    """The session heard the click, and what it made of it never arrived: new widgets, changed ones, closed ones."""
    page.evaluate("() => { line.hears = () => false; }")
    page.get_by_role("button", name="Look Mr Outram up").click()
    page.wait_for_function("() => line.lost.some((each) => each.includes('idle'))")
    expect(page.locator(".pp-feedback")).to_have_count(0)
    page.evaluate("() => { line.hears = () => true; sockets.at(-1).close(); }")
    expect(page.locator(".pp-feedback")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Call the bakery").click()
    expect(page.locator(".pp-feedback")).to_contain_text("Pesky")


def test_a_connection_that_is_dead_without_a_word_is_noticed(page: Page) -> None:
    """As on a telephone that changed its network: a click goes into nothing, and is done once there is a line.

    A page that is looked at again finds out without a click.
    """
    page.evaluate("() => { line.up = false; }")
    page.get_by_role("button", name="Look Mr Outram up").click()
    page.wait_for_function("() => sockets.at(-1).dead")
    page.evaluate("() => { line.up = true; }")
    page.clock.fast_forward(SEEN_DEAD_AFTER)
    expect(page.locator(".pp-feedback")).to_be_visible()
    assert page.evaluate("() => sockets.length") == 2
    expect(page.locator("#offline")).to_be_hidden()
    page.evaluate("() => { line.up = false; document.dispatchEvent(new Event('visibilitychange')); }")
    page.wait_for_function("() => sockets.at(-1).dead")
    page.evaluate("() => { line.up = true; }")
    page.clock.fast_forward(SEEN_DEAD_AFTER)
    page.wait_for_function("() => sockets.length === 3")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".pp-feedback")).to_have_count(0)


def test_a_quiet_page_is_left_alone(page: Page) -> None:
    """Nothing is asked of the server while a learner reads."""
    page.evaluate("() => { line.said.length = 0; }")
    page.clock.fast_forward(10 * SEEN_DEAD_AFTER)
    assert page.evaluate("() => line.said") == []
    assert page.evaluate("() => sockets.length") == 1


def test_a_server_that_began_anew_costs_one_click(visitor: BrowserContext) -> None:
    """One sentence and one button, which has the keyboard; then the story goes on at the feedback that was shown."""
    port = free_port()
    with serving(port=port) as server:
        page = arrive(visitor, server.address)
        page.get_by_role("button", name=QUIET_WEEK).click()
        page.get_by_role("button", name="Look Mr Outram up").click()
        expect(page.locator(".pp-feedback")).to_be_visible()
        server.kill()
        expect(page.locator("#offline")).to_be_visible()
    with serving(port=port):
        expect(page.get_by_text("Your progress is safe.")).to_be_visible()
        expect(page.get_by_role("button", name="Carry on")).to_be_focused()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Go on").click()
        choose(page, "Call the bakery")
        expect(page.get_by_text("Tuesday again")).to_be_visible()


def test_a_closed_tab_gives_its_place_back(visitor: BrowserContext, page_server: Server) -> None:
    def visitors(what: str) -> set[str]:
        return set(re.findall(rf"Visitor (\d+) {what}", "".join(page_server.output)))

    before = visitors("has arrived")
    page = arrive(visitor, page_server.address)
    new = eventually(lambda: visitors("has arrived") - before)
    page.close(run_before_unload=False)
    eventually(lambda: new <= visitors("left"), within=10)


@everywhere
def test_a_page_without_https_works_too(visitor: BrowserContext, page_server: Server) -> None:
    """In a room, phones reach a laptop by its address, and browsers keep some of what they can from such pages."""
    visitor.add_init_script("delete Crypto.prototype.randomUUID; delete Crypto.prototype.subtle;")
    page = arrive(visitor, page_server.address)
    page.get_by_role("button", name=QUIET_WEEK).click()
    expect(page.get_by_text("Half past six.")).to_be_visible()


# --- widgets ---

# Everything that a first sight draws, in each of its forms.
DRAWN = """
from ipywidgets import HTML, Box, Button, HBox, Layout, VBox

marked = Button(description="<b>Marked</b> & 'so'")
marked.add_class("mine")
VBox(
    [
        HTML("<style>.mine { margin: 20px; }</style><p>Some <em>prose</em>.</p>"),
        HTML(""),
        HBox([marked, Button()]),
        Box([Button(description="Plain")]),
        Button(description="Wide", layout=Layout(width="90%", margin="0 0 0 12px", border="1px solid red")),
        HBox([Button(description="Hidden")], layout=Layout(display="none", grid_gap="3px")),
        VBox(),
    ],
    layout=Layout(max_width="40em"),
)
"""
# Elements, their places and all that is set on them. How it is written does not count, nor does that a button waits.
DRAWN_AS = """
() => {
  const told = (element) => ({
    tag: element.tagName,
    classes: [...element.classList].sort(),
    style: [...element.style].sort().map((name) => `${name}: ${element.style.getPropertyValue(name)}`),
    set: [...element.attributes]
      .filter(({ name }) => !name.startsWith("aria-") && !["class", "style"].includes(name))
      .filter(({ name }) => element.tagName !== "LABEL" || name !== "title")
      .map(({ name, value }) => `${name}=${value}`).sort(),
    says: element.children.length ? "" : element.textContent,
    place: element.getBoundingClientRect().toJSON(),
    inside: [...element.children].map(told),
  });
  return told(document.querySelector("#cell-0 .widget-vbox"));
}
"""

# A cell that fails for visitors, and not when the page is first drawn. None of those after it is run.
FAILS = [
    "import os\nfrom ipywidgets import HTML, Button\n"
    "runs = os.environ['RUNS'] = os.environ.get('RUNS', '') + '.'\nHTML('<p>before</p>')",
    "6 * 7",
    "HTML('<p>here</p>') if runs == '.' else 1 / 0",
    "Button(description='after')",
]

# A click is counted; it makes a widget whose code takes a while to arrive, and changes it before it can be there.
LATER = """
import anywidget, traitlets
from ipywidgets import HTML, Button, VBox

class Slow(anywidget.AnyWidget):
    _esm = '''
      await new Promise((resolve) => setTimeout(resolve, 500));
      export default { render({ model, el }) {
        const heard = [];
        const draw = () => { el.textContent = "told " + model.get("told") + ", heard " + heard; };
        model.on("change:told", draw);
        model.on("msg:custom", (word) => { heard.push(word); draw(); });
        draw();
      } };
    '''
    told = traitlets.Int().tag(sync=True)

def later(_):
    go.description = f"Go {int(go.description.split()[1]) + 1}"
    slow, quick = Slow(), HTML()
    box.children = (go, slow, quick)
    for number in range(100):
        slow.told = number
        if number % 50 == 0:
            slow.send(number)
        quick.value = f"<p>said {number}</p>"

go = Button(description="Go 0")
go.on_click(later)
box = VBox([go])
box
"""

TYPED = """
from ipywidgets import HTML, Button, Text, VBox

name, said = Text(placeholder="Your name"), HTML()
say = Button(description="Say it")
say.on_click(lambda _: setattr(said, "value", f"<p>You are {name.value}.</p>"))
VBox([name, say, said])
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_cells(tmp_path_factory.mktemp("widgets"), DRAWN, LATER, TYPED, *FAILS) as server:
        yield server


@pytest.fixture
def tab(visitor: BrowserContext) -> Iterator[Page]:
    """One that has nothing to complain of in the end."""
    tab = visitor.new_page()
    complaints: list[str] = []
    tab.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    yield tab
    assert not complaints


def test_a_first_sight_is_drawn_as_the_live_view_is(tab: Page, host: str) -> None:
    """Every element, class, style and attribute, and each in its place."""
    tab.route(SCRIPT, lambda route: None)
    tab.goto(host, wait_until="commit")
    tab.wait_for_function(STYLED)
    drawn = tab.evaluate(DRAWN_AS)
    assert drawn["inside"]
    let_go(tab)
    assert tab.evaluate(DRAWN_AS) == drawn


def test_a_cell_that_fails_says_so_in_a_sentence_and_nothing_dead_is_left_below(tab: Page, host: str) -> None:
    tab.goto(host)
    expect(tab.locator(LIVE)).to_have_count(0)
    shown = [each.strip() for each in tab.locator("main > *").all_inner_texts()]
    assert shown[0] == "A page of its own"
    assert shown[-4:] == ["before", "42", "Something went wrong here. Please load the page again in a while.", ""]
    assert "ZeroDivisionError" not in tab.content()


def test_what_is_told_before_a_widget_is_there_is_not_lost(tab: Page, host: str) -> None:
    tab.goto(host)
    tab.get_by_role("button", name="Go 0").click()
    expect(tab.get_by_text("said 99")).to_be_visible()
    expect(tab.get_by_text("told 99, heard 0,50")).to_be_visible()


def test_a_click_of_which_nothing_was_heard_is_not_done_twice(tab: Page, host: str) -> None:
    """The session heard it, but all that it said was lost: the page has to send it again, not knowing."""
    tab.add_init_script(SOCKETS)
    tab.goto(host)
    expect(tab.locator(LIVE)).to_have_count(0)
    tab.evaluate("() => { line.hears = () => false; }")
    tab.get_by_role("button", name="Go 0").click()
    tab.wait_for_function("() => line.lost.some((each) => each.includes('idle'))")
    tab.evaluate("() => { line.hears = () => true; sockets.at(-1).close(); }")
    tab.get_by_role("button", name="Go 1").click()
    expect(tab.get_by_role("button", name="Go 2")).to_be_visible()


def test_a_click_does_not_overtake_what_was_typed_before_it(tab: Page, host: str) -> None:
    """While nothing has been heard of the first letter, the rest are held back; a click has to let them go first."""
    tab.add_init_script(SOCKETS)
    tab.goto(host)
    expect(tab.locator(LIVE)).to_have_count(0)
    tab.evaluate("() => { line.hears = () => false; }")
    tab.get_by_placeholder("Your name").press_sequentially("Zoë")
    tab.get_by_role("button", name="Say it").click()
    tab.evaluate("() => { line.hears = () => true; sockets.at(-1).close(); }")
    expect(tab.get_by_text("You are Zoë.")).to_be_visible()
    expect(tab.get_by_placeholder("Your name")).to_have_value("Zoë")
