"""The projector in a real browser: everything on one screen, large enough for the last row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from etiquette.practice import Quiz
from etiquette.room import Agenda, Command, FreeQuestion, Play
from etiquette.room.store import LearnerSession, Store
from etiquette.stories import library
from etiquette.views.room.links import RoomLinks
from tests.conftest import People, Server, arrive, free_port
from tests.room.store.builders import Session
from tests.views.test_stories_page import SCHEMES, examine
from tests.views.test_workshop_faults import serve

pytestmark = pytest.mark.slow

SIZES: tuple[ViewportSize, ...] = ({"width": 1280, "height": 720}, {"width": 1920, "height": 1080})
TEXT = 0.03  # of the height of the screen
SMALLEST_STORY = 0.75  # of that: what the longest of our stories comes to while the room is told to talk
THANKS = "Thank you for taking part"
LONGEST_STORY = "under-the-phone-covers"
LONGEST_QUESTION, MOST_WORDS_IN_OPTIONS = "195", "1487"  # seeds

MEASURE = """
() => {
  const projector = document.querySelector(".pp-projector");
  const shown = (selector) => [...projector.querySelectorAll(selector)].filter((each) => each.checkVisibility());
  const inside = ({ left, top, right, bottom }) =>
    left >= 0 && top >= 0 && right <= innerWidth + 0.5 && bottom <= innerHeight + 0.5;
  const outside = (selector) =>
    shown(selector).filter((each) => !inside(each.getBoundingClientRect())).map((each) => each.textContent);
  const sizes = (story) => {
    const found = [];
    const texts = document.createTreeWalker(projector, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement;
      if (!texts.currentNode.data.trim() || !parent.checkVisibility() || parent.closest(".pp-unseen, style")) continue;
      if (Boolean(parent.closest(".pp-told-side :is(p, .pp-passage)")) !== story) continue;
      found.push(parseFloat(getComputedStyle(parent).fontSize) / innerHeight);
    }
    return Math.min(...found, 1);
  };
  const labels = shown(".pp-now, .pp-day, .pp-key").map((each) => each.getBoundingClientRect());
  const touch = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  return {
    overlapping: labels.flatMap((one, at) => labels.slice(at + 1).filter((other) => touch(one, other))).length,
    scrolls: document.documentElement.scrollHeight > innerHeight,
    outside: outside(
      "h1, .pp-qr svg, .pp-code b, .pp-where, .pp-the-attendance p, .pp-talk, .pp-key, .pp-now, li, .pp-votes"),
    cut: shown(".pp-sides > section, .pp-shrinks").filter(
      (each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1).length,
    joins: [".pp-qr svg", ".pp-code b", ".pp-where"].map((each) => shown(each).length),
    text: sizes(false),
    story: sizes(true),
  };
}
"""


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'rooms.sqlite3'}")
    yield store
    store.close()


@pytest.fixture(scope="module")
def server(rooms: Store) -> Iterator[Server]:
    """The learners' page, of which the projector is a part; the tests run the facilitator's commands on the store."""
    server = serve(rooms, free_port())
    yield server
    server.stop()


class Projected:
    """A room with six people, and its projector."""

    def __init__(self, people: People, server: Server, rooms: Store, agenda: Agenda) -> None:
        self.session = Session(rooms, lambda: datetime.now(UTC), agenda)  # type: ignore[arg-type]
        self.learners: list[LearnerSession] = [self.session.join() for _ in range(6)]
        self.address = RoomLinks.of(self.session.facilitator, server.address, "", server.address).projector
        self.visitor = people.come(viewport=SIZES[0])
        self.page: Page = arrive(self.visitor, self.address)

    def vote(self, *choices: int) -> None:
        ballot = self.session.open_ballot()
        for learner, choice in zip(self.learners, choices, strict=True):
            learner.vote(ballot, choice)

    def take(self, *commands: Command, shows: str) -> None:
        """Take these commands, wait until the projector shows this, and examine it at each size."""
        self.session.take(*commands)
        self.examine(shows)

    def examine(self, shows: str) -> None:
        expect(self.page.locator(".pp-projector")).to_contain_text(shows)
        for size in SIZES:
            self.page.set_viewport_size(size)
            self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            found = self.page.evaluate(MEASURE)
            assert (found["scrolls"], found["outside"], found["cut"]) == (False, [], 0)
            assert (found["overlapping"], set(found["joins"])) == (0, {0 if shows == THANKS else 1})
            assert found["text"] >= TEXT - 1e-9, (shows, size)
            assert found["story"] >= SMALLEST_STORY * TEXT - 1e-9, (shows, size)
        for scheme in SCHEMES:
            self.page.emulate_media(color_scheme=scheme)
            examine(self.page)


@pytest.mark.parametrize(
    "part",
    [
        Quiz.draw(LONGEST_QUESTION, 1),
        Quiz.draw(MOST_WORDS_IN_OPTIONS, 1),
        Play(library()[LONGEST_STORY]),
    ],
    ids=["the longest question", "the longest options", "the longest story"],
)
def test_the_longest_decisions_are_on_one_screen_in_every_phase(
    people: People, server: Server, rooms: Store, part: Quiz | Play
) -> None:
    """Nothing scrolls and nothing is cut off. Only the longest stories are in smaller type than everything else."""
    projected = Projected(people, server, rooms, Agenda((part,)))
    projected.examine("6 people are here")
    projected.take(Command.NEXT, shows="The vote isn’t open yet")
    projected.take(Command.OPEN, shows="First vote is open")
    projected.vote(0, 1, 2, 0, 1, 0)
    facilitator = projected.session.facilitator
    facilitator.set_timer(datetime.now(UTC) + timedelta(minutes=5), seen=facilitator.snapshot().version)
    projected.examine(" left")
    projected.take(Command.CLOSE, shows="Talk to your neighbour")
    projected.take(Command.SHOW, shows="50%")
    projected.session.take(Command.OPEN)
    projected.vote(0, 0, 0, 0, 0, 0)
    projected.take(Command.CLOSE, Command.SHOW, shows="100%")
    projected.take(Command.REVEAL, shows="is the best option")
    projected.take(Command.END, shows=THANKS)


def test_an_ordinary_story_is_in_large_type_too(people: People, server: Server, rooms: Store) -> None:
    projected = Projected(people, server, rooms, Agenda((Quiz.draw("a room", 1),)))
    for commands, shows in (
        ((Command.NEXT,), "isn’t open"),
        ((Command.OPEN, Command.CLOSE), "Talk to"),
        ((Command.REVEAL,), "best option"),
    ):
        projected.take(*commands, shows=shows)
        assert projected.page.evaluate(MEASURE)["story"] >= TEXT


def test_a_facilitators_own_question_fits_whatever_its_length(people: People, server: Server, rooms: Store) -> None:
    """It may be longer than any of ours: then its type is smaller, and all of it is there."""
    options = tuple(f"{number} " + "Write to them once more " * 12 for number in range(6))
    projected = Projected(people, server, rooms, Agenda((FreeQuestion("What would you do? " * 60, options, 0),)))
    projected.session.take(Command.NEXT, Command.OPEN)
    expect(projected.page.locator(".pp-options-side li")).to_have_count(6)
    projected.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found = projected.page.evaluate(MEASURE)
    assert (found["scrolls"], found["outside"], found["cut"]) == (False, [], 0)


def test_a_presenters_keys_reach_other_windows(people: People, server: Server, rooms: Store) -> None:
    """The control, in another window of the same browser, hears which room they are for."""
    projected = Projected(people, server, rooms, Agenda((Quiz.draw("a room", 1),)))
    expect(projected.page.locator(".pp-code b")).to_be_visible()
    control = projected.visitor.new_page()
    control.goto(server.address)
    control.evaluate(
        "() => { window.heard = []; window.channel = new BroadcastChannel('etiquette:presenter');"
        " channel.onmessage = ({ data }) => heard.push(`${data.code} ${data.key}`); }"
    )
    projected.page.bring_to_front()
    for key in ("PageDown", "x", "PageUp", "Control+PageDown", "Space"):
        projected.page.keyboard.press(key)
    code = projected.session.code
    control.wait_for_function("heard.length >= 3")
    assert control.evaluate("heard") == [f"{code} PageDown", f"{code} PageUp", f"{code} PageDown"]


def test_a_lost_connection_and_a_deleted_room_are_seen(people: People, server: Server, rooms: Store) -> None:
    projected = Projected(people, server, rooms, Agenda((Quiz.draw("a room", 1),)))
    expect(projected.page.locator(".pp-code b")).to_have_text(re.compile("^[A-Z]{3} [A-Z]{3}$"))
    projected.page.evaluate("document.querySelector('#offline').hidden = false")
    expect(projected.page.locator("#offline")).to_be_in_viewport(ratio=1)
    projected.session.facilitator.delete()
    expect(projected.page.get_by_role("heading", level=1)).to_have_text("This room has been deleted.")
    examine(projected.page)
