"""The host's bounds, at the running server: whoever reaches one meets it, and nobody else notices."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import psutil
import pytest
import websocket

from etiquette.host.guard import LARGEST
from tests.conftest import Server
from tests.host.guest import Guest, a_message, ask, eventually, figure, health
from tests.host.serving import serving, serving_cells

pytestmark = pytest.mark.slow

GREEDY = """
import builtins, time
from ipywidgets import HTML, Button, Text, VBox
from etiquette.views.controls import environment

while vars(builtins).pop("endless", None):  # for one visitor, whom another wished it
    while True:
        pass

made = []

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

def fail(button):
    1 / 0

def make(button):
    while True:
        made.append(HTML())

def work(button):
    for _ in range(100_000):
        pass

buttons = [Button(description=each.__name__) for each in (endless, loop, spend, fail, make, work)]
for button in buttons:
    button.on_click(globals()[button.description])
VBox([*buttons, *(Text(description=name) for name in "abc")])
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A page with which a visitor can ask for too much."""
    with serving_cells(tmp_path_factory.mktemp("greedy"), GREEDY) as server:
        yield server


def ended(guest: Guest, messages: list[bytes]) -> bool:
    """Whether the host closes the websocket in answer to them."""
    try:
        for raw in messages:
            guest.socket.send_binary(raw)
        while guest.socket.recv():  # "" when it is closed
            pass
    except (websocket.WebSocketConnectionClosedException, ConnectionError):
        return True
    return not guest.socket.connected


# --- what the machine holds ---


def limited(name: str, soft: int, hard: int) -> str:
    """Code that limits what its process may take."""
    return f"import resource\nresource.setrlimit(resource.{name}, ({soft}, {hard}))"


def test_it_promises_no_more_places_than_its_memory_holds() -> None:
    """As in a service or a container that is limited; however many were asked for."""
    limit = limited("RLIMIT_DATA", 300 * 2**20, 300 * 2**20)
    with serving("--visitors", "1000", first=limit) as server, ExitStack() as stay:
        places = health(server.address)["capacity"]
        assert 20 < places < 100
        for _ in range(places):
            stay.enter_context(Guest(server.address)).open()
        assert health(server.address) == {"visitors": places, "capacity": places}
        assert ask(server.address).status == 503


def test_it_serves_as_many_as_it_says_where_few_files_may_be_open_however_many_connect() -> None:
    """It has as many as the system allows. A visitor's are a websocket, and the connection by which the page was
    fetched, which browsers keep. Those for whom none is left are turned away at once.
    """
    with serving("--visitors", "1000", first=limited("RLIMIT_NOFILE", 64, 256)) as server, ExitStack() as stay:
        parts = urlsplit(server.address)
        places = health(server.address)["capacity"]
        assert 50 < places < 100
        guests: list[Guest] = []
        for _ in range(places):
            kept = http.client.HTTPConnection(parts.netloc, timeout=60)
            stay.callback(kept.close)
            kept.request("GET", "/healthz")
            assert kept.getresponse().read()
            guests.append(stay.enter_context(Guest(server.address)).open())
        assert health(server.address) == {"visitors": places, "capacity": places}
        assert all(guest.answers() for guest in guests)
        with ExitStack() as crowd:
            for _ in range(256):
                connection = crowd.enter_context(socket.create_connection((parts.hostname, parts.port), timeout=30))
            assert connection.recv(1) == b""
            assert all(guest.answers() for guest in guests)
        assert eventually(lambda: ask(server.address).status == 503)
        assert "Too many open files" not in "".join(server.output)


# --- what one session may have and hold ---


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


def test_a_page_that_does_not_read_what_it_asks_for_is_sent_away_and_may_come_back(guest: Guest) -> None:
    model = guest.model("a")
    guest.done(guest.change(model, value="a" * (LARGEST - 10_000)))
    asking = {"comm_id": model, "data": {"method": "request_state"}}
    assert ended(guest, [a_message("comm_msg", asking) for _ in range(10)])
    assert guest.open().answers()


# --- what one session may do ---


def test_a_message_that_is_too_long_ends_the_websocket(guest: Guest) -> None:
    update = {"comm_id": "a" * 32, "data": {"method": "update", "state": {}}}
    assert ended(guest, [a_message("comm_msg", update, buffers=[bytes(LARGEST + 1)])])
    assert guest.open().answers()


def test_a_flood_ends_the_websocket_and_goes_on_for_no_longer_because_the_page_connects_anew(
    host: str, guest: Guest, other: Guest
) -> None:
    update = {"comm_id": "a" * 32, "data": {"method": "update"}}
    assert ended(guest, [a_message("comm_msg", update) for _ in range(1000)])
    guest.open()
    assert ended(guest, [a_message("comm_msg", update) for _ in range(590)])
    assert other.answers()
    assert figure(host, 'etiquette_messages_refused_total{why="too many"}') > 0


def test_a_callback_that_never_ends_is_stopped_while_others_are_answered(
    server: Server, guest: Guest, other: Guest
) -> None:
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


def test_an_exception_stays_in_its_session_and_goes_into_the_log(server: Server, guest: Guest, other: Guest) -> None:
    guest.click("fail")
    assert guest.answers()
    assert other.answers()
    eventually(lambda: "ZeroDivisionError" in "".join(server.output))


def test_each_session_has_one_message_done_a_turn(host: str, guest: Guest, other: Guest) -> None:
    """A page that sends 500 clicks at once keeps nobody waiting for all of them."""
    button, others = guest.model("work"), other.model("work")
    before = figure(host, "etiquette_click_seconds_count")
    asked = [guest.press(button) for _ in range(500)]
    for _ in range(3):
        other.done(other.press(others))
    assert figure(host, "etiquette_click_seconds_count") - before < 250
    guest.done(asked[-1])
