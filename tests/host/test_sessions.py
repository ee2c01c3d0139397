"""A visitor's session as it comes and goes: when it begins, whose it is, and when it is over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import websocket

from tests.conftest import Server
from tests.host.guest import Guest, eventually, figure, health
from tests.host.serving import serving_cells

pytestmark = pytest.mark.slow

COUNTS = """
from ipywidgets import Button, Text, VBox
from etiquette.views.controls import environment

def count(button):
    number.value = str(int(number.value) + 1)

button = Button(description="Count")
button.on_click(count)
number = Text("0", description="Number")
VBox([button, number, Text(environment().origin(), description="Origin")])
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A page with a button that counts how often it was pressed. It soon loses patience."""
    options = ("--visitors", "8", "--lost", "2", "--idle", "0.05")
    with serving_cells(tmp_path_factory.mktemp("counting"), COUNTS, options=options) as server:
        yield server


# --- it begins with the websocket ---


def test_a_page_is_a_visitor_once_it_has_opened_its_websocket_and_costs_nothing_before(host: str) -> None:
    """More pages than there are places."""
    before = figure(host, "etiquette_arrived_total")
    pages = [Guest(host) for _ in range(20)]
    assert len({page.page_id for page in pages}) == 20
    assert health(host)["visitors"] == 0
    with pages[0].open() as guest:
        assert guest.answers()
        assert health(host)["visitors"] == 1
    assert figure(host, "etiquette_arrived_total") == before + 1


def test_an_id_that_was_changed_opens_nothing_nor_does_one_whose_session_is_over(newcomer: Guest) -> None:
    last = "0" if newcomer.page_id[-1] != "0" else "1"
    for page_id in (newcomer.page_id[:-1] + last, "1" + newcomer.page_id[1:]):
        assert newcomer.refused(page_id=page_id) == 404
    newcomer.open()
    assert newcomer.goodbye() == 204
    assert not newcomer.there
    assert newcomer.refused() == 404


def test_a_page_that_says_goodbye_before_it_has_a_session_gets_none(newcomer: Guest) -> None:
    assert newcomer.goodbye() == 204
    assert newcomer.refused() == 404


# --- it is the visitor's own ---


def test_no_page_is_told_of_anothers_widgets_and_what_names_one_does_nothing(guest: Guest, other: Guest) -> None:
    assert guest.states().keys().isdisjoint(other.states().keys())
    button, number = guest.model("Count"), guest.model("Number")
    for asked in (
        other.press(button),
        other.change(number, value="99"),
        other.say("comm_msg", {"comm_id": number, "data": {"method": "request_state"}}),
        other.say("comm_close", {"comm_id": number, "data": {}}),
    ):
        other.done(asked)
    assert guest.value("Number") == "0"
    guest.click("Count")
    assert (guest.value("Number"), other.value("Number")) == ("1", "0")


def test_a_view_is_told_who_shares_an_address_whatever_they_say_of_it(host: str) -> None:
    """By this, wrong codes of rooms are counted: a new page does not help, nor what a page says of where it is."""
    said = ("192.0.2.7", "198.51.100.1, 192.0.2.7", "192.0.2.8")
    found = []
    for forwarded in said:
        with Guest(host, {"X-Forwarded-For": forwarded}) as guest:
            found.append(guest.open().value("Origin"))
    assert found[0] == found[1] != found[2]


# --- and it is over ---


def test_a_page_that_lost_its_connection_finds_its_session_also_before_its_loss_is_noticed(guest: Guest) -> None:
    guest.click("Count")
    guest.drop()
    for _ in range(3):
        guest.open().click("Count")
    assert guest.value("Number") == "4"


def test_a_page_that_does_not_come_back_loses_its_session(host: str, guest: Guest) -> None:
    guest.drop()
    eventually(lambda: not guest.there, within=10)
    assert health(host)["visitors"] == 0


def test_a_page_that_says_nothing_sees_its_session_end(guest: Guest) -> None:
    found = None
    while found != websocket.ABNF.OPCODE_CLOSE:
        found, data = guest.socket.recv_data(control_frame=True)
    assert data[2:] == b"idle"
    assert not guest.there


def test_a_goodbye_frees_the_place_at_once_and_needs_no_cookie(host: str) -> None:
    """More visitors than there are places, one after another."""
    for _ in range(9):
        guest = Guest(host).open()
        assert health(host)["visitors"] == 1
        assert guest.goodbye() == 204
        assert health(host)["visitors"] == 0
        assert guest.goodbye() == 404
        guest.drop()
