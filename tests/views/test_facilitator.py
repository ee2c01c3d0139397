"""The facilitator's page without a browser: opening rooms, finding them again, and where phones reach them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from etiquette.room import Command, RoomKey
from etiquette.room.store import FacilitatorSession, Store
from etiquette.views import Facilitator
from etiquette.views.room.links import learners_page, only_here
from etiquette.views.room.my_rooms import day_name, standing, time_zone
from tests.room.builders import NOW, an_agenda
from tests.room.store.builders import Clock, Session
from tests.views.drawn import Text
from tests.views.put_off import PutOff, put_off

PAGE = "http://127.0.0.1:8866/facilitator/1/"


@pytest.fixture
def here(tmp_path: Path, clock: Clock) -> Iterator[PutOff]:
    store = Store.open(f"sqlite:///{tmp_path / 'there' / 'rooms.sqlite3'}", clock=clock, timeout=0)
    with put_off(store) as here:
        here.learners_url = "../../"
        yield here
        here.store.close()


class Browser:
    """What a page keeps in a browser: the session of its tab and the facilitator's rooms."""

    def __init__(self, here: PutOff, clock: Clock, *kept: RoomKey) -> None:
        self.here, self.kept, self.session = here, list(kept), ""
        self.facilitator = Facilitator(clock=clock)
        self.facilitator.address.send = self.receive

    def receive(self, content: dict[str, Any], buffers: Any = None) -> None:  # noqa: ARG002
        self.session = content.get("desk", self.session)
        before = list(self.kept)
        if "keep" in content:
            key = RoomKey.parse(content["keep"]["session"])
            self.kept = [key, *(each for each in self.kept if each != key)]
        self.kept = [each for each in self.kept if str(each) not in content.get("forget", ())]
        if self.kept != before:
            self.tell({"rooms": self.rooms})

    @property
    def rooms(self) -> list[dict[str, str]]:
        return [{"session": str(each), "opened": ""} for each in self.kept]

    def tell(self, content: dict[str, Any]) -> None:
        self.facilitator.address._handle_custom_msg(content, [])

    def arrive(self, desk: str = "") -> Facilitator:
        """Draw the page, whose link or tab holds this session."""
        self.tell({"page": PAGE, "desk": desk, "rooms": self.rooms})
        self.here.settle()
        return self.facilitator

    def open_room(self) -> RoomKey:
        self.facilitator._open(an_agenda())
        self.here.settle()
        return key_of(self.facilitator)


def key_of(facilitator: Facilitator) -> RoomKey:
    """The key of the room that is shown."""
    assert facilitator.control is not None
    session = facilitator.control.session
    return RoomKey(session.code, session.secret)


def key_shown(facilitator: Facilitator) -> RoomKey | None:
    """The key of the room that is shown; None if none is."""
    return key_of(facilitator) if facilitator.control else None


def key_to(session: FacilitatorSession) -> RoomKey:
    return RoomKey(session.code, session.secret)


def said(facilitator: Facilitator) -> list[str]:
    """What is said of each of the rooms."""
    if facilitator.my_rooms.layout.display == "none":
        return []
    return [" ".join(Text(row.children[0].value).said) for row in facilitator.my_rooms.rows.children]


def test_a_browser_that_keeps_no_room_shows_no_list(here: PutOff, clock: Clock) -> None:
    assert said(Browser(here, clock).arrive()) == []


def test_a_room_that_was_opened_is_found_again_after_its_tab_was_closed(here: PutOff, clock: Clock) -> None:
    first = Browser(here, clock)
    first.arrive()
    key = first.open_room()
    first.facilitator.close()
    again = Browser(here, clock, *first.kept)
    page = again.arrive()
    (room,) = said(page)
    assert "Waiting to begin · 0 people" in room
    assert "Opened today at" in room
    here.click(page.my_rooms.buttons()[0])
    assert key_of(page) == key
    assert page.welcome is None


def test_the_list_says_where_each_room_stands_and_forgets_those_that_are_gone(here: PutOff, clock: Clock) -> None:
    one, other, gone = (Session(here.store, clock) for _ in range(3))
    one.join("Ann")
    one.take(Command.NEXT, Command.OPEN)
    other.take(Command.END)
    gone.facilitator.delete()
    keys = [key_to(each.facilitator) for each in (one, gone, other)]
    clock.move(days=1)
    browser = Browser(here, clock, *keys)
    first, second = said(browser.arrive())
    assert "First vote is open · 1 person" in first
    assert "Ended yesterday · 0 people" in second
    assert "Opened yesterday at" in second
    assert browser.kept == [keys[0], keys[2]]


def test_leaving_a_room_returns_to_the_list_and_deleting_it_takes_it_off(here: PutOff, clock: Clock) -> None:
    browser = Browser(here, clock)
    page = browser.arrive()
    key = browser.open_room()
    assert browser.session == str(key)
    assert page.control is not None
    here.click(page.control.leave)
    assert key_shown(page) is None
    assert (browser.session, len(said(page))) == ("", 1)
    here.click(page.my_rooms.buttons()[0])
    here.store.facilitator_session(key.code, key.secret).delete()
    here.click(page.control.leave)
    assert (said(page), browser.kept) == ([], [])


def test_two_tabs_run_two_rooms_and_each_lists_both(here: PutOff, clock: Clock) -> None:
    one, other = Browser(here, clock), Browser(here, clock)
    for each in (one, other):
        each.arrive()
    keys = [one.open_room(), other.open_room()]
    assert [one.session, other.session] == [str(key) for key in keys]
    one.kept = keys
    one.tell({"rooms": one.rooms})  # another tab has stored one
    assert one.facilitator.control is not None
    here.click(one.facilitator.control.leave)
    assert len(said(one.facilitator)) == 2


def test_the_private_link_has_the_address_that_other_computers_reach(here: PutOff, clock: Clock) -> None:
    """Where there is one, and says so."""
    for public_url, address, where in (
        ("", PAGE, "on this computer"),
        ("http://192.168.1.20:8866/", "http://192.168.1.20:8866/facilitator/1/", "from any computer"),
    ):
        here.public_url = public_url
        browser = Browser(here, clock)
        browser.arrive()
        key = browser.open_room()
        welcome = browser.facilitator.welcome
        assert welcome is not None
        assert welcome.copy.link == f"{address}#desk={key}"
        assert where in welcome.children[0].value


def test_opening_a_room_offers_its_link_until_it_is_saved_or_the_session_begins(here: PutOff, clock: Clock) -> None:
    for begins in (False, True):
        browser = Browser(here, clock)
        page = browser.arrive()
        key = browser.open_room()
        welcome = page.welcome
        assert welcome is not None
        assert page.stage.children == (welcome, page.control)
        assert welcome.copy.link == f"{PAGE}#desk={key}"
        assert welcome.file.filename == f"workshop-{key.code}.html"
        file = base64.b64decode(welcome.file.href.partition(",")[2]).decode()
        assert f'<a href="{PAGE}#desk={key}">' in file
        assert "until" in file
        assert page.control is not None
        assert page.control.copy_link.link == f"http://127.0.0.1:8866/?room={key.code}"
        if begins:
            here.store.facilitator_session(key.code, key.secret).do(Command.NEXT, seen=1)
            here.settle()
        else:
            here.click(welcome.done)
        assert page.stage.children == (page.control,)
        assert page.welcome is None
        assert page.notice.value == ""


@pytest.mark.parametrize("how", ["{page}#desk={key}", "{key}", "{code} {secret}"])
def test_on_another_computer_the_link_goes_back_to_the_room_and_is_kept(how: str, here: PutOff, clock: Clock) -> None:
    """Typed with Enter, or opened."""
    key = key_to(here.store.open_room(an_agenda()))
    typing, opening = Browser(here, clock), Browser(here, clock)
    typing.arrive().link.text = how.format(page=PAGE, key=key, code=key.code, secret=key.secret)
    typing.facilitator.link.control._handle_custom_msg({"event": "submit"}, [])
    here.settle()
    opening.arrive(str(key))
    for browser in (typing, opening):
        assert key_of(browser.facilitator) == key
        assert browser.kept == [key]
        assert browser.facilitator.link.text == ""


@pytest.mark.parametrize("wrong", ["", "https://a.org/", "BCDFGH.0000", "<b>"])
def test_a_link_to_no_room_is_refused_in_a_sentence_and_not_tried_again(wrong: str, here: PutOff, clock: Clock) -> None:
    browser = Browser(here, clock)
    page = browser.arrive()
    browser.session = "from before"
    page.link.text = wrong
    here.click(page.resume)
    assert page.control is None
    assert "pp-problem" in page.status.value
    assert browser.session == ""


def test_what_the_browser_stores_may_be_anything(here: PutOff, clock: Clock) -> None:
    page = Browser(here, clock).arrive()
    for rooms in (None, "x", {"a": 1}, [1, None, {}, {"session": 3}, {"session": "<b>"}, {"session": "B" * 5000}]):
        page.address._handle_custom_msg({"rooms": rooms}, [])
        assert page.address.rooms == ()
    key = RoomKey("BCDFGH", "0" * 64)
    page.address._handle_custom_msg({"rooms": [{"session": str(key)}] * 50}, [])
    here.settle()
    assert said(page) == []
    assert page.notice.value == ""


# Where phones find the learners' page


@pytest.mark.parametrize(
    ("page", "public", "found"),
    [
        (PAGE, "http://192.168.1.20:8866/", "http://192.168.1.20:8866/"),
        ("http://localhost:8866/e/facilitator/1/", "http://192.168.1.20:8866/e/", "http://192.168.1.20:8866/e/"),
        (PAGE, "", "http://127.0.0.1:8866/"),
        ("https://a.org/e/facilitator/1/", "http://10.0.0.2:8866/e/", "https://a.org/e/"),
        ("http://192.168.1.20:8866/facilitator/1/", "http://10.8.0.1:8866/", "http://192.168.1.20:8866/"),
    ],
)
def test_phones_get_the_address_in_the_facilitators_browser_unless_it_is_this_machines_own(
    page: str, public: str, found: str
) -> None:
    assert learners_page(page, "../../", public) == found


@pytest.mark.parametrize(
    ("url", "only"),
    [
        ("http://127.0.0.1:8866/", True),
        ("http://[::1]:8866/", True),
        ("http://localhost/", True),
        ("http://192.168.1.20/", False),
        ("https://a.org/", False),
        ("", False),
        ("http://[", False),
    ],
)
def test_an_address_of_this_machine_alone_is_of_no_use_to_phones(url: str, only: bool) -> None:
    assert only_here(url) is only


def test_the_network_address_is_filled_in_and_one_that_phones_cant_open_is_named(here: PutOff, clock: Clock) -> None:
    lonely = Browser(here, clock).arrive()
    assert lonely.learners_url.text == "http://127.0.0.1:8866/"
    assert "Phones can’t open" in lonely.learners_url.understood
    here.public_url = "http://192.168.1.20:8866/"
    page = Browser(here, clock).arrive()
    assert (page.learners_url.text, page.learners_url.understood) == (here.public_url, "")
    page.learners_url.text = "careers"
    page.learners_url.control._handle_custom_msg({"event": "submit"}, [])
    assert "isn’t the address of a page" in page.learners_url.problem


# Days


def test_days_are_named_as_people_say_them_where_they_live() -> None:
    days = [day_name(NOW + timedelta(days=days), NOW, UTC) for days in (-1, 0, 1)]
    assert days == ["yesterday", "today", "tomorrow"]
    assert day_name(NOW + timedelta(days=7), NOW, UTC).startswith("on ")
    midnight = NOW.replace(hour=0, minute=30)
    assert day_name(midnight, NOW, ZoneInfo("America/New_York")) == "yesterday"
    assert time_zone("Europe/Paris") == ZoneInfo("Europe/Paris")
    assert time_zone("") == time_zone("Nowhere/Else") == UTC


def test_a_room_that_cant_be_continued_here_says_so() -> None:
    assert "can’t continue" in standing(None, NOW, UTC)
