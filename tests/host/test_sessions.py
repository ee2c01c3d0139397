"""A visitor's session at the running server: when it begins, whose it is, what it may have and do, and when it is over.

Whoever asks for too much meets a bound, and nobody else notices.
"""

from __future__ import annotations

import base64
import random
import time
from collections.abc import Iterator

import psutil
import pytest
import websocket

from etiquette.host.guard import LARGEST
from tests.conftest import Server
from tests.host.guest import PATIENCE, Guest, a_message, eventually, figure, health
from tests.host.serving import serving_cells

pytestmark = pytest.mark.slow

CELL = """
import builtins, time
from ipywidgets import HTML, Button, Text, VBox
from etiquette.views.controls import environment

while vars(builtins).pop("endless", None):  # for one visitor, whom another wished it
    while True:
        pass

def count(button):
    number.value = str(int(number.value) + 1)

def endless(button):
    builtins.endless = True

def loop(button):
    while True:
        pass

def spend(button):  # more than 5 seconds of CPU
    until = time.thread_time() + 0.4
    while time.thread_time() < until:
        pass
    environment().charge(4.9)

def make(button):
    while True:
        HTML()

def work(button):
    for _ in range(100_000):
        pass

buttons = [Button(description=each.__name__) for each in (count, endless, loop, spend, make, work)]
for button in buttons:
    button.on_click(globals()[button.description])
number = Text("0", description="Number")
origin = Text(environment().origin(), description="Origin")
VBox([*buttons, number, origin, *(Text(description=name) for name in "abc")])
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A page with which a visitor can ask for too much. It soon gives a lost page up."""
    with serving_cells(tmp_path_factory.mktemp("cell"), CELL, options=("--visitors", "8", "--lost", "2")) as server:
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


@pytest.mark.parametrize("opened", [True, False])
def test_a_page_that_has_said_goodbye_gets_no_session(newcomer: Guest, opened: bool) -> None:
    if opened:
        newcomer.open()
    assert newcomer.goodbye() == 204
    assert not newcomer.there
    assert newcomer.refused() == 404


# --- it is the visitor's own ---


def test_no_page_is_told_of_anothers_widgets_and_what_names_one_does_nothing(guest: Guest, other: Guest) -> None:
    assert guest.states().keys().isdisjoint(other.states().keys())
    button, number = guest.model("count"), guest.model("Number")
    for asked in (
        other.press(button),
        other.change(number, value="99"),
        other.say("comm_msg", {"comm_id": number, "data": {"method": "request_state"}}),
        other.say("comm_close", {"comm_id": number, "data": {}}),
    ):
        other.done(asked)
    assert guest.value("Number") == "0"
    guest.click("count")
    assert (guest.value("Number"), other.value("Number")) == ("1", "0")


def test_a_view_is_told_who_shares_an_address_whatever_they_say_of_it(host: str) -> None:
    """By this, wrong codes of rooms are counted: a new page does not help, nor what a page says of where it is."""
    found = []
    for forwarded in ("192.0.2.7", "198.51.100.1, 192.0.2.7", "192.0.2.8"):
        with Guest(host, {"X-Forwarded-For": forwarded}) as guest:
            found.append(guest.open().value("Origin"))
    assert found[0] == found[1] != found[2]


# --- what it may have and hold ---


def ended(guest: Guest, messages: list[bytes]) -> bool:
    """Whether the host closes the websocket in answer to them."""
    try:
        for raw in messages:
            guest.socket.send_binary(raw)
        deadline = time.monotonic() + PATIENCE
        while guest.socket.recv_data(control_frame=True)[0] != websocket.ABNF.OPCODE_CLOSE:
            assert time.monotonic() < deadline, "the websocket is still open"
    except (websocket.WebSocketConnectionClosedException, ConnectionError):
        pass
    return True


def test_a_session_has_only_a_few_tabs_and_websockets(guest: Guest) -> None:
    """A browser that duplicates a tab makes a second page with one id."""
    for name in ("second", "third"):
        guest.open(tab=f"the-{name}-tab")
    assert guest.refused(tab="the-fourth-tab") == 429
    for _ in range(17):
        guest.open()
    assert guest.refused() == 429
    guest.drop()


def test_a_session_that_makes_widgets_without_end_is_stopped_and_goes_on(guest: Guest) -> None:
    guest.click("make")
    assert 1000 < len(guest.states()) <= 3000


def test_a_session_keeps_only_so_much_of_what_its_page_sends(guest: Guest) -> None:
    """Twice the longest message. What is beyond it is not kept; what is kept, a page that comes back is told."""
    nearly_all = LARGEST - 10_000
    sizes = {"a": nearly_all, "b": nearly_all, "c": 40_000}
    models = {name: guest.model(name) for name in sizes}
    for name, size in sizes.items():
        guest.done(guest.change(models[name], value=name * size))
    guest.drop()
    states = guest.open().states()
    assert {name: len(states[model]["value"]) for name, model in models.items()} == sizes | {"c": 0}


def test_a_page_that_does_not_read_what_it_asks_for_is_sent_away(guest: Guest) -> None:
    """Its session is lost then. What it asks for cannot be compressed, so that no buffer on the way holds it."""
    model = guest.model("a")
    value = base64.b64encode(random.Random(1).randbytes(LARGEST * 3 // 4 - 10_000)).decode()
    guest.done(guest.change(model, value=value))
    for _ in range(5):
        guest.say("comm_msg", {"comm_id": model, "data": {"method": "request_state"}})
    eventually(lambda: not guest.there)


# --- what it may do ---


def test_a_message_that_is_too_long_ends_the_websocket(guest: Guest) -> None:
    update = {"comm_id": "a" * 32, "data": {"method": "update", "state": {}}}
    assert ended(guest, [a_message("comm_msg", update, buffers=[bytes(LARGEST + 1)])])
    assert guest.open().answers()


def test_a_flood_ends_the_websocket_also_if_the_page_connects_anew(host: str, guest: Guest, other: Guest) -> None:
    update = {"comm_id": "a" * 32, "data": {"method": "update"}}
    assert ended(guest, [a_message("comm_msg", update) for _ in range(1000)])
    guest.open()
    assert ended(guest, [a_message("comm_msg", update) for _ in range(590)])
    assert other.answers()
    assert figure(host, 'etiquette_messages_refused_total{why="too many"}') > 0


def test_a_callback_that_never_ends_is_stopped(server: Server, guest: Guest, other: Guest) -> None:
    """Others are answered meanwhile."""
    process = psutil.Process(server.process.pid)
    button, before = other.model("work"), process.cpu_times().user
    asked = guest.press(guest.model("loop"))
    other.done(other.press(button))
    guest.done(asked)
    assert 0.4 < process.cpu_times().user - before < 2
    assert guest.answers()
    eventually(lambda: "took too long, and was stopped" in "".join(server.output))


def test_a_session_that_has_used_more_cpu_than_it_may_waits(guest: Guest) -> None:
    guest.click("spend")
    began = time.monotonic()
    assert guest.answers()
    assert time.monotonic() - began > 0.5


def test_a_page_whose_cells_never_end_is_told_that_they_failed_and_holds_up_nobody(host: str, guest: Guest) -> None:
    guest.click("endless")
    with Guest(host) as unlucky:
        assert unlucky.open().everything()["cells"] == [{"model": None, "text": "", "failed": True}]
        with Guest(host) as next_one:
            assert [cell["failed"] for cell in next_one.open().everything()["cells"]] == [False]
        assert guest.answers()
        assert unlucky.answers()


def test_each_session_has_one_message_done_a_turn(host: str, guest: Guest, other: Guest) -> None:
    """A page that sends 500 clicks at once keeps nobody waiting for all of them."""
    button, others = guest.model("work"), other.model("work")
    before = figure(host, "etiquette_click_seconds_count")
    asked = [guest.press(button) for _ in range(500)]
    for _ in range(3):
        other.done(other.press(others))
    assert figure(host, "etiquette_click_seconds_count") - before < 250
    guest.done(asked[-1])


# --- and it is over ---


def test_a_page_that_lost_its_connection_finds_its_session_also_before_its_loss_is_noticed(guest: Guest) -> None:
    guest.click("count")
    guest.drop()
    for _ in range(3):
        guest.open().click("count")
    assert guest.value("Number") == "4"


def test_a_page_that_does_not_come_back_loses_its_session(host: str, guest: Guest) -> None:
    guest.drop()
    eventually(lambda: not guest.there, within=10)
    assert health(host)["visitors"] == 0


def test_a_goodbye_frees_the_place_at_once_and_needs_no_cookie(host: str) -> None:
    """More visitors than there are places, one after another."""
    for _ in range(9):
        guest = Guest(host).open()
        assert health(host)["visitors"] == 1
        assert guest.goodbye() == 204
        assert health(host)["visitors"] == 0
        assert guest.goodbye() == 404
        guest.drop()
