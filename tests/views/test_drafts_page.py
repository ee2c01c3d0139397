"""A draft in a real browser: judged while it is typed, never with the verdict of another text, and nothing moves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.conftest import People, Server, arrive
from tests.host.serving import serving_cells
from tests.views.test_stories_page import examine_at, tab_to

pytestmark = pytest.mark.slow

QUESTION, INSTEAD = "Did I get the clerk job?", "I look forward to hearing from you about the clerk job."
ASKING = f"Dear Ms Okafor,\n\nThank you for the hour on Tuesday. {QUESTION}\n\nHannah Pryce"
BETTER = ASKING.replace(QUESTION, INSTEAD)
SUGGESTING = f"""
from etiquette.drafts import Check, Label, MessageKind, Suggestion, assess_draft
from etiquette.views import DraftView
from etiquette.views.drafts.marked import Reading

text = {ASKING!r}
start = text.index({QUESTION!r})
suggestion = Suggestion(frozenset({{Label.ASKS_OUTCOME}}), start, start + len({QUESTION!r}), {INSTEAD!r})
view = DraftView(text=text)
view.show(Reading(assess_draft(text, view.kind), (suggestion,), (Check(passed=False, words="Look at it."),)))
view
"""
# At each frame: whether the text of the card on screen, if there is one, is that of the field.
WATCH = """() => {
    window.seen = [];
    const look = () => {
        requestAnimationFrame(look);
        const marked = document.querySelector(".pp-marked");
        if (!marked?.checkVisibility({ visibilityProperty: true })) return;
        const copy = marked.cloneNode(true);
        copy.querySelectorAll("sup, .pp-unseen").forEach((each) => each.remove());
        seen.push(copy.textContent === document.querySelector("textarea").value.replaceAll("\\n", ""));
    };
    look();
}"""
# Where the learner is: what has the focus, the selection, and how far field and page are scrolled.
PLACE = """() => {
    const area = document.querySelector("textarea");
    return [document.activeElement === area, area.selectionStart, area.selectionEnd, area.scrollTop, scrollX, scrollY];
}"""
ABOVE_THE_CARD = """() => [...document.querySelectorAll("textarea, .pp-draft .pp-button")]
    .map((each) => each.getBoundingClientRect()).map(({ x, y, width, height }) => [x, y, width, height])"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A page with a draft, for which there is a suggestion."""
    with serving_cells(tmp_path_factory.mktemp("drafts"), SUGGESTING) as started:
        yield started


@pytest.fixture
def page(people: People, server: Server) -> Page:
    """The page, with a draft that has been read."""
    page = arrive(people.come(), server.address)
    expect(verdict(page)).to_have_text("Pesky")
    return page


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your draft")


def verdict(page: Page) -> Locator:
    """The badge on the card, if it is on screen."""
    return page.locator(".pp-feedback h3 .pp-badge").filter(visible=True)


def is_kept(page: Page, text: str) -> None:
    """Wait until this browser keeps this text."""
    page.wait_for_function("text => Object.values(localStorage).some(kept => kept.includes(text))", arg=text)


def test_what_is_typed_is_judged_after_a_pause_and_nothing_moves(page: Page) -> None:
    """The focus, the caret, the scroll positions and all that is above the card stay where they are."""
    area = field(page)
    area.fill("\n".join([ASKING, *"abcdefghijklmno"]))
    expect(verdict(page)).to_have_text("Pesky")
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 700})
        area.fill(area.input_value().replace(INSTEAD, QUESTION))
        expect(verdict(page)).to_have_text("Pesky")
        area.evaluate("area => { area.setSelectionRange(20, 20); area.scrollTop = 40; }")
        page.keyboard.type("X")
        place, above = page.evaluate(PLACE), page.evaluate(ABOVE_THE_CARD)
        expect(verdict(page)).to_have_count(0)
        expect(verdict(page)).to_have_text("Pesky")
        assert (page.evaluate(PLACE), page.evaluate(ABOVE_THE_CARD)) == (place, above)
        assert place[0]


def test_the_verdict_on_screen_is_always_that_of_the_text_in_the_field(page: Page) -> None:
    """At every frame. Instead of a stale one the page says that it reads."""
    area = field(page)
    page.evaluate(WATCH)
    area.press("Control+End")
    for words in (" I beg you.", " Thank you!", " I demand an answer."):
        page.keyboard.type(words, delay=30)
        expect(page.get_by_text("Reading your draft…")).to_be_visible()
        expect(verdict(page)).to_have_text("Pesky")
    area.fill("Thank you for the hour about the clerk job. I look forward to hearing from you.")
    expect(verdict(page)).to_have_text("Persistent")
    seen = page.evaluate("seen")
    assert len(seen) > 4
    assert all(seen)


def test_ctrl_enter_checks_at_once_and_goes_to_the_result(page: Page) -> None:
    field(page).press("Control+End")
    page.keyboard.type(" Bye.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".pp-feedback h3")).to_be_focused()
    expect(page.locator(".pp-marked")).to_contain_text("Bye.")
    field(page).fill("Vielen Dank für das Gespräch am Montag, ich freue mich auf Ihre Antwort.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".pp-beside")).to_be_focused()


def test_a_suggestion_is_taken_by_keyboard_judged_and_undone(page: Page) -> None:
    """With the button beside it, with Undo, and with the browser's own undo."""
    tab_to(page, "Use this")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value(BETTER)
    expect(page.locator(".pp-feedback h3")).to_be_focused()
    expect(verdict(page)).to_have_text("Persistent")
    expect(page.get_by_role("status").first).to_have_text("Replaced. Persistent, credit 100.")
    page.get_by_role("button", name="Undo").click()
    expect(field(page)).to_have_value(ASKING)
    expect(field(page)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(field(page)).to_have_value(BETTER)
    page.keyboard.press("Control+z")
    expect(field(page)).to_have_value(ASKING)


def test_the_browsers_undo_takes_back_what_was_typed_and_what_a_click_put_in(page: Page) -> None:
    area = field(page)
    area.press("Control+End")
    page.keyboard.insert_text(" First.")  # at once: an undo ends where the page changed while somebody typed
    expect(verdict(page)).to_have_text("Pesky")
    page.get_by_role("button", name="Build it from").click()
    page.get_by_role("button", name="I look forward to hearing from you.").click()
    both = f"{ASKING} First. I look forward to hearing from you."
    expect(area).to_have_value(both)
    area.press("Control+End")
    page.keyboard.insert_text(" Last.")
    for expected in (both, f"{ASKING} First.", ASKING):
        page.keyboard.press("Control+z")
        expect(area).to_have_value(expected)


@pytest.mark.parametrize("is_sent", [False, True], ids=["and is not sent yet", "and is sent already"])
def test_what_is_typed_while_an_answer_is_on_its_way_stays(people: People, server: Server, is_sent: bool) -> None:
    """On a slow connection: a click has put something in, and the learner has gone on."""
    held: list[Callable[[], None]] = []
    is_slow = False

    def slow_down(route: WebSocketRoute) -> None:
        there = route.connect_to_server()
        there.on_message(lambda message: held.append(partial(route.send, message)) if is_slow else route.send(message))

    visitor = people.come()
    visitor.route_web_socket(re.compile(".*"), slow_down)
    page = arrive(visitor, server.address)
    page.get_by_role("button", name="Build it from").click()
    sentence = page.get_by_role("button", name="I look forward to hearing from you.")
    expect(sentence).to_be_visible()
    is_slow = True
    sentence.click()
    field(page).press("Control+Home")
    page.keyboard.type("Hello, ")
    place = page.evaluate(PLACE)
    page.wait_for_function("document.querySelector('.pp-draft').matches('.pp-typing')")
    if is_sent:
        field(page).blur()
        field(page).focus()
    expect(field(page)).to_have_value(f"Hello, {ASKING}")
    while held:  # what comes now waits its turn
        held.pop(0)()
    is_slow = False
    expect(field(page)).to_have_value(f"Hello, {ASKING} I look forward to hearing from you.")
    assert page.evaluate(PLACE) == place
    is_kept(page, "Hello, Dear Ms Okafor")
    is_kept(page, "I look forward to hearing from you.")
    expect(field(page)).to_have_value(f"Hello, {ASKING} I look forward to hearing from you.")
    expect(verdict(page)).to_have_text("Pesky")


def test_after_a_reload_the_draft_is_as_it_was_typed(people: People, server: Server) -> None:
    """Also what was typed just before."""
    page = arrive(people.come(), server.address)
    area = field(page)
    area.press("Control+End")
    page.keyboard.type(" I’ll wait.")
    is_kept(page, "I’ll wait.")
    page.reload()
    expect(area).to_have_value(f"{ASKING} I’ll wait.")
    area.press("Control+End")
    page.keyboard.type(" For long.")
    page.reload()
    expect(area).to_have_value(f"{ASKING} I’ll wait. For long.")


def test_every_state_is_accessible_and_fits(page: Page) -> None:
    widths = (320, 768, 1440, 1920)
    examine_at(page, *widths)
    page.get_by_role("button", name="Build it from").click()
    expect(page.get_by_role("button", name="Dear [name],")).to_be_visible()
    field(page).fill(BETTER)
    expect(verdict(page)).to_have_text("Persistent")
    examine_at(page, *widths)
