"""The course in a real browser: its doors and addresses, every part of the page, a boundary and a draft by keyboard."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from etiquette.files import notebooks
from etiquette.practice import lessons
from etiquette.stories import library
from tests.conftest import People, Server, arrive, everywhere, free_port, run_all
from tests.views.test_stories_page import examine_at, tab_to

pytestmark = pytest.mark.slow

REFERENCES = lessons()["references"].title
DOORS = {lesson.title: ("Learn",) for lesson in lessons().values()} | {
    "Stories": ("Practise",),
    "Quiz": ("Practise",),
    "Review": ("Practise",),
    "Draft": ("My interview",),
}
PHONE = (360, 640)
QUIET_WEEK = library()["the-quiet-week"].title


@pytest.fixture
def page(page_server: Server, visitor: BrowserContext) -> Page:
    """The page, open and ready to use."""
    return arrive(visitor, page_server.address)


def open_part(page: Page | Frame, name: str) -> None:
    """Open a part of the page through its door, or a door, and wait until it has the focus.

    Where the page is at this door already, its link does nothing, and this would wait in vain.
    """
    links = page.get_by_role("navigation", name="Course")
    for link in (*DOORS.get(name, ()), name):
        links.get_by_role("link", name=link, exact=True).click()
        expect(page.locator(".pp-stage :focus")).to_have_count(1)


@everywhere
def test_the_arrow_keys_move_along_a_boundary(page: Page) -> None:
    """The slider announces its value in words, and the card follows it."""
    open_part(page, REFERENCES)
    slide = page.get_by_role("slider", name="Time since they asked")
    expect(slide).to_have_attribute("aria-valuetext", "at once: persistent, credit 100")
    slide.focus()
    for _ in range(17):
        page.keyboard.press("ArrowRight")
    expect(slide).to_have_attribute("aria-valuetext", "51 hours: passive, credit 81")
    expect(page.locator(".pp-boundary .pp-reason")).to_contain_text("51 hours ago")


@everywhere
def test_a_draft_is_typed_and_judged_by_keyboard_alone(page: Page) -> None:
    open_part(page, "Draft")
    field = page.get_by_role("textbox", name="Your draft")
    field.fill("Dear Ms Okafor, thank you for the hour. Did I get the clerk job? Hannah Pryce")
    tab_to(page, "Check my draft")
    page.keyboard.press("Enter")
    expect(page.locator(".pp-draft .pp-feedback h3")).to_be_focused()
    expect(page.locator("mark.pp-bad").first).to_contain_text("Did I get")


def test_every_part_is_accessible_and_fits_the_screen(page: Page) -> None:
    for lesson in lessons().values():
        open_part(page, lesson.title)
        expect(page.locator(".pp-lesson h1", has_text=lesson.title)).to_be_visible()
        expect(page.locator(".pp-lesson .pp-quiz .pp-choice").first).to_be_visible()
        examine_at(page, 360, 1440)
    open_part(page, "My interview")
    expect(page.get_by_role("heading", name="Your interview")).to_be_focused()
    examine_at(page, 360, 1440)
    page.get_by_role("link", name="Draft", exact=True).click()
    expect(page.get_by_role("heading", name="Your draft", exact=True)).to_be_focused()
    page.get_by_role("button", name="Check my draft").click()
    expect(page.locator(".pp-beside")).to_be_visible()
    examine_at(page, 360, 1440)
    page.get_by_role("textbox", name="Your draft").fill(
        "Thank you for the hour about the clerk job. Did I get it? Ana Ruiz"
    )
    page.get_by_role("button", name="Check my draft").click()
    expect(page.locator(".pp-draft .pp-feedback")).to_be_visible()
    examine_at(page, 360, 1440)


def test_a_notebook_is_a_page_too(people: People) -> None:
    """Served by stock Voilà, it shows its views and no error: one with the whole page, one with links, one with forms.

    That all of them run is tested with `jupyter execute`.
    """
    port = free_port()
    command = [sys.executable, "-m", "voila", str(notebooks()), "--no-browser", f"--port={port}"]
    server = Server(command, "Voilà is running at", f"http://127.0.0.1:{port}/")
    visitor = people.come_to_stock()
    errors = "[data-mime-type='application/vnd.jupyter.error'], .jp-RenderedText[data-mime-type*=stderr]"
    try:
        for name, shown in (("app", ".pp-button"), ("start", ".pp-four"), ("my_follow_up", ".pp-button")):
            page = visitor.new_page()
            page.goto(f"{server.address}voila/render/{name}.ipynb", wait_until="commit")
            expect(page.locator(shown).first).to_be_visible()
            expect(page.locator(errors)).to_have_count(0)
            expect(page.locator(".pp-still, em:text('Run All Cells')").filter(visible=True)).to_have_count(0)
            page.close()
    finally:
        server.stop()


class TestAddresses:
    """Every part of the page has an address, which works as a link."""

    @everywhere
    def test_links_change_the_address_and_back_and_forward_find_each_part_again(self, page: Page) -> None:
        heading, start = page.locator(".pp-stage h2"), page.url
        open_part(page, "Quiz")
        expect(page).to_have_url(start + "#practise/quiz")
        expect(page).to_have_title("Quiz – Persistent or Pesky?")
        open_part(page, "My interview")
        expect(page).to_have_url(start + "#my-interview")
        page.go_back()
        expect(page.locator(".pp-quiz")).to_be_visible()
        page.go_back()
        page.go_back()
        expect(heading).to_have_text("Welcome")
        page.get_by_role("button", name="Start with").click()
        expect(page).to_have_url(start + "#practise/stories/the-quiet-week")
        page.go_back()
        expect(heading).to_have_text("Welcome")
        page.go_forward()
        expect(heading).to_have_text(QUIET_WEEK)
        page.go_forward()
        expect(page).to_have_url(start + "#practise/stories/the-quiet-week")
        page.get_by_role("link", name="Persistent or Pesky?").click()
        expect(heading).to_have_text("Welcome")
        expect(page).to_have_title("Persistent or Pesky?")

    @pytest.mark.parametrize(
        ("address", "shown"),
        [
            ("practise/stories/the-quiet-week", QUIET_WEEK),
            ("learn/references", REFERENCES),
            ("my-interview/draft", "Your draft"),
            ("workshop", "Join a room"),
            ("practise/nonsense", "Stories"),
            ("nonsense%", "Welcome"),
        ],
    )
    def test_a_link_opens_its_part(
        self, visitor: BrowserContext, page_server: Server, address: str, shown: str
    ) -> None:
        page = arrive(visitor, f"{page_server.address}#{address}")
        expect(page.locator(".pp-stage").get_by_role("heading").first).to_have_text(shown)
        assert page.url.endswith(f"#{address}")

    @everywhere
    def test_a_reload_in_the_middle_of_a_story_goes_on_and_a_link_opened_then_goes_to_the_link(
        self, visitor: BrowserContext, page_server: Server
    ) -> None:
        page = arrive(visitor, f"{page_server.address}#practise/stories/the-quiet-week")
        page.locator(".pp-player .pp-choice").first.click()
        expect(page.locator(".pp-feedback")).to_be_visible()
        page.get_by_role("button", name="Go on").click()
        expect(page.locator(".pp-feedback")).to_have_count(0)
        when = page.locator(".pp-when").inner_text()
        page.reload()
        expect(page.locator(".pp-when")).to_have_text(when)
        page.goto(f"{page_server.address}#learn/calling")
        page.reload()
        expect(page.locator(".pp-lesson h1")).to_have_text(lessons()["calling"].title)
        page.goto(page_server.address)
        page.reload()
        expect(page.locator(".pp-stage h2")).to_have_text("Welcome back")
        for tab in (page, arrive(visitor, page_server.address)):
            tab.get_by_role("button", name=f"Carry on with “{QUIET_WEEK}”").click()
            expect(tab.locator(".pp-when")).to_have_text(when)

    @everywhere
    def test_a_link_followed_before_the_page_is_live_is_followed_then(
        self, visitor: BrowserContext, page_server: Server
    ) -> None:
        page = visitor.new_page()
        page.route("**/page-*.js", lambda route: None)
        page.goto(page_server.address, wait_until="commit")
        page.get_by_role("link", name="My interview").click()
        page.unroute("**/page-*.js")
        expect(page.locator(".pp-follow-up")).to_be_visible()

    def test_jupyterlab_keeps_its_own_address(self, people: People, jupyterlab: Server) -> None:
        page = run_all(people.come(viewport={"width": 1440, "height": 1000}), jupyterlab, "app.ipynb")
        page.get_by_role("button", name="Start with").wait_for(timeout=60_000)
        before = page.url
        open_part(page, "Stories")
        page.locator(".pp-stories").get_by_role("link", name=QUIET_WEEK).click()
        expect(page.locator(".pp-player h2")).to_have_text(QUIET_WEEK)
        assert page.url == before


class TestPhone:
    """The page at 360 by 640 pixels."""

    @pytest.fixture
    def page(self, people: People, page_server: Server) -> Page:
        width, height = PHONE
        return arrive(people.come(viewport={"width": width, "height": height}), page_server.address)

    @pytest.mark.parametrize("by", ["the button", "a link"])
    def test_a_story_begins_above_the_fold(self, page: Page, page_server: Server, by: str) -> None:
        """Its first paragraph can be read whole."""
        if by == "a link":
            page.goto(f"{page_server.address}#practise/stories/the-quiet-week")
            page.reload()
        else:
            page.get_by_role("button", name="Start with").click()
        expect(page.locator("[data-id^=pp-story]")).to_be_focused()
        paragraph, doors = page.locator(".pp-passage p").first.bounding_box(), page.locator(".pp-doors").bounding_box()
        assert paragraph
        assert doors
        assert paragraph["y"] >= 0
        assert paragraph["y"] + paragraph["height"] <= doors["y"]

    def test_every_story_does(self, page: Page) -> None:
        for name, story in library().items():
            page.evaluate("(name) => { location.hash = 'practise/stories/' + name; }", name)
            paragraph = page.locator(".pp-passage p").first
            expect(paragraph).to_have_text(story.story.split("\n\n")[0])
            expect(page.locator("[data-id^=pp-story]")).to_be_focused()
            box = paragraph.bounding_box()
            assert box
            assert box["y"] + box["height"] <= PHONE[1] - 57, name

    def test_the_doors_stand_at_the_bottom_and_hide_nothing(self, page: Page) -> None:
        doors = page.locator(".pp-doors")
        for link in doors.get_by_role("link").all():
            box = link.bounding_box()
            assert box
            assert (box["y"] > PHONE[1] - 70, box["height"] >= 48) == (True, True)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        last, bar = page.locator(".pp-four").bounding_box(), doors.bounding_box()
        assert last
        assert bar
        assert last["y"] + last["height"] <= bar["y"]

    def test_a_focused_control_is_not_below_the_doors(self, page: Page) -> None:
        open_part(page, "My interview")
        expect(page.get_by_text("there now.")).to_be_visible()  # the last line of the form to appear
        for _ in range(12):
            page.keyboard.press("Tab")
            hidden = page.evaluate("""() => {
                const [box, bar] = [document.activeElement, document.querySelector(".pp-doors")]
                    .map((each) => each.getBoundingClientRect());
                return !document.activeElement.closest("nav") && box.bottom > bar.top;
            }""")
            assert not hidden

    def test_on_a_wide_screen_they_stand_at_the_top(self, page: Page) -> None:
        page.set_viewport_size({"width": 1440, "height": 900})
        box = page.locator(".pp-doors").bounding_box()
        assert box
        assert box["y"] < 300


def test_every_field_shows_that_it_has_the_focus(page: Page) -> None:
    """The widgets’ own style sheet would hide it."""
    open_part(page, "My interview")
    seen = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        tag, style, width = page.evaluate("""() => {
            const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
            return [document.activeElement.tagName, outlineStyle, parseFloat(outlineWidth)];
        }""")
        if tag != "BODY":
            assert (style, width >= 2) == ("solid", True), tag
        seen.add(tag)
    assert {"A", "INPUT", "BUTTON"} <= seen


def test_the_list_of_stories_is_filtered_by_keyboard_and_says_how_many_are_left(page: Page) -> None:
    open_part(page, "Stories")
    tab_to(page, "References")
    page.keyboard.press("Enter")
    expected = sum("references" in story.practises for story in library().values())
    expect(page.get_by_role("status")).to_have_text(f"{expected} stories.")
    expect(page.locator(".pp-stories li")).to_have_count(expected)
    examine_at(page, 320, 360, 1440)
