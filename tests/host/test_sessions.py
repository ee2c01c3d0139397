"""A visitor's session as it comes and goes: when it begins, whose it is, and when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import websocket

from tests.host.guest import Guest, ask, eventually, figure, visitors
from tests.host.serving import serving_cells

pytestmark = pytest.mark.slow

COUNTS = """
from ipywidgets import Button, Text, VBox

def count(button):
    number.value = str(int(number.value) + 1)

button = Button(description="Count")
button.on_click(count)
number = Text("0", description="Number")
VBox([button, number])
"""


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page with a button that counts how often it was pressed. It soon loses patience."""
    with serving_cells(
        tmp_path_factory.mktemp("counting"), COUNTS, visitors=8, unopened=2, lost=2, idle=0.05
    ) as server:
        yield server.address


@pytest.fixture
def guest(counting: str) -> Iterator[Guest]:
    with Guest(counting) as guest:
        yield guest


def refused(guest: Guest, page_id: str) -> int:
    """The status with which the host refuses a websocket to the session of this page."""
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        guest.open(page_id=page_id)
    status: int = refused.value.status_code
    return status


# --- it begins with the websocket ---


def test_a_page_that_is_fetched_and_dropped_costs_nothing(counting: str) -> None:
    """More pages than there are places."""
    before = figure(counting, "etiquette_arrived_total")
    assert len({Guest(counting).page_id for _ in range(20)}) == 20
    assert visitors(counting) == 0
    assert figure(counting, "etiquette_arrived_total") == before


def test_a_page_is_a_visitor_once_it_has_opened_its_websocket(counting: str, guest: Guest) -> None:
    before = figure(counting, "etiquette_arrived_total")
    guest.open()
    assert guest.answers()
    assert visitors(counting) == 1
    assert figure(counting, "etiquette_arrived_total") == before + 1


def test_an_id_that_was_made_up_or_changed_opens_nothing(guest: Guest) -> None:
    last = "0" if guest.page_id[-1] != "0" else "1"
    for page_id in (str(uuid4()), guest.page_id[:-1] + last, "1" + guest.page_id[1:]):
        assert refused(guest, page_id) == 404


def test_an_id_that_is_too_old_opens_nothing(counting: str) -> None:
    guest = Guest(counting)
    eventually(lambda: not guest.there, within=10)
    assert refused(guest, guest.page_id) == 404


def test_an_id_whose_session_has_ended_opens_nothing(guest: Guest) -> None:
    guest.open()
    assert guest.goodbye() == 204
    assert refused(guest, guest.page_id) == 404


def test_an_id_of_another_server_opens_nothing(guest: Guest, tmp_path: Path) -> None:
    """As after a restart: the page learns that its session is over, and begins anew."""
    guest.open()
    with serving_cells(tmp_path, COUNTS) as restarted:
        assert ask(restarted.address, f"api/kernels/{guest.page_id}").status == 404
        assert refused(Guest(restarted.address), guest.page_id) == 404


# --- it is the visitor's own ---


def test_no_page_is_told_of_anothers_widgets(counting: str, guest: Guest) -> None:
    with Guest(counting) as other:
        guest.open()
        other.open()
        assert guest.states()
        assert guest.states().keys().isdisjoint(other.states().keys())


def test_what_names_a_widget_of_another_page_does_nothing(counting: str, guest: Guest) -> None:
    with Guest(counting) as other:
        guest.open()
        other.open()
        button, number = guest.model("Count"), guest.model("Number")
        other.click(button)
        other.done(other.change(number, value="99"))
        other.done(other.say("comm_msg", {"comm_id": number, "data": {"method": "request_state"}}))
        other.done(other.say("comm_close", {"comm_id": number, "data": {}}))
        assert guest.value("Number") == "0"
        guest.click(button)
        assert (guest.value("Number"), other.value("Number")) == ("1", "0")


def test_a_message_that_is_sent_twice_is_done_once(guest: Guest) -> None:
    """A page sends again what it does not know to have arrived."""
    guest.open()
    button = guest.model("Count")
    guest.done(guest.press(button, msg_id="the-click"))
    guest.drop()
    guest.open()
    guest.done(guest.press(button, msg_id="the-click"))
    assert guest.value("Number") == "1"


# --- and it is over ---


def test_a_page_that_lost_its_connection_finds_its_session(guest: Guest) -> None:
    guest.open()
    guest.click()
    guest.drop()
    guest.open()
    assert guest.value("Number") == "1"


def test_a_page_may_come_back_before_its_loss_is_noticed(guest: Guest) -> None:
    """As after a network that dropped: the host still takes the old websockets for open."""
    for _ in range(5):
        guest.open()
        guest.click()
    assert guest.value("Number") == "5"


def test_a_page_that_does_not_come_back_loses_its_session(counting: str) -> None:
    guest = Guest(counting)
    guest.open()
    guest.drop()
    eventually(lambda: not guest.there, within=10)
    assert visitors(counting) == 0


def test_a_page_that_says_nothing_sees_its_session_end(counting: str) -> None:
    guest = Guest(counting)
    guest.open()
    opcode, data = eventually(lambda: _next_control_frame(guest))
    assert (opcode, data[2:]) == (websocket.ABNF.OPCODE_CLOSE, b"idle")
    assert not guest.there
    guest.drop()


def _next_control_frame(guest: Guest) -> tuple[int, bytes] | None:
    opcode, data = guest.socket.recv_data(control_frame=True)
    return (opcode, data) if opcode == websocket.ABNF.OPCODE_CLOSE else None


def test_a_goodbye_frees_the_place_at_once_and_needs_no_cookie(counting: str) -> None:
    """More visitors than there are places, one after another."""
    for _ in range(20):
        guest = Guest(counting)
        guest.open()
        assert visitors(counting) == 1
        assert guest.goodbye() == 204
        assert visitors(counting) == 0
        assert guest.goodbye() == 404
        guest.drop()


def test_a_page_that_says_goodbye_before_it_has_a_session_gets_none(guest: Guest) -> None:
    assert guest.goodbye() == 204
    assert refused(guest, guest.page_id) == 404
